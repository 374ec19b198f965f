//! What codes and glyph names stand for where a font does not say it in Unicode (ISO 32000-1, annex D; Adobe
//! Glyph List).

use encoding_rs::{MACINTOSH, UTF_16BE, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

/// The encodings that PDF names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Standard,
    WinAnsi,
    MacRoman,
}

/// Adobe's standard encoding from A1 to FB.
const STANDARD: &str =
    "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";

/// Names of glyphs that are not letters with accents, each before its character.
const NAMES: &str = "space \u{a0} exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( \
    parenright ) asterisk * plus + comma , hyphen - minus − period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 \
    eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \\ bracketright ] \
    asciicircum ^ underscore _ grave ` braceleft { bar | braceright } asciitilde ~ exclamdown ¡ cent ¢ sterling £ fraction ⁄ yen ¥ \
    florin ƒ section § currency ¤ quotedblleft “ guillemotleft « guilsinglleft ‹ guilsinglright › fi fi fl fl ff ff ffi ffi ffl ffl \
    endash – dagger † daggerdbl ‡ periodcentered · middot · paragraph ¶ bullet • quotesinglbase ‚ quotedblbase „ quotedblright ” \
    guillemotright » ellipsis … perthousand ‰ questiondown ¿ quoteleft ‘ quoteright ’ emdash — AE Æ ae æ ordfeminine ª \
    ordmasculine º Lslash Ł lslash ł Oslash Ø oslash ø OE Œ oe œ germandbls ß dotlessi ı Eth Ð eth ð Thorn Þ thorn þ Dcroat Đ \
    dcroat đ degree ° plusminus ± multiply × divide ÷ onehalf ½ onequarter ¼ threequarters ¾ onesuperior ¹ twosuperior ² \
    threesuperior ³ mu µ copyright © registered ® trademark ™ logicalnot ¬ brokenbar ¦ Euro € euro € nbspace \u{a0} \
    sfthyphen \u{ad} softhyphen \u{ad} acute ´ dieresis ¨ circumflex ˆ tilde ˜ macron ¯ breve ˘ dotaccent ˙ ring ˚ cedilla ¸ \
    hungarumlaut ˝ ogonek ˛ caron ˇ lessequal ≤ greaterequal ≥ notequal ≠ infinity ∞ checkmark ✓ arrowright → arrowleft ←";

/// Accents and the marks that combine to them.
const ACCENTS: [(&str, char); 13] = [
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30a}'),
    ("hungarumlaut", '\u{30b}'),
    ("caron", '\u{30c}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
];

/// The character of a code.
pub(super) fn character(base: Base, code: u8) -> Option<String> {
    let of = |encoding: &'static encoding_rs::Encoding| {
        encoding.decode_without_bom_handling(&[code]).0.into_owned()
    };
    let text = match (base, code) {
        (_, 0..=0x1f) => return None,
        (Base::Standard, b'\'') => "’".to_string(),
        (Base::Standard, b'`') => "‘".to_string(),
        (Base::Standard, 0xa1..) => {
            STANDARD.chars().nth(usize::from(code) - 0xa1).filter(|c| *c != ' ')?.to_string()
        }
        (Base::MacRoman, _) => of(MACINTOSH),
        _ => of(WINDOWS_1252),
    };
    Some(text)
}

/// The text of a glyph by its name: `quoteright`, `eacute`, `uni20AC`, `f_i`, `one.oldstyle`.
pub(super) fn glyph(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    if let Some(text) = simple_glyph(name) {
        return Some(text);
    }
    let parts = name.contains('_').then(|| name.split('_').map(simple_glyph).collect::<Option<String>>());
    parts.flatten()
}

fn simple_glyph(name: &str) -> Option<String> {
    let mut chars = name.chars();
    if let (Some(letter), None) = (chars.next(), chars.next()) {
        return Some(letter.to_string());
    }
    let mut names = NAMES.split(' ').filter(|n| !n.is_empty());
    while let (Some(known), Some(text)) = (names.next(), names.next()) {
        if known == name {
            return Some(if known == "space" { " ".to_string() } else { text.to_string() });
        }
    }
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from);
    if let Some(digits) = name.strip_prefix("uni").filter(|d| d.len() == 4) {
        return hex(digits);
    }
    if let Some(digits) = name.strip_prefix('u').filter(|d| (4..=6).contains(&d.len())) {
        return hex(digits);
    }
    let (accent, mark) = ACCENTS.iter().find(|(accent, _)| name.ends_with(accent))?;
    let letter = name.strip_suffix(accent)?;
    (letter.chars().count() == 1).then(|| letter.chars().chain([*mark]).nfc().collect())
}

/// A text outside the pages: UTF-16 or UTF-8 with a mark, else nearly Latin 1.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn glyphs_are_known_by_their_names() {
        let names = [
            "A",
            "quoteright",
            "eacute",
            "Zcaron",
            "uni20AC",
            "u1F600",
            "f_i",
            "one.oldstyle",
            "space",
            "ffi",
        ];
        let texts = ["A", "’", "é", "Ž", "€", "😀", "fi", "1", " ", "ffi"];
        for (name, text) in names.iter().zip(texts) {
            assert_eq!(glyph(name).as_deref(), Some(text), "{name}");
        }
        assert_eq!(glyph("g123"), None);
        assert_eq!(glyph(".notdef"), None);
    }

    #[test]
    fn codes_stand_where_the_standard_puts_them() {
        let standard = |code| character(Base::Standard, code).unwrap_or_default();
        assert_eq!([standard(0xa1), standard(0xaa), standard(0xb1), standard(0xd0)], ["¡", "“", "–", "—"]);
        assert_eq!([standard(0xe1), standard(0xf8), standard(0xfb), standard(0xe9)], ["Æ", "ł", "ß", "Ø"]);
        assert_eq!(character(Base::WinAnsi, 0x92).unwrap(), "’");
        assert_eq!(character(Base::MacRoman, 0x8e).unwrap(), "é");
        assert_eq!(text_string(b"\xfe\xff\0A\x20\x19"), "A’");
    }
}
