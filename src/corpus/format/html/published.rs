//! The publication date of a page: not of its last update, not of the event it tells of. How dates are
//! written is `date`'s business.

use jiff::civil::Date;

use super::class_hints;
use super::dom::{NodeId, Page};
use super::sources::Sources;
use super::tag::Tag;
use crate::article::ArticleDate;
use crate::corpus::fields::date::{self, Base, DateError, DayMonth};

/// JSON-LD's properties of a first publication, the surest first.
const PROPERTIES: &[&str] = &["datePublished", "dateCreated", "uploadDate"];

/// The `meta` names of a first publication, those that mean it without doubt first.
const META_NAMES: &[&str] = &[
    "article:published_time",
    "article:published",
    "article:published:time",
    "article.published",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "article_date_original",
    "publish-date",
    "publish_date",
    "publishdate",
    "publish date",
    "published_date",
    "published-date",
    "publisheddate",
    "published_time",
    "published-time",
    "publishedtime",
    "publish-time",
    "publish_time",
    "publishtime",
    "published_at",
    "published",
    "date_published",
    "date-published",
    "pub-date",
    "pubtime",
    "og:release_date",
    "article:date",
    "article:create_at",
    "weibo:article:create_at",
    "originalpublicationdate",
    "displaydate",
    "prism.publicationdate",
    "content:publishdate",
    "pubdate",
    "pub_date",
    "publication_date",
    "publicationdate",
    "cxenseparse:recs:publishtime",
    "release_date",
    "dc.date.created",
    "dcterms.created",
    "date.created",
    "datecreated",
    "dc.date",
    "dcterms.date",
    "dc.created",
    "created",
    "creation_date",
    "date",
];

/// The words of class names around dates of publication.
const DATE_WORDS: &[&str] = &[
    "date",
    "dateline",
    "datetime",
    "datum",
    "fecha",
    "published",
    "publish",
    "pubdate",
    "tarih",
    "time",
    "timestamp",
];

/// The words of class names around other dates.
const OTHER_DATE_WORDS: &[&str] =
    &["comment", "comments", "expires", "modified", "related", "update", "updated"];

/// A longer text is not a date alone.
const LONGEST_DATE: usize = 90;

/// The publication date, and what is wrong with the one that is declared, where none can be read.
pub fn published(
    sources: &Sources,
    base: Base,
    language: Option<&str>,
) -> (Option<ArticleDate>, Option<DateError>) {
    let order = language.and_then(DayMonth::of_language);
    let mut problem: Option<DateError> = None;
    let mut parse = |text: &str| match date::parse_with(text, base, order) {
        Ok(date) => Some(date),
        Err(error) => {
            problem.get_or_insert(error);
            None
        }
    };
    let properties = PROPERTIES.iter().filter_map(|p| sources.property(p)).find_map(|d| parse(&d));
    let found =
        properties.or_else(|| META_NAMES.iter().filter_map(|n| sources.meta.get(n)).find_map(&mut parse));
    if found.is_some() {
        return (found, None);
    }
    let seen = in_markup(sources.page, &mut |text| date::parse_with(text, base, order).ok());
    let found = seen.or_else(|| sources.meta.canonical.as_deref().and_then(in_address));
    (found, problem.filter(|_| found.is_none()))
}

/// The date in the markup: in microdata, in `time`, in an element that calls itself a date, in a line that is
/// nothing else; the first after the headline.
fn in_markup(page: &Page, parse: &mut dyn FnMut(&str) -> Option<ArticleDate>) -> Option<ArticleDate> {
    let headline = page.nodes.iter().position(|n| n.tag == Tag::H1);
    // Dates stand a little above the headline too, but far above it is the date of today.
    let from = headline.map_or(0, |h| h.saturating_sub(60));
    let kinds: [fn(&Page, NodeId) -> bool; 4] = [is_published_item, is_time, has_date_class, is_date_line];
    kinds.into_iter().find_map(|is_date| {
        let mut found = (from..page.nodes.len())
            .filter(|&id| is_date(page, id) && !page.ancestors(id).take(6).any(|a| is_of_comment(page, a)))
            .take(5);
        found.find_map(|id| date_of(page, id, parse))
    })
}

