//! The tokens of RTF: groups, control words with their numbers, bytes of text.

use encoding_rs::Encoding;

/// A control word is not longer than this.
const LONGEST_WORD: usize = 32;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    Open,
    Close,
    /// `\*`: what follows may be passed over by whoever does not know it.
    Ignorable,
    Control(Control<'t>),
    Byte(u8),
}

/// A control word, or a byte that was written as one (`\'e9`).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Control<'t> {
    pub word: &'t str,
    pub number: Option<i32>,
    pub byte: Option<u8>,
}

/// Takes a document apart.
pub(super) struct Tokens<'t> {
    rest: &'t [u8],
}

impl<'t> Tokens<'t> {
    pub fn new(bytes: &'t [u8]) -> Self {
        Self { rest: bytes }
    }

    fn control(&mut self) -> Option<Token<'t>> {
        let word = |word, number| Token::Control(Control { word, number, byte: None });
        let (first, after) = self.rest.split_first()?;
        if !first.is_ascii_alphabetic() {
            self.rest = after;
            return Some(match first {
                b'*' => Token::Ignorable,
                b'\'' => {
                    let digits = after.get(..2).and_then(|d| std::str::from_utf8(d).ok());
                    let byte = digits.and_then(|d| u8::from_str_radix(d, 16).ok());
                    if byte.is_some() {
                        self.rest = after.get(2..).unwrap_or_default();
                    }
                    Token::Control(Control { word: "", number: None, byte: Some(byte.unwrap_or(b'?')) })
                }
                b'\n' | b'\r' => word("par", None),
                b'~' => word("~", None),
                b'_' => word("_", None),
                b'-' => word("-", None),
                byte => Token::Byte(*byte),
            });
        }
        let length = self.rest.iter().take(LONGEST_WORD).take_while(|b| b.is_ascii_alphabetic()).count();
        let (name, after) = self.rest.split_at(length);
        let digits = after
            .iter()
            .skip(usize::from(after.first() == Some(&b'-')))
            .take(10)
            .take_while(|b| b.is_ascii_digit());
        let digits = digits.count();
        let sign = usize::from(digits > 0 && after.first() == Some(&b'-'));
        let (number, after) = after.split_at(sign + digits);
        let number = std::str::from_utf8(number).ok().and_then(|n| n.parse().ok());
        self.rest = after.strip_prefix(b" ").unwrap_or(after);
        let name = std::str::from_utf8(name).unwrap_or_default();
        if name == "bin" {
            let size = usize::try_from(number.unwrap_or_default()).unwrap_or_default();
            self.rest = self.rest.get(size..).unwrap_or_default();
        }
        Some(word(name, number))
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let (first, after) = self.rest.split_first()?;
            self.rest = after;
            match first {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => return Some(Token::Byte(*byte)),
            }
        }
    }
}

/// The characters that have words of their own.
pub(super) fn special(word: &str) -> Option<&'static str> {
    Some(match word {
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" | "~" => " ",
        "_" => "-",
        _ => return None,
    })
}

/// The encoding of a Windows code page.
pub(super) fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_string(),
        936 => "gbk".to_string(),
        949 => "euc-kr".to_string(),
        950 => "big5".to_string(),
        874 | 1250..=1258 => format!("windows-{number}"),
        10000 => "macintosh".to_string(),
        65001 => "utf-8".to_string(),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's character set.
pub(super) fn character_set(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
