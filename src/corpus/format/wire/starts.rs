//! Where a wire story starts: at the control characters of its transmission, or at a line of its header where
//! a relay has stripped these.

use crate::article::Format;
use crate::corpus::format::sniff::Start;
use crate::corpus::records::delimiter::{Delimiter, Line, Lines, Starts};

/// What parts the stories of a wire's text: SOH, `ZCZC`, or the header line.
pub(crate) const DELIMITER: Delimiter = Delimiter { starts, is_certain: false };

/// Start of header: `a` in the name that relays write for it, `^A`.
const SOH: u8 = 1;
const SYN: u8 = 0x16;

/// A header line of the wire is at the most this long (bytes).
const LONGEST_HEADER: usize = 160;

/// How many lines a wire story's header has: within them no other story starts.
const HEADER_LINES: usize = 4;

fn starts(bytes: &[u8]) -> Starts<'_> {
    let mut lines = Lines::of(bytes).peekable();
    // The header goes on below the line that it starts with.
    let mut header_left = 0usize;
    Box::new(std::iter::from_fn(move || {
        loop {
            let line = lines.next()?;
            if let Some(at) = start_of_header(line) {
                header_left = HEADER_LINES;
                return Some(at);
            }
            if header_left > 0 {
                header_left -= 1;
                continue;
            }
            let below = lines.peek().map_or(&b""[..], |next| next.text);
            let starts = line.text.starts_with(b"ZCZC")
                || is_iptc_header(line.text)
                || is_anpa_keyword_line(line.text)
                || (is_anpa_number(line.text) && is_anpa_keyword_line(below));
            if starts {
                header_left = HEADER_LINES;
                return Some(line.at);
            }
        }
    }))
}

/// SOH, or `^A` as some relays write it, with the SYN before it.
fn start_of_header(line: Line<'_>) -> Option<usize> {
    if let Some(soh) = memchr::memchr(SOH, line.text) {
        let syn = line.text.get(..soh).unwrap_or_default().iter().rev().take_while(|b| **b == SYN).count();
        return Some(line.at + soh - syn);
    }
    let mut rest = line.text;
    while let Some(behind) = rest.strip_prefix(b"^V") {
        rest = behind;
    }
    let header = rest.strip_prefix(b"^A")?;
    let header: Vec<u8> = String::from_utf8_lossy(header).replace("^_", "\u{1f}").into_bytes();
    (is_anpa_number(&header) || is_iptc_header(&header)).then_some(line.at)
}

/// Whether bytes begin with the control characters that a wire story begins with.
pub(crate) fn has_control_characters(head: &[u8]) -> bool {
    let start = head.iter().position(|b| *b != SYN && !b.is_ascii_whitespace()).unwrap_or(head.len());
    let (Some(SOH), Some(rest)) = (head.get(start).copied(), head.get(start + 1..)) else { return false };
    let line = rest.split(|b| matches!(b, b'\r' | b'\n')).next().unwrap_or_default();
    is_anpa_number(line) || is_iptc_header(line)
}

/// `a0312` and a selector: service letter, story number.
pub(super) fn is_anpa_number(line: &[u8]) -> bool {
    let [service, number @ ..] = line else { return false };
    let digits = number.iter().take_while(|b| b.is_ascii_digit()).count();
    let rest = number.get(digits..).unwrap_or_default();
    service.is_ascii_alphabetic()
        && (3..=5).contains(&digits)
        && rest.len() <= 24
        && rest.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, 0x1f | b'-' | b' ' | b'\t' | b'.'))
}

/// `r i BC-Peace-Talks 3rdLd-Writethru 12-02 0400`: priority, category, keyword, version, date, word count.
pub(super) fn is_anpa_keyword_line(line: &[u8]) -> bool {
    let [priority, b' ', category, rest @ ..] = line else { return false };
    if line.len() > LONGEST_HEADER || !priority.is_ascii_alphabetic() || !category.is_ascii_alphabetic() {
        return false;
    }
    let words: Vec<&[u8]> =
        rest.split(|b| b.is_ascii_whitespace() || b.is_ascii_control()).filter(|w| !w.is_empty()).collect();
    let dated = |word: &[u8]| match word.split(|b| *b == b'-').collect::<Vec<_>>().as_slice() {
        [month, day] => {
            [month, day].iter().all(|n| (1..=2).contains(&n.len()) && n.iter().all(u8::is_ascii_digit))
        }
        _ => false,
    };
    let tail = words.iter().rev().take(2).any(|word| dated(word));
    tail && words.len() >= 2 && rest.first().is_some_and(|b| b.is_ascii_whitespace() || b.is_ascii_control())
}

/// `bkn014 4 pl 171 dpa 0045`: source and number, priority, category, word count, anything.
pub(super) fn is_iptc_header(line: &[u8]) -> bool {
    if line.len() > LONGEST_HEADER {
        return false;
    }
    let mut words = line.split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty());
    let (Some(source), Some(priority), Some(category), Some(count)) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return false;
    };
    let letters = source.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let digits = source.get(letters..).unwrap_or_default();
    (2..=4).contains(&letters)
        && (3..=5).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
        && matches!(priority, [b'1'..=b'9'])
        && category.len() <= 3
        && category.iter().all(u8::is_ascii_alphabetic)
        && count.len() <= 5
        && count.iter().all(u8::is_ascii_digit)
}

/// How far from its beginning (bytes) the header of a wire text starts.
const FARTHEST_HEADER: usize = 160;

/// A story's header in the first lines, or lines of the head that begin with a caret and end with a mark.
pub(crate) fn sniff(start: &Start<'_>) -> Option<Format> {
    let text = start.longer.as_bytes();
    // A header is told by its line and the one below it.
    let mut ends = memchr::memchr_iter(b'\n', text).skip_while(|end| *end < FARTHEST_HEADER);
    let first = text.get(..ends.nth(1).unwrap_or(text.len())).unwrap_or_default();
    let begins = starts(first).next().is_some_and(|at| at < FARTHEST_HEADER);
    let caret = |line: &&&str| line.starts_with('^') && line.ends_with(['<', '=']);
    let is_wire = begins || start.opening().iter().take(6).filter(caret).count() >= 2;
    is_wire.then_some(Format::Wire)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_stories_start_at_their_header_however_much_of_it_a_relay_left() {
        for header in [
            "\u{16}\u{16}\u{1}a0312\u{1f}bx---\nr i \u{13}\u{11} BC-Bridge 1stLd 12-02 0400\n\u{2}",
            "^V^V^Aa0312^_bx---\nr i BC-Bridge 1stLd 12-02 0400\n^B",
            "a0312 -----\nr i BC-Bridge 1stLd 12-02 0400\n",
            "r i BC-Bridge 1stLd 12-02 0400\n",
            "ZCZC\neca0003 3 i 380 rwd 0045\n",
            "eca0003 3 i 380 rwd 0045\n",
            "\u{1}eca0003 3 i 380 rwd 0045\n\u{2}",
        ] {
            let story = format!(
                "{header}Bridge closed\n\n   RUSKA - It is\nclosed from 12-02 0400 on.\n\u{3}\n\u{4}\n\n"
            );
            let text = story.repeat(3);
            assert_eq!(DELIMITER.documents(&text), [story.as_str(); 3], "{header:?}");
        }
    }
}
