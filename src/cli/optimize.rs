//! `newsearch optimize`: the index in one piece.

use std::io::{self, Write as _};
use std::path::Path;

use newsearch::corpus;
use newsearch::index::{Snapshot, optimize};
use serde::Serialize;

use super::arguments::JsonArguments;
use super::outcome::{CommandResult, Outcome};
use super::paths;
use super::render::json;
use super::render::words::{bytes, count, plural};

#[derive(Serialize)]
struct OptimizedJson {
    index: String,
    articles: u64,
    bytes: u64,
    pieces_before: usize,
    removed_articles: u64,
}

pub fn run(arguments: &JsonArguments, dir: &Path) -> CommandResult {
    let done = optimize(dir)?;
    let snapshot = Snapshot::open(dir)?;
    let mut out = io::stdout().lock();
    if arguments.json {
        let value = OptimizedJson {
            index: corpus::shown(snapshot.dir()),
            articles: snapshot.article_count(),
            bytes: snapshot.bytes_on_disk(),
            pieces_before: done.segments,
            removed_articles: done.removed,
        };
        json::object(&mut out, &value)?;
        return Ok(Outcome::Done);
    }
    let held =
        format!("{}, {}", plural(snapshot.article_count(), "article"), bytes(snapshot.bytes_on_disk()));
    let index = paths::shown(dir);
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
    Ok(Outcome::Done)
}
