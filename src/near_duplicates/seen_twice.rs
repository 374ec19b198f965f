//! A filter for hashes that come more than once.

use std::sync::atomic::{AtomicU64, Ordering};

use super::word_shingles::FACTOR;

/// Which hashes were put in more than once, and a few others: a Bloom filter of one hash function with a
/// counter of two bits, which stops at two, where others have a bit. It may say yes to what came once, never
/// no to what came twice.
pub struct SeenTwice {
    once: Vec<AtomicU64>,
    twice: Vec<AtomicU64>,
}

impl SeenTwice {
    /// For so many hashes: eight slots or more for each.
    pub fn with_capacity(hashes: usize) -> Self {
        let words = (hashes / 8).next_power_of_two();
        let empty = || (0..words).map(|_| AtomicU64::new(0)).collect();
        Self { once: empty(), twice: empty() }
    }

    fn slot(&self, hash: u32) -> (usize, u64) {
        let spread = u64::from(hash).wrapping_mul(FACTOR) >> 24;
        ((spread >> 6) as usize & (self.once.len() - 1), 1 << (spread & 63))
    }

    /// Puts a hash in.
    pub fn insert(&self, hash: u32) {
        let (word, bit) = self.slot(hash);
        if let (Some(once), Some(twice)) = (self.once.get(word), self.twice.get(word))
            && once.fetch_or(bit, Ordering::Relaxed) & bit != 0
        {
            twice.fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// Whether it may have been put in more than once.
    pub fn contains(&self, hash: u32) -> bool {
        let (word, bit) = self.slot(hash);
        self.twice.get(word).is_some_and(|twice| twice.load(Ordering::Relaxed) & bit != 0)
    }
}
