//! The headline of a page, without the site's name.

use super::metadata::Sources;
use super::tag::Tag;

/// The separators that stand between a headline and a site's name.
const SEPARATORS: [&str; 11] = [" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", "ㅣ", "|", "："];

/// The headline; empty where the page has none.
pub fn headline(sources: &Sources) -> String {
    let sites = site_names(sources);
    let h1 = first_heading(sources);
    let candidates = [
        sources.meta.get("og:title").map(str::to_owned),
        sources.property("headline"),
        sources.meta.get("twitter:title").map(str::to_owned),
        h1.clone(),
        sources.meta.first(&["parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title", "title"]).map(str::to_owned),
        title(sources),
    ];
    let headlines: Vec<String> =
        candidates.into_iter().flatten().map(|c| without_site(&collapse(&c), &sites).to_owned()).filter(|c| !c.is_empty()).collect();
    let Some(first) = headlines.first() else { return String::new() };
    // Cut short for a preview: the whole of it stands elsewhere.
    if let Some(start) = first.strip_suffix('…').or_else(|| first.strip_suffix("...")) {
        let start = start.trim_end();
        if let Some(whole) = headlines.iter().find(|h| h.len() > first.len() && h.starts_with(start)) {
            return whole.clone();
        }
    }
    first_of_several(sources, first, &sites)
}

/// Decides where `og:title` and the other places differ.
fn first_of_several(sources: &Sources, first: &str, sites: &[String]) -> String {
    let of = |text: Option<String>| text.map(|t| without_site(&collapse(&t), sites).to_owned()).filter(|t| !t.is_empty());
    let (declared, h1, title) = (of(sources.property("headline")), of(first_heading(sources)), of(title(sources)));
    // The section, the author and the like around the headline that the article itself has.
    if let Some(own) = declared.as_deref().or(h1.as_deref())
        && is_wrapped(first, own)
    {
        return own.to_owned();
    }
    match (declared, h1, title) {
        // What only the window's title and its copy say is written for search engines.
        (Some(declared), Some(h1), Some(title)) if key(&declared) == key(&h1) && key(&title).starts_with(&key(first)) && !key(&title).starts_with(&key(&h1)) => declared,
        _ => first.to_owned(),
    }
}

/// Whether a title is a headline with something before or after it, separated.
fn is_wrapped(title: &str, headline: &str) -> bool {
    if key(headline).len() < 10 || title.len() <= headline.len() {
        return false;
    }
    let separated = |rest: &str, at_end: bool| {
        let rest = if at_end { rest.trim_start() } else { rest.trim_end() };
        let sign = if at_end { rest.chars().next() } else { rest.chars().next_back() };
        sign.is_some_and(|c| matches!(c, '|' | '-' | '–' | '—' | '·' | '•' | 'ㅣ' | '»'))
    };
    title.strip_prefix(headline).is_some_and(|rest| separated(rest, true)) || title.strip_suffix(headline).is_some_and(|rest| separated(rest, false))
}

/// The names under which the site may stand in its titles.
fn site_names(sources: &Sources) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let declared = ["og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "publisher", "dc.publisher"];
    names.extend(declared.iter().filter_map(|n| sources.meta.get(n)).map(key));
    let publisher = sources.article.and_then(|a| a.get("publisher")).and_then(super::jsonld::text);
    names.extend(publisher.map(|p| key(&p)));
    if let Some(address) = &sources.meta.canonical {
        let host = address.split_once("://").map_or("", |(_, rest)| rest).split('/').next().unwrap_or_default();
        let host = host.trim_start_matches("www.");
        names.push(key(host));
        names.push(key(host.rsplit_once('.').map_or(host, |(name, _)| name)));
        names.extend(host.split('.').filter(|part| part.len() > 3).map(key));
    }
    names.retain(|n| !n.is_empty());
    names
}

/// A name without case, spaces and punctuation.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Cuts off a site's name at the end, or at the start, of a title.
fn without_site<'t>(title: &'t str, sites: &[String]) -> &'t str {
    let is_site = |part: &str| {
        let part = key(part);
        !part.is_empty() && sites.iter().any(|s| *s == part || (part.len() > 5 && s.len() > 5 && (s.starts_with(&part) || part.starts_with(s.as_str()))))
    };
    let mut title = title.trim();
    loop {
        let cut = SEPARATORS.iter().filter_map(|sep| title.rsplit_once(sep)).max_by_key(|(head, _)| head.len());
        match cut {
            Some((head, tail)) if is_site(tail) && !head.trim().is_empty() => title = head.trim_end(),
            _ => break,
        }
    }
    let cut = SEPARATORS.iter().filter_map(|sep| title.split_once(sep)).min_by_key(|(head, _)| head.len());
    match cut {
        Some((head, tail)) if is_site(head) => tail.trim(),
        _ => title,
    }
}

fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    super::dom::push_collapsed(&mut out, text);
    out.truncate(out.trim_end().len());
    out
}

fn first_heading(sources: &Sources) -> Option<String> {
    let page = sources.page;
    page.nodes.iter().enumerate().filter(|(_, n)| n.tag == Tag::H1).map(|(id, _)| page.text(id, 600)).find(|t| t.chars().count() > 3)
}

fn title(sources: &Sources) -> Option<String> {
    let page = sources.page;
    page.nodes.iter().position(|n| n.tag == Tag::Title).map(|id| page.text(id, 600)).filter(|t| !t.is_empty())
}
