//! A newsroom of its own for each test: an empty home with a folder `corpus`, where the real binary runs.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// No command takes nearly as long; what does hangs.
const HANGS: Duration = Duration::from_secs(120);

/// A temporary home. The index is where it is without any option, in the home's data folder.
pub struct Newsroom {
    home: TempDir,
}

impl Newsroom {
    /// One with an empty `corpus`.
    pub fn new() -> Self {
        let home = tempfile::Builder::new().prefix("newsroom").tempdir().unwrap();
        fs::create_dir(home.path().join("corpus")).unwrap();
        Self { home }
    }

    /// One with these files in `corpus`.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let room = Self::new();
        for (name, text) in files {
            room.write(name, text);
        }
        room
    }

    /// One with these files in `corpus`, read into the index.
    pub fn indexed(files: &[(&str, &str)]) -> Self {
        let room = Self::with(files);
        room.run(&["index", "corpus"]).done();
        room
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Where a file is, as programs are told: the whole path.
    pub fn place(&self, name: &str) -> String {
        let home = self.home.path().canonicalize().unwrap();
        format!("{}/{name}", home.display())
    }

    /// The same of several.
    pub fn places<const N: usize>(&self, names: [&str; N]) -> [String; N] {
        names.map(|name| self.place(name))
    }

    /// Where the index is.
    pub fn index(&self) -> PathBuf {
        self.path("data/newsearch")
    }

    /// Writes the configuration file, where it is without any option.
    pub fn configure(&self, text: &str) {
        fs::create_dir_all(self.path(".config/newsearch")).unwrap();
        fs::write(self.path(".config/newsearch/config.toml"), text).unwrap();
    }

    /// Writes a file of `corpus`.
    pub fn write(&self, name: impl AsRef<Path>, contents: impl AsRef<[u8]>) {
        let path = self.path("corpus").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    /// Deletes a file of `corpus`.
    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path("corpus").join(name)).unwrap();
    }

    /// `newsearch`, to be started in the home, with nothing of the environment that the tests run in.
    pub fn newsearch(&self) -> Command {
        self.in_home(env!("CARGO_BIN_EXE_newsearch"))
    }

    /// Another program, which runs as `newsearch` does.
    pub fn in_home(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.home.path()).env_clear();
        for kept in ["PATH", "SystemRoot", "TMPDIR", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command.env("HOME", self.home.path()).env("XDG_DATA_HOME", self.path("data")).env("TZ", "UTC");
        command.stdin(Stdio::null());
        command
    }

    /// Runs it with this on its standard input.
    pub fn given(&self, input: &str, words: &[impl AsRef<OsStr>]) -> Run {
        let mut command = self.newsearch();
        command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Run::from_output(child.wait_with_output().unwrap())
    }

    /// Runs `newsearch` to its end.
    pub fn run(&self, words: &[impl AsRef<OsStr>]) -> Run {
        let mut command = self.newsearch();
        command.args(words);
        Run::of(command)
    }

    /// Runs `newsearch query … --json`, which must not fail.
    pub fn answer(&self, words: &[impl AsRef<OsStr>]) -> Answer {
        let mut command = self.newsearch();
        command.arg("query").args(words).arg("--json");
        let run = Run::of(command);
        assert!(matches!(run.code, Some(0 | 1)), "{run}");
        Answer(run.json())
    }

    /// The headlines that a query finds, in order.
    pub fn headlines(&self, words: &[impl AsRef<OsStr>]) -> Vec<String> {
        self.answer(words).hits().map(|hit| hit["headline"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// A text with this home's path and what changes from run to run made the same for all.
    pub fn same(&self, text: &str) -> String {
        let home = self.home.path().canonicalize().unwrap();
        let text = text.replace(home.to_str().unwrap(), "~").replace(self.home.path().to_str().unwrap(), "~");
        text.lines().map(|line| line.split(' ').map(steady).collect::<Vec<_>>().join(" ") + "\n").collect()
    }
}

/// Durations (`0.1 s`) become `0.0 s`.
fn steady(word: &str) -> String {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    match number.strip_prefix('.') {
        Some(rest)
            if number.len() < word.len() && !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()) =>
        {
            "0.0".to_owned()
        }
        _ => word.to_owned(),
    }
}

/// What came of a run.
pub struct Run {
    /// `None` where a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Runs a command to its end.
    pub fn of(command: Command) -> Self {
        let shown = format!("{command:?}");
        let outcome = assert_cmd::Command::from_std(command).timeout(HANGS).output();
        Self::from_output(outcome.unwrap_or_else(|error| panic!("{shown}: {error}")))
    }

    pub fn from_output(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("newsearch prints UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// It did what it should.
    #[track_caller]
    pub fn done(self) -> Self {
        self.exits(0)
    }

    /// It found nothing.
    #[track_caller]
    pub fn nothing(self) -> Self {
        self.exits(1)
    }

    /// It could not run: it says why, as `error: …`, and answers nothing.
    #[track_caller]
    pub fn fails(self) -> Self {
        let run = self.exits(2);
        assert!(run.stderr.starts_with("error: "), "no `error: …`\n{run}");
        assert_eq!(run.stdout, "", "half an answer\n{run}");
        run
    }

    /// Some of it could not be done: there is an answer, and the last line says what it lacks.
    #[track_caller]
    pub fn in_part(self) -> Self {
        let run = self.exits(2);
        let last = run.stderr.lines().last().unwrap_or_default();
        assert!(last.starts_with("error: ") && !run.stdout.is_empty(), "no answer in part\n{run}");
        run
    }

    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "wrong exit status\n{self}");
        assert!(!self.stderr.contains("panicked"), "a panic reached the user\n{self}");
        self
    }

    /// Its answer holds this.
    #[track_caller]
    pub fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "stdout lacks `{text}`\n{self}");
        self
    }

    /// Its answer does not hold this.
    #[track_caller]
    pub fn never_prints(self, text: &str) -> Self {
        assert!(!self.stdout.contains(text), "stdout has `{text}`\n{self}");
        self
    }

    /// It says this on standard error.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "stderr lacks `{text}`\n{self}");
        self
    }

    /// It says nothing on standard error.
    #[track_caller]
    pub fn quiet(self) -> Self {
        assert_eq!(self.stderr, "", "{self}");
        self
    }

    /// Its answer as one JSON value.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("not JSON: {error}\n{self}"))
    }

    /// Its answer as JSON Lines.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        let line =
            |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("not JSON: {error}\n{self}"));
        self.stdout.lines().map(line).collect()
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start = |text: &str| text.chars().take(4000).collect::<String>();
        write!(
            f,
            "exit {:?}\n── stdout\n{}\n── stderr\n{}",
            self.code,
            start(&self.stdout),
            start(&self.stderr)
        )
    }
}

/// What `query --json` answers.
pub struct Answer(pub Value);

impl Answer {
    pub fn total(&self) -> u64 {
        self.0["total"].as_u64().unwrap()
    }

    pub fn hits(&self) -> impl Iterator<Item = &Value> {
        self.0["hits"].as_array().unwrap().iter()
    }

    pub fn ids(&self) -> Vec<&str> {
        self.hits().map(|hit| hit["id"].as_str().unwrap()).collect()
    }
}

/// A text file's article: headline, date line and body, as a desk would keep it.
pub fn story(headline: &str, body: &str) -> String {
    format!("{headline}\n\n{body}\n")
}

/// An article with all its fields.
pub fn markdown(headline: &str, author: &str, section: &str, date: &str, body: &str) -> String {
    format!("---\ntitle: \"{headline}\"\nauthor: {author}\nsection: {section}\ndate: {date}\n---\n\n{body}\n")
}
