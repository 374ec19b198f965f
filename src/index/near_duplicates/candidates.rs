//! Which pairs of texts may be near-duplicates: a hash join of the archive's sketches with themselves, by
//! their min-hashes.
//!
//! Of all texts, [`SketchIndex`] is an inverted index from min-hash to texts, sorted by both. Most min-hashes
//! are of one text and make no pair: a first pass over the sketches puts all hashes into a [`SeenTwice`], the
//! second keeps those that may be shared. Of new texts, an index in memory is joined with all sketches, read
//! one after the other.
//!
//! An example: of the min-hashes 3 21 40 (text 0), 3 21 58 (text 1) and 9 40 (text 2), seen twice are 3, 21
//! and 40. The index is `3→0 3→1 21→0 21→1 40→0 40→2`. Read from text 0 on, 1 comes twice and 2 once; where
//! two in common are enough, 0–1 is looked at with its whole sketches.
//!
//! A min-hash that n texts share would make n² pairs. Each text is paired with its nearest only, in the order
//! of the text hashes, at most [`NEIGHBOURS`] on a side, so that there are O(n) pairs.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocAddress;

use crate::near_duplicates::{SeenTwice, Sketch, SketchRef, UnionFind};

use super::columns::Columns;
use super::{ArchiveText, Entry, NearDuplicates, distinct};

/// The texts that are looked at, and the pairs of them that may be near-duplicates.
pub(super) struct Candidates {
    /// In the order of their hashes.
    pub texts: Vec<ArchiveText>,
    /// By number.
    pub pairs: Vec<(u32, u32)>,
    /// What is known to hang together.
    pub components: UnionFind,
}

impl Candidates {
    /// All texts.
    pub fn all(columns: &Columns<'_>) -> Self {
        let mut articles: Vec<(u64, DocAddress)> = Vec::new();
        columns.each(|address, text_hash| articles.push((text_hash, address)));
        let texts = distinct(articles, |_| (None, true));
        let pairs = SketchIndex::new(columns, &texts).pairs();
        Self { components: UnionFind::new(texts.len()), texts, pairs }
    }

    /// The texts that had near-duplicates, those that came, and their candidates.
    pub fn touched(columns: &Columns<'_>, before: &NearDuplicates, came: FxHashSet<u64>) -> Self {
        let old: FxHashMap<u64, Entry> = before.entries().map(|entry| (entry.text_hash, entry)).collect();
        let mut articles: Vec<(u64, DocAddress)> = Vec::new();
        columns.each(|address, text_hash| {
            if old.contains_key(&text_hash) || came.contains(&text_hash) {
                articles.push((text_hash, address));
            }
        });
        let there: FxHashSet<u64> = articles.iter().map(|(text_hash, _)| *text_hash).collect();
        // What hung together by a text that is gone is looked at again.
        let broken: FxHashSet<u32> = old
            .values()
            .filter(|entry| !there.contains(&entry.text_hash))
            .map(|entry| entry.component)
            .collect();
        let about = |text_hash: u64| {
            let entry = old.get(&text_hash).filter(|entry| !broken.contains(&entry.component));
            let before = entry.map(|entry| (entry.component, entry.cluster));
            (before, entry.is_none() || came.contains(&text_hash))
        };
        let mut texts = distinct(articles, about);
        let found = pairs_of_new(columns, &texts);
        let others = found.iter().filter(|(_, other, _)| !there.contains(other));
        let others = others.map(|(_, other, address)| (*other, *address)).collect();
        // Of what had no near-duplicate and did not come, the articles are not counted: where there were two,
        // they had.
        let others = distinct(others, |_| (None, false));
        texts.extend(others.into_iter().map(|other| ArchiveText { articles: 1, ..other }));
        texts.sort_unstable_by_key(|text| text.text_hash);
        let number = |text_hash: u64| {
            texts.binary_search_by_key(&text_hash, |text| text.text_hash).ok().map(|at| at as u32)
        };
        let mut pairs: Vec<(u32, u32)> = found
            .iter()
            .filter_map(|(new, other, _)| Some((number(*new)?, number(*other)?)))
            .map(|(one, other)| (one.min(other), one.max(other)))
            .filter(|(one, other)| one != other)
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut components = UnionFind::new(texts.len());
        let mut first: FxHashMap<u32, u32> = FxHashMap::default();
        for (number, text) in (0..).zip(&texts) {
            if let Some((component, _)) = text.before {
                components.union(*first.entry(component).or_insert(number), number);
            }
        }
        Self { texts, pairs, components }
    }
}

