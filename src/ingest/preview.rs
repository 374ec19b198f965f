//! What a run would do, without doing any of it.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::corpus::{self, shown};
use crate::error::{Error, Result};
use crate::index::Snapshot;
use crate::index::manifest::Manifest;

use super::{Event, IngestOptions, Run, roots};

/// What a run would do.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// Files that are not in the index, as they are shown.
    pub new: Vec<String>,
    /// Files that are not as they were.
    pub changed: Vec<String>,
    /// Files that are somewhere else: from, to.
    pub moved: Vec<(String, String)>,
    /// Files that are gone.
    pub gone: Vec<String>,
    /// Files that are no articles by their names: path, why.
    pub left_out: Vec<(String, String)>,
    /// Files that are as they were.
    pub unchanged: u64,
    /// Bytes that would be read.
    pub bytes: u64,
}

/// Looks through `paths`, or all roots that the index knows, and says what [`ingest`](super::ingest) would
/// do.
///
/// # Errors
/// Where a path cannot be read at all, the index cannot be opened, or it was stopped.
pub fn preview(
    dir: &Path,
    paths: &[PathBuf],
    options: &IngestOptions,
    stop: &AtomicBool,
    mut progress: impl FnMut(Event),
) -> Result<Preview> {
    let paths = roots::absolute(paths)?;
    let manifest = match Snapshot::open(dir) {
        Ok(snapshot) => snapshot.manifest()?,
        Err(Error::NoIndex(_)) if !paths.is_empty() => Manifest::default(),
        Err(error) => return Err(error),
    };
    let mut run = Run::begin(manifest, &paths, options)?;
    let changed = run.compare(dir, stop, &mut progress)?;
    let mut preview = Preview { unchanged: run.report.files_unchanged, ..Preview::default() };
    let moves = run.moves(&changed);
    let place = |(root, path): &(u32, String)| match run.manifest.roots.get(root) {
        Some(root) if root.path.is_dir() => format!("{}/{path}", shown(&root.path)),
        Some(root) => shown(&root.path),
        None => path.clone(),
    };
    for (number, file) in changed.iter().enumerate() {
        let path = file.source.shown.clone();
        if let Some((_, from)) = moves.iter().find(|(moved, _)| *moved == number) {
            preview.moved.push((place(from), path));
            continue;
        }
        if let Some(reason) = corpus::by_name_alone(&path) {
            preview.left_out.push((path, reason));
            continue;
        }
        preview.bytes += file.source.size;
        if file.is_new { preview.new.push(path) } else { preview.changed.push(path) }
    }
    let stays_gone = |key: &&(u32, String)| !moves.iter().any(|(_, from)| from == *key);
    preview.gone = run.gone.keys().filter(stays_gone).map(place).collect();
    Ok(preview)
}
