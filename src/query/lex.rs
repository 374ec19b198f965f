//! The query's text → tokens: quotes, signs, parentheses, and where one word ends. Every call goes forward in
//! the text, so the whole is linear; what the tokens mean together is for the syntax.

use jiff::civil::Date;

use super::ast::{MAX_DISTANCE, MAX_WEIGHT, MIN_WEIGHT, NodeKind, SourceRange};
use super::characters::{
    QuoteKind, closes_single_quote, is_dash, is_hebrew, is_quote_in_hebrew, is_searchable, is_separator,
    opens_single_quote, quote_kind,
};
use super::foreign_syntax::{self, Operator, Place};
use super::notice::Notices;
use super::token::{Glyph, Prefix, Token, TokenKind};

/// So many words are read; what follows is left out with a notice.
pub(super) const MAX_WORDS: usize = 1_024;

/// So many bytes are read; what follows is left out with a notice.
pub(super) const MAX_BYTES: usize = 65_536;

/// So many quotes may stand together after the one that opens a phrase.
const MAX_RUN_OF_QUOTES: usize = 2;

/// The tokens of a query.
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    pub(super) notices: Notices,
    /// The query was longer than what is read, so that its last clauses may be open.
    pub(super) cut: bool,
}

/// Reads the query's text into tokens. `today` is what `yesterday` counts from; in a question most signs are
/// punctuation.
pub(super) fn lex(text: &str, today: Date, is_question: bool) -> Lexed {
    let mut lexer = Lexer::new(text, today, is_question);
    lexer.run();
    // Only the whole query tells whether its `and` is an operator.
    if lexer.has_small_operator && lexer.telling.is_some() {
        let telling = lexer.telling;
        lexer = Lexer { in_small_letters: telling, ..Lexer::new(text, today, is_question) };
        lexer.run();
    }
    Lexed { tokens: lexer.tokens, notices: lexer.notices, cut: lexer.cut }
}

/// A number with what belongs to it in parentheses is not longer: `501(c)(3)(a)`.
const LONGEST_SECTION: usize = 24;

/// Characters of the next word that are looked at to tell an operator.
const LONGEST_OPERATOR: usize = 24;
pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) today: Date,
    pub(super) tokens: Vec<Token>,
    pub(super) notices: Notices,
    /// The words are a question, in which `?` ends sentences.
    pub(super) asks: bool,
    /// They were typed where questions are asked, so that this needs no notice.
    pub(super) is_question: bool,
    /// In a question in capitals throughout `AND` is a word.
    prose_in_capitals: bool,
    /// The operator or field by which the query is known to come from elsewhere.
    telling: Option<String>,
    /// That operator, where AND, OR and NOT are read in small letters too.
    in_small_letters: Option<String>,
    /// There is an `and` that would be an operator in capitals.
    has_small_operator: bool,
    /// How many words the query is long.
    pub(super) length_in_words: usize,
    /// How many letters a truncation stands for at most, where the word that was read last has one.
    pub(super) truncated_to: Option<u32>,
    /// A `!` ends what a `¡` begins.
    pub(super) exclaims: bool,
    pub(super) words: usize,
    cut: bool,
    /// No single quotation mark before this place closes a phrase.
    no_single_quote_before: usize,
    /// Where the last `''` stands.
    last_doubled_quote: usize,
    /// Where the last quotation mark of each kind stands.
    last_quotes: [Option<usize>; QuoteKind::ALL.len()],
}

