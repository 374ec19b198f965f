//! A piece of a file → articles and problems: decodes, hands the text to the format's reader, normalises what
//! comes back.

use jiff::Timestamp;

use crate::article::{Article, DatePrecision};
use crate::corpus::chunk::NOTHING;
use crate::corpus::fields::date::{DateError, DayMonth};
use crate::corpus::fields::language;
use crate::corpus::fields::normalise::{Origin, Said, normalise};
use crate::corpus::format::{Framing, Reader, row_of};
use crate::corpus::plain_text::budget::{self, MOST_LINES};
use crate::corpus::records::decode;
use crate::corpus::source::file_time;
use crate::corpus::{Chunk, Clues, Context, Doubt, RawArticle, Record};
use crate::panics;
use crate::problem::{LISTED_OF_A_PATH, Problem, ProblemKind, Tally};

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An article.
    Article(Box<Article>),
    /// Something that is no article, or cannot be read.
    Problem(Problem),
}

/// Reads the records of a piece. Pieces are read apart from each other, on any thread; nothing here panics or
/// ends the run.
///
/// ```
/// use newsearch::corpus::{self, Outcome};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let home = tempfile::tempdir()?;
/// # let archive = home.path();
/// # std::fs::write(archive.join("weir.txt"), "Weir mended\n\nThe weir holds again.\n")?;
/// for file in corpus::walk(archive).flatten() {
///     for chunk in corpus::chunks(&file.into()).flatten() {
///         for outcome in corpus::read(&chunk) {
///             match outcome {
///                 Outcome::Article(article) => {
///                     println!("{}", article.headline);
/// #                   assert_eq!(article.headline, "Weir mended");
///                 }
///                 Outcome::Problem(problem) => println!("{problem}"),
///             }
///         }
///     }
/// }
/// # Ok(()) }
/// ```
pub fn read(chunk: &Chunk) -> Vec<Outcome> {
    let (records, lossy) = match panics::catch(|| records(chunk)) {
        Ok(read) => read,
        Err(panic) => {
            let message = format!("the reader failed on this file, a fault of newsearch: {panic}");
            return vec![Outcome::Problem(problem(chunk, None, ProblemKind::Unreadable, message))];
        }
    };
    if records.is_empty() && chunk.first_record == 1 {
        let reason = if matches!(row_of(chunk.format).framing, Framing::Rows) {
            "a table of a header alone: no article"
        } else {
            NOTHING
        };
        return vec![Outcome::Problem(problem(chunk, None, ProblemKind::Skipped, reason.to_owned()))];
    }
    let alone = chunk.first_record == 1 && records.len() == 1 && chunk.records <= 1;
    let mut outcomes = Vec::with_capacity(records.len());
    let mut tally = Tally::default();
    let mut number = chunk.first_record;
    // Why the record before is no article.
    let mut refused = (ProblemKind::Skipped, String::new());
    for record in records {
        let again = match record {
            Record::Article(raw) => {
                let mut article = normalise(*raw, origin(chunk, number));
                if let Some(encoding) = lossy.filter(|_| has_lost_characters(&article)) {
                    article
                        .problems
                        .push(format!("bytes that mean nothing in {encoding} stand as `\u{FFFD}`"));
                }
                outcomes.push(Outcome::Article(Box::new(article)));
                number = number.saturating_add(1);
                continue;
            }
            Record::Skipped(reason) => {
                refused = (ProblemKind::Skipped, reason);
                1
            }
            Record::Unreadable(reason) => {
                refused = (ProblemKind::Unreadable, reason);
                1
            }
            Record::Again(again) => again,
        };
        let (kind, reason) = &refused;
        let one_by_one = again.min(LISTED_OF_A_PATH as u32);
        for number in number..number.saturating_add(one_by_one) {
            let problem = problem(chunk, (!alone).then_some(number), *kind, reason.clone());
            outcomes.extend(tally.sift(problem).map(Outcome::Problem));
        }
        if again > one_by_one {
            let problem = problem(chunk, None, *kind, reason.clone());
            let count = u64::from(again - one_by_one);
            outcomes.extend(tally.sift(Problem { count, ..problem }).map(Outcome::Problem));
        }
        number = number.saturating_add(again);
    }
    outcomes.extend(tally.counted().map(Outcome::Problem));
    outcomes
}

