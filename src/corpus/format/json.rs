//! JSON and JSON Lines of the shapes that newsrooms, APIs and crawlers write → articles. Which keys mean what
//! is a table (`keys`); a key that is not in it is not read.

mod body;
mod keys;
mod mend;
mod node;
mod value;

use std::borrow::Cow;

use body::body_of;
use keys::{
    ADDRESS, AUTHOR, BODY, DATE, ENVELOPES, HEADLINE, ID, LANGUAGE, OTHER_TYPES, PUBLICATION, SECTION,
    SUMMARY,
};
pub(super) use keys::{are_article_keys, is_date_key, is_text_key};
use mend::mend;
use node::{MOST_VALUES, Node};
use value::{address_of, first, is_word, names_of, publication_of, section_of, text_of};

use crate::article::Format;
use crate::corpus::fields::publication;
use crate::corpus::format::sniff::Start;
use crate::corpus::records::Piece;
use crate::corpus::records::json_scan::{LIST_KEYS, Scanner};
use crate::corpus::{Context, MappedField, RawArticle, Record, push, read_date};

/// JSON, or JSON Lines where a value ends at the end of the first line and another one follows, or the name
/// says so.
pub(crate) fn sniff(start: &Start<'_>) -> Option<Format> {
    let (start, named_lines) = (start.text, start.named == Some(Format::Jsonl));
    let mut significant = start.bytes().filter(|b| !b.is_ascii_whitespace());
    match (significant.next()?, significant.next()) {
        (b'{', Some(b'"' | b'}')) => {}
        (b'[', Some(b'{')) => return Some(Format::Json),
        _ => return None,
    }
    let line_end = start.find('\n').unwrap_or(start.len());
    let (first, rest) = start.split_at(line_end);
    let (mut depth, mut in_string, mut escaped) = (0i32, false, false);
    for byte in first.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth -= 1,
            _ => {}
        }
    }
    let whole = depth == 0 && !in_string;
    let lines = (whole && rest.trim_start().starts_with('{')) || (named_lines && (whole || rest.is_empty()));
    Some(if lines { Format::Jsonl } else { Format::Json })
}

/// Reads JSON Lines: one record a line.
pub fn read_lines(text: &str, context: &Context<'_>) -> Vec<Record> {
    let lines = text.split('\n').filter(|line| !line.trim().is_empty());
    together(lines.map(|line| read_one(line, context)))
}

/// Reads a JSON document: an article, a list of them, or an object around a list.
pub fn read(text: &str, context: &Context<'_>) -> Vec<Record> {
    let text = text.trim_start_matches('\u{feff}');
    let whole = Node::read(text);
    if let Ok((node, false)) = &whole {
        return of_document(node, context);
    }
    let mut bytes = text.as_bytes().to_vec();
    let Some(Piece::Records { bytes, records }) = Scanner::default().cut(&mut bytes, true) else {
        let message = match whole {
            Err(error) => invalid(&error),
            Ok(_) => "holds no article".to_string(),
        };
        return vec![Record::Unreadable(message)];
    };
    let list = String::from_utf8_lossy(&bytes);
    if let Ok((Node::List(items), false)) = Node::read(&list) {
        return together(items.iter().map(|item| of_node(item, context)));
    }
    together(elements(&list, records).into_iter().map(|element| read_one(element, context)))
}

/// Reads one line of JSON Lines.
pub fn read_one(text: &str, context: &Context<'_>) -> Record {
    match Node::read(text) {
        Ok((node, false)) => of_node(&node, context),
        Ok((node, true)) => {
            let cut = format!("more than {MOST_VALUES} values: what stands behind them was not read");
            match of_node(&node, context) {
                Record::Article(mut article) => {
                    article.problems.push(cut.into());
                    Record::Article(article)
                }
                _ => Record::Unreadable(cut),
            }
        }
        Err(error) => {
            let mended = mend(text);
            let again = Node::read(&mended);
            match again.map(|(node, _)| of_node(&node, context)) {
                Ok(Record::Article(mut article)) => {
                    article.problems.push("its JSON is not valid, and was mended".to_string().into());
                    Record::Article(article)
                }
                Ok(record) => record,
                Err(_) => Record::Unreadable(invalid(&error)),
            }
        }
    }
}

