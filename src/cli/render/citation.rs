//! How articles are cited.

use std::io::Write;

use newsearch::article::Article;
use newsearch::citation::{Style, cite, csl};

use super::super::outcome::Failure;
use super::super::terminal::clean;

/// The articles, with an empty line between them.
pub fn list(
    out: &mut impl Write,
    articles: &[Article],
    style: Style,
    publication: Option<&str>,
) -> Result<(), Failure> {
    for (at, article) in articles.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", clean(&cite(article, style, publication)))?;
    }
    Ok(())
}

/// An article of many, with an empty line behind it.
pub fn one(out: &mut impl Write, article: &Article, style: Style) -> Result<(), Failure> {
    writeln!(out, "{}\n", clean(&cite(article, style, None)))?;
    Ok(())
}

/// The list of CSL-JSON: its begin, an article of it, its end.
pub fn begin_csl(out: &mut impl Write) -> Result<(), Failure> {
    write!(out, "[")?;
    Ok(())
}

pub fn one_csl(out: &mut impl Write, article: &Article, is_first: bool) -> Result<(), Failure> {
    write!(out, "{}", if is_first { "\n" } else { ",\n" })?;
    serde_json::to_writer(out, &csl(article, None)).map_err(std::io::Error::from)?;
    Ok(())
}

pub fn end_csl(out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "\n]")?;
    Ok(())
}
