//! AND, OR and NOT.

use tantivy::DocId;

use crate::error::Result;
use crate::query::spans::Span;

use super::super::plan::Plan;
use super::super::rank::{Ranking, in_row, pair_closeness};
use super::{Cursor, SegmentContext, TERMINATED, build, filter};

/// All of `plans`: those that exclude are taken off the others.
pub(super) fn and(
    plans: &[Plan],
    context: &mut SegmentContext<'_>,
    weight: f32,
    placed: bool,
) -> Result<Box<dyn Cursor>> {
    // Words that were typed side by side and looked for in the same field: how they stand is worth a bonus.
    let text = context.fields().text;
    let rewarded = |plan: &Plan| matches!(plan, Plan::Word(word) if word.field == text && !word.body_only);
    let typed: Vec<&Plan> = plans.iter().filter(|plan| rewarded(plan)).collect();
    let reward = context.scored && typed.len() > 1;
    let row_idf = typed.iter().map(|plan| plan.idf()).sum::<f32>() * weight;

    let mut children = Vec::new();
    let mut row = Vec::new();
    let mut excluded = Vec::new();
    for plan in plans {
        if let Plan::Not(inner) = plan {
            excluded.push(build(inner, context, weight, false)?);
            continue;
        }
        if reward && rewarded(plan) {
            row.push(children.len());
        }
        children.push(build(plan, context, weight, placed || (reward && rewarded(plan)))?);
    }
    let included: Box<dyn Cursor> = match children.len() {
        0 => filter::all(context.segment.max_doc()),
        1 => children.remove(0),
        _ => Box::new(And::new(children, row, row_idf, context.ranking.clone())),
    };
    Ok(if excluded.is_empty() { included } else { and_not(included, excluded) })
}

/// One of `children` or several.
pub(super) fn or(children: Vec<Box<dyn Cursor>>) -> Box<dyn Cursor> {
    Box::new(Or::new(children))
}

/// What `included` gives without what any of `excluded` gives.
pub(super) fn and_not(included: Box<dyn Cursor>, excluded: Vec<Box<dyn Cursor>>) -> Box<dyn Cursor> {
    let mut cursor = AndNot { included, excluded };
    cursor.settle();
    Box::new(cursor)
}

struct And {
    /// In the order of the query: scores are added up in that order, so that they do not depend on the
    /// segment.
    children: Vec<Box<dyn Cursor>>,
    /// The same by cost, rarest first.
    by_cost: Vec<usize>,
    doc: DocId,
    /// Which children are words typed in a row, and what these are worth together.
    row: Vec<usize>,
    row_idf: f32,
    ranking: Ranking,
    places: Vec<Vec<u32>>,
    spans: Vec<Span>,
}

impl And {
    fn new(children: Vec<Box<dyn Cursor>>, row: Vec<usize>, row_idf: f32, ranking: Ranking) -> Self {
        let mut by_cost: Vec<usize> = (0..children.len()).collect();
        by_cost.sort_by_key(|child| children[*child].cost());
        let places = vec![Vec::new(); row.len()];
        let spans = Vec::new();
        let mut and = Self { children, by_cost, doc: 0, row, row_idf, ranking, places, spans };
        let first = and.children[and.by_cost[0]].doc();
        and.agree(first);
        and
    }

    /// The first article not before `target` that all children have.
    fn agree(&mut self, mut target: DocId) -> DocId {
        'next: while target != TERMINATED {
            for child in &self.by_cost {
                let child = &mut self.children[*child];
                let doc = if child.doc() < target { child.seek(target) } else { child.doc() };
                if doc > target {
                    target = doc;
                    continue 'next;
                }
            }
            break;
        }
        self.doc = target;
        target
    }
}

impl Cursor for And {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = self.children[self.by_cost[0]].advance();
        self.agree(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let next = self.children[self.by_cost[0]].seek(target);
        self.agree(next)
    }

