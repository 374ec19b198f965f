//! Bytes → text: byte order mark, then what the bytes prove, then what the file declares, then the likeliest
//! encoding. Never fails; it says when characters were lost.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at to tell an encoding.
const SAMPLE: usize = 256 * 1024;

/// A text and how it was told from its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding it was read as.
    pub encoding: &'static Encoding,
    /// Some bytes had no meaning in it and stand as `�`.
    pub lossy: bool,
}

/// Decodes a file. `declared` is what it says of itself, where it says something.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Decoded<'a> {
    decode_piece(bytes, declared, || None)
}

/// The same for a piece of one; `likeliest` tells the encoding of the whole, if that is known, where nothing
/// else does.
pub fn decode_piece<'a>(
    bytes: &'a [u8],
    declared: Option<&'static Encoding>,
    likeliest: impl Fn() -> Option<&'static Encoding>,
) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return as_encoding(bytes.get(mark..).unwrap_or_default(), encoding);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return as_encoding(bytes, encoding);
    }
    let escapes = declared == Some(ISO_2022_JP) || memchr::memmem::find(bytes, b"\x1b$").is_some();
    if !escapes && let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding: UTF_8, lossy: false };
    }
    if !escapes && damaged_utf8(bytes) {
        return as_encoding(bytes, UTF_8);
    }
    match declared {
        Some(encoding) if encoding != UTF_8 => as_encoding(bytes, encoding),
        _ => as_encoding(bytes, likeliest().unwrap_or_else(|| guess(bytes))),
    }
}

fn as_encoding<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding, lossy }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // ASCII alone tells nothing: start where it ends.
    let start = bytes.iter().position(|b| !b.is_ascii() || *b == 0x1b).unwrap_or(0).saturating_sub(1024);
    let sample = bytes.get(start..).unwrap_or_default();
    let sample = sample.get(..SAMPLE).unwrap_or(sample);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-8 with a few broken bytes: a file cut in the middle of a character, two encodings in one file.
fn damaged_utf8(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (mut whole, mut long, mut broken) = (0usize, 0usize, 0usize);
    for piece in sample.utf8_chunks() {
        whole += piece.valid().chars().filter(|c| !c.is_ascii()).count();
        long += piece.valid().chars().filter(|c| c.len_utf8() > 2).count();
        broken += usize::from(!piece.invalid().is_empty());
    }
    // Three bytes that happen to make a character are rare in any other encoding: in English text, whose only
    // such characters are quotation marks, a few of them say enough.
    has_only_marks(sample) || (whole >= 3 && whole > broken * 2) || (long >= 2 && long * 2 >= broken)
}

/// Whether all that is not ASCII are byte order marks of UTF-16, left over from what was put together: `ÿþ`
/// is no word.
fn has_only_marks(bytes: &[u8]) -> bool {
    let mut marks = 0;
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| !byte.is_ascii()) {
        match rest.get(at..at + 2) {
            Some([0xff, 0xfe] | [0xfe, 0xff]) => marks += 1,
            _ => return false,
        }
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    marks > 0
}

/// UTF-16 that lacks its mark: text in it has its zero bytes on one side only.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..4096.min(bytes.len() & !1))?;
    let pairs = sample.len() / 2;
    if pairs < 4 || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let many = |n: usize| n * 20 >= pairs;
    let few = |n: usize| n * 100 < pairs;
    let encoding = match (first, second) {
        (f, s) if many(f) && few(s) => UTF_16BE,
        (f, s) if few(f) && many(s) => UTF_16LE,
        _ => return None,
    };
    let (text, lossy) = encoding.decode_without_bom_handling(sample);
    let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    (!lossy && odd * 50 < pairs).then_some(encoding)
}

/// The encoding that an XML declaration or an HTML `<meta charset>` in the first bytes names.
pub fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.get(..2048).unwrap_or(head);
    memchr::memchr(b'<', head)?;
    let lower = head.to_ascii_lowercase();
    let label = if lower.trim_ascii_start().starts_with(b"<?xml") {
        let end = memchr::memmem::find(&lower, b"?>").unwrap_or(lower.len());
        label_after(lower.get(..end)?, b"encoding")
    } else {
        None
    };
    let label = label.or_else(|| {
        memchr::memmem::find_iter(&lower, b"<meta").find_map(|at| {
            let tag = lower.get(at..)?;
            let tag = tag.get(..memchr::memchr(b'>', tag).unwrap_or(tag.len()))?;
            label_after(tag, b"charset")
        })
    })?;
    Encoding::for_label(&label)
}

/// The value of `name=value` with or without quotes.
fn label_after(text: &[u8], name: &[u8]) -> Option<Vec<u8>> {
    let rest = text.get(memchr::memmem::find(text, name)? + name.len()..)?.trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let label = rest
        .iter()
        .skip_while(|b| matches!(b, b'"' | b'\''))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
        .copied()
        .collect();
    Some(label)
}

