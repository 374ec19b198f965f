//! The fields above a Markdown text: YAML between `---`, TOML between `+++`. Only what an article needs of
//! either language; what is not valid is read line by line.

use serde::Deserialize;

/// Front matter longer than this (bytes) is text.
const LARGEST: usize = 64 * 1024;

/// Keys in lower case, each with its values as text.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, Vec<String>)>);

impl Fields {
    /// The values of the first of these keys that has any.
    pub fn first(&self, keys: &[&str]) -> Option<Vec<String>> {
        keys.iter().find_map(|key| {
            let (_, values) = self.0.iter().find(|(k, values)| k == key && !values.is_empty())?;
            Some(values.clone())
        })
    }
}

/// Front matter and the text below it.
pub(super) fn split(text: &str) -> (Fields, &str) {
    let text = text.trim_start_matches('\u{feff}').trim_start_matches(['\n', '\r']);
    for mark in ["---", "+++"] {
        let Some((front, rest)) = between(text, mark) else { continue };
        let fields = match mark {
            "---" => yaml(front).unwrap_or_else(|| by_line(front, ':')),
            _ => by_line(front, '='),
        };
        return (fields, rest);
    }
    (Fields::default(), text)
}

fn between<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let first = text.lines().next()?;
    if first.trim_end() != mark {
        return None;
    }
    let start = text.find('\n')? + 1;
    let mut at = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        let end = line.trim_end();
        if end == mark || (mark == "---" && end == "...") {
            return Some((text.get(start..at)?, text.get(at + line.len()..)?));
        }
        at += line.len();
        if at - start > LARGEST {
            return None;
        }
    }
    None
}

/// Any YAML value, as much of it as an article needs.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Integer(i64),
    Float(f64),
    Bool(bool),
    List(Vec<Value>),
    Map(std::collections::BTreeMap<String, Value>),
    Nothing(()),
}

impl Value {
    fn texts(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::Integer(number) => vec![number.to_string()],
            Self::Float(number) => vec![number.to_string()],
            Self::Bool(yes) => vec![yes.to_string()],
            Self::List(values) => values.iter().flat_map(Value::texts).collect(),
            Self::Map(map) => ["name", "title", "value"]
                .iter()
                .find_map(|key| map.get(*key))
                .map(Value::texts)
                .unwrap_or_default(),
            Self::Nothing(()) => Vec::new(),
        }
    }
}

fn yaml(front: &str) -> Option<Fields> {
    // Anchors have no place in an article's head; without them there is nothing that could be made to grow.
    if front.contains(": &") || front.contains("- &") || front.contains("[*") {
        return None;
    }
    let map: std::collections::BTreeMap<String, Value> = serde_saphyr::from_str(front).ok()?;
    let fields = map.iter().map(|(key, value)| {
        let values = value.texts().into_iter().filter(|v| !v.trim().is_empty()).collect();
        (key.to_lowercase(), values)
    });
    Some(Fields(fields.collect()))
}

/// `key: value` or `key = value`, lists in brackets or with dashes below their key.
fn by_line(front: &str, separator: char) -> Fields {
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    for line in front.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with('[') && separator == '=' {
            // The tables of TOML come after the document's own keys.
            break;
        }
        if let Some(item) = trimmed.strip_prefix("- ") {
            if let Some((_, values)) = fields.last_mut() {
                values.push(unquoted(item));
            }
            continue;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((key, value)) = trimmed.split_once(separator) else { continue };
        let key = key.trim().trim_matches(['"', '\'']).to_lowercase();
        let value = value.trim();
        let values = match value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
            Some(list) => list.split(',').map(unquoted).filter(|v| !v.is_empty()).collect(),
            None if value.is_empty() => Vec::new(),
            None => vec![unquoted(value)],
        };
        fields.push((key, values));
    }
    Fields(fields)
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inner.to_string();
        }
    }
    value.to_string()
}
