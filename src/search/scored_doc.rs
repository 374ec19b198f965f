//! An article that was found, before it is read.

use tantivy::DocAddress;

/// One that is among the best.
#[derive(Debug, Clone)]
pub(super) struct ScoredDoc {
    pub address: DocAddress,
    /// Its score; 0 where it was not asked for.
    pub score: f32,
    pub key: SortKey,
    /// The number of its id in its segment, in the order of ids.
    pub id: u64,
    /// The cluster of near-duplicates that it stands for.
    pub group: Option<u32>,
}

/// Where an article comes in the order that was asked for. Greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SortKey {
    pub first: u64,
    pub second: u64,
}
