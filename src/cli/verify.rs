//! `newsearch verify`: every byte of the index against its checksums, the manifest against the index, and a
//! sample of the files against what was read from them.

use std::io;
use std::path::Path;

use clap::Args;
use newsearch::index::Snapshot;
use newsearch::ingest::check_sources;

use super::arguments::shared::{JsonArguments, ending};
use super::outcome::{CommandResult, Outcome};
use super::render::verify as render;

#[derive(Debug, Args)]
#[command(after_help = ending("\
Checks every file of the index against its checksum, every file that is listed against the articles that are there, and \
reads up to 100 of the source files again, other ones each time. Nothing is changed; what is wrong is named, with what to do.

Example:
  newsearch verify", 
    "Exit status: 0 all is whole, 2 something is wrong, or it could not run."))]
pub struct VerifyArguments {
    #[command(flatten)]
    pub output: JsonArguments,
}

/// How many files are read again.
const SAMPLE: usize = 100;

pub fn run(arguments: &VerifyArguments, dir: &Path) -> CommandResult {
    let snapshot = Snapshot::open(dir)?;
    snapshot.verify()?;
    let sources = check_sources(&snapshot.manifest()?, SAMPLE);
    let mut out = io::stdout().lock();
    match arguments.output.json {
        true => render::to_json(&mut out, &snapshot, &sources)?,
        false => render::to_text(&mut out, &snapshot, &sources)?,
    }
    Ok(Outcome::Done)
}
