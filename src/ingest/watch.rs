//! Keeps an index up to date: the system says where files change, and what changed is read once it is quiet
//! there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::error::{Error, Result};
use crate::index::Snapshot;

use super::{Event, IngestOptions, Report, ingest, roots};

/// How long nothing must happen before what happened is read.
const QUIET: Duration = Duration::from_millis(300);

/// How long that is waited for; then it is read all the same.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it is looked whether the run is to end.
const TICK: Duration = Duration::from_millis(100);

/// More changed folders than these, and the roots are gone through whole.
const MANY_FOLDERS: usize = 50;

/// What happened while watching.
#[derive(Debug)]
pub enum Watched {
    /// The first run, over everything, is done.
    Begun(Report),
    /// Changes have been taken in.
    Updated(Report),
    /// Changes could not be taken in; it goes on watching.
    Failed(Error),
}

/// Does what [`ingest`] does and then goes on taking in what changes under `paths`, or all known roots, until
/// `stop` becomes true.
///
/// # Errors
/// Where the first run cannot be done, or the system cannot say what changes.
pub fn watch(
    dir: &Path,
    paths: &[PathBuf],
    options: IngestOptions,
    stop: &AtomicBool,
    progress: impl FnMut(Event),
    mut tell: impl FnMut(Watched),
) -> Result<()> {
    let mut watched = roots::absolute(paths)?;
    if watched.is_empty() {
        watched = Snapshot::open(dir)?.manifest()?.roots.into_values().map(|root| root.path).collect();
    }
    // From before the first run on, so that nothing happens unseen.
    let (watcher, changes) = watcher(&watched)?;
    let later = IngestOptions { map: None, publication: None, reread: false, ..options.clone() };
    match ingest(dir, paths, options, stop, progress) {
        Ok(report) => tell(Watched::Begun(report)),
        Err(Error::Interrupted { .. }) => return Ok(()),
        Err(error) => return Err(error),
    }
    let index = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    while let Some(changed) = wait(&changes, &watched, &index, stop) {
        loop {
            let folders = folders(&changed, &watched);
            match ingest(dir, &folders, later.clone(), stop, |_| {}) {
                Ok(report) => tell(Watched::Updated(report)),
                Err(Error::Interrupted { .. }) => return Ok(()),
                // Another run takes its time; what changed waits for its turn.
                Err(Error::Locked { .. }) if !stop.load(Ordering::Relaxed) => {
                    std::thread::sleep(QUIET);
                    continue;
                }
                Err(error) => tell(Watched::Failed(error)),
            }
            break;
        }
    }
    drop(watcher);
    Ok(())
}

type Change = notify::Result<notify::Event>;

fn watcher(roots: &[PathBuf]) -> Result<(RecommendedWatcher, Receiver<Change>)> {
    let (sender, changes) = unbounded();
    let failed = |root: &Path, error: &notify::Error| {
        Error::Input(format!("cannot watch `{}`: {}", root.display(), reason(error)))
    };
    let send = move |change: Change| {
        // After the end nobody wants to know.
        let _ = sender.send(change);
    };
    let mut watcher = notify::recommended_watcher(send).map_err(|error| failed(Path::new(""), &error))?;
    for root in roots {
        // A file that is replaced is another file: its folder knows of it.
        let (place, mode) = match root.parent().filter(|_| root.is_file()) {
            Some(parent) => (parent, RecursiveMode::NonRecursive),
            None => (root.as_path(), RecursiveMode::Recursive),
        };
        watcher.watch(place, mode).map_err(|error| failed(root, &error))?;
    }
    Ok((watcher, changes))
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::Io(io) => crate::error::plain_io(io),
        notify::ErrorKind::MaxFilesWatch => "the system watches no more folders than it does".to_owned(),
        _ => "the system cannot do it".to_owned(),
    }
}

/// Waits until something has changed and it is quiet; `None` where the run is to end.
fn wait(
    changes: &Receiver<Change>,
    roots: &[PathBuf],
    index: &Path,
    stop: &AtomicBool,
) -> Option<BTreeSet<PathBuf>> {
    let mut changed = BTreeSet::new();
    let (mut first, mut last) = (Instant::now(), Instant::now());
    while !stop.load(Ordering::Relaxed) {
        match changes.recv_timeout(TICK) {
            Ok(change) => {
                let paths = changed_paths(change, roots);
                let before = changed.len();
                let concerns = |path: &PathBuf| {
                    !path.starts_with(index) && roots.iter().any(|root| path.starts_with(root))
                };
                let mut any = false;
                for path in paths.into_iter().filter(concerns) {
                    any = true;
                    changed.insert(path);
                }
                if any {
                    last = Instant::now();
                    if before == 0 {
                        first = last;
                    }
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
        if !changed.is_empty() && (last.elapsed() >= QUIET || first.elapsed() >= PATIENCE) {
            return Some(changed);
        }
    }
    None
}

/// What an event is about; all roots where the system lost count.
fn changed_paths(change: Change, roots: &[PathBuf]) -> Vec<PathBuf> {
    match change {
        Ok(event) if event.need_rescan() => roots.to_vec(),
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => Vec::new(),
        Ok(event) => event.paths,
        Err(_) => roots.to_vec(),
    }
}

/// The folders to go through: those around what changed, as far as they are there.
fn folders(changed: &BTreeSet<PathBuf>, roots: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders = BTreeSet::new();
    for path in changed {
        let Some(root) = roots.iter().find(|root| path.starts_with(root)) else { continue };
        let around = path.ancestors().skip(1).take_while(|folder| folder.starts_with(root));
        folders.insert(around.into_iter().find(|folder| folder.is_dir()).unwrap_or(root).to_owned());
    }
    if folders.len() > MANY_FOLDERS { roots.to_vec() } else { folders.into_iter().collect() }
}
