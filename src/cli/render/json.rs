//! Answers for programs, from structs of their own: what is renamed in the library renames nothing here. Keys are added,
//! never renamed, within a version.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

use newsearch::article::Article;
use newsearch::index::Snapshot;
use newsearch::index::manifest::Manifest;
use newsearch::index::rows::Part;
use newsearch::problem::Problem;
use newsearch::search::evidence::MarkedRow;
use newsearch::search::facets::{Facet, FacetValue};
use newsearch::search::overview::Overview;
use newsearch::search::receipt::{Changes, Receipt};
use newsearch::search::{CopyOf, Correction, Hit, SearchResponse, Similar, WordForms};
use serde::Serialize;

use super::super::Failure;
use super::super::analyze::AnalyzedWord;
use super::nothing::{Nothing, NothingV1};

/// The version of everything below.
pub const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
struct ResponseV1<'a> {
    format_version: u32,
    query: &'a str,
    read_as: &'a str,
    spellings: &'a [Vec<String>],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    related_words: &'a [String],
    total: u64,
    total_is: &'static str,
    undated_matching: u64,
    partly_dated_matching: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_distinct: Option<u64>,
    offsets: OffsetsV1,
    took_ms: u64,
    notices: &'a [String],
    words: Vec<WordV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forms: Vec<FormsV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrected: Vec<CorrectedV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facets: Vec<FacetV1<'a>>,
    hits: Vec<HitV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nothing_found: Option<NothingV1<'a>>,
}

/// What the numbers of a range count. Both begin at 0, and the end is not in the range.
#[derive(Serialize)]
struct OffsetsV1 {
    highlights: &'static str,
    highlights_chars: &'static str,
}

const OFFSETS: OffsetsV1 = OffsetsV1 { highlights: BYTES, highlights_chars: CHARACTERS };

/// The same of matches and tokens.
#[derive(Serialize)]
struct PlainOffsetsV1 {
    start: &'static str,
    end: &'static str,
    start_char: &'static str,
    end_char: &'static str,
}

const PLAIN_OFFSETS: PlainOffsetsV1 =
    PlainOffsetsV1 { start: BYTES, end: BYTES, start_char: CHARACTERS, end_char: CHARACTERS };

const BYTES: &str = "bytes of UTF-8";
const CHARACTERS: &str = "Unicode characters";

#[derive(Serialize)]
struct WordV1<'a> {
    word: &'a str,
    articles: u64,
}

/// In which forms a word was found, where that is worth saying.
#[derive(Serialize)]
struct FormsV1<'a> {
    word: &'a str,
    articles_as_typed: u64,
    others: &'a [String],
    left_out: &'a [String],
}

/// A word that was searched for in the place of another.
#[derive(Serialize)]
struct CorrectedV1<'a> {
    typed: &'a str,
    searched: &'a str,
}

#[derive(Serialize)]
struct FacetV1<'a> {
    by: &'static str,
    values: Vec<ValueV1<'a>>,
    without: u64,
}

#[derive(Serialize)]
struct ValueV1<'a> {
    value: &'a str,
    articles: u64,
}

#[derive(Serialize)]
pub(super) struct HitV1<'a> {
    rank: usize,
    id: &'a str,
    score: f32,
    path: &'a str,
    record: u32,
    headline: &'a str,
    headline_highlights: &'a [(usize, usize)],
    headline_highlights_chars: Vec<(usize, usize)>,
    authors: &'a [String],
    section: Option<&'a str>,
    publication: Option<&'a str>,
    url: Option<&'a str>,
    date: Option<String>,
    date_precision: Option<&'static str>,
    format: &'static str,
    language: Option<&'a str>,
    snippets: Vec<SnippetV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<PartV1<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    copies: Vec<CopyV1<'a>>,
}

/// An article that is a copy of another.
#[derive(Serialize)]
struct CopyV1<'a> {
    id: &'a str,
    path: &'a str,
    publication: Option<&'a str>,
    date: Option<String>,
}

#[derive(Serialize)]
struct ExportedV1<'a> {
    #[serde(flatten)]
    hit: HitV1<'a>,
    body: &'a str,
}

