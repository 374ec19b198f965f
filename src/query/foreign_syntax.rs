//! What people bring from Nexis, Factiva, Westlaw, ProQuest, Lucene and the web: how their operators, field
//! names and codes are written there, and what they are here. Tables and small readers, no state.

use super::ast::{MAX_DISTANCE, Proximity};
use super::characters::is_searchable;
use super::token::{Prefix, TokenKind};
use crate::field::Field;

/// The distance of an operator that was typed without one.
const DEFAULT_DISTANCE: u32 = 10;

/// `N5` and its like are operators up to this distance: `N95` is a mask.
const LONGEST_GLUED_DISTANCE: u32 = 50;

/// Where a word stands that may be an operator.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// After something that can be an operator's left side.
    pub(super) after_operand: bool,
    /// Something follows that can be its right side.
    pub(super) before_operand: bool,
    /// After a number.
    pub(super) after_number: bool,
    /// AND, OR and NOT are operators in small letters too.
    pub(super) in_small_letters: bool,
}

impl Place {
    fn is_between(self) -> bool {
        self.after_operand && self.before_operand
    }
}

/// An operator that was read, and what to say about it.
pub(super) struct Operator {
    pub(super) tokens: Vec<TokenKind>,
    /// How many bytes after the word belong to it (`AROUND(5)`, `ATLEAST 3`).
    pub(super) extra: usize,
    pub(super) advice: Option<String>,
    /// The number as typed, where it is beyond what is read.
    pub(super) clamped: Option<String>,
    /// Nobody types it who does not mean operators, in small letters too.
    pub(super) is_telling: bool,
}

impl Operator {
    fn plain(kind: TokenKind) -> Self {
        let is_telling = matches!(kind, TokenKind::Near(_) | TokenKind::Prefix(Prefix::AtLeast(_)));
        Self { tokens: vec![kind], extra: 0, advice: None, clamped: None, is_telling }
    }

    fn near(within: Proximity) -> Self {
        Self::plain(TokenKind::Near(within))
    }

    fn advising(self, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..self }
    }

    fn telling(self) -> Self {
        Self { is_telling: true, ..self }
    }

    fn words(digits: &str, ordered: bool) -> Self {
        let number = digits.parse::<u32>().unwrap_or(u32::MAX);
        let distance = number.clamp(1, MAX_DISTANCE);
        let clamped = (distance != number).then(|| digits.to_owned());
        Self { clamped, ..Self::near(Proximity::Words { distance, ordered }) }
    }

    /// The same, of what must not stand so close.
    fn negated(mut self) -> Self {
        self.tokens.insert(0, TokenKind::Prefix(Prefix::Not));
        self
    }

    /// `raw` is read as `NEAR/5` or `PRE/5`.
    fn read_as(raw: &str, digits: &str, ordered: bool) -> Self {
        let ours = if ordered { "PRE" } else { "NEAR" };
        Self::words(digits, ordered).advising(format!("`{raw}` is read as `{ours}/{digits}`"))
    }

    /// The same where the operator looks like a word.
    fn read_as_no_word(raw: &str, digits: &str, ordered: bool) -> Self {
        let ours = if ordered { "PRE" } else { "NEAR" };
        Self::words(digits, ordered).advising(format!(
            "`{raw}` between two words is read as `{ours}/{digits}`: to search for it write `\"{raw}\"`"
        ))
    }
}

