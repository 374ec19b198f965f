//! ProQuest: `Title:`, `Publication date:`, `Full text:` and other fields; a rule parts the documents.

use super::{language_code, one_line, or_nothing, record, section};
use crate::article::Format;
use crate::corpus::format::sniff::Start;
use crate::corpus::plain_text::paragraphs;
use crate::corpus::records::delimiter::{Delimiter, Line, Lines, Starts, number_then};
use crate::corpus::{Context, RawArticle, Record, read_date};

/// The fields that a document has, folded; a line of the text that ends in a colon is none.
const FIELDS: &str = "title|author|abstract|links|full text|subject|location|people|company / organization|company|classification|\
    publication title|publication info|publication year|publication date|publication subject|pages|first page|section|column|dateline|\
    publisher|place of publication|country of publication|issn|source type|language of publication|document type|document feature|\
    proquest document id|document url|copyright|last updated|database|identifier / keyword|keywords|volume|issue|year|edition|url|\
    accession number|number of pages|business indexing term|correspondence author";

/// What parts the documents of an export: a rule, or `Document 3 of 250`, before each.
pub(crate) const DELIMITER: Delimiter = Delimiter { starts, is_certain: false };

fn starts(bytes: &[u8]) -> Starts<'_> {
    Box::new(Lines::of(bytes).filter_map(start))
}

fn start(line: Line<'_>) -> Option<usize> {
    let text = line.text;
    let rule = text.len() >= 40 && text.iter().all(|b| *b == b'_');
    (rule || is_proquest_count(text)).then_some(line.at)
}

/// `Document 3 of 250`.
fn is_proquest_count(line: &[u8]) -> bool {
    let rest =
        line.strip_prefix(b"Document ").and_then(number_then).and_then(|rest| rest.strip_prefix(b" of "));
    rest.and_then(number_then).is_some_and(|rest| rest.trim_ascii().is_empty())
}

/// By the count of its documents, or by the fields that each has.
pub(crate) fn sniff(start: &Start<'_>) -> Option<Format> {
    let is_proquest = start.opening().iter().any(|line| is_proquest_count(line.as_bytes()))
        || (start.has_lines(&["Full text:"]) && start.longer.contains("Publication "));
    is_proquest.then_some(Format::Proquest)
}

/// Reads the documents of an export.
pub fn read(text: &str, context: &Context<'_>) -> Vec<Record> {
    let documents = DELIMITER.documents(text).into_iter();
    // A cover and the terms of use stand around the documents.
    let documents = documents.filter(|document| {
        document
            .lines()
            .filter_map(field)
            .any(|(name, _)| matches!(name.as_str(), "title" | "full text" | "publication date"))
    });
    or_nothing(documents.map(|document| read_document(document, context)).collect())
}

fn field(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_start().to_lowercase();
    FIELDS.split('|').any(|field| field.trim() == name).then_some((name, value.trim()))
}

fn read_document(document: &str, context: &Context<'_>) -> Record {
    let mut fields: Vec<(String, Vec<&str>)> = Vec::new();
    let mut top: Vec<&str> = Vec::new();
    for line in document.lines() {
        if is_rule(line) || is_proquest_count(line.trim_end().as_bytes()) {
            continue;
        }
        match (field(line), fields.last_mut()) {
            (Some((name, value)), _) => fields.push((name, vec![value])),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => top.push(line),
        }
    }
    let value = |name: &str| {
        let lines = fields.iter().find(|(field, _)| field == name).map(|(_, lines)| lines)?;
        Some(one_line(&lines.join(" "))).filter(|text| !text.is_empty())
    };
    let language = value("language of publication").as_deref().and_then(language_code);
    let mut article = RawArticle {
        id: value("proquest document id"),
        headline: value("title").unwrap_or_else(|| one_line(&top.join(" "))),
        bylines: value("author").into_iter().map(|names| names.replace("; ", ";")).collect(),
        section: value("section").and_then(|s| section(&s)),
        // The place follows the name.
        publication: value("publication title")
            .or_else(|| value("publication info"))
            .and_then(|s| s.split(';').next().map(str::to_owned)),
        // The page in the database is no page of the paper's.
        address: value("url").or_else(|| value("document url")).map(|s| s.replace(' ', "")),
        dateline: value("dateline"),
        language,
        ..RawArticle::default()
    };
    let text = fields
        .iter()
        .find(|(name, _)| name == "full text")
        .or_else(|| fields.iter().find(|(name, _)| name == "abstract"));
    article.paragraphs = text.map(|(_, lines)| paragraphs::of_lines(lines)).unwrap_or_default();
    if let Some(day) = value("publication date") {
        article.date = read_date(&day, context, article.language.as_deref(), &mut article.problems);
    }
    super::super::text::take_dateline(&mut article, context);
    record(article)
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 40 && line.bytes().all(|b| b == b'_')
}
