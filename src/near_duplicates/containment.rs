//! Whether one text is a near-duplicate of another: how much of the shorter one is contained in the longer
//! one (Broder's containment), by shingles of five words.
//!
//! With S(a) the shingles of a, the containment of a in b is |S(a) ∩ S(b)| / |S(a)|. Unlike resemblance, it
//! is 1 where a is b cut short. An example: `a b c d e f g` has the shingles abcde, bcdef and cdefg, `x c d e
//! f g y` has xcdef, cdefg and defgy. One of three is shared: the containment is 1/3, the resemblance 1/5.
//!
//! To sort the hashes of a text of n shingles is O(n log n), once; to compare two is a merge of two sorted
//! lists, O(n). Of long texts a quarter of the shingles is looked at, chosen by their hashes, so that it is
//! the same quarter in each text.

use std::cell::OnceCell;
use std::sync::LazyLock;

use super::word_shingles::{Word, each_shingle, is_number, words};

/// How many words a shingle has.
const SHINGLE: usize = 5;

/// Of texts of so many words a quarter of the shingles tells as much as all.
const SAMPLED: usize = 256;

/// Shorter texts are copies only where every word is the same.
const SHORTEST: usize = 40;

/// How much of the shorter text must be in the longer one; more of one with fewer words than `LONG`, where
/// little makes much of a difference.
const CONTAINED: f64 = 0.75;
const CONTAINED_SHORT: f64 = 0.85;
const LONG: usize = 80;

/// Enough where the first words of one stand in the other as they are, no number differs and both are about
/// as long: a text that was cut and got paragraphs of its own, or was gone over once more. The same story in
/// other words begins with another sentence; a much longer one may have no more than a notice in common.
const CONTAINED_SAME_LEAD: f64 = 0.60;
const LEAD: usize = 24;

/// How much of it may be there with other numbers only: what is written by a form differs by these.
const RENUMBERED: f64 = 0.04;

/// A text less than half as long as the other must be its beginning, and is none of it where it is less than
/// this share: three paragraphs of a long report are a copy of it.
const LEAST_SHARE: usize = 40;

/// How many words a beginning has, and by how many it may be moved.
const START: usize = 32;
const MOVED: usize = 64;

/// A text to be compared. Its words are looked at when they are asked for: most candidates are told apart by
/// their first.
#[derive(Debug)]
pub struct Text {
    body: String,
    beginning: OnceCell<Beginning>,
    shingles: OnceCell<Shingles>,
}

/// The first words of a text.
#[derive(Debug)]
struct Beginning {
    /// The hashes of the first shingles, in ascending order.
    start: Vec<u64>,
    /// Those of the first and some after them, in ascending order.
    near_start: Vec<u64>,
}

/// All words of a text.
#[derive(Debug)]
struct Shingles {
    /// How many words they are.
    length: usize,
    /// Whether only a sample of the shingles is kept, by their hash and so the same of each text.
    is_sampled: bool,
    /// Hashes of shingles, and of those from there on that leave out numbers, in ascending order, each once.
    hashes: Vec<(u64, u64)>,
    /// The latter of all of them, in the order of the text.
    numberless: Vec<u64>,
    /// Those of the very first, in ascending order.
    lead: Vec<(u64, u64)>,
}

impl Text {
    /// The text of a body.
    pub fn new(body: impl Into<String>) -> Self {
        Self { body: body.into(), beginning: OnceCell::new(), shingles: OnceCell::new() }
    }

    fn beginning(&self) -> &Beginning {
        self.beginning.get_or_init(|| Beginning::of(&self.body))
    }

    fn shingles(&self) -> &Shingles {
        self.shingles.get_or_init(|| Shingles::of(&self.body))
    }

    /// Whether one is a near-duplicate of the other: all but a little of the shorter one stands in the longer
    /// one, and with the same numbers. One that is much shorter is the beginning of the longer one: what
    /// stands further down, in a round-up of many stories, is no copy of the round-up.
    pub fn is_near_duplicate_of(&self, other: &Self) -> bool {
        let order = self.body.len().cmp(&other.body.len());
        // Of two that are as long it must not matter which is asked.
        let order = order.then_with(|| self.shingles().hashes.cmp(&other.shingles().hashes));
        let (short, long) = if order.is_le() { (self, other) } else { (other, self) };
        let is_cut = short.is_less_than_half_of(long);
        if short.body.len() * LEAST_SHARE < long.body.len() || (is_cut && !short.is_beginning_of(long)) {
            return false;
        }
        let (short, long) = (short.shingles(), long.shingles());
        if short.length < SHORTEST {
            return false;
        }
        let least = if short.length < LONG { CONTAINED_SHORT } else { CONTAINED };
        let is_kept = |shingle: &&(u64, u64)| !long.is_sampled || is_of_sample(shingle.0);
        let lacking = missing(&long.hashes, &short.hashes, |shingle| shingle.0);
        let lacking: Vec<_> = lacking.into_iter().filter(is_kept).collect();
        let all = short.hashes.iter().filter(is_kept).count() as f64;
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
        let numberless = ordered(long.numberless.clone());
        let is_there = |shingle: &&(u64, u64)| numberless.binary_search(&shingle.1).is_ok();
        lacking.into_iter().filter(is_there).count() as f64 <= renumbered
    }

    /// Whether it can be the representative of a cluster that the other is in: a near-duplicate of it, and
    /// not only its beginning, which may be a notice that many begin with.
    pub fn can_represent(&self, other: &Self) -> bool {
        !self.is_less_than_half_of(other) && self.is_near_duplicate_of(other)
    }

