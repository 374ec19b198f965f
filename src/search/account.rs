//! What there is to say about an answer besides its articles: whether its total is exact, what was searched, in how many articles
//! each word stands.

use crate::error::Result;
use crate::query::Notice;

use super::collect::{Sort, collect};
use super::limits::{self, TotalIs};
use super::plan::{Plan, PlannedWord, Planner, WordCount, WordForms};
use super::prepared::Prepared;
use super::{SearchRequest, Undecided};

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
    pub(super) fn new(read: TotalIs, planner: &Planner<'_>, names: &[WordForms]) -> Self {
        let absent = planner.forms.iter().filter_map(WordForms::absent);
        let narrowed = names.iter().filter_map(WordForms::narrowed);
        Self {
            total_is: read.or(planner.total_is),
            undecided: Undecided::default(),
            notices: planner.notices.iter().cloned().chain(absent).chain(narrowed).collect(),
        }
    }

    /// The same after what there was to know about the query itself.
    fn after(mut self, notices: &[Notice]) -> Self {
        self.notices.splice(0..0, notices.iter().map(|notice| notice.message.clone()));
        self
    }
}

impl Prepared<'_> {
    /// What to know about how it was searched, once the articles have been gone through, and what they lack.
    pub(super) fn account_of_search(&self, request: &SearchRequest) -> Result<Account> {
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
    pub(super) fn account(&self, request: &SearchRequest) -> Result<Account> {
        Ok(self.account_of_search(request)?.after(&self.notices))
    }

    /// In how many articles the words stand: counted, or about.
    pub(super) fn word_counts(&self, counted: bool) -> Result<Vec<WordCount>> {
        let count = |word: &PlannedWord| {
            let mut articles = word.doc_freq;
            if counted {
                let plan = Plan::Word(word.clone());
                articles = collect(&plan, self.snapshot, &self.norms, Sort::Newest, 0, None)?.total;
            }
            Ok(WordCount { word: word.name.clone(), articles })
        };
        self.words.iter().map(count).collect()
    }
}
