//! Plain text → an article: headline, byline, date and section lines above the body, furniture of the page around it, all told
//! from how text files and pages copied off the web look. In doubt a line belongs to the body: nothing of an article is lost.

mod head;
mod lines;
mod tail;

use crate::corpus::{Context, RawArticle, Record, paragraphs};

/// Reads a text.
pub fn read(text: &str, context: &Context<'_>) -> Record {
    let lines: Vec<&str> = text.lines().collect();
    let mut article = RawArticle::default();
    let start = head::read(&lines, &mut article, context);
    let rest = lines.get(start..).unwrap_or_default();
    let end = tail::read(rest, &mut article);
    let body: Vec<&str> = rest
        .get(..end)
        .unwrap_or_default()
        .iter()
        .copied()
        .filter(|line| !lines::is_advertisement(line))
        .collect();
    article.paragraphs = paragraphs::of_lines(&body);
    head::take_dateline(&mut article, context);
    if article.headline.is_empty() && article.paragraphs.is_empty() {
        return Record::Unreadable("holds no text".to_string());
    }
    Record::Article(Box::new(article))
}

pub(super) use head::{read as read_head, read_meta_line, take_dateline};

/// Whether a line is a byline, or a name and nothing else.
pub(super) fn is_byline_or_name(line: &str) -> bool {
    lines::is_byline(line) || lines::is_bare_name(line)
}

#[cfg(test)]
mod tests;
