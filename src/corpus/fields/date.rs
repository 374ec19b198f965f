//! Dates as newsrooms and machines write them → [`ArticleDate`]. One reading or an error: a date is never
//! guessed where two are possible, and nothing here looks at the clock; what "2 days ago" is counted from,
//! and what is in the future, the caller says.

mod possible;
mod prose;
mod relative;
mod tokens;
mod words;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use thiserror::Error;

use crate::article::{ArticleDate, DatePrecision};

/// A date field longer than this (bytes) holds something else.
const LONGEST: usize = 240;

/// The years that an article can be from: the first newspapers to the end of the next century.
pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 1600..=2199;

/// How far past the latest moment an article may be dated: time zones, and tomorrow's paper printed tonight.
const DAYS_AHEAD: i64 = 2;

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// There is no text.
    #[error("the date is empty")]
    Empty,
    /// The text holds no date that could be told.
    #[error("`{0}` is not a date")]
    NotADate(String),
    /// It is written like a date, but the calendar has no such day.
    #[error("date `{0}` does not exist")]
    DoesNotExist(String),
    /// Day and month could be either way round, and nothing says which.
    #[error("date `{text}` is ambiguous: {day_first} or {month_first}")]
    Ambiguous {
        /// The text.
        text: String,
        /// The reading with the day in front.
        day_first: Date,
        /// The reading with the month in front.
        month_first: Date,
    },
    /// It lies more than two days after the latest moment that it can be of.
    #[error("date `{0}` is in the future")]
    Future(String),
    /// It is counted from a moment that is not known.
    #[error("date `{0}` is relative, and the file's own time is not known, or that of the files beside it")]
    NoBase(String),
    /// It has no year, and what could say which one is not known.
    #[error("date `{0}` has no year, and the file's own time is not known, or that of the files beside it")]
    NoYear(String),
    /// It has no year, and in the one that would follow from the file's own time it is another day of the
    /// week.
    #[error(
        "date `{text}` has no year, and in {year}, the year of the file's own time, it is another weekday"
    )]
    OtherWeekday {
        /// The text.
        text: String,
        /// The year that does not fit.
        year: i16,
    },
}

/// What a date is read against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Base {
    /// The file's own time: what relative dates are counted from.
    pub time: Option<Timestamp>,
    /// Nothing is dated later (but for two days' grace).
    pub latest: Option<Timestamp>,
}

impl From<Option<Timestamp>> for Base {
    /// A moment that is both.
    fn from(moment: Option<Timestamp>) -> Self {
        Self { time: moment, latest: moment }
    }
}

/// Which of day and month stands first in an all-number date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayMonth {
    /// `25/12/2025`, as most of the world writes it.
    DayFirst,
    /// `12/25/2025`, as the United States write it.
    MonthFirst,
}

impl DayMonth {
    /// What a declared language says about it (`en-US`, `de`, `pt_BR`); plain `en` says nothing.
    pub fn of_language(tag: &str) -> Option<Self> {
        let tag = tag.trim().replace('_', "-").to_ascii_lowercase();
        let mut parts = tag.split('-');
        match (parts.next()?, parts.next_back()) {
            ("" | "en", None) => None,
            ("en", Some("us" | "ph")) => Some(Self::MonthFirst),
            ("en", Some("ca")) => None,
            _ => Some(Self::DayFirst),
        }
    }

    /// What the all-number dates of a text show: `25/12/2025` can only be day-first. `None` where there are
    /// none or both.
    pub fn shown_in(text: &str) -> Option<Self> {
        let mut orders = Orders::default();
        orders.add(text.as_bytes());
        orders.one()
    }
}

/// The orders that all-number dates show.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    day_first: bool,
    month_first: bool,
}

