//! The articles that match over time: calendar buckets, each beside how many articles the archive has in it.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};
use rustc_hash::FxHashMap;
use tantivy::DocAddress;

use crate::choice::choice;
use crate::error::{Error, Result};
use crate::index::dates::Dates;
use crate::index::dates::day_of;
use crate::index::{Snapshot, reading};
use crate::query::{DateFilter, Node, NodeKind};

use super::prepared::Prepared;
use super::{Account, SearchRequest};

/// More buckets than that are no overview.
const MOST_BUCKETS: usize = 100_000;

/// So many of the highest peaks get their strongest article.
const MOST_PEAKS: usize = 8;

/// A peak is higher than this part of the highest one.
const LOWEST_PEAK: u64 = 4;

choice! {
    "period";
    /// How long a bucket is.
    pub enum Period {
        /// A calendar year.
        Year => "year",
        /// A calendar month.
        Month => "month",
        /// A week from Monday to Sunday.
        Week => "week",
        /// A day.
        Day => "day",
    }
}

/// The articles that match, over time.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// How long a bucket is.
    pub by: Period,
    /// From the first to the last that holds an article, without a gap; where days are asked for, from the
    /// first of these to the last on which the archive holds any article.
    pub buckets: Vec<Bucket>,
    /// All articles that match.
    pub total: u64,
    /// Those of them that have no date.
    pub undated: u64,
    /// Those of them of which too little is known to say in which bucket they belong.
    pub unplaced: u64,
    /// What to know about how they were searched for.
    pub account: Account,
}

/// One period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// How many of its articles match.
    pub articles: u64,
    /// How many articles the archive has in it.
    pub of: u64,
    /// The article that matches best, where the bucket is one of the highest peaks.
    pub peak: Option<Peak>,
    /// Where that is.
    best: Option<DocAddress>,
}

/// The article that matches best at a peak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peak {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub headline: String,
    /// What it is called: see [`Article::title`](crate::article::Article::title).
    pub title: String,
}

impl Period {
    /// The one that parts these days into a number of buckets that can be looked at.
    pub fn for_days(days: i64) -> Self {
        match days {
            i64::MIN..=31 => Self::Day,
            32..=182 => Self::Week,
            183..=1_461 => Self::Month,
            _ => Self::Year,
        }
    }

    /// The first day of the period that a day lies in.
    pub fn first_day(self, day: Date) -> Date {
        match self {
            Self::Year => day.first_of_year(),
            Self::Month => day.first_of_month(),
            Self::Week => {
                let back = day.weekday().since(Weekday::Monday);
                day.saturating_sub(i64::from(back).days())
            }
            Self::Day => day,
        }
    }

    /// The first day of the period that days lie in, from one to another, each counted from 1970; `None`
    /// where they lie in several.
    fn that_holds(self, (from, to): (i64, i64)) -> Option<Date> {
        let start = self.first_day(day_of(from.saturating_mul(86_400))?);
        (from == to || start == self.first_day(day_of(to.saturating_mul(86_400))?)).then_some(start)
    }

    fn span(self) -> Span {
        match self {
            Self::Year => 1.year(),
            Self::Month => 1.month(),
            Self::Week => 1.week(),
            Self::Day => 1.day(),
        }
    }
}

/// What a day holds.
#[derive(Default, Clone, Copy)]
pub(super) struct Day {
    articles: u64,
    best: Option<(f32, DocAddress)>,
}

impl Day {
    fn better(self, other: Self) -> Self {
        let best = match (self.best, other.best) {
            (Some(one), Some(two)) if two.0 > one.0 => Some(two),
            (one, two) => one.or(two),
        };
        Self { articles: self.articles + other.articles, best }
    }
}

/// The articles of a request by the days in which they may lie.
pub(super) struct OverTime {
    days: FxHashMap<(i64, i64), Day>,
    total: u64,
    undated: u64,
}

