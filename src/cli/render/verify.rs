//! Whether an index and its files are as they were, for people and for programs.

use std::io::Write;
use std::path::PathBuf;

use newsearch::index::Snapshot;
use newsearch::ingest::Sources;
use serde::Serialize;

use super::super::outcome::Failure;
use super::super::paths;
use super::super::terminal::clean;
use super::json;
use super::words::{bytes, count, plural};

/// How many of them are named.
const NAMED: usize = 5;

/// What was checked, and what is odd.
pub fn to_text(out: &mut impl Write, snapshot: &Snapshot, sources: &Sources) -> Result<(), Failure> {
    writeln!(
        out,
        "The index at `{}` is sound: {}, {}.",
        paths::shown(snapshot.dir()),
        plural(snapshot.article_count(), "article"),
        bytes(snapshot.bytes_on_disk())
    )?;
    let odd = sources.gone.len() + sources.changed.len() + sources.differing.len();
    let good = count((sources.sampled - odd) as u64);
    let sampled = plural(sources.sampled as u64, "file");
    writeln!(out, "  of {sampled} looked at again, {good} hold what was read from them")?;
    for (files, what, remedy) in [
        (&sources.gone, "gone", "newsearch index"),
        (&sources.changed, "changed since", "newsearch index"),
        (&sources.differing, "changed, with the size and time they had", "newsearch index --reread"),
    ] {
        if files.is_empty() {
            continue;
        }
        writeln!(out, "  {} {what}; to take that in: {remedy}", count(files.len() as u64))?;
        named(out, files)?;
    }
    Ok(())
}

fn named(out: &mut impl Write, files: &[PathBuf]) -> Result<(), Failure> {
    for file in files.iter().take(NAMED) {
        writeln!(out, "    `{}`", clean(&paths::shown(file)))?;
    }
    if files.len() > NAMED {
        writeln!(out, "    … and {} more", count((files.len() - NAMED) as u64))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct VerifiedJson {
    index: String,
    articles: u64,
    bytes: u64,
    files_sampled: usize,
    files_gone: Vec<String>,
    files_changed: Vec<String>,
    files_differing: Vec<String>,
}

/// One object.
pub fn to_json(out: &mut impl Write, snapshot: &Snapshot, sources: &Sources) -> Result<(), Failure> {
    let shown = |files: &[PathBuf]| files.iter().map(|file| paths::whole(file)).collect();
    let value = VerifiedJson {
        index: paths::whole(snapshot.dir()),
        articles: snapshot.article_count(),
        bytes: snapshot.bytes_on_disk(),
        files_sampled: sources.sampled,
        files_gone: shown(&sources.gone),
        files_changed: shown(&sources.changed),
        files_differing: shown(&sources.differing),
    };
    json::object(out, &value)
}
