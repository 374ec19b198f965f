//! One word, or the inside of one phrase → what is searched for: wildcards, fuzziness, weights, and the
//! punctuation around it that nobody means. The word itself stays as it was typed.

use super::ast::{NodeKind, Pattern, PatternPart, Proximity, SourceRange};
use crate::analysis::tokenize::tokenize;
use crate::field::Field;

use super::characters::{closes_single_quote, is_dash, is_searchable, is_sign, opens_single_quote};
use super::foreign_syntax;
use super::lex::{Lexer, MAX_WORDS, is_escaped_in_phrase};
use super::token::{Glyph, Prefix, TokenKind};

/// `recycl!`, `econom$3`: other ways to write `*` at the end need so many letters before them.
const LETTERS_BEFORE_TRUNCATION: usize = 3;

impl Lexer<'_> {
    /// A word outside quotes.
    pub(super) fn word(&mut self, mut glyphs: Vec<Glyph>) {
        let span = span_of(&glyphs, self.at);
        if let Some(message) = foreign_syntax::looks_like_an_operator(&text_of(&glyphs)) {
            self.notices.misread(span.clone(), message);
        }
        if is_url(&glyphs) {
            let boost = take_number_after(&mut glyphs, '^').filter(|(number, _)| !number.is_empty());
            trim_end(&mut glyphs);
            trim_end_with(&mut glyphs, |glyph| matches!(glyph.c, '.' | '?' | '!'));
            let span = span_of(&glyphs, self.at);
            self.push_leaf(NodeKind::Word { text: text_of(&glyphs), exact: false }, span, 1);
            if let Some((number, span)) = boost {
                self.push_boost(&number, span);
            }
            return;
        }
        if glyphs.first().is_some_and(|first| first.is('^')) {
            self.notices.misread(span, "a weight without a word before it is left out: write `word^3`");
            return;
        }
        let suffixes = self.take_suffixes(&mut glyphs);
        let limit = self.truncated_to.take();
        let typed = text_of(&glyphs);
        trim_start(&mut glyphs);
        let grade = is_grade(&glyphs);
        if !grade {
            trim_end(&mut glyphs);
        }
        self.drop_question_mark(&mut glyphs);
        let limit = limit.or_else(|| take_limit(&mut glyphs));
        self.read_truncation(&mut glyphs, &span);
        if !glyphs.iter().any(|glyph| is_searchable(glyph.c)) {
            if typed.chars().all(is_sign) && !typed.is_empty() {
                let message = format!("`{typed}` cannot be searched for and is left out");
                self.notices.advise(span.clone(), message);
            }
            self.nothing_to_search(&glyphs, span);
            return;
        }
        let span = span_of(&glyphs, self.at);
        if glyphs.iter().any(|glyph| glyph.is('^')) {
            self.notices.misread(span.clone(), "a weight needs a number at the end: `word^3`");
        }
        let is_pattern = glyphs.iter().any(|glyph| glyph.is('*') || glyph.is('?'));
        if suffixes.edits.is_none()
            && (self.limited(&glyphs, limit, &span)
                || self.with_optional_letter(&glyphs, &span)
                || (is_pattern && self.parted_by_underscores(&glyphs, &span)))
        {
            if let Some((number, span)) = suffixes.boost {
                self.push_boost(&number, span);
            }
            return;
        }
        let kind = match (suffixes.edits, is_pattern) {
            (Some(_), true) => {
                let message = "wildcards and `~` cannot be combined: the `~` is left out";
                self.notices.misread(span.clone(), message);
                NodeKind::Pattern(pattern_of(&glyphs))
            }
            (None, true) => NodeKind::Pattern(pattern_of(&glyphs)),
            (Some(edits), false) if edits > 0 => self.misspelt(text_of(&glyphs), edits, &span),
            (_, false) => NodeKind::Word { text: text_of(&glyphs), exact: false },
        };
        if !is_pattern {
            self.advise_on_signs(&typed, grade, &span);
        }
        if let NodeKind::Word { text, .. } = &kind {
            self.advise_on_foreign_syntax(text, &span);
        }
        self.push_leaf(kind, span, 1);
        if let Some((number, span)) = suffixes.boost {
            self.push_boost(&number, span);
        }
    }

    /// A word in a field whose values are taken as they stand: only `*`, `?` and a weight do something.
    pub(super) fn verbatim_word(&mut self, mut glyphs: Vec<Glyph>) {
        let boost = take_number_after(&mut glyphs, '^').filter(|(number, _)| !number.is_empty());
        let span = span_of(&glyphs, self.at);
        if !glyphs.iter().any(|glyph| is_searchable(glyph.c)) {
            self.nothing_to_search(&glyphs, span);
            return;
        }
        let kind = self.leaf_of(glyphs);
        self.push_leaf(kind, span, 1);
        if let Some((number, span)) = boost {
            self.push_boost(&number, span);
        }
    }

    /// The word or the pattern that the glyphs spell.
    pub(super) fn leaf_of(&self, glyphs: Vec<Glyph>) -> NodeKind {
        match glyphs.iter().any(|glyph| glyph.is('*') || glyph.is('?')) {
            true => NodeKind::Pattern(pattern_of(&glyphs)),
            false => NodeKind::Word { text: text_of(&glyphs), exact: false },
        }
    }

    /// What nothing can be found by: noticed where somebody may have meant something by it.
    fn nothing_to_search(&mut self, glyphs: &[Glyph], span: SourceRange) {
        // `"peace plan"?` and `(war or peace)?` are questions.
        let ends_something = self.asks
            || (glyphs.iter().all(|glyph| glyph.is('?') || glyph.is('!'))
                && self.tokens.last().is_some_and(|last| last.span.end == span.start));
        if !ends_something && glyphs.iter().any(|glyph| glyph.is('*') || glyph.is('?')) {
            let message = "a wildcard needs letters beside it, like `zelensk*`: it is left out";
            self.notices.misread(span.clone(), message);
            self.push(TokenKind::Void, span);
        }
    }

    fn advise_on_foreign_syntax(&mut self, text: &str, span: &SourceRange) {
        if foreign_syntax::is_range_of_years(text) {
            self.notices.advise(
                span.clone(),
                format!("`{text}` is searched as a word: for dates write `date:{text}`"),
            );
        }
        if self.is_question || !self.is_after_operand() || self.rest().trim_start().is_empty() {
            return;
        }
        if let Some(message) = foreign_syntax::operator_as_word(text, self.length_in_words) {
            self.notices.advise(span.clone(), message);
        }
    }

    /// Signs that the search does not look at: `€1.5` finds `$1.5`.
    fn advise_on_signs(&mut self, text: &str, is_grade: bool, span: &SourceRange) {
        let may_count = |at: usize, c: char| is_sign(c) || (is_grade && at + c.len_utf8() == text.len());
        if !text.char_indices().any(|(at, c)| may_count(at, c)) {
            return;
        }
        let mut searched = Vec::new();
        tokenize(text, |found| searched.push(found.start..found.end));
        if searched.is_empty() {
            return; // Nothing is left of it, which is said where that is found out.
        }
        let is_dropped =
            |at: usize, c: char| may_count(at, c) && !searched.iter().any(|found| found.contains(&at));
        let signs: String =
            text.char_indices().filter(|(at, c)| is_dropped(*at, *c)).map(|(_, c)| c).collect();
        if !signs.is_empty() {
            let message = format!("the sign `{signs}` is not searched for: `{text}` finds the rest of it");
            self.notices.advise(span.clone(), message);
        }
    }

    /// A misspelling of so many letters as the word's length allows: two letters off a word of three is any
    /// short word.
    fn misspelt(&mut self, text: String, edits: u8, span: &SourceRange) -> NodeKind {
        let most = most_edits(&text);
        if most == 0 {
            let message = format!("`{text}` is too short to be looked for misspelt: it is searched as it is");
            self.notices.misread(span.clone(), message);
            return NodeKind::Word { text, exact: true };
        }
        if edits > most {
            let message =
                format!("`{text}~{edits}` is read as `{text}~`: in a short word one letter may be off");
            self.notices.misread(span.clone(), message);
        }
        NodeKind::Fuzzy { text, edits: edits.min(most) }
    }

    /// `harvest[*2]`: the word, and the word with one letter more and with two.
    fn limited(&mut self, glyphs: &[Glyph], limit: Option<u32>, span: &SourceRange) -> bool {
        let Some(limit) = limit else {
            return false;
        };
        let Some((last, stem)) = glyphs.split_last() else {
            return false;
        };
        let span = &(span.start..self.at);
        let typed = self.text.get(span.clone()).unwrap_or_default();
        if limit == 0
            || limit > MOST_OPTIONAL_LETTERS
            || !last.is('*')
            || !stem.iter().all(|glyph| glyph.c.is_alphanumeric())
        {
            let message = format!("`{typed}` is read as `{}`, with any number of letters", text_of(glyphs));
            self.notices.misread(span.clone(), message);
            return false;
        }
        let word = text_of(stem);
        let longer = (1..=limit).map(|letters| {
            let mut parts = vec![PatternPart::Text(word.clone())];
            parts.extend((0..letters).map(|_| PatternPart::One));
            NodeKind::Pattern(Pattern { parts })
        });
        let message = format!("`{typed}` is read as `{word}` with at most {limit} more letters");
        self.notices.advise(span.clone(), message);
        let exact = NodeKind::Word { text: word.clone(), exact: true };
        self.push_alternatives(std::iter::once(exact).chain(longer), span);
        true
    }

    /// EBSCO's `colo#r`: with one letter in that place, or none.
    fn with_optional_letter(&mut self, glyphs: &[Glyph], span: &SourceRange) -> bool {
        let mut signs = glyphs.iter().enumerate().filter(|(_, glyph)| glyph.is('#')).map(|(at, _)| at);
        let (Some(at), None) = (signs.next(), signs.next()) else {
            return false;
        };
        let (before, after) = (&glyphs[..at], &glyphs[at + 1..]);
        let is_word = |part: &[Glyph]| !part.is_empty() && part.iter().all(|glyph| glyph.c.is_alphabetic());
        if !is_word(before) || !is_word(after) {
            return false;
        }
        let (before, after) = (text_of(before), text_of(after));
        let closed = NodeKind::Word { text: format!("{before}{after}"), exact: true };
        let parts = vec![PatternPart::Text(before), PatternPart::One, PatternPart::Text(after)];
        let message = format!("`{}` is read with one letter for the `#`, or none", text_of(glyphs));
        self.notices.advise(span.clone(), message);
        self.push_alternatives([closed, NodeKind::Pattern(Pattern { parts })].into_iter(), span);
        true
    }

    fn push_alternatives(&mut self, kinds: impl Iterator<Item = NodeKind>, span: &SourceRange) {
        self.push(TokenKind::Open, span.clone());
        for (at, kind) in kinds.enumerate() {
            if at > 0 {
                self.push(TokenKind::Or, span.clone());
            }
            self.push_leaf(kind, span.clone(), 1);
        }
        self.push(TokenKind::Close, span.clone());
    }

    /// `budget_fin*` are two words in a row, as `_` parts words in an article.
    fn parted_by_underscores(&mut self, glyphs: &[Glyph], span: &SourceRange) -> bool {
        if !is_parted(glyphs) {
            return false;
        }
        let mut pieces = Vec::new();
        push_between_underscores(&mut pieces, glyphs, span.end);
        while matches!(pieces.last(), Some(Piece::Gap)) {
            pieces.pop();
        }
        let message = format!("`_` parts words: `{}` is read as these in a row", text_of(glyphs));
        self.notices.advise(span.clone(), message);
        match pieces.as_slice() {
            [] => return false,
            [Piece::Text { text, words, .. }] => {
                let kind = match words {
                    1 => NodeKind::Word { text: text.clone(), exact: false },
                    _ => NodeKind::Phrase { text: text.clone(), slop: 0, exact: false },
                };
                self.push_leaf(kind, span.clone(), *words);
            }
            _ => self.phrase_with_wildcards(pieces, 0, span.clone()),
        }
        true
    }

    /// Takes `^3` and `~2` off the end, in either order.
    fn take_suffixes(&mut self, glyphs: &mut Vec<Glyph>) -> Suffixes {
        let mut suffixes = Suffixes::default();
        loop {
            if let Some((number, span)) = take_number_after(glyphs, '^') {
                if number.is_empty() {
                    self.notices.misread(span, "a weight needs a number: `word^3`");
                } else if let Some((_, span)) = suffixes.boost.replace((number, span)) {
                    self.notices.misread(span, "a word has one weight: the last one is left out");
                }
            } else if let Some((number, span)) = take_number_after(glyphs, '~') {
                suffixes.edits = Some(self.edits(&number, span));
            } else {
                return suffixes;
            }
        }
    }

    fn edits(&mut self, number: &str, span: SourceRange) -> u8 {
        match number {
            "" | "1" => 1,
            "2" => 2,
            "0" => 0,
            _ if number.starts_with("0.") => {
                self.notices
                    .misread(span, format!("`~{number}` is read as `~1`: one or two letters may be off"));
                1
            }
            _ => {
                self.notices
                    .misread(span, format!("`~{number}` is read as `~2`: at most two letters may be off"));
                2
            }
        }
    }

    /// The `?` that ends a question is no wildcard.
    fn drop_question_mark(&mut self, glyphs: &mut Vec<Glyph>) {
        if self.is_question && self.rest().trim_start().is_empty() && !self.exclaims {
            trim_end_with(glyphs, |glyph| glyph.is('?') || glyph.is('!'));
        }
        if let Some(last) = glyphs.last().copied()
            && last.is('?')
            && self.asks
        {
            trim_end_with(glyphs, |glyph| glyph.is('?') || glyph.is('!'));
            trim_end(glyphs);
            if !self.is_question {
                let message = "the `?` at the end is read as a question mark, not as a wildcard";
                self.notices.advise(last.at..last.at + 1, message);
            }
        }
    }

    /// `recycl!` and `econom$3` become `recycl*` and `econom*`; other `!` at the end are punctuation.
    fn read_truncation(&mut self, glyphs: &mut Vec<Glyph>, span: &SourceRange) {
        let ends_with_letter =
            |glyphs: &[Glyph]| glyphs.last().is_some_and(|glyph| glyph.c.is_alphanumeric());
        if let Some(last) = glyphs.last().copied().filter(|last| last.is('!')) {
            glyphs.pop();
            if ends_with_letter(glyphs) && !self.exclaims {
                let typed = format!("{}!", text_of(glyphs));
                self.tells(&typed);
                glyphs.push(Glyph { c: '*', ..last });
            } else {
                trim_end_with(glyphs, |glyph| glyph.is('!') || glyph.is('?'));
            }
            return;
        }
        let first = glyphs.iter().take(1).filter(|glyph| glyph.c.is_ascii_uppercase()).count();
        let letters =
            first + glyphs.iter().skip(first).take_while(|glyph| glyph.c.is_ascii_lowercase()).count();
        let rest = glyphs.get(letters..).unwrap_or_default();
        let is_dollar = rest.first().is_some_and(|glyph| glyph.is('$'));
        if letters >= LETTERS_BEFORE_TRUNCATION
            && is_dollar
            && rest.iter().skip(1).all(|glyph| glyph.c.is_ascii_digit())
        {
            let at = rest.first().map_or(span.start, |glyph| glyph.at);
            let message = format!("`{}` is read as `{}*`", text_of(glyphs), text_of(&glyphs[..letters]));
            self.notices.advise(span.clone(), message);
            glyphs.truncate(letters);
            glyphs.push(Glyph { c: '*', at, escaped: false });
        }
    }

    /// In an address the `?` before `name=value` is no wildcard.
    pub(super) fn read_parameters(&self, glyphs: &mut [Glyph]) {
        let in_address = matches!(self.tokens.last(), Some(token) if matches!(token.kind,
            TokenKind::Prefix(Prefix::Field(Field::Url))));
        let last = glyphs.iter().rposition(|glyph| glyph.c == '=').filter(|_| in_address).unwrap_or(0);
        glyphs.iter_mut().take(last).filter(|glyph| glyph.c == '?').for_each(|glyph| glyph.escaped = true);
    }

    /// The inside of quotes that opened at `opened`, and the `~5` and `^2` that are glued to the closing
    /// quote.
    pub(super) fn phrase(&mut self, opened: usize, inside: SourceRange) {
        let span = opened..self.at;
        let pieces = self.phrase_pieces(inside);
        let (slop, boost) = self.phrase_suffixes();
        match pieces.as_slice() {
            [] => {
                self.notices.misread(span.clone(), "quotes with no word in them are left out");
                self.push(TokenKind::Void, span);
            }
            [Piece::Text { text, words, .. }] => {
                self.advise_on_phrase(text, &span);
                self.advise_on_signs(text, false, &span);
                self.push_leaf(NodeKind::Phrase { text: text.clone(), slop, exact: false }, span, *words);
            }
            _ => self.phrase_with_wildcards(pieces, slop, span),
        }
        if let Some((number, span)) = boost {
            self.push_boost(&number, span);
        }
    }

    fn advise_on_phrase(&mut self, text: &str, span: &SourceRange) {
        let in_name = matches!(self.tokens.last(), Some(token) if matches!(token.kind,
            TokenKind::Prefix(Prefix::Exact)) || matches!(token.kind,
            TokenKind::Prefix(Prefix::Field(field)) if !matches!(field, Field::Headline | Field::Body)));
        if !in_name && text.chars().all(|c| c.is_ascii_alphabetic()) {
            let message =
                format!("quotes around one word do not fix its form: for `{text}` only, write `={text}`");
            self.notices.advise(span.clone(), message);
        }
        if text.split(' ').any(|word| matches!(word, "AND" | "OR" | "NOT")) {
            self.notices.advise(span.clone(), "inside quotes AND, OR and NOT are words like any other");
        }
        if text.split(' ').any(|word| word.len() > 3 && word.ends_with('!')) {
            self.notices.advise(span.clone(), "inside quotes `!` is punctuation: for any ending write `*`");
        }
    }

    fn phrase_suffixes(&mut self) -> (u32, Option<(String, SourceRange)>) {
        let (mut slop, mut boost) = (0, None);
        while let Some(c @ ('^' | '~')) = self.peek() {
            let start = self.at;
            let number = self.suffix_number();
            let span = start..self.at;
            match (c, number) {
                ('^', Some(number)) => boost = Some((number, span)),
                ('^', None) => self.notices.misread(span, "a weight needs a number: `\"peace plan\"^3`"),
                (_, Some(number)) => {
                    let whole = number.split('.').next().unwrap_or_default();
                    slop = self.distance(whole, 0, &span);
                }
                (_, None) => {
                    self.notices.misread(span, "`~` after a phrase needs a number: `\"peace plan\"~5`")
                }
            }
        }
        (slop, boost)
    }

    /// The inside of quotes as runs of plain text, patterns, and gaps (`*` alone).
    fn phrase_pieces(&mut self, inside: SourceRange) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = inside.start;
        let mut words = self.words;
        for word in self.text.get(inside).unwrap_or_default().split(is_blank) {
            words += usize::from(!word.is_empty());
            if words > MAX_WORDS {
                self.at = at;
                self.cut_here();
                break;
            }
            let mut glyphs = phrase_glyphs(word, at);
            self.read_parameters(&mut glyphs);
            at += word.len();
            at += self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let span = span_of(&glyphs, at);
            match wildcards(&glyphs) {
                _ if glyphs.is_empty() => {}
                Wildcards::None => push_text(&mut pieces, text_of(&glyphs), span),
                Wildcards::Pattern(glyphs) => push_between_underscores(&mut pieces, &glyphs, span.end),
                Wildcards::Alone => pieces.push(Piece::Gap),
            }
        }
        pieces.retain(|piece| !matches!(piece, Piece::Text { text, .. } if !text.chars().any(is_searchable)));
        while matches!(pieces.last(), Some(Piece::Gap)) {
            pieces.pop();
        }
        let gaps = pieces.iter().take_while(|piece| matches!(piece, Piece::Gap)).count();
        pieces.drain(..gaps);
        pieces
    }

    /// A phrase with wildcards is its pieces in order and next to each other; a gap is one word wide.
    fn phrase_with_wildcards(&mut self, pieces: Vec<Piece>, slop: u32, span: SourceRange) {
        let is_group = pieces.len() > 1;
        if slop > 0 && is_group {
            let message =
                format!("wildcards in a loose phrase: searched as words within {slop} of each other");
            self.notices.misread(span.clone(), message);
        }
        if pieces.iter().any(|piece| matches!(piece, Piece::Gap)) {
            let message = "a `*` that stands alone is read as one word or none";
            self.notices.misread(span.clone(), message);
        }
        if is_group {
            self.push(TokenKind::Open, span.clone());
        }
        let mut distance = 0;
        for piece in pieces {
            let (kind, piece_span, words) = match piece {
                Piece::Gap => {
                    distance += 1;
                    continue;
                }
                Piece::Pattern(pattern, span) => (NodeKind::Pattern(pattern), span, 1),
                Piece::Text { text, words: 1, span } => (NodeKind::Word { text, exact: false }, span, 1),
                Piece::Text { text, words, span } => {
                    (NodeKind::Phrase { text, slop: 0, exact: false }, span, words)
                }
            };
            if distance > 0 {
                let within = match slop {
                    0 => Proximity::Words { distance, ordered: true },
                    slop => Proximity::Words { distance: slop.max(distance), ordered: false },
                };
                self.push(TokenKind::Near(within), piece_span.clone());
            }
            self.push_leaf(kind, piece_span, words);
            distance = 1;
        }
        if is_group {
            self.push(TokenKind::Close, span);
        }
    }
}

