//! What a person should know about how their query was read: a message and the place in the query that it is
//! about. Drawing a caret there, and what becomes of each kind, is the caller's.

use std::fmt;

use super::ast::SourceRange;

/// One remark on a query. The message is lower case, without a final period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How grave it is.
    pub kind: NoticeKind,
    /// What there is to know.
    pub message: String,
    /// What part of the query it is about, in bytes of the query's text.
    pub span: SourceRange,
}

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// The query was read exactly; somebody's habit may read it otherwise.
    Advice,
    /// Part of the query could not be read exactly: an error where the caller is strict.
    Misread,
    /// Part of the query has no safe reading and is not in the tree: an answer without it would mislead, so
    /// the caller must not give one.
    Refused,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Notices as they are gathered. Only the first [`Notices::SHOWN`] are kept and the rest counted, so that a
/// hostile query cannot make a flood of them; what is said already is not said again.
#[derive(Debug, Default)]
pub(super) struct Notices {
    list: Vec<Notice>,
    more: usize,
    gravest_of_more: Option<Notice>,
}

impl Notices {
    /// So many notices are shown one by one.
    const SHOWN: usize = 20;

    /// The query was read exactly, but there is something to know.
    pub(super) fn advise(&mut self, span: SourceRange, message: impl Into<String>) {
        self.add(NoticeKind::Advice, span, message.into());
    }

    /// The query could not be read exactly.
    pub(super) fn misread(&mut self, span: SourceRange, message: impl Into<String>) {
        self.add(NoticeKind::Misread, span, message.into());
    }

    /// A clause had no safe reading and was left out.
    pub(super) fn refuse(&mut self, span: SourceRange, message: impl Into<String>) {
        self.add(NoticeKind::Refused, span, message.into());
    }

    /// Whether a clause was refused.
    pub(super) fn has_refused(&self) -> bool {
        self.list.iter().chain(&self.gravest_of_more).any(|notice| notice.kind == NoticeKind::Refused)
    }

    fn add(&mut self, kind: NoticeKind, span: SourceRange, message: String) {
        if self.list.iter().any(|notice| notice.message == message) {
            return;
        }
        let notice = Notice { kind, message, span };
        if self.list.len() < Self::SHOWN {
            self.list.push(notice);
            return;
        }
        self.more += 1;
        if self.gravest_of_more.as_ref().is_none_or(|before| before.kind < kind) {
            self.gravest_of_more = Some(notice);
        }
    }

    /// The notices in the order in which they stand in the query.
    pub(super) fn finish(mut self) -> Vec<Notice> {
        self.list.sort_by_key(|notice| (notice.span.start, notice.span.end));
        if let Some(notice) = self.gravest_of_more {
            let message = match self.more {
                1 => notice.message,
                more => format!("{}; and {} more notices like these", notice.message, more - 1),
            };
            self.list.push(Notice { message, ..notice });
        }
        self.list
    }
}
