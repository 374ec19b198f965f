//! JSON and JSON Lines of the shapes that newsrooms, APIs and crawlers write → articles. Which keys mean what is a table here;
//! a key that is not in it is not read.

mod node;

use std::borrow::Cow;

use node::{MOST_VALUES, Node};

use super::{html, xml};

use crate::article::{Format, paragraphs_of};
use crate::corpus::fields::publication;
use crate::corpus::format::sniff::Start;
use crate::corpus::plain_text::{budget, entity, fragment, paragraphs};
use crate::corpus::records::Piece;
use crate::corpus::records::json_scan::{LIST_KEYS, Scanner};
use crate::corpus::{Context, MappedField, RawArticle, Record, push, read_date};

/// Keys, the first that is there and not empty counts; `a.b` is `b` in `a`.
const ID: &[&str] =
    &["id", "_id", "docno", "guid", "uri", "url", "doc_id", "article_id", "uuid", "link", "@id"];
const HEADLINE: &[&str] =
    &["headline", "title", "name", "webTitle", "headlines", "fields.headline", "headline_text"];
const BODY: &[&str] = &[
    "body",
    "text",
    "content",
    "contents",
    "articleBody",
    "body_text",
    "body_html",
    "bodies",
    "maintext",
    "fields.bodyText",
    "fields.body",
    "content_elements",
    "full_text",
    "fulltext",
    "article",
    "article_body",
    "article_text",
    "plain_text",
    "cleaned_text",
    "story",
    "body_xhtml",
    "body_nitf",
    "paragraphs",
];
/// What stands for the body where there is none.
const SUMMARY: &[&str] = &[
    "lead_paragraph",
    "short_description",
    "description_text",
    "abstract",
    "summary",
    "excerpt",
    "description",
    "descriptions",
    "snippet",
    "deck",
];
const AUTHOR: &[&str] = &[
    "author",
    "authors",
    "byline",
    "creator",
    "by",
    "fields.byline",
    "author_name",
    "writer",
    "_embedded.author",
    "credits.by",
];
const SECTION: &[&str] = &[
    "section",
    "articleSection",
    "category",
    "categories",
    "desk",
    "sectionName",
    "section_name",
    "news_desk",
    "sectionId",
    "subsection",
    "subjects",
    "subject",
    "taxonomy.primary_section",
    "taxonomy.sections",
    "_embedded.wp:term.0.name",
];
const DATE: &[&str] = &[
    "date",
    "published",
    "datePublished",
    "published_at",
    "pub_date",
    "publication_date",
    "firstcreated",
    "versioncreated",
    "created_at",
    "publishing_date",
    "publish_date",
    "date_publish",
    "published_date",
    "publishedAt",
    "webPublicationDate",
    "pubDate",
    "versionCreated",
    "firstCreated",
    "date_published",
    "publicationDate",
    "dateCreated",
    "timestamp",
    "datetime",
    "time",
    "firstPublished",
    "first_publish_date",
    "display_date",
    "created",
];
const PUBLICATION: &[&str] = &[
    "publication",
    "publication_name",
    "publicationName",
    "newspaper",
    "outlet",
    "media_outlet",
    "site_name",
    "siteName",
    "fields.publication",
    "source_name",
    "sourceName",
    "publisher",
    "isPartOf",
    "infosources",
    "provider",
    "paper",
];
const ADDRESS: &[&str] = &[
    "url",
    "link",
    "webUrl",
    "web_url",
    "canonical_url",
    "canonicalUrl",
    "article_url",
    "mainEntityOfPage",
    "@id",
    "permalink",
    "source_url",
    "source",
    "uri",
    "guid",
    "id",
];
const LANGUAGE: &[&str] = &["language", "lang", "inLanguage"];

/// What an object holds its article in, where it is not the article itself (search engines' and APIs' envelopes).
const ENVELOPES: &[&str] =
    &["_source", "article", "attributes", "data", "doc", "document", "story", "post", "newsItem"];

/// The values of `type` that say that an item is something else than an article (ninjs 3.0, `type`).
const OTHER_TYPES: &[&str] = &[
    "picture",
    "image",
    "photo",
    "graphic",
    "video",
    "audio",
    "event",
    "planning",
    "composite",
    "component",
    "package",
    "gallery",
];

/// Parts of a body that are no text (Washington Post's and other content lists).
const OTHER_PARTS: &[&str] = &[
    "title",
    "byline",
    "date",
    "kicker",
    "author_info",
    "deck",
    "image",
    "video",
    "gallery",
    "tweet",
    "inline_story",
    "raw_html",
];

/// JSON, or JSON Lines where a value ends at the end of the first line and another one follows, or the name says so.
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

