//! Answers as Markdown, to be pasted into a note or a wiki.

use std::io::Write;

use newsearch::search::{Correction, Hit, SearchResponse, TotalIs, Undecided};

use super::super::outcome::Failure;
use super::super::terminal::clean;
use super::text::{about, copies_of};
use super::words::{self, articles, count};

/// The words that were searched for in the place of others.
pub fn corrections(out: &mut impl Write, corrections: &[Correction]) -> Result<(), Failure> {
    for correction in corrections {
        writeln!(out, "{}\n", clean(&correction.said()))?;
    }
    Ok(())
}

/// `query --format md`: how the query was read, then a numbered list with the matches in bold.
pub fn response(
    out: &mut impl Write,
    response: &SearchResponse,
    read_as: &str,
    paths: &[String],
) -> Result<(), Failure> {
    let account = (response.total_is, response.undecided);
    header(out, response.total, account, response.distinct, read_as)?;
    response.hits.iter().zip(paths).try_for_each(|(each, path)| hit(out, each, path))
}

/// How many there are, and how the query was read.
pub fn header(
    out: &mut impl Write,
    total: u64,
    (total_is, undecided): (TotalIs, Undecided),
    distinct: Option<u64>,
    read_as: &str,
) -> Result<(), Failure> {
    let without = match distinct.filter(|distinct| *distinct < total) {
        Some(distinct) => format!(", {} counting copies once", count(distinct)),
        None => String::new(),
    };
    let (all, undecided) = (articles(total, total_is), words::undecided(undecided));
    writeln!(out, "{all}{without}{undecided} · read as: {}", escape(read_as))?;
    Ok(())
}

/// One hit, with an empty line before it.
pub fn hit(out: &mut impl Write, hit: &Hit, path: &str) -> Result<(), Failure> {
    writeln!(out)?;
    let number = format!("{}. ", hit.rank);
    let indent = " ".repeat(number.len());
    let headline = escape(&hit.article.title());
    writeln!(out, "{number}**{headline}**")?;
    let about = about(&hit.article);
    if !about.is_empty() {
        writeln!(out, "{indent}{}", escape(&about))?;
    }
    for snippet in &hit.snippets {
        writeln!(out, "\n{indent}> {}", in_bold(&snippet.text, &snippet.highlights))?;
    }
    let copies = copies_of(hit).map(|copies| format!(" · {copies}")).unwrap_or_default();
    let url = hit.article.url.as_deref().map(|url| format!(" · <{}>", clean(url))).unwrap_or_default();
    writeln!(out, "\n{indent}{} · id {}{copies}{url}", code(path), code(&hit.article.id))?;
    Ok(())
}

/// The text with the byte ranges `marked` in bold.
pub fn in_bold(text: &str, marked: &[(usize, usize)]) -> String {
    let mut shown = String::with_capacity(text.len() + 16);
    let mut at = 0;
    let piece = |from: usize, to: usize| escape(text.get(from..to).unwrap_or_default());
    for (start, end) in marked {
        shown.push_str(&format!("{}**{}**", piece(at, *start), piece(*start, *end)));
        at = *end;
    }
    shown + &piece(at, text.len())
}

/// The text on one line, with what Markdown would read as markup escaped.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '\n' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' => {
                escaped.extend(['\\', c])
            }
            c => escaped.push(c),
        }
    }
    escaped
}

fn code(text: &str) -> String {
    format!("`{}`", clean(text).replace(['`', '\n'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_are_bold_and_markup_is_text() {
        assert_eq!(
            in_bold("the *peace plan* [1]", &[(5, 10), (11, 15)]),
            "the \\***peace** **plan**\\* \\[1\\]"
        );
        assert_eq!(escape("a\nb <script>"), "a b \\<script\\>");
        assert_eq!(code("a`b"), "`a b`");
    }
}
