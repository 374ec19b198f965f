//! `newsearch verify`: every byte of the index against its checksums, the manifest against the index, and a sample of the files
//! against what was read from them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use newsearch::corpus;
use newsearch::index::Snapshot;
use newsearch::ingest::{Sources, check_sources};
use serde::Serialize;

use super::arguments::JsonArguments;
use super::outcome::{CommandResult, Failure, Outcome};
use super::paths;
use super::render::json;
use super::render::words::{bytes, count, plural};
use super::terminal::clean;

/// How many files are read again.
const SAMPLE: usize = 100;

/// How many of them are named.
const NAMED: usize = 5;

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

pub fn run(arguments: &JsonArguments, dir: &Path) -> CommandResult {
    let snapshot = Snapshot::open(dir)?;
    snapshot.verify()?;
    let sources = check_sources(&snapshot.manifest()?, SAMPLE);
    let mut out = io::stdout().lock();
    if arguments.json {
        let shown = |files: &[PathBuf]| files.iter().map(|file| corpus::shown(file)).collect();
        let value = VerifiedJson {
            index: corpus::shown(snapshot.dir()),
            articles: snapshot.article_count(),
            bytes: snapshot.bytes_on_disk(),
            files_sampled: sources.sampled,
            files_gone: shown(&sources.gone),
            files_changed: shown(&sources.changed),
            files_differing: shown(&sources.differing),
        };
        json::object(&mut out, &value)?;
        return Ok(Outcome::Done);
    }
    writeln!(
        out,
        "The index at `{}` is sound: {}, {}.",
        paths::shown(dir),
        plural(snapshot.article_count(), "article"),
        bytes(snapshot.bytes_on_disk())
    )?;
    report(&mut out, &sources)?;
    Ok(Outcome::Done)
}

fn report(out: &mut impl Write, sources: &Sources) -> Result<(), Failure> {
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
