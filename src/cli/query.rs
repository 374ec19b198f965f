//! `newsearch query`: finds articles, and explains itself where it finds none.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use jiff::Zoned;
use newsearch::analysis::fold::fold;
use newsearch::error::Error;
use newsearch::index::Snapshot;
use newsearch::index::manifest::Manifest;
use newsearch::problem::ProblemKind;
use newsearch::query::{
    DateRange, Field, NameVariants, Node, NodeKind, Notice, NoticeKind, ParseOptions, parse, parse_day_range,
};
use newsearch::search::nothing::Explanation;
use newsearch::search::{self, Ranking, SearchRequest, Sort};

use super::arguments::{OutputFormat, QueryArguments, SortOrder, query_text};
use super::render::words::{count, plural};
use super::render::{csv, json, markdown, text, trec};
use super::terminal::{Terminal, clean};
use super::{CommandResult, Failure, Outcome, paths};

/// How many articles with most of the words are shown where none holds all.
const NEAREST: usize = 3;

/// What was searched.
struct Searched {
    articles: u64,
    /// Files that could not be read.
    unreadable: u64,
}

/// The topic of a TREC run that is the answer to one query.
const TREC_TOPIC: &str = "1";

/// A query that can be searched for.
pub struct ReadQuery {
    /// What is asked for.
    pub node: Node,
    /// What there is to know about the reading.
    pub notices: Vec<Notice>,
}