/// A truncation with a limit is read letter by letter up to this.
const MOST_OPTIONAL_LETTERS: u32 = 6;

/// How many letters may be off in a word of this length.
pub(super) fn most_edits(text: &str) -> u8 {
    match text.chars().filter(|c| c.is_alphanumeric()).count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// Takes the number off `harvest*2`.
fn take_limit(glyphs: &mut Vec<Glyph>) -> Option<u32> {
    let [stem @ .., star, digit] = glyphs.as_slice() else {
        return None;
    };
    let limit = digit.c.to_digit(10).filter(|limit| *limit > 0 && !digit.escaped)?;
    let is_stem = stem.len() >= LETTERS_BEFORE_TRUNCATION
        && stem.iter().all(|glyph| glyph.c.is_alphabetic() && !glyph.escaped);
    if !is_stem || !star.is('*') {
        return None;
    }
    glyphs.pop();
    Some(limit)
}

/// A grade or rating (`A+`, `BB-`, `O-`), whose sign belongs to it.
fn is_grade(glyphs: &[Glyph]) -> bool {
    let Some((sign, letters)) = glyphs.split_last() else {
        return false;
    };
    (sign.is('+') || sign.is('-'))
        && (1..=3).contains(&letters.len())
        && letters.iter().all(|glyph| matches!(glyph.c, 'A'..='F' | 'O') && !glyph.escaped)
}

/// What is glued to the end of a word.
#[derive(Default)]
struct Suffixes {
    boost: Option<(String, SourceRange)>,
    edits: Option<u8>,
}

/// A part of a phrase.
enum Piece {
    Text { text: String, words: usize, span: SourceRange },
    Pattern(Pattern, SourceRange),
    Gap,
}

fn push_text(pieces: &mut Vec<Piece>, word: String, word_span: SourceRange) {
    if let Some(Piece::Text { text, words, span }) = pieces.last_mut() {
        text.push(' ');
        text.push_str(&word);
        *words += 1;
        span.end = word_span.end;
        return;
    }
    pieces.push(Piece::Text { text: word, words: 1, span: word_span });
}

/// More words are not read in one pattern.
const MOST_PARTS: usize = 8;

/// Whether `_` parts the glyphs.
fn is_parted(glyphs: &[Glyph]) -> bool {
    (1..MOST_PARTS).contains(&glyphs.iter().filter(|glyph| glyph.is('_')).count())
}

/// The words of a pattern, which `_` parts as it does in an article.
fn push_between_underscores(pieces: &mut Vec<Piece>, glyphs: &[Glyph], end: usize) {
    if !is_parted(glyphs) {
        pieces.push(Piece::Pattern(pattern_of(glyphs), span_of(glyphs, end)));
        return;
    }
    for part in glyphs.split(|glyph| glyph.is('_')) {
        let span = span_of(part, end);
        if !part.iter().any(|glyph| is_searchable(glyph.c)) {
            if part.iter().any(|glyph| glyph.is('*')) && !pieces.is_empty() {
                pieces.push(Piece::Gap);
            }
        } else if part.iter().any(|glyph| glyph.is('*') || glyph.is('?')) {
            pieces.push(Piece::Pattern(pattern_of(part), span));
        } else {
            push_text(pieces, text_of(part), span);
        }
    }
}

/// What wildcards a word inside quotes has.
enum Wildcards {
    None,
    /// The word without the punctuation around it.
    Pattern(Vec<Glyph>),
    /// `*` and nothing else.
    Alone,
}

/// Inside quotes `*` is a wildcard where it touches a letter or stands alone, `?` only between two letters.
fn wildcards(glyphs: &[Glyph]) -> Wildcards {
    if !glyphs.is_empty() && glyphs.iter().all(|glyph| glyph.is('*')) {
        return Wildcards::Alone;
    }
    let mut trimmed: Vec<Glyph> = glyphs.to_vec();
    trim_start(&mut trimmed);
    trim_end(&mut trimmed);
    trim_end_with(&mut trimmed, |glyph| glyph.is('?') || glyph.is('!'));
    let is_letter =
        |at: Option<usize>| at.and_then(|at| trimmed.get(at)).is_some_and(|glyph| glyph.c.is_alphanumeric());
    let is_pattern = trimmed.iter().enumerate().any(|(at, glyph)| {
        let (before, after) = (is_letter(at.checked_sub(1)), is_letter(Some(at + 1)));
        (glyph.is('*') && (before || after)) || (glyph.is('?') && before && after)
    });
    if is_pattern { Wildcards::Pattern(trimmed) } else { Wildcards::None }
}

/// White space, and control characters, which no word holds.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn phrase_glyphs(word: &str, start: usize) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let mut chars = word.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let at = start + offset;
        match chars.peek().copied().filter(|(_, next)| c == '\\' && is_escaped_in_phrase(*next)) {
            Some((_, next)) => {
                chars.next();
                glyphs.push(Glyph { c: next, at, escaped: true });
            }
            None => glyphs.push(Glyph { c, at, escaped: false }),
        }
    }
    glyphs
}

