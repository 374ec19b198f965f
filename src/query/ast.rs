//! What a query means, as a tree with byte spans into the text it was typed as. Words stand here as they were
//! typed: turning them into index terms is the analysis's work, and nothing here knows of an index.

use std::ops::Range;

use jiff::civil::Date;

use crate::article::{ArticleDate, DatePrecision};
use crate::field::Field;

/// Byte offsets into the query's text.
pub type SourceRange = Range<usize>;

/// One clause of a query, and where it was typed. Two nodes are equal when they mean the same: spans are not
/// compared.
///
/// Trees made by `parse` and by the constructors below are in one normal form: no `And` directly
/// inside an `And`, no `Or` inside an `Or`, no `Not` inside a `Not`, a `Field` or a `Boost`, no `Field`
/// inside a `Field`; the operands of `Near` are [positional](Node::is_positional), the operand of `AtLeast`
/// is [countable](Node::is_countable). A parsed tree is never deeper than [`MAX_DEPTH`], so walking it
/// recursively is safe.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it asks for.
    pub kind: NodeKind,
    /// Where it was typed, with its field, sign or parentheses.
    pub span: SourceRange,
}

/// No parsed tree is deeper than this.
pub const MAX_DEPTH: usize = 512;

/// What a clause asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// A word as typed (`peace`, `don't`, `U.S.`, `counter-proposal`); it may well be several tokens to the
    /// analysis.
    Word {
        /// The word, without white space and with at least one character that can be searched for.
        text: String,
        /// `=word`: this form only, no stemming and no variants.
        exact: bool,
    },
    /// Words in this order, next to each other.
    Phrase {
        /// What stood between the quotes, white space reduced to single spaces.
        text: String,
        /// `"…"~5`: in how many moves the words may be put in order; 0 is the phrase itself.
        slop: u32,
        /// `="…"`: these forms only.
        exact: bool,
    },
    /// A word with wildcards: `zelensk*`, `wom?n`, `*ism`.
    Pattern(Pattern),
    /// `word~`: a word that is at most so many letters off.
    Fuzzy {
        /// The word as typed.
        text: String,
        /// Letters inserted, left out, exchanged or swapped: 1 or 2.
        edits: u8,
    },
    /// All of these; at least two.
    And(Vec<Node>),
    /// One of these or several; at least two.
    Or(Vec<Node>),
    /// Every article but these.
    Not(Box<Node>),
    /// Both, close to each other.
    Near {
        /// How close.
        within: Proximity,
        /// One side.
        left: Box<Node>,
        /// The other side: the later one where the order counts.
        right: Box<Node>,
    },
    /// At least so many mentions.
    AtLeast {
        /// How many, 2 or more.
        count: u32,
        /// Of what; the mentions of an `Or`'s alternatives are added up.
        node: Box<Node>,
    },
    /// In this field only. Where fields are nested, the inner one holds for what is in it.
    Field(Field, Box<Node>),
    /// Published on these days, or with a date that is so well known; fields do not matter to it.
    Date(DateFilter),
    /// So many words in the body; fields do not matter to it.
    Length(LengthRange),
    /// From these files, or with a value in a field; fields do not matter to it.
    Narrow(Narrowing),
    /// With this weight in the ranking: [`MIN_WEIGHT`] to [`MAX_WEIGHT`], 1 being the ordinary one.
    Boost(Box<Node>, f32),
}

/// What articles are narrowed by besides dates and lengths.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Narrowing {
    /// By nothing: every article.
    All,
    /// Read from a file whose path is so: a glob, or a piece of the path (see [`PathGlob`](super::PathGlob)).
    Path(String),
    /// Read from the folder or file of this name that was given to `index`.
    Source(String),
    /// With a value in this field, which not every article has.
    Has(Field),
}

/// How close two clauses must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Proximity {
    /// Within so many words: 1 is next to each other.
    Words {
        /// From the last word of the earlier to the first word of the later side; 1 to [`MAX_DISTANCE`].
        distance: u32,
        /// The left side comes first.
        ordered: bool,
    },
    /// In one sentence.
    Sentence {
        /// The left side comes first.
        ordered: bool,
    },
    /// In one paragraph.
    Paragraph {
        /// The left side comes first.
        ordered: bool,
    },
}

/// The greatest distance that proximity operators and phrases take.
pub const MAX_DISTANCE: u32 = 1_000;

/// The least weight a clause can be given.
pub const MIN_WEIGHT: f32 = 0.01;

/// The greatest weight a clause can be given.
pub const MAX_WEIGHT: f32 = 1_000.0;

/// A word with wildcards, which has at least one wildcard and one searchable character.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// Text and wildcards in turn; no two texts and no two `Many` side by side.
    pub parts: Vec<PatternPart>,
}