impl Orders {
    /// Adds what a text shows, in any encoding that has ASCII.
    pub fn add(&mut self, bytes: &[u8]) {
        let number = |at: usize| {
            let digits = bytes.get(at..)?.iter().take_while(|b| b.is_ascii_digit()).count();
            let value = std::str::from_utf8(bytes.get(at..at + digits)?).ok()?.parse::<u32>().ok()?;
            Some((value, at + digits)).filter(|_| (1..=2).contains(&digits))
        };
        for slash in memchr::memchr_iter(b'/', bytes) {
            let before = bytes.get(..slash).unwrap_or_default();
            let start = before.iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |at| at + 1);
            let Some((first, _)) = number(start) else { continue };
            let Some((second, end)) = number(slash + 1) else { continue };
            let year = bytes.get(end + 1..end + 5).is_some_and(|y| y.iter().all(u8::is_ascii_digit));
            if bytes.get(end) == Some(&b'/') && year {
                self.day_first |= matches!((first, second), (13..=31, 1..=12));
                self.month_first |= matches!((first, second), (1..=12, 13..=31));
            }
        }
    }

    pub fn are_both(&self) -> bool {
        self.day_first && self.month_first
    }

    /// The one that is shown, where it is one.
    pub fn one(&self) -> Option<DayMonth> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DayMonth::DayFirst),
            (false, true) => Some(DayMonth::MonthFirst),
            _ => None,
        }
    }
}

/// Reads a publication date in any of the shapes that files hold.
///
/// # Errors
/// [`DateError`] where the text is no date, a date that does not exist, one of two possible days, or one in
/// the future.
pub fn parse(text: &str, base: impl Into<Base>) -> Result<ArticleDate, DateError> {
    parse_with(text, base, None)
}

/// [`parse`], with what is known about the order of day and month in dates like `03/04/2025`.
///
/// # Errors
/// As [`parse`].
pub fn parse_with(
    text: &str,
    base: impl Into<Base>,
    order: Option<DayMonth>,
) -> Result<ArticleDate, DateError> {
    Reading { order, whole: false }.read(text, base.into())
}

/// Reads a line that is nothing but a date: labels, weekdays and times may stand in it, any other word may
/// not.
pub(crate) fn parse_line(text: &str, base: impl Into<Base>) -> Result<ArticleDate, DateError> {
    if possible::is_no_date(text) {
        return Err(DateError::NotADate(shown(text)));
    }
    Reading { order: None, whole: true }.read(text, base.into())
}

/// Whether a line is a date and nothing else, if need be one that only its file's own time could settle.
pub(crate) fn is_line(text: &str) -> bool {
    if text.len() > LONGEST || possible::is_no_date(text) {
        return false;
    }
    let read = Reading { order: None, whole: true }.read_cleaned(&tokens::clean(text), Base::default());
    matches!(read, Ok(_) | Err(Fault::NoBase | Fault::NoYear | Fault::Ambiguous { .. }))
}

/// Whether a word, in lower case and without accents, names a month, in full or cut short.
pub(crate) fn is_month(folded: &str) -> bool {
    words::month(folded).is_some()
}

/// How a text is to be read.
struct Reading {
    order: Option<DayMonth>,
    /// Every word must belong to the date.
    whole: bool,
}

/// What the parts of the date say, before zone and base are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    day: Date,
    precision: DatePrecision,
}

/// A time of day with its zone, as found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    /// `None` where the time is written but impossible (`25:61`): the day is still good.
    time: Option<Time>,
    /// `24:00`, which is the next day's first minute.
    next_day: bool,
    zone: Option<Zone>,
    /// The zone is one that only the United States and Canada have.
    american: bool,
}

/// What a zone name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// Seconds east of UTC.
    Fixed(i32),
    /// `ET` and kin: the United States' zone of this standard offset, daylight saving by the day.
    UnitedStates(i32),
}

/// What goes wrong below, before the text is put into the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    NotADate,
    DoesNotExist,
    Ambiguous { day_first: Date, month_first: Date },
    NoBase,
    NoYear,
    OtherWeekday { year: i16 },
}

