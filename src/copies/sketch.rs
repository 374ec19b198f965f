//! What is kept of every text: enough to find the few that may be copies of it among all others.
//!
//! The smallest hashes of its runs of words (bottom-k, Broder 1997, "On the resemblance and containment of documents"), of the
//! whole body and of its beginning. A copy that was cut has the beginning in common, however little is left of the rest.

use super::words::{Word, mix, words};

/// How many words a run has: more than sentences that are quoted everywhere, and than what forms leave unfilled.
const RUN: usize = 24;

/// How many values are kept of the whole body, and of its first words.
const OF_WHOLE: usize = 9;
const OF_START: usize = 4;
const OF_LEAD: usize = 3;

/// How many words are the first.
const START: usize = 128;
const LEAD: usize = 48;

/// Bodies of fewer words than these are copies only where the headline is the same too.
const TELLING: usize = 32;

/// A value is a hash and, in its last bits, where the run begins, in steps of so many words.
const PLACE_BITS: u32 = 10;
const STEP: usize = 8;

/// Texts of fewer words than these may be copies where they have so many values in common.
const SHORT: u64 = 128;
const COMMON_OF_SHORT: usize = 2;

/// Longer ones where they have so many: some passages, a table or a notice, stand in many articles. More where one is at least three
/// quarters as long as the other, since of these a copy leaves little out.
const COMMON: usize = 5;
const COMMON_OF_ALIKE: usize = 6;

/// And where two of these lie so many steps apart.
const APART: u64 = 6;

/// What is kept of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Stands for all its words in their order; 0 where it has none: nothing is a copy of that.
    pub text: u64,
    /// How many words it has.
    pub words: u64,
    /// In ascending order, each once.
    pub values: Vec<u64>,
}

impl Sketch {
    /// How many values any two texts have in common that may be copies.
    pub const FEWEST: usize = COMMON_OF_SHORT;

    /// The sketch of an article.
    pub fn new(headline: &str, body: &str) -> Self {
        let mut row = Vec::with_capacity(body.len() / 5);
        words(body, &mut row);
        if row.is_empty() {
            return Self { text: 0, words: 0, values: Vec::new() };
        }
        let (count, values) = (row.len() as u64, values(&row));
        if row.len() < TELLING {
            row.push(0);
            words(headline, &mut row);
        }
        let text = row.iter().fold(row.len() as u64, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR));
        Self { text: mix(text).max(1), words: count, values }
    }

    /// How many values texts of so many words have in common at least, where they may be copies.
    pub fn least_common(one: u64, other: u64) -> usize {
        let (short, long) = (one.min(other), one.max(other));
        match short {
            _ if short < SHORT => COMMON_OF_SHORT,
            _ if short * 4 < long * 3 => COMMON,
            _ => COMMON_OF_ALIKE,
        }
    }

    /// Whether texts of so many words with these values may be copies.
    pub fn may_be_copies(one: (u64, &[u64]), other: (u64, &[u64])) -> bool {
        let mut common = 0;
        // Where the first and the last of them lie.
        let (mut first, mut last) = ((u64::MAX, u64::MAX), (0, 0));
        each_common(one.1, other.1, |x, y| {
            common += 1;
            let (x, y) = (place(x), place(y));
            first = (first.0.min(x), first.1.min(y));
            last = (last.0.max(x), last.1.max(y));
        });
        let is_short = one.0.min(other.0) < SHORT;
        let are_apart = || last.0 - first.0 >= APART && last.1 - first.1 >= APART;
        common >= Self::least_common(one.0, other.0) && (is_short || are_apart())
    }

    /// The hash of a value.
    pub fn hash(value: u64) -> u32 {
        (value >> PLACE_BITS) as u32
    }
}

fn place(value: u64) -> u64 {
    value & ((1 << PLACE_BITS) - 1)
}

fn each_common(one: &[u64], other: &[u64], mut take: impl FnMut(u64, u64)) {
    let (mut a, mut b) = (0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        let (left, right) = (x >> PLACE_BITS, y >> PLACE_BITS);
        if left == right {
            take(*x, *y);
        }
        a += usize::from(left <= right);
        b += usize::from(right <= left);
    }
}

/// An odd number whose bits are spread.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

fn values(row: &[Word]) -> Vec<u64> {
    let mut whole = Smallest::<OF_WHOLE>::new();
    let mut start = Smallest::<OF_START>::new();
    let mut lead = Smallest::<OF_LEAD>::new();
    // A rolling hash: what leaves the run is taken out again.
    let out = FACTOR.wrapping_pow(RUN as u32);
    let mut hash = 0u64;
    for (at, word) in row.iter().enumerate() {
        hash = hash.wrapping_mul(FACTOR).wrapping_add(*word);
        if let Some(gone) = at.checked_sub(RUN).and_then(|gone| row.get(gone)) {
            hash = hash.wrapping_sub(gone.wrapping_mul(out));
        }
        if let Some(begin) = (at + 1).checked_sub(RUN) {
            let place = (begin / STEP).min((1 << PLACE_BITS) - 1) as u64;
            let value = (mix(hash) >> 32 << PLACE_BITS) | place;
            whole.take(value);
            if at < START {
                start.take(value);
            }
            if at < LEAD {
                lead.take(value);
            }
        }
    }
    let mut values = [whole.kept(), start.kept(), lead.kept()].concat();
    values.sort_unstable();
    // A run that stands twice counts where it stands first.
    values.dedup_by_key(|value| *value >> PLACE_BITS);
    values
}

/// The smallest of the values it is given, each once.
struct Smallest<const N: usize> {
    values: [u64; N],
    length: usize,
}

impl<const N: usize> Smallest<N> {
    fn new() -> Self {
        Self { values: [u64::MAX; N], length: 0 }
    }

    #[inline]
    fn take(&mut self, value: u64) {
        if self.length == N && value >= self.values[N - 1] {
            return;
        }
        let Err(at) = self.kept().binary_search(&value) else { return };
        self.length = (self.length + 1).min(N);
        self.values[at..self.length].rotate_right(1);
        self.values[at] = value;
    }

    fn kept(&self) -> &[u64] {
        &self.values[..self.length]
    }
}
