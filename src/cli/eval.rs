//! `newsearch eval`: topics and judgements → figures, and a TREC run.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Zoned;
use newsearch::error::{Error, plain_io};
use newsearch::eval::{self, Measures, Ranking};
use newsearch::index::Snapshot;
use newsearch::search;
use serde::Serialize;

use super::arguments::EvalArguments;
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::{json, trec};

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
        fs::write(path, trec_run(&rankings)).map_err(|error| {
            let message = format!("cannot write `{}`: {}", path.display(), plain_io(&error));
            Failure::Error(Error::Input(message))
        })?;
    }
    let figures = eval::evaluate(&judgements, &rankings);
    let mut out = io::stdout().lock();
    if arguments.json {
        json::object(&mut out, &EvalJson::new(&figures, other.as_ref().map(|(_, other)| other.as_slice())))?;
        return Ok(if figures.is_empty() { Outcome::Nothing } else { Outcome::Done });
    }
    if arguments.per_topic {
        for (topic, measures) in &figures {
            writeln!(out, "topic={topic} {}", line(measures))?;
        }
    }
    writeln!(out, "{}", means(&figures))?;
    if let Some((path, other)) = &other {
        writeln!(out, "{} compare={}", means(other), path.display())?;
        let map = eval::difference(&figures, other, |m| m.map);
        let ndcg = eval::difference(&figures, other, |m| m.ndcg_10);
        let (map, p, ndcg_10, ndcg_p) = (map.mean, map.p, ndcg.mean, ndcg.p);
        writeln!(out, "difference map={map:+.4} p={p:.4} ndcg@10={ndcg_10:+.4} p={ndcg_p:.4}")?;
    }
    Ok(if figures.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

#[derive(Serialize)]
struct EvalJson<'a> {
    topics: usize,
    means: MeasuresJson,
    per_topic: Vec<TopicJson<'a>>,
    compared: Option<ComparedJson>,
}

#[derive(Serialize)]
struct TopicJson<'a> {
    topic: &'a str,
    #[serde(flatten)]
    measures: MeasuresJson,
}

/// Each from 0 to 1.
#[derive(Serialize)]
struct MeasuresJson {
    map: f64,
    ndcg_10: f64,
    p_10: f64,
    r_100: f64,
    mrr: f64,
}

/// The other run, by how much this one is better, and how likely chance does as much.
#[derive(Serialize)]
struct ComparedJson {
    means: MeasuresJson,
    map_difference: f64,
    map_p: f64,
    ndcg_10_difference: f64,
    ndcg_10_p: f64,
}

impl<'a> EvalJson<'a> {
    fn new(figures: &'a [(String, Measures)], other: Option<&[(String, Measures)]>) -> Self {
        let compared = other.map(|other| {
            let map = eval::difference(figures, other, |m| m.map);
            let ndcg = eval::difference(figures, other, |m| m.ndcg_10);
            ComparedJson {
                means: MeasuresJson::mean(other),
                map_difference: map.mean,
                map_p: map.p,
                ndcg_10_difference: ndcg.mean,
                ndcg_10_p: ndcg.p,
            }
        });
        let topic = |(topic, measures): &'a (String, Measures)| TopicJson {
            topic,
            measures: MeasuresJson::of(measures),
        };
        let per_topic = figures.iter().map(topic).collect();
        Self { topics: figures.len(), means: MeasuresJson::mean(figures), per_topic, compared }
    }
}

impl MeasuresJson {
    fn of(measures: &Measures) -> Self {
        let Measures { map, ndcg_10, p_10, r_100, mrr } = *measures;
        Self { map, ndcg_10, p_10, r_100, mrr }
    }

    fn mean(figures: &[(String, Measures)]) -> Self {
        Self::of(&Measures::mean(figures.iter().map(|(_, measures)| measures)))
    }
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

fn means(figures: &[(String, Measures)]) -> String {
    let mean = Measures::mean(figures.iter().map(|(_, measures)| measures));
    format!("topics={} {}", figures.len(), line(&mean))
}

fn line(measures: &Measures) -> String {
    let Measures { map, ndcg_10, p_10, r_100, mrr } = measures;
    format!("map={map:.4} ndcg@10={ndcg_10:.4} p@10={p_10:.4} r@100={r_100:.4} mrr={mrr:.4}")
}

fn trec_run(rankings: &[Ranking]) -> Vec<u8> {
    let mut run = Vec::new();
    for ranking in rankings {
        for (at, (id, score)) in ranking.articles.iter().enumerate() {
            // Writing to memory cannot fail.
            let _ = trec::line(&mut run, &ranking.topic, id, at + 1, *score);
        }
    }
    run
}