impl Reading {
    fn read(&self, text: &str, base: Base) -> Result<ArticleDate, DateError> {
        if text.len() > LONGEST {
            return Err(DateError::NotADate(shown(text)));
        }
        let cleaned = tokens::clean(text);
        if cleaned.is_empty() {
            return Err(DateError::Empty);
        }
        let date = self.read_cleaned(&cleaned, base).map_err(|fault| fault.of(text))?;
        if base.latest.is_some_and(|latest| date.day > later(day_of(latest), DAYS_AHEAD)) {
            return Err(DateError::Future(shown(text)));
        }
        Ok(date)
    }

    fn read_cleaned(&self, cleaned: &str, base: Base) -> Result<ArticleDate, Fault> {
        if let Some(found) = bare_number(cleaned) {
            return found;
        }
        let all = tokens::split(cleaned);
        let tokens = words::published_part(&all);
        if self.whole && !possible::all_belong_to_a_date(tokens) {
            return Err(Fault::NotADate);
        }
        if let Some(ago) = relative::find(cleaned, tokens) {
            return relative::resolve(ago, tokens, base.time.ok_or(Fault::NoBase)?);
        }
        let mut used = vec![false; tokens.len()];
        let clock = prose::find_time(tokens, &mut used);
        let american = clock.is_some_and(|c| c.american);
        let order = self.order.or(american.then_some(DayMonth::MonthFirst));
        let found = prose::find_day(tokens, &used, order, base)?;
        let clock = clock.or_else(|| prose::find_time_after_day(tokens, &used));
        Ok(join(found, clock))
    }
}

/// Dates that are one number: epoch seconds or milliseconds, `20251202140500`, `20251202`, `870324`,
/// `198702`, `2025`.
fn bare_number(text: &str) -> Option<Result<ArticleDate, Fault>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || whole.len() > 14 {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    if !fraction.is_empty() && !(9..=10).contains(&whole.len()) {
        return None;
    }
    let part = |from: usize, to: usize| whole.get(from..to).and_then(|p| p.parse::<i8>().ok()).unwrap_or(-1);
    let year = || whole.get(..4).and_then(|y| y.parse::<i16>().ok()).filter(|y| YEARS.contains(y));
    let day = || year().and_then(|y| Date::new(y, part(4, 6), part(6, 8)).ok());
    let only_day = |day: Date| ArticleDate::from_day(day);
    let date = match whole.len() {
        14 | 12 => match day() {
            Some(day) => {
                let second = if whole.len() == 14 { part(12, 14) } else { 0 };
                let clock = Clock {
                    time: Time::new(part(8, 10), part(10, 12), second, 0).ok(),
                    next_day: false,
                    zone: None,
                    american: false,
                };
                Some(join(Found { day, precision: DatePrecision::Day }, Some(clock)))
            }
            None if whole.len() == 12 => of_epoch(number / 1000),
            None => return Some(Err(Fault::DoesNotExist)),
        },
        13 => of_epoch(number / 1000),
        9 | 10 => of_epoch(number),
        8 => match (year(), day()) {
            (_, Some(day)) => Some(only_day(day)),
            (Some(_), None) => return Some(Err(Fault::DoesNotExist)),
            _ => None,
        },
        6 => return Some(six_digits(whole).ok_or(Fault::NotADate)),
        4 => year()
            .and_then(|y| Date::new(y, 1, 1).ok())
            .map(|day| ArticleDate { precision: DatePrecision::Year, ..only_day(day) }),
        _ => None,
    };
    Some(date.ok_or(Fault::NotADate))
}

/// `198702` (year, month) or `870324` (year of the century, month, day), where only one of the two is a date.
fn six_digits(text: &str) -> Option<ArticleDate> {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|p| p.parse::<i16>().ok());
    let small = |from: usize, to: usize| text.get(from..to).and_then(|p| p.parse::<i8>().ok());
    let month = number(0, 4)
        .filter(|y| YEARS.contains(y))
        .and_then(|y| Date::new(y, small(4, 6)?, 1).ok())
        .map(|day| ArticleDate { precision: DatePrecision::Month, ..ArticleDate::from_day(day) });
    let day = Date::new(full_year(number(0, 2)?, None), small(2, 4)?, small(4, 6)?).ok();
    match (month, day) {
        (Some(month), None) => Some(month),
        (None, Some(day)) => Some(ArticleDate::from_day(day)),
        _ => None,
    }
}

