//! `newsearch index --watch`: what the first run says, and then a line for each change.

use std::io::{self, Write as _};
use std::path::Path;

use jiff::Zoned;
use newsearch::index::Snapshot;
use newsearch::ingest::{self, IngestOptions, Report, Watched};

use super::arguments::IndexArguments;
use super::outcome::{CommandResult, Failure, Outcome};
use super::progress::Progress;
use super::render::words::{count, plural};
use super::terminal::{Terminal, clean};
use super::{index, interrupt, paths};

pub fn run(
    arguments: &IndexArguments,
    dir: &Path,
    options: IngestOptions,
    terminal: &Terminal,
) -> CommandResult {
    let stop = interrupt::stop_flag();
    let progress = Progress::new(terminal.stderr_is_terminal, terminal.width());
    let mut written = Ok(());
    let tell = |watched| {
        progress.clear();
        let done = match watched {
            Watched::Begun(report) => begun(&report, dir, terminal),
            Watched::Updated(report) => updated(&report, dir),
            Watched::Failed(error) => {
                let _ = writeln!(io::stderr(), "problem: {}", clean(&error.to_string()));
                Ok(())
            }
        };
        if done.is_err() {
            // Nobody reads what it says any more.
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            written = done;
        }
    };
    ingest::watch(dir, &arguments.paths, options, &stop, |event| progress.show(event), tell)?;
    written?;
    Ok(Outcome::Done)
}

fn begun(report: &Report, dir: &Path, terminal: &Terminal) -> Result<(), Failure> {
    index::report(report, dir, terminal)?;
    let roots: Vec<String> = report.roots.iter().map(|root| format!("`{}`", paths::shown(root))).collect();
    let mut out = io::stdout().lock();
    writeln!(out, "Watching {}: Ctrl-C ends it.", roots.join(", "))?;
    Ok(out.flush()?)
}

/// `14:02:11  1 read, 2 gone: the index holds 12 articles`.
fn updated(report: &Report, dir: &Path) -> Result<(), Failure> {
    let changes = [(report.files_read, "read"), (report.files_moved, "moved"), (report.files_gone, "gone")];
    let changes: Vec<String> =
        changes.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", count(*n))).collect();
    if changes.is_empty() {
        return Ok(());
    }
    let articles = Snapshot::open(dir)?.article_count();
    let mut out = io::stdout().lock();
    let held = plural(articles, "article");
    writeln!(out, "{}  {}: the index holds {held}", Zoned::now().strftime("%H:%M:%S"), changes.join(", "))?;
    Ok(out.flush()?)
}
