//! An index in one piece, for people and for programs.

use std::io::Write;

use newsearch::index::{Optimized, Snapshot};
use serde::Serialize;

use super::super::outcome::Failure;
use super::super::paths;
use super::json;
use super::words::{bytes, count, plural};

/// What it is now, and was before.
pub fn to_text(out: &mut impl Write, snapshot: &Snapshot, done: &Optimized) -> Result<(), Failure> {
    let held =
        format!("{}, {}", plural(snapshot.article_count(), "article"), bytes(snapshot.bytes_on_disk()));
    let index = paths::shown(snapshot.dir());
    if done.segments < 2 && done.removed == 0 {
        writeln!(out, "The index at `{index}` is in one piece already: {held}.")?;
    } else {
        let removed = plural(done.removed, "removed article");
        writeln!(
            out,
            "The index at `{index}` is in one piece now: {held}. It was in {}, with {removed} still in them.",
            count(done.segments as u64)
        )?;
    }
    Ok(())
}

#[derive(Serialize)]
struct OptimizedJson {
    index: String,
    articles: u64,
    bytes: u64,
    pieces_before: usize,
    removed_articles: u64,
}

/// One object.
pub fn to_json(out: &mut impl Write, snapshot: &Snapshot, done: &Optimized) -> Result<(), Failure> {
    let value = OptimizedJson {
        index: paths::whole(snapshot.dir()),
        articles: snapshot.article_count(),
        bytes: snapshot.bytes_on_disk(),
        pieces_before: done.segments,
        removed_articles: done.removed,
    };
    json::object(out, &value)
}