fn of_epoch(seconds: i64) -> Option<ArticleDate> {
    let moment = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC);
    Some(ArticleDate {
        day: moment.date(),
        time: Some(moment.time()),
        offset_seconds: Some(0),
        precision: DatePrecision::Minute,
    })
}

/// Day and clock → the date. A midnight without a zone is how machines write that they know only the day.
fn join(found: Found, clock: Option<Clock>) -> ArticleDate {
    let plain = ArticleDate { precision: found.precision, ..ArticleDate::from_day(found.day) };
    let Some(Clock { time: Some(time), next_day, zone, .. }) = clock else {
        return plain;
    };
    if !matches!(found.precision, DatePrecision::Day | DatePrecision::Approximate)
        || (zone.is_none() && time == Time::midnight() && !next_day)
    {
        return plain;
    }
    let day = if next_day { later(found.day, 1) } else { found.day };
    let precision = match found.precision {
        DatePrecision::Approximate => DatePrecision::Approximate,
        _ => DatePrecision::Minute,
    };
    let offset_seconds = zone.map(|zone| match zone {
        Zone::Fixed(seconds) => seconds,
        Zone::UnitedStates(seconds) if united_states_summer(day) => seconds + 3600,
        Zone::UnitedStates(seconds) => seconds,
    });
    ArticleDate { day, time: Some(time), offset_seconds, precision }
}

/// Whether the United States have daylight saving on this day (15 U.S.C. §260a, as it stood in 1967, 1987 and
/// 2007).
fn united_states_summer(day: Date) -> bool {
    let from_first = |month: i8, nth: i8| {
        let first = day.with().month(month).day(1).build().unwrap_or(day);
        let to_sunday = (7 - first.weekday().to_sunday_zero_offset()) % 7;
        later(first, i64::from(to_sunday + 7 * (nth - 1)))
    };
    let last_sunday = |month: i8| {
        let last = day.with().month(month).day(1).build().unwrap_or(day).last_of_month();
        later(last, -i64::from(last.weekday().to_sunday_zero_offset()))
    };
    let (start, end) = match day.year() {
        2007.. => (from_first(3, 2), from_first(11, 1)),
        1987..2007 => (from_first(4, 1), last_sunday(10)),
        1967..1987 => (last_sunday(4), last_sunday(10)),
        _ => return false,
    };
    start <= day && day < end
}

/// A year of two digits: the latest that is not in the future, else by the POSIX pivot (69 → 1969, 68 →
/// 2068).
fn full_year(two_digits: i16, latest: Option<Timestamp>) -> i16 {
    match latest {
        Some(latest) => {
            let latest = later(day_of(latest), DAYS_AHEAD).year();
            let year = latest - latest.rem_euclid(100) + two_digits;
            if year > latest { year - 100 } else { year }
        }
        None if two_digits < 69 => 2000 + two_digits,
        None => 1900 + two_digits,
    }
}

fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

fn later(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::SignedDuration::from_hours(24 * days))
}

impl Fault {
    fn of(self, text: &str) -> DateError {
        let text = shown(text);
        match self {
            Self::NotADate => DateError::NotADate(text),
            Self::DoesNotExist => DateError::DoesNotExist(text),
            Self::Ambiguous { day_first, month_first } => {
                DateError::Ambiguous { text, day_first, month_first }
            }
            Self::NoBase => DateError::NoBase(text),
            Self::NoYear => DateError::NoYear(text),
            Self::OtherWeekday { year } => DateError::OtherWeekday { text, year },
        }
    }
}

/// The text as a message shows it: one line, no control characters, 60 characters at the most.
fn shown(text: &str) -> String {
    let mut out: String = text.trim().chars().filter(|c| !c.is_control()).take(61).collect();
    if out.chars().count() > 60 {
        out.pop();
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests;
