//! Request → response: which articles match, in which order, and the places in them that say why.
//!
//! Asking can never write: nothing here knows of the index's writer or of files of articles.

mod account;
mod automaton;
pub mod bylines;
mod collect;
mod copies;
mod correct;
pub mod coverage;
mod cursor;
mod dictionary;
mod explain;
mod export;
pub mod facets;
mod feedback;
mod files;
mod forms;
pub mod highlight;
mod limits;
mod matches;
pub mod mentions;
mod names;
pub mod nothing;
pub mod overview;
mod plan;
mod prepared;
mod question;
pub mod rank;
mod reading;
pub mod receipt;
mod request;
mod scored_doc;
mod similar;
pub mod snippet;
pub mod split;
pub mod timeline;
mod undecided;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::article::Article;
use crate::error::Result;
use crate::index::Snapshot;
use crate::index::document::StoredArticle;
use crate::query::variants::NameVariants;
use crate::query::{Field, Node, Notice};

use dictionary::Dictionary;
use prepared::{Prepared, Ranked};
use reading::Reading;

pub use account::Account;
pub use collect::Sort;
pub use copies::{CopiesShown, CopyFound, CopyOf, copies_found, copies_of};
pub use correct::{Corrected, Correction, search_corrected};
pub use explain::Part;
pub use export::{Detail, Hits, all};
pub use forms::WordForms;
pub use limits::TotalIs;
pub use plan::{MOST_FORMS, WordCount};
pub use question::any_of;
pub use rank::Ranking;
pub use request::{SearchRequest, built_in_names};
pub use similar::{Similar, similar};
pub use snippet::Snippet;
pub use undecided::{Undecided, with_undated};

/// How much of a body is looked through for snippets, in bytes.
const SNIPPET_BYTES: usize = 1 << 20;

/// What there is to say about it.
#[derive(Debug, Clone)]
pub struct SearchResponse {
    /// Number of articles that match.
    pub total: u64,
    /// Whether that is exact.
    pub total_is: TotalIs,
    /// What a filter by date cannot decide.
    pub undecided: Undecided,
    /// The same with only one of copies counted, where only one of them is shown.
    pub distinct: Option<u64>,
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// What to know about how the query was read.
    pub notices: Vec<Notice>,
    /// Names that were searched in other spellings too: what was typed, then the others.
    pub spellings: Vec<Vec<String>>,
    /// What to know about how it was searched.
    pub remarks: Vec<String>,
    /// The words that were asked for, and how many articles hold each (see [`SearchRequest::count_words`]).
    pub words: Vec<WordCount>,
    /// What there is to know about the forms in which they were found.
    pub forms: Vec<WordForms>,
    /// Words that go with a question, which were looked for besides, the most telling first.
    pub related: Vec<String>,
    /// How long it took.
    pub took: Duration,
}

impl SearchResponse {
    /// What there is to know about it, with the notices of the query's own reading first.
    pub fn account(&self, reading: &[Notice]) -> Account {
        let notices = reading.iter().chain(&self.notices).map(|notice| notice.message.clone());
        let notices = notices.chain(self.remarks.iter().cloned()).collect();
        Account { total_is: self.total_is, undecided: self.undecided, notices }
    }
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
    /// The parts of its score, where they were asked for: they add up to it.
    pub explanation: Vec<Part>,
    /// Copies of it that match too and are not shown for themselves.
    pub copies: Vec<CopyFound>,
    /// Whether its text is not what was indexed.
    pub damaged: bool,
}

impl Hit {
    /// The file that the article was read from; of a member of an archive, the archive. `None` where its
    /// folder is not in the index any more.
    pub fn file(&self, snapshot: &Snapshot) -> Option<PathBuf> {
        snapshot.file_of(self.root, &self.article.path)
    }

    /// One whose matches nobody wants to see.
    fn bare(rank: usize, score: f32, stored: StoredArticle) -> Self {
        Self {
            rank,
            score,
            article: stored.article,
            root: stored.root,
            damaged: stored.damaged,
            headline_highlights: Vec::new(),
            snippets: Vec::new(),
            explanation: Vec::new(),
            copies: Vec::new(),
        }
    }

    fn new(
        rank: usize,
        score: f32,
        stored: StoredArticle,
        highlighter: Option<&mut highlight::Highlighter>,
    ) -> Self {
        let passages = match highlighter {
            Some(highlighter) => highlighter.passages(&stored.article, SNIPPET_BYTES),
            None => highlight::plain_passages(&stored.article, SNIPPET_BYTES),
        };
        let headline = passages.iter().find(|passage| passage.field == Field::Headline);
        Self {
            headline_highlights: headline
                .map(|passage| {
                    passage.highlights.iter().map(|highlight| (highlight.start, highlight.end)).collect()
                })
                .unwrap_or_default(),
            snippets: snippet::snippets(&passages),
            ..Self::bare(rank, score, stored)
        }
    }
}

