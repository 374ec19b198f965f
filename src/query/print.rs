//! The tree as a query again: the canonical reading that people are shown as `read as: …`. Parsing it gives
//! the same tree. Parentheses stand where they are needed, and around an AND in an OR, where people differ.

use std::fmt;

use jiff::civil::Date;

use super::ast::{
    DateFilter, DateRange, FIRST_DAY, LengthRange, Narrowing, Node, NodeKind, PatternPart, Proximity,
};
use super::characters::{opens_single_quote, quote_kind};
use super::lex::{is_escaped_in_phrase, lex};
use super::token::{Prefix, TokenKind};
use crate::field::Field;

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::Phrase { text, slop, exact } => {
                f.write_str(if *exact { "=" } else { "" })?;
                write_phrase(f, text)?;
                if *slop > 0 { write!(f, "~{slop}") } else { Ok(()) }
            }
            kind @ (NodeKind::Word { .. } | NodeKind::Pattern(_) | NodeKind::Fuzzy { .. }) => {
                write_word(f, kind, "")
            }
            NodeKind::And(nodes) => {
                write_list(f, nodes, " AND ", |node| matches!(node.kind, NodeKind::Or(_)))
            }
            NodeKind::Or(nodes) => write_list(f, nodes, " OR ", |node| matches!(node.kind, NodeKind::And(_))),
            NodeKind::Not(node) => {
                f.write_str("NOT ")?;
                write_node(f, node, node.is_composite())
            }
            NodeKind::Near { within, left, right } => {
                let same = matches!(&left.kind, NodeKind::Near { within: inner, .. } if inner == within);
                write_node(f, left, left.is_composite() && !same)?;
                write!(f, " {within} ")?;
                write_node(f, right, right.is_composite())
            }
            NodeKind::AtLeast { count, node } => {
                write!(f, "ATLEAST/{count} ")?;
                write_node(f, node, node.is_composite())
            }
            NodeKind::Field(field, node) => {
                write!(f, "{field}:")?;
                match &node.kind {
                    kind @ (NodeKind::Word { .. } | NodeKind::Pattern(_)) if field.is_verbatim() => {
                        write_word(f, kind, "id:")
                    }
                    NodeKind::Fuzzy { .. } => write_node(f, node, field.is_verbatim()),
                    _ => write_node(f, node, !node.is_leaf()),
                }
            }
            NodeKind::Date(filter) => write!(f, "{filter}"),
            NodeKind::Length(range) => write!(f, "{range}"),
            NodeKind::Narrow(narrowing) => write!(f, "{narrowing}"),
            NodeKind::Boost(node, weight) => {
                write_node(f, node, node.is_composite() || matches!(node.kind, NodeKind::AtLeast { .. }))?;
                write!(f, "^{weight}")
            }
        }
    }
}

impl Node {
    /// Whether it is read only as a whole in parentheses.
    fn is_composite(&self) -> bool {
        matches!(self.kind, NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Not(_) | NodeKind::Near { .. })
    }

    /// Whether it is one word, phrase or pattern.
    fn is_leaf(&self) -> bool {
        matches!(
            self.kind,
            NodeKind::Word { .. } | NodeKind::Phrase { .. } | NodeKind::Pattern(_) | NodeKind::Fuzzy { .. }
        )
    }
}

fn write_node(f: &mut fmt::Formatter<'_>, node: &Node, in_parentheses: bool) -> fmt::Result {
    if in_parentheses { write!(f, "({node})") } else { write!(f, "{node}") }
}

fn write_list(
    f: &mut fmt::Formatter<'_>,
    nodes: &[Node],
    operator: &str,
    in_parentheses: impl Fn(&Node) -> bool,
) -> fmt::Result {
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 {
            f.write_str(operator)?;
        }
        write_node(f, node, in_parentheses(node))?;
    }
    Ok(())
}

impl fmt::Display for Proximity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words { distance, ordered: true } => write!(f, "PRE/{distance}"),
            Self::Words { distance, ordered: false } => write!(f, "NEAR/{distance}"),
            Self::Sentence { ordered: false } => f.write_str("W/S"),
            Self::Paragraph { ordered: false } => f.write_str("W/P"),
            Self::Sentence { ordered: true } => f.write_str("PRE/S"),
            Self::Paragraph { ordered: true } => f.write_str("PRE/P"),
        }
    }
}

impl fmt::Display for DateFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(range) => write!(f, "{range}"),
            Self::Known(certainty) => write!(f, "date:{}", certainty.as_str()),
        }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "date:{from}"),
            (Some(FIRST_DAY), None) => f.write_str("date:*"),
            (from, to) => {
                f.write_str("date:")?;
                if let Some(from) = from {
                    write!(f, "{from}")?;
                }
                f.write_str("..")?;
                to.map_or(Ok(()), |to| write!(f, "{to}"))
            }
        }
    }
}

