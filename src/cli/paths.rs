//! Where the index is kept, how paths are shown, and what else the environment says.

use std::borrow::Cow;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use newsearch::corpus;
use newsearch::index::Roots;
use newsearch::search::Hit;

use super::outcome::Failure;

/// `--index` or `NEWSEARCH_INDEX` (both in `given`), else `newsearch` in the platform's data folder.
pub fn index_folder(given: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(given) = given.filter(|given| !given.as_os_str().is_empty()) {
        return Ok(given.to_owned());
    }
    let folder = if cfg!(target_os = "windows") {
        absolute("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        absolute("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
    };
    folder.map(|folder| folder.join("newsearch")).ok_or_else(|| {
        Failure::Usage(
            "there is no data folder to keep the index in".to_owned(),
            Some("name a folder with `--index DIR`".to_owned()),
        )
    })
}

/// The index that the environment names.
pub fn index_of_environment() -> Option<PathBuf> {
    env::var_os("NEWSEARCH_INDEX").filter(|name| !name.is_empty()).map(PathBuf::from)
}

/// By this variable a shell says that it asks, and which it is.
pub const SHELL_ASKS: &str = "NEWSEARCH_COMPLETE";

/// The shell that asks what may come next.
pub fn asking_shell() -> Option<String> {
    env::var(SHELL_ASKS).ok().filter(|shell| !shell.is_empty())
}

/// Where the last answer's ids are kept: in the folder for what programs remember between runs.
pub fn last_answer() -> Option<PathBuf> {
    let folder = if cfg!(target_os = "windows") {
        absolute("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        absolute("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        absolute("XDG_STATE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/state")))
    };
    folder.map(|folder| folder.join("newsearch").join("last-answer.json"))
}

/// `newsearch/config.toml` in the folder where people look for it; on macOS that of command-line programs.
pub fn config_file() -> Option<PathBuf> {
    let folder = if cfg!(target_os = "windows") {
        absolute("APPDATA")
    } else {
        absolute("XDG_CONFIG_HOME").or_else(|| absolute("HOME").map(|home| home.join(".config")))
    };
    folder.map(|folder| folder.join("newsearch").join("config.toml"))
}

/// The configuration file that the environment names.
pub fn named_config() -> Option<PathBuf> {
    env::var_os("NEWSEARCH_CONFIG").filter(|name| !name.is_empty()).map(PathBuf::from)
}

/// A path that is written in a file of `folder`.
pub fn from(folder: &Path, text: &str) -> PathBuf {
    let rest = text.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(['/', '\\']));
    match (rest, absolute("HOME").or_else(|| absolute("USERPROFILE"))) {
        (Some(rest), Some(home)) => home.join(rest.trim_start_matches(['/', '\\'])),
        _ => folder.join(text),
    }
}

fn absolute(name: &str) -> Option<PathBuf> {
    env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute())
}

/// `PAGER`, else `less`.
pub fn pager() -> String {
    env::var("PAGER").unwrap_or_else(|_| "less".to_owned())
}

/// The folder that paths count from.
pub fn here() -> PathBuf {
    env::current_dir().unwrap_or_default()
}

/// Whether the terminal says that it can do nothing but print.
pub fn is_dumb_terminal() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Whether a variable is set in the environment.
pub fn is_set(name: &str) -> bool {
    env::var_os(name).is_some()
}

/// A path whole, as programs read it.
pub fn whole(path: &Path) -> String {
    corpus::shown(path)
}

/// A path as it is most easily typed from here: relative to the current folder where it lies in it.
pub fn shown(path: &Path) -> String {
    from_here(corpus::shown(path))
}

/// The same of a path that the library has written as text.
pub fn from_here(path: String) -> String {
    let here = env::current_dir().and_then(|here| here.canonicalize()).ok().map(|here| corpus::shown(&here));
    match here.and_then(|here| Some(path.strip_prefix(&here)?.to_owned())) {
        Some(rest) if rest.is_empty() => ".".to_owned(),
        Some(rest) => rest.strip_prefix('/').map_or(path, str::to_owned),
        None => path,
    }
}

/// The whole of a path that is shown as it is most easily typed from here; what was read from standard input
/// has none.
pub fn absolute_of_shown(path: &str) -> Cow<'_, str> {
    static HERE: OnceLock<Option<String>> = OnceLock::new();
    let here = HERE.get_or_init(|| {
        let here = env::current_dir().and_then(|here| here.canonicalize()).ok()?;
        Some(corpus::shown(&here).trim_end_matches('/').to_owned())
    });
    match here {
        Some(here) if path == "." => Cow::Borrowed(here),
        Some(here) if path != "-" && !Path::new(path).is_absolute() => {
            Cow::Owned(format!("{here}/{}", path.trim_start_matches("./")))
        }
        _ => Cow::Borrowed(path),
    }
}

/// Each hit's path as it is shown.
pub fn of_hits(hits: &[Hit], roots: &Roots) -> Vec<String> {
    let shown = |hit: &Hit| of_article(roots.get(&hit.root).map(PathBuf::as_path), &hit.article.path);
    hits.iter().map(shown).collect()
}

/// An article's path as it is shown: its root's and its own. [`corpus::file`] finds the file by it.
pub fn of_article(root: Option<&Path>, relative: &str) -> String {
    let Some(root) = root else { return relative.to_owned() };
    // Where the root is a file, the path begins with its name; what follows is a member of an archive.
    let name = root.file_name().map(|name| corpus::shown(Path::new(name)));
    let below = name.and_then(|name| relative.strip_prefix(name.as_str()));
    match below {
        Some(below) if (below.is_empty() || below.starts_with("!/")) && !root.is_dir() => shown(root) + below,
        _ => from_here(format!("{}/{relative}", corpus::shown(root).trim_end_matches('/'))),
    }
}
