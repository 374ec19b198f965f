//! Any bytes as a file of any format: the first byte says which.
#![no_main]

use std::path::PathBuf;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use newsearch::article::Format;
use newsearch::corpus::{Chunk, Clues, Outcome, SourceFile, read};

fuzz_target!(|bytes: &[u8]| {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let source = SourceFile {
        path: PathBuf::from("file"),
        shown: "file".to_owned(),
        relative: "file".to_owned(),
        size: bytes.len() as u64,
        modified: None,
        is_capture: false,
        map: None,
    };
    let chunk = Chunk {
        source: Arc::new(source),
        format: Format::ALL[usize::from(*which) % Format::ALL.len()],
        first_record: 1,
        records: 1,
        bytes: bytes.to_vec(),
        encoding: None,
        clues: Clues::None,
    };
    for outcome in read(&chunk) {
        if let Outcome::Problem(problem) = outcome {
            assert!(!problem.message.contains("the reader failed"), "{problem}");
        }
    }
});
