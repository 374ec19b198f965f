//! Whether a file's time says when its text was written down. Many are set by a tool that knew of none: at
//! the beginning of the epoch or of a year, all members of an archive at once, or past the present.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;

/// Before this year no text was filed that a disk of today keeps the time of; clocks that were never set
/// begin there.
const FIRST_YEAR: i16 = 1990;

/// How far a disk's clock may be ahead of ours.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// So many members of one archive, or files of one folder, must have the same time for it to be none of
/// theirs.
const FEW: usize = 3;

/// So long lies between the first and the last file of a folder that came to be at once: by a copy, a
/// download or a restored backup.
const AT_ONCE: SignedDuration = SignedDuration::from_mins(10);

/// The times of the files of a folder, with the folder's own.
type Folder = (PathBuf, Option<SystemTime>, Vec<Timestamp>);

/// Whether `time` is the one that the disk has for the file, and others beside it have nearly the same.
pub(crate) fn is_of_many(path: &Path, time: Timestamp) -> bool {
    // Folders are asked one after the other.
    static LAST: Mutex<Option<Folder>> = Mutex::new(None);
    let own = |metadata: &Metadata| metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
    if path.metadata().ok().as_ref().and_then(own) != Some(time) {
        return false;
    }
    let Some(folder) = path.parent() else { return false };
    let changed = folder.metadata().and_then(|metadata| metadata.modified()).ok();
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if last.as_ref().is_none_or(|(last, at, _)| last != folder || *at != changed) {
        let entries = folder.read_dir().into_iter().flatten().flatten();
        let files = entries.filter_map(|entry| entry.path().metadata().ok()).filter(Metadata::is_file);
        *last = Some((folder.to_owned(), changed, files.filter_map(|file| own(&file)).collect()));
    }
    let times = last.as_ref().map(|(.., times)| times.as_slice()).unwrap_or_default();
    times.iter().filter(|other| other.duration_since(time).abs() <= AT_ONCE).count() >= FEW
}

/// Whether a time is one at which something was written.
pub(crate) fn says_when(time: Timestamp, now: Option<Timestamp>) -> bool {
    let at = time.to_zoned(TimeZone::UTC).datetime();
    let begins_a_year = at == at.date().first_of_year().at(0, 0, 0, 0);
    at.year() >= FIRST_YEAR
        && !begins_a_year
        && now.is_none_or(|now| time <= now.saturating_add(AHEAD).unwrap_or(now))
}

/// The time that most of an archive's members have: when it was packed, or what the packer wrote for no time.
pub(crate) fn shared(times: impl Iterator<Item = Option<Timestamp>>) -> Option<Timestamp> {
    let (mut counts, mut all) = (FxHashMap::default(), 0);
    for time in times {
        all += 1;
        if let Some(time) = time {
            *counts.entry(time.as_second()).or_insert(0) += 1;
        }
    }
    let (time, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    Timestamp::from_second(time).ok().filter(|_| count >= FEW && count * 2 > all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_that_was_only_set_says_nothing() {
        let now = Some(at("2026-01-05T12:00:00Z"));
        for time in ["2025-12-02T14:05:00Z", "1996-05-01T00:00:00Z", "2026-01-06T02:00:00Z"] {
            assert!(says_when(at(time), now), "{time}");
        }
        for time in [
            "1970-01-01T00:00:00Z",
            "1969-12-31T19:00:00Z",
            "1980-01-01T00:00:00Z",
            "1980-01-01T05:12:00Z",
            "1985-10-26T08:15:00Z",
            "2001-01-01T00:00:00Z",
            "2026-01-07T02:00:00Z",
            "2107-12-31T23:59:58Z",
        ] {
            assert!(!says_when(at(time), now), "{time}");
        }
    }

    #[test]
    fn a_time_that_files_of_a_folder_share_is_none_of_theirs() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, seconds: i64| {
            let path = folder.path().join(name);
            let file = std::fs::File::create(&path).unwrap();
            let time = Timestamp::from_second(seconds).unwrap();
            file.set_modified(time.into()).unwrap();
            is_of_many(&path, time)
        };
        assert!(!file("a.txt", 1_700_000_000));
        assert!(!file("b.txt", 1_700_000_300));
        assert!(file("c.txt", 1_700_000_500));
        assert!(!file("d.txt", 1_700_009_000));
        // An archive's member has a time of its own.
        assert!(!is_of_many(&folder.path().join("c.txt"), at("2020-01-02T03:04:05Z")));
        assert!(!is_of_many(&folder.path().join("none.txt"), at("2020-01-02T03:04:05Z")));
    }

    #[test]
    fn a_time_that_most_members_share_is_none_of_theirs() {
        let of = |seconds: &[i64]| shared(seconds.iter().map(|s| Timestamp::from_second(*s).ok()));
        assert_eq!(of(&[9, 9, 9, 7, 8]), Timestamp::from_second(9).ok());
        assert_eq!(of(&[9, 9, 9, 6, 7, 8]), None);
        assert_eq!(of(&[9, 9]), None);
        assert_eq!(of(&[]), None);
    }
}
