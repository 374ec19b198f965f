//! Long texts in the program that people read long texts in.

use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use super::terminal::Terminal;
use super::{Failure, paths};

/// What `less` does where nobody has told it otherwise: end where all fits on the screen, show colours, leave the text standing.
const LESS: &str = "FRX";

/// Shows a text in the pager on a terminal, else prints it.
pub fn show(text: &[u8], terminal: &Terminal) -> Result<(), Failure> {
    if terminal.stdout_is_terminal && paged(text, terminal) {
        return Ok(());
    }
    io::stdout().lock().write_all(text)?;
    Ok(())
}

/// Whether there is a pager, which then has shown the text.
fn paged(text: &[u8], terminal: &Terminal) -> bool {
    let mut words = terminal.pager.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if !paths::is_set("LESS") {
        command.env("LESS", LESS);
    }
    let Ok(mut child) = command.spawn() else { return false };
    if let Some(mut stdin) = child.stdin.take() {
        // Who leaves the pager before the end has read enough.
        let _ = stdin.write_all(text);
    }
    let _ = child.wait();
    true
}
