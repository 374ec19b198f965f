//! Answers for programs, from structs of their own: what is renamed in the library renames nothing here. `docs/json.md` lists the
//! keys. Keys are added, never renamed, within a version; all are always there: `null` where a value is not known, was not asked for
//! or does not apply, `[]` where a list has nothing in it.

mod answer;
mod archive;
mod article;
mod hit;

use std::collections::BTreeMap;
use std::io::Write;

use jiff::Timestamp;
use newsearch::search::Account;
use serde::Serialize;

use super::super::outcome::Failure;
use super::nothing::{Nothing, NothingJson};

pub use answer::{Answer, BatchLine, batch, related, response};
pub use archive::{changes, problems, status};
pub use article::{analysis, article};
pub use hit::{ArticleHead, HitJson, exported, hits, hits_of};

/// The version of all that is written here.
const FORMAT_VERSION: u32 = 2;

#[derive(Serialize)]
struct Versioned<'a, T> {
    format_version: u32,
    #[serde(flatten)]
    value: &'a T,
}

/// One object on a line, with the version of its keys.
pub fn object(out: &mut impl Write, value: &impl Serialize) -> Result<(), Failure> {
    let versioned = Versioned { format_version: FORMAT_VERSION, value };
    serde_json::to_writer(&mut *out, &versioned).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// What every answer to a query begins with.
#[derive(Serialize)]
pub struct Head<'a> {
    query: &'a str,
    read_as: Option<&'a str>,
    total: Option<u64>,
    total_is: Option<&'static str>,
    undated_matching: Option<u64>,
    partly_dated_matching: Option<u64>,
    notices: &'a [String],
    nothing_found: Option<NothingJson<'a>>,
}

impl<'a> Head<'a> {
    /// Of a query, as it was typed and as it was read, that was asked.
    pub fn new(
        (query, read_as): (&'a str, &'a str),
        total: u64,
        account: &'a Account,
        nothing: Option<&'a Nothing>,
    ) -> Self {
        Self {
            query,
            read_as: Some(read_as),
            total: Some(total),
            total_is: Some(account.total_is.as_str()),
            undated_matching: Some(account.undecided.undated),
            partly_dated_matching: Some(account.undecided.partial),
            notices: &account.notices,
            nothing_found: nothing.map(Nothing::json),
        }
    }

    /// Of one that could not be asked.
    fn not_asked(query: &'a str) -> Self {
        Self {
            query,
            read_as: None,
            total: None,
            total_is: None,
            undated_matching: None,
            partly_dated_matching: None,
            notices: &[],
            nothing_found: None,
        }
    }
}

/// What the numbers of a range count. Both begin at 0, and the end is not in the range.
#[derive(Serialize)]
pub struct Offsets {
    highlights: &'static str,
    highlights_chars: &'static str,
}

/// Of highlights.
pub const OFFSETS: Offsets = Offsets { highlights: BYTES, highlights_chars: CHARACTERS };

/// The same of matches and tokens.
#[derive(Serialize)]
struct PlainOffsets {
    start: &'static str,
    end: &'static str,
    start_char: &'static str,
    end_char: &'static str,
}

const PLAIN_OFFSETS: PlainOffsets =
    PlainOffsets { start: BYTES, end: BYTES, start_char: CHARACTERS, end_char: CHARACTERS };

const BYTES: &str = "bytes of UTF-8";
const CHARACTERS: &str = "Unicode characters";

/// A value, and how many articles have it.
#[derive(Serialize)]
struct Count<'a> {
    value: &'a str,
    articles: u64,
}

impl<'a> Count<'a> {
    /// The commonest first.
    fn list(counts: &'a BTreeMap<String, u64>) -> Vec<Self> {
        let mut list: Vec<Self> =
            counts.iter().map(|(value, articles)| Self { value, articles: *articles }).collect();
        list.sort_by_key(|count| std::cmp::Reverse(count.articles));
        list
    }
}

/// A moment, in seconds since 1970, as RFC 3339 has it; `None` where there was none.
fn moment(seconds: i64) -> Option<String> {
    Timestamp::from_second(seconds).ok().filter(|_| seconds != 0).map(|moment| moment.to_string())
}

/// What is empty where it is not known.
pub fn known(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Ranges of bytes of a text as ranges of its characters.
pub(in crate::cli) fn in_characters(text: &str, ranges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut chars = Characters::of(text);
    ranges.iter().map(|(start, end)| (chars.before(*start), chars.before(*end))).collect()
}

/// Counts a text's characters, from where it counted last.
struct Characters<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl<'a> Characters<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    /// The number of characters before a byte.
    fn before(&mut self, byte: usize) -> usize {
        let between = |from, to| self.text.get(from..to).map_or(0, |text: &str| text.chars().count());
        if byte >= self.byte {
            self.count += between(self.byte, byte);
        } else {
            self.count = self.count.saturating_sub(between(byte, self.byte));
        }
        self.byte = byte;
        self.count
    }
}
