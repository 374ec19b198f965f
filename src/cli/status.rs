//! `newsearch status`: what the index holds, where it comes from, and what could not be used.

use std::io::Write as _;
use std::path::Path;

use clap::Args;
use newsearch::index::Snapshot;
use newsearch::search::overview::overview;

use super::arguments::shared::{DONE, ending};
use super::outcome::{CommandResult, Outcome};
use super::pager;
use super::render::{json, status as render};
use super::terminal::Terminal;

#[derive(Debug, Args)]
#[command(after_help = ending("Examples:\n  newsearch status\n  newsearch status --problems", DONE))]
pub struct StatusArguments {
    /// List every file and record that could not be used, or is doubtful, and why
    #[arg(long)]
    pub problems: bool,

    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &StatusArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let snapshot = Snapshot::open(dir)?;
    let manifest = snapshot.manifest()?;
    let mut out = pager::output(!arguments.json, terminal);
    match (arguments.problems, arguments.json) {
        (true, true) => json::problems(&mut out, &manifest)?,
        (true, false) => render::problems(&mut out, &manifest, terminal)?,
        (false, true) => json::status(&mut out, &snapshot, &manifest, &overview(&snapshot)?)?,
        (false, false) => render::to_text(&mut out, &snapshot, &manifest, &overview(&snapshot)?, terminal)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}
