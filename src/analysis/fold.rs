//! Folding: one spelling for what readers take as the same letters. Case, accents, ligatures, width, apostrophes and
//! invisible characters go; the letters of each script stay.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Appends the folded form of `word` to `out`.
///
/// Lower case; compatibility forms decomposed (ﬁ → fi, Ａ → a); accents off Latin and Greek letters (é → e), ё → е, and the
/// harakat off Arabic; letters that carry a stroke and do not decompose are spelt as readers spell them (ø → o, ß → ss).
/// Apostrophes and soft hyphens vanish. Marks that other scripts cannot be read without (Devanagari vowels, dakuten) stay.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.bytes().filter(|b| *b != b'\'').map(|b| b.to_ascii_lowercase() as char));
        return;
    }
    let mut base_is_plain = false;
    let decomposed = word.chars().filter(|c| !is_ignorable(*c)).nfkd();
    let mut kept = String::with_capacity(word.len());
    for c in decomposed {
        if is_combining_mark(c) {
            if !base_is_plain && !is_harakat(c) {
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
            'ى' => out.push('ي'),
            'ـ' => {}
            c if is_combining_mark(c) && out.is_empty() => {}
            c => out.push(c),
        }
    }
}

/// The folded form of `word`.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The characters that stand for an apostrophe within a word.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | '′' | '＇' | '`' | '´')
}

/// Characters that may stand inside a word without being part of it: soft hyphen, joiners, direction marks, apostrophes.
pub fn is_ignorable(c: char) -> bool {
    is_apostrophe(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{fe0f}')
}

/// Latin and Greek letters are told apart by readers without their accents; so are Cyrillic ones with an acute stress mark,
/// but й is not и, so Cyrillic keeps its marks and only ё is mapped.
fn drops_its_marks(c: char) -> bool {
    matches!(c as u32, 0x41..=0x5a | 0x61..=0x7a | 0xc0..=0x24f | 0x1e00..=0x1eff | 0x370..=0x3ff | 0x1f00..=0x1fff)
}

/// The vowel signs of Arabic, which print leaves out.
fn is_harakat(c: char) -> bool {
    matches!(c as u32, 0x64b..=0x655 | 0x670 | 0x6d6..=0x6ed)
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
    }
}
