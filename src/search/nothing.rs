//! Why nothing was found: what each part of the query finds on its own, what this archive spells like a word
//! that it does not hold, and which articles come nearest.

use crate::error::Result;
use crate::index::{Snapshot, Unread};
use crate::query::analysis::is_stop_word;
use crate::query::{Node, NodeKind};

use super::{SearchRequest, SearchResponse, any_of, files, search, suggestions};

/// A part of a query, and how many articles it finds on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseCount {
    /// The part, as the query is printed.
    pub clause: String,
    /// The number of articles.
    pub articles: u64,
    /// The words of the archive that are spelt most like it, where it is a word that no article holds.
    pub did_you_mean: Vec<String>,
}

/// Why nothing was found.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The parts of the query, in its order.
    pub clauses: Vec<ClauseCount>,
    /// How many articles were searched.
    pub searched: u64,
    /// What could not be read.
    pub unread: Unread,
    /// The best articles with most of the words, where there are any.
    pub nearest: Option<SearchResponse>,
}

/// The most parts that are counted: a longer list explains nothing.
const MOST_CLAUSES: usize = 30;
/// The most spellings that are offered for one word.
const MOST_SUGGESTIONS: usize = 3;

/// Explains a request that found nothing; `nearest` is how many of the articles that come nearest to show.
pub fn explain_nothing(snapshot: &Snapshot, request: &SearchRequest, nearest: usize) -> Result<Explanation> {
    let mut counting = Counting { snapshot, request, clauses: Vec::new() };
    counting.parts_of(&request.query, &|part| part)?;
    let clauses = counting.clauses;
    let any = any_of(apart(request.query.clone()), &request.ranking);
    let mut closest = None;
    if any != request.query {
        let found = search(
            snapshot,
            &SearchRequest {
                query: any,
                limit: nearest,
                offset: 0,
                count_undecided: false,
                ..request.clone()
            },
        )?;
        closest = Some(found).filter(|found| !found.hits.is_empty());
    }
    Ok(Explanation {
        clauses,
        searched: snapshot.article_count(),
        unread: snapshot.unread()?,
        nearest: closest,
    })
}

struct Counting<'a> {
    snapshot: &'a Snapshot,
    request: &'a SearchRequest,
    clauses: Vec<ClauseCount>,
}

impl Counting<'_> {
    /// Counts the parts of `node`; where one finds nothing, what it is made of too. `within` puts a part into
    /// the field it stands in.
    fn parts_of(&mut self, node: &Node, within: &dyn Fn(Node) -> Node) -> Result<()> {
        match &node.kind {
            NodeKind::And(nodes) => {
                let only_stop_words = nodes.iter().all(is_stop_word);
                let asked = nodes.iter().filter(|node| only_stop_words || !is_stop_word(node));
                asked.into_iter().try_for_each(|node| self.parts_of(node, within))
            }
            NodeKind::Field(field, inner) => {
                self.parts_of(inner, &|part| within(Node::in_field(*field, part)))
            }
            NodeKind::Boost(inner, _) => self.parts_of(inner, within),
            _ if self.count(node, within)? > 0 => Ok(()),
            NodeKind::Or(nodes) => nodes.iter().try_for_each(|node| self.parts_of(node, within)),
            NodeKind::Near { left, right, .. } => {
                self.parts_of(left, within)?;
                self.parts_of(right, within)
            }
            NodeKind::AtLeast { node, .. } => self.parts_of(node, within),
            NodeKind::Phrase { .. } => {
                let words = words_of(node);
                if words.len() < 2 {
                    Ok(())
                } else {
                    words.iter().try_for_each(|word| self.parts_of(word, within))
                }
            }
            _ => Ok(()),
        }
    }

    /// How many articles `node` finds on its own.
    fn count(&mut self, node: &Node, within: &dyn Fn(Node) -> Node) -> Result<u64> {
        let query = within(node.clone());
        let clause = query.to_string();
        if let Some(known) = self.clauses.iter().find(|known| known.clause == clause) {
            return Ok(known.articles);
        }
        if self.clauses.len() >= MOST_CLAUSES {
            // Whatever is not counted is not taken apart either.
            return Ok(1);
        }
        let alone = self.request.for_total(query);
        let articles = search(self.snapshot, &alone)?.total;
        let field = match &alone.query.kind {
            NodeKind::Field(field, _) => Some(*field),
            _ => None,
        };
        let did_you_mean = match &node.kind {
            NodeKind::Word { text, .. } if articles == 0 => {
                suggestions(self.snapshot, text, field, MOST_SUGGESTIONS)?
            }
            NodeKind::Narrow(narrowing) if articles == 0 => {
                files::meant(self.snapshot, self.request, narrowing, MOST_SUGGESTIONS)?
            }
            _ => Vec::new(),
        };
        self.clauses.push(ClauseCount { clause, articles, did_you_mean });
        Ok(articles)
    }
}

/// The query with the words of its phrases and proximities apart.
fn apart(node: Node) -> Node {
    let Node { kind, span } = node;
    let all = |nodes: Vec<Node>| Node::and(nodes.into_iter().map(apart).collect());
    let rebuilt = match kind {
        NodeKind::And(nodes) => all(nodes),
        NodeKind::Near { left, right, .. } => all(vec![*left, *right]),
        NodeKind::AtLeast { node, .. } => Some(apart(*node)),
        NodeKind::Phrase { .. } => Node::and(words_of(&Node::new(kind.clone(), span.clone()))),
        NodeKind::Field(field, inner) => match apart(*inner) {
            Node { kind: NodeKind::And(nodes), .. } => {
                Node::and(nodes.into_iter().map(|node| Node::in_field(field, node)).collect())
            }
            inner => Some(Node::in_field(field, inner)),
        },
        kind => Some(Node::new(kind, span.clone())),
    };
    rebuilt.unwrap_or(Node::new(NodeKind::And(Vec::new()), span))
}

/// The words of a phrase.
fn words_of(node: &Node) -> Vec<Node> {
    let NodeKind::Phrase { text, exact, .. } = &node.kind else { return Vec::new() };
    let word = |word: &str| {
        // An initial is its letter.
        let initial = word.strip_suffix('.').filter(|rest| rest.chars().count() == 1);
        let word = initial.unwrap_or(word);
        let kind = NodeKind::Word { text: word.to_owned(), exact: *exact };
        word.contains(char::is_alphanumeric).then(|| Node::new(kind, node.span.clone()))
    };
    text.split_whitespace().filter_map(word).collect()
}
