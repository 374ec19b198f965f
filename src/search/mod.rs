//! Request → response: which articles match, in which order, and the places in them that say why.
//!
//! Asking can never write: nothing here knows of the index's writer or of files of articles.

mod automaton;
pub mod bylines;
mod collect;
mod copies;
mod correct;
pub mod coverage;
mod cursor;
mod dictionary;
pub mod evidence;
mod explain;
mod export;
pub mod facets;
mod feedback;
mod files;
mod forms;
mod limits;
mod matches;
pub mod mentions;
mod names;
pub mod nothing;
pub mod overview;
mod plan;
mod question;
pub mod rank;
mod reading;
pub mod receipt;
mod request;
mod similar;
pub mod snippet;
pub mod split;
pub mod timeline;
mod undecided;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::analysis::search_keys;
use crate::analysis::segment::Kind;
use crate::article::Article;
use crate::error::Result;
use crate::index::Snapshot;
use crate::index::document::StoredArticle;
use crate::index::rows;
use crate::query::clause::{Clause, Terms};
use crate::query::variants::NameVariants;
use crate::query::{Field, Node, Notice};

use dictionary::Dictionary;
use reading::Reading;

pub use collect::Sort;
pub use copies::{CopiesShown, CopyFound, CopyOf, copies_found, copies_of};
pub use correct::{Corrected, Correction, search_corrected};
pub use explain::Part;
pub use export::{Detail, Hits, all};
pub use limits::TotalIs;
pub use plan::{MOST_FORMS, WordCount, WordForms};
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
    /// The file that the article was read from; of a member of an archive, the archive. `None` where its folder is not in the index any
    /// more.
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

    fn new(rank: usize, score: f32, stored: StoredArticle, finder: Option<&mut evidence::Finder>) -> Self {
        let rows = match finder {
            Some(finder) => finder.rows(&stored.article, SNIPPET_BYTES),
            None => evidence::plain_rows(&stored.article, SNIPPET_BYTES),
        };
        let headline = rows.iter().find(|row| row.part == rows::Part::Headline);
        Self {
            headline_highlights: headline
                .map(|row| row.marks.iter().map(|mark| (mark.start, mark.end)).collect())
                .unwrap_or_default(),
            snippets: snippet::snippets(&rows),
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
    // On a thread that takes part in what all cores do: each step would wait for another to be woken otherwise.
    rayon::scope(|_| answer(snapshot, request))
}

fn answer(snapshot: &Snapshot, request: &SearchRequest) -> Result<SearchResponse> {
    let start = Instant::now();
    let dictionary = Dictionary::new(snapshot);
    let Reading { clause, notices, spellings, names, total_is } =
        reading::read(snapshot, &dictionary, request.names(), &request.query);
    let mut planner = plan::Planner::new(snapshot, &dictionary);
    let ranked = rank_articles(snapshot, request, &clause, &mut planner)?;
    let account = Account::new(total_is, &planner, &names);
    let Account { total_is, undecided, notices: mut remarks } =
        account.walked(&ranked.norms, &clause, snapshot, request)?;
    let Ranked { kept, plan, norms, .. } = &ranked;
    let ages = collect::Ages::new(snapshot, &request.ranking)?;
    let finder = evidence::Finder::new(clause);
    // Dividing the work costs more than one of them.
    let shown = kept.par_iter().enumerate().skip(request.offset).with_min_len(2);
    let hits = shown.map_init(
        || finder.clone(),
        |finder, (at, kept)| {
            let mut hit = Hit::new(at + 1, kept.score, snapshot.article(kept.address)?, Some(finder));
            hit.copies = ranked.found.others_of(kept);
            if request.explain && kept.score > 0.0 {
                let recency = ages.factor_of(snapshot, kept.address)?;
                hit.explanation = explain::explain(plan, snapshot, norms, kept.address, recency)?;
            }
            Ok(hit)
        },
    );
    let hits: Vec<Hit> = hits.collect::<Result<_>>()?;
    let words = words_asked(snapshot, norms, planner.words, request.count_words)?;
    match hits.iter().filter(|hit| hit.damaged).count() {
        0 => {}
        count => remarks.push(format!(
            "the index is damaged: the text of {count} of the articles shown is not what was indexed (`newsearch verify`)"
        )),
    }
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
        forms: planner.forms.into_iter().chain(names).collect(),
        related: ranked.related,
        took: start.elapsed(),
    })
}

/// What to know about how a query was searched.
#[derive(Debug, Clone)]
pub struct Account {
    /// Whether totals are exact.
    pub total_is: TotalIs,
    /// What a filter by date cannot decide.
    pub undecided: Undecided,
    /// The rest, in plain words.
    pub notices: Vec<String>,
}

impl Account {
    /// Of a query as it was read and planned.
    fn new(read: TotalIs, planner: &plan::Planner<'_>, names: &[WordForms]) -> Self {
        let absent = planner.forms.iter().filter_map(WordForms::absent);
        let narrowed = names.iter().filter_map(WordForms::narrowed);
        Self {
            total_is: read.or(planner.total_is),
            undecided: Undecided::default(),
            notices: planner.notices.iter().cloned().chain(absent).chain(narrowed).collect(),
        }
    }

    /// With what has come up while the articles were gone through, and what they lack.
    fn walked(
        mut self,
        norms: &cursor::FieldNorms,
        clause: &Clause,
        snapshot: &Snapshot,
        request: &SearchRequest,
    ) -> Result<Self> {
        if request.count_undecided {
            self.undecided = Undecided::count(snapshot, request)?;
        }
        if norms.places_left_out() && limits::of(clause) != TotalIs::Exact {
            self.total_is = self.total_is.or(limits::of(clause));
            self.notices.push(limits::MESSAGE.to_owned());
        }
        Ok(self)
    }

