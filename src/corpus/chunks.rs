//! A file → its pieces, and those of all that is packed in it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::article::Format;
use crate::corpus::bundle::Members;
use crate::corpus::chunk::{Chunk, Records, SIZES, Sizes, problem};
use crate::corpus::format::detect;
use crate::corpus::source::content_hash::{ContentHash, HashedFile, content_hash};
use crate::corpus::source::io_text;
use crate::corpus::source::walk::SourceFile;
use crate::problem::{Problem, ProblemKind};

/// The file's records in pieces; a problem where the file, or one record of it, cannot be used. An archive
/// gives the pieces of all files in it.
pub fn chunks(source: &Arc<SourceFile>) -> Chunks {
    chunks_of(source, SIZES)
}

fn chunks_of(source: &Arc<SourceFile>, sizes: Sizes) -> Chunks {
    let source = Arc::clone(source);
    Chunks { packed: None, hash: Arc::default(), state: State::Unopened { source, sizes } }
}

/// The iterator of [`chunks`].
#[derive(Debug)]
pub struct Chunks {
    state: State,
    /// The file, where it is an archive: its members are not read one after the other.
    packed: Option<PathBuf>,
    /// The hash of the file's content, where it has been read whole.
    hash: Arc<OnceLock<ContentHash>>,
}

impl Chunks {
    /// The hash of what the file holds, once all pieces have been taken; `None` where it was not read to its
    /// end.
    pub fn content_hash(&self) -> Option<ContentHash> {
        match &self.packed {
            Some(path) => content_hash(path).ok(),
            None => self.hash.get().copied(),
        }
    }
}

#[derive(Debug)]
enum State {
    Unopened { source: Arc<SourceFile>, sizes: Sizes },
    File(Box<Records<HashedFile>>),
    Archive(Members),
    Mail(Members),
    Done,
}

impl Iterator for Chunks {
    type Item = Result<Chunk, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if let State::Unopened { source, sizes } = &self.state {
            match open(source, *sizes, &self.hash) {
                Ok(state) => {
                    if matches!(state, State::Archive(_)) {
                        self.packed = Some(source.path.clone());
                    }
                    self.state = state;
                }
                Err(problem) => {
                    self.state = State::Done;
                    return Some(Err(problem));
                }
            }
        }
        match &mut self.state {
            State::File(records) => records.next(),
            State::Archive(members) | State::Mail(members) => members.next(),
            State::Unopened { .. } | State::Done => None,
        }
    }
}

fn open(source: &Arc<SourceFile>, sizes: Sizes, hash: &Arc<OnceLock<ContentHash>>) -> Result<State, Problem> {
    let unreadable = |error: io::Error| problem(source, None, ProblemKind::Unreadable, io_text(&error));
    let mut file = File::open(&source.path).map_err(unreadable)?;
    // With room for one byte more than the file has, its end is found without asking for more.
    let room = usize::try_from(source.size).unwrap_or(usize::MAX).min(detect::HEAD - 1) + 1;
    let mut head = Vec::with_capacity(room);
    (&mut file).take(detect::HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
    if let Some(packing) = detect::packing(&head) {
        file.rewind().map_err(unreadable)?;
        return Ok(State::Archive(Members::open(source, file, packing, sizes)));
    }
    let rest = HashedFile::after(&head, file, Arc::clone(hash));
    let records = Records::open(source, &source.shown, head, rest, sizes)?.of_file();
    if records.format() == Format::Mail {
        return Ok(State::Mail(Members::of_mail(source, records, sizes)));
    }
    Ok(State::File(Box::new(records)))
}

#[cfg(test)]
mod tests;
