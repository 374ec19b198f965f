//! Which paper an article stood in, and where on the web: what is a name, what is an address, and how both
//! are tidied.

use crate::corpus::fields::date::{self, Base};
use crate::corpus::plain_text::clean::one_line;

/// A longer name (characters) is a sentence.
const LONGEST_NAME: usize = 80;

/// A longer address (bytes) is data.
const LONGEST_ADDRESS: usize = 2_000;

/// What stands where no name is known, folded.
const NO_NAMES: &[&str] = &["unknown", "null", "none", "nan", "n/a", "undefined", "untitled"];

/// What `source` says besides names: how an article came here. Folded.
const WAYS: &[&str] = &[
    "rss", "api", "web", "www", "html", "xml", "json", "csv", "pdf", "feed", "crawl", "crawler", "internet",
];

/// What papers call their editions, folded.
const EDITIONS: &[&str] = &["edition", "ausgabe", "édition", "edición", "edizione", "edição", "editie"];

/// Parameters by which readers are followed, or let in.
const FOLLOWING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "token",
    "access_token",
    "api-key",
    "api_key",
    "apikey",
    "password",
    "sessionid",
    "jsessionid",
    "phpsessid",
];

/// The name of a publication as the file has it, on one line and without its edition; `None` for what is no
/// name: an address, a file, a date, a sentence.
pub(crate) fn name(text: &str) -> Option<String> {
    let line = one_line(text);
    let line = line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '“' | '”' | '«' | '»' | '|' | ',' | ';' | ':')
    });
    let line = without_edition(line);
    let folded = line.to_lowercase();
    let is_name = line.chars().any(char::is_alphabetic)
        && line.chars().count() <= LONGEST_NAME
        && !NO_NAMES.contains(&folded.as_str())
        && !is_place(line)
        && !(line.bytes().any(|b| b.is_ascii_digit()) && is_date(line));
    is_name.then(|| line.to_owned())
}

/// The same of a field `source`, which also names crawlers, feeds and kinds of files.
pub(crate) fn source(text: &str) -> Option<String> {
    let is_way = |name: &String| {
        let is_key = !name.chars().any(|c| c.is_alphabetic() && !c.is_lowercase());
        is_key || WAYS.contains(&name.to_lowercase().as_str())
    };
    name(text).filter(|name| !is_way(name))
}

/// The name that was said for a folder; the reason where it is none.
pub fn said(text: &str) -> Result<String, String> {
    let line = one_line(text);
    match line.chars().count() {
        0..=LONGEST_NAME => Ok(line),
        length => {
            Err(format!("a publication's name has at most {LONGEST_NAME} letters, and this has {length}"))
        }
    }
}

/// An address of the web without what follows its readers or lets them in; `None` for what is none, and for a
/// site's front page, which is no article's.
pub(crate) fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('<').trim_end_matches('>').trim();
    let (scheme, rest) = text.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let is_clean = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '<' | '>' | '\\');
    if !matches!(scheme.as_str(), "http" | "https")
        || text.len() > LONGEST_ADDRESS
        || !rest.chars().all(is_clean)
    {
        return None;
    }
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host).to_lowercase();
    if !host.contains('.') {
        return None;
    }
    let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    // A session's number stands behind the path.
    let path = path.split(";jsessionid=").next().unwrap_or_default();
    let query: Vec<&str> =
        query.split('&').map(|p| p.trim_start_matches("amp;")).filter(|p| is_kept(p)).collect();
    if path.trim_matches('/').is_empty() && query.is_empty() && !fragment.starts_with(['!', '/']) {
        return None;
    }
    let mut address = format!("{scheme}://{host}{path}");
    if !query.is_empty() {
        address.push('?');
        address.push_str(&query.join("&"));
    }
    // Other fragments are places on the page.
    if fragment.starts_with(['!', '/']) {
        address.push('#');
        address.push_str(fragment);
    }
    Some(address)
}

fn is_kept(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    !name.is_empty() && !name.starts_with("utm_") && !FOLLOWING.contains(&name.as_str())
}

/// Whether a text is where something lies: an address, a file, somebody's mail.
fn is_place(text: &str) -> bool {
    if text.contains("://") || text.contains(['@', '\\']) || text.starts_with(['/', '.', '~']) {
        return true;
    }
    let is_one_word = !text.contains(char::is_whitespace);
    let ends = text.rsplit_once('.').is_some_and(|(before, end)| {
        let is_ending = (2..=24).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric());
        is_ending && before.ends_with(char::is_alphanumeric)
    });
    is_one_word && (ends || text.contains('/'))
}

