//! What several outputs have in common.

use std::collections::BTreeMap;
use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;

use super::super::super::outcome::Failure;

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

/// One value over several lines, without the version: what has a shape of its own.
pub fn document(out: &mut impl Write, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
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
pub struct PlainOffsets {
    start: &'static str,
    end: &'static str,
    start_char: &'static str,
    end_char: &'static str,
}

pub const PLAIN_OFFSETS: PlainOffsets =
    PlainOffsets { start: BYTES, end: BYTES, start_char: CHARACTERS, end_char: CHARACTERS };

const BYTES: &str = "bytes of UTF-8";
const CHARACTERS: &str = "Unicode characters";

/// A value, and how many articles have it.
#[derive(Serialize)]
pub struct Count<'a> {
    pub value: &'a str,
    pub articles: u64,
}

impl<'a> Count<'a> {
    /// The commonest first.
    pub fn list(counts: &'a BTreeMap<String, u64>) -> Vec<Self> {
        let mut list: Vec<Self> =
            counts.iter().map(|(value, articles)| Self { value, articles: *articles }).collect();
        list.sort_by_key(|count| std::cmp::Reverse(count.articles));
        list
    }
}

/// A moment, in seconds since 1970, as RFC 3339 has it; `None` where there was none.
pub fn moment(seconds: i64) -> Option<String> {
    Timestamp::from_second(seconds).ok().filter(|_| seconds != 0).map(|moment| moment.to_string())
}

/// What is empty where it is not known.
pub fn known(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Ranges of bytes of a text as ranges of its characters.
pub fn in_characters(text: &str, ranges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut chars = Characters::of(text);
    ranges.iter().map(|(start, end)| (chars.before(*start), chars.before(*end))).collect()
}

/// Counts a text's characters, from where it counted last.
pub struct Characters<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl<'a> Characters<'a> {
    /// From the beginning of a text.
    pub fn of(text: &'a str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    /// The number of characters before a byte.
    pub fn before(&mut self, byte: usize) -> usize {
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
