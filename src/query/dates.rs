//! Days and periods as people write them in a query: `2025-12`, `last week`, `3 months ago`,
//! `2025-11..2026-01`. A text with two readings is refused with both of them; nothing is guessed, and no
//! article is read here.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::analysis::fold::fold;

use super::ast::DateRange;

/// The first and the last day of the period that `text` names, seen from `today`.
///
/// Read are years, quarters, months, ISO 8601 weeks and days in digits (`2025`, `2025-Q3`, `2025-12`,
/// `2025-W05`, `2025-12-02`, `20251202`, `1990s`), with month names (`2 december 2025`, `dec 2025`), and
/// words (`today`, `yesterday`, `last week`, `past 7 days`, `3 months ago`, `monday`); `_` stands for a
/// space. A week runs from Monday to Sunday; `last week` is the one before this one, `past week` the seven
/// days up to today.
///
/// # Errors
/// A message for people where the text is no date, names a day that does not exist, or can mean two different
/// days.
pub fn parse_day_range(text: &str, today: Date) -> Result<(Date, Date), String> {
    let lowered = text.trim().replace(['_', ','], " ").to_lowercase();
    let shown = text.trim();
    if lowered.is_empty() {
        return Err("no date given: write a year, a month or a day, like `2025-12-02`".to_owned());
    }
    let date_part = without_time(&lowered);
    let read = [digits, in_words, with_month_name]
        .iter()
        .find_map(|reader| reader(date_part, today))
        .unwrap_or(Err(Unreadable::NotADate));
    read.map_err(|why| why.message(shown))
}

/// The days from one period to another: `2025-11..2026-01`, `2025-11 TO 2026-01`, `2025-11..`, or one period
/// alone.
///
/// # Errors
/// As [`parse_day_range`], and where the range runs backwards or has no end at all.
pub fn parse_date_range(text: &str, today: Date) -> Result<DateRange, String> {
    let text = text.trim();
    let Some((from, to)) = split_range(text) else {
        let (from, to) = parse_day_range(text, today)?;
        return Ok(DateRange { from: Some(from), to: Some(to) });
    };
    let end = |text: &str| match text.trim() {
        "" | "*" => Ok(None),
        text => parse_day_range(text, today).map(Some),
    };
    let (from, to) = (end(from)?.map(|(first, _)| first), end(to)?.map(|(_, last)| last));
    match (from, to) {
        (None, None) => Err(format!("date range `{text}` has no end: write `2025-11..2026-01`")),
        (Some(from), Some(to)) if from > to => Err(format!("date range `{text}` runs backwards")),
        _ => Ok(DateRange { from, to }),
    }
}

/// The two ends of a range, where the text is one.
fn split_range(text: &str) -> Option<(&str, &str)> {
    for separator in ["...", "..", "…", " TO ", " to "] {
        if let Some(ends) = text.split_once(separator) {
            return Some(ends);
        }
    }
    if let Some(from) = text.strip_suffix(" TO") {
        return Some((from, ""));
    }
    // Between dashes that no date holds, and between two years, months or days in digits only.
    for dash in ['–', '—'] {
        if let Some(ends) = text.split_once(dash) {
            return Some(ends);
        }
    }
    let (from, to) = text.split_once('-')?;
    let (one, other) = (from.trim(), to.trim());
    let is_compact =
        |text: &str| matches!(text.len(), 4 | 6 | 8) && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_compact(one) && is_compact(other) && (one.len() == other.len())).then_some((from, to))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Why a text is not one period.
enum Unreadable {
    NotADate,
    NoSuchDay,
    TwoReadings(Date, Date),
    ShortYear,
    NoYear,
}

impl Unreadable {
    fn message(&self, shown: &str) -> String {
        match self {
            Self::NotADate => {
                format!("date `{shown}` cannot be read: write it like `2025`, `2025-12` or `2025-12-02`")
            }
            Self::NoSuchDay => format!("date `{shown}` does not exist"),
            Self::TwoReadings(one, other) => {
                format!("date `{shown}` can be read in two ways: write `{one}` or `{other}`")
            }
            Self::ShortYear => {
                format!("date `{shown}` has a year of two digits: write all four, like `1996-12-25`")
            }
            Self::NoYear => {
                format!("date `{shown}` has no year: write it like `2025-12` or `2 december 2025`")
            }
        }
    }
}

type Period = Result<(Date, Date), Unreadable>;

