//! Files → outcomes, in the order of the files, on all cores and in bounded memory.
//!
//! One thread cuts files into chunks, several read articles out of them, and the caller's thread gets the results in order:
//! the same files give the same index, however many threads there are.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::corpus::{self, Chunk, ContentHash, Outcome, SourceFile};
use crate::error::{Error, Result};
use crate::problem::Problem;

use super::Changed;

/// Chunks that may wait at each stage, per thread: bounds the memory.
const WAITING: usize = 2;

/// Readers of nested formats need more stack than a thread has by default.
const STACK_BYTES: usize = 8 << 20;

/// A piece of a file that has been read.
pub struct Step {
    /// Which of the files.
    pub file: usize,
    /// What was in it.
    pub outcomes: Vec<Outcome>,
    /// Bytes read.
    pub bytes: u64,
    /// How the file was when its last piece had been read; `None` before that.
    pub end: Option<End>,
}

/// How a file was when it had been read.
#[derive(Debug, Clone, Copy)]
pub struct End {
    /// The hash of its content, where all of it was read.
    pub hash: Option<ContentHash>,
    /// Whether it is not as it was found: somebody wrote to it meanwhile.
    pub changed: bool,
}

struct Work {
    number: u64,
    file: usize,
    piece: Piece,
}

enum Piece {
    Chunk(Box<Chunk>),
    Problem(Problem),
    End(End),
}

/// Reads `files` and calls `take` for every piece, in order, until it fails or `stop` becomes true.
pub fn read(files: &[Changed], stop: &AtomicBool, take: impl FnMut(Step) -> Result<()>) -> Result<()> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (work_in, work_out) = bounded::<Work>(threads * WAITING);
    let (step_in, step_out) = bounded::<(u64, Step)>(threads * WAITING);
    let named = |name: &str| thread::Builder::new().name(name.to_owned()).stack_size(STACK_BYTES);
    let cannot_start = |error: io::Error| Error::Input(format!("cannot start a thread: {error}"));
    thread::scope(move |scope| {
        // Each end of a channel belongs to the thread that uses it: whichever ends, for whatever reason, ends the others.
        named("cut").spawn_scoped(scope, move || cut(files, stop, &work_in)).map_err(cannot_start)?;
        for _ in 0..threads {
            let (work, steps) = (work_out.clone(), step_in.clone());
            named("read").spawn_scoped(scope, move || read_chunks(&work, &steps)).map_err(cannot_start)?;
        }
        drop((work_out, step_in));
        let outcome = in_order(&step_out, stop, take);
        drop(step_out);
        outcome
    })
}

fn cut(files: &[Changed], stop: &AtomicBool, work: &Sender<Work>) {
    let mut number = 0;
    let mut send = |file: usize, piece: Piece| {
        let sent = work.send(Work { number, file, piece });
        number += 1;
        sent.is_ok() && !stop.load(Ordering::Relaxed)
    };
    for (file, changed) in files.iter().enumerate() {
        let mut chunks = corpus::chunks(&changed.source);
        for chunk in &mut chunks {
            let piece = match chunk {
                Ok(chunk) => Piece::Chunk(Box::new(chunk)),
                Err(problem) => Piece::Problem(problem),
            };
            if !send(file, piece) {
                return;
            }
        }
        let end = End { hash: chunks.content_hash(), changed: is_changed(&changed.source) };
        if !send(file, Piece::End(end)) {
            return;
        }
    }
}

/// Whether a file is not as it was found any more. One that is gone has had its problem told, or is gone in the next run.
fn is_changed(source: &SourceFile) -> bool {
    let Ok(now) = fs::metadata(&source.path) else { return false };
    now.len() != source.size || corpus::modified(&now) != source.modified
}

fn read_chunks(work: &Receiver<Work>, steps: &Sender<(u64, Step)>) {
    for Work { number, file, piece } in work {
        let step = match piece {
            Piece::Chunk(chunk) => {
                let bytes = chunk.bytes.len() as u64;
                let mut outcomes = corpus::read(&chunk);
                for outcome in &mut outcomes {
                    // In an archive, the chunk's own path names the member too.
                    if let Outcome::Article(article) = outcome {
                        article.path.clone_from(&chunk.source.relative);
                    }
                }
                Step { file, outcomes, bytes, end: None }
            }
            Piece::Problem(problem) => {
                Step { file, outcomes: vec![Outcome::Problem(problem)], bytes: 0, end: None }
            }
            Piece::End(end) => Step { file, outcomes: Vec::new(), bytes: 0, end: Some(end) },
        };
        if steps.send((number, step)).is_err() {
            return;
        }
    }
}

fn in_order(
    steps: &Receiver<(u64, Step)>,
    stop: &AtomicBool,
    mut take: impl FnMut(Step) -> Result<()>,
) -> Result<()> {
    let mut next = 0;
    let mut early: BTreeMap<u64, Step> = BTreeMap::new();
    for (number, step) in steps {
        if stop.load(Ordering::Relaxed) {
            return Err(Error::Interrupted { kept: false });
        }
        early.insert(number, step);
        while let Some(step) = early.remove(&next) {
            take(step)?;
            next += 1;
        }
    }
    Ok(())
}