/// A query of `batch`, asked or not.
#[derive(Serialize)]
struct BatchV1<'a> {
    format_version: u32,
    line: usize,
    name: Option<&'a str>,
    query: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_as: Option<&'a str>,
    total: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_is: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undated_matching: Option<u64>,
    partly_dated_matching: Option<u64>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notices: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    offsets: Option<OffsetsV1>,
    hits: Vec<HitV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nothing_found: Option<NothingV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct ChangesV1<'a> {
    format_version: u32,
    query: &'a str,
    read_as: &'a str,
    unchanged: bool,
    written: i64,
    total_then: u64,
    total_now: u64,
    gone: &'a [String],
    new: &'a [String],
    changed: &'a [String],
    archive_changed: bool,
    archive_then: u64,
    archive_now: u64,
    rules_changed: bool,
    receipt_changed: bool,
}

#[derive(Serialize)]
struct PartV1<'a> {
    what: &'a str,
    score: f32,
}

#[derive(Serialize)]
struct RelatedV1<'a> {
    format_version: u32,
    id: &'a str,
    offsets: OffsetsV1,
    story: Vec<HitV1<'a>>,
    background: Vec<HitV1<'a>>,
}

#[derive(Serialize)]
struct SnippetV1<'a> {
    field: &'static str,
    text: &'a str,
    highlights: &'a [(usize, usize)],
    highlights_chars: Vec<(usize, usize)>,
    apart: bool,
}

#[derive(Serialize)]
struct ArticleV1<'a> {
    path: &'a str,
    record: u32,
    id: &'a str,
    headline: &'a str,
    body: &'a str,
    authors: &'a [String],
    section: Option<&'a str>,
    publication: Option<&'a str>,
    url: Option<&'a str>,
    date: Option<String>,
    date_precision: Option<&'static str>,
    dateline: Option<&'a str>,
    format: &'static str,
    language: Option<&'a str>,
    problems: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    copies: Vec<CopyV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offsets: Option<PlainOffsetsV1>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matches: Option<Vec<MatchV1>>,
}

/// A match in an article: a range of the field's text, or of one of its authors.
#[derive(Serialize)]
struct MatchV1 {
    number: u64,
    field: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<usize>,
    start: usize,
    end: usize,
    start_char: usize,
    end_char: usize,
}

#[derive(Serialize)]
struct AnalysisV1<'a> {
    format_version: u32,
    text: &'a str,
    language: &'a str,
    offsets: PlainOffsetsV1,
    tokens: Vec<TokenV1<'a>>,
}

#[derive(Serialize)]
struct TokenV1<'a> {
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

#[derive(Serialize)]
struct ProblemV1<'a> {
    kind: &'static str,
    path: &'a str,
    record: Option<u32>,
    message: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct StatusV1<'a> {
    format_version: u32,
    index: String,
    bytes: u64,
    articles: u64,
    copies: u64,
    copy_groups: u64,
    words: u64,
    undated: u64,
    partly_dated: u64,
    guessed: u64,
    first_day: Option<String>,
    last_day: Option<String>,
    formats: &'a BTreeMap<String, u64>,
    sections: &'a BTreeMap<String, u64>,
    publications: &'a BTreeMap<String, u64>,
    languages: &'a BTreeMap<String, u64>,
    years: BTreeMap<String, u64>,
    written_by: Option<&'a str>,
    schema: Option<&'a str>,
    analysis: Option<&'a str>,
    roots: Vec<RootV1<'a>>,
    problems: u64,
}

#[derive(Serialize)]
struct RootV1<'a> {
    path: String,
    /// By folder within the root; empty for the root itself.
    publications: &'a BTreeMap<String, String>,
    files: usize,
    articles: u64,
    last_run: i64,
}

/// What goes with an answer's hits.
pub struct Answer<'a> {
    /// The query as it was typed.
    pub query: &'a str,
    /// How it was read.
    pub read_as: &'a str,
    /// What there is to know about that.
    pub notices: Vec<String>,
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
    let value = ResponseV1 {
        format_version: FORMAT_VERSION,
        query: answer.query,
        read_as: answer.read_as,
        spellings: &response.spellings,
        related_words: &response.related,
        total: response.total,
        total_is: response.total_is.as_str(),
        undated_matching: response.undecided.undated,
        partly_dated_matching: response.undecided.partial,
        total_distinct: response.distinct,
        offsets: OFFSETS,
        took_ms: u64::try_from(answer.took.as_millis()).unwrap_or(u64::MAX),
        notices: &answer.notices,
        words: response.words.iter().map(|w| WordV1 { word: &w.word, articles: w.articles }).collect(),
        forms: response.forms.iter().map(FormsV1::new).collect(),
        corrected: answer.corrections.iter().map(CorrectedV1::new).collect(),
        facets: answer.facets.iter().map(FacetV1::new).collect(),
        hits: with_copies(&response.hits, answer.paths, answer.copies).collect(),
        nothing_found: answer.nothing.map(Nothing::json),
    };
    line(out, &value)
}