fn is_date(text: &str) -> bool {
    date::parse(text, Base { time: None, latest: None }).is_ok()
}

/// `Ruska Daily, Late Edition (East Coast)` and `Ruska Daily - Final Edition` without the edition.
fn without_edition(name: &str) -> &str {
    let is_edition = |part: &str| {
        let mut words = part.split(|c: char| !c.is_alphanumeric());
        words.any(|word| !word.is_empty() && EDITIONS.contains(&word.to_lowercase().as_str()))
    };
    let mut from = 0;
    while let Some((at, sign)) = [", ", "; ", " - ", " – ", " — ", " ("]
        .iter()
        .filter_map(|sign| Some((from + name.get(from..)?.find(sign)?, sign)))
        .min()
    {
        let rest = name.get(at + sign.len()..).unwrap_or_default();
        let part = rest.split([',', ';', '(', ')']).next().unwrap_or_default();
        let part = part.split(" - ").next().unwrap_or_default();
        if at > 0 && is_edition(part) {
            return name.get(..at).unwrap_or(name).trim_end();
        }
        from = at + sign.len();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_as_the_file_has_them_but_for_their_editions() {
        for (text, kept) in [
            (" The Ellery  Courier\n", "The Ellery Courier"),
            ("\"Ellery Courier\"", "Ellery Courier"),
            ("ellery courier", "ellery courier"),
            ("The Harrow Post (Harrow)", "The Harrow Post (Harrow)"),
            ("Harrow Post, Late Edition (East Coast)", "Harrow Post"),
            ("Harrow Post (Harrow) - Final Edition", "Harrow Post (Harrow)"),
            ("Harrow Post (First Edition)", "Harrow Post"),
            ("Lorner Bote, Ausgabe Nord", "Lorner Bote"),
            ("Harrow Post - Sunday", "Harrow Post - Sunday"),
            ("The Weekly Edition", "The Weekly Edition"),
            ("20 Minutes", "20 Minutes"),
            ("L'Édition du soir", "L'Édition du soir"),
            ("U.S. News", "U.S. News"),
            ("朝の新聞", "朝の新聞"),
        ] {
            assert_eq!(name(text).as_deref(), Some(kept), "{text}");
        }
    }

    #[test]
    fn what_is_no_name_is_none() {
        let long = "long ".repeat(20);
        for text in [
            "",
            " – ",
            "17",
            "https://courier.example",
            "courier.example",
            "www.courier.example/world",
            "dump.csv",
            "data/2025/a.json",
            "C:\\news\\a.txt",
            "desk@courier.example",
            "/srv/news",
            "2025-12-02",
            "2 December 2025",
            "unknown",
            "N/A",
            &long,
        ] {
            assert_eq!(name(text), None, "{text}");
        }
        for text in ["rss", "RSS", "crawler", "ellery_spider", "API", "manual"] {
            assert_eq!(source(text), None, "{text}");
        }
        assert_eq!(source("the Courier").as_deref(), Some("the Courier"));
        assert!(said(&"x".repeat(81)).is_err());
        assert_eq!(said(" courier.example ").as_deref(), Ok("courier.example"));
    }

    #[test]
    fn addresses_follow_nobody_and_let_nobody_in() {
        for (text, kept) in [
            ("https://Courier.example/World/bridge.html", "https://courier.example/World/bridge.html"),
            (
                "<http://courier.example/a?id=7&utm_source=x&fbclid=y#comments>",
                "http://courier.example/a?id=7",
            ),
            ("https://courier.example/a?utm_medium=x&amp;gclid=y", "https://courier.example/a"),
            ("https://ana:secret@courier.example/a?token=t&p=1", "https://courier.example/a?p=1"),
            ("https://courier.example/?p=12", "https://courier.example/?p=12"),
            ("https://courier.example/#!/bridge", "https://courier.example/#!/bridge"),
            ("https://courier.example:8080/a;jsessionid=77", "https://courier.example:8080/a"),
        ] {
            assert_eq!(address(text).as_deref(), Some(kept), "{text}");
        }
        let long = format!("https://courier.example/{}", "a".repeat(2_000));
        for text in [
            "",
            "courier.example/a",
            "/world/a.html",
            "ftp://courier.example/a",
            "file:///srv/a.html",
            "https://courier.example/",
            "https://courier.example",
            "https://localhost/a",
            "https://courier.example/a b",
            "javascript:alert(1)",
            "urn:x:https://courier.example/a b",
            &long,
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }
}
