//! `newsearch cite`: how articles are cited.

use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use newsearch::citation;
use newsearch::index::Snapshot;

use super::arguments::CiteArguments;
use super::named;
use super::outcome::{CommandResult, Outcome};
use super::terminal::{Terminal, clean};

pub fn run(arguments: &CiteArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let snapshot = Snapshot::open(dir)?;
    let found = named::all(&arguments.ids, &snapshot, terminal)?;
    let articles: Vec<_> = found.into_iter().map(|stored| stored.article).collect();
    let publication = arguments.publication.as_deref();
    let Some(style) = arguments.style.style() else {
        let items: Vec<_> = articles.iter().map(|article| citation::csl(article, publication)).collect();
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &items).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(Outcome::Done);
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for (at, article) in articles.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", clean(&citation::cite(article, style, publication)))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
