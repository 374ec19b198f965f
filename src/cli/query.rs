//! `newsearch query`: finds articles, and explains itself where it finds none.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use newsearch::index::{Roots, Snapshot};
use newsearch::search::facets::{self, Facet, FacetBy};
use newsearch::search::{self, CopiesShown, Corrected, Ranking, SearchRequest, SearchResponse, Sort};

use super::arguments::asked::AskedArguments;
use super::arguments::shared::{
    self, COUNTING, FOUND, KEEPING, READING, SHOWING, ending, one_of, whole_number,
};
use super::ask::{self, Asked};
use super::named::LastAnswer;
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::words::count;
use super::render::{csv, json, markdown, text, trec};
use super::terminal::Terminal;
use super::{copies, nothing, pager, paths, receipt};

#[derive(Debug, Args)]
#[command(after_help = ending("\
Examples:
  newsearch query peace plan                  both words; with the phrase first
  newsearch query '\"peace plan\"'              the phrase only
  newsearch query 'treaty OR truce' -war      operators in capitals; - leaves out
  newsearch query --author 'ana sousa' --from 2025-06     no words: all of hers
The whole query language: newsearch help language", FOUND))]
pub struct QueryArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// Any of the words may be missing; the best come first, and words that go with them count too
    #[arg(long, help_heading = READING)]
    pub any: bool,

    /// With --any, look for the words that were typed only
    #[arg(long, requires = "any", help_heading = READING, hide_short_help = true)]
    pub no_expand: bool,

    /// Search only for the words as they are spelt: where one is in no article, do not search for what is
    /// spelt nearly like it
    #[arg(long, help_heading = READING, hide_short_help = true)]
    pub no_correct: bool,

    /// How many articles to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = whole_number, help_heading = SHOWING)]
    pub limit: usize,

    /// How many of the first articles to leave out
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole_number, help_heading = SHOWING)]
    pub offset: usize,

    /// In which order
    #[arg(short, long, value_name = "ORDER", default_value = "relevance", help_heading = SHOWING)]
    #[arg(value_parser = shared::sort())]
    pub sort: Sort,

    /// New articles are worth more than old ones
    #[arg(long, help_heading = SHOWING)]
    pub recent: bool,

    /// Which to show of articles that are copies of one another: one stands for all [default: best; all with
    /// --format csv and trec]
    #[arg(long, value_name = "WHICH", help_heading = SHOWING, hide_short_help = true)]
    #[arg(value_parser = shared::copies())]
    pub copies: Option<CopiesShown>,

    /// A line for each article
    #[arg(long, help_heading = SHOWING)]
    pub brief: bool,

    /// Say how each score came about
    #[arg(long, help_heading = SHOWING, hide_short_help = true)]
    pub explain: bool,

    /// How to print the answer
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = SHOWING)]
    pub format: OutputFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format", help_heading = SHOWING)]
    pub json: bool,

    /// Print only how many articles there are, copies too
    #[arg(short, long, help_heading = COUNTING, conflicts_with_all = ["format", "json", "facets", "facet", "explain", "brief"])]
    pub count: bool,

    /// Count all articles found, copies too, by section, publication, author, year, month and source
    #[arg(long, conflicts_with = "facet", help_heading = COUNTING)]
    pub facets: bool,

    /// Count all articles found by these
    #[arg(long, value_name = "BY,…", value_delimiter = ',', help_heading = COUNTING)]
    #[arg(value_parser = one_of(FacetBy::ALL, about_facet))]
    pub facet: Vec<FacetBy>,

    /// Print nothing; the exit status says whether there is an article
    #[arg(short, long, help_heading = COUNTING, hide_short_help = true)]
    #[arg(conflicts_with_all = ["format", "json", "facets", "facet", "explain", "brief", "count"])]
    pub quiet: bool,

    /// Also keep in this file what was found, to be held against the archive later by
    /// `newsearch verify-receipt`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["any", "variants"], help_heading = KEEPING)]
    pub receipt: Option<PathBuf>,

    /// With --receipt, replace a file that is there
    #[arg(long, requires = "receipt", help_heading = KEEPING, hide_short_help = true)]
    pub force: bool,
}

