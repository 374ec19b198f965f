//! Plain text → paragraphs: at blank lines, at indented lines, at lines that stop short; lines that were only broken to fit a
//! page are joined. Told from the text's own shape, the same for every format.

/// A text whose lines are all shorter than this (characters) may have been broken to fit a page or a screen.
const WIDEST_PAGE: usize = 100;

/// A page's full line is at least this long (characters).
const NARROWEST_PAGE: usize = 40;

/// The paragraphs of a text, lines still in them where they are not known to be broken by the page.
pub(super) fn split(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    of_lines(&lines)
}

/// [`split`], of lines.
pub(super) fn of_lines(lines: &[&str]) -> Vec<String> {
    let page = Page::of(lines);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = String::new();
    let mut last = "";
    for line in lines {
        let text = line.trim();
        if text.is_empty() {
            close(&mut open, &mut paragraphs);
            continue;
        }
        if !open.is_empty() && page.starts_paragraph(last, line) {
            close(&mut open, &mut paragraphs);
        }
        join(&mut open, text);
        last = line;
    }
    close(&mut open, &mut paragraphs);
    paragraphs
}

fn close(open: &mut String, paragraphs: &mut Vec<String>) {
    if !open.is_empty() {
        paragraphs.push(std::mem::take(open));
    }
}

/// Joins a line to the paragraph; a word broken at a hyphen keeps the hyphen, which may be its own.
fn join(open: &mut String, line: &str) {
    let mut end = open.chars().rev();
    let hyphen = end.next() == Some('-') && end.next().is_some_and(char::is_alphabetic);
    let broken_word = hyphen && line.starts_with(char::is_lowercase);
    if !open.is_empty() && !broken_word {
        open.push(' ');
    }
    open.push_str(line);
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Page {
    /// Lines are broken to fit: they belong together until something ends the paragraph.
    wrapped: bool,
    /// The width of a full line, in characters.
    width: usize,
    /// Paragraphs begin with an indented line.
    indented: bool,
    /// The indent that all lines have.
    margin: usize,
}

fn indent(line: &str) -> usize {
    line.bytes().take_while(|b| matches!(b, b' ' | b'\t')).map(|b| if b == b'\t' { 4 } else { 1 }).sum()
}

impl Page {
    fn of(lines: &[&str]) -> Self {
        let filled: Vec<&&str> = lines.iter().filter(|l| !l.trim().is_empty()).collect();
        let margin = filled.iter().map(|l| indent(l)).min().unwrap_or(0);
        let lengths: Vec<usize> = filled.iter().map(|l| l.trim().chars().count()).collect();
        let longest = lengths.iter().copied().max().unwrap_or(0);
        // A line that another follows in the same block was broken, or is a paragraph of its own.
        let mut followed = 0usize;
        let mut full = 0usize;
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            if line.trim().is_empty() || next.trim().is_empty() || indent(next) >= margin + 2 {
                continue;
            }
            followed += 1;
            let first_word = next.trim().split(' ').next().map_or(0, |w| w.chars().count());
            // Full is what the next line's first word would not have fitted into, more or less.
            full += usize::from(line.trim().chars().count() + first_word + 6 >= longest);
        }
        let width = longest;
        let wrapped =
            (NARROWEST_PAGE..=WIDEST_PAGE).contains(&longest) && followed > 0 && full * 3 >= followed * 2;
        let deep = filled.iter().filter(|l| indent(l) >= margin + 2).count();
        let indented = deep > 0 && deep * 3 <= filled.len() * 2;
        Self { wrapped, width, indented, margin }
    }

    fn starts_paragraph(&self, before: &str, line: &str) -> bool {
        if !self.wrapped {
            return true;
        }
        if self.indented && indent(line) >= self.margin + 2 && indent(before) < self.margin + 2 {
            return true;
        }
        if self.indented && indent(line) >= self.margin + 2 {
            // Two indented lines in a row: one-line paragraphs, or a table, where nothing is lost by keeping lines apart.
            return true;
        }
        let length = before.trim().chars().count();
        let ends_sentence =
            before.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '?', ':']);
        ends_sentence
            && length * 3 < self.width * 2
            && line.trim_start().starts_with(|c: char| !c.is_lowercase())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn blank_lines_part_paragraphs_and_broken_lines_are_joined() {
        let text = "The bridge over the Ruska was closed on\nMonday after engineers found cracks in two\nof its piers, the \
            city said.\n\nIt will stay closed for at least a well-\nknown period.\n";
        assert_eq!(
            split(text),
            [
                "The bridge over the Ruska was closed on Monday after engineers found cracks in two of its piers, the city said.",
                "It will stay closed for at least a well-known period."
            ]
        );
    }

    #[test]
    fn indented_lines_start_paragraphs() {
        let text = "The bridge over the Ruska was closed on Monday\nafter engineers found cracks in two of its\npiers.\n    \
            It will stay closed for at least three weeks,\nthe mayor said.\n    Buses take the long way round.\n";
        assert_eq!(
            split(text),
            [
                "The bridge over the Ruska was closed on Monday after engineers found cracks in two of its piers.",
                "It will stay closed for at least three weeks, the mayor said.",
                "Buses take the long way round."
            ]
        );
    }

    #[test]
    fn long_lines_are_paragraphs() {
        let line = "The bridge over the Ruska was closed on Monday after engineers found cracks in two of its piers, and it will \
            stay closed for three weeks.";
        let text = format!("{line}\n{line}\nShort one.\n{line}");
        assert_eq!(split(&text), [line, line, "Short one.", line]);
    }

    #[test]
    fn short_lines_that_fill_no_page_stay_apart() {
        assert_eq!(split("Roses are red\nViolets are blue\n"), ["Roses are red", "Violets are blue"]);
        assert_eq!(split("\n \n"), Vec::<String>::new());
    }

    #[test]
    fn a_short_line_that_ends_a_sentence_ends_the_paragraph() {
        let text = "The bridge over the Ruska was closed on Monday\nafter engineers found cracks in two of the old\npiers.\nThe \
            mayor said it would stay closed for weeks\nand that buses would take the long way round.";
        assert_eq!(split(text).len(), 2);
    }
}
