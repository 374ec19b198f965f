//! Clauses that depend on where words stand: phrases, closeness, sentences, paragraphs, number of mentions.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::DocId;

use crate::error::Result;
use crate::query::ast::Proximity;
use crate::query::spans::{self, Span, Units};

use super::super::plan::Plan;
use super::words::{Boundaries, Scorer};
use super::{Cursor, SegmentContext, TERMINATED, Worth, boolean, filter};

/// Where the units are found in which places are told apart.
pub(super) enum UnitSource {
    /// Paragraphs, and sentences where these are asked for, as marked in the combined field.
    Boundaries(Box<Boundaries>, Option<Box<Boundaries>>),
    /// Cells of this size, in fields with one value a cell.
    Cells(u32),
}

impl UnitSource {
    fn units<'a>(&mut self, doc: DocId, buffer: &'a mut Vec<u32>) -> Units<'a> {
        match self {
            Self::Cells(size) => Units::Cells(*size),
            Self::Boundaries(paragraphs, sentences) => {
                buffer.clear();
                buffer.extend_from_slice(paragraphs.positions(doc));
                if let Some(sentences) = sentences {
                    buffer.extend_from_slice(sentences.positions(doc));
                    buffer.sort_unstable();
                }
                Units::Starts(buffer)
            }
        }
    }
}

/// What the places of a clause are made from.
enum Rule {
    Phrase,
    Sloppy(u32),
    Near { distance: u32, ordered: bool },
    Together { ordered: bool },
}

/// A clause whose parts must all be in the article, and stand in it as a rule says.
struct Placed {
    /// Rarest first.
    order: Vec<usize>,
    parts: Vec<Box<dyn Cursor>>,
    rule: Rule,
    units: UnitSource,
    scorer: Scorer,
    doc: DocId,
    places: Vec<Vec<Span>>,
    found: Vec<Span>,
    /// How often it is mentioned, a mention in the headline counting as several.
    mentions: u32,
    starts: Vec<u32>,
    left_out: Arc<AtomicBool>,
}

pub(super) fn phrase(
    elements: Vec<Box<dyn Cursor>>,
    slop: u32,
    units: UnitSource,
    plan: &Plan,
    context: &SegmentContext<'_>,
    weight: f32,
) -> Result<Box<dyn Cursor>> {
    let rule = if slop == 0 { Rule::Phrase } else { Rule::Sloppy(slop) };
    placed(elements, rule, units, plan, context, weight)
}

pub(super) fn near(
    within: Proximity,
    sides: (Box<dyn Cursor>, Box<dyn Cursor>),
    units: UnitSource,
    plan: &Plan,
    context: &SegmentContext<'_>,
    weight: f32,
) -> Result<Box<dyn Cursor>> {
    let rule = match within {
        Proximity::Words { distance, ordered } => Rule::Near { distance, ordered },
        Proximity::Sentence { ordered } | Proximity::Paragraph { ordered } => Rule::Together { ordered },
    };
    placed(vec![sides.0, sides.1], rule, units, plan, context, weight)
}

fn scorer(plan: &Plan, context: &SegmentContext<'_>, weight: f32) -> Result<Option<Scorer>> {
    let Some(field) = plan.field() else { return Ok(None) };
    let (lengths, norms) = context.lengths(field)?;
    Ok(Some(Scorer::new(lengths, norms, weight * plan.idf())))
}

fn placed(
    parts: Vec<Box<dyn Cursor>>,
    rule: Rule,
    units: UnitSource,
    plan: &Plan,
    context: &SegmentContext<'_>,
    weight: f32,
) -> Result<Box<dyn Cursor>> {
    let Some(scorer) = scorer(plan, context, weight)? else { return Ok(filter::all(0)) };
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|part| parts[*part].cost());
    let places = vec![Vec::new(); parts.len()];
    let mut placed = Placed {
        order,
        parts,
        rule,
        units,
        scorer,
        doc: 0,
        places,
        found: Vec::new(),
        mentions: 0,
        starts: Vec::new(),
        left_out: Arc::clone(&context.norms.places_left_out),
    };
    let first = placed.order.first().map_or(TERMINATED, |part| placed.parts[*part].doc());
    placed.settle(first);
    Ok(Box::new(placed))
}

