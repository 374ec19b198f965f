//! What a search finds and marks, held against a plain scan of the texts.

use std::collections::BTreeMap;

use newsearch::analysis::fold::fold;
use newsearch::analysis::search_keys;
use newsearch::analysis::tokenize::{Kind, tokenize};
use newsearch::article::{Article, Format};
use newsearch::corpus::{self, Outcome};
use newsearch::index::manifest::Manifest;
use newsearch::index::passages::passages;
use newsearch::index::{ArchiveWriter, Snapshot};
use newsearch::query::analysis::is_stop_word;
use newsearch::query::{Field, Node, NodeKind};
use newsearch::search::highlight::Passage;
use newsearch::search::{Hit, SearchRequest, TotalIs, built_in_names, highlighted, search};
use serde_json::json;

use crate::{WRITER, asked, chunk, naive, open};

/// More queries, and more words of the texts asked for, are no other case.
const MOST_QUERIES: usize = 8;
const MOST_WORDS: usize = 16;

/// The first lines are queries. After an empty line articles follow, parted by lines of `---`: a line with
/// the language, one with the headline, the body. An index costs far more than a search: so words of the
/// texts are asked for, too.
pub fn evidence(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some((queries, texts)) = text.split_once("\n\n") else { return };
    let articles: Vec<Article> = texts.split("\n---\n").zip(0..).filter_map(article).collect();
    if articles.is_empty() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let mut writer = ArchiveWriter::open(dir.path(), WRITER).unwrap();
    for article in &articles {
        writer.add(article.clone(), 0, &article.path).unwrap();
    }
    writer.commit(&mut Manifest::default()).unwrap();
    writer.finish().unwrap();
    let snapshot = open(dir.path());
    let queries = queries.lines().take(MOST_QUERIES).map(str::to_owned).chain(words(&articles));
    for query in queries.filter_map(|query| asked(&query)) {
        [true, false].into_iter().for_each(|variants| agree(&snapshot, &articles, &query, variants));
    }
}

/// Words of the texts, and words in a row.
fn words(articles: &[Article]) -> Vec<String> {
    let rows = articles
        .iter()
        .flat_map(|article| [article.headline.as_str()].into_iter().chain(article.paragraphs()));
    let mut words = Vec::new();
    for row in rows {
        let mut before = "";
        tokenize(row, |word| {
            let word = &row[word.start..word.end];
            if words.len() < MOST_WORDS {
                words.push(if words.len() % 4 == 3 {
                    format!("\"{before} {word}\"")
                } else {
                    word.to_owned()
                });
                before = word;
            }
        });
    }
    words
}

/// Whether what a query finds, what it marks and what a plain scan says are the same.
fn agree(snapshot: &Snapshot, articles: &[Article], query: &Node, variants: bool) {
    let found = |query: &Node| {
        let request = SearchRequest { limit: articles.len(), variants, ..SearchRequest::new(query.clone()) };
        search(snapshot, &request).unwrap()
    };
    let names = variants.then(built_in_names);
    let response = found(query);
    assert_eq!(response.total, response.hits.len() as u64);
    response.hits.iter().for_each(shows_places);
    let is_exact = response.total_is == TotalIs::Exact;
    let asks_for_words = asks_for_words(query);
    let mut marks = BTreeMap::new();
    for article in articles {
        let is_hit = response.hits.iter().any(|hit| hit.article.id == article.id);
        let rows = highlighted(snapshot, article, query, names);
        rows.iter().for_each(|row| are_places(&row.text, row.highlights.iter().map(|m| (m.start, m.end))));
        let is_marked = rows.iter().any(|row| !row.highlights.is_empty());
        assert!(is_hit || !is_marked || !is_exact, "`{query}` marks what it does not find: {article:?}");
        assert!(!is_hit || is_marked || !asks_for_words, "`{query}` finds and does not mark {article:?}");
        if is_hit {
            marks.insert(article.id.as_str(), rows);
        }
    }
    if let Some(text) = plain(query).filter(|_| !variants) {
        let left_out: Vec<&String> = response.forms.iter().flat_map(|forms| &forms.left_out).collect();
        let expected = naive::Archive::new(articles).evaluate(query);
        for article in articles {
            let of_scan = expected.get(article.id.as_str()).map(Vec::as_slice).unwrap_or_default();
            let rows = marks.get(article.id.as_str()).map(Vec::as_slice).unwrap_or_default();
            let texts: Vec<&str> = passages(article).map(|row| row.1).collect();
            marks_mean(text, rows, of_scan, &texts, &left_out)
                .unwrap_or_else(|fault| panic!("`{query}`: {fault} in {articles:?}"));
        }
    }
    if is_exact && asks_for_words {
        let others = found(&Node::new(NodeKind::Not(Box::new(query.clone())), query.span.clone()));
        assert_eq!(response.total + others.total, articles.len() as u64, "`{query}` and its opposite");
    }
}

