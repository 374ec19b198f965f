//! What is kept of every text: enough to find the few that may be copies of it among all others.
//!
//! The smallest hashes of its runs of words (bottom-k, Broder 1997, "On the resemblance and containment of documents"), of the
//! whole body and of its beginning. A copy that was cut has the beginning in common, however little is left of the rest.

use super::words::{Word, mix, words};

/// How many words a run has: more than sentences that are quoted everywhere, and than what forms leave unfilled.
const RUN: usize = 24;

/// How many values are kept of the whole body, and how many of its beginning.
const OF_WHOLE: usize = 12;
const OF_START: usize = 4;

/// The most values of a sketch.
pub const VALUES: usize = OF_WHOLE + OF_START;

/// How many words the beginning has.
const START: usize = 64;

/// Bodies of fewer words than these are copies only where the headline is the same too.
const TELLING: usize = 32;

/// Values of the beginning have this bit.
const START_BIT: u32 = 1 << 31;

/// How many values two texts must have in common: of the whole, or of the beginning.
const COMMON_OF_WHOLE: usize = 3;
const COMMON_OF_START: usize = 2;

/// What is kept of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Stands for all its words in their order; 0 where it has none: nothing is a copy of that.
    pub text: u64,
    /// In ascending order, each once.
    pub values: Vec<u32>,
}

impl Sketch {
    /// The sketch of an article.
    pub fn new(headline: &str, body: &str) -> Self {
        let mut row = Vec::with_capacity(body.len() / 5);
        words(body, &mut row);
        if row.is_empty() {
            return Self { text: 0, values: Vec::new() };
        }
        let values = values(&row);
        if row.len() < TELLING {
            row.push(0);
            words(headline, &mut row);
        }
        let text = row.iter().fold(row.len() as u64, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR));
        Self { text: mix(text).max(1), values }
    }

    /// Whether texts with these values may be copies.
    pub fn may_be_copies(one: &[u32], other: &[u32]) -> bool {
        let (mut whole, mut start) = (0, 0);
        each_common(one, other, |value| {
            if value & START_BIT == 0 {
                whole += 1;
            } else {
                start += 1;
            }
            true
        });
        whole >= COMMON_OF_WHOLE || start >= COMMON_OF_START
    }

    /// The smallest value that both have.
    pub fn first_common(one: &[u32], other: &[u32]) -> Option<u32> {
        let mut first = None;
        each_common(one, other, |value| {
            first = Some(value);
            false
        });
        first
    }
}

fn each_common(one: &[u32], other: &[u32], mut take: impl FnMut(u32) -> bool) {
    let (mut a, mut b) = (0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        if x == y && !take(*x) {
            return;
        }
        a += usize::from(x <= y);
        b += usize::from(y <= x);
    }
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

fn values(row: &[Word]) -> Vec<u32> {
    let mut whole = Smallest::<OF_WHOLE>::new();
    let mut start = Smallest::<OF_START>::new();
    // A rolling hash: what leaves the run is taken out again.
    let out = FACTOR.wrapping_pow(RUN as u32);
    let mut hash = 0u64;
    for (at, word) in row.iter().enumerate() {
        hash = hash.wrapping_mul(FACTOR).wrapping_add(*word);
        if let Some(gone) = at.checked_sub(RUN).and_then(|gone| row.get(gone)) {
            hash = hash.wrapping_sub(gone.wrapping_mul(out));
        }
        if at + 1 >= RUN {
            let value = (mix(hash) >> 33) as u32;
            whole.take(value);
            if at < START {
                start.take(value | START_BIT);
            }
        }
    }
    let mut values = [whole.kept(), start.kept()].concat();
    values.sort_unstable();
    values.dedup();
    values
}

/// The smallest of the values it is given, each once.
struct Smallest<const N: usize> {
    values: [u32; N],
    length: usize,
}

impl<const N: usize> Smallest<N> {
    fn new() -> Self {
        Self { values: [u32::MAX; N], length: 0 }
    }

    #[inline]
    fn take(&mut self, value: u32) {
        if self.length == N && value >= self.values[N - 1] {
            return;
        }
        let Err(at) = self.kept().binary_search(&value) else { return };
        self.length = (self.length + 1).min(N);
        self.values[at..self.length].rotate_right(1);
        self.values[at] = value;
    }

    fn kept(&self) -> &[u32] {
        &self.values[..self.length]
    }
}
