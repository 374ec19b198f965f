//! `newsearch query`: what is found, in which order, and how it is shown to people and to programs.

use std::io::Read as _;
use std::process::Stdio;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::{Newsroom, Run, markdown, story};

/// Four articles about a plan, one of them undated.
fn archive() -> Newsroom {
    let plan = "The peace plan was signed in Brod on Tuesday. The war may end.";
    Newsroom::indexed(&[
        ("world/plan.md", &markdown("Envoys sign in Brod", "Ana Sousa", "World", "2025-12-02", plan)),
        (
            "sport/cup.md",
            &markdown("Rovers at peace", "Jo Ek", "Sport", "2025-11-30", "Peace at last. No war. A plan."),
        ),
        (
            "local/bell.md",
            &markdown("The bell", "Ana Sousa", "Local", "2024-02-29", "A plan for a bell of peace."),
        ),
        ("mill.txt", &story("Old mill burns", "The mill by the river burnt. Nobody had a plan, but peace.")),
    ])
}

/// `n` articles about the same, day by day.
fn series(n: usize) -> Newsroom {
    let room = Newsroom::new();
    for day in 1..=n {
        let date = format!("2025-01-{day:02}");
        let text = markdown(&format!("Day {day}"), "Jo Ek", "World", &date, "The flood rises in the valley.");
        room.write(format!("{day:02}.md"), text);
    }
    room.run(&["index", "corpus"]).done();
    room
}

