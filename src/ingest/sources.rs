//! Whether files still hold what was read from them: a sample, read again.

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::corpus;
use crate::index::manifest::{FileEntry, Manifest};

/// Larger files are only looked at, not read.
const LARGEST: u64 = 256 << 20;

/// What a sample of the files is like now.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Files in the index.
    pub files: usize,
    /// Of these, files that were looked at.
    pub sampled: usize,
    /// Files that are not there any more.
    pub gone: Vec<PathBuf>,
    /// Files that have another size or time: the next run reads them.
    pub changed: Vec<PathBuf>,
    /// Files that hold something else, although size and time say that they do not: no run would notice.
    pub differing: Vec<PathBuf>,
}

/// Looks at up to `most` of the manifest's files, other ones each time, and reads them again.
pub fn check_sources(manifest: &Manifest, most: usize) -> Sources {
    let mut sources = Sources { files: manifest.files.len(), ..Sources::default() };
    let step = sources.files.div_ceil(most.max(1)).max(1);
    let first = usize::try_from(Timestamp::now().as_second()).unwrap_or(0) % step;
    for ((root, path), entry) in manifest.files.iter().skip(first).step_by(step) {
        let Some(root) = manifest.roots.get(root) else { continue };
        let path = if root.path.is_file() { root.path.clone() } else { root.path.join(corpus::file(path)) };
        sources.sampled += 1;
        match fs::metadata(&path) {
            Err(_) => sources.gone.push(path),
            Ok(now) if is_changed(&now, entry) => sources.changed.push(path),
            Ok(_) if entry.size > LARGEST => {}
            Ok(_) => {
                let now = entry.hash.and_then(|_| corpus::content_hash(&path).ok());
                if now.is_some() && now != entry.hash {
                    sources.differing.push(path);
                }
            }
        }
    }
    sources
}

fn is_changed(now: &fs::Metadata, entry: &FileEntry) -> bool {
    now.len() != entry.size || corpus::modified(now).map_or(0, Timestamp::as_nanosecond) != entry.modified
}
