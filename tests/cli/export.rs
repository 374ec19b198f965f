//! `newsearch export`: every format holds all that was found, a file is complete or not there, and what was
//! written is said.

use std::collections::BTreeSet;
use std::fs;

use crate::harness::{Newsroom, markdown};

/// Two papers' worth of floods, and one article of something else.
fn floods() -> Newsroom {
    let room = Newsroom::new();
    for number in 1..=7 {
        let date = format!("2025-03-0{number}");
        let body = format!("The flood reached mark {number}.\n\nNobody, \"they\" say, was hurt.");
        room.write(
            format!("{number}.md"),
            markdown(&format!("Flood {number}"), "Jo Ek", "World", &date, &body),
        );
    }
    room.write(
        "x.md",
        markdown("Truce", "Ana Roe", "Local", "2024-01-01", "A truce was signed at the mill."),
    );
    room.run(&["index", "corpus"]).done();
    room
}

#[test]
fn it_says_how_many_it_wrote_and_how_the_query_was_read() {
    let room = floods();
    let run = room.run(&["export", "flood", "mark"]).done();
    assert_eq!(run.stderr, "7 articles · read as: flood AND mark\n");
    let run = room.run(&["export", "flood", "--format", "paths", "--null"]).done();
    assert_eq!(run.stdout.split_terminator('\0').count(), 7);
    room.run(&["export", "voltarra", "flood"])
        .nothing()
        .says("0 articles · read as: voltarra AND flood")
        .says("voltarra: in no article")
        .says("flood: 7 articles")
        .says("searched 8 articles; 0 files could not be read");
}

#[test]
fn a_file_is_of_the_format_that_its_ending_says() {
    let room = floods();
    for (name, begins) in [
        ("a.csv", "rank,id,"),
        ("a.jsonl", "{\"format_version\":"),
        ("a.MD", "7 articles · read as"),
        ("a.ris", "TY  - NEWS"),
        ("a.bib", "@article{"),
        ("a.html", "<!doctype html>"),
        ("a.docx", "PK"),
        ("a.txt", "rank,id,"),
        ("a", "rank,id,"),
    ] {
        room.run(&["export", "flood", "-o", name]).done();
        let bytes = fs::read(room.path(name)).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()), "{name}");
    }
    for name in ["a.xlsx", "a.PDF", "a.odt"] {
        room.run(&["export", "flood", "-o", name]).fails().says("in no such format");
        assert!(!room.path(name).exists());
    }
    // What is said counts more.
    room.run(&["export", "flood", "-o", "b.md", "--format", "ids"]).done();
    assert_eq!(fs::read_to_string(room.path("b.md")).unwrap().lines().count(), 7);
    room.run(&["export", "flood", "-o", "b.csv", "--dossier"]).fails().says("a dossier is a document");
}

#[test]
fn a_file_is_complete_or_not_there() {
    let room = floods();
    room.run(&["export", "flood", "-o", "flood.csv"])
        .done()
        .prints("")
        .says("7 articles · into `flood.csv` · read as: flood");
    let file = room.path("flood.csv");
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written, room.run(&["export", "flood"]).done().stdout);
    // What is there stays.
    room.run(&["export", "truce", "-o", "flood.csv"]).fails().says("is there already").says("--force");
    assert_eq!(fs::read_to_string(&file).unwrap(), written);
    room.run(&["export", "truce", "-o", "flood.csv", "--force"]).done();
    assert!(fs::read_to_string(&file).unwrap().contains("Truce"));
    // Nothing found is no file, and leaves the one that is there.
    room.run(&["export", "voltarra", "-o", "none.csv"]).nothing().says("no file is written");
    assert!(!room.path("none.csv").exists());
    room.run(&["export", "flood", "-o", "nowhere/flood.csv"])
        .fails()
        .says("cannot write `nowhere/flood.csv`");
    room.run(&["export", "flood", "-o", "corpus", "--force"]).fails().says("is no plain file");
    assert_eq!(room.run(&["export", "flood", "-o", "-"]).done().stdout, written);
    let left: Vec<_> =
        fs::read_dir(room.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{left:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |name: &str| fs::metadata(room.path(name)).unwrap().permissions().mode();
        fs::write(room.path("plain"), "").unwrap();
        assert_eq!(mode("flood.csv"), mode("plain"));
    }
}

#[test]
fn columns_are_chosen_by_name_and_stand_in_that_order() {
    let room = floods();
    let words = ["export", "flood", "--sort", "oldest", "--columns", "date,headline,text,words,language"];
    let table = room.run(&words).done().stdout;
    assert!(
        table.starts_with(
            "date,headline,text,words,language\r\n\
             2025-03-01,Flood 1,\"The flood reached mark 1.\n\nNobody, \"\"they\"\" say, was hurt.\",10,\r\n"
        ),
        "{table}"
    );
    room.run(&["export", "flood", "--columns", "datum"]).fails().says("[possible values: rank, id,");
    room.run(&["export", "flood", "--columns", "date", "--format", "md"]).fails().says("add `--format csv`");
    // The usual ones can be asked for, too.
    let usual = room.run(&["export", "flood"]).done().stdout;
    let header = usual.lines().next().unwrap();
    assert_eq!(room.run(&["export", "flood", "--columns", header]).done().stdout, usual);
}

#[test]
fn every_format_holds_all_articles() {
    let room = floods();
    let ids: BTreeSet<String> =
        room.answer(&["flood", "-n", "20"]).ids().into_iter().map(str::to_owned).collect();
    let of = |format: &str| room.run(&["export", "flood", "--format", format]).done().stdout;
    assert_eq!(of("ids").lines().map(str::to_owned).collect::<BTreeSet<_>>(), ids);
    assert_eq!(of("ris").matches("\nER  -").count(), 7);
    assert_eq!(of("bibtex").matches("\n}").count(), 7);
    let items: serde_json::Value = serde_json::from_str(&of("csl-json")).unwrap();
    let items: BTreeSet<String> =
        items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(items, ids);
    let none = room.run(&["export", "zebra", "--format", "csl-json"]).nothing().stdout;
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&none).unwrap().len(), 0);
    // What cite says of one article is what the export says of it.
    let first = ids.first().unwrap();
    let cited = room.run(&["cite", first, "--style", "ris"]).done().stdout;
    assert!(of("ris").contains(cited.trim_end()));
}

#[test]
fn exports_that_lie_among_the_articles_are_not_read() {
    let room = floods();
    for (file, words) in [
        ("a.csv", &["--columns", "headline,text,date_precision"][..]),
        ("b.csv", &[]),
        ("c.jsonl", &["--format", "jsonl"]),
        ("d.md", &["--format", "md"]),
        ("e.ris", &["--format", "ris"]),
        ("f.bib", &["--format", "bibtex"]),
        ("g.json", &["--format", "csl-json"]),
        ("h.txt", &["--format", "ids"]),
        ("j.txt", &["--format", "ris"]),
        ("k.txt", &["--format", "bibtex"]),
    ] {
        let file = format!("corpus/{file}");
        room.run(&[&["export", "flood", "-o", &file], words].concat()).done();
    }
    room.run(&["index"]).done();
    assert_eq!(room.answer(&["*"]).total(), 8);
}
