//! `newsearch completions`: what a shell has to know to ask newsearch itself what may come next; and the
//! answers: options and their values, and the archive's own sections, authors, papers, folders and articles.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};
use newsearch::index::Snapshot;
use newsearch::query::Node;
use newsearch::search::SearchRequest;
use newsearch::search::facets::{self, FacetBy};

use super::arguments::shared::{DONE, ending};
use super::named::LastAnswer;
use super::outcome::{CommandResult, Failure, Outcome};
use super::paths;

#[derive(Debug, Args)]
#[command(after_help = ending("\
The shell asks newsearch what may come next: options and their values, and the sections, authors, papers and folders of the archive, \
and the articles of the last answer. Write it anew after an update of newsearch.

Examples:
  newsearch completions bash > ~/.local/share/bash-completion/completions/newsearch
  newsearch completions zsh > ~/.zfunc/_newsearch
  newsearch completions fish > ~/.config/fish/completions/newsearch.fish", DONE))]
pub struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// More names are no help to choose from.
const MOST: usize = 200;

/// Writes what a shell has to know.
pub fn completions(arguments: &CompletionsArguments) -> CommandResult {
    let shells = Shells::builtins();
    let name = arguments.shell.to_string();
    let shell = shells
        .completer(&name)
        .ok_or_else(|| Failure::Usage(format!("there are no completions for `{name}`"), None))?;
    // Made in memory: the generator does not expect that nobody reads what it writes.
    let mut script = Vec::new();
    shell.write_registration(paths::SHELL_ASKS, "newsearch", "newsearch", "newsearch", &mut script)?;
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}

/// Answers a shell that asks what may follow these words; `None` where nobody asks so.
pub fn answer(words: &[OsString], root: fn() -> Command) -> Option<bool> {
    let shell = paths::asking_shell()?;
    let archive = Arc::new(Archive { index: index_in(words), is_bash: shell == "bash" });
    let factory = || with_values(root(), &archive);
    let here = paths::here();
    Some(
        CompleteEnv::with_factory(factory)
            .var(paths::SHELL_ASKS)
            .bin("newsearch")
            .try_complete(words, Some(&here))
            .map_err(|error| error.print())
            .is_ok(),
    )
}

/// The index that the words ask, where they say so.
fn index_in(words: &[OsString]) -> Option<PathBuf> {
    let text: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let behind = text.windows(2).rev().find(|pair| pair[0] == "--index").map(|pair| pair[1]);
    let joined = || text.iter().rev().find_map(|word| word.strip_prefix("--index="));
    behind.or_else(joined).map(PathBuf::from)
}

/// What the options' values are taken from.
struct Archive {
    index: Option<PathBuf>,
    /// It leaves it to others to escape what they offer.
    is_bash: bool,
}

/// The options that take names of the archive.
const NAMES: &[(&str, FacetBy)] = &[
    ("author", FacetBy::Author),
    ("not_author", FacetBy::Author),
    ("section", FacetBy::Section),
    ("not_section", FacetBy::Section),
    ("in_publication", FacetBy::Publication),
    ("not_publication", FacetBy::Publication),
    ("source", FacetBy::Source),
];

/// The words that are articles.
const ARTICLES: &[&str] = &["id", "ids"];

fn with_values(command: Command, archive: &Arc<Archive>) -> Command {
    command.mut_subcommands(|command| {
        command.mut_args(|arg| {
            let id = arg.get_id().as_str();
            let archive = Arc::clone(archive);
            if let Some((_, by)) = NAMES.iter().find(|(name, _)| *name == id) {
                return arg.add(ArgValueCompleter::new(move |typed: &OsStr| archive.names(*by, typed)));
            }
            if ARTICLES.contains(&id) {
                return arg.add(ArgValueCompleter::new(move |typed: &OsStr| archive.articles(typed)));
            }
            arg
        })
    })
}

impl Archive {
    fn open(&self) -> Option<Snapshot> {
        let given = self.index.clone().or_else(paths::index_of_environment);
        Snapshot::open(paths::index_folder(given.as_deref()).ok()?).ok()
    }

    /// The names that begin as what was typed, the commonest first. Where there is no archive, there are
    /// none.
    fn names(&self, by: FacetBy, typed: &OsStr) -> Vec<CompletionCandidate> {
        let typed = self.unescaped(typed);
        let Some(snapshot) = self.open() else { return Vec::new() };
        let request = SearchRequest::new(Node::all());
        let Ok(found) = facets::facets(&snapshot, &request, &[by]) else { return Vec::new() };
        let roots = snapshot.roots();
        let values = found.into_iter().flat_map(|facet| facet.values).map(|value| {
            let root = (by == FacetBy::Source).then(|| value.value.parse().ok().and_then(|n| roots.get(&n)));
            let name = root.flatten().map_or(value.value, |root| paths::shown(root));
            (name, format!("{} articles", value.articles))
        });
        values
            .filter(|(name, _)| begins_with(name, &typed))
            .take(MOST)
            .map(|(name, about)| self.candidate(&name, about))
            .collect()
    }

    /// The articles of the last answer.
    fn articles(&self, typed: &OsStr) -> Vec<CompletionCandidate> {
        let typed = self.unescaped(typed);
        let Some(snapshot) = self.open() else { return Vec::new() };
        let ids = LastAnswer::ids(snapshot.dir());
        let shown = ids.iter().filter(|id| begins_with(id, &typed)).take(MOST).filter_map(|id| {
            let found = snapshot.articles_by_id(id).ok()?;
            let article = &found.first()?.article;
            Some(self.candidate(id, article.title().into_owned()))
        });
        shown.collect()
    }

    fn candidate(&self, value: &str, about: String) -> CompletionCandidate {
        let value = if self.is_bash { escaped(value) } else { value.to_owned() };
        CompletionCandidate::new(value).help(Some(about.into()))
    }

    fn unescaped(&self, typed: &OsStr) -> String {
        let typed = typed.to_string_lossy();
        if self.is_bash { typed.replace('\\', "") } else { typed.into_owned() }
    }
}

fn begins_with(name: &str, typed: &str) -> bool {
    name.to_lowercase().starts_with(&typed.to_lowercase())
}

/// A word as bash reads it as one.
fn escaped(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for c in word.chars() {
        if !c.is_alphanumeric() && !"-_./:@%+,~".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_for_bash() {
        for (word, expected) in [
            ("World", "World"),
            ("Sofia Brandvold", "Sofia\\ Brandvold"),
            ("Rhys O’Dowd & Co", "Rhys\\ O\\’Dowd\\ \\&\\ Co"),
            ("a$(b)", "a\\$\\(b\\)"),
        ] {
            assert_eq!(escaped(word), expected);
            assert_eq!(escaped(word).replace('\\', ""), word);
        }
    }

    #[test]
    fn the_index_is_the_one_that_is_named() {
        let words = |words: &[&str]| index_in(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(words(&["newsearch", "query", "--index", "try", "--section"]), Some("try".into()));
        assert_eq!(words(&["newsearch", "--index=try", "query"]), Some("try".into()));
        assert_eq!(words(&["newsearch", "query", "--index"]), None);
    }
}
