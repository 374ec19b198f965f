//! What a page says of its article besides the text: headline, bylines, date, section and language.

use jiff::Timestamp;
use serde_json::Value;

use super::authors;
use super::dom::Page;
use super::headline;
use super::jsonld::{self, JsonLd, Object};
use super::meta::Meta;
use super::published;
use super::site::Site;
use super::tag::Tag;
use crate::article::ArticleDate;

/// The `meta` names of sections.
const SECTION_NAMES: &[&str] = &[
    "article:section",
    "og:section",
    "parsely-section",
    "sailthru.section",
    "section",
    "articlesection",
    "dc.subject.section",
    "prism.section",
    "page.section",
];

/// The fields that a page declares.
#[derive(Debug, Default)]
pub struct Metadata {
    /// The headline; empty where there is none.
    pub headline: String,
    /// One name each.
    pub authors: Vec<String>,
    /// Whether any of them is not the site itself.
    pub names_people: bool,
    /// The publication date.
    pub date: Option<ArticleDate>,
    /// Why the date that it declares cannot be read, where there is no other.
    pub date_problem: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// The language as declared.
    pub language: Option<String>,
    /// The summaries that it gives to search engines and other sites.
    pub descriptions: Vec<String>,
    /// The body as JSON-LD has it: text, or markup.
    pub article_body: Option<String>,
    /// Whether the page says that it is an article.
    pub is_article: bool,
}

/// The places in which a page says something of its article.
pub struct Sources<'s, 'a> {
    /// The page.
    pub page: &'s Page<'a>,
    /// Its `meta` elements.
    pub meta: &'s Meta<'a>,
    /// Its JSON-LD.
    pub graph: &'s jsonld::Graph<'s>,
    /// The article in its JSON-LD.
    pub article: Option<&'s Object>,
    /// The site's own names.
    pub site: Site,
}

impl Sources<'_, '_> {
    /// Whether a name is the site's own.
    pub fn is_site(&self, name: &str) -> bool {
        self.site.is_named(name)
    }

    /// A text property of the JSON-LD article.
    pub fn property(&self, name: &str) -> Option<String> {
        self.article?.get(name).and_then(jsonld::text).map(|t| t.trim().to_owned())
    }
}

/// Reads the metadata of a page.
pub fn read(page: &Page, modified: Option<Timestamp>) -> Metadata {
    let meta = Meta::read(page);
    let json = JsonLd::read(page);
    let graph = json.graph();
    let article = graph.article(meta.canonical.as_deref());
    let sources = Sources { page, meta: &meta, graph: &graph, article, site: Site::read(&meta, article) };
    let language = language(&sources);
    let (date, date_problem) = published::published(&sources, modified, language.as_deref());
    let authors = authors::authors(&sources);
    Metadata {
        headline: headline::headline(&sources),
        names_people: authors.iter().any(|name| !sources.is_site(name)),
        authors,
        date,
        date_problem,
        section: section(&sources),
        language,
        descriptions: descriptions(&sources),
        article_body: sources.property("articleBody"),
        is_article: article.is_some()
            || meta.get("og:type") == Some("article")
            || meta.get("article:published_time").is_some(),
    }
}

fn descriptions(sources: &Sources) -> Vec<String> {
    let names = ["description", "og:description", "twitter:description"];
    let mut found: Vec<String> =
        names.iter().filter_map(|n| sources.meta.get(n)).map(str::to_owned).collect();
    found.extend(sources.property("description"));
    found
}

/// The section: as declared, else of the breadcrumb, else of the address.
fn section(sources: &Sources) -> Option<String> {
    let declared = sources.property("articleSection");
    declared
        .into_iter()
        .chain(SECTION_NAMES.iter().filter_map(|n| sources.meta.get(n)).map(str::to_owned))
        .find(|s| s.len() < 80 && !s.starts_with("http") && !sources.is_site(s))
        .or_else(|| section_of_breadcrumb(sources))
        .or_else(|| section_of_address(sources.meta.canonical.as_deref()?))
}

/// The first step of a breadcrumb below the site's own page.
fn section_of_breadcrumb(sources: &Sources) -> Option<String> {
    let items = sources.graph.of_type("BreadcrumbList")?.get("itemListElement")?.as_array()?;
    // The first step is the site, the last one the article.
    let steps = items.get(1..items.len().saturating_sub(1))?;
    let name = |item: &Value| {
        item.get("name")
            .or_else(|| item.get("item")?.get("name"))
            .and_then(jsonld::text)
            .map(|n| n.into_owned())
    };
    steps.iter().filter_map(name).find(|n| n.len() < 60 && !sources.is_site(n))
}

/// The first folder of an address, where it reads like a section: `/politics/2024/…`.
fn section_of_address(address: &str) -> Option<String> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let mut folders = path.trim_end_matches('/').split('/').skip(1).collect::<Vec<_>>();
    folders.pop();
    let known =
        |s: &&str| s.len() >= 3 && s.len() <= 20 && s.bytes().all(|c| c.is_ascii_lowercase() || c == b'-');
    let generic = [
        "news",
        "article",
        "articles",
        "story",
        "stories",
        "content",
        "post",
        "archive",
        "nachrichten",
        "blog",
        "amp",
    ];
    folders.into_iter().filter(known).find(|s| !generic.contains(s)).map(str::to_owned)
}

fn language(sources: &Sources) -> Option<String> {
    let page = sources.page;
    let html = page.nodes.iter().position(|n| n.tag == Tag::Html);
    let declared = html.and_then(|id| page.attribute(id, "lang").or_else(|| page.attribute(id, "xml:lang")));
    let looks = |l: &str| {
        l.len() >= 2
            && l.len() <= 12
            && l.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'))
    };
    declared
        .map(|l| l.trim().to_owned())
        .filter(|l| looks(l))
        .or_else(|| sources.property("inLanguage").filter(|l| looks(l)))
        .or_else(|| {
            sources
                .meta
                .first(&["og:locale", "content-language", "language", "dc.language"])
                .map(str::to_owned)
                .filter(|l| looks(l))
        })
}
