//! Plain text → paragraphs: at blank lines, at indented lines, at lines that stop short; lines that were only
//! broken to fit a page are joined. Told from the text's own shape, the same for every format.

use crate::analysis::fold::fold;
use crate::analysis::{Language, is_function_word};
use crate::corpus::plain_text::budget::{self, MOST_LINES};

/// A text whose lines are all shorter than this (characters) may have been broken to fit a page or a screen.
const WIDEST_PAGE: usize = 100;

/// Lines of this length (characters) that fill a page are prose, whatever they begin with.
const PLAIN_PAGE: usize = 40;

/// No column is narrower (characters).
const NARROWEST_COLUMN: usize = 14;

/// The paragraphs of a text, lines still in them where they are not known to be broken by the page.
pub(crate) fn split(text: &str) -> Vec<String> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    let (start, _) = budget::within(text, MOST_LINES, "lines", ends);
    let lines: Vec<&str> = start.lines().map(str::trim_end).collect();
    let mut paragraphs = of_lines(&lines);
    if let Some(rest) = text.get(start.len()..).map(str::trim).filter(|rest| !rest.is_empty()) {
        budget::add(&mut paragraphs, rest.to_owned());
    }
    paragraphs
}

/// [`split`], of lines.
pub(crate) fn of_lines(lines: &[&str]) -> Vec<String> {
    let page = Page::of(lines);
    let mut paragraphs: Vec<String> = Vec::new();
    for block in lines.split(|line| line.trim().is_empty()).filter(|block| !block.is_empty()) {
        page.part(block, &mut paragraphs);
    }
    paragraphs
}

/// Whether lines were broken to fit a page.
pub(crate) fn are_broken(lines: &[&str]) -> bool {
    Page::of(lines).wrapped
}

/// Whether a line goes on with the sentence of the line before, so that it cannot stand for itself.
pub(crate) fn goes_on(before: &str, line: &str) -> bool {
    !before.trim().is_empty() && !ends_sentence(before) && starts_small(line)
}

/// Joins a line to the paragraph. A word broken at a hyphen keeps the hyphen, which may be its own; marks
/// that only ever stand for a broken word (`depart¬`) go.
fn join(open: &mut String, line: &str) {
    let next = line.chars().next().unwrap_or(' ');
    let mut end = open.chars().rev();
    let (last, before) = (end.next(), end.next().unwrap_or(' '));
    match last {
        Some('¬' | '\u{ad}') if before.is_alphabetic() && next.is_alphabetic() => {
            open.pop();
        }
        Some('=' | '⸗') if before.is_alphabetic() && next.is_alphabetic() => {
            open.pop();
            open.push('-');
        }
        Some('-' | '\u{2010}') if before.is_alphanumeric() && next.is_alphanumeric() && !is_joining(line) => {
        }
        Some(last) if is_written_without_spaces(last) && is_written_without_spaces(next) => {}
        Some(_) => open.push(' '),
        None => {}
    }
    open.push_str(line);
}

/// `Ein- und Ausfuhr`: the word behind such a hyphen joins two others.
fn is_joining(line: &str) -> bool {
    matches!(first_word(line), "und" | "oder" | "sowie" | "bzw." | "and" | "och" | "eller")
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

/// Letters and marks of scripts whose lines end anywhere, with no space there.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c as u32,
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff
        | 0x3000..=0x30ff | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff
        | 0xff00..=0xffef | 0x20000..=0x323af)
}

const CLOSING: [char; 12] = ['"', '”', '’', '\'', ')', ']', '»', '“', '」', '』', '）', '›'];
const OPENING: [char; 11] = ['"', '“', '‘', '\'', '(', '[', '«', '„', '‚', '‹', '»'];

fn ends_sentence(line: &str) -> bool {
    line.trim_end().trim_end_matches(CLOSING).ends_with(is_sentence_end)
}

fn is_sentence_end(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | ':' | '…' | '。' | '！' | '？' | '｡' | '।' | '۔' | '؟' | '։' | '።' | '។' | '။'
    )
}

fn starts_small(line: &str) -> bool {
    line.trim_start().trim_start_matches(OPENING).starts_with(char::is_lowercase)
}

/// A line in capitals.
fn is_shouted(line: &str) -> bool {
    !line.chars().any(char::is_lowercase) && line.chars().filter(|c| c.is_uppercase()).count() >= 4
}

