//! The whole program on an archive, side by side with the engine alone: how long indexing takes, how much
//! memory, how large the index is, how fast queries are answered. One table, with ratios.
//!
//! ```text
//! cargo bench --bench archive --
//!     [--articles N] [--corpus FILE.jsonl] [--queries FILE] [--files N] [--rounds N] [--work DIR]
//! ```
//!
//! Without a corpus, articles are made up (`corpus.rs`); N is 200,000 where nothing else is said. Every run
//! is a process of its own, and floor and program take turns, so that a busy machine slows both.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, clippy::expect_used)]

mod corpus;
mod floor;
mod process;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use newsearch::index::Snapshot;
use newsearch::query::{ParseOptions, parse};
use newsearch::search::{SearchRequest, search};

use process::{Run, median};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PROGRAM: &str = env!("CARGO_BIN_EXE_newsearch");

struct Options {
    articles: usize,
    corpus: Option<PathBuf>,
    queries: Option<PathBuf>,
    files: usize,
    rounds: usize,
    work: Option<PathBuf>,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // The bench runs itself for what needs a process of its own.
    match words.as_slice() {
        ["floor-index", dir, corpus] => return floor::index(Path::new(dir), Path::new(corpus)),
        ["floor-query", dir, queries] => {
            return print_times(&floor::query(Path::new(dir), Path::new(queries)));
        }
        ["query", dir, queries] => return print_times(&ask(Path::new(dir), Path::new(queries))),
        _ => {}
    }
    let options = options(&words);
    let held;
    let work = match &options.work {
        Some(dir) => dir.as_path(),
        None => {
            held = tempfile::tempdir().expect("a temporary folder");
            held.path()
        }
    };
    fs::create_dir_all(work).expect("a folder to work in");
    measure(&options, work);
}

fn options(words: &[&str]) -> Options {
    let mut options =
        Options { articles: 200_000, corpus: None, queries: None, files: 20_000, rounds: 3, work: None };
    for pair in words.chunks(2) {
        let [name, value] = pair else { panic!("`{}` needs a value", pair[0]) };
        let number = || value.parse().expect("a number");
        match *name {
            "--articles" => options.articles = number(),
            "--files" => options.files = number(),
            "--rounds" => options.rounds = number(),
            "--corpus" => options.corpus = Some(value.into()),
            "--queries" => options.queries = Some(value.into()),
            "--work" => options.work = Some(value.into()),
            other => panic!("what is `{other}`?"),
        }
    }
    options
}

