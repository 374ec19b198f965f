//! The paragraphs of a body: a text, a list of parts, several renditions of the same, a page of HTML.

use super::node::Node;
use super::value::{plain_text, text_of};
use crate::article::paragraphs_of;
use crate::corpus::format::{html, xml};
use crate::corpus::plain_text::{budget, entity, fragment, paragraphs};
use crate::corpus::{Context, Record};

/// Parts of a body that are no text (Washington Post's and other content lists).
const OTHER_PARTS: &[&str] = &[
    "title",
    "byline",
    "date",
    "kicker",
    "author_info",
    "deck",
    "image",
    "video",
    "gallery",
    "tweet",
    "inline_story",
    "raw_html",
];

pub(super) fn body_of(node: &Node<'_>) -> Vec<String> {
    let mut out = Vec::new();
    collect(node, &mut out, 0);
    out
}

fn collect(node: &Node<'_>, out: &mut Vec<String>, depth: usize) {
    const INSIDE: [&str; 13] = [
        "headline",
        "summary",
        "items",
        "sections",
        "paragraphs",
        "content",
        "text",
        "value",
        "rendered",
        "html",
        "body",
        "#text",
        "plain",
    ];
    if depth > 12 {
        return;
    }
    match node {
        Node::Text(text) => push_text(text, out),
        Node::List(items)
            if items.iter().all(|i| i.get("contentType").is_some() || i.get("role").is_some()) =>
        {
            if let Some(best) = rendition(items) {
                collect(best, out, depth + 1);
            }
        }
        Node::List(items) => {
            for item in items {
                collect(item, out, depth + 1);
            }
        }
        Node::Map(entries) => {
            let kind = node.get("type").map(text_of).unwrap_or_default();
            if OTHER_PARTS.contains(&kind.as_str()) {
                return;
            }
            for (_, value) in entries.iter().filter(|(key, _)| INSIDE.contains(&key.as_ref())) {
                collect(value, out, depth + 1);
            }
        }
        _ => {}
    }
}

/// The same body in several renditions: the one whose paragraphs are marked.
fn rendition<'n, 'a>(items: &'n [Node<'a>]) -> Option<&'n Node<'a>> {
    let marked = |item: &&Node<'_>| item.get("value").is_some_and(|v| fragment::is_markup(&plain_text(v, 0)));
    let role = |item: &&Node<'_>| {
        !item.get("role").is_some_and(|r| matches!(text_of(r).as_str(), "caption" | "shotlist"))
    };
    items.iter().filter(role).find(marked).or_else(|| items.iter().find(role))
}

fn push_text(text: &str, out: &mut Vec<String>) {
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_some() {
        if memchr::memmem::find(text.as_bytes(), b"<nitf").is_some() {
            out.extend(xml::nitf_paragraphs(text));
            return;
        }
        if is_page(text)
            && let Record::Article(page) = html::read(
                text,
                &Context { path: "", modified: None, latest: None, map: None, day_month: None },
            )
        {
            out.extend(page.paragraphs);
            return;
        }
        if fragment::is_markup(text) {
            out.extend(fragment::paragraphs(text));
            return;
        }
        return push_plain(&entity::decode(text), out);
    }
    push_plain(text, out);
}

/// Whether a text is a page of its own, with a head, rather than a piece of one.
fn is_page(text: &str) -> bool {
    let start = text.trim_start().get(..15).unwrap_or_default().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

fn push_plain(text: &str, out: &mut Vec<String>) {
    let single = memchr::memchr_iter(b'\n', text.as_bytes()).any(|at| {
        let beside = |i: Option<usize>| i.and_then(|i| text.as_bytes().get(i)).is_some_and(|b| *b == b'\n');
        !beside(at.checked_sub(1)) && !beside(Some(at + 1))
    });
    if single {
        out.extend(paragraphs::split(text));
    } else {
        paragraphs_of(text).for_each(|paragraph| budget::add(out, paragraph.to_string()));
    }
}
