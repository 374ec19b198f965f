//! Whether a file's time says when its text was written down. Many are set by a tool that knew of none: at the beginning of the
//! epoch or of a year, all members of an archive at once, or past the present.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;

/// Before this year no text was filed that a disk of today keeps the time of; clocks that were never set begin there.
const FIRST_YEAR: i16 = 1990;

/// How far a disk's clock may be ahead of ours.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// So many members of one archive must have the same time for it to be none of theirs.
const FEW: usize = 3;

/// Whether a time is one at which something was written.
pub(super) fn says_when(time: Timestamp, now: Option<Timestamp>) -> bool {
    let at = time.to_zoned(TimeZone::UTC).datetime();
    let begins_a_year = at == at.date().first_of_year().at(0, 0, 0, 0);
    at.year() >= FIRST_YEAR
        && !begins_a_year
        && now.is_none_or(|now| time <= now.saturating_add(AHEAD).unwrap_or(now))
}

/// The time that most of an archive's members have: when it was packed, or what the packer wrote for no time.
pub(super) fn shared(times: impl Iterator<Item = Option<Timestamp>>) -> Option<Timestamp> {
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
    fn a_time_that_most_members_share_is_none_of_theirs() {
        let of = |seconds: &[i64]| shared(seconds.iter().map(|s| Timestamp::from_second(*s).ok()));
        assert_eq!(of(&[9, 9, 9, 7, 8]), Timestamp::from_second(9).ok());
        assert_eq!(of(&[9, 9, 9, 6, 7, 8]), None);
        assert_eq!(of(&[9, 9]), None);
        assert_eq!(of(&[]), None);
    }
}
