//! Articles on their way to the threads that build the index: few enough that memory stays bounded, whatever
//! their length.
//!
//! The engine's own queue holds ten thousand documents, however long they are.

use std::iter::Map;
use std::slice;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tantivy::schema::document::Document;
use tantivy::schema::{Field, OwnedValue};

use crate::article::Article;
use crate::schema::Schema;

use super::document::to_document;
use super::fields::Fields;

/// How many bytes of articles may wait; one article may always.
const MOST_BYTES: usize = 16 << 20;

/// Once it is full, so few must be left before more are let in: threads that wake each other for every
/// article get nothing done.
const ROOM_BYTES: usize = MOST_BYTES / 2;

/// How long one more is held back at most: should the engine's threads have stopped, it is they who can say
/// why.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// How many bytes of articles wait: backpressure on what reads them.
#[derive(Debug, Default)]
pub struct ByteBudget {
    bytes: Mutex<usize>,
    room: Condvar,
}

impl ByteBudget {
    /// Returns when there is room for the article.
    pub fn admit(self: &Arc<Self>, article: Article, fields: Fields, root: u32, file: u64) -> Waiting {
        let bytes = article.headline.len() + article.body.len();
        let mut waiting = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        if *waiting + bytes > MOST_BYTES {
            let timely = self.room.wait_timeout_while(waiting, LONGEST_WAIT, |waiting| *waiting > ROOM_BYTES);
            waiting = timely.unwrap_or_else(PoisonError::into_inner).0;
        }
        *waiting += bytes;
        let place = Place { budget: Arc::clone(self), bytes };
        Waiting { article, fields, root, file, document: OnceLock::new(), _place: place }
    }
}

/// An article in the queue. It becomes a document in the thread that needs it.
pub struct Waiting {
    article: Article,
    fields: Fields,
    root: u32,
    file: u64,
    document: OnceLock<Vec<(Field, OwnedValue)>>,
    _place: Place,
}

impl Document for Waiting {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> =
        Map<slice::Iter<'a, (Field, OwnedValue)>, fn(&'a (Field, OwnedValue)) -> (Field, &'a OwnedValue)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let document = self.document.get_or_init(|| {
            to_document(&self.article, &self.fields, Schema::builtin(), self.root, self.file)
        });
        document.iter().map(|(field, value)| (*field, value))
    }
}

/// Is given back when the article has become a document, or will never be one.
struct Place {
    budget: Arc<ByteBudget>,
    bytes: usize,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.budget.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting -= self.bytes;
        if *waiting <= ROOM_BYTES {
            self.budget.room.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::mpsc;
    use std::thread;

    use super::*;
    use crate::article::Format;
    use crate::index::fields::engine_schema;

    fn article(bytes: usize) -> Article {
        Article {
            id: "a".into(),
            path: "a.txt".into(),
            record: 0,
            headline: String::new(),
            body: "x".repeat(bytes),
            publication: None,
            url: None,
            authors: Vec::new(),
            section: None,
            date: None,
            dateline: None,
            format: Format::Text,
            language: None,
            problems: Vec::new(),
        }
    }

    #[test]
    fn no_more_waits_than_may() {
        let fields = Fields::resolve(&engine_schema(Schema::builtin())).unwrap();
        let queue = Arc::new(ByteBudget::default());
        let (waiting, taken) = mpsc::channel();
        let taker = thread::spawn(move || taken.into_iter().map(|_: Waiting| thread::yield_now()).count());
        for _ in 0..200 {
            waiting.send(queue.admit(article(1 << 20), fields, 0, 0)).unwrap();
            assert!(*queue.bytes.lock().unwrap() <= MOST_BYTES);
        }
        // One that is larger than all that may wait is let in too.
        drop(waiting.send(queue.admit(article(MOST_BYTES + 1), fields, 0, 0)));
        drop(waiting);
        assert_eq!(taker.join().unwrap(), 201);
        assert_eq!(*queue.bytes.lock().unwrap(), 0);
    }
}
