//! The headline of a page, without the site's name. Pages give several: on the page, for other sites, for
//! search engines.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::class_hints;
use super::dom::{NodeId, Page, push_collapsed};
use super::site::{Site, key};
use super::sources::Sources;
use super::tag::Tag;

/// The separators that stand between a headline and a site's name.
const SEPARATORS: [&str; 24] = [
    " | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", " « ", " › ", " ‹ ", " > ", " < ", " / ", " ~ ",
    ": ", "ㅣ", "|", "｜", "丨", "：", "－", "_", "--",
];

/// The `meta` names of headlines beside `og:title`.
const META_NAMES: &[&str] = &[
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "title",
    "headline",
];

/// How much of the page's first paragraphs is looked at, in bytes.
const OPENING: usize = 3000;

/// How many links of the page are looked at.
const MOST_LINKS: usize = 400;

/// The headlines that a page gives, each without the site's name.
struct Given {
    /// For other sites: `og:title`.
    shared: Option<String>,
    /// In JSON-LD.
    declared: Option<String>,
    /// On the page: the first `h1`.
    printed: Option<String>,
    /// In the window's title.
    title: Option<String>,
    /// In other `meta` elements.
    other: Option<String>,
}

/// The headline; empty where the page has none.
pub fn headline(sources: &Sources) -> String {
    let given = Given::read(sources);
    if let Some(agreed) = given.agreed(sources.page) {
        return agreed;
    }
    let order = [&given.shared, &given.declared, &given.printed, &given.other, &given.title];
    let Some(first) = order.into_iter().flatten().next() else { return String::new() };
    if let Some(whole) = order.into_iter().flatten().find(|h| is_cut_short(first, h)) {
        return whole.clone();
    }
    // The section, the author and the like around the headline that the article itself has.
    if let Some(own) = given.declared.as_ref().or(given.printed.as_ref())
        && is_wrapped(first, own)
    {
        return own.clone();
    }
    given.before_retitling(sources.meta.canonical.as_deref()).unwrap_or(first).clone()
}

impl Given {
    fn read(sources: &Sources) -> Self {
        let clean = |text: &str| {
            let mut line = String::with_capacity(text.len());
            push_collapsed(&mut line, text);
            // The sign of a link to the heading itself.
            let headline = without_site(line.trim_end_matches(['¶', '#', ' ']), &sources.site);
            (!headline.is_empty()).then(|| headline.to_owned())
        };
        let page = sources.page;
        let shared = sources.meta.get("og:title").and_then(clean);
        let declared = sources.property("headline").or_else(|| sources.property("name"));
        let declared = declared.as_deref().and_then(clean);
        let title =
            page.nodes.iter().position(|n| n.tag == Tag::Title).and_then(|id| clean(&page.text(id, 600)));
        let headings = (0..page.nodes.len()).filter(|&id| page.nodes[id].tag == Tag::H1).take(8);
        let headings: Vec<(NodeId, String)> =
            headings.filter_map(|id| clean(&page.text(id, 600)).map(|text| (id, text))).collect();
        let is_known = |h: &str| [&shared, &declared].into_iter().flatten().any(|known| key(known) == key(h));
        let is_titled = |h: &str| title.as_deref().is_some_and(|title| is_beginning(h, title));
        let is_line = |h: &str| h.chars().count() > 3 && !sources.site.is_named(h);
        let find = |is_headline: &dyn Fn(NodeId, &str) -> bool| {
            headings.iter().find(|(id, text)| is_headline(*id, text)).map(|(_, text)| text.clone())
        };
        let printed = find(&|_, h| is_known(h))
            .or_else(|| find(&|_, h| is_titled(h)))
            .or_else(|| find(&|id, h| is_line(h) && !is_logo(page, id)));
        Self { printed, title, other: sources.meta.first(META_NAMES).and_then(clean), shared, declared }
    }

    /// The headline of a page that declares none to other sites, as its parts tell together.
    fn agreed(&self, page: &Page) -> Option<String> {
        if self.shared.is_some() || self.other.is_some() {
            return None;
        }
        let title = self.title.as_deref()?;
        let Some(printed) = self.printed.as_deref() else {
            return self.declared.is_none().then(|| without_tail(title).to_owned());
        };
        if is_beginning(printed, title) {
            return Some(printed.to_owned());
        }
        // A heading that has nothing to do with the title may be the section's or the site's: the text tells.
        let is_short =
            printed.chars().count() <= 30 && title.chars().count() * 2 >= printed.chars().count() * 3;
        let title = without_tail(title);
        let is_unlike = self.declared.is_none() && is_short && !share_words(printed, title);
        (is_unlike && (is_linked(page, printed) || is_told_of(page, title, printed)))
            .then(|| title.to_owned())
    }

    /// The headline that the article had before it was given another one for search engines: that one is the
    /// window's title, its own stays in JSON-LD, and on the page or in the address.
    fn before_retitling(&self, address: Option<&str>) -> Option<&String> {
        let (shared, declared) = (self.shared.as_ref()?, self.declared.as_ref()?);
        let (printed, title) = (key(self.printed.as_ref()?), key(self.title.as_ref()?));
        let is_retitled = title.starts_with(&key(shared)) && !title.starts_with(&key(declared));
        let is_printed = || printed == key(declared);
        let is_in_address = || {
            let slug = slug(address?);
            Some(
                share_in(declared, &slug) >= 0.6 && share_in(declared, &slug) > share_in(shared, &slug) + 0.3,
            )
        };
        (is_retitled && (is_printed() || is_in_address().unwrap_or(false))).then_some(declared)
    }
}

/// Whether a title is a headline, or begins with it and goes on with something else.
fn is_beginning(headline: &str, title: &str) -> bool {
    let headline = key(headline);
    headline.chars().count() >= 4 && key(title).starts_with(&headline)
}

