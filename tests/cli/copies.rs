//! Copies of an article, from the index to what people and scripts see of them.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use serde_json::Value;

use crate::harness::{Newsroom, markdown, story};

/// A report of several paragraphs, no two of which are alike.
fn paragraphs(topic: &str, count: usize) -> Vec<String> {
    const WHO: [&str; 5] =
        ["the harbour master", "a spokeswoman", "the union", "one councillor", "the ferry company"];
    const WHAT: [&str; 4] =
        ["asked for more time", "called the plan overdue", "would not give a figure", "promised a vote"];
    (0..count)
        .map(|n| {
            let (who, what) = (WHO[n % 5], WHAT[n * 3 % 4]);
            format!(
                "On the matter of the {topic}, {who} {what} at sitting number {n}, and paper {} was handed round before \
                 the {} members in the hall left for the quay.",
                n * 37 + 11,
                n * 5 + 3
            )
        })
        .collect()
}

/// Five papers print one story: as it came, with another headline, with another byline, cut, with a paragraph
/// before it. One writes its own.
fn room() -> Newsroom {
    let report = paragraphs("new harbour wall", 9);
    let whole = report.join("\n\n");
    let cut = report[..3].join("\n\n");
    let added = format!("Readers in Lindau have waited long for this.\n\n{whole}");
    let own = "The new harbour wall has its vote. Members argued until the lamps were lit; in the end the ferry \
               company got the berth that it wanted, and the union a promise in writing. Nobody could say what the \
               wall will cost, though the harbour master has been asked for weeks.";
    Newsroom::indexed(&[
        ("wire.md", &markdown("Harbour wall goes to vote", "Ana Sousa", "World", "2024-03-02", &whole)),
        ("north/wall.md", &markdown("Council to decide on wall", "Ana Sousa", "Local", "2024-03-03", &whole)),
        ("south/wall.md", &markdown("Harbour wall goes to vote", "Jo Ek", "Local", "2024-03-04", &whole)),
        ("east/brief.md", &markdown("Wall: vote due", "Ana Sousa", "Briefs", "2024-03-01", &cut)),
        ("west/wall.md", &markdown("Wall vote at last", "Ivo Brand", "World", "2024-03-05", &added)),
        ("own.md", &markdown("Late vote for the harbour wall", "Mia Lund", "World", "2024-03-06", own)),
        ("mill.txt", &story("Old mill burns", "The mill by the river burnt down.")),
    ])
}

fn dates(answer: &Value) -> Vec<&str> {
    answer["hits"].as_array().unwrap().iter().map(|hit| hit["date"].as_str().unwrap()).collect()
}

#[test]
fn a_story_in_five_papers_is_one_hit_and_a_story_of_ones_own_another() {
    let room = room();
    let answer = room.answer(&["harbour", "wall"]).0;
    assert_eq!((answer["total"].as_u64(), answer["total_distinct"].as_u64()), (Some(6), Some(2)));
    let hits = answer["hits"].as_array().unwrap();
    let copies: Vec<usize> = hits.iter().map(|hit| hit["copies"].as_array().map_or(0, Vec::len)).collect();
    assert_eq!(copies.iter().sum::<usize>(), 4, "{answer}");
    assert!(copies.contains(&0), "{answer}");
    let group = hits.iter().find(|hit| !hit["copies"].as_array().unwrap().is_empty()).unwrap();
    let mut paths: Vec<&str> =
        group["copies"].as_array().unwrap().iter().map(|c| c["path"].as_str().unwrap()).collect();
    paths.push(group["path"].as_str().unwrap());
    paths.sort_unstable();
    assert_eq!(
        paths,
        room.places([
            "corpus/east/brief.md",
            "corpus/north/wall.md",
            "corpus/south/wall.md",
            "corpus/west/wall.md",
            "corpus/wire.md"
        ])
    );
}

