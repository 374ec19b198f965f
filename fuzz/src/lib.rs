//! What must hold for any input, one function of bytes for each target. They panic where it does not hold.
//!
//! Inputs are text as far as they can be, so that they can be written and read: what the parts of one mean
//! stands at its function.

mod archive;
mod evidence;
/// The plain reading of queries that the tests of equivalence go by.
#[path = "../../tests/equivalence/naive.rs"]
mod naive;
mod parsers;
mod stored;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use jiff::civil::{Date, date};
use newsearch::article::Format;
use newsearch::corpus::{Chunk, Clues, SourceFile};
use newsearch::error::Result;
use newsearch::index::{Snapshot, WriterOptions};
use newsearch::ingest::{IngestOptions, Report, ingest};
use newsearch::query::{Node, ParseOptions, parse};

pub use archive::archive;
pub use evidence::evidence;
pub use parsers::{date as read_date, detect, query, read};
pub use stored::stored;

/// A target: what is done with an input.
pub type Target = fn(&[u8]);

/// All targets, by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("archive", archive),
    ("date", read_date),
    ("detect", detect),
    ("evidence", evidence),
    ("query", query),
    ("read", read),
    ("stored", stored),
];

/// The day on which all is asked.
const TODAY: Date = date(2026, 1, 1);

/// The input up to the first line's end, and what follows.
fn first_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, b""),
    }
}

fn asked(text: &str) -> Option<Node> {
    parse(text, &ParseOptions { today: TODAY }).ast
}

/// All of a file in one piece.
fn chunk(format: Format, bytes: Vec<u8>) -> Chunk {
    let source = SourceFile {
        path: "file".into(),
        shown: "file".to_owned(),
        relative: "file".to_owned(),
        size: bytes.len() as u64,
        modified: None,
        is_capture: false,
        map: None,
        publication: None,
        section: None,
        address: None,
    };
    Chunk {
        source: source.into(),
        format,
        first_record: 1,
        records: 1,
        bytes,
        encoding: None,
        clues: Clues::None,
    }
}

/// As small a writer as there is.
const WRITER: WriterOptions = WriterOptions { threads: 1, memory: 15_000_000 };

/// A run over a folder, or over what the index knows.
fn run(index: &Path, root: Option<&Path>) -> Result<Report> {
    let paths: Vec<_> = root.into_iter().map(Path::to_owned).collect();
    // Whole folders are taken away, and meant to be.
    let options = IngestOptions { writer: WRITER, gone: true, ..IngestOptions::default() };
    ingest(index, &paths, options, &AtomicBool::new(false), |_| {})
}

fn open(index: &Path) -> Snapshot {
    Snapshot::open(index).unwrap_or_else(|error| panic!("it cannot be opened: {error}"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::panic::{self, catch_unwind};
    use std::path::PathBuf;
    use std::sync::Mutex;

    use super::*;

    /// What panicked, in any thread, caught or not.
    static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

    #[test]
    fn what_must_hold_holds_for_all_that_is_kept() {
        panic::set_hook(Box::new(|panic| {
            if let Ok(mut panics) = PANICS.lock() {
                panics.push(panic.to_string());
            }
        }));
        let mut faults = Vec::new();
        let mut count = 0;
        for (name, target) in TARGETS {
            for file in kept(name) {
                let bytes = fs::read(&file).unwrap();
                let _ = catch_unwind(|| target(&bytes));
                let panics: Vec<String> = PANICS.lock().unwrap().drain(..).collect();
                faults.extend(panics.iter().map(|panic| format!("{}: {panic}", file.display())));
                count += 1;
            }
        }
        let _ = panic::take_hook();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(count > TARGETS.len(), "{count} inputs");
    }

    /// The inputs of a target that are part of the project: those that runs begin with, and those that failed
    /// once.
    fn kept(target: &str) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for folder in ["corpus", "findings"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(target);
            let Ok(entries) = fs::read_dir(folder) else { continue };
            files.extend(entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
        }
        files.sort();
        files
    }
}
