//! An article as rows of words: what the combined field holds, in which order, and with which weight.
//!
//! Writing an article and finding the evidence of a match in one both go by this, so that their positions agree: the first
//! row begins at position 0, each next one after the words of the one before and one position that stays empty.

use crate::article::Article;
use crate::schema::Schema;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The headline.
    Headline,
    /// One author.
    Author,
    /// The section.
    Section,
    /// The dateline or a paragraph of the body.
    Body,
    /// The publication; like what follows, it is not in the combined field.
    Publication,
    /// The address on the web.
    Url,
}

impl Part {
    /// The schema's name of the field it belongs to.
    pub fn field(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Author => "author",
            Self::Section => "section",
            Self::Body => "body",
            Self::Publication => "publication",
            Self::Url => "url",
        }
    }

    /// Whether it is in no combined field: searched only where it is asked for, and shown without marks.
    pub fn is_apart(self) -> bool {
        matches!(self, Self::Publication | Self::Url)
    }

    /// How many times each of its words counts.
    pub fn weight(self, schema: &Schema) -> u8 {
        schema.weight(self.field())
    }
}

/// The rows of the combined field, the body's last.
pub fn rows(article: &Article) -> impl Iterator<Item = (Part, &str)> {
    let headline = [(Part::Headline, article.headline.as_str())];
    let authors = article.authors.iter().map(|author| (Part::Author, author.as_str()));
    let section = article.section.iter().map(|section| (Part::Section, section.as_str()));
    let dateline = article.dateline.iter().map(|dateline| (Part::Body, dateline.as_str()));
    let paragraphs = article.paragraphs().map(|paragraph| (Part::Body, paragraph));
    headline.into_iter().chain(authors).chain(section).chain(dateline).chain(paragraphs)
}
