//! The fields of an article that a query can name, and that a passage of its text is of.

use std::fmt;

/// A field of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline.
    Headline,
    /// The body's text.
    Body,
    /// The bylines' names.
    Author,
    /// The section or desk.
    Section,
    /// The paper it stood in.
    Publication,
    /// Its address on the web.
    Url,
    /// The file the article was read from.
    Path,
    /// The folder or file that was given to `index`.
    Source,
    /// The article's id.
    Id,
}

impl Field {
    /// Every field, in the order in which they are listed to people.
    pub const ALL: &[Field] = &[
        Self::Headline,
        Self::Body,
        Self::Author,
        Self::Section,
        Self::Publication,
        Self::Url,
        Self::Path,
        Self::Source,
        Self::Id,
    ];

    /// Whether words that are searched for without naming a field are looked for in it.
    pub fn is_default(self) -> bool {
        matches!(self, Self::Headline | Self::Author | Self::Section | Self::Body)
    }

    /// Whether there are articles without a value in it.
    pub fn may_be_missing(self) -> bool {
        matches!(self, Self::Author | Self::Section | Self::Publication | Self::Url)
    }

    /// Its name in queries and in the schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Body => "body",
            Self::Author => "author",
            Self::Section => "section",
            Self::Publication => "publication",
            Self::Url => "url",
            Self::Path => "path",
            Self::Source => "source",
            Self::Id => "id",
        }
    }

    /// Other names it is known by.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Headline => &["title", "hd"],
            Self::Author => &["byline", "by"],
            Self::Publication => &["paper"],
            Self::Body | Self::Section | Self::Url | Self::Path | Self::Source | Self::Id => &[],
        }
    }

    /// The field of this name or alias, in any case.
    pub fn from_name(name: &str) -> Option<Field> {
        Self::ALL.iter().copied().find(|field| {
            field.as_str().eq_ignore_ascii_case(name)
                || field.aliases().iter().any(|alias| alias.eq_ignore_ascii_case(name))
        })
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
