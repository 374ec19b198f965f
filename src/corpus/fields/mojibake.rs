//! UTF-8 that somebody read as Windows-1252 and saved (`donâ€™t`, `cafÃ©`) → what was written, where that is
//! certain.
//!
//! Each byte of a UTF-8 sequence (RFC 3629) has become a character of its own; turned back into bytes (WHATWG
//! Encoding, windows-1252) they must be a whole sequence again, of a character that newspapers use.

use std::borrow::Cow;

/// The characters of bytes 0x80 to 0x9F; those without one are the control characters of the same number.
const UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Texts that were misread twice are mended twice.
const ROUNDS: usize = 2;

/// What was written, where `text` is certainly a misreading of it.
pub(crate) fn mend(text: &str) -> Cow<'_, str> {
    let mut mended = Cow::Borrowed(text);
    for _ in 0..ROUNDS {
        match mend_once(&mended) {
            Some(better) => mended = Cow::Owned(better),
            None => break,
        }
    }
    mended
}

/// A run of characters that were one.
#[derive(Debug, Clone, Copy)]
struct Misread {
    start: usize,
    end: usize,
    is: char,
    /// Of how many bytes.
    bytes: usize,
}

fn mend_once(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let (found, genuine) = misread(text);
    let long = found.iter().filter(|m| m.bytes > 2).count();
    let short = found.len() - long;
    // One pair can be what was meant: `Ô` is how a quotation ends in Portuguese capitals.
    let sure_pair = || {
        found.iter().any(|m| {
            let second = text.get(m.start..m.end).and_then(|t| t.chars().nth(1)).unwrap_or_default();
            text.get(m.start..).is_some_and(|t| t.starts_with('Ã'))
                && ('¡'..='¿').contains(&second)
                && second != '»'
        })
    };
    let all = genuine == 0 && (long > 0 || short > 1 || sure_pair());
    let chosen =
        |m: &&Misread| all || (m.bytes > 2 && text.get(m.start..).is_some_and(|t| t.starts_with("â€")));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for m in found.iter().filter(chosen) {
        out.push_str(text.get(at..m.start)?);
        out.push(m.is);
        at = m.end;
    }
    if at == 0 {
        return None;
    }
    out.push_str(text.get(at..)?);
    // The last byte of a closing quotation mark is a control character, which many programs drop.
    Some(if all { out.replace("â€ ", "” ").replace("â€\n", "”\n") } else { out })
}

/// The misread characters, and how many letters beside ASCII's are as they were written.
fn misread(text: &str) -> (Vec<Misread>, usize) {
    let mut found = Vec::new();
    let mut genuine = 0;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_ascii() {
            at += 1;
            continue;
        }
        if let Some(m) = sequence(text, at) {
            at = m.end;
            found.push(m);
            continue;
        }
        genuine +=
            usize::from(c.is_alphabetic() && !text.get(at..).is_some_and(|rest| rest.starts_with("â€")));
        at += c.len_utf8();
    }
    // `é »` makes an ideograph by chance; real ones come in rows.
    let before = found.len();
    let ends: Vec<usize> = found.iter().map(|m| m.end).collect();
    let starts: Vec<usize> = found.iter().map(|m| m.start).collect();
    let in_a_row = |m: &Misread| ends.binary_search(&m.start).is_ok() || starts.binary_search(&m.end).is_ok();
    found.retain(|m| !matches!(u32::from(m.is), 0x3000..=0xD7A3) || in_a_row(m));
    genuine += before - found.len();
    (found, genuine)
}

/// The characters from `at` on as the bytes of one.
fn sequence(text: &str, at: usize) -> Option<Misread> {
    let mut chars = text.get(at..)?.char_indices();
    let lead = byte(chars.next()?.1)?;
    let bytes = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut buffer = [lead, 0, 0, 0];
    let mut end = at;
    for slot in buffer.get_mut(1..bytes)? {
        let (offset, c) = chars.next()?;
        *slot = byte(c).filter(|b| (0x80..0xC0).contains(b))?;
        end = at + offset + c.len_utf8();
    }
    let is = std::str::from_utf8(buffer.get(..bytes)?).ok()?.chars().next()?;
    is_printed(is).then_some(Misread { start: at, end, is, bytes })
}

/// The byte that Windows-1252 shows as `c`.
fn byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0xA0..=0xFF => u8::try_from(code).ok(),
        _ => UPPER.iter().position(|upper| *upper == c).and_then(|place| u8::try_from(place + 0x80).ok()),
    }
}

/// Whether newspapers print it: letters of living scripts, punctuation, symbols.
fn is_printed(c: char) -> bool {
    matches!(u32::from(c),
        0x81 | 0x8D | 0x8F | 0x90 | 0x9D | 0xA0..=0x17F | 0x218..=0x21B | 0x370..=0x3FF | 0x400..=0x52F | 0x5D0..=0x5EA | 0x60C..=0x6D5 | 0xE01..=0xE5B
        | 0x1E00..=0x1EFF | 0x2010..=0x205E | 0x20A0..=0x20BF | 0x2100..=0x214F | 0x2190..=0x21FF | 0x2200..=0x22FF
        | 0x25A0..=0x27BF | 0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xFB00..=0xFB06 | 0xFEFF
        | 0xFF01..=0xFF65 | 0x1F300..=0x1FAFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What Windows-1252 makes of a text's UTF-8.
    fn misreading(text: &str) -> String {
        let shown = |b: &u8| match b {
            0x80..=0x9F => UPPER.get(usize::from(b - 0x80)).copied().unwrap_or_default(),
            b => char::from(*b),
        };
        text.as_bytes().iter().map(shown).collect()
    }

    #[test]
    fn misread_texts_are_mended() {
        for text in [
            "The minister’s “plan” – don’t ask – cost £5 or €6…",
            "Café Zoë reopens",
            "Škoda’s naïve façade",
            "Президент сказал",
            "和平案が漏れた",
            "Ελλάδα και Κύπρος",
        ] {
            assert_eq!(mend(&misreading(text)), text);
        }
        let twice = "Škoda’s naïve façade – “don’t”";
        assert_eq!(mend(&misreading(&misreading(twice))), twice);
        assert_eq!(mend("â€œYesâ€ he said, and itâ€™s true"), "“Yes” he said, and it’s true");
    }

    #[test]
    fn right_texts_stay() {
        for text in [
            "plain",
            "L’été à Nîmes, où l’on rêve",
            "«MANHû",
            "“AMANHÔ",
            "CAFÉ\u{a0}»",
            "« Le café\u{a0}» et « le th\u{a0}»",
            "São João – ‘Câmara’",
            "Øl, «Ø»",
            "naïve â€",
            "ÂNGULO Â",
        ] {
            assert_eq!(mend(text), text);
        }
    }

    #[test]
    fn in_a_text_with_right_letters_only_what_cannot_be_meant_is_mended() {
        assert_eq!(mend("Café Zoë doesnâ€™t open"), "Café Zoë doesn’t open");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[ -~À-ÿ€™“”â\u{80}-\u{9f}]{0,60}") {
            let _ = mend(&text);
        }

        #[test]
        fn a_text_without_its_leads_is_never_touched(text in "[ -~¡-¿‘’“”–—]{0,60}") {
            prop_assert_eq!(mend(&text), text.as_str());
        }
    }
}
