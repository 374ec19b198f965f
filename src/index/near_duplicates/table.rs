//! The clusters of near-duplicates of an index, stored beside it: by the hash of their text, whatever segment
//! they lie in.
//!
//! The file follows from the articles alone and says for which it was made. A run writes it after its last
//! commit; until then the one before is used, which knows nothing of the newest articles.

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

/// Instead of the cluster of a text that is in a component with others but in no cluster with them.
const NO_CLUSTER: u32 = u32::MAX;

/// A text that is in a component with others, or that several articles have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub text_hash: u64,
    pub component: u32,
    /// `None` where it is in none.
    pub cluster: Option<u32>,
}

/// What the file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// [`Snapshot::content_version`](crate::index::Snapshot) of the articles it was made for.
    pub content_version: u64,
    /// Number of clusters.
    pub clusters: u32,
    /// Number of articles in all clusters.
    pub clustered: u64,
    /// By text hash.
    pub entries: Vec<Entry>,
    /// The articles in clusters, segment by segment: so that a search need not look at all articles that it
    /// finds.
    pub members: Vec<SegmentMembers>,
}

/// The articles of one segment that are in clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentMembers {
    /// The segment's id, as it is written.
    pub segment: String,
    /// Each with its cluster, in their order.
    pub articles: Vec<(u32, u32)>,
}

impl Table {
    /// As it stands in the file. Texts are hashes: their first bits say where in the file they are.
    fn bytes(&self) -> Vec<u8> {
        let bits = (usize::BITS - self.entries.len().leading_zeros()).clamp(1, 31);
        let mut bytes = Vec::with_capacity(HEADER + (4 << bits) + self.entries.len() * 16 + CHECKSUM);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.content_version.to_le_bytes());
        bytes.extend_from_slice(&self.clustered.to_le_bytes());
        bytes.extend_from_slice(&(self.entries.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&self.clusters.to_le_bytes());
        bytes.extend_from_slice(&bits.to_le_bytes());
        let mut at = 0;
        for bucket in 0..=1u64 << bits {
            while self.entries.get(at).is_some_and(|entry| (entry.text_hash >> (64 - bits)) < bucket) {
                at += 1;
            }
            bytes.extend_from_slice(&(at as u32).to_le_bytes());
        }
        self.entries.iter().for_each(|entry| bytes.extend_from_slice(&entry.text_hash.to_le_bytes()));
        self.entries
            .iter()
            .for_each(|entry| bytes.extend_from_slice(&entry.cluster.unwrap_or(NO_CLUSTER).to_le_bytes()));
        self.entries.iter().for_each(|entry| bytes.extend_from_slice(&entry.component.to_le_bytes()));
        for SegmentMembers { segment, articles } in &self.members {
            bytes.extend_from_slice(segment.as_bytes());
            bytes.extend_from_slice(&(articles.len() as u64).to_le_bytes());
            for (doc, cluster) in articles {
                bytes.extend_from_slice(&doc.to_le_bytes());
                bytes.extend_from_slice(&cluster.to_le_bytes());
            }
        }
        let checksum = blake3::hash(&bytes);
        bytes.extend_from_slice(checksum.as_bytes());
        bytes
    }

    /// Puts it in the place of the one before, at once.
    pub fn write(&self, disk: &ArchiveDirectory) -> io::Result<()> {
        disk.atomic_write(NAME.as_ref(), &self.bytes())
    }
}

/// The clusters of near-duplicates of an index.
#[derive(Clone)]
pub struct NearDuplicates {
    bytes: OwnedBytes,
    entries: usize,
    clusters: u32,
    bits: u32,
    /// The offset of the text hashes.
    text_hashes: usize,
    /// By segment: the offset of its members, and their number.
    members: Vec<(String, usize, usize)>,
}

