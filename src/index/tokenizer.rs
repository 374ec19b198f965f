//! The analysis behind the engine's tokenizer interface: how an article's fields are laid out as one row of
//! positions.
//!
//! The engine hands a tokenizer nothing but a string, so what else the analysis must know (whose text it is,
//! its language, where one field ends and the next begins, how often a word counts) is written into it by
//! [`Layout`], with separators that no article text holds.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::sentence::sentence_starts;
use crate::analysis::{Analyzer, Language};
use crate::panics::Panic;

/// Name of the tokenizer of the combined field.
pub const COMBINED: &str = "newsearch_combined";
/// Name of the tokenizer of single fields.
pub const SEPARATE: &str = "newsearch_separate";

/// The term that stands at the first position of every paragraph of the combined field.
///
/// The headline, each author and the section are paragraphs of their own.
pub const PARAGRAPH: &str = "\u{1}p";
/// The term that stands at the first position of every further sentence of a paragraph.
pub const SENTENCE: &str = "\u{1}s";
/// The term that stands at the position where the body begins.
pub const BODY: &str = "\u{1}b";

/// In single fields, each value begins at the next multiple of this: what lies in different cells is not in
/// one value.
pub const CELL: u32 = 1 << 16;

const END_OF_HEAD: char = '\u{1e}';
const END_OF_PARAGRAPH: char = '\u{1f}';
const BODY_BEGINS: char = '\u{1d}';

/// Where an article is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The key of its file (see [`file_key`](super::document::file_key)).
    pub file: u64,
    /// Its number in that file.
    pub record: u32,
}

/// Writes what a tokenizer is to read.
pub struct Layout {
    text: String,
}

impl Layout {
    /// A row of positions for an article's text in this language.
    pub fn new(language: Language, of: Origin) -> Self {
        let mut text = String::with_capacity(256);
        let _ = write!(text, "{} {} {}", language.code(), of.file, of.record);
        text.push(END_OF_HEAD);
        Self { text }
    }

    /// A paragraph whose words count `weight` times each.
    pub fn paragraph(&mut self, paragraph: &str, weight: u8) {
        let _ = write!(self.text, "{}", weight.clamp(1, 9));
        let separators = |c: char| matches!(c, END_OF_HEAD | END_OF_PARAGRAPH | BODY_BEGINS);
        let [head, end, body] = [END_OF_HEAD, END_OF_PARAGRAPH, BODY_BEGINS].map(|c| c as u8);
        if memchr::memchr3(head, end, body, paragraph.as_bytes()).is_some() {
            self.text.extend(paragraph.chars().map(|c| if separators(c) { ' ' } else { c }));
        } else {
            self.text.push_str(paragraph);
        }
        self.text.push(END_OF_PARAGRAPH);
    }

    /// Says that what follows is the body.
    pub fn body_begins(&mut self) {
        self.text.push(BODY_BEGINS);
    }

    /// The text for the tokenizer.
    pub fn finish(self) -> String {
        self.text
    }
}

/// The analyzers of an index.
#[derive(Clone, Default)]
pub struct Analyzers {
    /// Those that are not at work, with the words they know: the engine makes a tokenizer anew for every
    /// field of every segment.
    idle: Arc<Mutex<Vec<Analyzer>>>,
    failures: Arc<Mutex<Vec<(Origin, Panic)>>>,
}

impl Analyzers {
    fn take(&self) -> Analyzer {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn give_back(&self, analyzer: Analyzer) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(analyzer);
    }

