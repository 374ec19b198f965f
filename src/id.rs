//! Ids of articles: what names one in notes, citations and receipts, and goes on naming it when files are
//! moved, folders given in another order, the index made anew or on another machine.
//!
//! It is the document's own where the format carries one, else a hash of what the article says. Where several
//! articles have the same, each but one gets a suffix, `~` and eight hexadecimal digits: of what it says, or,
//! where another says the same, of where it lies. Every article also answers to its id without the suffix,
//! and one without an id of its own to that which was made of its path in indexes of format 6.

use crate::article::{Article, ArticleDate};
use crate::query::Certainty;

/// How many digits a suffix has.
const SUFFIX: usize = 8;

/// How many digits a hash has.
const DIGITS: usize = 16;

/// The first 64 bits of a BLAKE3 hash, as a number: for telling things apart where nobody means harm.
pub fn hash64(parts: &[&[u8]]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(first)
}

/// The same as hexadecimal digits.
fn digits(parts: &[&[u8]]) -> String {
    format!("{:016x}", hash64(parts).swap_bytes())
}

/// The id of an article that has none of its own: 64 bits of what it says. A guessed date says when a file
/// was saved, and does not count.
pub fn of_content(headline: &str, date: Option<&ArticleDate>, body: &str) -> String {
    let sure = date.filter(|date| Certainty::of(date.precision) != Certainty::Guessed);
    let day = sure.map(|date| date.day.to_string()).unwrap_or_default();
    digits(&[headline.as_bytes(), b"\0", day.as_bytes(), b"\0", body.as_bytes()])
}

/// The id that articles without one had before: 64 bits of the path below the root and the number in the
/// file.
pub fn of_place(path: &str, record: u32) -> String {
    digits(&[path.as_bytes(), &[0], &record.to_le_bytes()])
}

/// The id without its suffix.
pub fn base(id: &str) -> &str {
    let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    match id.rsplit_once('~') {
        Some((base, suffix))
            if !base.is_empty() && suffix.len() == SUFFIX && suffix.bytes().all(is_digit) =>
        {
            base
        }
        _ => id,
    }
}

/// What an article may be called where its id is taken, the first that is free; `folder` is the name of the
/// folder that its path is in.
pub fn told_apart(article: &Article, folder: &str) -> impl Iterator<Item = String> + use<> {
    let id = article.id.clone();
    let content = of_content(&article.headline, article.date.as_ref(), &article.body);
    let place = of_place(&format!("{folder}/{}", article.path), article.record);
    // What is named by its content is not told apart by it.
    let suffixes = [content, place].into_iter().filter(move |hash| *hash != id);
    let base = article.id.clone();
    let counted = (2..).map(|number: u64| digits(&[&number.to_le_bytes()]));
    suffixes.chain(counted).map(move |hash| format!("{base}~{}", hash.get(..SUFFIX).unwrap_or_default()))
}

/// What an article answers to besides its id.
pub fn aliases(article: &Article) -> impl Iterator<Item = String> + use<> {
    let base = base(&article.id);
    let has_suffix = base != article.id;
    let is_of_content =
        base.len() == DIGITS && base == of_content(&article.headline, article.date.as_ref(), &article.body);
    let place = is_of_content.then(|| of_place(&article.path, article.record));
    has_suffix.then(|| base.to_owned()).into_iter().chain(place)
}

/// Whether an article answers to an id.
pub fn answers_to(article: &Article, id: &str) -> bool {
    article.id == id || aliases(article).any(|alias| alias == id)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::article::{DatePrecision, Format};

    fn article(id: &str, body: &str) -> Article {
        Article {
            id: id.to_owned(),
            path: "world/x.jsonl".to_owned(),
            record: 3,
            headline: "Flood".to_owned(),
            body: body.to_owned(),
            authors: Vec::new(),
            section: None,
            date: None,
            dateline: None,
            format: Format::Json,
            language: None,
            publication: None,
            url: None,
            problems: Vec::new(),
        }
    }

    #[test]
    fn what_is_said_makes_the_id() {
        let day = ArticleDate::from_day(date(2025, 3, 1));
        let guess = ArticleDate { precision: DatePrecision::Approximate, ..day };
        let id = of_content("Flood", Some(&day), "The weir broke.");
        assert_eq!(id.len(), 16);
        assert_ne!(id, of_content("Flood", None, "The weir broke."));
        assert_ne!(id, of_content("Floods", Some(&day), "The weir broke."));
        assert_ne!(id, of_content("Flood", Some(&day), "The weir held."));
        assert_eq!(of_content("Flood", Some(&guess), "x"), of_content("Flood", None, "x"));
    }

    #[test]
    fn an_article_answers_to_what_it_was_called() {
        let mut one = article("w-1", "The weir broke.");
        let other = article("w-1", "The weir held.");
        let names = |article: &Article| told_apart(article, "archive").take(4).collect::<Vec<_>>();
        assert_ne!(names(&one), names(&other));
        for name in names(&one) {
            assert_eq!(base(&name), "w-1");
            one.id = name.clone();
            for id in [name.as_str(), "w-1"] {
                assert!(answers_to(&one, id), "{id}");
            }
            for id in ["w-2", &of_place("world/x.jsonl", 3)] {
                assert!(!answers_to(&one, id), "{id}");
            }
        }
        one.id = of_content(&one.headline, None, &one.body);
        for name in names(&one).into_iter().chain([one.id.clone()]) {
            let bare = std::mem::replace(&mut one.id, name.clone());
            for id in [name, bare.clone(), of_place("world/x.jsonl", 3)] {
                assert!(answers_to(&one, &id), "{id}");
            }
            one.id = bare;
        }
        for id in ["w-1", "~12345678", "w~1234567", "w~1234567g", "w~ABCDEF01"] {
            assert_eq!(base(id), id);
        }
    }
}
