//! Working with answers: facets, timelines, first and last, and exports, each against what a naive count
//! gives.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::{Newsroom, markdown, story};

/// An article as it is written here.
struct Written {
    author: Option<&'static str>,
    section: Option<&'static str>,
    date: Option<String>,
    flood: bool,
}

/// Articles of all kinds: without a date, a section or an author, on leap days, in zones where it is another
/// day in UTC.
fn written() -> Vec<Written> {
    const AUTHORS: [Option<&str>; 5] =
        [Some("Ana Sousa"), Some("Jo Ek"), Some("ana sousa"), None, Some("Ivo Brand")];
    const SECTIONS: [Option<&str>; 4] = [Some("World"), Some("Sport"), None, Some("Local")];
    const DATES: [Option<&str>; 9] = [
        Some("2024-02-29"),
        Some("2024-02-29T23:30:00-08:00"),
        Some("2024-03-01T00:10:00+05:30"),
        Some("2023-12-31T23:59:59+01:00"),
        Some("2024-01-01"),
        None,
        Some("2024-07-15"),
        Some("2025-12-29"),
        Some("2021-05-02"),
    ];
    let article = |n: usize| Written {
        author: AUTHORS[n % 5],
        section: SECTIONS[n * 7 % 4],
        date: DATES[n * 7919 / 13 % 9].map(str::to_owned),
        flood: !n.is_multiple_of(3),
    };
    (0..180).map(article).collect()
}

fn room() -> Newsroom {
    let room = Newsroom::new();
    let line = |(n, article): (usize, &Written)| {
        let word = if article.flood { "flood" } else { "drought" };
        let mut value = json!({"id": format!("a-{n}"), "headline": format!("Report {n}"),
            "body": format!("The {word} came to the valley. {}", "More was said. ".repeat(n % 7))});
        for (key, field) in [("author", article.author), ("section", article.section)] {
            if let Some(field) = field {
                value[key] = field.into();
            }
        }
        if let Some(date) = &article.date {
            value["date"] = date.as_str().into();
        }
        value.to_string() + "\n"
    };
    room.write("feed.jsonl", written().iter().enumerate().map(line).collect::<String>());
    room.run(&["index", "corpus"]).done();
    room
}

fn naive(value: impl Fn(&Written) -> Option<String>) -> (BTreeMap<String, u64>, u64) {
    let mut counts = BTreeMap::new();
    let mut without = 0;
    for article in written().iter().filter(|article| article.flood) {
        match value(article) {
            Some(value) => *counts.entry(value).or_default() += 1,
            None => without += 1,
        }
    }
    (counts, without)
}

fn counts(facet: &Value) -> (BTreeMap<String, u64>, u64) {
    let values = facet["values"].as_array().unwrap();
    let pair = |v: &Value| (v["value"].as_str().unwrap().to_owned(), v["articles"].as_u64().unwrap());
    (values.iter().map(pair).collect(), facet["without"].as_u64().unwrap())
}

#[test]
fn facets_count_every_article_found() {
    let room = room();
    let answer = room.answer(&["flood", "--facets", "-n", "1"]).0;
    let facets = answer["facets"].as_array().unwrap();
    let by: Vec<&str> = facets.iter().map(|facet| facet["by"].as_str().unwrap()).collect();
    assert_eq!(by, ["section", "publication", "author", "year", "month", "source"]);
    let day = |article: &Written, length: usize| Some(article.date.as_ref()?[..length].to_owned());
    assert_eq!(counts(&facets[0]), naive(|article| article.section.map(str::to_owned)));
    // Two spellings of a name are one author, as it is written most often.
    let author = |article: &Written| article.author.map(|name| name.to_lowercase());
    let (names, without) = counts(&facets[2]);
    let lower = names.into_iter().map(|(name, count)| (name.to_lowercase(), count)).collect();
    assert_eq!((lower, without), naive(author));
    assert_eq!(counts(&facets[3]), naive(|article| day(article, 4)));
    assert_eq!(counts(&facets[4]), naive(|article| day(article, 7)));
    assert_eq!(facets[5]["values"], json!([{"value": "corpus", "articles": 120}]));
}