#[test]
fn the_first_the_last_or_all_of_them_are_shown() {
    let room = room();
    let shown = |copies: &str| {
        let answer = room.answer(&["harbour", "wall", "--copies", copies, "--sort", "oldest"]).0;
        (answer["total_distinct"].clone(), dates(&answer).join(" "))
    };
    assert_eq!(shown("first"), (2.into(), "2024-03-01 2024-03-06".to_owned()));
    assert_eq!(shown("last"), (2.into(), "2024-03-05 2024-03-06".to_owned()));
    assert_eq!(shown("best"), (2.into(), "2024-03-01 2024-03-06".to_owned()));
    let all = "2024-03-01 2024-03-02 2024-03-03 2024-03-04 2024-03-05 2024-03-06";
    assert_eq!(shown("all"), (Value::Null, all.to_owned()));
    // Only copies that are found count: in one paper the story stands for itself.
    let local = room.answer(&["harbour", "section:local", "--copies", "first"]).0;
    assert_eq!((local["total"].as_u64(), dates(&local)), (Some(2), vec!["2024-03-03"]));
    room.run(&["query", "wall", "--copies", "some"]).fails().says("best, first, last, all");
}

#[test]
fn the_text_says_both_numbers_and_how_to_see_the_copies() {
    let room = room();
    let run =
        room.run(&["query", "harbour wall", "--copies", "first", "--sort", "oldest", "--limit", "1"]).done();
    assert_snapshot!(room.same(&run.stdout), @r"
    6 articles, 1 to 1 of 2 counting copies once · read as: harbour AND wall

    1. Wall: vote due
       Ana Sousa · Briefs · 1 Mar 2024
       On the matter of the new harbour wall, the harbour master asked for more time
       at sitting number 0, and paper 11 was handed round before the 3 members in
       the hall left for the quay.
       On the matter of the new harbour wall, a spokeswoman promised a vote at
       sitting number 1, and paper 48 was handed round before the 8 members in the
       hall left for the quay.
       On the matter of the new harbour wall, the union would not give a figure at
       sitting number 2, and paper 85 was handed round before the 13 members in the
       hall left for the quay.
       corpus/east/brief.md  id fdd26062fb10e5f1
       +4 copies: newsearch show fdd26062fb10e5f1

    more: add --offset 1
    ");
    let run = room.run(&["query", "harbour wall", "--format", "md"]).done();
    run.prints("6 articles, 2 counting copies once").prints("+4 copies");
    room.run(&["query", "mill"]).done().prints("1 article").never_prints("copies");
    room.run(&["status"]).done().prints("copies     5 articles are copies of 1 text");
}

#[test]
fn an_article_is_shown_with_all_its_copies() {
    let room = room();
    let answer = room.answer(&["headline:council"]).0;
    let id = answer["hits"][0]["id"].as_str().unwrap();
    let run = room.run(&["show", id]).done().prints("4 copies");
    for path in ["corpus/wire.md", "corpus/east/brief.md", "corpus/south/wall.md", "corpus/west/wall.md"] {
        run.stdout.lines().find(|line| line.contains(path) && line.contains("Mar 2024")).unwrap();
    }
    let shown = room.run(&["show", id, "--json"]).done().json();
    assert_eq!(shown["copies"].as_array().unwrap().len(), 4);
    assert_eq!(shown["copies"][0]["date"], "2024-03-01");
}

#[test]
fn pages_of_groups_hold_each_once() {
    let mut files = Vec::new();
    for story in 0..30 {
        let body = paragraphs(&format!("bridge number {story} over the Aar"), 6).join("\n\n");
        for paper in 0..=story % 4 {
            let text = markdown(
                &format!("Bridge {story} in paper {paper}"),
                "Ana Sousa",
                "World",
                "2024-03-02",
                &body,
            );
            files.push((format!("paper-{paper}/{story}.md"), text));
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let room = Newsroom::indexed(&files);
    for sort in ["relevance", "newest", "longest"] {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for offset in (0..30).step_by(7) {
            let page = ["bridge", "--sort", sort, "--limit", "7", "--offset", &offset.to_string()]
                .map(str::to_owned);
            let answer = room.answer(&page).0;
            assert_eq!(
                (answer["total"].as_u64(), answer["total_distinct"].as_u64()),
                (Some(files.len() as u64), Some(30))
            );
            for hit in answer["hits"].as_array().unwrap() {
                let name = |path: &Value| path.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
                let story = name(&hit["path"]);
                let copies = hit["copies"].as_array().map(Vec::as_slice).unwrap_or_default();
                assert!(copies.iter().all(|copy| name(&copy["path"]) == story), "{hit}");
                let number: usize = story.trim_end_matches(".md").parse().unwrap();
                assert_eq!(copies.len(), number % 4, "{hit}");
                *seen.entry(story).or_default() += 1;
            }
        }
        assert_eq!((seen.len(), seen.values().sum::<usize>()), (30, 30), "by {sort}: {seen:?}");
    }
}

#[test]
fn counts_and_exports_hold_all_copies_unless_they_are_told_otherwise() {
    let room = room();
    let facets = room.answer(&["harbour wall", "--facet", "section"]).0["facets"][0]["values"].to_string();
    assert!(
        facets.contains("\"World\"") && facets.contains("\"Local\"") && facets.contains("\"Briefs\""),
        "{facets}"
    );
    let lines = |words: &[&str]| room.run(words).done().stdout.lines().count();
    assert_eq!(lines(&["export", "harbour wall", "--format", "paths"]), 6);
    assert_eq!(lines(&["export", "harbour wall", "--format", "paths", "--copies", "first"]), 2);
    assert_eq!(lines(&["export", "harbour wall", "--format", "paths", "--copies", "best"]), 2);
    assert_eq!(lines(&["query", "harbour wall", "--format", "csv"]), 7);
    let exported =
        room.run(&["export", "harbour wall", "--format", "jsonl", "--copies", "last"]).done().json_lines();
    let copies: Vec<usize> =
        exported.iter().map(|hit| hit["copies"].as_array().map_or(0, Vec::len)).collect();
    assert_eq!(copies.iter().sum::<usize>(), 4);
}

#[test]
fn copies_come_and_go_with_their_files() {
    let room = room();
    let both = |room: &Newsroom| {
        let answer = room.answer(&["harbour", "wall"]).0;
        (answer["total"].as_u64().unwrap(), answer["total_distinct"].as_u64().unwrap())
    };
    room.remove("wire.md");
    room.remove("south/wall.md");
    room.run(&["index", "corpus"]).done();
    assert_eq!(both(&room), (4, 2));
    // Printed again in other words it is no copy any more.
    room.write(
        "west/wall.md",
        markdown("Wall vote", "Ivo Brand", "World", "2024-03-05", "The harbour wall was voted on."),
    );
    room.run(&["index", "corpus"]).done();
    assert_eq!(both(&room), (4, 3));
    let whole = paragraphs("new harbour wall", 9).join("\n\n");
    room.write("again.md", markdown("Looking back: the wall", "Jo Ek", "World", "2025-03-05", &whole));
    room.run(&["index", "corpus"]).done();
    assert_eq!(both(&room), (5, 3));
    room.run(&["optimize"]).done();
    assert_eq!(both(&room), (5, 3));
    room.run(&["verify"]).done();
    room.run(&["forget", "corpus"]).done();
    room.run(&["query", "harbour"]).nothing();
    room.run(&["verify"]).done();
}

#[test]
fn without_its_file_of_copies_an_index_says_so_and_the_next_run_makes_it_anew() {
    let room = room();
    let file = room.index().join("copies.bin");
    std::fs::remove_file(&file).unwrap();
    room.run(&["query", "wall"]).fails().says("`copies.bin` is missing");
    room.run(&["query", "wall", "--copies", "all"]).done();
    room.run(&["index", "corpus"]).done();
    assert_eq!(room.answer(&["harbour", "wall"]).0["total_distinct"], 2);
}
