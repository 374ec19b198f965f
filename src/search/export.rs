//! All articles that match, one after the other: however many there are, only a few hundred are held at a
//! time.

use rayon::prelude::*;

use crate::error::Result;
use crate::index::Snapshot;

use super::copies::Found;
use super::highlight::Highlighter;
use super::prepared::{Prepared, Ranked};
use super::scored_doc::ScoredDoc;
use super::{Account, Hit, SearchRequest};

/// How many articles are read at once, each core its share.
const BATCH: usize = 256;

/// How much of each article is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Only what is stored of it: its matches are not looked for.
    Stored,
    /// Its snippets, but not its body.
    Snippets,
    /// Its snippets and its body.
    Whole,
}

/// The articles that match in the request's order, each read from the index when it is its turn.
pub struct Hits<'a> {
    /// Number of articles that match.
    pub total: u64,
    /// The same with only one of copies counted, where only one of them is written.
    pub distinct: Option<u64>,
    /// What to know about how they were searched for.
    pub account: Account,
    found: Found,
    snapshot: &'a Snapshot,
    highlighter: Highlighter,
    detail: Detail,
    kept: std::iter::Enumerate<std::vec::IntoIter<ScoredDoc>>,
    read: std::vec::IntoIter<Result<Hit>>,
}

/// All articles that match from the request's offset on, whatever its limit.
///
/// ```
/// use newsearch::search::{Detail, SearchRequest, all};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let home = tempfile::tempdir()?;
/// # let (archive, index) = (home.path().join("archive"), home.path().join("index"));
/// # std::fs::create_dir(&archive)?;
/// # let weir = "---\ntitle: Weir mended\ndate: 2025-03-05\nsection: Local\n---\nIt holds again.\n";
/// # std::fs::write(archive.join("weir.md"), weir)?;
/// # newsearch::ingest::index(&index, &[&archive])?;
/// let snapshot = newsearch::index::Snapshot::open(&index)?;
/// let hits = all(&snapshot, &SearchRequest::read("weir")?, Detail::Whole)?;
/// println!("{} articles", hits.total);
/// for hit in hits {
///     println!("{}", hit?.article.body);
/// }
/// # Ok(()) }
/// ```
pub fn all<'a>(snapshot: &'a Snapshot, request: &SearchRequest, detail: Detail) -> Result<Hits<'a>> {
    let request = SearchRequest { limit: usize::MAX, ..request.clone() };
    let prepared = Prepared::new(snapshot, &request)?;
    let Ranked { total, distinct, kept, found } = prepared.ranked(&request)?;
    let account = prepared.account(&request)?;
    let mut kept = kept.into_iter().enumerate();
    if let Some(last) = request.offset.checked_sub(1) {
        kept.nth(last);
    }
    Ok(Hits {
        total,
        distinct,
        account,
        found,
        snapshot,
        highlighter: prepared.highlighter(),
        detail,
        kept,
        read: Vec::new().into_iter(),
    })
}

impl Hits<'_> {
    /// Reads the next articles in the order in which they lie on the disk, and puts them back into their own.
    fn read_batch(&mut self) {
        let mut batch: Vec<(usize, ScoredDoc)> = self.kept.by_ref().take(BATCH).collect();
        batch.sort_by_key(|(_, kept)| kept.address);
        let this = &*self;
        let read = batch.par_iter().with_min_len(BATCH / 16).map_init(
            || this.highlighter.clone(),
            |highlighter, (at, kept)| (*at, this.hit(highlighter, *at, kept)),
        );
        let mut read: Vec<(usize, Result<Hit>)> = read.collect();
        read.sort_by_key(|(at, _)| *at);
        let hits: Vec<_> = read.into_iter().map(|(_, hit)| hit).collect();
        self.read = hits.into_iter();
    }

    fn hit(&self, highlighter: &mut Highlighter, at: usize, kept: &ScoredDoc) -> Result<Hit> {
        let stored = self.snapshot.article(kept.address)?;
        let mut hit = match self.detail {
            Detail::Stored => Hit::bare(at + 1, kept.score, stored),
            _ => Hit::new(at + 1, kept.score, stored, Some(highlighter)),
        };
        if self.detail == Detail::Snippets {
            hit.article.body = String::new();
        }
        hit.copies = self.found.others_of(kept);
        Ok(hit)
    }
}

impl Iterator for Hits<'_> {
    type Item = Result<Hit>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.read.as_slice().is_empty() {
            self.read_batch();
        }
        self.read.next()
    }
}
