//! What people bring from Nexis, Factiva, Westlaw, ProQuest, Lucene and the web: how their operators, field names and
//! codes are written there, and what they are here. Tables and small readers, no state.

use super::ast::{Field, MAX_DISTANCE, Proximity};
use super::characters::is_searchable;
use super::lex::{Prefix, TokenKind};

/// The distance of an operator that was typed without one.
const DEFAULT_DISTANCE: u32 = 10;

/// An operator that was read, and what to say about it.
pub(super) struct Operator {
    pub(super) tokens: Vec<TokenKind>,
    /// How many bytes after the word belong to it (`AROUND(5)`, `ATLEAST 3`).
    pub(super) extra: usize,
    pub(super) advice: Option<String>,
    /// The number as typed, where it is beyond what is read.
    pub(super) clamped: Option<String>,
}

impl Operator {
    fn plain(kind: TokenKind) -> Self {
        Self { tokens: vec![kind], extra: 0, advice: None, clamped: None }
    }

    fn near(within: Proximity) -> Self {
        Self::plain(TokenKind::Near(within))
    }

    fn advising(self, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..self }
    }

    fn words(digits: &str, ordered: bool) -> Self {
        let number = digits.parse::<u32>().unwrap_or(u32::MAX);
        let distance = number.clamp(1, MAX_DISTANCE);
        let clamped = (distance != number).then(|| digits.to_owned());
        Self { clamped, ..Self::near(Proximity::Words { distance, ordered }) }
    }
}

/// The operator that `raw` is, with `rest` following it.
pub(super) fn operator(raw: &str, rest: &str) -> Option<Operator> {
    let default = |ordered, distance| Operator::near(Proximity::Words { distance, ordered });
    Some(match raw {
        "AND" => Operator::plain(TokenKind::And),
        "OR" => Operator::plain(TokenKind::Or),
        "NOT" => Operator::plain(TokenKind::Prefix(Prefix::Not)),
        "ANDNOT" | "AND-NOT" | "BUTNOT" => {
            Operator::plain(TokenKind::Prefix(Prefix::Not)).advising(format!("`{raw}` is read as AND NOT"))
        }
        "AROUND" | "NEAR" if in_parentheses(rest).is_some() => {
            let (digits, extra) = in_parentheses(rest)?;
            let read = Operator::words(digits, false)
                .advising(format!("`{raw}({digits})` is read as `NEAR/{digits}`"));
            Operator { extra, ..read }
        }
        "NEAR" | "NEAR/" => default(false, DEFAULT_DISTANCE)
            .advising(format!("`{raw}` without a distance is read as `NEAR/{DEFAULT_DISTANCE}`")),
        "ADJ" | "ADJ/" => default(true, 1).advising(format!("`{raw}` without a distance is read as `PRE/1`")),
        "SAME" => {
            Operator::near(Proximity::Paragraph).advising("`SAME` is read as `W/P`: in the same paragraph")
        }
        "ATLEAST" => {
            let digits = rest.trim_start();
            let space = rest.len() - digits.len();
            let length = digits.bytes().take_while(u8::is_ascii_digit).count();
            if space == 0 || length == 0 {
                return None;
            }
            Operator { extra: space + length, ..at_least(digits.get(..length)?) }
        }
        _ => return with_number(raw),
    })
}

/// `(5)` at the beginning of a text: the digits, and how long it is.
fn in_parentheses(rest: &str) -> Option<(&str, usize)> {
    let digits = rest.strip_prefix('(')?.split_once(')')?.0;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some((digits, digits.len() + 2))
}

fn at_least(digits: &str) -> Operator {
    let count = digits.parse().unwrap_or(u32::MAX);
    Operator::plain(TokenKind::Prefix(Prefix::AtLeast(count)))
}

/// `NEAR/5`, `w/5`, `pre/3`, `near5`, `W/S`, `/p`, `ATLEAST/3`, `atleast3`.
fn with_number(raw: &str) -> Option<Operator> {
    if !raw.is_ascii() {
        return None;
    }
    let letters = raw.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (typed, tail) = raw.split_at(letters);
    let name = typed.to_ascii_uppercase();
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(tail) = tail.strip_prefix('/') else {
        return match (name.as_str(), number(tail)) {
            ("ATLEAST", true) => Some(at_least(tail)),
            ("NEAR", true) => {
                Some(Operator::words(tail, false).advising(format!("`{raw}` is read as `NEAR/{tail}`")))
            }
            ("ADJ" | "PRE", true) => {
                Some(Operator::words(tail, true).advising(format!("`{raw}` is read as `PRE/{tail}`")))
            }
            _ => None,
        };
    };
    let is_capital = typed.bytes().all(|byte| byte.is_ascii_uppercase());
    if number(tail) {
        return match name.as_str() {
            "ATLEAST" => Some(at_least(tail)),
            "NEAR" => Some(Operator::words(tail, false)),
            "PRE" | "ADJ" => Some(Operator::words(tail, true)),
            "W" => Some(Operator::words(tail, false).advising(format!(
                "`{raw}` takes either order, as `NEAR/{tail}` does: for this order only, write `PRE/{tail}`"
            ))),
            "WITHIN" | "" => {
                Some(Operator::words(tail, false).advising(format!("`{raw}` is read as `NEAR/{tail}`")))
            }
            "N" if is_capital => {
                Some(Operator::words(tail, false).advising(format!("`{raw}` is read as `NEAR/{tail}`")))
            }
            "P" if is_capital => {
                Some(Operator::words(tail, true).advising(format!("`{raw}` is read as `PRE/{tail}`")))
            }
            "ONEAR" => Some(Operator::words(tail, true).advising(format!("`{raw}` is read as `PRE/{tail}`"))),
            _ => None,
        };
    }
    let within = match tail.to_ascii_uppercase().as_str() {
        "S" | "SENT" | "SENTENCE" => Proximity::Sentence,
        "P" | "PARA" | "PARAGRAPH" => Proximity::Paragraph,
        "SEG" if name == "W" => {
            return Some(
                Operator::plain(TokenKind::And)
                    .advising(format!("`{raw}` is read as AND: there are no segments")),
            );
        }
        _ => return None,
    };
    match name.as_str() {
        "W" => Some(Operator::near(within)),
        "NEAR" | "WITHIN" => Some(Operator::near(within).advising(format!("`{raw}` is read as `{within}`"))),
        "" if tail.len() == 1 => {
            Some(Operator::near(within).advising(format!("`{raw}` is read as `{within}`")))
        }
        _ => None,
    }
}

