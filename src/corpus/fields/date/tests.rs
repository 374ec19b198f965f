#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use proptest::prelude::*;

/// The file's own time in these tests: Friday, 5 December 2025, noon UTC.
fn base() -> Option<Timestamp> {
    Some("2025-12-05T12:00:00Z".parse().unwrap())
}

fn read(text: &str) -> String {
    match parse(text, base()) {
        Ok(date) => format!("{date} {}", date.precision.as_str()),
        Err(error) => format!("error: {error}"),
    }
}

#[track_caller]
fn all_read_as(expected: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(read(text), expected, "{text:?}");
    }
}

#[test]
fn machine_dates() {
    all_read_as(
        "2025-12-02T14:05:00Z minute",
        &[
            "2025-12-02T14:05:00Z",
            "2025-12-02T14:05Z",
            "2025-12-02 14:05:00 UTC",
            "2025-12-02T14:05:00.123Z",
            "2025-12-02t14:05:00z",
            "20251202T140500Z",
            "20251202T1405Z",
            "Tue, 02 Dec 2025 14:05:00 GMT",
            "Tue, 02 Dec 2025 14:05:00 +0000 (UTC)",
            "1764684300",
            "1764684300000",
            "1764684300.5",
        ],
    );
    all_read_as(
        "2025-12-02T14:05:00+01:00 minute",
        &[
            "2025-12-02T14:05:00+01:00",
            "2025-12-02T14:05:00+0100",
            "20251202T140500+0100",
            "2025-12-02 14:05+01",
        ],
    );
    all_read_as(
        "2025-12-02T14:05:00-00:00 minute",
        &["2025-12-02T14:05:00", "2025-12-02T14:05:00-00:00", "20251202140500", "202512021405"],
    );
    all_read_as(
        "2025-12-02T14:05:00-05:00 minute",
        &["Tue, 2 Dec 2025 14:05:00 -0500", "Tue Dec  2 14:05:00 EST 2025"],
    );
    all_read_as(
        "2025-12-02 day",
        &["2025-12-02", "20251202", "2025/12/02", "2025.12.2", "2025-12-02T00:00:00", "251202"],
    );
    all_read_as(
        "2025-12 month",
        &["2025-12", "12/2025", "202512", "December 2025", "décembre 2025", "2025年12月"],
    );
    all_read_as("2025 year", &["2025"]);
    all_read_as("2025-12-03T00:00:00Z minute", &["2025-12-02T24:00:00Z"]);
    all_read_as("2025-12-02T23:59:59Z minute", &["2025-12-02T23:59:60Z"]);
}

#[test]
fn wire_dates_with_odd_spacing_and_control_characters() {
    all_read_as(
        "1987-02-26T15:01:01-00:00 minute",
        &[
            "26-FEB-1987 15:01:01.79",
            " 26-FEB-1987  15:01:01.79\t\t\tF",
            "26-FEB-1987 15:01:01.79\u{9}\u{9}\u{9}E RM\u{3}",
            "26-feb-87 15:01:01",
        ],
    );
    // An impossible time of day does not cost the day.
    all_read_as("1987-10-19 day", &["19-OCT-1987 115:47:00.10", "19-OCT-1987 25:61"]);
}