impl OverTime {
    fn of(matches: &Prepared<'_>) -> Result<Self> {
        let segments = matches.each_segment(true, |mut matches| {
            let mut here = Self::none();
            let dates = Dates::open(matches.segment).map_err(|error| matches.damaged(&error))?;
            let most_proximity = matches.cursor.most_proximity();
            while let Some(doc) = matches.next() {
                let Some(day) = here.count(dates.days(doc)) else { continue };
                let mut score = matches.cursor.score();
                let best = day.best.map_or(f32::NEG_INFINITY, |(best, _)| best);
                if score + most_proximity <= best {
                    continue;
                }
                score += matches.cursor.proximity();
                if score > best {
                    day.best = Some((score, DocAddress::new(matches.ord, doc)));
                }
            }
            Ok(here)
        })?;
        Ok(segments.into_iter().fold(Self::none(), Self::and))
    }

    /// No articles.
    pub fn none() -> Self {
        Self { days: FxHashMap::default(), total: 0, undated: 0 }
    }

    /// Counts an article; where its days are known, what they hold.
    pub fn count(&mut self, days: Option<(i64, i64)>) -> Option<&mut Day> {
        self.total += 1;
        let Some(days) = days else {
            self.undated += 1;
            return None;
        };
        let day = self.days.entry(days).or_default();
        day.articles += 1;
        Some(day)
    }

    /// Both together.
    pub fn and(mut self, other: Self) -> Self {
        for (day, held) in other.days {
            let day = self.days.entry(day).or_default();
            *day = day.better(held);
        }
        self.total += other.total;
        self.undated += other.undated;
        self
    }
}

/// The periods that timelines have in common, with what the archive holds in each.
pub(super) struct Frame {
    by: Period,
    buckets: Vec<Bucket>,
}

impl Frame {
    /// From the first to the last period in which something was found; the days that a query asks for are in
    /// them too.
    pub fn around<'f>(
        snapshot: &Snapshot,
        query: &Node,
        found: impl Iterator<Item = &'f OverTime> + Clone,
        by: Option<Period>,
    ) -> Result<Self> {
        let days = || found.clone().flat_map(|found| found.days.keys().copied());
        let (first, last) = (days().map(|days| days.0).min(), days().map(|days| days.0).max());
        let span = first.zip(last).map_or(0, |(first, last)| last - first + 1);
        let by = by.unwrap_or_else(|| Period::for_days(span));
        let archive = archive_days(snapshot)?;
        let mut starts: BTreeSet<Date> = days().filter_map(|days| by.that_holds(days)).collect();
        if !starts.is_empty() {
            starts.extend(asked_days(query, &archive).into_iter().flatten().map(|day| by.first_day(day)));
        }
        let ends = starts.first().copied().zip(starts.last().copied());
        let mut buckets = buckets_of(ends, by)?;
        count_all(&archive, by, &mut buckets);
        Ok(Self { by, buckets })
    }

    /// What was found, in these periods.
    pub fn timeline(&self, found: OverTime, account: Account) -> Timeline {
        let OverTime { days, total, undated } = found;
        let mut buckets = self.buckets.clone();
        let mut unplaced = 0;
        let mut held: FxHashMap<Date, Day> = FxHashMap::default();
        for (days, day) in days {
            let Some(start) = self.by.that_holds(days) else {
                unplaced += day.articles;
                continue;
            };
            let period = held.entry(start).or_default();
            *period = period.better(day);
        }
        for bucket in &mut buckets {
            let Some(day) = held.get(&bucket.first) else { continue };
            bucket.articles = day.articles;
            bucket.best = day.best.map(|(_, address)| address);
        }
        Timeline { by: self.by, buckets, total, undated, unplaced, account }
    }
}

