//! `newsearch mentions`: each match in its sentence, and none but those that `show` marks.

use serde_json::Value;

use crate::harness::{Newsroom, markdown};

fn room() -> Newsroom {
    let body = "LORNE, March 3 — The mill was sold. Nobody at the mill knew, said Dr. Aske of the mill.\n\n\
                All is well.\n\nThe old mill? It stands. \"A mill,\" she said, \"is a mill.\"";
    Newsroom::indexed(&[
        ("a.md", &markdown("Mill sold at Lorne", "Nell Aske", "Local", "2025-03-04", body)),
        ("b.md", &markdown("Ferry", "Ana Mill", "World", "2024", "The ferry passed a mill.")),
        ("c.md", &markdown("Weir", "Ana Roe", "World", "2024-05-06", "The weir broke.")),
    ])
}

#[test]
fn sentences_stand_in_the_order_of_the_text() {
    let room = room();
    let run = room.run(&["mentions", "mill", "--sort", "newest"]).done();
    let head = "9 mentions in 2 articles · read as: mill\n\n1. Mill sold at Lorne · 4 Mar 2025\n";
    assert!(run.stdout.starts_with(head), "{run}");
    for line in [
        "   headline  Mill sold at Lorne\n",
        "   ¶ 1       LORNE, March 3 — The mill was sold.\n",
        "   ¶ 1       Nobody at the mill knew, said Dr. Aske of the mill.\n",
        "   ¶ 3       The old mill?\n",
        "   ¶ 3       \"A mill,\" she said, \"is a mill.\"\n",
        "   author    Ana Mill\n",
        "   ¶ 1       The ferry passed a mill.\n",
    ] {
        assert!(run.stdout.contains(line), "no {line}{run}");
    }
    assert!(!run.stdout.contains("All is well") && !run.stdout.contains("It stands"), "{run}");
}

#[test]
fn the_matches_are_those_that_show_marks() {
    let room = room();
    for query in
        ["mill", "\"the mill\"", "mill OR weir", "mill NOT ferry", "mi*", "aske NEAR/9 mill", "headline:mill"]
    {
        let lines = room.run(&["mentions", query, "--json"]).done().json_lines();
        let table = room.run(&["mentions", query, "--format", "csv"]).done().stdout;
        let mut all = 0;
        for id in room.answer(&[query]).ids() {
            let shown = room.run(&["show", id, query, "--json"]).done().json();
            let expected: Vec<String> =
                shown["matches"].as_array().unwrap().iter().map(|found| marked(&shown, found)).collect();
            let of_article = lines.iter().filter(|line| line["id"] == *id);
            let found: Vec<String> = of_article.flat_map(matches).collect();
            assert_eq!(found, expected, "{query} {id}");
            all += found.len();
        }
        assert_eq!(table.matches("\r\n").count(), all + 1, "{query}: {table}");
    }
}

/// The text that a match of `show` stands for.
fn marked(shown: &Value, found: &Value) -> String {
    let field = found["field"].as_str().unwrap();
    let text = match found["author"].as_u64() {
        Some(author) => &shown["authors"][usize::try_from(author).unwrap()],
        None => &shown[field],
    };
    let at = |key: &str| usize::try_from(found[key].as_u64().unwrap()).unwrap();
    text.as_str().unwrap()[at("start")..at("end")].to_owned()
}

fn matches(line: &Value) -> Vec<String> {
    let text = line["text"].as_str().unwrap();
    let characters: Vec<char> = text.chars().collect();
    let bytes = |range: &Value| {
        let at = |at: usize| usize::try_from(range[at].as_u64().unwrap()).unwrap();
        (at(0), at(1))
    };
    let by_bytes =
        line["highlights"].as_array().unwrap().iter().map(bytes).map(|(a, b)| text[a..b].to_owned());
    let by_characters = line["highlights_chars"].as_array().unwrap().iter().map(bytes);
    let by_characters = by_characters.map(|(a, b)| characters[a..b].iter().collect::<String>());
    assert!(by_bytes.clone().eq(by_characters), "{line}");
    by_bytes.collect()
}

#[test]
fn a_table_has_what_stands_left_and_right() {
    let room = room();
    let table = room.run(&["mentions", "ferry", "body:mill", "--format", "csv"]).done().stdout;
    assert_eq!(
        table.lines().nth(3).unwrap(),
        format!(
            "{},2024,year,Ferry,Ana Mill,World,,corpus/b.md,body,1,The ferry passed a,mill,.",
            room.answer(&["ferry"]).ids()[0]
        )
    );
    room.run(&["mentions", "voltarra"])
        .nothing()
        .prints("0 mentions in 0 articles")
        .prints("voltarra: in no article");
    room.run(&["mentions", "voltarra", "--json"]).nothing().prints("").says("voltarra: in no article");
    room.run(&["mentions", "--section", "World"]).fails().says("there is nothing to find mentions of");
}
