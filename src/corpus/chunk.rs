//! A file → pieces of whole records that can be read apart, in bounded memory. It knows where records end, not what is in them.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::decode;
use super::detect::{self, Detected};
use super::json_scan::Scanner;
use super::split::{Piece, Pieces, Splitter};
use super::walk::{self, SourceFile};
use crate::article::Format;
use crate::problem::{Problem, ProblemKind};

/// The most that one article, or one file that is read as a whole, may hold: 64 MB of bytes.
pub const LARGEST: usize = 64 << 20;

/// How much is read at a time.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    /// About how many bytes a piece of a file of many records has.
    piece: usize,
    /// A JSON document larger than this is cut at its elements.
    large_json: u64,
    /// The most that one article may hold.
    largest: usize,
}

const SIZES: Sizes = Sizes { piece: 1 << 20, large_json: 8 << 20, largest: LARGEST };

/// Whole records of one file.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// The file.
    pub source: Arc<SourceFile>,
    /// Its format.
    pub format: Format,
    /// The number of the first record in here, from 1.
    pub first_record: u32,
    /// How many records are expected in here; 1 for a file that is read as a whole.
    pub records: u32,
    /// The records, as they stand in the file, or as UTF-8 where the file is UTF-16.
    pub bytes: Vec<u8>,
    /// What the head of the file says about its encoding.
    pub encoding: Option<&'static Encoding>,
}

/// The file's records in pieces; a problem where the file, or one record of it, cannot be used.
pub fn chunks(source: &Arc<SourceFile>) -> Chunks {
    Chunks { source: Arc::clone(source), state: State::Unopened, sizes: SIZES }
}

/// The iterator of [`chunks`].
#[derive(Debug)]
pub struct Chunks {
    source: Arc<SourceFile>,
    state: State,
    sizes: Sizes,
}

#[derive(Debug)]
enum State {
    Unopened,
    Whole(Opened),
    Pieces { opened: Opened, pieces: Box<Pieces>, next_record: u32 },
    Done,
}

/// A file whose format is known.
struct Opened {
    format: Format,
    encoding: Option<&'static Encoding>,
    input: Box<dyn Read + Send>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("format", &self.format).finish_non_exhaustive()
    }
}

impl Iterator for Chunks {
    type Item = Result<Chunk, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.state, State::Unopened) {
            match self.open() {
                Ok(state) => self.state = state,
                Err(problem) => {
                    self.state = State::Done;
                    return Some(Err(problem));
                }
            }
        }
        match std::mem::replace(&mut self.state, State::Done) {
            State::Whole(opened) => Some(self.whole(opened)),
            State::Pieces { opened, pieces, next_record } => self.piece(opened, pieces, next_record),
            State::Unopened | State::Done => None,
        }
    }
}

impl Chunks {
    fn open(&self) -> Result<State, Problem> {
        let unreadable =
            |error: io::Error| self.problem(None, ProblemKind::Unreadable, walk::io_text(&error));
        let mut file = File::open(&self.source.path).map_err(unreadable)?;
        let mut head = Vec::new();
        (&mut file).take(detect::HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
        let format = match detect::detect(&self.source.shown, &head) {
            Detected::Articles(format) => format,
            Detected::Other(reason) => return Err(self.problem(None, ProblemKind::Skipped, reason)),
            Detected::Empty => {
                return Err(self.problem(None, ProblemKind::Unreadable, "the file is empty".to_string()));
            }
        };
        let declared = decode::declared(&head);
        let sixteen = utf16(&head);
        let bytes = Cursor::new(head).chain(file);
        let (encoding, input): (_, Box<dyn Read + Send>) = match sixteen {
            Some(utf16) => {
                let text = DecodeReaderBytesBuilder::new().encoding(Some(utf16)).strip_bom(true).build(bytes);
                (Some(UTF_8), Box::new(text))
            }
            None => (declared, Box::new(bytes)),
        };
        let opened = Opened { format, encoding, input };
        let splitter = match format {
            Format::Jsonl => Splitter::Lines,
            Format::Sgml => Splitter::Tags,
            Format::Json if self.source.size > self.sizes.large_json => {
                Splitter::Elements(Scanner::default())
            }
            _ => return Ok(State::Whole(opened)),
        };
        let pieces = Box::new(Pieces::new(splitter, self.sizes.piece, self.sizes.largest));
        Ok(State::Pieces { opened, pieces, next_record: 1 })
    }

    fn whole(&self, opened: Opened) -> Result<Chunk, Problem> {
        let Opened { format, encoding, input } = opened;
        let mut bytes = Vec::new();
        let limit = self.sizes.largest as u64 + 1;
        if let Err(error) = input.take(limit).read_to_end(&mut bytes) {
            return Err(self.problem(None, ProblemKind::Unreadable, walk::io_text(&error)));
        }
        if bytes.len() > self.sizes.largest {
            let size = self.source.size.max(limit);
            return Err(self.problem(None, ProblemKind::Unreadable, self.too_large(size)));
        }
        Ok(Chunk { source: Arc::clone(&self.source), format, first_record: 1, records: 1, bytes, encoding })
    }

    fn piece(
        &mut self,
        mut opened: Opened,
        mut pieces: Box<Pieces>,
        next_record: u32,
    ) -> Option<Result<Chunk, Problem>> {
        match pieces.next(&mut opened.input)? {
            Ok(Piece::Records { bytes, records }) => {
                let (format, encoding) = (opened.format, opened.encoding);
                let next = next_record.saturating_add(records);
                self.state = State::Pieces { opened, pieces, next_record: next };
                let source = Arc::clone(&self.source);
                Some(Ok(Chunk { source, format, first_record: next_record, records, bytes, encoding }))
            }
            Ok(Piece::TooLarge { size }) => {
                let next = next_record.saturating_add(1);
                self.state = State::Pieces { opened, pieces, next_record: next };
                Some(Err(self.problem(Some(next_record), ProblemKind::Unreadable, self.too_large(size))))
            }
            Err(error) => Some(Err(self.problem(None, ProblemKind::Unreadable, walk::io_text(&error)))),
        }
    }

    fn too_large(&self, size: u64) -> String {
        let megabytes = size.div_ceil(1 << 20);
        let shown =
            if megabytes >= 400 { format!("{:.1} GB", size as f64 / 1e9) } else { format!("{megabytes} MB") };
        format!("{shown} of text in one article: the limit is {} MB", self.sizes.largest >> 20)
    }

    fn problem(&self, record: Option<u32>, kind: ProblemKind, message: String) -> Problem {
        Problem { path: self.source.shown.clone(), record, kind, message }
    }
}

fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(head) {
        Some((encoding, _)) => (encoding == UTF_16LE || encoding == UTF_16BE).then_some(encoding),
        None => decode::utf16_without_mark(head),
    }
}

#[cfg(test)]
mod tests;
