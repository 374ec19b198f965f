//! Answers to queries.

use std::io::Write;
use std::time::Duration;

use newsearch::search::facets::{Facet, FacetValue};
use newsearch::search::{Account, CopyOf, Correction, SearchResponse, Similar, WordForms};
use serde::Serialize;

use super::super::super::outcome::Failure;
use super::super::nothing::Nothing;
use super::common::{Count, OFFSETS, Offsets, object};
use super::head::Head;
use super::hit::{HitJson, hits_of, with_copies};

#[derive(Serialize)]
struct Response<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    total_distinct: Option<u64>,
    spellings: &'a [Vec<String>],
    related_words: &'a [String],
    words: Vec<Word<'a>>,
    forms: Vec<Forms<'a>>,
    corrected: Vec<CorrectedJson<'a>>,
    facets: Vec<FacetJson<'a>>,
    offsets: Offsets,
    hits: Vec<HitJson<'a>>,
    took_ms: u64,
}

#[derive(Serialize)]
struct Word<'a> {
    word: &'a str,
    articles: u64,
}

/// In which forms a word was found, where that is worth saying.
#[derive(Serialize)]
struct Forms<'a> {
    word: &'a str,
    articles_as_typed: u64,
    others: &'a [String],
    left_out: &'a [String],
}

/// A word that was searched for in the place of another.
#[derive(Serialize)]
struct CorrectedJson<'a> {
    typed: &'a str,
    searched: &'a str,
}

#[derive(Serialize)]
struct FacetJson<'a> {
    by: &'static str,
    values: Vec<Count<'a>>,
    without: u64,
}

/// What goes with an answer's hits.
pub struct Answer<'a> {
    /// The query as it was typed, and how it was read.
    pub asked: (&'a str, &'a str),
    /// What there is to know about the search.
    pub account: &'a Account,
    /// The words that were searched for in the place of others.
    pub corrections: &'a [Correction],
    /// How long all of it took, why nothing was found included.
    pub took: Duration,
    /// Each hit's path as it is shown.
    pub paths: &'a [String],
    /// Each hit's copies.
    pub copies: &'a [Vec<CopyOf>],
    /// What was counted.
    pub facets: &'a [Facet],
    /// Why nothing was found, where that is so.
    pub nothing: Option<&'a Nothing>,
}

/// `query --json`: one object.
pub fn response(out: &mut impl Write, response: &SearchResponse, answer: &Answer<'_>) -> Result<(), Failure> {
    let value = Response {
        head: Head::new(answer.asked, response.total, answer.account, answer.nothing),
        total_distinct: response.distinct,
        spellings: &response.spellings,
        related_words: &response.related,
        words: response.words.iter().map(|w| Word { word: &w.word, articles: w.articles }).collect(),
        forms: response.forms.iter().map(Forms::new).collect(),
        corrected: answer.corrections.iter().map(CorrectedJson::new).collect(),
        facets: answer.facets.iter().map(FacetJson::new).collect(),
        offsets: OFFSETS,
        hits: with_copies(&response.hits, answer.paths, answer.copies).collect(),
        took_ms: u64::try_from(answer.took.as_millis()).unwrap_or(u64::MAX),
    };
    object(out, &value)
}

#[derive(Serialize)]
struct Batch<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    line: usize,
    name: Option<&'a str>,
    error: Option<&'a str>,
    offsets: Offsets,
    hits: Vec<HitJson<'a>>,
}

/// A query of a batch.
pub struct BatchLine<'a> {
    /// The number of its line, from 1.
    pub number: usize,
    /// Its name.
    pub name: Option<&'a str>,
    /// The query as it was typed.
    pub query: &'a str,
}

/// `batch --json`: one object a query; `Err` says why it could not be asked.
pub fn batch(
    out: &mut impl Write,
    line: &BatchLine<'_>,
    answer: Result<(&str, &Account, Option<&Nothing>), &str>,
    (response, paths): (Option<&SearchResponse>, &[String]),
) -> Result<(), Failure> {
    let total = response.map_or(0, |response| response.total);
    let head = match answer {
        Ok((read_as, account, nothing)) => Head::new((line.query, read_as), total, account, nothing),
        Err(_) => Head::not_asked(line.query),
    };
    let value = Batch {
        head,
        line: line.number,
        name: line.name,
        error: answer.err(),
        offsets: OFFSETS,
        hits: response.map(|response| hits_of(response, paths)).unwrap_or_default(),
    };
    object(out, &value)
}

#[derive(Serialize)]
struct Related<'a> {
    id: &'a str,
    offsets: Offsets,
    story: Vec<HitJson<'a>>,
    background: Vec<HitJson<'a>>,
}

/// `related --json`: one object. The paths are the story's, then the background's.
pub fn related(
    out: &mut impl Write,
    id: &str,
    similar: &Similar,
    paths: (&[String], &[String]),
) -> Result<(), Failure> {
    let value = Related {
        id,
        offsets: OFFSETS,
        story: similar.story.iter().zip(paths.0).map(|(hit, path)| HitJson::new(hit, path)).collect(),
        background: similar
            .background
            .iter()
            .zip(paths.1)
            .map(|(hit, path)| HitJson::new(hit, path))
            .collect(),
    };
    object(out, &value)
}

impl<'a> Forms<'a> {
    fn new(forms: &'a WordForms) -> Self {
        let WordForms { word, typed, others, left_out } = forms;
        Self { word, articles_as_typed: *typed, others, left_out }
    }
}

impl<'a> CorrectedJson<'a> {
    fn new(correction: &'a Correction) -> Self {
        Self { typed: &correction.typed, searched: &correction.searched }
    }
}

impl<'a> FacetJson<'a> {
    fn new(facet: &'a Facet) -> Self {
        let count = |value: &'a FacetValue| Count { value: &value.value, articles: value.articles };
        Self {
            by: facet.by.as_str(),
            values: facet.values.iter().map(count).collect(),
            without: facet.without,
        }
    }
}
