//! `newsearch forget`: a root leaves the index.

use std::io::{self, Write as _};
use std::path::Path;

use newsearch::corpus;
use newsearch::ingest;
use serde::Serialize;

use super::arguments::ForgetArguments;
use super::outcome::{CommandResult, Outcome};
use super::paths;
use super::render::json;
use super::render::words::plural;

#[derive(Serialize)]
struct ForgottenJson {
    root: String,
    articles: u64,
    files: u64,
}

pub fn run(arguments: &ForgetArguments, dir: &Path) -> CommandResult {
    let forgotten = ingest::forget(dir, &arguments.path)?;
    let mut out = io::stdout().lock();
    if arguments.output.json {
        let ingest::Forgotten { root, articles, files } = &forgotten;
        let value = ForgottenJson { root: corpus::shown(root), articles: *articles, files: *files };
        json::object(&mut out, &value)?;
        return Ok(Outcome::Done);
    }
    writeln!(
        out,
        "`{}` is no root of the index any more: {} of {} left it. The files are as they were.",
        paths::shown(&forgotten.root),
        plural(forgotten.articles, "article"),
        plural(forgotten.files, "file")
    )?;
    Ok(Outcome::Done)
}
