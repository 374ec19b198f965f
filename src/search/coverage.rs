//! When something was first and last written about, and when it was not for the longest time.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::error::Result;
use crate::index::document::day_of;
use crate::index::{Snapshot, reading};

use super::matches::each_segment;
use super::{Hit, SearchRequest, Sort, search};

/// The days that the articles which match were published on.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// All articles that match.
    pub total: u64,
    /// Those of them that have no date.
    pub undated: u64,
    /// The earliest; `None` where none has a date.
    pub first: Option<Hit>,
    /// The latest; `None` where none has a date.
    pub last: Option<Hit>,
    /// On how many days an article was published.
    pub days: u64,
    /// The two days with an article between which lie the most without one; the earliest such two.
    pub silence: Option<(Date, Date)>,
    /// The first and the last day on which the archive has any article.
    pub archive: Option<(Date, Date)>,
    /// How many articles the archive has.
    pub archive_articles: u64,
    /// How many of the archive's articles have no date.
    pub archive_undated: u64,
}

/// Looks at all articles that match.
pub fn coverage(snapshot: &Snapshot, request: &SearchRequest) -> Result<Coverage> {
    let mut days = BTreeSet::new();
    let (mut total, mut undated) = (0, 0);
    each_segment(snapshot, request, false, |mut matches| {
        let dates = matches.segment.fast_fields().i64("date").map_err(|error| matches.damaged(&error))?;
        while let Some(doc) = matches.next() {
            total += 1;
            match dates.first(doc) {
                Some(date) => {
                    days.insert(date.div_euclid(86_400));
                }
                None => undated += 1,
            }
        }
        Ok(())
    })?;
    let end = |sort| -> Result<Option<Hit>> {
        let request = SearchRequest { sort, limit: 1, offset: 0, ..request.clone() };
        let found = search(snapshot, &request)?.hits.pop();
        Ok(found.filter(|hit| hit.article.date.is_some()))
    };
    let (archive, archive_undated) = archive_days(snapshot)?;
    Ok(Coverage {
        total,
        undated,
        first: end(Sort::Oldest)?,
        last: end(Sort::Newest)?,
        silence: longest_silence(&days),
        days: days.len() as u64,
        archive,
        archive_articles: snapshot.article_count(),
        archive_undated,
    })
}

/// The archive's first and last day, and how many of its articles have no date.
fn archive_days(snapshot: &Snapshot) -> Result<(Option<(Date, Date)>, u64)> {
    let mut ends: Option<(i64, i64)> = None;
    let mut undated = 0;
    for segment in snapshot.searcher().segment_readers() {
        let dates = segment.fast_fields().i64("date").map_err(|error| reading(snapshot.dir(), &error))?;
        for doc in segment.doc_ids_alive() {
            match dates.first(doc) {
                Some(date) => {
                    ends = Some(ends.map_or((date, date), |(a, b)| (a.min(date), b.max(date))));
                }
                None => undated += 1,
            }
        }
    }
    let days = ends.and_then(|(first, last)| Some((day_of(first)?, day_of(last)?)));
    Ok((days, undated))
}

fn longest_silence(days: &BTreeSet<i64>) -> Option<(Date, Date)> {
    let mut longest: Option<(i64, i64)> = None;
    for (day, next) in days.iter().zip(days.iter().skip(1)) {
        if longest.is_none_or(|(from, to)| next - day > to - from) {
            longest = Some((*day, *next));
        }
    }
    let (from, to) = longest.filter(|(from, to)| to - from > 1)?;
    Some((day_of(from * 86_400)?, day_of(to * 86_400)?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_earliest_of_the_longest_silences_counts() {
        let found = |days: &[i64]| longest_silence(&days.iter().copied().collect());
        assert_eq!(found(&[]), None);
        assert_eq!(found(&[0, 1, 2]), None);
        assert_eq!(found(&[0, 3, 4, 7]), Some((date(1970, 1, 1), date(1970, 1, 4))));
        assert_eq!(found(&[-400, 3]), Some((date(1968, 11, 27), date(1970, 1, 4))));
    }
}
