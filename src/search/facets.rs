//! How the articles that match are spread over sections, publications, authors, years, months and sources:
//! exact counts of all of them.

use std::collections::BTreeMap;
use std::io;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};

use crate::choice::choice;
use crate::error::{Error, Result, plain_io};
use crate::index::Snapshot;
use crate::index::dates::Dates;
use crate::index::dates::day_of;
use crate::query::Certainty;

use super::SearchRequest;
use super::matches::SegmentMatches;
use super::prepared::Prepared;

choice! {
    "facet";
    /// What articles are counted by.
    pub enum FacetBy {
        /// The section; spellings that differ in case are one.
        Section => "section",
        /// The publication; spellings that differ in case are one.
        Publication => "publication",
        /// The author; an article of two authors counts for both.
        Author => "author",
        /// The year of publication.
        Year => "year",
        /// The month of publication.
        Month => "month",
        /// The folder or file that was given to `index`.
        Source => "source",
    }
}

/// The articles that match, counted by one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// What they are counted by.
    pub by: FacetBy,
    /// Values with the number of their articles: years and months in their order, all else the commonest
    /// first.
    pub values: Vec<FacetValue>,
    /// Articles that have no value.
    pub without: u64,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value as it is written most often; of a source the number of its root; of a month `YYYY-MM`, and
    /// `YYYY` for the articles of which no more than the year is known.
    pub value: String,
    /// How many of the articles have it.
    pub articles: u64,
    /// The first and the last day of those whose day is known, where [`names`] counts them.
    pub days: Option<(Date, Date)>,
}

/// Counts all articles that match, whatever the request's limit. Reads columns only.
///
/// ```
/// use newsearch::search::{SearchRequest, facets::{FacetBy, facets}};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let home = tempfile::tempdir()?;
/// # let (archive, index) = (home.path().join("archive"), home.path().join("index"));
/// # std::fs::create_dir(&archive)?;
/// # let weir = "---\ntitle: Weir mended\ndate: 2025-03-05\nsection: Local\n---\nIt holds again.\n";
/// # std::fs::write(archive.join("weir.md"), weir)?;
/// # newsearch::ingest::index(&index, &[&archive])?;
/// let snapshot = newsearch::index::Snapshot::open(&index)?;
/// for facet in facets(&snapshot, &SearchRequest::read("weir")?, &[FacetBy::Section, FacetBy::Month])? {
///     for value in &facet.values {
///         println!("{}: {} {}", facet.by.as_str(), value.articles, value.value);
///     }
/// #   assert_eq!(facet.values.len(), 1);
/// }
/// # Ok(()) }
/// ```
pub fn facets(snapshot: &Snapshot, request: &SearchRequest, by: &[FacetBy]) -> Result<Vec<Facet>> {
    count_by(snapshot, request, by, false)
}

/// The same by one thing that has names (sections, publications, authors), with the days of each.
pub fn names(snapshot: &Snapshot, request: &SearchRequest, by: FacetBy) -> Result<Facet> {
    let facet = count_by(snapshot, request, &[by], true)?.pop();
    Ok(facet.unwrap_or(Facet { by, values: Vec::new(), without: 0 }))
}

fn count_by(snapshot: &Snapshot, request: &SearchRequest, by: &[FacetBy], days: bool) -> Result<Vec<Facet>> {
    let mut counters: Vec<Counter> = by.iter().map(|by| Counter::new(*by)).collect();
    let segments = Prepared::new(snapshot, request)?.each_segment(false, |mut matches| {
        let readers = by.iter().map(|by| Reader::open(*by, &matches, days));
        let mut readers: Vec<Reader> = readers.collect::<Result<_>>()?;
        while let Some(doc) = matches.next() {
            readers.iter_mut().for_each(|reader| reader.count(doc));
        }
        Ok(readers)
    })?;
    for readers in segments {
        for (reader, counter) in readers.into_iter().zip(&mut counters) {
            reader.finish(counter).map_err(|error| Error::Damaged {
                path: snapshot.dir().to_owned(),
                reason: plain_io(&error),
            })?;
        }
    }
    Ok(counters.into_iter().map(Counter::facet).collect())
}

