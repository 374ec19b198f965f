//! Text with highlights, broken into lines of a given width.

use std::io::{self, Write};
use std::ops::Range;

use super::super::terminal::{Shown, upsets};

/// The lines of longer texts, in bytes, are not made equally long: that takes longer than all else.
const LONGEST_BALANCED: usize = 16 << 10;

/// What is part of more than so many bytes is broken where there are blanks only, without looking further.
const LONGEST_CAREFUL: usize = 1 << 20;

/// So many bytes of a longer one are broken into lines at a time.
const PIECE: usize = 64 << 10;

/// How text is laid out.
pub struct Layout {
    /// Columns left free before each line.
    pub indent: usize,
    /// Columns a line may take, the indent included.
    pub width: usize,
    /// What plain text looks like.
    pub plain: Shown,
    /// What highlights look like.
    pub highlight: Shown,
    /// Back to nothing special.
    pub reset: Shown,
    /// How many bytes are laid out in all, where that may be very many.
    pub bytes: usize,
}

impl Layout {
    /// Writes `text` in lines; `highlights` are byte ranges, in order.
    pub fn write(&self, out: &mut impl Write, text: &str, highlights: &[(usize, usize)]) -> io::Result<()> {
        let styled: Vec<_> = highlights.iter().map(|(from, to)| (*from..*to, self.highlight)).collect();
        self.write_styled(out, text, &styled)
    }

    /// Writes `text` in lines, with some ranges of bytes, in order, in styles of their own.
    pub fn write_styled(&self, out: &mut impl Write, text: &str, styled: &[Styled]) -> io::Result<()> {
        let width = self.width.saturating_sub(self.indent).max(10);
        let mut options = textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
        let is_long = self.bytes > LONGEST_CAREFUL;
        if is_long || text.len() > LONGEST_BALANCED {
            options = options.wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
        }
        if is_long {
            options = options.word_separator(textwrap::WordSeparator::AsciiSpace);
        }
        let mut styled = styled;
        let mut from = 0;
        let mut longest = PIECE;
        while let Some(rest) = text.get(from..).filter(|rest| from == 0 || !rest.is_empty()) {
            let piece = beginning(rest, longest);
            let lines = textwrap::wrap(piece, &options);
            // What is begun in the last line of a piece may go on.
            let whole = if piece.len() == rest.len() { lines.len() } else { lines.len().saturating_sub(1) };
            let mut end = 0;
            for line in lines.iter().take(whole) {
                // A line is a piece of the text; where it was changed (never, without hyphenation) it is
                // shown unmarked.
                let start = place_in(piece, line).unwrap_or(end);
                end = start + line.len();
                let start = from + start;
                let over = styled.iter().take_while(|(range, _)| range.end <= start).count();
                styled = styled.get(over..).unwrap_or_default();
                write!(out, "{:indent$}{}", "", self.plain, indent = self.indent)?;
                self.write_line(out, line, start, styled)?;
                writeln!(out, "{}", self.reset)?;
            }
            if piece.len() == rest.len() {
                break;
            }
            match lines.get(whole).and_then(|begun| place_in(piece, begun)).filter(|begun| *begun > 0) {
                Some(begun) => (from, longest) = (from + begun, PIECE),
                // One line is longer than the piece.
                None => longest *= 2,
            }
        }
        Ok(())
    }

    /// Writes one line, which begins at `start` in the text that the styles are of.
    fn write_line(
        &self,
        out: &mut impl Write,
        line: &str,
        start: usize,
        styled: &[Styled],
    ) -> io::Result<()> {
        let mut at = 0;
        let mut is_plain = true;
        for (range, style) in styled.iter().take_while(|(range, _)| range.start < start + line.len()) {
            let from = range.start.saturating_sub(start).max(at);
            let to = range.end.saturating_sub(start).min(line.len());
            let (Some(before), Some(within)) = (line.get(at..from), line.get(from..to)) else { continue };
            if within.is_empty() {
                continue;
            }
            self.write_plain(out, before, is_plain)?;
            write!(out, "{}{style}", self.reset)?;
            write_clean(out, within)?;
            (at, is_plain) = (to, false);
        }
        self.write_plain(out, line.get(at..).unwrap_or_default(), is_plain)
    }

    /// Writes text that has no style of its own.
    fn write_plain(&self, out: &mut impl Write, text: &str, is_plain: bool) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if !is_plain {
            write!(out, "{}{}", self.reset, self.plain)?;
        }
        write_clean(out, text)
    }
}

/// What is safe to print goes out as it is.
fn write_clean(out: &mut impl Write, text: &str) -> io::Result<()> {
    let mut rest = text;
    while let Some(at) = rest.find(upsets) {
        out.write_all(rest.get(..at).unwrap_or_default().as_bytes())?;
        let mut upsetting = rest.get(at..).unwrap_or_default().chars();
        upsetting.next();
        write!(out, "{}", char::REPLACEMENT_CHARACTER)?;
        rest = upsetting.as_str();
    }
    out.write_all(rest.as_bytes())
}

/// Where a part of a text begins in it.
fn place_in(text: &str, part: &str) -> Option<usize> {
    let at = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    (at + part.len() <= text.len()).then_some(at)
}

/// All of a text that is not longer, else about so much of it, up to a space.
fn beginning(text: &str, longest: usize) -> &str {
    if text.len() <= longest {
        return text;
    }
    let cut = text.get(..text.floor_char_boundary(longest)).unwrap_or(text);
    let end = cut.rfind(' ').filter(|end| *end > 0);
    end.and_then(|end| text.get(..end)).unwrap_or(cut)
}

/// A range of bytes, and what it looks like.
pub type Styled = (Range<usize>, Shown);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let none = Shown::default();
        let layout =
            Layout { indent: 2, width: 30, plain: none, highlight: none, reset: none, bytes: text.len() };
        let mut out = Vec::new();
        layout.write(&mut out, text, &[]).unwrap();
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// A long text is broken as if it were one piece, wherever its pieces end.
        #[test]
        fn pieces_leave_no_trace(words in prop::collection::vec("[a-zé]{1,9}", 1..40), blanks in prop::collection::vec(" {1,3}", 40)) {
            let some: String = words.iter().zip(&blanks).map(|(word, blank)| format!("{word}{blank}")).collect();
            let text = some.repeat(3 * PIECE / some.len());
            let options = textwrap::Options::new(28)
                .word_splitter(textwrap::WordSplitter::NoHyphenation)
                .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
            let expected: String = textwrap::wrap(&text, options).iter().map(|line| format!("  {line}\n")).collect();
            prop_assert!(written(&text) == expected);
        }
    }

    #[test]
    fn a_word_longer_than_a_piece_is_broken_too() {
        let text = format!("{} {}", "x".repeat(3 * PIECE), "y".repeat(40));
        let lines = written(&text);
        assert!(lines.lines().all(|line| line.len() <= 30));
        assert_eq!(lines.matches('x').count(), 3 * PIECE);
        assert_eq!(lines.matches('y').count(), 40);
    }
}
