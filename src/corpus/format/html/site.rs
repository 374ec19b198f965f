//! The names under which a site speaks of itself: in titles, in bylines.

use super::jsonld::{self, Object};
use super::meta::Meta;

/// The names of a site, as keys: letters and digits only, in lower case.
#[derive(Debug, Default)]
pub struct Site {
    names: Vec<String>,
}

impl Site {
    /// Reads the names from what a page declares and from its address.
    pub fn read(meta: &Meta, article: Option<&Object>) -> Self {
        let declared = [
            "og:site_name",
            "application-name",
            "apple-mobile-web-app-title",
            "twitter:site",
            "publisher",
            "dc.publisher",
        ];
        let mut names: Vec<String> = declared.iter().filter_map(|n| meta.get(n)).map(key).collect();
        let publisher = article.and_then(|a| a.get("publisher"));
        names.extend(publisher.and_then(jsonld::text).map(|p| key(&p)));
        if let Some(address) = &meta.canonical {
            let host =
                address.split_once("://").map_or("", |(_, rest)| rest).split('/').next().unwrap_or_default();
            let host = host.trim_start_matches("www.");
            names.push(key(host));
            names.push(key(host.rsplit_once('.').map_or(host, |(name, _)| name)));
            names.extend(host.split('.').filter(|part| part.len() > 3).map(key));
        }
        names.retain(|n| n.chars().count() > 1);
        Self { names }
    }

    /// Whether a text is the site's name.
    pub fn is_named(&self, text: &str) -> bool {
        let text = key(text);
        self.names.contains(&text)
    }

    /// Whether a text is the site's name, or little more than it, or the beginning of it: `The Daily` for
    /// `The Daily Herald`.
    pub fn is_like(&self, text: &str) -> bool {
        let text = key(text);
        let letters = |t: &str| t.chars().count();
        let extends =
            |long: &str, short: &str| long.starts_with(short) && letters(long) <= letters(short) + 10;
        self.names.iter().any(|name| {
            let both_long = letters(&text) > 5 && letters(name) > 5;
            *name == text || (both_long && (extends(name, &text) || extends(&text, name)))
        })
    }
}

/// A text without case, spaces and punctuation, to compare.
pub fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
