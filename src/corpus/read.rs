//! A piece of a file → articles and problems: decodes, hands the text to the format's reader, finishes what comes back.

use jiff::Timestamp;

use super::date::{self, DateError, DayMonth};
use super::file_time;
use super::finish::{Origin, finish};
use super::format::{
    csv, docx, export, html, json, mail, markdown, mhtml, odt, pdf, rtf, sgml, text, wire, xml,
};
use super::{Chunk, Clues, Context, RawArticle, Record, decode, language};
use crate::article::{Article, ArticleDate, Format};
use crate::panics;
use crate::problem::{Problem, ProblemKind};

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An article.
    Article(Box<Article>),
    /// Something that is no article, or cannot be read.
    Problem(Problem),
}

/// Reads the records of a piece. Pieces are read apart from each other, on any thread; nothing here panics or ends the run.
pub fn read(chunk: &Chunk) -> Vec<Outcome> {
    let (records, lossy) = match panics::catch(|| records(chunk)) {
        Ok(read) => read,
        Err(panic) => {
            let message = format!("the reader failed on this file, a fault of newsearch: {panic}");
            return vec![Outcome::Problem(problem(chunk, None, ProblemKind::Unreadable, message))];
        }
    };
    let alone = chunk.first_record == 1 && records.len() == 1 && chunk.records <= 1;
    let mut outcomes = Vec::with_capacity(records.len());
    for (record, number) in records.into_iter().zip(chunk.first_record..) {
        let shown_number = (!alone).then_some(number);
        outcomes.push(match record {
            Record::Article(raw) => {
                let origin = Origin {
                    shown: &chunk.source.shown,
                    relative: &chunk.source.relative,
                    record: number,
                    format: chunk.format,
                };
                let mut article = finish(*raw, origin);
                if let Some(encoding) = lossy.filter(|_| has_lost_characters(&article)) {
                    article
                        .problems
                        .push(format!("bytes that mean nothing in {encoding} stand as `\u{FFFD}`"));
                }
                Outcome::Article(Box::new(article))
            }
            Record::Skipped(reason) => {
                Outcome::Problem(problem(chunk, shown_number, ProblemKind::Skipped, reason))
            }
            Record::Unreadable(reason) => {
                Outcome::Problem(problem(chunk, shown_number, ProblemKind::Unreadable, reason))
            }
        });
    }
    outcomes
}

/// What the format's reader makes of the piece, and the encoding that lost characters, if one did.
fn records(chunk: &Chunk) -> (Vec<Record>, Option<&'static str>) {
    let bytes = chunk.bytes.as_slice();
    let encoded = if chunk.format.is_binary() { b"" } else { bytes };
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
    let mut records = read_as(chunk.format, bytes, text, &context);
    if let Some(order) = ambiguous(&records).and_then(|article| order_in(chunk, text, article)) {
        context.day_month = Some(order);
        records = read_as(chunk.format, bytes, text, &context);
    }
    (records, lossy)
}

fn read_as(format: Format, bytes: &[u8], text: &str, context: &Context<'_>) -> Vec<Record> {
    match format {
        Format::Text => vec![text::read(text, context)],
        Format::Wire => wire::read(text, context),
        Format::Nexis => export::nexis::read(text, context),
        Format::Factiva => export::factiva::read(text, context),
        Format::Proquest => export::proquest::read(text, context),
        Format::Markdown => vec![markdown::read(text, context)],
        Format::Html => vec![html::read(text, context)],
        Format::Json => json::read(text, context),
        Format::Jsonl => {
            let lines = text.split('\n').filter(|line| !line.trim().is_empty());
            lines.map(|line| json::read_one(line, context)).collect()
        }
        Format::Csv => csv::read(text, context),
        Format::Sgml => sgml::read(text, context),
        Format::Nitf | Format::Newsml | Format::Feed | Format::Xml => xml::read(text, context),
        Format::Mail => mail::read(bytes, context),
        Format::Mhtml => vec![mhtml::read(bytes, context)],
        Format::Docx => vec![docx::read(bytes, context)],
        Format::Odt => vec![odt::read(bytes, context)],
        Format::Rtf => vec![rtf::read(bytes, context)],
        Format::Pdf => vec![pdf::read(bytes, context)],
    }
}

/// The first article whose date could be read in two ways.
fn ambiguous(records: &[Record]) -> Option<&RawArticle> {
    records.iter().find_map(|record| match record {
        Record::Article(article) if article.date.is_none() => {
            article.problems.iter().any(|p| date::is_ambiguity(p)).then_some(&**article)
        }
        _ => None,
    })
}

/// What else is in the file says how its dates are to be read: other dates, and the language it is written in.
fn order_in(chunk: &Chunk, text: &str, article: &RawArticle) -> Option<DayMonth> {
    let shown = match &chunk.clues {
        Clues::None => DayMonth::shown_in(text),
        clues => clues.order(),
    };
    shown.or_else(|| DayMonth::of_language(&language::of_text(&article.paragraphs.join("\n\n"))?))
}

fn problem(chunk: &Chunk, record: Option<u32>, kind: ProblemKind, message: String) -> Problem {
    Problem { path: chunk.source.shown.clone(), record, kind, message }
}

fn has_lost_characters(article: &Article) -> bool {
    [&article.headline, &article.body].iter().any(|text| text.contains('\u{FFFD}'))
        || article.authors.iter().any(|name| name.contains('\u{FFFD}'))
}

/// Reads a date field; what is wrong with it becomes a problem of the article. The language says how its newsrooms order
/// day and month.
pub(super) fn read_date(
    text: &str,
    context: &Context<'_>,
    language: Option<&str>,
    problems: &mut Vec<String>,
) -> Option<ArticleDate> {
    let order = language.and_then(DayMonth::of_language).or(context.day_month);
    match date::parse_with(text, context.base(), order) {
        Ok(date) => Some(date),
        Err(DateError::Empty) => None,
        Err(error) => {
            problems.push(error.to_string());
            None
        }
    }
}
