//! RSS 2.0 and 1.0, Atom, and WordPress exports, which are RSS with more in it.

use super::article_or_skipped;
use super::language;
use super::tree::Element;
use crate::corpus::fields::publication;
use crate::corpus::plain_text::{entity, fragment, paragraphs};
use crate::corpus::{Context, RawArticle, Record, read_date};

/// What a WordPress site keeps beside its articles (Post Types, WordPress Developer Resources).
const OTHER_POST_TYPES: &[&str] = &[
    "attachment",
    "page",
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "wp_font_family",
    "wp_font_face",
    "acf-field",
    "acf-field-group",
    "feedback",
];

/// The shortcodes of WordPress itself.
const SHORTCODES: &[&str] = &["gallery", "embed", "audio", "video", "playlist", "caption", "wp_caption"];

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
    let title = channel.at("title").map(html_line).and_then(|title| publication::name(&title));
    let read = |item| match read_item(item, declared.as_deref(), &names, context) {
        Record::Article(mut article) => {
            article.publication = article.publication.take().or_else(|| title.clone());
            Record::Article(article)
        }
        other => other,
    };
    items.into_iter().map(read).collect()
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
    let post_type = item.text_at("post_type");
    if let Some(kind) = post_type.as_deref().filter(|kind| OTHER_POST_TYPES.contains(kind)) {
        return Record::Skipped(format!("of type `{kind}`: not an article"));
    }
    if let Some(status) = item.text_at("status").filter(|s| post_type.is_some() && s != "publish") {
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
        .map(|element| content_of(element, post_type.is_some()))
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
    article.address = address(item);
    // What an item was taken over from is named in it.
    article.publication = (item.at("source"))
        .and_then(|source| source.text_at("title").or_else(|| Some(source.text())))
        .or_else(|| item.all("publisher").next().map(Element::text))
        .and_then(|name| publication::name(&name));
    let date = ["pubDate", "published", "date", "post_date_gmt", "issued", "updated"]
        .iter()
        .find_map(|name| item.text_at(name));
    if let Some(date) = date {
        article.date = read_date(&date, context, article.language.as_deref(), &mut article.problems);
    }
    article_or_skipped(article)
}

/// The page of an item: not the feed's own address, an enclosure or the place for answers.
fn address(item: &Element) -> Option<String> {
    let of = |link: &Element| {
        let is_page = link.attribute("rel").is_none_or(|rel| rel == "alternate");
        let target = link.attribute("href").map_or_else(|| link.text(), str::to_string);
        Some(target).filter(|target| is_page && target.contains("://"))
    };
    let is_link = |guid: &&Element| guid.attribute("isPermaLink").is_none_or(|is| is != "false");
    let original = item.text_at("origLink");
    original
        .or_else(|| item.all("link").find_map(of))
        .or_else(|| item.all("guid").find(is_link).map(Element::text))
        .or_else(|| item.text_at("id"))
        .filter(|address| address.contains("://"))
}

/// Where the paragraphs at the end begin that are nothing but a link, or say where the post appeared first.
fn before_closing_links(text: &str) -> usize {
    let mut end = text.trim_end().len();
    while let Some(start) = text.get(..end).and_then(|text| text.rfind("<p")).filter(|start| *start > 0) {
        let paragraph = text.get(start..end).unwrap_or_default();
        let inside = paragraph.split_once('>').map_or("", |(_, inside)| inside).trim();
        let inside = inside.trim_end_matches("</p>").trim_end();
        let link =
            inside.starts_with("<a ") && inside.ends_with("</a>") && inside.matches("<a ").count() == 1;
        let elsewhere = inside.starts_with("The post <a ") && inside.contains(" appeared first on <a ");
        if !(link || elsewhere) {
            break;
        }
        end = text.get(..start).unwrap_or_default().trim_end().len();
    }
    end
}

/// A WordPress text without its shortcodes (WordPress Shortcode API), a picture's caption included.
fn without_shortcodes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = memchr::memchr(b'[', rest.as_bytes()) {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let Some((name, length)) = shortcode(from) else {
            out.push('[');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        rest = from.get(length..).unwrap_or_default();
        if matches!(name, "caption" | "wp_caption")
            && let Some(end) = rest.find(&format!("[/{name}]"))
        {
            rest = rest.get(end..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// The name and length of the shortcode at the start: a known one, one with `name=value` in it, or the end of
/// one.
fn shortcode(text: &str) -> Option<(&str, usize)> {
    let end = memchr::memchr(b']', text.as_bytes()).filter(|end| *end < 1000)?;
    let inside = text.get(1..end)?;
    let (inside, ends) = inside.strip_prefix('/').map_or((inside, false), |inside| (inside, true));
    let name = inside.split([' ', '\n', '/']).next()?;
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'));
    let told = ends || inside.contains("=\"") || inside.contains("='") || SHORTCODES.contains(&name);
    (is_name && told).then_some((name, end + 1))
}

/// A title that may hold markup, escaped.
fn html_line(element: &Element) -> String {
    let text = element.raw_text();
    if fragment::is_markup(&text) {
        fragment::paragraphs(&text).join(" ")
    } else {
        entity::decode(&text).into_owned()
    }
}

/// The content of an item: XHTML, or HTML in a text, whose paragraphs may be blank lines only.
fn content_of(element: &Element, is_post: bool) -> Vec<String> {
    if element.elements().next().is_some() {
        return element.paragraphs(&["script", "style"]);
    }
    let mut text = element.raw_text();
    if is_post && memchr::memchr(b'[', text.as_bytes()).is_some() {
        text = without_shortcodes(&text);
    }
    text.truncate(before_closing_links(&text));
    if !fragment::is_markup(&text) {
        return paragraphs::split(&entity::decode(&text));
    }
    let lower = text.to_ascii_lowercase();
    if lower.contains("<p>") || lower.contains("<p ") || lower.contains("<div") {
        return fragment::paragraphs(&text);
    }
    text.split("\n\n").flat_map(fragment::paragraphs).collect()
}
