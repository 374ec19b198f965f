//! What every answer to a query begins with.

use newsearch::search::Account;
use serde::Serialize;

use super::super::nothing::Nothing;
use super::nothing::NothingJson;

/// What every answer to a query begins with.
#[derive(Serialize)]
pub struct Head<'a> {
    query: &'a str,
    read_as: Option<&'a str>,
    total: Option<u64>,
    total_is: Option<&'static str>,
    undated_matching: Option<u64>,
    partly_dated_matching: Option<u64>,
    notices: &'a [String],
    nothing_found: Option<NothingJson<'a>>,
}

impl<'a> Head<'a> {
    /// Of a query, as it was typed and as it was read, that was asked.
    pub fn new(
        (query, read_as): (&'a str, &'a str),
        total: u64,
        account: &'a Account,
        nothing: Option<&'a Nothing>,
    ) -> Self {
        Self {
            query,
            read_as: Some(read_as),
            total: Some(total),
            total_is: Some(account.total_is.as_str()),
            undated_matching: Some(account.undecided.undated),
            partly_dated_matching: Some(account.undecided.partial),
            notices: &account.notices,
            nothing_found: nothing.map(NothingJson::new),
        }
    }

    /// Of one that could not be asked.
    pub(super) fn not_asked(query: &'a str) -> Self {
        Self {
            query,
            read_as: None,
            total: None,
            total_is: None,
            undated_matching: None,
            partly_dated_matching: None,
            notices: &[],
            nothing_found: None,
        }
    }
}
