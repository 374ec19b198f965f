//! Nexis: publication and day in the middle of the page, the headline, fields in capitals (`BYLINE:`,
//! `LENGTH:`), the text, fields below it; or, in the newer look, the headline first and `Body` above the
//! text.

use super::{language_code, one_line, or_nothing, record, section};
use crate::article::Format;
use crate::corpus::fields::{date, publication};
use crate::corpus::format::sniff::Start;
use crate::corpus::plain_text::paragraphs;
use crate::corpus::records::delimiter::{Delimiter, Line, Lines, Starts, number_then};
use crate::corpus::{Context, RawArticle, Record, read_date};

/// Fields above the text, folded.
const ABOVE: &str = "headline|byline|section|length|dateline|highlight|body|series|column|autor|rubrik|länge|longueur|rubrique|auteur|\
    titre|ressort|lengte|rubriek|longitud|sección|autor/a";
/// Fields below the text, folded.
const BELOW: &str = "graphic|load-date|language|publication-type|document-type|journal-code|subject|correction-date|type|url|notes|\
    copyright|correction|update|name|organization|company|ticker|industry|geographic|country|person|person-headline|\
    state|city|acc-no|pub-type|update-date|sprache|laadtijd|taal|grafik|graphique|langue|date-chargement|links|classification";

/// Lines from here on that are indented so far (columns) are set in the middle of the page.
const MIDDLE: usize = 8;

/// What parts the documents of an export: `3 of 250 DOCUMENTS` before one, `End of Document` behind it.
pub(crate) const DELIMITER: Delimiter = Delimiter { starts, is_certain: false };

fn starts(bytes: &[u8]) -> Starts<'_> {
    Box::new(Lines::of(bytes).filter_map(start))
}

fn start(line: Line<'_>) -> Option<usize> {
    if line.text.eq_ignore_ascii_case(b"end of document") {
        return Some(line.next);
    }
    is_nexis_count(line.text).then_some(line.at)
}

/// `3 of 250 DOCUMENTS`, `3 von 250 DOKUMENTEN`.
fn is_nexis_count(line: &[u8]) -> bool {
    let rest = number_then(line.trim_ascii_start());
    let rest = rest.and_then(|rest| rest.strip_prefix(b" "));
    let Some(rest) = rest.filter(|rest| rest.len() < 40) else { return false };
    let Some(space) = memchr::memchr(b' ', rest) else { return false };
    let total = rest.get(space + 1..).and_then(number_then).and_then(|rest| rest.strip_prefix(b" "));
    total.is_some_and(|word| word.get(..4).is_some_and(|w| matches!(w, b"DOCU" | b"DOKU")))
}

/// By the count of its documents, or by the fields that each has.
pub(crate) fn sniff(start: &Start<'_>) -> Option<Format> {
    let begins = |names: &[&str]| start.has_lines(names);
    let is_nexis = start.opening().iter().any(|line| is_nexis_count(line.as_bytes()))
        || begins(&["LENGTH:", "LOAD-DATE:"])
        || begins(&["LENGTH:", "BYLINE:"])
        || begins(&["Length:", "Section:", "Body"])
        || begins(&["Length:", "Byline:", "Body"])
        || begins(&["Length:", "Copyright", "Body"]);
    is_nexis.then_some(Format::Nexis)
}

/// Reads the documents of an export.
pub fn read(text: &str, context: &Context<'_>) -> Vec<Record> {
    let documents = DELIMITER.documents(text).into_iter();
    or_nothing(documents.map(|document| read_document(document, context)).collect())
}

fn field<'l>(line: &'l str, names: &str) -> Option<(String, &'l str)> {
    let (name, value) = line.split_once(':')?;
    if line.starts_with([' ', '\t']) || !name.starts_with(char::is_uppercase) {
        return None;
    }
    let name = name.to_lowercase();
    names.split('|').any(|field| field.trim() == name).then_some((name, value.trim()))
}

fn read_document(document: &str, context: &Context<'_>) -> Record {
    let lines: Vec<&str> = document
        .lines()
        .map(str::trim_end)
        .filter(|line| !is_nexis_count(line.as_bytes()) && !line.eq_ignore_ascii_case("end of document"))
        .collect();
    let first =
        lines.iter().position(|line| field(line, ABOVE).is_some() || is_body(line)).unwrap_or(lines.len());
    let mut article = RawArticle::default();
    read_top(lines.get(..first).unwrap_or_default(), &mut article, context);
    let text = read_above(&lines, first, &mut article);
    let end = text_end(&lines, text);
    let body = lines.get(text..end).unwrap_or_default();
    article.paragraphs = paragraphs::of_lines(body);
    for line in lines.get(end..).unwrap_or_default() {
        let Some((name, value)) = field(line, BELOW) else { continue };
        match name.as_str() {
            "language" | "sprache" | "taal" | "langue" => {
                article.language = language_code(value.split(';').next().unwrap_or_default());
            }
            "url" => article.address = Some(value.to_owned()),
            _ => {}
        }
    }
    super::super::text::take_dateline(&mut article, context);
    record(article)
}

