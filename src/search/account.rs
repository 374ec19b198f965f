//! What there is to say about an answer besides its articles: whether its total is exact, and how it was
//! searched.

use crate::query::Notice;

use super::forms::WordForms;
use super::limits::TotalIs;
use super::plan::Planner;
use super::undecided::Undecided;

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
    pub(super) fn after(mut self, notices: &[Notice]) -> Self {
        self.notices.splice(0..0, notices.iter().map(|notice| notice.message.clone()));
        self
    }
}
