//! The whole index anew, beside the old one; that answers until the new one is complete.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use crate::error::{Error, Result};
use crate::index::{ArchiveWriter, Rebuild};

use super::{Event, IngestOptions, Report, fill, roots};

/// Reads all roots that the index in the folder `dir` knows, and `paths`, into a new index that takes its
/// place. The old one may be of another version or damaged; whatever stops the run, it stays.
///
/// # Errors
/// As [`ingest`](super::ingest); and where no path is given and the old index does not say what it was made
/// of.
pub fn rebuild(
    dir: &Path,
    paths: &[PathBuf],
    options: IngestOptions,
    stop: &AtomicBool,
    mut progress: impl FnMut(Event),
) -> Result<Report> {
    let start = Instant::now();
    let paths = roots::absolute(paths)?;
    if paths.is_empty() && !dir.exists() {
        return Err(Error::NoIndex(dir.to_owned()));
    }
    let place = Rebuild::begin(dir)?;
    match build(&place, &paths, &options, stop, &mut progress) {
        Ok(mut report) => {
            place.finish()?;
            report.took = start.elapsed();
            Ok(report)
        }
        Err(error) => {
            place.abandon();
            Err(error)
        }
    }
}

fn build(
    place: &Rebuild,
    paths: &[PathBuf],
    options: &IngestOptions,
    stop: &AtomicBool,
    progress: &mut impl FnMut(Event),
) -> Result<Report> {
    let known = place.known();
    let mut all: Vec<PathBuf> = known.roots.values().map(|root| root.path.clone()).collect();
    all.extend_from_slice(paths);
    if all.is_empty() {
        let message = "no folder given, and the old index does not say what it was made of";
        return Err(Error::Input(message.to_owned()));
    }
    let all = roots::absolute(&all)?;
    let mut writer = ArchiveWriter::open(place.beside(), options.writer)?;
    writer.begin_with(known);
    match fill(&mut writer, place.dir(), &all, options, stop, progress) {
        Ok(report) => writer.finish().map(|()| report),
        Err(error) => {
            writer.abandon();
            Err(error)
        }
    }
}
