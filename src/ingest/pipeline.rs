//! Files → outcomes, in the order of the files, on all cores and in bounded memory.
//!
//! One thread cuts files into pieces, several read articles out of them, and the caller's thread gets the
//! results in order: the same files give the same index, however many threads there are.

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

/// Batches that may be on their way at once, per thread, from the cutting to the taking in order: bounds the
/// memory, however long one of them keeps the others waiting.
const ON_THEIR_WAY: usize = 6;

/// Small files go from thread to thread together: as many as have so many pieces, or so many bytes.
const BATCH_PIECES: usize = 64;
const BATCH_BYTES: usize = 128 << 10;

/// What large pieces hold at one time is bounded too, for reading one takes several times its bytes: by slots
/// of so many bytes, so many and one more for every two threads.
const SLOT_BYTES: usize = 8 << 20;
const SLOTS: usize = 8;

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

/// Pieces in the order of the files, each with its file's number.
struct Batch {
    number: u64,
    pieces: Vec<(usize, Piece)>,
}

enum Piece {
    Chunk(Box<Chunk>),
    Problem(Problem),
    End(End),
}

/// Reads `files` and calls `take` for every piece, in order, until it fails or `stop` becomes true.
pub fn read(files: &[Changed], stop: &AtomicBool, take: impl FnMut(Step) -> Result<()>) -> Result<()> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let most = threads * ON_THEIR_WAY;
    let (ticket_in, ticket_out) = bounded::<()>(most);
    let (work_in, work_out) = bounded::<Batch>(most);
    let (step_in, step_out) = bounded::<(u64, Vec<Step>)>(most);
    let slots = SLOTS + threads / 2;
    let (slot_in, slot_out) = bounded::<()>(slots);
    (0..slots).for_each(|_| _ = slot_in.try_send(()));
    let named = |name: &str| thread::Builder::new().name(name.to_owned()).stack_size(STACK_BYTES);
    let cannot_start = |error: io::Error| Error::Input(format!("cannot start a thread: {error}"));
    thread::scope(move |scope| {
        // Each end of a channel belongs to the thread that uses it: whichever ends, for whatever reason, ends
        // the others.
        named("cut")
            .spawn_scoped(scope, move || {
                cut(files, Batches::new(&work_in, &ticket_in, (&slot_out, slots), stop))
            })
            .map_err(cannot_start)?;
        for _ in 0..threads {
            let (work, steps, free) = (work_out.clone(), step_in.clone(), slot_in.clone());
            let read = move || read_batches(&work, &steps, (&free, slots));
            named("read").spawn_scoped(scope, read).map_err(cannot_start)?;
        }
        drop((work_out, step_in, slot_in));
        let outcome = in_order(&step_out, &ticket_out, stop, take);
        drop((step_out, ticket_out));
        outcome
    })
}

/// How many slots a piece takes.
fn slots_of(piece: &Piece, slots: usize) -> usize {
    match piece {
        Piece::Chunk(chunk) => (chunk.bytes.len() / SLOT_BYTES).min(slots),
        Piece::Problem(_) | Piece::End(_) => 0,
    }
}

fn cut(files: &[Changed], mut batches: Batches<'_>) {
    for (file, changed) in files.iter().enumerate() {
        let mut chunks = corpus::chunks(&changed.source);
        for chunk in &mut chunks {
            let piece = match chunk {
                Ok(chunk) => Piece::Chunk(Box::new(chunk)),
                Err(problem) => Piece::Problem(problem),
            };
            if !batches.add(file, piece) {
                return;
            }
        }
        let end = End { hash: chunks.content_hash(), changed: is_changed(&changed.source) };
        if !batches.add(file, Piece::End(end)) {
            return;
        }
    }
    batches.send();
}

/// Puts pieces together to batches.
struct Batches<'a> {
    work: &'a Sender<Batch>,
    /// A batch takes one with it, and gives it back when its turn has come.
    tickets: &'a Sender<()>,
    stop: &'a AtomicBool,
    /// The slots that are free, and how many there are.
    slots: (&'a Receiver<()>, usize),
    next: u64,
    pieces: Vec<(usize, Piece)>,
    bytes: usize,
}

