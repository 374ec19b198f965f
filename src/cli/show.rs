//! `newsearch show`: one article, whole.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use newsearch::error::Error;
use newsearch::index::Snapshot;
use newsearch::index::document::StoredArticle;
use newsearch::index::manifest::Manifest;
use newsearch::search;

use super::arguments::ShowArguments;
use super::render::{json, text};
use super::terminal::{Terminal, clean};
use super::{CommandResult, Outcome, ask, copies, pager, paths};

pub fn run(arguments: &ShowArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let snapshot = Snapshot::open(dir)?;
    let found = snapshot.articles_by_id(&arguments.id)?;
    if found.is_empty() {
        return Err(Error::NoArticle(arguments.id.clone()).into());
    }
    let marked = match &arguments.query {
        Some(text) => ask::read(text, false, terminal)?,
        None => None,
    };
    let manifest = snapshot.manifest()?;
    if arguments.path || arguments.open {
        return its_file(arguments.open, &found, &manifest);
    }
    let mut out = Vec::new();
    for mut stored in found {
        let rows = match &marked {
            Some(read) => {
                search::marked(&snapshot, &stored.article, &read.node, Some(search::built_in_names()))
            }
            None => search::evidence::plain_rows(&stored.article, usize::MAX),
        };
        let copies = copies::of_article(&snapshot, &stored.article, &manifest)?;
        let root = manifest.roots.get(&stored.root).map(|root| root.path.as_path());
        stored.article.path = paths::of_article(root, &stored.article.path);
        if arguments.json {
            json::article(&mut out, &stored.article, &copies)?;
        } else {
            text::whole(&mut out, &stored.article, &rows, terminal)?;
            text::copies(&mut out, &copies, terminal)?;
        }
    }
    if arguments.json {
        io::stdout().lock().write_all(&out)?;
    } else {
        pager::show(&out, terminal)?;
    }
    Ok(Outcome::Done)
}

/// Prints where the articles' files lie, or opens them.
fn its_file(open: bool, found: &[StoredArticle], manifest: &Manifest) -> CommandResult {
    for stored in found {
        let root = manifest.roots.get(&stored.root).map(|root| root.path.as_path());
        let path = paths::of_article(root, &stored.article.path);
        if !open {
            writeln!(io::stdout().lock(), "{}", clean(&path))?;
            continue;
        }
        // What lies in a bundle is opened with the bundle.
        let file = path.split("!/").next().unwrap_or(&path);
        let failed = |reason: String| Error::Input(format!("cannot open `{file}`: {reason}"));
        if !Path::new(file).exists() {
            return Err(failed("no such file or folder".to_owned()).into());
        }
        let status = Command::new(OPENER).arg(file).stdin(Stdio::null()).status();
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
