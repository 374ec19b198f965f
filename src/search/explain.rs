//! How a score came about: its parts, in words, which add up to it.

use tantivy::DocAddress;

use crate::error::Result;

use super::cursor::{Cursor, SegmentContext, build};
use super::plan::{Plan, PlannedWord};
use super::prepared::Prepared;

/// A part of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is for, in words.
    pub what: String,
    /// How much it is.
    pub score: f32,
}

/// The parts of the score that the article at `address` has for a query. `recency` is the factor of its age.
pub(super) fn explain(prepared: &Prepared<'_>, address: DocAddress, recency: f32) -> Result<Vec<Part>> {
    let Prepared { plan, snapshot, norms, .. } = prepared;
    let mut context = SegmentContext::new(snapshot, address.segment_ord as usize, norms, true);
    let mut explanation =
        Explanation { parts: Vec::new(), doc: address.doc_id, articles: snapshot.article_count() };
    explanation.add(plan, &mut context, 1.0, "")?;
    let mut whole = build(plan, &mut context, 1.0, false)?;
    if stands_at(whole.as_mut(), address.doc_id) {
        explanation.push("the words stand close together".to_owned(), whole.proximity());
    }
    let sum: f32 = explanation.parts.iter().map(|part| part.score).sum();
    explanation.push("the article is recent".to_owned(), sum * (recency - 1.0));
    Ok(explanation.parts)
}

struct Explanation {
    parts: Vec<Part>,
    doc: u32,
    articles: u64,
}

impl Explanation {
    fn push(&mut self, what: String, score: f32) {
        if score != 0.0 {
            self.parts.push(Part { what, score });
        }
    }

    fn add(&mut self, plan: &Plan, context: &mut SegmentContext<'_>, weight: f32, kind: &str) -> Result<()> {
        match plan {
            Plan::And(plans) | Plan::Or(plans) => {
                plans.iter().try_for_each(|plan| self.add(plan, context, weight, kind))
            }
            Plan::Question { asked, related } => {
                asked.iter().try_for_each(|plan| self.add(plan, context, weight, kind))?;
                related.iter().try_for_each(|plan| self.add(plan, context, weight, "related word "))
            }
            Plan::Boost(inner, more) => self.add(inner, context, weight * more, kind),
            Plan::Bonus(inner, _) => self.add(inner, context, weight, kind),
            Plan::Not(_) | Plan::Id(_) | Plan::Date(_) | Plan::Length(_) => Ok(()),
            Plan::Narrow(_) | Plan::All | Plan::Nothing => Ok(()),
            Plan::Word(_) | Plan::Phrase { .. } | Plan::Same(_) | Plan::Near(..) | Plan::AtLeast(..) => {
                let mut cursor = build(plan, context, weight, true)?;
                if stands_at(cursor.as_mut(), self.doc) {
                    let mut places = Vec::new();
                    cursor.spans(&mut places);
                    let what = format!("{kind}{}: counts {}", name(plan), times(places.len()));
                    let score = cursor.score();
                    let mut plain = build(&plan.clone().without_first(), context, weight, true)?;
                    let by_mentions = if stands_at(plain.as_mut(), self.doc) { plain.score() } else { score };
                    self.push(format!("{what}{}", self.spread(plan)), by_mentions);
                    self.push(format!("{} stands as it was typed", name(plan)), score - by_mentions);
                }
                Ok(())
            }
        }
    }

    fn spread(&self, plan: &Plan) -> String {
        match plan {
            Plan::Word(word) => {
                let about = if word.is_estimate { "about " } else { "" };
                format!(", stands in {about}{} of {} articles", word.doc_freq, self.articles)
            }
            _ => String::new(),
        }
    }
}

fn stands_at(cursor: &mut dyn Cursor, doc: u32) -> bool {
    let at = if cursor.doc() < doc { cursor.seek(doc) } else { cursor.doc() };
    at == doc
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

/// What a clause asks for, as it would be typed.
fn name(plan: &Plan) -> String {
    let word = |words: &Vec<PlannedWord>| words.first().map_or("", |word| word.name.as_str()).to_owned();
    match plan {
        Plan::Word(word) => word.name.clone(),
        Plan::Phrase { elements, .. } => {
            format!("\"{}\"", elements.iter().map(word).collect::<Vec<_>>().join(" "))
        }
        Plan::Near(_, left, right) => format!("{} near {}", name(left), name(right)),
        Plan::Same(plans) | Plan::And(plans) => plans.first().map(name).unwrap_or_default(),
        Plan::Or(plans) | Plan::Question { asked: plans, .. } => {
            plans.iter().map(name).collect::<Vec<_>>().join(" or ")
        }
        Plan::AtLeast(_, inner) | Plan::Boost(inner, _) | Plan::Bonus(inner, _) | Plan::Not(inner) => {
            name(inner)
        }
        Plan::Id(_) | Plan::Date(_) | Plan::Length(_) | Plan::Narrow(_) => String::new(),
        Plan::All | Plan::Nothing => String::new(),
    }
}
