//! What the index stores of each article to tell near-duplicates by.

use rustc_hash::FxHashSet;
use tantivy::DocAddress;
use tantivy::columnar::Column;

use crate::error::Result;
use crate::index::Snapshot;
use crate::near_duplicates::{Sketch, SketchRef};

/// Where more than this part of the articles came, all are looked at.
const MOST_TOUCHED: u64 = 4;

/// The columns of each segment.
pub(super) struct Columns<'a> {
    snapshot: &'a Snapshot,
    text_hashes: Vec<Column<u64>>,
    sketches: Vec<Column<u64>>,
}

impl<'a> Columns<'a> {
    pub fn open(snapshot: &'a Snapshot) -> Result<Self> {
        let column = |name: &str| {
            let segments = snapshot.searcher().segment_readers().iter();
            segments.map(|segment| snapshot.u64_column(segment, name)).collect::<Result<Vec<_>>>()
        };
        Ok(Self { snapshot, text_hashes: column("copy_text")?, sketches: column("copy_sketch")? })
    }

    /// Calls `take` with every article that has a text: its address and the hash of that.
    pub fn each(&self, mut take: impl FnMut(DocAddress, u64)) {
        for (ord, (segment, text_hashes)) in
            (0..).zip(self.snapshot.searcher().segment_readers().iter().zip(&self.text_hashes))
        {
            for doc in segment.doc_ids_alive() {
                match text_hashes.first(doc) {
                    None | Some(0) => {}
                    Some(text_hash) => take(DocAddress::new(ord, doc), text_hash),
                }
            }
        }
    }

    /// The texts of the articles of these files; `None` where they are so many that all can be looked at as
    /// well.
    pub fn texts_of(&self, files: &FxHashSet<u64>) -> Result<Option<FxHashSet<u64>>> {
        let mut found = FxHashSet::default();
        if files.is_empty() {
            return Ok(Some(found));
        }
        let most = self.snapshot.article_count() / MOST_TOUCHED;
        for (segment, text_hashes) in self.snapshot.searcher().segment_readers().iter().zip(&self.text_hashes)
        {
            let column = self.snapshot.u64_column(segment, "file")?;
            let came = |doc: &u32| column.first(*doc).is_some_and(|file| files.contains(&file));
            found.extend(segment.doc_ids_alive().filter(came).filter_map(|doc| text_hashes.first(doc)));
            if found.len() as u64 > most {
                return Ok(None);
            }
        }
        found.remove(&0);
        Ok(Some(found))
    }

    /// The sketch of an article; `min_hashes` holds a part of it.
    pub fn sketch<'v>(&self, address: DocAddress, min_hashes: &'v mut Vec<u64>) -> SketchRef<'v> {
        min_hashes.clear();
        let column = self.sketches.get(address.segment_ord as usize);
        let mut stored = column.map(|column| column.values_for_doc(address.doc_id)).into_iter().flatten();
        let (letters, signature) = Sketch::read(&mut stored);
        min_hashes.extend(stored);
        SketchRef { letters, signature, min_hashes }
    }
}
