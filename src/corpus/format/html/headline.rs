//! The headline of a page, without the site's name.

use super::metadata::Sources;
use super::site::{Site, key};
use super::tag::Tag;

/// The separators that stand between a headline and a site's name.
const SEPARATORS: [&str; 11] = [" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", "ㅣ", "|", "："];

/// The headline; empty where the page has none.
pub fn headline(sources: &Sources) -> String {
    let sites = &sources.site;
    let h1 = first_heading(sources);
    let candidates = [
        sources.meta.get("og:title").map(str::to_owned),
        sources.property("headline"),
        sources.meta.get("twitter:title").map(str::to_owned),
        h1.clone(),
        sources
            .meta
            .first(&[
                "parsely-title",
                "sailthru.title",
                "dc.title",
                "dcterms.title",
                "citation_title",
                "title",
            ])
            .map(str::to_owned),
        title(sources),
    ];
    let headlines: Vec<String> = candidates
        .into_iter()
        .flatten()
        .map(|c| without_site(&collapse(&c), sites).to_owned())
        .filter(|c| !c.is_empty())
        .collect();
    let Some(first) = headlines.first() else { return String::new() };
    // Cut short for a preview: the whole of it stands elsewhere.
    if let Some(start) = first.strip_suffix('…').or_else(|| first.strip_suffix("...")) {
        let start = start.trim_end();
        if let Some(whole) = headlines.iter().find(|h| h.len() > first.len() && h.starts_with(start)) {
            return whole.clone();
        }
    }
    first_of_several(sources, first, sites)
}

/// Decides where `og:title` and the other places differ.
fn first_of_several(sources: &Sources, first: &str, sites: &Site) -> String {
    let of = |text: Option<String>| {
        text.map(|t| without_site(&collapse(&t), sites).to_owned()).filter(|t| !t.is_empty())
    };
    let (declared, h1, title) =
        (of(sources.property("headline")), of(first_heading(sources)), of(title(sources)));
    // The section, the author and the like around the headline that the article itself has.
    if let Some(own) = declared.as_deref().or(h1.as_deref())
        && is_wrapped(first, own)
    {
        return own.to_owned();
    }
    match (declared, h1, title) {
        // What only the window's title and its copy say is written for search engines.
        (Some(declared), Some(h1), Some(title))
            if key(&declared) == key(&h1)
                && key(&title).starts_with(&key(first))
                && !key(&title).starts_with(&key(&h1)) =>
        {
            declared
        }
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
    title.strip_prefix(headline).is_some_and(|rest| separated(rest, true))
        || title.strip_suffix(headline).is_some_and(|rest| separated(rest, false))
}

/// Cuts off a site's name at the end, or at the start, of a title.
fn without_site<'t>(title: &'t str, sites: &Site) -> &'t str {
    let mut title = title.trim();
    loop {
        let cut =
            SEPARATORS.iter().filter_map(|sep| title.rsplit_once(sep)).max_by_key(|(head, _)| head.len());
        match cut {
            Some((head, tail)) if sites.is_like(tail) && !head.trim().is_empty() => title = head.trim_end(),
            _ => break,
        }
    }
    let cut = SEPARATORS.iter().filter_map(|sep| title.split_once(sep)).min_by_key(|(head, _)| head.len());
    match cut {
        Some((head, tail)) if sites.is_like(head) => tail.trim(),
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
    page.nodes
        .iter()
        .enumerate()
        .filter(|(_, n)| n.tag == Tag::H1)
        .map(|(id, _)| page.text(id, 600))
        .find(|t| t.chars().count() > 3)
}

fn title(sources: &Sources) -> Option<String> {
    let page = sources.page;
    page.nodes.iter().position(|n| n.tag == Tag::Title).map(|id| page.text(id, 600)).filter(|t| !t.is_empty())
}