/// The date that an element gives: for machines, else for readers.
fn date_of(
    page: &Page,
    id: NodeId,
    parse: &mut dyn FnMut(&str) -> Option<ArticleDate>,
) -> Option<ArticleDate> {
    const FOR_MACHINES: [&str; 7] =
        ["datetime", "content", "title", "data-datetime", "data-timestamp", "data-time", "data-date"];
    let attributes = FOR_MACHINES.iter().filter_map(|a| page.attribute(id, a));
    let shown = std::iter::once_with(|| page.text(id, LONGEST_DATE + 1).into());
    attributes.chain(shown).filter(|text| text.len() <= LONGEST_DATE).find_map(|text| {
        // `05.04.2025 - updated: 06.04.2025`
        parse(&text).or_else(|| parse(text.split(" - ").next()?))
    })
}

fn is_published_item(page: &Page, id: NodeId) -> bool {
    let is_published = |kind: &str| {
        page.attribute(id, kind).is_some_and(|value| {
            value
                .split_ascii_whitespace()
                .any(|p| matches!(p, "datePublished" | "schema:datePublished" | "dc:date" | "dcterms:issued"))
        })
    };
    page.nodes[id].tag != Tag::Meta && (is_published("itemprop") || is_published("property"))
}

fn is_time(page: &Page, id: NodeId) -> bool {
    page.nodes[id].tag == Tag::Time
}

/// Whether a run of text is a date and nothing else, written out in full.
fn is_date_line(page: &Page, id: NodeId) -> bool {
    let text = page.nodes[id].source.trim_ascii();
    page.nodes[id].tag == Tag::Text
        && (8..=LONGEST_DATE).contains(&text.len())
        && text.bytes().filter(u8::is_ascii_digit).count() >= 5
        && date::parse_line(text, None).is_ok()
}

/// Whether an element holds comments or other stories, which have dates of their own.
fn is_of_comment(page: &Page, id: NodeId) -> bool {
    ["class", "id"].iter().filter_map(|name| page.attribute(id, name)).any(|value| {
        value.split_ascii_whitespace().flat_map(class_hints::words).any(|w| {
            matches!(w.as_str(), "comment" | "comments" | "commentlist" | "related" | "teaser" | "teasers")
        })
    }) && !matches!(page.nodes[id].tag, Tag::Html | Tag::Body | Tag::Article | Tag::Main)
}

fn has_date_class(page: &Page, id: NodeId) -> bool {
    let tag = page.nodes[id].tag;
    if matches!(tag, Tag::Text | Tag::Script | Tag::Html | Tag::Body | Tag::Meta) {
        return false;
    }
    page.attribute(id, "class").is_some_and(|class| {
        let words: Vec<String> = class.split_ascii_whitespace().flat_map(class_hints::words).collect();
        let any = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
        any(DATE_WORDS) && !any(OTHER_DATE_WORDS)
    })
}

/// The day in an address: `/2025/04/05/`, `2025-04-05`, `20250405`.
fn in_address(address: &str) -> Option<ArticleDate> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut runs = path.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).peekable();
    while let Some(run) = runs.next() {
        let day = match run.len() {
            4 => {
                let mut following = runs.clone();
                following.next().zip(following.next()).and_then(|(month, day)| day_of(run, month, day))
            }
            8.. => run.get(..4).zip(run.get(4..6)).zip(run.get(6..8)).and_then(|((y, m), d)| day_of(y, m, d)),
            _ => None,
        };
        if let Some(day) = day {
            return Some(ArticleDate::from_day(day));
        }
    }
    None
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Date> {
    let (year, month, day) = (year.parse::<i16>().ok()?, month.parse::<i8>().ok()?, day.parse::<i8>().ok()?);
    if (1990..2100).contains(&year) { Date::new(year, month, day).ok() } else { None }
}
