//! `newsearch parse`: what the readers make of files, for people and as JSON Lines, without an index.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::{Newsroom, markdown, story};

#[test]
fn an_article_is_shown_field_by_field() {
    let room = Newsroom::with(&[(
        "plan.md",
        &markdown(
            "Envoys sign the plan",
            "Ana Sousa",
            "World",
            "2025-12-02",
            "Signed in Brod.\n\nIt rained.",
        ),
    )]);
    let run = room.run(&["parse", "corpus"]).done().quiet();
    assert_snapshot!(run.stdout, @r"
    path      corpus/plan.md (markdown)
    id        d8c9feb7f3ccc0fb
    headline  Envoys sign the plan
    authors   Ana Sousa
    section   World
    date      2025-12-02 (day)

      Signed in Brod.

      It rained.
    ");
    assert!(!room.index().exists(), "parse made an index");
}

#[test]
fn json_has_every_key_in_every_line() {
    let room = Newsroom::with(&[
        (
            "a.md",
            &markdown(
                "Envoys sign",
                "Ana Sousa and Jo Ek",
                "World",
                "2025-12-02T14:05:00+01:00",
                "One.\n\nTwo.",
            ),
        ),
        ("b.json", "{\"id\": \"b-1\", \"title\": \"Only a title\", \"text\": \"Words that are text.\"}"),
    ]);
    let lines = room.run(&["parse", "--json", "corpus"]).done().quiet().json_lines();
    let mut first = lines[0].clone();
    let id = first["id"].take();
    assert!(first.as_object_mut().unwrap().remove("offsets").unwrap().is_object());
    assert_eq!(id.as_str().unwrap().len(), 16);
    assert_eq!(
        first,
        json!({
            "format_version": 2, "path": room.place("corpus/a.md"), "record": 1, "id": null, "headline": "Envoys sign", "body": "One.\n\nTwo.",
            "authors": ["Ana Sousa", "Jo Ek"], "section": "World", "publication": null, "url": null, "date": "2025-12-02T14:05:00+01:00",
            "date_precision": "minute", "dateline": null, "format": "markdown", "language": null, "problems": [],
            "copies": [], "matches": null,
        })
    );
    assert_eq!(lines[1]["id"], "b-1");
    assert_eq!(lines[1]["authors"], json!([]));
    assert_eq!((&lines[1]["date"], &lines[1]["section"]), (&json!(null), &json!(null)));
    let keys = |at: usize| lines[at].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(0), keys(1));
    assert_eq!(keys(0)[..4], ["format_version", "id", "path", "record"]);
}

#[test]
fn problems_go_to_standard_error() {
    let room = Newsroom::with(&[("good.txt", &story("Old mill burns", "It burnt down.")), ("empty.txt", "")]);
    let run = room.run(&["parse", "--json", "corpus"]).done();
    assert_eq!(run.json_lines().len(), 1);
    assert_eq!(run.stderr, "problem: `corpus/empty.txt`: the file is empty\n");
    room.run(&["parse", "corpus/empty.txt"]).nothing().says("the file is empty");
}

#[test]
fn several_paths_are_read_one_after_the_other() {
    let room = Newsroom::with(&[("a.txt", &story("A", "One mill.")), ("b.txt", &story("B", "Two mills."))]);
    let lines = room.run(&["parse", "--json", "corpus/b.txt", "corpus/a.txt"]).done().json_lines();
    assert_eq!(
        (&lines[0]["path"], &lines[1]["path"]),
        (&json!(room.place("corpus/b.txt")), &json!(room.place("corpus/a.txt")))
    );
}

#[test]
fn records_of_a_file_are_numbered() {
    let room = Newsroom::with(&[(
        "feed.jsonl",
        "{\"headline\":\"First\",\"body\":\"One.\"}\n\nnot json\n{\"headline\":\"Third\",\"body\":\"Three.\"}\n",
    )]);
    let run =
        room.run(&["parse", "--json", "corpus"]).done().says("`corpus/feed.jsonl` record 2: not valid JSON");
    let records: Vec<_> = run.json_lines().iter().map(|line| line["record"].clone()).collect();
    assert_eq!(records, [1, 3]);
}

#[test]
fn what_parse_shows_is_what_index_stores() {
    let room = Newsroom::with(&[
        ("a.md", &markdown("Envoys sign", "Ana Sousa", "World", "2025-12", "KARVYN — One.\n\nTwo.")),
        ("b.txt", &story("Old mill burns", "It burnt down in the night.\n\nNobody was hurt, it is said.")),
    ]);
    room.run(&["index", "corpus"]).done();
    for line in room.run(&["parse", "--json", "corpus"]).done().json_lines() {
        let shown = room.run(&["show", "--json", line["id"].as_str().unwrap()]).done().json();
        assert_eq!(shown, line);
    }
}

