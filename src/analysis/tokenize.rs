//! Finds the words of a text, and what each is: a word, an acronym, a number, a compound, a letter of a
//! script without spaces.
//!
//! Unicode letters, digits and their marks make a word. What news prints inside words is kept together:
//! `don’t`, `O’Brien`, `25,000`, `3.5`, `U.S.`, `AT&T`, `C++`. Words joined by a hyphen or a slash are given
//! one by one and once more as a whole (`counter-proposal`, `9/11`). It does not fold or stem.

use unicode_normalization::char::is_combining_mark;

use super::byte;
use super::capitals;
use super::fold::{self, is_apostrophe, is_ignorable};

/// What a [`RawToken`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word, to be folded and stemmed.
    Word,
    /// `U.S.`, `Ph.D.`, `US`: letters with full stops, or a word that is another one in capitals (see
    /// `capitals`).
    Acronym,
    /// A word that is another one in capitals, where all around it is in capitals too: it may be either.
    Capitals,
    /// `U. S.`, `J. R. R.`: initials with blanks between, as a whole: it covers the positions of its parts.
    Initials,
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
            Self::Capitals => "capitals",
            Self::Initials => "initials",
            Self::Verbatim => "verbatim",
            Self::Compound => "compound",
            Self::Figures => "figures",
            Self::Ideograph => "ideograph",
        }
    }
}

/// A word as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawToken {
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

/// The longest word in bytes; what goes on longer is cut there. Longer runs are encoded attachments, not
/// language.
pub const MAX_WORD_BYTES: usize = 255;

/// The most words that a compound is given whole for.
const MAX_PARTS: usize = 4;

/// Words before which an apostrophe divides: the elisions of French, Italian and Catalan.
const ELISIONS: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "dell", "all", "nell", "sull",
    "dall", "un", "quell",
];

/// What degrees are abbreviated to, besides single letters (`Ph.D.`, `B.Sc.`).
const DEGREES: &[&str] = &["ph", "sc", "phil", "litt", "ed", "eng", "mus", "pharm", "psy"];

/// Words that stand behind a hyphen that is a word's own: `pre- and post-war`.
const BETWEEN_PREFIXES: &[&str] =
    &["and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "e", "o", "og", "och", "en", "of"];

/// Calls `sink` for every word of `text`, in order, and returns the number of positions used.
pub fn tokenize(text: &str, mut sink: impl FnMut(RawToken)) -> u32 {
    let mut position = 0;
    let mut at = 0;
    let mut parts: Vec<Unit> = Vec::with_capacity(MAX_PARTS);
    while let Some(start) = next_word_start(text, at) {
        if let Some(end) = plain_word_end(text, start) {
            sink(RawToken { start, end, position, width: 1, kind: Kind::Word });
            position += 1;
            at = end;
            continue;
        }
        let first = scan_unit(text, start);
        at = first.end;
        parts.clear();
        parts.push(first);
        let mut joint = None;
        while let Some((next, mark)) = joined_word(text, at, &parts[parts.len() - 1]) {
            if *joint.get_or_insert(mark) != mark || (mark == Joint::Broken && parts.len() > 1) {
                break;
            }
            let unit = scan_unit(text, next);
            let fits = match mark {
                Joint::Figures => unit.kind == Kind::Verbatim,
                Joint::Initials => unit.kind == Kind::Word,
                Joint::Hyphen | Joint::Broken | Joint::Thousands => unit.kind != Kind::Ideograph,
            };
            if !fits {
                break;
            }
            at = unit.end;
            parts.push(unit);
        }
        if (2..=MAX_PARTS).contains(&parts.len()) {
            let kind = match joint {
                Some(Joint::Figures) => Kind::Figures,
                Some(Joint::Initials) => Kind::Initials,
                _ => Kind::Compound,
            };
            sink(RawToken { start, end: at, position, width: parts.len() as u32, kind });
        }
        for unit in &parts {
            sink(RawToken { start: unit.start, end: unit.end, position, width: 1, kind: unit.kind });
            position += 1;
        }
        let last = parts.last();
        at = at.max(last.map_or(at, |unit| unit.resume));
        if let Some((sign, end)) = per_cent(text, at).filter(|_| last.is_some_and(|last| last.is_number)) {
            sink(RawToken { start: sign, end, position, width: 1, kind: Kind::Word });
            position += 1;
            at = end;
        }
    }
    position
}

/// Where the word ends that begins at `start`, if it is like most: ASCII letters and digits, a letter first,
/// not two capitals in front, and followed by nothing that could belong to it. No other word needs to be
/// looked at closely.
fn plain_word_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(start..)?;
    let length = bytes.iter().take(MAX_WORD_BYTES).position(|b| !byte::is(*b, byte::LETTER_OR_DIGIT))?;
    let (&[first, second, ..], after) = (bytes.get(..length)?, bytes[length]) else { return None };
    let plain = first.is_ascii_alphabetic() && !(first.is_ascii_uppercase() && second.is_ascii_uppercase());
    let may_be_a_degree = || {
        let behind = bytes.get(length + 1..).unwrap_or_default();
        after == b'.'
            && matches!(behind, [letter, ..] | [b' ', letter, b'.', ..] if letter.is_ascii_alphabetic())
    };
    (plain && byte::is(after, byte::ALONE) && !may_be_a_degree()).then_some(start + length)
}

