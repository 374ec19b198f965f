//! Finds the near-duplicates of an archive, after a commit: of all articles, or of those that came and what
//! they touch.
//!
//! The steps are those of [`crate::near_duplicates`]: [`candidates`] joins the sketches, [`verification`]
//! compares the texts of each candidate pair, [`clustering`] cuts the components. What comes of it is a
//! [`table`] beside the index.
//!
//! Whether two texts are near-duplicates depends on these two alone, so that an index that grew file by file
//! has the clusters of one made anew: a component that nothing has come to or gone from stays as it is, all
//! others are clustered again.
//!
//! An example: the archive has the components {a, b, c} and {d, e}. The file of b goes, and one with f comes,
//! whose sketch is like that of e. The component of b is broken: a and c are compared with all others again,
//! as f is. The one of d and e is taken as it was, f is joined to e where their texts say so, and what is
//! then {d, e, f} is clustered anew.
//!
//! With N articles, k min-hashes a sketch (at most 16) and W neighbours a min-hash (64), it takes O(N · k) to
//! read the sketches, O(N · k · log N) to join those of all, and at most N · k · W candidate pairs, however
//! many share a notice. One commit of M articles reads all N sketches, and joins and compares those of the M.

mod candidates;
mod clustering;
mod columns;
mod table;
mod verification;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::DocAddress;

use crate::error::Result;

use super::Snapshot;
use candidates::Candidates;
use columns::Columns;

pub use table::NearDuplicates;
pub(super) use table::{Entry, NAME, SegmentMembers, Table};

/// What came into the index since the near-duplicates were last found.
pub(super) enum Delta {
    /// Articles of the files with these keys; what went is seen by that it is not there.
    Files(Vec<u64>),
    /// It is not known: everything is looked at.
    Unknown,
}

/// The near-duplicates among the articles of `snapshot`, where `before` are those from before something came
/// and went.
pub(super) fn find(snapshot: &Snapshot, before: &NearDuplicates, delta: Delta) -> Result<Table> {
    let columns = Columns::open(snapshot)?;
    let came = match delta {
        Delta::Unknown => None,
        Delta::Files(files) => columns.texts_of(&files.into_iter().collect())?,
    };
    let mut candidates = match came {
        None => Candidates::all(&columns),
        Some(came) => Candidates::touched(&columns, before, came),
    };
    candidates.verify(snapshot)?;
    clustering::table(candidates, snapshot)
}

/// The articles in clusters.
pub(super) fn members(snapshot: &Snapshot, entries: &[Entry]) -> Result<Vec<SegmentMembers>> {
    let clusters: FxHashMap<u64, u32> =
        entries.iter().filter_map(|entry| Some((entry.text_hash, entry.cluster?))).collect();
    let segments = snapshot.searcher().segment_readers().iter();
    let mut members: Vec<SegmentMembers> = segments
        .map(|segment| SegmentMembers { segment: segment.segment_id().uuid_string(), articles: Vec::new() })
        .collect();
    if clusters.is_empty() {
        return Ok(members);
    }
    Columns::open(snapshot)?.each(|address, text_hash| {
        if let Some((cluster, members)) =
            clusters.get(&text_hash).zip(members.get_mut(address.segment_ord as usize))
        {
            members.articles.push((address.doc_id, *cluster));
        }
    });
    Ok(members)
}

/// A text of the archive, which one or more articles have.
struct ArchiveText {
    text_hash: u64,
    /// One of the articles that have it.
    address: DocAddress,
    articles: u64,
    /// Its component and cluster before, where these still hold.
    before: Option<(u32, Option<u32>)>,
    /// Whether it is to be compared with all others.
    is_new: bool,
}

/// The texts of articles, each once, in the order of their hashes.
fn distinct(
    mut articles: Vec<(u64, DocAddress)>,
    about: impl Fn(u64) -> (Option<(u32, Option<u32>)>, bool),
) -> Vec<ArchiveText> {
    articles.par_sort_unstable();
    let same = articles.chunk_by(|one, other| one.0 == other.0);
    let text = |same: &[(u64, DocAddress)]| {
        let (text_hash, address) = *same.first()?;
        let (before, is_new) = about(text_hash);
        Some(ArchiveText { text_hash, address, articles: same.len() as u64, before, is_new })
    };
    same.filter_map(text).collect()
}
