//! The `meta` elements and links of a page's head, by name. Knows nothing of what the names mean.

use std::borrow::Cow;

use serde_json::Value;

use super::dom::{NodeId, Page};
use super::tag::Tag;

/// One `meta` has no more names than this.
const MOST_NAMES: usize = 8;

/// What a page's `meta` and `link` elements say.
#[derive(Debug, Default)]
pub struct Meta<'a> {
    /// Lower-case name and content, in their order.
    entries: Vec<(String, Cow<'a, str>)>,
    /// The address of the page by its own word.
    pub canonical: Option<Cow<'a, str>>,
}

impl<'a> Meta<'a> {
    /// Reads every `meta` of the page: sites leave them in the body too.
    pub fn read(page: &Page<'a>) -> Self {
        let mut meta = Self::default();
        for (id, node) in page.nodes.iter().enumerate() {
            match node.tag {
                Tag::Meta => meta.entry(page, id),
                Tag::Link if meta.canonical.is_none() && is_canonical(page, id) => {
                    meta.canonical = page.attribute(id, "href").filter(|href| !href.is_empty());
                }
                _ => {}
            }
        }
        meta.canonical =
            meta.canonical.take().or_else(|| meta.get("og:url").map(|u| Cow::Owned(u.to_owned())));
        meta
    }

    fn entry(&mut self, page: &Page<'a>, id: NodeId) {
        let Some(content) = page.attribute(id, "content").or_else(|| page.attribute(id, "value")) else {
            return;
        };
        if content.trim().is_empty() {
            return;
        }
        for kind in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = page.attribute(id, kind) {
                let name = name.trim().to_ascii_lowercase();
                // RDFa spelled out: `http://ogp.me/ns/article#published_time`.
                let name = match name.strip_prefix("http://ogp.me/ns") {
                    Some(rest) if rest.starts_with('#') => rest.replacen('#', "og:", 1),
                    Some(rest) => rest.trim_start_matches('/').replacen('#', ":", 1),
                    None => name,
                };
                let decoded_twice = crate::corpus::plain_text::entity::decode(&content).into_owned();
                self.named(&name, decoded_twice);
                return;
            }
        }
    }

    /// Adds the content of a name, or of each of several with spaces between.
    fn named(&mut self, names: &str, content: String) {
        if names == "parsely-page" {
            return self.parsely(&content);
        }
        let known = self.entries.len();
        for name in names.split_ascii_whitespace().take(MOST_NAMES) {
            self.entries.push((without_prefix(name), Cow::Owned(content.clone())));
        }
        // A name that is written with spaces (`publish date`) is one name too.
        if self.entries.len() > known + 1 {
            self.entries.push((names.to_owned(), Cow::Owned(content)));
        }
    }

    /// The fields that Parse.ly's older form has in one JSON object.
    fn parsely(&mut self, json: &str) {
        let Ok(Value::Object(fields)) = serde_json::from_str(json) else { return };
        for (key, value) in &fields {
            let name = format!("parsely-{}", key.replace('_', "-").trim_end_matches('s'));
            let values = match value {
                Value::Array(list) => list.as_slice(),
                one => std::slice::from_ref(one),
            };
            let texts = values.iter().filter_map(Value::as_str).filter(|text| !text.trim().is_empty());
            self.entries.extend(texts.map(|text| (name.clone(), Cow::Owned(text.to_owned()))));
        }
    }

    /// The first content of a name, given in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.entries.iter().find(|(n, _)| n == name).map(|(_, content)| content.as_ref().trim())
    }

    /// The first content of the first name that has any.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// Every content of a name.
    pub fn all<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m str> {
        self.entries.iter().filter(move |(n, _)| n == name).map(|(_, content)| content.as_ref().trim())
    }
}

/// A name as RDFa writes it (`dc:date`, `schema:headline`), as `meta` elements have it.
fn without_prefix(name: &str) -> String {
    match name.split_once(':') {
        Some(("schema", rest)) => rest.to_owned(),
        Some((vocabulary @ ("dc" | "dcterms" | "prism"), rest)) => format!("{vocabulary}.{rest}"),
        _ => name.to_owned(),
    }
}

fn is_canonical(page: &Page, link: NodeId) -> bool {
    page.attribute(link, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
}