/// Where a record of the piece was read from.
fn origin(chunk: &Chunk, record: u32) -> Origin<'_> {
    let source = &chunk.source;
    let said = Said {
        publication: source.publication.as_deref(),
        section: source.section,
        address: source.address.as_deref(),
    };
    let is_prose = row_of(chunk.format).is_prose;
    Origin { shown: &source.shown, relative: &source.relative, record, format: chunk.format, is_prose, said }
}

/// What the format's reader makes of the piece, and the encoding that lost characters, if one did.
fn records(chunk: &Chunk) -> (Vec<Record>, Option<&'static str>) {
    let bytes = chunk.bytes.as_slice();
    let row = row_of(chunk.format);
    let encoded = if row.is_binary() { b"" } else { bytes };
    let decoded = decode::decode_piece(encoded, chunk.encoding, || chunk.clues.encoding());
    let lossy = decoded.lossy.then(|| decoded.encoding.name());
    let text = decoded.text.as_ref();
    let source = &chunk.source;
    let now = Timestamp::now();
    let modified = source.modified.filter(|time| file_time::says_when(*time, Some(now)));
    let mut context = Context {
        path: &source.shown,
        modified,
        latest: modified.filter(|_| source.is_capture).or(Some(now)),
        map: source.map.as_deref(),
        day_month: None,
    };
    let (text, cut) = match row.reader {
        // Only one that is a single record can have too many.
        Reader::ByLine(_) => {
            budget::within(text, MOST_LINES, "lines", memchr::memchr_iter(b'\n', text.as_bytes()))
        }
        _ => (text, None),
    };
    let mut records = row.read(bytes, text, &context);
    if has_guessed_date(&records)
        && let Some(time) = context.modified
        && file_time::is_of_many(&source.path, time)
    {
        context.modified = None;
        records = row.read(bytes, text, &context);
    }
    if let Some(order) = ambiguous(&records).and_then(|article| order_in(chunk, text, article)) {
        context.day_month = Some(order);
        records = row.read(bytes, text, &context);
    }
    match (cut, records.last_mut()) {
        (None, _) => {}
        (Some(cut), Some(Record::Article(article))) => article.problems.push(cut.into()),
        (Some(cut), _) => records.push(Record::Unreadable(cut)),
    }
    (records, lossy)
}

/// Whether a date was worked out from when the file was saved.
fn has_guessed_date(records: &[Record]) -> bool {
    let is_guessed = |record: &Record| match record {
        Record::Article(article) => {
            article.date.is_some_and(|date| date.precision == DatePrecision::Approximate)
        }
        _ => false,
    };
    records.iter().any(is_guessed)
}

/// The first article whose date could be read in two ways.
fn ambiguous(records: &[Record]) -> Option<&RawArticle> {
    let is_ambiguous = |doubt: &Doubt| matches!(doubt, Doubt::Date(DateError::Ambiguous { .. }));
    records.iter().find_map(|record| match record {
        Record::Article(article) if article.date.is_none() => {
            article.problems.iter().any(is_ambiguous).then_some(&**article)
        }
        _ => None,
    })
}

/// What else is in the file says how its dates are to be read: other dates, and the language it is written
/// in.
fn order_in(chunk: &Chunk, text: &str, article: &RawArticle) -> Option<DayMonth> {
    let shown = match &chunk.clues {
        Clues::None => DayMonth::shown_in(text),
        clues => clues.order(),
    };
    shown.or_else(|| DayMonth::of_language(&language::of_text(&article.paragraphs.join("\n\n"))?))
}

fn problem(chunk: &Chunk, record: Option<u32>, kind: ProblemKind, message: String) -> Problem {
    Problem { path: chunk.source.shown.clone(), record, kind, message, count: 1 }
}

fn has_lost_characters(article: &Article) -> bool {
    [&article.headline, &article.body].iter().any(|text| text.contains('\u{FFFD}'))
        || article.authors.iter().any(|name| name.contains('\u{FFFD}'))
}