    /// Articles of which not every word can be found, and why, since it was last asked.
    pub fn take_failures(&self) -> Vec<(Origin, Panic)> {
        std::mem::take(&mut *self.failures.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn failed(&self, head: &str, panic: Panic) {
        let mut numbers = head.split(' ').skip(1);
        let mut next = || numbers.next().and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
        let origin = Origin { file: next(), record: next() as u32 };
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        // One panic of an article says enough: its headline is read twice.
        if failures.last().is_none_or(|(last, _)| *last != origin) {
            failures.push((origin, panic));
        }
    }
}

/// Reads what [`Layout`] wrote and gives the engine its tokens.
#[derive(Clone)]
pub struct FieldTokenizer {
    analyzers: Analyzers,
    combined: bool,
}

impl FieldTokenizer {
    /// For the combined field: with breaks, and a word as often as it counts.
    pub fn combined(analyzers: &Analyzers) -> Self {
        Self { analyzers: analyzers.clone(), combined: true }
    }

    /// For single fields: words only, each value in a cell of its own.
    pub fn separate(analyzers: &Analyzers) -> Self {
        Self { analyzers: analyzers.clone(), combined: false }
    }

    /// Calls `sink` with the position of every term, and the term.
    fn walk(&self, text: &str, mut sink: impl FnMut(u32, &str)) {
        let mut analyzer = self.analyzers.take();
        let (head, rows) = text.split_once(END_OF_HEAD).unwrap_or(("", text));
        let code = head.split(' ').next().unwrap_or_default();
        let language = if code.is_empty() { Language::Other } else { Language::from_code(Some(code)) };
        let mut position = 0;
        for row in rows.split_terminator(END_OF_PARAGRAPH) {
            let row = match row.strip_prefix(BODY_BEGINS) {
                Some(row) => {
                    sink(position, BODY);
                    row
                }
                None => row,
            };
            if row.is_empty() {
                continue;
            }
            let weight = row.bytes().next().filter(u8::is_ascii_digit).map_or(0, |b| b - b'0');
            let paragraph = row.get(1..).unwrap_or_default();
            position = if self.combined {
                combined_row(&mut analyzer, paragraph, language, position, weight, &mut sink)
            } else {
                separate_row(&mut analyzer, paragraph, language, position, &mut sink)
            };
            if let Some(panic) = analyzer.take_failure() {
                self.analyzers.failed(head, panic);
            }
        }
        self.analyzers.give_back(analyzer);
    }
}

/// Returns the next paragraph's position: one is left out between them, so that no phrase runs across.
fn combined_row(
    analyzer: &mut Analyzer,
    paragraph: &str,
    language: Language,
    from: u32,
    weight: u8,
    mut sink: impl FnMut(u32, &str),
) -> u32 {
    let sentences = sentence_starts(paragraph);
    let mut next_sentence = 1;
    sink(from, PARAGRAPH);
    let used = analyzer.analyze(paragraph, language, |token| {
        let position = from + token.position;
        while sentences.get(next_sentence).is_some_and(|start| *start <= token.raw.start) {
            next_sentence += 1;
            // Several sentences without a word between them begin at one place.
            if sentences.get(next_sentence).is_none_or(|start| *start > token.raw.start) {
                sink(position, SENTENCE);
            }
        }
        for _ in 0..weight {
            sink(position, token.term);
        }
    });
    from + used + 1
}

fn separate_row(
    analyzer: &mut Analyzer,
    value: &str,
    language: Language,
    from: u32,
    mut sink: impl FnMut(u32, &str),
) -> u32 {
    let used = analyzer.analyze(value, language, |token| sink(from + token.position, token.term));
    from + (used / CELL + 1) * CELL
}

impl Tokenizer for FieldTokenizer {
    type TokenStream<'a> = FieldTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FieldTokenStream<'a> {
        FieldTokenStream { tokenizer: self, text, waiting: None, token: Token::default() }
    }
}

/// The engine's view of the tokens.
pub struct FieldTokenStream<'a> {
    tokenizer: &'a mut FieldTokenizer,
    text: &'a str,
    /// What is still to be given out, where tokens are asked for one by one.
    waiting: Option<std::vec::IntoIter<(u32, String)>>,
    token: Token,
}

impl TokenStream for FieldTokenStream<'_> {
    fn advance(&mut self) -> bool {
        let waiting = self.waiting.get_or_insert_with(|| {
            let mut tokens = Vec::new();
            self.tokenizer.walk(self.text, |position, term| tokens.push((position, term.to_owned())));
            tokens.into_iter()
        });
        let Some((position, term)) = waiting.next() else { return false };
        self.token.position = position as usize;
        self.token.text = term;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }

    /// How the engine reads an article: nothing is kept or copied on the way.
    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        let Self { tokenizer, text, token, .. } = self;
        tokenizer.walk(text, |position, term| {
            token.position = position as usize;
            token.text.clear();
            token.text.push_str(term);
            sink(token);
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::indexing_slicing)]
    use super::*;
    use crate::analysis::PANICS;

    fn combined() -> FieldTokenizer {
        FieldTokenizer::combined(&Analyzers::default())
    }

    fn separate() -> FieldTokenizer {
        FieldTokenizer::separate(&Analyzers::default())
    }

