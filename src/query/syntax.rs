//! Tokens → tree: precedence, parentheses, and what to make of operators that stand alone. The parser keeps
//! its own stack, never fails, and goes through the query once; the words themselves were read by the lexer.

use jiff::Zoned;
use jiff::civil::Date;

use crate::error::Error;

use super::ast::{Node, NodeKind, Proximity, SourceRange};
use super::lex::{Lexed, lex};
use super::notice::{Notice, NoticeKind, Notices};
use super::proximity::bring_together;
use super::token::{Prefix, Token, TokenKind};
use crate::field::Field;

/// Parentheses are read so deep; deeper ones are left out with a notice.
const MAX_NESTING: usize = 32;

/// No form of so few parentheses in one another has more than can be read.
const ALWAYS_READ_AGAIN: usize = MAX_NESTING / 4;

/// Every article, as it is typed alone; the second is Lucene's.
const EVERYTHING: &[&str] = &["*", "*:*"];

/// A longer reading is not repeated in a notice.
const LONGEST_SHOWN: usize = 80;

/// What a query is read with.
#[derive(Debug, Clone, Copy)]
pub struct ParseOptions {
    /// The day that `yesterday` and `3 months ago` are counted from.
    pub today: Date,
}

/// Counts from today, where we are.
impl Default for ParseOptions {
    fn default() -> Self {
        Self { today: Zoned::now().date() }
    }
}

/// A query that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// What is asked for; `None` where there is nothing to search for, which a notice says.
    pub ast: Option<Node>,
    /// What there is to know about the reading, in the order of the query.
    pub notices: Vec<Notice>,
}

impl Parsed {
    /// What is asked for, for whoever goes without the notices of what was read in another way than it may
    /// have been meant.
    ///
    /// # Errors
    /// Where a part has no safe reading, or there is nothing to search for.
    pub fn into_node(self) -> Result<Node, Error> {
        if let Some(refused) = self.notices.iter().find(|notice| notice.kind == NoticeKind::Refused) {
            return Err(Error::Query(refused.message.clone()));
        }
        self.ast.ok_or_else(|| Error::Query("there is nothing to search for".to_owned()))
    }
}

/// Reads a query. It never fails: what cannot be read exactly is read as well as can be, with a
/// [`Misread`](super::NoticeKind::Misread) notice; what has no safe reading, like the date `03/04/2025`, is
/// left out of the tree with a [`Refused`](super::NoticeKind::Refused) one.
///
/// ```
/// use newsearch::query::{ParseOptions, parse};
///
/// let parsed = parse("peace plan published 03/04/2025 \"unclosed", &ParseOptions::default());
/// for notice in &parsed.notices {
///     println!("{}", notice.message);
/// }
/// if let Some(node) = parsed.ast {
///     println!("read as: {node}");
/// }
/// ```
pub fn parse(text: &str, options: &ParseOptions) -> Parsed {
    parse_whole(text, options.today, false)
}

/// Reads what was typed as a question, any words of which may be found: `?` ends it, and where it is in
/// capitals throughout `AND`, `OR` and `NOT` are words. Everything else is as in [`parse`], which reads the
/// result's canonical form.
pub fn parse_question(text: &str, options: &ParseOptions) -> Parsed {
    parse_whole(text, options.today, true)
}

/// What is read must be read again as the same, and its canonical form can have parentheses that nobody
/// typed: where these become too many, fewer of those that were typed are read.
fn parse_whole(text: &str, today: Date, is_question: bool) -> Parsed {
    if EVERYTHING.contains(&text.trim()) {
        let ast = Node { span: 0..text.len(), ..Node::all() };
        return Parsed { ast: Some(ast), notices: Vec::new() };
    }
    let mut most = MAX_NESTING;
    loop {
        let (parsed, deepest) = parse_tokens(text, lex(text, today, is_question), most);
        let is_read_again = |node: &Node| {
            let printed = node.to_string();
            printed.matches('(').count() <= MAX_NESTING
                || parse_tokens(&printed, lex(&printed, today, false), MAX_NESTING).0.ast.as_ref()
                    == Some(node)
        };
        if deepest <= ALWAYS_READ_AGAIN || parsed.ast.as_ref().is_none_or(is_read_again) {
            return parsed;
        }
        most = deepest.min(most) - 1;
    }
}