#[test]
fn a_path_that_does_not_exist_is_said() {
    let room = Newsroom::new();
    room.run(&["parse", "nowhere"]).fails().says("cannot read `nowhere`: no such file or folder");
    room.run(&["parse"]).fails().says("<PATH>...");
}

#[test]
fn the_rest_of_the_file_says_which_of_day_and_month_comes_first() {
    let room = Newsroom::new();
    let line = |id: &str, date: &str, body: &str| {
        format!("{{\"id\":\"{id}\",\"title\":\"T\",\"date\":\"{date}\",\"body\":\"{body}\"}}\n")
    };
    let dates = |name: &str| -> Vec<Value> {
        let lines = room.run(&["parse", "--json", &format!("corpus/{name}")]).done().json_lines();
        lines.iter().map(|article| article["date"].clone()).collect()
    };
    room.write("ours.jsonl", line("1", "03/04/2025", "One.") + &line("2", "25/04/2025", "Two."));
    assert_eq!(dates("ours.jsonl"), ["2025-04-03", "2025-04-25"]);
    room.write("theirs.jsonl", line("1", "03/04/2025", "One.") + &line("2", "04/25/2025", "Two."));
    assert_eq!(dates("theirs.jsonl"), ["2025-03-04", "2025-04-25"]);
    room.write("nobodys.jsonl", line("1", "03/04/2025", "One.") + &line("2", "05/04/2025", "Two."));
    assert_eq!(dates("nobodys.jsonl"), [Value::Null, Value::Null]);
    let german =
        "Der Damm hat gehalten, sagte der Bürgermeister am Abend nach der Sitzung im Rathaus der Stadt.";
    room.write("german.json", line("1", "03/04/2025", german));
    assert_eq!(dates("german.json"), ["2025-04-03"]);
}

/// A table of so many rows that it is read in several pieces.
fn long_table(first: &str, last: &str) -> String {
    let row = |number: u32, date: &str| {
        format!("{number},Ferry {number},{},{date}\n", "It sails again. ".repeat(60))
    };
    let rows: String = (0..1_000).map(|number| row(number, "03/04/2025")).collect();
    format!("id,headline,body,date\n{}{rows}{}", row(1_001, first), row(1_002, last))
}

fn gzipped(text: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_shows_how_dates_are_written_counts_for_all_of_a_file() {
    let room = Newsroom::with(&[
        ("day.csv", &long_table("05/06/2025", "25/12/2025")),
        ("month.csv", &long_table("05/06/2025", "12/25/2025")),
        ("both.csv", &long_table("12/25/2025", "25/12/2025")),
    ]);
    room.write("packed.csv.gz", gzipped(&long_table("25/12/2025", "05/06/2025")));
    let dates = |name: &str, of: &str| {
        let articles = room.run(&["parse", "--json", &format!("corpus/{name}")]).done().json_lines();
        assert_eq!(articles.len(), 1_002, "{name}");
        articles
            .iter()
            .filter(|article| article["date"]["value"].as_str() == Some(of) || article["date"] == of)
            .count()
    };
    assert_eq!(dates("day.csv", "2025-04-03"), 1_000);
    assert_eq!(dates("day.csv", "2025-06-05"), 1);
    assert_eq!(dates("month.csv", "2025-03-04"), 1_000);
    // Where it shows both, the language decides, here too for all.
    let both = (dates("both.csv", "2025-04-03"), dates("both.csv", "2025-03-04"));
    assert!(matches!(both, (0 | 1_000, 0 | 1_000)), "{both:?}");
    assert_eq!(dates("packed.csv.gz", "2025-04-03"), 1_000);
    assert_eq!(dates("packed.csv.gz", "2025-06-05"), 1);
}

#[test]
fn a_file_has_one_encoding() {
    let line = |number: u32, text: &str| {
        format!("{{\"id\":\"{number}\",\"headline\":\"{text}\",\"body\":\"{}\"}}\n", "ferry ".repeat(60))
    };
    // A single word tells little of its piece; the file as a whole tells enough.
    let mut text = line(0, "Мэр");
    (1..2_000).for_each(|number| text.push_str(&line(number, "Ferry")));
    let told = "Паром снова ходит между берегами реки, сообщил мэр города";
    (2_000..4_000)
        .for_each(|number| text.push_str(&line(number, if number < 3_000 { "Ferry" } else { told })));
    text.push_str(&line(4_000, "Мэр"));
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&text);
    let room = Newsroom::new();
    room.write("a.jsonl", bytes);
    let articles = room.run(&["parse", "--json", "corpus"]).done().json_lines();
    let headline = |at: usize| articles[at]["headline"].as_str().unwrap();
    assert_eq!(articles.len(), 4_001);
    assert_eq!([headline(0), headline(3_500), headline(4_000)], ["Мэр", told, "Мэр"]);
}
