//! Goes through all articles that match: counts every one, keeps the best.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use rayon::prelude::*;
use tantivy::DocAddress;
use tantivy::columnar::{Column, StrColumn};

use crate::choice::choice;
use crate::error::{Error, Result, plain_io};
use crate::index::dates::Dates;
use crate::index::{Snapshot, reading};

use super::copies::{Found, Grouped};
use super::cursor::{Cursor, FieldNorms, SegmentContext, TERMINATED, Tally, build};
use super::plan::Plan;
use super::rank::Ranking;
use super::scored_doc::{ScoredDoc, SortKey};

choice! {
    "order";
    /// In which order articles are shown. Articles that are equal in it come newest first, then by id.
    #[derive(Default)]
    pub enum Sort {
        /// The best match first.
        #[default]
        Relevance => "relevance",
        /// The newest first; undated articles last.
        Newest => "newest",
        /// The oldest first; undated articles last.
        Oldest => "oldest",
        /// The one with the most words in its body first.
        Longest => "longest",
        /// The one with the fewest words in its body first.
        Shortest => "shortest",
    }
}

/// What was found.
pub(super) struct Collected {
    /// How many articles match.
    pub total: u64,
    /// Those of them that have copies, where these are `grouped`.
    pub found: Found,
    /// The best, in order.
    pub kept: Vec<ScoredDoc>,
}

/// All matches counted, and the best `keep` of them in order; of copies only one where they are `grouped`.
pub(super) fn collect(
    plan: &Plan,
    snapshot: &Snapshot,
    norms: &FieldNorms,
    sort: Sort,
    keep: usize,
    grouped: Option<&Grouped>,
) -> Result<Collected> {
    let scored = sort == Sort::Relevance;
    let ages = Ages::new(snapshot, norms.ranking())?;
    // Each for itself: they take so long that dividing them well is worth more than dividing them fast.
    let segments = (0..snapshot.searcher().segment_readers().len()).into_par_iter().with_max_len(1);
    let collected = segments.map(|ord| {
        let mut context = SegmentContext::new(snapshot, ord, norms, scored);
        let cursor = build(plan, &mut context, 1.0, false)?;
        let members = grouped.map(|grouped| grouped.members(ord as u32)).unwrap_or_default();
        Ok(Segment::open(snapshot, ord, sort, &ages)?.collect(cursor, sort, keep, members))
    });
    let collected: Vec<Collected> = collected.collect::<Result<_>>()?;
    let total = collected.iter().map(|segment| segment.total).sum();
    let (found, kept): (Vec<Found>, Vec<Vec<ScoredDoc>>) =
        collected.into_iter().map(|segment| (segment.found, segment.kept)).unzip();
    let Some(grouped) = grouped else {
        return Ok(Collected { total, found: Found::default(), kept: best(snapshot, kept.concat(), keep)? });
    };
    let found = Found::of(found);
    let mut kept = grouped.shown(snapshot, best(snapshot, kept.concat(), usize::MAX)?, &found)?;
    kept.truncate(keep);
    Ok(Collected { total, found, kept })
}

/// The best `keep` of what the segments kept, in order. Looking an id up costs as much as ranking a hundred
/// articles: it is done only where nothing else tells two of them apart.
fn best(snapshot: &Snapshot, mut kept: Vec<ScoredDoc>, keep: usize) -> Result<Vec<ScoredDoc>> {
    kept.sort_by_key(|kept| Reverse(kept.key));
    let mut best = Vec::with_capacity(keep.min(kept.len()));
    for equal in kept.chunk_by(|a, b| a.key == b.key) {
        if best.len() >= keep {
            break;
        }
        if let [only] = equal {
            best.push(only.clone());
            continue;
        }
        let mut named: Vec<(String, &ScoredDoc)> = ids(snapshot, equal)?.into_iter().zip(equal).collect();
        named.sort_by(|(a, _), (b, _)| a.cmp(b));
        best.extend(named.into_iter().map(|(_, kept)| kept.clone()));
    }
    best.truncate(keep);
    Ok(best)
}

