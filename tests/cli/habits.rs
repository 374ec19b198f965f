//! What people who come from other programs type, and what they get: the same as for our own words for it.

use std::fs;

use crate::harness::{Newsroom, markdown, story};

fn room() -> Newsroom {
    Newsroom::indexed(&[
        (
            "world/plan.md",
            &markdown("Peace plan", "Ana Roe", "World", "2025-01-02", "A peace plan for Lorne."),
        ),
        ("world/war.md", &markdown("War", "Nell Aske", "World", "2025-02-03", "No peace, war.")),
        ("local/mill.txt", &story("Mill", "Peace at the mill of Ellery, and nobody wrote down when.")),
    ])
}

#[test]
fn one_command_by_the_names_of_others() {
    let room = room();
    for (typed, ours) in [
        (&["search", "peace"][..], &["query", "peace"][..]),
        (&["find", "peace"], &["query", "peace"]),
        (&["grep", "peace"], &["query", "peace"]),
        (&["query", "peace", "-s", "newest"], &["query", "peace", "--sort", "newest"]),
        (&["query", "peace", "-f", "csv"], &["query", "peace", "--format", "csv"]),
        (&["query", "peace", "--since", "2025-02"], &["query", "peace", "--from", "2025-02"]),
        (&["query", "peace", "--until", "2025-01"], &["query", "peace", "--to", "2025-01"]),
        (&["query", "peace", "--before", "2025-02"], &["query", "peace", "--to", "2025-01-31"]),
        (&["query", "peace", "--after", "2025-01"], &["query", "peace", "--from", "2025-02"]),
        (&["query", "*:*"], &["query", "*"]),
        (&["stats"], &["status"]),
        (&["info"], &["status"]),
        (&["bylines"], &["authors"]),
        (&["papers"], &["publications"]),
        (&["kwic", "peace"], &["mentions", "peace"]),
        (&["export", "peace", "-f", "paths", "-0"], &["export", "peace", "--format", "paths", "--null"]),
        (&["analyze", "Lorne", "--json"], &["analyze", "--json", "Lorne"]),
    ] {
        let (typed, ours) = (room.run(typed), room.run(ours));
        assert_eq!((typed.code, typed.stdout), (ours.code, ours.stdout));
    }
    room.run(&["update"]).done().prints("holds 3 articles");
    room.run(&["rm", "corpus"]).done();
    room.run(&["query", "peace"]).nothing();
}

#[test]
fn a_lone_hyphen_is_standard_input() {
    let room = room();
    assert_eq!(
        room.given("peace\nplan\n", &["query", "-"]).done().stdout,
        room.run(&["query", "peace plan"]).stdout
    );
    room.given("", &["query", "-"]).fails().says("there is nothing to search for");
    let page = fs::read_to_string(room.path("corpus/world/plan.md")).unwrap();
    let parsed = room.given(&page, &["parse", "-", "--json"]).done().json();
    assert_eq!((&parsed["headline"], &parsed["path"]), (&"Peace plan".into(), &"-".into()));
    room.given("", &["parse", "-"]).nothing().says("`-`: the file is empty");
    let ids = room.run(&["export", "peace", "-f", "ids"]).done().stdout;
    assert_eq!(room.given(&ids, &["show", "-"]).done().stdout.matches("corpus/").count(), 3);
    assert_eq!(room.given(&ids, &["cite", "-"]).done().stdout.matches("Peace plan.").count(), 1);
    let batch = room.given("peace\nplan\n", &["batch", "-"]).done().stdout;
    assert!(batch.contains("3  peace") && batch.contains("1  plan"), "{batch}");
}

#[test]
fn options_that_are_none_are_told_and_never_left_out_words() {
    let room = room();
    for words in [
        &["query", "-i", "peace"][..],
        &["query", "-v", "peace"],
        &["query", "peace", "-l", "3"],
        &["export", "peace", "-z", "x"],
        &["timeline", "peace", "-m"],
        &["mentions", "peace", "-A", "3"],
        &["authors", "-x"],
        &["show", "1", "-p"],
    ] {
        room.run(words).fails().says("there is no option `-").says("to leave out the word, write `NOT ");
    }
    room.run(&["peace", "plan"]).fails().says("to search: `newsearch query peace plan`");
    room.run(&["qurey", "peace"]).fails().says("did you mean `newsearch query peace`?");
}

#[test]
fn a_run_can_be_silent_or_read_by_programs() {
    let room = room();
    room.write("bad.pdf", "%PDF-1.4 cut");
    room.write("new.txt", story("New", "A new story of peace."));
    let plan = room.run(&["index", "--dry-run", "--json"]).done().json();
    assert_eq!(plan["new"].as_array().unwrap().len(), 2, "{plan}");
    let run = room.run(&["index", "--json"]).done().quiet().json();
    for (key, number) in [("files_read", 2), ("files_unchanged", 3), ("articles", 4), ("unreadable", 1)] {
        assert_eq!(run[key], number, "{key}: {run}");
    }
    room.run(&["index", "-q"]).done().prints("").quiet();
    assert_eq!(room.run(&["index", "-q"]).done().stdout, "");
    room.run(&["index", "-q", "nowhere"]).fails();
}

#[test]
fn manual_pages_have_the_sections_that_such_pages_have() {
    let room = room();
    room.run(&["man", "pages"]).done();
    let page = |name: &str| fs::read_to_string(room.path(&format!("pages/{name}.1"))).unwrap();
    for name in ["newsearch", "newsearch-query", "newsearch-index", "newsearch-export"] {
        let page = page(name);
        for section in [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "EXAMPLES",
            "\"EXIT STATUS\"",
            "ENVIRONMENT",
            "FILES",
        ] {
            let is_there = page.contains(&format!(".SH {section}\n"));
            let quoted = page.contains(&format!(".SH \"{section}\"\n"));
            // The program itself has neither examples nor an exit status of its own.
            let of_commands = name == "newsearch" && (section == "EXAMPLES" || section.contains("EXIT"));
            assert!(is_there || quoted || of_commands, "{name}: {section}");
        }
        assert!(!page.contains(".SH EXTRA"), "{name}");
    }
    assert!(page("newsearch-query").contains("No articles by this author"));
    assert!(page("newsearch-query").contains("newsearch query [OPTIONS] [WORDS]..."));
    assert!(page("newsearch").contains("\\fBnewsearch\\-query\\fR(1)"));
    assert!(page("newsearch-query").contains("\\fBnewsearch\\fR(1)"));
    // Tables stand as they stand.
    let language = page("newsearch-query");
    let at = language.find("THE QUERY LANGUAGE").unwrap();
    assert!(language[at..].starts_with("THE QUERY LANGUAGE\"\n.nf\n"));
}

#[test]
fn help_has_topics_besides_commands() {
    let room = room();
    for (topic, said) in [
        ("language", "The query language\n"),
        ("dates", "guess"),
        ("formats", "NITF"),
        ("configuration", "config.toml"),
        ("keeping", "--watch"),
        ("programs", "Exit status"),
    ] {
        let run = room.run(&["help", topic]).done().quiet();
        assert!(run.stdout.contains(said), "{topic}: {run}");
        assert!(!run.stdout.contains("]("), "{topic}: {run}");
        room.run(&["--help"]).done().prints(topic);
    }
    room.run(&["help", "query"]).done().prints("Which articles:");
    room.run(&["help", "zebra"]).fails();
}