/// The operator that `raw` is, with `rest` following it.
pub(super) fn operator(raw: &str, rest: &str, place: Place) -> Option<Operator> {
    let default = |ordered, distance| Operator::near(Proximity::Words { distance, ordered });
    let not = || Operator::plain(TokenKind::Prefix(Prefix::Not));
    if place.in_small_letters
        && let Some(operator) = in_small_letters(raw, rest, place)
    {
        return Some(operator);
    }
    Some(match raw {
        "AND" => Operator::plain(TokenKind::And),
        "OR" => Operator::plain(TokenKind::Or),
        "NOT" => not(),
        "ANDNOT" | "AND-NOT" | "BUTNOT" | "BUT-NOT" | "andnot" | "butnot" => {
            not().advising(format!("`{raw}` is read as AND NOT"))
        }
        "BUT" => {
            let extra = length_of_not(rest, "NOT")?;
            Operator { extra, ..not().advising("`BUT NOT` is read as AND NOT") }
        }
        "%" if place.is_between() && !place.after_number => {
            not().telling().advising("`%` is read as AND NOT, as on Westlaw: for both words write AND")
        }
        "AROUND" | "NEAR" if in_parentheses(rest).is_some() => {
            let (digits, extra) = in_parentheses(rest)?;
            let read = Operator::words(digits, false)
                .advising(format!("`{raw}({digits})` is read as `NEAR/{digits}`"));
            Operator { extra, ..read }
        }
        "NEAR" | "ADJ" | "WITHIN" | "PRE" | "ONEAR"
            if place.after_operand && number_after(rest).is_some() =>
        {
            let (digits, extra) = number_after(rest)?;
            let ordered = !matches!(raw, "NEAR" | "WITHIN");
            Operator { extra, ..Operator::read_as(&format!("{raw} {digits}"), digits, ordered) }
        }
        "NEAR" | "NEAR/" => default(false, DEFAULT_DISTANCE)
            .advising(format!("`{raw}` without a distance is read as `NEAR/{DEFAULT_DISTANCE}`")),
        "ADJ" | "ADJ/" => default(true, 1).advising(format!("`{raw}` without a distance is read as `PRE/1`")),
        "SAME" => Operator::near(Proximity::Paragraph { ordered: false })
            .advising("`SAME` is read as `W/P`: in the same paragraph"),
        "ATLEAST" | "atleast" => {
            let (digits, extra) = number_after(rest)?;
            Operator { extra, ..at_least(digits) }
        }
        _ => return with_number(raw, rest, place),
    })
}

/// `and`, `Or`, `but not`, `same`, where these are operators.
fn in_small_letters(raw: &str, rest: &str, place: Place) -> Option<Operator> {
    const BUT_NOT: &str = "`but not` is read as AND NOT";
    let not = || Operator::plain(TokenKind::Prefix(Prefix::Not));
    Some(match raw.to_ascii_lowercase().as_str() {
        "and" if raw != "AND" && place.is_between() => Operator::plain(TokenKind::And),
        "or" if raw != "OR" && place.is_between() => Operator::plain(TokenKind::Or),
        // A proximity may follow: `peace not w/5 plan`.
        "not" if raw != "NOT" && (place.after_operand || place.before_operand) => not(),
        "but" if place.after_operand => {
            Operator { extra: length_of_not(rest, "not")?, ..not().advising(BUT_NOT) }
        }
        "same" if raw != "SAME" && place.is_between() => {
            Operator::near(Proximity::Paragraph { ordered: false })
                .advising(format!("`{raw}` is read as `W/P`: in the same paragraph"))
        }
        _ => return None,
    })
}

/// White space and `not` at the beginning of a text: how long it is.
fn length_of_not(rest: &str, not: &str) -> Option<usize> {
    let word = rest.trim_start();
    let after = word.strip_prefix(not)?;
    let is_word = word.len() < rest.len() && after.starts_with(|c: char| c.is_whitespace() || c == '(');
    is_word.then(|| rest.len() - after.len())
}

/// `(5)` at the beginning of a text: the digits, and how long it is.
fn in_parentheses(rest: &str) -> Option<(&str, usize)> {
    let digits = rest.strip_prefix('(')?.split_once(')')?.0;
    is_number(digits).then_some((digits, digits.len() + 2))
}

/// White space and a number at the beginning of a text: the digits, and how long it is.
fn number_after(rest: &str) -> Option<(&str, usize)> {
    let word = rest.trim_start();
    let length = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, after) = word.split_at_checked(length)?;
    let is_whole = after.chars().next().is_none_or(|c| c.is_whitespace() || c == '(' || c == '"');
    let space = rest.len() - word.len();
    (space > 0 && length > 0 && is_whole).then_some((digits, space + length))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn at_least(digits: &str) -> Operator {
    let count = digits.parse().unwrap_or(u32::MAX);
    Operator::plain(TokenKind::Prefix(Prefix::AtLeast(count)))
}

