//! What words a text is searched by.

use super::tokenize::Kind;
use super::{Analyzer, Language, term};

/// One word of the text.
pub struct AnalyzedWord<'a> {
    /// Number of words before it.
    pub position: u32,
    /// How many positions it covers.
    pub width: u32,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The word as it stands in the text.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind,
    /// The exact form it is found by.
    pub form: String,
    /// What it shares with its inflections.
    pub stem: String,
}

/// The words of a text, in its order.
pub fn explain(text: &str, language: Language) -> Vec<AnalyzedWord<'_>> {
    let mut words = Vec::new();
    Analyzer::default().analyze(text, language, |token| {
        let Some(parts) = term::decode(token.term) else { return };
        let raw = token.raw;
        words.push(AnalyzedWord {
            position: token.position,
            width: raw.width,
            start: raw.start,
            end: raw.end,
            text: text.get(raw.start..raw.end).unwrap_or_default(),
            kind: raw.kind,
            stem: parts.stem.to_owned(),
            form: parts.form,
        });
    });
    words
}
