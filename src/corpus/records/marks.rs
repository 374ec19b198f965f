//! Where one document ends and the next begins in files of many: SGML tags, the heads of wire stories, the lines that press
//! databases put between the documents of an export.

/// What parts the documents of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    /// `<REUTERS …>` and `<DOC …>`.
    Sgml,
    /// The start of a wire story: SOH, `ZCZC`, or the header line where a relay has stripped these.
    Wire,
    /// `3 of 250 DOCUMENTS` before a document, `End of Document` behind it.
    Nexis,
    /// `Document ABCD000020251202eal200001` behind a document.
    Factiva,
    /// A rule, or `Document 3 of 250`, before a document.
    Proquest,
    /// The `From ` line before a message of a mailbox (RFC 4155).
    Mailbox,
}

/// Start of header: `a` in the name that relays write for it, `^A`.
const SOH: u8 = 1;
const SYN: u8 = 0x16;

/// A header line of the wire is at the most this long (bytes).
const LONGEST_HEADER: usize = 160;

/// How many lines a wire story's header has: within them no other story starts.
const HEADER_LINES: usize = 4;

impl Marks {
    /// The marks in a text, at which documents start.
    pub fn starts(self, bytes: &[u8]) -> Box<dyn Iterator<Item = usize> + '_> {
        match self {
            Self::Sgml => Box::new(sgml_starts(bytes)),
            Self::Wire => Box::new(wire_starts(bytes)),
            Self::Nexis => Box::new(Lines::of(bytes).filter_map(nexis_start)),
            Self::Factiva => Box::new(Lines::of(bytes).filter_map(factiva_start)),
            Self::Proquest => Box::new(Lines::of(bytes).filter_map(proquest_start)),
            Self::Mailbox => Box::new(message_starts(bytes)),
        }
    }

    /// Where a document ends and another begins: the marks that have text before and behind them.
    pub fn boundaries(self, bytes: &[u8]) -> Box<dyn Iterator<Item = usize> + '_> {
        if matches!(self, Self::Sgml | Self::Mailbox) {
            return Box::new(self.starts(bytes).skip(1));
        }
        let end = bytes.iter().rposition(|b| b.is_ascii_graphic() || !b.is_ascii()).unwrap_or(0);
        let mut last = 0;
        Box::new(self.starts(bytes).filter(move |at| {
            let parts = *at <= end && bytes.get(last..*at).is_some_and(has_text);
            if parts {
                last = *at;
            }
            parts
        }))
    }

    /// The documents of a text.
    pub fn documents(self, text: &str) -> Vec<&str> {
        let mut documents = Vec::new();
        let mut from = 0;
        for at in self.boundaries(text.as_bytes()).chain(std::iter::once(text.len())) {
            documents.extend(text.get(from..at).filter(|document| has_text(document.as_bytes())));
            from = at;
        }
        documents
    }
}

fn has_text(bytes: &[u8]) -> bool {
    bytes.iter().any(|b| b.is_ascii_graphic() && *b != b'_' || !b.is_ascii())
}

/// Where the records of an SGML collection start: at the beginning of a line or behind a tag.
pub(crate) fn sgml_starts(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    memchr::memchr_iter(b'<', bytes).filter(|at| {
        let Some(tag) = bytes.get(at + 1..) else { return false };
        let name = tag.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let known = matches!(name, 3 | 7)
            && tag
                .get(..name)
                .is_some_and(|n| n.eq_ignore_ascii_case(b"doc") || n.eq_ignore_ascii_case(b"reuters"));
        let ends = tag.get(name).is_some_and(|b| *b == b'>' || b.is_ascii_whitespace());
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        known && ends && before.is_none_or(|b| *b == b'>' || b.is_ascii_whitespace())
    })
}

/// A longer `From ` line (bytes) parts no messages.
const LONGEST_FROM_LINE: usize = 256;

/// A longer name (bytes) is no field's.
const LONGEST_FIELD_NAME: usize = 80;

