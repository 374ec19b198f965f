//! What parts the documents of a file of many, where that is neither a line nor a row: a format's own tags,
//! headers and rules. Each stands beside the format's reader.

/// Where documents start in a text.
pub(crate) type Starts<'b> = Box<dyn Iterator<Item = usize> + 'b>;

/// What parts the documents of a format.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delimiter {
    /// The places at which documents start.
    pub starts: for<'b> fn(&'b [u8]) -> Starts<'b>,
    /// Whether every start has a document behind it; else what stands between two may be no text.
    pub is_certain: bool,
}

impl Delimiter {
    /// Where a document ends and another begins: the starts that have text before and behind them.
    pub fn boundaries(self, bytes: &[u8]) -> Starts<'_> {
        if self.is_certain {
            return Box::new((self.starts)(bytes).skip(1));
        }
        let end = bytes.iter().rposition(|b| b.is_ascii_graphic() || !b.is_ascii()).unwrap_or(0);
        let mut last = 0;
        Box::new((self.starts)(bytes).filter(move |at| {
            let parts = *at <= end && bytes.get(last..*at).is_some_and(has_text);
            if parts {
                last = *at;
            }
            parts
        }))
    }

    /// The documents of a text.
    pub fn documents(self, text: &str) -> Vec<&str> {
        let mut documents = Vec::new();
        let mut from = 0;
        for at in self.boundaries(text.as_bytes()).chain(std::iter::once(text.len())) {
            documents.extend(text.get(from..at).filter(|document| has_text(document.as_bytes())));
            from = at;
        }
        documents
    }
}

pub(crate) fn has_text(bytes: &[u8]) -> bool {
    bytes.iter().any(|b| b.is_ascii_graphic() && *b != b'_' || !b.is_ascii())
}

/// A line with its place, and where the next one starts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'b> {
    pub at: usize,
    pub text: &'b [u8],
    pub next: usize,
}

/// A text's lines.
pub(crate) struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Lines<'b> {
    pub fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }
}

impl<'b> Iterator for Lines<'b> {
    type Item = Line<'b>;

    fn next(&mut self) -> Option<Line<'b>> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let at = self.at;
        self.at = (at + len + 1).min(self.bytes.len());
        Some(Line { at, text: rest.get(..len)?.trim_ascii_end(), next: self.at })
    }
}

/// What stands behind a number of up to six digits.
pub(crate) fn number_then(text: &[u8]) -> Option<&[u8]> {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    (1..=6).contains(&digits).then(|| text.get(digits..)).flatten()
}
