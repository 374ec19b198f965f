//! XML news formats → articles: NITF, NewsML-G2 and NewsML 1.2, RSS and Atom, WordPress exports, JATS, and plain XML whose elements
//! are called what they are.

mod feed;
mod newsml;
mod nitf;
mod plain;
mod tree;

use crate::corpus::{Context, RawArticle, Record};
use tree::Element;

/// Reads a document: one record for each item in it.
pub fn read(text: &str, context: &Context<'_>) -> Vec<Record> {
    let Some(document) = tree::parse(text) else {
        return vec![Record::Unreadable("not valid XML: it has no element".to_string())];
    };
    let root = &document.root;
    let mut records = match root.name.to_ascii_lowercase().as_str() {
        "nitf" => vec![nitf::read(root, context)],
        "newsitem" | "newsmessage" | "packageitem" | "conceptitem" | "knowledgeitem" | "planningitem"
        | "catalogitem" | "newsml" => newsml::read(root, context),
        "rss" | "feed" | "rdf" => feed::read(root, context),
        // A part of an item, cut out of it.
        _ => match root.find("nitf") {
            Some(nitf) => vec![nitf::read(nitf, context)],
            None => plain::read(root, context),
        },
    };
    if let Some(fault) = document.fault {
        break_off(&mut records, fault);
    }
    records
}

/// The paragraphs of NITF that stands inside another format.
pub(super) fn nitf_paragraphs(text: &str) -> Vec<String> {
    let nitf = tree::parse(text).map(|document| document.root);
    nitf.map(|root| nitf::body(&root)).unwrap_or_default()
}

/// A fault of the document lies at its end: the last record has it.
fn break_off(records: &mut Vec<Record>, fault: String) {
    match records.last_mut() {
        Some(Record::Article(article)) => article.problems.push(fault),
        Some(last @ Record::Skipped(_)) => *last = Record::Unreadable(fault),
        Some(Record::Unreadable(_)) => {}
        None => records.push(Record::Unreadable(fault)),
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