/// Whether the first bytes of a file are not text in any encoding.
pub fn is_binary(head: &[u8]) -> bool {
    if Encoding::for_bom(head).is_some() || utf16_without_mark(head).is_some() {
        return false;
    }
    let head = head.get(..8192).unwrap_or(head);
    // Wire text brackets its parts with control characters, so a few of them prove nothing; zeros do.
    let zeros = memchr::memchr_iter(0, head).count();
    // Without a branch, and counted in single bytes, so that many are looked at in one step.
    let is_control =
        |b: u8| (b < 0x20) & (b != b'\t') & (b != b'\n') & (b != b'\r') & (b != 0x0c) & (b != 0x1b);
    let in_part = |part: &[u8]| usize::from(part.iter().map(|b| u8::from(is_control(*b))).sum::<u8>());
    let controls: usize = head.chunks(usize::from(u8::MAX)).map(in_part).sum();
    zeros * 200 > head.len() || controls * 10 > head.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

    fn utf16(text: &str, mark: bool, big: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[track_caller]
    fn reads(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes, None);
        assert_eq!((decoded.text.as_ref(), decoded.encoding.name(), decoded.lossy), (text, encoding, false));
    }

    #[test]
    fn marks_and_proof() {
        reads("\u{feff}Örebro".as_bytes(), "Örebro", "UTF-8");
        reads("Örebro".as_bytes(), "Örebro", "UTF-8");
        reads(b"plain", "plain", "UTF-8");
        reads(b"", "", "UTF-8");
        for big in [false, true] {
            let name = if big { "UTF-16BE" } else { "UTF-16LE" };
            reads(&utf16("The flood in Örebro", true, big), "The flood in Örebro", name);
            reads(&utf16("The flood in Örebro", false, big), "The flood in Örebro", name);
        }
    }

    #[test]
    fn marks_in_the_middle_are_no_letters() {
        for bytes in [&b"The bridge \xff\xfe is closed."[..], b"The bridge\xfe\xff\nis closed.\xff\xfe"] {
            let decoded = decode(bytes, None);
            assert!(
                decoded.lossy && decoded.text.contains('\u{fffd}') && !decoded.text.contains('\u{ff}'),
                "{decoded:?}"
            );
        }
        // A name with that letter is one.
        assert!(
            decode(b"Pierre Lou\xffs wrote it in Paris, and it was read.", None).text.contains("Lou\u{ff}s")
        );
    }

    #[test]
    fn single_byte_text_is_told() {
        let text = "Die Brücke über den Fluß wurde gesperrt – „zu gefährlich“, sagte die Bürgermeisterin. Später öffnete sie wieder.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        reads(&bytes, text, "windows-1252");
        let text = "Мост через реку закрыт, сообщила мэрия в понедельник.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        reads(&bytes, text, "windows-1251");
        let text = "橋は閉鎖されました。市長は月曜日に述べた。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        reads(&bytes, text, "Shift_JIS");
        let (bytes, _, _) = encoding_rs::ISO_2022_JP.encode(text);
        reads(&bytes, text, "ISO-2022-JP");
    }

    #[test]
    fn what_is_declared_counts_where_the_bytes_do_not_speak() {
        let (bytes, _, _) = encoding_rs::ISO_8859_2.encode("Łódź");
        assert_eq!(decode(&bytes, Some(encoding_rs::ISO_8859_2)).text, "Łódź");
        assert_eq!(decode("Łódź".as_bytes(), Some(encoding_rs::ISO_8859_2)).text, "Łódź");
        assert_eq!(
            declared(br#"<?xml version="1.0" encoding='ISO-8859-2'?>"#),
            Some(encoding_rs::ISO_8859_2)
        );
        assert_eq!(declared(b"<html><META CHARSET=shift_jis>"), Some(encoding_rs::SHIFT_JIS));
        let old = b"<meta http-equiv=content-type content=\"text/html; charset=windows-1251\">";
        assert_eq!(declared(old), Some(encoding_rs::WINDOWS_1251));
        assert_eq!(declared(b"charset=utf-8"), None);
    }

    #[test]
    fn damaged_utf8_stays_utf8_and_says_so() {
        let mut bytes = "Überflutung in Örebro, Malmö und Göteborg, sagt Åsa".as_bytes().to_vec();
        bytes.push(0xC3);
        let decoded = decode(&bytes, None);
        assert!(decoded.lossy);
        assert!(decoded.text.starts_with("Überflutung in Örebro"), "{}", decoded.text);
        let decoded = decode(
            b"The saddler\xe2\x80\x99s shop, Ren\xe9 said, a rich man\x92s: the town\xe2\x80\x99s",
            None,
        );
        assert_eq!(decoded.text, "The saddler’s shop, Ren\u{fffd} said, a rich man\u{fffd}s: the town’s");
    }

    #[test]
    fn binary_is_told_from_text() {
        assert!(is_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"));
        assert!(!is_binary(b"\x01r f a\x02BRIDGE CLOSED\x03 the rest of a wire story follows here"));
        assert!(!is_binary(&utf16("plain words", false, true)));
        assert!(!is_binary("Łódź".as_bytes()));
        assert!(!is_binary(b""));
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes, declared(&bytes));
            let _ = is_binary(&bytes);
        }
    }
}
