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
    read_body(&lines, start, &mut article, context);
    if article.headline.is_empty() && article.paragraphs.is_empty() {
        return Record::Unreadable("holds no text".to_string());
    }
    Record::Article(Box::new(article))
}

/// Reads what stands below a headline that is known already: lines about the article, and its body.
pub(super) fn read_below_headline(lines: &[&str], article: &mut RawArticle, context: &Context<'_>) {
    let start = head::read_meta(lines, 0, article, context);
    read_body(lines, start, article, context);
}

fn read_body(lines: &[&str], start: usize, article: &mut RawArticle, context: &Context<'_>) {
    let rest = lines.get(start..).unwrap_or_default();
    let end = tail::read(rest, article);
    let body: Vec<&str> = rest
        .get(..end)
        .unwrap_or_default()
        .iter()
        .copied()
        .filter(|line| !lines::is_advertisement(line))
        .collect();
    article.paragraphs = paragraphs::of_lines(&body);
    head::take_dateline(article, context);
}

pub(super) use head::{read_meta_line, take_dateline};

#[cfg(test)]
mod tests;
