//! Which paper a page is of, and its address: as its JSON-LD and its `meta` elements say.

use serde_json::Value;

use super::jsonld::{self, Object};
use super::sources::Sources;
use crate::corpus::fields::publication;

/// The `meta` names of a site's name, and of the one behind it.
const NAMES: &[&str] = &[
    "citation_journal_title",
    "prism.publicationname",
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "dc.source",
];

/// What a page is part of that is a paper; a `WebPage` is only itself.
const PAPERS: &[&str] = &["Newspaper", "Periodical", "PublicationIssue", "PublicationVolume"];
const SITES: &[&str] = &["WebSite", "CreativeWork", "Blog"];

/// In its comments a saved page says where it was saved from: within so many bytes of its beginning.
const HEAD: usize = 4_000;

/// The publication's name: of the paper that the article is part of, of its publisher, of the site, of where
/// it was taken over from.
pub fn publication(sources: &Sources) -> Option<String> {
    let of_article = |property: &str| {
        let value = sources.article?.get(property)?;
        objects(value).find_map(|part| name(sources, part)).or_else(|| text(value))
    };
    let part_of = |kinds: &[&str]| {
        let parts = objects(sources.article?.get("isPartOf")?).map(|part| sources.graph.resolve(part));
        parts.filter(|part| jsonld::is_of_type(part, kinds)).find_map(|part| name(sources, part))
    };
    let site = || sources.graph.of_type("WebSite").and_then(|site| name(sources, site));
    part_of(PAPERS)
        .or_else(|| of_article("publisher"))
        .or_else(|| NAMES.iter().find_map(|name| publication::name(sources.meta.get(name)?)))
        .or_else(|| part_of(SITES))
        .or_else(site)
        .or_else(|| of_article("sourceOrganization"))
}

fn objects(value: &Value) -> impl Iterator<Item = &Object> {
    std::slice::from_ref(value)
        .iter()
        .chain(value.as_array().into_iter().flatten())
        .filter_map(Value::as_object)
}

fn text(value: &Value) -> Option<String> {
    publication::name(&jsonld::text(value)?)
}

fn name(sources: &Sources, object: &Object) -> Option<String> {
    let object = sources.graph.resolve(object);
    ["name", "alternateName", "legalName"].iter().find_map(|key| text(object.get(*key)?))
}

/// The page's address by its own word.
pub fn address(sources: &Sources) -> Option<String> {
    let declared = sources.meta.canonical.as_deref();
    let article = |key: &str| {
        let value = sources.article?.get(key)?;
        publication::address(value.as_str().or_else(|| value.get("@id")?.as_str())?)
    };
    declared
        .and_then(publication::address)
        .or_else(|| publication::address(sources.meta.get("og:url")?))
        .or_else(|| article("url"))
        .or_else(|| article("mainEntityOfPage"))
}

/// The address in the comment of the browser or program that saved the page.
pub fn saved_from(html: &str) -> Option<String> {
    let head = html.get(..html.floor_char_boundary(HEAD)).unwrap_or(html);
    let marks =
        ["<!-- saved from url=(", "<!--\n Page saved with SingleFile \n url: ", "<!-- Mirrored from "];
    let (mark, at) = marks.iter().find_map(|mark| Some((mark, head.find(mark)? + mark.len())))?;
    let rest = head.get(at..)?;
    let rest = if mark.ends_with('(') { rest.split_once(')')?.1 } else { rest };
    let address = rest.split(char::is_whitespace).next()?;
    let address = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    publication::address(&address)
}
