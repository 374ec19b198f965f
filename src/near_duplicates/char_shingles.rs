//! Character shingles: a text's letters and digits one after the other, without case, punctuation and spaces,
//! which differ from copy to copy, and rolling hashes of them that cost little more than a look at each byte.

use super::word_shingles::{FACTOR, is_word, mix};

/// How many letters a long shingle has, some 13 English words: as many as are behind each value of the
/// rolling hash, its bits.
pub const LONG_SHINGLE: usize = u64::BITS as usize;

/// How many letters a short shingle has, some five English words.
const SHORT_SHINGLE: usize = 24;

/// So many bytes are read at a time; in lower case they are half as many more at the most.
const BLOCK: usize = 512;
const MOST_LETTERS: usize = BLOCK + BLOCK / 2 + 8;

/// All letters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextHash {
    /// Number of letters, in bytes.
    pub letters: usize,
    /// A hash of them.
    pub hash: u64,
}

/// Calls `long` with the end and the hash of each long shingle that ends where a word does, and `short` with
/// the hash of each short one. O(n) in the bytes of the text.
///
/// The hash is a gear hash (Xia and others 2014, "Ddelta: a deduplication-inspired fast delta compression
/// approach"): each letter moves those before it up by a bit, until they fall out. Its lowest bits are a hash
/// of the last letters only.
pub fn each_shingle(text: &str, mut long: impl FnMut(usize, u64), mut short: impl FnMut(u64)) -> TextHash {
    let mut block_letters =
        Letters { letters: [0; MOST_LETTERS], ends: [0; MOST_LETTERS], is_in_word: false };
    // The hash before the first letter of a block, and those at its letters.
    let mut hashes = [0u64; 1 + MOST_LETTERS];
    let (mut before, mut hash, mut whole) = (0, 0u64, 0u64);
    let mut rest = text;
    while !rest.is_empty() {
        let end = (BLOCK..rest.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
        let (block, after) = rest.split_at(end);
        rest = after;
        let (count, words) = block_letters.read(block);
        let Some(here) = hashes.get_mut(1..=count) else { break };
        for (letter, at_letter) in block_letters.letters.iter().zip(here) {
            hash = (hash << 1).wrapping_add(GEAR[*letter as usize]);
            *at_letter = hash;
        }
        let at = |letters: usize| hashes.get(letters).copied().unwrap_or(0);
        let last = (rest.is_empty() && block_letters.is_in_word).then_some(count);
        for end in block_letters.ends.iter().take(words).map(|end| usize::from(*end)).chain(last) {
            if before + end >= SHORT_SHINGLE {
                short(spread(at(end) % (1 << SHORT_SHINGLE)));
            }
            if before + end >= LONG_SHINGLE {
                long(before + end, spread(at(end)));
            }
        }
        let to_full = LONG_SHINGLE - before % LONG_SHINGLE;
        for full in (to_full..=count).step_by(LONG_SHINGLE) {
            whole = mix(whole ^ at(full));
        }
        hashes[0] = hash;
        before += count;
    }
    TextHash { letters: before, hash: mix(whole ^ hash) ^ before as u64 }
}

/// The letters of a block.
struct Letters {
    letters: [u8; MOST_LETTERS],
    /// How many letters come up to the end of each word.
    ends: [u16; MOST_LETTERS],
    is_in_word: bool,
}

impl Letters {
    /// Reads a block; returns how many letters it has, and how many words end.
    fn read(&mut self, block: &str) -> (usize, usize) {
        let (mut letters, mut words) = (0, 0);
        if block.is_ascii() {
            // What is neither letter nor end is written over by the next: which bytes are cannot be foretold.
            let mut was_letter = usize::from(self.is_in_word);
            for byte in block.bytes() {
                let letter = LETTERS[byte as usize];
                let (Some(slot), Some(end)) = (self.letters.get_mut(letters), self.ends.get_mut(words))
                else {
                    break;
                };
                *slot = letter;
                *end = letters as u16;
                let is_letter = usize::from(letter != 0);
                words += was_letter & !is_letter;
                letters += is_letter;
                was_letter = is_letter;
            }
            self.is_in_word = was_letter == 1;
            return (letters, words);
        }
        for char in block.chars() {
            let is_letter = char.is_alphanumeric();
            let ends_before = self.is_in_word && !is_letter;
            let is_one = is_letter && is_word(char);
            self.is_in_word = is_letter && !is_one;
            for lower in char.to_lowercase().filter(|_| is_letter) {
                if let Some(slot) = self.letters.get_mut(letters..letters + lower.len_utf8()) {
                    lower.encode_utf8(slot);
                    letters += lower.len_utf8();
                }
            }
            if let Some(end) = self.ends.get_mut(words).filter(|_| ends_before || is_one) {
                *end = letters as u16;
                words += 1;
            }
        }
        (letters, words)
    }
}

/// Each byte in lower case, 0 where it is no letter or digit.
static LETTERS: [u8; 256] = letters();

const fn letters() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
}

