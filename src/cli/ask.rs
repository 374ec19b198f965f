//! What is asked for: the words and the options that every command that searches takes, read.

use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use newsearch::analysis::fold::fold;
use newsearch::error::Error;
use newsearch::index;
use newsearch::query::{
    DateFilter, DateRange, Field, NameVariants, Node, NodeKind, Notice, NoticeKind, ParseOptions, parse,
    parse_day_range, parse_question,
};
use newsearch::search::{self, Account, Ranking, SearchRequest};

use super::arguments::asked::{AskedArguments, DatesWanted, NarrowArguments};
use super::arguments::words::query_text;
use super::outcome::Failure;
use super::terminal::Terminal;

/// A query that can be searched for.
pub struct ReadQuery {
    /// What is asked for.
    pub node: Node,
    /// What there is to know about the reading.
    pub notices: Vec<Notice>,
}

/// What was typed, and the request for it.
pub struct Asked {
    /// The words as they were typed.
    pub typed: String,
    /// What there is to know about the reading.
    pub notices: Vec<Notice>,
    /// The request, for the ten best articles.
    pub request: SearchRequest,
}

impl Asked {
    /// How the query was read.
    pub fn read_as(&self) -> String {
        self.request.query.to_string()
    }

    /// The account of a search, with what there is to know about the reading put first. What is new in it is
    /// printed.
    pub fn account(&self, account: Account, terminal: &Terminal) -> Result<Account, Failure> {
        account.notices.iter().try_for_each(|notice| terminal.warn(notice))?;
        let mut notices: Vec<String> = self.notices.iter().map(|notice| notice.message.clone()).collect();
        notices.extend(account.notices);
        Ok(Account { notices, ..account })
    }
}

/// Reads what was typed; with `any`, words may be missing. Without words all articles are asked for that the
/// options leave.
///
/// # Errors
/// Where [`read`] refuses it.
pub fn ask(arguments: &AskedArguments, any: Option<&Ranking>, terminal: &Terminal) -> Result<Asked, Failure> {
    let asked = ask_silently(arguments, any)?;
    asked.notices.iter().try_for_each(|notice| terminal.warn(&notice.message))?;
    if io::stderr().is_terminal()
        && let Some(phrase) = lost_quotes(&arguments.words)
    {
        terminal.warn(&format!("the shell takes quotes away: for the phrase only, type {phrase}"))?;
    }
    Ok(asked)
}

/// The same; what there is to know about the reading is not printed.
pub fn ask_silently(arguments: &AskedArguments, any: Option<&Ranking>) -> Result<Asked, Failure> {
    let typed = match arguments.words.as_slice() {
        // Whoever hands over nothing has not asked for everything.
        [word] if word == FROM_INPUT => from_input()?,
        words => Some(query_text(words))
            .filter(|typed| !typed.trim().is_empty())
            .unwrap_or_else(|| EVERYTHING.to_owned()),
    };
    ask_for(typed, &arguments.narrowed, any)
}

/// Reads the query from standard input.
const FROM_INPUT: &str = "-";
/// A query is no longer than that, in bytes.
const LONGEST_QUERY: u64 = 1 << 20;

fn from_input() -> Result<String, Failure> {
    let mut text = String::new();
    io::stdin().lock().take(LONGEST_QUERY).read_to_string(&mut text).map_err(|error| Error::CannotRead {
        path: PathBuf::from(FROM_INPUT),
        reason: newsearch::error::plain_io(&error),
    })?;
    Ok(text.lines().collect::<Vec<_>>().join(" "))
}

/// What asks for all articles.
pub const EVERYTHING: &str = "*";

/// The same, for words that come from elsewhere; the notices are not printed.
pub fn ask_for(typed: String, narrowed: &NarrowArguments, any: Option<&Ranking>) -> Result<Asked, Failure> {
    let nothing = || {
        Failure::Usage(
            "there is nothing to search for".to_owned(),
            Some("type words, like `newsearch query peace plan`".to_owned()),
        )
    };
    if typed.trim().is_empty() {
        return Err(nothing());
    }
    let read = read(&typed, any.is_some(), narrowed.strict)?;
    let ReadQuery { node, notices } = read.ok_or_else(nothing)?;
    let words = match any {
        Some(ranking) => search::any_of(node, ranking),
        None => node,
    };
    let query = filtered(words, narrowed)?;
    let query = if narrowed.undated { search::with_undated(query) } else { query };
    let request = SearchRequest {
        variants: !narrowed.no_variants,
        names: names(narrowed)?,
        count_undecided: true,
        ..SearchRequest::new(query)
    };
    Ok(Asked { typed, notices, request })
}

/// What to type for the words as a phrase, where they look like one whose quotes the shell has taken.
fn lost_quotes(words: &[String]) -> Option<String> {
    let [text] = words else { return None };
    let mut pieces = text.split(' ');
    let is_plain = |piece: &str| {
        piece.chars().all(|c| c.is_alphanumeric() || c == '-') && piece.starts_with(char::is_alphanumeric)
    };
    let is_operator = |piece: &str| matches!(piece, "AND" | "OR" | "NOT");
    let plain = pieces.clone().count() > 1 && pieces.all(|piece| is_plain(piece) && !is_operator(piece));
    plain.then(|| format!("'\"{text}\"'"))
}