/// Reads one row of a table as an object.
pub(super) fn read_row(columns: &[String], cells: &[String], context: &Context<'_>) -> Record {
    let entries = columns
        .iter()
        .zip(cells)
        .map(|(key, cell)| (Cow::Borrowed(key.as_str()), Node::Text(Cow::Borrowed(cell.as_str()))));
    of_object(&Node::Map(entries.collect()), context)
}

/// Cuts a broken list (as the scanner makes it) at its elements again.
fn elements(list: &str, records: u32) -> Vec<&str> {
    let bytes = list.as_bytes();
    let mut found = Vec::with_capacity(records as usize);
    let (mut depth, mut in_string, mut escaped, mut start) = (0usize, false, false, 1usize);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    found.extend(list.get(start..at));
                    start = bytes.len();
                }
            }
            b',' if depth == 1 => {
                found.extend(list.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.extend(list.get(start..).filter(|rest| !rest.trim().is_empty()));
    found
}

/// The reason in words; the position is the record's own, and says nothing to a reader of the list.
fn invalid(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "not valid JSON: it ends in the middle".to_string();
    }
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    if text.contains("recursion limit") {
        return "not read: its JSON is nested too deeply".to_string();
    }
    format!("not valid JSON: {text} at character {}", error.column())
}

fn together(all: impl Iterator<Item = Record>) -> Vec<Record> {
    let mut records = Vec::new();
    all.for_each(|record| push(&mut records, record));
    records
}

fn of_document(node: &Node<'_>, context: &Context<'_>) -> Vec<Record> {
    match node {
        Node::List(items) if items.is_empty() => {
            vec![Record::Skipped("an empty list: no article".to_string())]
        }
        Node::List(items) => together(items.iter().map(|item| of_node(item, context))),
        Node::Map(_) => {
            let single = is_article(node, context) || node.get("@graph").is_some();
            let list = if single { None } else { list_in(node, context, 0) };
            match list {
                Some(items) => together(items.iter().map(|item| of_node(item, context))),
                None => vec![of_node(node, context)],
            }
        }
        _ => vec![Record::Skipped("a single value: no article".to_string())],
    }
}

/// The list in an object around one, as the scanner finds it.
fn list_in<'n, 'a>(node: &'n Node<'a>, context: &Context<'_>, depth: usize) -> Option<&'n [Node<'a>]> {
    if depth > 3 {
        return None;
    }
    let Node::Map(entries) = node else { return None };
    let named =
        entries.iter().filter(|(key, _)| LIST_KEYS.contains(&key.as_ref())).find_map(
            |(_, value)| match value {
                Node::List(items) if items.iter().any(|i| matches!(i, Node::Map(_))) => {
                    Some(items.as_slice())
                }
                Node::Map(_) => list_in(value, context, depth + 1),
                _ => None,
            },
        );
    // Under whatever key: a list of what are plainly articles.
    named.or_else(|| {
        entries.iter().find_map(|(_, value)| match value {
            Node::List(items) if items.iter().any(|item| is_article(item, context)) => Some(items.as_slice()),
            _ => None,
        })
    })
}

fn is_article(node: &Node<'_>, context: &Context<'_>) -> bool {
    field(node, context, MappedField::Headline, HEADLINE).is_some()
        && field(node, context, MappedField::Body, BODY).is_some()
}

/// The value of a field: where its owner says it is, else under the first of `keys` that holds anything.
fn field<'n, 'a>(
    node: &'n Node<'a>,
    context: &Context<'_>,
    field: MappedField,
    keys: &[&str],
) -> Option<&'n Node<'a>> {
    values(node, context, field, keys).next()
}

/// The values that a field may have, the likeliest first.
fn values<'n, 'a, 'k>(
    node: &'n Node<'a>,
    context: &'k Context<'_>,
    field: MappedField,
    keys: &'k [&'k str],
) -> impl Iterator<Item = &'n Node<'a>> {
    let mapped = context.map.into_iter().flat_map(move |map| {
        let keys = map.keys(field).iter();
        keys.filter_map(move |key| node.at(key).inspect(|_| map.saw(field)))
    });
    mapped.chain(keys.iter().filter_map(|key| node.at(key))).filter(|value| !value.is_empty())
}

