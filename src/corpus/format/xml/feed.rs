//! RSS 2.0 and 1.0, Atom, and WordPress exports, which are RSS with more in it.

use super::article_or_skipped;
use super::language;
use super::tree::Element;
use crate::corpus::{Context, RawArticle, Record, entity, markup, paragraphs, read_date};

pub(super) fn read(root: &Element, context: &Context<'_>) -> Vec<Record> {
    let channel = root.at("channel").unwrap_or(root);
    let items: Vec<&Element> = root
        .all("item")
        .chain(channel.all("item").filter(|_| !std::ptr::eq(root, channel)))
        .chain(root.all("entry"))
        .collect();
    if items.is_empty() {
        return vec![Record::Skipped("a feed without items: no article".to_string())];
    }
    let declared = channel.text_at("language").or_else(|| language(root));
    let names = display_names(channel);
    items.into_iter().map(|item| read_item(item, declared.as_deref(), &names, context)).collect()
}

/// The names of a WordPress export's authors, by login.
fn display_names(channel: &Element) -> Vec<(String, String)> {
    channel
        .all("author")
        .filter_map(|a| Some((a.text_at("author_login")?, a.text_at("author_display_name")?)))
        .collect()
}

fn read_item(
    item: &Element,
    declared: Option<&str>,
    names: &[(String, String)],
    context: &Context<'_>,
) -> Record {
    if let Some(kind) = item.text_at("post_type").filter(|k| k != "post") {
        return Record::Skipped(format!("of type `{kind}`: not an article"));
    }
    if let Some(status) = item.text_at("status").filter(|s| item.at("post_type").is_some() && s != "publish")
    {
        return Record::Skipped(format!("of status `{status}`: not published"));
    }
    let mut article = RawArticle {
        headline: item.at("title").map(html_line).unwrap_or_default(),
        language: language(item).or_else(|| declared.map(str::to_string)),
        ..RawArticle::default()
    };
    article.paragraphs = ["encoded", "content", "description", "summary"]
        .iter()
        .filter_map(|name| item.all(name).find(|e| e.prefix != "excerpt" && e.prefix != "media"))
        .map(content_of)
        .find(|paragraphs| !paragraphs.is_empty())
        .unwrap_or_default();
    let authors = item.all("creator").chain(item.all("author"));
    article.bylines = authors
        .map(|a| a.text_at("name").unwrap_or_else(|| a.text()))
        .map(|name| names.iter().find(|(login, _)| *login == name).map_or(name, |(_, shown)| shown.clone()))
        .filter(|name| !name.is_empty())
        .collect();
    article.section = item
        .all("category")
        .filter(|c| c.attribute("domain").is_none_or(|d| d != "post_tag"))
        .find_map(|c| {
            c.attribute("label")
                .or_else(|| c.attribute("term"))
                .map(str::to_string)
                .or_else(|| Some(c.text()).filter(|t| !t.is_empty()))
        });
    article.id = item
        .text_at("guid")
        .or_else(|| item.text_at("id"))
        .or_else(|| item.text_at("link"))
        .or_else(|| item.attribute("rdf:about").map(str::to_string));
    let date = ["pubDate", "published", "date", "post_date_gmt", "issued", "updated"]
        .iter()
        .find_map(|name| item.text_at(name));
    if let Some(date) = date {
        article.date = read_date(&date, context, article.language.as_deref(), &mut article.problems);
    }
    article_or_skipped(article)
}

/// A title that may hold markup, escaped.
fn html_line(element: &Element) -> String {
    let text = element.raw_text();
    if markup::is_markup(&text) {
        markup::paragraphs(&text).join(" ")
    } else {
        entity::decode(&text).into_owned()
    }
}

/// The content of an item: XHTML, or HTML in a text, whose paragraphs may be blank lines only.
fn content_of(element: &Element) -> Vec<String> {
    if element.elements().next().is_some() {
        return element.paragraphs(&["script", "style"]);
    }
    let text = element.raw_text();
    if !markup::is_markup(&text) {
        return paragraphs::split(&entity::decode(&text));
    }
    let lower = text.to_ascii_lowercase();
    if lower.contains("<p>") || lower.contains("<p ") || lower.contains("<div") {
        return markup::paragraphs(&text);
    }
    text.split("\n\n").flat_map(markup::paragraphs).collect()
}
