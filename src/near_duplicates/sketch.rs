//! What is stored of every text: enough to find the few that may be near-duplicates of it among all others.
//!
//! **Min-hashes.** The smallest hashes of a text's long shingles (Broder 1997, "On the resemblance and
//! containment of documents"): that the smallest hash of two texts is the same is as likely as their
//! resemblance, the shared part of all their shingles. Not k hash functions give k of them, but one whose
//! range is cut into k bins, the smallest hash of each: one-permutation MinHash (Li, Owen and Zhang 2012,
//! "One permutation hashing"). They are taken of the whole body, of its start and of its lead: a copy that
//! was cut has the beginning in common, however little is left of the rest. With each goes the offset at
//! which the shingle stands, so that a passage, which is in one place, is told from a text, which is
//! everywhere.
//!
//! **Signature.** Of the short shingles 128 bins, and of the smallest hash in each only the last bit: a b-bit
//! MinHash with b = 1 (Li and König 2010, "b-Bit minwise hashing"). Of two texts of the resemblance J a share
//! (1 + J) / 2 of the bits is the same.
//!
//! An example, with four bins and hashes below 100: the shingles of one text hash to 7, 31, 64 and 12, 88;
//! its min-hashes are 7 (of 0–24), 31 (25–49), 64 (50–74) and 88. A text that lacks the shingle of 31 has 7,
//! none, 64 and 88: three of four are left, and whoever looks each of them up in an index of min-hashes finds
//! it three times.
//!
//! A sketch is made in O(n) in the bytes of the text, and compared in O(k) in its min-hashes, which are at
//! most 16.

use std::iter;

use super::char_shingles::{LONG_SHINGLE, TextHash, each_shingle};
use super::word_shingles::mix;

/// How many bins the min-hashes of the whole body have, and those of its first letters.
const OF_WHOLE: usize = 8;
const OF_START: usize = 4;
const OF_LEAD: usize = 4;

/// How many letters are the first; five and a space make an English word.
const START: usize = 640;
const LEAD: usize = 240;

/// Bodies of fewer letters than these are near-duplicates only where the headline is the same too.
const TELLING: usize = 160;

/// A min-hash has 32 bits of hash and, in its last bits, the offset at which the shingle begins, in steps of
/// so many letters.
const OFFSET_BITS: u32 = 10;
const MIN_HASH_BITS: u32 = 32 + OFFSET_BITS;
const STEP: usize = 40;

/// Texts of fewer letters than these may be near-duplicates where they have so many min-hashes in common.
const SHORT: u64 = 640;
const COMMON_OF_SHORT: usize = 2;

/// Longer ones where they have so many.
const COMMON: usize = 3;

/// And where two of these lie so many steps apart, or one step for so many letters of the shorter text where
/// that is less: a passage, a table or a notice, stands in many articles.
const APART: u64 = 6;
const LETTERS_APART: u64 = 200;

/// What is left of a text that was cut to less than half has so many in common within so many steps of both
/// beginnings.
const COMMON_OF_CUT: usize = 3;
const NEAR_START: u64 = 16;

/// By how much less of a text than this no near-duplicate of it is told from any other text: what of the
/// shorter one stands in the longer one.
const CONTAINED: f64 = 0.85;

/// How much less alike than they are two texts may look by their signatures, in standard deviations.
const DEVIATIONS: f64 = 2.0;

/// What is stored of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Of all its letters in their order; 0 where it has none: nothing is a near-duplicate of that.
    pub text_hash: u64,
    /// How many letters it has.
    pub letters: u64,
    /// A bit of the smallest hash of its short shingles in each of 128 bins.
    pub signature: u128,
    /// In ascending order, each once.
    pub min_hashes: Vec<u64>,
}

impl Sketch {
    /// How many min-hashes a text has at the most.
    pub const MOST_MIN_HASHES: usize = OF_WHOLE + OF_START + OF_LEAD;

    /// How many min-hashes any two texts have in common at least that may be near-duplicates.
    pub const LEAST_COMMON: usize = COMMON_OF_SHORT;

    /// The sketch of an article.
    pub fn new(headline: &str, body: &str) -> Self {
        let (mut min_hashes, mut signature) = (MinHashes::default(), SignatureBins::default());
        let whole = each_shingle(body, |end, hash| min_hashes.take(end, hash), |hash| signature.take(hash));
        if whole.letters == 0 {
            return Self { text_hash: 0, letters: 0, signature: 0, min_hashes: Vec::new() };
        }
        let text_hash =
            if whole.letters < TELLING { whole.hash ^ mix(hash_of(headline)) } else { whole.hash };
        Self {
            text_hash: text_hash.max(1),
            letters: whole.letters as u64,
            signature: signature.bits(),
            min_hashes: min_hashes.sorted(),
        }
    }

    /// As it is stored: the number of letters, the signature in four parts, and the min-hashes. None takes
    /// more than 42 bits.
    pub fn to_values(&self) -> impl Iterator<Item = u64> {
        let parts = (0..4).map(|part| (self.signature >> (32 * part)) as u32);
        iter::once(self.letters).chain(parts.map(u64::from)).chain(self.min_hashes.iter().copied())
    }

