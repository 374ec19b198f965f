//! `newsearch forget`: a root leaves the index.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use newsearch::ingest;

use super::arguments::shared::{DONE, JsonArguments, ending};
use super::outcome::{CommandResult, Outcome};
use super::render::forget as render;

#[derive(Debug, Args)]
#[command(after_help = ending("Example:\n  newsearch forget ./corpus", DONE))]
pub struct ForgetArguments {
    /// A folder or file that was given to `newsearch index`
    #[arg(value_name = "PATH")]
    pub path: PathBuf,

    #[command(flatten)]
    pub output: JsonArguments,
}

pub fn run(arguments: &ForgetArguments, dir: &Path) -> CommandResult {
    let forgotten = ingest::forget(dir, &arguments.path)?;
    let mut out = io::stdout().lock();
    match arguments.output.json {
        true => render::to_json(&mut out, &forgotten)?,
        false => render::to_text(&mut out, &forgotten)?,
    }
    Ok(Outcome::Done)
}
