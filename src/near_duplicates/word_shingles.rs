//! Word shingles: a text's words as numbers, without case, apostrophes and punctuation, which differ from
//! copy to copy, and rolling hashes of so many in a row.

/// A word of a text. Equal words are equal numbers; whether one begins with a digit is its lowest bit.
pub type Word = u64;

/// Whether it is a number.
pub fn is_number(word: Word) -> bool {
    word & 1 == 1
}

/// Spreads a value over all bits.
pub fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    value ^ (value >> 32)
}

/// An odd number whose bits are spread.
pub const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Calls `take` with the hash of each shingle of `N` words. The hash is that of Rabin and Karp: what leaves
/// the window is taken out again.
pub fn each_shingle<const N: usize>(words: &[Word], mut take: impl FnMut(u64)) {
    let out = FACTOR.wrapping_pow(N as u32);
    let mut hash = 0u64;
    for (at, word) in words.iter().enumerate() {
        hash = hash.wrapping_mul(FACTOR).wrapping_add(*word);
        if let Some(gone) = at.checked_sub(N).and_then(|gone| words.get(gone)) {
            hash = hash.wrapping_sub(gone.wrapping_mul(out));
        }
        if at + 1 >= N {
            take(mix(hash));
        }
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHEST: u64 = 0x80 * ONES;

/// The bit by which lower case differs from upper case in all eight bytes; digits have it too.
const LOWER: u64 = 0x20 * ONES;

/// How many of eight bytes from the first on are ASCII letters and digits.
fn plain_length(eight: u64) -> usize {
    // In each byte, the highest bit says whether it is at least so much.
    let plain = eight & !HIGHEST;
    let at_least = |bytes: u64, least: u8| bytes + u64::from(0x80 - least) * ONES;
    let lower = plain | LOWER;
    let letters = at_least(lower, b'a') & !at_least(lower, b'z' + 1);
    let digits = at_least(plain, b'0') & !at_least(plain, b'9' + 1);
    let others = !(letters | digits) | eight;
    (others & HIGHEST).trailing_zeros() as usize / 8
}

/// Whether a byte can go on with a word: as an apostrophe, which does not count, or as part of a character
/// that is not ASCII.
fn is_odd(byte: u8) -> bool {
    byte == b'\'' || !byte.is_ascii()
}

/// Appends the first `most` words of `text` to `words`; it can be some more where a script puts no spaces
/// between them.
pub fn words(text: &str, most: usize, words: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let mut odd = OddWord::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).filter(|_| words.len() < most) {
        if !byte.is_ascii_alphanumeric() && !is_odd(*byte) {
            at += 1;
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        // Nearly all words are few letters and nothing else.
        let (first, last) = rest.split_at(rest.len().min(8));
        let eight = little_endian(first);
        let length = plain_length(eight).min(first.len());
        let next = first.get(length).or(last.first());
        if length < 8 && length > 0 && !next.is_some_and(|next| is_odd(*next)) {
            let letters = (eight | LOWER) & (u64::MAX >> (64 - 8 * length));
            words.push(word(step(length as u64, letters), byte.is_ascii_digit()));
            at += length;
        } else {
            at += odd.read(text.get(at..).unwrap_or_default(), words).max(1);
        }
    }
}

/// Whether a character is of a script that puts no spaces between words: each is taken for one.
pub fn is_word(char: char) -> bool {
    matches!(char, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn little_endian(bytes: &[u8]) -> u64 {
    if let Ok(eight) = bytes.try_into() {
        return u64::from_le_bytes(eight);
    }
    bytes.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte))
}

fn step(hash: u64, next: u64) -> u64 {
    let hash = (hash ^ next).wrapping_mul(FACTOR);
    hash ^ (hash >> 32)
}

fn word(hash: u64, number: bool) -> Word {
    (mix(hash) & !1) | u64::from(number)
}

/// A word that is long, or has other characters than ASCII letters in or beside it.
#[derive(Default)]
struct OddWord {
    bytes: Vec<u8>,
    number: bool,
}

impl OddWord {
    /// Reads up to where the word ends, which may be several where a script puts no spaces between them;
    /// returns how many bytes that was.
    fn read(&mut self, text: &str, words: &mut Vec<Word>) -> usize {
        for (at, char) in text.char_indices() {
            match char {
                _ if char.is_ascii_alphanumeric() => self.push_byte(char.to_ascii_lowercase() as u8),
                '\'' | '’' | '‘' | 'ʼ' | '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' => {}
                _ if is_word(char) => {
                    self.close(words);
                    self.push(char);
                    self.close(words);
                }
                _ if char.is_alphanumeric() => char.to_lowercase().for_each(|lower| self.push(lower)),
                _ => {
                    self.close(words);
                    return at + char.len_utf8();
                }
            }
        }
        self.close(words);
        text.len()
    }

    fn push(&mut self, char: char) {
        if self.bytes.is_empty() {
            self.number = char.is_numeric();
        }
        self.bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn push_byte(&mut self, byte: u8) {
        if self.bytes.is_empty() {
            self.number = byte.is_ascii_digit();
        }
        self.bytes.push(byte);
    }

    fn close(&mut self, words: &mut Vec<Word>) {
        if self.bytes.is_empty() {
            return;
        }
        let eights = self.bytes.chunks(8).map(little_endian);
        words.push(word(eights.fold(self.bytes.len() as u64, step), self.number));
        self.bytes.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Word> {
        let mut found = Vec::new();
        words(text, usize::MAX, &mut found);
        found
    }

    #[test]
    fn case_apostrophes_and_punctuation_do_not_count() {
        assert_eq!(of("“Don’t go,” she SAID."), of("dont go she said"));
        assert_eq!(of("Don't\n\ngo"), of("dont go"));
        assert_eq!(of("Überlingen — ja"), of("überlingen ja"));
        assert_ne!(of("peace plan"), of("plan peace"));
        assert_ne!(of("constitution"), of("constitutions"));
        assert!(of(" — “…” ").is_empty());
    }

    #[test]
    fn numbers_are_known_and_scripts_without_spaces_have_words() {
        let found = of("12.5 per cent of 3rd");
        let numbers: Vec<bool> = found.iter().map(|word| is_number(*word)).collect();
        assert_eq!(numbers, [true, true, false, false, false, true]);
        assert_eq!(of("平和の計画").len(), 5);
    }

    #[test]
    fn long_words_differ_in_every_letter() {
        let long = "abcdefghijklmnopqrstuvwxyz";
        for at in 0..long.len() {
            let mut other = long.to_owned();
            other.replace_range(at..=at, "_");
            assert_ne!(of(long), of(&other.replace('_', "0")), "{at}");
        }
    }
}
