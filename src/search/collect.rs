//! Goes through all articles that match: counts every one, keeps the best.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use rustc_hash::FxHashSet;
use tantivy::DocAddress;
use tantivy::columnar::{Column, StrColumn};

use crate::error::{Error, Result, plain_io};
use crate::index::{Snapshot, reading};

use super::copies::{Grouped, SegmentGroups};
use super::cursor::{Cursor, FieldNorms, SegmentContext, TERMINATED, build};
use super::plan::Plan;
use super::rank::Ranking;

/// In which order articles are shown. Articles that are equal in it come newest first, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best match first.
    #[default]
    Relevance,
    /// The newest first; undated articles last.
    Newest,
    /// The oldest first; undated articles last.
    Oldest,
    /// The one with the most words in its body first.
    Longest,
    /// The one with the fewest words in its body first.
    Shortest,
}

/// One article that was kept.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub address: DocAddress,
    /// Its score; 0 where it was not asked for.
    pub score: f32,
    key: Key,
    /// Its id.
    pub id: String,
    /// The group of copies that it stands for.
    pub group: Option<u32>,
    /// How much rather than others it stands for it.
    standing: u64,
}

/// Greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    first: u64,
    second: u64,
}

/// All matches counted, and the best `keep` of them in order; of copies only one where they are `grouped`.
pub(super) fn collect(
    plan: &Plan,
    snapshot: &Snapshot,
    norms: &FieldNorms,
    sort: Sort,
    keep: usize,
    mut grouped: Option<&mut Grouped>,
) -> Result<(u64, Vec<Kept>)> {
    let scored = sort == Sort::Relevance;
    let ages = Ages::new(snapshot, norms.ranking())?;
    let mut total = 0;
    let mut kept: Vec<Kept> = Vec::new();
    for ord in 0..snapshot.searcher().segment_readers().len() {
        let mut context = SegmentContext::new(snapshot, ord, norms, scored);
        let cursor = build(plan, &mut context, 1.0, false)?;
        let segment = Segment::open(snapshot, ord, &ages)?;
        let group = match &mut grouped {
            Some(grouped) => Some(SegmentGroups::open(snapshot, ord as u32, grouped)?),
            None => None,
        };
        total += segment.collect(cursor, sort, keep, &mut kept, group)?;
    }
    if grouped.is_some() {
        // The one that stands for each group, whichever segment it is in.
        kept.sort_by(|a, b| (b.standing, b.key).cmp(&(a.standing, a.key)).then_with(|| a.id.cmp(&b.id)));
        let mut seen = FxHashSet::default();
        kept.retain(|kept| kept.group.is_none_or(|group| seen.insert(group)));
    }
    kept.sort_by(|a, b| b.key.cmp(&a.key).then_with(|| a.id.cmp(&b.id)));
    kept.truncate(keep);
    Ok((total, kept))
}

/// How much newer articles are worth more.
pub(super) struct Ages {
    ranking: Ranking,
    /// The date of the newest article: age is counted from there, so that an archive that is closed has new articles too.
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
    dates: Column<i64>,
    words: Column<u64>,
    ids: Option<StrColumn>,
}

/// What the heap holds: the worst on top.
#[derive(PartialEq, Eq)]
pub(super) struct Candidate {
    key: Key,
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

impl<'a> Segment<'a> {
    fn open(snapshot: &'a Snapshot, ord: usize, ages: &'a Ages) -> Result<Self> {
        let columns = snapshot.searcher().segment_reader(ord as u32).fast_fields();
        let damaged = |error| reading(snapshot.dir(), &error);
        Ok(Self {
            snapshot,
            ages,
            ord: ord as u32,
            dates: columns.i64("date").map_err(damaged)?,
            words: columns.u64("words").map_err(damaged)?,
            ids: columns.str("id").map_err(damaged)?,
        })
    }

    fn collect(
        &self,
        mut cursor: Box<dyn Cursor>,
        sort: Sort,
        keep: usize,
        kept: &mut Vec<Kept>,
        mut groups: Option<SegmentGroups<'_>>,
    ) -> Result<u64> {
        let alive = self.snapshot.searcher().segment_reader(self.ord).alive_bitset();
        let most_proximity = cursor.most_proximity();
        let mut heap: BinaryHeap<Candidate> = BinaryHeap::new();
        let mut total = 0;
        let mut doc = cursor.doc();
        while doc != TERMINATED {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                total += 1;
                let group = groups.as_mut().and_then(|groups| Some((groups.of(doc)?, groups)));
                if keep > 0 {
                    let worst = if heap.len() == keep { heap.peek() } else { None };
                    let worst = worst.filter(|_| group.as_ref().is_none_or(|(_, groups)| groups.by_rank()));
                    let candidate = self.candidate(doc, cursor.as_mut(), sort, most_proximity, worst);
                    match (candidate, group) {
                        (Some(candidate), Some((group, groups))) => {
                            groups.offer(group, self.dates.first(doc), candidate);
                        }
                        (Some(candidate), None) => {
                            if heap.len() == keep {
                                heap.pop();
                            }
                            heap.push(candidate);
                        }
                        (None, _) => {}
                    }
                }
            }
            doc = cursor.advance();
        }
        for candidate in heap {
            kept.push(self.kept(&candidate, None, 0)?);
        }
        for (group, (standing, candidate)) in groups.map(|groups| groups.standing).unwrap_or_default() {
            kept.push(self.kept(&candidate, Some(group), standing)?);
        }
        Ok(total)
    }

    fn kept(&self, candidate: &Candidate, group: Option<u32>, standing: u64) -> Result<Kept> {
        Ok(Kept {
            address: DocAddress::new(self.ord, candidate.doc),
            score: f32::from_bits(candidate.score_bits),
            key: candidate.key,
            id: self.id(candidate.id.0)?,
            group,
            standing,
        })
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
                let factor = self.ages.newest.map_or(1.0, |_| self.ages.factor(self.dates.first(doc)));
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
                Key { first: sortable_score(score), second: sortable_date(self.dates.first(doc)) }
            }
            Sort::Newest => Key { first: sortable_date(self.dates.first(doc)), second: 0 },
            Sort::Oldest => {
                let first = self.dates.first(doc).map_or(0, |date| !sortable_date(Some(date)));
                Key { first, second: 0 }
            }
            Sort::Longest | Sort::Shortest => {
                let words = self.words.first(doc).unwrap_or(0);
                let first = if sort == Sort::Longest { words } else { u64::MAX - words };
                Key { first, second: sortable_date(self.dates.first(doc)) }
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

    fn id(&self, ord: u64) -> Result<String> {
        let mut id = String::new();
        if let Some(ids) = &self.ids {
            ids.ord_to_str(ord, &mut id).map_err(|error| Error::Damaged {
                path: self.snapshot.dir().to_owned(),
                reason: plain_io(&error),
            })?;
        }
        Ok(id)
    }
}

/// Scores are never negative: their bits sort as they do.
fn sortable_score(score: f32) -> u64 {
    u64::from(score.max(0.0).to_bits())
}

/// Undated articles sort before all others.
pub(super) fn sortable_date(date: Option<i64>) -> u64 {
    date.map_or(0, |date| ((date as u64) ^ (1 << 63)).max(1))
}
