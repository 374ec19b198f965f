//! The JSON-LD of a page (schema.org): which of its objects is the article, and the values in it. Mends what
//! sites commonly break; does not resolve contexts.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::dom::Page;
use super::tag::Tag;
use crate::corpus::plain_text::entity;

/// One script holds no more values than this, one after the other.
const MOST_VALUES: usize = 100;

/// A JSON-LD object.
pub type Object = Map<String, Value>;

/// All JSON-LD of a page.
#[derive(Debug, Default)]
pub struct JsonLd {
    documents: Vec<Value>,
}

impl JsonLd {
    /// Reads every `application/ld+json` script.
    pub fn read(page: &Page) -> Self {
        let scripts = (0..page.nodes.len()).filter(|&id| page.nodes[id].tag == Tag::Script);
        let documents = scripts
            .filter(|&id| {
                page.attribute(id, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"))
            })
            .filter_map(|id| parse(page.nodes[id].source))
            .collect();
        Self { documents }
    }

    /// Every object, outer ones first, in their order.
    fn objects(&self) -> Vec<&Object> {
        let mut objects = Vec::new();
        let mut waiting: Vec<&Value> = self.documents.iter().rev().collect();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Object(object) => {
                    objects.push(object);
                    waiting.extend(object.values().rev().filter(|v| v.is_object() || v.is_array()));
                }
                Value::Array(list) => waiting.extend(list.iter().rev()),
                _ => {}
            }
        }
        objects
    }

    /// Looks through the page's objects.
    pub fn graph(&self) -> Graph<'_> {
        let objects = self.objects();
        let mut by_id = FxHashMap::default();
        for &object in &objects {
            if let Some(id) = object.get("@id").and_then(Value::as_str)
                && object.len() > 1
            {
                let known: &mut &Object = by_id.entry(id).or_insert(object);
                if object.contains_key("name") && !known.contains_key("name") {
                    *known = object;
                }
            }
        }
        Graph { objects, by_id }
    }
}

/// A page's objects, and where the references among them lead.
#[derive(Debug)]
pub struct Graph<'a> {
    objects: Vec<&'a Object>,
    by_id: FxHashMap<&'a str, &'a Object>,
}

impl<'a> Graph<'a> {
    /// The page's article: the one that says it has the page's own address, else the first with a headline or
    /// a date.
    pub fn article(&self, address: Option<&str>) -> Option<&'a Object> {
        let articles: Vec<&Object> = self.objects.iter().copied().filter(|o| is_article(o)).collect();
        let whole = |o: &&Object| o.contains_key("headline") || o.contains_key("datePublished");
        let own = address.and_then(|address| {
            articles.iter().copied().filter(whole).find(|o| {
                let place = o.get("mainEntityOfPage");
                [o.get("url"), o.get("@id"), place, place.and_then(|p| p.get("@id"))]
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .any(|url| same_address(url, address))
            })
        });
        // Several that are others' are a list of teasers.
        let is_list = address.is_some() && articles.iter().filter(|o| whole(o)).count() > 3;
        // The updates of a live blog are articles in it.
        let is_live = |o: &&Object| types(o).any(|t| t == "LiveBlogPosting");
        own.or_else(|| articles.iter().copied().find(is_live))
            .or_else(|| articles.iter().copied().find(whole).filter(|_| !is_list))
            .or_else(|| articles.first().copied().filter(|_| !is_list))
    }

    /// The first object of a type.
    pub fn of_type(&self, name: &str) -> Option<&'a Object> {
        self.objects.iter().copied().find(|o| types(o).any(|t| t.eq_ignore_ascii_case(name)))
    }

    /// The object that a reference `{"@id": …}` means, else the object itself.
    pub fn resolve(&self, object: &'a Object) -> &'a Object {
        let id = object.get("@id").and_then(Value::as_str);
        match id.and_then(|id| self.by_id.get(id)) {
            Some(target) if !object.contains_key("name") => target,
            _ => object,
        }
    }

    /// The object that an id means.
    pub fn named(&self, id: &str) -> Option<&'a Object> {
        self.by_id.get(id).copied()
    }
}

/// Whether two addresses are the same page: without scheme, query and closing slash.
fn same_address(a: &str, b: &str) -> bool {
    fn core(url: &str) -> &str {
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        let url = url.split(['?', '#']).next().unwrap_or(url);
        url.trim_start_matches("www.").trim_end_matches('/')
    }
    core(a).eq_ignore_ascii_case(core(b))
}