#[test]
fn english_prose() {
    all_read_as(
        "2025-12-02 day",
        &[
            "December 2, 2025",
            "2 December 2025",
            "Dec. 2, 2025",
            "Dec 2 2025",
            "DEC. 2, 2025",
            "2nd December, 2025",
            "the 2nd of December 2025",
            "Tuesday, December 2nd, 2025",
            "Published: Dec. 2, 2025",
            "Updated December 2, 2025",
            "Published Dec. 2, 2025 | Updated Dec. 4, 2025",
            "Updated Dec. 4, 2025; first published Dec. 2, 2025",
            "Dec 2, '25",
            "\u{200e}December\u{a0}2, 2025",
        ],
    );
    all_read_as("2025-09-03 day", &["Sept. 3, 2025", "3 Sept 2025", "September 3, 2025"]);
    all_read_as(
        "2025-12-02T14:05:00-05:00 minute",
        &[
            "Dec. 2, 2025, 2:05 p.m. EST",
            "December 2, 2025 at 2:05 PM EST",
            "2:05pm EST, December 2, 2025",
            "Dec 2, 2025 2:05 p.m. ET",
        ],
    );
    all_read_as(
        "2025-07-02T14:05:00-04:00 minute",
        &["July 2, 2025, 2:05 p.m. ET", "July 2, 2025 14:05 EDT"],
    );
    all_read_as("1980-01-02T00:30:00-05:00 minute", &["Jan. 2, 1980, 12:30 a.m. ET"]);
    all_read_as("2025-12-02T14:05:00Z minute", &["Tuesday, 2 December 2025 14:05 GMT"]);
    all_read_as(
        "2025-12-02T14:05:00+02:00 minute",
        &["2 December 2025 14:05 GMT+2", "2 December 2025, 14:05 (EET)"],
    );
    all_read_as("2025-12-02T14:00:00-00:00 minute", &["2 December 2025, 2 p.m.", "2 December 2025, 2pm"]);
}

#[test]
fn months_in_the_languages_of_news() {
    all_read_as(
        "2025-12-02 day",
        &[
            "2 décembre 2025",
            "2. Dezember 2025",
            "2 de diciembre de 2025",
            "mar 2 dic 2025",
            "2 dicembre 2025",
            "2 de dezembro de 2025",
            "2 december 2025",
            "2. desember 2025",
            "2. december 2025",
            "2. joulukuuta 2025",
            "2 grudnia 2025",
            "2. prosince 2025",
            "2 Aralık 2025",
            "2 декабря 2025 г.",
            "2 грудня 2025",
            "2025年12月2日",
            "2025年12月2日（火）",
            "2025년 12월 2일",
            "2025. 12. 2.",
            "٢ ديسمبر ٢٠٢٥",
            "2 كانون الأول 2025",
            "2 Desember 2025",
            "Selasa, 2 Desember 2025",
        ],
    );
    all_read_as(
        "2025-03-01 day",
        &["1er mars 2025", "1 März 2025", "1. března 2025", "1 Mart 2025", "1 марта 2025"],
    );
    all_read_as(
        "2025-05-01 day",
        &["1 мая 2025", "1 mai 2025", "1 maja 2025", "1 Mei 2025", "May 1, 2025", "1 Mayıs 2025"],
    );
    all_read_as(
        "2025-08-01 day",
        &["1 août 2025", "1 Ağustos 2025", "1 de agosto de 2025", "1 أغسطس 2025", "1 ago 2025"],
    );
    all_read_as(
        "2025-12-02T14:05:00-00:00 minute",
        &[
            "2. Dezember 2025, 14:05 Uhr",
            "2. Dezember 2025, 14.05 Uhr",
            "2 décembre 2025 à 14h05",
            "2.12.2025 14.05",
            "2. desember 2025 kl. 14.05",
            "2025年12月2日 14時5分",
            "2025年12月2日 午後2時5分",
            "2025.12.02 오후 2:05",
            "입력 2025.12.02 14:05",
        ],
    );
}

#[test]
fn all_number_dates() {
    all_read_as(
        "2025-11-25 day",
        &["25/11/2025", "25.11.2025", "11/25/2025", "25-11-2025", "25.11.25", "25/11/25"],
    );
    all_read_as("2025-04-03 day", &["3.4.2025", "03.04.2025"]);
    all_read_as("2025-03-03 day", &["03/03/2025"]);
    all_read_as("1996-01-31 day", &["31/01/96"]);
}