/// The text without a time of day (`2025-12-02t14:05`), which no period needs.
fn without_time(text: &str) -> &str {
    let is_day = text.len() > 11
        && text.bytes().take(10).enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    match (is_day, text.get(10..11), text.as_bytes().get(11)) {
        (true, Some("t" | " "), Some(b'0'..=b'9')) => text.get(..10).unwrap_or(text),
        _ => text,
    }
}

/// Periods in digits alone, and quarters, weeks and decades. `None` where the text is of another kind.
fn digits(text: &str, _today: Date) -> Option<Period> {
    if let Some(decade) = text.strip_suffix("0s").filter(|decade| decade.len() == 3) {
        let first = decade.parse::<i16>().ok()? * 10;
        return Some(years(first, first + 9));
    }
    if let Some(period) = quarter_or_week(text) {
        return Some(period);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let is_number =
        |part: &&str| !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(is_number) {
        return None;
    }
    let number = |part: &str| part.parse::<i32>().unwrap_or(0);
    let period = match *parts.as_slice() {
        [year] if year.len() == 4 => years(number(year) as i16, number(year) as i16),
        [month] if month.len() == 6 => one_month(number(month) / 100, number(month) % 100),
        [day] if day.len() == 8 => one_day(number(day) / 10_000, number(day) / 100 % 100, number(day) % 100),
        [year, month] if year.len() == 4 && month.len() <= 2 => one_month(number(year), number(month)),
        [month, year] if year.len() == 4 && month.len() <= 2 => one_month(number(year), number(month)),
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            one_day(number(year), number(month), number(day))
        }
        [first, second, year] if year.len() == 4 && first.len() <= 2 && second.len() <= 2 => {
            // Dots are written by those who put the day first.
            if text.contains('.') {
                return Some(one_day(number(year), number(second), number(first)));
            }
            day_or_month_first(number(year), number(first), number(second))
        }
        [first, second, third] if first.len().max(second.len()).max(third.len()) == 2 => {
            Err(Unreadable::ShortYear)
        }
        _ => Err(Unreadable::NotADate),
    };
    Some(period)
}

fn day_or_month_first(year: i32, first: i32, second: i32) -> Period {
    match (one_day(year, second, first), one_day(year, first, second)) {
        (Ok((one, _)), Ok((other, _))) if one != other => Err(Unreadable::TwoReadings(one, other)),
        (Ok(day), _) | (_, Ok(day)) => Ok(day),
        (Err(why), Err(_)) => Err(why),
    }
}

/// `2025-q3`, `2025q3`, `q3 2025`, and ISO 8601 weeks: `2025-w05`.
fn quarter_or_week(text: &str) -> Option<Period> {
    let (year, rest) = match text.strip_prefix('q') {
        Some(quarter) => {
            let (quarter, year) = quarter.split_once([' ', '-', '/'])?;
            (year, format!("q{quarter}"))
        }
        None => {
            let year = text.get(..4)?;
            (year, text.get(4..)?.trim_start_matches(['-', ' ', '/']).to_owned())
        }
    };
    let year = Some(year).filter(|year| is_year(year))?.parse::<i16>().ok()?;
    let number = rest.get(1..)?.parse::<i8>().ok()?;
    match rest.as_bytes().first()? {
        b'q' if (1..=4).contains(&number) => {
            let first = Date::new(year, number * 3 - 2, 1).ok()?;
            let last = Date::new(year, number * 3, 1).ok()?.last_of_month();
            Some(Ok((first, last)))
        }
        b'w' => Some(
            jiff::civil::ISOWeekDate::new(year, number, Weekday::Monday)
                .map_err(|_| Unreadable::NoSuchDay)
                .and_then(|monday| week_of(monday.date())),
        ),
        b'q' => Some(Err(Unreadable::NoSuchDay)),
        _ => None,
    }
}

fn years(first: i16, last: i16) -> Period {
    match (Date::new(first, 1, 1), Date::new(last, 12, 31)) {
        (Ok(from), Ok(to)) if first > 0 => Ok((from, to)),
        _ => Err(Unreadable::NoSuchDay),
    }
}

fn one_month(year: i32, month: i32) -> Period {
    let (first, _) = one_day(year, month, 1)?;
    Ok((first, first.last_of_month()))
}

fn one_day(year: i32, month: i32, day: i32) -> Period {
    let date =
        || Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    date().filter(|date| date.year() > 0).map(|date| (date, date)).ok_or(Unreadable::NoSuchDay)
}