fn measure(options: &Options, work: &Path) {
    let corpus = options.corpus.clone().unwrap_or_else(|| {
        let path = work.join("corpus.jsonl");
        corpus::write(&path, options.articles);
        path
    });
    let queries = options.queries.clone().unwrap_or_else(|| {
        let path = work.join("queries.txt");
        corpus::write_queries(&path, &corpus);
        path
    });
    let few = work.join("few.jsonl");
    corpus::head(&corpus, &few, options.files);
    let [text, html] = ["txt", "html"].map(|format| {
        let folder = work.join(format);
        corpus::explode(&few, &folder, format);
        folder
    });
    let [floor_index, few_index, ours, ours_text, ours_html] =
        ["floor", "floor-few", "ours", "ours-txt", "ours-html"].map(|name| work.join(name));
    println!("| what | newsearch | the engine alone | ratio |\n|---|---|---|---|");

    let pairs = rounds(options, || {
        (fresh(&ours, || index(&ours, &corpus)), fresh(&floor_index, || floor_run(&floor_index, &corpus)))
    });
    row("JSON Lines, time", &pairs, |run| run.took.as_secs_f64(), "s");
    row("JSON Lines, resident", &pairs, |run| run.resident as f64 / 1e6, "MB");
    let size = fs::metadata(&corpus).map_or(0, |metadata| metadata.len());
    let [ours_size, floor_size] = [&ours, &floor_index].map(|dir| process::size(dir) as f64 / 1e6);
    println!("| index, size | {ours_size:.0} MB | {floor_size:.0} MB | {:.2} |", ours_size / floor_size);
    println!("| index, share of the text's bytes | {:.2} | | |", ours_size * 1e6 / size as f64);

    for (name, folder, ours) in [("text", &text, &ours_text), ("HTML", &html, &ours_html)] {
        let pairs = rounds(options, || {
            (fresh(ours, || index(ours, folder)), fresh(&few_index, || floor_run(&few_index, &few)))
        });
        row(&format!("{} {name} files, time", options.files), &pairs, |run| run.took.as_secs_f64(), "s");
    }
    let again = rounds(options, || (index(&ours_text, &text), process::find(&text)));
    row("again, nothing changed (against `find`)", &again, |run| run.took.as_secs_f64() * 1e3, "ms");
    let changed = rounds(options, || {
        corpus::touch(&text);
        (index(&ours_text, &text), process::find(&text))
    });
    row("again, one file changed (against `find`)", &changed, |run| run.took.as_secs_f64() * 1e3, "ms");

    let asked =
        rounds(options, || (own("query", &ours, &queries), own("floor-query", &floor_index, &queries)));
    for (at, name) in ["p50", "p95", "p99"].iter().enumerate() {
        row(&format!("queries in one process, {name}"), &asked, |run| run.figures[at], "ms");
    }
    let mut whole: Vec<f64> = fs::read_to_string(&queries)
        .expect("queries")
        .lines()
        .step_by(5)
        .map(|query| {
            let mut command = Command::new(PROGRAM);
            command.arg("--index").arg(&ours).args(["query", "--", query]);
            process::run(&mut command).took.as_secs_f64() * 1e3
        })
        .collect();
    whole.sort_by(f64::total_cmp);
    println!("| a query as a whole process, p50 | {:.1} ms | | |", whole[whole.len() / 2]);
    println!("| a query as a whole process, p99 | {:.1} ms | | |", whole[whole.len() * 99 / 100]);
}

fn rounds(options: &Options, mut pair: impl FnMut() -> (Run, Run)) -> Vec<(Run, Run)> {
    (0..options.rounds.max(1)).map(|_| pair()).collect()
}

/// The medians of both, and of their ratio in each round.
fn row(name: &str, pairs: &[(Run, Run)], figure: impl Fn(&Run) -> f64, unit: &str) {
    let ours = median(pairs.iter().map(|(ours, _)| figure(ours)));
    let floor = median(pairs.iter().map(|(_, floor)| figure(floor)));
    let ratio = median(pairs.iter().map(|(ours, floor)| figure(ours) / figure(floor)));
    println!("| {name} | {ours:.2} {unit} | {floor:.2} {unit} | {ratio:.2} |");
}

fn fresh(dir: &Path, run: impl FnOnce() -> Run) -> Run {
    let _ = fs::remove_dir_all(dir);
    run()
}

fn index(dir: &Path, source: &Path) -> Run {
    process::run(Command::new(PROGRAM).arg("--index").arg(dir).arg("index").arg(source))
}

fn floor_run(dir: &Path, corpus: &Path) -> Run {
    own("floor-index", dir, corpus)
}

fn own(task: &str, dir: &Path, file: &Path) -> Run {
    let me = std::env::current_exe().expect("this program");
    process::run(Command::new(me).arg(task).arg(dir).arg(file))
}

/// Asks every query once, after one round to warm up.
fn ask(dir: &Path, queries: &Path) -> Vec<Duration> {
    let snapshot = Snapshot::open(dir).expect("an index");
    let today = jiff::civil::date(2026, 1, 1);
    let queries = fs::read_to_string(queries).expect("queries");
    let ask = |query: &str| {
        let start = Instant::now();
        let ast = parse(query, &ParseOptions { today }).ast?;
        search(&snapshot, &SearchRequest::new(ast)).expect("an answer");
        Some(start.elapsed())
    };
    queries.lines().for_each(|query| {
        ask(query);
    });
    queries.lines().filter_map(ask).collect()
}

fn print_times(times: &[Duration]) {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("{} {} {}", at(0.5), at(0.95), at(0.99));
}
