//! The text of a date cut into numbers, words and marks. Nothing is understood here.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: Kind<'a>,
    /// Whether white space stands before it.
    pub spaced: bool,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// ASCII digits: their value (`u32::MAX` where it is larger) and how many they are.
    Number(u32, usize),
    /// Letters, as written, and folded: lower case, no accents.
    Word(&'a str, String),
    /// Anything else, and the characters that follow a number in Chinese, Japanese and Korean dates.
    Mark(char),
}

impl Token<'_> {
    pub fn number(&self) -> Option<(u32, usize)> {
        match self.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(_, folded) => Some(folded),
            _ => None,
        }
    }

    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// The text with ASCII digits only, without control and direction characters, on one line, trimmed.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(ascii_digit(c).unwrap_or(match c {
                '‐' | '‑' | '−' | '－' => '-',
                '：' => ':',
                '．' => '.',
                '／' => '/',
                '，' => ',',
                '’' => '\'',
                c => c,
            })),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Arabic-Indic, Persian, Devanagari, Bengali, Thai and full-width digits.
fn ascii_digit(c: char) -> Option<char> {
    const ZEROS: [u32; 6] = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10];
    let code = u32::from(c);
    let zero = ZEROS.into_iter().find(|zero| (*zero..*zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

pub(super) fn split(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut spaced = false;
    let mut after_number = false;
    while let Some((start, c)) = chars.next() {
        if c == ' ' {
            spaced = true;
            continue;
        }
        let kind = if c.is_ascii_digit() {
            let mut value = c.to_digit(10).unwrap_or(0);
            let mut digits = 1;
            while let Some((_, d)) = chars.next_if(|(_, d)| d.is_ascii_digit()) {
                value = value.saturating_mul(10).saturating_add(d.to_digit(10).unwrap_or(0));
                digits += 1;
            }
            Kind::Number(value, digits)
        } else if is_counter(c) && after_number {
            Kind::Mark(c)
        } else if c.is_alphabetic() {
            let mut end = start + c.len_utf8();
            while let Some((at, d)) = chars.next_if(|(_, d)| d.is_alphabetic() || is_combining_mark(*d)) {
                end = at + d.len_utf8();
            }
            let word = text.get(start..end).unwrap_or_default();
            Kind::Word(word, fold(word))
        } else {
            Kind::Mark(c)
        };
        after_number = matches!(kind, Kind::Number(..));
        tokens.push(Token { kind, spaced });
        spaced = false;
    }
    tokens
}

/// The characters that count years, months, days, hours, minutes and seconds after a number.
fn is_counter(c: char) -> bool {
    matches!(
        c,
        '年' | '月'
            | '日'
            | '時'
            | '时'
            | '点'
            | '點'
            | '分'
            | '秒'
            | '년'
            | '월'
            | '일'
            | '시'
            | '분'
            | '초'
    )
}

/// Lower case without accents, and without the Turkish dotless `ı`; Hangul and kana stay composed.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if matches!(c, '\u{1100}'..='\u{1DFF}' | '\u{2E80}'..) {
            out.push(c);
            continue;
        }
        let c = if c == 'ı' { 'i' } else { c };
        out.extend(std::iter::once(c).nfd().filter(|d| !is_combining_mark(*d)).flat_map(char::to_lowercase));
    }
    out
}
