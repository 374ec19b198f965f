//! Who writes to an index: a note beside the engine's lock. It only says who it is; the lock itself is the system's, and ends
//! with the process that holds it.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

const NAME: &str = ".newsearch-writer";

/// Says that this process writes. Where that cannot be written down, the lock holds all the same.
pub(super) fn write(dir: &Path) {
    let _ = fs::write(dir.join(NAME), format!("{} {}", std::process::id(), Timestamp::now().as_second()));
}

/// Nobody writes any more.
pub(super) fn remove(dir: &Path) {
    let _ = fs::remove_file(dir.join(NAME));
}

/// ` (process 4711, since 12:04:05)`; empty where it is not known.
pub(super) fn of(dir: &Path) -> String {
    fs::read_to_string(dir.join(NAME)).ok().and_then(|note| said(&note)).unwrap_or_default()
}

fn said(note: &str) -> Option<String> {
    let (process, since) = note.split_once(' ')?;
    let process: u32 = process.parse().ok()?;
    let since = Timestamp::from_second(since.trim_end().parse().ok()?).ok()?.to_zoned(TimeZone::system());
    let today = since.date() == Timestamp::now().to_zoned(TimeZone::system()).date();
    let since = since.strftime(if today { "%H:%M:%S" } else { "%-d %b %H:%M" });
    Some(format!(" (process {process}, since {since})"))
}
