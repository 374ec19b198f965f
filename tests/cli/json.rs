//! What programs read: `docs/json.md` lists every key, and no object lacks one of its keys.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::harness::Newsroom;

/// Keys that are values of people's, not of ours: none so far.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

/// A room in which every command has something to say.
pub fn room() -> Newsroom {
    let room = Newsroom::with(&[
        (
            "world/a.md",
            "---\ntitle: Voltara sues\nauthor: Sofia Brandvold\ndate: 2025-03-01T07:00:00+01:00\nurl: https://courier.example/1\n---\nELLERY, March 1 – Voltara sues over the weir. The weir is closed.\n",
        ),
        (
            "world/b.md",
            "---\ntitle: Voltara sues again\nauthor: S. Brandvold\ndate: 2025-03-20\n---\nVoltara sues over the bridge, as it did over the weir. The bridge stays open for now.\n",
        ),
        (
            "world/copy.md",
            "---\ntitle: Voltara sues again\nauthor: S. Brandvold\ndate: 2025-03-21\n---\nVoltara sues over the bridge, as it did over the weir. The bridge stays open for now.\n",
        ),
        ("local/c.md", "---\ntitle: Undated\n---\nThe weir, without a date.\n"),
        ("local/d.md", "---\ntitle: Only the year\ndate: 2024\n---\nThe weir in that year, generally low.\n"),
        ("gone.txt", "Gone\n\nThis file of the general will go.\n"),
        ("moved.txt", "Moved\n\nThis file will move to another place.\n"),
        ("photo.jpg", "no photo"),
        ("queries.csv", "name,query\nsuit,voltara\nwrong,\"a NEAR/x (\"\n"),
        ("topics.tsv", "1\tweir\n2\tvoltara bridge\n"),
    ]);
    room.run(&["index", "corpus", "--publication", "Ellery Courier"]).done();
    room
}

/// The answers of all commands, by what was typed.
pub fn answers(room: &Newsroom) -> Vec<(String, Value)> {
    let id = room.answer(&["bridge", "--copies", "all"]).0["hits"][0]["id"].as_str().unwrap().to_owned();
    fs::write(room.path("qrels.txt"), format!("1 0 {id} 1\n2 0 {id} 2\n")).unwrap();
    room.run(&["query", "weir", "--receipt", "receipt.json"]).done();
    room.run(&["eval", "--topics", "corpus/topics.tsv", "--qrels", "qrels.txt", "--run", "run.txt"]).done();
    fs::remove_file(room.path("corpus/gone.txt")).unwrap();
    fs::rename(room.path("corpus/moved.txt"), room.path("corpus/world/moved.txt")).unwrap();
    let mut found = Vec::new();
    let commands = [
        "query weir --json --facets --explain",
        "query voltarra weir --json",
        "query general --json",
        "query voltarra --no-correct --json",
        "query zzqq weir --json",
        "query --any which-weir-is-closed --json",
        "query bridge --format jsonl",
        "query bridge --sort newest --json",
        "query voltara --from 2025 --json",
        "batch corpus/queries.csv --json",
        "first weir --json",
        "first zzqq --json",
        "timeline weir --json",
        "timeline weir --with voltara --with zzqq --json",
        "timeline weir --split author --json",
        "timeline zzqq --json",
        "authors --json",
        "sections zzqq --json",
        "publications --json",
        "export weir --format jsonl",
        "mentions weir --json",
        "related ID --json",
        "show ID bridge --json",
        "show ID --json",
        "parse corpus/world/a.md --json",
        "analyze bridges --json",
        "verify-receipt receipt.json --json",
        "eval --topics corpus/topics.tsv --qrels qrels.txt --compare run.txt --json",
        "index --dry-run --json",
        "index --json",
        "status --json",
        "status --problems --json",
        "config --json",
        "verify --json",
        "optimize --json",
        "forget corpus --json",
    ];
    for command in commands {
        let words: Vec<&str> = command.split(' ').map(|word| if word == "ID" { &id } else { word }).collect();
        let run = room.run(&words);
        let lines = run.json_lines();
        assert!(!lines.is_empty(), "{command}\n{run}");
        found.extend(lines.into_iter().map(|value| (command.to_owned(), value)));
    }
    found
}

