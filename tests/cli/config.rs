//! The configuration file: what it sets, what goes before it, and what is said of a wrong one.

use insta::assert_snapshot;

use serde_json::Value;

use crate::harness::{Newsroom, Run, story};

fn room() -> Newsroom {
    Newsroom::indexed(&[
        ("a.txt", &story("Ferry sails", "The ferry sailed at noon.")),
        ("b.txt", &story("Ferry late", "The ferry was late.")),
        ("c.txt", &story("Ferry sunk", "The ferry sank.")),
    ])
}

fn shown(room: &Newsroom, words: &[&str]) -> usize {
    room.answer(&[&["ferry"], words].concat()).hits().count()
}

#[test]
fn settings_are_defaults_and_words_go_before_them() {
    let room = room();
    assert_eq!(shown(&room, &[]), 3);
    room.configure("limit = 1\n");
    assert_eq!(shown(&room, &[]), 1);
    assert_eq!(shown(&room, &["-n", "2"]), 2);
    assert_eq!(shown(&room, &["--no-config"]), 3);
    // The command's own table goes before what goes for all.
    room.configure("limit = 1\n[query]\nlimit = 2\n");
    assert_eq!(shown(&room, &[]), 2);
    room.run(&["query", "--help"]).done().prints("[default: 2]");
}

