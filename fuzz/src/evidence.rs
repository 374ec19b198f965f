//! What a search finds and marks, held against a plain scan of the texts.

use std::collections::BTreeMap;

use newsearch::article::{Article, Format};
use newsearch::corpus::{self, Outcome};
use newsearch::index::ArchiveWriter;
use newsearch::index::manifest::Manifest;
use newsearch::query::clause::is_stop_word;
use newsearch::query::{Field, Node, NodeKind};
use newsearch::search::evidence::MarkedRow;
use newsearch::search::{Hit, SearchRequest, TotalIs, built_in_names, marked, search};
use serde_json::json;

use crate::{WRITER, asked, chunk, naive, open};

/// The first line is a query. Articles follow, parted by lines of `---`: a line with the language, one with the headline, the
/// body.
pub fn evidence(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some((query, texts)) = text.split_once('\n') else { return };
    let Some(query) = asked(query) else { return };
    let articles: Vec<Article> = texts.split("\n---\n").zip(0..).filter_map(article).collect();
    if articles.is_empty() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let mut writer = ArchiveWriter::open(dir.path(), WRITER).unwrap();
    for article in &articles {
        writer.add(article.clone(), 0, &article.path).unwrap();
    }
    writer.commit(&Manifest::default()).unwrap();
    writer.finish().unwrap();
    let snapshot = open(dir.path());

    let found = |query: &Node, variants: bool| {
        let request = SearchRequest { limit: articles.len(), variants, ..SearchRequest::new(query.clone()) };
        search(&snapshot, &request).unwrap()
    };
    for variants in [true, false] {
        let names = variants.then(built_in_names);
        let response = found(&query, variants);
        assert_eq!(response.total, response.hits.len() as u64);
        response.hits.iter().for_each(shows_places);
        let is_hit = |article: &Article| response.hits.iter().any(|hit| hit.article.id == article.id);
        let mut marks = BTreeMap::new();
        for article in &articles {
            let rows = marked(&snapshot, article, &query, names);
            rows.iter().for_each(|row| are_places(&row.text, row.marks.iter().map(|m| (m.start, m.end))));
            let is_marked = rows.iter().any(|row| !row.marks.is_empty());
            if response.total_is == TotalIs::Exact {
                assert!(is_hit(article) || !is_marked, "`{query}` marks what it does not find: {article:?}");
            }
            assert!(
                is_marked || !is_hit(article) || !asks_for_words(&query),
                "`{query}` finds {article:?} and marks nothing"
            );
            if is_hit(article) {
                marks.insert(article.id.as_str(), places(&rows));
            }
        }
        if !variants && is_plain(&query) {
            assert_eq!(marks, naive::Archive::new(&articles).evaluate(&query), "`{query}` in {articles:?}");
        }
        if response.total_is == TotalIs::Exact && asks_for_words(&query) {
            let not = Node::new(NodeKind::Not(Box::new(query.clone())), query.span.clone());
            let others = found(&not, variants);
            assert_eq!(response.total + others.total, articles.len() as u64, "`{query}` and its opposite");
        }
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
    let is_filter =
        |node: &Node| matches!(node.kind, NodeKind::Not(_) | NodeKind::Date(_) | NodeKind::Length(_));
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
        NodeKind::Not(_) | NodeKind::Date(_) | NodeKind::Length(_) => false,
    }
}

/// Whether the plain scan reads a query as the search does.
fn is_plain(query: &Node) -> bool {
    matches!(&query.kind, NodeKind::Word { .. })
}

/// What is marked, by row.
fn places(rows: &[MarkedRow]) -> Vec<naive::Mark> {
    let marks = rows.iter().enumerate();
    marks.flat_map(|(at, row)| row.marks.iter().map(move |mark| (at, mark.start, mark.end))).collect()
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
