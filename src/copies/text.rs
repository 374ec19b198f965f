//! Whether one text is a copy of another, by all their words.

use super::words::{Word, is_number, mix, words};

/// How many words stand together as they are compared.
const SHINGLE: usize = 5;

/// Shorter texts are copies only where every word is the same.
const SHORTEST: usize = 40;

/// How much of the shorter text must be in the longer one; more of one with fewer words than `LONG`, where little makes much of a
/// difference.
const CONTAINED: f64 = 0.8;
const CONTAINED_SHORT: f64 = 0.9;
const LONG: usize = 80;

/// A text less than half as long as the other must be its beginning, and is none of it where it is less than this share.
const LEAST_SHARE: usize = 8;

/// How many words a beginning has, and by how many it may be moved.
const START: usize = 32;
const MOVED: usize = 64;

/// A text to be compared.
#[derive(Debug)]
pub struct Text {
    length: usize,
    /// Hashes of all runs of words, in ascending order, each once.
    shingles: Vec<u64>,
    /// Those of the first words, in ascending order.
    start: Vec<u64>,
    /// Those of the first words and some after them, in ascending order.
    near_start: Vec<u64>,
    /// Its numbers, in ascending order, each once.
    numbers: Vec<Word>,
}

impl Text {
    /// The text of a body.
    pub fn new(body: &str) -> Self {
        let mut row = Vec::with_capacity(body.len() / 5);
        words(body, &mut row);
        let all: Vec<u64> = row.windows(SHINGLE).map(shingle).collect();
        let first = |words: usize| ordered(all.iter().take(words).copied().collect());
        let mut numbers: Vec<Word> = row.iter().copied().filter(|word| is_number(*word)).collect();
        numbers = ordered(numbers);
        Self { length: row.len(), start: first(START), near_start: first(START + MOVED), shingles: ordered(all), numbers }
    }

    /// Whether one is a copy of the other: all but a little of the shorter one stands in the longer one, its numbers too, by which
    /// what is written by a form differs. One that is much shorter is the beginning of the longer one: what stands further
    /// down, in a round-up of many stories, is no copy of the round-up.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        let (short, long) = if self.length <= other.length { (self, other) } else { (other, self) };
        if short.length < SHORTEST || short.length * LEAST_SHARE < long.length {
            return false;
        }
        let least = if short.length < LONG { CONTAINED_SHORT } else { CONTAINED };
        if !holds(&long.shingles, &short.shingles, least) || !holds(&long.numbers, &short.numbers, CONTAINED_SHORT) {
            return false;
        }
        short.length * 2 >= long.length || holds(&long.near_start, &short.start, 0.5)
    }
}

fn shingle(words: &[Word]) -> u64 {
    words.iter().fold(0, |hash: u64, word| mix(hash.rotate_left(7) ^ word))
}

fn ordered(mut values: Vec<u64>) -> Vec<u64> {
    values.sort_unstable();
    values.dedup();
    values
}

/// Whether the first holds at least this share of the second.
fn holds(all: &[u64], part: &[u64], share: f64) -> bool {
    let mut rest = all.iter().peekable();
    let mut common = 0usize;
    for value in part {
        while rest.next_if(|other| *other < value).is_some() {}
        common += usize::from(rest.peek() == Some(&value));
    }
    common as f64 >= share * part.len() as f64
}
