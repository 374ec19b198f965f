//! Why nothing was found: said in one way by every command that can find nothing.

use std::fs;

use crate::harness::{Newsroom, markdown};

fn room() -> Newsroom {
    let room = Newsroom::with(&[
        ("a.md", &markdown("Mill sold", "Nell Aske", "Local", "2025-01-02", "The mill at Lorne was sold.")),
        ("b.md", &markdown("Bribes", "Ana Roe", "World", "2025-02-03", "Bribes were paid at Lorne.")),
    ]);
    room.write("cut.pdf", b"%PDF-1.4\nnothing more");
    room.run(&["index", "corpus"]).done();
    room
}

const SAID: [&str; 3] = [
    "lorne: 2 articles",
    "brives: in no article; did you mean `bribes`?",
    "searched 2 articles; 1 file could not be read",
];

#[test]
fn every_command_says_it_to_people() {
    let room = room();
    for words in [
        &["query", "lorne brives", "--no-correct"][..],
        &["query", "lorne brives", "--no-correct", "--facets"],
        &["first", "lorne brives"],
        &["timeline", "lorne brives"],
    ] {
        let run = room.run(words).nothing();
        SAID.iter().for_each(|said| assert!(run.stdout.contains(said), "{words:?}: {}", run.stdout));
    }
    for words in [
        &["query", "lorne brives", "--no-correct", "--format", "csv"][..],
        &["query", "lorne brives", "--no-correct", "--format", "jsonl"],
        &["query", "lorne brives", "--no-correct", "--format", "md"],
        &["timeline", "lorne brives", "--format", "csv"],
        &["timeline", "lorne brives", "--format", "svg"],
        &["export", "lorne brives"],
    ] {
        let run = room.run(words).nothing();
        SAID.iter().for_each(|said| assert!(run.stderr.contains(said), "{words:?}: {}", run.stderr));
    }
    fs::write(room.path("queries.txt"), "lorne brives\nmill\n").unwrap();
    let run = room.run(&["batch", "queries.txt"]).done();
    SAID.iter().for_each(|said| assert!(run.stdout.contains(said), "{}", run.stdout));
}

#[test]
fn every_command_has_one_shape_for_programs() {
    let room = room();
    fs::write(room.path("queries.txt"), "lorne brives\nmill\n").unwrap();
    let query = room.run(&["query", "lorne brives", "--no-correct", "--json"]).nothing().json();
    let expected = &query["nothing_found"];
    assert_eq!(expected["clauses"][1]["did_you_mean"][0], "bribes");
    assert_eq!(expected["searched"], 2);
    assert_eq!(expected["unreadable"], 1);
    for words in [&["first", "lorne brives", "--json"][..], &["timeline", "lorne brives", "--json"]] {
        assert_eq!(&room.run(words).nothing().json()["nothing_found"], expected, "{words:?}");
    }
    let lines = room.run(&["batch", "queries.txt", "--json"]).done().json_lines();
    assert_eq!(&lines[0]["nothing_found"], expected);
    assert!(lines[1]["nothing_found"].is_null());
    assert!(room.run(&["first", "mill", "--json"]).done().json()["nothing_found"].is_null());
}

#[test]
fn an_initial_is_a_letter() {
    let room = Newsroom::indexed(&[(
        "a.md",
        &markdown("Weir", "Sofia Brandvold", "World", "2025-01-01", "The weir."),
    )]);
    room.run(&["query", "author:\"S. Brandvold\""])
        .nothing()
        .prints("author:S: in no article")
        .never_prints("\\");
}

#[test]
fn all_that_was_not_read_is_counted() {
    let room = Newsroom::with(&[(
        "a.md",
        &markdown("Mill sold", "Nell Aske", "Local", "2025-01-02", "The mill was sold."),
    )]);
    let noise = b"\x81\x02\xfe\x00\x13\x99\x00\x00\xe5\x07\x01";
    for name in ["cut.pdf", "cut.docx", "cut.zip", "cut.gz", "cut.eml", "cut.odt"] {
        room.write(name, noise);
    }
    room.write("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more");
    room.write("sums.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more");
    room.write("map.png", b"\x89PNG\r\n\x1a\n....");
    room.run(&["index", "corpus"]).done().prints("6 could not be read");
    room.run(&["query", "bribery"]).nothing().prints(
        "searched 1 article; 6 files could not be read, nor 2 documents of formats that are not read",
    );
    let nothing = &room.run(&["first", "bribery", "--json"]).nothing().json()["nothing_found"];
    assert_eq!((&nothing["unreadable"], &nothing["documents_not_read"]), (&6.into(), &2.into()));
}
