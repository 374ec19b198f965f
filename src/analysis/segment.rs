//! Finds the words of a text, and what each is: a word, an acronym, a number, a compound, a letter of a script without spaces.
//!
//! Unicode letters, digits and their marks make a word. What news prints inside words is kept together: `don’t`, `O’Brien`,
//! `25,000`, `3.5`, `U.S.`, `AT&T`, `C++`. Words joined by a hyphen or a slash are given one by one and once more as a whole
//! (`counter-proposal`, `9/11`). It does not fold or stem.

use unicode_normalization::char::is_combining_mark;

use super::byte;
use super::fold::{is_apostrophe, is_ignorable};

/// What a [`Segment`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word, to be folded and stemmed.
    Word,
    /// `U.S.`, `NATO`: letters with full stops, or capitals in a text that is not all capitals.
    Acronym,
    /// What is searched as written: numbers, `AT&T`, `C++`.
    Verbatim,
    /// Several words joined by hyphens, as a whole: it covers the positions of its parts.
    Compound,
    /// Several numbers joined by `/` or `:` (`9/11`, `9:30`), as a whole.
    Figures,
    /// One letter of a script that is written without spaces between words.
    Ideograph,
}

impl Kind {
    /// Its name, in small letters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Acronym => "acronym",
            Self::Verbatim => "verbatim",
            Self::Compound => "compound",
            Self::Figures => "figures",
            Self::Ideograph => "ideograph",
        }
    }
}

/// A word as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Number of words before it.
    pub position: u32,
    /// How many positions it covers: 1, or the number of a compound's parts.
    pub width: u32,
    /// What it is.
    pub kind: Kind,
}

/// The longest word in bytes; what goes on longer is cut there. Longer runs are encoded attachments, not language.
pub const MAX_WORD_BYTES: usize = 255;

/// The most words that a compound is given whole for.
const MAX_PARTS: usize = 4;

/// Words before which an apostrophe divides: the elisions of French, Italian and Catalan.
const ELISIONS: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "dell", "all", "nell", "sull",
    "dall", "un", "quell",
];

/// Calls `sink` for every word of `text`, in order, and returns the number of positions used.
///
/// `capitals_mean_nothing` is for text set in capitals throughout: there, `US` is no acronym.
pub fn segment(text: &str, capitals_mean_nothing: bool, mut sink: impl FnMut(Segment)) -> u32 {
    let mut position = 0;
    let mut at = 0;
    let mut parts: Vec<Unit> = Vec::with_capacity(MAX_PARTS);
    while let Some(start) = next_word_start(text, at) {
        if let Some(end) = plain_word_end(text, start) {
            sink(Segment { start, end, position, width: 1, kind: Kind::Word });
            position += 1;
            at = end;
            continue;
        }
        let first = scan_unit(text, start, capitals_mean_nothing);
        at = first.end;
        parts.clear();
        parts.push(first);
        let mut joint = None;
        while let Some((next, mark)) = joined_word(text, at, parts[parts.len() - 1].kind) {
            if *joint.get_or_insert(mark) != mark {
                break;
            }
            let unit = scan_unit(text, next, capitals_mean_nothing);
            if unit.kind == Kind::Ideograph || (mark == Joint::Figures && unit.kind != Kind::Verbatim) {
                break;
            }
            at = unit.end;
            parts.push(unit);
        }
        if (2..=MAX_PARTS).contains(&parts.len()) {
            let kind = if joint == Some(Joint::Figures) { Kind::Figures } else { Kind::Compound };
            sink(Segment { start, end: at, position, width: parts.len() as u32, kind });
        }
        for unit in &parts {
            sink(Segment { start: unit.start, end: unit.end, position, width: 1, kind: unit.kind });
            position += 1;
        }
        at = at.max(parts.last().map_or(at, |unit| unit.resume));
    }
    position
}