/// Whether a letter belongs to a script written without spaces, or whose words carry their particles
/// (Korean).
pub fn is_unspaced(c: char) -> bool {
    let is_digit = matches!(c as u32, 0x0e50..=0x0e59 | 0x0ed0..=0x0ed9 | 0x1040..=0x1049 | 0x1090..=0x1099 | 0x17e0..=0x17e9);
    !is_digit
        && matches!(c as u32,
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
    /// Digits, with what stands inside a number.
    is_number: bool,
}

/// What joins a word to the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Hyphen,
    /// A hyphen at the end of a line that became a blank.
    Broken,
    Figures,
    /// The full stop and blank between initials.
    Initials,
    /// The blank between a number's thousands.
    Thousands,
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
        // Persian parts words so; elsewhere the sign only says how letters are drawn.
        if c == '\u{200c}' && is_arabic(text[..at].chars().next_back()) {
            break;
        }
        at += c.len_utf8();
    }
    at
}

fn scan_unit(text: &str, start: usize) -> Unit {
    let unit = |end, kind| Unit { start, end, resume: end, kind, is_number: false };
    let Some(first) = char_at(text, start) else {
        return unit(text.len(), Kind::Word);
    };
    if is_unspaced(first) {
        return unit(ideograph_end(text, start, first), Kind::Ideograph);
    }
    let end = run_end(text, start);
    let run = &text[start..end];
    if is_digits(run) {
        return number(text, start, end);
    }
    let Some((mark, after)) = mark_at(text, end) else { return unit(end, word_kind(text, start, end)) };
    match mark {
        '.' => {
            if let Some(end) = dotted_acronym_end(text, start, end) {
                return unit(end, Kind::Acronym);
            }
        }
        '&' => {
            let second = run_end(text, after);
            let is_short = run.chars().nth(3).is_none() && text[after..second].chars().nth(4).is_none();
            // In small letters, only what is hardly two words: `r&b`, `at&t`.
            let is_name = !lower_case(run) || is_one_letter(run) || is_one_letter(&text[after..second]);
            if second > after && is_short && is_name {
                return unit(second, Kind::Verbatim);
            }
        }
        '+' if run.len() == 1 && text[end..].starts_with("++") => return unit(end + 2, Kind::Verbatim),
        '+' if is_grade(run) && !char_at(text, after).is_some_and(|c| c.is_alphanumeric() || c == '+') => {
            return unit(after, Kind::Verbatim);
        }
        '-' if is_grade(run) && run.len() > 1 && char_at(text, after).is_none_or(char::is_whitespace) => {
            return unit(after, Kind::Verbatim);
        }
        '#' if run.len() == 1 => return unit(after, Kind::Verbatim),
        _ if is_apostrophe(mark) || is_hebrew_quote(text, end, mark, after) => {
            return with_apostrophes(text, start, end);
        }
        _ => {}
    }
    unit(end, word_kind(text, start, end))
}

