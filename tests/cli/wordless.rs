//! Questions without words: what a filter leaves, or everything.

use crate::harness::{Newsroom, markdown, story};

fn paper() -> Newsroom {
    Newsroom::indexed(&[
        ("a.md", &markdown("Mill sold", "Nell Aske", "Local", "2025-01-02", "The mill was sold.")),
        ("b.md", &markdown("Ferry sails", "Nell Aske", "World", "2025-02-03", "The ferry sails.")),
        ("c.md", &markdown("Truce holds", "Ana Roe", "World", "2025-02-04", "The truce holds.")),
        ("d.txt", &story("Undated", "A mill, and nobody wrote down when.")),
    ])
}

#[test]
fn a_filter_is_a_question() {
    let room = paper();
    for (words, expected) in [
        (&["--author", "aske"][..], &["Ferry sails", "Mill sold"][..]),
        (&["--section", "World"], &["Truce holds", "Ferry sails"]),
        (&["--section", "World", "--not-author", "Roe"], &["Ferry sails"]),
        (&["--from", "2025-02"], &["Truce holds", "Ferry sails"]),
        (&["--section", "none"], &["Undated"]),
        (&["--dates", "none"], &["Undated"]),
        (&["*", "--section", "Local"], &["Mill sold"]),
        (&["", "--section", "Local"], &["Mill sold"]),
        (&["*"], &["Truce holds", "Ferry sails", "Mill sold", "Undated"]),
        (&["*:*"], &["Truce holds", "Ferry sails", "Mill sold", "Undated"]),
    ] {
        assert_eq!(room.headlines(words), expected, "{words:?}");
    }
    // What is not dated is said where days are asked for, and taken in where not.
    room.run(&["query", "--from", "2025-02"])
        .prints("2 articles · 1 more matches but has no date: --undated");
    room.run(&["query", "--author", "aske"]).prints("read as: author:aske\n");
    room.run(&["query", "*"]).prints("read as: *\n");
}

#[test]
fn nothing_at_all_says_what_to_type() {
    let room = paper();
    for words in [&["query"][..], &["query", ""], &["query", "-n", "3"], &["query", "--strict"]] {
        room.run(words)
            .fails()
            .says("there is nothing to search for")
            .says("`--section world`")
            .says("`'*'`");
    }
}

#[test]
fn all_other_commands_take_everything() {
    let room = paper();
    assert_eq!(room.run(&["export", "--format", "ids"]).done().stdout.lines().count(), 4);
    assert_eq!(room.run(&["export", "--author", "Roe", "--format", "ids"]).done().stdout.lines().count(), 1);
    assert_eq!(room.run(&["timeline", "--json"]).done().json()["total"], 4);
    assert_eq!(room.run(&["timeline", "--section", "World", "--json"]).done().json()["total"], 2);
    let first = room.run(&["first", "--author", "aske", "--json"]).done().json();
    assert_eq!(first["first"]["headline"], "Mill sold");
    assert_eq!(first["last"]["headline"], "Ferry sails");
    assert_eq!(room.run(&["first", "--json"]).done().json()["total"], 4);
}

#[test]
fn a_receipt_of_a_filter_can_be_verified() {
    let room = paper();
    room.run(&["query", "--section", "World", "--receipt", "world.json"]).done();
    room.run(&["verify-receipt", "world.json"]).done();
    room.run(&["query", "*", "--receipt", "all.json"]).done();
    room.write("e.md", markdown("Weir", "Nell Aske", "Local", "2025-03-01", "The weir broke."));
    room.run(&["index"]).done();
    room.run(&["verify-receipt", "world.json"]).done();
    room.run(&["verify-receipt", "all.json"]).nothing();
}

#[test]
fn days_are_taken_whole_from_both_sides() {
    let room = paper();
    for (words, expected) in [
        (&["--after", "2025-01"][..], &["Truce holds", "Ferry sails"][..]),
        (&["--after", "2025-02-03"], &["Truce holds"]),
        (&["--before", "2025-02"], &["Mill sold"]),
        (&["--before", "2025-02-04", "--since", "2025-02"], &["Ferry sails"]),
        (&["--until", "2025-02-03"], &["Ferry sails", "Mill sold"]),
    ] {
        assert_eq!(room.headlines(words), expected, "{words:?}");
    }
    room.run(&["query", "--after", "2025", "--from", "2024"]).fails().says("cannot be used with");
}
