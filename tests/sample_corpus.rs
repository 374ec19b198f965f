//! The sample corpus, article by article: `sample_corpus/facts.tsv` says what a person reads in each file,
//! and the readers must find the same. What they do not find yet is listed in `sample_corpus/not_yet.tsv`,
//! and nothing else may differ.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use newsearch::article::{Article, DatePrecision};
use newsearch::corpus::{self, Outcome, SourceFile};
use newsearch::index::Snapshot;
use newsearch::ingest::{IngestOptions, ingest};
use newsearch::problem::{Problem, ProblemKind};
use newsearch::query::{ParseOptions, parse};
use newsearch::search::{SearchRequest, search};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A table's rows, by the names in its first line.
fn table(path: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(here(path)).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let row = |line: &str| {
        let values: Vec<String> = line.split('\t').map(str::to_owned).collect();
        assert_eq!(values.len(), names.len(), "{path}: {line}");
        names.iter().map(|name| (*name).to_owned()).zip(values).collect()
    };
    lines.map(row).collect()
}

/// What the readers make of a folder of the sample corpus: articles by path and record, and problems.
fn read(folder: &str) -> (BTreeMap<(String, u32), Article>, Vec<Problem>) {
    let root = here("sample_corpus");
    let mut articles = BTreeMap::new();
    let mut problems = Vec::new();
    let below = |path: &str| {
        let path = path.strip_prefix(root.to_str().unwrap()).unwrap();
        path.replace('\\', "/").trim_start_matches('/').to_owned()
    };
    for source in corpus::walk(&root.join(folder)) {
        let source = match source {
            Ok(source) => Arc::new(source),
            Err(problem) => {
                problems.push(Problem { path: below(&problem.path), ..problem });
                continue;
            }
        };
        for chunk in corpus::chunks(&source) {
            let outcomes =
                chunk.map_or_else(|problem| vec![Outcome::Problem(problem)], |chunk| corpus::read(&chunk));
            for outcome in outcomes {
                match outcome {
                    Outcome::Article(article) => {
                        articles.insert((below(&article.path), article.record), *article);
                    }
                    Outcome::Problem(problem) => {
                        problems.push(Problem { path: below(&problem.path), ..problem });
                    }
                }
            }
        }
    }
    (articles, problems)
}

/// The fields in which an article differs from what it should be, with both values.
fn differences(article: &Article, fact: &BTreeMap<String, String>) -> Vec<(&'static str, String)> {
    let body = article.body.strip_prefix(fact["dateline"].as_str()).unwrap_or(&article.body);
    let words: Vec<&str> = body.split_whitespace().collect();
    let last = words.len().saturating_sub(6);
    let date = article.date.map_or(String::new(), |date| match date.precision {
        DatePrecision::Approximate => "approximate".to_owned(),
        _ => date.day.to_string(),
    });
    let found = [
        ("format", article.format.to_string()),
        // Some papers end their headlines with a full stop, and the web copies of others have one.
        ("headline", article.headline.trim_end_matches('.').to_owned()),
        ("authors", article.authors.join(";")),
        ("section", article.section.clone().unwrap_or_default().to_lowercase()),
        ("date", date),
        ("words", words.len().to_string()),
        ("begins", words[..words.len().min(6)].join(" ")),
        ("ends", words[last..].join(" ")),
    ];
    let mut differences: Vec<(&str, String)> = found
        .into_iter()
        .filter(|(field, found)| *found != fact[*field])
        .map(|(field, found)| (field, format!("`{found}`, not `{}`", fact[field])))
        .collect();
    if !fact["id"].is_empty() && article.id != fact["id"] {
        differences.push(("id", format!("`{}`, not `{}`", article.id, fact["id"])));
    }
    differences
}

