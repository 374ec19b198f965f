//! `newsearch eval`: topics and judgements → figures, and a TREC run.

use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;
use jiff::Zoned;
use newsearch::error::{Error, plain_io};
use newsearch::index::Snapshot;
use newsearch::{eval, search};

use super::arguments::shared::{DONE, SHOWING, ending, whole_number};
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::eval as render;

#[derive(Debug, Args)]
#[command(after_help = ending("\
Every topic is asked as `query --any` asks it. Prints MAP, nDCG@10, P@10, R@100 and MRR as trec_eval defines them, over the \
topics that have a relevant document.

Example:
  newsearch eval --topics topics.tsv --qrels qrels.txt", DONE))]
pub struct EvalArguments {
    /// Topics: a line each, id TAB text
    #[arg(long, value_name = "FILE")]
    pub topics: PathBuf,

    /// Judgements: TREC qrels, `topic 0 document grade`
    #[arg(long, value_name = "FILE")]
    pub qrels: PathBuf,

    /// Also write the ranking as a TREC run
    #[arg(long, value_name = "FILE")]
    pub run: Option<PathBuf>,

    /// Compare with another run: the differences, and how likely chance alone makes them (paired
    /// randomisation test)
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,

    /// How many articles a topic
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = whole_number)]
    pub depth: usize,

    /// Set a number of the ranking, to measure what it does; may be given several times (docs/ranking.md
    /// lists them)
    #[arg(long, value_name = "NAME=VALUE")]
    pub ranking: Vec<String>,

    /// Also print the figures of each topic
    #[arg(long)]
    pub per_topic: bool,

    /// Print one JSON object, with the figures of each topic
    #[arg(long, conflicts_with = "per_topic", help_heading = SHOWING)]
    pub json: bool,
}

pub fn run(arguments: &EvalArguments, dir: &Path) -> CommandResult {
    let topics =
        eval::parse_topics(&read(&arguments.topics)?).map_err(|error| bad(&arguments.topics, &error))?;
    let judgements =
        eval::parse_qrels(&read(&arguments.qrels)?).map_err(|error| bad(&arguments.qrels, &error))?;
    let other = match &arguments.compare {
        Some(path) => {
            let run = eval::parse_run(&read(path)?).map_err(|error| bad(path, &error))?;
            Some((path, eval::evaluate(&judgements, &run)))
        }
        None => None,
    };
    let mut ranking = search::Ranking::default();
    for setting in &arguments.ranking {
        let set = match setting.split_once('=') {
            Some((name, value)) => ranking.set(name, value),
            None => Err("a setting is `name=value`".to_owned()),
        };
        set.map_err(|message| Failure::Usage(format!("`--ranking {setting}`: {message}"), None))?;
    }
    let snapshot = Snapshot::open(dir)?;
    let today = Zoned::now().date();
    let mut rankings = Vec::with_capacity(topics.len());
    for topic in &topics {
        rankings.push(eval::ask(&snapshot, topic, arguments.depth, today, &ranking)?);
    }
    if let Some(path) = &arguments.run {
        fs::write(path, render::trec_run(&rankings)).map_err(|error| {
            let message = format!("cannot write `{}`: {}", path.display(), plain_io(&error));
            Failure::Error(Error::Input(message))
        })?;
    }
    let figures = eval::evaluate(&judgements, &rankings);
    let mut out = io::stdout().lock();
    if arguments.json {
        render::to_json(&mut out, &figures, other.as_ref().map(|(_, other)| other.as_slice()))?;
        return Ok(if figures.is_empty() { Outcome::Nothing } else { Outcome::Done });
    }
    let other = other.as_ref().map(|(path, other)| (path.as_path(), other.as_slice()));
    render::to_text(&mut out, &figures, arguments.per_topic, other)?;
    Ok(if figures.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| {
        let reason = plain_io(&error);
        Failure::Error(Error::CannotRead { path: path.to_owned(), reason })
    })
}

fn bad(path: &Path, message: &str) -> Failure {
    Failure::Error(Error::Input(format!("`{}` {message}", path.display())))
}
