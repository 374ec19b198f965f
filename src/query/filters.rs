//! Names with what belongs to them: `headline:`, `date:2025..2026`, `length>300`, and the same as it is
//! written elsewhere. A date or a length that has no safe reading is refused, because an answer without it
//! would mislead.

use jiff::ToSpan;

use super::ast::{Certainty, DateFilter, DateRange, LengthRange, NodeKind, SourceRange};
use super::characters::{closes_single_quote, is_separator, opens_single_quote, quote_kind};
use super::dates::{parse_date_range, parse_day_range};
use super::foreign_syntax::{self, DateBound, Name, Place};
use super::lex::Lexer;
use super::token::{Prefix, TokenKind};

/// A date may be so many words long: `2 december of 2025`.
const WORDS_OF_A_DATE: usize = 6;

/// So many bytes are looked at for a period in parentheses.
const LONGEST_PERIOD: usize = 64;

/// So many bytes are looked at for names in a row.
const LONGEST_NAMES: usize = 48;

/// The comparisons, longest first.
const COMPARISONS: &[(&str, Comparison)] = &[
    (">=", Comparison::AtLeast),
    ("=>", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    ("=<", Comparison::AtMost),
    ("≥", Comparison::AtLeast),
    ("≤", Comparison::AtMost),
    (">", Comparison::Above),
    ("<", Comparison::Below),
    ("=", Comparison::Equal),
];

#[derive(Clone, Copy, PartialEq)]
enum Comparison {
    AtLeast,
    AtMost,
    Above,
    Below,
    Equal,
}

impl Comparison {
    fn bound(self) -> DateBound {
        match self {
            Self::AtLeast => DateBound::Since,
            Self::AtMost => DateBound::Until,
            Self::Above => DateBound::After,
            Self::Below => DateBound::Before,
            Self::Equal => DateBound::In,
        }
    }

    /// Nexis's words for comparisons.
    fn from_word(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "aft" | "after" | "gtr" => Self::Above,
            "bef" | "before" | "lss" => Self::Below,
            "geq" => Self::AtLeast,
            "leq" => Self::AtMost,
            "is" => Self::Equal,
            _ => return None,
        })
    }
}

/// The comparison at the beginning of a text, and the text after it.
fn comparison(text: &str) -> Option<(Comparison, &str)> {
    COMPARISONS.iter().find_map(|(sign, comparison)| Some((*comparison, text.strip_prefix(sign)?)))
}

