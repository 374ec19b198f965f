//! Whether one text is a copy of another, by all their words.

use super::words::{each_run, is_number, words};

/// How many words stand together as they are compared.
const SHINGLE: usize = 5;

/// Of texts of so many words a quarter of the runs tells as much as all.
const SAMPLED: usize = 256;

/// Shorter texts are copies only where every word is the same.
const SHORTEST: usize = 40;

/// How much of the shorter text must be in the longer one; more of one with fewer words than `LONG`, where little makes much of a
/// difference.
const CONTAINED: f64 = 0.75;
const CONTAINED_SHORT: f64 = 0.85;
const LONG: usize = 80;

/// Enough where the first words of one stand in the other as they are, no number differs and both are about as long: a text that
/// was cut and got paragraphs of its own, or was gone over once more. The same story in other words begins with another
/// sentence; a much longer one may have no more than a notice in common.
const CONTAINED_SAME_LEAD: f64 = 0.60;
const LEAD: usize = 24;

/// How much of it may be there with other numbers only: what is written by a form differs by these.
const RENUMBERED: f64 = 0.04;

/// A text less than half as long as the other must be its beginning, and is none of it where it is less than this share: three
/// paragraphs of a long report are a copy of it.
const LEAST_SHARE: usize = 40;

/// How many words a beginning has, and by how many it may be moved.
const START: usize = 32;
const MOVED: usize = 64;

/// A text to be compared.
#[derive(Debug)]
pub struct Text {
    length: usize,
    /// Whether only a part of the runs is kept, the same of each text.
    is_sampled: bool,
    /// Hashes of runs of words, and of the same with any number for each number, in ascending order, each once.
    shingles: Vec<(u64, u64)>,
    /// The latter, in ascending order.
    numberless: Vec<u64>,
    /// Those of the very first, in ascending order.
    lead: Vec<(u64, u64)>,
    /// The hashes of the first words, in ascending order.
    start: Vec<u64>,
    /// Those of the first words and some after them, in ascending order.
    near_start: Vec<u64>,
}

impl Text {
    /// The text of a body.
    pub fn new(body: &str) -> Self {
        let mut row = Vec::with_capacity(body.len() / 5);
        words(body, &mut row);
        let mut plain: Vec<u64> = Vec::with_capacity(row.len());
        each_run::<SHINGLE>(&row, |_, hash| plain.push(hash));
        row.iter_mut().filter(|word| is_number(**word)).for_each(|word| *word = 1);
        let is_sampled = row.len() >= SAMPLED;
        let mut shingles = Vec::with_capacity(row.len());
        let mut lead = Vec::with_capacity(LEAD);
        each_run::<SHINGLE>(&row, |at, numberless| {
            if let Some(plain) = plain.get(at).filter(|_| !is_sampled || is_of_sample(numberless)) {
                shingles.push((*plain, numberless));
            }
            if at + SHINGLE == LEAD {
                lead.clone_from(&shingles);
            }
        });
        let first = |words: usize| ordered(plain.iter().take(words).copied().collect());
        let shingles = ordered(shingles);
        Self {
            length: row.len(),
            is_sampled,
            lead: ordered(lead),
            start: first(START),
            near_start: first(START + MOVED),
            numberless: ordered(shingles.iter().map(|shingle| shingle.1).collect()),
            shingles,
        }
    }

    /// Whether one is a copy of the other: all but a little of the shorter one stands in the longer one, and with the same numbers.
    /// One that is much shorter is the beginning of the longer one: what stands further down, in a round-up of many stories, is
    /// no copy of the round-up.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        let (short, long) = if self.length <= other.length { (self, other) } else { (other, self) };
        if short.length < SHORTEST || short.length * LEAST_SHARE < long.length {
            return false;
        }
        let is_cut = short.length * 2 < long.length;
        let least = if short.length < LONG { CONTAINED_SHORT } else { CONTAINED };
        let is_kept = |shingle: &&(u64, u64)| !long.is_sampled || is_of_sample(shingle.1);
        let lacking = missing(&long.shingles, &short.shingles, |shingle| shingle.0);
        let lacking: Vec<_> = lacking.into_iter().filter(is_kept).collect();
        let all = short.shingles.iter().filter(is_kept).count() as f64;
        let renumbered = if lacking.len() as f64 <= (1.0 - least) * all {
            RENUMBERED * all
        } else if lacking.len() as f64 <= (1.0 - CONTAINED_SAME_LEAD) * all
            && !is_cut
            && short.has_lead_in_common(long)
        {
            0.0
        } else {
            return false;
        };
        let is_there = |shingle: &&(u64, u64)| long.numberless.binary_search(&shingle.1).is_ok();
        if lacking.into_iter().filter(is_there).count() as f64 > renumbered {
            return false;
        }
        !is_cut || {
            let moved = missing(&long.near_start, &short.start, |shingle: &u64| *shingle);
            moved.len() * 2 <= short.start.len()
        }
    }

    /// Whether it can stand for the other: a copy of it, and not only its beginning, which may be a notice that many begin with.
    pub fn stands_for(&self, other: &Self) -> bool {
        self.length * 2 >= other.length && self.is_copy_of(other)
    }

    /// Whether the first words of one of them stand in the other.
    fn has_lead_in_common(&self, other: &Self) -> bool {
        let is_sampled = self.is_sampled || other.is_sampled;
        let has = |text: &Self, lead: &[(u64, u64)]| {
            let mut lead = lead.iter().filter(|shingle| !is_sampled || is_of_sample(shingle.1)).peekable();
            lead.peek().is_some() && lead.all(|shingle| text.shingles.binary_search(shingle).is_ok())
        };
        has(other, &self.lead) || has(self, &other.lead)
    }
}

fn is_of_sample(numberless: u64) -> bool {
    numberless.is_multiple_of(4)
}

fn ordered<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}

/// What of the second is not in the first; both are in the order of their keys.
fn missing<'a, T>(all: &[T], part: &'a [T], key: impl Fn(&T) -> u64) -> Vec<&'a T> {
    let mut rest = all.iter().peekable();
    let mut is_missing = |value: &&'a T| {
        while rest.next_if(|other| key(other) < key(value)).is_some() {}
        rest.peek().is_none_or(|other| key(other) != key(value))
    };
    part.iter().filter(|value| is_missing(value)).collect()
}