/// The counts of one facet over all segments.
struct Counter {
    by: FacetBy,
    /// Names, folded, by number.
    numbers: FxHashMap<String, usize>,
    /// By number.
    names: Vec<Name>,
    /// Days since 1970, and whether the year is all that is known; or numbers of roots.
    keys: FxHashMap<(i64, bool), u64>,
    without: u64,
}

/// What is counted of one name.
#[derive(Default)]
struct Name {
    articles: u64,
    /// How often each spelling stands.
    spellings: BTreeMap<String, u64>,
    days: Option<Days>,
}

/// The first and the last of some days, in days since 1970.
pub(super) type Days = (i64, i64);

pub(super) fn together(one: Option<Days>, other: Option<Days>) -> Option<Days> {
    let both = one.zip(other).map(|(one, other)| (one.0.min(other.0), one.1.max(other.1)));
    both.or(one).or(other)
}

impl Counter {
    fn new(by: FacetBy) -> Self {
        Self { by, numbers: FxHashMap::default(), names: Vec::new(), keys: FxHashMap::default(), without: 0 }
    }

    fn number(&mut self, name: &str) -> usize {
        let folded = name.to_lowercase();
        let names = &mut self.names;
        *self.numbers.entry(folded).or_insert_with(|| {
            names.push(Name::default());
            names.len() - 1
        })
    }

    fn facet(self) -> Facet {
        let mut in_order: BTreeMap<(i32, i32), u64> = BTreeMap::new();
        let mut values: Vec<FacetValue> = Vec::new();
        let day = |number: i64| day_of(number.saturating_mul(86_400)).unwrap_or_default();
        for Name { articles, spellings, days } in self.names {
            let commonest = spellings.into_iter().rev().max_by_key(|(_, times)| *times);
            let days = days.map(|(first, last)| (day(first), day(last)));
            values.extend(commonest.map(|(value, _)| FacetValue { value, articles, days }));
        }
        let value = |value: String, articles: u64| FacetValue { value, articles, days: None };
        for ((key, only_year), articles) in self.keys {
            let day = day(key);
            match self.by {
                FacetBy::Year => *in_order.entry((i32::from(day.year()), 0)).or_default() += articles,
                FacetBy::Month => {
                    let month = if only_year { 0 } else { i32::from(day.month()) };
                    *in_order.entry((i32::from(day.year()), month)).or_default() += articles;
                }
                _ => values.push(value(key.to_string(), articles)),
            }
        }
        values.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.value.cmp(&b.value)));
        values.extend(in_order.into_iter().map(|((year, month), articles)| {
            let period = if month == 0 { format!("{year:04}") } else { format!("{year:04}-{month:02}") };
            value(period, articles)
        }));
        Facet { by: self.by, values, without: self.without }
    }
}

/// The counts of one facet in one segment.
struct Reader {
    column: Values,
    /// As [`Counter`]'s.
    keys: FxHashMap<(i64, bool), u64>,
    without: u64,
}

/// A facet's column in one segment.
enum Values {
    Names {
        column: Option<StrColumn>,
        /// How often each value stands, by its number in the segment.
        times: Vec<u64>,
        /// The values of each article that has more than one.
        several: Vec<Vec<u64>>,
        /// The dates, and the days of each value, where they are asked for.
        days: Option<(Dates, Vec<Option<Days>>)>,
    },
    Dates(Dates),
    Roots(Column<u64>),
}

impl Reader {
    fn open(by: FacetBy, matches: &SegmentMatches<'_>, with_days: bool) -> Result<Self> {
        let columns = matches.segment.fast_fields();
        let damaged = |error| matches.damaged(&error);
        let names = |name: &str| -> Result<Values> {
            let column = columns.str(name).map_err(damaged)?;
            let values = column.as_ref().map_or(0, |column| column.num_terms());
            let days = match with_days {
                true => Some((Dates::open(matches.segment).map_err(damaged)?, vec![None; values])),
                false => None,
            };
            Ok(Values::Names { column, times: vec![0; values], several: Vec::new(), days })
        };
        let column = match by {
            FacetBy::Section => names("section")?,
            FacetBy::Publication => names("publication")?,
            FacetBy::Author => names("author")?,
            FacetBy::Year | FacetBy::Month => Values::Dates(Dates::open(matches.segment).map_err(damaged)?),
            FacetBy::Source => Values::Roots(columns.u64("root").map_err(damaged)?),
        };
        Ok(Self { column, keys: FxHashMap::default(), without: 0 })
    }