/// With the number of parentheses that were read in one another; more than `most` are left out.
fn parse_tokens(text: &str, lexed: Lexed, most: usize) -> (Parsed, usize) {
    let Lexed { tokens, notices, cut } = lexed;
    let mut parser = Parser { frames: vec![Frame::new(0..0)], most, deepest: 0, ignored: 0, notices };
    let mut tokens = tokens.into_iter().peekable();
    while let Some(Token { kind, span }) = tokens.next() {
        let mut weights = || {
            let mut weights = Vec::new();
            while let Some(Token { kind: TokenKind::Boost(weight), .. }) = tokens.peek() {
                weights.push(*weight);
                tokens.next();
            }
            weights
        };
        match kind {
            TokenKind::Open => parser.open(span),
            TokenKind::Close => {
                let weights = weights();
                parser.close(span, &weights);
            }
            TokenKind::And => parser.connective(Connective::And, span),
            TokenKind::Or => parser.connective(Connective::Or, span),
            TokenKind::Near(within) => parser.near(within, span),
            TokenKind::Prefix(prefix) => parser.frame().prefixes.push((prefix, span)),
            TokenKind::Leaf(kind) => {
                let weights = weights();
                parser.operand(Some(Node::new(kind, span)), &weights);
            }
            TokenKind::Void => parser.operand(None, &[]),
            TokenKind::Boost(_) => {}
        }
    }
    let deepest = parser.deepest;
    (parser.finish(text.len(), cut), deepest)
}

struct Parser {
    /// The query, and in it the groups that are open; never empty.
    frames: Vec<Frame>,
    /// How many parentheses may be open at once, and how many were.
    most: usize,
    deepest: usize,
    /// Open parentheses beyond that.
    ignored: usize,
    notices: Notices,
}

#[derive(Clone, Copy, PartialEq)]
enum Connective {
    And,
    Or,
}

impl Connective {
    fn as_str(self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
        }
    }
}

/// A group that is being read.
struct Frame {
    opened: SourceRange,
    /// The sides of OR that are complete.
    alternatives: Vec<Vec<Node>>,
    /// The clauses of AND that are complete.
    clauses: Vec<Node>,
    /// The last operand, which a proximity may still follow.
    waiting: Option<Node>,
    /// Whether `waiting` only stands beside the word before it.
    is_adjacent: bool,
    /// What is to be done with the next operand.
    connective: Option<(Connective, SourceRange)>,
    near: Option<PendingNear>,
    prefixes: Vec<(Prefix, SourceRange)>,
    /// Something stood here that was left out.
    has_void: bool,
    /// A proximity that was read in this group, and where.
    proximity: Option<(Proximity, SourceRange)>,
}

struct PendingNear {
    within: Proximity,
    negated: bool,
    span: SourceRange,
}

impl Frame {
    fn new(opened: SourceRange) -> Self {
        Self {
            opened,
            alternatives: Vec::new(),
            clauses: Vec::new(),
            waiting: None,
            is_adjacent: false,
            connective: None,
            near: None,
            prefixes: Vec::new(),
            has_void: false,
            proximity: None,
        }
    }

    fn is_empty(&self) -> bool {
        self.alternatives.is_empty() && self.clauses.is_empty() && self.waiting.is_none()
    }
}