/// A letter of a script without spaces, with the marks and letters that it is composed with.
fn ideograph_end(text: &str, start: usize, first: char) -> usize {
    let mut end = start + first.len_utf8();
    let is_leading = |c: char| matches!(c as u32, 0x1100..=0x115f | 0xa960..=0xa97c);
    let is_vowel = |c: char| matches!(c as u32, 0x1160..=0x11a7 | 0xd7b0..=0xd7c6);
    let is_trailing = |c: char| matches!(c as u32, 0x11a8..=0x11ff | 0xd7cb..=0xd7fb);
    let is_syllable = |c: char| matches!(c as u32, 0xac00..=0xd7a3);
    let mut last = first;
    while let Some(c) = char_at(text, end) {
        let belongs = is_combining_mark(c)
            || matches!(c, '\u{ff9e}' | '\u{ff9f}')
            || (is_leading(last) && is_vowel(c))
            || ((is_vowel(last) || is_syllable(last)) && is_trailing(c));
        if !belongs {
            break;
        }
        end += c.len_utf8();
        last = c;
    }
    end
}

/// The character at `at`, full width made narrow, and where the next one begins.
fn mark_at(text: &str, at: usize) -> Option<(char, usize)> {
    let c = char_at(text, at)?;
    let narrow = match c as u32 {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        _ => c,
    };
    Some((narrow, at + c.len_utf8()))
}

fn is_digits(run: &str) -> bool {
    run.bytes().all(|b| b.is_ascii_digit())
        || (!run.is_ascii() && run.chars().all(|c| fold::digit_value(c).is_some()))
}

fn lower_case(run: &str) -> bool {
    run.chars().all(|c| !c.is_uppercase())
}

/// What a rating or a grade is written with: `A+`, `BBB-`.
fn is_grade(run: &str) -> bool {
    let first = run.as_bytes().first().filter(|first| matches!(first.to_ascii_uppercase(), b'A'..=b'F'));
    first.is_some_and(|first| run.len() <= 3 && run.bytes().all(|b| b == *first))
}

fn word_kind(text: &str, start: usize, end: usize) -> Kind {
    if capitals::is_listed(&text[start..end]) {
        // An acronym, unless all around it is in capitals too.
        if capitals::are_around(text, start, end) { Kind::Capitals } else { Kind::Acronym }
    } else {
        Kind::Word
    }
}

/// `25,000`, `3.5`, `1,234,567.89`, `12.11.2025`, `1’000’000`: digits with what stands inside a number; and
/// words that begin with digits: `401(k)`, `1990’s`.
fn number(text: &str, start: usize, first_end: usize) -> Unit {
    let mut end = first_end;
    let digits = |from: usize| {
        text.get(from..).unwrap_or_default().chars().take_while(|c| fold::digit_value(*c).is_some())
    };
    let length = |from: usize| digits(from).map(char::len_utf8).sum::<usize>();
    let is_plain = |next: &u8| next.is_ascii() && !matches!(next, b',' | b'.' | b'\'' | b'`' | b'(');
    if text.as_bytes().get(end).is_none_or(is_plain) {
        return Unit { start, end, resume: end, kind: Kind::Verbatim, is_number: true };
    }
    let is_short = digits(start).count() <= 3;
    while end - start < MAX_WORD_BYTES {
        let Some((mark, after)) = mark_at(text, end) else { break };
        let inside = match mark {
            ',' => {
                let count = digits(after).count();
                // Lakhs and crores: 12,34,567.
                let goes_on = || mark_at(text, after + length(after)).is_some_and(|(mark, _)| mark == ',');
                count == 3 || (count == 2 && goes_on())
            }
            '.' => digits(after).next().is_some(),
            mark if is_apostrophe(mark) => is_short && digits(after).count() == 3,
            _ => false,
        };
        if !inside {
            break;
        }
        end = after + length(after);
        // `3.5bn`: the letters belong to the next word.
    }
    if end == first_end
        && let Some((mark, after)) = mark_at(text, end)
    {
        let tail_end = run_end(text, after);
        if is_apostrophe(mark) && is_possessive(&text[after..tail_end]) {
            return Unit { start, end: tail_end, resume: tail_end, kind: Kind::Word, is_number: false };
        }
        if let Some(end) = in_parentheses_end(text, end) {
            return Unit { start, end, resume: end, kind: Kind::Word, is_number: false };
        }
    }
    Unit { start, end, resume: end, kind: Kind::Verbatim, is_number: true }
}

