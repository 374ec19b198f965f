//! `newsearch parse`: what the readers make of files, without an index.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use newsearch::article::Article;
use newsearch::corpus::{self, FieldMap, SourceFile};
use newsearch::error::Error;
use newsearch::section;
use tempfile::NamedTempFile;

use super::arguments::shared::{FOUND, ending};
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::{json, text};
use super::terminal::Terminal;

#[derive(Debug, Args)]
#[command(after_help = ending("Examples:\n  newsearch parse ./corpus/story.html\n  newsearch parse --json ./corpus | jq .headline", FOUND))]
pub struct ParseArguments {
    /// Folders or files with articles; `-` is a file on standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Where JSON and tables of a shape of their own keep the fields: headline=foo.bar,body=text
    #[arg(long, value_name = "FIELD=KEY,…")]
    pub map: Option<FieldMap>,

    /// One JSON object an article, each on a line
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &ParseArguments, terminal: &Terminal) -> CommandResult {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut found = false;
    let map = arguments.map.clone().map(Arc::new);
    let desks = section::desks(&arguments.paths);
    for (path, desk) in arguments.paths.iter().zip(desks) {
        let input = if path == Path::new(FROM_INPUT) { Some(input()?) } else { None };
        read(input.as_ref().map_or(path, |file| file.path()), (map.as_ref(), desk), &mut |outcome| {
            match outcome {
                corpus::Outcome::Article(mut article) => {
                    found = true;
                    if input.is_some() {
                        article.path = FROM_INPUT.to_owned();
                    }
                    print(&mut out, &article, arguments.json, terminal)?;
                }
                corpus::Outcome::Problem(mut problem) => {
                    if input.is_some() {
                        problem.path = FROM_INPUT.to_owned();
                    }
                    terminal.problem(&problem.to_string())?;
                }
            }
            Ok(())
        })?;
    }
    out.flush()?;
    for key in map.iter().flat_map(|map| map.unseen()) {
        terminal.warn(&format!("no record that was read has what `--map` says: `{key}`"))?;
    }
    Ok(if found { Outcome::Done } else { Outcome::Nothing })
}

/// What stands for standard input.
const FROM_INPUT: &str = "-";

/// What comes in, as a file: readers go to and fro.
fn input() -> Result<NamedTempFile, Failure> {
    let read = || -> io::Result<NamedTempFile> {
        let mut file = NamedTempFile::new()?;
        io::copy(&mut io::stdin().lock(), &mut file)?;
        Ok(file)
    };
    read().map_err(|error| {
        let reason = newsearch::error::plain_io(&error);
        Error::CannotRead { path: FROM_INPUT.into(), reason }.into()
    })
}

fn read(
    path: &Path,
    (map, desk): (Option<&Arc<FieldMap>>, Option<&'static str>),
    take: &mut impl FnMut(corpus::Outcome) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if let Err(error) = path.metadata() {
        let reason = newsearch::error::plain_io(&error);
        return Err(Error::CannotRead { path: path.to_owned(), reason }.into());
    }
    for entry in corpus::walk(path) {
        let source = match entry {
            Ok(source) => Arc::new(SourceFile { map: map.cloned(), section: desk, ..source }),
            Err(problem) => {
                take(corpus::Outcome::Problem(problem))?;
                continue;
            }
        };
        for chunk in corpus::chunks(&source) {
            match chunk {
                Ok(chunk) => corpus::read(&chunk).into_iter().try_for_each(&mut *take)?,
                Err(problem) => take(corpus::Outcome::Problem(problem))?,
            }
        }
    }
    Ok(())
}

fn print(out: &mut impl Write, article: &Article, as_json: bool, terminal: &Terminal) -> Result<(), Failure> {
    if as_json {
        return json::article(out, article, None, &[]);
    }
    text::parsed(out, article, terminal)
}
