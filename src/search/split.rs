//! What was found over time, part by part: a timeline for each of the commonest sections, publications,
//! authors or sources.

use std::io;

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};

use crate::error::{Error, Result, plain_io};
use crate::index::Snapshot;
use crate::index::dates::Dates;

use super::SearchRequest;
use super::facets::{FacetBy, facets};
use super::matches::SegmentMatches;
use super::prepared::Prepared;
use super::timeline::{Frame, OverTime, Period, Timeline};

/// What the articles can be parted by.
pub const BY: &[FacetBy] = &[FacetBy::Section, FacetBy::Author, FacetBy::Publication, FacetBy::Source];

/// What was found, and its parts.
#[derive(Debug, Clone)]
pub struct Split {
    /// All of it.
    pub whole: Timeline,
    /// Its parts that have an article, over the same periods.
    pub parts: Vec<Part>,
}

/// A part of what was found.
#[derive(Debug, Clone)]
pub struct Part {
    /// Which it is.
    pub of: PartOf,
    /// Its articles.
    pub timeline: Timeline,
}

/// Which part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartOf {
    /// The articles with this value: see [`FacetValue::value`](super::facets::FacetValue::value).
    Value(String),
    /// Those that have a value, but none of the others here.
    Others,
    /// Those that have none.
    Without,
}

/// The articles that match by one thing, each part over the same periods: a part for each of the `most`
/// commonest values, then the others and those without one, where there are any. An article with several
/// values (two authors) is in several parts.
///
/// # Errors
/// As those of [`timeline`](super::timeline::timeline).
pub fn split(
    snapshot: &Snapshot,
    request: &SearchRequest,
    thing: FacetBy,
    most: usize,
    by: Option<Period>,
) -> Result<Split> {
    let facet = facets(snapshot, request, &[thing])?.pop();
    let mut values: Vec<String> =
        facet.into_iter().flat_map(|facet| facet.values).map(|value| value.value).collect();
    // One more would be called the others.
    if values.len() > most + 1 {
        values.truncate(most);
    }
    let numbers: FxHashMap<String, usize> =
        values.iter().enumerate().map(|(number, value)| (value.to_lowercase(), number)).collect();
    // Behind the values: the others, those without one, and all.
    let (others, without, all) = (values.len(), values.len() + 1, values.len() + 2);
    let nothing = || (0..=all).map(|_| OverTime::none()).collect::<Vec<OverTime>>();
    let matches = Prepared::new(snapshot, request)?;
    let segments = matches.each_segment(false, |mut matches| {
        let mut here = nothing();
        let dates = Dates::open(matches.segment).map_err(|error| matches.damaged(&error))?;
        let column = Values::open(thing, &matches, &numbers, others)?;
        let mut of_article = Vec::new();
        while let Some(doc) = matches.next() {
            column.read(doc, others, &mut of_article);
            let days = dates.days(doc);
            let several = if of_article.is_empty() { std::slice::from_ref(&without) } else { &of_article };
            for part in several.iter().chain([&all]) {
                if let Some(part) = here.get_mut(*part) {
                    part.count(days);
                }
            }
        }
        Ok(here)
    })?;
    let mut found = nothing();
    for here in segments {
        found = found.into_iter().zip(here).map(|(one, other)| one.and(other)).collect();
    }
    let frame = Frame::around(snapshot, &request.query, found.iter(), by)?;
    let account = matches.account(request)?;
    let whole = frame.timeline(found.pop().unwrap_or_else(OverTime::none), account.clone());
    let names = values.into_iter().map(PartOf::Value).chain([PartOf::Others, PartOf::Without]);
    let timelines = found.into_iter().map(|found| frame.timeline(found, account.clone()));
    let parts = names.zip(timelines).map(|(of, timeline)| Part { of, timeline });
    Ok(Split { whole, parts: parts.filter(|part| part.timeline.total > 0).collect() })
}

/// The values of a segment's articles, as numbers of parts.
enum Values {
    Names { column: Option<StrColumn>, parts: Vec<usize> },
    Roots { column: Column<u64>, parts: FxHashMap<u64, usize> },
}

impl Values {
    fn open(
        thing: FacetBy,
        matches: &SegmentMatches<'_>,
        numbers: &FxHashMap<String, usize>,
        others: usize,
    ) -> Result<Self> {
        let columns = matches.segment.fast_fields();
        let damaged = |error| matches.damaged(&error);
        let name = match thing {
            FacetBy::Section => "section",
            FacetBy::Publication => "publication",
            FacetBy::Author => "author",
            FacetBy::Source => {
                let column = columns.u64("root").map_err(damaged)?;
                let root = |(value, number): (&String, &usize)| Some((value.parse().ok()?, *number));
                return Ok(Self::Roots { column, parts: numbers.iter().filter_map(root).collect() });
            }
            FacetBy::Year | FacetBy::Month => {
                return Err(Error::Input("a timeline is not split by time".to_owned()));
            }
        };
        let column = columns.str(name).map_err(damaged)?;
        let mut parts = Vec::new();
        if let Some(column) = &column {
            read_names(
                column,
                |name| numbers.get(&name.to_lowercase()).copied().unwrap_or(others),
                &mut parts,
            )
            .map_err(|error| Error::Damaged { path: matches.dir().to_owned(), reason: plain_io(&error) })?;
        }
        Ok(Self::Names { column, parts })
    }

    /// Puts the parts that an article is in into `parts`, each once; none where it has no value. Where it is
    /// in a part of its own, it is none of the others.
    fn read(&self, doc: u32, others: usize, parts: &mut Vec<usize>) {
        parts.clear();
        match self {
            Self::Names { column, parts: numbers } => {
                let ords = column.iter().flat_map(|column| column.term_ords(doc));
                let part = |ord: u64| usize::try_from(ord).ok().and_then(|at| numbers.get(at)).copied();
                parts.extend(ords.filter_map(part));
                parts.sort_unstable();
                parts.dedup();
                if parts.len() > 1 {
                    parts.retain(|part| *part != others);
                }
            }
            Self::Roots { column, parts: numbers } => {
                parts.extend(column.first(doc).map(|root| numbers.get(&root).copied().unwrap_or(others)));
            }
        }
    }
}

/// The part of each name in the segment's dictionary.
fn read_names(column: &StrColumn, part: impl Fn(&str) -> usize, parts: &mut Vec<usize>) -> io::Result<()> {
    let mut names = column.dictionary().stream()?;
    while names.advance() {
        parts.push(part(&String::from_utf8_lossy(names.key())));
    }
    Ok(())
}
