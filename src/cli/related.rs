//! `newsearch related`: the articles that go with an article.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use clap::Args;
use newsearch::error::Error;
use newsearch::index::Snapshot;
use newsearch::search;

use super::arguments::shared::{FOUND, ending, whole_number};
use super::outcome::{CommandResult, Outcome};
use super::render::{json, text};
use super::terminal::Terminal;
use super::{named, paths};

#[derive(Debug, Args)]
#[command(after_help = ending("Example:\n  newsearch related 1", FOUND))]
pub struct RelatedArguments {
    /// The article: its id or the beginning of it, its number in the last answer, or its path
    #[arg(value_name = "ARTICLE")]
    pub id: String,

    /// How many articles to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = whole_number)]
    pub limit: usize,

    /// Print them as JSON
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &RelatedArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let snapshot = Snapshot::open(dir)?;
    let found = named::articles(&arguments.id, &snapshot, terminal)?;
    let Some(stored) = found.first() else {
        return Err(Error::NoArticle(arguments.id.clone()).into());
    };
    let similar = search::similar(&snapshot, stored, arguments.limit)?;
    let roots = snapshot.roots();
    let (story, background) =
        (paths::of_hits(&similar.story, &roots), paths::of_hits(&similar.background, &roots));
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        json::related(&mut out, &stored.article.id, &similar, (&story, &background))?;
    } else {
        text::similar(&mut out, &similar, (&story, &background), terminal)?;
    }
    out.flush()?;
    let nothing = similar.story.is_empty() && similar.background.is_empty();
    Ok(if nothing { Outcome::Nothing } else { Outcome::Done })
}
