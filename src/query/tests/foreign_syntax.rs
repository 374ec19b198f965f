//! Queries as people type them, with the foreign_syntax of other archives, of the web and of the keyboard:
//! each with its reading and what is said about it, as one snapshot to be read by people.

use std::fmt::Write;

use super::read;

/// One query a line.
const QUERIES: &str = include_str!("foreign_syntax.txt");

#[test]
fn queries_as_people_type_them() {
    let mut readings = String::new();
    for query in QUERIES.lines() {
        let parsed = read(query);
        let reading = parsed.ast.map_or("(nothing)".to_owned(), |ast| ast.to_string());
        writeln!(readings, "{query}\n    = {reading}").unwrap();
        for notice in parsed.notices {
            let place = query.get(notice.span.clone()).expect("a notice's span lies on characters");
            writeln!(readings, "    {:?} at `{place}`: {}", notice.kind, notice.message).unwrap();
        }
    }
    insta::assert_snapshot!(readings);
}

#[test]
fn there_are_enough_of_them() {
    assert!(QUERIES.lines().count() >= 150);
}