/// A part of a [`Pattern`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PatternPart {
    /// These letters, as typed.
    Text(String),
    /// `?`: exactly one letter.
    One,
    /// `*`: any number of letters, none included.
    Many,
}

impl Pattern {
    /// The letters before the first wildcard, as typed.
    pub fn prefix(&self) -> &str {
        match self.parts.first() {
            Some(PatternPart::Text(text)) => text,
            _ => "",
        }
    }

    /// As it is typed, without backslashes.
    pub fn to_text(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            PatternPart::Text(text) => text.as_str(),
            PatternPart::One => "?",
            PatternPart::Many => "*",
        });
        parts.collect()
    }

    /// Whether it is letters and one `*` at the end.
    pub fn is_prefix_only(&self) -> bool {
        matches!(self.parts.as_slice(), [PatternPart::Text(_), PatternPart::Many])
    }
}

/// What is asked of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateFilter {
    /// It may lie in this range: of a date that is known to the month or the year, any of its days will do.
    In(DateRange),
    /// It is known so well.
    Known(Certainty),
}

impl DateFilter {
    /// What every article has that has a date.
    pub const ANY: Self = Self::In(DateRange { from: Some(FIRST_DAY), to: None });

    /// Whether it takes this date.
    pub fn takes(&self, date: &ArticleDate) -> bool {
        match self {
            Self::In(range) => {
                let (first, last) = date.days();
                range.from.is_none_or(|from| from <= last) && range.to.is_none_or(|to| first <= to)
            }
            Self::Known(certainty) => Certainty::of(date.precision) == *certainty,
        }
    }
}

/// How well a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// The day.
    Exact,
    /// The month or the year.
    Partial,
    /// It was worked out from something outside the text, such as the time of its file.
    Guessed,
}

impl Certainty {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Partial, Self::Guessed];

    /// The word for it in a query.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::Guessed => "guessed",
        }
    }

    /// That of a date.
    pub fn of(precision: DatePrecision) -> Self {
        match precision {
            DatePrecision::Year | DatePrecision::Month => Self::Partial,
            DatePrecision::Day | DatePrecision::Minute => Self::Exact,
            DatePrecision::Approximate => Self::Guessed,
        }
    }
}

/// Days from one to another, both included; at least one of the two is set, and `from` is never after `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

/// The first day that can be asked for: a range from here on holds every article that has a date.
pub const FIRST_DAY: Date = jiff::civil::date(1, 1, 1);

/// Numbers of words from one to another, both included; at least one of the two is set, and `min` is never
/// above `max`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LengthRange {
    /// The fewest.
    pub min: Option<u64>,
    /// The most.
    pub max: Option<u64>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// Constructors that keep the normal form. Composite nodes span from their first to their last part.
impl Node {
    /// A node as it is.
    pub fn new(kind: NodeKind, span: SourceRange) -> Self {
        Self { kind, span }
    }

    /// Every article.
    pub fn all() -> Node {
        Node::new(NodeKind::Narrow(Narrowing::All), 0..0)
    }

    /// Whether it is [`Node::all`].
    pub fn is_all(&self) -> bool {
        self.kind == NodeKind::Narrow(Narrowing::All)
    }

    /// All of `nodes`; `None` for none, the node itself for one.
    pub fn and(nodes: Vec<Node>) -> Option<Node> {
        let mut flat = flatten(nodes, |kind| match kind {
            NodeKind::And(inner) => Ok(inner),
            other => Err(other),
        });
        let everything = flat.iter().position(Self::is_all).map(|at| flat.remove(at));
        flat.retain(|node| !node.is_all());
        if flat.is_empty() {
            return everything;
        }
        join(flat, NodeKind::And)
    }

    /// One of `nodes` or several; `None` for none, the node itself for one.
    pub fn or(nodes: Vec<Node>) -> Option<Node> {
        let flat = flatten(nodes, |kind| match kind {
            NodeKind::Or(inner) => Ok(inner),
            other => Err(other),
        });
        join(flat, NodeKind::Or)
    }

    /// Everything but `node`. A negated negation is the clause itself, and a weight inside it is dropped.
    pub fn negate(node: Node) -> Node {
        let Node { kind, span } = node;
        match kind {
            NodeKind::Not(inner) => *inner,
            NodeKind::Boost(inner, _) => Node::negate(*inner),
            kind => Node::new(NodeKind::Not(Box::new(Node::new(kind, span.clone()))), span),
        }
    }

