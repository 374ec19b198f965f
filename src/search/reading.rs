//! What a query means in one archive: its clauses, with names meaning themselves only.
//!
//! The one place where a query becomes what is searched: search, counts, exports and highlights all go by it.

use crate::index::Snapshot;
use crate::query::analysis::Analysis;
use crate::query::clause::Clause;
use crate::query::{NameVariants, Node, Notice};

use super::dictionary::Dictionary;
use super::forms::WordForms;
use super::limits::{self, TotalIs};
use super::names::Names;

/// A query, read.
pub(super) struct Reading {
    pub clause: Clause,
    /// What there is to know about it.
    pub notices: Vec<Notice>,
    /// Names that are searched in other spellings too.
    pub spellings: Vec<Vec<String>>,
    /// Words that are names in this archive.
    pub names: Vec<WordForms>,
    /// What it leaves out makes of a total.
    pub total_is: TotalIs,
}

/// Reads a query, names in the spellings of `variants` too.
pub(super) fn read(
    snapshot: &Snapshot,
    dictionary: &Dictionary<'_>,
    variants: Option<&NameVariants>,
    query: &Node,
) -> Reading {
    let mut analysis = Analysis::with_variants(variants).with_lexicon(dictionary);
    let mut clause = analysis.clause(query);
    let mut known = Names::new(snapshot, dictionary);
    let mut names: Vec<WordForms> = Vec::new();
    clause.each_word_mut(&mut |leaf| {
        // What cannot be read is no name; planning the same words says that it cannot be read.
        if let Ok(Some(name)) = known.narrow(leaf)
            && !names.iter().any(|other| other.word == name.word)
        {
            names.push(name);
        }
    });
    let total_is = if analysis.ways_left_out { limits::of_ways_left_out(&clause) } else { TotalIs::Exact };
    Reading { clause, notices: analysis.notices, spellings: analysis.spellings, names, total_is }
}
