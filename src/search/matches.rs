//! Every article that matches, segment by segment: what facets, timelines and first mentions are counted from.

use std::path::Path;

use rayon::prelude::*;
use tantivy::{DocAddress, DocId, SegmentReader};

use crate::error::{Error, Result};
use crate::index::{Snapshot, reading};
use crate::query::clause::Clause;

use super::cursor::{Cursor, SegmentContext, TERMINATED, build};
use super::dictionary::Dictionary;
use super::highlight::Highlighter;
use super::plan::Planner;
use super::reading::{Reading, read};
use super::{Account, Hit, Planned, SearchRequest, plan_articles};

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

/// What a request asks for, ready to be walked through.
pub(super) struct Matches<'a> {
    snapshot: &'a Snapshot,
    clause: Clause,
    planned: Planned,
    account: Account,
}

impl<'a> Matches<'a> {
    pub fn of(snapshot: &'a Snapshot, request: &SearchRequest) -> Result<Self> {
        let dictionary = Dictionary::new(snapshot);
        let Reading { clause, notices, names, total_is, .. } =
            read(snapshot, &dictionary, request.names(), &request.query);
        let mut planner = Planner::new(snapshot, &dictionary);
        let planned = plan_articles(snapshot, request, &clause, &mut planner)?;
        let account = Account::new(total_is, &planner, &names).after(&notices);
        Ok(Self { snapshot, clause, planned, account })
    }

    /// What to know about how they were searched for, once they have been gone through.
    pub fn account(&self, request: &SearchRequest) -> Result<Account> {
        self.account.clone().walked(&self.planned.norms, &self.clause, self.snapshot, request)
    }

    /// What `visit` makes of each segment, in their order; they are gone through side by side. `scored` says whether the cursors'
    /// scores will be asked for.
    pub fn each_segment<T: Send>(
        &self,
        scored: bool,
        visit: impl Fn(SegmentMatches<'_>) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let segments = self.snapshot.searcher().segment_readers().par_iter().enumerate();
        let visited = segments.map(|(ord, segment)| {
            let mut context = SegmentContext::new(self.snapshot, ord, &self.planned.norms, scored);
            let cursor = build(&self.planned.plan, &mut context, 1.0, false)?;
            let ord = ord as u32;
            visit(SegmentMatches { ord, segment, cursor, started: false, snapshot: self.snapshot })
        });
        visited.collect()
    }

    /// One of the articles, as a hit.
    pub fn hit(&self, address: DocAddress) -> Result<Hit> {
        let mut highlighter = Highlighter::new(self.clause.clone());
        Ok(Hit::new(1, 0.0, self.snapshot.article(address)?, Some(&mut highlighter)))
    }
}
