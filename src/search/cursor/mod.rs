//! Walking through the articles of one segment that match, in the engine's order.
//!
//! One small trait; [`build`] makes the tree of cursors for a plan.

mod boolean;
mod filter;
mod positional;
mod question;
mod words;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;
use tantivy::fastfield::AliveBitSet;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, InvertedIndexReader, SegmentReader};

use crate::error::{Error, Result, plain_io};
use crate::index::{Fields, Snapshot, reading, tokenizer};
use crate::query::spans::Span;

use super::plan::{Plan, PlannedWord};
use super::rank::{Norms, Ranking};

pub(super) use tantivy::TERMINATED;

/// Articles that match, in ascending order.
pub(super) trait Cursor {
    /// The article it stands at; [`TERMINATED`] at the end.
    fn doc(&self) -> DocId;
    /// Goes to the next article that matches.
    fn advance(&mut self) -> DocId;
    /// Goes to the first article that matches and is not before `target`, which is not before
    /// [`doc`](Self::doc).
    fn seek(&mut self, target: DocId) -> DocId;
    /// What the article it stands at is worth by its words.
    fn score(&mut self) -> f32;
    /// Roughly how many articles it will stop at.
    fn cost(&self) -> u64;
    /// The places that match in the article it stands at, sorted, each as often as it counts (twice in a
    /// headline); nothing for clauses that have no place.
    fn spans(&mut self, out: &mut Vec<Span>);
    /// How many [`spans`](Self::spans) there are.
    fn mentions(&mut self) -> u32 {
        let mut spans = Vec::new();
        self.spans(&mut spans);
        spans.len() as u32
    }
    /// What the mentions are worth in the article it stands at.
    fn worth(&mut self) -> Worth {
        Worth { mentions: self.mentions() as f32, bonus: 0.0 }
    }
    /// The same for those from the position `start` on.
    fn worth_from(&mut self, start: u32) -> Worth {
        let mut spans = Vec::new();
        self.spans(&mut spans);
        let bonus = self.worth().bonus;
        Worth { mentions: spans.iter().filter(|span| span.start >= start).count() as f32, bonus }
    }
    /// Goes on, from the article it stands at, to the first that its score makes worth `least` or more, and
    /// counts the articles on the way that are `alive`. One call for many articles: here a cursor's own
    /// methods are called without a detour.
    fn next_worth(&mut self, least: f32, alive: Option<&AliveBitSet>, tally: &mut Tally<'_>) -> DocId {
        let mut doc = self.doc();
        while doc != TERMINATED {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                tally.count(doc);
                if self.score() >= least {
                    break;
                }
            }
            doc = self.advance();
        }
        doc
    }
    /// The most that [`proximity`](Self::proximity) can be in any article.
    fn most_proximity(&self) -> f32 {
        0.0
    }
    /// The bonus for how the words stand in the article it stands at.
    fn proximity(&mut self) -> f32 {
        0.0
    }
}

/// What the mentions of a word are worth in one article.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Worth {
    /// How many they are, those of other forms than the one that was typed counting less.
    pub mentions: f32,
    /// What is added to the article's score for the form that was typed.
    pub bonus: f32,
}

impl Worth {
    #[inline]
    fn and(self, other: Self) -> Self {
        Self { mentions: self.mentions + other.mentions, bonus: self.bonus.max(other.bonus) }
    }
}

/// Counts articles, and notes which of them have copies.
pub(super) struct Tally<'a> {
    pub total: u64,
    /// The articles of the segment that have copies and were not passed yet, each with its group, in their
    /// order.
    places: &'a [(DocId, u32)],
    /// Those that were counted.
    pub found: Vec<(DocId, u32)>,
}

impl<'a> Tally<'a> {
    pub fn new(places: &'a [(DocId, u32)]) -> Self {
        Self { total: 0, places, found: Vec::new() }
    }

