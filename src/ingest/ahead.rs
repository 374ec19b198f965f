//! Walks a root in a thread of its own, ahead of what looks at the files.

use std::path::{Path, PathBuf};
use std::thread;

use crossbeam_channel::bounded;

use crate::corpus::{self, SourceFile};
use crate::error::Result;
use crate::problem::Problem;

/// Entries go from thread to thread in batches.
const BATCH: usize = 256;

/// How many batches the walk may be ahead.
const BATCHES: usize = 16;

/// Calls `take` for everything that [`corpus::walk_within`] finds beside the other roots, in its order, until
/// it fails.
pub(super) fn walk(
    top: &Path,
    base: &Path,
    others: Vec<PathBuf>,
    mut take: impl FnMut(Result<SourceFile, Problem>) -> Result<()>,
) -> Result<()> {
    let (entries_in, entries_out) = bounded::<Vec<_>>(BATCHES);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut entries = corpus::walk_within(top, base).beside(others);
            loop {
                let batch: Vec<_> = entries.by_ref().take(BATCH).collect();
                if batch.is_empty() || entries_in.send(batch).is_err() {
                    return;
                }
            }
        });
        let outcome = entries_out.iter().flatten().try_for_each(&mut take);
        // Ends the walk, where it has not come to its end.
        drop(entries_out);
        outcome
    })
}
