//! `newsearch verify`: every byte of the index against its checksums, and the manifest against the index.

use std::io::{self, Write};
use std::path::Path;

use newsearch::error::Error;
use newsearch::index::Snapshot;

use super::render::words::{bytes, plural};
use super::terminal::Terminal;
use super::{CommandResult, Outcome, paths};

pub fn run(dir: &Path, _terminal: &Terminal) -> CommandResult {
    let snapshot = Snapshot::open(dir)?;
    let damaged = |reason: String| Error::Damaged { path: dir.to_owned(), reason };
    let differ = snapshot.damaged_files()?;
    if !differ.is_empty() {
        let names: Vec<String> = differ.iter().map(|file| format!("`{}`", file.display())).collect();
        return Err(damaged(format!("not as it was written: {}", names.join(", "))).into());
    }
    let manifest = snapshot.manifest()?;
    let listed: u64 = manifest.files.values().map(|entry| u64::from(entry.articles)).sum();
    if listed != snapshot.article_count() {
        let held = snapshot.article_count();
        return Err(damaged(format!("its manifest lists {listed} articles, but it holds {held}")).into());
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "The index at `{}` is sound: {}, {}.",
        paths::shown(dir),
        plural(snapshot.article_count(), "article"),
        bytes(snapshot.bytes_on_disk())
    )?;
    Ok(Outcome::Done)
}
