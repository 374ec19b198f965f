//! An article that was found.

use std::borrow::Cow;
use std::io::Write;

use newsearch::article::Article;
use newsearch::search::{CopyOf, Hit, SearchResponse};
use serde::Serialize;

use super::super::super::outcome::Failure;
use super::super::super::paths;
use super::common::{in_characters, known, object};

/// What is said of an article wherever there is one.
#[derive(Serialize)]
pub struct ArticleHead<'a> {
    id: &'a str,
    path: Cow<'a, str>,
    record: u32,
    headline: Option<&'a str>,
    authors: &'a [String],
    section: Option<&'a str>,
    publication: Option<&'a str>,
    url: Option<&'a str>,
    date: Option<String>,
    date_precision: Option<&'static str>,
    format: &'static str,
    language: Option<&'a str>,
}

impl<'a> ArticleHead<'a> {
    /// `path` is that of its file, as it is shown.
    pub fn new(article: &'a Article, path: &'a str) -> Self {
        Self {
            id: &article.id,
            path: paths::absolute_of_shown(path),
            record: article.record,
            headline: known(&article.headline),
            authors: &article.authors,
            section: article.section.as_deref(),
            publication: article.publication.as_deref(),
            url: article.url.as_deref(),
            date: article.date.map(|date| date.to_string()),
            date_precision: article.date.map(|date| date.precision.as_str()),
            format: article.format.as_str(),
            language: article.language.as_deref(),
        }
    }
}

/// A hit.
#[derive(Serialize)]
pub struct HitJson<'a> {
    #[serde(flatten)]
    article: ArticleHead<'a>,
    rank: Option<usize>,
    score: Option<f32>,
    headline_highlights: &'a [(usize, usize)],
    headline_highlights_chars: Vec<(usize, usize)>,
    snippets: Vec<Snippet<'a>>,
    explanation: Vec<Part<'a>>,
    copies: Vec<Copy<'a>>,
}

#[derive(Serialize)]
struct Snippet<'a> {
    field: &'static str,
    text: &'a str,
    highlights: &'a [(usize, usize)],
    highlights_chars: Vec<(usize, usize)>,
    apart: bool,
}

#[derive(Serialize)]
struct Part<'a> {
    what: &'a str,
    score: f32,
}

/// An article that is a copy of another.
#[derive(Serialize)]
pub struct Copy<'a> {
    id: &'a str,
    path: Cow<'a, str>,
    publication: Option<&'a str>,
    date: Option<String>,
}

impl<'a> HitJson<'a> {
    /// `path` is that of its file, as it is shown.
    pub fn new(hit: &'a Hit, path: &'a str) -> Self {
        let snippet = |snippet: &'a newsearch::search::Snippet| Snippet {
            field: snippet.field,
            text: &snippet.text,
            highlights: &snippet.highlights,
            highlights_chars: in_characters(&snippet.text, &snippet.highlights),
            apart: snippet.apart,
        };
        Self {
            article: ArticleHead::new(&hit.article, path),
            rank: Some(hit.rank),
            // Where nothing was ranked, no article has a score.
            score: (hit.score > 0.0).then_some(hit.score),
            headline_highlights: &hit.headline_highlights,
            headline_highlights_chars: in_characters(&hit.article.headline, &hit.headline_highlights),
            snippets: hit.snippets.iter().map(snippet).collect(),
            explanation: hit
                .explanation
                .iter()
                .map(|part| Part { what: &part.what, score: part.score })
                .collect(),
            copies: Vec::new(),
        }
    }

    /// The same of one that stands in no order.
    pub fn unranked(hit: &'a Hit, path: &'a str) -> Self {
        Self { rank: None, score: None, ..Self::new(hit, path) }
    }

    fn with_copies(self, copies: &'a [CopyOf]) -> Self {
        Self { copies: copies.iter().map(Copy::new).collect(), ..self }
    }
}

impl<'a> Copy<'a> {
    /// Of a copy whose path is as it is shown.
    pub fn new(copy: &'a CopyOf) -> Self {
        Self {
            id: &copy.id,
            path: paths::absolute_of_shown(&copy.path),
            publication: copy.publication.as_deref(),
            date: copy.date.map(|date| date.to_string()),
        }
    }
}

/// The hits of an answer.
pub fn hits_of<'a>(response: &'a SearchResponse, paths: &'a [String]) -> Vec<HitJson<'a>> {
    response.hits.iter().zip(paths).map(|(hit, path)| HitJson::new(hit, path)).collect()
}

/// Hits, each with its copies.
pub(super) fn with_copies<'a>(
    hits: &'a [Hit],
    paths: &'a [String],
    copies: &'a [Vec<CopyOf>],
) -> impl Iterator<Item = HitJson<'a>> {
    let with = |((hit, path), copies): ((&'a Hit, &'a String), &'a Vec<CopyOf>)| {
        HitJson::new(hit, path).with_copies(copies)
    };
    hits.iter().zip(paths).zip(copies).map(with)
}

/// `query --format jsonl`: one object a hit.
pub fn hits(
    out: &mut impl Write,
    hits: &[Hit],
    paths: &[String],
    copies: &[Vec<CopyOf>],
) -> Result<(), Failure> {
    with_copies(hits, paths, copies).try_for_each(|hit| object(out, &hit))
}

#[derive(Serialize)]
struct Exported<'a> {
    #[serde(flatten)]
    hit: HitJson<'a>,
    body: &'a str,
}

/// `export --format jsonl`: one object, the article's text included.
pub fn exported(out: &mut impl Write, hit: &Hit, path: &str, copies: &[CopyOf]) -> Result<(), Failure> {
    let body = &hit.article.body;
    object(out, &Exported { hit: HitJson::new(hit, path).with_copies(copies), body })
}
