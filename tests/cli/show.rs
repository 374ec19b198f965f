//! `newsearch show`: one article, whole, with what a query finds in it marked.

use insta::assert_snapshot;

use crate::harness::{Newsroom, Run, markdown, story};

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
    assert!(shown.contains("It ^[0m^[1m^[31mrained^[0m^[2m‹1›^[0m^[0m all day long."), "{shown}");
    assert!(!shown.contains("^[31mEnvoys"), "{shown}");
    // What the query does not find is shown whole all the same.
    room.run(&["show", "w-7", "--query", "zebra"]).done().prints("It rained all day long.");
    let plain = room.run(&["show", "w-7", "--query", "rained"]).done();
    assert_eq!(plain.stdout, room.run(&["show", "w-7"]).done().stdout);
}

#[test]
fn matches_are_counted_and_numbered() {
    let room = room();
    // Words of the byline count as those of headline and body do.
    let words = ["show", "w-7", "peace", "sousa", "signed", "--match", "3"];
    assert_snapshot!(room.run(&words).done().quiet().stdout, @r"
    Envoys sign‹1› the peace‹2› plan
    Ana Sousa‹3› · World · 2 Dec 2025
    corpus/a.json  id w-7
    5 matches

    The plan for peace‹4› was signed‹5› in Brod.

    …
    ");
    let run = room.run(&["show", "w-7", "rained", "--match", "1"]).done();
    run.prints("\nIt rained‹1› all day long.\n").prints("1 match\n");
    room.run(&["show", "w-7", "rained", "--match", "2"]).fails().says("no match 2: 1 match in this article");
    room.run(&["show", "w-7", "--match", "1"]).fails().says("hint: add the words");
    room.run(&["show", "w-7", "peace", "-zebra", "--match", "2"]).done().prints("for peace‹2› was");
}

#[test]
fn numbers_do_not_change_where_a_match_is_marked_over_lines() {
    let body =
        "A long sentence about the harbour that goes on and on until the width of the page is used up quite.";
    let room = Newsroom::indexed(&[("a.txt", &story("Harbour", body))]);
    let id = room.answer(&["harbour"]).ids()[0].to_owned();
    let phrase = "\"the width of the page is used up quite\"";
    let run = room.run(&["show", &id, phrase, "--color", "always"]).done();
    let shown = run.stdout.replace('\u{1b}', "^");
    assert!(
        shown
            .contains("^[1m^[31mthe width of the^[0m\n^[0m^[0m^[1m^[31mpage is used up quite^[0m^[2m‹1›^[0m"),
        "{shown}"
    );
}

#[test]
fn json_says_where_the_matches_are() {
    let room = room();
    let value = room.run(&["show", "w-7", "peace", "OR", "rained", "OR", "sousa", "--json"]).done().json();
    let matches = value["matches"].as_array().unwrap();
    let text = |at: usize| {
        let found = &matches[at];
        assert_eq!(found["number"], at as u64 + 1);
        let field = match found["field"].as_str().unwrap() {
            "author" => &value["authors"][found["author"].as_u64().unwrap() as usize],
            field => &value[field],
        };
        let (start, end) =
            (found["start"].as_u64().unwrap() as usize, found["end"].as_u64().unwrap() as usize);
        field.as_str().unwrap()[start..end].to_owned()
    };
    let texts: Vec<String> = (0..matches.len()).map(text).collect();
    assert_eq!(texts, ["peace", "Sousa", "peace", "rained"]);
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
    hint: type an id that stands under a hit, its number in the last answer, or its path
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
    assert_eq!(on_terminal("cat -n", "--no-pager"), plain);
    assert!(on_terminal("cat -n", "--pager 'nl -ba'").starts_with("     1\tEnvoys sign"));
    // Without colour, the numbers alone say where the matches are.
    assert!(on_terminal("cat", "rained").contains("It rained‹1› all day long."));
    // Who leaves before the end has read enough.
    assert_eq!(on_terminal("true", ""), "");
    let mut piped = room.newsearch();
    piped.env("PAGER", "cat -n").args(["show", "w-7"]);
    assert_eq!(Run::of(piped).done().stdout, plain);
}

#[cfg(target_os = "linux")]
#[test]
fn whatever_a_file_is_called_it_is_found_again() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::PermissionsExt as _;

    let room = Newsroom::new();
    let opener = room.path("bin/xdg-open");
    std::fs::create_dir(room.path("bin")).unwrap();
    std::fs::write(&opener, "#!/bin/sh\ncat \"$1\" >\"$HOME/opened\"\n").unwrap();
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).unwrap();
    let names: [&[u8]; 8] = [
        b"na\xefve.txt",
        b"line\nbreak.txt",
        b"esc\x1b[31m.txt",
        b"c1\xc2\x9b.txt",
        b"back\\slash.txt",
        b"a\\x41.txt",
        b"wow!/a.txt",
        b"\xff\xfe/plain.txt",
    ];
    for (number, name) in names.iter().enumerate() {
        room.write(OsStr::from_bytes(name), story(&format!("Ferry {number} sails"), "It sails from Lorne."));
    }
    room.run(&["index", "corpus"]).done();
    let answer = room.answer(&["ferry", "-n", "20"]);
    assert_eq!(answer.total(), names.len() as u64);
    for hit in answer.hits() {
        let (id, path) = (hit["id"].as_str().unwrap(), hit["path"].as_str().unwrap());
        assert!(!path.contains('\u{FFFD}') && !path.chars().any(char::is_control), "{path:?}");
        let mut command = room.newsearch();
        let path = format!("{}:{}", room.path("bin").display(), std::env::var("PATH").unwrap());
        command.args(["show", id, "--open"]).env("PATH", path);
        Run::of(command).done();
        let opened = std::fs::read_to_string(room.path("opened")).unwrap();
        assert!(opened.starts_with(hit["headline"].as_str().unwrap()), "{opened}");
    }
    // Read again, each is what it was; one that is gone leaves alone.
    room.run(&["index", "corpus"]).done().prints("8 unchanged");
    room.run(&["verify"]).done();
    std::fs::remove_file(room.path("corpus").join(OsStr::from_bytes(names[0]))).unwrap();
    room.run(&["index", "corpus", "--dry-run"]).done().prints("gone     corpus/na\\xefve.txt");
    room.run(&["index", "corpus"]).done().prints("1 gone");
    assert_eq!(room.answer(&["ferry"]).total(), names.len() as u64 - 1);
    let mut command = room.newsearch();
    command.args(["export", "ferry", "--format", "paths", "--null"]);
    let written = command.output().unwrap().stdout;
    let mut files: Vec<&[u8]> = written.split(|byte| *byte == 0).filter(|file| !file.is_empty()).collect();
    files.sort_unstable();
    let mut expected: Vec<Vec<u8>> = names[1..].iter().map(|name| [b"corpus/", *name].concat()).collect();
    expected.sort_unstable();
    assert_eq!(files, expected);
}