/// What to say where a word is nearly an operator.
pub(super) fn looks_like_an_operator(text: &str) -> Option<String> {
    let (name, _) = text.split_once('/')?;
    let example = match name {
        "NEAR" | "W" => "NEAR/5",
        "PRE" | "ADJ" => "PRE/5",
        "ATLEAST" => "ATLEAST/3",
        _ => return None,
    };
    Some(format!("`{text}` is searched as a word: the operator is written `{example}`"))
}

/// What to say where an operator's name is typed among words in small letters.
pub(super) fn small_operator(text: &str) -> Option<&'static str> {
    Some(match text {
        "or" => "`or` is searched as a word: the operator is written in capitals, `OR`",
        "not" => "`not` is searched as a word: the operator is written in capitals, `NOT`",
        "same" => "`same` is searched as a word: for the same paragraph write `W/P`",
        _ => return None,
    })
}

/// `1990..1999`: a range of years without a name.
pub(super) fn is_range_of_years(text: &str) -> bool {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once("..").is_some_and(|(from, to)| is_year(from) && is_year(to))
}

/// Where the `?` stands that ends a question in plain words (`where is kim?`); there it is no wildcard.
pub(super) fn question_mark(text: &str) -> Option<usize> {
    let question = text.trim_end().strip_suffix('?')?;
    let opening = question.split_whitespace().next()?.to_lowercase();
    let asks = matches!(
        opening.as_str(),
        "who"
            | "whom"
            | "whose"
            | "what"
            | "when"
            | "where"
            | "why"
            | "which"
            | "how"
            | "is"
            | "are"
            | "was"
            | "were"
            | "do"
            | "does"
            | "did"
            | "has"
            | "have"
            | "had"
            | "can"
            | "could"
            | "will"
            | "would"
            | "should"
    );
    let is_plain = question
        .chars()
        .all(|c| c.is_alphanumeric() || c.is_whitespace() || ",.'’-".contains(c) || is_searchable(c));
    let has_operator =
        question.split_whitespace().any(|word| operator(word, "").is_some() || word.starts_with('-'));
    let asks = asks || opening.starts_with('¿');
    let is_plain = is_plain || (opening.starts_with('¿') && !question.contains(['"', '(', '*', '?']));
    (asks
        && is_plain
        && !has_operator
        && (question.contains(char::is_whitespace) || opening.starts_with('¿')))
    .then_some(question.len())
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
        "intitle" | "allintitle" | "inheadline" | "head" => Name::Foreign(Field::Headline),
        "intext" | "inbody" | "text" | "content" => Name::Foreign(Field::Body),
        "writer" | "reporter" | "creator" => Name::Foreign(Field::Author),
        "desk" | "category" => Name::Foreign(Field::Section),
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
        "an" => Name::Foreign(Field::Id),
        "date" | "pd" => Name::Date(DateBound::In),
        "length" | "wc" | "wordcount" | "words" => Name::Length,
        "hlp" | "lp" | "hl" => Name::Elsewhere,
        _ => return None,
    })
}

/// What the name right before a `(` is, as in Nexis's `headline(…)`.
pub(super) fn name_before_parenthesis(name: &str) -> Option<Name> {
    if let Some(field) = Field::from_name(name) {
        return Some(Name::Foreign(field));
    }
    Some(match name.to_ascii_lowercase().as_str() {
        "date" => Name::Date(DateBound::In),
        "length" => Name::Length,
        "hlead" | "lead" | "hlp" | "lp" | "hl" | "publication" | "pub" | "source" | "subject"
        | "geographic" | "company" | "person" | "ticker" | "cite" | "dateline" | "language" | "graphic"
        | "highlight" | "series" | "terms" | "organization" | "industry" | "country" => Name::Elsewhere,
        "allcaps" | "caps" | "nocaps" | "singular" | "plural" => Name::Form,
        _ => return None,
    })
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
            | "pub"
            | "re"
            | "rf"
            | "rst"
            | "sc"
            | "sn"
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
        assert_eq!(question_mark("¿qué?"), Some(6));
        assert_eq!(question_mark("where is kim?"), Some(12));
        assert_eq!(question_mark("where is kim? "), Some(12));
        for other in ["wom?", "where?", "where is \"kim\"?", "peace plan?", "where AND kim?", "is kim -un?"] {
            assert_eq!(question_mark(other), None, "{other}");
        }
    }
}
