//! `newsearch export`: all articles found, written one after the other as they are read.

use std::collections::HashSet;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use newsearch::corpus;
use newsearch::index::Roots;
use newsearch::index::Snapshot;
use newsearch::search::{self, Detail, Hits, SearchRequest};

use super::arguments::{ExportArguments, ExportFormat};
use super::query::paths_of;
use super::render::{csv, json, markdown};
use super::terminal::{Terminal, clean};
use super::{CommandResult, Failure, Outcome, ask, copies};

/// By which spreadsheets know UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

pub fn run(arguments: &ExportArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    if arguments.null && arguments.format != ExportFormat::Paths {
        let hint = Some("add `--format paths`".to_owned());
        return Err(Failure::Usage("`--null` ends paths, and none are written".to_owned(), hint));
    }
    let asked = ask::ask(&arguments.asked, None, terminal)?;
    let snapshot = Snapshot::open_for_all(dir)?;
    let request = SearchRequest {
        sort: arguments.sort.into(),
        copies: arguments.copies.into(),
        ..asked.request.clone()
    };
    let detail = match arguments.format {
        ExportFormat::Csv | ExportFormat::Md => Detail::Snippets,
        ExportFormat::Jsonl => Detail::Whole,
        ExportFormat::Paths => Detail::Stored,
    };
    let hits = search::all(&snapshot, &request, detail)?;
    let (total, distinct) = (hits.total, hits.distinct);
    let account = asked.account(hits.account.clone(), terminal)?;
    let roots = snapshot.roots();
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.bom {
        write!(out, "{BYTE_ORDER_MARK}")?;
    }
    match arguments.format {
        ExportFormat::Csv => csv::header(&mut out)?,
        ExportFormat::Md => {
            let account = (account.total_is, account.undecided);
            markdown::header(&mut out, total, account, distinct, &asked.read_as())?;
        }
        ExportFormat::Jsonl | ExportFormat::Paths => {}
    }
    write_all(&mut out, hits, (&snapshot, &roots), arguments)?;
    out.flush()?;
    Ok(if total == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn write_all(
    out: &mut impl Write,
    hits: Hits<'_>,
    (snapshot, roots): (&Snapshot, &Roots),
    arguments: &ExportArguments,
) -> Result<(), Failure> {
    let mut written = HashSet::new();
    for hit in hits {
        let hit = hit?;
        let path = paths_of(std::slice::from_ref(&hit), roots).pop().unwrap_or_default();
        match arguments.format {
            ExportFormat::Csv => csv::hit(out, &hit, &path)?,
            ExportFormat::Jsonl => {
                let copies = copies::of_hit(snapshot, &hit, roots)?;
                json::exported(out, &hit, &path, &copies)?;
            }
            ExportFormat::Md => markdown::hit(out, &hit, &path)?,
            ExportFormat::Paths => {
                // What lies in a bundle is in the bundle's file.
                let file = path.split("!/").next().unwrap_or(&path).to_owned();
                if written.contains(&file) {
                    continue;
                }
                if arguments.null {
                    // For programs: the name as the disk has it.
                    out.write_all(corpus::file(&file).as_os_str().as_encoded_bytes())?;
                    out.write_all(b"\0")?;
                } else {
                    writeln!(out, "{}", clean(&file))?;
                }
                written.insert(file);
            }
        }
    }
    Ok(())
}