/// `NEAR/5`, `w/5`, `pre/3`, `near5`, `n5`, `W/S`, `/p`, `ATLEAST/3`, `atleast3`.
fn with_number(raw: &str, rest: &str, place: Place) -> Option<Operator> {
    if !raw.is_ascii() {
        return None;
    }
    let letters = raw.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (typed, tail) = raw.split_at(letters);
    let name = typed.to_ascii_uppercase();
    let Some(tail) = tail.strip_prefix('/') else {
        if !is_number(tail) {
            return None;
        }
        let is_distance = || {
            let number = tail.parse::<u32>().unwrap_or(0);
            place.is_between() && !tail.starts_with('0') && number <= LONGEST_GLUED_DISTANCE
        };
        return match name.as_str() {
            "ATLEAST" => Some(at_least(tail)),
            "ATL" if rest.starts_with('(') => Some(at_least(tail)),
            "NEAR" | "WITHIN" => Some(Operator::read_as(raw, tail, false)),
            "ADJ" | "PRE" | "ONEAR" => Some(Operator::read_as(raw, tail, true)),
            "N" if is_distance() => Some(Operator::read_as_no_word(raw, tail, false)),
            "W" | "P" if is_distance() => Some(Operator::read_as_no_word(raw, tail, true)),
            _ => None,
        };
    };
    let is_capital = typed.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_number(tail) {
        return match name.as_str() {
            "ATLEAST" => Some(at_least(tail)),
            "NEAR" => Some(Operator::words(tail, false)),
            "PRE" | "ADJ" => Some(Operator::words(tail, true)),
            "W" => Some(Operator::words(tail, false).advising(format!(
                "`{raw}` takes either order, as `NEAR/{tail}` does: for this order only, write `PRE/{tail}`"
            ))),
            "WITHIN" | "" => Some(Operator::read_as(raw, tail, false)),
            "N" if is_capital => Some(Operator::read_as(raw, tail, false)),
            "P" if is_capital => Some(Operator::read_as(raw, tail, true)),
            "N" if place.is_between() => Some(Operator::read_as_no_word(raw, tail, false)),
            "P" if place.is_between() => Some(Operator::read_as_no_word(raw, tail, true)),
            "ONEAR" => Some(Operator::read_as(raw, tail, true)),
            "NOT" => Some(
                Operator::words(tail, false)
                    .negated()
                    .advising(format!("`{raw}` is read as `NOT NEAR/{tail}`")),
            ),
            _ => None,
        };
    }
    let ordered = matches!(name.as_str(), "PRE" | "ADJ" | "ONEAR" | "P");
    let within = unit(tail, ordered);
    match name.as_str() {
        "NOT" if tail.eq_ignore_ascii_case("seg") => Some(
            Operator::plain(TokenKind::Prefix(Prefix::Not))
                .telling()
                .advising(format!("`{raw}` is read as AND NOT: there are no segments")),
        ),
        "NOT" => {
            let within = within?;
            let advice = format!("`{raw}` is read as `NOT {within}`");
            Some(Operator::near(within).negated().advising(advice))
        }
        "W" | "" | "NEAR" | "WITHIN" | "PRE" if tail.eq_ignore_ascii_case("seg") => Some(
            Operator::plain(TokenKind::And)
                .telling()
                .advising(format!("`{raw}` is read as AND: there are no segments")),
        ),
        "W" => within.map(Operator::near),
        "PRE" if is_capital && tail.len() == 1 => within.map(Operator::near),
        "NEAR" | "WITHIN" | "" | "PRE" | "ADJ" | "ONEAR" => in_unit(raw, within?),
        "N" | "P" if place.is_between() => in_unit(raw, within?),
        _ => None,
    }
}

fn unit(name: &str, ordered: bool) -> Option<Proximity> {
    Some(match name.to_ascii_uppercase().as_str() {
        "S" | "SENT" | "SENTENCE" => Proximity::Sentence { ordered },
        "P" | "PARA" | "PARAGRAPH" => Proximity::Paragraph { ordered },
        _ => return None,
    })
}

fn in_unit(raw: &str, within: Proximity) -> Option<Operator> {
    Some(Operator::near(within).advising(format!("`{raw}` is read as `{within}`")))
}

/// Westlaw's `+s`, `+p`, `+5`, of which `name` is what stands after the sign: the first before the second.
pub(super) fn plus_operator(name: &str) -> Option<Operator> {
    if is_number(name) {
        return Some(Operator::read_as(&format!("+{name}"), name, true));
    }
    in_unit(&format!("+{name}"), unit(name, true)?)
}

/// Factiva's `/N30/` and `/F50/` at the beginning of a text.
pub(super) struct Slashed {
    /// How long it is.
    pub(super) length: usize,
    /// `None` for the first words of an article, which cannot be asked for.
    pub(super) operator: Option<Operator>,
}