/// `query --format jsonl`: one object a hit.
pub fn hits(
    out: &mut impl Write,
    hits: &[Hit],
    paths: &[String],
    copies: &[Vec<CopyOf>],
) -> Result<(), Failure> {
    with_copies(hits, paths, copies).try_for_each(|hit| line(out, &hit))
}

fn with_copies<'a>(
    hits: &'a [Hit],
    paths: &'a [String],
    copies: &'a [Vec<CopyOf>],
) -> impl Iterator<Item = HitV1<'a>> {
    let with = |((hit, path), copies): ((&'a Hit, &'a String), &'a Vec<CopyOf>)| {
        let copies = copies.iter().map(CopyV1::new).collect();
        HitV1 { copies, ..HitV1::new(hit, path) }
    };
    hits.iter().zip(paths).zip(copies).map(with)
}

/// `export --format jsonl`: one object, the article's text included.
pub fn exported(out: &mut impl Write, hit: &Hit, path: &str, copies: &[CopyOf]) -> Result<(), Failure> {
    let copies = copies.iter().map(CopyV1::new).collect();
    line(out, &ExportedV1 { hit: HitV1 { copies, ..HitV1::new(hit, path) }, body: &hit.article.body })
}

/// `batch --json`: one object a query. `about` is the query's line, name and text.
pub fn batch(
    out: &mut impl Write,
    about: (usize, Option<&str>, &str),
    (read_as, notices): (&str, &[String]),
    (response, paths): (&SearchResponse, &[String]),
    nothing: Option<&Nothing>,
) -> Result<(), Failure> {
    let (number, name, query) = about;
    let value = BatchV1 {
        format_version: FORMAT_VERSION,
        line: number,
        name,
        query,
        read_as: Some(read_as),
        total: Some(response.total),
        total_is: Some(response.total_is.as_str()),
        undated_matching: Some(response.undecided.undated),
        partly_dated_matching: Some(response.undecided.partial),
        notices,
        offsets: Some(OFFSETS),
        hits: hits_of(response, paths),
        nothing_found: nothing.map(Nothing::json),
        error: None,
    };
    line(out, &value)
}

/// The same for a query that could not be asked.
pub fn batch_error(
    out: &mut impl Write,
    about: (usize, Option<&str>, &str),
    message: &str,
) -> Result<(), Failure> {
    let (number, name, query) = about;
    let value = BatchV1 {
        format_version: FORMAT_VERSION,
        line: number,
        name,
        query,
        read_as: None,
        total: None,
        total_is: None,
        undated_matching: None,
        partly_dated_matching: None,
        notices: &[],
        offsets: None,
        hits: Vec::new(),
        nothing_found: None,
        error: Some(message),
    };
    line(out, &value)
}

/// `verify-receipt --json`: one object.
pub fn changes(out: &mut impl Write, receipt: &Receipt, changes: &Changes) -> Result<(), Failure> {
    let value = ChangesV1 {
        format_version: FORMAT_VERSION,
        query: &receipt.query,
        read_as: &receipt.read_as,
        unchanged: changes.none_found(),
        written: receipt.written,
        total_then: receipt.total,
        total_now: changes.total,
        gone: &changes.gone,
        new: &changes.new,
        changed: &changes.changed,
        archive_changed: changes.archive,
        archive_then: receipt.archive.articles,
        archive_now: changes.articles,
        rules_changed: changes.rules,
        receipt_changed: changes.receipt,
    };
    line(out, &value)
}