fn is_body(line: &str) -> bool {
    matches!(line.trim().trim_end_matches(':'), "Body" | "BODY" | "Text" | "Volltext")
}

/// Publication, day and headline, which no field names.
fn read_top(lines: &[&str], article: &mut RawArticle, context: &Context<'_>) {
    let in_middle = |line: &str| line.len() - line.trim_start().len() >= MIDDLE;
    let centred = lines.iter().any(|line| in_middle(line));
    let mut blocks: Vec<(bool, String)> = Vec::new();
    let mut open = false;
    for line in lines {
        let middle = !centred || in_middle(line);
        match blocks.last_mut() {
            _ if line.trim().is_empty() => open = false,
            Some((false, text)) if open && !middle => {
                text.push(' ');
                text.push_str(line.trim());
            }
            _ => {
                blocks.push((middle, line.trim().to_string()));
                open = true;
            }
        }
    }
    blocks.retain(|(_, text)| {
        !text.to_lowercase().starts_with("copyright") && !text.to_lowercase().contains("all rights reserved")
    });
    let dated = |text: &str| {
        text.len() <= 100
            && text.bytes().any(|b| b.is_ascii_digit())
            && date::parse(&day_of(text), context.base()).is_ok()
    };
    // A headline can name a day as well, but it is neither in the middle of the page nor below the
    // publication.
    let day = blocks
        .iter()
        .enumerate()
        .position(|(i, (middle, text))| *middle && (centred || i > 0) && dated(text));
    if let Some((_, text)) = day.and_then(|i| blocks.get(i)) {
        article.date = read_date(&day_of(text), context, None, &mut article.problems);
    }
    let headline = match day {
        Some(day) if centred => blocks.iter().skip(day + 1).find(|(middle, _)| !middle),
        _ => blocks.first(),
    };
    article.headline = headline.map(|(_, text)| one_line(text)).unwrap_or_default();
    // Above the day, next to it; in the newer look below the headline.
    article.publication = day
        .and_then(|day| blocks.get(usize::from(!centred)..day))
        .and_then(|above| above.iter().rev().find(|(middle, _)| *middle))
        .and_then(|(_, text)| publication::name(text));
}

/// `December 2, 2025 Tuesday Final Edition` up to the edition.
fn day_of(text: &str) -> String {
    let year = |word: &str| {
        let word = word.trim_end_matches([',', '.']);
        word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let end = words.iter().position(|word| year(word)).map_or(words.len(), |at| at + 1);
    words.get(..end).unwrap_or_default().join(" ")
}

/// Reads the fields above the text; the line where the text begins.
fn read_above(lines: &[&str], first: usize, article: &mut RawArticle) -> usize {
    let mut at = first;
    while let Some(line) = lines.get(at) {
        if line.trim().is_empty() {
            at += 1;
            continue;
        }
        if is_body(line) {
            return at + 1;
        }
        let Some((name, value)) = field(line, ABOVE) else { break };
        if name == "body" {
            return at;
        }
        // A long value goes on in the next lines.
        let mut value = value.to_string();
        at += 1;
        while let Some(more) =
            lines.get(at).filter(|l| !l.trim().is_empty() && field(l, ABOVE).is_none() && !is_body(l))
        {
            value.push(' ');
            value.push_str(more.trim());
            at += 1;
        }
        match name.as_str() {
            "headline" | "titre" => article.headline = one_line(&value),
            "byline" | "autor" | "auteur" | "autor/a" => article.bylines.push(one_line(&value)),
            "section" | "rubrik" | "rubrique" | "ressort" | "rubriek" | "sección" => {
                article.section = section(&value)
            }
            "dateline" => article.dateline = Some(one_line(&value)),
            _ => {}
        }
    }
    at
}

/// The line below the text: the first field of those that follow it which no other text follows, or the
/// copyright.
fn text_end(lines: &[&str], text: usize) -> usize {
    let is_tail = |line: &&str| {
        let bare = line.trim().to_lowercase();
        field(line, BELOW).is_some()
            || bare == "classification"
            || bare == "graphic"
            || (bare.starts_with("copyright") && line.len() < 200)
    };
    let body = lines.get(text..).unwrap_or_default();
    text + body.iter().position(is_tail).unwrap_or(body.len())
}
