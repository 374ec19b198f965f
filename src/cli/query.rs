//! `newsearch query`: finds articles, and explains itself where it finds none.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use jiff::Zoned;
use newsearch::error::Error;
use newsearch::index::Snapshot;
use newsearch::index::manifest::Manifest;
use newsearch::problem::ProblemKind;
use newsearch::query::{
    DateRange, Field, Node, NodeKind, Notice, NoticeKind, ParseOptions, parse, parse_day_range,
};
use newsearch::search::{self, Ranking, SearchRequest, SearchResponse, Sort};

use super::arguments::{OutputFormat, QueryArguments, SortOrder, query_text};
use super::render::words::{count, plural};
use super::render::{json, text};
use super::terminal::{Terminal, clean};
use super::{CommandResult, Failure, Outcome, paths};

/// How many articles with most of the words are shown where none holds all.
const NEAREST: usize = 3;

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
    let mut out = BufWriter::new(io::stdout().lock());
    match if arguments.json { OutputFormat::Json } else { arguments.format } {
        OutputFormat::Json => {
            let all = notices.iter().chain(&response.notices).map(|notice| notice.message.clone());
            let all = all.chain(response.remarks.iter().cloned()).collect();
            json::response(&mut out, &response, &typed, &read_as, all, &shown_paths)?;
        }
        OutputFormat::Jsonl => json::hits(&mut out, &response.hits, &shown_paths)?,
        OutputFormat::Text => {
            let read_as = text::reading(&read_as, &response);
            let page = text::Page { read_as: &read_as, offset: arguments.offset, paths: &shown_paths };
            text::response(&mut out, &response, &page, terminal)?;
            if response.total == 0 {
                explain_nothing(&mut out, &snapshot, &manifest, &query, &response, terminal)?;
            }
        }
    }
    out.flush()?;
    Ok(if response.total == 0 { Outcome::Nothing } else { Outcome::Done })
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

/// Why nothing was found: which word is in no article, what this archive spells like it, and what comes nearest.
fn explain_nothing(
    out: &mut impl Write,
    snapshot: &Snapshot,
    manifest: &Manifest,
    query: &Node,
    response: &SearchResponse,
    terminal: &Terminal,
) -> Result<(), Failure> {
    for word in &response.words {
        if word.articles > 0 {
            writeln!(out, "  {}: {}", clean(&word.word), plural(word.articles, "article"))?;
            continue;
        }
        let bare = word.word.split_once(':').map_or(word.word.as_str(), |(_, bare)| bare);
        let suggestions = search::suggestions(snapshot, bare, 3)?;
        let did_you_mean = if suggestions.is_empty() {
            String::new()
        } else {
            format!(
                "; did you mean {}?",
                suggestions.iter().map(|s| format!("`{s}`")).collect::<Vec<_>>().join(" or ")
            )
        };
        writeln!(out, "  {}: in no article{}", clean(&word.word), clean(&did_you_mean))?;
    }
    let of =
        |kind: ProblemKind| manifest.problems().filter(move |problem| problem.kind == kind).count() as u64;
    writeln!(
        out,
        "  searched {}; {} could not be read",
        plural(snapshot.article_count(), "article"),
        plural(of(ProblemKind::Unreadable), "file")
    )?;
    let any = search::any_of(query.clone(), &Ranking::default());
    if any == *query {
        return Ok(());
    }
    let request = SearchRequest { limit: NEAREST, ..SearchRequest::new(any) };
    let nearest = search::search(snapshot, &request)?;
    if nearest.hits.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\nNo article holds all of it. The best of {} with some of the words:",
        count(nearest.total)
    )?;
    let shown_paths = paths_of(&nearest.hits, manifest);
    text::hits(out, &nearest.hits, &shown_paths, terminal)
}
