//! HTML pages → the article on them.

use crate::corpus::{Context, RawArticle, Record, markup};

/// Reads a page.
pub fn read(html: &str, _context: &Context<'_>) -> Record {
    let mut paragraphs = markup::paragraphs(html);
    let headline = if paragraphs.is_empty() { String::new() } else { paragraphs.remove(0) };
    Record::Article(Box::new(RawArticle { headline, paragraphs, ..RawArticle::default() }))
}
