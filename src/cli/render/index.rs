//! What a run of `index` did or would do, for people and for programs.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;

use jiff::Zoned;
use newsearch::index::Snapshot;
use newsearch::ingest::{Overlap, Preview, Report};
use newsearch::problem::{Problem, ProblemKind};
use newsearch::search::overview::Overview;
use serde::Serialize;

use super::super::outcome::Failure;
use super::super::paths;
use super::super::terminal::{Terminal, clean};
use super::json;
use super::words::{bytes, count, date, less_than_exact, list_counts, plural, seconds};

/// How many problems the summary names.
const NAMED_PROBLEMS: usize = 5;

/// What a run did, and what the index holds now.
pub fn run(
    out: &mut impl Write,
    report: &Report,
    held: &Overview,
    dir: &Path,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let mut lines = Vec::new();
    summary(&mut lines, report, held, dir)?;
    let mut out = BufWriter::new(out);
    for line in String::from_utf8_lossy(&lines).lines() {
        let indent = line.len() - line.trim_start().len() + 2;
        writeln!(out, "{}", terminal.fill(line, indent))?;
    }
    Ok(out.flush()?)
}

fn summary(out: &mut impl Write, report: &Report, held: &Overview, dir: &Path) -> Result<(), Failure> {
    let roots: Vec<String> = report.roots.iter().map(|root| format!("`{}`", paths::shown(root))).collect();
    let roots = roots.join(", ");
    let files = report.files_read + report.files_unchanged + report.files_moved;
    if report.articles_in_roots == 0 {
        writeln!(out, "No articles found in {roots} ({}).", plural(files, "file"))?;
    } else {
        writeln!(
            out,
            "{} from {} in {roots}, in {}.",
            plural(report.articles_in_roots, "article"),
            plural(files, "file"),
            seconds(report.took)
        )?;
    }
    for Overlap { inner, outer, was_root } in &report.overlaps {
        let (inner, outer) = (paths::shown(inner), paths::shown(outer));
        match was_root {
            true => {
                writeln!(out, "  `{inner}` was a folder of its own, and is part of `{outer}` from now on")?
            }
            false => writeln!(out, "  `{inner}` is part of `{outer}`, which is in the index already")?,
        }
    }
    for key in &report.unseen_keys {
        writeln!(out, "  no record that was read has what `--map` says: `{}`", clean(key))?;
    }
    let mut changes = Vec::new();
    if report.files_unchanged > 0 {
        changes.push(format!("{} unchanged and not read again", count(report.files_unchanged)));
    }
    if report.files_moved > 0 {
        changes.push(format!("{} moved and not read again", count(report.files_moved)));
    }
    if !changes.is_empty() {
        changes.push(format!("{} read", count(report.files_read)));
    }
    if report.files_gone > 0 {
        changes.push(format!("{} gone", count(report.files_gone)));
    }
    if !changes.is_empty() {
        writeln!(out, "  files: {}", changes.join(", "))?;
    }
    writeln!(out, "The index at `{}` holds {}:", paths::shown(dir), plural(held.articles, "article"))?;
    if !held.formats.is_empty() {
        writeln!(out, "  formats: {}", list_counts(&held.formats))?;
    }
    if let Some((first, last)) = held.days {
        let undated = (held.undated > 0).then(|| format!("{} without a date", count(held.undated)));
        let parts: Vec<String> =
            less_than_exact(held.partly_dated, held.guessed).into_iter().chain(undated).collect();
        let less = if parts.is_empty() { String::new() } else { format!("; {}", parts.join(", ")) };
        writeln!(out, "  published: {} to {}{less}", date(first), date(last))?;
    } else if held.articles > 0 {
        writeln!(out, "  published: no article has a date")?;
    }
    problems(out, &report.problems)
}

fn problems(out: &mut impl Write, problems: &[Problem]) -> Result<(), Failure> {
    if problems.is_empty() {
        return Ok(());
    }
    let of = |kind: ProblemKind| problems.iter().filter(move |problem| problem.kind == kind);
    for (kind, one, many) in [
        (ProblemKind::Unreadable, "could not be read", "could not be read"),
        (ProblemKind::Doubtful, "is in the index but doubtful", "are in the index but doubtful"),
    ] {
        let total: u64 = of(kind).map(|problem| problem.count).sum();
        if total == 0 {
            continue;
        }
        writeln!(out, "  {} {}:", count(total), if total == 1 { one } else { many })?;
        let mut named = 0;
        for problem in of(kind).take(NAMED_PROBLEMS) {
            named += problem.count;
            writeln!(out, "    {}", clean(&shown(problem)))?;
        }
        if total > named {
            writeln!(out, "    … and {} more", count(total - named))?;
        }
    }
    let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
    for problem in of(ProblemKind::Skipped) {
        *reasons.entry(problem.message.clone()).or_default() += problem.count;
    }
    if !reasons.is_empty() {
        let mut reasons: Vec<(String, u64)> = reasons.into_iter().collect();
        reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let total: u64 = reasons.iter().map(|(_, n)| n).sum();
        writeln!(out, "  {} left out:", count(total))?;
        for (reason, n) in reasons.iter().take(NAMED_PROBLEMS) {
            writeln!(out, "    {} × {}", count(*n), clean(reason))?;
        }
        match reasons.len().saturating_sub(NAMED_PROBLEMS) as u64 {
            0 => {}
            1 => writeln!(out, "    … and 1 other reason")?,
            others => writeln!(out, "    … and {} other reasons", count(others))?,
        }
    }
    writeln!(out, "  the whole list: newsearch status --problems")?;
    Ok(())
}