fn of_node(node: &Node<'_>, context: &Context<'_>) -> Record {
    let Node::Map(entries) = node else {
        return Record::Skipped("not an object: no article".to_string());
    };
    if entries.is_empty() {
        return Record::Skipped("no headline and body: not an article".to_string());
    }
    if let Some(article) = in_graph(node, context) {
        return of_object(article, context);
    }
    if !is_article(node, context)
        && let Some(inner) =
            ENVELOPES.iter().filter_map(|key| node.get(key)).find(|inner| is_article(inner, context))
    {
        return of_object(inner, context);
    }
    of_object(node, context)
}

/// The article in a JSON-LD graph.
fn in_graph<'n, 'a>(node: &'n Node<'a>, context: &Context<'_>) -> Option<&'n Node<'a>> {
    let Node::List(items) = node.get("@graph")? else { return None };
    items.iter().find(|item| {
        item.get("@type").map(text_of).is_some_and(|t| t.contains("Article")) && is_article(item, context)
    })
}

fn of_object(node: &Node<'_>, context: &Context<'_>) -> Record {
    let field = |name, keys| field(node, context, name, keys);
    let language = field(MappedField::Language, LANGUAGE).map(text_of);
    let mut article = RawArticle { language, ..RawArticle::default() };
    if let Some(body) = field(MappedField::Body, BODY) {
        article.paragraphs = body_of(body);
    }
    let kind = node.get("type").map(text_of).unwrap_or_default().to_lowercase();
    let is_item = node.get("versionCreated").or_else(|| node.get("versioncreated")).is_some();
    let status = node.get("pubstatus").map(text_of).unwrap_or_default().to_lowercase();
    if matches!(status.as_str(), "canceled" | "cancelled" | "withheld") {
        return Record::Skipped(format!("its publisher says that it is `{status}`: not an article"));
    }
    if node.get("eventDetails").is_some() {
        return Record::Skipped("an event: not an article".to_string());
    }
    let bundle = matches!(kind.as_str(), "composite" | "component" | "package");
    if OTHER_TYPES.contains(&kind.as_str()) && ((is_item && !bundle) || article.paragraphs.is_empty()) {
        return Record::Skipped(format!("of type `{kind}`: not an article"));
    }
    article.headline = field(MappedField::Headline, HEADLINE).map(text_of).unwrap_or_default();
    article.bylines = values(node, context, MappedField::Author, AUTHOR)
        .map(names_of)
        // A number is another table's key.
        .find(|names| names.iter().any(|name| is_word(name)))
        .unwrap_or_default();
    article.section = values(node, context, MappedField::Section, SECTION)
        .find_map(section_of)
        .or_else(|| part_of_kind(node, "kicker"));
    if let Some(date) = field(MappedField::Date, DATE) {
        article.date = read_date(&text_of(date), context, article.language.as_deref(), &mut article.problems);
    }
    let has_more = article.date.is_some() || !article.bylines.is_empty() || article.section.is_some();
    let announced = has_more && !article.headline.is_empty();
    if article.paragraphs.is_empty() && announced {
        article.paragraphs = first(node, SUMMARY).map(body_of).unwrap_or_default();
    }
    if article.paragraphs.is_empty() && !announced {
        return Record::Skipped("no headline and body: not an article".to_string());
    }
    article.id = field(MappedField::Id, ID).map(text_of);
    article.publication = values(node, context, MappedField::Publication, PUBLICATION)
        .find_map(publication_of)
        .or_else(|| publication::source(&publication_of(node.at("source")?)?));
    article.address = values(node, context, MappedField::Url, ADDRESS).find_map(address_of);
    Record::Article(Box::new(article))
}

/// The text of the first part of a kind in a content list.
fn part_of_kind(node: &Node<'_>, kind: &str) -> Option<String> {
    let Node::List(parts) = node.get("contents")? else { return None };
    let part = parts.iter().find(|part| part.get("type").is_some_and(|t| text_of(t) == kind))?;
    part.get("content").map(text_of)
}

#[cfg(test)]
mod tests;