/// Counts all articles that match by day, week, month or year; where `by` is `None`, by what suits the days
/// they cover.
///
/// ```
/// use newsearch::search::{SearchRequest, timeline::{Period, timeline}};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let home = tempfile::tempdir()?;
/// # let (archive, index) = (home.path().join("archive"), home.path().join("index"));
/// # std::fs::create_dir(&archive)?;
/// # let weir = "---\ntitle: Weir mended\ndate: 2025-03-05\nsection: Local\n---\nIt holds again.\n";
/// # std::fs::write(archive.join("weir.md"), weir)?;
/// # newsearch::ingest::index(&index, &[&archive])?;
/// let snapshot = newsearch::index::Snapshot::open(&index)?;
/// let timeline = timeline(&snapshot, &SearchRequest::read("weir")?, Some(Period::Month))?;
/// for bucket in &timeline.buckets {
///     println!("from {}: {} of {} articles", bucket.first, bucket.articles, bucket.of);
/// }
/// # assert_eq!((timeline.total, timeline.buckets.len()), (1, 1));
/// # Ok(()) }
/// ```
///
/// # Errors
/// Where there would be more buckets than anybody can use.
pub fn timeline(snapshot: &Snapshot, request: &SearchRequest, by: Option<Period>) -> Result<Timeline> {
    let matches = Prepared::new(snapshot, request)?;
    let found = OverTime::of(&matches)?;
    let frame = Frame::around(snapshot, &request.query, std::iter::once(&found), by)?;
    let mut timeline = frame.timeline(found, matches.account(request)?);
    for at in peaks(&timeline.buckets) {
        let Some(bucket) = timeline.buckets.get_mut(at) else { continue };
        if let Some(address) = bucket.best {
            let article = snapshot.article(address)?.article;
            let title = article.title().into_owned();
            bucket.peak = Some(Peak { id: article.id, headline: article.headline, title });
        }
    }
    Ok(timeline)
}

/// Several requests over the same periods: from the first to the last in which one of them has an article.
/// Peaks are not named.
///
/// # Errors
/// As those of [`timeline`].
pub fn timelines(
    snapshot: &Snapshot,
    requests: &[&SearchRequest],
    by: Option<Period>,
) -> Result<Vec<Timeline>> {
    let mut found = Vec::with_capacity(requests.len());
    for request in requests {
        let matches = Prepared::new(snapshot, request)?;
        found.push((OverTime::of(&matches)?, matches.account(request)?));
    }
    // The days that are asked for are the same for all.
    let Some(first) = requests.first() else { return Ok(Vec::new()) };
    let frame = Frame::around(snapshot, &first.query, found.iter().map(|(found, _)| found), by)?;
    Ok(found.into_iter().map(|(found, account)| frame.timeline(found, account)).collect())
}

/// Empty buckets from the one that begins at a day to the one that begins at another.
fn buckets_of(ends: Option<(Date, Date)>, by: Period) -> Result<Vec<Bucket>> {
    let mut buckets = Vec::new();
    let Some((first, end)) = ends else { return Ok(buckets) };
    let mut start = first;
    loop {
        if buckets.len() == MOST_BUCKETS {
            return Err(Error::Input(format!(
                "from {first} to {end} there are more than {MOST_BUCKETS} {}s",
                by.as_str()
            )));
        }
        let next = start.checked_add(by.span());
        let last = next.as_ref().ok().and_then(|next| next.yesterday().ok()).unwrap_or(Date::MAX);
        buckets.push(Bucket { first: start, last, articles: 0, of: 0, peak: None, best: None });
        match next {
            Ok(next) if next <= end => start = next,
            _ => return Ok(buckets),
        }
    }
}

/// The first and the last day that a query asks for, as far as the archive goes: a silence there is part of
/// the answer.
fn asked_days(query: &Node, archive: &FxHashMap<(i64, i64), u64>) -> [Option<Date>; 2] {
    let parts = match &query.kind {
        NodeKind::And(parts) => parts.as_slice(),
        _ => std::slice::from_ref(query),
    };
    let ranges = parts.iter().filter_map(|part| match &part.kind {
        NodeKind::Date(DateFilter::In(range)) => Some(range),
        _ => None,
    });
    let end = |day: Option<&i64>| day.and_then(|day| day_of(day.saturating_mul(86_400)));
    let first = end(archive.keys().map(|(first, _)| first).min());
    let last = end(archive.keys().map(|(_, last)| last).max());
    let (Some(first), Some(last)) = (first, last) else { return [None, None] };
    let (mut from, mut to) = (None, None);
    for range in ranges {
        from = from.max(range.from.map(|day| day.clamp(first, last)));
        to = [to, range.to.map(|day| day.clamp(first, last))].into_iter().flatten().min();
    }
    [from, to]
}