/// An object's types, without the vocabulary's address.
fn types(object: &Object) -> impl Iterator<Item = &str> {
    let list: Vec<&str> = match object.get("@type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    list.into_iter().map(|t| t.rsplit(['/', ':', '#']).next().unwrap_or(t))
}

/// Whether an object is of one of the types.
pub fn is_of_type(object: &Object, names: &[&str]) -> bool {
    types(object).any(|t| names.contains(&t))
}

fn is_article(object: &Object) -> bool {
    types(object).any(|t| {
        t.ends_with("Article")
            || matches!(
                t,
                "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" | "Report" | "Review" | "article"
            )
    })
}

/// A value as text: a string, the first of a list, an object's `@value` or `name`.
pub fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(clean(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Array(list) => list.iter().find_map(|v| v.as_str()).map(clean),
        Value::Object(object) => {
            object.get("@value").or_else(|| object.get("name")).and_then(Value::as_str).map(clean)
        }
        _ => None,
    }
    .filter(|t| !t.trim().is_empty())
}

/// Sites escape for HTML inside of JSON, some twice.
fn clean(text: &str) -> Cow<'_, str> {
    match entity::decode(text) {
        Cow::Borrowed(text) => Cow::Borrowed(text),
        Cow::Owned(once) => Cow::Owned(entity::decode(&once).into_owned()),
    }
}

/// Parses one script, mending it where it is no JSON.
fn parse(script: &str) -> Option<Value> {
    let script = match script.split_once("<![CDATA[") {
        Some((_, inner)) => inner.rsplit_once("]]>").map_or(inner, |(inner, _)| inner),
        None => script,
    };
    let from = script.find(['{', '['])?;
    let to = script.rfind(['}', ']'])?;
    let script = script.get(from..=to)?;
    if let Some(value) = values(script) {
        return Some(value);
    }
    if script.starts_with("{\\\"") || script.starts_with("[{\\\"") {
        // A string's content that has lost the quotes around it.
        let quoted = format!("\"{script}\"");
        let inner: String = serde_json::from_str(&quoted).ok()?;
        return serde_json::from_str(&inner).ok();
    }
    values(&mend(script))
}

/// The value of a script, or the list of those that stand one after the other in it.
fn values(json: &str) -> Option<Value> {
    let mut values = Vec::new();
    let mut rest = json;
    while !rest.is_empty() && values.len() < MOST_VALUES {
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        values.push(stream.next()?.ok()?);
        rest = rest.get(stream.byte_offset()..)?.trim_start_matches([',', ';', ' ', '\n', '\r', '\t']);
    }
    if values.len() > 1 { Some(Value::Array(values)) } else { values.pop() }
}

/// Mends JSON: raw control characters and unescaped quotes in strings, invalid escapes, entities for quotes,
/// commas too many, comments.
fn mend(json: &str) -> String {
    let json = if !json.contains('"') && json.contains("&quot;") {
        Cow::Owned(json.replace("&quot;", "\""))
    } else {
        Cow::Borrowed(json)
    };
    let bytes = json.as_bytes();
    let mut out = String::with_capacity(json.len());
    let mut in_string = false;
    let mut skip_to = 0;
    for (i, c) in json.char_indices() {
        if i < skip_to {
            continue;
        }
        if !in_string {
            match c {
                '"' => in_string = true,
                '/' => {
                    skip_to = i + comment_len(&bytes[i..]);
                    continue;
                }
                ',' if matches!(next_solid(bytes, i + 1), Some(b'}' | b']' | b',') | None) => continue,
                c if c.is_control() => {
                    out.push(' ');
                    continue;
                }
                _ => {}
            }
            out.push(c);
            continue;
        }
        match c {
            '\\' => match bytes.get(i + 1) {
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                    out.push('\\');
                    out.push(char::from(bytes[i + 1]));
                    skip_to = i + 2;
                }
                Some(b'u') => out.push('\\'),
                _ => {}
            },
            '"' if ends_string(bytes, i + 1) => {
                in_string = false;
                out.push('"');
            }
            '"' => out.push_str("\\\""),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The length of the comment that begins with a slash; of the slash alone where there is none.
fn comment_len(bytes: &[u8]) -> usize {
    match bytes.get(1) {
        Some(b'/') => memchr::memchr(b'\n', bytes).unwrap_or(bytes.len()),
        Some(b'*') => memchr::memmem::find(bytes, b"*/").map_or(bytes.len(), |end| end + 2),
        _ => 1,
    }
}

fn next_solid(bytes: &[u8], from: usize) -> Option<u8> {
    // Bounded: broken JSON with miles of white space must not cost quadratic time.
    bytes.get(from..)?.iter().take(256).find(|c| !c.is_ascii_whitespace()).copied()
}

/// Whether the quote before `from` ends a string: what follows can only follow a string.
fn ends_string(bytes: &[u8], from: usize) -> bool {
    matches!(next_solid(bytes, from), Some(b',' | b'}' | b']' | b':') | None)
}
