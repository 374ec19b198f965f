//! `newsearch cite`: how articles are cited.

use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use clap::Args;
use newsearch::citation::{Style, csl};
use newsearch::index::Snapshot;

use super::arguments::shared;
use super::arguments::shared::{DONE, ending};
use super::named;
use super::outcome::{CommandResult, Outcome};
use super::render::{citation, json};
use super::terminal::Terminal;

#[derive(Debug, Args)]
#[command(after_help = ending("\
Examples:
  newsearch cite 1 2 3 --style chicago     the first three of the last answer
  newsearch export flood --format ids | newsearch cite - --style mla", DONE))]
pub struct CiteArguments {
    /// The articles: their ids or the beginnings of these, numbers in the last answer, or paths; `-` reads
    /// them from standard input
    #[arg(value_name = "ARTICLE", required = true)]
    pub ids: Vec<String>,

    /// In which style
    #[arg(long, value_name = "STYLE", default_value = "apa", value_parser = shared::style())]
    pub style: Style,

    /// What the paper is called that they were published in [default: as their files say]
    #[arg(long, value_name = "NAME")]
    pub publication: Option<String>,
}

pub fn run(arguments: &CiteArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let snapshot = Snapshot::open(dir)?;
    let found = named::all(&arguments.ids, &snapshot, terminal)?;
    let articles: Vec<_> = found.into_iter().map(|stored| stored.article).collect();
    let publication = arguments.publication.as_deref();
    if arguments.style == Style::CslJson {
        let items: Vec<_> = articles.iter().map(|article| csl(article, publication)).collect();
        json::document(&mut io::stdout().lock(), &items)?;
        return Ok(Outcome::Done);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    citation::list(&mut out, &articles, arguments.style, publication)?;
    out.flush()?;
    Ok(Outcome::Done)
}
