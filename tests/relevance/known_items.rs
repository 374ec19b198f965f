//! Articles that somebody remembers: found again by the words of their headline, or by some words of headline
//! and body.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use newsearch::article::Article;
use newsearch::index::Snapshot;
use newsearch::query::{ParseOptions, parse};
use newsearch::search::{Hit, SearchRequest, search_corrected};

use super::{TODAY, answer, indexed};

/// The fewest words of a headline that tells one article from others.
const FEWEST_WORDS: usize = 5;

/// A word of a body is rare that stands in at most so many articles.
const RARE: usize = 50;

/// A word is misspelt that has so many letters.
const LETTERS_TO_MISSPELL: usize = 4;

/// How many articles were asked for, and how many of them came first.
#[derive(Debug, PartialEq, Eq)]
pub struct Known {
    pub asked: usize,
    pub first: usize,
}

/// Asks for every article by the words of its headline.
pub fn by_headline(snapshot: &Snapshot) -> Known {
    let mut known = Known { asked: 0, first: 0 };
    for article in articles(snapshot) {
        let words = words(&article.headline);
        if words.len() < FEWEST_WORDS {
            continue;
        }
        known.asked += 1;
        let hits = answer(snapshot, &words.join(" "), 1).hits;
        known.first += usize::from(is_first(&article, &words, &hits));
    }
    known
}

/// Asks for every article by three words of its headline and two rare ones of its body; `first` are those
/// among the first ten.
fn by_some_words(snapshot: &Snapshot) -> Known {
    let articles = articles(snapshot);
    let mut spread: BTreeMap<String, usize> = BTreeMap::new();
    for article in &articles {
        for word in words(&article.body).into_iter().collect::<BTreeSet<_>>() {
            *spread.entry(word).or_default() += 1;
        }
    }
    let mut random = Random(1);
    let mut known = Known { asked: 0, first: 0 };
    for article in &articles {
        let headline = words(&article.headline);
        let rare = |word: &String| spread[word] <= RARE && word.len() > 3 && !headline.contains(word);
        let mut body: Vec<String> = words(&article.body).into_iter().filter(rare).collect();
        body.sort_unstable();
        body.dedup();
        if headline.len() < FEWEST_WORDS || body.len() < 2 {
            continue;
        }
        let mut asked = random.some(headline, 3);
        asked.extend(random.some(body, 2));
        known.asked += 1;
        let hits = answer(snapshot, &asked.join(" "), 10).hits;
        known.first += usize::from(hits.iter().any(|hit| hit.article.id == article.id));
    }
    known
}

/// Asks for every article by the words of its headline, one letter of one of them left out, put in, exchanged
/// or swapped with the next.
fn by_misspelt_headline(snapshot: &Snapshot) -> Known {
    let mut random = Random(1);
    let mut known = Known { asked: 0, first: 0 };
    for article in &articles(snapshot) {
        let mut words = words(&article.headline);
        let plain =
            |word: &String| word.len() >= LETTERS_TO_MISSPELL && word.bytes().all(|b| b.is_ascii_lowercase());
        let longer: Vec<usize> = (0..words.len()).filter(|at| plain(&words[*at])).collect();
        if words.len() < FEWEST_WORDS || longer.is_empty() {
            continue;
        }
        let at = longer[random.below(longer.len())];
        words[at] = random.misspelt(&words[at]);
        known.asked += 1;
        let query = parse(&words.join(" "), &ParseOptions { today: TODAY }).ast.unwrap();
        let request = SearchRequest { limit: 1, ..SearchRequest::new(query) };
        let hits = search_corrected(snapshot, request).unwrap().response.hits;
        known.first += usize::from(is_first(article, &words, &hits));
    }
    known
}

/// Whether the article, or one with its headline, came first; `NEWSEARCH_SHOW` shows what came instead.
fn is_first(article: &Article, words: &[String], hits: &[Hit]) -> bool {
    let same = |other: &Article| other.id == article.id || other.headline == article.headline;
    let first = hits.first().is_some_and(|hit| same(&hit.article));
    if !first && std::env::var_os("NEWSEARCH_SHOW").is_some() {
        println!("{}: {} | {:?}", article.id, words.join(" "), hits.first().map(|hit| &hit.article.headline));
    }
    first
}

fn articles(snapshot: &Snapshot) -> Vec<Article> {
    answer(snapshot, "length>0", usize::MAX >> 1).hits.into_iter().map(|hit| hit.article).collect()
}

/// The words as somebody types them: in small letters, without what stands around them.
fn words(text: &str) -> Vec<String> {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect()
}

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn misspelt(&mut self, word: &str) -> String {
        let mut letters: Vec<u8> = word.bytes().collect();
        while letters == word.as_bytes() {
            let at = self.below(letters.len());
            let letter = b'a' + self.below(26) as u8;
            match self.below(4) {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, letter),
                2 => letters[at] = letter,
                _ => letters.swap(at.min(word.len() - 2), at.min(word.len() - 2) + 1),
            }
        }
        String::from_utf8(letters).unwrap()
    }

    fn some(&mut self, mut words: Vec<String>, count: usize) -> Vec<String> {
        (0..count.min(words.len())).map(|_| words.swap_remove(self.below(words.len()))).collect()
    }
}

#[test]
#[ignore = "needs an archive of some size: NEWSEARCH_ARCHIVE=FOLDER cargo test --release --test relevance -- --ignored --nocapture"]
fn known_items_of_an_archive_come_first() {
    let folder = PathBuf::from(std::env::var_os("NEWSEARCH_ARCHIVE").expect("NEWSEARCH_ARCHIVE is not set"));
    let dir = tempfile::tempdir().unwrap();
    let snapshot = indexed(&folder, dir.path());
    let headline = by_headline(&snapshot);
    println!("by the words of the headline: first {} of {}", headline.first, headline.asked);
    let some = by_some_words(&snapshot);
    println!(
        "by three words of the headline and two of the body: in the first ten {} of {}",
        some.first, some.asked
    );
    let misspelt = by_misspelt_headline(&snapshot);
    println!("by the words of the headline, one misspelt: first {} of {}", misspelt.first, misspelt.asked);
    assert!(misspelt.first * 100 >= misspelt.asked * 70, "{misspelt:?}");
    assert!(headline.first * 100 >= headline.asked * 99, "{headline:?}");
    assert!(some.first * 100 >= some.asked * 95, "{some:?}");
}