/// The ids of articles that were kept, in the same order.
pub(super) fn ids(snapshot: &Snapshot, kept: &[ScoredDoc]) -> Result<Vec<String>> {
    let damaged = |reason| Error::Damaged { path: snapshot.dir().to_owned(), reason };
    let readers = snapshot.searcher().segment_readers();
    let mut columns: Vec<Option<StrColumn>> = Vec::with_capacity(readers.len());
    for reader in readers {
        columns.push(reader.fast_fields().str("id").map_err(|error| reading(snapshot.dir(), &error))?);
    }
    let mut ids = Vec::with_capacity(kept.len());
    for kept in kept {
        let mut id = String::new();
        if let Some(Some(column)) = columns.get(kept.address.segment_ord as usize) {
            column.ord_to_str(kept.id, &mut id).map_err(|error| damaged(plain_io(&error)))?;
        }
        ids.push(id);
    }
    Ok(ids)
}

/// How much newer articles are worth more.
pub(super) struct Ages {
    ranking: Ranking,
    /// The date of the newest article: age is counted from there, so that an archive that is closed has new
    /// articles too.
    newest: Option<i64>,
}

impl Ages {
    pub fn new(snapshot: &Snapshot, ranking: &Ranking) -> Result<Self> {
        let mut newest = None;
        if ranking.recent > 0.0 {
            for segment in snapshot.searcher().segment_readers() {
                let dates =
                    segment.fast_fields().i64("date").map_err(|error| reading(snapshot.dir(), &error))?;
                if segment.num_docs() > 0 {
                    newest = newest.max(Some(dates.max_value()));
                }
            }
        }
        Ok(Self { ranking: ranking.clone(), newest })
    }

    /// The factor for an article of this date; 1 where it is not known.
    fn factor(&self, date: Option<i64>) -> f32 {
        match (self.newest, date) {
            (Some(newest), Some(date)) => self.ranking.recency((newest - date) as f32 / 86_400.0),
            _ => 1.0,
        }
    }

    /// The factor for the article at `address`.
    pub fn factor_of(&self, snapshot: &Snapshot, address: DocAddress) -> Result<f32> {
        let columns = snapshot.searcher().segment_reader(address.segment_ord).fast_fields();
        let dates = columns.i64("date").map_err(|error| reading(snapshot.dir(), &error))?;
        Ok(self.factor(dates.first(address.doc_id)))
    }
}

struct Segment<'a> {
    snapshot: &'a Snapshot,
    ages: &'a Ages,
    ord: u32,
    dates: Dates,
    /// Where articles are sorted by their length.
    words: Option<Column<u64>>,
    ids: Option<StrColumn>,
}

/// What the heap holds: the worst on top.
#[derive(PartialEq, Eq)]
struct Candidate {
    key: SortKey,
    /// Ids of a segment have numbers in their order.
    id: Reverse<u64>,
    doc: u32,
    score_bits: u32,
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.key, other.id, other.doc).cmp(&(self.key, self.id, self.doc))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The best articles of a segment; those that have copies are kept beside them, since it is not known yet
/// which are shown.
struct Best {
    keep: usize,
    heap: BinaryHeap<Candidate>,
    grouped: Vec<(u32, Candidate)>,
}

impl Best {
    /// What others must be better than.
    fn worst(&self) -> Option<&Candidate> {
        if self.heap.len() == self.keep { self.heap.peek() } else { None }
    }

    fn take(&mut self, candidate: Candidate, group: Option<u32>) {
        if let Some(group) = group {
            self.grouped.push((group, candidate));
            return;
        }
        if self.heap.len() == self.keep {
            self.heap.pop();
        }
        self.heap.push(candidate);
    }

    fn into_candidates(self) -> impl Iterator<Item = (Option<u32>, Candidate)> {
        let alone = self.heap.into_iter().map(|candidate| (None, candidate));
        alone.chain(self.grouped.into_iter().map(|(group, candidate)| (Some(group), candidate)))
    }
}

impl<'a> Segment<'a> {
    fn open(snapshot: &'a Snapshot, ord: usize, sort: Sort, ages: &'a Ages) -> Result<Self> {
        let segment = snapshot.searcher().segment_reader(ord as u32);
        let columns = segment.fast_fields();
        let damaged = |error| reading(snapshot.dir(), &error);
        let by_length = matches!(sort, Sort::Longest | Sort::Shortest);
        Ok(Self {
            snapshot,
            ages,
            ord: ord as u32,
            dates: Dates::open(segment).map_err(damaged)?,
            words: by_length.then(|| columns.u64("words")).transpose().map_err(damaged)?,
            ids: columns.str("id").map_err(damaged)?,
        })
    }

