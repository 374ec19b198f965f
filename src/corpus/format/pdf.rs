//! PDF → the article on its pages: what is drawn where, put back into lines, columns and paragraphs. A file has a few seconds, and
//! may not unpack to more than is read of any file: PDF is a language, and there are texts in it that never end.

mod cmap;
mod encoding;
mod flow;
mod font;
mod layout;
mod page;
mod stream;
#[cfg(test)]
mod tests;

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::document::{Document, Properties};
use crate::corpus::{Context, Record};

/// How long one file may take.
const LONGEST: Duration = Duration::from_secs(5);

/// The stack of the thread that reads a file, in bytes.
const STACK: usize = 16 << 20;

/// Reads the pages as one article.
pub fn read(bytes: &[u8], context: &Context<'_>) -> Record {
    let (sender, receiver) = sync_channel(1);
    let bytes = bytes.to_vec();
    let reader = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let _ = sender.send(document(bytes, Instant::now() + LONGEST));
    });
    if reader.is_err() {
        return Record::Unreadable("no thread could be started to read it".to_string());
    }
    // The reader watches its own time; whoever it was that did not is left behind.
    match receiver.recv_timeout(LONGEST + Duration::from_secs(1)) {
        Ok(Ok((document, problem))) => {
            let mut record = document.into_record(context, "holds no text: pictures of pages");
            if let (Record::Article(article), Some(problem)) = (&mut record, problem) {
                article.problems.push(problem);
            }
            record
        }
        Ok(Err(reason)) => Record::Unreadable(reason),
        Err(RecvTimeoutError::Timeout) => Record::Unreadable(too_slow()),
        Err(RecvTimeoutError::Disconnected) => {
            Record::Unreadable("the PDF is damaged: the reader failed on it".to_string())
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
        LoadPdfError::Invalid => "the PDF is damaged: it has no pages".to_string(),
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