    /// `node` in `field`; an inner field wins, and dates and lengths have no field. A name in an author field
    /// stands as it is spoken: `Aske, Nell` becomes `Nell Aske`. A path or a source is no text with words,
    /// and *none* is no author, no section and so on.
    pub fn in_field(field: Field, mut node: Node) -> Node {
        match field {
            Field::Path => return node.narrowing(&Narrowing::Path),
            Field::Source => return node.narrowing(&Narrowing::Source),
            field if field.may_be_missing() && node.asks_for_none() => return node.with_none_of(field),
            Field::Author => node.put_names_in_order(),
            _ => {}
        }
        let Node { kind, span } = node;
        match kind {
            NodeKind::Field(..) | NodeKind::Date(_) | NodeKind::Length(_) | NodeKind::Narrow(_) => {
                Node::new(kind, span)
            }
            NodeKind::Not(inner) => Node::negate(Node::in_field(field, *inner)),
            kind => {
                let inner = Node::new(kind, span.clone());
                Node::new(NodeKind::Field(field, Box::new(inner)), span)
            }
        }
    }

    /// What has `value` in `field`, as one types it behind `--author` or `--section`: its words as they
    /// stand.
    pub fn having(field: Field, value: &str) -> Node {
        if field == Field::Source {
            return Node::new(NodeKind::Narrow(Narrowing::Source(value.to_owned())), 0..0);
        }
        let words: Vec<&str> = value.split_whitespace().collect();
        let text = words.join(" ");
        let kind = match words.len() {
            1 => NodeKind::Word { text, exact: false },
            _ => NodeKind::Phrase { text, slop: 0, exact: false },
        };
        Node::in_field(field, Node::new(kind, 0..0))
    }

    /// `node` with `weight`. What is excluded or only filtered by has no weight.
    pub fn boost(node: Node, weight: f32) -> Node {
        let Node { kind, span } = node;
        match kind {
            NodeKind::Not(_) | NodeKind::Date(_) | NodeKind::Length(_) | NodeKind::Narrow(_) => {
                Node::new(kind, span)
            }
            NodeKind::Boost(inner, before) => {
                let weight = (before * weight).clamp(MIN_WEIGHT, MAX_WEIGHT);
                Node::new(NodeKind::Boost(inner, weight), span)
            }
            kind => {
                let inner = Node::new(kind, span.clone());
                Node::new(NodeKind::Boost(Box::new(inner), weight), span)
            }
        }
    }

