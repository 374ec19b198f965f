//! Which articles of an index are copies of one another, kept beside it: by the hash of their text, whatever segment they lie in.
//!
//! The file follows from the articles alone and says for which it was made. A run writes it after its last commit; until then the
//! one before is used, which knows nothing of the newest articles.

use std::io;
use std::path::Path;

use tantivy::Directory;
use tantivy::directory::OwnedBytes;
use tantivy::directory::error::OpenReadError;

use crate::error::{Error, Result};

use crate::index::directory::ArchiveDirectory;

/// The file's name.
pub(in crate::index) const NAME: &str = "copies.bin";

const MAGIC: &[u8; 8] = b"nscopy02";
const HEADER: usize = 40;
const CHECKSUM: usize = 32;

/// Bytes of a segment's id, as it is written.
const SEGMENT_ID: usize = 32;

/// Marks a text that hangs together with others but is in no group with them.
const ALONE: u32 = u32::MAX;

/// A text that has copies, or hangs together with one that has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::index) struct Row {
    /// The hash of the text.
    pub text: u64,
    /// What hangs together.
    pub component: u32,
    /// Its group; `None` where it is in none.
    pub group: Option<u32>,
}

/// What a file of copies says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::index) struct Table {
    /// Stands for the articles it was made for.
    pub articles: u64,
    /// Number of groups.
    pub groups: u32,
    /// Articles in groups.
    pub grouped: u64,
    /// By text.
    pub rows: Vec<Row>,
    /// Where the articles in groups are, segment by segment: so that a search need not look at all articles that it finds.
    pub places: Vec<Places>,
}

/// The articles in groups of one segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::index) struct Places {
    /// The segment's id, as it is written.
    pub segment: String,
    /// Each with its group, in their order.
    pub members: Vec<(u32, u32)>,
}

impl Table {
    /// As it stands in the file. Texts are hashes: their first bits say where in the file they are.
    fn bytes(&self) -> Vec<u8> {
        let bits = (usize::BITS - self.rows.len().leading_zeros()).clamp(1, 31);
        let mut bytes = Vec::with_capacity(HEADER + (4 << bits) + self.rows.len() * 16 + CHECKSUM);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.articles.to_le_bytes());
        bytes.extend_from_slice(&self.grouped.to_le_bytes());
        bytes.extend_from_slice(&(self.rows.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&self.groups.to_le_bytes());
        bytes.extend_from_slice(&bits.to_le_bytes());
        let mut at = 0;
        for bucket in 0..=1u64 << bits {
            while self.rows.get(at).is_some_and(|row| (row.text >> (64 - bits)) < bucket) {
                at += 1;
            }
            bytes.extend_from_slice(&(at as u32).to_le_bytes());
        }
        self.rows.iter().for_each(|row| bytes.extend_from_slice(&row.text.to_le_bytes()));
        self.rows.iter().for_each(|row| bytes.extend_from_slice(&row.group.unwrap_or(ALONE).to_le_bytes()));
        self.rows.iter().for_each(|row| bytes.extend_from_slice(&row.component.to_le_bytes()));
        for Places { segment, members } in &self.places {
            bytes.extend_from_slice(segment.as_bytes());
            bytes.extend_from_slice(&(members.len() as u64).to_le_bytes());
            for (doc, group) in members {
                bytes.extend_from_slice(&doc.to_le_bytes());
                bytes.extend_from_slice(&group.to_le_bytes());
            }
        }
        let checksum = blake3::hash(&bytes);
        bytes.extend_from_slice(checksum.as_bytes());
        bytes
    }

    /// Puts it in the place of the one before, at once.
    pub(in crate::index) fn write(&self, disk: &ArchiveDirectory) -> io::Result<()> {
        disk.atomic_write(NAME.as_ref(), &self.bytes())
    }
}

/// The copies of an index.
#[derive(Clone)]
pub struct Copies {
    bytes: OwnedBytes,
    rows: usize,
    groups: u32,
    bits: u32,
    texts: usize,
    /// By segment: where its places begin, and how many they are.
    places: Vec<(String, usize, usize)>,
}

impl Copies {
    /// No article is a copy.
    pub(in crate::index) fn none() -> Self {
        Self { bytes: OwnedBytes::empty(), rows: 0, groups: 0, bits: 1, texts: 0, places: Vec::new() }
    }

