//! How well the ranking does on articles that we have judged ourselves: any change, better or worse, stops
//! the test.
//!
//! `topics.tsv` and `qrels.txt` are the questions and the grades (3 is what was looked for, 1 is of some
//! use); a document is `path#record` in `sample_corpus`. The figures are kept in `figures.tsv`. After a
//! change that is meant, look at what has become worse, and record them:
//! `NEWSEARCH_RECORD=1 cargo test --test relevance`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

mod known_items;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use jiff::civil::{Date, date};
use newsearch::eval::{self, Measures, Ranking as Answers, Topic};
use newsearch::index::Snapshot;
use newsearch::ingest::{IngestOptions, ingest};
use newsearch::query::{ParseOptions, parse};
use newsearch::search::{Ranking, SearchRequest, SearchResponse, search};

const TODAY: Date = date(2025, 12, 31);

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The folder, read into an index in `dir`.
fn indexed(corpus: &Path, dir: &Path) -> Snapshot {
    let options = IngestOptions::default();
    ingest(dir, &[corpus.to_owned()], options, &AtomicBool::new(false), |_| {}).unwrap();
    Snapshot::open(dir).unwrap()
}

/// What `newsearch query` answers to words that must all be there.
fn answer(snapshot: &Snapshot, text: &str, limit: usize) -> SearchResponse {
    let query = parse(text, &ParseOptions { today: TODAY }).ast.unwrap();
    search(snapshot, &SearchRequest { limit, ..SearchRequest::new(query) }).unwrap()
}

fn words_of(snapshot: &Snapshot, topic: &Topic) -> Answers {
    let hits = answer(snapshot, &topic.text, 1000).hits;
    let articles = hits.into_iter().map(|hit| (hit.article.id, f64::from(hit.score))).collect();
    Answers { topic: topic.id.clone(), articles }
}

/// One line for each topic, in either mode, and the means.
fn figures(snapshot: &Snapshot) -> String {
    let topics =
        eval::parse_topics(&fs::read_to_string(here("tests/relevance/topics.tsv")).unwrap()).unwrap();
    let judged = eval::parse_qrels(&fs::read_to_string(here("tests/relevance/qrels.txt")).unwrap()).unwrap();
    let all = answer(snapshot, "NOT nosuchword", 1000);
    let ids: BTreeMap<String, String> = all
        .hits
        .into_iter()
        .map(|hit| (format!("{}#{}", hit.article.path, hit.article.record), hit.article.id))
        .collect();
    let named = |(document, grade): (String, i32)| {
        let id = ids.get(&document).unwrap_or_else(|| panic!("{document} is judged and not in the corpus"));
        (id.clone(), grade)
    };
    let judgements =
        judged.into_iter().map(|(topic, grades)| (topic, grades.into_iter().map(named).collect())).collect();
    let question = |topic: &Topic| eval::ask(snapshot, topic, 1000, TODAY, &Ranking::default()).unwrap();
    let mut shown = String::from("mode\ttopic\tmap\tndcg@10\n");
    for mode in ["words", "question"] {
        let ask = |topic: &Topic| if mode == "words" { words_of(snapshot, topic) } else { question(topic) };
        let answers: Vec<Answers> = topics.iter().map(ask).collect();
        let mut measures = eval::evaluate(&judgements, &answers);
        measures.sort_by_key(|(topic, _)| topic.parse::<u32>().unwrap_or(u32::MAX));
        let mean = Measures::mean(measures.iter().map(|(_, measures)| measures));
        measures.push(("all".to_owned(), mean));
        for (topic, Measures { map, ndcg_10, .. }) in measures {
            writeln!(shown, "{mode}\t{topic}\t{map:.4}\t{ndcg_10:.4}").unwrap();
        }
    }
    let known = known_items::by_headline(snapshot);
    writeln!(shown, "headline\tall\t{}\t{}", known.first, known.asked).unwrap();
    shown
}

#[test]
fn the_ranking_is_as_good_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let snapshot = indexed(&here("sample_corpus"), dir.path());
    let now = figures(&snapshot);
    let kept = here("tests/relevance/figures.tsv");
    if std::env::var_os("NEWSEARCH_RECORD").is_some() {
        fs::write(&kept, &now).unwrap();
        return;
    }
    let before = fs::read_to_string(&kept).unwrap();
    let changed: Vec<String> = before
        .lines()
        .zip(now.lines())
        .filter(|(before, now)| before != now)
        .map(|(before, now)| format!("was {before}\nis  {now}"))
        .collect();
    assert!(
        changed.is_empty() && before.lines().count() == now.lines().count(),
        "the figures have changed; where that is meant, record them: NEWSEARCH_RECORD=1 cargo test --test relevance\n{}",
        changed.join("\n")
    );
}
