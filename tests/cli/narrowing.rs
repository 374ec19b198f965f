//! Narrowing to files, to what was given to `index`, and to articles without an author or a section.

use std::path::Path;

use crate::harness::{Newsroom, markdown, story};

/// Two years in folders, and an archive.
fn years() -> Newsroom {
    let room = Newsroom::new();
    for name in ["a", "b", "c"] {
        room.write(format!("1996/{name}.txt"), story(&format!("Old {name}"), "The mill at Lorne was sold."));
        room.write(
            format!("1997/sub/{name}.md"),
            markdown(
                &format!("New {name}"),
                "Nell Aske",
                "Local",
                "1997-02-03",
                "The ferry at Ellery sails again.",
            ),
        );
    }
    room.run(&["index", "corpus"]).done();
    room
}

#[track_caller]
fn count(room: &Newsroom, words: &[&str]) -> u64 {
    room.answer(&[words, &["-n", "50"]].concat()).total()
}

#[test]
fn a_path_is_a_glob_or_a_piece_of_the_path() {
    let room = years();
    let root = room.path("corpus").canonicalize().unwrap();
    let absolute = format!("path:\"{}/**\"", root.display());
    for (query, expected) in [
        ("path:1996/*", 3),
        ("path:1997/sub/*", 3),
        ("path:sub/*", 3),
        ("path:1997/*", 0),
        ("path:1997/**", 3),
        ("path:1996", 3),
        ("path:corpus/1997/sub/a.md", 1),
        ("path:./corpus/1996/*", 3),
        ("path:*.MD", 3),
        ("path:*/1996/*", 3),
        ("path:(1996/a.* OR 1997/**)", 4),
        ("path:\"1996/a.txt\"", 1),
        ("path:1996/? OR path:1996/?.txt", 3),
        ("NOT path:1996/*", 3),
        ("mill path:1997/**", 0),
        ("mill path:1996/**", 3),
        (absolute.as_str(), 6),
        ("source:corpus", 6),
        ("source:corp", 0),
        ("section:none", 3),
        ("section:*", 3),
        ("author:none", 3),
        ("author:(none OR aske)", 6),
    ] {
        assert_eq!(count(&room, &[query]), expected, "{query}");
    }
    // What was found by a path is marked like all else.
    assert!(room.run(&["query", "ferry path:1997/**", "--json"]).done().stdout.contains("\"highlights\""));
}

#[test]
fn options_narrow_to_what_facets_count() {
    let room = years();
    room.write("../other/x.txt", story("Other", "The mill at Harrow was sold."));
    room.run(&["index", "other"]).done();
    for (words, expected) in [
        (&["sold", "--source", "other"][..], 1),
        (&["sold", "--source", "corpus"], 3),
        (&["sold", "--source", "corpus", "--source", "other"], 4),
        (&["sold", "--source", "elsewhere"], 0),
        (&["sold", "--section", "none"], 4),
        (&["ferry", "--section", "none"], 0),
        (&["ferry", "--not-author", "none"], 3),
    ] {
        assert_eq!(count(&room, words), expected, "{words:?}");
    }
}

#[test]
fn the_page_shows_paths_and_sources_that_the_sample_corpus_has() {
    let room = Newsroom::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus");
    room.run(&["index".as_ref(), sample.as_os_str()]).done();
    let page = include_str!("../../src/query/language.md");
    let mut rows = 0;
    for line in page.lines() {
        let Some(typed) = line.strip_prefix("| `").and_then(|line| line.split('`').next()) else { continue };
        if ["path:", "source:", "section:"].iter().any(|field| typed.starts_with(field))
            && !typed.contains(' ')
        {
            rows += 1;
            assert!(count(&room, &[typed]) > 0, "{typed}");
        }
    }
    assert!(rows > 4, "only {rows} rows");
    assert_eq!(count(&room, &["path:sample_corpus/world/2025/karvyn-rejects.md"]), 1);
}

#[test]
fn an_empty_answer_offers_paths_and_sources_that_are_there() {
    let room = years();
    room.write(
        "../letters/x.json",
        r#"{"headline":"Other","body":"The mill at Harrow.","publication":"Harrow Post"}"#,
    );
    room.run(&["index", "letters"]).done();
    for (typed, meant) in [
        ("path:1966/*", "`1996/*`"),
        ("path:1997/sup/a.md", "`1997/sub/a.md`"),
        ("path:1997/*", "`1997/**`"),
        ("path:CORPSU", "`corpus`"),
        ("source:leters", "`letters`"),
        ("source:reuters-1987", "`corpus` or `letters`"),
        ("source:\"Harrow Post\"", "`publication:\"Harrow Post\"`"),
    ] {
        let run = room.run(&["query", typed]);
        assert!(run.stdout.contains(&format!("did you mean {meant}?")), "{typed}: {}", run.stdout);
    }
    let run = room.run(&["query", "path:elsewhere/**"]);
    assert!(!run.stdout.contains("did you mean"), "{}", run.stdout);
}
