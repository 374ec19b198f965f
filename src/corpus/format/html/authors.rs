//! The names in a page's bylines: from what it declares, else from its markup. Splitting a byline into names
//! is `byline`'s business.

use serde_json::Value;

use super::class_hints;
use super::dom::{NodeId, Page, push_collapsed};
use super::jsonld::{self, Object};
use super::sources::Sources;
use super::tag::Tag;
use crate::corpus::fields::byline;
use crate::corpus::plain_text::entity;

/// The `meta` names of authors, those that newsrooms fill with most care first.
const META_NAMES: &[&str] = &[
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "cxenseparse:author",
    "og:author",
    "og:article:author",
    "article_author",
    "articleauthor",
    "dcsext.author",
    "twitter:misc:written by",
];

/// The words of class names around bylines.
const BYLINE_WORDS: &[&str] = &[
    "auteur",
    "auteurs",
    "author",
    "authors",
    "autor",
    "autore",
    "autoren",
    "autores",
    "autori",
    "byline",
    "bylines",
    "journalist",
    "reporter",
    "skribent",
    "verfasser",
    "writer",
    "yazar",
];

/// The words of class names around other people: who comments, who took the picture, who wrote another story.
const OTHER_WORDS: &[&str] = &[
    "caption",
    "comment",
    "comments",
    "credit",
    "image",
    "photo",
    "picture",
    "quote",
    "related",
    "teaser",
    "testimonial",
];

/// The folders of authors' own pages.
const AUTHOR_FOLDERS: &[&str] =
    &["/author/", "/authors/", "/autor/", "/autoren/", "/autores/", "/auteur/", "/autore/", "/skribent/"];

/// A longer text is no byline.
const LONGEST_BYLINE: usize = 160;

/// A longer text is no name, in characters.
const LONGEST_NAME: usize = 40;

/// How many elements are looked at for a byline, how far around one, and how many names are taken: pages can
/// be made of bylines.
const MOST_PLACES: usize = 40;
const NEAREST_NODES: usize = 400;
const MOST_NAMES: usize = 40;

/// The authors, one name each, in their order; the site itself only where nobody else is named.
pub fn authors(sources: &Sources) -> Vec<String> {
    let json = declared_in_json(sources);
    let meta = || META_NAMES.iter().map(|name| names(sources.meta.all(name)));
    // Beside the site's name stand its town and its desks too.
    let people = |names: Vec<String>| {
        let with_site = names.iter().any(|name| sources.is_site(name));
        let is_person = |name: &String| !with_site || (!sources.is_site(name) && is_full_name(name));
        names.into_iter().filter(is_person).collect::<Vec<_>>()
    };
    let first_people = std::iter::once(json.clone())
        .chain(meta())
        .chain(std::iter::once_with(|| written_by(sources)))
        .chain(std::iter::once_with(|| in_markup(sources)))
        .map(people)
        .find(|names| !names.is_empty());
    first_people
        .or_else(|| std::iter::once(json).chain(meta()).find(|names| !names.is_empty()))
        .unwrap_or_else(|| labelled_line(sources.page))
}

