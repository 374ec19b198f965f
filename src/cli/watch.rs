//! `newsearch index --watch`: what the first run says, and then a line for each change.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Zoned;
use newsearch::index::Snapshot;
use newsearch::ingest::{self, IngestOptions, Report, Watched};
use newsearch::search::overview::overview;

use super::interrupt;
use super::outcome::{CommandResult, Failure, Outcome};
use super::progress::Progress;
use super::render::index as render;
use super::terminal::Terminal;

pub fn run(paths: &[PathBuf], dir: &Path, options: IngestOptions, terminal: &Terminal) -> CommandResult {
    let stop = interrupt::stop_flag();
    let progress = Progress::new(terminal.stderr_is_terminal, terminal.width());
    let mut written = Ok(());
    let tell = |watched| {
        progress.clear();
        let done = match watched {
            Watched::Begun(report) => begun(&report, dir, terminal),
            Watched::Updated(report) => updated(&report, dir),
            Watched::Failed(error) => {
                let _ = terminal.problem(&error.to_string());
                Ok(())
            }
        };
        if done.is_err() {
            // Nobody reads what it says any more.
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            written = done;
        }
    };
    ingest::watch(dir, paths, options, &stop, |event| progress.show(event), tell)?;
    written?;
    Ok(Outcome::Done)
}

fn begun(report: &Report, dir: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    render::run(&mut out, report, &overview(&Snapshot::open(dir)?)?, dir, terminal)?;
    render::watching(&mut out, report)?;
    Ok(out.flush()?)
}

fn updated(report: &Report, dir: &Path) -> Result<(), Failure> {
    if report.files_read + report.files_moved + report.files_gone == 0 {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    render::update(&mut out, report, Snapshot::open(dir)?.article_count(), &Zoned::now())?;
    Ok(out.flush()?)
}
