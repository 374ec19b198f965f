//! `newsearch completions`: what a shell wants to know, made from the options themselves.

use std::io::{self, Write as _};

use super::arguments::{CompletionsArguments, command};
use super::{CommandResult, Outcome};

/// Writes the completions of one shell.
pub fn completions(arguments: &CompletionsArguments) -> CommandResult {
    // Made in memory: the generator does not expect that nobody reads what it writes.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "newsearch", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}
