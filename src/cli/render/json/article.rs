//! A whole article, what matches in it, and what a text is searched by.

use std::io::Write;

use newsearch::analysis::AnalyzedWord;
use newsearch::article::Article;
use newsearch::field::Field;
use newsearch::search::CopyOf;
use newsearch::search::highlight::Passage;
use serde::Serialize;

use super::super::super::outcome::Failure;
use super::common::{Characters, PLAIN_OFFSETS, PlainOffsets, object};
use super::hit::{ArticleHead, Copy};

#[derive(Serialize)]
struct WholeArticle<'a> {
    #[serde(flatten)]
    article: ArticleHead<'a>,
    dateline: Option<&'a str>,
    body: &'a str,
    problems: &'a [String],
    copies: Vec<Copy<'a>>,
    offsets: PlainOffsets,
    matches: Option<Vec<MatchJson>>,
}

/// A match in an article: a range of the field's text, or of one of its authors.
#[derive(Serialize)]
struct MatchJson {
    number: u64,
    field: &'static str,
    author: Option<usize>,
    start: usize,
    end: usize,
    start_char: usize,
    end_char: usize,
}

/// `parse --json` and `show --json`: one object an article, with what a query matches in it where there is
/// one.
pub fn article(
    out: &mut impl Write,
    article: &Article,
    marked: Option<&[Passage]>,
    copies: &[CopyOf],
) -> Result<(), Failure> {
    let value = WholeArticle {
        article: ArticleHead::new(article, &article.path),
        dateline: article.dateline.as_deref(),
        body: &article.body,
        problems: &article.problems,
        copies: copies.iter().map(Copy::new).collect(),
        offsets: PLAIN_OFFSETS,
        matches: marked.map(|passages| matches(article, passages)),
    };
    object(out, &value)
}

/// The matches, numbered as `show` numbers them.
fn matches(article: &Article, passages: &[Passage]) -> Vec<MatchJson> {
    let mut matches = Vec::new();
    let mut authors = 0..;
    let mut from = 0;
    let mut body = Characters::of(&article.body);
    let mut dateline = article.dateline.is_some();
    for passage in passages.iter().filter(|passage| passage.field.is_default()) {
        let author = if passage.field == Field::Author { authors.next() } else { None };
        let mut field = passage.field.as_str();
        let mut shift = 0;
        let mut chars_before = 0;
        if passage.field == Field::Body && std::mem::take(&mut dateline) {
            field = "dateline";
        } else if passage.field == Field::Body {
            // Rows of the body are its paragraphs, in order.
            let rest = article.body.get(from..).unwrap_or_default();
            shift = from + rest.find(&passage.text).unwrap_or_default();
            from = shift + passage.text.len();
            chars_before = body.before(shift);
        }
        let mut chars = Characters::of(&passage.text);
        for highlight in &passage.highlights {
            matches.push(MatchJson {
                number: matches.len() as u64 + 1,
                field,
                author,
                start: shift + highlight.start,
                end: shift + highlight.end,
                start_char: chars_before + chars.before(highlight.start),
                end_char: chars_before + chars.before(highlight.end),
            });
        }
    }
    matches
}

#[derive(Serialize)]
struct Analysis<'a> {
    text: &'a str,
    language: &'a str,
    offsets: PlainOffsets,
    tokens: Vec<Token<'a>>,
}

#[derive(Serialize)]
struct Token<'a> {
    position: u32,
    width: u32,
    start: usize,
    end: usize,
    start_char: usize,
    end_char: usize,
    text: &'a str,
    kind: &'static str,
    term: &'a str,
    stem: &'a str,
}

/// `analyze --json`: one object.
pub fn analysis(
    out: &mut impl Write,
    text: &str,
    language: &str,
    words: &[AnalyzedWord<'_>],
) -> Result<(), Failure> {
    let mut chars = Characters::of(text);
    let tokens = words.iter().map(|word| Token {
        position: word.position,
        width: word.width,
        start: word.start,
        end: word.end,
        start_char: chars.before(word.start),
        end_char: chars.before(word.end),
        text: word.text,
        kind: word.kind.as_str(),
        term: &word.form,
        stem: &word.stem,
    });
    object(out, &Analysis { text, language, offsets: PLAIN_OFFSETS, tokens: tokens.collect() })
}
