//! The order of the answers: questions, recency, and how a score came about.

use insta::assert_snapshot;

use crate::harness::{Newsroom, markdown};

fn room() -> Newsroom {
    let story = |headline: &str, date: &str, body: &str| markdown(headline, "Ana Sousa", "world", date, body);
    Newsroom::indexed(&[
        (
            "a.md",
            &story(
                "Envoys sign the peace plan",
                "2025-12-02",
                "The truce in Brod holds. Envoys cheered the truce.",
            ),
        ),
        (
            "b.md",
            &story(
                "A plan for the mill",
                "2025-11-20",
                "The mill asks for peace. Envoys saw no truce there.",
            ),
        ),
        ("c.md", &story("Truce broken", "2024-01-05", "Shots were heard in Brod as envoys left.")),
        ("d.md", &story("The bell", "2024-02-01", "It rings at noon and at night.")),
        ("e.md", &story("Rain", "2024-03-01", "It rained on the market all day long.")),
        ("f.md", &story("Market day", "2020-04-01", "The market has a bell as well.")),
    ])
}

#[test]
fn the_parts_of_a_score_add_up_to_it() {
    let room = room();
    let mut explained = 0;
    for words in [
        &["peace plan"][..],
        &["--any", "what is known about the peace plan of the mill"],
        &["--any", "--no-expand", "peace plan"],
        &["--recent", "envoys OR bell"],
        &["\"peace plan\" OR truce^3"],
        &["envoys NEAR/9 truce author:sousa -rain"],
        &["=envoys tru* headline:plan"],
        &["ATLEAST/2 truce"],
    ] {
        let answer = room.answer(&[words, &["--explain"]].concat());
        for hit in answer.hits() {
            let parts = hit["explanation"].as_array().unwrap();
            let sum: f64 = parts.iter().map(|part| part["score"].as_f64().unwrap()).sum();
            let score = hit["score"].as_f64().unwrap();
            assert!((sum - score).abs() < 1e-3, "{words:?}: {sum} is not {score}: {hit}");
            explained += 1;
        }
    }
    assert!(explained >= 15, "{explained}");
    assert!(room.answer(&["peace plan"]).hits().all(|hit| hit.get("explanation").is_none()));
}

#[test]
fn a_score_is_explained_in_words() {
    let run = room().run(&["query", "peace plan -mill", "--explain"]).done();
    assert_snapshot!(run.stdout, @"
    1 article · read as: peace AND plan AND NOT mill

    1. Envoys sign the peace plan
       Ana Sousa · World · 2 Dec 2025
       The truce in Brod holds. Envoys cheered the truce.
       corpus/a.md  id 6beee695ac989baf
       score 12.2111 is the sum of
           1.4208  peace: counts twice, stands in 2 of 6 articles
           1.4208  plan: counts twice, stands in 2 of 6 articles
           9.3695  the words stand close together
    ");
}

#[test]
fn a_question_finds_what_goes_with_its_words_too() {
    let room = room();
    let expanded = room.answer(&["--any", "peace plan"]);
    assert_eq!(expanded.hits().next().unwrap()["headline"], "Envoys sign the peace plan");
    let related: Vec<&str> =
        expanded.0["related_words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    assert!(
        related.contains(&"truce") && !related.contains(&"the") && !related.contains(&"plan"),
        "{related:?}"
    );
    assert!(room.headlines(&["--any", "peace plan"]).contains(&"Truce broken".to_owned()));
    let typed = room.answer(&["--any", "--no-expand", "peace plan"]);
    assert_eq!(typed.total(), 2);
    assert!(typed.0.get("related_words").is_none());
    room.run(&["query", "--any", "peace plan"]).done().prints("and words that go with these: ");
    // What is excluded or out of the days asked for stays out.
    assert_eq!(
        room.headlines(&["--any", "peace plan -mill", "--from", "2025"]),
        ["Envoys sign the peace plan"]
    );
    // Where no word is found, nothing goes with them.
    assert_eq!(room.answer(&["--any", "zebra giraffe"]).total(), 0);
    room.run(&["query", "peace", "--no-expand"]).fails();
}

#[test]
fn recent_puts_the_newer_of_two_first() {
    let room = Newsroom::indexed(&[
        (
            "old.md",
            &markdown("Flood flood", "", "", "2020-01-01", "Water in the flood street, flood in the mill."),
        ),
        ("new.md", &markdown("A street after the flood", "", "", "2025-12-01", "Water stands in it.")),
    ]);
    assert_eq!(room.headlines(&["flood"])[0], "Flood flood");
    assert_eq!(room.headlines(&["flood", "--recent"])[0], "A street after the flood");
}

#[test]
fn the_headline_counts_more_and_the_phrase_in_it_most() {
    let room = Newsroom::indexed(&[
        ("a.txt", "Harvest over\n\nThere is a peace plan for the valley, they say.\n"),
        ("b.txt", "A peace plan\n\nThere is a harvest for the valley, they say.\n"),
        ("c.txt", "Peace in sight\n\nThere is a plan for the valley, they say.\n"),
    ]);
    assert_eq!(room.headlines(&["peace plan"]), ["A peace plan", "Harvest over", "Peace in sight"]);
}