/// Behind digits, `(k)` or `(c)(3)`: letters or numbers in parentheses that belong to them, a letter first.
fn in_parentheses_end(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = from;
    while let [b'(', inside, b')', ..] = bytes.get(end..)? {
        if !inside.is_ascii_alphanumeric() || (end == from && !inside.is_ascii_alphabetic()) {
            break;
        }
        end += 3;
    }
    (end > from && !char_at(text, end).is_some_and(is_word_char)).then_some(end)
}

/// The sign for per cent at `at`, or behind one blank there: where it begins and ends.
fn per_cent(text: &str, at: usize) -> Option<(usize, usize)> {
    match text.as_bytes().get(at..)? {
        [b'%' | 0x80.., ..] | [b' ', b'%' | 0x80.., ..] => {}
        _ => return None,
    }
    let (mark, after) = mark_at(text, at)?;
    let (sign, start, end) = match mark {
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {
            mark_at(text, after).map(|(sign, end)| (sign, after, end))?
        }
        sign => (sign, at, after),
    };
    matches!(sign, '%' | '٪').then_some((start, end))
}

/// `U.S.`, `U.S`, `N.A.T.O.`, `a.m.`, `Ph.D.`: at least two single letters or what degrees are abbreviated
/// to, each but perhaps the last with its full stop.
fn dotted_acronym_end(text: &str, start: usize, first_end: usize) -> Option<usize> {
    let (mut at, mut part_end) = (start, first_end);
    let (mut parts, mut letters) = (0, 0);
    let mut end = start;
    while part_end > at && parts <= 12 {
        let part = &text[at..part_end];
        let is_letter = is_one_letter(part);
        if !is_letter && !is_degree(part) {
            break;
        }
        parts += 1;
        letters += usize::from(is_letter);
        end = part_end;
        let Some(('.', after)) = mark_at(text, part_end) else { break };
        end = after;
        at = after;
        part_end = run_end(text, after);
    }
    (parts >= 2 && letters >= 1).then_some(end)
}

fn is_one_letter(part: &str) -> bool {
    let mut chars = part.chars().filter(|c| !is_combining_mark(*c));
    chars.next().is_some_and(|c| c.is_alphabetic() && !is_unspaced(c)) && chars.next().is_none()
}

fn is_degree(part: &str) -> bool {
    (2..=5).contains(&part.chars().count()) && DEGREES.contains(&fold::fold(part).as_str())
}

/// A word with an apostrophe in it: `don’t` is one word, the `’s` of `Putin’s` is none, `l’État` is two.
fn with_apostrophes(text: &str, start: usize, first_end: usize) -> Unit {
    let unit = |end, resume, kind| Unit { start, end, resume, kind, is_number: false };
    let mut end = first_end;
    while let Some((mark, after)) = mark_at(text, end) {
        if !is_apostrophe(mark) && !is_hebrew_quote(text, end, mark, after) {
            break;
        }
        let tail_end = run_end(text, after);
        if tail_end == after || tail_end - start > MAX_WORD_BYTES {
            break;
        }
        let tail = &text[after..tail_end];
        if is_possessive(tail) {
            return unit(end, tail_end, word_kind(text, start, end));
        }
        let head = &text[start..end];
        let is_contraction = matches!(fold::fold(tail).as_str(), "t" | "d" | "m" | "re" | "ve" | "ll");
        if !is_contraction && end == first_end && ELISIONS.contains(&fold::fold(head).as_str()) {
            break;
        }
        end = tail_end;
    }
    let kind = if end == first_end { word_kind(text, start, end) } else { Kind::Word };
    unit(end, end, kind)
}

/// `s`, also in full width.
fn is_possessive(tail: &str) -> bool {
    matches!(tail, "s" | "S" | "ｓ" | "Ｓ")
}

/// Between two Hebrew letters, a quotation mark belongs to the word (`צה"ל`).
fn is_hebrew_quote(text: &str, at: usize, mark: char, after: usize) -> bool {
    let is_hebrew = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{5d0}'..='\u{5ea}'));
    matches!(mark, '"' | '״' | '”' | '“' | '„')
        && is_hebrew(text[..at].chars().next_back())
        && is_hebrew(char_at(text, after))
}

