//! What each byte of UTF-8 can be, in one table: texts are long, and one look a byte is all that most of them need.

/// An ASCII letter or digit.
pub const LETTER_OR_DIGIT: u8 = 1;
/// ASCII white space.
pub const SPACE: u8 = 2;
/// A mark that can end a sentence, or the first byte of one; characters that end none can begin with the same byte.
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