fn text_of(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|glyph| glyph.c).collect()
}

/// From the first to the last of the glyphs; `end` where there are none.
fn span_of(glyphs: &[Glyph], end: usize) -> SourceRange {
    match (glyphs.first(), glyphs.last()) {
        (Some(first), Some(last)) => first.at..last.at + usize::from(last.escaped) + last.c.len_utf8(),
        _ => end..end,
    }
}

fn is_url(glyphs: &[Glyph]) -> bool {
    let scheme = glyphs.iter().take_while(|glyph| glyph.c.is_ascii_alphanumeric() && !glyph.escaped).count();
    let after = glyphs.get(scheme..scheme + 3).map(text_of);
    scheme > 0 && glyphs.len() > scheme + 3 && after.as_deref() == Some("://")
}

/// The pattern that the glyphs spell; they hold a wildcard.
fn pattern_of(glyphs: &[Glyph]) -> Pattern {
    let mut parts: Vec<PatternPart> = Vec::new();
    for glyph in glyphs {
        match parts.last_mut() {
            Some(PatternPart::Many) if glyph.is('*') => {}
            _ if glyph.is('*') => parts.push(PatternPart::Many),
            _ if glyph.is('?') => parts.push(PatternPart::One),
            Some(PatternPart::Text(text)) => text.push(glyph.c),
            _ => parts.push(PatternPart::Text(glyph.c.to_string())),
        }
    }
    Pattern { parts }
}

