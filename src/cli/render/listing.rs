//! Names, with how many articles and when: for people, as a table and for programs.

use std::borrow::Cow;
use std::io::Write;

use newsearch::search::SearchResponse;
use newsearch::search::facets::{Facet, FacetBy, FacetValue};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::super::outcome::Failure;
use super::super::terminal::{Terminal, clean};
use super::json::Head;
use super::words::{articles, count, date, plural, undecided};
use super::{csv, json};

/// A name with the names that may be shorter forms of it.
pub struct Entry<'a> {
    /// The name.
    pub value: &'a FacetValue,
    /// What may be other forms of it.
    pub perhaps: Vec<&'a FacetValue>,
}

pub fn to_text(
    out: &mut impl Write,
    response: &SearchResponse,
    by: FacetBy,
    (without, names, read_as): (u64, usize, &str),
    shown: &[Entry<'_>],
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let names = plural(names as u64, by.as_str());
    let without = match without {
        0 => String::new(),
        n => format!(", {} without", count(n)),
    };
    let total = articles(response.total, response.total_is);
    let heading =
        format!("{names} of {total}{without}{} · read as: {}", undecided(response.undecided), clean(read_as));
    writeln!(out, "{}{}{}", styles.faint, terminal.fill(&heading, 0), styles.reset)?;
    let number = shown.iter().map(|entry| count(entry.value.articles).width()).max().unwrap_or(0);
    let name = shown.iter().map(|entry| clean(&entry.value.value).width()).max().unwrap_or(0);
    let name = name.min(terminal.width().saturating_sub(number + 32).max(20));
    for Entry { value, perhaps } in shown {
        let (articles, shown_name) = (count(value.articles), clean(&value.value));
        let pad = name.saturating_sub(shown_name.width());
        let line = format!(
            "{articles:>number$}  {}{shown_name}{}{:pad$}  {}",
            styles.headline,
            styles.reset,
            "",
            days(value)
        );
        writeln!(out, "{}", line.trim_end())?;
        if !perhaps.is_empty() {
            let forms: Vec<String> = perhaps
                .iter()
                .map(|form| format!("{} {}", clean(&form.value), count(form.articles)))
                .collect();
            let indent = number + 4;
            let line =
                terminal.fill(&format!("{:indent$}perhaps also: {}", "", forms.join(" · ")), indent + 2);
            writeln!(out, "{}{line}{}", styles.faint, styles.reset)?;
        }
    }
    Ok(())
}

/// `2 Mar 2024 to 3 Dec 2025`.
fn days(value: &FacetValue) -> String {
    match value.days {
        Some((first, last)) if first == last => date(first),
        Some((first, last)) => format!("{} to {}", date(first), date(last)),
        None => String::new(),
    }
}

pub fn to_csv(out: &mut impl Write, by: FacetBy, shown: &[Entry<'_>]) -> Result<(), Failure> {
    csv::row(out, [by.as_str(), "articles", "first_day", "last_day", "perhaps"].map(Cow::Borrowed))?;
    let mut row = |value: &FacetValue, perhaps: &str| {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let articles = value.articles.to_string();
        let (first, last) = (day(value.days.map(|days| days.0)), day(value.days.map(|days| days.1)));
        csv::row(out, [&value.value, &articles, &first, &last, perhaps].map(Cow::Borrowed))
    };
    for Entry { value, perhaps } in shown {
        row(value, "")?;
        perhaps.iter().try_for_each(|form| row(form, &value.value))?;
    }
    Ok(())
}

/// One object.
pub fn to_json(
    out: &mut impl Write,
    head: Head<'_>,
    facet: &Facet,
    names: usize,
    shown: &[Entry<'_>],
) -> Result<(), Failure> {
    let value = ListJson {
        head,
        by: facet.by.as_str(),
        without: facet.without,
        names,
        values: shown.iter().map(ValueJson::of).collect(),
    };
    json::object(out, &value)
}

#[derive(Serialize)]
struct ListJson<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    by: &'static str,
    without: u64,
    names: usize,
    values: Vec<ValueJson<'a>>,
}

/// A name, and what may be other forms of it.
#[derive(Serialize)]
struct ValueJson<'a> {
    value: &'a str,
    articles: u64,
    first_day: Option<String>,
    last_day: Option<String>,
    perhaps: Vec<ValueJson<'a>>,
}

impl<'a> ValueJson<'a> {
    fn of(entry: &Entry<'a>) -> Self {
        Self {
            perhaps: entry.perhaps.iter().map(|value| Self::new(value)).collect(),
            ..Self::new(entry.value)
        }
    }

    fn new(value: &'a FacetValue) -> Self {
        Self {
            value: &value.value,
            articles: value.articles,
            first_day: value.days.map(|(first, _)| first.to_string()),
            last_day: value.days.map(|(_, last)| last.to_string()),
            perhaps: Vec::new(),
        }
    }
}
