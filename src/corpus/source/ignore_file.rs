//! `.newsearchignore`: what the people who keep an archive leave out of it, in gitignore syntax
//! (gitignore(5)). A file of that name holds for its folder and all below; the deepest one that says anything
//! about a path decides.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::corpus::source::path_text::shown;
use crate::problem::{Problem, ProblemKind};

/// The name of the files.
pub(crate) const NAME: &str = ".newsearchignore";

/// The most that one may hold, in bytes.
const LARGEST: u64 = 1 << 20;

/// The ignore files of a folder and of those around it, from the outermost to the innermost.
#[derive(Debug, Default)]
pub(crate) struct IgnoreFiles {
    stack: Vec<(PathBuf, Gitignore)>,
}

impl IgnoreFiles {
    /// Takes in what the ignore file of `folder` says, if there is one; the folders that `folder` does not
    /// lie in are left.
    pub fn enter(&mut self, folder: &Path, problems: &mut Vec<Problem>) {
        self.stack.retain(|(around, _)| folder.starts_with(around));
        let path = folder.join(NAME);
        let text = match read(&path) {
            Ok(Some(text)) => text,
            Ok(None) => return,
            Err(message) => {
                problems.push(problem(&path, ProblemKind::Unreadable, message));
                return;
            }
        };
        let mut builder = GitignoreBuilder::new(folder);
        for (number, line) in text.lines().enumerate() {
            if let Err(error) = builder.add_line(None, line) {
                let message = format!("line {} is no pattern: {error}", number + 1);
                problems.push(problem(&path, ProblemKind::Doubtful, message));
            }
        }
        match builder.build() {
            Ok(patterns) => self.stack.push((folder.to_owned(), patterns)),
            Err(error) => {
                problems.push(problem(&path, ProblemKind::Unreadable, format!("cannot be used: {error}")));
            }
        }
    }

    /// The pattern by which `path` is left out, where it is.
    pub fn leaves_out(&self, path: &Path, is_folder: bool) -> Option<&str> {
        let around = self.stack.iter().rev().filter(|(folder, _)| path.starts_with(folder));
        for (_, patterns) in around {
            match patterns.matched(path, is_folder) {
                Match::Ignore(glob) => return Some(glob.original()),
                Match::Whitelist(_) => return None,
                Match::None => {}
            }
        }
        None
    }
}

/// The file's text; `None` where there is no such file.
fn read(path: &Path) -> Result<Option<String>, String> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        // That a folder cannot be looked into is told where it is walked.
        Err(_) if path.symlink_metadata().is_err() => return Ok(None),
        Err(error) => return Err(super::io_text(&error)),
    };
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| super::io_text(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("is larger than {} MB", LARGEST >> 20));
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned()))
}

fn problem(path: &Path, kind: ProblemKind, message: String) -> Problem {
    Problem { path: shown(path), record: None, kind, message, count: 1 }
}
