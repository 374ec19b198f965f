//! Articles without a date, which a filter by date leaves out whatever they say: how many would match but for that.

use tantivy::columnar::{Cardinality, Column};

use crate::error::Result;
use crate::index::Snapshot;
use crate::query::ast::{DateRange, FIRST_DAY};
use crate::query::{Node, NodeKind};

use super::{CopiesShown, SearchRequest, Sort, search};

/// How many articles a request's filters by date leave out only because they have no date.
pub(super) fn count(snapshot: &Snapshot, request: &SearchRequest) -> Result<u64> {
    let Some(node) = undated(&request.query) else { return Ok(0) };
    if all_have_dates(snapshot) {
        return Ok(0);
    }
    let others = Node::and(vec![node, Node::negate(request.query.clone())]);
    let Some(query) = others else { return Ok(0) };
    let counted = SearchRequest {
        query,
        limit: 0,
        offset: 0,
        sort: Sort::Newest,
        explain: false,
        count_words: false,
        copies: CopiesShown::All,
        ..request.clone()
    };
    Ok(search(snapshot, &counted)?.total)
}

fn all_have_dates(snapshot: &Snapshot) -> bool {
    let has_one = |column: Column<i64>| column.get_cardinality() == Cardinality::Full;
    snapshot
        .searcher()
        .segment_readers()
        .iter()
        .all(|segment| segment.fast_fields().i64("date").is_ok_and(has_one))
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

/// The query with what asks for a date left out of its conjunctions; `None` where nothing is left. Who says which dates are not
/// wanted has the articles without one anyway.
fn opened(node: &Node, filters: &mut bool) -> Option<Node> {
    let each = |nodes: &[Node], filters: &mut bool| -> Vec<Option<Node>> {
        nodes.iter().map(|node| opened(node, filters)).collect()
    };
    match &node.kind {
        NodeKind::Date(DateRange { from: Some(FIRST_DAY), to: None }) => Some(node.clone()),
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
    Node::negate(Node::new(NodeKind::Date(DateRange { from: Some(FIRST_DAY), to: None }), 0..0))
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
            ("flood", None),
        ] {
            let found = undated(&node(text)).map(|node| node.to_string());
            assert_eq!(found, expected.map(|text| node(text).to_string()), "{text}");
        }
    }
}