/// How many articles the archive has of which days, in days since 1970.
fn archive_days(snapshot: &Snapshot) -> Result<FxHashMap<(i64, i64), u64>> {
    let mut days: FxHashMap<(i64, i64), u64> = FxHashMap::default();
    for segment in snapshot.searcher().segment_readers() {
        let dates = Dates::open(segment).map_err(|error| reading(snapshot.dir(), &error))?;
        for known in segment.doc_ids_alive().filter_map(|doc| dates.days(doc)) {
            *days.entry(known).or_default() += 1;
        }
    }
    Ok(days)
}

/// Counts the articles of the whole archive in each bucket.
fn count_all(archive: &FxHashMap<(i64, i64), u64>, by: Period, buckets: &mut [Bucket]) {
    for (days, articles) in archive {
        let Some(start) = by.that_holds(*days) else { continue };
        if let Ok(at) = buckets.binary_search_by_key(&start, |bucket| bucket.first) {
            buckets[at].of += articles;
        }
    }
}

/// The highest buckets that are no lower than their neighbours and higher than one of them, beside the
/// highest one no trifle.
fn peaks(buckets: &[Bucket]) -> Vec<usize> {
    let height = |at: Option<usize>| at.and_then(|at| buckets.get(at)).map_or(0, |bucket| bucket.articles);
    let mut peaks: Vec<usize> = (0..buckets.len())
        .filter(|at| {
            let (here, before, after) = (height(Some(*at)), height(at.checked_sub(1)), height(Some(at + 1)));
            here > 0 && here >= before && here >= after && (here > before || here > after)
        })
        .collect();
    let highest = buckets.iter().map(|bucket| bucket.articles).max().unwrap_or(0);
    peaks.retain(|at| buckets[*at].articles * LOWEST_PEAK > highest);
    peaks.sort_by_key(|at| std::cmp::Reverse(buckets[*at].articles));
    peaks.truncate(MOST_PEAKS);
    peaks
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn bucket(articles: u64) -> Bucket {
        Bucket { first: Date::ZERO, last: Date::ZERO, articles, of: articles, peak: None, best: None }
    }

    #[test]
    fn periods_begin_where_the_calendar_says() {
        let day = date(2024, 2, 29);
        assert_eq!(Period::Year.first_day(day), date(2024, 1, 1));
        assert_eq!(Period::Month.first_day(day), date(2024, 2, 1));
        assert_eq!(Period::Week.first_day(day), date(2024, 2, 26));
        assert_eq!(Period::Week.first_day(date(2024, 2, 26)), date(2024, 2, 26));
        assert_eq!(Period::Week.first_day(date(2024, 3, 3)), date(2024, 2, 26));
        assert_eq!(Period::Day.first_day(day), day);
    }

    #[test]
    fn buckets_have_no_gap_and_end_where_the_next_begins() {
        let ends = (date(2023, 12, 1), date(2024, 3, 1));
        let buckets = buckets_of(Some(ends), Period::Month).unwrap_or_default();
        let ends: Vec<Date> = buckets.iter().map(|bucket| bucket.last).collect();
        assert_eq!(ends, [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]);
        assert_eq!(buckets_of(None, Period::Month).unwrap_or_default(), []);
    }

    #[test]
    fn what_nobody_can_look_at_is_refused() {
        let ends = Some((date(1000, 1, 1), date(2024, 1, 1)));
        assert!(buckets_of(ends, Period::Day).is_err());
        assert_eq!(buckets_of(ends, Period::Year).unwrap_or_default().len(), 1025);
    }

    #[test]
    fn peaks_are_higher_than_a_neighbour() {
        let found = |heights: &[u64]| {
            let mut found = peaks(&heights.iter().map(|height| bucket(*height)).collect::<Vec<_>>());
            found.sort_unstable();
            found
        };
        assert_eq!(found(&[1]), [0]);
        assert_eq!(found(&[1, 3, 2, 0, 1, 0, 4]), [1, 6]);
        assert_eq!(found(&[2, 2, 2]), [0, 2]);
        assert_eq!(found(&[0, 0]), [0usize; 0]);
    }
}