    /// The number of letters and the signature of what was stored; the min-hashes are left.
    pub fn read(stored: &mut impl Iterator<Item = u64>) -> (u64, u128) {
        let letters = stored.next().unwrap_or(0);
        let parts = stored.by_ref().take(4).zip(0..4);
        (letters, parts.fold(0, |signature, (part, at)| signature | (u128::from(part) << (32 * at))))
    }

    /// How many min-hashes texts of so many letters have in common at least, where they may be
    /// near-duplicates.
    pub fn least_common(one: u64, other: u64) -> usize {
        if one.min(other) < SHORT { COMMON_OF_SHORT } else { COMMON }
    }

    /// Whether the texts may be near-duplicates: whether they are, the texts themselves decide.
    pub fn are_candidates(one: SketchRef<'_>, other: SketchRef<'_>) -> bool {
        let (mut common, mut near_start) = (0, 0);
        // Where the first and the last of them lie.
        let (mut first, mut last) = ((u64::MAX, u64::MAX), (0, 0));
        each_common(one.min_hashes, other.min_hashes, |x, y| {
            let (x, y) = (offset(x), offset(y));
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

    /// The hash of a min-hash, without its offset.
    pub fn hash(min_hash: u64) -> u32 {
        (min_hash >> OFFSET_BITS) as u32
    }
}

/// A sketch as it was stored, its min-hashes borrowed.
#[derive(Debug, Clone, Copy)]
pub struct SketchRef<'a> {
    /// How many letters it has.
    pub letters: u64,
    /// [`Sketch::signature`].
    pub signature: u128,
    /// [`Sketch::min_hashes`].
    pub min_hashes: &'a [u64],
}

impl SketchRef<'_> {
    /// Whether the signatures are as alike as those of near-duplicates, whose resemblance follows from what
    /// of the shorter one is contained in the longer one and from their lengths.
    fn may_resemble(self, other: Self) -> bool {
        let ratio = self.letters.min(other.letters) as f64 / self.letters.max(other.letters) as f64;
        let resemblance = CONTAINED * ratio / (1.0 + ratio - CONTAINED * ratio);
        let same = (1.0 + resemblance) / 2.0;
        let bits = f64::from(u128::BITS);
        let least = bits * same - DEVIATIONS * (bits * same * (1.0 - same)).sqrt();
        f64::from((self.signature ^ other.signature).count_zeros()) >= least
    }
}

fn offset(min_hash: u64) -> u64 {
    min_hash & ((1 << OFFSET_BITS) - 1)
}

fn each_common(one: &[u64], other: &[u64], mut take: impl FnMut(u64, u64)) {
    let (mut a, mut b) = (0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        let (left, right) = (x >> OFFSET_BITS, y >> OFFSET_BITS);
        if left == right {
            take(*x, *y);
        }
        a += usize::from(left <= right);
        b += usize::from(right <= left);
    }
}

fn hash_of(text: &str) -> u64 {
    let TextHash { hash, .. } = each_shingle(text, |_, _| (), |_| ());
    hash
}

/// The smallest hash in each of 128 bins: [`Sketch::signature`] in the making.
struct SignatureBins([u64; u128::BITS as usize]);

impl Default for SignatureBins {
    fn default() -> Self {
        Self([u64::MAX; u128::BITS as usize])
    }
}

impl SignatureBins {
    fn take(&mut self, hash: u64) {
        // The first bits say which bin it is in, the last are left to be the bit.
        if let Some(slot) = self.0.get_mut((hash >> 57) as usize) {
            *slot = hash.min(*slot);
        }
    }

    fn bits(&self) -> u128 {
        self.0.iter().fold(0, |signature, hash| (signature << 1) | u128::from(hash & 1))
    }
}

/// [`Sketch::min_hashes`] in the making.
#[derive(Default)]
struct MinHashes {
    whole: MinHashBins<OF_WHOLE>,
    start: MinHashBins<OF_START>,
    lead: MinHashBins<OF_LEAD>,
}

impl MinHashes {
    fn take(&mut self, end: usize, hash: u64) {
        let offset = (end.saturating_sub(LONG_SHINGLE) / STEP).min((1 << OFFSET_BITS) - 1) as u64;
        let min_hash = (hash >> 32 << OFFSET_BITS) | offset;
        self.whole.take(min_hash);
        if end <= START {
            self.start.take(min_hash);
        }
        if end <= LEAD {
            self.lead.take(min_hash);
        }
    }

    fn sorted(&self) -> Vec<u64> {
        let mut all: Vec<u64> =
            self.whole.filled().chain(self.start.filled()).chain(self.lead.filled()).collect();
        all.sort_unstable();
        // A shingle that stands twice counts where it stands first.
        all.dedup_by_key(|min_hash| *min_hash >> OFFSET_BITS);
        all
    }
}

/// The smallest hash in each of `N` bins, equal parts of their range.
struct MinHashBins<const N: usize>([u64; N]);

impl<const N: usize> Default for MinHashBins<N> {
    fn default() -> Self {
        Self([u64::MAX; N])
    }
}

impl<const N: usize> MinHashBins<N> {
    fn take(&mut self, min_hash: u64) {
        if let Some(slot) = self.0.get_mut((min_hash >> (MIN_HASH_BITS - N.ilog2())) as usize) {
            *slot = min_hash.min(*slot);
        }
    }

    fn filled(&self) -> impl Iterator<Item = u64> {
        self.0.iter().copied().filter(|slot| *slot != u64::MAX)
    }
}
