//! Text with highlights, broken into lines of a given width.

use std::io::{self, Write};

use super::super::terminal::{Shown, clean_char};

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
        let width = self.width.saturating_sub(self.indent).max(10);
        let options = textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
        let mut from = 0;
        for line in textwrap::wrap(text, options) {
            // A line is a piece of the text; where it was changed (never, without hyphenation) it is shown unmarked.
            let start =
                text.get(from..).and_then(|rest| rest.find(line.as_ref())).map_or(from, |at| from + at);
            write!(out, "{:indent$}{}", "", self.plain, indent = self.indent)?;
            self.write_line(out, &line, start, highlights)?;
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
        highlights: &[(usize, usize)],
    ) -> io::Result<()> {
        let mut marked = false;
        for (at, c) in line.char_indices() {
            let inside = highlights.iter().any(|(from, to)| (*from..*to).contains(&(start + at)));
            if inside != marked {
                let style = if inside { self.highlight } else { self.plain };
                write!(out, "{}{style}", self.reset)?;
                marked = inside;
            }
            write!(out, "{}", clean_char(c))?;
        }
        Ok(())
    }
}
