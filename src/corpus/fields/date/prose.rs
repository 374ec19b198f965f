//! Day and time out of the tokens of a date: month names in any language, all-number dates, clocks with their
//! zones.

use jiff::civil::{Date, Time};

use super::tokens::{Kind, Token};
use super::words::{month, month_of_two_words, weekday, zone, zone_of_united_states};
use super::{Base, Clock, DayMonth, Fault, Found, YEARS, Zone, day_of, full_year, later};
use crate::article::DatePrecision;

/// The tokens from one place on, read with small questions.
struct Cursor<'t, 'a> {
    tokens: &'t [Token<'a>],
    at: usize,
}

impl<'t, 'a> Cursor<'t, 'a> {
    fn peek(&self) -> Option<&'t Token<'a>> {
        self.tokens.get(self.at)
    }

    fn take_mark(&mut self, marks: &[char]) -> Option<char> {
        match self.peek()?.kind {
            Kind::Mark(mark) if marks.contains(&mark) => {
                self.at += 1;
                Some(mark)
            }
            _ => None,
        }
    }

    fn take_number(&mut self, longest: usize) -> Option<u32> {
        let (value, digits) = self.peek()?.number()?;
        if digits > longest {
            return None;
        }
        self.at += 1;
        Some(value)
    }

    fn take_word(&mut self, words: &[&str]) -> bool {
        let found = self.peek().and_then(Token::word).is_some_and(|w| words.contains(&w));
        self.at += usize::from(found);
        found
    }
}

