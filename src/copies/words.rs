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

/// Appends the words of `text` to `words`.
pub fn words(text: &str, words: &mut Vec<Word>) {
    let mut word = Open::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte.is_ascii_alphanumeric() {
            // The bit by which lower case differs from upper case; digits have it too.
            word.push(u64::from(byte | 0x20), byte.is_ascii_digit());
        } else if byte == b'\'' {
            // `don't` and `dont` are one word.
        } else if byte.is_ascii() {
            word.close(words);
        } else {
            let Some(char) = text.get(at - 1..).and_then(|rest| rest.chars().next()) else { continue };
            at += char.len_utf8() - 1;
            word.push_char(char, words);
        }
    }
    word.close(words);
}

/// The word that is being read.
#[derive(Default)]
struct Open {
    /// The letters before the last eight or fewer.
    hash: u64,
    /// These, a byte each.
    last: u64,
    length: u32,
    number: bool,
}

impl Open {
    fn push(&mut self, unit: u64, digit: bool) {
        if self.length == 0 {
            self.number = digit;
        }
        self.last = (self.last << 8) | unit;
        self.length += 1;
        if self.length.is_multiple_of(8) {
            self.hash = mix(self.hash ^ self.last);
            self.last = 0;
        }
    }

    fn push_char(&mut self, char: char, words: &mut Vec<Word>) {
        match char {
            '’' | '‘' | 'ʼ' | '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' => {}
            // Scripts that put no spaces between words: each character is one.
            '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => {
                self.close(words);
                self.push_scalar(char);
                self.close(words);
            }
            _ if char.is_alphanumeric() => char.to_lowercase().for_each(|lower| self.push_scalar(lower)),
            _ => self.close(words),
        }
    }

    fn push_scalar(&mut self, char: char) {
        for byte in char.encode_utf8(&mut [0; 4]).bytes() {
            self.push(u64::from(byte), char.is_numeric());
        }
    }

    fn close(&mut self, words: &mut Vec<Word>) {
        if self.length > 0 {
            let hash = mix(self.hash ^ self.last ^ (u64::from(self.length) << 56));
            words.push((hash & !1) | u64::from(self.number));
            *self = Self::default();
        }
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
