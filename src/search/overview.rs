//! What an index holds, counted: by format, section, language and year, and the days it covers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;

use crate::error::Result;
use crate::index::dates::Dates;
use crate::index::dates::day_of;
use crate::index::{Snapshot, reading};
use crate::query::Certainty;

use super::facets::together;

/// What an index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// Number of articles.
    pub articles: u64,
    /// Articles by format.
    pub formats: BTreeMap<String, u64>,
    /// Articles by section; `WORLD` and `World` are one, by its commonest spelling. Those without a section
    /// are not in it.
    pub sections: BTreeMap<String, u64>,
    /// Articles by publication, as sections are counted.
    pub publications: BTreeMap<String, u64>,
    /// Articles by language (ISO 639-1).
    pub languages: BTreeMap<String, u64>,
    /// Articles by year of publication.
    pub years: BTreeMap<i16, u64>,
    /// The first and the last day on which an article was published: of those whose day is known, else of the
    /// months and years that are.
    pub days: Option<(Date, Date)>,
    /// Articles without a date.
    pub undated: u64,
    /// Articles of which only the month or the year is known.
    pub partly_dated: u64,
    /// Articles whose date is a guess.
    pub guessed: u64,
    /// Words in all bodies.
    pub words: u64,
}

/// Counts what an index holds. Reads columns only: well under a second for a million articles.
pub fn overview(snapshot: &Snapshot) -> Result<Overview> {
    let mut overview = Overview { articles: snapshot.article_count(), ..Overview::default() };
    let mut days: FxHashMap<i64, u64> = FxHashMap::default();
    let (mut certain, mut possible) = (None, None);
    for segment in snapshot.searcher().segment_readers() {
        let columns = segment.fast_fields();
        let damaged = |error| reading(snapshot.dir(), &error);
        let dates = Dates::open(segment).map_err(damaged)?;
        let words = columns.u64("words").map_err(damaged)?;
        let alive = || segment.doc_ids_alive();
        for doc in alive() {
            let certainty = dates.precision(doc).map(Certainty::of);
            let known = dates.days(doc);
            match dates.key(doc) {
                Some(date) => *days.entry(date.div_euclid(86_400)).or_default() += 1,
                None => overview.undated += 1,
            }
            match certainty {
                Some(Certainty::Partial) => overview.partly_dated += 1,
                Some(Certainty::Guessed) => overview.guessed += 1,
                Some(Certainty::Exact) | None => {}
            }
            let span = if certainty == Some(Certainty::Exact) { &mut certain } else { &mut possible };
            *span = together(*span, known);
            overview.words += words.first(doc).unwrap_or(0);
        }
        for (name, counts) in [
            ("format", &mut overview.formats),
            ("section", &mut overview.sections),
            ("publication", &mut overview.publications),
            ("language", &mut overview.languages),
        ] {
            if let Some(column) = columns.str(name).map_err(damaged)? {
                count_values(&column, alive(), counts);
            }
        }
    }
    for names in [&mut overview.sections, &mut overview.publications] {
        *names = one_by_case(std::mem::take(names));
    }
    for (day, articles) in days {
        if let Some(date) = day_of(day * 86_400) {
            *overview.years.entry(date.year()).or_default() += articles;
        }
    }
    let span = certain.or(possible);
    overview.days =
        span.and_then(|(first, last): (i64, i64)| Some((day_of(first * 86_400)?, day_of(last * 86_400)?)));
    Ok(overview)
}

/// Adds up what differs in case only, under the commonest spelling.
fn one_by_case(counts: BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let mut groups: BTreeMap<String, (u64, String, u64)> = BTreeMap::new();
    for (spelling, count) in counts {
        let group = groups.entry(spelling.to_lowercase()).or_insert((0, String::new(), 0));
        group.0 += count;
        if count > group.2 {
            (group.1, group.2) = (spelling, count);
        }
    }
    groups.into_values().map(|(count, spelling, _)| (spelling, count)).collect()
}

fn count_values(column: &StrColumn, docs: impl Iterator<Item = u32>, counts: &mut BTreeMap<String, u64>) {
    let mut by_ord: FxHashMap<u64, u64> = FxHashMap::default();
    for doc in docs {
        for ord in column.term_ords(doc) {
            *by_ord.entry(ord).or_default() += 1;
        }
    }
    let mut value = String::new();
    for (ord, count) in by_ord {
        value.clear();
        if column.ord_to_str(ord, &mut value).unwrap_or(false) {
            *counts.entry(value.clone()).or_default() += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_that_differ_in_case_are_one() {
        let counts = [("World", 3), ("WORLD", 5), ("world", 1), ("Sport", 2)];
        let counts = counts.map(|(name, count)| (name.to_owned(), count)).into_iter().collect();
        let expected = [("Sport", 2), ("WORLD", 9)].map(|(name, count)| (name.to_owned(), count));
        assert_eq!(one_by_case(counts), expected.into_iter().collect());
    }
}