fn about_facet(by: FacetBy) -> &'static str {
    match by {
        FacetBy::Section => "The section",
        FacetBy::Publication => "The paper",
        FacetBy::Author => "The author",
        FacetBy::Year => "The year of publication",
        FacetBy::Month => "The month of publication",
        FacetBy::Source => "The folder or file that was given to `newsearch index`",
    }
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people
    Text,
    /// One JSON object; highlights are ranges of bytes, and of characters where the key ends in `_chars`
    Json,
    /// One JSON object a hit, each on a line
    Jsonl,
    /// A table for a spreadsheet
    Csv,
    /// Markdown, for a note or a wiki
    Md,
    /// A TREC run: query, Q0, id, rank, score, newsearch
    Trec,
}

/// The topic of a TREC run that is the answer to one query.
const TREC_TOPIC: &str = "1";

pub fn run(arguments: &QueryArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let format = if arguments.json { OutputFormat::Json } else { arguments.format };
    let counts = arguments.facets || !arguments.facet.is_empty();
    if counts && !matches!(format, OutputFormat::Text | OutputFormat::Json | OutputFormat::Csv) {
        let hint = "add `--format text`, `--format csv` or `--json`".to_owned();
        return Err(Failure::Usage(
            "facets are printed as text, as a table or as JSON".to_owned(),
            Some(hint),
        ));
    }
    let AskedArguments { words, narrowed } = &arguments.asked;
    if words.iter().all(|word| word.trim().is_empty()) && !narrowed.narrow() {
        let hint = format!(
            "type words, like `newsearch query peace plan`, or a filter, like `--section world`; `'{}'` finds all",
            ask::EVERYTHING
        );
        return Err(Failure::Usage("there is nothing to search for".to_owned(), Some(hint)));
    }
    let ranking = ranking(arguments);
    let any = arguments.any.then_some(&ranking);
    let asked = if arguments.quiet {
        ask::ask_silently(&arguments.asked, any)
    } else {
        ask::ask(&arguments.asked, any, terminal)
    }?;
    let Asked { typed, notices, request } = asked;
    let snapshot = Snapshot::open(dir)?;
    let request = SearchRequest {
        sort: arguments.sort,
        limit: if arguments.count || arguments.quiet { 0 } else { arguments.limit },
        offset: arguments.offset,
        question: arguments.any,
        ranking,
        explain: arguments.explain,
        count_words: format == OutputFormat::Json,
        copies: copies_shown(arguments.copies, format),
        ..request
    };
    let start = Instant::now();
    let Corrected { request, response, corrections } = if corrects(arguments, format) {
        search::search_corrected(&snapshot, request)?
    } else {
        let response = search::search(&snapshot, &request)?;
        Corrected { request, response, corrections: Vec::new() }
    };
    let read_as = request.query.to_string();
    if let Some(path) = &arguments.receipt {
        receipt::write(path, arguments.force, &snapshot, &request, &typed)?;
    }
    if !matches!(format, OutputFormat::Text | OutputFormat::Md) {
        corrections.iter().try_for_each(|correction| terminal.warn(&correction.said()))?;
    }
    if let Some(remark) = undated_order(&request, &response) {
        terminal.warn(&remark)?;
    }
    let remarks = response.notices.iter().map(|notice| &notice.message).chain(&response.remarks);
    remarks.filter(|_| !arguments.quiet).try_for_each(|notice| terminal.warn(notice))?;
    if arguments.count {
        text::total(&mut io::stdout().lock(), response.total)?;
    }
    if arguments.count || arguments.quiet {
        return Ok(if response.total == 0 { Outcome::Nothing } else { Outcome::Done });
    }
    let by = facets_of(arguments);
    let roots = snapshot.roots();
    let mut facets = if by.is_empty() { Vec::new() } else { facets::facets(&snapshot, &request, &by)? };
    name_sources(&mut facets, &roots);
    let shown_paths = paths::of_hits(&response.hits, &roots);
    let copies = match format {
        OutputFormat::Json | OutputFormat::Jsonl => copies::of_hits(&snapshot, &response.hits, &roots)?,
        _ => Vec::new(),
    };
    let nothing = nothing::explain(&snapshot, &request, response.total)?;
    let mut out = pager::output(format == OutputFormat::Text, terminal);
    match format {
        OutputFormat::Json => {
            let answer = json::Answer {
                asked: (&typed, &read_as),
                account: &response.account(&notices),
                corrections: &corrections,
                took: start.elapsed(),
                paths: &shown_paths,
                copies: &copies,
                facets: &facets,
                nothing: nothing.as_ref(),
            };
            json::response(&mut out, &response, &answer)?;
        }
        OutputFormat::Jsonl => json::hits(&mut out, &response.hits, &shown_paths, &copies)?,
        // One table holds one thing: what was counted, where that is asked for.
        OutputFormat::Csv if counts => csv::facets(&mut out, &facets)?,
        OutputFormat::Csv => csv::hits(&mut out, &response, &shown_paths)?,
        OutputFormat::Md => {
            markdown::corrections(&mut out, &corrections)?;
            let read_as = text::reading(&read_as, &response);
            markdown::response(&mut out, &response, &read_as, &shown_paths)?;
        }
        OutputFormat::Trec => {
            for hit in &response.hits {
                trec::line(&mut out, TREC_TOPIC, &hit.article.id, hit.rank, f64::from(hit.score))?;
            }
        }
        OutputFormat::Text => {
            text::corrections(&mut out, &corrections, terminal)?;
            let read_as = text::reading(&read_as, &response);
            let page = text::Page {
                read_as: &read_as,
                offset: arguments.offset,
                paths: &shown_paths,
                facets: &facets,
                brief: arguments.brief,
            };
            text::response(&mut out, &response, &page, terminal)?;
            LastAnswer::keep(dir, &typed, &response.hits);
            if let Some(nothing) = &nothing {
                nothing.text(&mut out, terminal)?;
            }
        }
    }
    if !matches!(format, OutputFormat::Text | OutputFormat::Json) {
        nothing::warn(nothing.as_ref(), terminal)?;
    }
    out.flush()?;
    Ok(if response.total == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// What to know of an order of time without times.
fn undated_order(request: &SearchRequest, response: &SearchResponse) -> Option<String> {
    let is_by_time = matches!(request.sort, Sort::Newest | Sort::Oldest) && request.offset == 0;
    // Those that have a date come first.
    let none = response.hits.first().is_some_and(|hit| hit.article.date.is_none());
    (is_by_time && none && response.total > 1).then(|| {
        format!("none of the {} articles has a date: they stand in no order of time", count(response.total))
    })
}

/// Whether a word that no article holds is searched for as one that is spelt nearly like it. A run and a
/// receipt are of the query as it was typed.
fn corrects(arguments: &QueryArguments, format: OutputFormat) -> bool {
    let as_typed = arguments.no_correct
        || arguments.asked.narrowed.strict
        || arguments.receipt.is_some()
        || arguments.count
        || arguments.quiet;
    !as_typed && format != OutputFormat::Trec
}

/// A TREC run is measured against judgements of single articles, and a spreadsheet has a line for each.
fn copies_shown(asked: Option<CopiesShown>, format: OutputFormat) -> CopiesShown {
    match asked {
        Some(copies) => copies,
        None if matches!(format, OutputFormat::Trec | OutputFormat::Csv) => CopiesShown::All,
        None => CopiesShown::Best,
    }
}

/// What `--recent` is worth at most, as a share of a score.
const RECENT: f32 = 0.5;

fn ranking(arguments: &QueryArguments) -> Ranking {
    let default = Ranking::default();
    Ranking {
        related: if arguments.no_expand { 0.0 } else { default.related },
        recent: if arguments.recent { RECENT } else { default.recent },
        ..default
    }
}

/// What is counted.
fn facets_of(arguments: &QueryArguments) -> Vec<FacetBy> {
    if arguments.facets {
        return FacetBy::ALL.to_vec();
    }
    let mut by: Vec<FacetBy> = Vec::new();
    for one in &arguments.facet {
        if !by.contains(one) {
            by.push(*one);
        }
    }
    by
}

/// Sources are shown as the paths that were given to `index`.
fn name_sources(facets: &mut [Facet], roots: &Roots) {
    for value in facets.iter_mut().filter(|facet| facet.by == FacetBy::Source).flat_map(|f| &mut f.values) {
        let root = value.value.parse().ok().and_then(|number| roots.get(&number));
        if let Some(root) = root {
            value.value = paths::shown(root);
        }
    }
}