#[test]
fn every_article_is_read_as_a_person_reads_it() {
    let (mut articles, _) = read("");
    articles.retain(|(path, _), _| !path.starts_with("broken/"));
    let not_yet: Vec<(String, u32, String)> = table("tests/sample_corpus/not_yet.tsv")
        .into_iter()
        .map(|row| (row["path"].clone(), row["record"].parse().unwrap(), row["field"].clone()))
        .collect();
    let mut wrong = String::new();
    let mut still_wrong = Vec::new();
    for fact in table("tests/sample_corpus/facts.tsv") {
        let (path, record) = (fact["path"].clone(), fact["record"].parse::<u32>().unwrap());
        let Some(article) = articles.remove(&(path.clone(), record)) else {
            writeln!(wrong, "{path} {record}: there is no such article").unwrap();
            continue;
        };
        for (field, difference) in differences(&article, &fact) {
            let known = (path.clone(), record, field.to_owned());
            if !not_yet.contains(&known) {
                writeln!(wrong, "{path}\t{record}\t{field}\t{difference}").unwrap();
            }
            still_wrong.push(known);
        }
    }
    for (path, record) in articles.keys() {
        writeln!(wrong, "{path} {record}: an article that should not be there").unwrap();
    }
    for (path, record, field) in not_yet.iter().filter(|known| !still_wrong.contains(known)) {
        writeln!(wrong, "{path} {record}: {field} is right now: take it out of not_yet.tsv").unwrap();
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Everything that the readers make of the sample corpus. It is the same on every machine: files have one
/// time, and paths begin below the corpus.
fn readings() -> blake3::Hash {
    let mut readings = blake3::Hasher::new();
    // What the walk leaves out, hidden files above all, no reader sees.
    for source in corpus::walk(&here("sample_corpus")).filter_map(Result::ok) {
        let modified = Some("2025-12-31T12:34:56Z".parse().unwrap());
        let source = Arc::new(SourceFile { shown: source.relative.clone(), modified, ..source });
        for chunk in corpus::chunks(&source) {
            let outcomes =
                chunk.map_or_else(|problem| vec![Outcome::Problem(problem)], |chunk| corpus::read(&chunk));
            for outcome in outcomes {
                let line = match outcome {
                    Outcome::Article(article) => serde_json::to_string(&article).unwrap(),
                    Outcome::Problem(problem) => serde_json::to_string(&problem).unwrap(),
                };
                readings.update(line.as_bytes()).update(b"\n");
            }
        }
    }
    readings.finalize()
}

#[test]
fn other_rules_of_reading_have_another_fingerprint() {
    let known = fs::read_to_string(here("tests/sample_corpus/readings.txt")).unwrap();
    let now = readings().to_hex();
    let fingerprint = corpus::FINGERPRINT;
    assert_eq!(
        known.trim_end(),
        format!("{fingerprint} {now}"),
        "the sample corpus is read otherwise than before. Where the readers have changed, raise `corpus::FINGERPRINT`, so that \
         indexes read their files again; then, and where only the corpus has changed, write the fingerprint and {now} into \
         tests/sample_corpus/readings.txt"
    );
}

#[test]
fn what_is_broken_is_said_or_read_as_far_as_it_goes() {
    let (articles, problems) = read("broken");
    let of = |kind: ProblemKind| {
        let name = |p: &Problem| p.path.trim_start_matches("broken/").to_owned();
        problems.iter().filter(|p| p.kind == kind).map(|p| (name(p), p.record)).collect::<Vec<_>>()
    };
    let unreadable = [
        ("binary.txt", None),
        ("cut-in-half.docx", None),
        ("cut-in-half.json", Some(2)),
        ("cut-short.mhtml", None),
        ("cut.jsonl.gz", Some(2)),
        ("cut.jsonl.gz", None),
        ("cut.warc", None),
        ("cut.zip!/saltney/2024/harbour-master.html", None),
        ("cut.zip", None),
        ("empty.txt", None),
        ("locked.pdf", None),
        ("no-text-factiva.txt", None),
        ("no-text-nexis.txt", None),
        ("no-text-proquest.txt", None),
        ("no-text.html", None),
        ("no-text.odt", None),
        ("one-bad-line.jsonl", Some(3)),
        ("ragged.csv", Some(3)),
        ("scanned.pdf", None),
        ("wire-header-only.txt", None),
    ];
    assert_eq!(of(ProblemKind::Unreadable), unreadable.map(|(name, record)| (name.to_owned(), record)));
    let skipped = [
        ("concept.newsml.xml", None),
        ("cut.warc", None),
        ("empty-feed.rss", None),
        ("not-an-article.json", None),
        ("only-a-picture.eml", None),
        ("only-a-picture.eml!/IMG_2204.jpg", None),
        ("photo.jpg", None),
        ("ragged.csv", Some(2)),
        ("ragged.csv", Some(4)),
        ("section-front.html", None),
    ];
    assert_eq!(of(ProblemKind::Skipped), skipped.map(|(name, record)| (name.to_owned(), record)));
    let article = |name: &str, record| &articles[&(format!("broken/{name}"), record)];
    assert_eq!(article("cut-in-half.json", 1).headline, "Beekeepers win right to cross the parade ground");
    assert_eq!(article("one-bad-line.jsonl", 4).headline, "Ambrey market to keep its bell");
    assert_eq!(article("invalid-utf8.txt", 1).headline, "Saddler’s shop shuts after two centuries");
    assert_eq!(article("unclosed.sgml", 2).headline, "Drum found in a duck pond");
    assert_eq!(article("bad-date.md", 1).date, None);
    assert_eq!(article("bad-date.md", 1).problems, ["date `2025-02-31` does not exist"]);
    assert!(!article("nested.html", 1).body.is_empty());
    // Of what was cut off, the beginning is there.
    assert_eq!(article("cut.jsonl.gz", 1).headline, "Ambrey windmill grinds its last sack");
    assert_eq!(
        article("cut.zip!/saltney/2024/harbour-master.html", 1).headline,
        "Harbour master retires after 40 winters"
    );
    let swans = "cut.warc!/https://baytribune.example/local/2025/04/09/swans";
    assert_eq!(article(swans, 1).headline, "Swans block the weir at Selwyn");
    assert_eq!(article("unclosed.nitf", 1).problems, ["its XML ends in the middle"]);
    assert!(article("entity-bomb.xml", 1).body.len() < 100);
    assert_eq!(article("cut-short.rtf", 1).headline, "Last lamplighter of Harrow Bay hands over his pole");
    assert_eq!(article("cut-short.rtf", 1).problems, ["the document ends in the middle"]);
}

#[test]
fn the_whole_corpus_is_indexed_and_answers() {
    let dir = tempfile::tempdir().unwrap();
    let (articles, problems) = read("");
    let corpus = [here("sample_corpus")];
    let options = IngestOptions::default();
    let report = ingest(dir.path(), &corpus, options, &AtomicBool::new(false), |_| {}).unwrap();
    assert_eq!(report.articles_read, articles.len() as u64);
    let doubtful: usize = articles.values().map(|article| article.problems.len()).sum();
    assert_eq!(report.problems.len(), problems.len() + doubtful);
    let snapshot = Snapshot::open(dir.path()).unwrap();
    snapshot.verify().unwrap();
    assert_eq!(snapshot.article_count(), articles.len() as u64);
    let found = |query: &str| -> Vec<String> {
        let today = jiff::civil::date(2025, 12, 31);
        let query = parse(query, &ParseOptions { today }).ast.unwrap();
        let request = SearchRequest { limit: 200, ..SearchRequest::new(query) };
        let response = search(&snapshot, &request).unwrap();
        assert_eq!(response.total, response.hits.len() as u64);
        response.hits.into_iter().map(|hit| hit.article.path).collect()
    };
    // Pages that only link to a story are not found by its headline.
    let plan = found("\"peace plan\"");
    assert!(plan.len() >= 8, "{plan:?}");
    for path in
        ["world/2025/leak.txt", "wire/2025/2025-11-19-leaked-plan.txt", "world/2025/plan-explained.md"]
    {
        assert!(plan.contains(&path.to_owned()), "{path} is not among {plan:?}");
    }
    for path in &plan {
        let texts: Vec<String> = articles
            .iter()
            .filter(|((other, _), _)| other == path)
            .map(|(_, article)| format!("{} {}", article.headline, article.body).to_lowercase())
            .collect();
        assert!(texts.iter().any(|text| text.contains("peace plan")), "{path} says nothing of a peace plan");
    }
    assert_eq!(found("Staudamm").len(), 1);
    assert_eq!(found("Волошин").len(), 1);
    assert_eq!(found("和平案").len(), 1);
    assert_eq!(found("\"to be or not to be\"").len(), 1);
    assert_eq!(found("Škoda"), found("Skoda"));
    assert!(found("zebra").is_empty());
}
