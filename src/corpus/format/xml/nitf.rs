//! NITF (IPTC, 3.x), with what the New York Times' annotated corpus adds in `<meta>`.

use super::tree::Element;
use super::{article_or_skipped, language};
use crate::corpus::{Context, RawArticle, Record, read_date};

/// Elements of a body that are not its text.
const LEFT_OUT: &[&str] = &["media", "byttl", "correction_text", "table"];

pub(super) fn read(root: &Element, context: &Context<'_>) -> Record {
    let mut article = RawArticle::default();
    fill(root, &mut article, context);
    article_or_skipped(article)
}

/// Reads a `<nitf>` into an article; what the article has already stays.
pub(super) fn fill(root: &Element, article: &mut RawArticle, context: &Context<'_>) {
    let meta = |name: &str| {
        root.at("head")
            .into_iter()
            .flat_map(|head| head.all("meta"))
            .find(|m| m.attribute("name") == Some(name))
            .and_then(|m| m.attribute("content"))
    };
    let body_head = root.at("body/body.head");
    article.language =
        article.language.take().or_else(|| language(root)).or_else(|| root.at("body").and_then(language));
    if article.headline.is_empty() {
        let headline = body_head.and_then(|h| {
            h.text_at("hedline/hl1").or_else(|| h.text_at("hedline")).or_else(|| h.text_at("headline"))
        });
        article.headline = headline.or_else(|| root.text_at("head/title")).unwrap_or_default();
    }
    if article.bylines.is_empty() {
        article.bylines = body_head.map(bylines).unwrap_or_default();
    }
    if article.dateline.is_none() {
        article.dateline = body_head.and_then(|h| h.text_at("dateline"));
    }
    let docdata = root.at("head/docdata");
    article.id = article.id.take().or_else(|| {
        docdata.and_then(|d| d.at("doc-id")).and_then(|id| id.attribute("id-string")).map(str::to_string)
    });
    let pubdata = root.at("head/pubdata");
    if article.section.is_none() {
        article.section = pubdata
            .and_then(|p| p.attribute("position.section"))
            .or_else(|| meta("online_sections"))
            .or_else(|| meta("print_section_name"))
            .or_else(|| meta("dsk"))
            .map(|s| s.split(';').next().unwrap_or_default().to_string());
    }
    let printed = |name: &str| pubdata.and_then(|p| p.attribute(name)).map(str::to_string);
    article.publication = article.publication.take().or_else(|| printed("name"));
    article.address = article.address.take().or_else(|| printed("ex-ref"));
    if article.date.is_none() {
        let norm = |path: &str| docdata.and_then(|d| d.at(path)).and_then(|d| d.attribute("norm"));
        let printed =
            match (meta("publication_year"), meta("publication_month"), meta("publication_day_of_month")) {
                (Some(year), Some(month), Some(day)) => Some(format!("{year}-{month:0>2}-{day:0>2}")),
                _ => None,
            };
        let date = printed
            .or_else(|| pubdata.and_then(|p| p.attribute("date.publication")).map(str::to_string))
            .or_else(|| norm("date.issue").or_else(|| norm("date.release")).map(str::to_string))
            .or_else(|| {
                body_head
                    .and_then(|h| h.at("dateline/story.date"))
                    .and_then(|d| d.attribute("norm"))
                    .map(str::to_string)
            });
        if let Some(date) = date {
            article.date = read_date(&date, context, article.language.as_deref(), &mut article.problems);
        }
    }
    if article.paragraphs.is_empty() {
        article.paragraphs = body(root);
    }
}

/// The byline as it was printed, without the writer's title.
fn bylines(head: &Element) -> Vec<String> {
    let all: Vec<&Element> = head.all("byline").collect();
    let printed: Vec<&Element> =
        all.iter().copied().filter(|b| b.attribute("class") != Some("normalized_byline")).collect();
    let chosen = if printed.is_empty() { all } else { printed };
    chosen.into_iter().map(|b| b.paragraphs(&["byttl"]).join("; ")).filter(|b| !b.is_empty()).collect()
}

/// The content's paragraphs; the lead is not read twice where the full text repeats it.
pub(super) fn body(root: &Element) -> Vec<String> {
    let Some(content) = root.at("body/body.content") else {
        return root.at("body").map(|body| body.paragraphs(&["body.head", "media"])).unwrap_or_default();
    };
    let full = content.all("block").find(|b| b.attribute("class") == Some("full_text"));
    let mut paragraphs = full.unwrap_or(content).paragraphs(LEFT_OUT);
    for paragraph in paragraphs.iter_mut().filter(|p| p.contains("''") || p.contains("``")) {
        *paragraph = typeset_quotes(paragraph);
    }
    paragraphs
}

/// Quotation marks as the wire writes them, two characters each, as they are printed. Some papers close and
/// open with the same.
fn typeset_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("''").into_iter().chain(rest.find("``")).min() {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let opens = from.starts_with('`')
            || out.chars().next_back().is_none_or(|c| c.is_whitespace() || "([—-".contains(c));
        out.push(if opens { '“' } else { '”' });
        rest = from.get(2..).unwrap_or_default();
    }
    out + rest
}
