//! How much of a message is taken apart: each line of a header, and each part, costs many times its bytes in
//! memory.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::corpus::plain_text::budget;

/// More lines of headers, those of its parts included, are left out.
const MOST_HEADER_LINES: usize = 50_000;

/// A message with more parts is cut.
const MOST_PARTS: usize = 10_000;

/// The message without what is too much of it, and what is said of that.
pub(in super::super) fn within(message: &[u8]) -> (Cow<'_, [u8]>, Option<String>) {
    let mut scan = Scan { in_header: true, ..Scan::default() };
    let mut at = 0;
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        scan.line(line);
        if scan.parts > MOST_PARTS {
            let said = budget::cut(MOST_PARTS, "parts", at, message.len());
            return (Cow::Borrowed(message.get(..at).unwrap_or_default()), Some(said));
        }
        if scan.header_lines > MOST_HEADER_LINES {
            break;
        }
        at += line.len();
    }
    if at == message.len() {
        return (Cow::Borrowed(message), None);
    }
    let (kept, rest) = message.split_at(at);
    let mut kept = kept.to_vec();
    let mut left_out = 0usize;
    for line in rest.split_inclusive(|byte| *byte == b'\n') {
        let was_header = scan.line(line);
        if scan.parts > MOST_PARTS {
            break;
        }
        if was_header {
            left_out += 1;
        } else {
            kept.extend_from_slice(line);
        }
    }
    (Cow::Owned(kept), Some(format!("its headers have too many lines: {left_out} were not read")))
}

/// Where in a message a line is.
#[derive(Default)]
struct Scan<'m> {
    boundaries: FxHashSet<&'m [u8]>,
    in_header: bool,
    /// The part is a message: behind its header stands another.
    holds_message: bool,
    header_lines: usize,
    parts: usize,
}

impl<'m> Scan<'m> {
    /// Goes on to the next line; whether it is one of a header.
    fn line(&mut self, line: &'m [u8]) -> bool {
        let text = line.trim_ascii_end();
        if self.in_header && !text.is_empty() {
            self.header_lines += 1;
            if self.header_lines <= MOST_HEADER_LINES {
                self.header(text);
            }
            return true;
        }
        if self.in_header {
            self.in_header = std::mem::take(&mut self.holds_message);
        } else if let Some(name) = text.strip_prefix(b"--")
            && self.boundaries.contains(name)
        {
            self.parts += 1;
            self.in_header = true;
        }
        false
    }

    fn header(&mut self, line: &'m [u8]) {
        let find = |word: &[u8]| {
            line.windows(word.len())
                .position(|found| found.eq_ignore_ascii_case(word))
                .map(|at| at + word.len())
        };
        if memchr::memchr(b'/', line).is_some() && find(b"message/").is_some() {
            self.holds_message = true;
        }
        if memchr::memchr(b'=', line).is_some()
            && let Some(boundary) = find(b"boundary=").and_then(|at| line.get(at..))
        {
            let quoted = boundary.strip_prefix(b"\"").and_then(|inner| inner.split(|b| *b == b'"').next());
            let bare = || boundary.split(|b| matches!(b, b';' | b' ' | b'\t')).next();
            self.boundaries.extend(quoted.or_else(bare));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_mail_as_it_should_be_is_left_alone() {
        let table = "a -- b\n--------\n".repeat(20_000);
        let mail = format!("From: a@x.example\nSubject: Bridge\n\n{table}");
        assert_eq!(within(mail.as_bytes()), (Cow::Borrowed(mail.as_bytes()), None));
    }

    #[test]
    fn headers_without_number_are_left_out_and_the_text_stays() {
        let mail =
            format!("From: a@x.example\n{}\nIt is closed.\n", "X: y\n".repeat(MOST_HEADER_LINES + 100));
        let (kept, said) = within(mail.as_bytes());
        assert_eq!(said.unwrap(), "its headers have too many lines: 101 were not read");
        let kept = std::str::from_utf8(&kept).unwrap();
        assert!(kept.ends_with("X: y\n\nIt is closed.\n") && kept.lines().count() == MOST_HEADER_LINES + 2);
    }

    #[test]
    fn parts_without_number_are_cut() {
        let head = "From: a@x.example\nContent-Type: multipart/mixed; boundary=\"b\"\n\n";
        let part = "--b\nContent-Type: text/plain\n\nx\n";
        let mail = [head, &part.repeat(MOST_PARTS + 5)].concat().into_bytes();
        let (kept, said) = within(&mail);
        let at = head.len() + part.len() * MOST_PARTS;
        assert_eq!(kept.len(), at);
        assert_eq!(said.unwrap(), budget::cut(MOST_PARTS, "parts", at, mail.len()));
    }
}
