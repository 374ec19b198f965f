//! What a reader found → the article: white space and control characters, names, section, language, id. The
//! same for every format; nothing is told from the file's bytes here.

use std::borrow::Cow;

use crate::article::{Article, DatePrecision, Format};
use crate::corpus::fields::{agency_footer, byline, language, mojibake, publication};
use crate::corpus::plain_text::clean::{one_line, push_clean};
use crate::corpus::{Doubt, RawArticle};
use crate::id;
use crate::section;

/// An article with more words is cut: each costs the index several times its bytes.
const MOST_WORDS: usize = 12_000_000;

/// What has fewer letters and figures is hardly an article.
const SHORTEST: usize = 20;

/// A section that is longer (characters) is a sentence.
const LONGEST_SECTION: usize = 80;

/// Where a record was read from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    /// The path as it is shown.
    pub shown: &'a str,
    /// The path below the root.
    pub relative: &'a str,
    /// The record's number in the file, from 1.
    pub record: u32,
    /// The format it was read from.
    pub format: Format,
    /// Whether a file of that format is a text that anybody may have written, of anything.
    pub is_prose: bool,
    /// What is known of its file besides.
    pub said: Said<'a>,
}

/// What is known of a file without reading it; what the file says counts more.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said<'a> {
    /// The publication that its folder is of.
    pub publication: Option<&'a str>,
    /// The section that its root is of.
    pub section: Option<&'a str>,
    /// Where it was taken from.
    pub address: Option<&'a str>,
}

/// Cleans what was read and fills in what follows from it.
pub(crate) fn normalise(mut raw: RawArticle, origin: Origin<'_>) -> Article {
    mend_misread(&mut raw);
    let headline = one_line(&raw.headline);
    // Many files begin their text with the headline once more.
    if raw.paragraphs.len() > 1
        && !headline.is_empty()
        && raw.paragraphs.first().is_some_and(|p| one_line(p) == headline)
    {
        raw.paragraphs.remove(0);
    }
    // A page's own reader has judged what belongs to its text.
    if origin.format != Format::Html {
        agency_footer::cut(&mut raw);
    }
    let (body, is_cut) = join(&raw.paragraphs);
    if is_cut {
        raw.problems
            .push(format!("more than {MOST_WORDS} words: what stands behind them was not read").into());
    }
    let language = raw.language.as_deref().and_then(language::declared).or_else(|| language::of_text(&body));
    let mut authors: Vec<String> = Vec::new();
    for name in raw.bylines.iter().flat_map(|b| byline::split(b)) {
        if !authors.contains(&name) {
            authors.push(name);
        }
    }
    if let Some(date) = raw.date.filter(|date| date.precision == DatePrecision::Approximate) {
        let guess = format!(
            "its date, about {}, is a guess: the text says it as seen from when the file was saved",
            date.day
        );
        raw.problems.push(guess.into());
    }
    if origin.is_prose && raw.date.is_none() && authors.is_empty() && is_scrap(&headline, &body) {
        raw.problems.push("hardly a word, and neither author nor date: perhaps no article".to_owned().into());
    }
    let own = raw.id.map(|id| one_line(&id)).filter(|id| !id.is_empty());
    Article {
        id: own.unwrap_or_else(|| id::of_content(&headline, raw.date.as_ref(), &body)),
        path: origin.shown.to_string(),
        record: origin.record,
        headline,
        body,
        authors,
        section: raw
            .section
            .as_deref()
            .and_then(declared_section)
            .or_else(|| section::of_path(raw.address.as_deref()?).map(str::to_owned))
            .or_else(|| section::of_path(origin.relative).map(str::to_owned))
            .or_else(|| origin.said.section.map(str::to_owned)),
        publication: (raw.publication.as_deref().and_then(publication::name))
            .or_else(|| origin.said.publication.map(str::to_owned)),
        url: (raw.address.as_deref().and_then(publication::address))
            .or_else(|| origin.said.address.and_then(publication::address)),
        date: raw.date,
        dateline: raw.dateline.map(|d| one_line(&d)).filter(|d| !d.is_empty()),
        format: origin.format,
        language,
        problems: raw.problems.iter().map(Doubt::to_string).collect(),
    }
}

