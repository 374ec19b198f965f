//! Numbers, dates and lists in words.

use std::collections::BTreeMap;
use std::time::Duration;

use indicatif::HumanCount;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use newsearch::article::{ArticleDate, DatePrecision};
use newsearch::search::{TotalIs, Undecided};

/// `21,578`.
pub fn count(n: u64) -> String {
    HumanCount(n).to_string()
}

/// `1 article`, `21,578 articles`.
pub fn plural(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(n), if n == 1 { "" } else { "s" })
}

/// `21,578 articles`, `at least 21,578 articles`.
pub fn articles(total: u64, total_is: TotalIs) -> String {
    let all = plural(total, "article");
    match total_is {
        TotalIs::Exact => all,
        TotalIs::AtLeast => format!("at least {all}"),
        TotalIs::About => format!("about {all}"),
    }
}

/// What is said of articles that a filter by date cannot decide about, behind their number:
/// `, 2 of which may be of other days · 129 more match but have no date: --undated`.
pub fn undecided(undecided: Undecided) -> String {
    let partial = match undecided.partial {
        0 => String::new(),
        1 => ", 1 of which may be of another day (only its month or year is known)".to_owned(),
        n => format!(", {} of which may be of other days (only their month or year is known)", count(n)),
    };
    let undated = match undecided.undated {
        0 => String::new(),
        1 => " · 1 more matches but has no date: --undated".to_owned(),
        n => format!(" · {} more match but have no date: --undated", count(n)),
    };
    partial + &undated
}

/// `2 of a month or a year, 1 about`: how well dates are known, where not all are exact.
pub fn less_than_exact(partly_dated: u64, guessed: u64) -> Option<String> {
    let partial =
        (partly_dated > 0).then(|| format!("{} known to the month or the year only", count(partly_dated)));
    let guessed = (guessed > 0).then(|| format!("{} guessed", count(guessed)));
    let parts: Vec<String> = [partial, guessed].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `2 Dec 2025`.
pub fn date(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// An article's date, as precisely as it is known: `2025`, `Dec 2025`, `2 Dec 2025`, `about 2 Dec 2025`.
pub fn article_date(date: &ArticleDate) -> String {
    let format = match date.precision {
        DatePrecision::Year => "%Y",
        DatePrecision::Month => "%b %Y",
        DatePrecision::Day | DatePrecision::Minute => "%-d %b %Y",
        DatePrecision::Approximate => "about %-d %b %Y",
    };
    date.day.strftime(format).to_string()
}

/// A moment in the user's own time: `2 Dec 2025 14:05`.
pub fn moment(seconds: i64) -> String {
    match Timestamp::from_second(seconds) {
        Ok(moment) => moment.to_zoned(TimeZone::system()).strftime("%-d %b %Y %H:%M").to_string(),
        Err(_) => "at an unknown time".to_owned(),
    }
}

/// `0.4 s`, `3 min 5 s`.
pub fn seconds(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {} s", took.as_secs() / 60, took.as_secs() % 60)
    }
}

/// `1.2 MB`.
pub fn bytes(n: u64) -> String {
    indicatif::DecimalBytes(n).to_string()
}

/// `html 24 · text 45`, the commonest first, at most twelve.
pub fn list_counts(counts: &BTreeMap<String, u64>) -> String {
    const MOST: usize = 12;
    let mut sorted: Vec<(&String, &u64)> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let mut parts: Vec<String> =
        sorted.iter().take(MOST).map(|(name, n)| format!("{name} {}", count(**n))).collect();
    if sorted.len() > MOST {
        parts.push(format!("{} more", sorted.len() - MOST));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(plural(1, "article"), "1 article");
        assert_eq!(plural(21_578, "article"), "21,578 articles");
        assert_eq!(seconds(Duration::from_millis(420)), "0.4 s");
        assert_eq!(seconds(Duration::from_secs(185)), "3 min 5 s");
    }

    #[test]
    fn dates_say_no_more_than_is_known() {
        let mut day = ArticleDate::from_day(jiff::civil::date(2025, 12, 2));
        assert_eq!(article_date(&day), "2 Dec 2025");
        day.precision = DatePrecision::Month;
        assert_eq!(article_date(&day), "Dec 2025");
        day.precision = DatePrecision::Approximate;
        assert_eq!(article_date(&day), "about 2 Dec 2025");
    }
}
