//! What a filter by date cannot decide: whether articles match that have no date, or of which only the month
//! or the year is known.

use crate::error::Result;
use crate::index::dates::Dates;
use crate::index::{Snapshot, reading};
use crate::query::ast::{DateFilter, DateRange};
use crate::query::{Node, NodeKind};

use super::{SearchRequest, search};

/// Articles about which a filter by date cannot say whether they match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Undecided {
    /// Those that are left out only because they have no date (see [`with_undated`]).
    pub undated: u64,
    /// Those of the ones that match of which only the month or the year is known: they may lie outside of the
    /// days that are asked for.
    pub partial: u64,
}

impl Undecided {
    /// Counts them.
    pub(super) fn count(snapshot: &Snapshot, request: &SearchRequest) -> Result<Self> {
        let query = &request.query;
        if !asks_for_days(query) {
            return Ok(Self::default());
        }
        let (mut any_undated, mut any_partial) = (false, false);
        for segment in snapshot.searcher().segment_readers() {
            let dates = Dates::open(segment).map_err(|error| reading(snapshot.dir(), &error))?;
            any_undated |= !dates.are_all_there();
            any_partial |= dates.any_partial();
        }
        let total = |nodes: Vec<Node>| match Node::and(nodes) {
            Some(query) => Ok(search(snapshot, &request.for_total(query))?.total),
            None => Ok(0),
        };
        let without = |node: &Node| Node::negate(node.clone());
        let undated = match undated(query).filter(|_| any_undated) {
            Some(node) => total(vec![node, without(query)])?,
            None => 0,
        };
        let partial = if any_partial { total(vec![query.clone(), without(&certainly(query))])? } else { 0 };
        Ok(Self { undated, partial })
    }
}

/// Whether a query asks for days.
fn asks_for_days(query: &Node) -> bool {
    match &query.kind {
        NodeKind::Date(filter) => matches!(filter, DateFilter::In(_)) && *filter != DateFilter::ANY,
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().any(asks_for_days),
        NodeKind::Field(_, inner) | NodeKind::Boost(inner, _) | NodeKind::Not(inner) => asks_for_days(inner),
        _ => false,
    }
}

/// The query with each range of days narrowed to the articles that lie in it whichever of their days is
/// theirs. What is excluded stays as it is: it excludes what may lie there.
fn certainly(query: &Node) -> Node {
    let each = |nodes: &[Node]| nodes.iter().map(certainly).collect();
    match &query.kind {
        NodeKind::Date(DateFilter::In(range)) => {
            let outside = [
                range
                    .from
                    .and_then(|from| from.yesterday().ok())
                    .map(|to| DateRange { from: None, to: Some(to) }),
                range
                    .to
                    .and_then(|to| to.tomorrow().ok())
                    .map(|from| DateRange { from: Some(from), to: None }),
            ];
            let outside = outside.into_iter().flatten();
            let not =
                outside.map(|range| Node::negate(Node::new(NodeKind::Date(DateFilter::In(range)), 0..0)));
            Node::and([query.clone()].into_iter().chain(not).collect()).unwrap_or_else(|| query.clone())
        }
        NodeKind::And(nodes) => Node::and(each(nodes)).unwrap_or_else(|| query.clone()),
        NodeKind::Or(nodes) => Node::or(each(nodes)).unwrap_or_else(|| query.clone()),
        NodeKind::Boost(inner, weight) => {
            Node::new(NodeKind::Boost(Box::new(certainly(inner)), *weight), query.span.clone())
        }
        NodeKind::Field(field, inner) => {
            Node::new(NodeKind::Field(*field, Box::new(certainly(inner))), query.span.clone())
        }
        _ => query.clone(),
    }
}

/// The query with the articles taken in that only lack a date to match; as it is where it filters by none.
pub fn with_undated(query: Node) -> Node {
    match undated(&query).and_then(|undated| Node::or(vec![query.clone(), undated])) {
        Some(both) => both,
        None => query,
    }
}

/// What finds the articles without a date that match but for it; `None` where no date is asked for.
fn undated(query: &Node) -> Option<Node> {
    let mut filters = false;
    let open = opened(query, &mut filters);
    if !filters {
        return None;
    }
    Node::and(open.into_iter().chain([none()]).collect())
}

/// The query with what asks for a date left out of its conjunctions; `None` where nothing is left. Who says
/// which dates are not wanted has the articles without one anyway.
fn opened(node: &Node, filters: &mut bool) -> Option<Node> {
    let each = |nodes: &[Node], filters: &mut bool| -> Vec<Option<Node>> {
        nodes.iter().map(|node| opened(node, filters)).collect()
    };
    match &node.kind {
        NodeKind::Date(DateFilter::ANY | DateFilter::Known(_)) => Some(node.clone()),
        NodeKind::Date(_) => {
            *filters = true;
            None
        }
        NodeKind::And(nodes) => Node::and(each(nodes, filters).into_iter().flatten().collect()),
        // Where one of several is a date alone, any article without one might be it.
        NodeKind::Or(nodes) => {
            let nodes: Option<Vec<Node>> = each(nodes, filters).into_iter().collect();
            nodes.and_then(Node::or)
        }
        NodeKind::Field(field, inner) => {
            Some(Node::new(NodeKind::Field(*field, Box::new(opened(inner, filters)?)), node.span.clone()))
        }
        NodeKind::Boost(inner, weight) => {
            Some(Node::new(NodeKind::Boost(Box::new(opened(inner, filters)?), *weight), node.span.clone()))
        }
        _ => Some(node.clone()),
    }
}

/// Articles without a date.
fn none() -> Node {
    Node::negate(Node::new(NodeKind::Date(DateFilter::ANY), 0..0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;

    use super::*;
    use crate::query::{ParseOptions, parse};

    fn node(text: &str) -> Node {
        parse(text, &ParseOptions { today: date(2026, 1, 1) }).ast.unwrap()
    }

    #[test]
    fn what_asks_for_a_date_is_left_out() {
        for (text, expected) in [
            ("flood date:2024", Some("flood AND date:none")),
            ("flood since:2024 until:2025", Some("flood AND date:none")),
            ("date:2024", Some("date:none")),
            ("(flood date:2024) OR (fire date:2025)", Some("(flood OR fire) AND date:none")),
            ("flood OR date:2024", Some("date:none")),
            ("flood NOT date:2024", None),
            ("flood date:*", None),
            ("flood date:none", None),
            ("flood date:exact", None),
            ("flood date:2024 date:guessed", Some("flood AND date:guessed AND date:none")),
            ("flood", None),
        ] {
            let found = undated(&node(text)).map(|node| node.to_string());
            assert_eq!(found, expected.map(|text| node(text).to_string()), "{text}");
        }
    }

    #[test]
    fn days_that_are_certain_lie_in_the_range_from_end_to_end() {
        for (text, expected) in [
            (
                "flood date:2024",
                "flood AND date:2024-01-01..2024-12-31 AND NOT date:..2023-12-31 AND NOT date:2025-01-01..",
            ),
            ("since:2024", "date:2024-01-01.. AND NOT date:..2023-12-31"),
            ("flood NOT date:2024", "flood NOT date:2024"),
        ] {
            assert_eq!(certainly(&node(text)).to_string(), node(expected).to_string(), "{text}");
        }
        assert!(!asks_for_days(&node("flood date:* date:exact")));
        assert!(asks_for_days(&node("flood NOT date:2024")));
    }
}
