//! What is kept of every text: enough to find the few that may be copies of it among all others.
//!
//! The smallest hashes of its runs of words (Broder 1997, "On the resemblance and containment of documents"), one in each part of
//! their range (Li, Owen and Zhang 2012, "One permutation hashing"), of the whole body and of its beginning. A copy that was cut has the beginning in common, however little is left of the rest.

use std::iter;

use super::char_shingles::{LONG_RUN, Whole, runs};
use super::word_shingles::mix;

/// How many values are kept of the whole body, and of its first letters.
const OF_WHOLE: usize = 8;
const OF_START: usize = 4;
const OF_LEAD: usize = 4;

/// How many letters are the first; five and a space make an English word.
const START: usize = 640;
const LEAD: usize = 240;

/// Bodies of fewer letters than these are copies only where the headline is the same too.
const TELLING: usize = 160;

/// A value is a hash and, in its last bits, where the run begins, in steps of so many letters.
const PLACE_BITS: u32 = 10;
const VALUE_BITS: u32 = 32 + PLACE_BITS;
const STEP: usize = 40;

/// Texts of fewer letters than these may be copies where they have so many values in common.
const SHORT: u64 = 640;
const COMMON_OF_SHORT: usize = 2;

/// Longer ones where they have so many.
const COMMON: usize = 3;

/// And where two of these lie so many steps apart, or one step for so many letters of the shorter text where that is less: a passage,
/// a table or a notice, stands in many articles.
const APART: u64 = 6;
const LETTERS_APART: u64 = 200;

/// What is left of a text that was cut to less than half has so many in common within so many steps of both beginnings.
const COMMON_OF_CUT: usize = 3;
const NEAR_START: u64 = 16;

/// By how much less of a text than this no copy of it is told from any other text: what of the shorter one stands in the longer one.
const CONTAINED: f64 = 0.85;

/// How much less alike than they are two texts may look by their prints, in standard deviations.
const DEVIATIONS: f64 = 2.0;

/// What is kept of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Stands for all its letters in their order; 0 where it has none: nothing is a copy of that.
    pub text: u64,
    /// How many letters it has.
    pub letters: u64,
    /// A bit of the smallest hash of its short runs in each of so many parts of their range: texts that are alike have many of
    /// them the same.
    pub print: u128,
    /// In ascending order, each once.
    pub values: Vec<u64>,
}

impl Sketch {
    /// How many values a text has at the most.
    pub const MOST: usize = OF_WHOLE + OF_START + OF_LEAD;

    /// How many values any two texts have in common that may be copies.
    pub const FEWEST: usize = COMMON_OF_SHORT;

    /// The sketch of an article.
    pub fn new(headline: &str, body: &str) -> Self {
        let (mut values, mut print) = (Values::default(), Print::default());
        let whole = runs(body, |end, hash| values.take(end, hash), |hash| print.take(hash));
        if whole.letters == 0 {
            return Self { text: 0, letters: 0, print: 0, values: Vec::new() };
        }
        let text = if whole.letters < TELLING { whole.hash ^ mix(hash_of(headline)) } else { whole.hash };
        let (print, values) = (print.bits(), values.kept());
        Self { text: text.max(1), letters: whole.letters as u64, print, values }
    }

    /// As it is kept: the number of letters, the print in four parts, and the values. None takes more than 42 bits.
    pub fn to_values(&self) -> impl Iterator<Item = u64> {
        let parts = (0..4).map(|part| (self.print >> (32 * part)) as u32);
        iter::once(self.letters).chain(parts.map(u64::from)).chain(self.values.iter().copied())
    }

    /// The number of letters and the print of what was kept; the values are left.
    pub fn read(kept: &mut impl Iterator<Item = u64>) -> (u64, u128) {
        let letters = kept.next().unwrap_or(0);
        let parts = kept.by_ref().take(4).zip(0..4);
        (letters, parts.fold(0, |print, (part, at)| print | (u128::from(part) << (32 * at))))
    }

    /// How many values texts of so many letters have in common at least, where they may be copies.
    pub fn least_common(one: u64, other: u64) -> usize {
        if one.min(other) < SHORT { COMMON_OF_SHORT } else { COMMON }
    }