#[test]
fn day_and_month_are_never_guessed() {
    assert_eq!(read("03/04/2025"), "error: date `03/04/2025` is ambiguous: 2025-04-03 or 2025-03-04");
    let with = |order| parse_with("03/04/2025", base(), Some(order)).unwrap().to_string();
    assert_eq!(with(DayMonth::DayFirst), "2025-04-03");
    assert_eq!(with(DayMonth::MonthFirst), "2025-03-04");
    // A zone of the United States says how the date is written.
    assert_eq!(read("03/04/2025 2:05 PM EST"), "2025-03-04T14:05:00-05:00 minute");
    assert_eq!(DayMonth::of_language("en-US"), Some(DayMonth::MonthFirst));
    assert_eq!(DayMonth::of_language("en_GB"), Some(DayMonth::DayFirst));
    assert_eq!(DayMonth::of_language("de"), Some(DayMonth::DayFirst));
    assert_eq!(DayMonth::of_language("en"), None);
    assert_eq!(DayMonth::shown_in("25/12/2025"), Some(DayMonth::DayFirst));
    assert_eq!(DayMonth::shown_in("12/25/2025 14:05"), Some(DayMonth::MonthFirst));
    assert_eq!(DayMonth::shown_in("03/04/2025"), None);
    assert_eq!(DayMonth::shown_in("2025-12-25"), None);
    assert_eq!(DayMonth::shown_in("3/4/2025, 25/12/2025 and 12/25/2025"), None);
    assert_eq!(
        DayMonth::shown_in("x 03/04/2025, 31/1/2025 and /files/13/12/20251"),
        Some(DayMonth::DayFirst)
    );
}

#[test]
fn relative_dates_are_counted_from_the_base_and_approximate() {
    all_read_as(
        "2025-12-03 approximate",
        &[
            "2 days ago",
            "last update: 2 days ago",
            "two days ago",
            "vor 2 Tagen",
            "il y a 2 jours",
            "hace 2 días",
            "2 giorni fa",
            "há 2 dias",
            "2 dagen geleden",
            "för 2 dagar sedan",
            "2 dni temu",
            "před 2 dny",
            "2 gün önce",
            "2 дня назад",
            "2天前",
            "2 日前",
            "2일 전",
            "2 hari yang lalu",
            "منذ 2 ايام",
        ],
    );
    all_read_as(
        "2025-12-05T11:00:00Z approximate",
        &["an hour ago", "1h ago", "vor einer Stunde", "1時間前", "60 min ago"],
    );
    all_read_as("2025-12-05T09:55:00Z approximate", &["125 minutes ago"]);
    all_read_as("2025-12-04 approximate", &["yesterday", "Gestern", "hier", "昨日", "어제", "вчера"]);
    all_read_as("2025-12-04T14:05:00-00:00 approximate", &["Yesterday, 2:05 p.m."]);
    all_read_as("2025-12-05 approximate", &["today", "Aujourd'hui", "heute"]);
    all_read_as("2025-11-28 approximate", &["a week ago", "1 week ago"]);
    all_read_as("2025-10-05 approximate", &["2 months ago"]);
    all_read_as("2024-12-05 approximate", &["a year ago"]);
    // A day without its year is the last one.
    all_read_as("2025-09-03 approximate", &["Sept. 3"]);
    all_read_as("2024-12-25 approximate", &["25 December"]);
    all_read_as("2024-02-29 approximate", &["29 February"]);
    assert_eq!(
        parse("2 days ago", None).unwrap_err().to_string(),
        "date `2 days ago` is relative, and the file's own time is not known, or that of the files beside it"
    );
}

#[test]
fn what_is_no_date_says_so() {
    assert_eq!(read(""), "error: the date is empty");
    assert_eq!(read(" \u{3}\t"), "error: the date is empty");
    for text in [
        "12",
        "0",
        "20251",
        "garbage",
        "May",
        "Monday",
        "14:05",
        "3.14",
        "5 min read",
        "1,234",
        "--",
        "99999999999999999",
    ] {
        assert_eq!(read(text), format!("error: `{text}` is not a date"));
    }
    for text in ["31/02/96", "2025-02-30", "30 February 2025", "20251301", "2025年13月1日", "1987-00-01"] {
        assert_eq!(read(text), format!("error: date `{text}` does not exist"));
    }
    assert!(parse(&"1 December 2025 ".repeat(100), None).is_err());
}

