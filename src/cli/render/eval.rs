//! The figures of a ranking, for people and for programs, and the ranking itself.

use std::io::Write;
use std::path::Path;

use newsearch::eval::{self, Measures, Ranking};
use serde::Serialize;

use super::super::outcome::Failure;
use super::{json, trec};

/// The figures of a topic each.
type Figures = [(String, Measures)];

/// The means, those of each topic before them, those of another run behind.
pub fn to_text(
    out: &mut impl Write,
    figures: &Figures,
    per_topic: bool,
    other: Option<(&Path, &Figures)>,
) -> Result<(), Failure> {
    if per_topic {
        for (topic, measures) in figures {
            writeln!(out, "topic={topic} {}", line(measures))?;
        }
    }
    writeln!(out, "{}", means(figures))?;
    if let Some((path, other)) = other {
        writeln!(out, "{} compare={}", means(other), path.display())?;
        let map = eval::difference(figures, other, |m| m.map);
        let ndcg = eval::difference(figures, other, |m| m.ndcg_10);
        let (map, p, ndcg_10, ndcg_p) = (map.mean, map.p, ndcg.mean, ndcg.p);
        writeln!(out, "difference map={map:+.4} p={p:.4} ndcg@10={ndcg_10:+.4} p={ndcg_p:.4}")?;
    }
    Ok(())
}

fn means(figures: &[(String, Measures)]) -> String {
    let mean = Measures::mean(figures.iter().map(|(_, measures)| measures));
    format!("topics={} {}", figures.len(), line(&mean))
}

fn line(measures: &Measures) -> String {
    let Measures { map, ndcg_10, p_10, r_100, mrr } = measures;
    format!("map={map:.4} ndcg@10={ndcg_10:.4} p@10={p_10:.4} r@100={r_100:.4} mrr={mrr:.4}")
}

/// The ranking of each topic.
pub fn trec_run(rankings: &[Ranking]) -> Vec<u8> {
    let mut run = Vec::new();
    for ranking in rankings {
        for (at, (id, score)) in ranking.articles.iter().enumerate() {
            // Writing to memory cannot fail.
            let _ = trec::line(&mut run, &ranking.topic, id, at + 1, *score);
        }
    }
    run
}

/// One object.
pub fn to_json(out: &mut impl Write, figures: &Figures, other: Option<&Figures>) -> Result<(), Failure> {
    json::object(out, &EvalJson::new(figures, other))
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