#[test]
fn narrowing_by_a_facet_gives_its_count() {
    let room = room();
    let (sections, without) = naive(|article| article.section.map(str::to_owned));
    for (section, articles) in &sections {
        assert_eq!(room.answer(&["flood", "--section", section]).total(), *articles);
        assert_eq!(room.answer(&["flood", "--not-section", section]).total(), 120 - articles);
    }
    assert_eq!(
        room.answer(&["flood", "--not-section", "world", "--not-section", "sport"]).total(),
        sections["Local"] + without
    );
    let (authors, _) = naive(|article| article.author.map(|name| name.to_lowercase()));
    let total = |words: &[&str]| room.answer(&[&["flood"], words].concat()).total();
    assert_eq!(total(&["--not-author", "Ana Sousa"]), 120 - authors["ana sousa"]);
    assert_eq!(total(&["--not-author", "-x", "--author", "Jo Ek"]), authors["jo ek"]);
    assert_eq!(
        room.answer(&["--any", "--no-expand", "flood zebra", "--not-author", "Ek"]).total(),
        120 - authors["jo ek"]
    );
}

#[test]
fn a_hit_of_two_authors_counts_for_both_and_once_for_one() {
    let two =
        |authors: Value| json!({"headline": "Both", "body": "The flood.", "author": authors}).to_string();
    let room = Newsroom::indexed(&[
        ("a.json", &two(json!(["Ana Sousa", "Jo Ek"]))),
        ("b.json", &two(json!(["Ana Sousa", "ANA SOUSA"]))),
    ]);
    let answer = room.answer(&["flood", "--facet", "author"]).0;
    let expected = json!([{"value": "Ana Sousa", "articles": 2}, {"value": "Jo Ek", "articles": 1}]);
    assert_eq!(answer["facets"], json!([{"by": "author", "values": expected, "without": 0}]));
}

#[test]
fn facets_are_shown_above_the_hits() {
    let room = room();
    let run = room.run(&["query", "flood", "--facet", "section,year,section", "-n", "0"]).done().quiet();
    assert_eq!(
        run.stdout,
        "120 articles · read as: flood\n\nsection  Local 30 · Sport 30 · World 30 · none 30\n\
         year     2021 14 · 2023 14 · 2024 64 · 2025 14 · none 14\nnarrow by --section or --not-section NAME, --from and --to DATE\n"
    );
    room.run(&["query", "flood", "--facets", "--format", "jsonl"])
        .fails()
        .says("as text, as a table or as JSON");
    room.run(&["query", "flood", "--facet", "mood"])
        .fails()
        .says("possible values: section, publication, author");
    assert_eq!(
        room.run(&["query", "zebra", "--facets", "--json"]).nothing().json()["facets"][0]["values"],
        json!([])
    );
}

#[test]
fn timelines_count_every_article_in_its_own_days() {
    let room = room();
    for (by, length) in [("year", 4), ("month", 7), ("day", 10)] {
        let value = room.run(&["timeline", "flood", "--by", by, "--json"]).done().quiet().json();
        let bucket = |article: &Written| Some(article.date.as_ref()?[..length].to_owned());
        let (expected, undated) = naive(bucket);
        assert_eq!((value["total"].as_u64(), value["undated"].as_u64()), (Some(120), Some(undated)));
        let periods = value["periods"].as_array().unwrap();
        let mut all: BTreeMap<String, u64> = BTreeMap::new();
        for article in written() {
            if let Some(date) = article.date {
                *all.entry(date[..length].to_owned()).or_default() += 1;
            }
        }
        for period in periods {
            let name = period["period"].as_str().unwrap();
            assert_eq!(period["articles"].as_u64(), Some(expected.get(name).copied().unwrap_or(0)), "{name}");
            assert_eq!(period["of"].as_u64(), Some(all.get(name).copied().unwrap_or(0)), "{name}");
        }
        let shown: u64 = periods.iter().map(|period| period["articles"].as_u64().unwrap()).sum();
        assert_eq!(shown, 120 - undated);
        // No period is left out between the first and the last.
        let months = (2021..=2025).flat_map(|year| (1..=12).map(move |month| (year, month)));
        let months = months.filter(|month| (*month >= (2021, 5)) && *month <= (2025, 12)).count();
        match by {
            "year" => assert_eq!(periods.len(), 5),
            "month" => assert_eq!(periods.len(), months),
            _ => assert!(periods.iter().any(|p| p["period"] == "2024-02-29" && p["articles"] != 0)),
        }
    }
}

