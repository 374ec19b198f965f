//! `newsearch optimize`: the index in one piece.

use std::io;
use std::path::Path;

use clap::Args;
use newsearch::index::{Snapshot, optimize};

use super::arguments::shared::{DONE, JsonArguments, ending};
use super::outcome::{CommandResult, Outcome};
use super::render::optimize as render;

#[derive(Debug, Args)]
#[command(after_help = ending("\
A query looks into every piece of the index; new articles come in new pieces, which are merged from time to time. This merges \
them all. It needs as much room again as the index takes, and can be broken off at any time.

Example:
  newsearch optimize", DONE))]
pub struct OptimizeArguments {
    #[command(flatten)]
    pub output: JsonArguments,
}

pub fn run(arguments: &OptimizeArguments, dir: &Path) -> CommandResult {
    let done = optimize(dir)?;
    let snapshot = Snapshot::open(dir)?;
    let mut out = io::stdout().lock();
    match arguments.output.json {
        true => render::to_json(&mut out, &snapshot, &done)?,
        false => render::to_text(&mut out, &snapshot, &done)?,
    }
    Ok(Outcome::Done)
}
