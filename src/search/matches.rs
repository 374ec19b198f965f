//! Every article that matches, segment by segment: what facets, timelines and first mentions are counted from.

use tantivy::{DocId, SegmentReader};

use crate::error::{Error, Result};
use crate::index::{Snapshot, reading};
use crate::query::clause::Analysis;

use super::cursor::{Cursor, SegmentContext, TERMINATED, build};
use super::dictionary::Dictionary;
use super::plan::Planner;
use super::{SearchRequest, plan_articles};

/// The articles of one segment that match.
pub(super) struct SegmentMatches<'a> {
    /// The segment's number.
    pub ord: u32,
    /// The segment.
    pub segment: &'a SegmentReader,
    /// Stands at the article that [`next`](Self::next) gave.
    pub cursor: Box<dyn Cursor>,
    started: bool,
    snapshot: &'a Snapshot,
}

impl SegmentMatches<'_> {
    /// The next article that matches.
    pub fn next(&mut self) -> Option<DocId> {
        loop {
            let doc = if self.started { self.cursor.advance() } else { self.cursor.doc() };
            self.started = true;
            if doc == TERMINATED {
                return None;
            }
            if self.segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                return Some(doc);
            }
        }
    }

    /// An error of the engine, in our words.
    pub fn damaged(&self, error: &tantivy::TantivyError) -> Error {
        reading(self.snapshot.dir(), error)
    }
}

/// Goes through the segments; `scored` says whether the cursors' scores will be asked for.
pub(super) fn each_segment(
    snapshot: &Snapshot,
    request: &SearchRequest,
    scored: bool,
    mut visit: impl FnMut(SegmentMatches<'_>) -> Result<()>,
) -> Result<()> {
    let dictionary = Dictionary::new(snapshot);
    let clause = Analysis::with_variants(request.names()).with_lexicon(&dictionary).clause(&request.query);
    let mut planner = Planner::new(snapshot, &dictionary);
    let planned = plan_articles(snapshot, request, &clause, &mut planner)?;
    for (ord, segment) in snapshot.searcher().segment_readers().iter().enumerate() {
        let mut context = SegmentContext::new(snapshot, ord, &planned.norms, scored);
        let cursor = build(&planned.plan, &mut context, 1.0, false)?;
        visit(SegmentMatches { ord: ord as u32, segment, cursor, started: false, snapshot })?;
    }
    Ok(())
}
