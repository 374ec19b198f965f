//! Why a command cannot go on. One message, and where there is one, a hint that says what to do.
//!
//! What only concerns one file is a [`Problem`](crate::problem::Problem) and stops nothing.

use std::path::{Path, PathBuf};

/// The result of what can stop a command.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command cannot go on. The text is lower case, without a final period, with names in backticks.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no index at this place.
    #[error("no index found at `{}`", .0.display())]
    NoIndex(PathBuf),
    /// The folder holds something, but no index.
    #[error("`{}` is not a newsearch index: {reason}", path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The index was built by rules that this build does not share.
    #[error("the index at `{}` was built with another {what} ({found}, this version has {expected})", path.display())]
    OtherVersion {
        /// The index.
        path: PathBuf,
        /// What differs: schema, analysis or index format.
        what: &'static str,
        /// What the index has.
        found: String,
        /// What this build has.
        expected: String,
    },
    /// Another process writes to the index.
    #[error("another newsearch is writing to `{}`{holder}", path.display())]
    Locked {
        /// The index.
        path: PathBuf,
        /// Who holds the lock, where that is known: ` (process 4711, since 12:04:05)`.
        holder: String,
    },
    /// A file of the index is missing or is not what was written.
    #[error("the index at `{}` is damaged: {reason}", path.display())]
    Damaged {
        /// The index.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The index cannot be written to.
    #[error("cannot write to the index at `{}`: {reason}", path.display())]
    CannotWrite {
        /// The index.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// A path given by the user does not exist or cannot be read.
    #[error("cannot read `{}`: {reason}", path.display())]
    CannotRead {
        /// The path.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// There is no article of this id.
    #[error("no article with the id `{0}`")]
    NoArticle(String),
    /// The query cannot be searched for.
    #[error("{0}")]
    Query(String),
    /// A file given by the user cannot be used.
    #[error("{0}")]
    Input(String),
    /// The run was interrupted before it was finished.
    #[error("interrupted: {}", if *kept { "what was read before the last commit is in the index" } else { "the index is as it was before" })]
    Interrupted {
        /// Whether the run had committed something before that.
        kept: bool,
    },
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NoIndex(_) => "build one with `newsearch index ./corpus`".to_owned(),
            Self::NotAnIndex { .. } => "name another folder with `--index DIR`".to_owned(),
            Self::Locked { .. } => "wait until it has finished; searching works in the meantime".to_owned(),
            Self::OtherVersion { .. } | Self::Damaged { .. } => {
                "build it anew from your files: `newsearch index --rebuild PATH`, with the folders they are in".to_owned()
            }
            Self::CannotWrite { .. } => {
                "the index is as the last commit made it; see that the disk has room and the folder is writable"
                    .to_owned()
            }
            Self::Interrupted { kept: true } => "run it again: it goes on from there".to_owned(),
            Self::NoArticle(_) => "type an id that stands under a hit, its number in the last answer, or its path".to_owned(),
            _ => return None,
        })
    }

    pub(crate) fn cannot_read(path: &Path, error: &std::io::Error) -> Self {
        Self::CannotRead { path: path.to_owned(), reason: plain_io(error) }
    }

    pub(crate) fn cannot_write(path: &Path, reason: impl std::fmt::Display) -> Self {
        Self::CannotWrite { path: path.to_owned(), reason: reason.to_string() }
    }
}

/// An input/output error in plain words, without the operating system's number.
pub fn plain_io(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::FileTooLarge => "the file would become larger than is allowed here".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => {
            let text = error.to_string();
            let plain = text.split(" (os error").next().unwrap_or(&text);
            let mut chars = plain.chars();
            chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
        }
    }
}
