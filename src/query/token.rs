//! The pieces that a query is lexed into.

use super::ast::{NodeKind, Proximity, SourceRange};
use crate::field::Field;

/// A piece of the query, and where it was typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: SourceRange,
}

/// What a piece of the query is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Near(Proximity),
    /// Applies to the operand that follows.
    Prefix(Prefix),
    /// A word, phrase, pattern or filter.
    Leaf(NodeKind),
    /// The weight of the operand it is glued to.
    Boost(f32),
    /// Stands where an operand was typed of which nothing is left; a notice has said why.
    Void,
}

/// What applies to the operand that follows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Prefix {
    Not,
    AtLeast(u32),
    Field(Field),
    Exact,
}

/// A character of a word, where it was typed, and whether a backslash made it an ordinary one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) at: usize,
    pub(super) escaped: bool,
}

impl Glyph {
    /// Whether it is this character and does what this character does.
    pub(super) fn is(self, c: char) -> bool {
        self.c == c && !self.escaped
    }
}
