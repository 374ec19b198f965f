//! When something was first and last written about, and when it was not for the longest time.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::FxHashSet;
use tantivy::DocAddress;

use crate::error::Result;
use crate::index::document::day_of;
use crate::index::{Snapshot, reading};

use super::matches::{Matches, SegmentMatches};
use super::{Account, Hit, SearchRequest};

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
    /// What to know about how they were searched for.
    pub account: Account,
}

/// Looks at all articles that match.
pub fn coverage(snapshot: &Snapshot, request: &SearchRequest) -> Result<Coverage> {
    let matches = Matches::of(snapshot, request)?;
    let segments = matches.each_segment(false, Span::of)?;
    let mut days = BTreeSet::new();
    let (mut total, mut undated) = (0, 0);
    let (mut first, mut last): (Option<End>, Option<End>) = (None, None);
    for span in segments {
        days.extend(span.days);
        total += span.total;
        undated += span.undated;
        first =
            [first, span.first].into_iter().flatten().min_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        last = [last, span.last].into_iter().flatten().min_by(|a, b| (b.date, &a.id).cmp(&(a.date, &b.id)));
    }
    let hit = |end: Option<End>| end.map(|end| matches.hit(end.address)).transpose();
    let (archive, archive_undated) = archive_days(snapshot)?;
    Ok(Coverage {
        total,
        undated,
        first: hit(first)?,
        last: hit(last)?,
        silence: longest_silence(&days),
        days: days.len() as u64,
        archive,
        archive_articles: snapshot.article_count(),
        archive_undated,
        account: matches.account(request)?,
    })
}

/// What of one segment matches.
struct Span {
    days: FxHashSet<i64>,
    total: u64,
    undated: u64,
    first: Option<End>,
    last: Option<End>,
}

/// The earliest or the latest article; of those of one time the first by id.
struct End {
    date: i64,
    id: String,
    address: DocAddress,
}

impl Span {
    fn of(mut matches: SegmentMatches<'_>) -> Result<Self> {
        let columns = matches.segment.fast_fields();
        let dates = columns.i64("date").map_err(|error| matches.damaged(&error))?;
        let ids = columns.str("id").map_err(|error| matches.damaged(&error))?;
        // Ids of a segment have numbers in their order.
        let id_number = |doc| ids.as_ref().and_then(|ids| ids.ords().first(doc));
        let mut span = Self { days: FxHashSet::default(), total: 0, undated: 0, first: None, last: None };
        let (mut first, mut last) = (None::<(i64, u32)>, None::<(i64, u32)>);
        while let Some(doc) = matches.next() {
            span.total += 1;
            let Some(date) = dates.first(doc) else {
                span.undated += 1;
                continue;
            };
            span.days.insert(date.div_euclid(86_400));
            let comes_before = |other: u32| id_number(doc) < id_number(other);
            if first.is_none_or(|(than, other)| date < than || (date == than && comes_before(other))) {
                first = Some((date, doc));
            }
            if last.is_none_or(|(than, other)| date > than || (date == than && comes_before(other))) {
                last = Some((date, doc));
            }
        }
        let end = |(date, doc)| {
            let mut id = String::new();
            if let Some((ids, number)) = ids.as_ref().zip(id_number(doc)) {
                ids.ord_to_str(number, &mut id).map_err(|error| matches.damaged(&error.into()))?;
            }
            Ok(End { date, id, address: DocAddress::new(matches.ord, doc) })
        };
        span.first = first.map(end).transpose()?;
        span.last = last.map(end).transpose()?;
        Ok(span)
    }
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
