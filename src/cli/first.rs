//! `newsearch first`: the earliest and the latest article, and the longest time without one.

use std::io::Write as _;
use std::path::Path;

use clap::Args;
use newsearch::index::Snapshot;
use newsearch::search::{Hit, coverage};

use super::arguments::asked::AskedArguments;
use super::arguments::shared::{FOUND, SHOWING, ending};
use super::outcome::{CommandResult, Outcome};
use super::render::coverage as render;
use super::terminal::Terminal;
use super::{ask, nothing, pager, paths};

#[derive(Debug, Args)]
#[command(after_help = ending("\
Examples:
  newsearch first '\"peace plan\"'
  newsearch first --author 'ana sousa'", FOUND))]
pub struct FirstArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// Print it as JSON
    #[arg(long, help_heading = SHOWING)]
    pub json: bool,
}

pub fn run(arguments: &FirstArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let asked = ask::ask(&arguments.asked, None, terminal)?;
    let snapshot = Snapshot::open(dir)?;
    let mut coverage = coverage::coverage(&snapshot, &asked.request)?;
    coverage.account = asked.account(coverage.account, terminal)?;
    let nothing = nothing::explain(&snapshot, &asked.request, coverage.total)?;
    let roots = snapshot.roots();
    let path = |hit: &Hit| paths::of_hits(std::slice::from_ref(hit), &roots).pop().unwrap_or_default();
    let read_as = asked.read_as();
    let mut out = pager::output(!arguments.json, terminal);
    if arguments.json {
        render::to_json(&mut out, &coverage, &path, (&asked.typed, &read_as), nothing.as_ref())?;
    } else {
        render::to_text(&mut out, &coverage, &path, &read_as, terminal)?;
        if let Some(nothing) = &nothing {
            out.write_all(b"\n")?;
            nothing.text(&mut out, terminal)?;
        }
    }
    out.flush()?;
    Ok(if coverage.total == 0 { Outcome::Nothing } else { Outcome::Done })
}