impl Parser {
    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::new(0..0));
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn open(&mut self, span: SourceRange) {
        if self.frames.len() > self.most {
            let message = format!("parentheses are read {} deep: deeper ones are left out", self.most);
            self.notices.misread(span, message);
            self.ignored += 1;
            return;
        }
        self.frames.push(Frame::new(span));
        self.deepest = self.deepest.max(self.frames.len() - 1);
    }

    fn close(&mut self, span: SourceRange, weights: &[f32]) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        if self.frames.len() < 2 {
            self.notices.misread(span, "a closing parenthesis without an opening one is left out");
            return;
        }
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let group = frame.opened.start..span.end;
        if frame.is_empty() && !frame.has_void && frame.prefixes.is_empty() && frame.connective.is_none() {
            self.notices.misread(group.clone(), "empty parentheses are left out");
        }
        let mut node = self.finish_frame(frame);
        if let Some(node) = &mut node {
            node.span = group;
        }
        self.operand(node, weights);
    }

    fn connective(&mut self, connective: Connective, span: SourceRange) {
        let name = connective.as_str();
        let frame = self.frame();
        let nothing_before = frame.is_empty() && !frame.has_void;
        let after_operator = frame.connective.is_some() || frame.near.is_some() || !frame.prefixes.is_empty();
        if after_operator {
            self.notices.misread(span, format!("`{name}` follows another operator and is left out"));
        } else if nothing_before {
            self.notices.misread(span, format!("`{name}` has nothing before it and is left out"));
        } else {
            frame.connective = Some((connective, span));
        }
    }

    fn near(&mut self, within: Proximity, span: SourceRange) {
        let frame = self.frame();
        let negated = matches!(frame.prefixes.as_slice(), [(Prefix::Not, _)]);
        let connected = frame
            .connective
            .as_ref()
            .is_some_and(|(connective, _)| !(negated && *connective == Connective::And));
        let blocked = connected || frame.near.is_some() || (!negated && !frame.prefixes.is_empty());
        if frame.waiting.is_none() && !frame.has_void {
            self.notices.misread(span, format!("`{within}` has nothing before it and is left out"));
            return;
        }
        if blocked {
            self.notices.misread(span, format!("`{within}` follows another operator and is left out"));
            return;
        }
        if frame.waiting.is_none() {
            return;
        }
        frame.connective = None;
        frame.prefixes.clear();
        let phrase = words_side_by_side(frame.is_adjacent, frame.clauses.last(), frame.waiting.as_ref());
        frame.near = Some(PendingNear { within, negated, span: span.clone() });
        if let Some((before, word)) = phrase {
            self.advise_phrase(within, &before, &word, &word, span);
        }
    }

    /// Words beside a proximity do not belong to it, as they do where adjacent words are a phrase.
    fn advise_phrase(&mut self, within: Proximity, one: &str, other: &str, inside: &str, span: SourceRange) {
        let message =
            format!("`{within}` takes `{inside}` only: for the words together write `\"{one} {other}\"`");
        self.notices.advise(span, message);
    }

    /// The next operand; `None` where a notice has said why nothing is left of it.
    fn operand(&mut self, node: Option<Node>, weights: &[f32]) {
        let prefixes = std::mem::take(&mut self.frame().prefixes);
        let Some(node) = node else {
            let frame = self.frame();
            frame.has_void = true;
            frame.near = None;
            return;
        };
        let is_bare = prefixes.is_empty();
        let node = self.with_prefixes(node, prefixes, weights);
        let frame = self.frame();
        if let Some(PendingNear { within, negated, span }) = frame.near.take()
            && let Some(left) = frame.waiting.take()
        {
            frame.proximity.get_or_insert((within, span));
            let right = if negated { Node::negate(node) } else { node };
            let near = bring_together(within, left, right, &mut self.notices);
            self.frame().waiting = Some(near);
            return;
        }
        let adjacent = frame.connective.is_none() && is_bare;
        let after_near = match &frame.waiting {
            Some(Node { kind: NodeKind::Near { within, right, .. }, .. }) if adjacent => {
                words_side_by_side(true, Some(right), Some(&node)).map(|words| (*within, words))
            }
            _ => None,
        };
        let connective = frame.connective.take().map(|(connective, _)| connective);
        frame.clauses.extend(frame.waiting.take());
        if connective == Some(Connective::Or) {
            let clauses = std::mem::take(&mut frame.clauses);
            frame.alternatives.push(clauses);
        }
        frame.is_adjacent = adjacent;
        let span = node.span.clone();
        frame.waiting = Some(node);
        if let Some((within, (one, other))) = after_near {
            self.advise_phrase(within, &one, &other, &one, span);
        }
    }

    /// Applies what stood before the operand, the nearest first, and its weight before it is negated.
    fn with_prefixes(
        &mut self,
        mut node: Node,
        prefixes: Vec<(Prefix, SourceRange)>,
        weights: &[f32],
    ) -> Node {
        let mut weights = Some(weights);
        for (prefix, span) in prefixes.into_iter().rev() {
            node = match prefix {
                Prefix::Not => {
                    weights.take();
                    Node::negate(node)
                }
                Prefix::Exact => exactly(node),
                Prefix::Field(field) => {
                    if field == Field::Author
                        && let Some((typed, name)) = node.name_to_put_in_order()
                    {
                        let message = format!("the name `{typed}` is read as `{name}`");
                        self.notices.advise(node.span.clone(), message);
                    }
                    Node::in_field(field, node)
                }
                Prefix::AtLeast(count) => self.at_least(count, node, &span),
            };
            node.span.start = node.span.start.min(span.start);
        }
        weights.unwrap_or_default().iter().fold(node, |node, weight| Node::boost(node, *weight))
    }

    /// Counts mentions of words and phrases; in an AND of each, in an OR of all together.
    fn at_least(&mut self, count: u32, node: Node, prefix: &SourceRange) -> Node {
        if count < 2 {
            if count == 0 {
                self.notices.misread(prefix.clone(), "at least 0 mentions is read as at least one");
            }
            return node;
        }
        let Node { kind, span } = node;
        match kind {
            NodeKind::Field(field, inner) => Node::in_field(field, self.at_least(count, *inner, prefix)),
            NodeKind::Boost(inner, weight) => Node::boost(self.at_least(count, *inner, prefix), weight),
            NodeKind::Not(inner) => Node::negate(self.at_least(count, *inner, prefix)),
            NodeKind::And(nodes) => {
                let each = nodes.into_iter().map(|node| self.at_least(count, node, prefix)).collect();
                Node::new(NodeKind::And(each), span)
            }
            NodeKind::AtLeast { count: inner, node } => {
                Node::new(NodeKind::AtLeast { count: count.max(inner), node }, span)
            }
            kind => {
                let node = Node::new(kind, span.clone());
                if node.is_countable() {
                    return Node::new(NodeKind::AtLeast { count, node: Box::new(node) }, span);
                }
                let message = "mentions can be counted of words, phrases and alternatives of them: searched without a count";
                self.notices.misread(span, message);
                node
            }
        }
    }

    /// What the group means; operators that wait for an operand in vain are left out.
    fn finish_frame(&mut self, mut frame: Frame) -> Option<Node> {
        let operator =
            frame.connective.take().map(|(connective, span)| (connective.as_str().to_owned(), span));
        let near = frame.near.take().map(|near| (near.within.to_string(), near.span));
        let prefixes = frame.prefixes.drain(..).map(|(prefix, span)| (prefix_name(prefix), span));
        for (name, span) in operator.into_iter().chain(near).chain(prefixes) {
            if !frame.has_void {
                self.notices.misread(span, format!("`{name}` has nothing after it and is left out"));
            }
        }
        frame.clauses.extend(frame.waiting.take());
        frame.alternatives.push(frame.clauses);
        let is_mixed =
            frame.alternatives.len() > 1 && frame.alternatives.iter().any(|clauses| clauses.len() > 1);
        if let Some((within, span)) =
            frame.proximity.take().filter(|_| frame.alternatives.len() > 1 && !is_mixed)
        {
            let message = format!("`{within}` goes before OR: for OR first write `a {within} (b OR c)`");
            self.notices.advise(span, message);
        }
        let alternatives: Vec<Node> = frame.alternatives.into_iter().filter_map(Node::and).collect();
        let excluded = alternatives.iter().find(|node| matches!(node.kind, NodeKind::Not(_)));
        if let Some(excluded) = excluded.filter(|_| alternatives.len() > 1) {
            let message = "OR with NOT finds every article without the excluded words: to leave them out, write AND NOT";
            self.notices.advise(excluded.span.clone(), message);
        }
        let node = Node::or(alternatives)?;
        if is_mixed {
            let shown = node.to_string();
            let message = match shown.len() <= LONGEST_SHOWN {
                true => format!("AND goes before OR, so this is read as `{shown}`"),
                false => "AND goes before OR: put parentheses around what belongs together".to_owned(),
            };
            self.notices.advise(node.span.clone(), message);
        }
        Some(node)
    }

    fn finish(mut self, end: usize, cut: bool) -> Parsed {
        let open = self.frames.len() - 1 + self.ignored;
        if let Some(first) = self.frames.get(1).filter(|_| !cut) {
            let message = match open {
                1 => "a parenthesis that is not closed is closed at the end".to_owned(),
                open => format!("{open} parentheses that are not closed are closed at the end"),
            };
            self.notices.misread(first.opened.clone(), message);
        }
        self.ignored = 0;
        while self.frames.len() > 1 {
            if let Some(frame) = self.frames.pop() {
                let node = self.finish_frame(frame);
                self.operand(node, &[]);
            }
        }
        let ast = self.frames.pop().and_then(|frame| self.finish_frame(frame));
        if ast.is_none() && !self.notices.has_refused() {
            self.notices.refuse(0..end, "there is nothing to search for");
        }
        Parsed { ast, notices: self.notices.finish() }
    }
}

