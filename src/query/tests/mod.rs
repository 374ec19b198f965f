//! What the query language promises: its specification row by row, queries as people type them, and
//! properties that hold for every query.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod foreign_syntax;
mod language;
mod properties;
mod questions;
mod specification;

use jiff::civil::Date;

use super::{Node, NoticeKind, ParseOptions, Parsed, parse};

/// A Wednesday.
const TODAY: Date = jiff::civil::date(2026, 3, 11);

fn read(query: &str) -> Parsed {
    parse(query, &ParseOptions { today: TODAY })
}

/// The canonical reading, empty where there is nothing to search for.
fn reading(query: &str) -> String {
    read(query).ast.map(|ast| ast.to_string()).unwrap_or_default()
}

fn tree(query: &str) -> Node {
    read(query).ast.expect("something to search for")
}

/// The gravest notice's kind, and every message.
fn notices(query: &str) -> (Option<NoticeKind>, Vec<String>) {
    let notices = read(query).notices;
    (
        notices.iter().map(|notice| notice.kind).max(),
        notices.into_iter().map(|notice| notice.message).collect(),
    )
}

/// The query is read so and there is nothing to say about it.
#[track_caller]
fn assert_plain(query: &str, expected: &str) {
    assert_eq!(reading(query), expected, "{query}");
    assert_eq!(notices(query).1, Vec::<String>::new(), "{query}");
}