#[test]
fn nothing_is_dated_in_the_future() {
    assert_eq!(read("2025-12-07"), "2025-12-07 day");
    assert_eq!(read("2026-01-01"), "error: date `2026-01-01` is in the future");
    assert_eq!(parse("2026-01-01", None).unwrap().to_string(), "2026-01-01");
    // What has no time of its own is bounded all the same; what is told relatively to it is not known.
    let latest = Base { time: None, latest: base() };
    let read = |text| parse(text, latest).map(|date| date.to_string()).map_err(|error| error.to_string());
    assert_eq!(read("2026-01-01"), Err("date `2026-01-01` is in the future".to_string()));
    assert_eq!(read("13/05/96"), Ok("1996-05-13".to_string()));
    assert!(read("2 days ago").unwrap_err().contains("the file's own time is not known"));
}

#[test]
fn a_line_is_a_date_only_if_nothing_else_stands_in_it() {
    for line in [
        "Published: 2 December 2025, 14:05 GMT",
        "Last update: 2 days ago",
        "Tuesday, 2. Dezember 2025",
        "Dec 2, 2025",
    ] {
        assert!(parse_line(line, base()).is_ok(), "{line}");
    }
    for line in
        ["The flood of December 2, 2025 took the bridge", "Two days ago the mayor resigned", "Dec 2, 2025?"]
    {
        assert!(parse_line(line, base()).is_err(), "{line}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}") {
        let _ = parse(&text, base());
        let _ = parse_line(&text, None);
    }

    #[test]
    fn no_date_like_text_makes_it_panic(text in "([0-9]{1,5}|[-/.:, T+]|pm|ago|Dec|mar|days|vor|年|月|日|EST|Z|an){0,12}") {
        let _ = parse(&text, base());
        let _ = parse(&text, None);
    }

    #[test]
    fn what_is_written_is_read_back(days in 0i64..150_000, minutes in 1i64..1440) {
        let day = later(Date::constant(1700, 1, 1), days);
        let text = format!("{day}T{:02}:{:02}:00+01:00", minutes / 60, minutes % 60);
        prop_assert_eq!(parse(&text, None).unwrap().to_string(), text);
        let spoken = day.strftime("%A, %-d %B %Y").to_string();
        prop_assert_eq!(parse(&spoken, None).unwrap(), ArticleDate::from_day(day));
    }
}

#[test]
fn a_weekday_decides_whether_the_year_of_the_file_is_meant() {
    // Saved on 5 June 2020; 1 March was a Sunday then, 2 June a Tuesday.
    let saved: Option<Timestamp> = Some("2020-06-05T12:00:00Z".parse().unwrap());
    let read = |text: &str| parse(text, saved).map(|date| (date.to_string(), date.precision));
    for text in [
        "Sunday, 1 March",
        "1 March",
        "Sun 1 Mar",
        "dimanche 1er mars",
        "domingo, 1 de marzo",
        "Sonntag, 1. März",
        "воскресенье, 1 марта",
    ] {
        assert_eq!(read(text), Ok(("2020-03-01".to_owned(), DatePrecision::Approximate)), "{text}");
    }
    for text in ["Tuesday, 1 March", "Tue 1 Mar", "mardi 1er mars", "martes, 1 de marzo", "Dienstag, 1. März"]
    {
        let error = read(text).unwrap_err();
        assert_eq!(error, DateError::OtherWeekday { text: text.to_owned(), year: 2020 });
    }
    assert!(parse("Tuesday, 1 March", None).unwrap_err().to_string().contains("has no year"));
    assert!(parse("Tuesday, 32 March", None).unwrap_err().to_string().contains("does not exist"));
    // Where the year is there, it counts.
    assert_eq!(read("Tuesday, 1 March 2005"), Ok(("2005-03-01".to_owned(), DatePrecision::Day)));
}
