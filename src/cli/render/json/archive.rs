//! What an index holds, what could not be used, and what has changed since a receipt.

use std::io::Write;

use newsearch::index::Snapshot;
use newsearch::index::manifest::Manifest;
use newsearch::problem::{Problem, ProblemKind};
use newsearch::search::overview::Overview;
use newsearch::search::receipt::{Changes, Receipt};
use serde::Serialize;

use super::super::super::outcome::Failure;
use super::common::{Count, known, moment, object};

#[derive(Serialize)]
struct ProblemJson<'a> {
    kind: &'static str,
    path: &'a str,
    record: Option<u32>,
    message: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct Status<'a> {
    index: String,
    bytes: u64,
    articles: u64,
    copies: u64,
    copy_groups: u64,
    words: u64,
    undated: u64,
    partly_dated: u64,
    guessed: u64,
    first_day: Option<String>,
    last_day: Option<String>,
    formats: Vec<Count<'a>>,
    sections: Vec<Count<'a>>,
    publications: Vec<Count<'a>>,
    languages: Vec<Count<'a>>,
    years: Vec<YearCount>,
    written_by: Option<&'a str>,
    schema: Option<&'a str>,
    analysis: Option<&'a str>,
    roots: Vec<RootJson<'a>>,
    unreadable: u64,
    doubtful: u64,
    left_out: u64,
}

#[derive(Serialize)]
struct YearCount {
    value: String,
    articles: u64,
}

#[derive(Serialize)]
struct RootJson<'a> {
    path: String,
    publications: Vec<FolderPublication<'a>>,
    maps: Vec<FolderMap<'a>>,
    files: usize,
    articles: u64,
    last_run: Option<String>,
}

/// Which paper the files of a folder are of; the folder is that within the root, empty for the root itself.
#[derive(Serialize)]
struct FolderPublication<'a> {
    folder: &'a str,
    publication: Option<&'a str>,
}

/// Where the files of a folder have their fields, in the same way.
#[derive(Serialize)]
struct FolderMap<'a> {
    folder: &'a str,
    map: Option<&'a str>,
}

#[derive(Serialize)]
struct ChangesJson<'a> {
    query: &'a str,
    read_as: &'a str,
    unchanged: bool,
    written: Option<String>,
    total_then: u64,
    total_now: u64,
    gone: &'a [String],
    new: &'a [String],
    changed: &'a [String],
    archive_changed: bool,
    archive_then: u64,
    archive_now: u64,
    rules_changed: bool,
    receipt_changed: bool,
}

/// `verify-receipt --json`: one object.
pub fn changes(out: &mut impl Write, receipt: &Receipt, changes: &Changes) -> Result<(), Failure> {
    let value = ChangesJson {
        query: &receipt.query,
        read_as: &receipt.read_as,
        unchanged: changes.none_found(),
        written: moment(receipt.written),
        total_then: receipt.total,
        total_now: changes.total,
        gone: &changes.gone,
        new: &changes.new,
        changed: &changes.changed,
        archive_changed: changes.archive,
        archive_then: receipt.archive.articles,
        archive_now: changes.articles,
        rules_changed: changes.rules,
        receipt_changed: changes.receipt,
    };
    object(out, &value)
}

/// `status --problems --json`: one object a problem.
pub fn problems(out: &mut impl Write, manifest: &Manifest) -> Result<(), Failure> {
    manifest.problems().try_for_each(|problem: &Problem| {
        let value = ProblemJson {
            kind: problem.kind.as_str(),
            path: &problem.path,
            record: problem.record,
            message: &problem.message,
            count: problem.count,
        };
        object(out, &value)
    })
}

/// `status --json`: one object.
pub fn status(
    out: &mut impl Write,
    snapshot: &Snapshot,
    manifest: &Manifest,
    held: &Overview,
) -> Result<(), Failure> {
    let fingerprints = snapshot.fingerprints();
    let copies = snapshot.near_duplicates()?;
    let roots = manifest.roots.iter().map(|(number, root)| RootJson {
        path: root.path.display().to_string(),
        publications: root
            .publications
            .iter()
            .map(|(folder, name)| FolderPublication { folder, publication: known(name) })
            .collect(),
        maps: root.maps.iter().map(|(folder, map)| FolderMap { folder, map: known(map) }).collect(),
        files: manifest.files_of(*number).count(),
        articles: manifest.files_of(*number).map(|(_, entry)| u64::from(entry.articles)).sum(),
        last_run: moment(root.last_run),
    });
    let value = Status {
        index: snapshot.dir().display().to_string(),
        bytes: snapshot.bytes_on_disk(),
        articles: held.articles,
        copies: copies.article_count(),
        copy_groups: u64::from(copies.cluster_count()),
        words: held.words,
        undated: held.undated,
        partly_dated: held.partly_dated,
        guessed: held.guessed,
        first_day: held.days.map(|(first, _)| first.to_string()),
        last_day: held.days.map(|(_, last)| last.to_string()),
        formats: Count::list(&held.formats),
        sections: Count::list(&held.sections),
        publications: Count::list(&held.publications),
        languages: Count::list(&held.languages),
        years: held
            .years
            .iter()
            .map(|(year, articles)| YearCount { value: year.to_string(), articles: *articles })
            .collect(),
        written_by: snapshot.written_by(),
        schema: fingerprints.map(|(schema, _)| schema),
        analysis: fingerprints.map(|(_, analysis)| analysis),
        roots: roots.collect(),
        unreadable: manifest.problem_count(ProblemKind::Unreadable),
        doubtful: manifest.problem_count(ProblemKind::Doubtful),
        left_out: manifest.problem_count(ProblemKind::Skipped),
    };
    object(out, &value)
}
