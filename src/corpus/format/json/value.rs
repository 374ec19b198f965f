//! A value of a field → text, names, an address.

use std::borrow::Cow;

use super::node::Node;
use crate::corpus::fields::publication;
use crate::corpus::plain_text::{entity, fragment};

/// The value under the first of these keys that holds anything.
pub(super) fn first<'n, 'a>(node: &'n Node<'a>, keys: &[&str]) -> Option<&'n Node<'a>> {
    keys.iter().filter_map(|key| node.at(key)).find(|value| !value.is_empty())
}

/// A value as one text: what stands in `value`, `rendered`, `main`, `name` where it is an object; the first
/// of a list.
pub(super) fn text_of(node: &Node<'_>) -> String {
    let text = plain_text(node, 0);
    if fragment::is_markup(&text) {
        fragment::paragraphs(&text).join(" ")
    } else {
        entity::decode(&text).into_owned()
    }
}

pub(super) fn plain_text<'n>(node: &'n Node<'_>, depth: usize) -> Cow<'n, str> {
    const INSIDE: [&str; 13] = [
        "value", "rendered", "main", "basic", "name", "original", "#text", "$oid", "$date", "text",
        "content", "@value", "_",
    ];
    match node {
        Node::Text(text) => Cow::Borrowed(text),
        Node::Number(number) => Cow::Borrowed(number),
        Node::List(items) if depth < 8 => {
            items.iter().find(|i| !i.is_empty()).map(|i| plain_text(i, depth + 1)).unwrap_or_default()
        }
        Node::Map(_) if depth < 8 => {
            first(node, &INSIDE).map(|i| plain_text(i, depth + 1)).unwrap_or_default()
        }
        _ => Cow::Borrowed(""),
    }
}

/// Names: a string, a list of strings, objects with `name`, or with first and last name.
pub(super) fn names_of(node: &Node<'_>) -> Vec<String> {
    match node {
        Node::List(items) => items.iter().flat_map(names_of_one).collect(),
        node => names_of_one(node),
    }
}

fn names_of_one(node: &Node<'_>) -> Vec<String> {
    if let Some(persons) = node.get("person").filter(|p| !p.is_empty() && node.get("original").is_none()) {
        return match persons {
            Node::List(items) => items.iter().flat_map(names_of_one).collect(),
            _ => Vec::new(),
        };
    }
    let part = |keys: &[&str]| first(node, keys).map(text_of).unwrap_or_default();
    let given = part(&["firstname", "first_name", "firstName", "givenName"]);
    let family = part(&["lastname", "last_name", "lastName", "familyName"]);
    let whole = part(&["name", "original", "display_name", "displayName", "title"]);
    let name = match node {
        Node::Map(_) if whole.is_empty() => format!("{given} {family}").trim().to_string(),
        Node::Map(_) => whole,
        node => text_of(node),
    };
    if name.is_empty() { Vec::new() } else { vec![name] }
}

/// The name of a publication: a text, or what stands in `name` or `title` of an object.
pub(super) fn publication_of(node: &Node<'_>) -> Option<String> {
    let node = match node {
        Node::List(items) => items.first()?,
        node => node,
    };
    let name = match node {
        Node::Map(_) => first(node, &["name", "title", "headline", "value"])?,
        node => node,
    };
    publication::name(&text_of(name))
}

/// An address of the web: a text, or what stands under the same names in an object.
pub(super) fn address_of(node: &Node<'_>) -> Option<String> {
    let node = match node {
        Node::Map(_) => first(node, &["@id", "url", "href", "canonical"])?,
        node => node,
    };
    publication::address(&plain_text(node, 0))
}

/// A section in words; numbers are another table's keys.
pub(super) fn section_of(node: &Node<'_>) -> Option<String> {
    let text = match node {
        Node::List(items) => items.iter().map(text_of).find(|t| is_word(t))?,
        node => text_of(node),
    };
    is_word(&text).then_some(text)
}

pub(super) fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}
