//! A file of millions of the smallest thing that its format has needs little more memory than one that is as
//! large and whole, and what is left out of it is said.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

/// What a file unpacks to, in bytes.
const SIZE: usize = 12 << 20;

/// The most that indexing one may need, in kilobytes. As a tree, or as an object for each, any of them takes
/// more.
const MOST: u64 = 330 << 10;

/// What stands at the front, again and again, and at the end; and the end of what is said of it, or nothing.
const FILES: &[(&str, &str, &str, &str, &str)] = &[
    ("lines.jsonl", "", "{}\n", "", "no headline and body: not an article"),
    ("list.json", "[", "{},", "{}]", "no headline and body: not an article"),
    ("numbers.json", r#"{"headline":"Mayor","body":"The bridge.","x":["#, "1,", "1]}", "was not read"),
    ("body.json", r#"{"headline":"Mayor","body":""#, "<p>a", r#""}"#, ""),
    ("items.rss", "<rss><channel>", "<item/>", "</channel></rss>", "no headline and body: not an article"),
    (
        "paragraphs.nitf",
        "<nitf><body><body.content><p>The bridge.</p>",
        "<p/>",
        "</body.content></body></nitf>",
        "was not read",
    ),
    ("other.xml", "<archive>", "<a b='c'/>", "</archive>", "was not read"),
    ("list.md", "# Mayor\n\n", "* a\n", "", "was not read"),
    ("marks.md", "# Mayor\n\n", "*a* ", "", "was not read"),
    ("paragraphs.txt", "Mayor\n\n", "a\n\n", "", "was not read"),
    (
        "paragraphs.html",
        "<html><body><h1>Mayor</h1><p>The bridge was closed on Monday.",
        "<p>a",
        "",
        "its end is missing",
    ),
    ("attributes.html", "<html><body><p ", " a=b", " >The bridge", "no article text found"),
    ("paragraphs.rtf", "{\\rtf1 The bridge\\par ", "a\\par ", "}", "was not read"),
    (
        "parts.eml",
        "From: a@b\nSubject: Mayor\nContent-Type: multipart/mixed; boundary=b\n\n",
        "--b\n\nx\n",
        "--b--\n",
        "was not read",
    ),
    ("lines.eml", "From: a@b\nSubject: Mayor\n", "A: b\n", "\nThe bridge.\n", "was not read"),
    ("cells.csv", "title,body\n", "a,", "\n", "under 2 columns"),
];

/// The most memory that a command has at any time, in kilobytes, looked up while it runs.
fn peak_of(command: &mut Command) -> u64 {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(now.unwrap_or(0));
        sleep(Duration::from_millis(2));
    }
    peak
}

fn newsearch(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsearch"));
    command.current_dir(home).env("HOME", home).env("XDG_DATA_HOME", home.join("data")).args(arguments);
    command
}

fn write(path: &Path, front: &str, again: &str, end: &str) {
    let mut packed = GzEncoder::new(File::create(path).unwrap(), Compression::fast());
    packed.write_all(front.as_bytes()).unwrap();
    let block = again.repeat((1 << 16) / again.len());
    (0..SIZE / block.len()).for_each(|_| packed.write_all(block.as_bytes()).unwrap());
    packed.write_all(end.as_bytes()).unwrap();
    packed.finish().unwrap();
}

#[test]
fn the_smallest_things_in_millions_need_little_and_nothing_goes_unsaid() {
    let mut faults = Vec::new();
    for (name, front, again, end, said) in FILES {
        let home = tempfile::tempdir().unwrap();
        write(&home.path().join(format!("{name}.gz")), front, again, end);
        let peak = peak_of(&mut newsearch(home.path(), &["index", &format!("{name}.gz")]));
        let problems = newsearch(home.path(), &["status", "--problems"]).output().unwrap();
        let problems = String::from_utf8(problems.stdout).unwrap();
        if peak > MOST {
            faults.push(format!("{name}: {} MB", peak >> 10));
        }
        let last = problems.lines().last().unwrap_or_default();
        let fits = if said.is_empty() { last.starts_with("no problems") } else { last.ends_with(said) };
        if !fits || problems.lines().count() > 203 {
            faults.push(format!("{name}: {last}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
