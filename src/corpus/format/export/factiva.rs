//! Factiva: fields of two letters (`HD`, `BY`, `LP`, `TD`), or the same lines without their letters;
//! `Document …` ends each.

use super::{language_code, one_line, or_nothing, record, section};
use crate::article::Format;
use crate::corpus::fields::{date, publication};
use crate::corpus::format::sniff::Start;
use crate::corpus::plain_text::lines::lines;
use crate::corpus::plain_text::paragraphs;
use crate::corpus::records::delimiter::{Delimiter, Line, Lines, Starts};
use crate::corpus::{Context, RawArticle, Record, read_date};

/// Tags that follow the text; with the others they are how a tag is told from a word.
const TAGS: &str =
    "SE HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD ART CO IN NS RE IPD IPC PUB AN RF CLM CX DLN RST";

/// What parts the documents of an export: `Document ABCD000020251202eal200001` behind each.
pub(crate) const DELIMITER: Delimiter = Delimiter { starts, is_certain: false };

fn starts(bytes: &[u8]) -> Starts<'_> {
    Box::new(Lines::of(bytes).filter_map(start))
}

fn start(line: Line<'_>) -> Option<usize> {
    factiva_number(line.text).is_some().then_some(line.next)
}

/// The number in `Document ABCD000020251202eal200001`.
fn factiva_number(line: &[u8]) -> Option<&[u8]> {
    let number =
        [&b"Document "[..], b"Dokument ", b"Documento "].iter().find_map(|word| line.strip_prefix(*word))?;
    let number = number.trim_ascii();
    let digits = number.iter().filter(|b| b.is_ascii_digit()).count();
    (number.len() >= 15 && digits >= 8 && number.iter().all(u8::is_ascii_alphanumeric)).then_some(number)
}

/// By the fields that each document has, or by a document's number.
pub(crate) fn sniff(start: &Start<'_>) -> Option<Format> {
    let tagged = |tag: &&str| {
        start.labels.iter().any(|line| {
            line.strip_prefix(*tag).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        })
    };
    let fields = ["HD", "WC", "PD", "SN"].iter().all(tagged);
    let numbered = || lines(start.longer).any(|line| factiva_number(line.trim_end().as_bytes()).is_some());
    (fields || numbered()).then_some(Format::Factiva)
}

/// Reads the documents of an export.
pub fn read(text: &str, context: &Context<'_>) -> Vec<Record> {
    let documents = DELIMITER.documents(text).into_iter();
    // Behind the last document stand the terms of use.
    let documents = documents.filter(|document| {
        document.lines().any(|line| tag(line).is_some_and(|(tag, _)| tag == "HD") || number(line).is_some())
    });
    or_nothing(documents.map(|document| read_document(document, context)).collect())
}

fn number(line: &str) -> Option<String> {
    factiva_number(line.trim_end().as_bytes()).map(|n| String::from_utf8_lossy(n).into_owned())
}

fn read_document(document: &str, context: &Context<'_>) -> Record {
    let lines: Vec<&str> = document.lines().filter(|line| number(line).is_none()).collect();
    let tagged = lines.iter().any(|line| tag(line).is_some_and(|(tag, _)| tag == "HD"));
    let mut article = if tagged { read_fields(&lines, context) } else { read_bare(&lines, context) };
    let id = document.lines().filter_map(number).next_back();
    article.id = article.id.or(id);
    record(article)
}

/// The tag that a line begins with, and the rest: two or three capitals, then white space or nothing.
fn tag(line: &str) -> Option<(&str, &str)> {
    let end = line.bytes().take_while(u8::is_ascii_uppercase).count();
    let (name, rest) = (line.get(..end)?, line.get(end..)?);
    let apart =
        rest.is_empty() || rest.starts_with(['\t', '\u{a0}']) || rest.starts_with("  ") || rest == " ";
    (apart && TAGS.split(' ').any(|tag| tag == name)).then_some((name, rest.trim()))
}

