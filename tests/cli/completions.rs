//! What a shell offers: options, their values, and what the archive holds.

use crate::harness::{Newsroom, Run, markdown};

fn room() -> Newsroom {
    let room = Newsroom::indexed(&[
        ("a.md", &markdown("Weir mended", "Sofia Brandvold", "World", "2025-03-01", "The weir holds.")),
        (
            "b.md",
            &markdown("Weir sold", "Sofia Brandvold", "Home affairs", "2025-03-02", "The weir was sold."),
        ),
        ("c.md", &markdown("Weir", "Søren O'Dowd", "world", "2025-03-03", "The weir.")),
    ]);
    room.run(&["query", "weir", "--sort", "oldest"]).done();
    room
}

/// What a shell is offered behind these words, the last of which is being typed.
fn offered(room: &Newsroom, shell: &str, words: &[&str]) -> Vec<String> {
    let mut command = room.newsearch();
    command.env("NEWSEARCH_COMPLETE", shell).env("_CLAP_IFS", "\n");
    command.env("_CLAP_COMPLETE_INDEX", words.len().to_string()).env("_CLAP_COMPLETE_COMP_TYPE", "9");
    command.args(["--", "newsearch"]).args(words);
    let run = Run::of(command).done().quiet();
    run.stdout.lines().map(|line| line.split(['\t']).next().unwrap().to_owned()).collect()
}

#[test]
fn options_and_their_values_are_offered() {
    let room = room();
    for shell in ["bash", "fish"] {
        assert!(offered(&room, shell, &["timel"]).contains(&"timeline".to_owned()), "{shell}");
        assert!(offered(&room, shell, &["query", "--not-se"]).contains(&"--not-section".to_owned()));
        let values = offered(&room, shell, &["timeline", "--split", ""]);
        assert_eq!(values, ["section", "author", "publication", "source"]);
    }
}

#[test]
fn names_of_the_archive_are_offered_the_commonest_first() {
    let room = room();
    let of = |shell: &str, words: &[&str]| offered(&room, shell, words);
    assert_eq!(of("fish", &["query", "--section", ""]), ["World", "Home affairs"]);
    assert_eq!(of("fish", &["export", "weir", "--not-section", "ho"]), ["Home affairs"]);
    assert_eq!(of("fish", &["timeline", "--author", "s"]), ["Sofia Brandvold", "Søren O'Dowd"]);
    assert_eq!(of("bash", &["query", "--author", "sof"]), ["Sofia\\ Brandvold"]);
    assert_eq!(of("bash", &["query", "--author", "Sofia\\ B"]), ["Sofia\\ Brandvold"]);
    assert_eq!(of("bash", &["query", "--author", "Sø"]), ["Søren\\ O\\'Dowd"]);
    assert_eq!(of("fish", &["query", "--source", ""]), ["corpus"]);
    let ids = room.answer(&["weir", "--sort", "oldest"]);
    assert_eq!(of("fish", &["show", ""])[..3], ids.ids()[..3]);
    assert_eq!(of("fish", &["cite", "x", &ids.ids()[1][..6]]), [ids.ids()[1]]);
}

#[test]
fn where_there_is_no_archive_nothing_of_it_is_offered() {
    let room = Newsroom::new();
    assert_eq!(offered(&room, "fish", &["query", "--section", ""]), Vec::<String>::new());
    assert_eq!(
        offered(&room, "fish", &["query", "--index", "nowhere", "--author", ""]),
        Vec::<String>::new()
    );
}

#[test]
fn each_shell_learns_how_to_ask() {
    let room = Newsroom::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        room.run(&["completions", shell]).done().quiet().prints("NEWSEARCH_COMPLETE");
    }
    room.run(&["completions", "tcsh"]).fails();
}