/// The space at the start of a line, in columns.
fn indent(line: &str) -> usize {
    let width = |c: char| match c {
        ' ' | '\u{a0}' => Some(1),
        '\t' => Some(4),
        '\u{3000}' => Some(2),
        _ => None,
    };
    line.chars().map_while(width).sum()
}

/// Length without the space around, in characters.
fn length(line: &str) -> usize {
    line.trim().chars().count()
}

/// How much of the next line would have had to fit behind a line for the line not to be broken there.
fn least_behind(next: &str) -> usize {
    let next = next.trim();
    match next.chars().next() {
        // Marks that may not begin a line take a letter or two with them.
        Some(c) if is_written_without_spaces(c) => 3,
        _ => 1 + first_word(next).chars().count(),
    }
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Page {
    /// Lines are broken to fit: they belong together until something ends the paragraph.
    wrapped: bool,
    /// Every line is as full as it can be, so that one that is not ends its paragraph.
    exact: bool,
    /// Small letters say something: the text is not set in capitals, and its script has both.
    cased: bool,
    /// The width of a full line, in characters.
    width: usize,
    /// Paragraphs begin with an indented line.
    indented: bool,
    /// The indent that all lines have.
    margin: usize,
}

impl Page {
    fn of(lines: &[&str]) -> Self {
        let filled: Vec<&str> = lines.iter().copied().filter(|line| !line.trim().is_empty()).collect();
        let margin = filled.iter().map(|line| indent(line)).min().unwrap_or(0);
        let deep = filled.iter().filter(|line| indent(line) >= margin + 2).count();
        let indented = deep > 0 && deep * 3 <= filled.len() * 2;
        let page = Self { wrapped: false, exact: false, cased: true, width: 0, indented, margin };
        let (width, longest) = widths(&filled);
        if width > WIDEST_PAGE || filled.len() < 2 {
            return page;
        }
        let breaks = Breaks::of(lines, margin, width);
        let plain = (PLAIN_PAGE..=WIDEST_PAGE).contains(&longest) && fills_page(lines, margin, longest);
        let column = !plain && width >= NARROWEST_COLUMN && breaks.are_of_the_page(lines);
        Self {
            wrapped: plain || column,
            indented: indented || (column && deep > 0),
            exact: breaks.are_exact(),
            cased: breaks.cased,
            width: if plain { longest } else { width },
            ..page
        }
    }

    /// The paragraphs of lines with no blank one between them.
    fn part(&self, block: &[&str], paragraphs: &mut Vec<String>) {
        let wrapped = self.wrapped && !self.stays_apart(block);
        let mut open = String::new();
        let mut opening = Opening { shouted: true, lines: 0, first_of_text: paragraphs.is_empty() };
        let mut last = "";
        for line in block {
            if !open.is_empty() && (!wrapped || self.starts_paragraph(last, line, opening)) {
                budget::add(paragraphs, std::mem::take(&mut open));
                opening = Opening { shouted: true, lines: 0, first_of_text: false };
            }
            join(&mut open, line.trim());
            opening.lines += 1;
            opening.shouted &= wrapped && self.cased && is_shouted(line);
            last = line;
        }
        if !open.is_empty() {
            budget::add(paragraphs, open);
        }
    }

    /// A table, a list or a poem among broken lines: each line begins anew, and few are full.
    fn stays_apart(&self, block: &[&str]) -> bool {
        if !self.cased || block.len() < 3 {
            return false;
        }
        if block.iter().skip(1).any(|line| starts_small(line)) {
            return false;
        }
        // The first line may have stood behind something that is gone.
        let margin = block.iter().skip(1).map(|line| indent(line)).min().unwrap_or(self.margin);
        let breaks = Breaks::of(block, margin, self.width);
        let few_are_full = breaks.loose * 5 < breaks.open * 3 || breaks.commas * 2 > breaks.open;
        breaks.going_on == 0 && breaks.open >= 2 && (breaks.loose == 0 || (breaks.open >= 3 && few_are_full))
    }

    /// Whether `line` begins a paragraph below `before`, which is the last line of the open one.
    fn starts_paragraph(&self, before: &str, line: &str, open: Opening) -> bool {
        let deep = |line: &str| indent(line) >= self.margin + 2;
        if self.indented && deep(line) {
            // Two indented lines in a row: one-line paragraphs, or a table, where nothing is lost by keeping
            // lines apart.
            return true;
        }
        if breaks_word(before, line) || (starts_small(line) && !line.trim_start().starts_with(OPENING)) {
            return false;
        }
        if !self.cased && leads_on(before) {
            return false;
        }
        if self.cased && open.shouted {
            return !is_shouted(line) && !before.ends_with([',', '-', '–', '—']);
        }
        let length = length(before);
        let fits = length + least_behind(line) < self.width;
        let ended = ends_sentence(before);
        if self.cased && (fits || ended) && is_shouted(line) && line.trim().contains(' ') {
            return true;
        }
        // A text's first line may be short because a dateline stood before it.
        let heading = open.lines == 1 && !open.first_of_text && length * 2 < self.width;
        fits && (heading || (ended && (self.exact || length * 3 < self.width * 2)))
    }
}

/// What is known of a paragraph that lines are joined to.
#[derive(Debug, Clone, Copy)]
struct Opening {
    /// All of it is in capitals.
    shouted: bool,
    lines: usize,
    first_of_text: bool,
}

/// The length of the full lines, and of the longest one. A heading or an address that is set wider than the
/// column says nothing about it, nor does a word that did not fit into it.
fn widths(filled: &[&str]) -> (usize, usize) {
    let mut lengths: Vec<usize> = filled.iter().map(|line| length(line)).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let long_words = filled.iter().zip(&lengths).filter(|(line, length)| {
        **length * 10 > longest * 8
            && !line.trim().contains(char::is_whitespace)
            && !line.contains(is_written_without_spaces)
    });
    let long_words: Vec<usize> = long_words.map(|(_, length)| *length).collect();
    lengths.sort_unstable();
    for word in long_words {
        if let Ok(at) = lengths.binary_search(&word) {
            lengths.remove(at);
        }
    }
    let Some(usual) = lengths.get(lengths.len() * 3 / 4) else { return (longest, longest) };
    let fitting = lengths.partition_point(|length| *length * 10 <= usual * 13);
    let wider = lengths.len() - fitting;
    let width = fitting.checked_sub(1).and_then(|at| lengths.get(at)).copied().unwrap_or(longest);
    // Where many are wider, there is no column.
    (if wider * 10 > lengths.len().max(9) { longest } else { width }, longest)
}

/// Whether two thirds of the lines that another follows are full, more or less.
fn fills_page(lines: &[&str], margin: usize, longest: usize) -> bool {
    let mut followed = 0usize;
    let mut full = 0usize;
    for (line, next) in pairs(lines, margin) {
        followed += 1;
        full += usize::from(length(line) + first_word(next).chars().count() + 6 >= longest);
    }
    followed > 0 && full * 3 >= followed * 2
}

/// Lines and what follows each in the same block, but for what is set off from it.
fn pairs<'t>(lines: &'t [&'t str], margin: usize) -> impl Iterator<Item = (&'t str, &'t str)> {
    lines.windows(2).filter_map(move |pair| {
        let [line, next] = pair else { return None };
        let together = !line.trim().is_empty() && !next.trim().is_empty() && indent(next) < margin + 2;
        together.then_some((*line, *next))
    })
}

/// What the ends of lines say: were they broken to fit, or is each line one for itself?
#[derive(Debug, Default)]
struct Breaks {
    /// Lines that another follows.
    all: usize,
    /// Those that do not end with a sentence.
    open: usize,
    /// Of those, the ones that the next word would not have fitted into.
    tight: usize,
    /// And the ones into which it would hardly have fitted, as letters differ in width.
    loose: usize,
    /// Those whose next line goes on in small letters, or with the rest of a word.
    going_on: usize,
    /// Those that break a word.
    hyphens: usize,
    /// Those that end with a comma, as verses do.
    commas: usize,
    /// Whether sentences end where blocks do.
    closed: bool,
    cased: bool,
}

impl Breaks {
    fn of(lines: &[&str], margin: usize, width: usize) -> Self {
        let mut breaks = Self::default();
        for (line, next) in pairs(lines, margin) {
            breaks.all += 1;
            if ends_sentence(line) {
                continue;
            }
            breaks.open += 1;
            let reach = length(line) + least_behind(next);
            breaks.tight += usize::from(reach > width);
            breaks.loose += usize::from(reach + 3 + width / 6 > width);
            let hyphen = breaks_word(line, next);
            breaks.hyphens += usize::from(hyphen);
            breaks.going_on += usize::from(hyphen || starts_small(next));
            breaks.commas += usize::from(line.ends_with([',', ';', '—', '،', '、']));
        }
        let (mut small, mut capital) = (0usize, 0usize);
        let (mut blocks, mut closed) = (0usize, 0usize);
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let (lower, upper) = letters(line);
            small += lower;
            capital += upper;
            let filled = |at: Option<usize>| {
                at.and_then(|at| lines.get(at)).is_some_and(|line| !line.trim().is_empty())
            };
            if filled(at.checked_sub(1)) && !filled(Some(at + 1)) {
                blocks += 1;
                closed += usize::from(ends_sentence(line));
            }
        }
        breaks.cased = small > capital;
        breaks.closed = blocks > 0 && closed * 2 >= blocks;
        breaks
    }

    fn are_of_the_page(&self, lines: &[&str]) -> bool {
        let Self { all, open, tight, loose, going_on, hyphens, commas, .. } = *self;
        if open == 0 || open * 5 < all * 2 {
            return false;
        }
        if hyphens >= 2 && hyphens * 12 >= open && loose * 5 >= open * 3 {
            return true;
        }
        let inside = || lines.iter().map(|line| sentences_inside(line)).sum::<usize>();
        let prose = all > open || self.closed || inside() > 0;
        let is_full = tight * 10 >= open * 9;
        let is_verse = commas * 2 > open && !is_full;
        if !prose || is_verse {
            return false;
        }
        if self.cased {
            let leads_on = || open >= 4 && going_on * 4 >= open * 3 && hanging(lines) * 5 >= open;
            return (loose * 4 >= open * 3 && going_on * 2 >= open)
                || leads_on()
                || (is_full && open >= 3 && going_on * 10 >= open * 3);
        }
        // Capitals and scripts without them: what says that a line goes on is that it ends with a word that
        // leads to the next, or that it is full, and that sentences do not end where lines do.
        open >= 3
            && ((open >= 4 && hanging(lines) * 5 >= open)
                || (tight * 20 >= open * 19 && (self.closed || inside() > 0) && commas * 2 < open)
                || (loose * 10 >= open * 9 && inside() * 5 >= open))
    }

    fn are_exact(&self) -> bool {
        self.open >= 6 && self.tight * 50 >= self.open * 49
    }
}

