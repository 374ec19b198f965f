//! What names an article goes on naming it.

use std::collections::BTreeMap;
use std::fs;

use crate::harness::{Newsroom, markdown, story};

/// Four articles, two of which lie under one name in sibling folders.
fn room() -> Newsroom {
    Newsroom::with(&[
        ("2023/mill.txt", &story("Old mill burns", "The mill by the river burnt down in the night.")),
        ("2024/mill.txt", &story("The mill is sold", "The mill by the river was sold for one crown.")),
        (
            "2024/ferry.md",
            &markdown("The ferry is back", "Ana Sousa", "Local", "2024-03-01", "It sails past the mill."),
        ),
        (
            "2024/feed.jsonl",
            "{\"id\":\"f-1\",\"headline\":\"Tram late\",\"body\":\"The tram at the mill was late.\"}\n",
        ),
    ])
}

/// Ids by headline.
fn ids(room: &Newsroom) -> BTreeMap<String, String> {
    let answer = room.answer(&["mill", "--copies", "all", "--limit", "100"]);
    answer
        .hits()
        .map(|hit| (hit["headline"].as_str().unwrap().to_owned(), hit["id"].as_str().unwrap().to_owned()))
        .collect()
}

fn from_nothing(room: &Newsroom, folders: &[&str]) {
    let _ = fs::remove_dir_all(room.index());
    room.run(&[&["index"], folders].concat()).done();
}

#[test]
fn what_was_noted_on_monday_holds_on_sunday() {
    let room = room();
    from_nothing(&room, &["corpus"]);
    let noted = ids(&room);
    assert_eq!(noted.len(), 4);
    room.run(&["query", "mill", "--receipt", "monday.json"]).done();
    let cited: Vec<String> = noted.values().map(|id| room.run(&["cite", id]).done().stdout).collect();
    let holds = |what: &str| {
        assert_eq!(ids(&room), noted, "{what}");
        room.run(&["verify-receipt", "monday.json"]).done().prints("unchanged");
        for (id, cited) in noted.values().zip(&cited) {
            assert_eq!(&room.run(&["cite", id]).done().stdout, cited, "{what}");
        }
    };
    // Tuesday: the desks one by one, in this order and in the other.
    from_nothing(&room, &["corpus/2023", "corpus/2024"]);
    holds("two folders");
    from_nothing(&room, &["corpus/2024", "corpus/2023"]);
    holds("the other way round");
    // Wednesday: the folder above takes them in.
    let run = room.run(&["index", "corpus"]).done();
    run.prints("corpus/2023` was a folder of its own, and is part of");
    let run = room.run(&["index", "corpus/2024"]).done();
    run.prints("corpus/2024` is part of").prints("which is in the index already");
    holds("the folder above");
    // Thursday: files are moved and renamed.
    fs::create_dir(room.path("corpus/old")).unwrap();
    fs::rename(room.path("corpus/2023/mill.txt"), room.path("corpus/old/the mill.txt")).unwrap();
    fs::rename(room.path("corpus/2024/feed.jsonl"), room.path("corpus/old/feed.jsonl")).unwrap();
    room.run(&["index", "corpus"]).done().prints("2 moved");
    holds("moved");
    // Friday: another machine, another folder.
    fs::rename(room.path("corpus"), room.path("drive")).unwrap();
    from_nothing(&room, &["drive"]);
    holds("elsewhere");
    // Saturday: made anew.
    room.run(&["index", "--rebuild", "--yes"]).done();
    holds("rebuilt");
    // Sunday: what lies in a folder that was not mounted yesterday.
    fs::rename(room.path("drive"), room.path("away")).unwrap();
    fs::create_dir(room.path("drive")).unwrap();
    room.run(&["index"]);
    fs::remove_dir(room.path("drive")).unwrap();
    fs::rename(room.path("away"), room.path("drive")).unwrap();
    room.run(&["index"]).done();
    holds("mounted again");
}

#[test]
fn parse_and_show_agree_on_the_id() {
    let room = room();
    from_nothing(&room, &["corpus"]);
    for name in ["2023/mill.txt", "2024/mill.txt", "2024/ferry.md", "2024/feed.jsonl"] {
        let parsed = room.run(&["parse", &format!("corpus/{name}"), "--json"]).done().json_lines();
        let id = parsed[0]["id"].as_str().unwrap().to_owned();
        room.run(&["show", &id]).done().prints(parsed[0]["headline"].as_str().unwrap());
    }
}

#[test]
fn the_same_text_in_two_places_and_one_id_for_two_texts() {
    let room = room();
    room.write("copy/mill.txt", fs::read(room.path("corpus/2023/mill.txt")).unwrap());
    room.write(
        "copy/feed.jsonl",
        "{\"id\":\"f-1\",\"headline\":\"Tram gone\",\"body\":\"The tram at the mill is no more.\"}\n",
    );
    from_nothing(&room, &["corpus"]);
    // The same text is no doubt; the same id for another text is.
    room.run(&["status", "--problems"])
        .done()
        .prints("another article has the id `f-1` too")
        .never_prints("mill.txt");
    let there = ids(&room);
    let (late, gone) = (&there["Tram late"], &there["Tram gone"]);
    assert_ne!(late, gone);
    // Whoever has it as it is, the id finds both, and each is found by its own.
    let both = room.run(&["show", "f-1"]).done();
    both.prints("Tram late").prints("Tram gone");
    let suffixed = [late, gone].into_iter().find(|id| id.starts_with("f-1~")).unwrap();
    let shown = room.run(&["show", suffixed]).done().stdout;
    assert_eq!(shown.matches("Tram ").count(), 1, "{shown}");
    assert_eq!(room.answer(&["id:f-1"]).total(), 2);
}

#[test]
fn an_id_made_of_the_path_is_still_understood() {
    let room = room();
    from_nothing(&room, &["corpus"]);
    // 64 bits of BLAKE3 of the path below the root, a zero and the record's number.
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"2023/mill.txt").update(&[0]).update(&1u32.to_le_bytes());
    let former = hasher.finalize().to_hex()[..16].to_owned();
    room.run(&["show", &former]).done().prints("Old mill burns");
    room.run(&["cite", &former]).done().prints("Old mill burns");
    assert_eq!(room.answer(&[&format!("id:{former}")]).total(), 1);
}
