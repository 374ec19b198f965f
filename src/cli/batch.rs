//! `newsearch batch`: many queries at once; one that cannot be read stops none of the others.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use newsearch::corpus::format::csv::rows;
use newsearch::error::{Error, plain_io};
use newsearch::index::Snapshot;
use newsearch::search::{self, SearchRequest};

use super::arguments::asked::NarrowArguments;
use super::arguments::shared::{SHOWING, ending, whole_number};
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::batch::{self as render, Answer, Answered, Line};
use super::render::words::count;
use super::terminal::Terminal;
use super::{ask, nothing, pager, paths};

#[derive(Debug, Args)]
#[command(after_help = ending("\
FILE holds one query a line; empty lines and lines that begin with # are left out. Where its name ends in .csv or .tsv, it is \
a table with a header row: the column `query`, and where there is one, `name`. A query that cannot be read is reported; the \
others are asked all the same.

Examples:
  newsearch batch queries.txt
  printf '%s\\n' peace truce | newsearch batch - --from 2025", 
    "Exit status: 0 something found, 1 nothing found, 2 could not run, or a query could not be read."))]
pub struct BatchArguments {
    /// The queries; `-` for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// How many of the best articles of each are shown
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1, value_parser = whole_number, help_heading = SHOWING)]
    pub limit: usize,

    #[command(flatten)]
    pub narrowed: NarrowArguments,

    /// How to print the answers
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = SHOWING)]
    pub format: BatchFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format", help_heading = SHOWING)]
    pub json: bool,
}

/// How the answers to many queries are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BatchFormat {
    /// For people
    Text,
    /// One JSON object a query, each on a line
    Json,
    /// A table for a spreadsheet
    Csv,
}

/// A file of queries is no larger than that.
const MOST_BYTES: u64 = 64 << 20;

pub fn run(arguments: &BatchArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let lines = lines(&arguments.file)?;
    let snapshot = Snapshot::open(dir)?;
    let roots = snapshot.roots();
    let format = if arguments.json { BatchFormat::Json } else { arguments.format };
    let mut out = pager::output(format == BatchFormat::Text, terminal);
    if format == BatchFormat::Csv {
        render::csv_header(&mut out)?;
    }
    let (mut found, mut refused) = (false, 0_u64);
    for line in lines {
        let answered = answer(line, arguments, &snapshot)?;
        let said = match &answered.answer {
            Ok(answer) => answer.account.notices.as_slice(),
            Err(message) => std::slice::from_ref(message),
        };
        for message in said {
            terminal.warn(&format!("line {}: {message}", answered.line.number))?;
        }
        let hits = answered.answer.as_ref().map(|answer| answer.response.hits.as_slice()).unwrap_or_default();
        refused += u64::from(answered.answer.is_err());
        found |= answered.answer.as_ref().is_ok_and(|answer| answer.response.total > 0);
        let paths = paths::of_hits(hits, &roots);
        match format {
            BatchFormat::Text => render::to_text(&mut out, &answered, terminal)?,
            BatchFormat::Csv => render::to_csv(&mut out, &answered, &paths)?,
            BatchFormat::Json => render::to_json(&mut out, &answered, &paths)?,
        }
    }
    out.flush()?;
    match refused {
        0 if found => Ok(Outcome::Done),
        0 => Ok(Outcome::Nothing),
        1 => Err(Failure::Usage("a query could not be read; the others were asked".to_owned(), None)),
        n => Err(Failure::Usage(
            format!("{} queries could not be read; the others were asked", count(n)),
            None,
        )),
    }
}

fn answer(line: Line, arguments: &BatchArguments, snapshot: &Snapshot) -> Result<Answered, Failure> {
    let asked = match ask::ask_for(line.query.clone(), &arguments.narrowed, None) {
        Ok(asked) => asked,
        Err(Failure::Error(Error::Query(message)) | Failure::Usage(message, _)) => {
            let message = message.lines().next().unwrap_or_default().to_owned();
            return Ok(Answered { line, answer: Err(message) });
        }
        Err(failure) => return Err(failure),
    };
    let read_as = asked.read_as();
    let request = SearchRequest { limit: arguments.limit, ..asked.request };
    let response = search::search(snapshot, &request)?;
    let account = response.account(&asked.notices);
    let nothing = nothing::explain(snapshot, &request, response.total)?;
    Ok(Answered { line, answer: Ok(Answer { read_as, account, response, nothing }) })
}

fn lines(file: &Path) -> Result<Vec<Line>, Failure> {
    let read = || -> io::Result<String> {
        let mut text = String::new();
        if file == Path::new("-") {
            io::stdin().lock().take(MOST_BYTES).read_to_string(&mut text)?;
        } else {
            fs::File::open(file)?.take(MOST_BYTES).read_to_string(&mut text)?;
        }
        Ok(text)
    };
    let text = read().map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => {
            Error::Input(format!("`{}`: bytes that mean nothing in UTF-8", file.display()))
        }
        _ => Error::CannotRead { path: file.to_owned(), reason: plain_io(&error) },
    })?;
    let ending = file.extension().map(|ending| ending.to_ascii_lowercase()).unwrap_or_default();
    if ending == "csv" || ending == "tsv" {
        return table_lines(&text, file);
    }
    let text = text.trim_start_matches('\u{feff}');
    let numbered = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let queries = numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    Ok(queries.map(|(number, line)| Line { number, name: None, query: line.to_owned() }).collect())
}

fn table_lines(text: &str, file: &Path) -> Result<Vec<Line>, Failure> {
    let mut rows = rows(text);
    let header = rows.next().map(|(_, cells)| cells).unwrap_or_default();
    let column = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let Some(query) = column("query") else {
        return Err(Error::Input(format!("`{}` has no column `query`", file.display())).into());
    };
    let name = column("name");
    let cell = |cells: &[String], at: usize| cells.get(at).map(|cell| cell.trim().to_owned());
    let lines = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    Ok(lines
        .map(|(number, cells)| Line {
            number,
            name: name.and_then(|at| cell(&cells, at)),
            query: cell(&cells, query).unwrap_or_default(),
        })
        .collect())
}
