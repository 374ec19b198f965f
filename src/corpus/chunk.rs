//! What a file or a member of an archive holds → pieces of whole records that can be read apart, in bounded
//! memory. It knows where records end, not what is in them.

mod whole;

use std::io::{self, Chain, Cursor, Read};
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use crate::article::Format;
use crate::corpus::fields::date::{DayMonth, Orders};
use crate::corpus::format::detect::{self, Detected};
use crate::corpus::format::mail::mailbox;
use crate::corpus::format::{Framing, row_of};
use crate::corpus::records::Piece;
use crate::corpus::records::decode;
use crate::corpus::records::json_scan::Scanner;
use crate::corpus::records::split::{Pieces, Splitter};
use crate::corpus::source::io_text;
use crate::corpus::source::walk::SourceFile;
use crate::problem::{Problem, ProblemKind};
use whole::WholeFile;

/// The most that one article, or one file that is read as a whole, may hold: 64 MB of bytes.
pub const LARGEST: usize = 64 << 20;

/// What is said of a file in which there is nothing that could be an article.
pub(super) const NOTHING: &str = "no article inside";

/// How much is read at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    /// About how many bytes a piece of a file of many records has.
    pub piece: usize,
    /// A JSON document larger than this is cut at its elements.
    pub large_json: u64,
    /// The most that one article may hold.
    pub largest: usize,
}

pub(super) const SIZES: Sizes = Sizes { piece: 256 << 10, large_json: 8 << 20, largest: LARGEST };

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
    /// What else is known of how it is to be read.
    pub clues: Clues,
}

/// What the whole of a file that is cut into pieces says of how they are to be read.
#[derive(Debug, Clone, Default)]
pub enum Clues {
    /// It is one piece, or nothing is known.
    #[default]
    None,
    /// The file can be asked.
    File(Arc<WholeFile>),
    /// A member of an archive, which is read once: what its pieces up to this one say.
    SoFar {
        /// Its encoding, where it was told by what is not UTF-8.
        encoding: Option<&'static Encoding>,
        /// How its dates in figures are to be read.
        order: Option<DayMonth>,
    },
}

impl Clues {
    /// The likeliest encoding of what is not UTF-8.
    pub(super) fn encoding(&self) -> Option<&'static Encoding> {
        match self {
            Self::None => None,
            Self::File(file) => file.encoding(),
            Self::SoFar { encoding, .. } => *encoding,
        }
    }

    /// How dates in figures are to be read.
    pub(super) fn order(&self) -> Option<DayMonth> {
        match self {
            Self::None => None,
            Self::File(file) => file.order(),
            Self::SoFar { order, .. } => *order,
        }
    }

    /// Adds what a piece says, where the whole cannot be asked.
    fn add(&mut self, bytes: &[u8]) {
        let Self::SoFar { encoding, order } = self else { return };
        if encoding.is_none() && std::str::from_utf8(bytes).is_err() {
            *encoding = Some(decode::decode(bytes, None).encoding).filter(|told| *told != UTF_8);
        }
        if order.is_none() {
            let mut orders = Orders::default();
            orders.add(bytes);
            *order = orders.one();
        }
    }
}

/// The head that was read from an input, and the rest of it.
type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// An input whose head was looked at, in UTF-8 where it was UTF-16.
enum Input<R> {
    Plain(Whole<R>),
    Transcoded(Box<DecodeReaderBytes<Whole<R>, Vec<u8>>>),
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(input) => input.read(buffer),
            Self::Transcoded(input) => input.read(buffer),
        }
    }
}

/// The records of one file, or of one member of an archive.
pub(super) struct Records<R> {
    source: Arc<SourceFile>,
    format: Format,
    encoding: Option<&'static Encoding>,
    input: Input<R>,
    /// What cuts the input; `None` where it is read as a whole.
    pieces: Option<Pieces>,
    clues: Clues,
    next_record: u32,
    /// Nothing has come out of it so far.
    silent: bool,
    ended: bool,
    sizes: Sizes,
}

impl<R> std::fmt::Debug for Records<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Records")
            .field("source", &self.source)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

impl<R: Read> Records<R> {
    /// Tells what the input is by its name and head, which has been read from it.
    pub fn open(
        source: &Arc<SourceFile>,
        name: &str,
        head: Vec<u8>,
        rest: R,
        sizes: Sizes,
    ) -> Result<Self, Problem> {
        let format = match detect::detect(name, &head) {
            Detected::Articles(format) => format,
            Detected::Damaged(reason) => return Err(problem(source, None, ProblemKind::Unreadable, reason)),
            Detected::Other(reason) => return Err(problem(source, None, ProblemKind::Skipped, reason)),
            Detected::Empty => {
                return Err(problem(source, None, ProblemKind::Unreadable, "the file is empty".to_string()));
            }
        };
        let row = row_of(format);
        let (declared, sixteen) =
            if row.is_binary() { (None, None) } else { (decode::declared(&head), utf16(&head)) };
        let splitter = match row.framing {
            Framing::Whole => None,
            Framing::Lines => Some(Splitter::Lines),
            Framing::Rows => Some(Splitter::Rows { header: None, quoted: false }),
            Framing::Delimited(delimiter) => Some(Splitter::Delimited(delimiter)),
            Framing::Mailbox => {
                mailbox::mailbox_start(&head).map(|_| Splitter::Delimited(mailbox::DELIMITER))
            }
            Framing::Elements => {
                (source.size > sizes.large_json).then(|| Splitter::Elements(Scanner::default()))
            }
        };
        let bytes = Cursor::new(head).chain(rest);
        let (encoding, input) = match sixteen {
            Some(utf16) => {
                let text = DecodeReaderBytesBuilder::new().encoding(Some(utf16)).strip_bom(true).build(bytes);
                (Some(UTF_8), Input::Transcoded(Box::new(text)))
            }
            None => (declared, Input::Plain(bytes)),
        };
        let pieces = splitter.map(|splitter| Pieces::new(splitter, sizes.piece, sizes.largest));
        let clues = match pieces.as_ref().filter(|_| !row.is_binary()) {
            Some(_) => Clues::SoFar { encoding: None, order: None },
            None => Clues::None,
        };
        let source = Arc::clone(source);
        Ok(Self {
            source,
            format,
            encoding,
            input,
            pieces,
            clues,
            next_record: 1,
            silent: true,
            ended: false,
            sizes,
        })
    }