    /// The same after what there was to know about the query itself.
    fn after(mut self, notices: &[Notice]) -> Self {
        self.notices.splice(0..0, notices.iter().map(|notice| notice.message.clone()));
        self
    }
}

/// In how many articles the words stand: counted, or about.
fn words_asked(
    snapshot: &Snapshot,
    norms: &cursor::FieldNorms,
    words: Vec<plan::PlannedWord>,
    counted: bool,
) -> Result<Vec<WordCount>> {
    let count = |word: plan::PlannedWord| {
        let (name, mut articles) = (word.name.clone(), word.doc_freq);
        if counted {
            articles =
                collect::collect(&plan::Plan::Word(word), snapshot, norms, Sort::Newest, 0, None)?.total;
        }
        Ok(WordCount { word: name, articles })
    };
    words.into_iter().map(count).collect()
}

/// The articles that match, the best first.
struct Ranked {
    total: u64,
    distinct: Option<u64>,
    kept: Vec<collect::Kept>,
    found: copies::Found,
    related: Vec<String>,
    plan: plan::Plan,
    norms: cursor::FieldNorms,
}

fn rank_articles(
    snapshot: &Snapshot,
    request: &SearchRequest,
    clause: &Clause,
    planner: &mut plan::Planner<'_>,
) -> Result<Ranked> {
    let Planned { plan, related, norms } = plan_articles(snapshot, request, clause, planner)?;
    let sort = if asks_for_words(clause) { request.sort } else { by_date(request.sort) };
    let keep = if request.limit == 0 { 0 } else { request.offset.saturating_add(request.limit) };
    let grouped = copies::Grouped::open(snapshot, request.copies)?;
    let collect::Collected { total, found, kept } =
        collect::collect(&plan, snapshot, &norms, sort, keep, grouped.as_ref())?;
    let distinct = (request.copies != CopiesShown::All).then_some(total - found.others());
    Ok(Ranked { total, distinct, kept, found, related, plan, norms })
}

/// What decides which articles match, and what each is worth.
struct Planned {
    plan: plan::Plan,
    related: Vec<String>,
    norms: cursor::FieldNorms,
}

fn plan_articles(
    snapshot: &Snapshot,
    request: &SearchRequest,
    clause: &Clause,
    planner: &mut plan::Planner<'_>,
) -> Result<Planned> {
    let ranking = &request.ranking;
    let norms = cursor::FieldNorms::new(snapshot, ranking)?;
    let mut plan = planner.plan(clause)?;
    let mut related = Vec::new();
    // Where the order does not say which articles are better, what only goes with the words would come between them.
    if request.question && request.sort == Sort::Relevance {
        plan = plan.into_question(Vec::new());
        let weight = plan.weight();
        if ranking.related > 0.0 && weight > 0.0 {
            let collect::Collected { kept: best, .. } =
                collect::collect(&plan, snapshot, &norms, Sort::Relevance, ranking.related_articles, None)?;
            let text = norms.of(snapshot.fields().text);
            let words = feedback::related(snapshot, ranking, &text, &best, weight)?;
            let mut typed = Vec::new();
            clause.each_leaf(&mut |leaf| match &leaf.terms {
                Terms::Keys(keys) => typed.extend(keys.iter().cloned()),
                Terms::Name { keys, .. } => {
                    typed.extend(keys.iter().cloned().chain(search_keys(&leaf.form, Kind::Word)));
                }
                _ => {}
            });
            let others = words.iter().filter(|word| !typed.contains(&word.key));
            related = others.map(|word| word.word.clone()).collect();
            plan = plan.into_question(words.into_iter().map(feedback::Related::plan).collect());
        }
    }
    plan.put_typed_form_first(snapshot.fields(), ranking);
    Ok(Planned { plan, related, norms })
}

/// The ids and scores of the best articles, and nothing else: for measuring.
pub fn ranked_ids(snapshot: &Snapshot, request: &SearchRequest) -> Result<Vec<(String, f32)>> {
    let dictionary = Dictionary::new(snapshot);
    let Reading { clause, .. } = reading::read(snapshot, &dictionary, request.names(), &request.query);
    let mut planner = plan::Planner::new(snapshot, &dictionary);
    let Ranked { kept, .. } = rank_articles(snapshot, request, &clause, &mut planner)?;
    let kept = kept.get(request.offset..).unwrap_or_default();
    Ok(collect::ids(snapshot, kept)?.into_iter().zip(kept.iter().map(|kept| kept.score)).collect())
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
    let Reading { clause, .. } = reading::read(snapshot, &dictionary, names, query);
    evidence::Finder::new(clause).rows(article, usize::MAX)
}

/// What finds the places of a request's query in article after article.
pub fn finder(snapshot: &Snapshot, request: &SearchRequest) -> evidence::Finder {
    let dictionary = Dictionary::new(snapshot);
    let Reading { clause, .. } = reading::read(snapshot, &dictionary, request.names(), &request.query);
    evidence::Finder::new(clause)
}

/// The words of the archive, or of one of its fields, that are spelt most like `word`, at most `most`.
pub fn suggestions(
    snapshot: &Snapshot,
    word: &str,
    field: Option<Field>,
    most: usize,
) -> Result<Vec<String>> {
    let fields = snapshot.fields();
    let field = match field {
        None | Some(Field::Body) => fields.text,
        Some(Field::Headline) => fields.headline_words,
        Some(Field::Author) => fields.author_words,
        Some(Field::Section) => fields.section_words,
        Some(Field::Publication) => fields.publication_words,
        Some(Field::Url) => fields.url_words,
        Some(Field::Path | Field::Source | Field::Id) => return Ok(Vec::new()),
    };
    Dictionary::new(snapshot).suggestions(word, field, most)
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