#[test]
fn weeks_run_from_monday_over_the_turn_of_the_year() {
    let room = Newsroom::indexed(&[
        ("a.md", &markdown("Sunday", "Jo Ek", "World", "2024-12-29", "A flood.")),
        ("b.md", &markdown("Monday", "Jo Ek", "World", "2024-12-30", "A flood.")),
        ("c.md", &markdown("Next Sunday", "Jo Ek", "World", "2025-01-05", "A flood.")),
        ("d.md", &markdown("Two weeks on", "Jo Ek", "World", "2025-01-15", "A flood and a flood.")),
        ("e.txt", &story("Undated", "A flood came, and nobody wrote down when.")),
    ]);
    let run = room.run(&["timeline", "flood", "--by", "week"]).done().quiet();
    assert_snapshot!(run.stdout, @r"
    5 articles · read as: flood · by week, 23 Dec 2024 to 19 Jan 2025

    2024-12-23  ██████████████████████████▌                           1  100.0% of 1
    2024-12-30  █████████████████████████████████████████████████████ 2  100.0% of 2
                ^ Monday
    2025-01-06                                                        0      –
    2025-01-13  ██████████████████████████▌                           1  100.0% of 1
                ^ Two weeks on

    not shown: 1 without a date
    ");
    let csv = room.run(&["timeline", "flood", "--by", "week", "--format", "csv"]).done().quiet().stdout;
    assert_eq!(csv.lines().nth(2), Some("2024-12-30,2024-12-30,2025-01-05,2,2,100.00,Monday"), "{csv}");
    let svg = room.run(&["timeline", "flood", "--format", "svg"]).done().quiet().stdout;
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
    room.run(&["timeline", "zebra"]).nothing().prints("0 articles");
    room.run(&["timeline", "flood", "-monday"]).done().prints("read as: flood AND NOT monday");
}

#[test]
fn pictures_hold_text_and_no_markup_of_articles() {
    let room = Newsroom::indexed(&[(
        "a.json",
        &json!({"headline": "Water < 5 feet & > 3", "body": "A flood.", "date": "2024-01-01"}).to_string(),
    )]);
    let svg = room.run(&["timeline", "flood", "--format", "svg"]).done().stdout;
    assert!(svg.contains("; Water &lt; 5 feet &amp; &gt; 3</title>"), "{svg}");
}

#[test]
fn the_first_and_the_last_are_shown_beside_the_archive() {
    let room = Newsroom::indexed(&[
        ("a.md", &markdown("Before it", "Jo Ek", "World", "2023-05-05", "All is well.")),
        ("b.md", &markdown("First water", "Jo Ek", "World", "2024-02-28", "A flood.")),
        ("c.md", &markdown("Leap day", "Jo Ek", "World", "2024-02-29", "A flood.")),
        ("d.md", &markdown("Last water", "Ana Sousa", "Local", "2024-03-10", "A flood.")),
        ("e.txt", &story("Undated", "A flood came, and nobody wrote down when.")),
    ]);
    let run = room.run(&["first", "flood"]).done().quiet();
    assert_snapshot!(run.stdout, @r"
    4 articles · read as: flood

    first  28 Feb 2024
    1. First water
       Jo Ek · World · 28 Feb 2024
       A flood.
       corpus/b.md  id b162e013116ef6b5

    last  10 Mar 2024
    1. Last water
       Ana Sousa · Local · 10 Mar 2024
       A flood.
       corpus/d.md  id 7ec918a9c10f127c

    silence   9 days, between 29 Feb 2024 and 10 Mar 2024 (the archive has no article of these days)
    days      articles on 3 days
    undated   1 of the 4 articles
    archive   5 May 2023 to 10 Mar 2024, 5 articles, 1 of them without a date
    ");
    let value = room.run(&["first", "flood", "--json"]).done().json();
    assert_eq!(
        value["silence"],
        json!({"after": "2024-02-29", "before": "2024-03-10", "days": 9, "archive_days": 0})
    );
    assert_eq!((&value["total"], &value["undated"], &value["days"]), (&json!(4), &json!(1), &json!(3)));
    assert_eq!(value["first"]["headline"], "First water");
    assert_eq!(value["last"]["headline"], "Last water");
    let archive = json!({"articles": 5, "undated": 1, "first_day": "2023-05-05", "last_day": "2024-03-10"});
    assert_eq!(value["archive"], archive);
    let nobody = room.run(&["first", "nobody", "--json"]).done().json();
    assert_eq!(
        (&nobody["total"], &nobody["undated"], &nobody["first"]),
        (&json!(1), &json!(1), &Value::Null)
    );
    room.run(&["first", "zebra"]).nothing().prints("archive   5 May 2023 to 10 Mar 2024, 5 articles");
}

#[test]
fn exports_hold_every_article_found() {
    let room = room();
    let whole = room.answer(&["flood", "-n", "1000"]);
    let lines = room.run(&["export", "flood", "--format", "jsonl"]).done().json_lines();
    let ids: Vec<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(ids, whole.ids());
    assert!(lines.iter().all(|line| line["body"].as_str().unwrap().starts_with("The flood came")));
    let csv = room.run(&["export", "flood"]).done().says("120 articles · read as: flood\n").stdout;
    assert_eq!(csv, room.run(&["query", "flood", "-n", "1000", "--format", "csv"]).done().stdout);
    assert_eq!(csv.lines().count(), 121);
    let marked = room.run(&["export", "flood", "--bom"]).done().stdout;
    assert_eq!(marked, format!("\u{feff}{csv}"));
    let note = room.run(&["export", "flood", "--format", "md"]).done().stdout;
    assert_eq!(note, room.run(&["query", "flood", "-n", "1000", "--format", "md"]).done().stdout);
    let oldest = room.run(&["export", "flood", "--format", "jsonl", "--sort", "oldest"]).done().json_lines();
    assert_eq!(json!(oldest[0]["date"]), "2021-05-02");
    assert_eq!(room.run(&["export", "flood", "--format", "paths"]).done().stdout, "corpus/feed.jsonl\n");
    room.run(&["export", "zebra"]).nothing();
    room.run(&["export", "flood", "--null"]).fails().says("`--null` ends paths");
}

#[test]
fn paths_can_be_handed_to_other_programs() {
    let room = Newsroom::indexed(&[
        ("a b.txt", &story("Old mill burns", "The flood came to the mill by the river.")),
        ("d.txt", &story("New mill burns", "The flood came to the mill by the river. The flood!")),
    ]);
    let run = room.run(&["export", "flood", "--format", "paths", "--null", "--sort", "longest"]).done();
    assert_eq!(run.stdout, "corpus/d.txt\0corpus/a b.txt\0");
}

#[test]
fn articles_are_sorted_by_length() {
    let room = room();
    let lengths = |order: &str| -> Vec<usize> {
        let lines = room.run(&["export", "flood", "--format", "jsonl", "--sort", order]).done().json_lines();
        lines.iter().map(|line| line["body"].as_str().unwrap().split_whitespace().count()).collect()
    };
    assert!(lengths("longest").is_sorted_by(|a, b| a >= b));
    assert!(lengths("shortest").is_sorted());
    let all = room.answer(&["flood", "--sort", "longest", "-n", "120"]);
    for offset in ["0", "50", "100"] {
        let page = room.answer(&["flood", "--sort", "longest", "-n", "20", "--offset", offset]);
        let from: usize = offset.parse().unwrap();
        assert_eq!(page.ids(), all.ids()[from..from + 20]);
    }
}

#[test]
fn many_queries_are_asked_and_a_bad_one_stops_none() {
    let room = room();
    std::fs::write(
        room.path("queries.txt"),
        "flood\n# a remark\n\n\"the flood\"\ndate:2025-02-31 flood\nzebra\n",
    )
    .unwrap();
    let run = room.run(&["batch", "queries.txt", "--json"]).in_part();
    let run = run.says("notice: line 5: date `2025-02-31` does not exist");
    let found: Vec<(Value, Value)> =
        run.json_lines().iter().map(|line| (line["line"].clone(), line["total"].clone())).collect();
    let expected =
        [(json!(1), json!(120)), (json!(4), json!(120)), (json!(5), json!(null)), (json!(6), json!(0))];
    assert_eq!(found, expected);
    assert_eq!(run.json_lines()[0]["hits"], room.answer(&["flood", "-n", "1"]).0["hits"]);
    room.run(&["batch", "queries.txt"]).in_part().prints("      120  flood\n").prints("not asked: date");
    let table = "name,query\nwater,flood\n\"a, b\",\"\"\"the drought\"\" OR zebra\"\n";
    std::fs::write(room.path("queries.csv"), table).unwrap();
    let csv = room.run(&["batch", "queries.csv", "--format", "csv", "-n", "0"]).done().quiet().stdout;
    assert!(csv.contains("2,water,flood,120,,,,,\r\n"), "{csv}");
    assert!(csv.contains("3,\"a, b\",\"\"\"the drought\"\" OR zebra\",60,,,,,\r\n"), "{csv}");
    std::fs::write(room.path("none.txt"), "zebra\n").unwrap();
    room.run(&["batch", "none.txt"]).nothing();
    room.run(&["batch", "gone.txt"]).fails().says("cannot read `gone.txt`");
    std::fs::write(room.path("other.csv"), "title\nflood\n").unwrap();
    room.run(&["batch", "other.csv"]).fails().says("has no column `query`");
}

#[test]
fn receipts_say_what_has_changed_since() {
    let room = Newsroom::indexed(&[
        ("a.json", r#"{"id":"a","headline":"One","body":"The flood came."}"#),
        ("b.json", r#"{"id":"b","headline":"Two","body":"The flood went."}"#),
        ("c.json", r#"{"id":"c","headline":"Three","body":"The drought."}"#),
    ]);
    room.run(&["query", "flood", "-drought", "--receipt", "r.json", "-n", "1"]).done();
    let verify = |words: &[&str]| room.run(&[&["verify-receipt", "r.json"], words].concat());
    room.run(&["query", "zebra", "--receipt", "r.json"]).fails().says("`r.json` is there already");
    verify(&[]).done();
    verify(&[])
        .done()
        .quiet()
        .prints("unchanged since")
        .prints("archive   unchanged: 3 articles then, 3 now");
    // What is not found changes the archive, and not what was found.
    room.write("c.json", r#"{"id":"c","headline":"Three","body":"The long drought."}"#);
    room.run(&["index"]).done();
    verify(&[]).done().prints("unchanged since").prints("archive   changed: 3 articles then, 3 now");
    room.write("a.json", r#"{"id":"a","headline":"One","body":"The flood came and stayed."}"#);
    room.write("d.json", r#"{"id":"d","headline":"Four","body":"Another flood."}"#);
    room.remove("b.json");
    room.run(&["index"]).done();
    let value = verify(&["--json"]).nothing().quiet().json();
    assert_eq!(
        (&value["gone"], &value["new"], &value["changed"]),
        (&json!(["b"]), &json!(["d"]), &json!(["a"]))
    );
    assert_eq!((&value["total_then"], &value["total_now"]), (&json!(2), &json!(2)));
    verify(&[]).nothing().prints("changed since").prints("gone      1: b\nnew       1: d\nchanged   1: a\n");
    // A receipt that somebody has changed says so.
    let text = std::fs::read_to_string(room.path("r.json")).unwrap().replace("\"total\": 2", "\"total\": 0");
    std::fs::write(room.path("r.json"), text).unwrap();
    verify(&[]).nothing().prints("its checksum is wrong");
    std::fs::write(room.path("r.json"), "{}").unwrap();
    verify(&[]).fails().says("no receipt");
    room.run(&["query", "--any", "flood", "--receipt", "r.json"]).fails();
}

#[test]
fn articles_are_cited() {
    let text = r#"{"id":"a","headline":"The river rises","author":"Ana Sousa","date":"2024-02-29","body":"The flood."}"#;
    let room = Newsroom::indexed(&[("a.json", text)]);
    let cite = |style: &str| {
        room.run(&["cite", "a", "--style", style, "--publication", "The Courier"]).done().quiet()
    };
    assert_eq!(cite("apa").stdout, "Sousa, A. (2024, February 29). The river rises. The Courier.\n");
    assert_eq!(cite("csl-json").json()[0]["issued"], json!({"date-parts": [[2024, 2, 29]]}));
    for style in ["mla", "chicago", "harvard", "bibtex", "ris"] {
        cite(style).prints("The river rises");
    }
    assert_eq!(room.run(&["cite", "a", "a"]).done().stdout.lines().count(), 3);
    room.run(&["cite", "b"]).fails().says("no article with the id `b`");
    assert_eq!(room.run(&["show", "a", "--path"]).done().quiet().stdout, "corpus/a.json\n");
}

#[test]
fn manual_pages_are_written() {
    let room = Newsroom::new();
    room.run(&["man"]).done().quiet().prints(".TH newsearch 1");
    room.run(&["man", "pages"]).done().quiet().prints("newsearch-query.1");
    let page = std::fs::read_to_string(room.path("pages/newsearch-timeline.1")).unwrap();
    assert!(page.contains("newsearch\\-timeline"), "{page}");
}

#[test]
fn articles_without_a_date_are_counted_where_dates_are_asked_for() {
    let dated = |day: &str, text: &str| format!("---\ndate: {day}\n---\n\n{}", story("Flood", text));
    let room = Newsroom::indexed(&[
        ("a.md", &dated("2024-03-04", "The weir broke in Ellery.")),
        ("b.md", &dated("2025-03-04", "The weir held in Lorne.")),
        ("c.txt", &story("Flood", "The weir in Harrow was mended.")),
        ("d.txt", &story("Flood", "The weir in Sallow was painted.")),
        ("e.txt", &story("Fire", "The mill in Sallow burnt down.")),
    ]);
    let undated = |words: &[&str]| {
        let answer = room.run(&[words, &["--json"]].concat()).json();
        (answer["total"].as_u64().unwrap(), answer["undated_matching"].as_u64().unwrap())
    };
    for (words, expected) in [
        (&["query", "weir", "--from", "2025"][..], (1, 2)),
        (&["query", "weir", "date:2024"], (1, 2)),
        (&["query", "weir", "since:1990", "until:1991"], (0, 2)),
        (&["query", "weir", "harrow", "date:2024"], (0, 1)),
        (&["query", "weir"], (4, 0)),
        (&["query", "weir", "date:*"], (2, 0)),
        (&["query", "weir", "NOT", "date:2024"], (3, 0)),
        (&["query", "weir", "OR", "date:2024"], (4, 1)),
        (&["query", "weir", "--from", "2025", "--undated"], (3, 0)),
        (&["first", "weir", "--to", "2024"], (1, 2)),
        (&["timeline", "weir", "--to", "2024"], (1, 2)),
    ] {
        assert_eq!(undated(words), expected, "{words:?}");
    }
    let said = "1 article · 2 more match but have no date: --undated · read as:";
    for command in ["query", "first", "timeline"] {
        room.run(&[command, "weir", "--from", "2025"]).done().prints(said);
    }
    room.run(&["export", "weir", "--from", "2025", "--format", "md"]).prints(said);
    room.run(&["query", "mill", "--from", "2025"]).nothing().prints("1 more matches but has no date");
}

#[test]
fn what_is_missing_in_a_field_is_spelt_like_what_is_in_that_field() {
    let room = Newsroom::indexed(&[
        (
            "a.md",
            &markdown("Weir mended", "Ana Sousa", "Harbour", "2025-01-02", "Nine men wrote world records."),
        ),
        (
            "b.md",
            &markdown("Weir broken", "Jo Wrold", "World", "2025-01-03", "The harbor was full of herons."),
        ),
    ]);
    room.run(&["query", "section:worlt"]).nothing().prints("`world`").never_prints("wrold");
    room.run(&["query", "author:souse"]).nothing().prints("`sousa`");
    room.run(&["query", "section:herons"]).nothing().never_prints("heron`");
}

#[test]
fn a_timeline_shows_the_silence_that_was_asked_about() {
    let room = Newsroom::indexed(&[
        ("a.md", &markdown("Old", "Jo Ek", "World", "2024-11-05", "All is well.")),
        ("b.md", &markdown("Flood", "Jo Ek", "World", "2025-03-05", "A flood.")),
        ("c.md", &markdown("After", "Jo Ek", "World", "2025-05-05", "All is well.")),
    ]);
    let periods = |words: &[&str]| -> Vec<String> {
        let words = [&["timeline", "flood", "--by", "month", "--json"], words].concat();
        let value = room.run(&words).done().json();
        let periods = value["periods"].as_array().unwrap().clone();
        periods
            .iter()
            .map(|period| {
                format!("{} {} {}", period["period"].as_str().unwrap(), period["articles"], period["of"])
            })
            .collect()
    };
    assert_eq!(periods(&[]), ["2025-03 1 1"]);
    assert_eq!(periods(&["--from", "2025-02"]), ["2025-02 0 0", "2025-03 1 1"]);
    assert_eq!(periods(&["--to", "2030"]), ["2025-03 1 1", "2025-04 0 0", "2025-05 0 1"]);
    // Before its first article the archive says nothing.
    assert_eq!(periods(&["--from", "1900", "--to", "2025-03"]).first().unwrap(), "2024-11 0 1");
    // A hole in the archive is no silence of its papers.
    let run =
        room.run(&["timeline", "flood", "--by", "month", "--from", "2025-02", "--to", "2025-05"]).done();
    assert!(run.stdout.contains("2025-02") && run.stdout.contains("0      –"), "{run}");
    assert!(run.stdout.contains("0    0.0% of 1"), "{run}");
}

#[test]
fn an_article_without_a_headline_is_called_by_its_first_words() {
    let room = Newsroom::indexed(&[(
        "a.json",
        r#"{"id":"a1","body":"The harbour master of Ellery, who has held that office for thirty years, hung up his hat.","date":"2025-03-04"}"#,
    )]);
    let title = "[The harbour master of Ellery, who has held that office for …]";
    room.run(&["query", "harbour"]).done().prints(title);
    room.run(&["query", "harbour", "--brief"]).done().prints(title);
    room.run(&["export", "harbour", "--format", "md"])
        .done()
        .prints("The harbour master of Ellery, who has held that office for …");
    room.run(&["cite", "a1", "--style", "apa"]).done().prints(title);
    assert_eq!(room.answer(&["harbour"]).hits().next().unwrap()["headline"], Value::Null);
}

#[test]
fn an_order_of_time_without_times_is_said() {
    let room = Newsroom::indexed(&[
        ("a.txt", &story("One", "A flood came, and nobody wrote down when.")),
        ("b.txt", &story("Two", "A flood came again, and nobody wrote down when.")),
    ]);
    for order in ["newest", "oldest"] {
        room.run(&["query", "flood", "--sort", order]).done().says("none of the 2 articles has a date");
    }
    room.run(&["query", "flood"]).done().quiet();
}

#[test]
fn what_is_counted_is_a_table_too() {
    let room = Newsroom::indexed(&[
        ("a.md", &markdown("One", "Jo Ek; Ana Roe", "World", "2025-03-01", "A flood.")),
        ("b.md", &markdown("Two", "Jo Ek", "", "2025-04-01", "A flood.")),
        ("c.md", &markdown("Three", "", "Local", "2024-04-01", "A flood.")),
    ]);
    let run =
        room.run(&["query", "flood", "--facet", "author,section", "--facet", "year", "--format", "csv"]);
    assert_eq!(
        run.done().quiet().stdout.replace("\r\n", "\n"),
        "by,value,articles\nauthor,Jo Ek,2\nauthor,Ana Roe,1\nauthor,,1\nsection,Local,1\nsection,World,1\nsection,,1\n\
         year,2024,1\nyear,2025,2\n"
    );
    room.run(&["query", "flood", "--facet", "author", "--format", "jsonl"]).fails().says("as a table");
    room.run(&["query", "zebra", "--facet", "author", "--format", "csv"])
        .nothing()
        .says("zebra: in no article");
}

#[test]
fn an_article_in_which_nothing_matches_says_so() {
    let room = Newsroom::indexed(&[("a.md", &markdown("One", "Jo Ek", "World", "2025-03-01", "A flood."))]);
    let id = room.answer(&["flood"]).ids()[0].to_owned();
    room.run(&["show", &id, "zebra"]).done().prints("A flood.").says("nothing in `One` matches these words");
    room.run(&["show", &id, "flood"]).done().quiet();
    room.run(&["show", &id]).done().quiet();
}
