//! A stream of bytes → pieces that end where records end: at lines, at a format's own marks, between the
//! elements of a JSON list. What the records say is read elsewhere.

use std::io::{self, Read};

use crate::corpus::records::Piece;
use crate::corpus::records::delimiter::Delimiter;
use crate::corpus::records::json_scan::Scanner;

/// Where a format's records end.
#[derive(Debug)]
pub(crate) enum Splitter {
    /// At line ends.
    Lines,
    /// At what a format has between documents.
    Delimited(Delimiter),
    /// At the ends of a table's rows; each piece begins with the header.
    Rows {
        /// The header row, once it was read.
        header: Option<Vec<u8>>,
        /// A row that is passed over broke off inside quotes.
        quoted: bool,
    },
    /// Between the elements of a JSON list.
    Elements(Scanner),
}

/// What stands between documents has at the most this many bytes.
const LONGEST_DELIMITER: usize = 512;

/// Reads an input and cuts it.
#[derive(Debug)]
pub(crate) struct Pieces {
    splitter: Splitter,
    buffer: Vec<u8>,
    /// About how large a piece is to be, in bytes.
    piece: usize,
    /// The most that one record may have, in bytes.
    largest: usize,
    ended: bool,
    /// Bytes passed over so far of a record that is too large.
    passed_over: Option<u64>,
}

impl Pieces {
    pub fn new(splitter: Splitter, piece: usize, largest: usize) -> Self {
        Self::behind(Vec::new(), splitter, piece, largest)
    }

    /// The pieces of an input whose beginning has been read.
    pub fn behind(buffer: Vec<u8>, splitter: Splitter, piece: usize, largest: usize) -> Self {
        Self { splitter, buffer, piece, largest, ended: false, passed_over: None }
    }

    /// The next piece; `None` at the end of the input.
    pub fn next(&mut self, input: &mut impl Read) -> Option<io::Result<Piece>> {
        loop {
            let piece = match self.passed_over {
                Some(size) => self.pass_over(size),
                None => self.cut(),
            };
            if let Some(piece) = piece {
                return Some(Ok(piece));
            }
            if self.ended && self.passed_over.is_none() {
                return None;
            }
            if let Err(error) = self.fill(input) {
                self.ended = true;
                self.buffer.clear();
                self.passed_over = None;
                return Some(Err(error));
            }
        }
    }

    /// Reads until a piece is full, then, where no record ends in it, twice as far each time.
    fn fill(&mut self, input: &mut impl Read) -> io::Result<()> {
        let have = self.buffer.len();
        let target = if have < self.piece { self.piece } else { (have * 2).min(self.largest + 1) };
        let wanted = target.saturating_sub(have).max(1);
        // Most pieces are filled at once: growing on the way would copy them.
        self.buffer.reserve(wanted.min(self.piece));
        let read = input.take(wanted as u64).read_to_end(&mut self.buffer)?;
        self.ended = read < wanted;
        Ok(())
    }

    fn cut(&mut self) -> Option<Piece> {
        if self.buffer.is_empty() || (!self.ended && self.buffer.len() < self.piece) {
            return None;
        }
        let cut = match &mut self.splitter {
            Splitter::Lines => cut_lines(&mut self.buffer, self.ended),
            Splitter::Delimited(delimiter) => cut_documents(&mut self.buffer, self.ended, *delimiter),
            Splitter::Rows { header, .. } => cut_rows(&mut self.buffer, self.ended, header),
            Splitter::Elements(scanner) => scanner.cut(&mut self.buffer, self.ended),
        };
        if cut.is_none() && self.buffer.len() > self.largest {
            return self.pass_over(0);
        }
        cut
    }

