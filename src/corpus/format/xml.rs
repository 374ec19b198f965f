//! XML news formats → articles: NITF, NewsML-G2 and NewsML 1.2, RSS and Atom, WordPress exports, JATS, and
//! plain XML whose elements are called what they are.

mod feed;
mod newsml;
mod nitf;
mod plain;
mod tree;

use crate::article::Format;
use crate::corpus::format::sniff::Start;
use crate::corpus::{Context, RawArticle, Record, push};
use tree::Element;

/// The kind of XML that a text is; a page that does not begin like one is a page all the same.
pub(crate) fn sniff(start: &Start<'_>) -> Option<Format> {
    let is_page = || start.lower.starts_with('<') && start.lower.contains("<html");
    kind_of(start.text).or_else(|| is_page().then_some(Format::Html))
}

/// XML by its root element, past the declaration, comments and the document type.
fn kind_of(start: &str) -> Option<Format> {
    let mut rest = start;
    let declared = rest.starts_with("<?xml");
    for _ in 0..20 {
        let end = match rest {
            r if r.starts_with("<!--") => r.find("-->")? + 3,
            // The document type may hold declarations of its own.
            r if r.starts_with("<!") => match (r.find('['), r.find('>')?) {
                (Some(open), close) if open < close => open + r.get(open..)?.find("]")? + 1,
                (_, close) => close + 1,
            },
            r if r.starts_with("<?") => r.find("?>")? + 2,
            _ => break,
        };
        rest = rest.get(end..)?.trim_start().trim_start_matches('>').trim_start();
    }
    let name = rest.strip_prefix('<')?.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    let local = name.rsplit(':').next()?.to_ascii_lowercase();
    match local.as_str() {
        "nitf" => Some(Format::Nitf),
        "newsml" | "newsitem" | "newsmessage" | "packageitem" | "conceptitem" | "knowledgeitem"
        | "planningitem" | "catalogitem" => Some(Format::Newsml),
        "rss" | "feed" | "rdf" => Some(Format::Feed),
        "html" | "reuters" | "doc" => None,
        _ => (declared && !name.is_empty()).then_some(Format::Xml),
    }
}

/// Reads a document: one record for each item in it.
pub fn read(text: &str, context: &Context<'_>) -> Vec<Record> {
    let mut records = Vec::new();
    let mut take = |root: &Element| {
        read_root(root, context).into_iter().for_each(|record| push(&mut records, record));
        records.len() < tree::MOST_ITEMS
    };
    let Some(document) = tree::parse_in_parts(text, is_item, &mut take) else {
        return vec![Record::Unreadable("not valid XML: it has no element".to_string())];
    };
    if document.is_whole || document.root.holds_item(is_item) {
        take(&document.root);
    }
    if let Some(fault) = document.fault {
        break_off(&mut records, fault);
    }
    records
}

/// Whether an element is one of the items of a document that holds many, so that they can be read apart.
fn is_item(element: &Element, root: &Element, parent: &Element, depth: usize) -> bool {
    let is_called = |names: &[&str]| names.iter().any(|name| element.name.eq_ignore_ascii_case(name));
    match root.name.to_ascii_lowercase().as_str() {
        "rss" | "feed" | "rdf" => depth <= 2 && is_called(&["item", "entry"]),
        "newsmessage" => depth == 2 && parent.name.eq_ignore_ascii_case("itemSet"),
        "newsml" => depth == 1 && is_called(&["NewsItem"]),
        "nitf" | "newsitem" | "packageitem" | "conceptitem" | "knowledgeitem" | "planningitem"
        | "catalogitem" => false,
        _ => depth <= 2 && plain::is_item(element, parent),
    }
}

fn read_root(root: &Element, context: &Context<'_>) -> Vec<Record> {
    match root.name.to_ascii_lowercase().as_str() {
        "nitf" => vec![nitf::read(root, context)],
        "newsitem" | "newsmessage" | "packageitem" | "conceptitem" | "knowledgeitem" | "planningitem"
        | "catalogitem" | "newsml" => newsml::read(root, context),
        "rss" | "feed" | "rdf" => feed::read(root, context),
        // A part of an item, cut out of it.
        _ => match root.find("nitf") {
            Some(nitf) => vec![nitf::read(nitf, context)],
            None => plain::read(root, context),
        },
    }
}

/// The paragraphs of NITF that stands inside another format.
pub(super) fn nitf_paragraphs(text: &str) -> Vec<String> {
    let nitf = tree::parse(text).map(|document| document.root);
    nitf.map(|root| nitf::body(&root)).unwrap_or_default()
}

/// A fault of the document lies at its end: the last record has it.
fn break_off(records: &mut Vec<Record>, fault: String) {
    match records.last_mut() {
        Some(Record::Article(article)) => article.problems.push(fault.into()),
        Some(last @ Record::Skipped(_)) => *last = Record::Unreadable(fault),
        Some(Record::Unreadable(_)) => {}
        Some(Record::Again(_)) | None => records.push(Record::Unreadable(fault)),
    }
}

/// An article, or a word on why there is none.
fn article_or_skipped(article: RawArticle) -> Record {
    if article.paragraphs.is_empty() && article.headline.trim().is_empty() {
        return Record::Skipped("no headline and body: not an article".to_string());
    }
    Record::Article(Box::new(article))
}

/// The `xml:lang` of an element.
fn language(element: &Element) -> Option<String> {
    element.attribute("xml:lang").or_else(|| element.attribute("lang")).map(str::to_string)
}

#[cfg(test)]
mod tests;
