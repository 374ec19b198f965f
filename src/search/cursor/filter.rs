//! What articles are filtered by: dates, lengths, files, fields with a value, ids; and all of them.

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet};

use crate::error::{Error, Result, plain_io};
use crate::field::Field;
use crate::index::Roots;
use crate::index::dates::{Dates, day_number};
use crate::query::PathGlob;
use crate::query::ast::{Certainty, DateFilter, LengthRange, Narrowing};
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

/// Articles from these files, or with a value in a field.
pub(super) fn narrowed(narrowing: &Narrowing, context: &SegmentContext<'_>) -> Result<Box<dyn Cursor>> {
    let end = context.segment.max_doc();
    let texts = |name: &str| -> Result<Option<StrColumn>> {
        context.segment.fast_fields().str(name).map_err(|error| context.damaged(&error))
    };
    let roots: Column<u64> =
        context.segment.fast_fields().u64("root").map_err(|error| context.damaged(&error))?;
    match narrowing {
        Narrowing::All => Ok(all(end)),
        // An address is in no column; it always has words.
        Narrowing::Has(Field::Url) => {
            let words = context.fields().url_words;
            let norms =
                context.segment.get_fieldnorms_reader(words).map_err(|error| context.damaged(&error))?;
            Ok(Box::new(Filter::new(end, move |doc| norms.fieldnorm_id(doc) > 0)))
        }
        Narrowing::Has(field) => {
            let column = texts(field.as_str())?;
            Ok(Box::new(Filter::new(end, move |doc| {
                column.as_ref().is_some_and(|column| column.term_ords(doc).next().is_some())
            })))
        }
        Narrowing::Source(typed) => {
            let glob = PathGlob::of_whole(typed);
            let fit = context.snapshot.roots().into_iter().filter(|(_, root)| glob.fits(root, ""));
            let fit: Vec<u64> = fit.map(|(number, _)| u64::from(number)).collect();
            Ok(Box::new(Filter::new(end, move |doc| {
                roots.first(doc).is_some_and(|root| fit.contains(&root))
            })))
        }
        Narrowing::Path(typed) => {
            let Some(paths) = texts("path")? else { return Ok(all(0)) };
            let fit = fitting(&PathGlob::new(typed), &context.snapshot.roots(), &paths).map_err(|error| {
                Error::Damaged { path: context.snapshot.dir().to_owned(), reason: plain_io(&error) }
            })?;
            Ok(Box::new(Filter::new(end, move |doc| {
                let fit = roots.first(doc).and_then(|root| fit.get(&root));
                let path = paths.term_ords(doc).next().and_then(|ord| usize::try_from(ord).ok());
                fit.zip(path).is_some_and(|(fit, path)| fit.get(path) == Some(&true))
            })))
        }
    }
}

/// Which paths of a segment's dictionary fit, by root: each is looked at once, however many articles its file
/// holds.
fn fitting(glob: &PathGlob, roots: &Roots, paths: &StrColumn) -> std::io::Result<FxHashMap<u64, Vec<bool>>> {
    let roots: Vec<_> = roots.iter().map(|(number, root)| (u64::from(*number), glob.in_root(root))).collect();
    let mut fit: FxHashMap<u64, Vec<bool>> =
        roots.iter().map(|(number, _)| (*number, Vec::with_capacity(paths.num_terms()))).collect();
    let mut stream = paths.dictionary().stream()?;
    while stream.advance() {
        let below = String::from_utf8_lossy(stream.key());
        for (number, root) in &roots {
            if let Some(fit) = fit.get_mut(number) {
                fit.push(root.fits(&below));
            }
        }
    }
    Ok(fit)
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
