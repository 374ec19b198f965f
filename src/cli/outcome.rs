//! What a command ends with.

use std::io;

use newsearch::error::Error;

/// What a command ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something was found, or the work is done.
    Done,
    /// Nothing was found.
    Nothing,
}

/// Why a command ends early.
#[derive(Debug)]
pub enum Failure {
    /// It cannot go on.
    Error(Error),
    /// The words were wrong: a message and what to do.
    Usage(String, Option<String>),
    /// Nobody reads what it writes any more: no failure at all.
    ClosedPipe,
    /// What it writes cannot be written.
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::ClosedPipe } else { Self::Output(error) }
    }
}

/// The result of a command.
pub type CommandResult = Result<Outcome, Failure>;
