//! Answers as a table for a spreadsheet: RFC 4180, UTF-8, and no cell that a spreadsheet would run as a formula.

use std::borrow::Cow;
use std::io::Write;

use newsearch::search::{Hit, SearchResponse};

use super::super::Failure;
use super::super::terminal::clean;

const COLUMNS: [&str; 12] = [
    "rank",
    "id",
    "score",
    "date",
    "date_precision",
    "headline",
    "authors",
    "section",
    "publication",
    "url",
    "path",
    "snippet",
];

/// `query --format csv`: a line of names, then one line a hit.
pub fn hits(out: &mut impl Write, response: &SearchResponse, paths: &[String]) -> Result<(), Failure> {
    header(out)?;
    response.hits.iter().zip(paths).try_for_each(|(each, path)| hit(out, each, path))
}

/// The line of names.
pub fn header(out: &mut impl Write) -> Result<(), Failure> {
    row(out, COLUMNS.map(Cow::Borrowed))
}

/// The line of one hit.
pub fn hit(out: &mut impl Write, hit: &Hit, path: &str) -> Result<(), Failure> {
    row(out, cells(hit, path))
}

fn cells<'a>(hit: &'a Hit, path: &'a str) -> [Cow<'a, str>; 12] {
    let article = &hit.article;
    let mut snippets = String::new();
    for (at, snippet) in hit.snippets.iter().enumerate() {
        snippets.push_str(if snippet.apart {
            " … "
        } else if at > 0 {
            " "
        } else {
            ""
        });
        snippets.push_str(&snippet.text);
    }
    [
        hit.rank.to_string().into(),
        article.id.as_str().into(),
        hit.score.to_string().into(),
        article.date.map(|date| date.to_string()).unwrap_or_default().into(),
        article.date.map_or("", |date| date.precision.as_str()).into(),
        article.headline.as_str().into(),
        article.authors.join("; ").into(),
        article.section.as_deref().unwrap_or_default().into(),
        article.publication.as_deref().unwrap_or_default().into(),
        article.url.as_deref().unwrap_or_default().into(),
        path.into(),
        snippets.into(),
    ]
}

/// A line of cells.
pub fn row<'a>(out: &mut impl Write, cells: impl IntoIterator<Item = Cow<'a, str>>) -> Result<(), Failure> {
    let quoted: Vec<String> = cells.into_iter().map(|cell| quote(&cell)).collect();
    // RFC 4180 ends lines so, on every system.
    write!(out, "{}\r\n", quoted.join(","))?;
    Ok(())
}

/// A cell as it stands in the file. What a spreadsheet would read as a formula gets an apostrophe before it, which it takes
/// for "this is text".
fn quote(cell: &str) -> String {
    let cell = clean(cell);
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let cell = if is_formula { format!("'{cell}") } else { cell };
    if cell.contains(['"', ',', '\n', ';', '\'']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (cell, written) in [
            ("peace", "peace"),
            ("peace, plan", "\"peace, plan\""),
            ("the \"plan\"", "\"the \"\"plan\"\"\""),
            ("=1+1", "\"'=1+1\""),
            (" @sum(a1)", "\"' @sum(a1)\""),
            ("-2 degrees", "\"'-2 degrees\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(quote(cell), written);
        }
    }
}
