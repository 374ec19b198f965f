//! `newsearch show`: one article, whole, with what a query finds in it marked.

use insta::assert_snapshot;

use crate::harness::{Newsroom, Run, markdown};

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

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_the_pager_and_a_pipe_does_not() {
    let room = room();
    if room.in_home("script").arg("--version").output().is_err() {
        return; // Only `script` makes a terminal without more ado.
    }
    let on_terminal = |pager: &str, words: &str| {
        let mut command = room.in_home("script");
        let line = format!("{} --color never show w-7 {words}", env!("CARGO_BIN_EXE_newsearch"));
        command.env("PAGER", pager).args(["-qec", &line, "/dev/null"]);
        Run::of(command).done().stdout.replace('\r', "")
    };
    let plain = room.run(&["show", "w-7"]).done().stdout;
    assert!(on_terminal("cat -n", "").starts_with("     1\tEnvoys sign"));
    assert_eq!(on_terminal("", ""), plain);
    assert_eq!(on_terminal("no-such-pager", ""), plain);
    assert!(on_terminal("cat -n", "--json").starts_with('{'));
    let mut piped = room.newsearch();
    piped.env("PAGER", "cat -n").args(["show", "w-7"]);
    assert_eq!(Run::of(piped).done().stdout, plain);
}