impl<'a> Batches<'a> {
    fn new(
        work: &'a Sender<Batch>,
        tickets: &'a Sender<()>,
        slots: (&'a Receiver<()>, usize),
        stop: &'a AtomicBool,
    ) -> Self {
        Self { work, tickets, stop, slots, next: 0, pieces: Vec::new(), bytes: 0 }
    }

    /// Whether anybody wants more.
    fn add(&mut self, file: usize, piece: Piece) -> bool {
        let (free, slots) = self.slots;
        if (0..slots_of(&piece, slots)).any(|_| free.recv().is_err()) {
            return false;
        }
        if let Piece::Chunk(chunk) = &piece {
            self.bytes += chunk.bytes.len();
        }
        self.pieces.push((file, piece));
        let is_full = self.pieces.len() >= BATCH_PIECES || self.bytes >= BATCH_BYTES;
        !is_full || self.send()
    }

    fn send(&mut self) -> bool {
        self.bytes = 0;
        let batch = Batch { number: self.next, pieces: std::mem::take(&mut self.pieces) };
        self.next += 1;
        self.tickets.send(()).is_ok() && self.work.send(batch).is_ok() && !self.stop.load(Ordering::Relaxed)
    }
}

/// Whether a file is not as it was found any more. One that is gone has had its problem told, or is gone in
/// the next run.
fn is_changed(source: &SourceFile) -> bool {
    let Ok(now) = fs::metadata(&source.path) else { return false };
    now.len() != source.size || corpus::modified(&now) != source.modified
}

fn read_batches(work: &Receiver<Batch>, steps: &Sender<(u64, Vec<Step>)>, slots: (&Sender<()>, usize)) {
    for Batch { number, pieces } in work {
        let read = pieces.into_iter().map(|(file, piece)| {
            let taken = slots_of(&piece, slots.1);
            let step = read_piece(file, piece);
            (0..taken).for_each(|_| _ = slots.0.try_send(()));
            step
        });
        let read = read.collect();
        if steps.send((number, read)).is_err() {
            return;
        }
    }
}

fn read_piece(file: usize, piece: Piece) -> Step {
    match piece {
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
    }
}

fn in_order(
    steps: &Receiver<(u64, Vec<Step>)>,
    tickets: &Receiver<()>,
    stop: &AtomicBool,
    mut take: impl FnMut(Step) -> Result<()>,
) -> Result<()> {
    let mut next = 0;
    let mut early: BTreeMap<u64, Vec<Step>> = BTreeMap::new();
    for (number, batch) in steps {
        if stop.load(Ordering::Relaxed) {
            return Err(Error::Interrupted { kept: false });
        }
        early.insert(number, batch);
        while let Some(batch) = early.remove(&next) {
            batch.into_iter().try_for_each(&mut take)?;
            next += 1;
            // There is one of each batch that is on its way.
            let _ = tickets.try_recv();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_waits_behind_a_slow_piece_is_bounded() {
        const MOST: usize = 5;
        const ALL: usize = 200;
        let (ticket_in, ticket_out) = bounded::<()>(MOST);
        let (work_in, work_out) = bounded::<Batch>(MOST);
        let (step_in, step_out) = bounded::<(u64, Vec<Step>)>(MOST);
        let stop = AtomicBool::new(false);
        let end = End { hash: None, changed: false };
        thread::scope(|scope| {
            let stop = &stop;
            scope.spawn(move || {
                let (_, no_slots) = bounded::<()>(1);
                let mut batches = Batches::new(&work_in, &ticket_in, (&no_slots, 0), stop);
                assert!((0..ALL).all(|file| batches.add(file, Piece::End(end)) && batches.send()));
            });
            scope.spawn(move || {
                // The first takes as long as any other is to be had.
                let slow = work_out.recv().unwrap();
                let mut overtaken = 0;
                while let Ok(batch) = work_out.recv_timeout(Duration::from_millis(300)) {
                    overtaken += 1;
                    step_in.send((batch.number, Vec::new())).unwrap();
                }
                assert!((1..MOST).contains(&overtaken), "{overtaken}");
                let step = |file| Step { file, outcomes: Vec::new(), bytes: 0, end: Some(end) };
                step_in.send((slow.number, vec![step(0)])).unwrap();
                for batch in work_out {
                    step_in.send((batch.number, vec![step(batch.pieces[0].0)])).unwrap();
                }
            });
            let mut files = Vec::new();
            in_order(&step_out, &ticket_out, stop, |step| {
                files.push(step.file);
                Ok(())
            })
            .unwrap();
            assert!(files.is_sorted() && files.len() >= ALL - MOST, "{files:?}");
        });
    }
}