impl Placed {
    fn settle(&mut self, mut target: DocId) -> DocId {
        'next: while target != TERMINATED {
            for part in &self.order {
                let part = &mut self.parts[*part];
                let doc = if part.doc() < target { part.seek(target) } else { part.doc() };
                if doc > target {
                    target = doc;
                    continue 'next;
                }
            }
            if self.stand_right(target) {
                break;
            }
            target = self.parts[self.order[0]].advance();
        }
        self.doc = target;
        target
    }

    fn stand_right(&mut self, doc: DocId) -> bool {
        for (place, part) in self.places.iter_mut().zip(&mut self.parts) {
            part.spans(place);
            if !matches!(self.rule, Rule::Phrase) {
                place.dedup();
            }
        }
        let (places, found) = (&self.places, &mut self.found);
        let all = match self.rule {
            Rule::Phrase => {
                spans::phrase(places, found);
                true
            }
            Rule::Sloppy(slop) => {
                let units = self.units.units(doc, &mut self.starts);
                spans::sloppy_phrase(places, slop, units, found)
            }
            Rule::Near { distance, ordered } => {
                let units = self.units.units(doc, &mut self.starts);
                spans::near(&places[0], &places[1], distance, ordered, units, found)
            }
            Rule::Together { ordered } => {
                let units = self.units.units(doc, &mut self.starts);
                spans::together(&places[0], &places[1], ordered, units, found)
            }
        };
        if !all {
            self.left_out.store(true, Ordering::Relaxed);
        }
        self.mentions = self.found.len() as u32;
        self.found.dedup();
        !self.found.is_empty()
    }
}

impl Cursor for Placed {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = self.parts[self.order[0]].advance();
        self.settle(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let next = self.parts[self.order[0]].seek(target);
        self.settle(next)
    }

    fn score(&mut self) -> f32 {
        self.scorer.score(self.doc, self.mentions as f32)
    }

    fn cost(&self) -> u64 {
        self.order.first().map_or(0, |part| self.parts[*part].cost())
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        out.clone_from(&self.found);
    }
}

/// Ways to write the same thing: one word in the ranking, however it is written.
pub(super) fn same(
    ways: Vec<Box<dyn Cursor>>,
    plan: &Plan,
    context: &SegmentContext<'_>,
    weight: f32,
) -> Result<Box<dyn Cursor>> {
    let Some(scorer) = scorer(plan, context, weight)? else { return Ok(filter::all(0)) };
    let other_forms = context.ranking.other_forms;
    let worths = match plan {
        Plan::Same(ways) => {
            let of = |(at, way): (usize, &Plan)| match way {
                // What a word's forms are worth it says itself.
                Plan::Word(_) => Worth { mentions: 1.0, bonus: 0.0 },
                Plan::Bonus(_, gain) => Worth { mentions: 1.0, bonus: *gain },
                _ if at == 0 => Worth { mentions: 1.0, bonus: 0.0 },
                _ => Worth { mentions: other_forms, bonus: 0.0 },
            };
            ways.iter().enumerate().map(of).collect()
        }
        _ => Vec::new(),
    };
    Ok(Box::new(Same { any: boolean::Or::new(ways), worths, scorer }))
}

struct Same {
    any: boolean::Or,
    /// What a mention counts in each of the ways, and what an article gains that has it.
    worths: Vec<Worth>,
    scorer: Scorer,
}

impl Cursor for Same {
    fn doc(&self) -> DocId {
        self.any.doc()
    }

    fn advance(&mut self) -> DocId {
        self.any.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.any.doc() >= target { self.any.doc() } else { self.any.seek(target) }
    }

    fn score(&mut self) -> f32 {
        let Worth { mentions, bonus } = self.worth();
        self.scorer.score(self.any.doc(), mentions) + bonus
    }

    fn worth(&mut self) -> Worth {
        let doc = self.any.doc();
        let mut all = Worth::default();
        for (child, of) in self.any.children.iter_mut().zip(&self.worths) {
            if child.doc() == doc {
                let Worth { mentions, bonus } = child.worth();
                all = all.and(Worth { mentions: mentions * of.mentions, bonus: bonus.max(of.bonus) });
            }
        }
        all
    }

    fn cost(&self) -> u64 {
        self.any.cost()
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        self.any.spans(out);
    }

    fn mentions(&mut self) -> u32 {
        self.any.mentions()
    }
}

/// At least so many mentions.
pub(super) fn at_least(count: u32, inner: Box<dyn Cursor>) -> Box<dyn Cursor> {
    let mut cursor = AtLeast { count: count as usize, inner, found: Vec::new() };
    cursor.settle();
    Box::new(cursor)
}

struct AtLeast {
    count: usize,
    inner: Box<dyn Cursor>,
    found: Vec<Span>,
}

impl AtLeast {
    fn settle(&mut self) -> DocId {
        while self.inner.doc() != TERMINATED {
            self.inner.spans(&mut self.found);
            self.found.dedup();
            if self.found.len() >= self.count {
                break;
            }
            self.inner.advance();
        }
        self.inner.doc()
    }
}

impl Cursor for AtLeast {
    fn doc(&self) -> DocId {
        self.inner.doc()
    }

    fn advance(&mut self) -> DocId {
        self.inner.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.inner.doc() >= target {
            return self.inner.doc();
        }
        self.inner.seek(target);
        self.settle()
    }

    fn score(&mut self) -> f32 {
        self.inner.score()
    }

    fn cost(&self) -> u64 {
        self.inner.cost()
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        out.clone_from(&self.found);
    }
}