/// `/N30/`, glued to the words beside it or not.
pub(super) fn slashed(text: &str) -> Option<Slashed> {
    let inside = text.strip_prefix('/')?;
    let letter = inside.chars().next().filter(char::is_ascii_alphabetic)?;
    let digits = inside.get(1..)?;
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, after) = digits.split_at_checked(count)?;
    if !(1..=3).contains(&count) || !after.starts_with('/') {
        return None;
    }
    let length = count + 3;
    let raw = text.get(..length)?;
    let operator = match letter.to_ascii_uppercase() {
        'N' => Some(Operator::read_as(raw, digits, false)),
        'W' | 'P' => Some(Operator::read_as(raw, digits, true)),
        'F' => None,
        _ => return None,
    };
    Some(Slashed { length, operator })
}

/// What a regular expression asks for in wildcards, where it is letters, `.`, `.*` and `.+` only.
pub(super) fn wildcards_of(expression: &str) -> Option<String> {
    let mut read = String::new();
    let mut chars = expression.trim_start_matches('^').trim_end_matches('$').chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('.', Some('*')) => {
                chars.next();
                read.push('*');
            }
            ('.', Some('+')) => {
                chars.next();
                read.push_str("?*");
            }
            ('.', _) => read.push('?'),
            (c, _) if c.is_alphanumeric() || matches!(c, '-' | '\'' | '’') => read.push(c),
            _ => return None,
        }
    }
    Some(read)
}

/// Whether the next word of a text is an operator that wants something on its left.
pub(super) fn begins_with_operator(rest: &str) -> bool {
    let rest = rest.trim_start();
    let end = rest.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    operator(word, after, Place::default())
        .is_some_and(|operator| !matches!(operator.tokens.as_slice(), [TokenKind::Prefix(_)]))
}

/// What to say where a word is nearly an operator.
pub(super) fn looks_like_an_operator(text: &str) -> Option<String> {
    let (name, _) = text.split_once('/')?;
    let example = match name {
        "NEAR" | "W" | "WITHIN" => "NEAR/5",
        "PRE" | "ADJ" | "ONEAR" => "PRE/5",
        "ATLEAST" => "ATLEAST/3",
        _ => return None,
    };
    Some(format!("`{text}` is searched as a word: the operator is written `{example}`"))
}

/// In longer queries `and` is prose, and means as much without being read.
const LONGEST_WITH_AND: usize = 5;

/// What to say where an operator's name is typed as a word between other words, in a query of so many words.
pub(super) fn operator_as_word(text: &str, words: usize) -> Option<String> {
    let in_capitals = text.to_ascii_uppercase();
    Some(match in_capitals.as_str() {
        "AND" if words > LONGEST_WITH_AND => return None,
        "ADJ" if text == in_capitals => return None,
        "AND" | "OR" | "NOT" | "ADJ" => {
            format!("`{text}` is searched as a word: the operator is written in capitals, `{in_capitals}`")
        }
        "SAME" => format!("`{text}` is searched as a word: for the same paragraph write `W/P`"),
        "XOR" if text == "XOR" => "`XOR` is searched as a word: write `(a OR b) NOT (a b)`".to_owned(),
        "PRE" | "ONEAR" if text == in_capitals => {
            format!("`{text}` is searched as a word: the operator is written `PRE/5`")
        }
        "WITHIN" if text == in_capitals => {
            "`WITHIN` is searched as a word: the operator is written `NEAR/5`".to_owned()
        }
        _ => return None,
    })
}

/// `1990..1999`: a range of years without a name.
pub(super) fn is_range_of_years(text: &str) -> bool {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once("..").is_some_and(|(from, to)| is_year(from) && is_year(to))
}

/// Words that questions begin with, or `who`, `what` and `why` anywhere in longer ones.
const ASKING: &[&str] = &[
    "who", "whom", "whose", "what", "when", "where", "why", "which", "how", "is", "are", "was", "were", "do",
    "does", "did", "has", "have", "had", "can", "could", "will", "would", "should", "may", "might", "must",
    "shall", "am",
];

/// So many of [`ASKING`] ask wherever they stand.
const ASKING_ANYWHERE: usize = 9;