fn week_of(day: Date) -> Period {
    let monday = back(day, i64::from(day.weekday().to_monday_zero_offset()).days())?;
    let sunday = monday.checked_add(6.days()).map_err(|_| Unreadable::NoSuchDay)?;
    Ok((monday, sunday))
}

fn back(day: Date, span: Span) -> Result<Date, Unreadable> {
    day.checked_sub(span).ok().filter(|day| day.year() > 0).ok_or(Unreadable::NoSuchDay)
}

/// `today`, `last week`, `past 7 days`, `3 months ago`, `monday`. `None` where the text is of another kind.
fn in_words(text: &str, today: Date) -> Option<Period> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let days_back = |days: i64| back(today, days.days()).map(|day| (day, day));
    Some(match *words.as_slice() {
        ["today" | "now"] => Ok((today, today)),
        ["yesterday"] => days_back(1),
        ["this", unit] => Unit::from_word(unit)?.containing(today),
        ["last" | "previous", unit] if Unit::from_word(unit).is_some() => {
            let unit = Unit::from_word(unit)?;
            back(today, unit.times(1)).and_then(|day| unit.containing(day))
        }
        ["past", unit] => back(today, Unit::from_word(unit)?.times(1)).map(|from| (from, today)),
        ["last" | "past", count, unit] => {
            back(today, Unit::from_word(unit)?.times(count_of(count)?)).map(|from| (from, today))
        }
        [count, unit, "ago"] => {
            back(today, Unit::from_word(unit)?.times(count_of(count)?)).map(|day| (day, day))
        }
        [weekday] | ["last", weekday] => {
            let weekday = weekday_of(weekday)?;
            let since = i64::from(weekday.until(today.weekday()));
            days_back(if since == 0 { 7 } else { since })
        }
        _ => return None,
    })
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    fn from_word(word: &str) -> Option<Unit> {
        Some(match word {
            "day" | "days" => Self::Day,
            "week" | "weeks" => Self::Week,
            "month" | "months" => Self::Month,
            "year" | "years" => Self::Year,
            _ => return None,
        })
    }

    fn times(self, count: u16) -> Span {
        let count = i64::from(count);
        match self {
            Self::Day => count.days(),
            Self::Week => count.weeks(),
            Self::Month => count.months(),
            Self::Year => count.years(),
        }
    }

    fn containing(self, day: Date) -> Period {
        match self {
            Self::Day => Ok((day, day)),
            Self::Week => week_of(day),
            Self::Month => Ok((day.first_of_month(), day.last_of_month())),
            Self::Year => Ok((day.first_of_year(), day.last_of_year())),
        }
    }
}

/// A count in digits (up to 9,999) or in words (up to twelve).
fn count_of(word: &str) -> Option<u16> {
    const WORDS: &[&str] =
        &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    if let Some(at) = WORDS.iter().position(|name| *name == word) {
        return u16::try_from(at + 1).ok();
    }
    let is_count = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_count.then(|| word.parse().ok()).flatten()
}

