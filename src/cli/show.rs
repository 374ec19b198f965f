//! `newsearch show`: one article, whole.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use newsearch::error::Error;
use newsearch::index::Snapshot;
use newsearch::search;

use super::arguments::ShowArguments;
use super::render::{json, text};
use super::terminal::Terminal;
use super::{CommandResult, Outcome, ask, paths};

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
    let mut out = BufWriter::new(io::stdout().lock());
    for mut stored in found {
        let rows = match &marked {
            Some(read) => {
                search::marked(&snapshot, &stored.article, &read.node, Some(search::built_in_names()))
            }
            None => search::evidence::plain_rows(&stored.article, usize::MAX),
        };
        let root = manifest.roots.get(&stored.root).map(|root| root.path.as_path());
        stored.article.path = paths::of_article(root, &stored.article.path);
        if arguments.json {
            json::article(&mut out, &stored.article)?;
        } else {
            text::whole(&mut out, &stored.article, &rows, terminal)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}
