//! `newsearch query --receipt` and `newsearch verify-receipt`: what was found, kept and held against the archive later.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use jiff::{Timestamp, Zoned};
use newsearch::error::{Error, plain_io};
use newsearch::index::Snapshot;
use newsearch::query::{ParseOptions, parse};
use newsearch::search::SearchRequest;
use newsearch::search::receipt::{Changes, Receipt};

use super::arguments::VerifyReceiptArguments;
use super::outcome::{CommandResult, Failure, Outcome};
use super::output::OutputFile;
use super::render::json;
use super::render::words::{count, moment, plural};
use super::terminal::{Terminal, clean};

/// So many ids of a kind are named to people.
const MOST_NAMED: usize = 20;

/// Writes the receipt of all that a request finds. A file that is there is evidence, and stays unless it may be replaced.
pub fn write(
    path: &Path,
    replace: bool,
    snapshot: &Snapshot,
    request: &SearchRequest,
    typed: &str,
) -> Result<(), Failure> {
    let mut file = OutputFile::create(path, replace)?;
    let receipt = Receipt::new(snapshot, request, typed, Timestamp::now().as_second())?;
    write_into(&mut file, &receipt)?;
    file.keep()
}

/// Writes a receipt.
pub fn write_into(out: &mut impl Write, receipt: &Receipt) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, receipt).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Asks a receipt's query again and says what is other than it was.
pub fn verify(arguments: &VerifyReceiptArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let path = &arguments.file;
    let text = fs::read_to_string(path).map_err(|error| {
        Failure::Error(Error::CannotRead { path: path.clone(), reason: plain_io(&error) })
    })?;
    let bad = |message: String| Error::Input(format!("`{}`: {message}", path.display()));
    let receipt = Receipt::parse(&text).map_err(bad)?;
    let parsed = parse(&receipt.read_as, &ParseOptions { today: Zoned::now().date() });
    let node = parsed.ast.ok_or_else(|| bad("its query holds nothing to search for".to_owned()))?;
    let request = SearchRequest { variants: receipt.variants, ..SearchRequest::new(node) };
    let snapshot = Snapshot::open(dir)?;
    let changes = receipt.changes(&snapshot, &request)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        json::changes(&mut out, &receipt, &changes)?;
    } else {
        say(&mut out, &receipt, &changes, terminal)?;
    }
    out.flush()?;
    Ok(if changes.none_found() { Outcome::Done } else { Outcome::Nothing })
}

fn say(
    out: &mut impl Write,
    receipt: &Receipt,
    changes: &Changes,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let written = moment(receipt.written);
    if changes.none_found() {
        let (good, reset) = (styles.good, styles.reset);
        writeln!(out, "{good}unchanged{reset} since {written}")?;
    } else {
        writeln!(out, "{}changed{} since {written}", styles.bad, styles.reset)?;
    }
    writeln!(out, "query     {}", clean(&receipt.read_as))?;
    writeln!(out, "found     {} then, {} now", plural(receipt.total, "article"), count(changes.total))?;
    for (name, ids) in [("gone", &changes.gone), ("new", &changes.new), ("changed", &changes.changed)] {
        if ids.is_empty() {
            continue;
        }
        let named: Vec<String> = ids.iter().take(MOST_NAMED).map(|id| clean(id)).collect();
        let more = match ids.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {} more", count(more as u64)),
        };
        writeln!(out, "{name:9} {}: {}{more}", count(ids.len() as u64), named.join(" "))?;
    }
    let archive = if changes.archive { "changed" } else { "unchanged" };
    writeln!(
        out,
        "archive   {archive}: {} then, {} now",
        plural(receipt.archive.articles, "article"),
        count(changes.articles)
    )?;
    if changes.rules {
        writeln!(
            out,
            "rules     words are read otherwise than by newsearch {}",
            clean(&receipt.archive.newsearch)
        )?;
    }
    if changes.receipt {
        writeln!(out, "receipt   its checksum is wrong: the file is not as it was written")?;
    }
    Ok(())
}
