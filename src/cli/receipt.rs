//! `newsearch query --receipt` and `newsearch verify-receipt`: what was found, kept and held against the
//! archive later.

use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::{Timestamp, Zoned};
use newsearch::error::{Error, plain_io};
use newsearch::index::Snapshot;
use newsearch::query::{ParseOptions, parse};
use newsearch::search::SearchRequest;
use newsearch::search::receipt::Receipt;

use super::arguments::shared::ending;
use super::outcome::{CommandResult, Failure, Outcome};
use super::output::OutputFile;
use super::render::{json, receipt as render};
use super::terminal::Terminal;

#[derive(Debug, Args)]
#[command(after_help = ending("Example:\n  newsearch query flood --receipt flood.json\n  newsearch verify-receipt flood.json", 
    "Exit status: 0 it still holds, 1 something has changed, 2 could not run."))]
pub struct VerifyReceiptArguments {
    /// The receipt
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

/// Writes the receipt of all that a request finds. A file that is there is evidence, and stays unless it may
/// be replaced.
pub fn write(
    path: &Path,
    replace: bool,
    snapshot: &Snapshot,
    request: &SearchRequest,
    typed: &str,
) -> Result<(), Failure> {
    let mut file = OutputFile::create(path, replace)?;
    let receipt = Receipt::new(snapshot, request, typed, Timestamp::now().as_second())?;
    json::document(&mut file, &receipt)?;
    file.keep()
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
        render::to_text(&mut out, &receipt, &changes, terminal)?;
    }
    out.flush()?;
    Ok(if changes.none_found() { Outcome::Done } else { Outcome::Nothing })
}