fn read_fields(lines: &[&str], context: &Context<'_>) -> RawArticle {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        match (tag(line), fields.last_mut()) {
            (Some((name, rest)), _) => fields.push((name, vec![rest])),
            (None, Some((_, value))) => value.push(line),
            (None, None) => {}
        }
    }
    let value = |name: &str| {
        let lines = fields.iter().find(|(tag, _)| *tag == name).map(|(_, lines)| lines)?;
        Some(one_line(&lines.join(" "))).filter(|text| !text.is_empty())
    };
    let mut article = RawArticle {
        id: value("AN").map(|number| number.trim_start_matches("Document ").to_string()),
        headline: value("HD").unwrap_or_default(),
        bylines: value("BY").into_iter().collect(),
        section: value("SE").and_then(|s| section(&s)),
        publication: value("SN").or_else(|| value("PUB")),
        language: value("LA").as_deref().and_then(language_code),
        ..RawArticle::default()
    };
    for (_, lines) in fields.iter().filter(|(tag, _)| matches!(*tag, "LP" | "TD")) {
        article.paragraphs.extend(paragraphs::of_lines(lines));
    }
    if let Some(day) = value("PD") {
        let moment =
            value("ET").filter(|time| time.contains(':')).map_or(day.clone(), |time| format!("{day} {time}"));
        article.date = read_date(&moment, context, article.language.as_deref(), &mut article.problems);
    }
    super::super::text::take_dateline(&mut article, context);
    article
}

/// The lines of the head in their order (section, headline, byline, `512 words`, day, time, source), a blank
/// line, the text.
fn read_bare(lines: &[&str], context: &Context<'_>) -> RawArticle {
    let mut article = RawArticle::default();
    let start = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len());
    let lines = lines.get(start..).unwrap_or_default();
    let Some(count) = lines.iter().take(12).position(|line| is_word_count(line)) else {
        article.paragraphs = paragraphs::of_lines(lines);
        return article;
    };
    let head: Vec<&str> =
        lines.get(..count).unwrap_or_default().iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
    let (section_line, head) = match head.as_slice() {
        [first, rest @ ..] if rest.len() >= 2 && first.split(' ').count() <= 3 => {
            (Some(*first), rest.to_vec())
        }
        _ => (None, head),
    };
    let by = |line: &&str| super::super::text::is_byline_or_name(line);
    let byline = head.iter().skip(1).rposition(by).map(|i| i + 1);
    article.section = section_line.and_then(section);
    article.bylines = byline.and_then(|i| head.get(i)).map(|line| (*line).to_string()).into_iter().collect();
    article.headline = one_line(&head.get(..byline.unwrap_or(head.len())).unwrap_or_default().join(" "));
    let mut at = count + 1;
    while let Some(line) = lines.get(at).map(|line| line.trim()).filter(|line| !line.is_empty()) {
        let date = date::parse_line(line, context.base()).ok();
        let language = language_code(line);
        if date.is_none() && language.is_none() && article.date.is_some() && article.publication.is_none() {
            article.publication = publication_in(line);
        }
        article.date = article.date.or(date);
        article.language = article.language.take().or(language);
        at += 1;
    }
    article.paragraphs = paragraphs::of_lines(lines.get(at..).unwrap_or_default());
    super::super::text::take_dateline(&mut article, context);
    article
}

/// The source below the day: not the time, its code, a page, the copyright.
fn publication_in(line: &str) -> Option<String> {
    let is_code = line.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let is_other =
        line.starts_with('(') || line.starts_with('©') || line.to_lowercase().starts_with("copyright");
    let is_time = line.bytes().next().is_some_and(|b| b.is_ascii_digit()) && line.contains(':');
    if is_code || is_other || is_time { None } else { publication::name(line) }
}

fn is_word_count(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number =
        words.next().is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')));
    number
        && words.next().is_some_and(|w| {
            matches!(w.to_lowercase().as_str(), "words" | "word" | "wörter" | "mots" | "palabras" | "parole")
        })
        && words.next().is_none()
}