    /// Whether the texts may be copies.
    pub fn may_be_copies(one: Kept<'_>, other: Kept<'_>) -> bool {
        let (mut common, mut near_start) = (0, 0);
        // Where the first and the last of them lie.
        let (mut first, mut last) = ((u64::MAX, u64::MAX), (0, 0));
        each_common(one.values, other.values, |x, y| {
            let (x, y) = (place(x), place(y));
            common += 1;
            near_start += usize::from(x < NEAR_START && y < NEAR_START);
            first = (first.0.min(x), first.1.min(y));
            last = (last.0.max(x), last.1.max(y));
        });
        let (short, long) = (one.letters.min(other.letters), one.letters.max(other.letters));
        let apart = APART.min(short / LETTERS_APART);
        let are_apart = || last.0 - first.0 >= apart && last.1 - first.1 >= apart;
        if common < Self::least_common(one.letters, other.letters) || (short >= SHORT && !are_apart()) {
            return false;
        }
        let is_cut = short * 2 < long;
        let begins_alike =
            near_start >= COMMON_OF_CUT || (short < SHORT / 2 && near_start >= COMMON_OF_SHORT);
        (!is_cut || begins_alike) && one.may_resemble(other)
    }

    /// The hash of a value.
    pub fn hash(value: u64) -> u32 {
        (value >> PLACE_BITS) as u32
    }
}

/// What is kept of a text, as it was kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// How many letters it has.
    pub letters: u64,
    /// [`Sketch::print`].
    pub print: u128,
    /// [`Sketch::values`].
    pub values: &'a [u64],
}

impl Kept<'_> {
    /// Whether the prints are as alike as those of copies: of texts that have a share J of their runs in common, (1 + J) / 2 of
    /// the bits are the same (Li and König 2010, "b-Bit minwise hashing").
    fn may_resemble(self, other: Self) -> bool {
        let ratio = self.letters.min(other.letters) as f64 / self.letters.max(other.letters) as f64;
        let resemblance = CONTAINED * ratio / (1.0 + ratio - CONTAINED * ratio);
        let same = (1.0 + resemblance) / 2.0;
        let bits = f64::from(u128::BITS);
        let least = bits * same - DEVIATIONS * (bits * same * (1.0 - same)).sqrt();
        f64::from((self.print ^ other.print).count_zeros()) >= least
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

fn hash_of(text: &str) -> u64 {
    let Whole { hash, .. } = runs(text, |_, _| (), |_| ());
    hash
}

/// [`Sketch::print`] in the making.
struct Print([u64; u128::BITS as usize]);

impl Default for Print {
    fn default() -> Self {
        Self([u64::MAX; u128::BITS as usize])
    }
}

impl Print {
    fn take(&mut self, hash: u64) {
        // The first bits say which part it is in, the last are left to be the bit.
        if let Some(slot) = self.0.get_mut((hash >> 57) as usize) {
            *slot = hash.min(*slot);
        }
    }

    fn bits(&self) -> u128 {
        self.0.iter().fold(0, |print, hash| (print << 1) | u128::from(hash & 1))
    }
}

/// [`Sketch::values`] in the making.
#[derive(Default)]
struct Values {
    whole: Smallest<OF_WHOLE>,
    start: Smallest<OF_START>,
    lead: Smallest<OF_LEAD>,
}

impl Values {
    fn take(&mut self, end: usize, hash: u64) {
        let place = (end.saturating_sub(LONG_RUN) / STEP).min((1 << PLACE_BITS) - 1) as u64;
        let value = (hash >> 32 << PLACE_BITS) | place;
        self.whole.take(value);
        if end <= START {
            self.start.take(value);
        }
        if end <= LEAD {
            self.lead.take(value);
        }
    }

    fn kept(&self) -> Vec<u64> {
        let mut values: Vec<u64> =
            self.whole.kept().chain(self.start.kept()).chain(self.lead.kept()).collect();
        values.sort_unstable();
        // A run that stands twice counts where it stands first.
        values.dedup_by_key(|value| *value >> PLACE_BITS);
        values
    }
}

/// The smallest value in each of `N` equal parts of their range.
struct Smallest<const N: usize>([u64; N]);

impl<const N: usize> Default for Smallest<N> {
    fn default() -> Self {
        Self([u64::MAX; N])
    }
}

impl<const N: usize> Smallest<N> {
    fn take(&mut self, value: u64) {
        if let Some(slot) = self.0.get_mut((value >> (VALUE_BITS - N.ilog2())) as usize) {
            *slot = value.min(*slot);
        }
    }

    fn kept(&self) -> impl Iterator<Item = u64> {
        self.0.iter().copied().filter(|value| *value != u64::MAX)
    }
}