/// The built-in list of names with the file's taken in.
fn names(narrowed: &NarrowArguments) -> Result<Option<Arc<NameVariants>>, Failure> {
    let Some(path) = &narrowed.variants else { return Ok(None) };
    let text = fs::read_to_string(path).map_err(|error| Error::CannotRead {
        path: path.clone(),
        reason: newsearch::error::plain_io(&error),
    })?;
    let own = NameVariants::parse(&text, fold)
        .map_err(|error| Error::Input(format!("`{}`: {error}", path.display())))?;
    let mut names = search::built_in_names().clone();
    names.merge(own);
    Ok(Some(Arc::new(names)))
}

/// Reads a query, or a question; `None` where it holds nothing to search for.
///
/// # Errors
/// What has no safe reading is an error, and with `strict` also what was not read exactly.
pub fn read(typed: &str, is_question: bool, strict: bool) -> Result<Option<ReadQuery>, Failure> {
    // Only a field's dates in words (`date:yesterday`) depend on where we are; finding that out goes through
    // the system's list of time zones, which takes longer than many a search.
    let today = if typed.contains(':') {
        Zoned::now().date()
    } else {
        TimeZone::UTC.to_datetime(Timestamp::now()).date()
    };
    let options = ParseOptions { today };
    let parsed = if is_question { parse_question(typed, &options) } else { parse(typed, &options) };
    let fatal = |notice: &&Notice| match notice.kind {
        NoticeKind::Refused => true,
        NoticeKind::Misread => strict,
        NoticeKind::Advice => false,
    };
    if parsed.ast.is_none()
        && parsed.notices.iter().all(|notice| notice.kind != NoticeKind::Misread)
        && !typed.contains(char::is_alphanumeric)
    {
        return Ok(None);
    }
    if let Some(notice) = parsed.notices.iter().find(fatal) {
        return Err(Error::Query(with_caret(typed, notice)).into());
    }
    let Some(node) = parsed.ast else { return Ok(None) };
    Ok(Some(ReadQuery { node, notices: parsed.notices }))
}

/// The message with the query below it and a caret under the place that is meant.
fn with_caret(typed: &str, notice: &Notice) -> String {
    use unicode_width::UnicodeWidthStr as _;
    let one_line = |text: &str| text.replace(char::is_whitespace, " ");
    let before = typed.get(..notice.span.start).unwrap_or_default();
    let about = typed.get(notice.span.clone()).unwrap_or_default();
    if before.width() > 200 {
        return notice.message.clone();
    }
    let carets = "^".repeat(about.width().clamp(1, 60));
    format!("{}\n  {}\n  {:indent$}{carets}", notice.message, one_line(typed), "", indent = before.width())
}

/// Says that what a run that is at work has not committed is not searched.
pub fn say_who_writes(dir: &Path, terminal: &Terminal) -> Result<(), Failure> {
    match index::at_work(dir) {
        Some(since) => {
            let message = format!(
                "`newsearch index` is at work since {since}: what it has not put in yet is not searched"
            );
            Ok(terminal.warn(&message)?)
        }
        None => Ok(()),
    }
}

/// The query with what the options ask for besides.
pub fn filtered(node: Node, narrowed: &NarrowArguments) -> Result<Node, Failure> {
    let mut all = vec![node];
    for (field, values, excluded) in [
        (Field::Author, &narrowed.author, false),
        (Field::Section, &narrowed.section, false),
        (Field::Publication, &narrowed.publication, false),
        (Field::Source, &narrowed.source, false),
        (Field::Author, &narrowed.not_author, true),
        (Field::Section, &narrowed.not_section, true),
        (Field::Publication, &narrowed.not_publication, true),
    ] {
        let nodes = values.iter().map(|value| Node::having(field, value));
        let any = Node::or(nodes.collect());
        all.extend(if excluded { any.map(Node::negate) } else { any });
    }
    let day = |option: &str, value: &Option<String>| {
        let Some(value) = value else { return Ok(None) };
        parse_day_range(value, Zoned::now().date())
            .map(Some)
            .map_err(|message| Failure::Usage(format!("`{option} {value}`: {message}"), None))
    };
    let beside = |option: &str, day: Date, step: Result<Date, jiff::Error>| {
        step.map_err(|_| Failure::Usage(format!("`{option} {day}`: there is no day beside it"), None))
    };
    let from = day("--from", &narrowed.from)?.map(|(first, _)| first);
    let to = day("--to", &narrowed.to)?.map(|(_, last)| last);
    let after = day("--after", &narrowed.after)?.map(|(_, last)| beside("--after", last, last.tomorrow()));
    let before =
        day("--before", &narrowed.before)?.map(|(first, _)| beside("--before", first, first.yesterday()));
    let (from, to) = (from.or(after.transpose()?), to.or(before.transpose()?));
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        return Err(Failure::Usage(format!("`--from` is after `--to`: {first} is later than {last}"), None));
    }
    if from.is_some() || to.is_some() {
        all.push(Node::new(NodeKind::Date(DateFilter::In(DateRange { from, to })), 0..0));
    }
    all.extend(narrowed.dates.map(DatesWanted::node));
    Node::and(all).ok_or_else(|| Failure::Usage("the query holds nothing to search for".to_owned(), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_one_argument_may_have_been_a_phrase() {
        let lost =
            |words: &[&str]| lost_quotes(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(lost(&["peace plan"]).as_deref(), Some("'\"peace plan\"'"));
        for words in
            [&["peace", "plan"][..], &["peace"], &["\"peace plan\""], &["peace OR plan"], &["peace -war"]]
        {
            assert_eq!(lost(words), None, "{words:?}");
        }
    }
}