    /// The records of a file that can be read again.
    pub fn of_file(mut self) -> Self {
        if matches!(self.clues, Clues::SoFar { .. }) && matches!(self.input, Input::Plain(_)) {
            self.clues = Clues::File(Arc::new(WholeFile::new(self.source.path.clone())));
        }
        self
    }

    /// The format of all of them.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The file that they are in.
    pub fn source(&self) -> &Arc<SourceFile> {
        &self.source
    }

    /// Whether it is read piece by piece, and not as a whole.
    pub fn are_many(&self) -> bool {
        self.pieces.is_some()
    }

    /// With an encoding that was declared outside the file; what the file says of itself counts more.
    pub fn declared(mut self, encoding: Option<&'static Encoding>) -> Self {
        self.encoding = self.encoding.or(encoding);
        self
    }

    /// All of the input in one piece; `None` where it turns out to be large and can be cut.
    fn whole(&mut self) -> Option<Result<Chunk, Problem>> {
        let is_json = matches!(row_of(self.format).framing, Framing::Elements);
        let most = if is_json { self.sizes.large_json } else { self.sizes.largest as u64 };
        let limit = most + 1;
        let mut bytes = Vec::new();
        let read = match &mut self.input {
            // The head that was looked at is the beginning of what is read.
            Input::Plain(whole) => {
                let (head, rest) = whole.get_mut();
                bytes = std::mem::take(head.get_mut());
                rest.take(limit.saturating_sub(bytes.len() as u64)).read_to_end(&mut bytes)
            }
            Input::Transcoded(text) => text.take(limit).read_to_end(&mut bytes),
        };
        if let Err(error) = read {
            return Some(Err(self.unreadable(None, io_text(&error))));
        }
        if bytes.len() as u64 <= most {
            return Some(Ok(self.chunk(bytes, 1)));
        }
        if is_json {
            // How large a compressed document is shows only here.
            let splitter = Splitter::Elements(Scanner::default());
            self.pieces = Some(Pieces::behind(bytes, splitter, self.sizes.piece, self.sizes.largest));
            return None;
        }
        Some(Err(self.unreadable(None, self.too_large(self.source.size.max(limit)))))
    }

    fn chunk(&mut self, bytes: Vec<u8>, records: u32) -> Chunk {
        let first_record = self.next_record;
        self.next_record = first_record.saturating_add(records);
        self.silent = false;
        let source = Arc::clone(&self.source);
        self.clues.add(&bytes);
        let (encoding, clues) = (self.encoding, self.clues.clone());
        Chunk { source, format: self.format, first_record, records, bytes, encoding, clues }
    }

    fn too_large(&self, size: u64) -> String {
        let megabytes = size.div_ceil(1 << 20);
        let shown =
            if megabytes >= 400 { format!("{:.1} GB", size as f64 / 1e9) } else { format!("{megabytes} MB") };
        format!("{shown} of text in one article: the limit is {} MB", self.sizes.largest >> 20)
    }

    fn unreadable(&self, record: Option<u32>, message: String) -> Problem {
        problem(&self.source, record, ProblemKind::Unreadable, message)
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = Result<Chunk, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        if self.pieces.is_none() {
            let whole = self.whole();
            self.ended = whole.is_some();
            if whole.is_some() {
                return whole;
            }
        }
        match self.pieces.as_mut()?.next(&mut self.input) {
            Some(Ok(Piece::Records { bytes, records })) => Some(Ok(self.chunk(bytes, records))),
            Some(Ok(Piece::TooLarge { size })) => {
                let record = self.next_record;
                self.next_record = record.saturating_add(1);
                self.silent = false;
                Some(Err(self.unreadable(Some(record), self.too_large(size))))
            }
            Some(Err(error)) => {
                self.ended = true;
                Some(Err(self.unreadable(None, io_text(&error))))
            }
            None => {
                self.ended = true;
                self.silent
                    .then(|| Err(problem(&self.source, None, ProblemKind::Skipped, NOTHING.to_owned())))
            }
        }
    }
}

pub(super) fn problem(
    source: &SourceFile,
    record: Option<u32>,
    kind: ProblemKind,
    message: String,
) -> Problem {
    Problem { path: source.shown.clone(), record, kind, message, count: 1 }
}

fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(head) {
        Some((encoding, _)) => (encoding == UTF_16LE || encoding == UTF_16BE).then_some(encoding),
        None => decode::utf16_without_mark(head),
    }
}
