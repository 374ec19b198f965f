//! How good the ranking is: topics and judgements → figures, as trec_eval defines them.
//!
//! Topics are a line each, `id` TAB `text`; judgements are TREC qrels, `topic 0 document grade`. A topic
//! without a relevant document is left out, and one for which nothing was found counts as 0. Nothing here
//! knows of files or of the terminal.

mod compare;
mod measures;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::error::Result;
use crate::index::Snapshot;
use crate::query::{ParseOptions, parse_question};
use crate::search::{self, SearchRequest};

pub use compare::{Difference, difference};
pub use measures::{Judgements, Measures};

/// A question to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its name in the judgements.
    pub id: String,
    /// What is typed.
    pub text: String,
}

/// The articles found for one topic, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The topic's id.
    pub topic: String,
    /// Ids with scores; the scores fall strictly, so that sorting by them gives this order again.
    pub articles: Vec<(String, f64)>,
}

/// Reads topics. Empty lines are passed over.
///
/// # Errors
/// Names the first line that has no TAB.
pub fn parse_topics(text: &str) -> Result<Vec<Topic>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| match line.split_once('\t') {
            Some((id, text)) => Ok(Topic { id: id.trim().to_owned(), text: text.trim().to_owned() }),
            None => Err(format!("line {}: no tab between the topic's id and its text", at + 1)),
        })
        .collect()
}

/// Reads judgements: for each topic, the grade of each judged document.
///
/// # Errors
/// Names the first line that has not four columns, or whose grade is no number.
pub fn parse_qrels(text: &str) -> Result<BTreeMap<String, Judgements>, String> {
    let mut judgements: BTreeMap<String, Judgements> = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        match columns.as_slice() {
            [] => {}
            [topic, _, document, grade] => {
                let grade: i32 =
                    grade.parse().map_err(|_| format!("line {}: `{grade}` is no grade", at + 1))?;
                judgements.entry((*topic).to_owned()).or_default().insert((*document).to_owned(), grade);
            }
            _ => return Err(format!("line {}: not the four columns of TREC qrels", at + 1)),
        }
    }
    Ok(judgements)
}

/// Reads a TREC run, `topic Q0 document rank score name`, and puts each topic's documents in the order of
/// their scores; equal scores by document, last first, as trec_eval does.
///
/// # Errors
/// Names the first line that has not six columns, or whose score is no number.
pub fn parse_run(text: &str) -> Result<Vec<Ranking>, String> {
    let mut topics: BTreeMap<&str, Vec<(String, f64)>> = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        match columns.as_slice() {
            [] => {}
            [topic, _, document, _, score, _] => {
                let score: f64 =
                    score.parse().map_err(|_| format!("line {}: `{score}` is no score", at + 1))?;
                topics.entry(topic).or_default().push(((*document).to_owned(), score));
            }
            _ => return Err(format!("line {}: not the six columns of a TREC run", at + 1)),
        }
    }
    let ranking = |(topic, mut articles): (&str, Vec<(String, f64)>)| {
        articles.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| b.cmp(a)));
        Ranking { topic: topic.to_owned(), articles }
    };
    Ok(topics.into_iter().map(ranking).collect())
}

/// Asks one topic, any of its words, and returns the best `depth` articles.
pub fn ask(
    snapshot: &Snapshot,
    topic: &Topic,
    depth: usize,
    today: Date,
    numbers: &search::Ranking,
) -> Result<Ranking> {
    let mut ranking = Ranking { topic: topic.id.clone(), articles: Vec::new() };
    let Some(node) = parse_question(&topic.text, &ParseOptions { today }).ast else { return Ok(ranking) };
    let request = SearchRequest {
        limit: depth,
        question: true,
        ranking: numbers.clone(),
        ..SearchRequest::new(search::any_of(node, numbers))
    };
    let mut last = f64::INFINITY;
    for (id, score) in search::ranked_ids(snapshot, &request)? {
        last = f64::from(score).min(last - 1e-6);
        ranking.articles.push((id, last));
    }
    Ok(ranking)
}

/// The figures of every topic that has a relevant document, in the order of the topics' ids.
pub fn evaluate(judgements: &BTreeMap<String, Judgements>, rankings: &[Ranking]) -> Vec<(String, Measures)> {
    let by_topic: BTreeMap<&str, &Ranking> = rankings.iter().map(|r| (r.topic.as_str(), r)).collect();
    judgements
        .iter()
        .filter(|(_, judged)| judged.values().any(|grade| *grade > 0))
        .map(|(topic, judged)| {
            let found =
                by_topic.get(topic.as_str()).map(|ranking| ranking.articles.as_slice()).unwrap_or_default();
            let ids: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
            (topic.clone(), Measures::of(judged, &ids))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn topics_and_judgements_are_read() {
        assert_eq!(
            parse_topics("1\tpeace plan\n\n2\twar\n").unwrap()[1],
            Topic { id: "2".into(), text: "war".into() }
        );
        assert_eq!(
            parse_topics("1 peace").unwrap_err(),
            "line 1: no tab between the topic's id and its text"
        );
        assert_eq!(parse_qrels("1 0 a 2\n1 0 b 0\n").unwrap()["1"]["a"], 2);
        assert_eq!(parse_qrels("1 0 a x").unwrap_err(), "line 1: `x` is no grade");
        assert!(parse_qrels("1 a").is_err());
    }

    #[test]
    fn a_run_is_read_in_the_order_of_its_scores() {
        let runs = parse_run("1 Q0 a 1 0.5 x\n1 Q0 b 2 0.5 x\n1 Q0 c 3 2 x\n").unwrap();
        let ids: Vec<&str> = runs[0].articles.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, ["c", "b", "a"]);
        assert_eq!(parse_run("1 Q0 a").unwrap_err(), "line 1: not the six columns of a TREC run");
        assert_eq!(parse_run("1 Q0 a 1 x y").unwrap_err(), "line 1: `x` is no score");
    }

    #[test]
    fn a_topic_that_finds_nothing_counts_and_one_without_answers_does_not() {
        let judgements = parse_qrels("1 0 a 1\n2 0 b 0\n3 0 c 1\n").unwrap();
        let rankings = [Ranking { topic: "1".into(), articles: vec![("a".into(), 1.0)] }];
        let figures = evaluate(&judgements, &rankings);
        assert_eq!(
            figures.iter().map(|(topic, m)| (topic.as_str(), m.map)).collect::<Vec<_>>(),
            [("1", 1.0), ("3", 0.0)]
        );
    }
}