/// The two words, where both are words that stand side by side.
fn words_side_by_side(
    is_adjacent: bool,
    one: Option<&Node>,
    other: Option<&Node>,
) -> Option<(String, String)> {
    match (&one?.kind, &other?.kind) {
        (NodeKind::Word { text, exact: false }, NodeKind::Word { text: next, exact: false })
            if is_adjacent =>
        {
            Some((text.clone(), next.clone()))
        }
        _ => None,
    }
}

fn prefix_name(prefix: Prefix) -> String {
    match prefix {
        Prefix::Not => "NOT".to_owned(),
        Prefix::AtLeast(count) => format!("ATLEAST/{count}"),
        Prefix::Field(field) => format!("{field}:"),
        Prefix::Exact => "=".to_owned(),
    }
}

/// The same with every word and phrase in exactly its form.
fn exactly(node: Node) -> Node {
    let Node { kind, span } = node;
    let inside = |node: Box<Node>| Box::new(exactly(*node));
    let kind = match kind {
        NodeKind::Word { text, .. } => NodeKind::Word { text, exact: true },
        NodeKind::Phrase { text, slop, .. } => NodeKind::Phrase { text, slop, exact: true },
        NodeKind::And(nodes) => NodeKind::And(nodes.into_iter().map(exactly).collect()),
        NodeKind::Or(nodes) => NodeKind::Or(nodes.into_iter().map(exactly).collect()),
        NodeKind::Not(node) => NodeKind::Not(inside(node)),
        NodeKind::Near { within, left, right } => {
            NodeKind::Near { within, left: inside(left), right: inside(right) }
        }
        NodeKind::AtLeast { count, node } => NodeKind::AtLeast { count, node: inside(node) },
        NodeKind::Field(field, node) => NodeKind::Field(field, inside(node)),
        NodeKind::Boost(node, weight) => NodeKind::Boost(inside(node), weight),
        kind @ (NodeKind::Pattern(_)
        | NodeKind::Fuzzy { .. }
        | NodeKind::Date(_)
        | NodeKind::Length(_)
        | NodeKind::Narrow(_)) => kind,
    };
    Node::new(kind, span)
}