/// An article of the index as it would be read if its file, which was at `old` below its root, were at `new`;
/// `None` where only the file itself can say.
pub fn moved(mut article: Article, old: &str, new: &str) -> Option<Article> {
    let member = article.path.strip_prefix(old)?;
    let path = format!("{new}{member}");
    if section::of_path(&article.path) != section::of_path(&path) {
        return None;
    }
    article.id = id::base(&article.id).to_owned();
    article.path = path;
    Some(article)
}

/// Whether headline and text together are no longer than a name or a note. Signs that stand for words or
/// syllables count threefold.
fn is_scrap(headline: &str, body: &str) -> bool {
    let weight =
        |c: char| if matches!(c, '\u{2e80}'..='\u{d7ff}') { 3 } else { usize::from(c.is_alphanumeric()) };
    let mut weighed = 0;
    headline.chars().chain(body.chars()).all(|c| {
        weighed += weight(c);
        weighed < SHORTEST
    })
}

/// UTF-8 that was read as Windows-1252 before it came to us.
fn mend_misread(raw: &mut RawArticle) {
    let fields = raw.paragraphs.iter_mut().chain(&mut raw.bylines).chain([&mut raw.headline]);
    for text in fields.chain(&mut raw.section).chain(&mut raw.publication).chain(&mut raw.dateline) {
        if let Cow::Owned(mended) = mojibake::mend(text) {
            *text = mended;
        }
    }
}

/// The paragraphs in one text, a blank line between, and whether it is cut.
fn join(paragraphs: &[String]) -> (String, bool) {
    let mut body = String::with_capacity(paragraphs.iter().map(|p| p.len() + 2).sum());
    let mut words = 0;
    for paragraph in paragraphs {
        let left = MOST_WORDS - words;
        let last = (paragraph.len() > left)
            .then(|| memchr::memchr_iter(b' ', paragraph.as_bytes()).nth(left))
            .flatten();
        let paragraph = paragraph.get(..last.unwrap_or(paragraph.len())).unwrap_or_default();
        let before = body.len();
        if before > 0 {
            body.push_str("\n\n");
        }
        let start = body.len();
        push_clean(paragraph, &mut body);
        if body.len() == start {
            body.truncate(before);
        }
        words += memchr::memchr_iter(b' ', paragraph.as_bytes()).count() + 1;
        if last.is_some() || words >= MOST_WORDS {
            return (body, true);
        }
    }
    (body, false)
}