    fn score(&mut self) -> f32 {
        self.children.iter_mut().map(|child| child.score()).sum()
    }

    fn cost(&self) -> u64 {
        self.children[self.by_cost[0]].cost()
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        out.clear();
        for child in &mut self.children {
            child.spans(&mut self.spans);
            out.extend_from_slice(&self.spans);
        }
        out.sort_unstable();
    }

    fn most_proximity(&self) -> f32 {
        if self.row.is_empty() {
            return self.children.iter().map(|child| child.most_proximity()).sum();
        }
        self.ranking.most_proximity(self.row_idf)
    }

    fn proximity(&mut self) -> f32 {
        if self.row.is_empty() {
            return self.children.iter_mut().map(|child| child.proximity()).sum();
        }
        for (place, child) in self.places.iter_mut().zip(&self.row) {
            self.children[*child].spans(&mut self.spans);
            place.clear();
            place.extend(self.spans.iter().map(|span| span.start));
        }
        let (mut sum, mut least) = (0.0f32, f32::MAX);
        for pair in self.places.windows(2) {
            let closeness = pair_closeness(&pair[0], &pair[1]);
            sum += closeness;
            least = least.min(closeness);
        }
        let closeness = sum / (self.places.len() - 1) as f32;
        let phrase = in_row(&self.places, least);
        self.ranking.proximity(self.row_idf, phrase, closeness)
    }
}

pub(super) struct Or {
    pub children: Vec<Box<dyn Cursor>>,
    doc: DocId,
    spans: Vec<Span>,
}

impl Or {
    pub fn new(children: Vec<Box<dyn Cursor>>) -> Self {
        let mut or = Self { children, doc: 0, spans: Vec::new() };
        or.settle();
        or
    }

    fn settle(&mut self) -> DocId {
        self.doc = self.children.iter().map(|child| child.doc()).min().unwrap_or(TERMINATED);
        self.doc
    }
}

impl Cursor for Or {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        for child in &mut self.children {
            if child.doc() == self.doc {
                child.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for child in &mut self.children {
            if child.doc() < target {
                child.seek(target);
            }
        }
        self.settle()
    }

    fn score(&mut self) -> f32 {
        let here = self.children.iter_mut().filter(|child| child.doc() == self.doc);
        here.map(|child| child.score()).sum()
    }

    fn cost(&self) -> u64 {
        self.children.iter().map(|child| child.cost()).sum()
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        out.clear();
        for child in &mut self.children {
            if child.doc() == self.doc {
                child.spans(&mut self.spans);
                out.extend_from_slice(&self.spans);
            }
        }
        out.sort_unstable();
    }

    fn mentions(&mut self) -> u32 {
        let here = self.children.iter_mut().filter(|child| child.doc() == self.doc);
        here.map(|child| child.mentions()).sum()
    }
}

struct AndNot {
    included: Box<dyn Cursor>,
    excluded: Vec<Box<dyn Cursor>>,
}

impl AndNot {
    fn settle(&mut self) -> DocId {
        loop {
            let doc = self.included.doc();
            if doc == TERMINATED {
                return doc;
            }
            let is_excluded = self.excluded.iter_mut().any(|cursor| {
                let at = if cursor.doc() < doc { cursor.seek(doc) } else { cursor.doc() };
                at == doc
            });
            if !is_excluded {
                return doc;
            }
            self.included.advance();
        }
    }
}

impl Cursor for AndNot {
    fn doc(&self) -> DocId {
        self.included.doc()
    }

    fn advance(&mut self) -> DocId {
        self.included.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.included.doc() < target {
            self.included.seek(target);
        }
        self.settle()
    }

    fn score(&mut self) -> f32 {
        self.included.score()
    }

    fn cost(&self) -> u64 {
        self.included.cost()
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        self.included.spans(out);
    }

    fn most_proximity(&self) -> f32 {
        self.included.most_proximity()
    }

    fn proximity(&mut self) -> f32 {
        self.included.proximity()
    }
}
