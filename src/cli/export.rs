//! `newsearch export`: all articles found, written one after the other as they are read.

use std::collections::HashSet;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use newsearch::citation::Style;
use newsearch::corpus;
use newsearch::index::{Roots, Snapshot};
use newsearch::search::receipt::Receipt;
use newsearch::search::{self, CopiesShown, Detail, Hit, Hits, SearchRequest, Sort};

use super::arguments::asked::AskedArguments;
use super::arguments::shared::{self, FOUND, KEEPING, SHOWING, ending};
use super::dossier::{self, Cover, Found};
use super::outcome::{CommandResult, Failure, Outcome};
use super::output::OutputFile;
use super::render::csv::Column;
use super::render::sheet::Kind;
use super::render::words::{articles, count, plural, undecided};
use super::render::{citation, csv, json, markdown, text};
use super::terminal::Terminal;
use super::{ask, copies, nothing, paths};

#[derive(Debug, Args)]
#[command(after_help = ending("\
However many there are, they are written one after the other as they are read. Without words or filters it writes the whole \
archive. How many were written is said on standard error. In tables, a cell that a spreadsheet would run as a formula gets an \
apostrophe before it, an id too.

Examples:
  newsearch export flood --output flood.csv --bom
  newsearch export --section world --columns date,headline,text -o world.csv
  newsearch export flood --output flood.ris
  newsearch export flood --dossier --sort oldest -o flood.docx
  newsearch export flood --format paths --null | xargs -0 cp -t flood/", FOUND))]
pub struct ExportArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// In which order
    #[arg(short, long, value_name = "ORDER", default_value = "relevance", help_heading = SHOWING)]
    #[arg(value_parser = shared::sort())]
    pub sort: Sort,

    /// Which to write of articles that are copies of one another
    #[arg(long, value_name = "WHICH", default_value = "all", help_heading = SHOWING)]
    #[arg(value_parser = shared::copies())]
    pub copies: CopiesShown,

    /// How to write them [default: as FILE ends, else csv; of a dossier: html]
    #[arg(short, long, value_name = "FORMAT", help_heading = SHOWING)]
    pub format: Option<ExportFormat>,

    /// Write a document with a cover, contents, the whole texts with what matches in them, and how each is
    /// cited: html, docx or md
    #[arg(long, help_heading = SHOWING)]
    pub dossier: bool,

    /// In which style a dossier cites: apa, mla, chicago or harvard
    #[arg(long, value_name = "STYLE", default_value = "apa", hide_possible_values = true, help_heading = SHOWING)]
    #[arg(value_parser = shared::style())]
    pub style: Style,

    /// The columns of a table, in this order
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', help_heading = SHOWING)]
    pub columns: Vec<Column>,

    /// The file to write into, which is complete or not there; `-` is standard output
    #[arg(short, long, value_name = "FILE", help_heading = KEEPING)]
    pub output: Option<PathBuf>,

    /// Keep a receipt of what was found, to be checked later by `newsearch verify-receipt`; a dossier in FILE
    /// has one in FILE.receipt.json
    #[arg(long, value_name = "FILE", help_heading = KEEPING)]
    pub receipt: Option<PathBuf>,

    /// Replace files that are there
    #[arg(long, help_heading = KEEPING)]
    pub force: bool,

    /// End each path or id with a NUL instead of a new line, for `xargs -0`
    #[arg(short = '0', long, help_heading = SHOWING)]
    pub null: bool,

    /// Begin with a byte-order mark, by which some spreadsheets know UTF-8
    #[arg(long, help_heading = SHOWING)]
    pub bom: bool,
}

/// How all articles are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A table for a spreadsheet
    Csv,
    /// One JSON object an article, each on a line
    Jsonl,
    /// Markdown, for a note or a wiki
    Md,
    /// The files they are in, each once
    Paths,
    /// Their ids
    Ids,
    /// RIS, for reference managers
    Ris,
    /// BibTeX
    Bibtex,
    /// CSL-JSON, for reference managers
    CslJson,
    /// A page for a browser, whole in one file
    Html,
    /// A document for Word and others
    Docx,
}

/// By which spreadsheets know UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