    fn pass_over(&mut self, before: u64) -> Option<Piece> {
        let at_start = before == 0;
        let end = match &mut self.splitter {
            Splitter::Lines => memchr::memchr(b'\n', &self.buffer).map(|at| at + 1),
            Splitter::Delimited(delimiter) if at_start => delimiter.boundaries(&self.buffer).next(),
            Splitter::Delimited(delimiter) => (delimiter.starts)(&self.buffer).next(),
            Splitter::Rows { quoted, .. } => row_ends(&self.buffer, quoted).next(),
            Splitter::Elements(scanner) => scanner.end_of_element(&self.buffer),
        };
        let end = match end {
            Some(end) => Some(end),
            None if self.ended => Some(self.buffer.len()),
            None => None,
        };
        if let Some(end) = end {
            self.buffer.drain(..end);
            self.passed_over = None;
            if let Splitter::Elements(scanner) = &mut self.splitter {
                scanner.forget(end);
            }
            return Some(Piece::TooLarge { size: before + end as u64 });
        }
        // A mark may lie across two reads; a JSON scanner remembers where it is.
        let useless = match self.splitter {
            Splitter::Delimited(_) => self.buffer.len().saturating_sub(LONGEST_DELIMITER),
            _ => self.buffer.len(),
        };
        self.buffer.drain(..useless);
        if let Splitter::Elements(scanner) = &mut self.splitter {
            scanner.forget(useless);
        }
        self.passed_over = Some(before + useless as u64);
        None
    }
}

/// Everything up to the last line end, or everything; lines of white space only are no records.
fn cut_lines(buffer: &mut Vec<u8>, ended: bool) -> Option<Piece> {
    let end = if ended { buffer.len() } else { memchr::memrchr(b'\n', buffer)? + 1 };
    let rest = buffer.split_off(end);
    let bytes = std::mem::replace(buffer, rest);
    let mut records = 0u32;
    let mut start = 0;
    for at in memchr::memchr_iter(b'\n', &bytes).chain([bytes.len()]) {
        records += u32::from(bytes.get(start..at).is_some_and(|line| !line.trim_ascii().is_empty()));
        start = at + 1;
    }
    Some(Piece::Records { bytes, records })
}

/// The header and everything up to the last row's end, or everything.
fn cut_rows(buffer: &mut Vec<u8>, ended: bool, header: &mut Option<Vec<u8>>) -> Option<Piece> {
    let (mut rows, mut start, mut end) = (0u32, 0usize, 0usize);
    let mut first = None;
    let mut quoted = false;
    let last = ended.then_some(buffer.len());
    for at in row_ends(buffer, &mut quoted).chain(last) {
        rows += u32::from(buffer.get(start..at).is_some_and(|row| !row.trim_ascii().is_empty()));
        first = first.or(Some(at));
        (start, end) = (at, at);
    }
    let header_end = first?;
    if !ended && header.is_none() && end == header_end {
        return None;
    }
    let rest = buffer.split_off(end);
    let mut bytes = std::mem::replace(buffer, rest);
    match header {
        Some(header) => {
            bytes.splice(..0, header.iter().copied());
        }
        None => {
            *header = bytes.get(..header_end).map(<[u8]>::to_vec);
            rows = rows.saturating_sub(1);
        }
    }
    // A table of nothing but its header is still to be judged.
    Some(Piece::Records { bytes, records: rows })
}

/// Where rows end: behind line ends outside quotes. A quote opens only where a cell starts.
fn row_ends<'b>(bytes: &'b [u8], quoted: &'b mut bool) -> impl Iterator<Item = usize> + 'b {
    memchr::memchr2_iter(b'"', b'\n', bytes).filter_map(move |at| {
        if bytes.get(at) == Some(&b'\n') {
            return (!*quoted).then_some(at + 1);
        }
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        let opens = before.is_none_or(|b| matches!(b, b',' | b';' | b'\t' | b'|' | b'\n' | 0xbf));
        *quoted = if *quoted { false } else { opens || before == Some(&b'"') };
        None
    })
}

