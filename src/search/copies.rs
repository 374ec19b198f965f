//! Copies of one article, shown as one: which of them stands for all, and which the others are.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocAddress;
use tantivy::columnar::Column;

use crate::article::ArticleDate;
use crate::error::Result;
use crate::index::{Copies, Snapshot, reading};

use super::Hit;
use super::collect::Candidate;
use super::cursor::{Cursor, FieldNorms, SegmentContext, TERMINATED, build};
use super::plan::Plan;

/// Which articles are shown of those that are copies of one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CopiesShown {
    /// All of them, each for itself.
    #[default]
    All,
    /// The one that comes first in the order of the answer.
    Best,
    /// The one that was published first.
    First,
    /// The one that was published last.
    Last,
}

/// An article that was found and is a copy of one that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyFound(DocAddress);

/// What an article is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyOf {
    /// Its id.
    pub id: String,
    /// Its path, relative to its root.
    pub path: String,
    /// The number of its root.
    pub root: u32,
    /// When it was published.
    pub date: Option<ArticleDate>,
}

/// The copies of a hit that were found too, by date and path.
pub fn copies_found(snapshot: &Snapshot, hit: &Hit) -> Result<Vec<CopyOf>> {
    let mut copies = Vec::with_capacity(hit.copies.len());
    for copy in &hit.copies {
        copies.push(CopyOf::read(snapshot, copy.0)?);
    }
    CopyOf::sort(&mut copies);
    Ok(copies)
}

/// All copies of an article that the archive holds, by date and path; not the article itself.
pub fn copies_of(snapshot: &Snapshot, id: &str, text: u64) -> Result<Vec<CopyOf>> {
    let copies = snapshot.copies()?;
    let Some(group) = copies.group_of(text) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for ord in 0..snapshot.searcher().segment_readers().len() as u32 {
        let texts = texts(snapshot, ord)?;
        for doc in snapshot.searcher().segment_reader(ord).doc_ids_alive() {
            if texts.first(doc).is_some_and(|text| copies.group_of(text) == Some(group)) {
                found.push(CopyOf::read(snapshot, DocAddress::new(ord, doc))?);
            }
        }
    }
    found.retain(|copy| copy.id != id);
    CopyOf::sort(&mut found);
    Ok(found)
}

impl CopyOf {
    fn read(snapshot: &Snapshot, at: DocAddress) -> Result<Self> {
        let stored = snapshot.article(at)?;
        let article = stored.article;
        Ok(Self { id: article.id, path: article.path, root: stored.root, date: article.date })
    }

    fn sort(copies: &mut [Self]) {
        let key =
            |copy: &Self| (copy.date.map(|date| (date.day, date.time)), copy.path.clone(), copy.id.clone());
        copies.sort_by_cached_key(key);
    }
}

fn texts(snapshot: &Snapshot, ord: u32) -> Result<Column<u64>> {
    let columns = snapshot.searcher().segment_reader(ord).fast_fields();
    columns.u64("copy_text").map_err(|error| reading(snapshot.dir(), &error))
}

/// The articles that match and have copies.
pub(super) struct Grouped {
    copies: Copies,
    /// By group.
    members: Vec<(u32, DocAddress)>,
    /// Those that stand for their groups; `None` where the one that comes first in the answer does.
    standing: Option<FxHashSet<DocAddress>>,
}

impl Grouped {
    /// Goes through all that match; `None` where none is a copy of another.
    pub fn find(
        snapshot: &Snapshot,
        plan: &Plan,
        norms: &FieldNorms,
        shown: CopiesShown,
    ) -> Result<Option<Self>> {
        if shown == CopiesShown::All {
            return Ok(None);
        }
        let copies = snapshot.copies()?;
        if copies.is_empty() {
            return Ok(None);
        }
        let mut members: Vec<(u32, DocAddress)> = Vec::new();
        for (ord, segment) in (0..).zip(snapshot.searcher().segment_readers()) {
            let mut context = SegmentContext::new(snapshot, ord as usize, norms, false);
            let alive = segment.alive_bitset();
            let take = |doc, group| {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    members.push((group, DocAddress::new(ord, doc)));
                }
            };
            match copies.places(&segment.segment_id().uuid_string()) {
                Some(places) => {
                    let mut places = places.peekable();
                    if places.peek().is_some() {
                        each_of(places, build(plan, &mut context, 1.0, false)?, take);
                    }
                }
                None => {
                    let texts = texts(snapshot, ord)?;
                    let group = |doc| texts.first(doc).and_then(|text| copies.group_of(text));
                    each_with(group, build(plan, &mut context, 1.0, false)?, take);
                }
            }
        }
        members.sort_unstable();
        let standing = match shown {
            CopiesShown::All | CopiesShown::Best => None,
            CopiesShown::First | CopiesShown::Last => Some(standing(snapshot, &members, shown)?),
        };
        Ok(Some(Self { copies, members, standing }))
    }

    /// How many of the articles that were found another one stands for.
    pub fn others(&self) -> u64 {
        self.members.windows(2).filter(|pair| pair[0].0 == pair[1].0).count() as u64
    }

    /// The articles of a group that were found, but for one.
    pub fn others_of(&self, group: u32, at: DocAddress) -> Vec<CopyFound> {
        let from = self.members.partition_point(|member| member.0 < group);
        let members = self.members.iter().skip(from).take_while(|member| member.0 == group);
        members.filter(|member| member.1 != at).map(|member| CopyFound(member.1)).collect()
    }
}

