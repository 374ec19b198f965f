//! Finds the elements of a JSON list in a stream of bytes, without reading what is in them: so that a huge
//! document is read in pieces, and one that is cut in half gives what is whole.

use crate::corpus::records::Piece;

/// The keys under which an object holds a list of articles.
pub(crate) const LIST_KEYS: [&str; 14] = [
    "articles",
    "items",
    "docs",
    "results",
    "documents",
    "stories",
    "entries",
    "posts",
    "news",
    "records",
    "data",
    "response",
    "hits",
    "rows",
];

/// A longer string is no key of a list.
const LONGEST_KEY: usize = 16;

/// Where the scanner is. All places are in the buffer that the caller holds.
#[derive(Debug, Default)]
pub(crate) struct Scanner {
    /// The next byte to look at.
    at: usize,
    /// How many objects and lists are open.
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// The depth of the list's elements, once the list is found.
    list: Option<usize>,
    /// Where the element that is open started.
    element: Option<usize>,
    /// The elements that are whole.
    whole: Vec<(usize, usize)>,
    /// Where the string that is open started, if it may be a list's key.
    key_start: Option<usize>,
    /// The string that was read last is one of [`LIST_KEYS`]; behind its colon, the value that comes next is
    /// that key's.
    list_key: bool,
    /// How many objects are open around the list, each under a list's key itself
    /// (`{"response": {"docs": […]}}`).
    around: usize,
}

impl Scanner {
    /// The whole elements at the front of the buffer, as a JSON list; at the end of the input also the broken
    /// one.
    pub fn cut(&mut self, buffer: &mut Vec<u8>, ended: bool) -> Option<Piece> {
        while self.at < buffer.len() {
            self.step(buffer);
        }
        let broken = if ended { self.element.take() } else { None };
        let mut bytes = Vec::with_capacity(buffer.len() + 2);
        let mut records = 0u32;
        for (start, end) in self.whole.drain(..).chain(broken.map(|start| (start, buffer.len()))) {
            bytes.push(if records == 0 { b'[' } else { b',' });
            bytes.extend_from_slice(buffer.get(start..end).unwrap_or_default());
            records += 1;
        }
        if broken.is_none() {
            bytes.push(b']');
        }
        let used = if ended { buffer.len() } else { self.needed_from(buffer.len()) };
        buffer.drain(..used);
        self.forget(used);
        (records > 0).then_some(Piece::Records { bytes, records })
    }

    /// The end of the element that is open, as far as the buffer goes.
    pub fn end_of_element(&mut self, buffer: &[u8]) -> Option<usize> {
        while self.at < buffer.len() {
            self.step(buffer);
            if let Some((_, end)) = self.whole.pop() {
                return Some(end);
            }
        }
        None
    }

    /// The first so many bytes of the buffer are gone.
    pub fn forget(&mut self, bytes: usize) {
        self.at = self.at.saturating_sub(bytes);
        for place in [&mut self.element, &mut self.key_start] {
            *place = place.map(|at| at.saturating_sub(bytes));
        }
    }

    /// Where what is still needed begins.
    fn needed_from(&mut self, end: usize) -> usize {
        self.key_start = self.key_start.filter(|start| end - start <= LONGEST_KEY);
        self.element.or(self.key_start).unwrap_or(end).min(end)
    }

    fn step(&mut self, buffer: &[u8]) {
        let Some(&byte) = buffer.get(self.at) else { return };
        if self.in_string {
            self.step_in_string(buffer);
            return;
        }
        match byte {
            b'"' => {
                self.start_value();
                self.in_string = true;
                self.list_key = false;
                self.key_start = self.list.is_none().then_some(self.at + 1);
            }
            b'{' | b'[' => self.open(byte),
            b'}' | b']' => self.close(),
            b',' => {
                self.end_plain_value();
                self.list_key = false;
            }
            b':' => {}
            b if b.is_ascii_whitespace() => self.end_plain_value(),
            _ => self.start_value(),
        }
        self.at += 1;
    }

    fn step_in_string(&mut self, buffer: &[u8]) {
        if self.escaped {
            self.escaped = false;
            self.at += 1;
            return;
        }
        let rest = buffer.get(self.at..).unwrap_or_default();
        let Some(found) = memchr::memchr2(b'"', b'\\', rest) else {
            self.at = buffer.len();
            return;
        };
        self.at += found;
        if rest.get(found) == Some(&b'\\') {
            self.escaped = true;
        } else {
            self.in_string = false;
            self.list_key =
                self.key_start.take().and_then(|start| buffer.get(start..self.at)).is_some_and(is_list_key);
            if self.element.is_some() && Some(self.depth) == self.list {
                self.end_element(self.at + 1);
            }
        }
        self.at += 1;
    }

    fn start_value(&mut self) {
        if self.list == Some(self.depth) && self.element.is_none() {
            self.element = Some(self.at);
        }
    }

    /// Numbers, `true` and `null` end at a comma, a bracket or white space.
    fn end_plain_value(&mut self) {
        if self.list == Some(self.depth) && self.element.is_some() {
            self.end_element(self.at);
        }
    }

    fn end_element(&mut self, end: usize) {
        if let Some(start) = self.element.take()
            && end > start
        {
            self.whole.push((start, end));
        }
    }

    fn open(&mut self, byte: u8) {
        let key_counts = self.list_key && self.depth == self.around;
        self.list_key = false;
        if self.list.is_none() && byte == b'[' && (self.depth == 0 || key_counts) {
            // The object around the list is no element.
            self.element = None;
            self.depth += 1;
            self.list = Some(self.depth);
            return;
        }
        if self.list.is_none() && self.depth == 0 {
            self.element = Some(self.at);
        }
        if self.depth == 0 || key_counts {
            self.around = self.depth + 1;
        }
        self.start_value();
        self.depth += 1;
    }

    fn close(&mut self) {
        self.end_plain_value();
        if self.list == Some(self.depth) {
            // What follows in the object around the list is passed over: no element is open there.
            self.list = None;
        }
        self.depth = self.depth.saturating_sub(1);
        self.around = self.around.min(self.depth);
        let ends = match self.list {
            Some(list) => list == self.depth,
            None => self.depth == 0,
        };
        if ends {
            self.end_element(self.at + 1);
        }
    }
}

fn is_list_key(key: &[u8]) -> bool {
    LIST_KEYS.iter().any(|k| k.as_bytes() == key)
}
