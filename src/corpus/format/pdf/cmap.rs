//! What the codes of a font stand for in Unicode, as the font's `ToUnicode` says (ISO 32000-1, 9.10.3).

use std::collections::HashMap;

/// A larger table is not read to its end.
const MOST_CODES: usize = 200_000;

/// Codes and their text.
#[derive(Debug, Default)]
pub(super) struct CMap {
    codes: HashMap<u32, String>,
    /// How many bytes its codes have, where it says so.
    pub code_length: Option<usize>,
}

enum Token<'t> {
    Hex(Vec<u8>),
    Word(&'t [u8]),
    Open,
    Close,
}

impl CMap {
    pub fn get(&self, code: u32) -> Option<&str> {
        self.codes.get(&code).map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    pub fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut rest = bytes;
        while let Some(token) = token(&mut rest) {
            let Token::Word(word) = token else { continue };
            match word {
                b"begincodespacerange" => {
                    if let Some(Token::Hex(code)) = token_in(&mut rest) {
                        map.code_length = map.code_length.or(Some(code.len().clamp(1, 4)));
                    }
                }
                b"beginbfchar" => map.characters(&mut rest),
                b"beginbfrange" => map.ranges(&mut rest),
                _ => {}
            }
        }
        map
    }

    fn characters(&mut self, rest: &mut &[u8]) {
        while let (Some(Token::Hex(code)), Some(Token::Hex(text))) = (token_in(rest), token_in(rest)) {
            self.add(number(&code), utf16(&text));
        }
    }

    fn ranges(&mut self, rest: &mut &[u8]) {
        while let (Some(Token::Hex(first)), Some(Token::Hex(last)), Some(target)) =
            (token_in(rest), token_in(rest), token_in(rest))
        {
            let (first, last) = (number(&first), number(&last));
            match target {
                Token::Hex(text) => {
                    let mut units = units(&text);
                    for code in first..=last.min(first.saturating_add(0xffff)) {
                        self.add(code, String::from_utf16_lossy(&units));
                        if let Some(unit) = units.last_mut() {
                            *unit = unit.wrapping_add(1);
                        }
                        if self.codes.len() >= MOST_CODES {
                            return;
                        }
                    }
                }
                Token::Open => {
                    let mut code = first;
                    while let Some(Token::Hex(text)) = token(rest) {
                        self.add(code, utf16(&text));
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn add(&mut self, code: u32, text: String) {
        if self.codes.len() < MOST_CODES {
            self.codes.insert(code, text);
        }
    }
}

/// The next token, unless it ends the list.
fn token_in<'t>(rest: &mut &'t [u8]) -> Option<Token<'t>> {
    token(rest).filter(|token| !matches!(token, Token::Word(_)))
}

fn token<'t>(rest: &mut &'t [u8]) -> Option<Token<'t>> {
    loop {
        *rest = rest.trim_ascii_start();
        let (first, after) = rest.split_first()?;
        match first {
            b'%' => *rest = rest.get(memchr::memchr2(b'\n', b'\r', rest)?..)?,
            b'[' => {
                *rest = after;
                return Some(Token::Open);
            }
            b']' => {
                *rest = after;
                return Some(Token::Close);
            }
            b'<' if after.first() != Some(&b'<') => {
                let end = memchr::memchr(b'>', after)?;
                let digits = after.get(..end)?;
                *rest = after.get(end + 1..)?;
                return Some(Token::Hex(hex(digits)));
            }
            _ => {
                let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'[' | b']' | b'%');
                let end = after.iter().position(ends).map_or(rest.len(), |at| at + 1);
                let (word, after) = rest.split_at(end);
                *rest = after;
                return Some(Token::Word(word));
            }
        }
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|b| char::from(*b).to_digit(16))
        .filter_map(|d| u8::try_from(d).ok())
        .collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |n, d| n << 4 | d)).collect()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks(2).map(|pair| pair.iter().fold(0, |n, b| n << 8 | u16::from(*b))).collect()
}

fn utf16(bytes: &[u8]) -> String {
    String::from_utf16_lossy(&units(bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_and_ranges() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar\n\
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0391> <D835DC00>] endbfrange",
        );
        assert_eq!(map.code_length, Some(2));
        let of = |code| map.get(code).unwrap_or("none");
        assert_eq!([of(3), of(4), of(0x10), of(0x12), of(0x13)], [" ", "fi", "A", "C", "none"]);
        assert_eq!([of(0x20), of(0x21)], ["\u{391}", "\u{1d400}"]);
    }

    #[test]
    fn a_range_that_harms_ends() {
        let map = CMap::parse(&b"beginbfrange <00000000> <FFFFFFFF> <0041>".repeat(10));
        assert!(map.codes.len() <= MOST_CODES);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(text in "(beginbfchar|beginbfrange|begincodespacerange|<|>|\\[|\\]|[0-9a-f]{1,4}| |%|\n|end){0,40}") {
            let _ = CMap::parse(text.as_bytes());
        }
    }
}