/// Where the word ends that begins at `start`, if it is like most: ASCII letters and digits, a letter first, not two capitals
/// in front, and followed by nothing that could belong to it. No other word needs to be looked at closely.
fn plain_word_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(start..)?;
    let length = bytes.iter().take(MAX_WORD_BYTES).position(|b| !byte::is(*b, byte::LETTER_OR_DIGIT))?;
    let (&[first, second, ..], after) = (bytes.get(..length)?, bytes[length]) else { return None };
    let plain = first.is_ascii_alphabetic() && !(first.is_ascii_uppercase() && second.is_ascii_uppercase());
    (plain && byte::is(after, byte::ALONE)).then_some(start + length)
}

/// Whether `text` is set in capitals throughout (three words or more, hardly a small letter).
pub fn is_all_capitals(text: &str) -> bool {
    const LOOKED_AT: usize = 400;
    const MOST_SMALL: usize = 40;
    // What nearly all texts have too many of is counted fast; only the few others are looked at letter by letter.
    if text.bytes().take(LOOKED_AT).filter(u8::is_ascii_lowercase).count() > MOST_SMALL {
        return false;
    }
    let (mut upper, mut lower, mut words, mut inside) = (0usize, 0usize, 0u32, false);
    for c in text.chars().take(LOOKED_AT) {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
        words += u32::from(c.is_alphabetic() && !inside);
        inside = c.is_alphabetic();
    }
    words >= 3 && lower <= MOST_SMALL && upper > 8 * lower
}

/// Whether a letter belongs to a script written without spaces, or whose words carry their particles (Korean).
pub fn is_unspaced(c: char) -> bool {
    matches!(c as u32,
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff      // Thai, Lao, Myanmar, Khmer
        | 0x1100..=0x11ff | 0xac00..=0xd7af | 0x3130..=0x318f     // Hangul
        | 0x3005..=0x3007 | 0x3040..=0x30ff | 0x31f0..=0x31ff     // kana
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff     // Han
        | 0xff66..=0xff9d | 0x20000..=0x323af)
}

