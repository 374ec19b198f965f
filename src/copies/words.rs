//! A text's words as numbers: without case, apostrophes and punctuation, which differ from copy to copy.

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

/// What a byte is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Apart,
    Letter,
    /// `don't` and `dont` are one word.
    Apostrophe,
    /// Part of a character that is not ASCII.
    Other,
}

static CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut classes = [Class::Apart; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte >= 128 {
            classes[byte] = Class::Other;
        } else if (byte as u8).is_ascii_alphanumeric() {
            classes[byte] = Class::Letter;
        }
        byte += 1;
    }
    classes[b'\'' as usize] = Class::Apostrophe;
    classes
}

fn class(byte: u8) -> Class {
    CLASSES[byte as usize]
}

/// Appends the words of `text` to `words`.
pub fn words(text: &str, words: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let mut odd = OddWord::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if class(*byte) == Class::Apart {
            at += 1;
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| class(**byte) == Class::Letter).count();
        // Nearly all words are letters and nothing else.
        if rest.get(length).is_none_or(|next| class(*next) == Class::Apart) {
            words.push(plain_word(rest, length));
            at += length;
        } else {
            at += odd.read(text.get(at..).unwrap_or_default(), words).max(1);
        }
    }
}

/// The word of the first so many bytes, all of them ASCII letters and digits.
fn plain_word(bytes: &[u8], length: usize) -> Word {
    let mut hash = length as u64;
    let mut at = 0;
    while at < length {
        let left = (length - at).min(8);
        let next = match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
            Some(eight) => u64::from_le_bytes(eight) & (u64::MAX >> (64 - 8 * left)),
            None => little_endian(bytes.get(at..at + left).unwrap_or_default()),
        };
        // The bit by which lower case differs from upper case; digits have it too.
        hash = step(hash, next | (0x2020_2020_2020_2020 & (u64::MAX >> (64 - 8 * left))));
        at += 8;
    }
    word(hash, bytes.first().is_some_and(u8::is_ascii_digit))
}

fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte))
}

fn step(hash: u64, next: u64) -> u64 {
    let hash = (hash ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 32)
}

fn word(hash: u64, number: bool) -> Word {
    (mix(hash) & !1) | u64::from(number)
}

/// A word with other characters than ASCII letters in or beside it.
#[derive(Default)]
struct OddWord {
    bytes: Vec<u8>,
    number: bool,
}

impl OddWord {
    /// Reads up to where the word ends, which may be several where a script puts no spaces between them; returns how many bytes
    /// that was.
    fn read(&mut self, text: &str, words: &mut Vec<Word>) -> usize {
        for (at, char) in text.char_indices() {
            match char {
                '\'' | '’' | '‘' | 'ʼ' | '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' => {}
                // Scripts that put no spaces between words: each character is one.
                '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => {
                    self.close(words);
                    self.push(char);
                    self.close(words);
                }
                _ if char.is_ascii_alphanumeric() => self.push(char.to_ascii_lowercase()),
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
        words(text, &mut found);
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
    fn long_words_differ_in_every_place() {
        let long = "abcdefghijklmnopqrstuvwxyz";
        for at in 0..long.len() {
            let mut other = long.to_owned();
            other.replace_range(at..=at, "_");
            assert_ne!(of(long), of(&other.replace('_', "0")), "{at}");
        }
    }
}
