//! What could not be used: one file or record, and why. A problem is counted and listed; it never stops a run.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One file or record that could not be used, or not wholly.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// The file's path as it is shown to people.
    pub path: String,
    /// The record within the file, from 1, where the problem is one record's.
    pub record: Option<u32>,
    /// What kind of problem it is.
    pub kind: ProblemKind,
    /// What is wrong: lower case, no final period, names in backticks, cause after a colon.
    pub message: String,
}

/// What became of the thing that had the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProblemKind {
    /// It could not be read: nothing of it is in the index.
    Unreadable,
    /// It was left out on purpose: not a kind of file that holds articles.
    Skipped,
    /// It is in the index, but something about it is doubtful.
    Doubtful,
}

impl ProblemKind {
    /// The word used in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Skipped => "skipped",
            Self::Doubtful => "doubtful",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.path)?;
        if let Some(record) = self.record {
            write!(f, " record {record}")?;
        }
        write!(f, ": {}", self.message)
    }
}