impl<'a> Lexer<'a> {
    /// A field, a filter, or what another archive calls one. True where something was read.
    pub(super) fn named(&mut self) -> bool {
        let rest = self.rest();
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'_').count();
        let (name, after) = rest.split_at(length);
        match after.chars().next() {
            _ if length == 0 => false,
            Some(colon @ (':' | '：')) => self.before_colon(name, colon.len_utf8()),
            Some('=' | '<' | '>' | '≥' | '≤') => self.before_comparison(name),
            Some('(' | '（') => self.before_parenthesis(name),
            Some(',' | '.') => self.before_more_names(name),
            Some(c) if c.is_whitespace() => self.before_space(name) || self.before_lone_colon(name),
            _ => false,
        }
    }

    fn before_colon(&mut self, name: &str, colon: usize) -> bool {
        let start = self.at;
        let value_at = start + name.len() + colon;
        let value = self.text.get(value_at..).unwrap_or_default();
        let is_glued = value.chars().next().is_some_and(|next| !next.is_whitespace());
        let known = foreign_syntax::name_before_colon(name);
        if value.starts_with("//") && !matches!(known, Some(Name::Field(field)) if field.is_verbatim()) {
            return false;
        }
        match known {
            Some(Name::Field(field)) => {
                self.at = value_at;
                self.field_begins(field, start..value_at);
                if !is_glued && !value.trim_start().is_empty() {
                    let message =
                        format!("`{name}:` holds for the next word only: for several write `{field}:(…)`");
                    self.notices.misread(start..value_at, message);
                }
                true
            }
            Some(Name::Foreign(field)) if is_glued => {
                self.at = value_at;
                self.field_begins(field, start..value_at);
                self.notices.advise(start..value_at, format!("`{name}:` is read as `{field}:`"));
                true
            }
            Some(Name::Elsewhere) if is_glued => {
                self.at = value_at;
                self.searched_everywhere(&format!("{name}:"), start);
                true
            }
            Some(Name::Language) if is_glued => {
                self.at = value_at;
                self.language(start);
                true
            }
            Some(Name::Date(bound)) => {
                self.at = value_at;
                self.date_clause(start, bound);
                true
            }
            Some(Name::MaybeDate(bound)) if self.is_date_at(value_at) => {
                self.at = value_at;
                self.date_clause(start, bound);
                true
            }
            Some(Name::Length) if is_glued => {
                self.at = value_at;
                self.length_clause(start)
            }
            _ => {
                if is_glued && foreign_syntax::looks_like_a_field(name) {
                    self.advise_on_unknown_field(name, start..value_at);
                }
                false
            }
        }
    }

    /// `author : brooks`, with white space before the colon.
    fn before_lone_colon(&mut self, name: &str) -> bool {
        let is_known = matches!(
            foreign_syntax::name_before_colon(name),
            Some(Name::Field(_) | Name::Date(DateBound::In | DateBound::Since | DateBound::Until))
        );
        let after = self.rest().get(name.len()..).unwrap_or_default();
        let colon = after.trim_start();
        if !is_known || !colon.starts_with(':') {
            return false;
        }
        let value = colon.get(1..).unwrap_or_default().trim_start();
        if value.is_empty() || value.starts_with(')') {
            return false;
        }
        let (start, value_at) = (self.at, self.text.len() - value.len());
        if let Some(Name::Field(field)) = foreign_syntax::name_before_colon(name) {
            self.at = value_at;
            self.field_begins(field, start..value_at);
            let message = format!("`{name} :` is read as `{field}:`, for the next word only");
            self.notices.misread(start..value_at, message);
            return true;
        }
        self.before_colon(name, self.text.len() - colon.len() + 1 - start - name.len())
    }

    /// `ti,ab(…)`, `SU.EXACT(…)`: ProQuest's names in a row.
    fn before_more_names(&mut self, first: &str) -> bool {
        let start = self.at;
        let rest = self.rest().get(..self.rest().floor_char_boundary(LONGEST_NAMES)).unwrap_or_default();
        let length = rest.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, ',' | '.'))).unwrap_or(0);
        let (names, after) = rest.split_at(length);
        if !after.starts_with('(') || !names.split([',', '.']).all(foreign_syntax::is_name_in_a_row) {
            return false;
        }
        match names.strip_prefix(first).and_then(|rest| rest.strip_prefix('.')) {
            Some(form) if form.eq_ignore_ascii_case("exact") || form.eq_ignore_ascii_case("x") => {
                self.at += names.len();
                if let Some(Name::Foreign(field)) = foreign_syntax::name_before_parenthesis(first) {
                    self.field_begins(field, start..self.at);
                    self.notices.advise(start..self.at, format!("`{names}(…)` is read as `{field}:=(…)`"));
                } else {
                    self.searched_everywhere(&format!("{names}(…)"), start);
                }
                self.push(TokenKind::Prefix(Prefix::Exact), start..self.at);
            }
            _ => {
                self.at += names.len();
                self.searched_everywhere(&format!("{names}(…)"), start);
            }
        }
        self.tells(names);
        true
    }

    /// A language, which begins here, is left out.
    fn language(&mut self, start: usize) {
        if self.enclosed_value().is_none() {
            let rest = self.rest();
            let length = rest.find(|c: char| is_separator(c) || matches!(c, '(' | ')')).unwrap_or(rest.len());
            self.at += length;
        }
        let typed = self.text.get(start..self.at).unwrap_or_default();
        let message = format!("`{typed}` is left out: articles cannot be asked for by their language");
        self.notices.misread(start..self.at, message);
        self.push(TokenKind::Void, start..self.at);
    }

    fn advise_on_unknown_field(&mut self, name: &str, span: SourceRange) {
        let message = match foreign_syntax::nearest_name(name) {
            Some(meant) => format!("there is no field `{name}`: did you mean `{meant}:`? searched as a word"),
            None => format!(
                "there is no field `{name}`, so it is searched as a word: fields are headline, body, author, section, publication, url, path, source, id and date"
            ),
        };
        self.notices.misread(span, message);
    }

    fn is_date_at(&self, at: usize) -> bool {
        let value = self.text.get(at..).unwrap_or_default();
        let value = value.trim_start_matches(['(', '（', '"', '“']);
        let value = comparison(value).map_or(value, |(_, after)| after.trim_start());
        let word =
            value.split(|c: char| is_separator(c) || matches!(c, ')' | '"' | '”')).next().unwrap_or_default();
        word.starts_with(|c: char| c.is_ascii_digit()) && parse_date_range(word, self.today).is_ok()
    }

    /// `length>300`, `date>=2025`, `hd=peace`, `rst=x`.
    fn before_comparison(&mut self, name: &str) -> bool {
        let start = self.at;
        let sign_at = start + name.len();
        let Some((comparison, after)) = comparison(self.text.get(sign_at..).unwrap_or_default()) else {
            return false;
        };
        let value_at = self.text.len() - after.len();
        match foreign_syntax::name_before_equals(name) {
            Some(Name::MaybeDate(_)) if self.is_date_at(value_at) => {
                self.at = value_at;
                self.date_clause(start, comparison.bound());
                true
            }
            Some(Name::Language) if comparison == Comparison::Equal => {
                self.at = value_at;
                self.tells(&format!("{name}="));
                self.language(start);
                true
            }
            Some(Name::Foreign(field)) if comparison == Comparison::Equal => {
                self.at = value_at;
                self.tells(&format!("{name}="));
                self.field_begins(field, start..value_at);
                self.notices.advise(start..value_at, format!("`{name}=` is read as `{field}:`"));
                true
            }
            Some(Name::Date(_)) => {
                self.at = value_at;
                self.date_clause(start, comparison.bound());
                true
            }
            Some(Name::Length) => {
                self.at = sign_at;
                self.length_clause(start)
            }
            Some(Name::Elsewhere) if comparison == Comparison::Equal => {
                self.at = value_at;
                self.tells(&format!("{name}="));
                self.searched_everywhere(&format!("{name}="), start);
                true
            }
            _ => {
                if comparison == Comparison::Equal && foreign_syntax::is_factiva_code(name) {
                    self.tells(&format!("{name}="));
                    let message = format!("there are no codes like `{name}=` here: it is searched as a word");
                    self.notices.misread(start..value_at, message);
                }
                false
            }
        }
    }

    /// `headline(…)`, `hlead(…)`, `date(…)`, `length(>500)`.
    fn before_parenthesis(&mut self, name: &str) -> bool {
        let start = self.at;
        let value_at = start + name.len();
        let span = start..value_at;
        let Some(known) = foreign_syntax::name_before_parenthesis(name) else {
            if (2..=3).contains(&name.len()) && foreign_syntax::operator(name, "", Place::default()).is_none()
            {
                self.advise_on_unknown_code(name, start..value_at);
            }
            return false;
        };
        if matches!(known, Name::MaybeDate(_)) && !self.is_period_in_parentheses(value_at) {
            return false;
        }
        self.tells(&format!("{name}(…)"));
        self.at = value_at;
        match known {
            Name::Foreign(field) => {
                self.field_begins(field, span.clone());
                self.notices.advise(span, format!("`{name}(…)` is read as `{field}:(…)`"));
            }
            Name::Date(bound) | Name::MaybeDate(bound) => self.date_clause(start, bound),
            Name::Exact => {
                self.push(TokenKind::Prefix(Prefix::Exact), span.clone());
                self.notices.advise(span, format!("`{name}(…)` is read as `=(…)`"));
            }
            Name::Language => self.language(start),
            Name::Length => {
                if !self.length_clause(start) {
                    self.at = start;
                    return false;
                }
            }
            Name::Form => self
                .notices
                .misread(span, format!("`{name}(…)` does nothing here: for one form only write `=word`")),
            _ => self.searched_everywhere(&format!("{name}(…)"), start),
        }
        true
    }

    /// `DE(…)`, `PR(…)`: looks like a field of another archive.
    fn advise_on_unknown_code(&mut self, name: &str, span: SourceRange) {
        if name.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let message = format!("there is no field `{name}(…)`, so `{name}` is searched as a word");
            self.notices.advise(span, message);
        }
    }

    /// Whether what stands in the parentheses that begin here is a period, with or without a comparison.
    fn is_period_in_parentheses(&self, at: usize) -> bool {
        let inside = self.text.get(at..).and_then(|text| text.strip_prefix(['(', '（'])).unwrap_or_default();
        let inside = inside.get(..inside.floor_char_boundary(LONGEST_PERIOD)).unwrap_or_default();
        let Some((inside, _)) = inside.split_once([')', '）']) else {
            return false;
        };
        self.compared_dates(DateBound::In, inside.split(" OR ").next().unwrap_or(inside)).is_ok()
    }

    fn searched_everywhere(&mut self, typed: &str, start: usize) {
        let message = format!("there is no `{typed}` here: what it holds is searched everywhere");
        self.notices.misread(start..self.at, message);
    }

    /// `length > 300`, `date > 2025`, `date aft 2025`, `date from 2024 to 2025`.
    fn before_space(&mut self, name: &str) -> bool {
        let is_date = match foreign_syntax::name_before_equals(name) {
            Some(Name::Date(_)) => true,
            Some(Name::Length) => false,
            _ => return false,
        };
        let start = self.at;
        let rest = self.rest().get(name.len()..).unwrap_or_default().trim_start();
        if let Some((comparison, after)) = comparison(rest) {
            let after = after.trim_start();
            if !after.starts_with(|c: char| c.is_ascii_digit()) {
                return false;
            }
            let value_at = self.text.len() - after.len();
            if is_date {
                self.at = value_at;
                self.date_clause(start, comparison.bound());
                return true;
            }
            self.at = self.text.len() - rest.len();
            return self.length_clause(start);
        }
        is_date && self.date_in_words(start, rest)
    }

    /// `date aft 2025-01`, `date from 20240101 to 20241231`: read only where dates follow.
    fn date_in_words(&mut self, start: usize, rest: &str) -> bool {
        let base = self.text.len() - rest.len();
        let mut words = rest.split_whitespace().map(|word| word.trim_end_matches([',', ')'])).take(4);
        let offset = |word: &str| word.as_ptr() as usize - rest.as_ptr() as usize + word.len();
        let (Some(relation), Some(first)) = (words.next(), words.next()) else {
            return false;
        };
        let (read, end) = match (relation, words.next(), words.next()) {
            ("from", Some("to" | "TO"), Some(last)) => {
                (parse_date_range(&format!("{first}..{last}"), self.today), base + offset(last))
            }
            _ => match Comparison::from_word(relation) {
                Some(comparison) => (self.bounded(comparison.bound(), first), base + offset(first)),
                None => return false,
            },
        };
        let Ok(range) = read else {
            return false;
        };
        self.at = end;
        self.push_leaf(NodeKind::Date(DateFilter::In(range)), start..end, 1);
        true
    }

    /// The value of a date clause, which begins here; `start` is where its name does.
    fn date_clause(&mut self, start: usize, mut bound: DateBound) {
        self.skip_white_space();
        if let Some((comparison, after)) = comparison(self.rest()).filter(|_| bound == DateBound::In) {
            self.at = self.text.len() - after.len();
            self.skip_white_space();
            bound = comparison.bound();
        }
        if bound == DateBound::In && self.whether_dated(start) {
            return;
        }
        match self.enclosed_value() {
            Some(inside) => self.enclosed_dates(start, bound, inside),
            None => self.bare_date(start, bound),
        }
    }

    /// `date:*` and `date:none`: the articles that have a date, and those that have none.
    fn whether_dated(&mut self, start: usize) -> bool {
        let rest = self.rest();
        let value = rest.trim_start_matches(['(', '[', '"', '“', '\'']);
        let length = value
            .find(|c: char| !(c.is_ascii_alphabetic() || c == '*'))
            .unwrap_or(value.len())
            .min(LONGEST_PERIOD);
        let (word, after) = value.split_at(length);
        let (filter, is_dated) = match word.to_ascii_lowercase().as_str() {
            "*" | "any" | "dated" | "known" => (DateFilter::ANY, true),
            "none" | "undated" | "unknown" | "missing" => (DateFilter::ANY, false),
            "guess" | "approximate" | "about" | "doubtful" => (DateFilter::Known(Certainty::Guessed), true),
            word => match Certainty::ALL.into_iter().find(|certainty| certainty.as_str() == word) {
                Some(certainty) => (DateFilter::Known(certainty), true),
                None => return false,
            },
        };
        let opened = rest.len() - value.len();
        let closed = after.len() - after.trim_start_matches([')', ']', '"', '”', '\'']).len();
        let closed = closed.min(opened);
        let after = after.get(closed..).unwrap_or_default();
        if closed < opened
            || !after.chars().next().is_none_or(|c| is_separator(c) || matches!(c, ')' | '）' | '^' | '.'))
        {
            return false;
        }
        self.at = self.text.len() - after.len();
        let span = start..self.at;
        if !is_dated {
            self.push(TokenKind::Prefix(Prefix::Not), span.clone());
        }
        self.push_leaf(NodeKind::Date(filter), span, 1);
        true
    }

    pub(super) fn skip_white_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// What stands in brackets, parentheses or quotes that begin here; goes past them.
    fn enclosed_value(&mut self) -> Option<SourceRange> {
        let open = self.peek()?;
        let closes: fn(char) -> bool = match open {
            '[' | '{' => |c| matches!(c, ']' | '}'),
            '(' | '（' => |c| matches!(c, ')' | '）'),
            _ if quote_kind(open).is_some() => |c| quote_kind(c).is_some(),
            _ if opens_single_quote(open) => closes_single_quote,
            _ => return None,
        };
        let start = self.at + open.len_utf8();
        let inside = self.text.get(start..)?;
        let length = inside.find(closes).unwrap_or(inside.len());
        let close = inside.get(length..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        if open == '{' {
            self.notices.misread(
                self.at..start + length + close,
                "both ends of a date range are included, in braces too",
            );
        }
        self.at = start + length + close;
        Some(start..start + length)
    }

    /// `[2025 TO 2026]`, `("3 months ago")`, `(2024 OR 2026)`, `(>2025)`, `(aft 2025)`.
    fn enclosed_dates(&mut self, start: usize, bound: DateBound, inside: SourceRange) {
        let span = start..self.at;
        let mut ranges = Vec::new();
        for text in self.text.get(inside).unwrap_or_default().split(" OR ") {
            match self.compared_dates(bound, text) {
                Ok(range) => ranges.push(range),
                Err(message) => {
                    self.notices.refuse(span.clone(), message);
                    self.push(TokenKind::Void, span);
                    return;
                }
            }
        }
        let several = ranges.len() > 1;
        if several {
            self.push(TokenKind::Open, span.clone());
        }
        for (at, range) in ranges.into_iter().enumerate() {
            if at > 0 {
                self.push(TokenKind::Or, span.clone());
            }
            self.push_leaf(NodeKind::Date(DateFilter::In(range)), span.clone(), 1);
        }
        if several {
            self.push(TokenKind::Close, span);
        }
    }

    /// A date with its comparison, or two of them: `aft 2020 and bef 2024`, `>2020 AND <2024`.
    fn compared_dates(&self, bound: DateBound, text: &str) -> Result<DateRange, String> {
        let mut whole = DateRange { from: None, to: None };
        for part in text.split(" AND ").flat_map(|part| part.split(" and ")) {
            let mut part = part.trim().trim_matches(|c| quote_kind(c).is_some());
            let mut bound = bound;
            if bound == DateBound::In {
                let in_word =
                    part.split_once(' ').and_then(|(word, rest)| Some((Comparison::from_word(word)?, rest)));
                if let Some((comparison, rest)) = comparison(part).or(in_word) {
                    (part, bound) = (rest.trim(), comparison.bound());
                }
            }
            let range = self.bounded(bound, part)?;
            whole.from = whole.from.max(range.from);
            whole.to = [whole.to, range.to].into_iter().flatten().min();
        }
        match whole {
            DateRange { from: Some(from), to: Some(to) } if from > to => {
                Err(format!("no day lies in both of `{}`", text.trim()))
            }
            whole => Ok(whole),
        }
    }

    /// A date without anything around it: the shortest run of words that is one.
    fn bare_date(&mut self, start: usize, bound: DateBound) {
        let value_at = self.at;
        let mut refused = None;
        for end in self.ends_of_words(value_at) {
            let text = self.text.get(value_at..end).unwrap_or_default();
            match self.bounded(bound, text) {
                Ok(range) => {
                    let (range, end) = self.extended_by_to(bound, range, value_at, end);
                    self.at = end;
                    self.push_leaf(NodeKind::Date(DateFilter::In(range)), start..end, 1);
                    return;
                }
                Err(message) => refused = refused.or(Some((message, end))),
            }
        }
        let (message, end) = refused.unwrap_or_else(|| {
            let message = parse_day_range("", self.today).err().unwrap_or_default();
            (message, value_at)
        });
        self.at = end;
        self.notices.refuse(start..end, message);
        self.push(TokenKind::Void, start..end);
    }

    /// `date:2025-01 TO 2025-03` without brackets.
    fn extended_by_to(
        &self,
        bound: DateBound,
        range: DateRange,
        value_at: usize,
        end: usize,
    ) -> (DateRange, usize) {
        let rest = self.text.get(end..).unwrap_or_default();
        let Some(last) = rest.trim_start().strip_prefix("TO ").filter(|_| bound == DateBound::In) else {
            return (range, end);
        };
        let last_at = self.text.len() - last.trim_start().len();
        let Some(end_of_last) = self.ends_of_words(last_at).into_iter().next() else {
            return (range, end);
        };
        match parse_date_range(self.text.get(value_at..end_of_last).unwrap_or_default(), self.today) {
            Ok(both) => (both, end_of_last),
            Err(_) => (range, end),
        }
    }

    /// Where the words end that a date beginning at `at` may run through, the first word's end first.
    fn ends_of_words(&self, at: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut in_word = false;
        for (offset, c) in self.text.get(at..).unwrap_or_default().char_indices() {
            let is_part =
                !is_separator(c) && !matches!(c, '(' | ')' | '（' | '）' | '|') && quote_kind(c).is_none();
            if in_word && !is_part {
                ends.push(at + offset);
            }
            if ends.len() == WORDS_OF_A_DATE || !(is_part || c == ' ' || c == ',') {
                return ends;
            }
            in_word = is_part;
        }
        if in_word {
            ends.push(self.text.len());
        }
        ends
    }

    fn bounded(&self, bound: DateBound, text: &str) -> Result<DateRange, String> {
        let text = match text.strip_suffix('.') {
            Some(sentence) if !text.ends_with("..") => sentence,
            _ => text,
        };
        if bound == DateBound::In {
            return parse_date_range(text, self.today);
        }
        let (first, last) = parse_day_range(text, self.today)?;
        let beyond = |_| format!("no date lies beyond `{text}`");
        Ok(match bound {
            DateBound::In => DateRange { from: Some(first), to: Some(last) },
            DateBound::Since => DateRange { from: Some(first), to: None },
            DateBound::Until => DateRange { from: None, to: Some(last) },
            DateBound::After => {
                DateRange { from: Some(last.checked_add(1.day()).map_err(beyond)?), to: None }
            }
            DateBound::Before => {
                DateRange { from: None, to: Some(first.checked_sub(1.day()).map_err(beyond)?) }
            }
        })
    }

    /// `>1200`, `<=300`, `500`, `100..300`, with or without brackets. False where no number follows and it is
    /// a word.
    fn length_clause(&mut self, start: usize) -> bool {
        let inside = self.rest().trim_start_matches(['(', '[', '"', ' ']);
        let is_length =
            comparison(inside).is_some() || inside.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        if !is_length {
            self.at = start;
            return false;
        }
        let (text, end) = match self.enclosed_value() {
            Some(inside) => (self.text.get(inside).unwrap_or_default(), self.at),
            None => self.bare_length(),
        };
        let compared = comparison(text.trim());
        let numbers = compared.map_or(text, |(_, after)| after).trim().trim_end_matches([',', ';']);
        self.at = end;
        let span = start..self.at;
        match length_range(compared.map_or(Comparison::Equal, |(comparison, _)| comparison), numbers) {
            Ok(range) => self.push_leaf(NodeKind::Length(range), span, 1),
            Err(message) => {
                self.notices.refuse(span.clone(), message);
                self.push(TokenKind::Void, span);
            }
        }
        true
    }

    /// A comparison, white space, and what stands up to the next white space or parenthesis.
    fn bare_length(&self) -> (&'a str, usize) {
        let after_sign = comparison(self.rest()).map_or(self.rest(), |(_, after)| after).trim_start();
        let length = after_sign
            .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
            .unwrap_or(after_sign.len());
        let end = self.text.len() - after_sign.len() + length;
        (self.text.get(self.at..end).unwrap_or_default(), end)
    }
}

