//! Which candidate pairs are near-duplicates, by the texts themselves.
//!
//! Each comparison reads two stored texts, which costs more than to compare them. So pairs are taken in the
//! order in which they lie in the index, texts are cached, and what hangs together already is not compared:
//! of a component of n texts whose pairs all are candidates, n − 1 unions leave nothing to do, and only the
//! pairs of one batch are compared in vain.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::error::Result;
use crate::index::Snapshot;
use crate::near_duplicates::Text;

use super::ArchiveText;
use super::candidates::Candidates;

/// So many pairs are compared before it is looked again which texts hang together already.
const COMPARED_AT_ONCE: usize = 4096;

/// And these by each core.
const COMPARED_BY_ONE: usize = 1024;

/// So many texts are kept in memory.
const MOST_CACHED: usize = 1_000;

impl Candidates {
    /// Makes one component of the texts of each pair that are near-duplicates.
    pub fn verify(&mut self, snapshot: &Snapshot) -> Result<()> {
        let texts = &self.texts;
        let address = |number: u32| texts.get(number as usize).map(|text| text.address);
        // In the order in which they lie in the index, so that what is near is read once.
        self.pairs.sort_unstable_by_key(|(one, other)| (address(*one), address(*other)));
        for pairs in self.pairs.chunks(COMPARED_AT_ONCE) {
            let components = &mut self.components;
            let open: Vec<_> = pairs
                .iter()
                .filter(|(one, other)| components.find(*one) != components.find(*other))
                .collect();
            let verified = open.par_chunks(COMPARED_BY_ONE).map(|pairs| {
                let mut cache = TextCache::new(snapshot, texts);
                let compare = |(one, other): &&(u32, u32)| {
                    cache.compare((*one as usize, *other as usize), Text::is_near_duplicate_of)
                };
                pairs.iter().map(compare).collect::<Result<Vec<_>>>()
            });
            let verified = verified.collect::<Result<Vec<_>>>()?.concat();
            for ((one, other), are_near_duplicates) in open.iter().zip(verified) {
                if are_near_duplicates {
                    components.union(*one, *other);
                }
            }
        }
        Ok(())
    }
}

/// Texts that have been read from the index.
pub(super) struct TextCache<'a> {
    snapshot: &'a Snapshot,
    texts: &'a [ArchiveText],
    /// By number.
    cached: FxHashMap<usize, Text>,
}

impl<'a> TextCache<'a> {
    pub fn new(snapshot: &'a Snapshot, texts: &'a [ArchiveText]) -> Self {
        Self { snapshot, texts, cached: FxHashMap::default() }
    }

    /// Compares two texts.
    pub fn compare(
        &mut self,
        (one, other): (usize, usize),
        by: impl Fn(&Text, &Text) -> bool,
    ) -> Result<bool> {
        if self.cached.len() > MOST_CACHED {
            self.cached.clear();
        }
        for number in [one, other] {
            if let Some(text) = self.texts.get(number).filter(|_| !self.cached.contains_key(&number)) {
                self.cached.insert(number, Text::new(self.snapshot.body(text.address)?));
            }
        }
        let (Some(one), Some(other)) = (self.cached.get(&one), self.cached.get(&other)) else {
            return Ok(false);
        };
        Ok(by(one, other))
    }
}