/// What each letter adds.
static GEAR: [u64; 256] = gear();

const fn gear() -> [u64; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = split_mix(byte as u64 + 1);
        byte += 1;
    }
    table
}

/// A hash whose first bits are as good as any.
fn spread(hash: u64) -> u64 {
    let spread = hash.wrapping_mul(FACTOR);
    spread ^ (spread >> 32)
}

/// SplitMix64's output function (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
/// generators").
const fn split_mix(number: u64) -> u64 {
    let value = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Found = (TextHash, Vec<(usize, u64)>, Vec<u64>);

    fn of(text: &str) -> Found {
        let (mut long, mut short) = (Vec::new(), Vec::new());
        let whole = each_shingle(text, |end, hash| long.push((end, hash)), |hash| short.push(hash));
        (whole, long, short)
    }

    fn prose(sentences: usize, from: usize) -> String {
        let sentence = |number| {
            format!("Item {number}: the harbour board put {} berths to the vote. ", number * 7919 % 1000)
        };
        (from..from + sentences).map(sentence).collect()
    }

    #[test]
    fn case_punctuation_and_spaces_do_not_count() {
        let text = prose(40, 1);
        let other = text.to_uppercase().replace(": ", " — “").replace(". ", "”\n\n");
        assert_eq!(of(&text), of(&other));
        assert_eq!(of("Überlingen: ja!"), of("ÜBERLINGEN JA"));
        assert_eq!(of(" — “…” ").0.letters, 0);
        // Each character is a word of three letters, and a short shingle has 24.
        assert_eq!(of("平和の計画は平和の計画だ").2.len(), 5);
    }

    #[test]
    fn every_letter_counts_in_the_hash_of_all() {
        let text = prose(12, 1);
        let whole = of(&text).0;
        for at in (0..text.len()).filter(|at| text.as_bytes()[*at].is_ascii_alphanumeric()) {
            let mut other = text.clone();
            other.replace_range(at..=at, "ß");
            assert_ne!(of(&other).0.hash, whole.hash, "at {at}");
        }
    }

    #[test]
    fn shingles_are_the_same_wherever_they_stand() {
        let passage = prose(30, 100);
        let (alone, long, short) = of(&passage);
        let words = passage.split(' ').filter(|word| !word.is_empty()).count();
        assert!(short.len() > words * 9 / 10, "{} of {words}", short.len());
        assert!(long.len() > words * 9 / 10 && alone.letters > 1000, "{} of {words}", long.len());
        let before = prose(17, 1);
        let moved = of(&before).0.letters;
        let (_, long_within, short_within) = of(&(before + &passage + &prose(9, 500)));
        assert!(long.iter().all(|(end, hash)| long_within.contains(&(end + moved, *hash))));
        assert!(short.iter().all(|hash| short_within.contains(hash)));
    }
}
