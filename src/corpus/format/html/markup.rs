//! Cuts HTML text into tags and text, as tolerantly as browsers do. Knows nothing of what elements mean.

use memchr::{memchr, memmem};

/// More attributes are passed over: so many no page has.
pub const MOST_ATTRIBUTES: usize = 1_000_000;

/// An attribute as it is written.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'a> {
    /// Its name, in the case of the file.
    pub name: &'a str,
    /// Its value, entities not yet decoded; empty where there is none.
    pub value: &'a str,
}

/// A piece of markup; comments, doctypes and processing instructions are left out.
#[derive(Debug)]
pub enum Token<'a> {
    /// Text, entities not yet decoded.
    Text(&'a str),
    /// A start tag.
    Start {
        /// The element's name, in the case of the file.
        name: &'a str,
        /// Where its attributes stand in the list given to [`Tokens::next`].
        attributes: (u32, u32),
        /// Whether it ends in `/>`.
        self_closing: bool,
    },
    /// An end tag.
    End(&'a str),
}

/// A reader of tokens.
#[derive(Debug)]
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// No comment ends after the place reached: an unclosed `<!--` need not be searched for its end again.
    comments_over: bool,
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning of `html`.
    pub fn new(html: &'a str) -> Self {
        Self { html, at: 0, comments_over: false }
    }

    /// The next token; a start tag's attributes are appended to `attributes`.
    pub fn next(&mut self, attributes: &mut Vec<Attribute<'a>>) -> Option<Token<'a>> {
        let bytes = self.html.as_bytes();
        let mut text_from = self.at;
        let mut from = self.at;
        loop {
            let Some(open) = memchr(b'<', &bytes[from..]).map(|i| from + i) else {
                self.at = bytes.len();
                return (text_from < bytes.len()).then(|| Token::Text(&self.html[text_from..]));
            };
            let is_markup = match bytes.get(open + 1) {
                Some(b'!' | b'?') => true,
                Some(b'/') => bytes.get(open + 2).is_some_and(u8::is_ascii_alphabetic),
                Some(c) => c.is_ascii_alphabetic(),
                None => false,
            };
            if !is_markup {
                from = open + 1;
                continue;
            }
            if open > text_from {
                self.at = open;
                return Some(Token::Text(&self.html[text_from..open]));
            }
            match bytes[open + 1] {
                b'!' | b'?' => {
                    self.skip_declaration(open);
                    text_from = self.at;
                    from = self.at;
                }
                b'/' => return Some(self.end_tag(open)),
                _ => return Some(self.start_tag(open, attributes)),
            }
        }
    }

    fn skip_declaration(&mut self, open: usize) {
        let bytes = self.html.as_bytes();
        let rest = &bytes[open..];
        if rest.starts_with(b"<!--") && !self.comments_over {
            // `<!-->` and `<!--->` are whole comments.
            if let Some(end) = memmem::find(&rest[2..], b"-->") {
                self.at = open + 2 + end + 3;
                return;
            }
            self.comments_over = true;
        }
        self.at = memchr(b'>', rest).map_or(bytes.len(), |i| open + i + 1);
    }

    fn end_tag(&mut self, open: usize) -> Token<'a> {
        let bytes = self.html.as_bytes();
        let from = open + 2;
        let to = name_end(bytes, from);
        self.at = memchr(b'>', &bytes[to..]).map_or(bytes.len(), |i| to + i + 1);
        Token::End(&self.html[from..to])
    }

    fn start_tag(&mut self, open: usize, attributes: &mut Vec<Attribute<'a>>) -> Token<'a> {
        let bytes = self.html.as_bytes();
        let from = open + 1;
        let to = name_end(bytes, from);
        let first = attributes.len();
        let mut at = to;
        let mut self_closing = false;
        loop {
            while bytes.get(at).is_some_and(|c| c.is_ascii_whitespace() || *c == b'/') {
                self_closing = bytes[at] == b'/';
                at += 1;
            }
            match bytes.get(at) {
                None => break,
                Some(b'>') => {
                    at += 1;
                    break;
                }
                Some(_) => {
                    self_closing = false;
                    let attribute;
                    (attribute, at) = self.attribute(at);
                    if attributes.len() <= MOST_ATTRIBUTES {
                        attributes.push(attribute);
                    }
                }
            }
        }
        self.at = at;
        let index = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Token::Start {
            name: &self.html[from..to],
            attributes: (index(first), index(attributes.len())),
            self_closing,
        }
    }

    fn attribute(&self, from: usize) -> (Attribute<'a>, usize) {
        let bytes = self.html.as_bytes();
        let is_name = |c: &u8| !c.is_ascii_whitespace() && !matches!(c, b'/' | b'>' | b'=');
        let mut to = from + 1;
        while bytes.get(to).is_some_and(is_name) {
            to += 1;
        }
        let name = self.html.get(from..to).unwrap_or_default();
        let mut at = to;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            return (Attribute { name, value: "" }, at);
        }
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let (value, at) = match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => {
                let end = memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |i| at + 1 + i);
                (at + 1..end, (end + 1).min(bytes.len()))
            }
            _ => {
                let is_value = |c: &u8| !c.is_ascii_whitespace() && *c != b'>';
                let mut end = at;
                while bytes.get(end).is_some_and(is_value) {
                    end += 1;
                }
                (at..end, end)
            }
        };
        (Attribute { name, value: self.html.get(value).unwrap_or_default() }, at)
    }

    /// The text up to the end tag of the raw-text element just begun, which is passed; all that is left where
    /// it has no end.
    pub fn raw_text(&mut self, name: &str) -> &'a str {
        let bytes = self.html.as_bytes();
        let start = self.at;
        let mut from = start;
        while let Some(i) = memchr(b'<', &bytes[from..]) {
            let open = from + i;
            let tail = open + 2;
            let is_end = bytes.get(open + 1) == Some(&b'/')
                && bytes
                    .get(tail..tail + name.len())
                    .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                && bytes
                    .get(tail + name.len())
                    .is_none_or(|c| c.is_ascii_whitespace() || matches!(c, b'>' | b'/'));
            if is_end {
                self.at = memchr(b'>', &bytes[tail..]).map_or(bytes.len(), |i| tail + i + 1);
                return &self.html[start..open];
            }
            from = open + 1;
        }
        self.at = bytes.len();
        &self.html[start..]
    }
}

fn name_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while bytes.get(at).is_some_and(|c| !c.is_ascii_whitespace() && !matches!(c, b'/' | b'>')) {
        at += 1;
    }
    at
}
