//! `newsearch analyze`: what words a text is searched by.

use std::io::{self, BufWriter, Write as _};

use newsearch::analysis::segment::Kind;
use newsearch::analysis::{Analyzer, Language, term};

use super::arguments::{AnalyzeArguments, query_text};
use super::outcome::{CommandResult, Outcome};
use super::render::{json, text};
use super::terminal::Terminal;

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

pub fn run(arguments: &AnalyzeArguments, terminal: &Terminal) -> CommandResult {
    let typed = query_text(&arguments.text);
    let language = Language::from_code(Some(&arguments.language));
    let mut words = Vec::new();
    Analyzer::default().analyze(&typed, language, |token| {
        let Some(parts) = term::decode(token.term) else { return };
        let segment = token.segment;
        words.push(AnalyzedWord {
            position: token.position,
            width: segment.width,
            start: segment.start,
            end: segment.end,
            text: typed.get(segment.start..segment.end).unwrap_or_default(),
            kind: segment.kind,
            stem: parts.stem.to_owned(),
            form: parts.form,
        });
    });
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        json::analysis(&mut out, &typed, language.code(), &words)?;
    } else {
        text::analysis(&mut out, &words, terminal)?;
    }
    out.flush()?;
    Ok(if words.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