/// Whether two lines have a word of some length in common.
fn share_words(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 3)
            .map(str::to_lowercase)
            .collect()
    };
    let b = words(b);
    words(a).iter().any(|word| b.contains(word))
}

/// Whether the text of some link is the same: then it is the name of a section.
fn is_linked(page: &Page, heading: &str) -> bool {
    let wanted = key(heading);
    let links = (0..page.nodes.len()).filter(|&id| page.nodes[id].tag == Tag::A);
    links.take(MOST_LINKS).any(|id| key(&page.text(id, 100)) == wanted)
}

/// Whether the page's first paragraphs speak of a title more than of a heading.
fn is_told_of(page: &Page, title: &str, heading: &str) -> bool {
    let text = opening(page);
    share_in(title, &text) > share_in(heading, &text)
}

/// The words of the page's first paragraphs.
fn opening(page: &Page) -> Vec<String> {
    let mut text = String::new();
    for id in (0..page.nodes.len()).filter(|&id| page.nodes[id].tag == Tag::P) {
        if text.len() > OPENING {
            break;
        }
        text.push_str(&page.text(id, OPENING));
        text.push(' ');
    }
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Whether a heading is the site's name as a link to its front page, or stands in its logo or breadcrumb.
fn is_logo(page: &Page, id: NodeId) -> bool {
    let leads_home = page.inside(id).take(12).any(|i| {
        page.nodes[i].tag == Tag::A
            && page.attribute(i, "href").is_some_and(|href| matches!(&*href, "/" | "./" | "../"))
    });
    leads_home
        || std::iter::once(id).chain(page.ancestors(id).take(3)).any(|around| {
            ["class", "id"].iter().filter_map(|name| page.attribute(around, name)).any(|value| {
                value.split_ascii_whitespace().flat_map(class_hints::words).any(|w| {
                    matches!(w.as_str(), "logo" | "masthead" | "branding" | "breadcrumb" | "breadcrumbs")
                })
            })
        })
}

/// A title without the last part that is set apart and short, as sites put their names there, where nothing
/// names the site.
fn without_tail(title: &str) -> &str {
    const SURE: [&str; 6] = [" | ", " » ", " :: ", " · ", " • ", " ‹ "];
    const LIKELY: [&str; 3] = [" - ", " – ", " — "];
    let cut = |separators: &[&str]| {
        separators.iter().filter_map(|sep| title.rsplit_once(sep)).max_by_key(|(head, _)| head.len())
    };
    let words = |text: &str| text.split_whitespace().count();
    let begins_small = |text: &str| text.chars().next().is_none_or(char::is_lowercase);
    match (cut(&SURE), cut(&LIKELY)) {
        (Some((head, tail)), _) if words(head) >= 2 && words(tail) <= 5 => head.trim_end(),
        (_, Some((head, tail))) if words(head) >= 4 && words(tail) <= 4 && !begins_small(tail) => {
            head.trim_end()
        }
        _ => title,
    }
}

/// Whether a headline is the beginning of another: cut for a preview, or at a quote that would have had to be
/// escaped.
fn is_cut_short(headline: &str, whole: &str) -> bool {
    let preview = headline.strip_suffix('…').or_else(|| headline.strip_suffix("..."));
    match preview {
        Some(start) => whole.len() > headline.len() && whole.starts_with(start.trim_end()),
        None => whole.strip_prefix(headline).is_some_and(|rest| rest.trim_start().starts_with('"')),
    }
}

/// Whether a title is a headline with something before or after it, set apart.
fn is_wrapped(title: &str, headline: &str) -> bool {
    // Quotes are typed in one place and set in another.
    let plain = |text: &str| text.replace(['’', '‘', '´', '`'], "'").replace(['“', '”', '„'], "\"");
    let (title, headline) = (plain(title), plain(headline));
    let sets_apart =
        |c: Option<char>| c.is_some_and(|c| matches!(c, '|' | '-' | '–' | '—' | '·' | '•' | 'ㅣ' | '»'));
    let after =
        title.strip_prefix(&headline).is_some_and(|rest| sets_apart(rest.trim_start().chars().next()));
    let before =
        title.strip_suffix(&headline).is_some_and(|rest| sets_apart(rest.trim_end().chars().next_back()));
    key(&headline).len() >= 10 && (after || before)
}

/// Cuts off a site's name at the end, or at the start, of a title.
fn without_site<'t>(title: &'t str, site: &Site) -> &'t str {
    let mut title = title.trim();
    loop {
        let cut =
            SEPARATORS.iter().filter_map(|sep| title.rsplit_once(sep)).max_by_key(|(head, _)| head.len());
        match cut {
            Some((head, tail)) if site.is_like(tail) && !head.trim().is_empty() => title = head.trim_end(),
            _ => break,
        }
    }
    let cut = SEPARATORS.iter().filter_map(|sep| title.split_once(sep)).min_by_key(|(head, _)| head.len());
    match cut {
        Some((head, tail)) if site.is_like(head) => tail.trim(),
        _ => title,
    }
}

/// The words of an address.
fn slug(address: &str) -> Vec<String> {
    let path = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest)
        .split(['?', '#'])
        .next()
        .unwrap_or_default();
    path.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// The share of a headline's words that an address has, written as addresses write them: `ä` as `ae`, `é` as
/// `e`.
fn share_in(headline: &str, slug: &[String]) -> f32 {
    let spelt =
        headline.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    let spelt: String = spelt.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words: Vec<&str> = spelt.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).collect();
    let found = words.iter().filter(|word| slug.iter().any(|s| s == *word)).count();
    found as f32 / words.len().max(1) as f32
}
