//! `newsearch status`: what the index holds, where it comes from, and what could not be used.

use insta::assert_snapshot;

use crate::harness::{Newsroom, markdown, story};

fn room() -> Newsroom {
    Newsroom::indexed(&[
        ("a.md", &markdown("Envoys sign", "Ana Sousa", "World", "2025-12-02", "Signed in Brod on Tuesday.")),
        ("b.md", &markdown("Rovers win", "Jo Ek", "Sport", "2024-05-01", "A late goal.")),
        ("c.txt", &story("Old mill burns", "The mill by the river burnt down in the night.")),
        ("empty.txt", ""),
        ("half.json", "{\"headline\": \"Cut"),
        ("photo.jpg", "\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}"),
    ])
}

#[test]
fn it_says_what_the_index_holds() {
    let room = room();
    let run = room.run(&["status"]).done().quiet();
    // What changes with the version and the clock.
    let steady: String = room
        .same(&run.stdout)
        .lines()
        .map(|line| match line.split_once(char::is_whitespace) {
            Some((word @ ("size" | "version"), _)) => format!("{word} …\n"),
            Some(("root", rest)) => format!("root{}, read …\n", rest.split(", read").next().unwrap()),
            _ => format!("{line}\n"),
        })
        .collect();
    assert_snapshot!(steady, @r"
    index      data/newsearch
    size …
    articles   3 (18 words)
    published  1 May 2024 to 2 Dec 2025
    undated    1
    formats    markdown 2 · text 1
    sections   Sport 1 · World 1
    languages  en 1
    years      2024 1 · 2025 1
    version …
    root      corpus: 3 articles in 6 files, read …
    problems   2 unreadable, 0 doubtful, 1 left out: newsearch status --problems
    ");
}

#[test]
fn json_says_the_same() {
    let room = room();
    let value = room.run(&["status", "--json"]).done().quiet().json();
    assert_eq!(value["format_version"], 2);
    assert_eq!(
        (&value["articles"], &value["undated"], &value["unreadable"]),
        (&3.into(), &1.into(), &2.into())
    );
    assert_eq!((&value["first_day"], &value["last_day"]), (&"2024-05-01".into(), &"2025-12-02".into()));
    assert_eq!(
        value["formats"],
        serde_json::json!([{"value": "markdown", "articles": 2}, {"value": "text", "articles": 1}])
    );
    assert_eq!(value["roots"][0]["files"], 6);
    assert_eq!(value["written_by"], env!("CARGO_PKG_VERSION"));
    assert!(value["bytes"].as_u64().unwrap() > 0);
}

#[test]
fn problems_are_listed_with_their_reasons() {
    let room = room();
    let run = room.run(&["status", "--problems"]).done().quiet();
    assert_snapshot!(run.stdout, @r"
    could not be read (2)
      `corpus/empty.txt`: the file is empty
      `corpus/half.json`: not valid JSON: it ends in the middle
    left out (1)
      `corpus/photo.jpg`: not an article format: `.jpg` picture
    ");
    let lines = room.run(&["status", "--problems", "--json"]).done().json_lines();
    let kinds: Vec<_> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["unreadable", "unreadable", "left_out"]);
    assert!(lines.iter().all(|line| line.as_object().unwrap().keys().eq([
        "format_version",
        "kind",
        "path",
        "record",
        "message",
        "count"
    ])));
}

#[test]
fn problems_that_are_mended_are_gone() {
    let room = room();
    room.write("empty.txt", story("Not empty", "It says something now."));
    room.remove("half.json");
    room.remove("photo.jpg");
    room.run(&["index"]).done();
    room.run(&["status", "--problems"]).done().prints("no problems: every file was read");
}

#[test]
fn records_without_number_are_counted_and_none_is_lost() {
    let lines = "{}\n".repeat(30_000)
        + "{\"headline\": \"Mill burns\", \"body\": \"In the night.\"}\n"
        + &"{\n".repeat(500);
    let room = Newsroom::with(&[("a.jsonl", &lines)]);
    let run = room.run(&["index", "corpus"]).done();
    assert!(run.stdout.contains("500 could not be read"), "{}", run.stdout);
    assert!(run.stdout.contains("30,000 × no headline and body: not an article"), "{}", run.stdout);
    let said = room.run(&["status"]).done().quiet().stdout;
    assert!(said.contains("problems   500 unreadable, 0 doubtful, 30,000 left out"), "{said}");
    let status = room.run(&["status", "--json"]).done().json();
    assert_eq!((&status["unreadable"], &status["left_out"]), (&500.into(), &30_000.into()));
    let list = room.run(&["status", "--problems"]).done().quiet().stdout;
    assert_eq!(list.lines().count(), 2 + 2 * 101, "{list}");
    assert!(list.contains("`corpus/a.jsonl` record 100: no headline"), "{list}");
    assert!(list.contains("`corpus/a.jsonl`: 29900 more records like these: no headline"), "{list}");
    assert!(list.contains("`corpus/a.jsonl` record 30002: not valid JSON"), "{list}");
    assert!(list.contains("`corpus/a.jsonl`: 400 more records like these: not valid JSON"), "{list}");
}

#[test]
fn the_days_are_those_that_are_known() {
    let room = Newsroom::indexed(&[
        ("a.json", r#"{"headline": "A", "body": "Weir.", "date": "2025"}"#),
        ("b.json", r#"{"headline": "B", "body": "Weir.", "date": "2025-03-04"}"#),
        ("c.json", r#"{"headline": "C", "body": "Weir.", "date": "2025-06"}"#),
    ]);
    let status = room.run(&["status", "--json"]).done().json();
    assert_eq!((&status["first_day"], &status["last_day"]), (&"2025-03-04".into(), &"2025-03-04".into()));
    assert_eq!(status["years"][0]["articles"], 3);
    let room = Newsroom::indexed(&[("a.json", r#"{"headline": "A", "body": "Weir.", "date": "2025-06"}"#)]);
    room.run(&["status"]).done().prints("published  1 Jun 2025 to 30 Jun 2025");
}