#[test]
fn the_page_lists_every_key_and_no_other() {
    let room = room();
    let mut found = BTreeSet::new();
    for (command, value) in answers(&room) {
        let first = value.as_object().and_then(|object| object.iter().next());
        assert_eq!(
            first.map(|(key, value)| (key.as_str(), value.as_u64())),
            Some(("format_version", Some(2))),
            "{command}"
        );
        keys(&value, &mut found);
    }
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/json.md")).unwrap();
    let ticked: BTreeSet<String> = page.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let missing: Vec<&String> = found.difference(&ticked).collect();
    assert!(missing.is_empty(), "docs/json.md lacks {missing:?}");
    // What is a key by its look.
    let is_key = |text: &&String| {
        text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit())
    };
    let words = [
        "exact",
        "at_least",
        "about",
        "minute",
        "day",
        "month",
        "year",
        "week",
        "approximate",
        "jsonl",
        "null",
        "query",
        "batch",
        "first",
        "timeline",
        "authors",
        "sections",
        "publications",
        "index",
        "status",
        "verify",
        "optimize",
        "forget",
        "analyze",
        "config",
        "eval",
        "show",
        "parse",
        "mentions",
        "export",
        "related",
        "2025",
    ];
    let unknown: Vec<&String> = ticked
        .iter()
        .filter(is_key)
        .filter(|key| !found.contains(*key) && !words.contains(&key.as_str()))
        .collect();
    assert!(unknown.is_empty(), "docs/json.md has {unknown:?}, which no command prints");
}

/// The keys of each object, by where it stands in the answer of a command.
fn shapes(at: &str, value: &Value, found: &mut BTreeMap<String, BTreeSet<Vec<String>>>) {
    match value {
        Value::Object(object) => {
            let keys = object.keys().cloned().collect();
            found.entry(at.to_owned()).or_default().insert(keys);
            object.iter().for_each(|(key, value)| shapes(&format!("{at}.{key}"), value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| shapes(&format!("{at}[]"), value, found)),
        _ => {}
    }
}

#[test]
fn an_object_has_the_same_keys_whatever_it_says() {
    let mut found = BTreeMap::new();
    for (command, value) in answers(&room()) {
        let name =
            if command.contains("--problems") || command.contains("--dry-run") || command.contains("jsonl") {
                command.as_str()
            } else {
                command.split(' ').next().unwrap()
            };
        shapes(name, &value, &mut found);
    }
    for (place, shapes) in &found {
        assert_eq!(shapes.len(), 1, "{place}: {shapes:?}");
    }
    // A hit is a hit, and an article is an article, wherever it stands.
    let hit = |place: &str| {
        found[place]
            .first()
            .unwrap()
            .iter()
            .filter(|key| !["format_version", "body"].contains(&key.as_str()))
            .collect::<Vec<_>>()
    };
    for place in [
        "batch.hits[]",
        "first.first",
        "related.story[]",
        "query bridge --format jsonl",
        "export weir --format jsonl",
    ] {
        assert_eq!(hit(place), hit("query.hits[]"), "{place}");
    }
    assert_eq!(hit("show"), hit("parse"));
}

#[test]
fn paths_are_whole_and_what_is_not_known_is_null() {
    let room = room();
    let root = room.path("corpus").canonicalize().unwrap().display().to_string();
    let mut paths = 0;
    for (command, value) in answers(&room) {
        let mut check = |value: &Value| {
            if let Some(path) = value["path"].as_str() {
                paths += 1;
                assert!(path.starts_with(&root), "{command}: {path}");
            }
        };
        check(&value);
        value["hits"].as_array().into_iter().flatten().for_each(&mut check);
        value["roots"].as_array().into_iter().flatten().for_each(&mut check);
    }
    assert!(paths > 20, "{paths}");
    let room = Newsroom::indexed(&[("a.json", r#"{"body": "The weir broke at night, and nobody saw it."}"#)]);
    let hit = room.answer(&["weir", "--sort", "newest"]).0["hits"][0].clone();
    for key in ["headline", "section", "publication", "url", "date", "date_precision", "score"] {
        assert_eq!(hit[key], Value::Null, "{key}: {hit}");
    }
    let settings = room.run(&["config", "--json"]).done().json()["settings"].as_array().unwrap().clone();
    let of = |command: &str, name: &str| {
        settings.iter().find(|s| s["command"] == command && s["name"] == name).unwrap()["value"].clone()
    };
    assert_eq!(
        (of("query", "limit"), of("query", "recent"), of("query", "format")),
        (10.into(), false.into(), "text".into())
    );
}