    fn is_less_than_half_of(&self, other: &Self) -> bool {
        self.body.len() * 2 < other.body.len()
    }

    /// Whether most of its first words are among the first of the other, moved by no more than a few.
    fn is_beginning_of(&self, other: &Self) -> bool {
        let start = &self.beginning().start;
        missing(&other.beginning().near_start, start, |shingle| *shingle).len() * 2 <= start.len()
    }
}

impl Beginning {
    fn of(body: &str) -> Self {
        let mut all_words = Vec::with_capacity(START + MOVED + SHINGLE);
        words(body, START + MOVED + SHINGLE - 1, &mut all_words);
        let mut shingles: Vec<u64> = Vec::with_capacity(START + MOVED);
        each_shingle::<SHINGLE>(&all_words, |hash| shingles.push(hash));
        let first = |count: usize| ordered(shingles.iter().take(count).copied().collect());
        Self { start: first(START), near_start: first(START + MOVED) }
    }
}

impl Shingles {
    fn of(body: &str) -> Self {
        let mut all_words = Vec::with_capacity(body.len() / 5);
        words(body, usize::MAX, &mut all_words);
        let mut plain: Vec<u64> = Vec::with_capacity(all_words.len());
        each_shingle::<SHINGLE>(&all_words, |hash| plain.push(hash));
        let is_sampled = all_words.len() >= SAMPLED;
        let numberless = numberless(&all_words);
        let both = || plain.iter().copied().zip(numberless.iter().copied());
        let kept = |(plain, _): &(u64, u64)| !is_sampled || is_of_sample(*plain);
        let lead = ordered(both().take(LEAD + 1 - SHINGLE).filter(kept).collect());
        let hashes = ordered(both().filter(kept).collect());
        Self { length: all_words.len(), is_sampled, lead, numberless, hashes }
    }

    /// Whether the first words of one of them stand in the other.
    fn has_lead_in_common(&self, other: &Self) -> bool {
        let is_sampled = self.is_sampled || other.is_sampled;
        let has = |text: &Self, lead: &[(u64, u64)]| {
            let mut lead = lead.iter().filter(|shingle| !is_sampled || is_of_sample(shingle.0)).peekable();
            lead.peek().is_some() && lead.all(|shingle| text.hashes.binary_search(shingle).is_ok())
        };
        has(other, &self.lead) || has(self, &other.lead)
    }
}

/// Numbers as they are spelt where they are small, and "n.a." where there is none.
static SPELT: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let mut spelt = Vec::new();
    words(
        "nil zero one two three four five six seven eight nine ten eleven twelve n a",
        usize::MAX,
        &mut spelt,
    );
    ordered(spelt)
});

/// From each word on, the hash of a shingle that leaves out numbers: "six per cent" is like "6-3/16 per
/// cent".
fn numberless(all_words: &[Word]) -> Vec<u64> {
    let counts = |word: &Word| !is_number(*word) && SPELT.binary_search(word).is_err();
    let others: Vec<Word> = all_words.iter().copied().filter(counts).collect();
    let mut shingles = Vec::with_capacity(all_words.len());
    each_shingle::<SHINGLE>(&others, |hash| shingles.push(hash));
    let mut at = 0;
    let each = all_words.iter().map(|word| {
        let shingle = shingles.get(at).or(shingles.last()).copied().unwrap_or(0);
        at += usize::from(counts(word));
        shingle
    });
    each.collect()
}

fn is_of_sample(plain: u64) -> bool {
    plain.is_multiple_of(4)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What a bank says every day, with the rate of the day.
    fn report(rate: &str) -> Text {
        Text::new(format!(
            "The Reserve Bank of Kestria entered the market for treasury bills this morning to lend the banks two billion crowns \
             until Thursday, as it had announced. Dealers said that overnight money was to be had at {rate} per cent when the \
             bank began its temporary and indirect supply of reserves to the houses of the capital."
        ))
    }

    #[test]
    fn the_report_of_another_day_is_no_copy_however_its_number_is_spelt() {
        let today = report("6-3/16");
        assert!(today.is_near_duplicate_of(&report("6-3/16")));
        for other in ["6-1/4", "six", "6.25", "n.a."] {
            assert!(!today.is_near_duplicate_of(&report(other)), "{other}");
            assert!(!report(other).is_near_duplicate_of(&today), "{other}");
        }
    }

    #[test]
    fn of_two_that_are_as_long_it_does_not_matter_which_is_asked() {
        // What the second says over and over is little that the first lacks; what the first says is much that
        // the second lacks.
        let sentence = |n: usize| format!("a{n} b{n} c{n} d{n} e{n} f{n} g{n} h{n}.");
        let text = |numbers: [usize; 10]| Text::new(numbers.map(sentence).join(" "));
        let (one, other) = (text([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), text([1, 2, 3, 4, 5, 5, 5, 5, 5, 5]));
        assert_eq!(one.is_near_duplicate_of(&other), other.is_near_duplicate_of(&one));
    }

    #[test]
    fn the_beginning_of_a_long_text_is_a_copy_of_it_and_cannot_stand_for_it() {
        let sentence =
            |n: usize| format!("Councillor number {n} spoke against clause {} and asked for water.", n * 7);
        let long: Vec<String> = (0..90).map(sentence).collect();
        let (cut, whole) = (Text::new(long[..5].join(" ")), Text::new(long.join(" ")));
        assert!(cut.is_near_duplicate_of(&whole) && whole.is_near_duplicate_of(&cut));
        assert!(whole.can_represent(&cut) && !cut.can_represent(&whole));
        assert!(!Text::new(long[40..45].join(" ")).is_near_duplicate_of(&whole));
    }
}
