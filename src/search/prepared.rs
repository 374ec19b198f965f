//! A request made ready: read, looked up in one index and, where it is a question, with the words that go
//! with it.
//!
//! Searching, counting, exporting and explaining all begin here, so that none can mean another thing than the
//! others.

use crate::analysis::search_keys;
use crate::analysis::tokenize::Kind;
use crate::error::Result;
use crate::index::Snapshot;
use crate::query::Notice;
use crate::query::clause::{Clause, Rewrite as _, Terms};

use super::account::Account;
use super::collect::{self, Collected, Sort};
use super::copies::{Found, Grouped};
use super::cursor::FieldNorms;
use super::dictionary::Dictionary;
use super::forms::WordForms;
use super::highlight::Highlighter;
use super::limits::{self, TotalIs};
use super::plan::{Plan, PlannedWord, Planner};
use super::reading::{Reading, read};
use super::scored_doc::ScoredDoc;
use super::undecided::Undecided;
use super::{CopiesShown, SearchRequest, WordCount, feedback};

/// What decides which articles match, and what each is worth.
pub(super) struct Prepared<'a> {
    pub snapshot: &'a Snapshot,
    pub clause: Clause,
    pub plan: Plan,
    pub norms: FieldNorms,
    /// Words that go with a question, the most telling first.
    pub related: Vec<String>,
    /// The words that are asked for.
    pub words: Vec<PlannedWord>,
    /// What there is to know about the forms in which they are found.
    pub forms: Vec<WordForms>,
    /// What there is to know about how the query was read.
    pub notices: Vec<Notice>,
    /// Names that are searched in other spellings too.
    pub spellings: Vec<Vec<String>>,
    /// What there is to know about how it is searched.
    pub account: Account,
}

/// The articles that match, the best first.
pub(super) struct Ranked {
    pub total: u64,
    pub distinct: Option<u64>,
    pub kept: Vec<ScoredDoc>,
    pub found: Found,
}

impl<'a> Prepared<'a> {
    pub fn new(snapshot: &'a Snapshot, request: &SearchRequest) -> Result<Self> {
        let dictionary = Dictionary::new(snapshot);
        let Reading { clause, notices, spellings, names, total_is } =
            read(snapshot, &dictionary, request.names(), &request.query);
        let mut planner = Planner::new(snapshot, &dictionary);
        let norms = FieldNorms::new(snapshot, &request.ranking)?;
        let plan = planner.clause(&clause)?;
        let account = Account::new(total_is, &planner, &names);
        let Planner { words, mut forms, .. } = planner;
        forms.extend(names);
        let related = Vec::new();
        let mut prepared =
            Self { snapshot, clause, plan, norms, related, words, forms, notices, spellings, account };
        // Where the order does not say which articles are better, what only goes with the words would come
        // between them.
        if request.question && request.sort == Sort::Relevance {
            prepared.ask_as_question()?;
        }
        prepared.plan.put_typed_form_first(snapshot.fields(), &request.ranking);
        Ok(prepared)
    }

    /// Takes the words as those of a question, and adds the words that go with them in the best articles.
    fn ask_as_question(&mut self) -> Result<()> {
        let ranking = self.norms.ranking();
        let plan = std::mem::replace(&mut self.plan, Plan::Nothing).into_question(Vec::new());
        let weight = plan.weight();
        if ranking.related == 0.0 || weight == 0.0 {
            self.plan = plan;
            return Ok(());
        }
        let (snapshot, most) = (self.snapshot, ranking.related_articles);
        let Collected { kept: best, .. } =
            collect::collect(&plan, snapshot, &self.norms, Sort::Relevance, most, None)?;
        let text = self.norms.of(snapshot.fields().text);
        let words = feedback::related(snapshot, ranking, &text, &best, weight)?;
        let mut typed = Vec::new();
        self.clause.each_word(&mut |leaf| match &leaf.terms {
            Terms::Keys(keys) => typed.extend(keys.iter().cloned()),
            Terms::Name { keys, .. } => {
                typed.extend(keys.iter().cloned().chain(search_keys(&leaf.form, Kind::Word)));
            }
            _ => {}
        });
        let others = words.iter().filter(|word| !typed.contains(&word.key));
        self.related = others.map(|word| word.word.clone()).collect();
        self.plan = plan.into_question(words.into_iter().map(feedback::Related::plan).collect());
        Ok(())
    }

    /// The best articles, as many as are to be shown and passed over.
    pub fn ranked(&self, request: &SearchRequest) -> Result<Ranked> {
        let sort = match request.sort {
            // Where nothing makes one article better than another, the newest comes first.
            Sort::Relevance if !self.asks_for_words() => Sort::Newest,
            sort => sort,
        };
        let keep = if request.limit == 0 { 0 } else { request.offset.saturating_add(request.limit) };
        let grouped = Grouped::open(self.snapshot, request.copies)?;
        let Collected { total, found, kept } =
            collect::collect(&self.plan, self.snapshot, &self.norms, sort, keep, grouped.as_ref())?;
        let distinct = (request.copies != CopiesShown::All).then_some(total - found.others());
        Ok(Ranked { total, distinct, kept, found })
    }

    /// Whether anything is asked for that articles are more or less about.
    fn asks_for_words(&self) -> bool {
        let mut any = false;
        self.clause.each_word(&mut |_| any = true);
        any
    }

    /// What finds the query's matches in an article.
    pub fn highlighter(&self) -> Highlighter {
        Highlighter::new(self.clause.clone())
    }

    /// What to know about how it was searched, once the articles have been gone through, and what they lack.
    pub fn account_of_search(&self, request: &SearchRequest) -> Result<Account> {
        let mut account = self.account.clone();
        if request.count_undecided {
            account.undecided = Undecided::count(self.snapshot, request)?;
        }
        let of_places = limits::of(&self.clause);
        if self.norms.places_left_out() && of_places != TotalIs::Exact {
            account.total_is = account.total_is.or(of_places);
            account.notices.push(limits::MESSAGE.to_owned());
        }
        Ok(account)
    }

    /// The same after what there is to know about how the query was read.
    pub fn account(&self, request: &SearchRequest) -> Result<Account> {
        Ok(self.account_of_search(request)?.after(&self.notices))
    }

    /// In how many articles the words stand: counted, or about.
    pub fn word_counts(&self, counted: bool) -> Result<Vec<WordCount>> {
        let count = |word: &PlannedWord| {
            let mut articles = word.doc_freq;
            if counted {
                let plan = Plan::Word(word.clone());
                articles = collect::collect(&plan, self.snapshot, &self.norms, Sort::Newest, 0, None)?.total;
            }
            Ok(WordCount { word: word.name.clone(), articles })
        };
        self.words.iter().map(count).collect()
    }
}