    /// What lies in the folder of an index.
    pub(in crate::index) fn open(dir: &Path) -> Result<Self> {
        let damaged =
            |what: &str| Error::Damaged { path: dir.to_owned(), reason: format!("`{NAME}` {what}") };
        // Not by the engine's own list of files, in which it is not.
        let disk = ArchiveDirectory::open(dir).map_err(|_| damaged("cannot be opened"))?;
        let file = disk.open_read(NAME.as_ref()).map_err(|error| match error {
            OpenReadError::FileDoesNotExist(_) => damaged("is missing"),
            _ => damaged("cannot be opened"),
        })?;
        let bytes = file.read_bytes().map_err(|error| Error::cannot_read(dir, &error))?;
        Self::of(bytes).ok_or_else(|| damaged("is not as it was written"))
    }

    fn of(bytes: OwnedBytes) -> Option<Self> {
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let rows = usize::try_from(u64_at(&bytes, 24)?).ok()?;
        let (groups, bits) = (u32_at(&bytes, 32)?, u32_at(&bytes, 36)?);
        let texts = HEADER + 4 * ((1usize << Some(bits).filter(|bits| (1..32).contains(bits))?) + 1);
        let mut at = rows.checked_mul(16)?.checked_add(texts)?;
        let end = bytes.len().checked_sub(CHECKSUM)?;
        let mut places = Vec::new();
        while at < end {
            let segment = std::str::from_utf8(bytes.get(at..at.checked_add(SEGMENT_ID)?)?).ok()?;
            let members = usize::try_from(u64_at(&bytes, at + SEGMENT_ID)?).ok()?;
            places.push((segment.to_owned(), at + SEGMENT_ID + 8, members));
            at = members.checked_mul(8)?.checked_add(at + SEGMENT_ID + 8)?;
        }
        (at == end).then_some(Self { bytes, rows, groups, bits, texts, places })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups == 0
    }

    /// Number of groups, which are numbered from 0.
    pub fn group_count(&self) -> u32 {
        self.groups
    }

    /// Number of articles in all groups.
    pub fn article_count(&self) -> u64 {
        u64_at(&self.bytes, 16).filter(|_| self.rows > 0).unwrap_or(0)
    }

    /// The group of an article with this text.
    #[inline]
    pub fn group_of(&self, text: u64) -> Option<u32> {
        if self.rows == 0 {
            return None;
        }
        let at = HEADER + 4 * (text >> (64 - self.bits)) as usize;
        let (from, to) = (u32_at(&self.bytes, at)? as usize, u32_at(&self.bytes, at + 4)? as usize);
        let row =
            (from..to.min(self.rows)).find(|row| u64_at(&self.bytes, self.texts + 8 * row) == Some(text))?;
        u32_at(&self.bytes, self.texts + 8 * self.rows + 4 * row).filter(|group| *group < self.groups)
    }

    /// The articles in groups of the segment with this id, each with its group, in their order; `None` where that is not known.
    pub fn places(&self, segment: &str) -> Option<impl Iterator<Item = (u32, u32)> + '_> {
        let (_, start, members) = self.places.iter().find(|place| place.0 == segment)?;
        let places = self.bytes.get(*start..start + 8 * members)?.chunks_exact(8);
        Some(places.filter_map(|place| Some((u32_at(place, 0)?, u32_at(place, 4)?))))
    }

    /// Whether the places in these segments are known.
    pub(in crate::index) fn are_placed(&self, mut segments: impl Iterator<Item = String>) -> bool {
        let known = |segment: String| self.places.iter().any(|place| place.0 == segment);
        self.rows == 0 || segments.all(known)
    }

    /// All of it but the places.
    pub(in crate::index) fn table(&self) -> Table {
        Table {
            articles: self.articles(),
            groups: self.groups,
            grouped: self.article_count(),
            rows: self.rows().collect(),
            places: Vec::new(),
        }
    }

    /// Stands for the articles they were found for.
    pub(in crate::index) fn articles(&self) -> u64 {
        u64_at(&self.bytes, 8).unwrap_or(0)
    }

    /// Whether every byte is as it was written.
    pub(in crate::index) fn is_sound(&self) -> bool {
        let Some(at) = self.bytes.len().checked_sub(CHECKSUM) else { return false };
        let (content, checksum) = self.bytes.split_at(at);
        blake3::hash(content).as_bytes() == checksum
    }

    /// All of it.
    pub(in crate::index) fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        let groups = self.texts + 8 * self.rows;
        (0..self.rows).filter_map(move |row| {
            let group = u32_at(&self.bytes, groups + 4 * row)?;
            Some(Row {
                text: u64_at(&self.bytes, self.texts + 8 * row)?,
                component: u32_at(&self.bytes, groups + 4 * self.rows + 4 * row)?,
                group: (group < self.groups).then_some(group),
            })
        })
    }
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