/// Answers a request from a snapshot of the index.
///
/// ```
/// use newsearch::search::{SearchRequest, search};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let home = tempfile::tempdir()?;
/// # let (archive, index) = (home.path().join("archive"), home.path().join("index"));
/// # std::fs::create_dir(&archive)?;
/// # let weir = "---\ntitle: Weir mended\ndate: 2025-03-05\nsection: Local\n---\nIt holds again.\n";
/// # std::fs::write(archive.join("weir.md"), weir)?;
/// # newsearch::ingest::index(&index, &[&archive])?;
/// let snapshot = newsearch::index::Snapshot::open(&index)?;
/// let response = search(&snapshot, &SearchRequest::read("weir OR dam")?)?;
/// println!("{} articles", response.total);
/// for hit in &response.hits {
///     println!("{}. {}", hit.rank, hit.article.headline);
///     for snippet in &hit.snippets {
///         println!("   {}", snippet.text);
///     }
/// }
/// # assert_eq!((response.total, response.hits.len()), (1, 1));
/// # Ok(()) }
/// ```
pub fn search(snapshot: &Snapshot, request: &SearchRequest) -> Result<SearchResponse> {
    // On a thread that takes part in what all cores do: each step would wait for another to be woken
    // otherwise.
    rayon::scope(|_| answer(snapshot, request))
}

fn answer(snapshot: &Snapshot, request: &SearchRequest) -> Result<SearchResponse> {
    let start = Instant::now();
    let prepared = Prepared::new(snapshot, request)?;
    let ranked = prepared.ranked(request)?;
    let Account { total_is, undecided, notices: mut remarks } = prepared.account_of_search(request)?;
    let ages = collect::Ages::new(snapshot, &request.ranking)?;
    // Dividing the work costs more than one of them.
    let shown = ranked.kept.par_iter().enumerate().skip(request.offset).with_min_len(2);
    let hits = shown.map_init(
        || prepared.highlighter(),
        |highlighter, (at, kept)| {
            let mut hit = Hit::new(at + 1, kept.score, snapshot.article(kept.address)?, Some(highlighter));
            hit.copies = ranked.found.others_of(kept);
            if request.explain && kept.score > 0.0 {
                let recency = ages.factor_of(snapshot, kept.address)?;
                hit.explanation = explain::explain(&prepared, kept.address, recency)?;
            }
            Ok(hit)
        },
    );
    let hits: Vec<Hit> = hits.collect::<Result<_>>()?;
    let words = prepared.word_counts(request.count_words)?;
    match hits.iter().filter(|hit| hit.damaged).count() {
        0 => {}
        count => remarks.push(format!(
            "the index is damaged: the text of {count} of the articles shown is not what was indexed (`newsearch verify`)"
        )),
    }
    let Prepared { notices, spellings, forms, related, .. } = prepared;
    Ok(SearchResponse {
        total: ranked.total,
        total_is,
        undecided,
        distinct: ranked.distinct,
        hits,
        notices,
        spellings,
        remarks,
        words,
        forms,
        related,
        took: start.elapsed(),
    })
}

/// The ids and scores of the best articles, and nothing else: for measuring.
pub fn ranked_ids(snapshot: &Snapshot, request: &SearchRequest) -> Result<Vec<(String, f32)>> {
    let Ranked { kept, .. } = Prepared::new(snapshot, request)?.ranked(request)?;
    let kept = kept.get(request.offset..).unwrap_or_default();
    Ok(collect::ids(snapshot, kept)?.into_iter().zip(kept.iter().map(|kept| kept.score)).collect())
}

/// The article's passages with what `query` matches in it, names in the spellings of `names` too; without any
/// highlight where it does not match.
pub fn highlighted(
    snapshot: &Snapshot,
    article: &Article,
    query: &Node,
    names: Option<&NameVariants>,
) -> Vec<highlight::Passage> {
    let Reading { clause, .. } = reading::read(snapshot, &Dictionary::new(snapshot), names, query);
    highlight::Highlighter::new(clause).passages(article, usize::MAX)
}

/// What finds the places of a request's query in article after article.
pub fn highlighter(snapshot: &Snapshot, request: &SearchRequest) -> highlight::Highlighter {
    let dictionary = Dictionary::new(snapshot);
    let Reading { clause, .. } = reading::read(snapshot, &dictionary, request.names(), &request.query);
    highlight::Highlighter::new(clause)
}

/// The words of the archive, or of one of its fields, that are spelt most like `word`, at most `most`.
pub fn suggestions(
    snapshot: &Snapshot,
    word: &str,
    field: Option<Field>,
    most: usize,
) -> Result<Vec<String>> {
    let Some(field) = snapshot.fields().words_of(field) else { return Ok(Vec::new()) };
    Dictionary::new(snapshot).suggestions(word, field, most)
}
