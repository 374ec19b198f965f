//! `newsearch authors`, `sections` and `publications`: who wrote, under what and where, with how many articles and when.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use newsearch::index::Snapshot;
use newsearch::search::bylines::fullest_forms;
use newsearch::search::facets::{self, Facet, FacetBy, FacetValue};
use newsearch::search::{self, SearchRequest, SearchResponse};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::arguments::{ListArguments, ListFormat};
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::json::Head;
use super::render::words::{articles, count, date, plural, undecided};
use super::render::{csv, json};
use super::terminal::{Terminal, clean};
use super::{ask, nothing, pager};

/// A name with the names that may be shorter forms of it.
struct Entry<'a> {
    value: &'a FacetValue,
    perhaps: Vec<&'a FacetValue>,
}

pub fn run(arguments: &ListArguments, by: FacetBy, dir: &Path, terminal: &Terminal) -> CommandResult {
    let asked = ask::ask(&arguments.asked, None, terminal)?;
    let snapshot = Snapshot::open(dir)?;
    let request = SearchRequest { limit: 0, ..asked.request.clone() };
    let response = search::search(&snapshot, &request)?;
    response.remarks.iter().try_for_each(|remark| ask::warn(remark, terminal))?;
    let nothing = nothing::explain(&snapshot, &request, response.total)?;
    let facet = facets::names(&snapshot, &request, by)?;
    let entries = entries(&facet);
    let most = if arguments.limit == 0 { entries.len() } else { arguments.limit };
    let shown = entries.len().min(most);
    let shown = entries.get(..shown).unwrap_or_default();
    let format = if arguments.json { ListFormat::Json } else { arguments.format };
    let read_as = asked.read_as();
    let mut out = pager::output(format == ListFormat::Text, terminal);
    match format {
        ListFormat::Text => {
            let about = (facet.without, entries.len(), read_as.as_str());
            text(&mut out, &response, by, about, shown, terminal)?;
            if let Some(nothing) = &nothing {
                nothing.text(&mut out, terminal)?;
            }
        }
        ListFormat::Json => {
            let account = response.account(&asked.notices);
            let value = ListJson {
                head: Head::new((&asked.typed, &read_as), response.total, &account, nothing.as_ref()),
                by: by.as_str(),
                without: facet.without,
                names: entries.len(),
                values: shown.iter().map(ValueJson::of).collect(),
            };
            json::object(&mut out, &value)?;
        }
        ListFormat::Csv => {
            table(&mut out, by, shown)?;
            nothing::warn(nothing.as_ref(), terminal)?;
        }
    }
    out.flush()?;
    Ok(if response.total == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// The names, the commonest first; shorter forms of a byline below the fullest.
fn entries(facet: &Facet) -> Vec<Entry<'_>> {
    let values = &facet.values;
    let fullest = match facet.by {
        FacetBy::Author => fullest_forms(values.iter().map(|value| (value.value.as_str(), value.articles))),
        _ => vec![None; values.len()],
    };
    let mut shorter: HashMap<usize, Vec<&FacetValue>> = HashMap::new();
    for (value, full) in values.iter().zip(&fullest) {
        if let Some(full) = full {
            shorter.entry(*full).or_default().push(value);
        }
    }
    let full = values.iter().zip(&fullest).enumerate().filter(|(_, (_, full))| full.is_none());
    full.map(|(at, (value, _))| Entry { value, perhaps: shorter.remove(&at).unwrap_or_default() }).collect()
}

fn text(
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

fn table(out: &mut impl Write, by: FacetBy, shown: &[Entry<'_>]) -> Result<(), Failure> {
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