/// Calls `take` with what of the places, which are in order, the cursor stops at.
fn each_of(
    places: impl Iterator<Item = (u32, u32)>,
    mut cursor: Box<dyn Cursor>,
    mut take: impl FnMut(u32, u32),
) {
    let mut doc = cursor.doc();
    for (member, group) in places {
        if doc < member {
            doc = cursor.seek(member);
        }
        if doc == member {
            take(member, group);
        }
        if doc == TERMINATED {
            return;
        }
    }
}

/// The same, of all that the cursor stops at, with what has a group.
fn each_with(
    group: impl Fn(u32) -> Option<u32>,
    mut cursor: Box<dyn Cursor>,
    mut take: impl FnMut(u32, u32),
) {
    let mut doc = cursor.doc();
    while doc != TERMINATED {
        if let Some(group) = group(doc) {
            take(doc, group);
        }
        doc = cursor.advance();
    }
}

/// The articles that were published first or last of their groups; undated ones only where all are.
fn standing(
    snapshot: &Snapshot,
    members: &[(u32, DocAddress)],
    shown: CopiesShown,
) -> Result<FxHashSet<DocAddress>> {
    let damaged = |error| reading(snapshot.dir(), &error);
    let mut columns = Vec::new();
    for segment in snapshot.searcher().segment_readers() {
        let columns_of = segment.fast_fields();
        columns.push((columns_of.i64("date").map_err(damaged)?, columns_of.str("id").map_err(damaged)?));
    }
    let rank = |at: &DocAddress| {
        let (dates, ids) = columns.get(at.segment_ord as usize)?;
        let date = dates.first(at.doc_id);
        let date = if shown == CopiesShown::Last { date.map(i64::wrapping_neg) } else { date };
        // Of the same date, the first by id: which comes first must not depend on how the index was built.
        let mut id = String::new();
        if let Some((ids, ord)) = ids.as_ref().and_then(|ids| Some((ids, ids.ords().first(at.doc_id)?))) {
            ids.ord_to_str(ord, &mut id).ok()?;
        }
        Some((date.is_none(), date, id))
    };
    let groups = members.chunk_by(|one, other| one.0 == other.0);
    Ok(groups.filter_map(|group| group.iter().map(|member| member.1).min_by_key(rank)).collect())
}

/// The copies of one segment, as they are come by.
pub(super) struct SegmentCopies<'a> {
    grouped: &'a Grouped,
    ord: u32,
    texts: Column<u64>,
    /// The best article of each group.
    pub standing: FxHashMap<u32, Candidate>,
}

impl<'a> SegmentCopies<'a> {
    pub fn open(snapshot: &Snapshot, ord: u32, grouped: &'a Grouped) -> Result<Self> {
        Ok(Self { grouped, ord, texts: texts(snapshot, ord)?, standing: FxHashMap::default() })
    }

    /// Takes a candidate that has copies; gives back what has none.
    pub fn put(&mut self, candidate: Candidate) -> Option<Candidate> {
        let Some(group) = self.texts.first(candidate.doc).and_then(|text| self.grouped.copies.group_of(text))
        else {
            return Some(candidate);
        };
        let at = DocAddress::new(self.ord, candidate.doc);
        if self.grouped.standing.as_ref().is_none_or(|standing| standing.contains(&at)) {
            // The order of candidates is turned round: less is better.
            let best = self.standing.remove(&group).filter(|best| *best < candidate);
            self.standing.insert(group, best.unwrap_or(candidate));
        }
        None
    }
}
