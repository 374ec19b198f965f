//! Whatever kills a run, and whenever: the index opens, is sound, and after the next run holds what a clean
//! run would have put into it, nothing twice and nothing missing.
//!
//! `NEWSEARCH_CRASH_KILLS` sets how many runs are killed.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How many runs are killed where nothing else is said.
const KILLS: u64 = 400;

/// A small generator of pseudo-random numbers (Marsaglia's xorshift64*): the same changes every time. When
/// the kills come is up to the machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % n
    }
}

const WORDS: &[&str] =
    &["harbour", "ferry", "mill", "council", "flood", "bridge", "heron", "weir", "tram", "quay"];
const FOLDERS: &[&str] = &["world", "local", "sport/2025", "feeds", "."];

/// An archive that changes, and an index that is killed.
struct Archive {
    home: TempDir,
    random: Random,
    files: Vec<PathBuf>,
    written: u64,
}

impl Archive {
    fn new(seed: u64) -> Self {
        let home = tempfile::Builder::new().prefix("crash").tempdir().unwrap();
        let mut archive = Self { home, random: Random(seed), files: Vec::new(), written: 0 };
        for _ in 0..40 {
            archive.add();
        }
        archive
    }

    fn corpus(&self) -> PathBuf {
        self.home.path().join("corpus")
    }

    fn newsearch(&self, index: &str, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsearch"));
        command.current_dir(self.home.path()).env_clear().env("HOME", self.home.path()).env("TZ", "UTC");
        command.args(["--index", index]).args(words);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, index: &str, words: &[&str]) -> Output {
        self.newsearch(index, words).output().unwrap()
    }

    #[track_caller]
    fn done(&self, index: &str, words: &[&str], when: &str) -> String {
        let output = self.run(index, words);
        let text = String::from_utf8(output.stdout).unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{words:?} {when}\n{text}\n{stderr}");
        text
    }

    fn sentence(&mut self) -> String {
        let mut word = || WORDS[self.random.below(WORDS.len() as u64) as usize];
        format!("The {} by the {} was shut, said the {} office.", word(), word(), word())
    }

