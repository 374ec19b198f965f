//! Paths as text, and back: what is shown and kept of a path must find its file again, whatever bytes its
//! name is made of.
//!
//! Control characters and what is not UTF-8 stand as `\xNN`, byte by byte; so does a backslash that would
//! read like that, and the `!` at the end of a folder's name, since `!/` is where an archive ends and its
//! member begins.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// A path as it is shown: `/`-separated, on one line.
pub fn shown(path: &Path) -> String {
    let text = of_bytes(path.as_os_str().as_encoded_bytes());
    let text = if MAIN_SEPARATOR == '/' { text } else { text.replace(MAIN_SEPARATOR, "/") };
    let text = text.replace("!/", "\\x21/");
    match text.strip_prefix("./") {
        Some(below) if !below.is_empty() => below.to_string(),
        _ => text,
    }
}

/// The file that is shown so; of a member of an archive, the archive's.
pub fn file(shown: &str) -> PathBuf {
    let shown = shown.split("!/").next().unwrap_or(shown);
    let mut bytes = Vec::with_capacity(shown.len());
    let mut rest = shown.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = escape(rest);
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { rest.get(4..).unwrap_or_default() } else { after };
    }
    path(bytes)
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).replace('/', std::path::MAIN_SEPARATOR_STR).into()
}

/// A name of any bytes on one line, and no other name's.
pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    for part in bytes.utf8_chunks() {
        for c in part.valid().chars() {
            let reads_like_one = c == '\\' && bytes.get(at..).is_some_and(|rest| escape(rest).is_some());
            let end = at + c.len_utf8();
            if c.is_control() || reads_like_one {
                push_escaped(bytes.get(at..end).unwrap_or_default(), &mut out);
            } else {
                out.push(c);
            }
            at = end;
        }
        push_escaped(part.invalid(), &mut out);
        at += part.invalid().len();
    }
    out
}

fn push_escaped(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        out.push_str(&format!("\\x{byte:02x}"));
    }
}

/// The byte that a text begins with, where it begins with `\xNN`.
fn escape(text: &[u8]) -> Option<u8> {
    let [b'\\', b'x', high, low, ..] = text else { return None };
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;
    use proptest::prelude::*;

    fn of(bytes: &[u8]) -> &Path {
        Path::new(OsStr::from_bytes(bytes))
    }

    #[test]
    fn names_are_shown_on_one_line_and_found_again() {
        for (name, text) in [
            (&b"news/2025/Gr\xc3\xb6\xc3\x9fe.txt"[..], "news/2025/Größe.txt"),
            (b"na\xefve.txt", "na\\xefve.txt"),
            (b"a\nb\x1b[31m.txt", "a\\x0ab\\x1b[31m.txt"),
            (b"c1\xc2\x9b.txt", "c1\\xc2\\x9b.txt"),
            (b"half\xc3", "half\\xc3"),
            (b"a\\x41.txt", "a\\x5cx41.txt"),
            (b"a\\xZZ\\n.txt", "a\\xZZ\\n.txt"),
            (b"wow!/a.txt", "wow\\x21/a.txt"),
            (b"wow!", "wow!"),
        ] {
            assert_eq!(shown(of(name)), text);
            assert_eq!(file(text), of(name), "{text}");
        }
        assert_eq!(file("a.zip!/b\\x41.txt"), of(b"a.zip"));
    }

    proptest! {
        #[test]
        fn no_two_names_are_shown_alike(bytes in proptest::collection::vec(prop_oneof![any::<u8>(), proptest::sample::select(&br"\\xx05cf!/."[..])], 0..16)) {
            let text = shown(of(&bytes));
            prop_assert!(!text.chars().any(char::is_control));
            let below = bytes.strip_prefix(b"./").filter(|below| !below.is_empty()).unwrap_or(&bytes);
            prop_assert_eq!(file(&text), of(below));
        }
    }
}
