//! Every article that matches, segment by segment: what facets, timelines and first mentions are counted
//! from.

use std::path::Path;

use rayon::prelude::*;
use tantivy::{DocAddress, DocId, SegmentReader};

use crate::error::{Error, Result};
use crate::index::{Snapshot, reading};

use super::Hit;
use super::cursor::{Cursor, SegmentContext, TERMINATED, build};
use super::prepared::Prepared;

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

    /// Where the index is.
    pub fn dir(&self) -> &Path {
        self.snapshot.dir()
    }

    /// An error of the engine, in our words.
    pub fn damaged(&self, error: &tantivy::TantivyError) -> Error {
        reading(self.snapshot.dir(), error)
    }
}

impl Prepared<'_> {
    /// What `visit` makes of each segment, in their order; they are gone through side by side. `scored` says
    /// whether the cursors' scores will be asked for.
    pub fn each_segment<T: Send>(
        &self,
        scored: bool,
        visit: impl Fn(SegmentMatches<'_>) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let segments = self.snapshot.searcher().segment_readers().par_iter().enumerate();
        let visited = segments.map(|(ord, segment)| {
            let mut context = SegmentContext::new(self.snapshot, ord, &self.norms, scored);
            let cursor = build(&self.plan, &mut context, 1.0, false)?;
            let ord = ord as u32;
            visit(SegmentMatches { ord, segment, cursor, started: false, snapshot: self.snapshot })
        });
        visited.collect()
    }

    /// One of the articles, as a hit.
    pub fn hit(&self, address: DocAddress) -> Result<Hit> {
        Ok(Hit::new(1, 0.0, self.snapshot.article(address)?, Some(&mut self.highlighter())))
    }
}