/// Whether an object with these keys can be an article: it has a headline and a text, or only a text and more.
pub(super) fn are_article_keys(keys: &[String], context: &Context<'_>) -> bool {
    let is_key = |name: &str| keys.iter().any(|key| key.eq_ignore_ascii_case(name));
    let has = |list: &[&str]| list.iter().any(|name| is_key(name));
    let mapped = |field| context.map.is_some_and(|map| map.keys(field).iter().any(|name| is_key(name)));
    let body = has(BODY) || mapped(MappedField::Body);
    body || ((has(HEADLINE) || mapped(MappedField::Headline))
        && (has(SUMMARY) || has(DATE) || mapped(MappedField::Date)))
}

/// Whether a column holds a headline or text.
pub(super) fn is_text_key(key: &str, context: &Context<'_>) -> bool {
    is_key_of(key, &[HEADLINE, SUMMARY, BODY], &[MappedField::Headline, MappedField::Body], context)
}

/// Whether a column holds the date.
pub(super) fn is_date_key(key: &str, context: &Context<'_>) -> bool {
    is_key_of(key, &[DATE], &[MappedField::Date], context)
}

fn is_key_of(key: &str, lists: &[&[&str]], fields: &[MappedField], context: &Context<'_>) -> bool {
    let is_it = |name: &str| key.eq_ignore_ascii_case(name);
    lists.iter().any(|list| list.iter().any(|name| is_it(name)))
        || fields
            .iter()
            .any(|field| context.map.is_some_and(|map| map.keys(*field).iter().any(|name| is_it(name))))
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

/// Mends what writers of JSON get wrong inside strings: bare control characters, lone surrogates, escapes that do not exist.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut in_string = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut used = c.len_utf8();
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => {
                let (mended, len) = mend_escape(rest);
                out.push_str(&mended);
                used = len;
            }
            '\n' if in_string => out.push_str("\\n"),
            c if in_string && c < ' ' => out.push(' '),
            c => out.push(c),
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    out
}

/// One escape: what it should be, and its length in bytes.
fn mend_escape(text: &str) -> (Cow<'_, str>, usize) {
    let Some(next) = text.chars().nth(1) else { return (Cow::Borrowed(""), 1) };
    let kept = |len: usize| (Cow::Borrowed(text.get(..len).unwrap_or_default()), len);
    match next {
        '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => kept(2),
        'u' => match unit(text) {
            Some(0xD800..=0xDBFF) => match text.get(6..).and_then(unit) {
                Some(0xDC00..=0xDFFF) => kept(12),
                _ => (Cow::Borrowed("\\ufffd"), 6),
            },
            Some(0xDC00..=0xDFFF) => (Cow::Borrowed("\\ufffd"), 6),
            Some(_) => kept(6),
            None => (Cow::Borrowed("\\\\u"), 2),
        },
        '\'' => (Cow::Borrowed("'"), 2),
        _ => (Cow::Borrowed("\\\\"), 1),
    }
}

/// The value of the escape at the start: `\u` and four hexadecimal digits.
fn unit(text: &str) -> Option<u32> {
    let hex = text.strip_prefix("\\u")?.get(..4)?;
    hex.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(hex, 16).ok()).flatten()
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

