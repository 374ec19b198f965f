//! The section of a page: as declared, and as breadcrumb, address and navigation show it.

use serde_json::Value;

use super::class_hints;
use super::dom::{NodeId, Page};
use super::jsonld;
use super::sources::Sources;
use super::tag::Tag;

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

/// Sections that every story is in, and folders that are none.
const GENERIC: &[&str] = &[
    "news",
    "article",
    "articles",
    "story",
    "stories",
    "content",
    "post",
    "posts",
    "archive",
    "nachrichten",
    "blog",
    "amp",
    "html",
    "wp-content",
    "web",
    "http",
    "https",
    "uncategorized",
    "node",
    "index",
];

/// What sites call their front pages, in lower case.
const FRONT_PAGES: &[&str] = &[
    "home",
    "homepage",
    "home page",
    "front page",
    "start",
    "startseite",
    "accueil",
    "inicio",
    "portada",
    "início",
    "etusivu",
    "forside",
    "forsiden",
    "hjem",
    "hem",
    "strona główna",
    "domů",
    "ana sayfa",
    "anasayfa",
    "beranda",
    "главная",
    "головна",
    "首页",
    "首頁",
    "ホーム",
    "トップ",
    "홈",
    "الرئيسية",
];

/// A longer text of a link is no section, in bytes.
const LONGEST: usize = 60;

/// How many links of the page are looked at.
const MOST_LINKS: usize = 400;

/// The section: as declared, else of the breadcrumb, else of the address, else where the navigation says that
/// the page stands.
pub fn section(sources: &Sources) -> Option<String> {
    let declared = sources.property("articleSection");
    declared
        .into_iter()
        .chain(SECTION_NAMES.iter().filter_map(|n| sources.meta.get(n)).map(str::to_owned))
        .filter_map(|s| first_of_list(&s).map(str::to_owned))
        .find(|s| s.len() < 80 && !s.starts_with("http") && !sources.is_site(s))
        .or_else(|| of_breadcrumb(sources))
        .or_else(|| of_markup(sources, is_category_link))
        .or_else(|| of_markup(sources, is_in_breadcrumb))
        .or_else(|| of_address(sources, sources.meta.canonical.as_deref()?))
        .or_else(|| of_markup(sources, is_current))
}

/// The first step of a breadcrumb below the site's own page.
fn of_breadcrumb(sources: &Sources) -> Option<String> {
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
fn of_address(sources: &Sources, address: &str) -> Option<String> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let mut folders = path.trim_end_matches('/').split('/').skip(1).collect::<Vec<_>>();
    folders.pop();
    let known =
        |s: &&str| s.len() >= 3 && s.len() <= 20 && s.bytes().all(|c| c.is_ascii_lowercase() || c == b'-');
    let is_section = |s: &&str| !is_generic(s) && !sources.is_site(s);
    folders.into_iter().filter(known).find(is_section).map(str::to_owned)
}

/// The first entry of a list that is written `tech,columnist`, past those that say nothing.
fn first_of_list(text: &str) -> Option<&str> {
    let spaced = text.contains(", ") || !text.contains(',');
    if spaced { Some(text) } else { text.split(',').find(|s| !is_generic(s)) }
}

fn is_generic(section: &str) -> bool {
    GENERIC.iter().any(|g| g.eq_ignore_ascii_case(section.trim()))
}

/// The text of the first link of some kind that names a section.
fn of_markup(sources: &Sources, is_kind: fn(&Page, NodeId) -> bool) -> Option<String> {
    let page = sources.page;
    let links = (0..page.nodes.len()).filter(|&id| page.nodes[id].tag == Tag::A);
    links.take(MOST_LINKS).filter(|&id| is_kind(page, id)).find_map(|id| {
        let text = page.text(id, LONGEST + 1);
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        let leads_home = page.attribute(id, "href").is_some_and(|href| href == "/");
        let is_front = leads_home || FRONT_PAGES.contains(&text.to_lowercase().as_str());
        let names = (2..=LONGEST).contains(&text.len()) && text.chars().any(char::is_alphabetic);
        (names && !is_front && !sources.is_site(text) && !is_generic(text)).then(|| text.to_owned())
    })
}

/// `<a rel="category tag">`, as WordPress marks a post's categories.
fn is_category_link(page: &Page, link: NodeId) -> bool {
    page.attribute(link, "rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|r| r == "category"))
}

fn is_in_breadcrumb(page: &Page, link: NodeId) -> bool {
    page.ancestors(link).take(5).any(|around| {
        let is_named = |value: std::borrow::Cow<str>| {
            value.split_ascii_whitespace().flat_map(class_hints::words).any(|w| {
                matches!(w.as_str(), "breadcrumb" | "breadcrumbs" | "crumb" | "crumbs" | "breadcrumblist")
            })
        };
        !matches!(page.nodes[around].tag, Tag::Body | Tag::Html)
            && ["class", "id", "itemtype", "typeof", "aria-label"]
                .iter()
                .filter_map(|name| page.attribute(around, name))
                .any(is_named)
    })
}

/// Whether a link of the navigation is marked as where the page stands.
fn is_current(page: &Page, link: NodeId) -> bool {
    let in_navigation = page.ancestors(link).take(6).any(|around| {
        page.nodes[around].tag == Tag::Nav
            || ["class", "id", "role"].iter().filter_map(|name| page.attribute(around, name)).any(|value| {
                value
                    .split_ascii_whitespace()
                    .flat_map(class_hints::words)
                    .any(|w| matches!(w.as_str(), "nav" | "navbar" | "navigation" | "menu"))
            })
    });
    let is_marked = |id: NodeId| {
        page.attribute(id, "aria-current").is_some_and(|current| current != "false")
            || page.attribute(id, "class").is_some_and(|class| {
                class
                    .split_ascii_whitespace()
                    .flat_map(class_hints::words)
                    .any(|w| matches!(w.as_str(), "active" | "current" | "selected"))
            })
    };
    in_navigation && (is_marked(link) || is_marked(page.nodes[link].parent))
}
