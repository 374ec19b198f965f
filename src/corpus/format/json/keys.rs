//! Which keys mean what, of the shapes that newsrooms, APIs and crawlers write.

use crate::corpus::{Context, MappedField};

/// Keys, the first that is there and not empty counts; `a.b` is `b` in `a`.
pub(super) const ID: &[&str] =
    &["id", "_id", "docno", "guid", "uri", "url", "doc_id", "article_id", "uuid", "link", "@id"];
pub(super) const HEADLINE: &[&str] =
    &["headline", "title", "name", "webTitle", "headlines", "fields.headline", "headline_text"];
pub(super) const BODY: &[&str] = &[
    "body",
    "text",
    "content",
    "contents",
    "articleBody",
    "body_text",
    "body_html",
    "bodies",
    "maintext",
    "fields.bodyText",
    "fields.body",
    "content_elements",
    "full_text",
    "fulltext",
    "article",
    "article_body",
    "article_text",
    "plain_text",
    "cleaned_text",
    "story",
    "body_xhtml",
    "body_nitf",
    "paragraphs",
];
/// What stands for the body where there is none.
pub(super) const SUMMARY: &[&str] = &[
    "lead_paragraph",
    "short_description",
    "description_text",
    "abstract",
    "summary",
    "excerpt",
    "description",
    "descriptions",
    "snippet",
    "deck",
];
pub(super) const AUTHOR: &[&str] = &[
    "author",
    "authors",
    "byline",
    "creator",
    "by",
    "fields.byline",
    "author_name",
    "writer",
    "_embedded.author",
    "credits.by",
];
pub(super) const SECTION: &[&str] = &[
    "section",
    "articleSection",
    "category",
    "categories",
    "desk",
    "sectionName",
    "section_name",
    "news_desk",
    "sectionId",
    "subsection",
    "subjects",
    "subject",
    "taxonomy.primary_section",
    "taxonomy.sections",
    "_embedded.wp:term.0.name",
];
pub(super) const DATE: &[&str] = &[
    "date",
    "published",
    "datePublished",
    "published_at",
    "pub_date",
    "publication_date",
    "firstcreated",
    "versioncreated",
    "created_at",
    "publishing_date",
    "publish_date",
    "date_publish",
    "published_date",
    "publishedAt",
    "webPublicationDate",
    "pubDate",
    "versionCreated",
    "firstCreated",
    "date_published",
    "publicationDate",
    "dateCreated",
    "timestamp",
    "datetime",
    "time",
    "firstPublished",
    "first_publish_date",
    "display_date",
    "created",
];
pub(super) const PUBLICATION: &[&str] = &[
    "publication",
    "publication_name",
    "publicationName",
    "newspaper",
    "outlet",
    "media_outlet",
    "site_name",
    "siteName",
    "fields.publication",
    "source_name",
    "sourceName",
    "publisher",
    "isPartOf",
    "infosources",
    "provider",
    "paper",
];
pub(super) const ADDRESS: &[&str] = &[
    "url",
    "link",
    "webUrl",
    "web_url",
    "canonical_url",
    "canonicalUrl",
    "article_url",
    "mainEntityOfPage",
    "@id",
    "permalink",
    "source_url",
    "source",
    "uri",
    "guid",
    "id",
];
pub(super) const LANGUAGE: &[&str] = &["language", "lang", "inLanguage"];

/// What an object holds its article in, where it is not the article itself (search engines' and APIs'
/// envelopes).
pub(super) const ENVELOPES: &[&str] =
    &["_source", "article", "attributes", "data", "doc", "document", "story", "post", "newsItem"];

/// The values of `type` that say that an item is something else than an article (ninjs 3.0, `type`).
pub(super) const OTHER_TYPES: &[&str] = &[
    "picture",
    "image",
    "photo",
    "graphic",
    "video",
    "audio",
    "event",
    "planning",
    "composite",
    "component",
    "package",
    "gallery",
];

/// Whether an object with these keys can be an article: it has a headline and a text, or only a text and
/// more.
pub(in super::super) fn are_article_keys(keys: &[String], context: &Context<'_>) -> bool {
    let is_key = |name: &str| keys.iter().any(|key| key.eq_ignore_ascii_case(name));
    let has = |list: &[&str]| list.iter().any(|name| is_key(name));
    let mapped = |field| context.map.is_some_and(|map| map.keys(field).iter().any(|name| is_key(name)));
    let body = has(BODY) || mapped(MappedField::Body);
    body || ((has(HEADLINE) || mapped(MappedField::Headline))
        && (has(SUMMARY) || has(DATE) || mapped(MappedField::Date)))
}

/// Whether a column holds a headline or text.
pub(in super::super) fn is_text_key(key: &str, context: &Context<'_>) -> bool {
    is_key_of(key, &[HEADLINE, SUMMARY, BODY], &[MappedField::Headline, MappedField::Body], context)
}

/// Whether a column holds the date.
pub(in super::super) fn is_date_key(key: &str, context: &Context<'_>) -> bool {
    is_key_of(key, &[DATE], &[MappedField::Date], context)
}

fn is_key_of(key: &str, lists: &[&[&str]], fields: &[MappedField], context: &Context<'_>) -> bool {
    let is_it = |name: &str| key.eq_ignore_ascii_case(name);
    lists.iter().any(|list| list.iter().any(|name| is_it(name)))
        || fields
            .iter()
            .any(|field| context.map.is_some_and(|map| map.keys(*field).iter().any(|name| is_it(name))))
}