/// `related --json`: one object. The paths are the story's, then the background's.
pub fn related(
    out: &mut impl Write,
    id: &str,
    similar: &Similar,
    paths: (&[String], &[String]),
) -> Result<(), Failure> {
    let value = RelatedV1 {
        format_version: FORMAT_VERSION,
        id,
        offsets: OFFSETS,
        story: similar.story.iter().zip(paths.0).map(|(hit, path)| HitV1::new(hit, path)).collect(),
        background: similar.background.iter().zip(paths.1).map(|(hit, path)| HitV1::new(hit, path)).collect(),
    };
    line(out, &value)
}

pub(super) fn hits_of<'a>(response: &'a SearchResponse, paths: &'a [String]) -> Vec<HitV1<'a>> {
    response.hits.iter().zip(paths).map(|(hit, path)| HitV1::new(hit, path)).collect()
}

/// `parse --json` and `show --json`: one object an article, with what a query matches in it where there is one.
pub fn article(
    out: &mut impl Write,
    article: &Article,
    marked: Option<&[MarkedRow]>,
    copies: &[CopyOf],
) -> Result<(), Failure> {
    let value = ArticleV1 {
        path: &article.path,
        record: article.record,
        id: &article.id,
        headline: &article.headline,
        body: &article.body,
        authors: &article.authors,
        section: article.section.as_deref(),
        publication: article.publication.as_deref(),
        url: article.url.as_deref(),
        date: article.date.map(|date| date.to_string()),
        date_precision: article.date.map(|date| date.precision.as_str()),
        dateline: article.dateline.as_deref(),
        format: article.format.as_str(),
        language: article.language.as_deref(),
        problems: &article.problems,
        copies: copies.iter().map(CopyV1::new).collect(),
        offsets: marked.map(|_| PLAIN_OFFSETS),
        matches: marked.map(|rows| matches(article, rows)),
    };
    line(out, &value)
}

/// The matches, numbered as `show` numbers them.
fn matches(article: &Article, rows: &[MarkedRow]) -> Vec<MatchV1> {
    let mut matches = Vec::new();
    let mut authors = 0..;
    let mut from = 0;
    let mut body = Characters::of(&article.body);
    let mut dateline = article.dateline.is_some();
    for row in rows.iter().filter(|row| !row.part.is_apart()) {
        let author = if row.part == Part::Author { authors.next() } else { None };
        let mut field = row.part.field();
        let mut shift = 0;
        let mut chars_before = 0;
        if row.part == Part::Body && std::mem::take(&mut dateline) {
            field = "dateline";
        } else if row.part == Part::Body {
            // Rows of the body are its paragraphs, in order.
            let rest = article.body.get(from..).unwrap_or_default();
            shift = from + rest.find(&row.text).unwrap_or_default();
            from = shift + row.text.len();
            chars_before = body.before(shift);
        }
        let mut chars = Characters::of(&row.text);
        for mark in &row.marks {
            matches.push(MatchV1 {
                number: matches.len() as u64 + 1,
                field,
                author,
                start: shift + mark.start,
                end: shift + mark.end,
                start_char: chars_before + chars.before(mark.start),
                end_char: chars_before + chars.before(mark.end),
            });
        }
    }
    matches
}