    /// Counts an article; each comes after the one before.
    #[inline]
    pub fn count(&mut self, doc: DocId) {
        self.total += 1;
        while let [(place, group), rest @ ..] = self.places
            && *place <= doc
        {
            if *place == doc {
                self.found.push((doc, *group));
            }
            self.places = rest;
        }
    }

    /// The group of the article that was counted last.
    pub fn group_of_last(&self, doc: DocId) -> Option<u32> {
        self.found.last().filter(|last| last.0 == doc).map(|last| last.1)
    }
}

/// What all cursors over one segment need.
pub(super) struct SegmentContext<'a> {
    pub snapshot: &'a Snapshot,
    pub segment: &'a SegmentReader,
    pub ord: usize,
    norms: &'a FieldNorms,
    readers: FxHashMap<Field, Arc<InvertedIndexReader>>,
    /// Whether scores are wanted at all.
    pub scored: bool,
    pub ranking: &'a Ranking,
}

/// Length normalisation by field, over all segments.
pub(super) struct FieldNorms {
    of: FxHashMap<Field, Arc<Norms>>,
    ranking: Ranking,
    /// Set by cursors that did not give all places of an article.
    places_left_out: Arc<AtomicBool>,
}

impl FieldNorms {
    pub fn new(snapshot: &Snapshot, ranking: &Ranking) -> Result<Self> {
        let fields = snapshot.fields();
        let mut norms = FxHashMap::default();
        for field in [fields.text, fields.headline_words, fields.author_words, fields.section_words] {
            let (mut tokens, mut docs) = (0u64, 0u64);
            for segment in snapshot.searcher().segment_readers() {
                let reader =
                    segment.inverted_index(field).map_err(|error| reading(snapshot.dir(), &error))?;
                tokens += reader.total_num_tokens();
                docs += u64::from(segment.max_doc());
            }
            norms.insert(field, Arc::new(Norms::new(tokens as f32 / docs.max(1) as f32, ranking)));
        }
        Ok(Self { of: norms, ranking: ranking.clone(), places_left_out: Arc::default() })
    }

    pub fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    /// Whether a clause had more places in some article than were given.
    pub fn places_left_out(&self) -> bool {
        self.places_left_out.load(Ordering::Relaxed)
    }

    /// The normalisation of one field.
    pub fn of(&self, field: Field) -> Arc<Norms> {
        self.of.get(&field).cloned().unwrap_or_else(|| Arc::new(Norms::new(1.0, &self.ranking)))
    }
}

impl<'a> SegmentContext<'a> {
    pub fn new(snapshot: &'a Snapshot, ord: usize, norms: &'a FieldNorms, scored: bool) -> Self {
        let segment = snapshot.searcher().segment_reader(ord as u32);
        let ranking = &norms.ranking;
        Self { snapshot, segment, ord, norms, readers: FxHashMap::default(), scored, ranking }
    }

    fn fields(&self) -> &Fields {
        self.snapshot.fields()
    }

    fn damaged(&self, error: &tantivy::TantivyError) -> Error {
        reading(self.snapshot.dir(), error)
    }

    fn unreadable(&self, error: &std::io::Error) -> Error {
        Error::Damaged { path: self.snapshot.dir().to_owned(), reason: plain_io(error) }
    }

    fn reader(&mut self, field: Field) -> Result<Arc<InvertedIndexReader>> {
        if let Some(reader) = self.readers.get(&field) {
            return Ok(reader.clone());
        }
        let reader = self.segment.inverted_index(field).map_err(|error| self.damaged(&error))?;
        self.readers.insert(field, reader.clone());
        Ok(reader)
    }

    fn lengths(&self, field: Field) -> Result<(FieldNormReader, Arc<Norms>)> {
        let reader = self.segment.get_fieldnorms_reader(field).map_err(|error| self.damaged(&error))?;
        Ok((reader, self.norms.of(field)))
    }

    /// The places of a boundary (see [`tokenizer`]) in the combined field.
    fn boundaries(&mut self, boundary: &str) -> Result<words::Boundaries> {
        let field = self.fields().text;
        let term = Term::from_field_text(field, boundary);
        let postings = self
            .reader(field)?
            .read_postings(&term, IndexRecordOption::WithFreqsAndPositions)
            .map_err(|error| self.unreadable(&error))?;
        Ok(words::Boundaries::new(postings))
    }

