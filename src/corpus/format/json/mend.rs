//! What writers of JSON get wrong inside strings, mended.

use std::borrow::Cow;

/// Mends what writers of JSON get wrong inside strings: bare control characters, lone surrogates, escapes
/// that do not exist.
pub(super) fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut in_string = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut used = c.len_utf8();
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => {
                let (mended, len) = escape(rest);
                out.push_str(&mended);
                used = len;
            }
            '\n' if in_string => out.push_str("\\n"),
            c if in_string && c < ' ' => out.push(' '),
            c => out.push(c),
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    out
}

/// One escape: what it should be, and its length in bytes.
fn escape(text: &str) -> (Cow<'_, str>, usize) {
    let Some(next) = text.chars().nth(1) else { return (Cow::Borrowed(""), 1) };
    let kept = |len: usize| (Cow::Borrowed(text.get(..len).unwrap_or_default()), len);
    match next {
        '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => kept(2),
        'u' => match unit(text) {
            Some(0xD800..=0xDBFF) => match text.get(6..).and_then(unit) {
                Some(0xDC00..=0xDFFF) => kept(12),
                _ => (Cow::Borrowed("\\ufffd"), 6),
            },
            Some(0xDC00..=0xDFFF) => (Cow::Borrowed("\\ufffd"), 6),
            Some(_) => kept(6),
            None => (Cow::Borrowed("\\\\u"), 2),
        },
        '\'' => (Cow::Borrowed("'"), 2),
        _ => (Cow::Borrowed("\\\\"), 1),
    }
}

/// The value of the escape at the start: `\u` and four hexadecimal digits.
fn unit(text: &str) -> Option<u32> {
    let hex = text.strip_prefix("\\u")?.get(..4)?;
    hex.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(hex, 16).ok()).flatten()
}
