//! `newsearch show`: one article, whole.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;
use newsearch::error::Error;
use newsearch::index::document::StoredArticle;
use newsearch::index::{Roots, Snapshot};
use newsearch::search::highlight::Passage;
use newsearch::{corpus, search};

use super::arguments::shared::{DONE, ending};
use super::arguments::words::query_text;
use super::outcome::{CommandResult, Failure, Outcome};
use super::pager::{self, Places};
use super::render::article::{self, Matches};
use super::render::{json, text};
use super::terminal::Terminal;
use super::{ask, copies, named, paths};

#[derive(Debug, Args)]
#[command(after_help = ending("\
Examples:
  newsearch show 3 peace plan       the third of the last answer; @3 where ids
                                    are numbers
  newsearch show 78fdbac8           the id, as far as there is no other like it
  newsearch show karvyn-rejects.md  the path, or a piece that no other path has

On a terminal each match has its number behind it, like plan‹3›. In `less`, n goes to the next one and N back.", DONE))]
pub struct ShowArguments {
    /// The article: its id or the beginning of it, its number in the last answer, or its path; `-` reads them
    /// from standard input
    #[arg(value_name = "ARTICLE")]
    pub id: String,

    /// Mark and number what this query finds in it; several words are joined with spaces
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,

    /// The same as WORDS
    #[arg(long, value_name = "WORDS", conflicts_with = "words")]
    pub query: Option<String>,

    /// Show only what stands around the match with this number
    #[arg(long = "match", value_name = "N")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "json")]
    pub around: Option<u64>,

    /// Print only where its file lies
    #[arg(long, conflicts_with_all = ["json", "query", "words", "around", "open"])]
    pub path: bool,

    /// Open its file with the program that the system has for it
    #[arg(long, conflicts_with_all = ["json", "query", "words", "around"])]
    pub open: bool,

    /// Print it as JSON; matches are ranges of bytes (start, end) and of characters (start_char, end_char)
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &ShowArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let snapshot = Snapshot::open(dir)?;
    let id = query_text(std::slice::from_ref(&arguments.id));
    let found = named::all(std::slice::from_ref(&id), &snapshot, terminal)?;
    let typed = query_text(&arguments.words);
    let marked = match arguments.query.as_deref().or((!typed.is_empty()).then_some(typed.as_str())) {
        Some(text) => ask::read(text, false, false)?,
        None => None,
    };
    for notice in marked.iter().flat_map(|read| &read.notices) {
        terminal.warn(&notice.message)?;
    }
    if marked.is_none() && arguments.around.is_some() {
        let hint = format!("add the words, like `newsearch show {id} peace plan --match 1`");
        return Err(Failure::Usage("`--match` needs a query to count the matches of".to_owned(), Some(hint)));
    }
    let roots = snapshot.roots();
    if arguments.path || arguments.open {
        return its_file(arguments.open, &found, &roots);
    }
    let mut out = Vec::new();
    for (at, mut stored) in found.into_iter().enumerate() {
        let passages = marked.as_ref().map(|read| {
            search::highlighted(&snapshot, &stored.article, &read.node, Some(search::built_in_names()))
        });
        if passages.as_deref().is_some_and(|passages| article::count(passages) == 0) {
            let said = format!("nothing in `{}` matches these words", stored.article.title());
            terminal.warn(&said)?;
        }
        let copies = copies::of_article(&snapshot, &stored.article, &roots)?;
        let root = roots.get(&stored.root).map(PathBuf::as_path);
        stored.article.path = paths::of_article(root, &stored.article.path);
        if arguments.json {
            json::article(&mut out, &stored.article, passages.as_deref(), &copies)?;
            continue;
        }
        if at > 0 {
            out.push(b'\n');
        }
        let matches = matches(arguments, passages.as_deref(), terminal)?;
        let passages =
            passages.unwrap_or_else(|| search::highlight::plain_passages(&stored.article, usize::MAX));
        article::whole(&mut out, &stored.article, &passages, matches, terminal)?;
        article::copies(&mut out, &copies, terminal)?;
    }
    if arguments.json {
        io::stdout().lock().write_all(&out)?;
    } else {
        let first = String::from_utf8_lossy(&out).lines().position(|line| line.contains(article::FIRST));
        let first = first.filter(|_| marked.is_some() && arguments.around.is_none());
        let places = first.map(|line| Places { pattern: article::NUMBER, first: line + 1 });
        pager::show(&out, places.as_ref(), terminal)?;
    }
    Ok(Outcome::Done)
}

/// How the matches are shown: with numbers where somebody looks at them, not in text that goes on to another
/// program.
fn matches(
    arguments: &ShowArguments,
    passages: Option<&[Passage]>,
    terminal: &Terminal,
) -> Result<Matches, Failure> {
    let Some(passages) = passages else { return Ok(Matches::default()) };
    let count = article::count(passages);
    if let Some(around) = arguments.around.filter(|around| *around > count) {
        let message = format!("there is no match {around}: {} in this article", article::said(count));
        return Err(Failure::Usage(message, None));
    }
    let numbered = terminal.stdout_is_terminal || terminal.has_colour() || arguments.around.is_some();
    Ok(Matches { count: numbered.then_some(count), numbered, around: arguments.around })
}

/// Prints where the articles' files lie, or opens them.
fn its_file(open: bool, found: &[StoredArticle], roots: &Roots) -> CommandResult {
    for stored in found {
        let root = roots.get(&stored.root).map(PathBuf::as_path);
        let path = paths::of_article(root, &stored.article.path);
        if !open {
            text::name(&mut io::stdout().lock(), &path, false)?;
            continue;
        }
        // What lies in a bundle is opened with the bundle.
        let file = corpus::file(&path);
        let failed =
            |reason: String| Error::Input(format!("cannot open `{}`: {reason}", paths::shown(&file)));
        if !file.exists() {
            return Err(failed("no such file or folder".to_owned()).into());
        }
        let status = Command::new(OPENER).arg(&file).stdin(Stdio::null()).status();
        match status {
            Ok(status) if status.success() => {}
            Ok(_) => return Err(failed(format!("`{OPENER}` has no program for it")).into()),
            Err(_) => return Err(failed(format!("there is no `{OPENER}` here")).into()),
        }
    }
    Ok(Outcome::Done)
}

/// What opens a file with the program that the system has for it.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(target_os = "windows") {
    "explorer"
} else {
    "xdg-open"
};
