//! `newsearch index`: reads files into the index and says in plain words what became of them.

use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use newsearch::corpus::{FieldMap, publication};
use newsearch::index::Snapshot;
use newsearch::ingest::{self, CommitPolicy, IngestOptions};
use newsearch::search::overview::overview;

use super::arguments::shared::ending;
use super::outcome::{CommandResult, Failure, Outcome};
use super::progress::Progress;
use super::render::index as render;
use super::terminal::{Terminal, is_confirmed};
use super::{interrupt, paths, watch};

#[derive(Debug, Args)]
#[command(after_help = ending("\
Reads plain text and pages copied off the web, Markdown, HTML, JSON, JSON Lines, CSV, XML (NITF, NewsML, RSS …), SGML \
(Reuters-21578, TREC), wire text, exports of Nexis, Factiva and ProQuest, mail, Word, OpenDocument, RTF and PDF, also packed: \
.gz .zst .zip .tar .warc. A .newsearchignore (gitignore syntax) leaves out what it names.

Each PATH is remembered: `newsearch index` without one takes in what has changed in all of them. Files that are as they were \
are not read again; articles whose file is gone leave the index; files that were moved or only touched are known by their \
content. A run that is stopped, by whatever, goes on from its last commit when it is run again.

Examples:
  newsearch index ./corpus
  newsearch index ~/archive/courier --publication 'Ellery Courier'
  newsearch index --watch", 
    "Exit status: 0 done, also where files could not be read; 1 no article; 2 could not run."))]
pub struct IndexArguments {
    /// Folders or files with articles [default: all that were given before]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Read every file again, changed or not
    #[arg(long)]
    pub reread: bool,

    /// Where JSON and tables of a shape of their own keep the fields: headline=foo.bar,body=text; remembered
    /// for the PATHs, and "" takes it back
    #[arg(long, value_name = "FIELD=KEY,…")]
    pub map: Option<FieldMap>,

    /// The paper that the articles of the PATHs stood in, where their files name none; remembered, and ""
    /// takes it back
    #[arg(id = "of_publication", long = "publication", value_name = "NAME", value_parser = publication::said)]
    pub publication: Option<String>,

    /// Say what would be read and what would leave, and do nothing
    #[arg(long, conflicts_with_all = ["rebuild", "watch"])]
    pub dry_run: bool,

    /// Build the whole index anew, of all folders it knows and the PATHs; the old one stays until the new one
    /// is complete
    #[arg(long, conflicts_with = "watch")]
    pub rebuild: bool,

    /// Do not ask before --rebuild
    #[arg(long, requires = "rebuild")]
    pub yes: bool,

    /// Take out what is gone also where a folder is suddenly empty, or has lost more than half of its files
    #[arg(long)]
    pub gone: bool,

    /// Go on taking in what changes, until Ctrl-C
    #[arg(long)]
    pub watch: bool,

    /// Print nothing but errors
    #[arg(short, long, conflicts_with_all = ["dry_run", "watch"])]
    pub quiet: bool,

    /// Print what was done, or with --dry-run would be, as one JSON object
    #[arg(long, conflicts_with_all = ["quiet", "watch"])]
    pub json: bool,

    /// Commit after so many megabytes; a minute's work is committed in any case
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    pub commit_every: u64,
}

pub fn run(arguments: &IndexArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let bytes = arguments.commit_every.saturating_mul(1_000_000);
    let options = IngestOptions {
        reread: arguments.reread,
        gone: arguments.gone,
        map: arguments.map.clone(),
        publication: arguments.publication.clone(),
        commits: CommitPolicy { bytes, ..CommitPolicy::default() },
        ..IngestOptions::default()
    };
    if arguments.watch {
        return watch::run(&arguments.paths, dir, options, terminal);
    }
    if arguments.rebuild && !arguments.yes {
        confirm(dir)?;
    }
    let stop = interrupt::stop_flag();
    let progress = Progress::new(terminal.stderr_is_terminal && !arguments.quiet, terminal.width());
    let show = |event| progress.show(event);
    if arguments.dry_run {
        let preview = ingest::preview(dir, &arguments.paths, &options, &stop, show);
        progress.finish();
        let preview = preview?;
        let mut out = BufWriter::new(io::stdout().lock());
        match arguments.json {
            true => render::preview_to_json(&mut out, &preview)?,
            false => render::preview(&mut out, &preview)?,
        }
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let outcome = if arguments.rebuild {
        ingest::rebuild(dir, &arguments.paths, options, &stop, show)
    } else {
        ingest::ingest(dir, &arguments.paths, options, &stop, show)
    };
    progress.finish();
    let outcome = outcome?;
    match (arguments.quiet, arguments.json) {
        (true, _) => {}
        (_, true) => render::run_to_json(&mut io::stdout().lock(), &outcome, &Snapshot::open(dir)?)?,
        _ => {
            render::run(&mut io::stdout().lock(), &outcome, &overview(&Snapshot::open(dir)?)?, dir, terminal)?
        }
    }
    Ok(if outcome.articles_in_roots == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Asks whether the index is to be built anew.
fn confirm(dir: &Path) -> Result<(), Failure> {
    let declined = |message: &str, hint: &str| Err(Failure::Usage(message.to_owned(), Some(hint.to_owned())));
    if !io::stdin().is_terminal() {
        return declined(
            "`--rebuild` asks before it begins, and there is nobody to ask",
            "say `--rebuild --yes`",
        );
    }
    if is_confirmed(&format!("Build the index at `{}` anew from all its files?", paths::shown(dir)))? {
        return Ok(());
    }
    declined("not built anew: the index is as it was before", "answer `y`, or say `--rebuild --yes`")
}