/// What joins the parts of a compound: hyphens, and what Hebrew and Persian have in their place.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '−' | '\u{ff0d}' | '\u{5be}' | '\u{200c}')
}

/// Where the word begins that belongs to the one ending at `at`, and what joins them.
fn joined_word(text: &str, at: usize, last: &Unit) -> Option<(usize, Joint)> {
    if last.kind == Kind::Ideograph {
        return None;
    }
    // Most words are followed by what joins nothing.
    match *text.as_bytes().get(at)? {
        b'-' | b'/' | b':' | b'.' | b'\n' | 0x80.. => {}
        b' ' if last.is_number || text[..at].ends_with('\u{ad}') => {}
        _ => return None,
    }
    let (mark, next) = mark_at(text, at)?;
    let before = text[..at].chars().next_back();
    let follows = char_at(text, next);
    let is_plain = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
    match mark {
        _ if is_hyphen(mark) && is_plain(follows) && (mark != '\u{200c}' || is_arabic(before)) => {
            Some((next, Joint::Hyphen))
        }
        '-' | '‐' | '¬' => is_broken(text, last, next).map(|next| (next, Joint::Broken)),
        ' ' | '\n' if before == Some('\u{ad}') => is_broken(text, last, at).map(|next| (next, Joint::Broken)),
        '/' | ':' if last.is_number && follows.is_some_and(|c| fold::digit_value(c).is_some()) => {
            Some((next, Joint::Figures))
        }
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' if last.is_number => {
            thousands(text, last, next).then_some((next, Joint::Thousands))
        }
        '.' => initial(text, last, next).map(|next| (next, Joint::Initials)),
        _ => None,
    }
}

fn is_arabic(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c as u32, 0x600..=0x6ff | 0x750..=0x77f | 0xfb50..=0xfdff | 0xfe70..=0xfefc))
}

/// Where the rest of a word begins that was broken at the end of a line, which has become the one blank at
/// `blank`.
fn is_broken(text: &str, last: &Unit, blank: usize) -> Option<usize> {
    let (c, next) = mark_at(text, blank)?;
    let rest = &text[next..run_end(text, next)];
    let head = &text[last.start..last.end];
    let first = rest.chars().next()?;
    let fits = first.is_lowercase() || (first.is_uppercase() && head.chars().all(|c| !c.is_lowercase()));
    let is_word = head.chars().all(|c| c.is_alphabetic() || !c.is_alphanumeric());
    let is_between = BETWEEN_PREFIXES.iter().any(|word| rest.eq_ignore_ascii_case(word));
    (matches!(c, ' ' | '\n' | '\u{a0}') && fits && is_word && last.kind != Kind::Verbatim && !is_between)
        .then_some(next)
}

/// Whether three digits stand at `next` that go on a number in which a blank parts the thousands: `25 000`.
fn thousands(text: &str, last: &Unit, next: usize) -> bool {
    let plain = |from: usize, to: usize| text[from..to].bytes().all(|b| b.is_ascii_digit());
    let end = run_end(text, next);
    let after = text.as_bytes().get(end).copied();
    let goes_on =
        matches!(after, Some(b',' | b'.')) && text.as_bytes().get(end + 1).is_some_and(u8::is_ascii_digit);
    (1..=3).contains(&(last.end - last.start))
        && plain(last.start, last.end)
        && end == next + 3
        && plain(next, end)
        && !goes_on
}