/// Of texts that share a min-hash each is looked at with so many others: a notice or a form may stand in very
/// many. Near-duplicates that are more hang together all the same, one by the other.
const NEIGHBOURS: usize = 64;

/// The candidate pairs of a new text and any text: the hashes of the two, and the address of the second.
fn pairs_of_new(columns: &Columns<'_>, texts: &[ArchiveText]) -> Vec<(u64, u64, DocAddress)> {
    let mut new: Vec<u64> = Vec::new();
    let mut sketches = Sketches::default();
    // The new texts with each min-hash, in their order.
    let mut with: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut buffer = Vec::new();
    for text in texts.iter().filter(|text| text.is_new) {
        let sketch = columns.sketch(text.address, &mut buffer);
        for min_hash in sketch.min_hashes {
            with.entry(Sketch::hash(*min_hash)).or_default().push(new.len() as u32);
        }
        sketches.push(sketch);
        new.push(text.text_hash);
    }
    let mut pairs = Vec::new();
    if with.is_empty() {
        return pairs;
    }
    let mut sharing: Vec<u32> = Vec::new();
    columns.each(|address, text_hash| {
        let sketch = columns.sketch(address, &mut buffer);
        sharing.clear();
        for same in sketch.min_hashes.iter().filter_map(|min_hash| with.get(&Sketch::hash(*min_hash))) {
            let here = same.partition_point(|one| new.get(*one as usize).is_some_and(|one| *one < text_hash));
            let nearest = here.saturating_sub(NEIGHBOURS)..(here + NEIGHBOURS).min(same.len());
            sharing.extend_from_slice(same.get(nearest).unwrap_or_default());
        }
        sharing.sort_unstable();
        sharing.dedup();
        for one in &sharing {
            let Some(new) = new.get(*one as usize).filter(|new| **new != text_hash) else { continue };
            if Sketch::are_candidates(sketches.get(*one), sketch) {
                pairs.push((*new, text_hash, address));
            }
        }
    });
    pairs
}

/// The sketches of several texts, their min-hashes one after the other.
#[derive(Default)]
struct Sketches {
    min_hashes: Vec<u64>,
    texts: Vec<SketchHead>,
}

/// A sketch but for its min-hashes.
struct SketchHead {
    /// The offset of these.
    offset: usize,
    letters: u64,
    signature: u128,
}

impl Sketches {
    fn push(&mut self, sketch: SketchRef<'_>) {
        let SketchRef { letters, signature, min_hashes } = sketch;
        self.texts.push(SketchHead { offset: self.min_hashes.len(), letters, signature });
        self.min_hashes.extend_from_slice(min_hashes);
    }

    fn get(&self, text: u32) -> SketchRef<'_> {
        let Some(SketchHead { offset, letters, signature }) = self.texts.get(text as usize) else {
            return SketchRef { letters: 0, signature: 0, min_hashes: &[] };
        };
        let end = self.texts.get(text as usize + 1).map_or(self.min_hashes.len(), |next| next.offset);
        let min_hashes = self.min_hashes.get(*offset..end).unwrap_or_default();
        SketchRef { letters: *letters, signature: *signature, min_hashes }
    }
}

/// So many sketches are read in one go.
const SKETCHES_AT_ONCE: usize = 4096;

/// The pairs of so many texts are looked for in one go.
const TEXTS_AT_ONCE: usize = 1 << 18;

/// From min-hash to texts, for those that more than one text has: of most archives a small part, which is
/// held in memory; all else is read from the index.
struct SketchIndex<'a> {
    columns: &'a Columns<'a>,
    texts: &'a [ArchiveText],
    /// How many letters each text has.
    letters: Vec<AtomicU32>,
    /// The hash of a min-hash, and behind it the number of a text, in this order.
    postings: Vec<u64>,
}

