//! What could not be used: one file or record, and why. A problem is counted and listed; it never stops a
//! run.

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
    /// How many records it stands for: 1, or more where so many had problems that not each is listed.
    pub count: u64,
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
            Self::Skipped => "left_out",
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
        match self.count {
            0 | 1 => write!(f, ": {}", self.message),
            more => write!(f, ": {more} more records like these: {}", self.message),
        }
    }
}

/// How many problems of one path and kind are listed one by one.
pub const LISTED_OF_A_PATH: u64 = 100;

/// How many of one kind are, of all that lies in a file.
const LISTED_OF_A_FILE: u64 = 10_000;

/// How many reasons are told apart among those that are only counted.
const REASONS: usize = 20;

/// What goes through it is a file's problems: the first of each kind come out as they are, the others are
/// counted.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    path: String,
    of_path: [u64; 3],
    of_file: [u64; 3],
    counted: Vec<Problem>,
}

impl Tally {
    /// The problem, where it is to be listed.
    pub fn sift(&mut self, problem: Problem) -> Option<Problem> {
        if problem.path != self.path {
            self.path.clone_from(&problem.path);
            self.of_path = [0; 3];
        }
        let kind = problem.kind as usize;
        if let (Some(of_path), Some(of_file)) = (self.of_path.get_mut(kind), self.of_file.get_mut(kind))
            && problem.count == 1
            && *of_path < LISTED_OF_A_PATH
            && *of_file < LISTED_OF_A_FILE
        {
            *of_path += 1;
            *of_file += 1;
            return Some(problem);
        }
        self.count(problem);
        None
    }

    fn count(&mut self, problem: Problem) {
        let of_kind = |counted: &&mut Problem| counted.kind == problem.kind;
        let reasons = self.counted.iter().filter(|counted| counted.kind == problem.kind).count();
        let same = self.counted.iter_mut().filter(of_kind).find(|counted| counted.message == problem.message);
        let counted = match same {
            Some(same) => Some(same),
            None if reasons <= REASONS => None,
            None => self.counted.iter_mut().rev().find(of_kind),
        };
        let Some(counted) = counted else {
            let message = if reasons < REASONS { problem.message } else { "other reasons".to_owned() };
            self.counted.push(Problem { record: None, message, ..problem });
            return;
        };
        counted.count = counted.count.saturating_add(problem.count);
        // Records of several members of an archive are the archive's.
        if counted.path != problem.path
            && let Some((archive, _)) = counted.path.split_once("!/")
        {
            counted.path = archive.to_owned();
        }
    }

    /// The problems that were counted, one for each kind and reason.
    pub fn counted(&mut self) -> impl Iterator<Item = Problem> {
        std::mem::take(&mut self.counted).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(path: &str, kind: ProblemKind, message: &str) -> Problem {
        Problem { path: path.into(), record: Some(7), kind, message: message.into(), count: 1 }
    }

    /// What is listed, and what is said of the rest.
    fn sifted(problems: impl Iterator<Item = Problem>) -> (usize, Vec<String>) {
        let mut tally = Tally::default();
        let listed = problems.filter_map(|problem| tally.sift(problem)).count();
        (listed, tally.counted().map(|problem| problem.to_string()).collect())
    }

    #[test]
    fn after_the_first_they_are_counted_by_kind_and_reason() {
        let kinds = [ProblemKind::Unreadable, ProblemKind::Skipped];
        let all = (0..600).map(|n| problem("a.jsonl", kinds[n % 2], ["no text", "no date"][n / 2 % 2]));
        let (listed, counted) = sifted(all);
        assert_eq!(listed, 200);
        assert_eq!(
            counted,
            [
                "`a.jsonl`: 100 more records like these: no text",
                "`a.jsonl`: 100 more records like these: no text",
                "`a.jsonl`: 100 more records like these: no date",
                "`a.jsonl`: 100 more records like these: no date",
            ]
        );
    }

    #[test]
    fn reasons_without_number_are_counted_together() {
        let all =
            (0..1000).map(|n| problem("a.jsonl", ProblemKind::Unreadable, &format!("at character {n}")));
        let (listed, counted) = sifted(all);
        assert_eq!((listed, counted.len()), (100, 21));
        assert_eq!(
            counted.last().map(String::as_str),
            Some("`a.jsonl`: 880 more records like these: other reasons")
        );
    }

    #[test]
    fn members_of_an_archive_are_listed_each_up_to_a_number() {
        let member = |n: usize| problem(&format!("a.zip!/{n}.txt"), ProblemKind::Unreadable, "empty");
        let (listed, counted) = sifted((0..12_000).map(member));
        assert_eq!((listed, counted), (10_000, vec!["`a.zip`: 2000 more records like these: empty".into()]));
    }

    #[test]
    fn what_was_counted_before_is_counted_on() {
        let counted = Problem { count: 50, ..problem("a.jsonl", ProblemKind::Skipped, "no text") };
        let (listed, counted) = sifted([counted.clone(), counted].into_iter());
        assert_eq!((listed, counted), (0, vec!["`a.jsonl`: 100 more records like these: no text".into()]));
    }
}
