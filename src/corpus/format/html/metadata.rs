//! What a page says of its article besides the text: headline, bylines, date, section and language.

use super::authors;
use super::dom::Page;
use super::headline;
use super::jsonld::JsonLd;
use super::meta::Meta;
use super::publication;
use super::published;
use super::section;
use super::site::Site;
use super::sources::Sources;
use super::tag::Tag;
use crate::article::ArticleDate;
use crate::corpus::fields::date::{Base, DateError};

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
    pub date_problem: Option<DateError>,
    /// The section.
    pub section: Option<String>,
    /// The publication's name.
    pub publication: Option<String>,
    /// The page's address.
    pub address: Option<String>,
    /// The language as declared.
    pub language: Option<String>,
    /// The summaries that it gives to search engines and other sites.
    pub descriptions: Vec<String>,
    /// The body as JSON-LD has it: text, or markup.
    pub article_body: Option<String>,
    /// Whether the page says in detail that it is an article.
    pub is_article: bool,
    /// Whether the page calls itself an article, as sites also call their lists of them.
    pub is_called_article: bool,
}

/// Reads the metadata of a page.
pub fn read(page: &Page, base: Base) -> Metadata {
    let meta = Meta::read(page);
    let json = JsonLd::read(page);
    let graph = json.graph();
    let article = graph.article(meta.canonical.as_deref());
    let sources = Sources { page, meta: &meta, graph: &graph, article, site: Site::read(&meta, article) };
    let language = language(&sources);
    let (date, date_problem) = published::published(&sources, base, language.as_deref());
    let authors = authors::authors(&sources);
    Metadata {
        headline: headline::headline(&sources),
        names_people: authors.iter().any(|name| !sources.is_site(name)),
        authors,
        date,
        date_problem,
        section: section::section(&sources),
        publication: publication::publication(&sources),
        address: publication::address(&sources),
        language,
        descriptions: descriptions(&sources),
        article_body: sources.property("articleBody"),
        is_article: article.is_some() || meta.get("article:published_time").is_some(),
        is_called_article: meta.get("og:type") == Some("article"),
    }
}

fn descriptions(sources: &Sources) -> Vec<String> {
    let names = ["description", "og:description", "twitter:description"];
    let mut found: Vec<String> =
        names.iter().filter_map(|n| sources.meta.get(n)).map(str::to_owned).collect();
    found.extend(sources.property("description"));
    found
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