fn length_range(comparison: Comparison, text: &str) -> Result<LengthRange, String> {
    let number = |text: &str| {
        let digits: String = text.trim().chars().filter(|c| !matches!(c, ',' | '_')).collect();
        let is_number =
            !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number
            .then(|| digits.parse::<u64>().ok())
            .flatten()
            .ok_or_else(|| format!("length `{}` is not a number of words: write `length>1200`", text.trim()))
    };
    let nothing = || format!("no article is shorter than 0 words: `length<{text}`");
    let range = match comparison {
        Comparison::AtLeast => LengthRange { min: Some(number(text)?), max: None },
        Comparison::AtMost => LengthRange { min: None, max: Some(number(text)?) },
        Comparison::Above => LengthRange { min: Some(number(text)? + 1), max: None },
        Comparison::Below => {
            LengthRange { min: None, max: Some(number(text)?.checked_sub(1).ok_or_else(nothing)?) }
        }
        Comparison::Equal => match text.split_once("..").or_else(|| text.split_once(" TO ")) {
            None => LengthRange { min: Some(number(text)?), max: Some(number(text)?) },
            Some((min, max)) if max.trim().is_empty() => LengthRange { min: Some(number(min)?), max: None },
            Some((min, max)) if min.trim().is_empty() => LengthRange { min: None, max: Some(number(max)?) },
            Some((min, max)) => LengthRange { min: Some(number(min)?), max: Some(number(max)?) },
        },
    };
    match range {
        LengthRange { min: Some(min), max: Some(max) } if min > max => {
            Err(format!("length range `{text}` runs backwards"))
        }
        range => Ok(range),
    }
}
