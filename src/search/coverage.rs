//! When something was first and last written about, and when it was not for the longest time.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::FxHashSet;
use tantivy::{DocAddress, DocId};

use crate::error::Result;
use crate::index::dates::Dates;
use crate::index::dates::day_of;
use crate::index::{Snapshot, reading};
use crate::query::Certainty;

use super::matches::SegmentMatches;
use super::prepared::Prepared;
use super::{Account, Hit, SearchRequest};

/// The days that the articles which match were published on.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// All articles that match.
    pub total: u64,
    /// Those of them that have no date.
    pub undated: u64,
    /// The earliest, by its moment where the zone is known; of a month or a year, the first day counts.
    /// `None` where none has a date.
    pub first: Option<Hit>,
    /// The earliest whose day is known for certain, where that is another one.
    pub first_certain: Option<Hit>,
    /// The latest; `None` where none has a date.
    pub last: Option<Hit>,
    /// The latest whose day is known for certain, where that is another one.
    pub last_certain: Option<Hit>,
    /// On how many days an article was published; those of a month or a year are on none.
    pub days: u64,
    /// The longest time without an article; the earliest of such.
    pub silence: Option<Silence>,
    /// Those of the articles of which only the month or the year is known.
    pub partly_dated: u64,
    /// Those of the articles whose date is a guess.
    pub guessed: u64,
    /// The first and the last day on which the archive has any article.
    pub archive: Option<(Date, Date)>,
    /// How many articles the archive has.
    pub archive_articles: u64,
    /// How many of the archive's articles have no date.
    pub archive_undated: u64,
    /// What to know about how they were searched for.
    pub account: Account,
}

/// Days on which nothing was published that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// The day before, with an article.
    pub after: Date,
    /// The next day with an article.
    pub before: Date,
    /// On how many of the days between the archive has an article: where it has none, nobody can say that
    /// there was silence.
    pub archive_days: u64,
}

/// Looks at all articles that match.
pub fn coverage(snapshot: &Snapshot, request: &SearchRequest) -> Result<Coverage> {
    let matches = Prepared::new(snapshot, request)?;
    let segments = matches.each_segment(false, Span::of)?;
    let mut all = Span::default();
    segments.into_iter().for_each(|span| all.take_in(span));
    let Ends { first, last } = all.any;
    // What is certain is only told where the other is not.
    let other = |certain: Option<End>, any: &Option<End>| {
        certain.filter(|certain| any.as_ref().is_none_or(|any| any.address != certain.address))
    };
    let (first_certain, last_certain) = (other(all.certain.first, &first), other(all.certain.last, &last));
    let hit = |end: Option<End>| end.map(|end| matches.hit(end.address)).transpose();
    let archive = Archive::of(snapshot)?;
    let days: BTreeSet<i64> = all.days.into_iter().collect();
    Ok(Coverage {
        total: all.total,
        undated: all.undated,
        partly_dated: all.partly_dated,
        guessed: all.guessed,
        first: hit(first)?,
        first_certain: hit(first_certain)?,
        last: hit(last)?,
        last_certain: hit(last_certain)?,
        silence: longest_silence(&days).and_then(|silence| archive.told_of(silence)),
        days: days.len() as u64,
        archive: archive.ends.and_then(|(first, last)| Some((day_at(first)?, day_at(last)?))),
        archive_articles: snapshot.article_count(),
        archive_undated: archive.undated,
        account: matches.account(request)?,
    })
}

fn day_at(day: i64) -> Option<Date> {
    day_of(day.checked_mul(86_400)?)
}

/// What matches.
#[derive(Default)]
struct Span {
    /// The days that are known.
    days: FxHashSet<i64>,
    total: u64,
    undated: u64,
    partly_dated: u64,
    guessed: u64,
    any: Ends,
    /// Of those whose day is known for certain.
    certain: Ends,
}

/// The earliest and the latest article.
#[derive(Default)]
struct Ends {
    first: Option<End>,
    last: Option<End>,
}

/// One of them; of those of one time the first by id.
struct End {
    moment: i64,
    id: String,
    address: DocAddress,
}

impl Ends {
    fn take_in(&mut self, other: Self) {
        let first = [self.first.take(), other.first].into_iter().flatten();
        self.first = first.min_by(|a, b| (a.moment, &a.id).cmp(&(b.moment, &b.id)));
        let last = [self.last.take(), other.last].into_iter().flatten();
        self.last = last.min_by(|a, b| (b.moment, &a.id).cmp(&(a.moment, &b.id)));
    }
}