fn weekday_of(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// `december 2025`, `2 dec. 2025`, `december 2nd 2025`, `26-feb-1987`, `10 de marzo de 2025`. `None` where no
/// month is named.
fn with_month_name(text: &str, _today: Date) -> Option<Period> {
    let is_small = |word: &str| {
        matches!(word, "of" | "the" | "de" | "del" | "di" | "den" | "der" | "am" | "le" | "el" | "il")
    };
    let words: Vec<&str> =
        text.split([' ', '-', '.', '/']).filter(|word| !word.is_empty() && !is_small(word)).collect();
    let month = words.iter().find_map(|word| month_of(word))?;
    let number = |word: &str| word.parse::<i32>().unwrap_or(0);
    Some(match *words.as_slice() {
        [_] => Err(Unreadable::NoYear),
        [name, year] | [year, name] if is_year(year) && month_of(name).is_some() => {
            one_month(number(year), month)
        }
        [name, day] | [day, name] if month_of(name).is_some() && day_number(day).is_some() => {
            Err(Unreadable::NoYear)
        }
        [name, day, year] | [day, name, year] | [year, name, day]
            if is_year(year) && month_of(name).is_some() && day_number(day).is_some() =>
        {
            one_day(number(year), month, day_number(day)?)
        }
        [name, day, year] | [day, name, year]
            if month_of(name).is_some() && day_number(day).is_some() && day_number(year).is_some() =>
        {
            Err(Unreadable::ShortYear)
        }
        _ => return None,
    })
}

/// The months' names in other languages, in full and as they are usually cut, without accents.
const OTHER_MONTHS: [&[&str]; 12] = [
    &[
        "januar",
        "janner",
        "januari",
        "janvier",
        "janv",
        "enero",
        "ene",
        "gennaio",
        "gen",
        "janeiro",
        "января",
        "январь",
    ],
    &[
        "februar",
        "feber",
        "februari",
        "fevrier",
        "fevr",
        "febrero",
        "febbraio",
        "fevereiro",
        "fev",
        "февраля",
        "февраль",
    ],
    &["marz", "maerz", "mrz", "mars", "marts", "marzo", "marco", "maart", "mrt", "марта", "март"],
    &["avril", "avr", "abril", "abr", "aprile", "апреля", "апрель"],
    &["mai", "maj", "mei", "mayo", "maggio", "mag", "maio", "мая", "май"],
    &["juni", "juin", "junio", "giugno", "giu", "junho", "июня", "июнь"],
    &["juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "июля", "июль"],
    &["augusti", "augustus", "aout", "agosto", "ago", "августа", "август"],
    &["septembre", "septiembre", "setiembre", "settembre", "setembro", "set", "сентября", "сентябрь"],
    &["oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "октября", "октябрь"],
    &["novembre", "noviembre", "novembro", "ноября", "ноябрь"],
    &["dezember", "dez", "decembre", "diciembre", "dic", "dicembre", "dezembro", "декабря", "декабрь"],
];

/// The names of [`OTHER_MONTHS`] and the places of their months.
static OTHER_MONTHS_FOLDED: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let of_month =
        |(at, names): (usize, &&[&str])| names.iter().map(move |name| (fold(name), at)).collect::<Vec<_>>();
    OTHER_MONTHS.iter().enumerate().flat_map(of_month).collect()
});

/// A month's English name, whole or cut to three letters or more, or its name in another language.
fn month_of(word: &str) -> Option<i32> {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let other = || OTHER_MONTHS_FOLDED.get(fold(word).as_str()).copied();
    let at = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(word)).or_else(other)?;
    i32::try_from(at + 1).ok()
}

