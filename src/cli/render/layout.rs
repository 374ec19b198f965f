//! Text with highlights, broken into lines of a given width.

use std::io::{self, Write};
use std::ops::Range;

use super::super::terminal::{Shown, clean_char};

/// The lines of longer texts, in bytes, are not made equally long: that takes longer than all else.
const LONGEST_BALANCED: usize = 16 << 10;

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
        if text.len() > LONGEST_BALANCED {
            options = options.wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
        }
        let mut from = 0;
        let mut styled = styled;
        for line in textwrap::wrap(text, options) {
            // A line is a piece of the text; where it was changed (never, without hyphenation) it is shown unmarked.
            let start =
                text.get(from..).and_then(|rest| rest.find(line.as_ref())).map_or(from, |at| from + at);
            let over = styled.iter().take_while(|(range, _)| range.end <= start).count();
            styled = styled.get(over..).unwrap_or_default();
            write!(out, "{:indent$}{}", "", self.plain, indent = self.indent)?;
            self.write_line(out, &line, start, styled)?;
            writeln!(out, "{}", self.reset)?;
            from = start + line.len();
        }
        Ok(())
    }

    fn write_line(
        &self,
        out: &mut impl Write,
        line: &str,
        start: usize,
        styled: &[Styled],
    ) -> io::Result<()> {
        let mut within = None;
        let mut first = 0;
        for (at, c) in line.char_indices() {
            let at = start + at;
            while styled.get(first).is_some_and(|(range, _)| range.end <= at) {
                first += 1;
            }
            let begun =
                styled.get(first..).unwrap_or_default().iter().take_while(|(range, _)| range.start <= at);
            let inside = begun.enumerate().find(|(_, (range, _))| range.contains(&at));
            let inside = inside.map(|(number, _)| first + number);
            if inside != within {
                let style =
                    inside.and_then(|inside| styled.get(inside)).map_or(self.plain, |(_, style)| *style);
                write!(out, "{}{style}", self.reset)?;
                within = inside;
            }
            write!(out, "{}", clean_char(c))?;
        }
        Ok(())
    }
}

/// A range of bytes, and what it looks like.
pub type Styled = (Range<usize>, Shown);