/// Splits bylines into names, doubles left out; addresses of profiles and handles are no names.
fn names<'b>(bylines: impl Iterator<Item = &'b str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for byline in bylines.filter(|b| !b.contains("://") && !b.starts_with(['@', '/'])).take(MOST_NAMES) {
        for name in byline::split(byline) {
            if names.len() < MOST_NAMES && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    // An agency beside people is a credit, in one byline or in two.
    if !names.iter().all(|name| byline::is_agency(name)) {
        names.retain(|name| !byline::is_agency(name));
    }
    names
}

fn declared_in_json(sources: &Sources) -> Vec<String> {
    let Some(article) = sources.article else { return Vec::new() };
    for property in ["author", "creator"] {
        let mut bylines: Vec<String> = Vec::new();
        let mut waiting: Vec<&Value> = article.get(property).into_iter().collect();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(list) => waiting.extend(list.iter().rev()),
                Value::String(text) => match sources.graph.named(text).and_then(|o| o.get("name")) {
                    Some(name) => bylines.extend(jsonld::text(name).map(|n| n.into_owned())),
                    None => bylines.extend(jsonld::text(value).map(|n| n.into_owned())),
                },
                Value::Object(object) if is_account(object) => {}
                Value::Object(object) => match sources.graph.resolve(object).get("name") {
                    Some(Value::Array(list)) => {
                        bylines.extend(list.iter().filter_map(jsonld::text).map(|n| n.into_owned()))
                    }
                    Some(name) => bylines.extend(jsonld::text(name).map(|n| n.into_owned())),
                    None => {}
                },
                _ => {}
            }
        }
        let names = names(bylines.iter().map(String::as_str));
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// Whether an author is the account of whoever runs the site.
fn is_account(author: &Object) -> bool {
    ["@id", "url"]
        .iter()
        .filter_map(|p| author.get(*p)?.as_str())
        .any(|url| url.trim_end_matches('/').ends_with("/author/admin"))
}

/// The pair of `twitter:label1` and `twitter:data1`, in which WordPress names the author.
fn written_by(sources: &Sources) -> Vec<String> {
    const LABELS: &[&str] = &[
        "written by",
        "verfasst von",
        "écrit par",
        "escrito por",
        "scritto da",
        "geschreven door",
        "by",
        "author",
    ];
    let label = sources.meta.get("twitter:label1").map(str::to_lowercase);
    match label {
        Some(label) if LABELS.contains(&label.as_str()) => {
            names(sources.meta.get("twitter:data1").into_iter())
        }
        _ => Vec::new(),
    }
}

/// Tells whether an element is of some kind.
type Test = fn(&Page, NodeId) -> bool;

/// The byline in the markup: the first after the headline of the clearest kind that there is.
fn in_markup(sources: &Sources) -> Vec<String> {
    let page = sources.page;
    let headline = page.nodes.iter().position(|n| n.tag == Tag::H1).unwrap_or(0);
    let kinds: [(Test, bool); 4] = [
        (is_author_item, true),
        (is_author_relation, true),
        (has_byline_class, false),
        (is_author_link, false),
    ];
    for (is_byline, marked) in kinds {
        for at in (headline..page.nodes.len()).filter(|&at| is_byline(page, at)).take(MOST_PLACES) {
            let is_other = |name: &String| is_full_name(name) && !sources.is_site(name);
            // What is marked as an author may name a place beside the names; class names say less.
            let is_good = |found: &[String]| match marked {
                true => found.iter().any(is_other),
                false => !found.is_empty() && found.iter().all(is_other),
            };
            let together = names_around(page, at, is_byline);
            let alone = || names(byline_text(page, at).as_deref().into_iter());
            if let Some(found) =
                [together].into_iter().chain(std::iter::once_with(alone)).find(|f| is_good(f))
            {
                return found;
            }
        }
    }
    Vec::new()
}

/// The first line after the headline that says that it is a byline: `By Ana Sousa`.
fn labelled_line(page: &Page) -> Vec<String> {
    let Some(headline) = page.nodes.iter().position(|n| n.tag == Tag::H1) else { return Vec::new() };
    let near = page.nodes[headline].end..page.nodes.len().min(page.nodes[headline].end + 200);
    let mut lines = near
        .filter(|&id| matches!(page.nodes[id].tag, Tag::P | Tag::Div | Tag::Span | Tag::Li | Tag::Address));
    let text = lines
        .find_map(|id| byline_text(page, id).filter(|text| text.len() < 80 && byline::is_labelled(text)));
    names(text.as_deref().into_iter())
}

/// Whether a text from markup, which may be anything, looks like a person's whole name.
pub fn is_full_name(name: &str) -> bool {
    const SERVICES: &[&str] =
        &["facebook", "twitter", "instagram", "linkedin", "whatsapp", "email", "e-mail", "youtube"];
    const INTERFACE: &[&str] = &[
        "all",
        "comment",
        "comments",
        "follow",
        "more",
        "posts",
        "print",
        "profile",
        "published",
        "share",
        "subscribe",
        "updated",
        "view",
    ];
    let words = name.split_whitespace().count();
    let unspaced = words == 1
        && (2..=5).contains(&name.chars().count())
        && !name.is_ascii()
        && name.chars().all(char::is_alphabetic);
    let lower = name.to_lowercase();
    let begins_large = name.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    begins_large
        && ((2..=4).contains(&words) || unspaced)
        && !SERVICES.iter().any(|s| lower.contains(s))
        && !lower.split_whitespace().any(|word| INTERFACE.contains(&word))
        && !name.contains(|c: char| {
            c.is_ascii_digit() || matches!(c, '.' | '?' | '!' | ':' | ',') && !name.contains(". ")
        })
}

/// The names in a byline and in those beside it.
fn names_around(page: &Page, first: NodeId, is_byline: Test) -> Vec<String> {
    let parent = page.nodes[first].parent;
    let end = page.nodes[page.nodes[parent].parent].end.min(first + NEAREST_NODES);
    let mut bylines: Vec<String> = Vec::new();
    let mut at = first;
    while at < end && bylines.len() < 12 {
        if is_byline(page, at) {
            bylines.extend(byline_text(page, at));
            at = page.nodes[at].end;
        } else {
            at += 1;
        }
    }
    let mut names = names(bylines.iter().map(String::as_str));
    names.retain(|name| name.chars().count() <= LONGEST_NAME);
    names
}

/// The text of a byline's element: of the name in it, where that is marked.
fn byline_text(page: &Page, id: NodeId) -> Option<String> {
    let name = page.inside(id).take(60).find(|&i| page.attribute(i, "itemprop").is_some_and(|p| p == "name"));
    let id = name.unwrap_or(id);
    let text = match page.attribute(id, "content") {
        Some(content) => content.into_owned(),
        None => listed_text(page, id),
    };
    (text.len() > 1 && text.len() <= LONGEST_BYLINE).then_some(text)
}

/// The text of an element; where alike elements follow each other in it, they are cut apart as the names of a
/// list.
fn listed_text(page: &Page, id: NodeId) -> String {
    let mut out = String::new();
    let mut previous: Option<NodeId> = None;
    for at in page.inside(id).take(NEAREST_NODES) {
        let node = &page.nodes[at];
        if node.tag != Tag::Text || node.source.trim_ascii().is_empty() {
            continue;
        }
        let alike = |other: NodeId| {
            other != node.parent && other != id && page.nodes[other].tag == page.nodes[node.parent].tag
        };
        if previous.is_some_and(alike) {
            out.push_str("; ");
        } else if !out.is_empty() {
            out.push(' ');
        }
        push_collapsed(&mut out, &entity::decode(node.source));
        previous = Some(node.parent);
        if out.len() > LONGEST_BYLINE {
            break;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_author_item(page: &Page, id: NodeId) -> bool {
    ["itemprop", "property"].iter().filter_map(|kind| page.attribute(id, kind)).any(|value| {
        value
            .split_ascii_whitespace()
            .any(|p| matches!(p, "author" | "creator" | "schema:author" | "dc:creator" | "dcterms:creator"))
    }) && page.nodes[id].tag != Tag::Meta
}

fn is_author_relation(page: &Page, id: NodeId) -> bool {
    page.nodes[id].tag == Tag::A
        && page.attribute(id, "rel").is_some_and(|r| r.split_ascii_whitespace().any(|r| r == "author"))
}

fn has_byline_class(page: &Page, id: NodeId) -> bool {
    ["class", "id"].iter().filter_map(|name| page.attribute(id, name)).any(|value| {
        let words: Vec<String> = value.split_ascii_whitespace().flat_map(class_hints::words).collect();
        let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        any(BYLINE_WORDS) && !any(OTHER_WORDS)
    }) && !page.ancestors(id).take(4).any(|around| is_elsewhere(page, around))
        && byline_text(page, id).is_some()
}

/// Whether an element holds pictures, comments or what else has authors of its own.
fn is_elsewhere(page: &Page, id: NodeId) -> bool {
    let of_others = |value: std::borrow::Cow<str>| {
        value.split_ascii_whitespace().flat_map(class_hints::words).any(|w| OTHER_WORDS.contains(&w.as_str()))
    };
    let tag = page.nodes[id].tag;
    matches!(tag, Tag::Figure | Tag::Aside | Tag::Nav | Tag::Footer)
        || !matches!(tag, Tag::Body | Tag::Html | Tag::Article | Tag::Main)
            && page.attribute(id, "class").is_some_and(of_others)
}

fn is_author_link(page: &Page, id: NodeId) -> bool {
    page.nodes[id].tag == Tag::A
        && page.attribute(id, "href").is_some_and(|href| AUTHOR_FOLDERS.iter().any(|f| href.contains(f)))
}
