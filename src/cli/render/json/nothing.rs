//! Why nothing was found.

use newsearch::search::nothing::Explanation;
use serde::Serialize;

use super::super::nothing::Nothing;
use super::hit::{HitJson, hits_of};

/// Why nothing was found; only where that is so.
#[derive(Serialize)]
pub struct NothingJson<'a> {
    clauses: Vec<ClauseJson<'a>>,
    searched: u64,
    unreadable: u64,
    documents_not_read: u64,
    nearest: Vec<HitJson<'a>>,
}

#[derive(Serialize)]
struct ClauseJson<'a> {
    clause: &'a str,
    articles: u64,
    did_you_mean: &'a [String],
}

impl<'a> NothingJson<'a> {
    pub(super) fn new(nothing: &'a Nothing) -> Self {
        let Explanation { clauses, searched, unread, nearest } = &nothing.explanation;
        let clauses = clauses.iter().map(|part| ClauseJson {
            clause: &part.clause,
            articles: part.articles,
            did_you_mean: &part.did_you_mean,
        });
        Self {
            clauses: clauses.collect(),
            searched: *searched,
            unreadable: unread.files,
            documents_not_read: unread.documents,
            nearest: nearest.as_ref().map(|nearest| hits_of(nearest, &nothing.paths)).unwrap_or_default(),
        }
    }
}
