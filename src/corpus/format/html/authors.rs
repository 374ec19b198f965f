//! The names in a page's bylines, from what it declares and from its markup.

use serde_json::Value;

use super::jsonld;
use super::metadata::Sources;

/// The authors, one name each, in their order.
pub fn authors(sources: &Sources) -> Vec<String> {
    let declared = from_json(sources);
    if !declared.is_empty() {
        return declared;
    }
    let names = ["author", "article:author", "byl", "parsely-author", "sailthru.author", "citation_author", "dc.creator", "dcterms.creator", "cxenseparse:author", "og:author", "article_author", "articleauthor"];
    for name in names {
        let found = clean(sources.meta.all(name).map(str::to_owned).collect());
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn from_json(sources: &Sources) -> Vec<String> {
    let Some(article) = sources.article else { return Vec::new() };
    let mut names = Vec::new();
    for property in ["author", "creator"] {
        let mut waiting: Vec<&Value> = article.get(property).into_iter().collect();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(list) => waiting.extend(list.iter().rev()),
                Value::String(name) => names.push(name.clone()),
                Value::Object(object) => {
                    let object = sources.graph.resolve(object);
                    match object.get("name") {
                        Some(Value::Array(list)) => names.extend(list.iter().filter_map(jsonld::text).map(|n| n.into_owned())),
                        Some(name) => names.extend(jsonld::text(name).map(|n| n.into_owned())),
                        None => {}
                    }
                }
                _ => {}
            }
        }
        let names = clean(std::mem::take(&mut names));
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

fn clean(names: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names {
        let mut name = name.trim();
        if name.contains("://") || name.starts_with('@') || name.is_empty() || name.contains('@') {
            continue;
        }
        for prefix in ["By ", "by ", "BY ", "Von ", "von ", "Par ", "par ", "Por ", "por "] {
            name = name.strip_prefix(prefix).unwrap_or(name).trim();
        }
        if !out.iter().any(|n| n == name) {
            out.push(name.to_owned());
        }
    }
    out
}
