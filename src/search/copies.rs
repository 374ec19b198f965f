//! Copies of one article, shown as one: which of them stands for all, and which the others are.

use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocAddress;

use crate::article::{Article, ArticleDate};
use crate::choice::choice;
use crate::error::Result;
use crate::index::Snapshot;

use super::Hit;
use super::scored_doc::ScoredDoc;

choice! {
    "way to show copies";
    /// Which articles are shown of those that are copies of one another.
    #[derive(Default)]
    pub enum CopiesShown {
        /// The one that comes first in the order of the answer.
        Best => "best",
        /// The one that was published first.
        First => "first",
        /// The one that was published last.
        Last => "last",
        /// All of them, each for itself.
        #[default]
        All => "all",
    }
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
    /// The paper it stood in.
    pub publication: Option<String>,
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
pub fn copies_of(snapshot: &Snapshot, id: &str, text_hash: u64) -> Result<Vec<CopyOf>> {
    let near_duplicates = snapshot.near_duplicates()?;
    let Some(cluster) = near_duplicates.cluster_of(text_hash) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (ord, segment) in (0..).zip(snapshot.searcher().segment_readers()) {
        let text_hashes = snapshot.u64_column(segment, "copy_text")?;
        for doc in segment.doc_ids_alive() {
            let of_doc = text_hashes.first(doc).and_then(|text_hash| near_duplicates.cluster_of(text_hash));
            if of_doc == Some(cluster) {
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
        let Article { id, path, publication, date, .. } = stored.article;
        Ok(Self { id, path, root: stored.root, publication, date })
    }

    fn sort(copies: &mut [Self]) {
        let key =
            |copy: &Self| (copy.date.map(|date| (date.day, date.time)), copy.path.clone(), copy.id.clone());
        copies.sort_by_cached_key(key);
    }
}

/// The articles that have near-duplicates, and which of them are to be shown.
pub(super) struct Grouped {
    shown: CopiesShown,
    /// By segment: each with its cluster, in their order.
    members: Vec<Vec<(u32, u32)>>,
}

impl Grouped {
    /// `None` where all are shown, or none is a copy of another.
    pub fn open(snapshot: &Snapshot, shown: CopiesShown) -> Result<Option<Self>> {
        if shown == CopiesShown::All {
            return Ok(None);
        }
        let near_duplicates = snapshot.near_duplicates()?;
        if near_duplicates.is_empty() {
            return Ok(None);
        }
        let mut members = Vec::new();
        for segment in snapshot.searcher().segment_readers() {
            members.push(match near_duplicates.members(&segment.segment_id().uuid_string()) {
                Some(members) => members.collect(),
                None => {
                    let text_hashes = snapshot.u64_column(segment, "copy_text")?;
                    let clustered = |doc| Some((doc, near_duplicates.cluster_of(text_hashes.first(doc)?)?));
                    segment.doc_ids_alive().filter_map(clustered).collect()
                }
            });
        }
        Ok(Some(Self { shown, members }))
    }

    /// Those of one segment.
    pub fn members(&self, segment: u32) -> &[(u32, u32)] {
        self.members.get(segment as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// Of articles in their order, those that are shown.
    pub fn shown(
        &self,
        snapshot: &Snapshot,
        mut kept: Vec<ScoredDoc>,
        found: &Found,
    ) -> Result<Vec<ScoredDoc>> {
        if self.shown == CopiesShown::Best {
            // Of each group the first, whichever segment it is in.
            let mut seen = FxHashSet::default();
            kept.retain(|kept| kept.group.is_none_or(|group| seen.insert(group)));
            return Ok(kept);
        }
        let groups: FxHashSet<u32> = kept.iter().filter_map(|kept| kept.group).collect();
        let standing =
            standing(snapshot, found.0.iter().filter(|member| groups.contains(&member.0)), self.shown)?;
        kept.retain(|kept| kept.group.is_none() || standing.contains(&kept.address));
        Ok(kept)
    }
}

/// The articles that match and have copies, by group.
#[derive(Default)]
pub(super) struct Found(Vec<(u32, DocAddress)>);

impl Found {
    pub fn new(mut members: Vec<(u32, DocAddress)>) -> Self {
        members.sort_unstable();
        Self(members)
    }

    /// Those of several segments.
    pub fn of(segments: Vec<Self>) -> Self {
        Self::new(segments.into_iter().flat_map(|segment| segment.0).collect())
    }

    /// How many of them another one stands for.
    pub fn others(&self) -> u64 {
        self.0.windows(2).filter(|pair| pair[0].0 == pair[1].0).count() as u64
    }

    /// The articles that one stands for.
    pub fn others_of(&self, kept: &ScoredDoc) -> Vec<CopyFound> {
        let Some(group) = kept.group else { return Vec::new() };
        let from = self.0.partition_point(|member| member.0 < group);
        let members = self.0.iter().skip(from).take_while(|member| member.0 == group);
        members.filter(|member| member.1 != kept.address).map(|member| CopyFound(member.1)).collect()
    }
}

/// The articles that were published first or last of their groups; undated ones only where all are. Of those
/// of one time it is the first by id: which it is must not depend on how the index was built.
fn standing<'a>(
    snapshot: &Snapshot,
    members: impl Iterator<Item = &'a (u32, DocAddress)>,
    shown: CopiesShown,
) -> Result<FxHashSet<DocAddress>> {
    let mut columns = Vec::new();
    for segment in snapshot.searcher().segment_readers() {
        columns.push((snapshot.dates(segment)?, snapshot.str_column(segment, "id")?));
    }
    let date = |at: &DocAddress| {
        let dates = columns.get(at.segment_ord as usize).map(|columns| &columns.0);
        let moment = dates.and_then(|dates| dates.moment(at.doc_id));
        let moment = if shown == CopiesShown::Last { moment.map(i64::wrapping_neg) } else { moment };
        // Of a month or a year nobody can say that it was before a day in it.
        (moment.is_none(), dates.is_some_and(|dates| dates.is_partial(at.doc_id)), moment)
    };
    let id = |at: &DocAddress| {
        let ids = columns.get(at.segment_ord as usize)?.1.as_ref()?;
        let mut id = String::new();
        ids.ord_to_str(ids.ords().first(at.doc_id)?, &mut id).ok()?;
        Some(id)
    };
    let mut first: FxHashMap<u32, DocAddress> = FxHashMap::default();
    for (group, at) in members {
        let standing = first.entry(*group).or_insert(*at);
        let order = date(at).cmp(&date(standing));
        if order
            .then_with(|| if at == standing { Ordering::Equal } else { id(at).cmp(&id(standing)) })
            .is_lt()
        {
            *standing = *at;
        }
    }
    Ok(first.into_values().collect())
}