#[test]
fn an_answer_is_pleasant_to_scan() {
    let room = archive();
    let run = room.run(&["query", "peace", "plan"]).done().quiet();
    assert_snapshot!(run.stdout, @r"
    4 articles · read as: peace AND plan

    1. Envoys sign in Brod
       Ana Sousa · World · 2 Dec 2025
       The peace plan was signed in Brod on Tuesday. The war may end.
       corpus/world/plan.md  id 18843f1e310d5058

    2. Rovers at peace
       Jo Ek · Sport · 30 Nov 2025
       Peace at last. No war. A plan.
       corpus/sport/cup.md  id 419208ba761f13de

    3. Old mill burns
       Nobody had a plan, but peace.
       corpus/mill.txt  id 8a907ab48e5d716b

    4. The bell
       Ana Sousa · Local · 29 Feb 2024
       A plan for a bell of peace.
       corpus/local/bell.md  id 8aa99bee17371e8e
    ");
}

#[test]
fn words_are_joined_however_the_shell_cut_them() {
    let room = archive();
    let expected = room.run(&["query", "peace plan"]).done().stdout;
    assert_eq!(room.run(&["query", "peace", "plan"]).done().stdout, expected);
    assert_eq!(
        room.run(&["query", "-n", "10", "peace", "--sort", "relevance", "plan"]).done().stdout,
        expected
    );
    assert_eq!(room.answer(&["peace", "plan"]).0["query"], "peace plan");
}

#[test]
fn the_phrase_comes_before_the_words_apart() {
    let room = archive();
    let found = room.headlines(&["peace", "plan"]);
    assert_eq!((found.len(), found[0].as_str()), (4, "Envoys sign in Brod"));
    assert_eq!(room.headlines(&["\"peace plan\""]), ["Envoys sign in Brod"]);
}

#[test]
fn a_word_with_a_hyphen_before_it_is_left_out() {
    let room = archive();
    let found = room.answer(&["peace", "-war"]);
    assert_eq!(found.0["read_as"], "peace AND NOT war");
    assert_eq!(found.total(), 2);
    assert_eq!(room.answer(&["peace -war"]).ids(), found.ids());
    assert_eq!(room.answer(&["-war", "-n", "10", "peace"]).ids(), found.ids());
    assert_eq!(room.headlines(&["-war", "-n", "1", "-bell", "peace"]), ["Old mill burns"]);
    room.run(&["query", "peace", "--", "-war", "-bell"])
        .done()
        .prints("1 article · read as: peace AND NOT war AND NOT bell");
}

#[test]
fn options_narrow_and_the_same_one_twice_means_either() {
    let room = archive();
    let total = |words: &[&str]| room.answer(words).total();
    assert_eq!(total(&["peace", "--author", "Ana Sousa"]), 2);
    assert_eq!(total(&["peace", "--author", "sousa", "--author", "EK"]), 3);
    assert_eq!(total(&["peace", "--section", "world", "--section", "Sport"]), 2);
    assert_eq!(total(&["peace", "--author", "sousa", "--section", "world"]), 1);
    assert_eq!(total(&["peace", "--author", "sousa", "--section", "sport"]), 0);
    assert_eq!(total(&["mill OR bell", "--author", "sousa"]), 1);
}

#[test]
fn days_are_whole_and_both_ends_are_included() {
    let room = Newsroom::indexed(&[
        ("a.md", &markdown("Just before", "Jo Ek", "World", "2025-12-01T23:59:59+01:00", "A flood.")),
        ("b.md", &markdown("First minute", "Jo Ek", "World", "2025-12-02T00:00:00+01:00", "A flood.")),
        ("c.md", &markdown("Last minute", "Jo Ek", "World", "2025-12-02T23:59:59-08:00", "A flood.")),
        ("d.md", &markdown("Day after", "Jo Ek", "World", "2025-12-03", "A flood.")),
        ("e.txt", &story("Undated", "A flood came, and nobody wrote down when.")),
    ]);
    let found = |words: &[&str]| {
        let mut found = room.headlines(&[&["flood", "--sort", "oldest"], words].concat());
        found.sort();
        found
    };
    assert_eq!(found(&["--from", "2025-12-02", "--to", "2025-12-02"]), ["First minute", "Last minute"]);
    assert_eq!(found(&["--from", "2025-12-03"]), ["Day after"]);
    assert_eq!(found(&["--to", "2025-12-01"]), ["Just before"]);
    assert_eq!(found(&["--from", "2025-12", "--to", "2025"]).len(), 4);
    assert_eq!(found(&[]).len(), 5);
}

#[test]
fn days_that_make_no_sense_are_said() {
    let room = archive();
    room.run(&["query", "peace", "--from", "soonish"])
        .fails()
        .says("`--from soonish`: date `soonish` cannot be read");
    room.run(&["query", "peace", "--to", "2025-02-31"]).fails().says("2025-02-31");
    let words = ["query", "peace", "--from", "2025-12-02", "--to", "2025-12-01"];
    room.run(&words).fails().says("`--from` is after `--to`");
}

#[test]
fn any_lets_words_be_missing_and_puts_the_best_first() {
    let room = archive();
    room.run(&["query", "peace", "signed", "zebra"]).nothing();
    let found = room.headlines(&["--any", "peace", "signed", "zebra"]);
    assert_eq!((found.len(), found[0].as_str()), (4, "Envoys sign in Brod"));
    assert_eq!(room.answer(&["--any", "peace zebra", "-war", "--from", "2025"]).total(), 0);
    assert_eq!(room.headlines(&["--any", "bell zebra", "-war", "--from", "2024"]), ["The bell"]);
}

#[test]
fn pages_hold_every_article_once() {
    let room = series(25);
    let words =
        |offset: usize| ["flood".to_owned(), "-n".into(), "7".into(), "--offset".into(), offset.to_string()];
    let all = room.answer(&["flood", "-n", "25"]);
    let mut paged: Vec<String> = Vec::new();
    for offset in (0..28).step_by(7) {
        let page = room.answer(&words(offset));
        assert_eq!(page.total(), 25);
        let ranks: Vec<u64> = page.hits().map(|hit| hit["rank"].as_u64().unwrap()).collect();
        let expected: Vec<u64> = (offset as u64 + 1..=25).take(7).collect();
        assert_eq!(ranks, expected);
        paged.extend(page.ids().into_iter().map(str::to_owned));
    }
    assert_eq!(paged, all.ids());
    let shown = room.run(&["query", "flood", "-n7", "--offset", "7"]).done();
    shown.prints("8 to 14 of 25 articles").prints("more: add --offset 14");
    let beyond = room.run(&["query", "flood", "--offset", "25"]).done();
    beyond.prints("25 articles").never_prints("more:");
    assert_eq!(room.answer(&["flood", "-n", "0"]).total(), 25);
}

#[test]
fn newest_and_oldest_put_the_undated_last() {
    let room = archive();
    let newest = ["Envoys sign in Brod", "Rovers at peace", "The bell", "Old mill burns"];
    let oldest = ["The bell", "Rovers at peace", "Envoys sign in Brod", "Old mill burns"];
    assert_eq!(room.headlines(&["peace", "--sort", "newest"]), newest);
    assert_eq!(room.headlines(&["peace", "--sort", "oldest"]), oldest);
    assert_eq!(room.headlines(&["peace", "--sort", "oldest", "-n", "2", "--offset", "1"]), oldest[1..3]);
    assert_eq!(room.headlines(&["peace", "--sort", "newest", "-n", "2"]), newest[..2]);
}

#[test]
fn totals_are_exact_however_few_are_shown() {
    let room = series(25);
    for shown in ["0", "1", "10", "100"] {
        for sort in ["relevance", "newest", "oldest"] {
            assert_eq!(room.answer(&["flood", "-n", shown, "--sort", sort]).total(), 25);
        }
    }
}

#[test]
fn json_is_as_it_is_promised() {
    let room = archive();
    let mut answer = room.answer(&["peace", "Tuesday"]).0;
    assert!(answer["took_ms"].take().is_u64());
    let hit = &mut answer["hits"][0];
    assert!(hit["score"].take().as_f64().unwrap() > 0.0);
    assert_eq!(hit["id"].take().as_str().unwrap().len(), 16);
    assert_eq!(
        answer,
        json!({
            "format_version": 2, "query": "peace Tuesday", "read_as": "peace AND Tuesday", "spellings": [], "total": 1,
            "total_is": "exact", "undated_matching": 0, "partly_dated_matching": 0, "total_distinct": 1,
            "offsets": {"highlights": "bytes of UTF-8", "highlights_chars": "Unicode characters"},
            "took_ms": null, "notices": [], "nothing_found": null, "related_words": [], "forms": [], "corrected": [], "facets": [],
            "words": [{"word": "peace", "articles": 4}, {"word": "Tuesday", "articles": 1}],
            "hits": [{
                "rank": 1, "id": null, "score": null, "path": room.place("corpus/world/plan.md"), "record": 1,
                "headline": "Envoys sign in Brod", "headline_highlights": [], "headline_highlights_chars": [], "authors": ["Ana Sousa"],
                "section": "World", "publication": null, "url": null, "date": "2025-12-02", "date_precision": "day", "format": "markdown",
                "language": "en", "explanation": [], "copies": [],
                "snippets": [{
                    "field": "body",
                    "text": "The peace plan was signed in Brod on Tuesday. The war may end.",
                    "highlights": [[4, 9], [37, 44]], "highlights_chars": [[4, 9], [37, 44]], "apart": false,
                }],
            }],
        })
    );
    let text = room.run(&["query", "peace", "--json"]).done().quiet().stdout;
    assert!(text.starts_with("{\"format_version\":2,\"query\":") && text.ends_with("}\n"), "{text}");
    assert_eq!(text.lines().count(), 1);
    let same = room.run(&["query", "peace", "--format", "json"]).done().json();
    assert_eq!(same["hits"], room.answer(&["peace"]).0["hits"]);
}

#[test]
fn nothing_found_is_a_whole_answer_in_json_too() {
    let room = archive();
    let run = room.run(&["query", "zebra", "--json"]).nothing().quiet();
    let answer = run.json();
    assert_eq!((&answer["total"], &answer["hits"]), (&json!(0), &json!([])));
    assert_eq!(answer["words"], json!([{"word": "zebra", "articles": 0}]));
    room.run(&["query", "zebra", "--format", "jsonl"]).nothing().prints("").says("zebra: in no article");
}

#[test]
fn json_lines_are_the_hits() {
    let room = archive();
    let mut lines = room.run(&["query", "peace", "--format", "jsonl"]).done().quiet().json_lines();
    for line in &mut lines {
        assert_eq!(line.as_object_mut().unwrap().remove("format_version"), Some(json!(2)));
    }
    assert_eq!(json!(lines), room.answer(&["peace"]).0["hits"]);
}

#[test]
fn highlights_are_byte_ranges_of_their_text() {
    let room = Newsroom::indexed(&[(
        "a.md",
        &markdown(
            "Zürich: „Frieden“ für Škoda",
            "Jo Ek",
            "Welt",
            "2025-12-02",
            "In Zürich — so heißt es — traf Škoda ein.",
        ),
    )]);
    let answer = room.answer(&["Škoda Zürich"]);
    let marked = |text: &Value, ranges: &Value| -> Vec<String> {
        let range = |range: &Value| range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize;
        ranges.as_array().unwrap().iter().map(|r| text.as_str().unwrap()[range(r)].to_owned()).collect()
    };
    let hit = answer.hits().next().unwrap();
    assert_eq!(marked(&hit["headline"], &hit["headline_highlights"]), ["Zürich", "Škoda"]);
    let snippet = &hit["snippets"][0];
    assert_eq!(marked(&snippet["text"], &snippet["highlights"]), ["Zürich", "Škoda"]);
}

#[test]
fn highlights_are_given_in_characters_too() {
    let room = Newsroom::indexed(&[(
        "a.md",
        &markdown(
            "🦆 “Żabka” 東京 opens",
            "Jo Ek",
            "World",
            "2025-12-02",
            "🦆🦆 “Quite”, said Ż. in 東京: the Żabka shop opens.\n\nA second 🦆 line, and Żabka again.",
        ),
    )]);
    let cut = |text: &Value, from: &Value, to: &Value| -> String {
        let (from, to) = (from.as_u64().unwrap() as usize, to.as_u64().unwrap() as usize);
        text.as_str().unwrap().chars().skip(from).take(to - from).collect()
    };
    let answer = room.answer(&["Żabka 東京 opens"]);
    assert_eq!(answer.0["offsets"]["highlights_chars"], "Unicode characters");
    let hit = answer.hits().next().unwrap();
    let marked = |text: &Value, ranges: &Value| -> Vec<String> {
        ranges.as_array().unwrap().iter().map(|r| cut(text, &r[0], &r[1])).collect()
    };
    assert_eq!(marked(&hit["headline"], &hit["headline_highlights_chars"]), ["Żabka", "東京", "opens"]);
    let snippet = &hit["snippets"][0];
    assert_eq!(marked(&snippet["text"], &snippet["highlights_chars"]), ["東京", "Żabka", "opens"]);

    let shown = room.run(&["show", answer.ids()[0], "Żabka", "--json"]).done().json();
    let matches = shown["matches"].as_array().unwrap();
    assert_eq!(shown["offsets"]["start"], "bytes of UTF-8");
    assert_eq!(matches.len(), 3);
    for found in matches {
        let text = &shown[found["field"].as_str().unwrap()];
        assert_eq!(cut(text, &found["start_char"], &found["end_char"]), "Żabka");
    }
    let text = "🦆 “Żabka-Nord” 東京";
    let analysed = room.run(&["analyze", "--json", text]).done().json();
    for token in analysed["tokens"].as_array().unwrap() {
        assert_eq!(
            cut(&Value::from(text), &token["start_char"], &token["end_char"]),
            token["text"].as_str().unwrap()
        );
    }
}

#[test]
fn the_reading_is_shown_and_what_was_not_read_exactly_is_said() {
    let room = archive();
    room.run(&["query", "(peace OR war) -bell"])
        .done()
        .quiet()
        .prints("read as: (peace OR war) AND NOT bell");
    let run = room.run(&["query", "\"peace plan"]).done().prints("read as: \"peace plan\"");
    assert_eq!(run.stderr, "notice: unclosed quote at column 1; searched as \"peace plan\"\n");
    let answer = room.answer(&["\"peace plan"]);
    assert_eq!(answer.0["notices"], json!(["unclosed quote at column 1; searched as \"peace plan\""]));
}

#[test]
fn strict_refuses_what_cannot_be_read_exactly() {
    let room = archive();
    let run = room.run(&["query", "--strict", "plan \"peace"]).fails();
    assert_snapshot!(run.stderr, @r#"
    error: unclosed quote at column 6; searched as "peace"
      plan "peace
           ^^^^^^
    "#);
    room.run(&["query", "--strict", "\"peace plan\" -bell"]).done().quiet();
}

#[test]
fn nothing_found_explains_itself() {
    let room = archive();
    room.write("empty.txt", "");
    room.run(&["index"]).done();
    let run = room.run(&["query", "peace", "Brood", "bell"]).nothing().quiet();
    assert_snapshot!(run.stdout, @r"
    0 articles · read as: peace AND Brood AND bell
      peace: 4 articles
      Brood: in no article; did you mean `brod`?
      bell: 1 article
      searched 4 articles; 1 file could not be read

    No article holds all of it. The best of 4 with some of the words:

    1. The bell
       Ana Sousa · Local · 29 Feb 2024
       A plan for a bell of peace.
       corpus/local/bell.md  id 8aa99bee17371e8e

    2. Rovers at peace
       Jo Ek · Sport · 30 Nov 2025
       Peace at last. No war. A plan.
       corpus/sport/cup.md  id 419208ba761f13de

    3. Old mill burns
       Nobody had a plan, but peace.
       corpus/mill.txt  id 8a907ab48e5d716b
    ");
}

#[test]
fn an_archive_of_nothing_finds_nothing() {
    let room = Newsroom::new();
    room.run(&["index", "corpus"]).nothing().prints("No articles found in `corpus` (0 files).");
    room.run(&["query", "peace"]).nothing().prints("searched 0 articles");
    room.run(&["query", "-peace"]).nothing();
    room.run(&["verify"]).done();
}

#[test]
fn a_closed_pipe_ends_quietly() {
    // More than fits into a pipe, so that every command meets the closed end.
    let line =
        |n: usize| format!("{{\"headline\":\"Flood {n}\",\"body\":\"The flood rises in the valley.\"}}\n");
    let long = "A long flood of words that never seems to end.\n\n".repeat(20_000);
    let room = Newsroom::with(&[("long.txt", &story("Long", &long))]);
    room.write("feed.jsonl", (0..2000).map(line).collect::<String>());
    room.run(&["index", "corpus"]).done();
    let id = room.run(&["parse", "--json", "corpus/long.txt"]).json()["id"].as_str().unwrap().to_owned();
    for words in [
        &["query", "flood", "-n", "2000"][..],
        &["query", "flood", "-n", "2000", "--json"],
        &["query", "flood", "-n", "2000", "--format", "jsonl"],
        &["export", "flood"],
        &["export", "flood", "--format", "jsonl"],
        &["show", &id],
        &["show", &id, "--json"],
        &["parse", "corpus"],
        &["parse", "--json", "corpus"],
    ] {
        let mut command = room.newsearch();
        command.args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = [0];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        Run::from_output(child.wait_with_output().unwrap()).done().quiet();
    }
}

#[test]
fn there_is_colour_only_where_it_is_asked_for() {
    let room = archive();
    let run = |environment: &[(&str, &str)], words: &[&str]| {
        let mut command = room.newsearch();
        command.envs(environment.iter().copied()).args(["query", "peace"]).args(words);
        Run::of(command).done().stdout
    };
    let plain = run(&[], &[]);
    assert!(!plain.contains('\u{1b}'), "{plain}");
    assert_eq!(run(&[("NO_COLOR", "1"), ("TERM", "xterm")], &[]), plain);
    assert_eq!(run(&[("TERM", "dumb")], &[]), plain);
    assert_eq!(run(&[], &["--color", "never"]), plain);
    let coloured = run(&[("NO_COLOR", "1")], &["--color", "always"]);
    assert!(coloured.contains("\u{1b}[31m"), "{coloured}");
    assert_eq!(without_colour(&coloured), plain);
    assert!(!run(&[], &["--color", "always", "--json"]).contains('\u{1b}'));
}

/// The text without the codes of colours.
fn without_colour(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |plain, piece| plain + piece.split_once('m').unwrap().1)
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colour_unless_it_asks_not_to() {
    let room = archive();
    if room.in_home("script").arg("--version").output().is_err() {
        return; // Only `script` makes a terminal without more ado.
    }
    let on_terminal = |environment: &[(&str, &str)]| {
        let mut command = room.in_home("script");
        let line = format!("{} query peace", env!("CARGO_BIN_EXE_newsearch"));
        command.envs(environment.iter().copied()).args(["-qec", &line, "/dev/null"]);
        Run::of(command).done().stdout
    };
    assert!(on_terminal(&[("TERM", "xterm")]).contains("\u{1b}[31m"));
    // Without colour, a line below it tells what matches.
    let plain = on_terminal(&[("TERM", "xterm"), ("NO_COLOR", "1")]);
    assert!(plain.contains("\u{1b}[4mpeace\u{1b}[0m"), "{plain}");
    assert!(!plain.replace("\u{1b}[4m", "").replace("\u{1b}[0m", "").contains('\u{1b}'), "{plain}");
    assert!(!on_terminal(&[("TERM", "dumb")]).contains('\u{1b}'));
}

#[test]
fn control_characters_of_articles_never_reach_the_terminal() {
    let evil = |name: &str| format!("{name} \u{1b}[31mred\u{7} \u{9b}2J \u{202e}turned\u{8}");
    let json = json!({
        "id": evil("id"), "headline": evil("Headline"), "author": evil("Ana Sousa"), "section": evil("World"),
        "body": format!("The flood {}.\n\nMore of the flood.", evil("body")),
    });
    let room = Newsroom::with(&[("a.json", &json.to_string()), ("empty\u{1b}[31m.txt", "")]);
    let mut outputs = vec![room.run(&["index", "corpus"]), room.run(&["parse", "corpus"])];
    let id = room.answer(&["flood"]).ids()[0].to_owned();
    outputs.push(room.run(&["query", "flood"]));
    outputs.push(room.run(&["query", "flood", "--author", &evil("ana")[..]]));
    outputs.push(room.run(&["query", "zeb\u{1b}[31mra \u{202e}"]));
    outputs.push(room.run(&["query", "--strict", "\"zeb\u{1b}[31mra"]));
    outputs.push(room.run(&["show", &id]));
    outputs.push(room.run(&["show", "no\u{1b}[31mne"]));
    outputs.push(room.run(&["show", &id, "--path"]));
    outputs.push(room.run(&["cite", &id]));
    outputs.push(room.run(&["query", "flood", "--facets"]));
    outputs.push(room.run(&["timeline", "flood"]));
    outputs.push(room.run(&["first", "flood"]));
    outputs.push(room.run(&["export", "flood", "--format", "md"]));
    std::fs::write(room.path("queries.txt"), "flood\nzeb\u{1b}[31mra\ndate:\u{1b}[31m\n").unwrap();
    outputs.push(room.run(&["batch", "queries.txt"]));
    outputs.push(room.run(&["status"]));
    outputs.push(room.run(&["status", "--problems"]));
    for run in outputs {
        for text in [&run.stdout, &run.stderr] {
            let bad = text
                .chars()
                .find(|c| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c));
            assert_eq!(bad, None, "{run}");
        }
    }
}

#[test]
fn answers_go_to_standard_output_and_remarks_to_standard_error() {
    let room = archive();
    let run = room.run(&["query", "autor:sousa peace"]).nothing().says("notice: there is no field `autor`");
    assert!(run.stdout.starts_with("0 articles") && !run.stdout.contains("notice"), "{run}");
    room.run(&["query", "peace", "--limit", "many"]).fails().says("invalid value 'many' for '--limit <N>'");
    room.run(&["query", "peace", "--format", "papyrus"]).fails().says("[possible values: text, json, jsonl");
    assert!(room.run(&["--help"]).done().quiet().stdout.contains("Usage: newsearch"));
    assert!(room.run(&["--version"]).done().quiet().stdout.starts_with("newsearch "));
}

#[test]
fn a_sentence_about_nobody_is_found_by_all_its_common_words() {
    let room = Newsroom::indexed(&[
        ("a.txt", &story("To be or not to be", "That is the question, and it was asked again.")),
        ("b.txt", &story("Old mill burns", "The mill by the river burnt down in the night.")),
    ]);
    assert_eq!(room.headlines(&["\"to be or not to be\""]), ["To be or not to be"]);
}

#[test]
fn a_total_says_whether_it_is_exact() {
    let many: Vec<String> = (0..50_100).map(|number| format!("q{number}x")).collect();
    let pairs = format!("{}{}gamma delta.", "alpha ".repeat(150), "beta ".repeat(150));
    let room = Newsroom::indexed(&[
        ("a.txt", &story("Many words", &many.join(" "))),
        ("b.txt", &story("Many pairs", &pairs)),
        ("c.txt", &story("Many rates", &"5 percent ".repeat(70))),
    ]);
    let total = |query: &str| {
        let answer = room.run(&["query", query, "--json"]).json();
        let notices = answer["notices"].as_array().unwrap().len();
        (answer["total"].as_u64().unwrap(), answer["total_is"].as_str().unwrap().to_owned(), notices > 0)
    };
    let exactly = |number| (number, "exact".to_owned(), false);
    assert_eq!(total("q5*x"), exactly(1));
    assert_eq!(total("q*x"), (1, "at_least".to_owned(), true));
    assert_eq!(total("gamma NOT q*x"), (1, "about".to_owned(), true));
    // 22,500 pairs: no clause around them misses one.
    assert_eq!(total("(alpha W/P beta) NEAR/1 gamma"), exactly(1));
    assert_eq!(total("\"alpha alpha beta gamma\"~200 NEAR/1 delta").0, 1);
    assert_eq!(total("((alpha W/P beta) NEAR/1 gamma) NEAR/1 delta"), (1, "at_least".to_owned(), true));
    assert_eq!(total("((beta NEAR/3 gamma) NEAR/1 delta) NEAR/300 alpha"), exactly(1));
    // Each of these can be written in one way more.
    let rates = |count: usize| format!("{:?}", "5 percent ".repeat(count).trim_end());
    assert_eq!(total(&rates(64)), exactly(1));
    assert_eq!(total(&rates(65)), (1, "at_least".to_owned(), true));
    assert_eq!(total(&format!("gamma NOT {}", rates(65))), (1, "about".to_owned(), true));
}

/// Whoever counts, lists, exports or keeps what is found is told what a query's answer tells.
#[test]
fn what_there_is_to_know_of_a_total_is_said_by_every_command() {
    let many: Vec<String> = (0..50_100).map(|number| format!("q{number}x")).collect();
    let dated = |headline, text: &str| format!("---\ndate: 2025-03-04\n---\n\n{}", story(headline, text));
    let room = Newsroom::indexed(&[
        ("a.md", &dated("Many words", &many.join(" "))),
        (
            "b.md",
            &dated("A name", "The mayor met Ada Chang in the hall. Mr Chang was late, and Chang said so."),
        ),
        ("c.md", &dated("No name", "The mayor changed it. It is a change, and a change again.")),
    ]);
    let queries = ["q*x", "mayor NOT q*x", "chang", "changing mayor", "mayor"];
    std::fs::write(room.path("queries.txt"), queries.join("\n")).unwrap();
    let batch = room.run(&["batch", "queries.txt", "--json"]).json_lines();
    for (query, in_batch) in queries.iter().zip(batch) {
        let asked = room.run(&["query", query, "--json", "--receipt", "receipt.json", "--force"]);
        let (answer, said) = (asked.json(), asked.stderr);
        let account = |answer: &Value| (answer["total"].clone(), answer["total_is"].clone());
        let notices = |answer: &Value| answer.get("notices").cloned().unwrap_or(json!([]));
        assert_eq!(notices(&answer) != json!([]), *query != "mayor", "{query}: {}", notices(&answer));
        for command in ["first", "timeline"] {
            let run = room.run(&[command, query, "--json"]);
            assert_eq!(account(&run.json()), account(&answer), "{command} {query}");
            assert_eq!(notices(&run.json()), notices(&answer), "{command} {query}");
            assert_eq!(run.stderr, said, "{command} {query}");
        }
        assert_eq!((account(&in_batch), notices(&in_batch)), (account(&answer), notices(&answer)), "{query}");
        let exported = room.run(&["export", query, "--format", "md"]);
        assert!(exported.stderr.starts_with(&said), "{query}: {}", exported.stderr);
        let heading = match answer["total_is"].as_str().unwrap() {
            "at_least" => "at least 1 article ",
            "about" => "about 2 articles ",
            _ => "",
        };
        for words in [vec!["query", query], vec!["first", query], vec!["timeline", query]] {
            let shown = room.run(&words).stdout;
            assert!(shown.starts_with(heading), "{words:?}: {shown}");
        }
        assert!(exported.stdout.starts_with(heading), "{}", exported.stdout);
        let receipt: Value =
            serde_json::from_str(&std::fs::read_to_string(room.path("receipt.json")).unwrap()).unwrap();
        let total_is = receipt.get("total_is").cloned().unwrap_or(json!("exact"));
        assert_eq!(total_is, answer["total_is"], "{query}");
    }
}

#[test]
fn a_brief_answer_has_a_line_for_each_article() {
    let room = archive();
    let run = room.run(&["query", "*", "--brief", "--sort", "newest"]).done();
    let lines: Vec<&str> = run.stdout.lines().skip(1).collect();
    let headlines = room.headlines(&["*", "--sort", "newest"]);
    assert_eq!(lines.len(), headlines.len());
    for (at, (line, headline)) in lines.iter().zip(&headlines).enumerate() {
        assert!(line.starts_with(&format!("{}.", at + 1)) && line.contains(headline), "{line}");
    }
    room.configure("[query]\nbrief = true\n");
    assert_eq!(room.run(&["query", "*", "--sort", "newest"]).done().stdout, run.stdout);
}

#[test]
fn a_count_is_a_number_and_quiet_is_an_exit_status() {
    let room = archive();
    for query in ["peace", "peace -plan", "zebra", "pease"] {
        let total = room.answer(&[query, "--no-correct"]).total();
        let run = room.run(&["query", query, "-c"]);
        assert_eq!((run.stdout.clone(), run.code), (format!("{total}\n"), Some(i32::from(total == 0))));
        let run = room.run(&["query", query, "-q"]);
        assert_eq!(
            (run.stdout.as_str(), run.stderr.as_str(), run.code),
            ("", "", Some(i32::from(total == 0)))
        );
    }
    room.run(&["query", "autor:x peace", "-q"]).nothing().quiet();
    room.run(&["query", "date:03/04/2025", "-q"]).fails().says("error:");
    room.run(&["query", "peace", "-c", "--json"]).fails().says("cannot be used with");
}

#[test]
fn words_are_counted_that_were_typed_and_no_pieces_of_them() {
    let room = Newsroom::indexed(&[
        ("a.txt", &story("Mini", "A mini-ster and a mini harbour. The ster fell. A harbour-master.")),
        ("b.txt", &story("Minister", "The minister spoke of a harbourmaster, and of a master.")),
        ("c.txt", &story("Moscow", "Gorbachev spoke, and Gorbachov listened.")),
    ]);
    let words = |query: &str| {
        let answer = room.answer(&[query, "--no-correct"]);
        let words = answer.0["words"].as_array().unwrap().clone();
        words.iter().map(|word| word["word"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for (query, expected) in [
        ("minister", &["minister"][..]),
        ("harbourmaster", &["harbourmaster"]),
        ("harbour-master", &["harbour", "master"]),
        ("harbour master", &["harbour", "master"]),
        ("\"mini ster\"", &["mini", "ster"]),
        ("Gorbachev", &["Gorbachev"]),
        ("minister OR mini", &["minister", "mini"]),
        ("mini -ster", &["mini"]),
    ] {
        assert_eq!(words(query), expected, "{query}");
    }
}