    fn count(&mut self, doc: u32) {
        let key = match &mut self.column {
            Values::Names { column, times, several, days } => {
                if let Some((dates, days)) = days {
                    let ords = column.iter().flat_map(|column| column.term_ords(doc));
                    widen(days, ords, dates, doc);
                }
                let mut values = column.iter().flat_map(|column| column.term_ords(doc));
                let Some(first) = values.next() else {
                    self.without += 1;
                    return;
                };
                count_value(times, first);
                if let Some(second) = values.next() {
                    let all: Vec<u64> = [first, second].into_iter().chain(values).collect();
                    all.iter().skip(1).for_each(|value| count_value(times, *value));
                    several.push(all);
                }
                return;
            }
            // What is longer than a month is a year.
            Values::Dates(dates) => dates.days(doc).map(|(first, last)| (first, last - first > 31)),
            Values::Roots(column) => {
                column.first(doc).and_then(|root| i64::try_from(root).ok()).map(|root| (root, false))
            }
        };
        match key {
            Some(key) => *self.keys.entry(key).or_default() += 1,
            None => self.without += 1,
        }
    }

    /// Adds what was counted to what the other segments hold.
    fn finish(self, counter: &mut Counter) -> io::Result<()> {
        counter.without += self.without;
        for (key, articles) in self.keys {
            *counter.keys.entry(key).or_default() += articles;
        }
        let Values::Names { column: Some(column), times, several, days } = self.column else { return Ok(()) };
        let days = days.map(|(_, days)| days).unwrap_or_default();
        let found: Vec<u64> =
            (0u64..).zip(&times).filter(|(_, times)| **times > 0).map(|(ord, _)| ord).collect();
        let mut numbers = vec![0; times.len()];
        let mut at = 0;
        // In the dictionary's order: looked up one by one, the names would take longer than all the rest.
        column.dictionary().sorted_ords_to_term_cb(&found, |bytes| {
            let name = String::from_utf8_lossy(bytes);
            let ord = found.get(at).and_then(|ord| usize::try_from(*ord).ok()).unwrap_or(usize::MAX);
            at += 1;
            let number = counter.number(&name);
            let stands = times.get(ord).copied().unwrap_or(0);
            if let (Some(slot), Some(counted)) = (numbers.get_mut(ord), counter.names.get_mut(number)) {
                *slot = number;
                counted.articles += stands;
                *counted.spellings.entry(name.into_owned()).or_default() += stands;
                counted.days = together(counted.days, days.get(ord).copied().flatten());
            }
        })?;
        // Two spellings of one name in one article are one author.
        for values in several {
            let of = |value: &u64| usize::try_from(*value).ok().and_then(|at| numbers.get(at)).copied();
            let mut seen: Vec<usize> = values.iter().filter_map(of).collect();
            seen.sort_unstable();
            for pair in seen.windows(2).filter(|pair| pair[0] == pair[1]) {
                if let Some(counted) = counter.names.get_mut(pair[0]) {
                    counted.articles -= 1;
                }
            }
        }
        Ok(())
    }
}

/// Takes an article's day into those of its values. A month, a year or a guess is no day.
fn widen(days: &mut [Option<Days>], ords: impl Iterator<Item = u64>, dates: &Dates, doc: u32) {
    let is_exact = dates.precision(doc).map(Certainty::of) == Some(Certainty::Exact);
    let Some(day) = dates.days(doc).filter(|_| is_exact) else { return };
    for ord in ords {
        if let Some(of_value) = usize::try_from(ord).ok().and_then(|at| days.get_mut(at)) {
            *of_value = together(*of_value, Some(day));
        }
    }
}

fn count_value(times: &mut [u64], value: u64) {
    if let Some(times) = usize::try_from(value).ok().and_then(|at| times.get_mut(at)) {
        *times += 1;
    }
}