/// The first time of day written with `:`, `h`, am/pm or the Chinese, Japanese and Korean counters; marks its
/// tokens as used.
pub(super) fn find_time(tokens: &[Token<'_>], used: &mut [bool]) -> Option<Clock> {
    for start in 0..tokens.len() {
        if tokens.get(start).and_then(Token::number).is_none() {
            continue;
        }
        let mut cursor = Cursor { tokens, at: start };
        let Some(clock) = basic_time(&mut cursor, start).or_else(|| {
            cursor.at = start;
            clock_time(&mut cursor)
        }) else {
            continue;
        };
        for flag in used.iter_mut().take(cursor.at).skip(start) {
            *flag = true;
        }
        return Some(clock);
    }
    None
}

/// `T140500Z` or `T1405` of ISO 8601's basic format.
fn basic_time(cursor: &mut Cursor<'_, '_>, start: usize) -> Option<Clock> {
    let before = cursor.tokens.get(start.checked_sub(1)?)?;
    let (value, digits) = cursor.peek()?.number()?;
    if before.word() != Some("t") || !(digits == 4 || digits == 6) {
        return None;
    }
    cursor.at += 1;
    let (hour, minute, second) = if digits == 6 {
        (value / 10_000, value / 100 % 100, value % 100)
    } else {
        (value / 100, value % 100, 0)
    };
    skip_fraction(cursor);
    Some(clock(cursor, hour, minute, second, None))
}

fn clock_time(cursor: &mut Cursor<'_, '_>) -> Option<Clock> {
    let before = cursor.at.checked_sub(1).and_then(|i| cursor.tokens.get(i)).and_then(Token::word);
    let hour = cursor.take_number(3)?;
    let mut minute = 0;
    let mut second = 0;
    let mut sure = false;
    if cursor.take_mark(&[':']).is_some() {
        minute = cursor.take_number(2)?;
        sure = true;
        if cursor.take_mark(&[':']).is_some() {
            second = cursor.take_number(2)?;
            skip_fraction(cursor);
        }
    } else if cursor.take_mark(&['時', '时', '点', '點', '시']).is_some() {
        sure = true;
        if let Some(value) = cursor.take_number(2) {
            minute = value;
            cursor.take_mark(&['分', '분']);
            if let Some(value) = cursor.take_number(2) {
                second = value;
                cursor.take_mark(&['秒', '초']);
            }
        } else if cursor.take_word(&["半"]) {
            minute = 30;
        }
    } else if cursor.peek().is_some_and(|t| !t.spaced) && cursor.take_word(&["h"]) {
        sure = true;
        minute = cursor.take_number(2).unwrap_or(0);
        cursor.take_word(&["m", "min"]);
    } else if cursor.take_mark(&['.']).is_some() {
        minute = cursor.take_number(2)?;
    }
    let meridiem = meridiem_before(before).or_else(|| meridiem_after(cursor));
    if !sure && meridiem.is_none() && !cursor.take_word(&["uhr"]) {
        return None;
    }
    cursor.take_word(&["uhr"]);
    Some(clock(cursor, hour, minute, second, meridiem))
}

/// A time written `14.05` in what the day has left over: only Europe writes so, and only beside a whole date.
pub(super) fn find_time_after_day(tokens: &[Token<'_>], used: &[bool]) -> Option<Clock> {
    let start = tokens.windows(3).enumerate().position(|(i, w)| {
        let [hour, dot, minute] = w else { return false };
        let after = tokens.get(i + 3);
        let before = i.checked_sub(1).and_then(|i| tokens.get(i));
        hour.number().is_some_and(|(h, digits)| h < 24 && digits <= 2)
            && dot.is_mark('.')
            && minute.number().is_some_and(|(m, digits)| m < 60 && digits == 2)
            && !(dot.spaced || minute.spaced)
            && !after
                .is_some_and(|t| t.is_mark('.') && tokens.get(i + 4).is_some_and(|t| t.number().is_some()))
            && !before.is_some_and(|t| t.is_mark('.') && !hour.spaced)
            && used.get(i) == Some(&false)
    })?;
    if start < 3 {
        return None;
    }
    let mut cursor = Cursor { tokens, at: start };
    let hour = cursor.take_number(2)?;
    cursor.take_mark(&['.'])?;
    let minute = cursor.take_number(2)?;
    Some(clock(&mut cursor, hour, minute, 0, None))
}

fn skip_fraction(cursor: &mut Cursor<'_, '_>) {
    let start = cursor.at;
    if cursor.take_mark(&['.', ',']).is_none()
        || cursor.peek().is_some_and(|t| t.spaced)
        || cursor.take_number(usize::MAX).is_none()
    {
        cursor.at = start;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meridiem {
    Morning,
    Afternoon,
}

fn meridiem_before(word: Option<&str>) -> Option<Meridiem> {
    match word? {
        "오전" | "午前" | "上午" => Some(Meridiem::Morning),
        "오후" | "午後" | "下午" => Some(Meridiem::Afternoon),
        _ => None,
    }
}

/// `pm`, `p.m.`, `p. m.`.
fn meridiem_after(cursor: &mut Cursor<'_, '_>) -> Option<Meridiem> {
    let start = cursor.at;
    let word = cursor.peek()?.word()?;
    let meridiem = match word {
        "am" | "a" => Meridiem::Morning,
        "pm" | "p" => Meridiem::Afternoon,
        _ => return None,
    };
    cursor.at += 1;
    if word.len() == 1 {
        cursor.take_mark(&['.']);
        if !cursor.take_word(&["m"]) {
            cursor.at = start;
            return None;
        }
        cursor.take_mark(&['.']);
    }
    Some(meridiem)
}

fn clock(
    cursor: &mut Cursor<'_, '_>,
    hour: u32,
    minute: u32,
    second: u32,
    meridiem: Option<Meridiem>,
) -> Clock {
    let (zone, american) = take_zone(cursor);
    let hour = match (meridiem, hour) {
        (Some(Meridiem::Morning), 12) => 0,
        (Some(Meridiem::Afternoon), 1..12) => hour + 12,
        _ => hour,
    };
    let next_day = hour == 24 && minute == 0 && second == 0;
    let hour = if next_day { 0 } else { hour };
    // A leap second is the minute's last to everyone but a clockmaker.
    let second = second.min(59);
    let small = |n: u32| i8::try_from(n).unwrap_or(-1);
    Clock { time: Time::new(small(hour), small(minute), small(second), 0).ok(), next_day, zone, american }
}

/// `Z`, `+01:00`, `-0500`, `GMT+2`, `EST`, `(CET)`.
fn take_zone(cursor: &mut Cursor<'_, '_>) -> (Option<Zone>, bool) {
    let start = cursor.at;
    cursor.take_mark(&['(', ',']);
    let sign = cursor.at;
    if let Some(offset) = take_offset(cursor) {
        // `-00:00`, as dates are printed whose zone is not known (RFC 3339, 4.3).
        let mark = |at: usize, mark: char| cursor.tokens.get(at).is_some_and(|token| token.is_mark(mark));
        let is_unknown = offset == 0 && mark(sign, '-') && mark(sign + 2, ':');
        return ((!is_unknown).then_some(Zone::Fixed(offset)), false);
    }
    let Some(Token { kind: Kind::Word(name, _), .. }) = cursor.peek() else {
        cursor.at = start;
        return (None, false);
    };
    let Some(found) = zone(name) else {
        cursor.at = start;
        return (None, false);
    };
    cursor.at += 1;
    let offset = if found == Zone::Fixed(0) { take_offset(cursor) } else { None };
    (Some(offset.map_or(found, Zone::Fixed)), zone_of_united_states(name))
}

/// A signed offset in seconds; a `-` that starts a date is none.
fn take_offset(cursor: &mut Cursor<'_, '_>) -> Option<i32> {
    let start = cursor.at;
    let offset = read_offset(cursor);
    if offset.is_none() {
        cursor.at = start;
    }
    offset
}

fn read_offset(cursor: &mut Cursor<'_, '_>) -> Option<i32> {
    let sign = if cursor.take_mark(&['+', '-', '–'])? == '+' { 1 } else { -1 };
    let number = cursor.peek()?;
    if number.spaced {
        return None;
    }
    let (value, digits) = number.number()?;
    cursor.at += 1;
    let (hours, minutes) = match digits {
        4 => (value / 100, value % 100),
        1 | 2 if cursor.take_mark(&[':']).is_some() => (value, cursor.take_number(2)?),
        1 | 2 => (value, 0),
        _ => return None,
    };
    let goes_on = cursor.peek().is_some_and(|t| {
        !t.spaced
            && (t.is_mark('/') || t.is_mark('-') || (t.is_mark('.') && cursor.at + 1 < cursor.tokens.len()))
    });
    if hours > 15 || minutes > 59 || goes_on {
        return None;
    }
    Some(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?)
}

/// The day: by counters, by the month's name, by numbers alone.
pub(super) fn find_day(
    tokens: &[Token<'_>],
    used: &[bool],
    order: Option<DayMonth>,
    base: Base,
) -> Result<Found, Fault> {
    let free = Free { tokens, used };
    free.counted()
        .or_else(|| free.named(base))
        .or_else(|| free.triple(order, base))
        .or_else(|| free.eight_digits())
        .or_else(|| free.year_and_month())
        .unwrap_or(Err(Fault::NotADate))
}

/// The tokens that the time of day has left.
struct Free<'t, 'a> {
    tokens: &'t [Token<'a>],
    used: &'t [bool],
}

/// `None` where the text has no date of the kind that was looked for.
type Search = Option<Result<Found, Fault>>;

fn day(year: i16, month: u32, day: u32) -> Result<Found, Fault> {
    let small = |n: u32| i8::try_from(n).unwrap_or(-1);
    match Date::new(year, small(month), small(day)) {
        Ok(day) => Ok(Found { day, precision: DatePrecision::Day }),
        Err(_) => Err(Fault::DoesNotExist),
    }
}

fn first_of(year: i16, month: u32) -> Result<Found, Fault> {
    Ok(Found { precision: DatePrecision::Month, ..day(year, month, 1)? })
}

impl Free<'_, '_> {
    fn number(&self, at: usize) -> Option<(u32, usize)> {
        if *self.used.get(at)? { None } else { self.tokens.get(at)?.number() }
    }

    fn year(&self, at: usize) -> Option<i16> {
        let (value, digits) = self.number(at)?;
        i16::try_from(value).ok().filter(|y| digits == 4 && YEARS.contains(y))
    }

    fn mark(&self, at: usize, marks: &[char]) -> bool {
        matches!(self.tokens.get(at), Some(Token { kind: Kind::Mark(mark), .. }) if marks.contains(mark))
    }

    /// `2025年12月2日`, `2025년 12월`.
    fn counted(&self) -> Search {
        (0..self.tokens.len()).find_map(|i| {
            let year = self.year(i)?;
            if !self.mark(i + 1, &['年', '년']) {
                return None;
            }
            let (month, _) = self.number(i + 2)?;
            if !self.mark(i + 3, &['月', '월']) {
                return None;
            }
            Some(match self.number(i + 4) {
                Some((value, 1..=2)) if self.mark(i + 5, &['日', '일', '号', '號']) => {
                    day(year, month, value)
                }
                _ => first_of(year, month),
            })
        })
    }

    /// A month's name with its day and year beside it.
    fn named(&self, base: Base) -> Search {
        let mut months = (0..self.tokens.len()).filter_map(|i| {
            let word = self.tokens.get(i)?.word()?;
            let next = self.tokens.get(i + 1).and_then(Token::word);
            let single = month(word).map(|m| (i, i, m));
            single.or_else(|| month_of_two_words(word, next?).map(|m| (i, i + 1, m)))
        });
        let first = months.next()?;
        // `mar 2 dic 2025`: the Romance short name of Tuesday is another month's.
        let is_mar = |i: usize| self.tokens.get(i).and_then(Token::word) == Some("mar");
        let (start, end, month) = if is_mar(first.0) { months.next().unwrap_or(first) } else { first };
        let before = self.neighbour(start, Side::Before);
        let after = self.neighbour(end, Side::After);
        let small =
            |at: Option<usize>| at.and_then(|i| Some((i, self.number(i)?))).filter(|(_, (_, d))| *d <= 2);
        let (day_at, value) = match (small(before), small(after)) {
            (Some((i, (value, _))), _) | (None, Some((i, (value, _)))) => (i, value),
            (None, None) => {
                let year = after.and_then(|i| self.year(i)).or_else(|| before.and_then(|i| self.year(i)))?;
                return Some(first_of(year, u32::from(month)));
            }
        };
        let year = (end + 1..self.tokens.len())
            .chain((0..start).rev())
            .find_map(|i| self.year(i))
            .or_else(|| self.short_year(day_at, if day_at < start { end } else { day_at }, base));
        Some(match year {
            Some(year) => day(year, u32::from(month), value),
            None => self.without_year(u32::from(month), value, base),
        })
    }

    /// `Dec. 2` is the last one before the file's own time, if it is of the weekday that stands beside it.
    fn without_year(&self, month: u32, value: u32, base: Base) -> Result<Found, Fault> {
        // 29 February may lie as much as eight years back; a day that no year has is none.
        let exists = day(2024, month, value).is_ok();
        let today = day_of(base.time.filter(|_| exists).ok_or(if exists {
            Fault::NoYear
        } else {
            Fault::DoesNotExist
        })?);
        let latest = later(today, super::DAYS_AHEAD);
        let in_year =
            |back: i16| day(latest.year() - back, month, value).ok().filter(|found| found.day <= latest);
        let found = (0..=8).find_map(in_year).ok_or(Fault::DoesNotExist)?;
        let mut weekdays = self.tokens.iter().filter_map(|token| weekday(token.word()?));
        if weekdays.next().is_some_and(|weekday| weekday != found.day.weekday()) {
            return Err(Fault::OtherWeekday { year: found.day.year() });
        }
        Ok(Found { precision: DatePrecision::Approximate, ..found })
    }

    /// The number beside a month's name, past ordinal endings, `de`, `of` and points.
    fn neighbour(&self, at: usize, side: Side) -> Option<usize> {
        const BETWEEN: [&str; 17] = [
            "st", "nd", "rd", "th", "er", "º", "ª", "o", "de", "del", "of", "di", "da", "the", "го", "do",
            "den",
        ];
        let mut i = at;
        for _ in 0..4 {
            i = match side {
                Side::Before => i.checked_sub(1)?,
                Side::After => i + 1,
            };
            match &self.tokens.get(i)?.kind {
                Kind::Number(..) if !*self.used.get(i)? => return Some(i),
                Kind::Number(..) => return None,
                Kind::Word(_, word) if BETWEEN.contains(&word.as_str()) => {}
                Kind::Mark('.' | ',' | '-' | '/' | '–' | ' ' | '\'') => {}
                _ => return None,
            }
        }
        None
    }

    /// `26-FEB-87`, `Dec 2, '25`: two digits right behind the rest of the date.
    fn short_year(&self, day_at: usize, end: usize, base: Base) -> Option<i16> {
        let at = self.neighbour(end, Side::After).filter(|at| *at != day_at)?;
        let (value, digits) = self.number(at)?;
        let quoted = self.mark(at.checked_sub(1)?, &['\'']);
        if digits != 2 || (end == day_at && !quoted) {
            return None;
        }
        Some(full_year(i16::try_from(value).ok()?, base.latest))
    }

    /// `2025-12-02`, `2.12.2025`, `12/02/2025`, `31/02/96`.
    fn triple(&self, order: Option<DayMonth>, base: Base) -> Search {
        (0..self.tokens.len()).find_map(|i| {
            let (a, a_digits) = self.number(i)?;
            let Kind::Mark(mark @ ('/' | '.' | '-' | '–')) = self.tokens.get(i + 1)?.kind else {
                return None;
            };
            let (b, b_digits) = self.number(i + 2)?;
            let (c, c_digits) = self.number(i + 4)?;
            if !self.mark(i + 3, &[mark]) || b_digits > 2 {
                return None;
            }
            match (a_digits, c_digits) {
                (4, 1..=2) => Some(day(self.year(i)?, b, c)),
                (1..=2, 4) => Some(either_way(self.year(i + 4)?, a, b, mark, order)),
                // `25-12-02` may begin with the year.
                (1..=2, 2) if mark != '-' => {
                    Some(either_way(full_year(i16::try_from(c).ok()?, base.latest), a, b, mark, order))
                }
                _ => None,
            }
        })
    }

    /// `20251202` beside a time of day.
    fn eight_digits(&self) -> Search {
        (0..self.tokens.len()).find_map(|i| {
            let (value, digits) = self.number(i)?;
            let year = i16::try_from(value / 10_000).ok().filter(|y| digits == 8 && YEARS.contains(y))?;
            Some(day(year, value / 100 % 100, value % 100))
        })
    }

    /// `2025-12`, `12/2025`, and nothing else in the text.
    fn year_and_month(&self) -> Search {
        if self.tokens.len() != 3 || !self.mark(1, &['-', '/', '.']) {
            return None;
        }
        match (self.year(0), self.year(2)) {
            (Some(year), None) => self.number(2).filter(|(_, d)| *d <= 2).map(|(m, _)| first_of(year, m)),
            (None, Some(year)) => self.number(0).filter(|(_, d)| *d <= 2).map(|(m, _)| first_of(year, m)),
            _ => None,
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// Day and month from two numbers. Points are day-first everywhere; `/` and `-` are as ambiguous as the world
/// is.
fn either_way(year: i16, a: u32, b: u32, mark: char, order: Option<DayMonth>) -> Result<Found, Fault> {
    let order = if mark == '.' { Some(DayMonth::DayFirst) } else { order };
    match (day(year, b, a), day(year, a, b), order) {
        (Ok(day_first), Ok(month_first), None) if day_first != month_first => {
            Err(Fault::Ambiguous { day_first: day_first.day, month_first: month_first.day })
        }
        (Ok(day_first), Ok(_), Some(DayMonth::DayFirst) | None) => Ok(day_first),
        (Ok(_), Ok(month_first), Some(DayMonth::MonthFirst)) => Ok(month_first),
        (Ok(only), Err(_), _) | (Err(_), Ok(only), _) => Ok(only),
        (Err(fault), Err(_), _) => Err(fault),
    }
}