    fn tokens(mut tokenizer: FieldTokenizer, text: &str) -> Vec<(usize, String)> {
        let mut out = Vec::new();
        tokenizer.token_stream(text).process(&mut |token| out.push((token.position, token.text.clone())));
        out
    }

    #[test]
    fn the_combined_row_has_breaks_and_weights() {
        let mut layout = Layout::new(Language::English, Origin { file: 7, record: 1 });
        layout.paragraph("Peace plan", 2);
        layout.body_begins();
        layout.paragraph("It rained. He left.", 1);
        layout.paragraph("End", 1);
        let row = tokens(combined(), &layout.finish());
        let shown: Vec<String> =
            row.iter().map(|(at, term)| format!("{at}{}", term.replace(['\0', '\u{1}'], "."))).collect();
        assert_eq!(
            shown.join(" "),
            "0.p 0epeac.Ae 0epeac.Ae 1eplan. 1eplan. 3.b 3.p 3eit. 4erain.Aed 5.s 5ehe. 6eleft. 8.p 8eend."
        );
    }

    #[test]
    fn a_row_that_the_analysis_fails_at_keeps_what_came_before_and_after() {
        let mut layout = Layout::new(Language::English, Origin { file: u64::MAX, record: 3 });
        layout.paragraph("Peace plan", 1);
        layout.paragraph(&format!("Rain {PANICS} rain"), 1);
        layout.paragraph("End", 1);
        let layout = layout.finish();
        for tokenizer in [FieldTokenizer::combined, FieldTokenizer::separate] {
            let analyzers = Analyzers::default();
            let terms: Vec<String> = tokens(tokenizer(&analyzers), &layout)
                .into_iter()
                .filter(|(_, term)| !term.starts_with('\u{1}'))
                .map(|(_, term)| term.replace('\0', "."))
                .collect();
            assert_eq!(terms, ["epeac.Ae", "eplan.", "erain.", "eend."]);
            let failures = analyzers.take_failures();
            assert_eq!(failures.len(), 1);
            assert_eq!(failures[0].0, Origin { file: u64::MAX, record: 3 });
            assert_eq!(analyzers.take_failures(), []);
        }
    }

    #[test]
    #[should_panic(expected = "the engine's own")]
    fn a_panic_behind_the_analysis_is_not_its_own() {
        let mut layout = Layout::new(Language::English, Origin { file: 1, record: 1 });
        layout.paragraph("Peace plan", 1);
        let layout = layout.finish();
        combined().token_stream(&layout).process(&mut |_| panic!("the engine's own"));
    }

    #[test]
    fn an_article_without_a_body_still_says_where_it_would_begin() {
        let mut layout = Layout::new(Language::English, Origin { file: 7, record: 1 });
        layout.paragraph("Peace", 2);
        layout.body_begins();
        let row = tokens(combined(), &layout.finish());
        assert_eq!(row.last().map(|(at, term)| (*at, term.as_str())), Some((2, BODY)));
    }

    #[test]
    fn values_of_single_fields_lie_in_cells() {
        let mut layout = Layout::new(Language::English, Origin { file: 7, record: 1 });
        layout.paragraph("Ana Sousa", 1);
        layout.paragraph("Jo Ek", 1);
        let row = tokens(separate(), &layout.finish());
        let positions: Vec<usize> = row.iter().map(|(at, _)| *at).collect();
        assert_eq!(positions, [0, 1, 65536, 65537]);
    }

    #[test]
    fn tokens_come_one_by_one_as_they_come_together() {
        let mut layout = Layout::new(Language::English, Origin { file: 7, record: 1 });
        layout.paragraph("Peace plan. A counter-proposal", 2);
        let text = layout.finish();
        let mut tokenizer = combined();
        let mut stream = tokenizer.token_stream(&text);
        let mut one_by_one = Vec::new();
        while stream.advance() {
            one_by_one.push((stream.token().position, stream.token().text.clone()));
        }
        assert_eq!(one_by_one, tokens(combined(), &text));
    }

    #[test]
    fn separators_in_a_text_do_no_harm() {
        let mut layout = Layout::new(Language::English, Origin { file: 7, record: 1 });
        layout.paragraph("a\u{1f}b\u{1e}c\u{1d}d", 1);
        assert_eq!(tokens(separate(), &layout.finish()).len(), 4);
    }
}
