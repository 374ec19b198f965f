//! Two clauses brought close together: what stands at places in the text stays as it is, and what does not
//! (AND, NOT, fields) is rewritten so that proximity holds between words and phrases only.

use super::ast::{Node, NodeKind, Proximity, SourceRange};
use super::notice::Notices;

/// A rewriting may not make more leaves than this.
const MAX_LEAVES: usize = 256;

/// A proximity may not be deeper than this.
const MAX_DEPTH_OF_PROXIMITY: usize = 256;

/// `left NEAR right`. Alternatives and conjunctions are spread out: `(a AND b) NEAR/5 c` asks for both near
/// `c`; what is negated near something is excluded there: `a NEAR/5 NOT b` is `a AND NOT (a NEAR/5 b)`. What
/// has no place in the text is joined by AND, with a notice.
pub(super) fn bring_together(within: Proximity, left: Node, right: Node, notices: &mut Notices) -> Node {
    let span = left.span.start.min(right.span.start)..left.span.end.max(right.span.end);
    let (left_leaves, right_leaves) = (leaves(&left), leaves(&right));
    if left_leaves * right_leaves > MAX_LEAVES || depth(&left) + depth(&right) > MAX_DEPTH_OF_PROXIMITY {
        if left.is_positional()
            && right.is_positional()
            && depth(&left) + depth(&right) <= MAX_DEPTH_OF_PROXIMITY
        {
            return near(within, left, right, span);
        }
        notices.misread(span.clone(), format!("too much on the sides of `{within}`: searched as AND"));
        return both(left, right, span);
    }
    let mut rewriting = Rewriting::default();
    let node = spread(within, left, right, span.clone(), &mut rewriting);
    if rewriting.excluded {
        let message = format!(
            "what is excluded by `{within}` excludes the whole article, wherever the two stand so close"
        );
        notices.misread(span.clone(), message);
    }
    if rewriting.apart {
        let message =
            format!("`{within}` holds between words in one field: searched as AND where a side is not");
        notices.misread(span, message);
    }
    node
}

/// What a rewriting could not keep.
#[derive(Default)]
struct Rewriting {
    /// The sides have no place in one text, and are joined by AND.
    apart: bool,
    /// A negated right side.
    excluded: bool,
}

fn spread(within: Proximity, left: Node, right: Node, span: SourceRange, rewriting: &mut Rewriting) -> Node {
    if left.is_positional() && right.is_positional() {
        return near(within, left, right, span);
    }
    match (left.kind, right.kind) {
        (NodeKind::Boost(left, _), right_kind) => {
            spread(within, *left, Node::new(right_kind, right.span), span, rewriting)
        }
        (left_kind, NodeKind::Boost(right, _)) => {
            spread(within, Node::new(left_kind, left.span), *right, span, rewriting)
        }
        (NodeKind::Field(field, left), NodeKind::Field(other, right)) if field == other => {
            Node::in_field(field, spread(within, *left, *right, span, rewriting))
        }
        (NodeKind::Not(left), right_kind) => {
            Node::negate(spread(within, *left, Node::new(right_kind, right.span), span, rewriting))
        }
        (NodeKind::And(nodes), right_kind) => {
            let right = Node::new(right_kind, right.span);
            let each =
                nodes.into_iter().map(|left| spread(within, left, right.clone(), span.clone(), rewriting));
            Node::and(each.collect()).unwrap_or(right)
        }
        (NodeKind::Or(nodes), right_kind) => {
            let right = Node::new(right_kind, right.span);
            let each =
                nodes.into_iter().map(|left| spread(within, left, right.clone(), span.clone(), rewriting));
            Node::or(each.collect()).unwrap_or(right)
        }
        (left_kind, NodeKind::Not(excluded)) => {
            rewriting.excluded = true;
            let left = Node::new(left_kind, left.span);
            let close = spread(within, left.clone(), *excluded, span.clone(), rewriting);
            both(left, Node::negate(close), span)
        }
        (left_kind, NodeKind::And(nodes)) => {
            let left = Node::new(left_kind, left.span);
            let each =
                nodes.into_iter().map(|right| spread(within, left.clone(), right, span.clone(), rewriting));
            Node::and(each.collect()).unwrap_or(left)
        }
        (left_kind, NodeKind::Or(nodes)) => {
            let left = Node::new(left_kind, left.span);
            let each =
                nodes.into_iter().map(|right| spread(within, left.clone(), right, span.clone(), rewriting));
            Node::or(each.collect()).unwrap_or(left)
        }
        (left_kind, right_kind) => {
            rewriting.apart = true;
            both(Node::new(left_kind, left.span), Node::new(right_kind, right.span), span)
        }
    }
}

fn near(within: Proximity, left: Node, right: Node, span: SourceRange) -> Node {
    Node::new(NodeKind::Near { within, left: Box::new(left), right: Box::new(right) }, span)
}

fn both(left: Node, right: Node, span: SourceRange) -> Node {
    let kind = match (left, right) {
        (Node { kind: NodeKind::And(mut nodes), .. }, Node { kind: NodeKind::And(more), .. }) => {
            nodes.extend(more);
            NodeKind::And(nodes)
        }
        (Node { kind: NodeKind::And(mut nodes), .. }, right) => {
            nodes.push(right);
            NodeKind::And(nodes)
        }
        (left, Node { kind: NodeKind::And(more), .. }) => {
            NodeKind::And(std::iter::once(left).chain(more).collect())
        }
        (left, right) => NodeKind::And(vec![left, right]),
    };
    Node::new(kind, span)
}

fn leaves(node: &Node) -> usize {
    match &node.kind {
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().map(leaves).sum(),
        NodeKind::Near { left, right, .. } => leaves(left) + leaves(right),
        NodeKind::Not(node)
        | NodeKind::AtLeast { node, .. }
        | NodeKind::Field(_, node)
        | NodeKind::Boost(node, _) => leaves(node),
        _ => 1,
    }
}

/// How many nodes lie one in another.
pub(super) fn depth(node: &Node) -> usize {
    1 + match &node.kind {
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().map(depth).max().unwrap_or(0),
        NodeKind::Near { left, right, .. } => depth(left).max(depth(right)),
        NodeKind::Not(node)
        | NodeKind::AtLeast { node, .. }
        | NodeKind::Field(_, node)
        | NodeKind::Boost(node, _) => depth(node),
        _ => 0,
    }
}
