//! What articles are filtered by: dates, lengths, ids; and all of them.

use tantivy::columnar::Column;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet};

use crate::error::Result;
use crate::index::dates::{Dates, day_number};
use crate::query::ast::{Certainty, DateFilter, LengthRange};
use crate::query::spans::Span;

use super::{Cursor, SegmentContext, TERMINATED};

/// All articles before `end`.
pub(super) fn all(end: DocId) -> Box<dyn Cursor> {
    Box::new(Filter::new(end, |_| true))
}

/// Articles whose date is such. Undated articles have none.
pub(super) fn date(filter: DateFilter, context: &SegmentContext<'_>) -> Result<Box<dyn Cursor>> {
    let dates = Dates::open(context.segment).map_err(|error| context.damaged(&error))?;
    let end = context.segment.max_doc();
    Ok(match filter {
        DateFilter::In(range) => {
            let from = range.from.map_or(i64::MIN, day_number);
            let to = range.to.map_or(i64::MAX, day_number);
            Box::new(Filter::new(end, move |doc| {
                dates.days(doc).is_some_and(|(first, last)| first <= to && from <= last)
            }))
        }
        DateFilter::Known(certainty) => Box::new(Filter::new(end, move |doc| {
            dates.precision(doc).is_some_and(|precision| Certainty::of(precision) == certainty)
        })),
    })
}

/// Articles of so many words.
pub(super) fn length(range: &LengthRange, context: &SegmentContext<'_>) -> Result<Box<dyn Cursor>> {
    let column: Column<u64> =
        context.segment.fast_fields().u64("words").map_err(|error| context.damaged(&error))?;
    let range = range.min.unwrap_or(0)..=range.max.unwrap_or(u64::MAX);
    Ok(Box::new(Filter::new(context.segment.max_doc(), move |doc| {
        column.first(doc).is_some_and(|words| range.contains(&words))
    })))
}

/// The articles that answer to this id.
pub(super) fn id(id: &str, context: &mut SegmentContext<'_>) -> Result<Box<dyn Cursor>> {
    let mut found = Vec::new();
    for field in [context.fields().id, context.fields().id_alias] {
        let postings = context
            .reader(field)?
            .read_postings(&Term::from_field_text(field, id), IndexRecordOption::Basic)
            .map_err(|error| context.unreadable(&error))?;
        let Some(mut postings) = postings else { continue };
        while postings.doc() != TERMINATED {
            found.push(postings.doc());
            postings.advance();
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(Box::new(Listed { found, at: 0 }))
}

struct Filter<F> {
    doc: DocId,
    end: DocId,
    accept: F,
}

impl<F: Fn(DocId) -> bool> Filter<F> {
    fn new(end: DocId, accept: F) -> Self {
        let mut filter = Self { doc: 0, end, accept };
        filter.find(0);
        filter
    }

    fn find(&mut self, from: DocId) -> DocId {
        self.doc = (from..self.end).find(|doc| (self.accept)(*doc)).unwrap_or(TERMINATED);
        self.doc
    }
}

impl<F: Fn(DocId) -> bool> Cursor for Filter<F> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.find(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target { self.doc } else { self.find(target) }
    }

    fn score(&mut self) -> f32 {
        0.0
    }

    fn cost(&self) -> u64 {
        u64::from(self.end)
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        out.clear();
    }
}

/// Few articles, in order.
struct Listed {
    found: Vec<DocId>,
    at: usize,
}

impl Cursor for Listed {
    fn doc(&self) -> DocId {
        self.found.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at = self.at.max(self.found.partition_point(|doc| *doc < target));
        self.doc()
    }

    fn score(&mut self) -> f32 {
        0.0
    }

    fn cost(&self) -> u64 {
        self.found.len() as u64
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        out.clear();
    }
}