/// Whether the text is a question in plain words (`where is kim?`), in which `?` at a word's end is no
/// wildcard.
pub(super) fn is_question(text: &str) -> bool {
    let Some(question) = text.trim_end().strip_suffix('?') else {
        return false;
    };
    let mut words = question.split_whitespace();
    let Some(opening) = words.next().map(str::to_lowercase) else {
        return false;
    };
    let is_spanish = opening.starts_with('¿');
    let asks = |word: &str| ASKING[..ASKING_ANYWHERE].contains(&word.to_lowercase().as_str());
    let asks = is_spanish || ASKING.contains(&opening.as_str()) || words.any(asks);
    let mut chars = question.chars().peekable();
    let mut is_plain = true;
    while let Some(c) = chars.next() {
        let ends_sentence = c == '?' && chars.peek().is_none_or(|next| next.is_whitespace());
        is_plain &= c.is_alphanumeric()
            || c.is_whitespace()
            || ",.'’-".contains(c)
            || is_searchable(c)
            || ends_sentence;
    }
    let is_plain = is_plain || (is_spanish && !question.contains(['"', '(', '*', '?']));
    let has_operator = question
        .split_whitespace()
        .any(|word| operator(word, "", Place::default()).is_some() || word.starts_with('-'));
    asks && is_plain && !has_operator && (question.contains(char::is_whitespace) || is_spanish)
}

/// Shorter questions in capitals are taken for operators and what they join.
const SHORTEST_PROSE: usize = 4;

/// Whether a question is in capitals throughout and has more words than its operators could join, so that
/// these are words.
pub(super) fn is_prose_in_capitals(text: &str) -> bool {
    if text.contains(char::is_lowercase) || text.contains(['=', '<', '>', '|', '*']) {
        return false;
    }
    let (mut operators, mut words) = (0, 0);
    let mut has_signs = text.contains(['(', ':']);
    for word in text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)) {
        if is_name_of_operator(word) {
            operators += 1;
        } else if operator(word, "", Place::default()).is_some() {
            return false;
        } else if word.starts_with('-') {
            has_signs = true;
        } else {
            words += 1;
        }
    }
    // Signs are punctuation, or leave one word out, where words are many.
    let fewest = if has_signs { 4 * operators + SHORTEST_PROSE } else { operators + 2 };
    words >= fewest.max(SHORTEST_PROSE)
}

/// The operators that are words as well.
pub(super) fn is_name_of_operator(raw: &str) -> bool {
    matches!(raw, "AND" | "OR" | "NOT" | "BUT" | "NEAR" | "SAME" | "ADJ")
}

/// Whether a word would be an operator in a query that has others.
pub(super) fn is_small_operator(raw: &str, rest: &str, place: Place) -> bool {
    raw.len() <= 6 && in_small_letters(raw, rest, place).is_some()
}

/// What a name before `:`, `=` or `(` is.
pub(super) enum Name {
    /// A field under the name it has here.
    Field(Field),
    /// A field under the name it has elsewhere.
    Foreign(Field),
    /// A bound on the date.
    Date(DateBound),
    /// A bound on the date where a date follows, else a word: `from:2025`, `to:2025`.
    MaybeDate(DateBound),
    /// The number of words.
    Length,
    /// Something that is not kept here; what it holds is searched everywhere.
    Elsewhere,
    /// Asks for a form of the word that is not told apart here.
    Form,
    /// Asks for exactly what it holds.
    Exact,
    /// The article's language, which cannot be asked for.
    Language,
}

/// Which side of a date is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateBound {
    /// In the period.
    In,
    /// From its first day.
    Since,
    /// After its last day.
    After,
    /// Before its first day.
    Before,
    /// Up to its last day.
    Until,
}

/// What the name before a `:` is; `None` for a word like any other.
pub(super) fn name_before_colon(name: &str) -> Option<Name> {
    if let Some(field) = Field::from_name(name) {
        return Some(Name::Field(field));
    }
    Some(match name.to_ascii_lowercase().as_str() {
        "date" => Name::Date(DateBound::In),
        "since" => Name::Date(DateBound::Since),
        "after" => Name::Date(DateBound::After),
        "before" => Name::Date(DateBound::Before),
        "until" => Name::Date(DateBound::Until),
        "from" => Name::MaybeDate(DateBound::Since),
        "to" => Name::MaybeDate(DateBound::Until),
        "length" | "wc" | "wordcount" => Name::Length,
        "year" | "yr" | "py" | "pd" | "pubdate" | "pubyear" | "published" => Name::MaybeDate(DateBound::In),
        "intitle" | "allintitle" | "inheadline" | "head" | "ti" => Name::Foreign(Field::Headline),
        "intext" | "inbody" | "text" | "content" | "ft" | "fulltext" => Name::Foreign(Field::Body),
        "writer" | "reporter" | "creator" | "au" => Name::Foreign(Field::Author),
        "desk" | "category" => Name::Foreign(Field::Section),
        "newspaper" | "outlet" | "publisher" | "pub" | "source" => Name::Foreign(Field::Publication),
        "site" | "inurl" | "allinurl" | "address" => Name::Foreign(Field::Url),
        "ab" | "abstract" | "su" | "subject" | "kw" | "keyword" | "keywords" | "noft" => Name::Elsewhere,
        "exact" => Name::Exact,
        "language" | "lang" | "la" => Name::Language,
        "filename" => Name::Foreign(Field::Path),
        "docno" | "guid" => Name::Foreign(Field::Id),
        _ => return None,
    })
}

