//! A question: any of its words may be missing, and neighbours that stand close are worth a bonus.

use tantivy::DocId;

use crate::error::Result;
use crate::query::spans::Span;

use super::super::plan::Plan;
use super::super::rank::{Ranking, windows};
use super::boolean::Or;
use super::words::Scorer;
use super::{Cursor, SegmentContext, build};

/// One of `asked` or `related`, or several.
pub(super) fn any(
    asked: &[Plan],
    related: &[Plan],
    context: &mut SegmentContext<'_>,
    weight: f32,
    placed: bool,
) -> Result<Box<dyn Cursor>> {
    let text = context.fields().text;
    let is_word = |plan: &Plan| matches!(plan, Plan::Word(word) if word.field == text && !word.body_only);
    let mut pairs = Vec::new();
    if context.scored {
        for (at, two) in asked.windows(2).enumerate() {
            if is_word(&two[0]) && is_word(&two[1]) {
                pairs.push(Pair { first: at, idf: two[0].idf().max(two[1].idf()) });
            }
        }
    }
    let mut children = Vec::with_capacity(asked.len() + related.len());
    for plan in asked {
        children.push(build(plan, context, weight, placed || (!pairs.is_empty() && is_word(plan)))?);
    }
    for plan in related {
        children.push(build(plan, context, weight, placed)?);
    }
    if pairs.is_empty() {
        return Ok(Box::new(Or::new(children)));
    }
    let (lengths, norms) = context.lengths(text)?;
    Ok(Box::new(Question {
        places: vec![Vec::new(); asked.len()],
        words: Or::new(children),
        pairs,
        scorer: Scorer::new(lengths, norms, weight),
        weight,
        ranking: context.ranking.clone(),
        spans: Vec::new(),
    }))
}

/// Two neighbouring words.
struct Pair {
    /// The first one's number.
    first: usize,
    /// What the rarer one is worth.
    idf: f32,
}

struct Question {
    words: Or,
    pairs: Vec<Pair>,
    scorer: Scorer,
    weight: f32,
    ranking: Ranking,
    places: Vec<Vec<u32>>,
    spans: Vec<Span>,
}

impl Cursor for Question {
    fn doc(&self) -> DocId {
        self.words.doc()
    }

    fn advance(&mut self) -> DocId {
        self.words.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.words.seek(target)
    }

    fn score(&mut self) -> f32 {
        self.words.score()
    }

    fn cost(&self) -> u64 {
        self.words.cost()
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        self.words.spans(out);
    }

    fn most_proximity(&self) -> f32 {
        self.pairs.iter().map(|pair| self.ranking.most_of_pair(pair.idf) * self.weight).sum()
    }

    fn proximity(&mut self) -> f32 {
        let doc = self.words.doc();
        let Self { words, places, spans, .. } = self;
        for (place, child) in places.iter_mut().zip(&mut words.children) {
            place.clear();
            if child.doc() == doc {
                child.spans(spans);
                place.extend(spans.iter().map(|span| span.start));
            }
        }
        let Ranking { ordered, unordered, width, .. } = self.ranking;
        let mut sum = 0.0;
        for pair in &self.pairs {
            let (left, right) = (&self.places[pair.first], &self.places[pair.first + 1]);
            if left.is_empty() || right.is_empty() {
                continue;
            }
            let (in_order, near) = windows(left, right, width);
            let in_order = ordered * self.scorer.score(doc, in_order as f32);
            sum += pair.idf * (in_order + unordered * self.scorer.score(doc, near as f32));
        }
        sum
    }
}
