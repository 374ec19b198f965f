//! What a person should know about how their query was read: a message and the place in the query that it is about.
//! Drawing a caret there, and what becomes of each kind, is the caller's.

use std::fmt;

use super::ast::Span;

/// One remark on a query. The message is lower case, without a final period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How grave it is.
    pub kind: NoticeKind,
    /// What there is to know.
    pub message: String,
    /// What part of the query it is about, in bytes of the query's text.
    pub span: Span,
}

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// The query was read exactly; somebody's habit may read it otherwise.
    Advice,
    /// Part of the query could not be read exactly: an error where the caller is strict.
    Misread,
    /// Part of the query has no safe reading and is not in the tree: an answer without it would mislead, so the caller
    /// must not give one.
    Refused,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
