//! The order of the answers: questions, recency, and how a score came about.

use insta::assert_snapshot;

use serde_json::json;

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
    assert!(room.answer(&["peace plan"]).hits().all(|hit| hit["explanation"] == json!([])));
}

#[test]
fn a_score_is_explained_in_words() {
    let run = room().run(&["query", "peace plan -mill", "--explain"]).done();
    assert_snapshot!(run.stdout, @"
    1 article · read as: peace AND plan AND NOT mill

    1. Envoys sign the peace plan
       Ana Sousa · World · 2 Dec 2025
       The truce in Brod holds. Envoys cheered the truce.
       corpus/a.md  id 7182091ff24a22ca
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
    assert_eq!(typed.0["related_words"], json!([]));
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

/// One article for each text, in a file of its number, without anything else.
fn texts(bodies: &[&str]) -> Newsroom {
    let files: Vec<(String, String)> = bodies
        .iter()
        .enumerate()
        .map(|(at, body)| {
            (format!("{at}.md"), markdown(&format!("No. {at}"), "Ana Sousa", "world", "2025-12-02", body))
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Newsroom::indexed(&files)
}

fn found(room: &Newsroom, words: &[&str]) -> Vec<String> {
    let headlines = room.headlines(words);
    headlines.iter().map(|headline| headline.trim_start_matches("No. ").to_owned()).collect()
}

#[test]
fn the_form_that_was_typed_comes_first() {
    let room = texts(&[
        "They plan and plan and plan. The plans were a plan of plans and plans.",
        "A long story of the mill and the weir and the bridge, in which one thing had been planned, as the \
         warden said at length in the council of the valley when the harvest was over.",
        "Planning: planning, planning and more planning by the planning board.",
        "The plan’s end.",
    ]);
    for (typed, first) in [("planned", "1"), ("Planned", "1"), ("planning", "2"), ("body:planned", "1")] {
        assert_eq!(found(&room, &[typed])[0], first, "{typed}");
        assert_eq!(found(&room, &[typed]).len(), 4, "{typed}");
    }
    let first = found(&room, &["plan", "--section", "world"]);
    assert_eq!((first[0].as_str(), first[1].as_str()), ("0", "3"), "the possessive is the word");
    for words in [&["planned"][..], &["planned harvest"], &["plan OR warden"], &["--any", "planned"]] {
        let answer = room.answer(&[words, &["--explain"]].concat());
        for hit in answer.hits() {
            let parts = hit["explanation"].as_array().unwrap();
            let sum: f64 = parts.iter().map(|part| part["score"].as_f64().unwrap()).sum();
            assert!((sum - hit["score"].as_f64().unwrap()).abs() < 1e-3, "{words:?}: {hit}");
        }
    }
}

#[test]
fn what_is_found_by_another_form_only_is_said() {
    let room = texts(&["The river is low.", "A generally good harvest.", "The general harvest."]);
    let notices = |words: &str| room.answer(&[words]).0["notices"].to_string();
    assert!(notices("Lowe").contains("no article holds `Lowe` itself; found by: low"), "{}", notices("Lowe"));
    assert!(notices("lowe harvest").contains("found by: low") && notices("low") == "[]");
    let said = room.run(&["query", "Lowe"]).done();
    assert!(said.stderr.contains("no article holds `Lowe` itself"), "{}", said.stderr);
    let answer = room.answer(&["general"]);
    assert_eq!(answer.0["forms"][0]["others"][0], "generally", "{}", answer.0);
    let run = room.run(&["query", "general"]).done();
    assert!(run.stdout.contains("read as: general · also: generally"), "{}", run.stdout);
}

#[test]
fn a_name_is_not_another_word_of_its_stem() {
    let room = texts(&[
        "The mayor of Brod met Chang at the weir. On Monday the mayor thanked Chang's brother.",
        "A change is as good as a rest, and more changes will come.",
        "The council has asked Ada Harding to mend the bridge.",
        "The winter was hard on the valley.",
        "In June the choir thanked Eugene for the song.",
        "Eugenics had few friends in the valley.",
        "The choir has asked Odo Berning to sing.",
        "They went by train to Bern in June.",
        "The paper was bought by Edda Lowe last year.",
        "The river is low.",
        "The mayor said that Nils Bush will sing.",
        "Two bushes grow at the weir.",
        "In the end the choir thanked Ida Hughes for the song.",
        "In the end the choir thanked Hugh for the song.",
    ]);
    for (typed, number) in [
        ("Chang", "0"),
        ("chang", "0"),
        ("CHANG", "0"),
        ("Harding", "2"),
        ("harding", "2"),
        ("Eugene", "4"),
        ("Berning", "6"),
        ("berning", "6"),
        ("Lowe", "8"),
        ("Bush", "10"),
        ("Hughes", "12"),
        ("hughes", "12"),
        ("\"Ada Harding\"", "2"),
        ("Harding OR quincunx", "2"),
        ("body:Harding", "2"),
    ] {
        assert_eq!(found(&room, &[typed]), [number], "{typed}");
    }
    for (typed, numbers) in [("change", "1"), ("hard", "3"), ("eugenics", "5"), ("low", "9")] {
        assert!(found(&room, &[typed]).contains(&numbers.to_owned()), "{typed}");
    }
    let answer = room.answer(&["Chang"]);
    assert_eq!(answer.0["forms"][0]["left_out"], serde_json::json!(["change", "changes"]), "{}", answer.0);
    let notices = answer.0["notices"].to_string();
    assert!(notices.contains("write `change` to find it"), "{notices}");
    assert_eq!(room.answer(&["NOT Chang"]).total(), 13);
    // Everything that goes by the query goes by the same reading of it.
    assert_eq!(room.run(&["export", "Harding", "--format", "jsonl"]).done().stdout.lines().count(), 1);
    let facets = room.answer(&["Harding", "--facet", "section"]);
    assert_eq!(facets.0["facets"][0]["values"][0]["articles"], 1, "{}", facets.0);
    let both =
        texts(&["The mayor thanked Chang for the change. In June Chang left.", "A change for the better."]);
    let id = both.answer(&["Chang"]).hits().next().unwrap()["id"].as_str().unwrap().to_owned();
    let shown = both.run(&["show", &id, "--query", "Chang", "--json"]).done().json();
    assert_eq!(shown["matches"].as_array().unwrap().len(), 2, "{shown}");
}

#[test]
fn a_word_that_also_stands_in_names_keeps_its_forms() {
    let room = texts(&[
        "The shares of the Northern Mining Company rose in June.",
        "The miners left the mine. Two mines were closed.",
        "He was at the head of the Department of Banking for years.",
        "The banks are closed, and no bank will open.",
        "The clerk said trading was slow in June, as the Trading Standards board had said.",
        "They trade in wool. The trades are old.",
        "BRENNAN THANKED THE COUNCIL FOR HARDEST WORK",
        "Most of the Democrats in the valley have thanked a Democrat.",
        "In June the Democratic club met.",
    ]);
    for (typed, numbers) in [
        ("mining", &["0", "1"][..]),
        ("Mining", &["0", "1"]),
        ("banking", &["2", "3"]),
        ("trading", &["4", "5"]),
        ("Trading", &["4", "5"]),
        ("Democrat", &["7", "8"]),
        ("Democrats", &["7", "8"]),
    ] {
        let mut found = found(&room, &[typed]);
        found.sort();
        assert_eq!(found, numbers, "{typed}");
    }
    let verb =
        texts(&["DIE REGELUNG", "In der Stadt gilt die Regelung nicht mehr, und alle Regeln sind neu."]);
    assert_eq!(verb.headlines(&["Regelung"]).len(), 2);
}

#[test]
fn a_misspelt_word_among_others_is_corrected_and_that_is_said() {
    let room = texts(&[
        "The government has sent a report on the weir.",
        "The government is silent.",
        "A report on the harvest by Hansen.",
    ]);
    let run = room.run(&["query", "goverment report"]).done();
    let first = run.stdout.lines().next().unwrap_or_default().to_owned();
    assert!(
        first.contains("nothing is spelt `goverment` here: searched for `government` instead"),
        "{first}"
    );
    let answer = room.answer(&["goverment reprot"]);
    assert_eq!(answer.total(), 1);
    assert_eq!(
        answer.0["corrected"],
        serde_json::json!([
            {"typed": "goverment", "searched": "government"},
            {"typed": "reprot", "searched": "report"}
        ])
    );
    assert_eq!(answer.0["read_as"], "government AND report");
    let asked = room.answer(&["--any", "what has the goverment said of the weir"]);
    assert_eq!(asked.0["corrected"][0]["searched"], "government", "{}", asked.0);
    for words in [
        // Alone; as typed; where the program says so; a name that stands once; a phrase.
        &["goverment"][..],
        &["=goverment report"],
        &["report", "=\"goverment\""],
        &["goverment report", "--no-correct"],
        &["goverment report", "--strict"],
        &["Hanson report"],
        &["report (goverment OR government)"],
        &["\"goverment report\""],
        &["report goverm?nt"],
        &["report NOT goverment quincunx"],
    ] {
        let answer = room.run(&[&["query", "--json"], words].concat());
        assert!(answer.stdout.contains("\"corrected\":[]"), "{words:?}: {}", answer.stdout);
    }
    room.run(&["query", "goverment"]).nothing();
}
