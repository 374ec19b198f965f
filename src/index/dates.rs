//! The dates of a segment's articles, as its columns hold them.

use jiff::civil::{Date, Time};
use tantivy::columnar::{Cardinality, Column};
use tantivy::{DocId, SegmentReader};

use crate::article::{ArticleDate, DatePrecision};

/// What is added to a zone's seconds east of UTC, so that none is below 0.
const ZONES_BEGIN: i64 = 86_400;

const DAY: i64 = 86_400;

/// Seconds since 1970 on the newsroom's own clock; midnight where no time is known.
pub fn date_key(day: Date, time: Option<Time>) -> i64 {
    let days = i64::from(Date::constant(1970, 1, 1).until(day).map_or(0, |span| span.get_days()));
    let seconds =
        time.map_or(0, |t| i64::from(t.hour()) * 3600 + i64::from(t.minute()) * 60 + i64::from(t.second()));
    days * 86_400 + seconds
}

/// The day of a [`date_key`].
pub fn day_of(date_key: i64) -> Option<Date> {
    let days = date_key.div_euclid(86_400);
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// How much of a date is known, as a number: the coarser, the smaller.
pub fn precision_number(precision: DatePrecision) -> u64 {
    match precision {
        DatePrecision::Year => 0,
        DatePrecision::Month => 1,
        DatePrecision::Day => 2,
        DatePrecision::Minute => 3,
        DatePrecision::Approximate => 4,
    }
}

fn precision_of(number: u64) -> DatePrecision {
    match number {
        0 => DatePrecision::Year,
        1 => DatePrecision::Month,
        2 => DatePrecision::Day,
        3 => DatePrecision::Minute,
        _ => DatePrecision::Approximate,
    }
}

/// A zone as a number of the column.
pub fn zone_number(date: &ArticleDate) -> Option<u64> {
    let seconds = date.time.and(date.offset_seconds)?;
    u64::try_from(i64::from(seconds) + ZONES_BEGIN).ok()
}

/// The dates of a segment.
pub struct Dates {
    keys: Column<i64>,
    precisions: Column<u64>,
    zones: Column<u64>,
    any_partial: bool,
}

impl Dates {
    /// Opens the columns.
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let precisions = columns.u64("date_known")?;
        let any_partial =
            precisions.num_docs() > 0 && precisions.min_value() < precision_number(DatePrecision::Day);
        Ok(Self { keys: columns.i64("date")?, precisions, zones: columns.u64("date_zone")?, any_partial })
    }

    /// Whether every article has one.
    pub fn are_all_there(&self) -> bool {
        self.keys.get_cardinality() == Cardinality::Full
    }

    /// Whether any may be known to the month or the year only.
    pub fn any_partial(&self) -> bool {
        self.any_partial
    }

    /// When the article was published, on the newsroom's own clock: see [`date_key`]. Of a month or
    /// a year it is the first moment.
    pub fn key(&self, doc: DocId) -> Option<i64> {
        self.keys.first(doc)
    }

    /// How much is known of the date.
    pub fn precision(&self, doc: DocId) -> Option<DatePrecision> {
        self.precisions.first(doc).map(precision_of)
    }

    /// Whether only its month or its year is known.
    pub fn is_partial(&self, doc: DocId) -> bool {
        self.any_partial
            && self.precisions.first(doc).is_some_and(|number| number < precision_number(DatePrecision::Day))
    }

    /// The days that the article may be of, the first and the last, in days since 1970.
    pub fn days(&self, doc: DocId) -> Option<(i64, i64)> {
        let key = self.key(doc)?;
        let day = key.div_euclid(DAY);
        if !self.is_partial(doc) {
            return Some((day, day));
        }
        let first = day_of(key)?;
        let precision = self.precision(doc)?;
        let (_, last) = ArticleDate { precision, ..ArticleDate::from_day(first) }.days();
        Some((day, day_number(last)))
    }

    /// What articles are put in order by: the moment, in seconds since 1970, where the zone is known; else
    /// the newsroom's own clock, as if it stood in Greenwich.
    pub fn moment(&self, doc: DocId) -> Option<i64> {
        let east = self.zones.first(doc).map_or(0, |zone| zone as i64 - ZONES_BEGIN);
        Some(self.key(doc)? - east)
    }
}

/// A day in days since 1970.
pub fn day_number(day: Date) -> i64 {
    date_key(day, None).div_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn date_keys_keep_the_day() {
        for day in
            [date(1851, 9, 18), date(1969, 12, 31), date(1970, 1, 1), date(2024, 2, 29), date(2025, 12, 2)]
        {
            assert_eq!(day_of(date_key(day, None)), Some(day));
            assert_eq!(day_of(date_key(day, Some(Time::constant(23, 59, 59, 0)))), Some(day));
        }
    }
}