/// A day's number of one or two digits, with or without `st`, `nd`, `rd`, `th`, `er`.
fn day_number(word: &str) -> Option<i32> {
    let digits = ["st", "nd", "rd", "th", "er", "º", "°", "."]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word);
    let is_day = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_day.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    /// A Wednesday.
    const TODAY: Date = jiff::civil::date(2026, 3, 11);

    fn read(text: &str) -> String {
        match parse_day_range(text, TODAY) {
            Ok((from, to)) if from == to => from.to_string(),
            Ok((from, to)) => format!("{from}..{to}"),
            Err(message) => message,
        }
    }

    #[test]
    fn a_partial_date_is_its_whole_period() {
        for (text, period) in [
            ("2025", "2025-01-01..2025-12-31"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2025-2", "2025-02-01..2025-02-28"),
            ("2025-12-02", "2025-12-02"),
            ("2025/12/02", "2025-12-02"),
            ("2025.12.2", "2025-12-02"),
            ("20251202", "2025-12-02"),
            ("202512", "2025-12-01..2025-12-31"),
            ("12/2025", "2025-12-01..2025-12-31"),
            ("2025-12-02T14:05:00Z", "2025-12-02"),
            ("2025-12-02 14:05", "2025-12-02"),
            ("1990s", "1990-01-01..1999-12-31"),
            ("2025-Q3", "2025-07-01..2025-09-30"),
            ("2025q4", "2025-10-01..2025-12-31"),
            ("Q1 2025", "2025-01-01..2025-03-31"),
            ("2026-W01", "2025-12-29..2026-01-04"),
            ("0800", "0800-01-01..0800-12-31"),
        ] {
            assert_eq!(read(text), period, "{text}");
        }
    }

    #[test]
    fn month_names_are_read() {
        for (text, period) in [
            ("December 2025", "2025-12-01..2025-12-31"),
            ("dec 2025", "2025-12-01..2025-12-31"),
            ("sept. 2025", "2025-09-01..2025-09-30"),
            ("2 december 2025", "2025-12-02"),
            ("December 2nd, 2025", "2025-12-02"),
            ("26-FEB-1987", "1987-02-26"),
            ("1st of may 2025", "2025-05-01"),
            ("2_dec_2025", "2025-12-02"),
        ] {
            assert_eq!(read(text), period, "{text}");
        }
    }

    #[test]
    fn words_are_read_from_today() {
        for (text, period) in [
            ("today", "2026-03-11"),
            ("Yesterday", "2026-03-10"),
            ("this_week", "2026-03-09..2026-03-15"),
            ("last_week", "2026-03-02..2026-03-08"),
            ("last week", "2026-03-02..2026-03-08"),
            ("past week", "2026-03-04..2026-03-11"),
            ("last month", "2026-02-01..2026-02-28"),
            ("this month", "2026-03-01..2026-03-31"),
            ("last year", "2025-01-01..2025-12-31"),
            ("last 7 days", "2026-03-04..2026-03-11"),
            ("past two months", "2026-01-11..2026-03-11"),
            ("3 months ago", "2025-12-11"),
            ("a year ago", "2025-03-11"),
            ("wednesday", "2026-03-04"),
            ("last tuesday", "2026-03-10"),
            ("thursday", "2026-03-05"),
        ] {
            assert_eq!(read(text), period, "{text}");
        }
    }

    #[test]
    fn slashes_are_read_only_where_they_have_one_reading() {
        assert_eq!(
            read("03/04/2025"),
            "date `03/04/2025` can be read in two ways: write `2025-04-03` or `2025-03-04`"
        );
        assert_eq!(
            read("3-4-2025"),
            "date `3-4-2025` can be read in two ways: write `2025-04-03` or `2025-03-04`"
        );
        assert_eq!(read("25/12/2025"), "2025-12-25");
        assert_eq!(read("12/25/2025"), "2025-12-25");
        assert_eq!(read("04/04/2025"), "2025-04-04");
        assert_eq!(read("03.04.2025"), "2025-04-03");
    }

    #[test]
    fn what_is_no_date_says_why() {
        for (text, message) in [
            ("2025-02-30", "date `2025-02-30` does not exist"),
            ("31/02/1996", "date `31/02/1996` does not exist"),
            ("2025-13", "date `2025-13` does not exist"),
            ("2025-Q7", "date `2025-Q7` does not exist"),
            ("2025-W60", "date `2025-W60` does not exist"),
            ("0000", "date `0000` does not exist"),
            ("25/12/96", "date `25/12/96` has a year of two digits: write all four, like `1996-12-25`"),
            ("2 dec 96", "date `2 dec 96` has a year of two digits: write all four, like `1996-12-25`"),
            ("december", "date `december` has no year: write it like `2025-12` or `2 december 2025`"),
            ("12", "date `12` cannot be read: write it like `2025`, `2025-12` or `2025-12-02`"),
            ("soon", "date `soon` cannot be read: write it like `2025`, `2025-12` or `2025-12-02`"),
            (
                "99999999 days ago",
                "date `99999999 days ago` cannot be read: write it like `2025`, `2025-12` or `2025-12-02`",
            ),
            ("9999 years ago", "date `9999 years ago` does not exist"),
            ("", "no date given: write a year, a month or a day, like `2025-12-02`"),
        ] {
            assert_eq!(read(text), message, "{text}");
        }
    }

    #[test]
    fn ranges_take_both_ends_whole() {
        let range = |text: &str| match parse_date_range(text, TODAY) {
            Ok(DateRange { from, to }) => {
                let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                format!("{}..{}", day(from), day(to))
            }
            Err(message) => message,
        };
        for (text, days) in [
            ("2025-11..2026-01", "2025-11-01..2026-01-31"),
            ("2025-11...2026-01", "2025-11-01..2026-01-31"),
            ("2025-11…2026-01", "2025-11-01..2026-01-31"),
            ("2025-11–2026-01", "2025-11-01..2026-01-31"),
            ("2025-01-01 TO 2025-02-01", "2025-01-01..2025-02-01"),
            ("december 2025 to yesterday", "2025-12-01..2026-03-10"),
            ("1990-1999", "1990-01-01..1999-12-31"),
            ("2025..", "2025-01-01.."),
            ("..2025", "..2025-12-31"),
            ("* TO 2025", "..2025-12-31"),
            ("2025", "2025-01-01..2025-12-31"),
            ("..", "date range `..` has no end: write `2025-11..2026-01`"),
            ("2026..2025", "date range `2026..2025` runs backwards"),
            ("2025-11..12", "date `12` cannot be read: write it like `2025`, `2025-12` or `2025-12-02`"),
        ] {
            assert_eq!(range(text), days, "{text}");
        }
    }
}