/// Whether a line ends with a function word, as lines of verse, lists and tables seldom do.
fn leads_on(line: &str) -> bool {
    let folded = fold(line.split_whitespace().next_back().unwrap_or_default());
    Language::ALL.iter().any(|language| is_function_word(&folded, *language))
}

/// How many lines that others follow lead on to these.
fn hanging(lines: &[&str]) -> usize {
    pairs(lines, usize::MAX - 2).filter(|(line, _)| leads_on(line)).count()
}

/// The number of small letters and of capitals.
fn letters(line: &str) -> (usize, usize) {
    if line.is_ascii() {
        let small = line.bytes().filter(u8::is_ascii_lowercase).count();
        return (small, line.bytes().filter(u8::is_ascii_uppercase).count());
    }
    let small = line.chars().filter(|c| c.is_lowercase()).count();
    (small, line.chars().filter(|c| c.is_uppercase()).count())
}

/// `Janu-` above `ary`.
fn breaks_word(line: &str, next: &str) -> bool {
    let mut end = line.trim_end().chars().rev();
    let hyphen = matches!(end.next(), Some('-' | '\u{2010}' | '¬' | '\u{ad}' | '=' | '⸗'));
    hyphen
        && end.next().is_some_and(char::is_alphabetic)
        && next.trim_start().starts_with(char::is_alphabetic)
}

