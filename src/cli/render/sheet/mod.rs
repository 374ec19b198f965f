//! Documents that people print and hand on: one description of what stands in them, written as a page, as
//! Markdown or for Word.

mod docx;
mod html;
mod markdown;

use std::io::Write;

use super::super::outcome::Failure;

/// A text with the places in it that match, as byte ranges in order.
#[derive(Debug, Clone, Copy)]
pub struct Marked<'a> {
    /// The text.
    pub text: &'a str,
    /// What is marked in it.
    pub highlights: &'a [(usize, usize)],
}

impl<'a> Marked<'a> {
    /// A text in which nothing is marked.
    pub fn plain(text: &'a str) -> Self {
        Self { text, highlights: &[] }
    }

    /// Its pieces, and whether each is marked.
    fn pieces(self) -> impl Iterator<Item = (&'a str, bool)> {
        let mut at = 0;
        let highlights = self.highlights.iter().flat_map(move |(start, end)| {
            let before = (self.text.get(at..*start).unwrap_or_default(), false);
            at = *end;
            [before, (self.text.get(*start..*end).unwrap_or_default(), true)]
        });
        let last = self.highlights.last().map_or(0, |(_, end)| *end);
        let rest = (self.text.get(last..).unwrap_or_default(), false);
        highlights.chain([rest]).filter(|(text, _)| !text.is_empty())
    }
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Who wrote it, where and when.
    About,
    /// A paragraph of the text, by its number.
    Paragraph(usize),
    /// Lines that show why an article was found.
    Quote,
    /// How it is cited.
    Citation,
    /// Where it is from: file, id, address.
    Source,
    /// What is doubtful about it.
    Doubt,
}

/// A document, written from its beginning to its end: the cover, the contents, the articles.
pub trait Sheet {
    /// Begins it.
    fn begin(&mut self, title: &str) -> Result<(), Failure>;
    /// What is said on the cover.
    fn fact(&mut self, name: &str, text: &str) -> Result<(), Failure>;
    /// Begins a part.
    fn heading(&mut self, text: &str) -> Result<(), Failure>;
    /// A line of the contents, which leads to the article of that number.
    fn entry(&mut self, number: usize, title: &str, about: &str) -> Result<(), Failure>;
    /// Begins an article; in a dossier each has a page of its own. The language is that of the text (ISO
    /// 639-1).
    fn article(&mut self, number: usize, title: Marked<'_>, language: Option<&str>) -> Result<(), Failure>;
    /// A line of it.
    fn line(&mut self, line: Line, text: Marked<'_>) -> Result<(), Failure>;
    /// The address of it on the web.
    fn address(&mut self, url: &str) -> Result<(), Failure>;
    /// Ends it: everything is written now.
    fn end(&mut self) -> Result<(), Failure>;
}

/// As what a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page that a browser shows, whole in one file.
    Html,
    /// Markdown.
    Markdown,
    /// Office Open XML (ECMA-376), which Word and others read.
    Docx,
}

/// A document that is written into `out`. In a dossier, articles begin on pages of their own.
pub fn sheet<'o>(
    kind: Kind,
    out: &'o mut dyn Write,
    is_dossier: bool,
) -> Result<Box<dyn Sheet + 'o>, Failure> {
    Ok(match kind {
        Kind::Html => Box::new(html::Html::new(out, is_dossier)),
        Kind::Markdown => Box::new(markdown::Markdown::new(out)),
        Kind::Docx => Box::new(docx::Docx::new(out, is_dossier)?),
    })
}

/// Whether an address may be a link: what a browser would run is none.
fn is_link(url: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|start| url.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start)))
}

/// Text as XML and HTML have it, in an attribute too. What XML 1.0 does not know is left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    for c in super::super::terminal::clean(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Languages that are written from right to left.
fn runs_left(language: Option<&str>) -> bool {
    matches!(language, Some("ar" | "fa" | "he" | "ur" | "yi"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_are_the_text() {
        let text = "the peace plan";
        for (highlights, expected) in [
            (&[][..], &[("the peace plan", false)][..]),
            (&[(4, 9)], &[("the ", false), ("peace", true), (" plan", false)]),
            (&[(0, 3), (10, 14)], &[("the", true), (" peace ", false), ("plan", true)]),
            (&[(4, 9), (9, 14)], &[("the ", false), ("peace", true), (" plan", true)]),
        ] {
            assert_eq!(Marked { text, highlights }.pieces().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn what_a_browser_would_run_is_no_link() {
        for (url, link) in [
            ("https://a.example/1", true),
            ("HTTP://a.example", true),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("//a.example", false),
            ("", false),
        ] {
            assert_eq!(is_link(url), link, "{url}");
        }
    }
}