/// What the name before an `=` is, as in Factiva's `hd=`.
pub(super) fn name_before_equals(name: &str) -> Option<Name> {
    if let Some(field) = Field::from_name(name) {
        return Some(Name::Foreign(field));
    }
    Some(match name.to_ascii_lowercase().as_str() {
        "se" => Name::Foreign(Field::Section),
        "sn" | "pub" => Name::Foreign(Field::Publication),
        "an" => Name::Foreign(Field::Id),
        "au" => Name::Foreign(Field::Author),
        "ti" => Name::Foreign(Field::Headline),
        "ft" => Name::Foreign(Field::Body),
        "date" | "pd" => Name::Date(DateBound::In),
        "pubdate" | "year" | "yr" | "py" | "pubyear" => Name::MaybeDate(DateBound::In),
        "since" => Name::MaybeDate(DateBound::Since),
        "length" | "wc" | "wordcount" | "words" => Name::Length,
        "hlp" | "lp" | "hl" | "ab" | "abstract" | "su" | "subject" | "kw" => Name::Elsewhere,
        "la" | "lang" | "language" => Name::Language,
        _ => return None,
    })
}

/// What the name right before a `(` is, as in Nexis's `headline(…)`.
pub(super) fn name_before_parenthesis(name: &str) -> Option<Name> {
    // Elsewhere a source is a newspaper.
    if let Some(field) = Field::from_name(name).filter(|field| *field != Field::Source) {
        return Some(Name::Foreign(field));
    }
    Some(match name.to_ascii_lowercase().as_str() {
        "date" => Name::Date(DateBound::In),
        "pd" | "pubdate" | "yr" | "year" | "py" | "pubyear" | "da" => Name::MaybeDate(DateBound::In),
        "length" | "wc" | "wordcount" => Name::Length,
        "ti" | "intitle" | "allintitle" => Name::Foreign(Field::Headline),
        "au" | "aut" => Name::Foreign(Field::Author),
        "ft" | "tx" | "te" | "text" | "fulltext" | "intext" => Name::Foreign(Field::Body),
        "se" => Name::Foreign(Field::Section),
        "pub" | "source" | "so" | "jn" => Name::Foreign(Field::Publication),
        "la" | "lang" | "language" => Name::Language,
        "exact" => Name::Exact,
        "hlead" | "lead" | "hlp" | "lp" | "hl" | "subject" | "geographic" | "company" | "person"
        | "ticker" | "cite" | "dateline" | "graphic" | "ab" | "abstract" | "su" | "mainsubject" | "mesub"
        | "kw" | "keyword" | "if" | "noft" | "co" | "org" | "per" | "loc" | "highlight" | "series"
        | "terms" | "organization" | "industry" | "country" => Name::Elsewhere,
        "allcaps" | "caps" | "nocaps" | "singular" | "plural" => Name::Form,
        _ => return None,
    })
}

/// What to say of one of EBSCO's codes of fields where it is searched as a word.
pub(super) fn code_of_field(code: &str) -> Option<String> {
    let ours = match code {
        "TI" => "for headlines write `headline:…`",
        "AU" => "for authors write `author:…`",
        "TX" => "for the text write `body:…`",
        "PY" | "DT" => "for dates write `date:…`",
        "SO" | "JN" => "for papers write `publication:…`",
        "AB" | "SU" | "KW" | "DE" | "MH" | "LA" => "there is no such field",
        _ => return None,
    };
    Some(format!("`{code}` is searched as a word: {ours}"))
}