/// An article as the reader of a format would give it.
fn article((text, number): (&str, usize)) -> Option<Article> {
    let (language, text) = text.split_once('\n')?;
    let (headline, body) = text.split_once('\n')?;
    let record = json!({"language": language, "headline": headline, "body": body});
    let outcomes = corpus::read(&chunk(Format::Json, record.to_string().into_bytes()));
    let Some(Outcome::Article(article)) = outcomes.into_iter().next() else { return None };
    Some(Article { id: format!("a{number}"), path: format!("{number}.json"), ..*article })
}

/// Whether whoever is found must have words that can be marked; not sure where it is `false`.
fn asks_for_words(query: &Node) -> bool {
    let is_filter = |node: &Node| {
        matches!(node.kind, NodeKind::Not(_) | NodeKind::Date(_) | NodeKind::Length(_) | NodeKind::Narrow(_))
    };
    match &query.kind {
        NodeKind::Word { text, .. } | NodeKind::Phrase { text, .. } => text.contains(char::is_alphanumeric),
        NodeKind::Pattern(_) | NodeKind::Fuzzy { .. } => true,
        NodeKind::And(nodes) => {
            // Stop words are left out where there is anything else to look for.
            let is_asked = |node: &&Node| !is_stop_word(node) && !is_filter(node);
            nodes.iter().filter(is_asked).any(asks_for_words)
        }
        NodeKind::Or(nodes) => nodes.iter().all(asks_for_words),
        NodeKind::Near { left, right, .. } => asks_for_words(left) && asks_for_words(right),
        NodeKind::AtLeast { node, .. } | NodeKind::Boost(node, _) => asks_for_words(node),
        NodeKind::Field(field, node) => *field != Field::Id && asks_for_words(node),
        NodeKind::Not(_) | NodeKind::Date(_) | NodeKind::Length(_) | NodeKind::Narrow(_) => false,
    }
}

/// A query of one word, or of words in a row.
fn plain(query: &Node) -> Option<&str> {
    match &query.kind {
        NodeKind::Word { text, .. } | NodeKind::Phrase { text, slop: 0, .. } => Some(text),
        _ => None,
    }
}

/// Whether all that a plain scan finds is marked, but for inflections of a name, which the answer says it has
/// left out; and what is marked besides is the same word written apart, which the search looks for wherever
/// the archive has both halves, and the scan only where it has the whole too.
fn marks_mean(
    asked: &str,
    rows: &[Passage],
    of_scan: &[naive::Mark],
    texts: &[&str],
    left_out: &[&String],
) -> Result<(), String> {
    let marks = rows
        .iter()
        .enumerate()
        .flat_map(|(at, row)| row.highlights.iter().map(move |mark| (at, mark.start, mark.end)));
    let marks: Vec<naive::Mark> = marks.collect();
    for (row, start, end) in of_scan {
        let is_marked = marks.iter().any(|mark| mark.0 == *row && mark.1 <= *start && *end <= mark.2);
        let text = &texts[*row][*start..*end];
        if !is_marked && !left_out.iter().any(|form| fold(text).contains(form.as_str())) {
            return Err(format!("{text:?} is not marked"));
        }
    }
    for mark in marks.iter().filter(|mark| !of_scan.contains(mark)) {
        let text = &texts[mark.0][mark.1..mark.2];
        if !are_alike(asked, text) && !are_halves(asked, text) {
            return Err(format!("{text:?} is marked"));
        }
    }
    Ok(())
}

/// Whether two words are one word in two of its inflections.
fn are_alike(one: &str, other: &str) -> bool {
    let (wanted, marked) = (keys(one), keys(other));
    marked.iter().any(|key| wanted.contains(key))
}

/// Whether a text is a word cut in two, each half in one of its inflections.
fn are_halves(word: &str, text: &str) -> bool {
    let Some((first, second)) = text.split_once(|c: char| !c.is_alphanumeric()) else { return false };
    let mut cuts = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
    cuts.any(|(before, after)| are_alike(before, first) && are_alike(after, second))
}

/// What the letters of a text mean as one word.
fn keys(text: &str) -> Vec<String> {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    search_keys(&letters, Kind::Word)
}

fn shows_places(hit: &Hit) {
    are_places(&hit.article.headline, hit.headline_highlights.iter().copied());
    hit.snippets.iter().for_each(|snippet| are_places(&snippet.text, snippet.highlights.iter().copied()));
}

/// Whether they are in order, do not overlap, and begin and end where characters do.
fn are_places(text: &str, places: impl Iterator<Item = (usize, usize)>) {
    let mut end = 0;
    for place in places {
        assert!(
            end <= place.0 && text.get(place.0..place.1).is_some_and(|text| !text.is_empty()),
            "{place:?} in {text:?}"
        );
        end = place.1;
    }
}