#[test]
fn flags_can_be_switched_off_again() {
    let room = room();
    room.configure("[query]\nfacets = true\n");
    let facets = |words: &[&str]| {
        let run = room.run(&[&["query", "ferry", "-n", "0", "--json"], words].concat()).done();
        run.json()["facets"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(facets(&[]), 6);
    assert_eq!(facets(&["--facets"]), 6);
    assert_eq!(facets(&["--facets=false"]), 0);
    // What is typed goes before a setting that contradicts it.
    assert_eq!(facets(&["--facet", "year"]), 1);
    room.configure("[query]\nfacet = [\"year\", \"section\"]\nformat = \"csv\"\n");
    assert_eq!(facets(&[]), 2);
    assert_eq!(facets(&["--facets"]), 6);
    room.configure("color = \"always\"\n");
    assert!(room.run(&["query", "ferry"]).done().stdout.contains('\u{1b}'));
    assert!(room.run(&["--help"]).done().stdout.contains('\u{1b}'));
    assert!(!room.run(&["query", "ferry", "--color", "never"]).done().stdout.contains('\u{1b}'));
}

#[test]
fn the_environment_goes_before_the_file_and_paths_count_from_it() {
    let room = room();
    room.configure("index = \"~/data/newsearch\"\n");
    let run = |set: &[(&str, &str)], words: &[&str]| {
        let mut command = room.newsearch();
        command.env_remove("XDG_DATA_HOME").envs(set.iter().copied()).args(words);
        Run::of(command)
    };
    run(&[], &["status"]).done().prints("articles   3");
    run(&[("NEWSEARCH_INDEX", "nowhere")], &["status"]).fails().says("no index found at `nowhere`");
    room.configure("index = \"../../data/newsearch\"\n");
    run(&[], &["status"]).done().prints("articles   3");
    std::fs::write(room.path("other.toml"), "index = \"gone\"\n").unwrap();
    run(&[("NEWSEARCH_CONFIG", "other.toml")], &["status"]).fails().says("no index found at `gone`");
    run(&[("NEWSEARCH_CONFIG", "other.toml")], &["status", "--no-config", "--index", "data/newsearch"])
        .done();
    run(&[("XDG_CONFIG_HOME", "/nowhere")], &["config"])
        .done()
        .prints("# no file at /nowhere/newsearch/config.toml");
}

#[test]
fn a_wrong_file_is_said_with_its_line() {
    let room = room();
    let said = |text: &str| {
        room.configure(text);
        room.same(&room.run(&["query", "ferry"]).fails().stderr)
    };
    assert_snapshot!(said("\nlimt = 3\n"), @r"
    error: `~/.config/newsearch/config.toml` line 2: there is no setting `limt`
    hint: did you mean `limit`?
    ");
    assert_snapshot!(said("[query]\nlimit = \"few\"\n"), @r"
    error: `~/.config/newsearch/config.toml` line 2: invalid value 'few' for '--limit <N>': not a whole number of 0 or more
    hint: `newsearch config --example` shows what can be set
    ");
    assert_snapshot!(said("[qury]\n"), @r"
    error: `~/.config/newsearch/config.toml` line 1: there is nothing to set for `[qury]`
    hint: did you mean `query`?
    ");
    assert_snapshot!(said("[query]\nfacets = 1\n"), @r"
    error: `~/.config/newsearch/config.toml` line 2: `facets` is either true or false
    hint: `newsearch config --example` shows what can be set
    ");
    for (text, message) in [
        ("limit = [1, 2]", "line 1: `limit` is one value"),
        ("limit = true", "line 1: `limit` cannot be a boolean"),
        ("limit = 1\nlimit = 2", "line 2: duplicate key"),
        ("a = \"", "line 1: "),
        ("[query]\nsection = \"world\"", "line 2: there is no setting `section` in `[query]`"),
        (
            "[query]\npublication = \"Ellery Courier\"",
            "line 2: there is no setting `publication` in `[query]`",
        ),
        ("[index]\npublication = \"Ellery Courier\"", "line 1: there is nothing to set for `[index]`"),
        ("[config]\nformat = \"json\"", "line 1: there is nothing to set for `[config]`"),
    ] {
        let said = said(text);
        assert!(said.contains(message), "{said}");
    }
    // It is in nobody's way who asks for help.
    room.run(&["--help"]).done();
    room.run(&["config", "--example"]).done();
    room.run(&["query", "ferry", "--config", "gone.toml"])
        .fails()
        .says("`gone.toml`: no such file or folder");
}

#[test]
fn each_setting_says_where_it_is_from() {
    let room = room();
    room.configure("limit = 5\n[query]\nsort = \"newest\"\n");
    let value = room.run(&["config", "--json", "--color", "never"]).done().json();
    let from = |command: Option<&str>, name: &str| {
        let all = value["settings"].as_array().unwrap();
        let found = all.iter().find(|s| s["command"].as_str() == command && s["name"] == name).unwrap();
        (found["value"].clone(), found["from"].as_str().unwrap().to_owned())
    };
    let pair = |value: &str, from: &str| (Value::from(value), from.to_owned());
    assert_eq!(from(None, "color"), pair("never", "flag"));
    assert_eq!(from(Some("query"), "limit"), (5.into(), "file".to_owned()));
    assert_eq!(from(Some("query"), "sort"), pair("newest", "file"));
    assert_eq!(from(Some("export"), "sort"), pair("relevance", "default"));
    room.run(&["config"]).done().prints("sort         newest     line 3");
}

#[test]
fn all_of_the_example_can_be_set() {
    let room = room();
    let example = room.run(&["config", "--example"]).done().stdout;
    let set = |line: &str| match line.strip_prefix("# ").filter(|line| line.contains(" = ")) {
        Some(setting) => format!("{setting}\n"),
        None => format!("{line}\n"),
    };
    let all: String = example.lines().map(set).collect();
    assert!(all.lines().filter(|line| line.contains(" = ")).count() > 20, "{all}");
    room.configure(&all);
    room.run(&["config"]).done().quiet();
}

#[test]
fn paths_are_links_where_they_are_wanted() {
    let room = Newsroom::new();
    room.write("a b/ö.txt", story("Ferry sails", "The ferry sailed."));
    room.run(&["index", "corpus"]).done();
    let run = room.run(&["query", "ferry", "--hyperlinks", "always", "--color", "never"]).done();
    let home = room.path("corpus").canonicalize().unwrap();
    let address = format!("{}/a%20b/%C3%B6.txt\u{1b}\\", home.to_str().unwrap());
    assert!(run.stdout.contains("\u{1b}]8;;file://"), "{run}");
    assert!(run.stdout.contains(&address), "{run}");
    assert!(run.stdout.contains("corpus/a b/ö.txt\u{1b}]8;;\u{1b}\\  id "), "{run}");
    assert!(!room.run(&["query", "ferry"]).done().stdout.contains('\u{1b}'));
}

#[test]
fn a_number_is_no_folder() {
    let room = Newsroom::new();
    room.configure("index = 3\n");
    room.run(&["status"]).fails().says("`index` cannot be an integer");
    room.configure("[query]\nlimit = 5\n");
    room.run(&["config"]).done().prints("5");
}