pub fn run(arguments: &QueryArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let typed = query_text(&arguments.words);
    let nothing = || {
        Failure::Usage(
            "there is nothing to search for".to_owned(),
            Some("type a word, like `newsearch query peace plan`".to_owned()),
        )
    };
    if typed.trim().is_empty() {
        return Err(nothing());
    }
    let read = read(&typed, arguments.strict, terminal)?;
    let ReadQuery { node, notices } = read.ok_or_else(nothing)?;
    let ranking = ranking(arguments);
    let words = if arguments.any { search::any_of(node.clone(), &ranking) } else { node };
    let query = filtered(words, arguments)?;
    let snapshot = Snapshot::open(dir)?;
    let request = SearchRequest {
        sort: match arguments.sort {
            SortOrder::Relevance => Sort::Relevance,
            SortOrder::Newest => Sort::Newest,
            SortOrder::Oldest => Sort::Oldest,
        },
        limit: arguments.limit,
        offset: arguments.offset,
        variants: !arguments.no_variants,
        names: names(arguments)?,
        question: arguments.any,
        ranking,
        explain: arguments.explain,
        ..SearchRequest::new(query.clone())
    };
    let response = search::search(&snapshot, &request)?;
    let read_as = query.to_string();
    for notice in response.notices.iter().map(|notice| &notice.message).chain(&response.remarks) {
        warn(notice, terminal)?;
    }
    let manifest = if response.total == 0 || !response.hits.is_empty() {
        snapshot.manifest()?
    } else {
        Manifest::default()
    };
    let shown_paths = paths_of(&response.hits, &manifest);
    let explanation = match response.total {
        0 => Some(search::nothing::explain_nothing(&snapshot, &request, NEAREST)?),
        _ => None,
    };
    let nearest = explanation.as_ref().and_then(|explanation| explanation.nearest.as_ref());
    let nearest_paths = nearest.map(|nearest| paths_of(&nearest.hits, &manifest)).unwrap_or_default();
    let unreadable = manifest.problems().filter(|problem| problem.kind == ProblemKind::Unreadable).count();
    let searched = Searched { articles: snapshot.article_count(), unreadable: unreadable as u64 };
    let mut out = BufWriter::new(io::stdout().lock());
    match if arguments.json { OutputFormat::Json } else { arguments.format } {
        OutputFormat::Json => {
            let all = notices.iter().chain(&response.notices).map(|notice| notice.message.clone());
            let all = all.chain(response.remarks.iter().cloned()).collect();
            let nothing = explanation.as_ref().map(|explanation| json::Nothing {
                explanation,
                searched: searched.articles,
                unreadable: searched.unreadable,
                paths: &nearest_paths,
            });
            json::response(&mut out, &response, &typed, &read_as, all, &shown_paths, nothing)?;
        }
        OutputFormat::Jsonl => json::hits(&mut out, &response.hits, &shown_paths)?,
        OutputFormat::Csv => csv::hits(&mut out, &response, &shown_paths)?,
        OutputFormat::Md => {
            let read_as = text::reading(&read_as, &response);
            markdown::response(&mut out, &response, &read_as, &shown_paths)?;
        }
        OutputFormat::Trec => {
            for hit in &response.hits {
                trec::line(&mut out, TREC_TOPIC, &hit.article.id, hit.rank, f64::from(hit.score))?;
            }
        }
        OutputFormat::Text => {
            let read_as = text::reading(&read_as, &response);
            let page = text::Page { read_as: &read_as, offset: arguments.offset, paths: &shown_paths };
            text::response(&mut out, &response, &page, terminal)?;
            if let Some(explanation) = &explanation {
                explain_nothing(&mut out, explanation, &searched, &nearest_paths, terminal)?;
            }
        }
    }
    out.flush()?;
    Ok(if response.total == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// The built-in list of names with the file's taken in.
fn names(arguments: &QueryArguments) -> Result<Option<Arc<NameVariants>>, Failure> {
    let Some(path) = &arguments.variants else { return Ok(None) };
    let text = fs::read_to_string(path).map_err(|error| Error::CannotRead {
        path: path.clone(),
        reason: newsearch::error::plain_io(&error),
    })?;
    let own = NameVariants::parse(&text, fold)
        .map_err(|error| Error::Input(format!("`{}`: {error}", path.display())))?;
    let mut names = search::built_in_names().clone();
    names.merge(own);
    Ok(Some(Arc::new(names)))
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

/// Reads a query and prints the notices; `None` where it holds nothing to search for.
///
/// # Errors
/// What has no safe reading is an error, and with `strict` also what was not read exactly.
pub fn read(typed: &str, strict: bool, terminal: &Terminal) -> Result<Option<ReadQuery>, Failure> {
    let parsed = parse(typed, &ParseOptions { today: Zoned::now().date() });
    let fatal = |notice: &&Notice| match notice.kind {
        NoticeKind::Refused => true,
        NoticeKind::Misread => strict,
        NoticeKind::Advice => false,
    };
    if parsed.ast.is_none()
        && parsed.notices.iter().all(|notice| notice.kind != NoticeKind::Misread)
        && !typed.contains(char::is_alphanumeric)
    {
        return Ok(None);
    }
    if let Some(notice) = parsed.notices.iter().find(fatal) {
        return Err(Error::Query(with_caret(typed, notice)).into());
    }
    let Some(node) = parsed.ast else { return Ok(None) };
    for notice in &parsed.notices {
        warn(&notice.message, terminal)?;
    }
    Ok(Some(ReadQuery { node, notices: parsed.notices }))
}

/// The message with the query below it and a caret under the place that is meant.
fn with_caret(typed: &str, notice: &Notice) -> String {
    use unicode_width::UnicodeWidthStr as _;
    let one_line = |text: &str| text.replace(char::is_whitespace, " ");
    let before = typed.get(..notice.span.start).unwrap_or_default();
    let about = typed.get(notice.span.clone()).unwrap_or_default();
    if before.width() > 200 {
        return notice.message.clone();
    }
    let carets = "^".repeat(about.width().clamp(1, 60));
    format!("{}\n  {}\n  {:indent$}{carets}", notice.message, one_line(typed), "", indent = before.width())
}

fn warn(message: &str, terminal: &Terminal) -> Result<(), Failure> {
    let styles = terminal.error_styles();
    writeln!(io::stderr().lock(), "{}notice:{} {}", styles.byline, styles.reset, clean(message))?;
    Ok(())
}

/// The query with what the options ask for besides.
fn filtered(node: Node, arguments: &QueryArguments) -> Result<Node, Failure> {
    let mut all = vec![node];
    for (field, values) in [(Field::Author, &arguments.author), (Field::Section, &arguments.section)] {
        let nodes = values.iter().map(|value| {
            let words: Vec<&str> = value.split_whitespace().collect();
            let text = words.join(" ");
            let kind = match words.len() {
                1 => NodeKind::Word { text, exact: false },
                _ => NodeKind::Phrase { text, slop: 0, exact: false },
            };
            Node::in_field(field, Node::new(kind, 0..0))
        });
        all.extend(Node::or(nodes.collect()));
    }
    let today = Zoned::now().date();
    let day = |option: &str, value: &Option<String>| {
        let Some(value) = value else { return Ok(None) };
        parse_day_range(value, today)
            .map(Some)
            .map_err(|message| Failure::Usage(format!("`{option} {value}`: {message}"), None))
    };
    let from = day("--from", &arguments.from)?.map(|(first, _)| first);
    let to = day("--to", &arguments.to)?.map(|(_, last)| last);
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        return Err(Failure::Usage(format!("`--from` is after `--to`: {first} is later than {last}"), None));
    }
    if from.is_some() || to.is_some() {
        all.push(Node::new(NodeKind::Date(DateRange { from, to }), 0..0));
    }
    Node::and(all).ok_or_else(|| Failure::Usage("the query holds nothing to search for".to_owned(), None))
}

pub fn paths_of(hits: &[search::Hit], manifest: &Manifest) -> Vec<String> {
    let shown = |hit: &search::Hit| {
        let root = manifest.roots.get(&hit.root).map(|root| root.path.as_path());
        paths::of_article(root, &hit.article.path)
    };
    hits.iter().map(shown).collect()
}

/// Why nothing was found: what each part finds, what this archive spells like it, and what comes nearest.
fn explain_nothing(
    out: &mut impl Write,
    explanation: &Explanation,
    searched: &Searched,
    shown_paths: &[String],
    terminal: &Terminal,
) -> Result<(), Failure> {
    for part in &explanation.clauses {
        let clause = clean(&part.clause);
        if part.articles > 0 {
            writeln!(out, "  {clause}: {}", plural(part.articles, "article"))?;
            continue;
        }
        let quoted: Vec<String> = part.did_you_mean.iter().map(|word| format!("`{}`", clean(word))).collect();
        let did_you_mean = if quoted.is_empty() {
            String::new()
        } else {
            format!("; did you mean {}?", quoted.join(" or "))
        };
        writeln!(out, "  {clause}: in no article{did_you_mean}")?;
    }
    let unreadable = plural(searched.unreadable, "file");
    writeln!(out, "  searched {}; {unreadable} could not be read", plural(searched.articles, "article"))?;
    let Some(nearest) = &explanation.nearest else { return Ok(()) };
    let total = count(nearest.total);
    writeln!(out, "\nNo article holds all of it. The best of {total} with some of the words:")?;
    text::hits(out, &nearest.hits, shown_paths, terminal)
}
