//! An article as passages: what the combined field holds, in which order, and with which weight.
//!
//! Writing an article and finding the matches in one both go by this, so that their positions agree: the
//! first passage begins at position 0, each next one after the words of the one before and one position that
//! stays empty.

use crate::article::Article;
use crate::field::Field;

/// The passages of the combined field, the body's last: a dateline is one of the body.
pub fn passages(article: &Article) -> impl Iterator<Item = (Field, &str)> {
    let headline = [(Field::Headline, article.headline.as_str())];
    let authors = article.authors.iter().map(|author| (Field::Author, author.as_str()));
    let section = article.section.iter().map(|section| (Field::Section, section.as_str()));
    let dateline = article.dateline.iter().map(|dateline| (Field::Body, dateline.as_str()));
    let paragraphs = article.paragraphs().map(|paragraph| (Field::Body, paragraph));
    headline.into_iter().chain(authors).chain(section).chain(dateline).chain(paragraphs)
}