/// Takes `^3` or `~2` off the end, or the bare sign: the number's text and where the sign and it stand.
fn take_number_after(glyphs: &mut Vec<Glyph>, sign: char) -> Option<(String, SourceRange)> {
    let digits = glyphs.iter().rev().take_while(|glyph| glyph.c.is_ascii_digit() || glyph.is('.')).count();
    let at = glyphs.len().checked_sub(digits + 1)?;
    if at == 0 || !glyphs.get(at)?.is(sign) {
        return None;
    }
    let number = text_of(&glyphs[at + 1..]);
    // A full stop after the number ends the sentence, not the number.
    let number = number.trim_end_matches('.').to_owned();
    let span = span_of(&glyphs[at..], 0);
    glyphs.truncate(at);
    Some((number, span))
}

fn trim_end_with(glyphs: &mut Vec<Glyph>, test: impl Fn(&Glyph) -> bool) {
    let keep = glyphs.iter().rposition(|glyph| glyph.escaped || !test(glyph)).map_or(0, |at| at + 1);
    glyphs.truncate(keep);
}

/// Takes off the punctuation before a word. A full stop stays before a letter (`.NET`).
fn trim_start(glyphs: &mut Vec<Glyph>) {
    let is_edge = |c: char| {
        opens_single_quote(c)
            || is_dash(c)
            || matches!(
                c,
                '’' | '´'
                    | '‛'
                    | ':'
                    | '/'
                    | '\\'
                    | '<'
                    | '>'
                    | '='
                    | '&'
                    | '^'
                    | '~'
                    | '…'
                    | '·'
                    | '•'
                    | '¿'
                    | '¡'
                    | '!'
            )
            || (!c.is_ascii() && !is_searchable(c))
    };
    let mut drop = glyphs.iter().take_while(|glyph| !glyph.escaped && is_edge(glyph.c)).count();
    let stops = glyphs.iter().skip(drop).take_while(|glyph| glyph.is('.')).count();
    let before_letter = stops == 1 && glyphs.get(drop + 1).is_some_and(|glyph| glyph.c.is_alphanumeric());
    if !before_letter {
        drop += stops;
    }
    glyphs.drain(..drop);
}

/// Takes off the punctuation after a word. A full stop stays where the word has another one inside (`U.S.`).
fn trim_end(glyphs: &mut Vec<Glyph>) {
    let is_edge = |c: char| {
        closes_single_quote(c)
            || is_dash(c)
            || matches!(c, '`' | ':' | '/' | '\\' | '<' | '>' | '=' | '&' | '@' | '^' | '~' | '…' | '·' | '•')
            || (!c.is_ascii() && !is_searchable(c) && !is_mark(c))
    };
    loop {
        let before = glyphs.len();
        trim_end_with(glyphs, |glyph| is_edge(glyph.c));
        let stops = glyphs.iter().rev().take_while(|glyph| glyph.is('.')).count();
        let inside = glyphs.iter().rev().skip(stops).any(|glyph| glyph.is('.'));
        let keep = usize::from(stops == 1 && inside);
        glyphs.truncate(glyphs.len() - stops + keep);
        if glyphs.len() == before || keep == 1 {
            return;
        }
    }
}

/// Marks that belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{200c}'..='\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}