/// A problem with its path as it is most easily typed from here.
pub fn shown(problem: &Problem) -> String {
    let path = paths::from_here(problem.path.clone());
    Problem { path, ..problem.clone() }.to_string()
}

/// That changes are taken in from now on.
pub fn watching(out: &mut impl Write, report: &Report) -> Result<(), Failure> {
    let roots: Vec<String> = report.roots.iter().map(|root| format!("`{}`", paths::shown(root))).collect();
    writeln!(out, "Watching {}: Ctrl-C ends it.", roots.join(", "))?;
    Ok(())
}

/// `14:02:11  1 read, 2 gone: the index holds 12 articles`.
pub fn update(out: &mut impl Write, report: &Report, articles: u64, now: &Zoned) -> Result<(), Failure> {
    let changes = [(report.files_read, "read"), (report.files_moved, "moved"), (report.files_gone, "gone")];
    let changes: Vec<String> =
        changes.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", count(*n))).collect();
    let held = plural(articles, "article");
    writeln!(out, "{}  {}: the index holds {held}", now.strftime("%H:%M:%S"), changes.join(", "))?;
    Ok(())
}

/// What a run would do, a line a file.
pub fn preview(out: &mut impl Write, preview: &Preview) -> Result<(), Failure> {
    let shown = |path: &String| clean(&paths::from_here(path.clone()));
    for path in &preview.new {
        writeln!(out, "new      {}", shown(path))?;
    }
    for path in &preview.changed {
        writeln!(out, "changed  {}", shown(path))?;
    }
    for (from, to) in &preview.moved {
        writeln!(out, "moved    {} → {}", shown(from), shown(to))?;
    }
    for path in &preview.gone {
        writeln!(out, "gone     {}", shown(path))?;
    }
    for (path, reason) in &preview.left_out {
        writeln!(out, "left out {}: {reason}", shown(path))?;
    }
    let n = |files: usize| count(files as u64);
    let left_out = match preview.left_out.len() {
        0 => String::new(),
        n => format!(", {} left out by their names", count(n as u64)),
    };
    writeln!(
        out,
        "Would read {} ({} new, {} changed; {}); {} moved, {} gone, {} unchanged{left_out}. Nothing was written.",
        plural((preview.new.len() + preview.changed.len()) as u64, "file"),
        n(preview.new.len()),
        n(preview.changed.len()),
        bytes(preview.bytes),
        n(preview.moved.len()),
        n(preview.gone.len()),
        count(preview.unchanged)
    )?;
    Ok(())
}

#[derive(Serialize)]
struct RunJson {
    index: String,
    roots: Vec<String>,
    files_read: u64,
    files_unchanged: u64,
    files_moved: u64,
    files_gone: u64,
    articles_read: u64,
    articles_in_roots: u64,
    unreadable: u64,
    doubtful: u64,
    left_out: u64,
    articles: u64,
    took_ms: u64,
}

#[derive(Serialize)]
struct PreviewJson<'a> {
    new: &'a [String],
    changed: &'a [String],
    moved: Vec<MovedJson<'a>>,
    gone: &'a [String],
    left_out: Vec<LeftOutJson<'a>>,
    files_unchanged: u64,
    bytes: u64,
}

#[derive(Serialize)]
struct LeftOutJson<'a> {
    path: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct MovedJson<'a> {
    from: &'a str,
    to: &'a str,
}

/// `index --json`: one object.
pub fn run_to_json(out: &mut impl Write, report: &Report, snapshot: &Snapshot) -> Result<(), Failure> {
    let of = |kind| report.problems.iter().filter(|problem| problem.kind == kind).map(|p| p.count).sum();
    let value = RunJson {
        index: paths::whole(snapshot.dir()),
        roots: report.roots.iter().map(|root| paths::whole(root)).collect(),
        files_read: report.files_read,
        files_unchanged: report.files_unchanged,
        files_moved: report.files_moved,
        files_gone: report.files_gone,
        articles_read: report.articles_read,
        articles_in_roots: report.articles_in_roots,
        unreadable: of(ProblemKind::Unreadable),
        doubtful: of(ProblemKind::Doubtful),
        left_out: of(ProblemKind::Skipped),
        articles: snapshot.article_count(),
        took_ms: u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX),
    };
    json::object(out, &value)
}

/// `index --dry-run --json`: one object.
pub fn preview_to_json(out: &mut impl Write, preview: &Preview) -> Result<(), Failure> {
    let value = PreviewJson {
        new: &preview.new,
        changed: &preview.changed,
        moved: preview.moved.iter().map(|(from, to)| MovedJson { from, to }).collect(),
        gone: &preview.gone,
        left_out: preview.left_out.iter().map(|(path, message)| LeftOutJson { path, message }).collect(),
        files_unchanged: preview.unchanged,
        bytes: preview.bytes,
    };
    json::object(out, &value)
}