/// Where the first message of a mailbox starts: at its `From ` line, below nothing but blank lines; `None` where it is none.
pub(crate) fn mailbox_start(bytes: &[u8]) -> Option<usize> {
    let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    rest.starts_with(b"From ").then(|| bytes.len() - rest.len())
}

/// Where the messages of a mailbox start: at the beginning, and below an empty line at a `From ` line with a time of day in it and
/// a message's header below it. Many mailboxes do not quote such lines in a message's text.
pub(crate) fn message_starts(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let first = mailbox_start(bytes);
    memchr::memmem::find_iter(bytes, b"From ").filter(move |at| {
        let before = bytes.get(..*at).unwrap_or_default();
        if Some(*at) == first {
            return true;
        }
        if !(before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")) {
            return false;
        }
        let line = bytes.get(*at..).unwrap_or_default();
        let Some(end) = memchr::memchr(b'\n', line.get(..LONGEST_FROM_LINE).unwrap_or(line)) else {
            return false;
        };
        let below = line.get(end + 1..).unwrap_or_default();
        line.get(..end).is_some_and(has_time_of_day) && begins_header(below)
    })
}

/// Whether there is an hour and a minute in a line.
pub(crate) fn has_time_of_day(line: &[u8]) -> bool {
    line.windows(3).any(|w| matches!(w, [a, b':', b] if a.is_ascii_digit() && b.is_ascii_digit()))
}

/// Whether a text begins with a field of a message's header (RFC 5322, 2.2), or with the `From ` line of another relay.
fn begins_header(text: &[u8]) -> bool {
    if text.starts_with(b">From ") {
        return true;
    }
    let name = text.get(..LONGEST_FIELD_NAME).unwrap_or(text);
    let name = name.split(|b| *b == b':').next().unwrap_or_default();
    !name.is_empty()
        && name.len() < text.len().min(LONGEST_FIELD_NAME)
        && name.iter().all(u8::is_ascii_graphic)
}

/// A line with its place, and where the next one starts.
#[derive(Debug, Clone, Copy)]
struct Line<'b> {
    at: usize,
    text: &'b [u8],
    next: usize,
}

struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Lines<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }
}

impl<'b> Iterator for Lines<'b> {
    type Item = Line<'b>;

    fn next(&mut self) -> Option<Line<'b>> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let at = self.at;
        self.at = (at + len + 1).min(self.bytes.len());
        Some(Line { at, text: rest.get(..len)?.trim_ascii_end(), next: self.at })
    }
}

fn wire_starts(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let mut lines = Lines::of(bytes).peekable();
    // The header goes on below the line that it starts with.
    let mut header_left = 0usize;
    std::iter::from_fn(move || {
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
    })
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
pub(crate) fn starts_wire(head: &[u8]) -> bool {
    let start = head.iter().position(|b| *b != SYN && !b.is_ascii_whitespace()).unwrap_or(head.len());
    let (Some(SOH), Some(rest)) = (head.get(start).copied(), head.get(start + 1..)) else { return false };
    let line = rest.split(|b| matches!(b, b'\r' | b'\n')).next().unwrap_or_default();
    is_anpa_number(line) || is_iptc_header(line)
}

/// `a0312` and a selector: service letter, story number.
pub(crate) fn is_anpa_number(line: &[u8]) -> bool {
    let [service, number @ ..] = line else { return false };
    let digits = number.iter().take_while(|b| b.is_ascii_digit()).count();
    let rest = number.get(digits..).unwrap_or_default();
    service.is_ascii_alphabetic()
        && (3..=5).contains(&digits)
        && rest.len() <= 24
        && rest.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, 0x1f | b'-' | b' ' | b'\t' | b'.'))
}