struct Unit {
    start: usize,
    end: usize,
    /// Where scanning goes on: past a possessive's `’s`.
    resume: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Hyphen,
    Figures,
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

fn next_word_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte < 0x80 {
            if byte::is(byte, byte::LETTER_OR_DIGIT) {
                return Some(at);
            }
            at += 1;
            continue;
        }
        let c = char_at(text, at)?;
        // A mark with no letter before it is no word.
        if c.is_alphanumeric() {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

/// The end of the run of letters and digits that begins at `from`.
fn run_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let limit = from + MAX_WORD_BYTES;
    let mut at = from;
    while at < bytes.len() && at < limit {
        if bytes[at] < 0x80 {
            if !byte::is(bytes[at], byte::LETTER_OR_DIGIT) {
                break;
            }
            at += 1;
            continue;
        }
        let Some(c) = char_at(text, at) else { break };
        if is_unspaced(c) || !(is_word_char(c) || (is_ignorable(c) && !is_apostrophe(c))) {
            break;
        }
        at += c.len_utf8();
    }
    at
}

fn scan_unit(text: &str, start: usize, capitals_mean_nothing: bool) -> Unit {
    let unit = |end, kind| Unit { start, end, resume: end, kind };
    let Some(first) = char_at(text, start) else {
        return unit(text.len(), Kind::Word);
    };
    if is_unspaced(first) {
        let mut end = start + first.len_utf8();
        while let Some(mark) = char_at(text, end).filter(|c| is_combining_mark(*c)) {
            end += mark.len_utf8();
        }
        return unit(end, Kind::Ideograph);
    }
    let end = run_end(text, start);
    let run = &text[start..end];
    let next = text.as_bytes().get(end).copied();
    if run.bytes().all(|b| b.is_ascii_digit()) {
        return unit(number_end(text, start, end), Kind::Verbatim);
    }
    match next {
        Some(b'.') if run.chars().nth(1).is_none() => {
            if let Some(end) = dotted_acronym_end(text, start) {
                return unit(end, Kind::Acronym);
            }
        }
        Some(b'&') => {
            let after = run_end(text, end + 1);
            if after > end + 1 && end - start <= 3 && after - end <= 4 && !lower_case(run) {
                return unit(after, Kind::Verbatim);
            }
        }
        Some(b'+') if run.len() == 1 && text[end..].starts_with("++") => {
            return unit(end + 2, Kind::Verbatim);
        }
        Some(b'#') if run.len() == 1 => return unit(end + 1, Kind::Verbatim),
        Some(b'\'' | b'`' | 0x80..) => return with_apostrophes(text, start, end, capitals_mean_nothing),
        _ => {}
    }
    unit(end, word_kind(run, capitals_mean_nothing))
}

fn lower_case(run: &str) -> bool {
    run.chars().all(|c| !c.is_uppercase())
}

fn word_kind(run: &str, capitals_mean_nothing: bool) -> Kind {
    let acronym = !capitals_mean_nothing && run.len() >= 2 && run.bytes().all(|b| b.is_ascii_uppercase());
    if acronym { Kind::Acronym } else { Kind::Word }
}

/// `25,000`, `3.5`, `1,234,567.89`, `12.11.2025`: digits with what stands inside a number.
fn number_end(text: &str, start: usize, mut end: usize) -> usize {
    let bytes = text.as_bytes();
    let digits =
        |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    while end - start < MAX_WORD_BYTES {
        let inside = match bytes.get(end) {
            Some(b',') if digits(end + 1) == 3 => 3,
            Some(b'.') => digits(end + 1),
            _ => 0,
        };
        if inside == 0 {
            break;
        }
        end += 1 + inside;
        // `3.5bn`: the letters belong to the next word.
    }
    end
}

/// `U.S.`, `U.S`, `N.A.T.O.`, `a.m.`: at least two single letters, each but perhaps the last with its full stop.
fn dotted_acronym_end(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    let mut letters = 0;
    let mut end = start;
    while let Some(c) = char_at(text, at).filter(|c| c.is_alphabetic() && !is_unspaced(*c)) {
        let after = at + c.len_utf8();
        if char_at(text, after).is_some_and(is_word_char) {
            break;
        }
        letters += 1;
        end = after;
        if text.as_bytes().get(after) != Some(&b'.') || letters > 12 {
            break;
        }
        end = after + 1;
        at = after + 1;
    }
    (letters >= 2).then_some(end)
}

/// A word with an apostrophe in it: `don’t` is one word, the `’s` of `Putin’s` is none, `l’État` is two.
fn with_apostrophes(text: &str, start: usize, first_end: usize, capitals_mean_nothing: bool) -> Unit {
    let mut end = first_end;
    while let Some(mark) = char_at(text, end).filter(|c| is_apostrophe(*c)) {
        let after = end + mark.len_utf8();
        let tail_end = run_end(text, after);
        if tail_end == after || tail_end - start > MAX_WORD_BYTES {
            break;
        }
        let tail = &text[after..tail_end];
        if tail.eq_ignore_ascii_case("s") {
            let run = &text[start..end];
            return Unit { start, end, resume: tail_end, kind: word_kind(run, capitals_mean_nothing) };
        }
        let head = &text[start..end];
        let is_contraction =
            matches!(tail.to_ascii_lowercase().as_str(), "t" | "d" | "m" | "re" | "ve" | "ll");
        if !is_contraction && end == first_end && ELISIONS.iter().any(|e| head.eq_ignore_ascii_case(e)) {
            break;
        }
        end = tail_end;
    }
    let kind =
        if end == first_end { word_kind(&text[start..end], capitals_mean_nothing) } else { Kind::Word };
    Unit { start, end, resume: end, kind }
}

/// Where the word begins that is joined to the one ending at `at` without a space between, and by what.
fn joined_word(text: &str, at: usize, last: Kind) -> Option<(usize, Joint)> {
    if last == Kind::Ideograph {
        return None;
    }
    let mark = char_at(text, at)?;
    let next = at + mark.len_utf8();
    let joint = match mark {
        '-' | '‐' | '‑' | '–' | '−' | '\u{ff0d}' => Joint::Hyphen,
        '/' | ':' if last == Kind::Verbatim => Joint::Figures,
        _ => return None,
    };
    let follows = char_at(text, next)?;
    let fits = match joint {
        Joint::Hyphen => follows.is_alphanumeric() && !is_unspaced(follows),
        Joint::Figures => follows.is_ascii_digit(),
    };
    fits.then_some((next, joint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<(&str, u32, Kind)> {
        let mut out = Vec::new();
        segment(text, is_all_capitals(text), |s| out.push((&text[s.start..s.end], s.position, s.kind)));
        out
    }

    fn plain(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|(word, ..)| word).collect()
    }

    #[test]
    fn apostrophes() {
        assert_eq!(
            plain("don’t O'Brien Putin's boss’ l’État dell'Utri"),
            ["don’t", "O'Brien", "Putin", "boss", "l", "État", "dell", "Utri"]
        );
        assert_eq!(words("Putin's plan")[1], ("plan", 1, Kind::Word));
    }

    #[test]
    fn acronyms() {
        assert_eq!(
            words("the U.S. and the UN, U.S.-backed"),
            [
                ("the", 0, Kind::Word),
                ("U.S.", 1, Kind::Acronym),
                ("and", 2, Kind::Word),
                ("the", 3, Kind::Word),
                ("UN", 4, Kind::Acronym),
                ("U.S.-backed", 5, Kind::Compound),
                ("U.S.", 5, Kind::Acronym),
                ("backed", 6, Kind::Word),
            ]
        );
        assert_eq!(words("GIVE US PEACE NOW")[1], ("US", 1, Kind::Word));
        assert_eq!(plain("John F. Kennedy"), ["John", "F", "Kennedy"]);
    }

    #[test]
    fn numbers_stay_whole() {
        assert_eq!(
            plain("25,000 to 3.5 percent, 1,2 and 9/11 at 9:30"),
            ["25,000", "to", "3.5", "percent", "1", "2", "and", "9/11", "9", "11", "at", "9:30", "9", "30"]
        );
        assert_eq!(plain("in 2019–20"), ["in", "2019–20", "2019", "20"]);
    }

    #[test]
    fn firms_and_languages() {
        assert_eq!(plain("AT&T, C++ and C#; salt&pepper"), ["AT&T", "C++", "and", "C#", "salt", "pepper"]);
    }

    #[test]
    fn compounds_keep_their_parts_positions() {
        assert_eq!(
            words("a counter-proposal now"),
            [
                ("a", 0, Kind::Word),
                ("counter-proposal", 1, Kind::Compound),
                ("counter", 1, Kind::Word),
                ("proposal", 2, Kind::Word),
                ("now", 3, Kind::Word),
            ]
        );
        assert_eq!(plain("peace - plan -- now"), ["peace", "plan", "now"]);
    }

    #[test]
    fn scripts_without_spaces_go_letter_by_letter() {
        assert_eq!(plain("和平案が 2025年"), ["和", "平", "案", "が", "2025", "年"]);
        assert_eq!(plain("평화안"), ["평", "화", "안"]);
    }

    #[test]
    fn very_long_runs_are_cut() {
        let run = "a".repeat(1000);
        assert!(words(&run).iter().all(|(word, ..)| word.len() <= MAX_WORD_BYTES));
    }

    proptest! {
        #[test]
        fn segments_lie_in_order_on_letters(text in "[a-zA-Z0-9 .,'’&+/:\\-–é和\u{301}\u{ad}]{0,60}|\\PC{0,60}") {
            let mut last = 0;
            let mut highest = 0;
            let used = segment(&text, false, |s| {
                assert!(s.start < s.end && s.position >= last);
                assert!(text.get(s.start..s.end).is_some());
                last = s.position;
                highest = highest.max(s.position + s.width);
            });
            prop_assert_eq!(used, highest);
        }
    }
}
