//! Request → response: which articles match, in which order, and the places in them that say why.
//!
//! Asking can never write: nothing here knows of the index's writer or of files of articles.

mod automaton;
mod collect;
mod cursor;
mod dictionary;
pub mod evidence;
pub mod nothing;
pub mod overview;
mod plan;
pub mod rank;
pub mod snippet;

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use crate::analysis::fold::fold;
use crate::article::Article;
use crate::error::Result;
use crate::index::Snapshot;
use crate::index::rows::Part;
use crate::query::clause::{Analysis, Clause};
use crate::query::variants::NameVariants;
use crate::query::{Field, Node, NodeKind, Notice};

use dictionary::Dictionary;

pub use collect::Sort;
pub use plan::{MOST_FORMS, WordCount};
pub use snippet::Snippet;

/// How much of a body is looked through for snippets, in bytes.
const SNIPPET_BYTES: usize = 1 << 20;

/// The spellings of names that this build knows.
static NAME_VARIANTS: LazyLock<NameVariants> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "compiled in, and held by a test")]
    NameVariants::built_in(fold).expect("index_schema/name_variants.json is well-formed")
});

/// The list of names that comes with the program.
pub fn built_in_names() -> &'static NameVariants {
    &NAME_VARIANTS
}

/// What somebody wants to know.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// The query.
    pub query: Node,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to return.
    pub limit: usize,
    /// How many of the first hits to leave out.
    pub offset: usize,
    /// Whether names are found in their other spellings too (`index_schema/name_variants.json`).
    pub variants: bool,
    /// The list of names to go by, where it is not the one that comes along.
    pub names: Option<Arc<NameVariants>>,
}

impl SearchRequest {
    fn names(&self) -> Option<&NameVariants> {
        self.variants.then(|| self.names.as_deref().unwrap_or(&NAME_VARIANTS))
    }
}

/// What there is to say about it.
#[derive(Debug, Clone)]
pub struct SearchResponse {
    /// Exact number of articles that match.
    pub total: u64,
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// What to know about how the query was read.
    pub notices: Vec<Notice>,
    /// Names that were searched in other spellings too: what was typed, then the others.
    pub spellings: Vec<Vec<String>>,
    /// What to know about how it was searched.
    pub remarks: Vec<String>,
    /// The words that were asked for, and how many articles hold each.
    pub words: Vec<WordCount>,
    /// How long it took.
    pub took: Duration,
}

/// An article that matches.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Its place in the whole list, from 1.
    pub rank: usize,
    /// Its score; 0 where the list is not sorted by it.
    pub score: f32,
    /// The article.
    pub article: Article,
    /// Number of the root it is from (see the manifest).
    pub root: u32,
    /// The matches in the headline, as byte ranges.
    pub headline_highlights: Vec<(usize, usize)>,
    /// The lines that show why it was found.
    pub snippets: Vec<Snippet>,
}

/// Answers a request from a snapshot of the index.
pub fn search(snapshot: &Snapshot, request: &SearchRequest) -> Result<SearchResponse> {
    let start = Instant::now();
    let dictionary = Dictionary::new(snapshot);
    let mut analysis = Analysis::with_variants(request.names()).with_lexicon(&dictionary);
    let clause = analysis.clause(&request.query);
    let mut planner = plan::Planner::new(snapshot, &dictionary);
    let plan = planner.plan(&clause)?;
    let sort = if asks_for_words(&clause) { request.sort } else { by_date(request.sort) };
    let keep = request.offset.saturating_add(request.limit);
    let (total, kept) = collect::collect(&plan, snapshot, sort, if request.limit == 0 { 0 } else { keep })?;
    let mut hits = Vec::new();
    for (at, kept) in kept.iter().enumerate().skip(request.offset) {
        let stored = snapshot.article(kept.address)?;
        let rows = evidence::evidence(&stored.article, &clause, SNIPPET_BYTES)
            .unwrap_or_else(|| evidence::plain_rows(&stored.article, SNIPPET_BYTES));
        let headline = rows.iter().find(|row| row.part == Part::Headline);
        hits.push(Hit {
            rank: at + 1,
            score: kept.score,
            headline_highlights: headline
                .map(|row| row.marks.iter().map(|mark| (mark.start, mark.end)).collect())
                .unwrap_or_default(),
            snippets: snippet::snippets(&rows),
            article: stored.article,
            root: stored.root,
        });
    }
    Ok(SearchResponse {
        total,
        hits,
        notices: analysis.notices,
        spellings: analysis.spellings,
        remarks: planner.notices,
        words: planner.words,
        took: start.elapsed(),
    })
}

/// The ids and scores of the best articles, and nothing else: for measuring.
pub fn ranked_ids(snapshot: &Snapshot, request: &SearchRequest) -> Result<Vec<(String, f32)>> {
    let dictionary = Dictionary::new(snapshot);
    let mut analysis = Analysis::with_variants(request.names()).with_lexicon(&dictionary);
    let clause = analysis.clause(&request.query);
    let plan = plan::Planner::new(snapshot, &dictionary).plan(&clause)?;
    let (_, kept) =
        collect::collect(&plan, snapshot, request.sort, request.offset.saturating_add(request.limit))?;
    Ok(kept.into_iter().skip(request.offset).map(|kept| (kept.id, kept.score)).collect())
}

/// The article's rows with what `query` matches in it marked, names in the spellings of `names` too; the plain rows where it
/// does not match.
pub fn marked(
    snapshot: &Snapshot,
    article: &Article,
    query: &Node,
    names: Option<&NameVariants>,
) -> Vec<evidence::MarkedRow> {
    let dictionary = Dictionary::new(snapshot);
    let clause = Analysis::with_variants(names).with_lexicon(&dictionary).clause(query);
    evidence::evidence(article, &clause, usize::MAX)
        .unwrap_or_else(|| evidence::plain_rows(article, usize::MAX))
}

/// The words of the archive that are spelt most like `word`, at most `most`.
pub fn suggestions(snapshot: &Snapshot, word: &str, most: usize) -> Result<Vec<String>> {
    Dictionary::new(snapshot).suggestions(word, most)
}

/// The query with its words made optional: any may be missing. What is excluded or filtered by (date, length, author,
/// section, path, id) stays.
pub fn any_of(query: Node) -> Node {
    let Node { kind: NodeKind::And(nodes), span } = query else { return query };
    let stays = |node: &Node| match &node.kind {
        NodeKind::Not(_) | NodeKind::Date(_) | NodeKind::Length(_) => true,
        NodeKind::Field(field, _) => {
            matches!(field, Field::Author | Field::Section | Field::Path | Field::Id)
        }
        NodeKind::Or(nodes) => {
            nodes.iter().all(|node| matches!(node.kind, NodeKind::Field(Field::Author | Field::Section, _)))
        }
        _ => false,
    };
    let (stay, optional): (Vec<Node>, Vec<Node>) = nodes.into_iter().partition(stays);
    let optional = Node::or(optional).into_iter();
    Node::and(optional.chain(stay).collect()).unwrap_or(Node::new(NodeKind::And(Vec::new()), span))
}

/// Whether anything is asked for that articles are more or less about.
fn asks_for_words(clause: &Clause) -> bool {
    let mut any = false;
    clause.each_leaf(&mut |_| any = true);
    any
}

/// Where nothing makes one article better than another, the newest comes first.
fn by_date(sort: Sort) -> Sort {
    if sort == Sort::Relevance { Sort::Newest } else { sort }
}
