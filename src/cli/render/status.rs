//! What an index holds, where it comes from, and what could not be used, for people.

use std::io::Write;

use newsearch::index::Snapshot;
use newsearch::index::manifest::{Manifest, Root};
use newsearch::problem::ProblemKind;
use newsearch::search::overview::Overview;

use super::super::outcome::Failure;
use super::super::paths;
use super::super::terminal::{Terminal, clean};
use super::index;
use super::words::{bytes, count, date, less_than_exact, list_counts, moment, plural};

/// Where what is said begins.
const INDENT: usize = 11;

/// All of it, in lines that are broken where somebody reads them.
pub fn to_text(
    out: &mut impl Write,
    snapshot: &Snapshot,
    manifest: &Manifest,
    held: &Overview,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let mut lines = Vec::new();
    text(&mut lines, snapshot, manifest, held)?;
    for line in String::from_utf8_lossy(&lines).lines() {
        writeln!(out, "{}", terminal.fill(line, INDENT))?;
    }
    Ok(())
}

fn text(
    out: &mut impl Write,
    snapshot: &Snapshot,
    manifest: &Manifest,
    held: &Overview,
) -> Result<(), Failure> {
    writeln!(out, "index      {}", paths::shown(snapshot.dir()))?;
    writeln!(out, "size       {}", bytes(snapshot.bytes_on_disk()))?;
    writeln!(out, "articles   {} ({} words)", count(held.articles), count(held.words))?;
    let copies = snapshot.near_duplicates()?;
    if !copies.is_empty() {
        let (articles, texts) = (copies.article_count(), u64::from(copies.cluster_count()));
        writeln!(out, "copies     {} are copies of {}", plural(articles, "article"), plural(texts, "text"))?;
    }
    if let Some((first, last)) = held.days {
        writeln!(out, "published  {} to {}", date(first), date(last))?;
    }
    if let Some(some) = less_than_exact(held.partly_dated, held.guessed) {
        writeln!(out, "dates      {some}")?;
    }
    if held.undated > 0 {
        writeln!(out, "undated    {}", count(held.undated))?;
    }
    for (name, counts) in [
        ("formats", &held.formats),
        ("sections", &held.sections),
        ("papers", &held.publications),
        ("languages", &held.languages),
    ] {
        if !counts.is_empty() {
            writeln!(out, "{name:10} {}", clean(&list_counts(counts)))?;
        }
    }
    if !held.years.is_empty() {
        let years: Vec<String> = held.years.iter().map(|(year, n)| format!("{year} {}", count(*n))).collect();
        writeln!(out, "years      {}", years.join(" · "))?;
    }
    if let Some((schema, analysis)) = snapshot.fingerprints() {
        let version = snapshot.written_by().unwrap_or_default();
        writeln!(out, "version    newsearch {version}, schema {schema}, analysis {analysis}")?;
    }
    for (number, root) in &manifest.roots {
        let files = manifest.files_of(*number).count();
        let articles: u64 = manifest.files_of(*number).map(|(_, entry)| u64::from(entry.articles)).sum();
        writeln!(
            out,
            "root       {}: {} in {}, {}",
            clean(&paths::shown(&root.path)),
            plural(articles, "article"),
            plural(files as u64, "file"),
            last_run(root)
        )?;
        for (folder, publication) in &root.publications {
            let within = if folder.is_empty() { String::new() } else { format!("{folder}: ") };
            let paper = if publication.is_empty() { "no paper" } else { publication };
            writeln!(out, "           {}", clean(&format!("{within}{paper}, where files name none")))?;
        }
        for (folder, map) in root.maps.iter().filter(|(_, map)| !map.is_empty()) {
            let within = if folder.is_empty() { String::new() } else { format!("{folder}: ") };
            writeln!(out, "           {}", clean(&format!("{within}fields by --map {map}")))?;
        }
    }
    writeln!(
        out,
        "problems   {} unreadable, {} doubtful, {} left out: newsearch status --problems",
        count(manifest.problem_count(ProblemKind::Unreadable)),
        count(manifest.problem_count(ProblemKind::Doubtful)),
        count(manifest.problem_count(ProblemKind::Skipped))
    )?;
    Ok(())
}

/// When a root was last gone through to its end.
fn last_run(root: &Root) -> String {
    match root.last_run {
        0 => "not yet read to the end: newsearch index".to_owned(),
        moment_of_it => format!("read {}", moment(moment_of_it)),
    }
}

/// Every problem, with its reason.
pub fn problems(out: &mut impl Write, manifest: &Manifest, terminal: &Terminal) -> Result<(), Failure> {
    for (kind, title) in [
        (ProblemKind::Unreadable, "could not be read"),
        (ProblemKind::Doubtful, "in the index, but doubtful"),
        (ProblemKind::Skipped, "left out"),
    ] {
        let mut lines: Vec<String> =
            manifest.problems().filter(|problem| problem.kind == kind).map(index::shown).collect();
        if lines.is_empty() {
            continue;
        }
        lines.sort();
        writeln!(out, "{title} ({})", count(manifest.problem_count(kind)))?;
        for line in lines {
            writeln!(out, "{}", terminal.fill(&format!("  {}", clean(&line)), 4))?;
        }
    }
    if manifest.problems().next().is_none() {
        writeln!(out, "no problems: every file was read")?;
    }
    Ok(())
}
