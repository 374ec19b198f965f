//! XML of no news standard: JATS, Solr documents, and files whose elements are called `title`, `author`,
//! `body` and the like.

use super::tree::Element;
use super::{article_or_skipped, language};
use crate::corpus::fields::publication;
use crate::corpus::plain_text::{fragment, paragraphs};
use crate::corpus::{Context, RawArticle, Record, read_date};

const HEADLINE: &[&str] = &["headline", "title", "hl1", "hl", "hed", "article-title", "heading"];
const BODY: &[&str] = &[
    "body",
    "text",
    "content",
    "maintext",
    "article-body",
    "articlebody",
    "fulltext",
    "full_text",
    "story",
    "paragraphs",
];
const AUTHOR: &[&str] = &["byline", "author", "authors", "creator", "by", "writer"];
const SECTION: &[&str] = &["section", "category", "desk", "articlesection", "ressort"];
const PUBLICATION: &[&str] =
    &["publication", "newspaper", "paper", "outlet", "publication_name", "site_name", "publisher"];
const ADDRESS: &[&str] = &["url", "link", "weburl", "web_url", "canonical_url", "self-uri"];
const DATE: &[&str] = &[
    "date",
    "published",
    "pubdate",
    "publication_date",
    "publicationdate",
    "publish_date",
    "datepublished",
    "created_at",
    "created",
];
const ID: &[&str] = &["id", "docno", "docid", "doc-id", "guid", "uuid", "article-id", "url"];

/// The fields of an article are among so many elements at its front.
const FIELDS: usize = 64;

/// How deep the articles of a collection may lie.
const DEEPEST_COLLECTION: usize = 3;

pub(super) fn read(root: &Element, context: &Context<'_>) -> Vec<Record> {
    let mut found = Vec::new();
    collect(root, 0, &mut found);
    if found.is_empty() {
        return vec![Record::Skipped(format!(
            "XML of another kind, with the root `{}`: no article in it",
            root.name
        ))];
    }
    found.into_iter().map(|element| read_one(element, context)).collect()
}

/// The articles of a collection: the outermost elements that have a headline and a body.
fn collect<'e>(element: &'e Element, depth: usize, found: &mut Vec<&'e Element>) {
    if is_article(element) {
        found.push(element);
        return;
    }
    if depth < DEEPEST_COLLECTION {
        for child in element.elements() {
            collect(child, depth + 1, found);
        }
    }
}

/// Whether an element is an article of a collection, and no part of one.
pub(super) fn is_item(element: &Element, parent: &Element) -> bool {
    let is_field = |e: &Element| HEADLINE.iter().chain(BODY).any(|name| e.name.eq_ignore_ascii_case(name));
    is_article(element) && !parent.elements().take(FIELDS).any(is_field)
}

fn is_article(element: &Element) -> bool {
    let jats = element.at("front/article-meta").is_some();
    jats || (value(element, HEADLINE).is_some() && field(element, BODY).is_some())
        || (field(element, BODY).is_some() && value(element, ID).is_some() && value(element, DATE).is_some())
}

/// The child that is called one of the names, or, as Solr has it, says so in its `name`; also below `head`
/// and the like.
fn field<'e>(element: &'e Element, names: &[&str]) -> Option<&'e Element> {
    let here = |parent: &'e Element| {
        names.iter().find_map(|name| {
            parent.elements().find(|e| {
                let called = match e.name.as_str() {
                    "field" | "str" | "date" | "arr" if e.attribute("name").is_some() => {
                        e.attribute("name").unwrap_or_default()
                    }
                    own => own,
                };
                called.eq_ignore_ascii_case(name)
            })
        })
    };
    here(element).or_else(|| {
        ["head", "header", "meta", "metadata", "front"]
            .iter()
            .find_map(|part| element.all(part).next().and_then(here))
    })
}

fn value(element: &Element, names: &[&str]) -> Option<String> {
    let attribute = || names.iter().find_map(|n| element.attribute(n)).map(str::to_string);
    field(element, names).map(Element::text).filter(|t| !t.is_empty()).or_else(attribute)
}

fn read_one(element: &Element, context: &Context<'_>) -> Record {
    let mut article = RawArticle {
        language: language(element).or_else(|| value(element, &["language", "lang"])),
        ..RawArticle::default()
    };
    let mut date = value(element, DATE);
    if let Some(meta) = element.at("front/article-meta") {
        read_jats(meta, &mut article);
        article.publication = element.at("front/journal-meta").and_then(|journal| {
            journal.find("journal-title").map(Element::text).and_then(|title| publication::name(&title))
        });
        date = meta.at("pub-date").map(jats_date);
    } else {
        article.headline = value(element, HEADLINE).unwrap_or_default();
        article.bylines = names(element);
        article.section = value(element, SECTION);
        article.id = value(element, ID);
        article.publication = (PUBLICATION.iter())
            .find_map(|name| publication::name(&value(element, &[name])?))
            .or_else(|| publication::source(&value(element, &["source"])?));
        article.address = (ADDRESS.iter().chain(&["source"]))
            .find_map(|name| publication::address(&value(element, &[name])?));
    }
    if let Some(body) = field(element, BODY) {
        article.paragraphs = body_of(body);
    }
    if let Some(date) = date {
        article.date = read_date(&date, context, article.language.as_deref(), &mut article.problems);
    }
    article_or_skipped(article)
}

fn names(element: &Element) -> Vec<String> {
    let Some(first) = field(element, AUTHOR) else { return Vec::new() };
    let same: Vec<&Element> =
        element.all(&first.name).filter(|e| e.attribute("name") == first.attribute("name")).collect();
    let holders = if same.is_empty() { vec![first] } else { same };
    let mut names = Vec::new();
    for holder in holders {
        let inner: Vec<String> = holder
            .elements()
            .filter(|e| matches!(e.name.to_lowercase().as_str(), "name" | "author" | "str" | "person"))
            .map(Element::text)
            .collect();
        if inner.is_empty() { names.push(holder.text()) } else { names.extend(inner) }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn body_of(body: &Element) -> Vec<String> {
    if body.elements().next().is_some() {
        return body.paragraphs(&["script", "style", "media", "figure", "fig", "ref-list", "table-wrap"]);
    }
    let text = body.raw_text();
    if fragment::is_markup(&text) { fragment::paragraphs(&text) } else { paragraphs::split(&text) }
}

/// The front matter of JATS (NISO Z39.96, `article-meta`).
fn read_jats(meta: &Element, article: &mut RawArticle) {
    article.headline = meta.text_at("title-group/article-title").unwrap_or_default();
    article.id = meta.text_at("article-id");
    article.section = meta.find("subject").map(Element::text);
    article.address = (meta.at("self-uri")).and_then(|uri| uri.attribute("xlink:href")).map(str::to_string);
    let mut contributors = Vec::new();
    meta.find_all("contrib", &mut contributors);
    for contributor in contributors {
        if contributor.attribute("contrib-type").is_some_and(|t| t != "author") {
            continue;
        }
        let Some(name) = contributor.at("name") else { continue };
        let part = |p: &str| name.text_at(p).unwrap_or_default();
        article.bylines.push(format!("{} {}", part("given-names"), part("surname")).trim().to_string());
    }
}

fn jats_date(date: &Element) -> String {
    if let Some(iso) = date.attribute("iso-8601-date") {
        return iso.to_string();
    }
    let part = |p: &str| date.text_at(p);
    let mut text = part("year").unwrap_or_default();
    for piece in [part("month"), part("day")].into_iter().map_while(|p| p) {
        text.push('-');
        text.push_str(&format!("{piece:0>2}"));
    }
    text
}