/// The ends of sentences that have more of the line behind them; `J. K.` and `Mr.` end none.
fn sentences_inside(line: &str) -> usize {
    let ends = line.trim().char_indices().filter(|(_, c)| is_sentence_end(*c));
    let text = line.trim();
    ends.filter(|(at, c)| {
        let before = text.get(..*at).unwrap_or_default();
        let behind = text.get(at + c.len_utf8()..).unwrap_or_default().trim_start_matches(CLOSING);
        let word = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
        let small = before.ends_with(|c: char| !c.is_uppercase());
        if is_written_without_spaces(*c) {
            return !behind.is_empty() && word >= 2;
        }
        behind.starts_with(char::is_whitespace) && (word >= 4 || (word >= 3 && small))
    })
    .count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use proptest::prelude::*;

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
    fn ragged_lines_in_capitals_are_joined_where_they_lead_on() {
        let text = "THE COUNCIL OF WEXCOMBE VOTED ON\nMONDAY TO CLOSE THE\nBRIDGE OVER THE RUSKA AFTER ENGINEERS FOUND A\nCRACK IN TWO OF\n\
            ITS PIERS .\nBUSES WILL TAKE THE\nLONG WAY ROUND BY\nHARROW .\n";
        assert_eq!(split(text).len(), 2, "{:?}", split(text));
        let verses = "COLD IS THE RIVER\nDARK IS THE STONE\nSLOW RUN THE WATERS\nHOME TO THE SEA\nLOUD CRY THE SEAGULLS\n";
        assert_eq!(split(verses).len(), 5);
        let small = text.to_lowercase();
        assert_eq!(split(&small).len(), 1, "{:?}", split(&small));
        let results = "HARROW 3 WEXCOMBE 1\nNORTH LISLE 0 DUNMORE 2\nTHORNFIELD 4 ASKE 4\nMARL 1 PENNER 0\nLARK 2 EK 2\n";
        assert_eq!(split(results).len(), 5);
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

    const WORDS: &[&str] = &[
        "the",
        "of",
        "a",
        "in",
        "and",
        "to",
        "was",
        "that",
        "for",
        "it",
        "on",
        "by",
        "old",
        "bridge",
        "river",
        "council",
        "engineers",
        "closed",
        "weeks",
        "found",
        "because",
        "piers",
        "said",
        "nobody",
        "remembered",
        "harbour",
        "notwithstanding",
        "commission",
        "recommendation",
        "Ruska",
        "Lisle",
        "Harrow",
        "Mr. Tolland",
        "seven",
        "12",
        "widening",
        "treasury,",
        "however,",
        "yesterday,",
        "autumn.",
        "town.",
        "smaller",
        "crane",
        "would",
        "before",
        "café",
        "größer",
        "żółw",
    ];

    /// A paragraph of prose.
    fn prose(words: &[usize]) -> String {
        let mut text = String::new();
        let mut starts = true;
        for number in words {
            let word = WORDS[number % WORDS.len()];
            if starts && text.ends_with(['.', ',']) && word.ends_with(['.', ',']) {
                continue;
            }
            let mut letters = word.chars();
            let first = letters.next().unwrap();
            let word = if starts { first.to_uppercase().chain(letters).collect() } else { word.to_owned() };
            starts = word.ends_with('.');
            text.push_str(&word);
            text.push(' ');
        }
        text.trim_end_matches(['.', ',', ' ']).to_owned() + " afterwards."
    }

    /// The lines of a paragraph, as full as they can be; long words broken where `mark` says with what.
    fn wrapped(text: &str, width: usize, mark: Option<char>) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ') {
            let mut word = word.to_owned();
            loop {
                let used = line.chars().count() + usize::from(!line.is_empty());
                let letters: Vec<char> = word.chars().collect();
                if used + letters.len() <= width {
                    break;
                }
                let room = (width.saturating_sub(used + 1)).min(letters.len().saturating_sub(4));
                if let Some(mark) = mark.filter(|_| room >= 3 && letters.iter().all(|c| c.is_alphabetic())) {
                    line.push_str(if line.is_empty() { "" } else { " " });
                    line.extend(&letters[..room]);
                    line.push(mark);
                    word = letters[room..].iter().collect();
                } else if line.is_empty() {
                    break;
                }
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(&word);
        }
        lines.push(line);
        lines
    }

    /// The line with its spaces widened until it is full.
    fn justified(line: &str, width: usize) -> String {
        let words: Vec<&str> = line.split(' ').collect();
        let missing = width.saturating_sub(line.chars().count());
        let mut out = String::new();
        for (at, word) in words.iter().enumerate() {
            out.push_str(word);
            if at + 1 < words.len() {
                out.push_str(
                    &" ".repeat(
                        1 + missing / (words.len() - 1) + usize::from(at < missing % (words.len() - 1)),
                    ),
                );
            }
        }
        out
    }

    fn one_space(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn prose_comes_back_from_columns_of_every_width(
            paragraphs in prop::collection::vec(prop::collection::vec(0usize..1000, 45..120), 1..5),
            width in 20usize..=100,
            mark in prop::sample::select(&[None, Some('-'), Some('¬'), Some('\u{ad}'), Some('='), Some('\u{2010}')]),
            indented in any::<bool>(),
            justify in any::<bool>(),
            capitals in any::<bool>(),
            margin in 0usize..3,
        ) {
            let paragraphs: Vec<String> = paragraphs.iter().map(|words| prose(words)).collect();
            let set = |text: &str| if capitals { text.to_uppercase() } else { text.to_owned() };
            let paragraphs: Vec<String> = paragraphs.iter().map(|text| set(text)).collect();
            let mut text = String::new();
            for (number, paragraph) in paragraphs.iter().enumerate() {
                let lines = wrapped(paragraph, width, mark);
                for (at, line) in lines.iter().enumerate() {
                    text.push_str(&" ".repeat(margin + if indented && at == 0 { 3 } else { 0 }));
                    let last = at + 1 == lines.len();
                    text.push_str(&if justify && !last { justified(line, width) } else { line.clone() });
                    text.push('\n');
                }
                if !indented && number + 1 < paragraphs.len() {
                    text.push('\n');
                }
            }
            let bare = |text: &str| one_space(&text.replace(['-', '\u{2010}', '='], ""));
            let read: Vec<String> = split(&text).iter().map(|text| bare(text)).collect();
            let meant: Vec<String> = paragraphs.iter().map(|text| bare(text)).collect();
            prop_assert_eq!(read, meant, "{}", text);
        }

        #[test]
        fn lines_that_are_sentences_stay_apart(
            lines in prop::collection::vec(prop::collection::vec(0usize..1000, 4..9), 2..9),
        ) {
            let lines: Vec<String> = lines.iter().map(|words| prose(words)).filter(|line| line.chars().count() < 40).collect();
            prop_assert_eq!(split(&lines.join("\n")), lines);
        }
    }

    /// Texts whose lines each stand for themselves.
    const LINE_BY_LINE: &[&str] = &[
        "Roses are red\nViolets are blue\nThe weir is shut\nAnd so are you",
        "The tide went out, the tide came in,\nThe lamps along the quay were thin,\nAnd no one heard the ferry's bell\nOr \
            saw the place where Larkin fell;\nThe harbour slept, the harbour woke,\nIts chimneys wrote their names in smoke.",
        "the river keeps\nno promise,\nonly stones\nand the sound of them\nturning over",
        "Harrow Town 2, Lisle Rovers 1\nCarnholt 0, Ruska United 0\nMarden 3, Penny Hill 4\nUpper Lisle 1, Dunmore 1",
        "HARROW TOWN 2 LISLE ROVERS 1\nCARNHOLT 0 RUSKA UNITED 0\nMARDEN 3 PENNY HILL 4\nUPPER LISLE 1 DUNMORE 1",
        "Harrow        12   4   2\nLisle          9   6   3\nCarnholt       7   7   4\nUpper Marden   2   1  15",
        "Wheat  per bushel   4.20\nBarley per bushel   3.10\nOats   per bushel   2.05",
        "Mrs. A. Larkin\n12 Weir Street\nLower Harrow\nHarrow Valley",
        "two cups of white flour\none spoon of salt\nhalf a litre of milk\nbutter",
        "- two cups of white flour\n- one spoon of salt\n- half a litre of milk\n- some butter",
        "The weir is to be rebuilt.\nBus drivers accept the roster.\nNo one was hurt.",
        "Weir to be rebuilt before the rains\nBus drivers accept new roster\nTreasury paid for the widening\nHarbour open again",
        "7.00 Morning news\n7.30 The weather on the lakes\n8.00 A concert from Carnholt\n9.15 Letters from listeners",
        "Monday\nTuesday\nWednesday\nThursday",
        "Ana Sousa, chair\nJo Ek, treasurer\nMax Roth, secretary\nNell Aske, member",
        "Berlin\nHamburg\nKöln am Rhein\nFrankfurt an der Oder\nMünchen",
    ];

    #[test]
    fn verses_lists_tables_and_addresses_stay_line_by_line() {
        for text in LINE_BY_LINE {
            assert_eq!(split(text), text.lines().collect::<Vec<_>>());
        }
    }

    /// Columns, and their paragraphs.
    const COLUMNS: &[(&str, &[&str])] = &[
        (
            "The weir at Lower Harrow,\nwhich gave way in Janu-\nary, will be rebuilt before\nthe autumn rains, the river\nboard \
                decided.\n",
            &[
                "The weir at Lower Harrow, which gave way in Janu-ary, will be rebuilt before the autumn rains, the river board \
                decided.",
            ],
        ),
        (
            "WEIR TO BE REBUILT\nThe weir at Lower Harrow,\nwhich gave way in Janu-\nary, will be rebuilt before\nthe autumn \
                rains.\nHarrow Town won again on\nSaturday in the rain, and\nthe crowd went home wet.\nBUSES RUN AGAIN\nAND THE \
                FERRY TOO\nBus drivers in Carnholt\nvoted to accept a roster\nof four days.",
            &[
                "WEIR TO BE REBUILT",
                "The weir at Lower Harrow, which gave way in Janu-ary, will be rebuilt before the autumn rains.",
                "Harrow Town won again on Saturday in the rain, and the crowd went home wet.",
                "BUSES RUN AGAIN AND THE FERRY TOO",
                "Bus drivers in Carnholt voted to accept a roster of four days.",
            ],
        ),
        (
            "THE COUNCIL MET ON MONDAY TO\nDISCUSS THE BRIDGE OVER THE\nRUSKA. IT WILL STAY CLOSED\nFOR WEEKS, THE COM-\nMISSION \
                SAID ON FRIDAY.\n",
            &[
                "THE COUNCIL MET ON MONDAY TO DISCUSS THE BRIDGE OVER THE RUSKA. IT WILL STAY CLOSED FOR WEEKS, THE COM-MISSION \
                SAID ON FRIDAY.",
            ],
        ),
        (
            "Der Stadtrat hat am Montag\nbeschlossen, die Brücke über\ndie Ruska und den Hafen für\nEin- und Ausfuhr zu \
                sperren.\nDas Wehr bleibt Nord¬\nsee und Ostsee fern, Ein-\nund Ausgang sind zu.",
            &[
                "Der Stadtrat hat am Montag beschlossen, die Brücke über die Ruska und den Hafen für Ein- und Ausfuhr zu sperren. \
                Das Wehr bleibt Nordsee und Ostsee fern, Ein- und Ausgang sind zu.",
            ],
        ),
        (
            "المدينة القديمة على ضفة\nالنهر الكبير مغلقة منذ يوم\nالاثنين. وقال المجلس إنها\nستبقى كذلك ثلاثة أسابيع.",
            &[
                "المدينة القديمة على ضفة النهر الكبير مغلقة منذ يوم الاثنين. وقال المجلس إنها ستبقى كذلك ثلاثة أسابيع.",
            ],
        ),
        (
            "ルスカ川に架かる古い橋は月曜日か\nら通行止めとなった。技術者が橋脚\nに亀裂を見つけたためで、市は少な\nくとも三週間続くとしている。",
            &[
                "ルスカ川に架かる古い橋は月曜日から通行止めとなった。技術者が橋脚に亀裂を見つけたためで、市は少なくとも三週間続くとして\
                いる。",
            ],
        ),
        (
            "The bridge was shut 1914-\n1918 and the Anglo-\nSaxon wall beside it was\nnever mended, it is said.",
            &[
                "The bridge was shut 1914-1918 and the Anglo-Saxon wall beside it was never mended, it is said.",
            ],
        ),
    ];

    #[test]
    fn narrow_columns_are_joined() {
        for (text, paragraphs) in COLUMNS {
            assert_eq!(split(text), *paragraphs);
        }
    }

    #[test]
    fn a_table_among_broken_lines_keeps_its_lines() {
        let text = "The league has a new leader\nafter the games of Saturday,\nwhich were played in heavy\nrain and before few \
            people.\n\nHarrow Town 22\nLisle Rovers United 21\nMarden 9\nPenny Hill Athletic 4\nDunmore 1\n\nThe next games are \
            on Sunday\nif the pitches have dried.";
        let read = split(text);
        assert_eq!(read.len(), 7, "{read:?}");
        assert_eq!(read[1], "Harrow Town 22");
    }
}
