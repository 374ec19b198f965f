//! `newsearch verify`: every byte of the index against its checksums, and the manifest against the index.

use std::io::{self, Write};
use std::path::Path;

use newsearch::index::Snapshot;

use super::render::words::{bytes, plural};
use super::terminal::Terminal;
use super::{CommandResult, Outcome, paths};

pub fn run(dir: &Path, _terminal: &Terminal) -> CommandResult {
    let snapshot = Snapshot::open(dir)?;
    snapshot.verify()?;
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
