//! Folding: one spelling for what readers take as the same letters. Case, accents, ligatures, width,
//! apostrophes and invisible characters go; digits are ASCII's, and the letters of each script stay.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::han;

/// Appends the folded form of `word` to `out`.
///
/// Lower case; compatibility forms decomposed (ﬁ → fi, Ａ → a); accents off Latin and Greek letters (é → e), ё
/// → е, and the harakat off Arabic and the points off Hebrew; letters that carry a stroke and do not
/// decompose are spelt as readers spell them (ø → o, ß → ss). Arabic and Persian have one kaf and one yeh,
/// and of the pairs of Han characters in `han` one stands for both. Apostrophes and soft hyphens vanish.
/// Marks that other scripts cannot be read without (Devanagari vowels, dakuten) stay.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let letters = word.bytes().filter(|b| !matches!(b, b'\'' | b'`'));
        out.extend(letters.map(|b| b.to_ascii_lowercase() as char));
        return;
    }
    let mut base_is_plain = false;
    let decomposed = word.chars().filter(|c| !is_ignorable(*c)).nfkd();
    let mut kept = String::with_capacity(word.len());
    for c in decomposed {
        if is_combining_mark(c) {
            if !base_is_plain && !is_vowel_sign(c) {
                kept.push(c);
            }
            continue;
        }
        base_is_plain = drops_its_marks(c);
        kept.push(c);
    }
    for c in kept.nfc().flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ð' | 'đ' => out.push('d'),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'ħ' => out.push('h'),
            'ŋ' => out.push('n'),
            'ŧ' => out.push('t'),
            'ё' => out.push('е'),
            'ς' => out.push('σ'),
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ى' | 'ی' | 'ے' => out.push('ي'),
            'ک' | 'ڪ' => out.push('ك'),
            'ہ' | 'ە' | 'ۀ' => out.push('ه'),
            'ـ' => {}
            c if is_combining_mark(c) && out.is_empty() => {}
            c if c.is_ascii() => out.push(c),
            c => out.push(digit_value(c).map_or_else(|| han::folded(c), |digit| char::from(b'0' + digit))),
        }
    }
}

/// The folded form of `word`.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The value of a decimal digit of any script.
pub fn digit_value(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    /// Where the digits of each script begin (Unicode's general category Nd).
    const ZEROES: &[u32] = &[
        0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
        0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
        0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    ];
    let before = ZEROES.partition_point(|zero| *zero <= c as u32);
    let zero = ZEROES.get(before.checked_sub(1)?)?;
    u8::try_from(c as u32 - zero).ok().filter(|digit| *digit < 10)
}

/// The characters that stand for an apostrophe within a word, and the letters that only mark a glottal stop
/// or its place in transcriptions (ʻokina, ayn, hamza).
pub fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’'
            | '‘'
            | '‛'
            | 'ʼ'
            | 'ʻ'
            | 'ʽ'
            | 'ʾ'
            | 'ʿ'
            | 'ʹ'
            | 'ˈ'
            | '′'
            | '‵'
            | '＇'
            | '`'
            | '´'
            | 'ˋ'
            | 'ˊ'
            | '՚'
            | '׳'
            | 'ꞌ'
    )
}

/// Characters that may stand inside a word without being part of it: soft hyphen, joiners, direction marks,
/// apostrophes.
pub fn is_ignorable(c: char) -> bool {
    is_apostrophe(c)
        || c == '״'
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{fe0f}')
}

/// Latin and Greek letters are told apart by readers without their accents; so are Cyrillic ones with an
/// acute stress mark, but й is not и, so Cyrillic keeps its marks and only ё is mapped.
fn drops_its_marks(c: char) -> bool {
    matches!(c as u32, 0x41..=0x5a | 0x61..=0x7a | 0xc0..=0x24f | 0x1e00..=0x1eff | 0x370..=0x3ff | 0x1f00..=0x1fff)
}

/// The vowel signs of Arabic and the points of Hebrew, which print leaves out.
fn is_vowel_sign(c: char) -> bool {
    matches!(c as u32, 0x64b..=0x655 | 0x670 | 0x6d6..=0x6ed | 0x591..=0x5bd | 0x5bf | 0x5c1..=0x5c2 | 0x5c4..=0x5c5 | 0x5c7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_ligatures_and_width() {
        for (word, folded) in [
            ("Café", "cafe"),
            ("Škoda", "skoda"),
            ("ﬁnance", "finance"),
            ("ＮＡＴＯ", "nato"),
            ("Øresund", "oresund"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("coöperate", "cooperate"),
        ] {
            assert_eq!(fold(word), folded, "{word}");
        }
    }

    #[test]
    fn apostrophes_and_soft_hyphens_vanish() {
        assert_eq!(fold("O’Brien"), "obrien");
        assert_eq!(fold("don't"), "dont");
        assert_eq!(fold("nego\u{ad}tiate"), "negotiate");
    }

    #[test]
    fn marks_that_make_the_letter_stay() {
        assert_eq!(fold("й"), "й");
        assert_eq!(fold("Ёлка"), "елка");
        assert_eq!(fold("が"), "が");
        assert_eq!(fold("हिन्दी"), "हिन्दी");
        assert_eq!(fold("مُحَمَّد"), "محمد");
        assert_eq!(fold("שָׁלוֹם"), "שלום");
    }

    #[test]
    fn scripts_that_are_written_in_two_ways() {
        for (one, other) in [
            ("کتاب", "كتاب"),
            ("علی", "علي"),
            ("ﾕﾆｺｰﾄﾞ", "ユニコード"),
            ("臺灣", "台湾"),
            ("國", "国"),
            ("٢٠٢٥", "2025"),
            ("२०२५", "2025"),
            ("２０２５", "2025"),
            ("๒๕๖๘", "2568"),
            ("Hawaiʻi", "Hawaii"),
            ("o`brien", "O’Brien"),
            ("Qurʾān", "Quran"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn digits_have_values() {
        for (digit, value) in [
            ('0', Some(0)),
            ('9', Some(9)),
            ('٣', Some(3)),
            ('၉', Some(9)),
            ('a', None),
            ('½', None),
            ('一', None),
        ] {
            assert_eq!(digit_value(digit), value, "{digit}");
        }
    }
}
