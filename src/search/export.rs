//! All articles that match, one after the other: however many there are, only one is held at a time.

use crate::error::Result;
use crate::index::Snapshot;
use crate::query::clause::Analysis;

use super::collect::Kept;
use super::copies::Grouped;
use super::dictionary::Dictionary;
use super::evidence::Finder;
use super::plan::Planner;
use super::{Hit, Ranked, SearchRequest, rank_articles};

/// The articles that match in the request's order, each read from the index when it is its turn.
pub struct Hits<'a> {
    /// Exact number of articles that match.
    pub total: u64,
    /// The same with only one of copies counted, where only one of them is written.
    pub distinct: Option<u64>,
    grouped: Option<Grouped>,
    snapshot: &'a Snapshot,
    finder: Finder,
    kept: std::iter::Enumerate<std::vec::IntoIter<Kept>>,
}

/// All articles that match from the request's offset on, whatever its limit.
pub fn all<'a>(snapshot: &'a Snapshot, request: &SearchRequest) -> Result<Hits<'a>> {
    let dictionary = Dictionary::new(snapshot);
    let clause = Analysis::with_variants(request.names()).with_lexicon(&dictionary).clause(&request.query);
    let mut planner = Planner::new(snapshot, &dictionary);
    let request = SearchRequest { limit: usize::MAX, ..request.clone() };
    let Ranked { total, distinct, kept, grouped, .. } = rank_articles(snapshot, &request, &clause, &mut planner)?;
    let mut kept = kept.into_iter().enumerate();
    if let Some(last) = request.offset.checked_sub(1) {
        kept.nth(last);
    }
    Ok(Hits { total, distinct, grouped, snapshot, finder: Finder::new(clause), kept })
}

impl Iterator for Hits<'_> {
    type Item = Result<Hit>;

    fn next(&mut self) -> Option<Self::Item> {
        let (at, kept) = self.kept.next()?;
        let stored = self.snapshot.article(kept.address);
        let grouped = self.grouped.as_ref().zip(kept.group);
        let copies = grouped.map(|(grouped, group)| grouped.others_of(group, kept.address)).unwrap_or_default();
        Some(stored.map(|stored| Hit {
            copies,
            ..Hit::new(at + 1, kept.score, stored, Some(&mut self.finder))
        }))
    }
}