impl NearDuplicates {
    /// No article has one.
    pub(in crate::index) fn none() -> Self {
        Self {
            bytes: OwnedBytes::empty(),
            entries: 0,
            clusters: 0,
            bits: 1,
            text_hashes: 0,
            members: Vec::new(),
        }
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
        let entries = usize::try_from(u64_at(&bytes, 24)?).ok()?;
        let (clusters, bits) = (u32_at(&bytes, 32)?, u32_at(&bytes, 36)?);
        let text_hashes = HEADER + 4 * ((1usize << Some(bits).filter(|bits| (1..32).contains(bits))?) + 1);
        let mut at = entries.checked_mul(16)?.checked_add(text_hashes)?;
        let end = bytes.len().checked_sub(CHECKSUM)?;
        let mut members = Vec::new();
        while at < end {
            let segment = std::str::from_utf8(bytes.get(at..at.checked_add(SEGMENT_ID)?)?).ok()?;
            let articles = usize::try_from(u64_at(&bytes, at + SEGMENT_ID)?).ok()?;
            members.push((segment.to_owned(), at + SEGMENT_ID + 8, articles));
            at = articles.checked_mul(8)?.checked_add(at + SEGMENT_ID + 8)?;
        }
        (at == end).then_some(Self { bytes, entries, clusters, bits, text_hashes, members })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.clusters == 0
    }

    /// Number of clusters, which are numbered from 0.
    pub fn cluster_count(&self) -> u32 {
        self.clusters
    }

    /// Number of articles in all clusters.
    pub fn article_count(&self) -> u64 {
        u64_at(&self.bytes, 16).filter(|_| self.entries > 0).unwrap_or(0)
    }

    /// The cluster of an article with this text.
    #[inline]
    pub fn cluster_of(&self, text_hash: u64) -> Option<u32> {
        if self.entries == 0 {
            return None;
        }
        let at = HEADER + 4 * (text_hash >> (64 - self.bits)) as usize;
        let (from, to) = (u32_at(&self.bytes, at)? as usize, u32_at(&self.bytes, at + 4)? as usize);
        let mut entries = from..to.min(self.entries);
        let entry =
            entries.find(|entry| u64_at(&self.bytes, self.text_hashes + 8 * entry) == Some(text_hash))?;
        let clusters = self.text_hashes + 8 * self.entries;
        u32_at(&self.bytes, clusters + 4 * entry).filter(|cluster| *cluster < self.clusters)
    }

    /// The articles in clusters of the segment with this id, each with its cluster, in their order; `None`
    /// where that is not known.
    pub fn members(&self, segment: &str) -> Option<impl Iterator<Item = (u32, u32)> + '_> {
        let (_, start, articles) = self.members.iter().find(|members| members.0 == segment)?;
        let members = self.bytes.get(*start..start + 8 * articles)?.chunks_exact(8);
        Some(members.filter_map(|member| Some((u32_at(member, 0)?, u32_at(member, 4)?))))
    }

    /// Whether the members in these segments are known.
    pub(in crate::index) fn knows_members(&self, mut segments: impl Iterator<Item = String>) -> bool {
        let known = |segment: String| self.members.iter().any(|members| members.0 == segment);
        self.entries == 0 || segments.all(known)
    }

    /// All of it but the members.
    pub(in crate::index) fn table(&self) -> Table {
        Table {
            content_version: self.content_version(),
            clusters: self.clusters,
            clustered: self.article_count(),
            entries: self.entries().collect(),
            members: Vec::new(),
        }
    }

    /// [`Table::content_version`].
    pub(in crate::index) fn content_version(&self) -> u64 {
        u64_at(&self.bytes, 8).unwrap_or(0)
    }

    /// Whether every byte is as it was written.
    pub(in crate::index) fn is_sound(&self) -> bool {
        let Some(at) = self.bytes.len().checked_sub(CHECKSUM) else { return false };
        let (content, checksum) = self.bytes.split_at(at);
        blake3::hash(content).as_bytes() == checksum
    }

    /// All of it.
    pub(in crate::index) fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        let clusters = self.text_hashes + 8 * self.entries;
        (0..self.entries).filter_map(move |entry| {
            let cluster = u32_at(&self.bytes, clusters + 4 * entry)?;
            Some(Entry {
                text_hash: u64_at(&self.bytes, self.text_hashes + 8 * entry)?,
                component: u32_at(&self.bytes, clusters + 4 * self.entries + 4 * entry)?,
                cluster: (cluster < self.clusters).then_some(cluster),
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