pub fn run(arguments: &ExportArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let format = format(arguments);
    refuse_what_does_not_go_together(arguments, format)?;
    let asked = ask::ask(&arguments.asked, None, terminal)?;
    let snapshot = Snapshot::open_for_all(dir)?;
    let request = SearchRequest { sort: arguments.sort, copies: arguments.copies, ..asked.request.clone() };
    let hits = search::all(&snapshot, &request, detail(arguments, format))?;
    let (total, distinct) = (hits.total, hits.distinct);
    let account = asked.account(hits.account.clone(), terminal)?;
    let path = arguments.output.as_deref().filter(|path| *path != Path::new("-"));
    let create = |path: Option<&Path>| path.map(|path| OutputFile::create(path, arguments.force)).transpose();
    let mut file = create(path)?;
    let receipt_path = receipt_path(arguments, path);
    if path.is_some() && receipt_path.as_deref() == path {
        let message = "the articles and their receipt cannot be one file".to_owned();
        return Err(Failure::Usage(message, Some("give `--receipt` another name".to_owned())));
    }
    let mut receipt_file = create(receipt_path.as_deref().filter(|_| total > 0))?;
    let made = Timestamp::now();
    let receipt = match &receipt_file {
        Some(_) => Some(Receipt::new(&snapshot, &request, &asked.typed, made.as_second())?),
        None => None,
    };
    let mut stdout = BufWriter::new(io::stdout().lock());
    let mut out: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => &mut stdout,
    };
    if arguments.bom {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    let nothing = nothing::explain(&snapshot, &request, total)?;
    let written = match sheet_kind(arguments, format) {
        Some(kind) => {
            let found = Found {
                asked: &asked,
                request: &request,
                snapshot: &snapshot,
                total: (total, distinct),
                account: &account,
            };
            let cover = Cover {
                style: arguments.style,
                receipt: receipt.as_ref().zip(receipt_path.as_deref()),
                made,
            };
            dossier::write(&mut out, kind, &found, hits, arguments.dossier.then_some(&cover))?
        }
        None => {
            if format == ExportFormat::Md {
                let account = (account.total_is, account.undecided);
                markdown::header(&mut out, total, account, distinct, &asked.read_as())?;
            }
            write_all(&mut out, hits, (&snapshot, &snapshot.roots()), arguments, format)?
        }
    };
    out.flush()?;
    if let (Some(file), Some(receipt)) = (&mut receipt_file, &receipt) {
        json::document(file, receipt)?;
    }
    let mut said = articles(total, account.total_is);
    said.push_str(&undecided(account.undecided));
    if written != total {
        let files = format == ExportFormat::Paths;
        let written = if files { plural(written, "file") } else { count(written) };
        said.push_str(&format!(" · {written} written"));
    }
    // Nobody asked for a file without an article.
    match (path, file.filter(|_| total > 0)) {
        (Some(path), Some(file)) => {
            file.keep()?;
            said.push_str(&format!(" · into `{}`", path.display()));
        }
        (Some(_), None) => said.push_str(" · no file is written"),
        (None, _) => {}
    }
    if let (Some(file), Some(path)) = (receipt_file, &receipt_path) {
        file.keep()?;
        said.push_str(&format!(" · receipt in `{}`", path.display()));
    }
    said.push_str(&format!(" · read as: {}", asked.read_as()));
    terminal.tell(&said)?;
    nothing::warn(nothing.as_ref(), terminal)?;
    Ok(if total == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Endings of files that other programs would open and not understand.
const OTHER_PROGRAMS: &[&str] = &["xlsx", "xls", "ods", "doc", "odt", "rtf", "pdf"];

/// As it is said, else as the file's ending says.
fn format(arguments: &ExportArguments) -> ExportFormat {
    let ending = arguments.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    let by_ending = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Some(ExportFormat::Csv),
        Some("jsonl" | "ndjson") => Some(ExportFormat::Jsonl),
        Some("md" | "markdown") => Some(ExportFormat::Md),
        Some("ris") => Some(ExportFormat::Ris),
        Some("bib") => Some(ExportFormat::Bibtex),
        Some("html" | "htm") => Some(ExportFormat::Html),
        Some("docx") => Some(ExportFormat::Docx),
        _ => None,
    };
    let usual = if arguments.dossier { ExportFormat::Html } else { ExportFormat::Csv };
    arguments.format.or(by_ending).unwrap_or(usual)
}

/// As what kind of document the articles are written, if as one.
fn sheet_kind(arguments: &ExportArguments, format: ExportFormat) -> Option<Kind> {
    match format {
        ExportFormat::Html => Some(Kind::Html),
        ExportFormat::Docx => Some(Kind::Docx),
        ExportFormat::Md if arguments.dossier => Some(Kind::Markdown),
        _ => None,
    }
}

/// Where the receipt is kept: a dossier has one beside it.
fn receipt_path(arguments: &ExportArguments, output: Option<&Path>) -> Option<PathBuf> {
    let beside = || {
        let mut name = output.filter(|_| arguments.dossier)?.as_os_str().to_owned();
        name.push(".receipt.json");
        Some(name.into())
    };
    arguments.receipt.clone().or_else(beside)
}

fn refuse_what_does_not_go_together(
    arguments: &ExportArguments,
    format: ExportFormat,
) -> Result<(), Failure> {
    let usage = |message: &str, hint: &str| Err(Failure::Usage(message.to_owned(), Some(hint.to_owned())));
    if arguments.null && !matches!(format, ExportFormat::Paths | ExportFormat::Ids) {
        return usage(
            "`--null` ends paths and ids, and none are written",
            "add `--format paths` or `--format ids`",
        );
    }
    if !arguments.columns.is_empty() && format != ExportFormat::Csv {
        return usage("`--columns` are those of a table, and none is written", "add `--format csv`");
    }
    if arguments.dossier && !matches!(format, ExportFormat::Html | ExportFormat::Docx | ExportFormat::Md) {
        return usage("a dossier is a document", "write it as `--format html`, `docx` or `md`");
    }
    if matches!(arguments.style, Style::Bibtex | Style::Ris | Style::CslJson) {
        return usage("a dossier cites in words", "choose `--style apa`, `mla`, `chicago` or `harvard`");
    }
    let ending = arguments.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    let other = ending.filter(|ending| OTHER_PROGRAMS.contains(&ending.to_ascii_lowercase().as_str()));
    if let Some(ending) = other.filter(|_| arguments.format.is_none()) {
        let message = format!("an export is written in no such format: `.{ending}`");
        return usage(&message, "give the file another ending (`.csv`, `.docx`, `.html`), or say `--format`");
    }
    if arguments.bom && format == ExportFormat::Docx {
        return usage("`--bom` is for text, and a document for Word is none", "leave it out");
    }
    if format == ExportFormat::Docx && arguments.output.is_none() && io::stdout().is_terminal() {
        return usage(
            "a document for Word cannot be shown here",
            "write it into a file with `--output FILE`",
        );
    }
    if arguments.force && arguments.output.is_none() && arguments.receipt.is_none() {
        return usage("`--force` replaces a file, and none is written", "name it with `--output FILE`");
    }
    Ok(())
}

fn detail(arguments: &ExportArguments, format: ExportFormat) -> Detail {
    match format {
        ExportFormat::Csv if arguments.columns.iter().any(|column| column.is_of_text()) => Detail::Whole,
        ExportFormat::Csv
            if !arguments.columns.is_empty() && !arguments.columns.contains(&Column::Snippet) =>
        {
            Detail::Stored
        }
        ExportFormat::Csv => Detail::Snippets,
        // Md: where there is no headline, the text's first words stand for it.
        ExportFormat::Md | ExportFormat::Jsonl | ExportFormat::Html | ExportFormat::Docx => Detail::Whole,
        _ => Detail::Stored,
    }
}

/// Writes them, and says how many it wrote: of files each only once.
fn write_all(
    out: &mut impl Write,
    hits: Hits<'_>,
    (snapshot, roots): (&Snapshot, &Roots),
    arguments: &ExportArguments,
    format: ExportFormat,
) -> Result<u64, Failure> {
    let columns = if arguments.columns.is_empty() { Column::USUAL } else { &arguments.columns };
    match format {
        ExportFormat::Csv => csv::header(out, columns)?,
        ExportFormat::CslJson => citation::begin_csl(out)?,
        _ => {}
    }
    let mut files = HashSet::new();
    let mut written = 0_u64;
    for hit in hits {
        let hit = hit?;
        let path = path_of(&hit, roots);
        match format {
            ExportFormat::Csv => csv::hit(out, columns, &hit, &path)?,
            ExportFormat::Jsonl => json::exported(out, &hit, &path, &copies::of_hit(snapshot, &hit, roots)?)?,
            ExportFormat::Md => markdown::hit(out, &hit, &path)?,
            ExportFormat::Ids => text::name(out, &hit.article.id, arguments.null)?,
            ExportFormat::Ris => citation::one(out, &hit.article, Style::Ris)?,
            ExportFormat::Bibtex => citation::one(out, &hit.article, Style::Bibtex)?,
            ExportFormat::CslJson => citation::one_csl(out, &hit.article, written == 0)?,
            // These are documents.
            ExportFormat::Html | ExportFormat::Docx => {}
            ExportFormat::Paths => {
                // What lies in a bundle is in the bundle's file.
                let file = path.split("!/").next().unwrap_or(&path);
                if !files.insert(file.to_owned()) {
                    continue;
                }
                if arguments.null {
                    // For programs: the name as the disk has it.
                    out.write_all(corpus::file(file).as_os_str().as_encoded_bytes())?;
                    out.write_all(b"\0")?;
                } else {
                    text::name(out, file, false)?;
                }
            }
        }
        written += 1;
    }
    if format == ExportFormat::CslJson {
        citation::end_csl(out)?;
    }
    Ok(written)
}

fn path_of(hit: &Hit, roots: &Roots) -> String {
    paths::of_hits(std::slice::from_ref(hit), roots).pop().unwrap_or_default()
}