/// Everything before the last record that starts in the buffer, or everything.
fn cut_documents(buffer: &mut Vec<u8>, ended: bool, delimiter: Delimiter) -> Option<Piece> {
    let (mut records, mut last) = (0u32, 0usize);
    for at in delimiter.boundaries(buffer) {
        records += 1;
        last = at;
    }
    if ended {
        return Some(Piece::Records { bytes: std::mem::take(buffer), records: records + 1 });
    }
    if records == 0 {
        return None;
    }
    let rest = buffer.split_off(last);
    let bytes = std::mem::replace(buffer, rest);
    Some(Piece::Records { bytes, records })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::corpus::format::mail::mailbox::DELIMITER as MAILBOX;
    use crate::corpus::format::sgml::DELIMITER as SGML;
    use proptest::prelude::*;

    fn pieces(splitter: Splitter, text: &str, piece: usize, largest: usize) -> Vec<(String, u32)> {
        let mut input = text.as_bytes();
        let mut pieces = Pieces::new(splitter, piece, largest);
        std::iter::from_fn(|| pieces.next(&mut input))
            .map(|piece| match piece.unwrap() {
                Piece::Records { bytes, records } => (String::from_utf8(bytes).unwrap(), records),
                Piece::TooLarge { size } => (format!("too large: {size}"), 1),
            })
            .collect()
    }

    fn shown(pieces: &[(String, u32)]) -> Vec<(&str, u32)> {
        pieces.iter().map(|(text, records)| (text.as_str(), *records)).collect()
    }

    #[test]
    fn a_mailbox_is_cut_between_messages() {
        let message = |n: usize| {
            format!(
                "From a@x.example Tue Dec  2 14:0{n}:00 2025\nSubject: {n}\n\nFrom here on\n>From there\n\n"
            )
        };
        let text = [message(1), message(2), message(3)].concat();
        let found = pieces(Splitter::Delimited(MAILBOX), &text, 10, 1000);
        assert_eq!(found.iter().map(|(piece, _)| piece.as_str()).collect::<String>(), text);
        assert_eq!(found.iter().map(|(_, records)| records).sum::<u32>(), 3);
        assert!(found.len() > 1 && found.iter().all(|(piece, _)| piece.starts_with("From a@x")));
        let large = format!("{}{}\n\n{}", message(1), "x".repeat(2000), message(2));
        let found = pieces(Splitter::Delimited(MAILBOX), &large, 10, 600);
        assert_eq!(shown(&found), [("too large: 2082", 1), (message(2).as_str(), 1)]);
    }

    #[test]
    fn lines_are_never_cut() {
        let found = pieces(Splitter::Lines, "one\n\ntwo\nthree\nfour", 8, 100);
        assert_eq!(shown(&found), [("one\n\n", 1), ("two\n", 1), ("three\n", 1), ("four", 1)]);
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over_and_the_rest_is_kept() {
        let text = format!("one\n{}\ntwo\n{}", "x".repeat(50), "y".repeat(30));
        let found = pieces(Splitter::Lines, &text, 8, 20);
        assert_eq!(shown(&found), [("one\n", 1), ("too large: 51", 1), ("two\n", 1), ("too large: 30", 1)]);
    }

    #[test]
    fn sgml_is_cut_before_records() {
        let first = "<!DOCTYPE x>\n<DOC><T>a <DOCNO> b</T></DOC>\n";
        let second = format!("<DOC id=2>{}</DOC>\n", "b".repeat(30));
        let third = format!("<doc>{}</doc>", "c".repeat(200));
        let text = format!("{first}{second}{third}");
        let found = pieces(Splitter::Delimited(SGML), &text, 10, 1000);
        assert!(found.len() > 1);
        assert_eq!(found.iter().map(|(piece, _)| piece.as_str()).collect::<String>(), text);
        assert_eq!(found.iter().map(|(_, records)| records).sum::<u32>(), 3);
        assert!(found.iter().skip(1).all(|(piece, _)| piece.to_lowercase().starts_with("<doc")));
    }

    #[test]
    fn an_sgml_record_over_the_limit_is_passed_over() {
        let text = format!("<DOC>a</DOC>\n<DOC>{}</DOC>\n<DOC>c</DOC>", "b".repeat(200));
        let found = pieces(Splitter::Delimited(SGML), &text, 10, 60);
        assert_eq!(shown(&found), [("<DOC>a</DOC>\n", 1), ("too large: 212", 1), ("<DOC>c</DOC>", 1)]);
    }

    #[test]
    fn a_json_list_is_cut_between_elements() {
        let text = r#" [ {"a":"]},{"}, {"b":[1,2]} ,3,{"c":{}}]"#;
        let found = pieces(Splitter::Elements(Scanner::default()), text, 16, 1000);
        let joined: Vec<&str> = found.iter().map(|(t, _)| t.as_str()).collect();
        assert_eq!(joined.concat(), r#"[{"a":"]},{"}][{"b":[1,2]},3][{"c":{}}]"#);
        assert_eq!(found.iter().map(|(_, n)| n).sum::<u32>(), 4);
    }

    #[test]
    fn the_list_may_lie_inside_an_object() {
        let text = r#"{"total":{"articles":7},"articles":[{"a":1},{"b":2}],"next":[{"x":1}]}"#;
        let found = pieces(Splitter::Elements(Scanner::default()), text, 1000, 1000);
        assert_eq!(shown(&found), [(r#"[{"a":1},{"b":2}]"#, 2)]);
        let text = r#"{"headline":"A","body":"B"}"#;
        let found = pieces(Splitter::Elements(Scanner::default()), text, 1000, 1000);
        assert_eq!(shown(&found), [(r#"[{"headline":"A","body":"B"}]"#, 1)]);
    }

    #[test]
    fn a_list_cut_in_half_keeps_its_last_element_as_it_is() {
        let found = pieces(Splitter::Elements(Scanner::default()), r#"[{"a":1},{"b":"tw"#, 1000, 1000);
        assert_eq!(shown(&found), [(r#"[{"a":1},{"b":"tw"#, 2)]);
    }

    #[test]
    fn an_element_over_the_limit_is_passed_over() {
        let text = format!(r#"[{{"a":1}},{{"b":"{}"}},{{"c":3}}]"#, "x".repeat(100));
        let found = pieces(Splitter::Elements(Scanner::default()), &text, 10, 40);
        assert_eq!(found.first().unwrap().0, r#"[{"a":1}]"#);
        assert!(found.get(1).unwrap().0.starts_with("too large: "));
        assert_eq!(found.last().unwrap().0, r#"[{"c":3}]"#);
        assert_eq!(found.iter().map(|(_, n)| n).sum::<u32>(), 3);
    }

    proptest! {
        #[test]
        fn the_piece_size_changes_nothing(elements in proptest::collection::vec("[a-z\\[{,\"\\\\]{0,12}", 1..20), piece in 1usize..60) {
            let list: Vec<String> = elements.iter().map(|e| format!("{{\"k\":{}}}", serde_json::to_string(e).unwrap())).collect();
            let text = format!("[{}]", list.join(" , "));
            let cut = pieces(Splitter::Elements(Scanner::default()), &text, piece, 10_000);
            let mut together: Vec<serde_json::Value> = Vec::new();
            for (text, records) in cut {
                let values: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(values.len(), records as usize);
                together.extend(values);
            }
            let whole: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(together, whole);
        }

        #[test]
        fn no_input_makes_it_panic_or_hang(text in "[\\[\\]{}\",:\\\\ a-c\n<DOC>]{0,200}", piece in 1usize..40, largest in 1usize..80) {
            let rows = Splitter::Rows { header: None, quoted: false };
            for splitter in [Splitter::Lines, Splitter::Delimited(SGML), Splitter::Delimited(MAILBOX), rows, Splitter::Elements(Scanner::default())] {
                let found = pieces(splitter, &text, piece.min(largest), largest);
                prop_assert!(found.len() <= text.len() + 1);
            }
        }
    }
}
