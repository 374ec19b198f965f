//! A misspelt word: where the archive has no such word, what is near to it in spelling and goes with the
//! others is searched for instead, and said.

use crate::error::Result;
use crate::index::Snapshot;
use crate::query::analysis::is_stop_word;
use crate::query::{Node, NodeKind};

use super::dictionary::{Dictionary, Near};
use super::{SearchRequest, SearchResponse, WordCount, search};

/// A shorter word is near to too many.
const SHORTEST: usize = 4;

/// From so many letters on, two may be wrong.
const SHORTEST_OF_TWO_EDITS: usize = 8;

/// In so many articles must stand what takes the place of a word that was typed like a name.
const LEAST_OF_NAME: u64 = 2;

/// The most words that are corrected, and the most spellings that are tried: for one word, two and three.
const MOST_WORDS: usize = 3;
const MOST_TRIED: [usize; MOST_WORDS] = [12, 4, 2];

/// A word that was searched for in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The word as it was typed.
    pub typed: String,
    /// What was searched for.
    pub searched: String,
}

/// What was found in the end.
#[derive(Debug, Clone)]
pub struct Corrected {
    /// The request that was answered.
    pub request: SearchRequest,
    /// The answer.
    pub response: SearchResponse,
    /// What was corrected; nothing where it is the answer to the request as it came.
    pub corrections: Vec<Correction>,
}

/// Answers a request. Where it has plain words that no article holds among others, the answer is for the
/// nearest spelling that finds something with these.
pub fn search_corrected(snapshot: &Snapshot, request: SearchRequest) -> Result<Corrected> {
    let response = search(snapshot, &request)?;
    let missing = missing(&request, &response.words);
    if missing.is_empty() || missing.len() > MOST_WORDS {
        return Ok(Corrected { request, response, corrections: Vec::new() });
    }
    match corrected(snapshot, &request, &missing)? {
        Some((query, corrections)) => {
            let request = SearchRequest { query, ..request };
            let response = search(snapshot, &request)?;
            Ok(Corrected { request, response, corrections })
        }
        None => Ok(Corrected { request, response, corrections: Vec::new() }),
    }
}

/// The words of a query of keywords, or of a question, that are in no article; none where it is the only one.
fn missing(request: &SearchRequest, counts: &[WordCount]) -> Vec<String> {
    let mut words = Vec::new();
    let others = each_word(&request.query, request.question, &mut words);
    let is_missing = |word: &&&str| counts.iter().any(|count| count.word == ***word && count.articles == 0);
    let mut missing: Vec<String> = words
        .iter()
        .filter(is_missing)
        .filter(|word| is_plain(word))
        .map(|word| (*word).to_owned())
        .collect();
    missing.sort_unstable();
    missing.dedup();
    words.sort_unstable();
    words.dedup();
    // Alone, a name that is simply absent would become another.
    if others + words.len() < 2 { Vec::new() } else { missing }
}

/// The bare words of a query that must all be there, or of a `question`; returns how many other things it
/// asks for. Who typed OR has thought of more than one spelling.
fn each_word<'a>(node: &'a Node, question: bool, words: &mut Vec<&'a str>) -> usize {
    match &node.kind {
        NodeKind::And(nodes) => nodes.iter().map(|node| each_word(node, question, words)).sum(),
        NodeKind::Or(nodes) if question => nodes.iter().map(|node| each_word(node, question, words)).sum(),
        NodeKind::Word { text, exact: false } => {
            if !is_stop_word(node) {
                words.push(text);
            }
            0
        }
        NodeKind::Phrase { .. }
        | NodeKind::Near { .. }
        | NodeKind::Word { .. }
        | NodeKind::Or(_)
        | NodeKind::Boost(..) => 1,
        _ => 0,
    }
}

fn is_plain(word: &str) -> bool {
    word.chars().nth(SHORTEST - 1).is_some() && word.chars().all(char::is_alphabetic)
}