impl Span {
    fn of(mut matches: SegmentMatches<'_>) -> Result<Self> {
        let dates = Dates::open(matches.segment).map_err(|error| matches.damaged(&error))?;
        let ids = matches.segment.fast_fields().str("id").map_err(|error| matches.damaged(&error))?;
        // Ids of a segment have numbers in their order.
        let id_number = |doc| ids.as_ref().and_then(|ids| ids.ords().first(doc));
        let mut span = Self::default();
        let (mut any, mut certain) = (Extremes::default(), Extremes::default());
        while let Some(doc) = matches.next() {
            span.total += 1;
            let (Some(moment), Some(precision)) = (dates.moment(doc), dates.precision(doc)) else {
                span.undated += 1;
                continue;
            };
            any.take(moment, doc, &id_number);
            match Certainty::of(precision) {
                Certainty::Partial => {
                    span.partly_dated += 1;
                    continue;
                }
                Certainty::Guessed => span.guessed += 1,
                Certainty::Exact => certain.take(moment, doc, &id_number),
            }
            span.days.extend(dates.days(doc).map(|(day, _)| day));
        }
        let end = |(moment, doc)| {
            let mut id = String::new();
            if let Some((ids, number)) = ids.as_ref().zip(id_number(doc)) {
                ids.ord_to_str(number, &mut id).map_err(|error| matches.damaged(&error.into()))?;
            }
            Ok(End { moment, id, address: DocAddress::new(matches.ord, doc) })
        };
        let ends = |extremes: Extremes| -> Result<Ends> {
            Ok(Ends {
                first: extremes.first.map(end).transpose()?,
                last: extremes.last.map(end).transpose()?,
            })
        };
        (span.any, span.certain) = (ends(any)?, ends(certain)?);
        Ok(span)
    }

    fn take_in(&mut self, other: Self) {
        self.days.extend(other.days);
        self.total += other.total;
        self.undated += other.undated;
        self.partly_dated += other.partly_dated;
        self.guessed += other.guessed;
        self.any.take_in(other.any);
        self.certain.take_in(other.certain);
    }
}

/// The earliest and the latest of a segment, with their moments.
#[derive(Default)]
struct Extremes {
    first: Option<(i64, DocId)>,
    last: Option<(i64, DocId)>,
}

impl Extremes {
    fn take(&mut self, moment: i64, doc: DocId, id: &impl Fn(DocId) -> Option<u64>) {
        let comes_before = |other: DocId| id(doc) < id(other);
        if self.first.is_none_or(|(than, other)| moment < than || (moment == than && comes_before(other))) {
            self.first = Some((moment, doc));
        }
        if self.last.is_none_or(|(than, other)| moment > than || (moment == than && comes_before(other))) {
            self.last = Some((moment, doc));
        }
    }
}

/// The days of the whole archive.
struct Archive {
    /// Those with an article.
    days: FxHashSet<i64>,
    /// The first and the last; of a month or a year both ends count.
    ends: Option<(i64, i64)>,
    undated: u64,
}

impl Archive {
    fn of(snapshot: &Snapshot) -> Result<Self> {
        let mut archive = Self { days: FxHashSet::default(), ends: None, undated: 0 };
        for segment in snapshot.searcher().segment_readers() {
            let dates = Dates::open(segment).map_err(|error| reading(snapshot.dir(), &error))?;
            for doc in segment.doc_ids_alive() {
                let Some((first, last)) = dates.days(doc) else {
                    archive.undated += 1;
                    continue;
                };
                archive.ends = Some(archive.ends.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
                if first == last {
                    archive.days.insert(first);
                }
            }
        }
        Ok(archive)
    }

    fn told_of(&self, (after, before): (i64, i64)) -> Option<Silence> {
        let archive_days = self.days.iter().filter(|day| after < **day && **day < before).count() as u64;
        Some(Silence { after: day_at(after)?, before: day_at(before)?, archive_days })
    }
}

/// The two days between which lie the most; `None` where there is none between any.
fn longest_silence(days: &BTreeSet<i64>) -> Option<(i64, i64)> {
    let mut longest: Option<(i64, i64)> = None;
    for (day, next) in days.iter().zip(days.iter().skip(1)) {
        if longest.is_none_or(|(from, to)| next - day > to - from) {
            longest = Some((*day, *next));
        }
    }
    longest.filter(|(from, to)| to - from > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_of_the_longest_silences_counts() {
        let found = |days: &[i64]| longest_silence(&days.iter().copied().collect());
        assert_eq!(found(&[]), None);
        assert_eq!(found(&[0, 1, 2]), None);
        assert_eq!(found(&[0, 3, 4, 7]), Some((0, 3)));
        assert_eq!(found(&[-400, 3]), Some((-400, 3)));
    }
}