fn first<'n, 'a>(node: &'n Node<'a>, keys: &[&str]) -> Option<&'n Node<'a>> {
    keys.iter().filter_map(|key| node.at(key)).find(|value| !value.is_empty())
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

/// A value as one text: what stands in `value`, `rendered`, `main`, `name` where it is an object; the first of a list.
fn text_of(node: &Node<'_>) -> String {
    let text = plain_text(node, 0);
    if fragment::is_markup(&text) {
        fragment::paragraphs(&text).join(" ")
    } else {
        entity::decode(&text).into_owned()
    }
}

fn plain_text<'n>(node: &'n Node<'_>, depth: usize) -> Cow<'n, str> {
    const INSIDE: [&str; 13] = [
        "value", "rendered", "main", "basic", "name", "original", "#text", "$oid", "$date", "text",
        "content", "@value", "_",
    ];
    match node {
        Node::Text(text) => Cow::Borrowed(text),
        Node::Number(number) => Cow::Borrowed(number),
        Node::List(items) if depth < 8 => {
            items.iter().find(|i| !i.is_empty()).map(|i| plain_text(i, depth + 1)).unwrap_or_default()
        }
        Node::Map(_) if depth < 8 => {
            first(node, &INSIDE).map(|i| plain_text(i, depth + 1)).unwrap_or_default()
        }
        _ => Cow::Borrowed(""),
    }
}

/// Names: a string, a list of strings, objects with `name`, or with first and last name.
fn names_of(node: &Node<'_>) -> Vec<String> {
    match node {
        Node::List(items) => items.iter().flat_map(names_of_one).collect(),
        node => names_of_one(node),
    }
}

fn names_of_one(node: &Node<'_>) -> Vec<String> {
    if let Some(persons) = node.get("person").filter(|p| !p.is_empty() && node.get("original").is_none()) {
        return match persons {
            Node::List(items) => items.iter().flat_map(names_of_one).collect(),
            _ => Vec::new(),
        };
    }
    let part = |keys: &[&str]| first(node, keys).map(text_of).unwrap_or_default();
    let given = part(&["firstname", "first_name", "firstName", "givenName"]);
    let family = part(&["lastname", "last_name", "lastName", "familyName"]);
    let whole = part(&["name", "original", "display_name", "displayName", "title"]);
    let name = match node {
        Node::Map(_) if whole.is_empty() => format!("{given} {family}").trim().to_string(),
        Node::Map(_) => whole,
        node => text_of(node),
    };
    if name.is_empty() { Vec::new() } else { vec![name] }
}

/// The name of a publication: a text, or what stands in `name` or `title` of an object.
fn publication_of(node: &Node<'_>) -> Option<String> {
    let node = match node {
        Node::List(items) => items.first()?,
        node => node,
    };
    let name = match node {
        Node::Map(_) => first(node, &["name", "title", "headline", "value"])?,
        node => node,
    };
    publication::name(&text_of(name))
}

/// An address of the web: a text, or what stands under the same names in an object.
fn address_of(node: &Node<'_>) -> Option<String> {
    let node = match node {
        Node::Map(_) => first(node, &["@id", "url", "href", "canonical"])?,
        node => node,
    };
    publication::address(&plain_text(node, 0))
}

/// A section in words; numbers are another table's keys.
fn section_of(node: &Node<'_>) -> Option<String> {
    let text = match node {
        Node::List(items) => items.iter().map(text_of).find(|t| is_word(t))?,
        node => text_of(node),
    };
    is_word(&text).then_some(text)
}

fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// The text of the first part of a kind in a content list.
fn part_of_kind(node: &Node<'_>, kind: &str) -> Option<String> {
    let Node::List(parts) = node.get("contents")? else { return None };
    let part = parts.iter().find(|part| part.get("type").is_some_and(|t| text_of(t) == kind))?;
    part.get("content").map(text_of)
}

fn body_of(node: &Node<'_>) -> Vec<String> {
    let mut out = Vec::new();
    collect(node, &mut out, 0);
    out
}

fn collect(node: &Node<'_>, out: &mut Vec<String>, depth: usize) {
    const INSIDE: [&str; 13] = [
        "headline",
        "summary",
        "items",
        "sections",
        "paragraphs",
        "content",
        "text",
        "value",
        "rendered",
        "html",
        "body",
        "#text",
        "plain",
    ];
    if depth > 12 {
        return;
    }
    match node {
        Node::Text(text) => push_text(text, out),
        Node::List(items)
            if items.iter().all(|i| i.get("contentType").is_some() || i.get("role").is_some()) =>
        {
            if let Some(best) = rendition(items) {
                collect(best, out, depth + 1);
            }
        }
        Node::List(items) => {
            for item in items {
                collect(item, out, depth + 1);
            }
        }
        Node::Map(entries) => {
            let kind = node.get("type").map(text_of).unwrap_or_default();
            if OTHER_PARTS.contains(&kind.as_str()) {
                return;
            }
            for (_, value) in entries.iter().filter(|(key, _)| INSIDE.contains(&key.as_ref())) {
                collect(value, out, depth + 1);
            }
        }
        _ => {}
    }
}

/// The same body in several renditions: the one whose paragraphs are marked.
fn rendition<'n, 'a>(items: &'n [Node<'a>]) -> Option<&'n Node<'a>> {
    let marked = |item: &&Node<'_>| item.get("value").is_some_and(|v| fragment::is_markup(&plain_text(v, 0)));
    let role = |item: &&Node<'_>| {
        !item.get("role").is_some_and(|r| matches!(text_of(r).as_str(), "caption" | "shotlist"))
    };
    items.iter().filter(role).find(marked).or_else(|| items.iter().find(role))
}

fn push_text(text: &str, out: &mut Vec<String>) {
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_some() {
        if memchr::memmem::find(text.as_bytes(), b"<nitf").is_some() {
            out.extend(xml::nitf_paragraphs(text));
            return;
        }
        if is_page(text)
            && let Record::Article(page) = html::read(
                text,
                &Context { path: "", modified: None, latest: None, map: None, day_month: None },
            )
        {
            out.extend(page.paragraphs);
            return;
        }
        if fragment::is_markup(text) {
            out.extend(fragment::paragraphs(text));
            return;
        }
        return push_plain(&entity::decode(text), out);
    }
    push_plain(text, out);
}

/// Whether a text is a page of its own, with a head, rather than a piece of one.
fn is_page(text: &str) -> bool {
    let start = text.trim_start().get(..15).unwrap_or_default().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

fn push_plain(text: &str, out: &mut Vec<String>) {
    let single = memchr::memchr_iter(b'\n', text.as_bytes()).any(|at| {
        let beside = |i: Option<usize>| i.and_then(|i| text.as_bytes().get(i)).is_some_and(|b| *b == b'\n');
        !beside(at.checked_sub(1)) && !beside(Some(at + 1))
    });
    if single {
        out.extend(paragraphs::split(text));
    } else {
        paragraphs_of(text).for_each(|paragraph| budget::add(out, paragraph.to_string()));
    }
}

#[cfg(test)]
mod tests;
