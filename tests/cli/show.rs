//! `newsearch show`: one article, whole, with what a query finds in it marked.

use insta::assert_snapshot;

use crate::harness::{Newsroom, markdown};

fn room() -> Newsroom {
    Newsroom::indexed(&[
        (
            "a.json",
            "{\"id\": \"w-7\", \"headline\": \"Envoys sign the peace plan\", \"author\": \"Ana Sousa\", \"section\": \"World\", \
             \"date\": \"2025-12-02\", \"body\": \"The plan for peace was signed in Brod.\\n\\nIt rained all day long.\"}",
        ),
        ("b.md", &markdown("Rovers win", "Jo Ek", "Sport", "2024-05-01", "A late goal.")),
    ])
}

#[test]
fn an_article_is_shown_whole() {
    let run = room().run(&["show", "w-7"]).done().quiet();
    assert_snapshot!(run.stdout, @r"
    Envoys sign the peace plan
    Ana Sousa · World · 2 Dec 2025
    corpus/a.json  id w-7

    The plan for peace was signed in Brod.

    It rained all day long.
    ");
}

#[test]
fn a_query_is_marked_in_colour() {
    let room = room();
    let run = room.run(&["show", "w-7", "--query", "rained", "--color", "always"]).done();
    let shown = run.stdout.replace('\u{1b}', "^");
    assert!(shown.contains("It ^[0m^[1m^[33mrained^[0m^[0m all day long."), "{shown}");
    assert!(!shown.contains("^[33mEnvoys"), "{shown}");
    // What the query does not find is shown whole all the same.
    room.run(&["show", "w-7", "--query", "zebra"]).done().prints("It rained all day long.");
    let plain = room.run(&["show", "w-7", "--query", "rained"]).done();
    assert_eq!(plain.stdout, room.run(&["show", "w-7"]).done().stdout);
}

#[test]
fn json_is_what_parse_gives() {
    let room = room();
    let value = room.run(&["show", "w-7", "--json"]).done().json();
    assert_eq!(value["body"], "The plan for peace was signed in Brod.\n\nIt rained all day long.");
    assert_eq!(value, room.run(&["parse", "--json", "corpus/a.json"]).done().json());
}

#[test]
fn an_id_that_is_not_there_is_said() {
    let run = room().run(&["show", "w-8"]).fails();
    assert_snapshot!(run.stderr, @r"
    error: no article with the id `w-8`
    hint: ids are shown by `newsearch query --json` and under each hit
    ");
}
