//! How long queries take, by class of operator: p50 and p99 over an index that is there already.
//!
//! `cargo bench --bench query -- INDEX [ROUNDS]`. Each query is asked in the same process, with ten hits and
//! their snippets; every round asks all of them in turn, so that no class has the caches to itself.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;
use std::time::{Duration, Instant};

use newsearch::index::Snapshot;
use newsearch::query::{ParseOptions, parse};
use newsearch::search::{SearchRequest, search};

const CLASSES: &[(&str, &[&str])] = &[
    ("one word", &["oil", "wheat", "minister", "cocoa", "said", "inflation"]),
    (
        "all words",
        &["oil prices", "trade deficit", "bank of england", "japan dollar intervention", "crude opec output"],
    ),
    ("any word", &["oil OR wheat", "cocoa OR coffee OR sugar", "opec OR kuwait OR iran"]),
    ("excluded", &["oil -opec", "NOT oil", "trade NOT (japan OR deficit)"]),
    (
        "phrase",
        &[
            "\"trade deficit\"",
            "\"bank of england\"",
            "\"crude oil\"",
            "\"said the\"",
            "\"to be or not to be\"",
        ],
    ),
    ("loose phrase", &["\"oil prices\"~5", "\"trade deficit japan\"~10"]),
    (
        "near",
        &[
            "oil NEAR/5 price",
            "cocoa NEAR/10 export*",
            "(oil OR gas) NEAR/3 \"price rise\"",
            "said NEAR/5 minister",
        ],
    ),
    ("in order", &["oil PRE/3 price", "bank PRE/5 rate"]),
    ("sentence", &["oil W/S opec", "sugar W/S brazil", "said W/S minister"]),
    ("paragraph", &["oil W/P opec", "sugar W/P brazil"]),
    ("at least", &["ATLEAST/5 wheat", "ATLEAST/3 (oil OR gas)"]),
    ("field", &["headline:opec", "headline:(oil OR gas)", "author:smith", "body:oil"]),
    ("date and length", &["oil date:1987-03", "date:2024", "length>500", "oil length<100"]),
    ("any ending", &["export*", "diplom*", "protection*", "in*"]),
    ("one letter", &["wom?n", "organi?ation"]),
    ("any beginning", &["*ism", "*ation"]),
    ("misspelt", &["volcker~", "minister~2", "zelensky~", "opek~ prices"]),
    ("exact form", &["=prices", "=\"oil prices\""]),
];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let Some(dir) = words.first() else {
        println!("which index? cargo bench --bench query -- INDEX [ROUNDS]");
        return;
    };
    let rounds = words.get(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(20);
    let snapshot = Snapshot::open(Path::new(dir)).expect("an index");
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); CLASSES.len()];
    // The first round only warms up.
    for round in 0..=rounds {
        for (class, (_, queries)) in CLASSES.iter().enumerate() {
            for query in *queries {
                let took = ask(&snapshot, query);
                if round > 0 {
                    times[class].push(took);
                }
            }
        }
    }
    println!("| class | p50 | p99 |\n|---|---|---|");
    for ((name, _), mut times) in CLASSES.iter().zip(times) {
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
        println!("| {name} | {:.1} ms | {:.1} ms |", at(0.5), at(0.99));
    }
}

fn ask(snapshot: &Snapshot, query: &str) -> Duration {
    let start = Instant::now();
    let today = jiff::civil::date(2026, 1, 1);
    let request = SearchRequest::new(parse(query, &ParseOptions { today }).ast.expect("a query"));
    search(snapshot, &request).expect("an answer");
    start.elapsed()
}