impl<'a> Lexer<'a> {
    fn new(text: &'a str, today: Date, is_question: bool) -> Self {
        let end = text.floor_char_boundary(MAX_BYTES);
        let mut notices = Notices::default();
        if end < text.len() {
            let message =
                format!("the query is longer than {MAX_BYTES} bytes: the rest of it is not searched for");
            notices.misread(end..text.len(), message);
        }
        Lexer {
            text: &text[..end],
            at: 0,
            today,
            tokens: Vec::new(),
            notices,
            words: 0,
            cut: end < text.len(),
            no_single_quote_before: 0,
            last_doubled_quote: text[..end].rfind("''").unwrap_or(0),
            last_quotes: QuoteKind::ALL.map(|kind| text[..end].rfind(|c| quote_kind(c) == Some(kind))),
            asks: is_question || foreign_syntax::is_question(text),
            is_question,
            prose_in_capitals: is_question && foreign_syntax::is_prose_in_capitals(text),
            telling: None,
            in_small_letters: None,
            has_small_operator: false,
            length_in_words: text[..end].split_whitespace().count(),
            truncated_to: None,
            exclaims: text.contains('¡'),
        }
    }

    fn run(&mut self) {
        while let Some(c) = self.peek() {
            match c {
                '(' | '（' => self.sign(c, TokenKind::Open),
                ')' | '）' => {
                    self.sign(c, TokenKind::Close);
                    self.group_suffixes();
                }
                '|' => self.run_of('|', TokenKind::Or),
                _ if is_separator(c) => self.at += c.len_utf8(),
                _ if self.rest().starts_with("&&") => self.run_of('&', TokenKind::And),
                _ if self.words >= MAX_WORDS => self.cut_here(),
                _ if self.leading_sign(c) => {}
                _ if self.double_quote(c) || self.single_quote(c) => {}
                _ => self.chunk(),
            }
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn push(&mut self, kind: TokenKind, span: SourceRange) {
        self.tokens.push(Token { kind, span });
    }

    /// A leaf of so many words, which count towards [`MAX_WORDS`].
    pub(super) fn push_leaf(&mut self, kind: NodeKind, span: SourceRange, words: usize) {
        self.words += words;
        self.push(TokenKind::Leaf(kind), span);
    }

    fn sign(&mut self, c: char, kind: TokenKind) {
        let start = self.at;
        self.at += c.len_utf8();
        self.push(kind, start..self.at);
    }

    fn run_of(&mut self, c: char, kind: TokenKind) {
        let start = self.at;
        self.at = self.text.len() - self.rest().trim_start_matches(c).len();
        self.push(kind, start..self.at);
    }

    /// The query ends here: it has as many words as are read.
    pub(super) fn cut_here(&mut self) {
        if self.rest().chars().any(is_searchable) {
            let message =
                format!("the query has more than {MAX_WORDS} words: the rest of it is not searched for");
            self.notices.misread(self.at..self.text.len(), message);
            self.cut = true;
        }
        self.at = self.text.len();
    }

    /// Whether something may begin here: after white space, an opening parenthesis or a prefix.
    fn is_start(&self, at: usize) -> bool {
        let Some(before) = self.text.get(..at).and_then(|text| text.chars().next_back()) else {
            return true;
        };
        let after_prefix = || {
            self.tokens.last().is_some_and(|last| {
                last.span.end == at
                    && matches!(last.kind, TokenKind::Prefix(_) | TokenKind::And | TokenKind::Or)
            })
        };
        is_separator(before) || matches!(before, '(' | '（') || before == '+' || after_prefix()
    }

    /// The field whose values are taken as they stand, where the next word is one of them.
    pub(super) fn in_verbatim_field(&self) -> bool {
        let mut at = self.at;
        for token in self.tokens.iter().rev() {
            if token.span.end != at {
                return false;
            }
            match token.kind {
                TokenKind::Prefix(Prefix::Field(field)) => return field.is_verbatim(),
                TokenKind::Prefix(_) => at = token.span.start,
                _ => return false,
            }
        }
        false
    }

    /// Whether what was read last can be an operator's left side.
    pub(super) fn is_after_operand(&self) -> bool {
        let kind = self.tokens.last().map(|token| &token.kind);
        matches!(kind, Some(TokenKind::Leaf(_) | TokenKind::Close | TokenKind::Boost(_) | TokenKind::Void))
    }

    /// Where the word from `start` to here stands.
    fn place(&self, start: usize) -> Place {
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        let rest = self.rest().trim_start();
        let next = rest.get(..rest.floor_char_boundary(LONGEST_OPERATOR)).unwrap_or_default();
        let before_operand = !next.is_empty()
            && !next.starts_with([')', '）', '|'])
            && !foreign_syntax::begins_with_operator(next);
        Place {
            after_operand: !self.is_question && self.is_after_operand(),
            before_operand: !self.is_question && before_operand,
            after_number: before.ends_with(|c: char| c.is_ascii_digit()),
            in_small_letters: self.in_small_letters.is_some(),
        }
    }

    /// Westlaw's `+s`, `+p` and `+5` between two words.
    fn plus_operator(&mut self, start: usize) -> bool {
        let name = self.text.get(start + 1..).unwrap_or_default();
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, after) = name.split_at(length);
        let ends = after.chars().next().is_none_or(|c| c.is_whitespace() || c == '(');
        let Some(operator) = foreign_syntax::plus_operator(name).filter(|_| ends && self.is_start(start))
        else {
            return false;
        };
        self.at = start + 1 + length;
        let place = self.place(start);
        if place.after_operand && place.before_operand {
            self.operator(operator, start);
            return true;
        }
        self.at = start;
        false
    }

    /// The query comes from where operators are written so.
    pub(super) fn tells(&mut self, typed: &str) {
        self.telling.get_or_insert_with(|| typed.to_owned());
    }

    /// `AT & T`: a firm's name, where a lone letter stands beside the `&`.
    fn firm(&mut self, end: usize) -> bool {
        let Some(Token { kind: TokenKind::Leaf(NodeKind::Word { text: first, exact: false }), span }) =
            self.tokens.last()
        else {
            return false;
        };
        let rest = self.text.get(end..).unwrap_or_default().trim_start_matches(' ');
        let second = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        let (second, after) = rest.split_at(second);
        let ends = after.chars().next().is_none_or(|c| is_separator(c) || matches!(c, '(' | ')' | '.' | '?'));
        let is_name = first.bytes().all(|byte| byte.is_ascii_uppercase())
            && (1..=3).contains(&first.len())
            && (1..=4).contains(&second.len())
            && (first.len() == 1 || second.len() == 1);
        let between = self.text.get(span.end..self.at).unwrap_or_default();
        if !is_name || !ends || !between.chars().all(|c| c == ' ') {
            return false;
        }
        let message =
            format!("`{first} & {second}` is read as the name `{first}&{second}`: for both words write AND");
        let text = format!("{first}&{second}");
        let span = span.start..self.text.len() - after.len();
        self.at = span.end;
        self.tokens.pop();
        self.notices.advise(span.clone(), message);
        self.push(TokenKind::Leaf(NodeKind::Word { text, exact: false }), span);
        true
    }

    /// `-x`, `!x`, `+x`, `=x`, `~x`, `& x`: signs before a word, or alone. True where one was read.
    fn leading_sign(&mut self, c: char) -> bool {
        if !(is_dash(c) || matches!(c, '!' | '+' | '=' | '~' | '&')) {
            return false;
        }
        let start = self.at;
        let after =
            self.rest().trim_start_matches(|other| if is_dash(c) { is_dash(other) } else { other == c });
        let end = self.text.len() - after.len();
        let next =
            after.chars().next().filter(|next| !is_separator(*next) && !matches!(next, ')' | '）' | '|'));
        if c == '&' {
            if next.is_none() && !(end - start == 1 && self.firm(end)) {
                self.at = end;
                self.push(TokenKind::And, start..end);
            }
            return next.is_none();
        }
        if c == '+' && end - start == 1 && self.plus_operator(start) {
            return true;
        }
        self.at = end;
        let starts = self.is_start(start);
        match (c, next) {
            ('-', None) if starts && end - start == 1 => {
                let message =
                    "a `-` that stands alone is left out: write `-word` or `NOT word` to exclude a word";
                self.notices.misread(start..end, message);
            }
            (_, None) => {}
            (_, Some(_)) if !starts || matches!(c, '—' | '―') => {}
            ('=', Some(_)) => self.push(TokenKind::Prefix(Prefix::Exact), start..end),
            ('~', Some(_)) => {
                let message = "`~` before a word does nothing here: write `word~` for similar spellings";
                self.notices.misread(start..end, message);
            }
            ('+', Some(_)) => {
                let message = "`+` does nothing here: every word is required anyway";
                self.notices.advise(start..end, message);
            }
            ('!', Some(_)) => {
                self.notices.advise(start..end, "`!` before a word is read as NOT");
                self.push(TokenKind::Prefix(Prefix::Not), start..end);
            }
            (_, Some(next)) => {
                if next.is_ascii_digit() {
                    let message =
                        "a `-` before a number excludes the number: put it in quotes to search for it";
                    self.notices.advise(start..end, message);
                } else if c != '-' || end - start > 1 {
                    self.notices.advise(start..end, "a dash before a word is read as NOT");
                }
                self.push(TokenKind::Prefix(Prefix::Not), start..end);
            }
        }
        true
    }

    /// A phrase in double quotes of any kind, or in doubled single ones (``` ``peace plan'' ```).
    fn double_quote(&mut self, c: char) -> bool {
        let opened = self.at;
        for (open, close) in [("``", "''"), ("''", "''")] {
            let start = opened + 2;
            if self.rest().starts_with(open) && start <= self.last_doubled_quote {
                let length = self.text.get(start..).and_then(|rest| rest.find(close)).unwrap_or(0);
                self.at = start + length + 2;
                self.phrase(opened, start..start + length);
                return true;
            }
        }
        let Some(kind) = quote_kind(c) else {
            return false;
        };
        let before = self.text.get(..opened).and_then(|text| text.chars().next_back());
        if kind == QuoteKind::Prime && before.is_some_and(|before| before.is_ascii_digit()) {
            self.at += c.len_utf8();
            return true;
        }
        let (start, more) = self.run_of_opening_quotes(opened + c.len_utf8());
        let (end, closed) = self.end_of_quote(start, kind);
        self.at = closed.unwrap_or(end);
        for _ in 0..more {
            self.at += self.peek().filter(|c| quote_kind(*c).is_some()).map_or(0, char::len_utf8);
        }
        if closed.is_none() {
            let inside: String = self
                .text
                .get(start..end)
                .unwrap_or_default()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let column = self.column(opened);
            // After a word and before a space it would close a phrase, or stands for inches.
            let is_closing =
                !self.is_start(opened) && self.text.get(start..).is_some_and(|rest| rest.starts_with(' '));
            let message = if inside.is_empty() || is_closing {
                format!("the quote at column {column} opens nothing and is left out")
            } else if inside.len() > 60 {
                format!("unclosed quote at column {column}; everything after it is searched as one phrase")
            } else {
                format!("unclosed quote at column {column}; searched as \"{inside}\"")
            };
            if inside.is_empty() || is_closing {
                self.at = start;
                self.notices.misread(opened..start, message);
                return true;
            }
            self.notices.misread(opened..end, message);
        }
        self.phrase(opened, start..end);
        true
    }

    /// Goes past further opening quotes (`""peace plan""`): where the phrase begins, and how many there were.
    /// Quotes before a space are no run: `""` is empty.
    fn run_of_opening_quotes(&self, start: usize) -> (usize, usize) {
        let rest = self.text.get(start..).unwrap_or_default();
        let marks = rest.chars().take(MAX_RUN_OF_QUOTES).take_while(|c| quote_kind(*c).is_some());
        let (marks, length) = marks.fold((0, 0), |(marks, length), c| (marks + 1, length + c.len_utf8()));
        let phrase = rest.get(length..).unwrap_or_default();
        match phrase.chars().next() {
            Some(c) if is_searchable(c) => (self.text.len() - phrase.len(), marks),
            _ => (start, 0),
        }
    }

    /// Where the text between quotes ends, and where the query goes on after the closing quote, if there is
    /// one: a mark of the same kind, or of any other where there is none.
    fn end_of_quote(&self, start: usize, kind: QuoteKind) -> (usize, Option<usize>) {
        let closes_later = self.last_quotes[kind as usize].is_some_and(|last| last >= start);
        let mut before = ' ';
        let mut chars = self.text.get(start..).unwrap_or_default().char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, next)| *next);
            if c == '\\' && is_escaped_in_phrase(next) {
                chars.next();
                before = next;
                continue;
            }
            let inside_word = is_quote_in_hebrew(c) && is_hebrew(before) && is_hebrew(next);
            let closes = match closes_later {
                true => quote_kind(c) == Some(kind),
                // One that opens another phrase leaves this one unclosed.
                false if quote_kind(c).is_some() && !is_searchable(before) && is_searchable(next) => {
                    return (self.text.len(), None);
                }
                false => quote_kind(c).is_some() && is_searchable(before) && !is_searchable(next),
            };
            if closes && !inside_word {
                let end = start + offset;
                return (end, Some(end + c.len_utf8()));
            }
            before = c;
        }
        (self.text.len(), None)
    }

    /// `'peace plan'`: single quotes at the edges of several words make a phrase; around one word they mean
    /// nothing.
    fn single_quote(&mut self, c: char) -> bool {
        let opened = self.at;
        if !opens_single_quote(c) || !self.is_start(opened) || opened < self.no_single_quote_before {
            return false;
        }
        let start = opened + c.len_utf8();
        let mut before = ' ';
        let mut several = false;
        let mut chars = self.text.get(start..).unwrap_or_default().char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, next)| *next);
            let ends_word =
                is_separator(next) || matches!(next, ')' | '）' | '.' | ':' | '!' | '?' | '~' | '^');
            if closes_single_quote(c) && !is_separator(before) && before != ' ' && ends_word {
                if !several {
                    return false;
                }
                self.at = start + offset + c.len_utf8();
                let message = "single quotes around several words are read as a phrase";
                self.notices.advise(opened..self.at, message);
                self.phrase(opened, start..start + offset);
                return true;
            }
            if quote_kind(c).is_some() || matches!(c, '(' | ')' | '（' | '）') {
                self.no_single_quote_before = start + offset;
                return false;
            }
            several |= c.is_whitespace();
            before = c;
        }
        self.no_single_quote_before = self.text.len();
        false
    }

    /// Characters from 1 to the one at this byte.
    fn column(&self, at: usize) -> usize {
        self.text.get(..at).map_or(0, |before| before.chars().count()) + 1
    }

    /// What is glued to a closing parenthesis: a weight.
    fn group_suffixes(&mut self) {
        while let Some(c @ ('^' | '~')) = self.peek() {
            let start = self.at;
            let number = self.suffix_number();
            match (c, number) {
                ('^', Some(number)) => self.push_boost(&number, start..self.at),
                ('^', None) => self.notices.misread(start..self.at, "a weight needs a number: `(a OR b)^3`"),
                _ => {
                    let message =
                        "`~` after parentheses does nothing: write `\"peace plan\"~5` or `peace NEAR/5 plan`";
                    self.notices.misread(start..self.at, message);
                }
            }
        }
    }

    /// Goes past a sign and the number that is glued to it.
    pub(super) fn suffix_number(&mut self) -> Option<String> {
        let rest = self.rest().get(1..).unwrap_or_default();
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let fraction =
            digits.strip_prefix('.').filter(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        let after = fraction.map_or(digits, |after| after.trim_start_matches(|c: char| c.is_ascii_digit()));
        let number = rest.get(..rest.len() - after.len()).filter(|number| !number.is_empty());
        self.at = self.text.len() - after.len();
        number.map(str::to_owned)
    }

    pub(super) fn push_boost(&mut self, number: &str, span: SourceRange) {
        match number.parse::<f32>() {
            Ok(weight) if (MIN_WEIGHT..=MAX_WEIGHT).contains(&weight) => {
                self.push(TokenKind::Boost(weight), span);
            }
            Ok(weight) if weight > MAX_WEIGHT => {
                let message = format!("a weight is at most {MAX_WEIGHT}: `^{number}` is read so");
                self.notices.misread(span.clone(), message);
                self.push(TokenKind::Boost(MAX_WEIGHT), span);
            }
            Ok(_) => {
                let message = format!("a weight is at least {MIN_WEIGHT}: `^{number}` is left out");
                self.notices.misread(span, message);
            }
            Err(_) => self.notices.misread(span, format!("`^{number}` is no weight and is left out")),
        }
    }

    /// A distance or a slop, of 1 at least where `least` says so.
    pub(super) fn distance(&mut self, digits: &str, least: u32, span: &SourceRange) -> u32 {
        let number = digits.parse::<u32>().unwrap_or(u32::MAX);
        let read = number.clamp(least, MAX_DISTANCE);
        if read != number {
            self.notices.misread(
                span.clone(),
                format!("a distance is {least} to {MAX_DISTANCE}: `{digits}` is read as {read}"),
            );
        }
        read
    }

    /// `J. K.` is `J.K.`: takes the initials that follow one into its word.
    fn take_initials(&mut self, glyphs: &mut Vec<Glyph>) {
        let is_initial = |two: &[Glyph]| two[0].c.is_alphabetic() && !two[0].escaped && two[1].is('.');
        while glyphs.len().is_multiple_of(2) && !glyphs.is_empty() && glyphs.chunks(2).all(is_initial) {
            let small = glyphs.first().is_some_and(|first| first.c.is_lowercase());
            let mut signs = self.rest().chars();
            let (Some(blank), Some(letter), Some('.')) = (signs.next(), signs.next(), signs.next()) else {
                return;
            };
            let stands_alone = signs.next().is_none_or(|c| !c.is_alphanumeric());
            if blank != ' ' || !letter.is_alphabetic() || letter.is_lowercase() != small || !stands_alone {
                return;
            }
            let at = self.at + 1;
            glyphs.push(Glyph { c: letter, at, escaped: false });
            glyphs.push(Glyph { c: '.', at: at + letter.len_utf8(), escaped: false });
            self.at = at + letter.len_utf8() + 1;
        }
    }

    /// A word, an operator, or a name with what belongs to it.
    fn chunk(&mut self) {
        let start = self.at;
        let verbatim = self.in_verbatim_field();
        if !verbatim && (self.slashed() || self.regular_expression() || self.named()) {
            return;
        }
        let mut glyphs = self.glyphs(verbatim);
        if !verbatim {
            self.take_initials(&mut glyphs);
        }
        if glyphs.is_empty() {
            // Nothing ends up here but a single character that parts words.
            self.at += self.peek().map_or(0, char::len_utf8);
            return;
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let bare = raw.trim_end_matches(['?', '!', '.']);
        if !verbatim && self.prose_in_capitals && foreign_syntax::is_name_of_operator(bare) {
            let message = format!("in a question in capitals `{bare}` is a word");
            let span = start..start + bare.len();
            self.notices.advise(span.clone(), message);
            self.push_leaf(NodeKind::Word { text: bare.to_lowercase(), exact: false }, span, 1);
            return;
        }
        let place = self.place(start);
        if !verbatim && place.before_operand {
            self.advise_on_code(raw, start);
        }
        if !verbatim && let Some(operator) = foreign_syntax::operator(raw, self.rest(), place) {
            self.operator(operator, start);
            return;
        }
        self.has_small_operator |= !verbatim && foreign_syntax::is_small_operator(raw, self.rest(), place);
        if verbatim {
            self.verbatim_word(glyphs);
        } else {
            self.read_parameters(&mut glyphs);
            self.word(glyphs);
        }
    }

    /// `/harv.*/`, a regular expression: read where `*` and `?` can say the same.
    fn regular_expression(&mut self) -> bool {
        let start = self.at;
        let rest = self.rest();
        if !rest.starts_with('/') || !self.is_start(start) {
            return false;
        }
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let typed = rest.get(..length).unwrap_or_default().trim_end_matches(')');
        let Some(inside) = typed.get(1..).and_then(|text| text.strip_suffix('/')) else {
            return false;
        };
        if inside.contains('/') || !inside.chars().any(is_searchable) {
            return false;
        }
        let span = start..start + typed.len();
        let read = foreign_syntax::wildcards_of(inside);
        let message = match &read {
            Some(read) if read == inside => {
                format!("regular expressions are not read here: `{typed}` is searched as the word")
            }
            Some(read) => format!("the regular expression `{typed}` is read as `{read}`"),
            None => format!(
                "the regular expression `{typed}` is searched as words: write `*` and `?`, like `wom?n` or `harvest*`"
            ),
        };
        self.notices.misread(span.clone(), message);
        let Some(read) = read else {
            return false;
        };
        let glyphs = read.chars().map(|c| Glyph { c, at: start, escaped: false }).collect();
        self.at = span.end;
        let kind = self.leaf_of(glyphs);
        self.push_leaf(kind, span, 1);
        true
    }

    /// EBSCO's codes of fields, with a blank behind them: `TI ferry AND AU aske`.
    fn advise_on_code(&mut self, raw: &str, start: usize) {
        let Some(message) =
            foreign_syntax::code_of_field(raw).filter(|_| !self.rest().starts_with(['(', '（']))
        else {
            return;
        };
        let begins = self.tokens.last().is_none_or(|last| {
            matches!(
                last.kind,
                TokenKind::And | TokenKind::Or | TokenKind::Open | TokenKind::Prefix(Prefix::Not)
            )
        });
        let has_operator = || [" AND ", " OR ", " NOT "].iter().any(|operator| self.text.contains(operator));
        if begins && (self.rest().trim_start().starts_with('(') || has_operator()) {
            self.notices.advise(start..self.at, message);
        }
    }

    /// `/N30/` and `/F50/`, alone or glued to the words beside it.
    fn slashed(&mut self) -> bool {
        let Some(slashed) = foreign_syntax::slashed(self.rest()) else {
            return false;
        };
        let start = self.at;
        self.at += slashed.length;
        let typed = self.text.get(start..self.at).unwrap_or_default();
        self.tells(typed);
        match slashed.operator {
            Some(operator) => self.operator(operator, start),
            None => {
                let message =
                    format!("`{typed}` is left out: the first words of an article cannot be asked for");
                self.notices.misread(start..self.at, message);
            }
        }
        true
    }

    fn operator(&mut self, operator: Operator, start: usize) {
        let raw = self.text.get(start..self.at).unwrap_or_default();
        self.at += operator.extra;
        let span = start..self.at;
        if operator.is_telling {
            self.tells(raw);
        }
        let in_capitals = raw.to_ascii_uppercase();
        if let Some(advice) = operator.advice {
            self.notices.advise(span.clone(), advice);
        } else if let Some(telling) = self.in_small_letters.clone()
            && raw != in_capitals
            && foreign_syntax::is_name_of_operator(&in_capitals)
        {
            let message = format!(
                "`{raw}` is read as {in_capitals} in a query with `{telling}`: in quotes it is a word"
            );
            self.notices.advise(span.clone(), message);
        }
        if let Some(digits) = operator.clamped {
            self.notices.misread(
                span.clone(),
                format!("a distance is 1 to {MAX_DISTANCE}: `{digits}` is read as the nearest"),
            );
        }
        // `NOT W/SEG`, which is AND NOT.
        let is_negated =
            matches!(self.tokens.last(), Some(Token { kind: TokenKind::Prefix(Prefix::Not), .. }));
        if is_negated && operator.tokens == [TokenKind::And] && in_capitals != "AND" {
            return;
        }
        for kind in operator.tokens {
            self.push(kind, span.clone());
        }
    }

    /// The characters of the word that begins here. A backslash makes the punctuation after it part of the
    /// word, and at the word's beginning any character.
    fn glyphs(&mut self, verbatim: bool) -> Vec<Glyph> {
        let mut glyphs: Vec<Glyph> = Vec::new();
        let start = self.at;
        while let Some(c) = self.peek() {
            let next = self.rest().chars().nth(1);
            let is_escape = |next: &char| {
                !next.is_whitespace() && !next.is_control() && (self.at == start || !next.is_alphanumeric())
            };
            if c == '\\'
                && let Some(next) = next.filter(is_escape)
            {
                glyphs.push(Glyph { c: next, at: self.at, escaped: true });
                self.at += 1 + next.len_utf8();
                continue;
            }
            if !verbatim && c == '(' && self.section_number(&mut glyphs) {
                continue;
            }
            if !verbatim && c == '[' && self.limited_truncation(&mut glyphs) {
                break;
            }
            if !verbatim && c == '/' && is_plain(&glyphs) && foreign_syntax::slashed(self.rest()).is_some() {
                break;
            }
            if self.ends_word(c, next, glyphs.last(), verbatim) {
                break;
            }
            glyphs.push(Glyph { c, at: self.at, escaped: false });
            self.at += c.len_utf8();
        }
        glyphs
    }

    /// `(k)` after `401`, `(c)(3)` after `501`: the parentheses belong to the number.
    fn section_number(&mut self, glyphs: &mut Vec<Glyph>) -> bool {
        let mut inside = self.rest().chars().skip(1);
        let is_number = glyphs.len() <= LONGEST_SECTION
            && glyphs.first().is_some_and(|first| first.c.is_ascii_digit() && !first.escaped)
            && glyphs.iter().all(|glyph| glyph.c.is_ascii_alphanumeric() || "()-.".contains(glyph.c))
            && glyphs.last().is_some_and(|last| last.c.is_ascii_alphanumeric() || last.c == ')');
        let (Some(letter), Some(')')) = (inside.next(), inside.next()) else {
            return false;
        };
        if !is_number || !letter.is_ascii_alphanumeric() {
            return false;
        }
        for c in ['(', letter, ')'] {
            glyphs.push(Glyph { c, at: self.at, escaped: false });
            self.at += 1;
        }
        true
    }

    /// ProQuest's `harvest[*2]`: up to two letters more.
    fn limited_truncation(&mut self, glyphs: &mut Vec<Glyph>) -> bool {
        let limit = self.rest().strip_prefix("[*").and_then(|rest| rest.split_once(']'));
        let Some(digits) = limit.map(|(digits, _)| digits).filter(|_| is_plain(glyphs)) else {
            return false;
        };
        if digits.len() > 2 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        glyphs.push(Glyph { c: '*', at: self.at, escaped: false });
        self.at += digits.len() + 3;
        self.truncated_to = digits.parse().ok();
        true
    }

    fn ends_word(&self, c: char, next: Option<char>, before: Option<&Glyph>, verbatim: bool) -> bool {
        if c.is_whitespace() || c.is_control() || matches!(c, '(' | ')' | '（' | '）') {
            return true;
        }
        let between =
            |test: fn(char) -> bool| before.is_some_and(|before| test(before.c)) && next.is_some_and(test);
        if quote_kind(c).is_some() {
            return !(is_quote_in_hebrew(c) && between(is_hebrew));
        }
        if verbatim {
            return false;
        }
        match c {
            ',' => !between(|c| c.is_ascii_digit()),
            '|' | '—' | '―' => true,
            '-' => next == Some('-'),
            '&' => next == Some('&'),
            _ => is_separator(c),
        }
    }
}

/// Whether the glyphs are letters and digits as they were typed, with a hyphen or an apostrophe.
fn is_plain(glyphs: &[Glyph]) -> bool {
    let is_part = |glyph: &Glyph| !glyph.escaped && (glyph.c.is_alphanumeric() || "-'’*?!".contains(glyph.c));
    !glyphs.is_empty() && glyphs.iter().all(is_part)
}

/// What a backslash makes an ordinary character of inside quotes.
pub(super) fn is_escaped_in_phrase(c: char) -> bool {
    matches!(c, '\\' | '*' | '?') || quote_kind(c).is_some()
}