    fn collect(
        &self,
        mut cursor: Box<dyn Cursor>,
        sort: Sort,
        keep: usize,
        members: &[(u32, u32)],
    ) -> Collected {
        let alive = self.snapshot.searcher().segment_reader(self.ord).alive_bitset();
        let most_proximity = cursor.most_proximity();
        let mut best = Best { keep, heap: BinaryHeap::new(), grouped: Vec::new() };
        let mut tally = Tally::new(members);
        if keep == 0 || sort != Sort::Relevance {
            // What is not scored is looked at article by article.
            let mut doc = cursor.doc();
            while doc != TERMINATED {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    tally.count(doc);
                    if keep > 0 {
                        let group = tally.group_of_last(doc);
                        self.offer(doc, group, cursor.as_mut(), sort, most_proximity, &mut best);
                    }
                }
                doc = cursor.advance();
            }
        } else {
            let mut least = f32::NEG_INFINITY;
            while cursor.next_worth(least, alive, &mut tally) != TERMINATED {
                let (doc, group) = (cursor.doc(), tally.group_of_last(cursor.doc()));
                self.offer(doc, group, cursor.as_mut(), sort, most_proximity, &mut best);
                if let Some(worst) = best.worst().filter(|_| self.ages.newest.is_none()) {
                    // A little less than needed: what is added up in another order differs in the last bits.
                    least = (f32::from_bits(worst.score_bits) - most_proximity) * 0.999;
                }
                cursor.advance();
            }
        }
        let kept = best.into_candidates().map(|(group, candidate)| ScoredDoc {
            address: DocAddress::new(self.ord, candidate.doc),
            score: f32::from_bits(candidate.score_bits),
            key: candidate.key,
            id: candidate.id.0,
            group,
        });
        let found = tally.found.iter().map(|(doc, group)| (*group, DocAddress::new(self.ord, *doc)));
        Collected { total: tally.total, found: Found::new(found.collect()), kept: kept.collect() }
    }

    /// Keeps the article where it is better than the worst that is kept.
    fn offer(
        &self,
        doc: u32,
        group: Option<u32>,
        cursor: &mut dyn Cursor,
        sort: Sort,
        most_proximity: f32,
        best: &mut Best,
    ) {
        if let Some(candidate) = self.candidate(doc, cursor, sort, most_proximity, best.worst()) {
            best.take(candidate, group);
        }
    }

    /// The article as a candidate, where it is better than the `worst` that is kept.
    fn candidate(
        &self,
        doc: u32,
        cursor: &mut dyn Cursor,
        sort: Sort,
        most_proximity: f32,
        worst: Option<&Candidate>,
    ) -> Option<Candidate> {
        let mut score = 0.0f32;
        let key = match sort {
            Sort::Relevance => {
                score = cursor.score();
                let factor = self.ages.newest.map_or(1.0, |_| self.ages.factor(self.dates.key(doc)));
                let threshold = worst.map_or(0, |worst| worst.key.first);
                if most_proximity > 0.0 {
                    if sortable_score((score + most_proximity) * factor) < threshold {
                        return None;
                    }
                    score += cursor.proximity();
                }
                score *= factor;
                if sortable_score(score) < threshold {
                    return None;
                }
                SortKey { first: sortable_score(score), second: sortable_date(self.dates.moment(doc)) }
            }
            Sort::Newest => SortKey { first: sortable_date(self.dates.moment(doc)), second: 0 },
            Sort::Oldest => {
                let first = self.dates.moment(doc).map_or(0, |date| !sortable_date(Some(date)));
                SortKey { first, second: 0 }
            }
            Sort::Longest | Sort::Shortest => {
                let words = self.words.as_ref().and_then(|words| words.first(doc)).unwrap_or(0);
                let first = if sort == Sort::Longest { words } else { u64::MAX - words };
                SortKey { first, second: sortable_date(self.dates.moment(doc)) }
            }
        };
        if worst.is_some_and(|worst| key < worst.key) {
            return None;
        }
        let id = Reverse(self.ids.as_ref().and_then(|ids| ids.ords().first(doc)).unwrap_or(u64::MAX));
        let candidate = Candidate { key, id, doc, score_bits: score.to_bits() };
        // The heap's order is turned round: less is better.
        if worst.is_some_and(|worst| candidate > *worst) { None } else { Some(candidate) }
    }
}

/// Scores are never negative: their bits sort as they do.
fn sortable_score(score: f32) -> u64 {
    u64::from(score.max(0.0).to_bits())
}

/// Undated articles sort before all others.
fn sortable_date(date: Option<i64>) -> u64 {
    date.map_or(0, |date| ((date as u64) ^ (1 << 63)).max(1))
}