    fn write(&mut self, path: &Path) {
        self.written += 1;
        let number = self.written;
        let text = if path.extension().is_some_and(|ending| ending == "jsonl") {
            let records = 1 + self.random.below(4);
            (0..records)
                .map(|n| {
                    format!(
                        "{{\"id\":\"f-{number}-{n}\",\"headline\":\"Feed {number}\",\"body\":\"{}\"}}\n",
                        self.sentence()
                    )
                })
                .collect()
        } else {
            format!("Story {number}\n\n{} {}\n", self.sentence(), self.sentence())
        };
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn add(&mut self) {
        let folder = FOLDERS[self.random.below(FOLDERS.len() as u64) as usize];
        let ending = if self.random.below(4) == 0 { "jsonl" } else { "txt" };
        let path = self.corpus().join(folder).join(format!("{}.{ending}", self.written));
        self.write(&path);
        self.files.push(path);
    }

    /// Adds, changes, removes, moves or touches a few files.
    fn change(&mut self) {
        for _ in 0..=self.random.below(6) {
            let at = self.random.below(self.files.len() as u64) as usize;
            match self.random.below(6) {
                0 if self.files.len() > 25 => fs::remove_file(self.files.swap_remove(at)).unwrap(),
                1 => {
                    let path = self.files[at].clone();
                    self.write(&path);
                }
                2 => {
                    let folder = FOLDERS[self.random.below(FOLDERS.len() as u64) as usize];
                    let to = self.corpus().join(folder).join(format!("moved-{}", self.written));
                    let to = to.with_extension(self.files[at].extension().unwrap());
                    self.written += 1;
                    fs::create_dir_all(to.parent().unwrap()).unwrap();
                    fs::rename(&self.files[at], &to).unwrap();
                    self.files[at] = to;
                }
                3 => {
                    let file = fs::File::options().append(true).open(&self.files[at]).unwrap();
                    file.set_modified(std::time::SystemTime::now() + Duration::from_secs(self.written))
                        .unwrap();
                }
                _ => self.add(),
            }
        }
    }

    /// Runs `newsearch` and kills it after `life`; whether it was still alive then.
    fn kill(&self, words: &[&str], life: Duration) -> bool {
        let mut child =
            self.newsearch("index", words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let start = Instant::now();
        while start.elapsed() < life {
            if child.try_wait().unwrap().is_some() {
                return false;
            }
            std::thread::sleep(Duration::from_micros(200));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        true
    }

    /// All that can be told of an index, whatever its pieces.
    fn everything(&self, index: &str, when: &str) -> Vec<String> {
        let words = ["query", "--format", "jsonl", "-n", "100000", "--sort", "newest", "NOT zzzz"];
        let mut lines: Vec<String> =
            self.done(index, &words, when).lines().map(|line| self.without_rank(line)).collect();
        lines.sort();
        lines
    }

    fn without_rank(&self, line: &str) -> String {
        let mut hit: serde_json::Value = serde_json::from_str(line).unwrap();
        for changing in ["rank", "score"] {
            hit.as_object_mut().unwrap().remove(changing);
        }
        hit.to_string()
    }
}

/// What is killed, in turn.
const RUNS: &[&[&str]] = &[
    &["index", "corpus", "--commit-every", "0"],
    &["index", "corpus"],
    &["index", "corpus", "--reread", "--commit-every", "0"],
    &["optimize"],
    &["index", "corpus", "--rebuild", "--yes", "--commit-every", "0"],
    &["index", "--commit-every", "0"],
    &["index", "--rebuild", "--yes"],
];

#[test]
fn killed_at_any_moment_nothing_is_lost_and_nothing_is_twice() {
    let kills: u64 = std::env::var("NEWSEARCH_CRASH_KILLS").ok().map_or(KILLS, |n| n.parse().unwrap());
    let threads = 2;
    std::thread::scope(|scope| {
        for seed in 1..=threads {
            scope.spawn(move || kill_again_and_again(seed, kills / threads));
        }
    });
}

fn kill_again_and_again(seed: u64, kills: u64) {
    let mut archive = Archive::new(0x9e37_79b9_7f4a_7c15 ^ (seed << 20));
    let mut longest = vec![Duration::from_millis(150); RUNS.len()];
    let (mut killed, mut round) = (0, 0);
    while killed < kills {
        let which = round as usize % RUNS.len();
        let words = RUNS[which];
        let when = format!("after kill {killed} (archive {seed}), in {words:?}");
        round += 1;
        archive.change();
        let micros = archive.random.below(longest[which].as_micros() as u64);
        let start = Instant::now();
        if archive.kill(words, Duration::from_micros(micros)) {
            killed += 1;
            longest[which] = longest[which] * 51 / 50;
        } else {
            longest[which] = start.elapsed();
        }
        // Before its first commit there is no index, or an empty one.
        let verified = archive.run("index", &["verify"]);
        let said = String::from_utf8(verified.stderr).unwrap();
        let none_yet =
            said.contains("no index found") && !archive.home.path().join("index/meta.json").exists();
        assert!(verified.status.code() == Some(0) || none_yet, "{when}\n{said}");
        if round % 8 == 0 {
            equals_a_clean_run(&archive, &when);
        }
    }
    equals_a_clean_run(&archive, "at the end");
}

fn equals_a_clean_run(archive: &Archive, when: &str) {
    archive.done("index", &["index", "corpus"], when);
    archive.done("index", &["verify"], when);
    archive.done("clean", &["index", "corpus"], when);
    assert_eq!(archive.everything("index", when), archive.everything("clean", when), "{when}");
    fs::remove_dir_all(archive.home.path().join("clean")).unwrap();
    let left: Vec<_> =
        fs::read_dir(archive.home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.len() <= 3, "{when}: {left:?}");
}