impl<'a> SketchIndex<'a> {
    fn new(columns: &'a Columns<'a>, texts: &'a [ArchiveText]) -> Self {
        let seen = SeenTwice::with_capacity(texts.len() * Sketch::MOST_MIN_HASHES);
        // In the order in which they lie in the index, so that columns are read from one end to the other.
        let mut order: Vec<u32> = (0..texts.len() as u32).collect();
        let address = |number: &u32| texts.get(*number as usize).map(|text| text.address);
        order.par_sort_unstable_by_key(address);
        let letters: Vec<AtomicU32> = texts.iter().map(|_| AtomicU32::new(0)).collect();
        let parts = order.par_chunks(SKETCHES_AT_ONCE);
        let each = |part: &[u32], take: &mut dyn FnMut(u32, u32)| {
            let mut buffer = Vec::new();
            for number in part {
                let Some((address, letters)) = address(number).zip(letters.get(*number as usize)) else {
                    continue;
                };
                let sketch = columns.sketch(address, &mut buffer);
                letters.store(u32::try_from(sketch.letters).unwrap_or(u32::MAX), Ordering::Relaxed);
                sketch.min_hashes.iter().for_each(|min_hash| take(*number, Sketch::hash(*min_hash)));
            }
        };
        parts.clone().for_each(|part| each(part, &mut |_, hash| seen.insert(hash)));
        let numbered = parts.map(|part| {
            let mut postings: Vec<u64> = Vec::new();
            each(part, &mut |number, hash| {
                if seen.contains(hash) {
                    postings.push((u64::from(hash) << 32) | u64::from(number));
                }
            });
            postings
        });
        let numbered: Vec<Vec<u64>> = numbered.collect();
        drop(seen);
        // Each part is given back when it has been copied.
        let mut postings = Vec::with_capacity(numbered.iter().map(Vec::len).sum());
        numbered.into_iter().for_each(|part| postings.extend(part));
        postings.par_sort_unstable();
        Self { columns, texts, letters, postings }
    }

    /// The candidate pairs.
    fn pairs(&self) -> Vec<(u32, u32)> {
        let ranges = (0..self.texts.len() as u32).step_by(TEXTS_AT_ONCE);
        ranges.flat_map(|from| self.pairs_from(from, from.saturating_add(TEXTS_AT_ONCE as u32))).collect()
    }

    /// The pairs of the texts with these numbers and such as come after them.
    fn pairs_from(&self, from: u32, to: u32) -> Vec<(u32, u32)> {
        // Each text, and behind it where one of its postings is.
        let mut by_text: Vec<u64> = (0..)
            .zip(&self.postings)
            .filter(|(_, posting)| (from..to).contains(&(**posting as u32)))
            .map(|(at, posting): (u64, _)| ((posting & u64::from(u32::MAX)) << 32) | at)
            .collect();
        by_text.par_sort_unstable();
        let pairs = by_text.par_chunk_by(|one, other| one >> 32 == other >> 32).map_init(
            || (Vec::new(), Vec::new(), Vec::new()),
            |(others, one, other), of_text| self.pairs_of(of_text, others, (one, other)),
        );
        pairs.flatten_iter().collect()
    }

    /// The pairs of one text and such as come after it; all else are buffers.
    fn pairs_of(
        &self,
        of_text: &[u64],
        others: &mut Vec<u32>,
        buffers: (&mut Vec<u64>, &mut Vec<u64>),
    ) -> Vec<(u32, u32)> {
        let Some(text) = of_text.first().map(|first| (first >> 32) as u32) else { return Vec::new() };
        others.clear();
        for at in of_text {
            let from = (at & u64::from(u32::MAX)) as usize;
            let mut same = self.postings.iter().skip(from);
            let hash = same.next().map_or(0, |posting| posting >> 32);
            let after = same.take(NEIGHBOURS).take_while(|posting| **posting >> 32 == hash);
            others.extend(after.map(|posting| *posting as u32));
        }
        others.sort_unstable();
        let letters = self.letters_of(text);
        let are_enough = |same: &&[u32]| {
            same.len() >= Sketch::LEAST_COMMON
                && same.first().is_some_and(|other| {
                    *other != text && same.len() >= Sketch::least_common(letters, self.letters_of(*other))
                })
        };
        let sharing = others.chunk_by(|one, other| one == other).filter(are_enough);
        let mut sharing = sharing.filter_map(|same| same.first()).peekable();
        if sharing.peek().is_none() {
            return Vec::new();
        }
        let Some(one) = self.sketch(text, buffers.0) else { return Vec::new() };
        let mut pairs = Vec::new();
        for other in sharing {
            let sketch = self.sketch(*other, buffers.1);
            if sketch.is_some_and(|sketch| Sketch::are_candidates(one, sketch)) {
                pairs.push((text, *other));
            }
        }
        pairs
    }

    fn letters_of(&self, text: u32) -> u64 {
        self.letters.get(text as usize).map_or(0, |letters| u64::from(letters.load(Ordering::Relaxed)))
    }

    fn sketch<'v>(&self, text: u32, buffer: &'v mut Vec<u64>) -> Option<SketchRef<'v>> {
        self.texts.get(text as usize).map(|text| self.columns.sketch(text.address, buffer))
    }
}
