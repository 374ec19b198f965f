//! `newsearch forget`: a root leaves the index.

use std::io::{self, Write as _};
use std::path::Path;

use newsearch::ingest;

use super::arguments::ForgetArguments;
use super::render::words::plural;
use super::{CommandResult, Outcome, paths};

pub fn run(arguments: &ForgetArguments, dir: &Path) -> CommandResult {
    let forgotten = ingest::forget(dir, &arguments.path)?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "`{}` is no root of the index any more: {} of {} left it. The files are as they were.",
        paths::shown(&forgotten.root),
        plural(forgotten.articles, "article"),
        plural(forgotten.files, "file")
    )?;
    Ok(Outcome::Done)
}