    /// How places in a field are told apart by paragraph.
    fn units(&mut self, field: Option<Field>, boundary: &str) -> Result<positional::UnitSource> {
        if field != Some(self.fields().text) {
            return Ok(positional::UnitSource::Cells(tokenizer::CELL));
        }
        let paragraphs = Box::new(self.boundaries(tokenizer::PARAGRAPH)?);
        let sentences =
            if boundary == tokenizer::SENTENCE { Some(Box::new(self.boundaries(boundary)?)) } else { None };
        Ok(positional::UnitSource::Boundaries(paragraphs, sentences))
    }
}

/// The cursor for a plan. `weight` multiplies its scores; `placed` says that its places will be asked for.
pub(super) fn build(
    plan: &Plan,
    context: &mut SegmentContext<'_>,
    weight: f32,
    placed: bool,
) -> Result<Box<dyn Cursor>> {
    Ok(match plan {
        Plan::Word(word) => words::word(word, context, weight, placed)?,
        Plan::Phrase { elements, slop } => {
            let mut built = Vec::with_capacity(elements.len());
            for words in elements {
                built.push(alternatives(words, context)?);
            }
            let units = context.units(plan.field(), tokenizer::PARAGRAPH)?;
            positional::phrase(built, *slop, units, plan, context, weight)?
        }
        Plan::Same(ways) => {
            let children = build_all(ways, context, weight, placed)?;
            positional::same(children, plan, context, weight)?
        }
        Plan::And(plans) => boolean::and(plans, context, weight, placed)?,
        Plan::Or(plans) => boolean::or(build_all(plans, context, weight, placed)?),
        Plan::Question { asked, related } => question::any(asked, related, context, weight, placed)?,
        Plan::Not(inner) => {
            let excluded = build(inner, context, weight, false)?;
            boolean::and_not(filter::all(context.segment.max_doc()), vec![excluded])
        }
        Plan::Near(within, left, right) => {
            let sides = (build(left, context, weight, true)?, build(right, context, weight, true)?);
            let boundary = match within {
                crate::query::ast::Proximity::Sentence { .. } => tokenizer::SENTENCE,
                _ => tokenizer::PARAGRAPH,
            };
            let units = context.units(plan.field(), boundary)?;
            positional::near(*within, sides, units, plan, context, weight)?
        }
        Plan::AtLeast(count, inner) => positional::at_least(*count, build(inner, context, weight, true)?),
        Plan::Id(id) => filter::id(id, context)?,
        Plan::Date(filter) => filter::date(*filter, context)?,
        Plan::Length(range) => filter::length(range, context)?,
        Plan::Narrow(narrowing) => filter::narrowed(narrowing, context)?,
        Plan::Boost(inner, more) => build(inner, context, weight * more, placed)?,
        // What it gains is added where the ways to write one thing are one.
        Plan::Bonus(inner, _) => build(inner, context, weight, placed)?,
        Plan::All => filter::all(context.segment.max_doc()),
        Plan::Nothing => filter::all(0),
    })
}

fn build_all(
    plans: &[Plan],
    context: &mut SegmentContext<'_>,
    weight: f32,
    placed: bool,
) -> Result<Vec<Box<dyn Cursor>>> {
    plans.iter().map(|plan| build(plan, context, weight, placed)).collect()
}

fn alternatives(words: &[PlannedWord], context: &mut SegmentContext<'_>) -> Result<Box<dyn Cursor>> {
    let mut cursors = Vec::with_capacity(words.len());
    for word in words {
        cursors.push(words::word(word, context, 1.0, true)?);
    }
    Ok(match cursors.pop() {
        Some(only) if cursors.is_empty() => only,
        Some(last) => {
            cursors.push(last);
            boolean::or(cursors)
        }
        None => filter::all(0),
    })
}
