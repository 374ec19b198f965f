//! A finished index in as few files as it can be: one segment, nothing of removed articles in it.

use std::path::Path;

use crate::error::Result;

use super::{ArchiveWriter, Snapshot, WriterOptions, reading, writing};

/// What there was to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Optimized {
    /// Segments before.
    pub segments: usize,
    /// Removed articles that were still in them.
    pub removed: u64,
}

/// Merges all segments of the index in the folder `dir` into one, and drops what was removed from them. Where
/// there is nothing to do, nothing is written. It needs as much room again as the index takes, until it is
/// done.
///
/// # Errors
/// As [`ArchiveWriter::open`]; and where the index cannot be written.
pub fn optimize(dir: &Path) -> Result<Optimized> {
    // An index of nothing is not made; this says that there is none.
    Snapshot::open(dir)?;
    let mut writer = ArchiveWriter::open(dir, WriterOptions { threads: 1, memory: 0 })?;
    match writer.merge() {
        Ok(optimized) => writer.finish().map(|()| optimized),
        Err(error) => {
            writer.abandon();
            Err(error)
        }
    }
}

impl ArchiveWriter {
    /// Merges all segments into one; for a writer that has committed nothing, so that no merges are under
    /// way.
    pub(super) fn merge(&mut self) -> Result<Optimized> {
        let segments = self.engine.index().searchable_segment_metas();
        let segments = segments.map_err(|error| reading(self.dir(), &error))?;
        let removed = segments.iter().map(|segment| u64::from(segment.num_deleted_docs())).sum();
        let optimized = Optimized { segments: segments.len(), removed };
        if segments.len() < 2 && removed == 0 {
            return Ok(optimized);
        }
        let ids: Vec<_> = segments.iter().map(|segment| segment.id()).collect();
        // As long as they are held, the engine keeps their files.
        drop(segments);
        let merged = self.engine.merge(&ids).wait();
        merged.map_err(|error| writing(self.dir(), &error))?;
        self.sync()?;
        // What cannot be removed now is removed when the index is next opened for writing.
        let _ = self.engine.garbage_collect_files().wait();
        Ok(optimized)
    }
}