/// `r i BC-Peace-Talks 3rdLd-Writethru 12-02 0400`: priority, category, keyword, version, date, word count.
pub(crate) fn is_anpa_keyword_line(line: &[u8]) -> bool {
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
pub(crate) fn is_iptc_header(line: &[u8]) -> bool {
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

fn number_then(text: &[u8]) -> Option<&[u8]> {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    (1..=6).contains(&digits).then(|| text.get(digits..)).flatten()
}

fn nexis_start(line: Line<'_>) -> Option<usize> {
    if line.text.eq_ignore_ascii_case(b"end of document") {
        return Some(line.next);
    }
    is_nexis_count(line.text).then_some(line.at)
}

/// `3 of 250 DOCUMENTS`, `3 von 250 DOKUMENTEN`.
pub(crate) fn is_nexis_count(line: &[u8]) -> bool {
    let rest = number_then(line.trim_ascii_start());
    let rest = rest.and_then(|rest| rest.strip_prefix(b" "));
    let Some(rest) = rest.filter(|rest| rest.len() < 40) else { return false };
    let Some(space) = memchr::memchr(b' ', rest) else { return false };
    let total = rest.get(space + 1..).and_then(number_then).and_then(|rest| rest.strip_prefix(b" "));
    total.is_some_and(|word| word.get(..4).is_some_and(|w| matches!(w, b"DOCU" | b"DOKU")))
}

fn factiva_start(line: Line<'_>) -> Option<usize> {
    factiva_number(line.text).is_some().then_some(line.next)
}

/// The number in `Document ABCD000020251202eal200001`.
pub(crate) fn factiva_number(line: &[u8]) -> Option<&[u8]> {
    let number =
        [&b"Document "[..], b"Dokument ", b"Documento "].iter().find_map(|word| line.strip_prefix(*word))?;
    let number = number.trim_ascii();
    let digits = number.iter().filter(|b| b.is_ascii_digit()).count();
    (number.len() >= 15 && digits >= 8 && number.iter().all(u8::is_ascii_alphanumeric)).then_some(number)
}

fn proquest_start(line: Line<'_>) -> Option<usize> {
    let text = line.text;
    let rule = text.len() >= 40 && text.iter().all(|b| *b == b'_');
    (rule || is_proquest_count(text)).then_some(line.at)
}

/// `Document 3 of 250`.
pub(crate) fn is_proquest_count(line: &[u8]) -> bool {
    let rest =
        line.strip_prefix(b"Document ").and_then(number_then).and_then(|rest| rest.strip_prefix(b" of "));
    rest.and_then(number_then).is_some_and(|rest| rest.trim_ascii().is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

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
            assert_eq!(Marks::Wire.documents(&text), [story.as_str(); 3], "{header:?}");
        }
    }

    #[test]
    fn documents_of_an_export() {
        let nexis = "\n\n  1 of 2 DOCUMENTS\n\nA\n\n  2 of 2 DOCUMENTS\n\nB, 3 of 4 documents\n";
        assert_eq!(Marks::Nexis.documents(nexis).len(), 2);
        let uni = "A\n\nEnd of Document\n\nB\n\nEnd of Document\n\n";
        assert_eq!(Marks::Nexis.documents(uni).len(), 2);
        let factiva =
            "HD A\n\nDocument RUSK000020251202eac200001\n\nHD B\nDocument RUSK000020251202eac200002\n\n";
        assert_eq!(Marks::Factiva.documents(factiva).len(), 2);
        let rule = "_".repeat(60);
        let proquest = format!(
            "{rule}\n\nDocument 1 of 2\n\nA\n\n{rule}\n\nDocument 2 of 2\n\nB\n\n{rule}\n\nContact us\n"
        );
        assert_eq!(Marks::Proquest.documents(&proquest).len(), 3);
    }

    proptest! {
        #[test]
        fn documents_are_the_text(text in "(a0312 --\n|r i BC-Bridge 12-02 0400\n|\u{1}|\u{16}|ZCZC|1 of 2 DOCUMENTS\n|End of Document\n|Document 1 of 2\n|x|\n){0,30}") {
            for marks in [Marks::Sgml, Marks::Wire, Marks::Nexis, Marks::Factiva, Marks::Proquest] {
                let kept: usize = marks.documents(&text).iter().map(|document| document.len()).sum();
                let blank = text.len() - kept;
                prop_assert!(blank == 0 || !has_text(text.as_bytes()) || kept > 0);
            }
        }
    }
}
