//! What each byte of UTF-8 can be, in one table: texts are long, and one look a byte is all that most of them
//! need.

/// An ASCII letter or digit.
pub const LETTER_OR_DIGIT: u8 = 1;
/// ASCII white space.
pub const SPACE: u8 = 2;
/// A mark that can end a sentence, or the first byte of one; characters that end none can begin with the same
/// byte.
pub const MARK: u8 = 4;
/// What stands behind a word and belongs to no word.
pub const ALONE: u8 = 8;

const CLASSES: [u8; 256] = classes();

/// Whether the byte is of one of these classes.
pub fn is(byte: u8, classes: u8) -> bool {
    CLASSES[byte as usize] & classes != 0
}

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        if c.is_ascii_alphanumeric() {
            table[byte] |= LETTER_OR_DIGIT;
        }
        if c.is_ascii_whitespace() {
            table[byte] |= SPACE;
        }
        if matches!(c, b'.' | b'!' | b'?' | 0xd8 | 0xe0 | 0xe2 | 0xe3 | 0xef) {
            table[byte] |= MARK;
        }
        if matches!(c, b' ' | b'\n' | b',' | b'.' | b';' | b')' | b'"') {
            table[byte] |= ALONE;
        }
        byte += 1;
    }
    table
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHEST: u64 = 0x80 * ONES;

/// Number of runs of ASCII bytes between white space, or what else is no character, that hold a letter or
/// digit. Eight bytes at a time, each byte of a number for itself.
pub fn words_of_ascii(text: &[u8]) -> u64 {
    let (mut words, mut is_counted) = (0, false);
    let (eights, last) = text.as_chunks::<8>();
    let mut rest = [b' '; 8];
    if let Some(rest) = rest.get_mut(..last.len()) {
        rest.copy_from_slice(last);
    }
    for eight in eights.iter().copied().chain([rest, [b' '; 8]]) {
        let eight = u64::from_le_bytes(eight);
        // The highest bit of each byte says whether it is so much or more; in ASCII it is free.
        let at_least = |bytes: u64, least: u8| (bytes + u64::from(0x80 - least) * ONES) & HIGHEST;
        let lower = eight | (0x20 * ONES);
        let letters = at_least(lower, b'a') & !at_least(lower, b'z' + 1);
        let digits = at_least(eight, b'0') & !at_least(eight, b'9' + 1);
        let spaces = !at_least(eight, b' ' + 1) & HIGHEST;
        // All bits of what is no space, so that a 1 at a letter is carried to the end of its run and stands
        // in the space there.
        let others = ((spaces ^ HIGHEST) >> 7) * 0xff;
        let (sum, over) = others.overflowing_add((letters | digits) >> 7);
        let (sum, still_over) = sum.overflowing_add(u64::from(is_counted));
        words += u64::from((sum & (spaces >> 7)).count_ones());
        is_counted = over | still_over;
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_runs_with_a_letter_or_digit(text in "[a-c0-2Z .,;'\\n\\t-]{0,60}") {
            let words = text.split_ascii_whitespace().filter(|run| run.bytes().any(|byte| byte.is_ascii_alphanumeric()));
            prop_assert_eq!(words_of_ascii(text.as_bytes()), words.count() as u64);
        }
    }
}
