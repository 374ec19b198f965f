//! Why nothing was found: looked up by every command whose answer can be empty, and said in one way.

use std::io;

use newsearch::error::Error;
use newsearch::index::Snapshot;
use newsearch::search::SearchRequest;
use newsearch::search::nothing::explain_nothing;

use super::outcome::Failure;
use super::paths;
use super::render::nothing::Nothing;
use super::terminal::Terminal;

/// How many articles with most of the words are shown where none holds all.
const NEAREST: usize = 3;

/// Why a request found nothing; `None` where it found something.
pub fn explain(snapshot: &Snapshot, request: &SearchRequest, total: u64) -> Result<Option<Nothing>, Error> {
    if total > 0 {
        return Ok(None);
    }
    let explanation = explain_nothing(snapshot, request, NEAREST)?;
    let hits = explanation.nearest.as_ref().map(|nearest| nearest.hits.as_slice()).unwrap_or_default();
    let paths = paths::of_hits(hits, &snapshot.roots());
    Ok(Some(Nothing { explanation, paths }))
}

/// Says it beside an answer that is read by programs.
pub fn warn(nothing: Option<&Nothing>, terminal: &Terminal) -> Result<(), Failure> {
    let Some(nothing) = nothing else { return Ok(()) };
    nothing.parts(&mut io::stderr().lock(), 0, terminal)
}