    /// Calls `f` with the text of every word and phrase in it.
    pub fn each_text<'a>(&'a self, f: &mut impl FnMut(&'a str)) {
        match &self.kind {
            NodeKind::Word { text, .. } | NodeKind::Phrase { text, .. } | NodeKind::Fuzzy { text, .. } => {
                f(text)
            }
            NodeKind::Pattern(pattern) => pattern.parts.iter().for_each(|part| {
                if let PatternPart::Text(text) = part {
                    f(text);
                }
            }),
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|node| node.each_text(f)),
            NodeKind::Near { left, right, .. } => {
                left.each_text(f);
                right.each_text(f);
            }
            NodeKind::Not(inner)
            | NodeKind::AtLeast { node: inner, .. }
            | NodeKind::Field(_, inner)
            | NodeKind::Boost(inner, _) => inner.each_text(f),
            NodeKind::Date(_) | NodeKind::Length(_) | NodeKind::Narrow(_) => {}
        }
    }

    /// Whether it is the word *none*, or one of several is.
    fn asks_for_none(&self) -> bool {
        match &self.kind {
            NodeKind::Word { text, exact: false } => text.eq_ignore_ascii_case("none"),
            NodeKind::Or(nodes) => nodes.iter().any(Self::asks_for_none),
            _ => false,
        }
    }

    /// The same in `field`, *none* being articles without a value.
    fn with_none_of(self, field: Field) -> Node {
        let Node { kind, span } = self;
        match kind {
            NodeKind::Or(nodes) => {
                let nodes = nodes.into_iter().map(|node| Node::in_field(field, node)).collect();
                Node::or(nodes).unwrap_or(Node::new(NodeKind::Or(Vec::new()), span))
            }
            _ => Node::negate(Node::new(NodeKind::Narrow(Narrowing::Has(field)), span)),
        }
    }

    /// Its texts taken as paths or sources: all of them where it asks for closeness.
    fn narrowing(self, narrowing: &dyn Fn(String) -> Narrowing) -> Node {
        let Node { kind, span } = self;
        let each = |nodes: Vec<Node>| nodes.into_iter().map(|node| node.narrowing(narrowing)).collect();
        let joined = match kind {
            NodeKind::Word { text, .. } | NodeKind::Phrase { text, .. } | NodeKind::Fuzzy { text, .. } => {
                Some(Node::new(NodeKind::Narrow(narrowing(text)), span.clone()))
            }
            NodeKind::Pattern(pattern) => {
                Some(Node::new(NodeKind::Narrow(narrowing(pattern.to_text())), span.clone()))
            }
            NodeKind::And(nodes) => Node::and(each(nodes)),
            NodeKind::Or(nodes) => Node::or(each(nodes)),
            NodeKind::Near { left, right, .. } => Node::and(each(vec![*left, *right])),
            NodeKind::Not(inner) => Some(Node::negate(inner.narrowing(narrowing))),
            NodeKind::AtLeast { node, .. } | NodeKind::Boost(node, _) => Some(node.narrowing(narrowing)),
            kind @ (NodeKind::Field(..) | NodeKind::Date(_) | NodeKind::Length(_) | NodeKind::Narrow(_)) => {
                Some(Node::new(kind, span.clone()))
            }
        };
        joined.unwrap_or(Node::new(NodeKind::And(Vec::new()), span))
    }

    /// Turns round the names that are written as catalogues write them.
    fn put_names_in_order(&mut self) {
        match &mut self.kind {
            NodeKind::Phrase { text, .. } => {
                if let Some(name) = name_in_order(text) {
                    *text = name;
                }
            }
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter_mut().for_each(Self::put_names_in_order),
            NodeKind::Near { left, right, .. } => {
                left.put_names_in_order();
                right.put_names_in_order();
            }
            NodeKind::Not(node) | NodeKind::AtLeast { node, .. } | NodeKind::Boost(node, _) => {
                node.put_names_in_order();
            }
            NodeKind::Field(..)
            | NodeKind::Word { .. }
            | NodeKind::Pattern(_)
            | NodeKind::Fuzzy { .. }
            | NodeKind::Date(_)
            | NodeKind::Length(_)
            | NodeKind::Narrow(_) => {}
        }
    }

    /// The first phrase in it that is a name as catalogues write it, and the name as it is spoken.
    pub(super) fn name_to_put_in_order(&self) -> Option<(&str, String)> {
        match &self.kind {
            NodeKind::Phrase { text, .. } => Some((text.as_str(), name_in_order(text)?)),
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().find_map(Self::name_to_put_in_order),
            NodeKind::Near { left, right, .. } => {
                left.name_to_put_in_order().or_else(|| right.name_to_put_in_order())
            }
            NodeKind::Not(node) | NodeKind::AtLeast { node, .. } | NodeKind::Boost(node, _) => {
                node.name_to_put_in_order()
            }
            _ => None,
        }
    }

    /// Whether it stands at places in the text, and so can stand on a side of `Near`.
    pub fn is_positional(&self) -> bool {
        match &self.kind {
            NodeKind::Word { .. }
            | NodeKind::Phrase { .. }
            | NodeKind::Pattern(_)
            | NodeKind::Fuzzy { .. } => true,
            NodeKind::Near { .. } => true,
            NodeKind::Or(nodes) => nodes.iter().all(Node::is_positional),
            _ => false,
        }
    }

    /// Whether its mentions can be counted: words, phrases, patterns, and alternatives of them.
    pub fn is_countable(&self) -> bool {
        match &self.kind {
            NodeKind::Near { .. } => false,
            NodeKind::Or(nodes) => nodes.iter().all(Node::is_countable),
            _ => self.is_positional(),
        }
    }
}

/// `Nell Aske` for `Aske, Nell`.
fn name_in_order(text: &str) -> Option<String> {
    /// A part of a name has at most so many words.
    const MOST_WORDS: usize = 3;
    let (family, given) = text.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    let is_name = |part: &str| {
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '’');
        part.contains(char::is_alphabetic)
            && part.chars().all(is_letter)
            && part.split(' ').count() <= MOST_WORDS
    };
    let first = given.split(' ').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let is_title =
        matches!(first.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "md" | "phd" | "esq" | "and" | "with");
    (is_name(family) && is_name(given) && !is_title).then(|| format!("{given} {family}"))
}

fn flatten(nodes: Vec<Node>, open: impl Fn(NodeKind) -> Result<Vec<Node>, NodeKind>) -> Vec<Node> {
    let mut flat = Vec::with_capacity(nodes.len());
    for Node { kind, span } in nodes {
        match open(kind) {
            Ok(inner) => flat.extend(inner),
            Err(kind) => flat.push(Node::new(kind, span)),
        }
    }
    flat
}

fn join(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> NodeKind) -> Option<Node> {
    if nodes.len() < 2 {
        return nodes.pop();
    }
    let start = nodes.iter().map(|node| node.span.start).min()?;
    let end = nodes.iter().map(|node| node.span.end).max()?;
    Some(Node::new(kind(nodes), start..end))
}