/// Whether this is one of the names that ProQuest writes in a row (`ti,ab(…)`, `SU.EXACT(…)`).
pub(super) fn is_name_in_a_row(name: &str) -> bool {
    name.eq_ignore_ascii_case("x") || name_before_parenthesis(name).is_some()
}

/// Whether this is one of Factiva's codes before an `=`.
pub(super) fn is_factiva_code(name: &str) -> bool {
    matches!(
        name,
        "art"
            | "clm"
            | "co"
            | "cr"
            | "ct"
            | "de"
            | "ed"
            | "fds"
            | "in"
            | "ipc"
            | "ipd"
            | "la"
            | "ns"
            | "pg"
            | "re"
            | "rf"
            | "rst"
            | "sc"
            | "td"
            | "vol"
    )
}

/// Whether the name before a colon looks like a field's: letters in one case, two at least.
pub(super) fn looks_like_a_field(name: &str) -> bool {
    let is_lower = |c: char| c.is_ascii_lowercase() || c == '_';
    let rest = name.trim_start_matches(|c: char| c.is_ascii_uppercase());
    name.len() >= 2
        && name.len() <= 20
        && (rest.is_empty() || (name.len() - rest.len() <= 1 && rest.chars().all(is_lower)))
}

/// The name that was probably meant: one letter off from one of ours.
pub(super) fn nearest_name(name: &str) -> Option<&'static str> {
    let typed = name.to_ascii_lowercase();
    let fields = Field::ALL
        .iter()
        .flat_map(|field| [field.as_str()].into_iter().chain(field.aliases().iter().copied()));
    let meant = match typed.as_str() {
        "headlines" | "heading" => Some("headline"),
        "authors" | "journalist" => Some("author"),
        "publications" | "papers" | "journal" => Some("publication"),
        _ => None,
    };
    let mut names = fields.chain(["date", "since", "before", "length"]);
    meant
        .or_else(|| names.find(|ours| ours.len() > 3 && is_one_letter_off(typed.as_bytes(), ours.as_bytes())))
}

/// One letter inserted, left out, exchanged, or two neighbours swapped.
fn is_one_letter_off(one: &[u8], other: &[u8]) -> bool {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    match (one, other) {
        ([a, b, one @ ..], [c, d, other @ ..]) if a == d && b == c && one == other => true,
        ([_, one @ ..], [_, other @ ..]) if one == other => true,
        ([_, one @ ..], other) if one == other => true,
        (one, [_, other @ ..]) if one == other => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_one_letter_off_is_recognised() {
        for (typed, meant) in [
            ("headlin", "headline"),
            ("haedline", "headline"),
            ("autor", "author"),
            ("sektion", "section"),
            ("dates", "date"),
        ] {
            assert_eq!(nearest_name(typed), Some(meant), "{typed}");
        }
        assert_eq!(nearest_name("foo"), None);
        assert_eq!(nearest_name("headline"), None);
    }

    #[test]
    fn only_plain_questions_end_in_a_question_mark() {
        for question in [
            "¿qué?",
            "where is kim?",
            "where is kim? ",
            "in what year? and where?",
            "Since when does it rain?",
        ] {
            assert!(is_question(question), "{question}");
        }
        for other in [
            "wom?",
            "where?",
            "where is \"kim\"?",
            "peace plan?",
            "where AND kim?",
            "is kim -un?",
            "who is wom?n",
        ] {
            assert!(!is_question(other), "{other}");
        }
    }

    #[test]
    fn prose_in_capitals_has_more_words_than_operators_join() {
        for prose in [
            "WHAT DID THE MINISTER SAY ABOUT FLOODS AND ROADS",
            "IS THE BRIDGE OPEN OR NOT?",
            "WHO WROTE \"TIDES AND STONES\" AND WHEN",
            "WHICH BRIDGES -TOLL STEEL OR STONE STOOD ALONG THE RIVER LORNE",
        ] {
            assert!(is_prose_in_capitals(prose), "{prose}");
        }
        for other in [
            "FLOODS AND ROADS",
            "FLOODS AND ROADS OR BRIDGES NOT TOLLS",
            "(FLOODS OR TIDES) AND THE NEW BRIDGE",
            "FLOODS -TIDES OR BRIDGES STEEL STONE",
            "MINISTER NEAR/5 FLOODS AND THE NEW BRIDGE",
            "What did the minister say about FLOODS AND ROADS",
        ] {
            assert!(!is_prose_in_capitals(other), "{other}");
        }
    }
}
