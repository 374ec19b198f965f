//! Who writes to an index: a note beside the engine's lock. It only says who it is; the lock itself is the
//! system's, and ends with the process that holds it.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tantivy::Directory as _;
use tantivy::directory::error::LockError;
use tantivy::directory::{DirectoryLock, INDEX_WRITER_LOCK};

use super::directory::ArchiveDirectory;
use crate::error::{Error, Result, plain_io};

/// By when the note is there, if it comes.
const SOON: Duration = Duration::from_millis(50);

const NAME: &str = ".newsearch-writer";

/// Takes the lock that a writer has, while there is none.
pub(super) fn lock(dir: &Path) -> Result<DirectoryLock> {
    let directory =
        ArchiveDirectory::open(dir).map_err(|_| Error::cannot_write(dir, "the folder cannot be opened"))?;
    directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| refused(dir, &error))
}

/// Why there is no lock to be had.
pub(super) fn refused(dir: &Path, error: &LockError) -> Error {
    match error {
        LockError::LockBusy => Error::Locked { path: dir.to_owned(), holder: of(dir) },
        LockError::IoError(io) => Error::cannot_write(dir, plain_io(io)),
    }
}

/// Says that this process writes. Where that cannot be written down, the lock holds all the same.
pub(super) fn write(dir: &Path) {
    let _ = fs::write(dir.join(NAME), format!("{} {}", std::process::id(), Timestamp::now().as_second()));
}

/// Nobody writes any more.
pub(super) fn remove(dir: &Path) {
    let _ = fs::remove_file(dir.join(NAME));
}

/// Since when another process writes to the index in this folder; `None` where none does, or it cannot be
/// told.
pub fn at_work(dir: &Path) -> Option<String> {
    let note = fs::read_to_string(dir.join(NAME)).ok()?;
    let (process, since) = note.split_once(' ')?;
    let process: u32 = process.parse().ok()?;
    (process != std::process::id() && is_alive(process)).then(|| clock(since)).flatten()
}

#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    let process = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    process.is_some_and(|process| rustix::process::test_kill_process(process).is_ok())
}

#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    false
}

/// ` (process 4711, since 12:04:05)`; empty where it is not known.
fn of(dir: &Path) -> String {
    let note = || fs::read_to_string(dir.join(NAME)).ok().and_then(|note| said(&note));
    // Whoever has just got the lock writes it down next.
    let again = || {
        thread::sleep(SOON);
        note()
    };
    note().or_else(again).unwrap_or_default()
}

fn said(note: &str) -> Option<String> {
    let (process, since) = note.split_once(' ')?;
    let process: u32 = process.parse().ok()?;
    Some(format!(" (process {process}, since {})", clock(since)?))
}

/// `12:04:05`, or with its day where that is another.
fn clock(seconds: &str) -> Option<String> {
    let since = Timestamp::from_second(seconds.trim_end().parse().ok()?).ok()?.to_zoned(TimeZone::system());
    let today = since.date() == Timestamp::now().to_zoned(TimeZone::system()).date();
    Some(since.strftime(if today { "%H:%M:%S" } else { "%-d %b %H:%M" }).to_string())
}