/// The query with the first spellings of the missing words that find something together with the others; of a
/// question with those that there are.
fn corrected(
    snapshot: &Snapshot,
    request: &SearchRequest,
    missing: &[String],
) -> Result<Option<(Node, Vec<Correction>)>> {
    let dictionary = Dictionary::new(snapshot);
    let most = MOST_TRIED.get(missing.len() - 1).copied().unwrap_or(1);
    let mut ways: Vec<Vec<Correction>> = vec![Vec::new()];
    for typed in missing {
        let near = dictionary.near(typed)?.into_iter().filter(|near| is_likely(typed, near));
        let correction = |near: Near| Correction { typed: typed.clone(), searched: near.form };
        let corrections: Vec<Correction> = near.take(most).map(correction).collect();
        let with = |way: &Vec<Correction>| {
            let longer = |correction: &Correction| way.iter().chain([correction]).cloned().collect();
            corrections.iter().map(longer).collect::<Vec<_>>()
        };
        if !request.question {
            ways = ways.iter().flat_map(with).collect();
            continue;
        }
        for way in ways.iter().flat_map(with).collect::<Vec<_>>() {
            if finds(snapshot, request, &way)? {
                ways = vec![way];
                break;
            }
        }
    }
    for way in ways.into_iter().filter(|way| !way.is_empty()) {
        if request.question || finds(snapshot, request, &way)? {
            return Ok(Some((replaced(&request.query, request.question, &way), way)));
        }
    }
    Ok(None)
}

/// Whether an article has the corrected words beside the others, also where it need not have all.
fn finds(snapshot: &Snapshot, request: &SearchRequest, way: &[Correction]) -> Result<bool> {
    let query = together(request, &replaced(&request.query, request.question, way), way);
    let tried = SearchRequest { question: false, ..request.for_total(query) };
    Ok(search(snapshot, &tried)?.total > 0)
}

fn is_likely(typed: &str, near: &Near) -> bool {
    let letters = typed.chars().count();
    let most = if letters < SHORTEST_OF_TWO_EDITS { 1 } else { 2 };
    let is_name = typed.chars().next().is_some_and(char::is_uppercase);
    near.distance <= most && (!is_name || near.articles >= LEAST_OF_NAME)
}

/// What must be found for a correction to stand: the corrected query; of a question the corrected words and
/// one of the others.
fn together(request: &SearchRequest, corrected: &Node, way: &[Correction]) -> Node {
    if !request.question {
        return corrected.clone();
    }
    let query = &request.query;
    let mut words = Vec::new();
    each_word(query, true, &mut words);
    let word =
        |text: &str| Node::new(NodeKind::Word { text: text.to_owned(), exact: false }, query.span.clone());
    let others = words.iter().filter(|text| !way.iter().any(|correction| correction.typed == **text));
    let others = Node::or(others.map(|text| word(text)).collect());
    let searched = way.iter().map(|correction| word(&correction.searched));
    Node::and(searched.chain(others).collect()).unwrap_or_else(|| corrected.clone())
}

fn replaced(node: &Node, question: bool, way: &[Correction]) -> Node {
    let all = |nodes: &[Node]| nodes.iter().map(|node| replaced(node, question, way)).collect();
    let kind = match &node.kind {
        NodeKind::And(nodes) => NodeKind::And(all(nodes)),
        NodeKind::Or(nodes) if question => NodeKind::Or(all(nodes)),
        NodeKind::Word { text, exact: false } => {
            let correction = way.iter().find(|correction| correction.typed == *text);
            let text = correction.map_or(text, |correction| &correction.searched).clone();
            NodeKind::Word { text, exact: false }
        }
        kind => kind.clone(),
    };
    Node::new(kind, node.span.clone())
}

impl Correction {
    /// What was done, in words, and how to have what was typed.
    pub fn said(&self) -> String {
        let Self { typed, searched } = self;
        format!(
            "nothing is spelt `{typed}` here: searched for `{searched}` instead (for what was typed: `=\"{typed}\"`)"
        )
    }
}