/// Where the next of several initials begins that have blanks between them: the first ends before the full
/// stop that ends at `blank`.
fn initial(text: &str, last: &Unit, blank: usize) -> Option<usize> {
    let (c, next) = mark_at(text, blank)?;
    let first = &text[last.start..last.end];
    let end = run_end(text, next);
    let second = text.get(next..end)?;
    let fits = |part: &str| is_one_letter(part) || is_degree(part);
    let same_case = lower_case(first) == lower_case(second);
    let has_stop = mark_at(text, end).is_some_and(|(mark, _)| mark == '.');
    (matches!(c, ' ' | '\n' | '\u{a0}' | '\u{2009}' | '\u{202f}')
        && fits(first)
        && fits(second)
        && (is_one_letter(first) || is_one_letter(second))
        && same_case
        && has_stop)
        .then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<(&str, u32, Kind)> {
        let mut out = Vec::new();
        tokenize(text, |s| out.push((&text[s.start..s.end], s.position, s.kind)));
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
            words("the U.S. and the US, U.S.-backed"),
            [
                ("the", 0, Kind::Word),
                ("U.S.", 1, Kind::Acronym),
                ("and", 2, Kind::Word),
                ("the", 3, Kind::Word),
                ("US", 4, Kind::Acronym),
                ("U.S.-backed", 5, Kind::Compound),
                ("U.S.", 5, Kind::Acronym),
                ("backed", 6, Kind::Word),
            ]
        );
        assert_eq!(words("the UN")[1], ("UN", 1, Kind::Acronym));
        assert_eq!(words("the NATO")[1], ("NATO", 1, Kind::Word));
        assert_eq!(words("GIVE US PEACE NOW")[1], ("US", 1, Kind::Capitals));
        assert_eq!(plain("John F. Kennedy"), ["John", "F", "Kennedy"]);
    }

    #[test]
    fn initials_with_blanks_are_one_and_each_for_itself() {
        assert_eq!(plain("U. S. U.S. J. K. It"), ["U. S", "U", "S", "U.S.", "J. K", "J", "K", "It"]);
        assert_eq!(
            words("J. K. Dunmore"),
            [
                ("J. K", 0, Kind::Initials),
                ("J", 0, Kind::Word),
                ("K", 1, Kind::Word),
                ("Dunmore", 2, Kind::Word)
            ]
        );
        assert_eq!(plain("in plan B. He left"), ["in", "plan", "B", "He", "left"]);
        assert_eq!(plain("Ph.D. and M.Phil."), ["Ph.D.", "and", "M.Phil."]);
        assert_eq!(plain("said J.Doe. It was"), ["said", "J", "Doe", "It", "was"]);
    }

    #[test]
    fn numbers_with_blanks_signs_and_letters() {
        assert_eq!(plain("25 000 people"), ["25 000", "25", "000", "people"]);
        assert_eq!(plain("1987 300 people, 12 345.6"), ["1987", "300", "people", "12", "345.6"]);
        assert_eq!(plain("5%, 6 % and 7 percent"), ["5", "%", "6", "%", "and", "7", "percent"]);
        assert_eq!(plain("401(k), 501(c)(3), 12(3)"), ["401(k)", "501(c)(3)", "12", "3"]);
        assert_eq!(plain("A+ and C++, Disney+"), ["A+", "and", "C++", "Disney"]);
    }

    #[test]
    fn a_word_broken_at_a_lines_end_is_whole_and_in_parts() {
        assert_eq!(
            words("com- mission"),
            [("com- mission", 0, Kind::Compound), ("com", 0, Kind::Word), ("mission", 1, Kind::Word)]
        );
        assert_eq!(plain("pre- and post-war"), ["pre", "and", "post-war", "post", "war"]);
        assert_eq!(plain("peace - plan"), ["peace", "plan"]);
    }

    #[test]
    fn letters_that_are_composed_stay_together() {
        assert_eq!(
            plain("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
            ["\u{1112}\u{1161}\u{11ab}", "\u{1100}\u{116e}\u{11a8}"]
        );
        assert_eq!(plain("ﾄﾞﾙ"), ["ﾄﾞ", "ﾙ"]);
        assert_eq!(plain("צה\"ל אמר \"שלום\""), ["צה\"ל", "אמר", "שלום"]);
        assert_eq!(plain("کتاب‌ها"), ["کتاب‌ها", "کتاب", "ها"]);
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
        assert_eq!(plain("C＃の本"), ["C＃", "の", "本"]);
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
            let used = tokenize(&text, |s| {
                assert!(s.start < s.end && s.position >= last);
                assert!(text.get(s.start..s.end).is_some());
                last = s.position;
                highest = highest.max(s.position + s.width);
            });
            prop_assert_eq!(used, highest);
        }
    }
}