/// `analyze --json`: one object.
pub fn analysis(
    out: &mut impl Write,
    text: &str,
    language: &str,
    words: &[AnalyzedWord<'_>],
) -> Result<(), Failure> {
    let mut chars = Characters::of(text);
    let tokens = words.iter().map(|word| TokenV1 {
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
    let tokens = tokens.collect();
    line(out, &AnalysisV1 { format_version: FORMAT_VERSION, text, language, offsets: PLAIN_OFFSETS, tokens })
}

/// `status --problems --json`: one object a problem.
pub fn problems(out: &mut impl Write, manifest: &Manifest) -> Result<(), Failure> {
    manifest.problems().try_for_each(|problem: &Problem| {
        let value = ProblemV1 {
            kind: problem.kind.as_str(),
            path: &problem.path,
            record: problem.record,
            message: &problem.message,
            count: problem.count,
        };
        line(out, &value)
    })
}

/// `status --json`: one object.
pub fn status(
    out: &mut impl Write,
    snapshot: &Snapshot,
    manifest: &Manifest,
    held: &Overview,
) -> Result<(), Failure> {
    let fingerprints = snapshot.fingerprints();
    let copies = snapshot.copies()?;
    let roots = manifest.roots.iter().map(|(number, root)| RootV1 {
        path: root.path.display().to_string(),
        publications: &root.publications,
        files: manifest.files_of(*number).count(),
        articles: manifest.files_of(*number).map(|(_, entry)| u64::from(entry.articles)).sum(),
        last_run: root.last_run,
    });
    let value = StatusV1 {
        format_version: FORMAT_VERSION,
        index: snapshot.dir().display().to_string(),
        bytes: snapshot.bytes_on_disk(),
        articles: held.articles,
        copies: copies.article_count(),
        copy_groups: u64::from(copies.group_count()),
        words: held.words,
        undated: held.undated,
        partly_dated: held.partly_dated,
        guessed: held.guessed,
        first_day: held.days.map(|(first, _)| first.to_string()),
        last_day: held.days.map(|(_, last)| last.to_string()),
        formats: &held.formats,
        sections: &held.sections,
        publications: &held.publications,
        languages: &held.languages,
        years: held.years.iter().map(|(year, n)| (year.to_string(), *n)).collect(),
        written_by: snapshot.written_by(),
        schema: fingerprints.map(|(schema, _)| schema),
        analysis: fingerprints.map(|(_, analysis)| analysis),
        roots: roots.collect(),
        problems: manifest.problems().map(|problem| problem.count).sum(),
    };
    line(out, &value)
}

impl<'a> FormsV1<'a> {
    fn new(forms: &'a WordForms) -> Self {
        let WordForms { word, typed, others, left_out } = forms;
        Self { word, articles_as_typed: *typed, others, left_out }
    }
}

impl<'a> CorrectedV1<'a> {
    fn new(correction: &'a Correction) -> Self {
        Self { typed: &correction.typed, searched: &correction.searched }
    }
}

impl<'a> FacetV1<'a> {
    fn new(facet: &'a Facet) -> Self {
        let value = |value: &'a FacetValue| ValueV1 { value: &value.value, articles: value.articles };
        Self {
            by: facet.by.as_str(),
            values: facet.values.iter().map(value).collect(),
            without: facet.without,
        }
    }
}

impl<'a> HitV1<'a> {
    pub(super) fn new(hit: &'a Hit, path: &'a str) -> Self {
        let article = &hit.article;
        Self {
            rank: hit.rank,
            id: &article.id,
            score: hit.score,
            path,
            record: article.record,
            headline: &article.headline,
            headline_highlights: &hit.headline_highlights,
            headline_highlights_chars: in_characters(&article.headline, &hit.headline_highlights),
            authors: &article.authors,
            section: article.section.as_deref(),
            publication: article.publication.as_deref(),
            url: article.url.as_deref(),
            date: article.date.map(|date| date.to_string()),
            date_precision: article.date.map(|date| date.precision.as_str()),
            format: article.format.as_str(),
            language: article.language.as_deref(),
            snippets: hit
                .snippets
                .iter()
                .map(|s| SnippetV1 {
                    field: s.field,
                    text: &s.text,
                    highlights: &s.highlights,
                    highlights_chars: in_characters(&s.text, &s.highlights),
                    apart: s.apart,
                })
                .collect(),
            explanation: hit
                .explanation
                .iter()
                .map(|part| PartV1 { what: &part.what, score: part.score })
                .collect(),
            copies: Vec::new(),
        }
    }
}

impl<'a> CopyV1<'a> {
    fn new(copy: &'a CopyOf) -> Self {
        let publication = copy.publication.as_deref();
        Self { id: &copy.id, path: &copy.path, publication, date: copy.date.map(|date| date.to_string()) }
    }
}

/// Ranges of bytes of a text as ranges of its characters.
pub(in crate::cli) fn in_characters(text: &str, ranges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut chars = Characters::of(text);
    ranges.iter().map(|(start, end)| (chars.before(*start), chars.before(*end))).collect()
}

/// Counts a text's characters, from where it counted last.
struct Characters<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl<'a> Characters<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    /// The number of characters before a byte.
    fn before(&mut self, byte: usize) -> usize {
        let between = |from, to| self.text.get(from..to).map_or(0, |text: &str| text.chars().count());
        if byte >= self.byte {
            self.count += between(self.byte, byte);
        } else {
            self.count = self.count.saturating_sub(between(byte, self.byte));
        }
        self.byte = byte;
        self.count
    }
}

/// One value on a line.
pub fn line(out: &mut impl Write, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
