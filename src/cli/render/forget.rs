//! A root that has left the index, for people and for programs.

use std::io::Write;

use newsearch::ingest::Forgotten;
use serde::Serialize;

use super::super::outcome::Failure;
use super::super::paths;
use super::json;
use super::words::plural;

/// What has left it.
pub fn to_text(out: &mut impl Write, forgotten: &Forgotten) -> Result<(), Failure> {
    writeln!(
        out,
        "`{}` is no root of the index any more: {} of {} left it. The files are as they were.",
        paths::shown(&forgotten.root),
        plural(forgotten.articles, "article"),
        plural(forgotten.files, "file")
    )?;
    Ok(())
}

#[derive(Serialize)]
struct ForgottenJson {
    root: String,
    articles: u64,
    files: u64,
}

/// One object.
pub fn to_json(out: &mut impl Write, forgotten: &Forgotten) -> Result<(), Failure> {
    let Forgotten { root, articles, files } = forgotten;
    json::object(out, &ForgottenJson { root: paths::whole(root), articles: *articles, files: *files })
}
