//! The publication date of a page: not of its last update, not of the event it tells of.

use jiff::Timestamp;

use super::metadata::Sources;
use super::tag::Tag;
use crate::article::ArticleDate;
use crate::corpus::date;

/// The publication date.
pub fn published(sources: &Sources, base: Option<Timestamp>) -> Option<ArticleDate> {
    let parse = |text: &str| date::parse(text, base).ok();
    let declared = ["datePublished", "dateCreated", "uploadDate"];
    if let Some(date) = declared.iter().filter_map(|p| sources.property(p)).find_map(|d| parse(&d)) {
        return Some(date);
    }
    let names = [
        "article:published_time", "article:published", "og:article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date",
        "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created",
        "article_date_original", "publish-date", "publish_date", "pubdate", "pub_date", "publication_date", "publicationdate", "cxenseparse:recs:publishtime",
        "published_at", "date.created", "date", "og:pubdate", "datecreated", "article:published:time", "content:publishdate", "publisheddate", "article.published", "release_date",
    ];
    if let Some(date) = names.iter().filter_map(|n| sources.meta.get(n)).find_map(parse) {
        return Some(date);
    }
    let page = sources.page;
    let times = (0..page.nodes.len()).filter(|&id| page.nodes[id].tag == Tag::Time);
    times.filter_map(|id| page.attribute(id, "datetime")).find_map(|d| parse(&d))
}
