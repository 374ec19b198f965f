//! Long texts in the program that people read long texts in.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::outcome::Failure;
use super::terminal::Terminal;
use super::{interrupt, paths};

/// What `less` does where nobody has told it otherwise: end where all fits on the screen, show colours, leave
/// the text standing.
const LESS: &str = "FRX";

/// The places in a text that `less` goes to, the next one by `n`.
pub struct Places {
    /// What they look like, as a regular expression.
    pub pattern: &'static str,
    /// The line of the first, from 1.
    pub first: usize,
}

/// The line that `less` shows a place in at most, so that what stands before it stays in sight.
const LINES_BEFORE: usize = 8;

/// Where an answer goes: to people in the pager where it is longer than the screen, to programs as it is
/// made.
pub fn output<'a>(is_for_people: bool, terminal: &'a Terminal) -> Box<dyn Write + 'a> {
    if is_for_people && terminal.stdout_is_terminal {
        Box::new(Paged { text: Vec::new(), terminal })
    } else {
        Box::new(BufWriter::new(io::stdout().lock()))
    }
}

/// A text that is collected until it is flushed.
struct Paged<'a> {
    text: Vec<u8>,
    terminal: &'a Terminal,
}

impl Write for Paged<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.text);
        if !fits(&text, self.terminal) && paged(&text, None, self.terminal) {
            return Ok(());
        }
        io::stdout().lock().write_all(&text)
    }
}

fn fits(text: &[u8], terminal: &Terminal) -> bool {
    text.iter().filter(|byte| **byte == b'\n').count() < terminal.height
}

/// Shows a text in the pager on a terminal, else prints it.
pub fn show(text: &[u8], places: Option<&Places>, terminal: &Terminal) -> Result<(), Failure> {
    if terminal.stdout_is_terminal && paged(text, places, terminal) {
        return Ok(());
    }
    io::stdout().lock().write_all(text)?;
    Ok(())
}

/// Whether there is a pager, which then has shown the text.
fn paged(text: &[u8], places: Option<&Places>, terminal: &Terminal) -> bool {
    let mut words = terminal.pager.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if !paths::is_set("LESS") {
        command.env("LESS", LESS);
    }
    let is_less = Path::new(program).file_stem().is_some_and(|name| name == "less");
    // What fits on the screen is not gone through, and `less` would fill the screen up below it.
    if is_less {
        // Whoever has set LESS may not have thought of colours.
        command.arg("-R");
    }
    if let Some(places) = places.filter(|_| is_less && !fits(text, terminal)) {
        command.arg(format!("--jump-target={}", places.first.min(LINES_BEFORE)));
        command.arg(format!("--pattern={}", places.pattern));
    }
    // Ctrl-C is the pager's: who presses it there must not be left with a pager that has lost its terminal.
    interrupt::leave_to_others();
    let Ok(mut child) = command.spawn() else { return false };
    if let Some(mut stdin) = child.stdin.take() {
        // Who leaves the pager before the end has read enough.
        let _ = stdin.write_all(text);
    }
    let _ = child.wait();
    true
}
