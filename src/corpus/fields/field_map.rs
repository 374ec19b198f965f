//! Where a newsroom's own JSON or table keeps an article's fields, in its owner's words:
//! `headline=foo.bar,body=text`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

use thiserror::Error;

/// Why a text is no map of fields.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FieldMapError {
    /// A part is not of the form `field=key`.
    #[error("`{0}` is not of the form `field=key`")]
    NotAPair(String),
    /// The field is none of an article's.
    #[error(
        "`{0}` is no field of an article: there are id, headline, body, author, section, publication, url, date, language"
    )]
    NoField(String),
}

/// A field that can be mapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MappedField {
    /// The article's id.
    Id,
    /// The headline.
    Headline,
    /// The body.
    Body,
    /// The bylines.
    Author,
    /// The section.
    Section,
    /// The publication.
    Publication,
    /// The address on the web.
    Url,
    /// The publication date.
    Date,
    /// The language.
    Language,
}

impl MappedField {
    const ALL: [(Self, &[&str]); 9] = [
        (Self::Id, &["id"]),
        (Self::Headline, &["headline", "title"]),
        (Self::Body, &["body", "text"]),
        (Self::Author, &["author", "authors", "byline"]),
        (Self::Section, &["section"]),
        (Self::Publication, &["publication", "paper"]),
        (Self::Url, &["url", "address"]),
        (Self::Date, &["date", "published"]),
        (Self::Language, &["language", "lang"]),
    ];

    fn from_name(name: &str) -> Option<Self> {
        let named = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        Self::ALL.iter().find(|(_, names)| named(names)).map(|(field, _)| *field)
    }

    fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(field, _)| *field == self).and_then(|(_, names)| names.first()).unwrap_or(&"")
    }
}

/// The keys of each field that is mapped, in the order in which they are tried; `a.b` is `b` in `a`. They
/// come before the keys that are known without a map.
#[derive(Debug, Default)]
pub struct FieldMap {
    keys: BTreeMap<MappedField, Vec<String>>,
    /// Of which fields a record has had a key, a bit for each in their order.
    seen: AtomicU64,
}

impl FieldMap {
    /// The keys of a field, the first that holds anything counts.
    pub fn keys(&self, field: MappedField) -> &[String] {
        self.keys.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Whether no field is mapped.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// A record has a key of this field.
    pub(crate) fn saw(&self, field: MappedField) {
        let bit = self.keys.keys().position(|known| *known == field).map_or(0, |at| 1 << at);
        if self.seen.load(Ordering::Relaxed) & bit != bit {
            self.seen.fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// The fields of which no record has had a key that was read by this map, as they are written:
    /// `headline=foo.bar`.
    pub fn unseen(&self) -> Vec<String> {
        let seen = self.seen.load(Ordering::Relaxed);
        let fields = self.keys.keys().zip(0..).filter(|(_, at)| seen & (1 << at) == 0);
        let written = |field: &MappedField| {
            let pair = |key: &String| format!("{}={key}", field.as_str());
            self.keys(*field).iter().map(pair).collect::<Vec<_>>().join(",")
        };
        fields.map(|(field, _)| written(field)).collect()
    }

    fn all(&self) -> impl Iterator<Item = (MappedField, &str)> {
        self.keys.iter().flat_map(|(field, keys)| keys.iter().map(move |key| (*field, key.as_str())))
    }
}

/// What has been seen is no part of what a map says.
impl Clone for FieldMap {
    fn clone(&self) -> Self {
        Self { keys: self.keys.clone(), seen: AtomicU64::new(0) }
    }
}

impl PartialEq for FieldMap {
    fn eq(&self, other: &Self) -> bool {
        self.keys == other.keys
    }
}

impl Eq for FieldMap {}

/// `headline=foo.bar,body=content,body=text`: a field that stands twice has two keys, tried in this order.
impl FromStr for FieldMap {
    type Err = FieldMapError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut map = Self::default();
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (field, key) =
                pair.split_once('=').ok_or_else(|| FieldMapError::NotAPair(pair.to_owned()))?;
            let (field, key) = (field.trim(), key.trim());
            if key.is_empty() {
                return Err(FieldMapError::NotAPair(pair.to_owned()));
            }
            let known =
                MappedField::from_name(field).ok_or_else(|| FieldMapError::NoField(field.to_owned()))?;
            map.keys.entry(known).or_default().push(key.to_owned());
        }
        Ok(map)
    }
}

impl fmt::Display for FieldMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs = self.all();
        if let Some((field, key)) = pairs.next() {
            write!(f, "{}={key}", field.as_str())?;
        }
        pairs.try_for_each(|(field, key)| write!(f, ",{}={key}", field.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_printed_again() {
        let map: FieldMap = " title = foo.bar , body=b,body=c, ".parse().unwrap_or_default();
        assert_eq!(map.to_string(), "headline=foo.bar,body=b,body=c");
        assert_eq!(map.to_string().parse(), Ok(map.clone()));
        assert_eq!(map.keys(MappedField::Body), ["b", "c"]);
        assert!(map.keys(MappedField::Date).is_empty());
    }

    #[test]
    fn what_was_seen_is_known() {
        let map: FieldMap = "headline=a,body=b,body=c".parse().unwrap_or_default();
        assert_eq!(map.unseen(), ["headline=a", "body=b,body=c"]);
        map.saw(MappedField::Body);
        map.saw(MappedField::Date);
        assert_eq!(map.unseen(), ["headline=a"]);
        assert_eq!(map.clone(), map);
        map.saw(MappedField::Headline);
        assert!(map.unseen().is_empty());
    }

    #[test]
    fn what_is_no_map_says_why() {
        let error = |text: &str| text.parse::<FieldMap>().map_err(|error| error.to_string());
        assert_eq!(error("headline"), Err("`headline` is not of the form `field=key`".to_owned()));
        assert_eq!(error("body="), Err("`body=` is not of the form `field=key`".to_owned()));
        assert!(error("teaser=a").is_err_and(|message| message.starts_with("`teaser` is no field")));
        assert_eq!(error(""), Ok(FieldMap::default()));
    }
}