/// The section as the file names it, on one line and by its canonical name; a sentence is none.
fn declared_section(text: &str) -> Option<String> {
    let line = one_line(text);
    let section =
        line.trim_matches(|c: char| matches!(c, ':' | '|' | '/' | '>' | '-' | '–' | '*' | '#' | ' '));
    let good = section.chars().any(char::is_alphanumeric) && section.chars().count() <= LONGEST_SECTION;
    good.then(|| section::canonical(section).into_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    fn origin() -> Origin<'static> {
        Origin {
            shown: "corpus/a/b.txt",
            relative: "a/b.txt",
            record: 3,
            format: Format::Text,
            is_prose: true,
            said: Said::default(),
        }
    }

    #[test]
    fn a_scrap_is_doubtful() {
        let article = |headline: &str, body: &str| RawArticle {
            headline: headline.to_string(),
            paragraphs: vec![body.to_string()],
            ..RawArticle::default()
        };
        let told =
            |raw: RawArticle, is_prose| !normalise(raw, Origin { is_prose, ..origin() }).problems.is_empty();
        for scrap in ["half", "news-desk-04", "1 2 3 4 5", "日本"] {
            assert!(told(article("", scrap), true), "{scrap}");
        }
        assert!(told(article("Milk", "Eggs"), true));
        for (headline, body) in [
            ("Old mill burns", "It burnt down."),
            ("", "日本経済新聞社は"),
            ("", "Snow closes the pass at Orvik."),
        ] {
            assert!(!told(article(headline, body), true), "{headline} {body}");
        }
        // What is kept as a record of an article is one.
        assert!(!told(article("Flash", ""), false));
        let signed = RawArticle { bylines: vec!["Jo Ek".to_string()], ..article("", "half") };
        assert!(!told(signed, true));
    }

    #[test]
    fn white_space_and_control_characters_are_gone() {
        let raw = RawArticle {
            headline: " Bridge\n closed\u{3} ".into(),
            paragraphs: vec!["One\u{a0}two \u{2}three".into(), " \u{3}\n".into(), "Fo\u{ad}ur\t five".into()],
            section: Some(" World\n".into()),
            dateline: Some("  RUSKA,\n Dec 2".into()),
            ..RawArticle::default()
        };
        let article = normalise(raw, origin());
        assert_eq!(article.headline, "Bridge closed");
        assert_eq!(article.body, "One two three\n\nFour five");
        assert_eq!(one_line("a \n\t b\u{3000}\u{a0} c\u{200b} \u{200b}d’é\u{85}"), "a b c d’é");
        assert_eq!(one_line("\u{200b} "), "");
        assert_eq!(one_line("\u{17} a"), "a");
        assert_eq!(one_line("\u{200b} \u{feff} a"), "a");
        assert_eq!(article.section.as_deref(), Some("World"));
        assert_eq!(article.dateline.as_deref(), Some("RUSKA, Dec 2"));
    }

    #[test]
    fn the_headline_is_not_said_twice_and_misread_text_is_mended() {
        let raw = RawArticle {
            headline: "CafÃ© reopens".into(),
            paragraphs: vec!["Café  reopens".into(), "Itâ€™s open.".into()],
            ..RawArticle::default()
        };
        let article = normalise(raw, origin());
        assert_eq!((article.headline.as_str(), article.body.as_str()), ("Café reopens", "It’s open."));
        let alone = RawArticle {
            headline: "Flash".into(),
            paragraphs: vec!["Flash".into()],
            ..RawArticle::default()
        };
        assert_eq!(normalise(alone, origin()).body, "Flash");
    }

    #[test]
    fn ids_are_the_documents_own_or_stable() {
        let own = normalise(RawArticle { id: Some(" X-1 ".into()), ..RawArticle::default() }, origin());
        assert_eq!(own.id, "X-1");
        let made = normalise(RawArticle::default(), origin()).id;
        assert_eq!(made.len(), 16);
        let elsewhere = Origin { shown: "elsewhere/c.txt", relative: "c.txt", record: 4, ..origin() };
        assert_eq!(made, normalise(RawArticle::default(), elsewhere).id);
        let other = RawArticle { headline: "Flood".into(), ..RawArticle::default() };
        assert_ne!(made, normalise(other, origin()).id);
    }

    #[test]
    fn names_are_split_once_and_language_is_declared_or_told() {
        let raw = RawArticle {
            bylines: vec!["By Ana Sousa and Jo Ek".into(), "Ana Sousa".into()],
            language: Some("de_AT".into()),
            ..RawArticle::default()
        };
        let article = normalise(raw, origin());
        assert_eq!(article.authors, ["Ana Sousa", "Jo Ek"]);
        assert_eq!(article.language.as_deref(), Some("de"));
    }

    #[test]
    fn a_text_without_end_is_cut() {
        let paragraphs = vec!["The bridge.".into(), "é ".repeat(MOST_WORDS + 10), "More.".into()];
        let article = normalise(RawArticle { paragraphs, ..RawArticle::default() }, origin());
        assert!(article.body.starts_with("The bridge.\n\né é"));
        assert_eq!(article.body.split(' ').count(), MOST_WORDS);
        assert_eq!(article.problems, ["more than 12000000 words: what stands behind them was not read"]);
    }

    #[test]
    fn a_sentence_is_no_section() {
        assert_eq!(declared_section("Sport"), Some("Sport".into()));
        assert_eq!(declared_section(&"long ".repeat(30)), None);
        assert_eq!(declared_section(" – "), None);
    }

    #[test]
    fn the_section_is_the_files_own_then_the_addresss_then_the_folders() {
        let of = |declared: Option<&str>, address: Option<&str>, relative: &str| {
            let raw = RawArticle {
                section: declared.map(str::to_owned),
                address: address.map(str::to_owned),
                ..RawArticle::default()
            };
            normalise(raw, Origin { relative, ..origin() }).section
        };
        let address = Some("https://courier.example/business/2025/bridge.html");
        assert_eq!(of(Some("WORLD NEWS"), address, "sport/a.txt").as_deref(), Some("World"));
        assert_eq!(of(Some("Uncategorized"), address, "sport/a.txt").as_deref(), Some("Business"));
        assert_eq!(of(None, Some("https://courier.example/1"), "sport/2025/a.txt").as_deref(), Some("Sport"));
        assert_eq!(of(None, None, "boxes/a.txt"), None);
    }
}