impl fmt::Display for LengthRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => write!(f, "length:{min}"),
            (Some(min), Some(max)) => write!(f, "length:{min}..{max}"),
            (Some(min), None) if min > 0 => write!(f, "length>{}", min - 1),
            (None, Some(max)) => write!(f, "length<{}", max.saturating_add(1)),
            (Some(_), None) | (None, None) => f.write_str("length>=0"),
        }
    }
}

impl fmt::Display for Narrowing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (field, text) = match self {
            Self::All => return f.write_str("*"),
            Self::Has(field) => return write!(f, "{field}:*"),
            Self::Path(text) => (Field::Path, text),
            Self::Source(text) => (Field::Source, text),
        };
        let is_plain =
            |c: char| !c.is_whitespace() && quote_kind(c).is_none() && !matches!(c, '(' | ')' | '（' | '）');
        if text.chars().all(is_plain) && !text.is_empty() {
            return write!(f, "{field}:{text}");
        }
        write!(f, "{field}:\"")?;
        for c in text.chars() {
            f.write_str(if c == '\\' || quote_kind(c).is_some() { "\\" } else { "" })?;
            write!(f, "{c}")?;
        }
        f.write_str("\"")
    }
}

impl Field {
    /// Whether the field's values are written without being read for words: file names and ids.
    pub(super) fn is_verbatim(self) -> bool {
        matches!(self, Self::Path | Self::Source | Self::Id)
    }
}

/// A word, pattern or fuzzy word such that it is read as this one after `context`: as it is where that will
/// do, else with a backslash before its first character (`\AND` is the word), else before everything that is
/// no letter or digit.
fn write_word(f: &mut fmt::Formatter<'_>, kind: &NodeKind, context: &str) -> fmt::Result {
    let (bare, exact) = match kind {
        NodeKind::Word { text, exact } => (NodeKind::Word { text: text.clone(), exact: false }, *exact),
        other => (other.clone(), false),
    };
    f.write_str(if exact { "=" } else { "" })?;
    for escaping in [Escaping::None, Escaping::First] {
        let query = escaped(&bare, escaping);
        if reads_as(&bare, context, &query) {
            return f.write_str(&query);
        }
    }
    f.write_str(&escaped(&bare, Escaping::All))
}

/// How much of a word is escaped.
#[derive(Clone, Copy, PartialEq)]
enum Escaping {
    None,
    First,
    All,
}

/// Whether the query is read as this leaf between parentheses. What begins with a single quotation mark is
/// not, because a later one may make a phrase of it.
fn reads_as(kind: &NodeKind, context: &str, query: &str) -> bool {
    if query.starts_with(opens_single_quote) {
        return false;
    }
    let lexed = lex(&format!("({context}{query})"), Date::constant(2000, 1, 1), false);
    let is_context =
        |kind: &TokenKind| matches!(kind, TokenKind::Prefix(Prefix::Field(_))) && !context.is_empty();
    let mut kinds = lexed.tokens.into_iter().map(|token| token.kind).filter(|kind| !is_context(kind));
    kinds.next() == Some(TokenKind::Open)
        && matches!(kinds.next(), Some(TokenKind::Leaf(leaf)) if leaf == *kind)
        && kinds.next() == Some(TokenKind::Close)
        && kinds.next().is_none()
}

fn escaped(kind: &NodeKind, escaping: Escaping) -> String {
    let mut out = String::new();
    let push = |out: &mut String, text: &str| {
        for c in text.chars() {
            let is_first = out.is_empty();
            if (is_first && escaping != Escaping::None) || (escaping == Escaping::All && !c.is_alphanumeric())
            {
                out.push('\\');
            }
            out.push(c);
        }
    };
    match kind {
        NodeKind::Word { text, .. } => push(&mut out, text),
        NodeKind::Fuzzy { text, edits } => {
            push(&mut out, text);
            out.push_str(if *edits == 1 { "~" } else { "~2" });
        }
        NodeKind::Pattern(pattern) => {
            for part in &pattern.parts {
                match part {
                    PatternPart::Text(text) => push(&mut out, text),
                    PatternPart::One => out.push('?'),
                    PatternPart::Many => out.push('*'),
                }
            }
        }
        _ => {}
    }
    out
}

/// A phrase in straight quotes. Only what would end it or act as a wildcard is escaped.
fn write_phrase(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let plain = format!("\"{text}\"");
    let kind = NodeKind::Phrase { text: text.to_owned(), slop: 0, exact: false };
    if reads_as(&kind, "", &plain) {
        return f.write_str(&plain);
    }
    f.write_str("\"")?;
    for c in text.chars() {
        if is_escaped_in_phrase(c) {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}
