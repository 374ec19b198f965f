//! PDF → the article on its pages: what is drawn where, put back into lines, columns and paragraphs. A file
//! has a few seconds, and may not unpack to more than is read of any file: PDF is a language, and there are
//! texts in it that never end. No thread can be stopped that reads one: so few may be left behind, and while
//! these go on no other file is read.

mod cmap;
mod encoding;
mod flow;
mod font;
mod layout;
mod page;
mod stream;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::document::{Document, Properties};
use crate::corpus::{Context, Doubt, Record};

/// How long one file may take.
const LONGEST: Duration = Duration::from_secs(5);

/// The stack of the thread that reads a file, in bytes.
const STACK: usize = 16 << 20;

/// How many threads that overran their time may go on beside those that read.
const MOST_LEFT_BEHIND: usize = 4;

/// How many do.
static LEFT_BEHIND: LeftBehind = LeftBehind(AtomicUsize::new(0));

/// Whether bytes are a PDF's: programs that send it put lines of their own before it.
pub(crate) fn is_pdf(head: &[u8]) -> bool {
    let start = head.get(..1024).unwrap_or(head);
    head.starts_with(b"%PDF-") || memchr::memmem::find(start, b"\n%PDF-").is_some()
}

/// Reads the pages as one article.
pub fn read(bytes: &[u8], context: &Context<'_>) -> Record {
    let cut = breaks_off(bytes);
    let bytes = bytes.to_vec();
    let limit = LONGEST + Duration::from_secs(1);
    match LEFT_BEHIND.within(limit, move || document(bytes, Instant::now() + LONGEST)) {
        Ok((document, problem)) => {
            let empty = if cut { BREAKS_OFF } else { "holds no text: pictures of pages" };
            let mut record = document.into_record(context, empty);
            if let Record::Article(article) = &mut record {
                let problem = problem.or_else(|| cut.then(|| BREAKS_OFF.to_owned()));
                article.problems.extend(problem.map(Doubt::from));
            }
            record
        }
        Err(reason) if cut && reason == NO_PAGES => Record::Unreadable(BREAKS_OFF.to_owned()),
        Err(reason) => Record::Unreadable(reason),
    }
}

const NO_PAGES: &str = "the PDF is damaged: it has no pages";

/// What is said of a file that was not written, sent or saved to its end.
const BREAKS_OFF: &str = "the PDF breaks off: its end is missing";

/// Whether the mark is missing that every PDF ends with (ISO 32000-1, 7.5.5). Mail programs and web servers
/// put lines of their own behind it.
fn breaks_off(bytes: &[u8]) -> bool {
    const BEHIND: usize = 8 << 10;
    let tail = bytes.get(bytes.len().saturating_sub(BEHIND)..).unwrap_or_default();
    memchr::memmem::rfind(tail, b"%%EOF").is_none()
}

struct LeftBehind(AtomicUsize);

impl LeftBehind {
    /// What a reader finds in a thread of its own. It watches its own time; one that does not is left behind.
    fn within<T: Send + 'static>(
        &'static self,
        limit: Duration,
        read: impl FnOnce() -> Result<T, String> + Send + 'static,
    ) -> Result<T, String> {
        if self.0.load(Ordering::Relaxed) >= MOST_LEFT_BEHIND {
            return Err(format!(
                "not read, since {MOST_LEFT_BEHIND} PDFs before it never came to an end: `newsearch index --reread` reads it"
            ));
        }
        let (sender, receiver) = sync_channel(1);
        // Whoever comes second, the reader's end or ours, finds that the other one has been here.
        let second = Arc::new(AtomicUsize::new(0));
        let ours = Arc::clone(&second);
        let reader = std::thread::Builder::new().stack_size(STACK).spawn(move || {
            let end = End { count: &self.0, second };
            let _ = sender.send(read());
            drop(end);
        });
        if reader.is_err() {
            return Err("no thread could be started to read it".to_string());
        }
        match receiver.recv_timeout(limit) {
            Ok(found) => found,
            Err(RecvTimeoutError::Timeout) => {
                self.0.fetch_add(1, Ordering::Relaxed);
                if ours.fetch_add(1, Ordering::AcqRel) > 0 {
                    self.0.fetch_sub(1, Ordering::Relaxed);
                }
                Err(too_slow())
            }
            Err(RecvTimeoutError::Disconnected) => {
                Err("the PDF is damaged: the reader failed on it".to_string())
            }
        }
    }
}

/// A reader's end, by whatever way it comes.
struct End {
    count: &'static AtomicUsize,
    second: Arc<AtomicUsize>,
}

impl Drop for End {
    fn drop(&mut self) {
        if self.second.fetch_add(1, Ordering::AcqRel) > 0 {
            self.count.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

fn too_slow() -> String {
    format!("the PDF takes more than {} seconds to read", LONGEST.as_secs())
}

/// The text of all pages, and what is doubtful about it.
fn document(bytes: Vec<u8>, deadline: Instant) -> Result<(Document, Option<String>), String> {
    stream::check(&bytes, deadline)?;
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "the PDF is encrypted: it needs a password".to_string()
        }
        LoadPdfError::Decryption(_) => "the PDF is encrypted in a way that cannot be read".to_string(),
        LoadPdfError::Invalid => NO_PAGES.to_owned(),
    })?;
    let mut reader = page::Reader::new(deadline);
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        pages.push(layout::lines(reader.page(page), deadline));
        if reader.is_over() {
            break;
        }
    }
    let problem = match reader.is_over() {
        true if pages.iter().all(Vec::is_empty) => return Err(too_slow()),
        true => Some(format!("{} after {} pages", "only read in part: it is too large", pages.len())),
        false if reader.is_unknown() => {
            Some("some of its letters cannot be told: its fonts do not say what they are".to_string())
        }
        false => None,
    };
    let metadata = pdf.metadata();
    let text = |value: &Option<Box<[u8]>>| value.as_deref().map(encoding::text_string);
    let created = metadata.creation_date.map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day));
    let properties =
        Properties { title: text(&metadata.title), creator: text(&metadata.author), created, language: None };
    Ok((Document { paragraphs: flow::paragraphs(pages), notes: Vec::new(), properties }, problem))
}
