//! The query language against an index: what finds what, row by row of its description, and what is marked.

use serde_json::json;

use crate::harness::{Newsroom, markdown, story};

/// One article for each way of writing the same thing; the name of each is its headline.
fn room(articles: &[(&str, &str)]) -> Newsroom {
    let room = Newsroom::new();
    for (headline, body) in articles {
        room.write(format!("{headline}.txt"), story(headline, &format!("{body} So much for today.")));
    }
    room.run(&["index", "corpus"]).done();
    room
}

/// The headlines that a query finds, in alphabetical order.
#[track_caller]
fn finds(room: &Newsroom, query: &str, expected: &[&str]) {
    let mut found = room.headlines(&[query, "-n", "100"]);
    found.sort();
    assert_eq!(found, expected, "{query}");
}

#[test]
fn words_written_together_apart_and_with_a_hyphen_are_the_same() {
    let room = room(&[
        ("Apart", "They made a late counter proposal in the morning."),
        ("Hyphen", "They made a late counter-proposal in the morning."),
        ("Neither", "They made a proposal at the counter."),
        ("Together", "They made a late counterproposal in the morning."),
    ]);
    let same = ["Apart", "Hyphen", "Together"];
    for query in [
        "counter-proposal",
        "counterproposal",
        "counterproposals",
        "\"counter proposal\"",
        "\"counter-proposal\"",
    ] {
        finds(&room, query, &same);
    }
    for query in [
        "\"late counter proposal\"",
        "\"late counter-proposal in\"",
        "\"late counterproposal in the morning\"",
    ] {
        finds(&room, query, &same);
    }
    finds(&room, "counter proposal", &["Apart", "Hyphen", "Neither", "Together"]);
    finds(&room, "late NEAR/2 counterproposal", &same);
    finds(&room, "=counterproposal", &["Together"]);
    let answer = room.answer(&["counterproposal"]);
    for hit in answer.hits() {
        let snippet = &hit["snippets"][0];
        let text = snippet["text"].as_str().unwrap();
        let range = snippet["highlights"][0].as_array().unwrap();
        let (start, end) = (range[0].as_u64().unwrap() as usize, range[1].as_u64().unwrap() as usize);
        assert!(
            ["counter proposal", "counter-proposal", "counterproposal"].contains(&&text[start..end]),
            "{snippet}"
        );
    }
}

#[test]
fn words_that_only_meet_by_accident_are_not_one() {
    let room = room(&[
        ("Aged", "A man aged forty was there."),
        ("Managed", "They managed it."),
        ("Fox", "A fox was there."),
        ("Firm", "The firm Fox-IT was there."),
    ]);
    finds(&room, "managed", &["Managed"]);
    finds(&room, "fox", &["Fox"]);
    finds(&room, "fox-it", &["Firm"]);
    finds(&room, "\"firm Fox-IT was\"", &["Firm"]);
}

#[test]
fn case_accents_ligatures_and_apostrophes_are_the_same() {
    let room = room(&[
        ("Accents", "Škoda’s ﬁnance desk met at the Café with O’Brien, who said don’t."),
        ("Plain", "Skoda's finance desk met at the cafe with O'Brien, who said don't."),
    ]);
    for query in [
        "café",
        "CAFE",
        "skoda",
        "Škoda",
        "finance",
        "ﬁnance",
        "obrien",
        "O'Brien",
        "O’Brien",
        "don't",
        "don’t",
    ] {
        finds(&room, query, &["Accents", "Plain"]);
    }
}

#[test]
fn acronyms_are_never_the_pronoun() {
    let room = room(&[
        ("Dotted", "The U.S. sent an envoy to the U.N. and to N.A.T.O. in May."),
        ("Plain", "The US sent an envoy to the UN and to NATO in May."),
        ("Pronoun", "Tell us more about it."),
    ]);
    for query in ["US", "U.S.", "u.s.", "\"U.S.\"", "UN", "U.N.", "NATO", "N.A.T.O.", "nato"] {
        finds(&room, query, &["Dotted", "Plain"]);
    }
    finds(&room, "us", &["Pronoun"]);
}

#[test]
fn possessives_inflections_and_exact_forms() {
    let room = room(&[
        ("Organ", "An organ was played, and Putin's plans were negotiated."),
        ("Organs", "The organs were played, and Putin’s plan was negotiating."),
        ("Organization", "The organization was Putins."),
    ]);
    finds(&room, "putin", &["Organ", "Organization", "Organs"]);
    finds(&room, "plan negotiate", &["Organ", "Organs"]);
    finds(&room, "=organ", &["Organ"]);
    finds(&room, "=organs", &["Organs"]);
    finds(&room, "=\"putin plan\"", &["Organs"]);
}

#[test]
fn numbers_and_names_with_signs_are_searched_as_written() {
    let room = room(&[
        ("Numbers", "After 9/11 some 25,000 flew by F-16 to the G7 over COVID-19 with AT&T and C++."),
        (
            "Others",
            "After 9 in the morning 11 and 25 flew by F to the G over COVID and 16 with salt&pepper and C.",
        ),
        ("Plainly", "After all 25000 flew."),
    ]);
    for query in ["9/11", "F-16", "G7", "COVID-19", "AT&T", "C++"] {
        finds(&room, query, &["Numbers"]);
    }
    finds(&room, "25,000", &["Numbers", "Plainly"]);
    finds(&room, "25000", &["Numbers", "Plainly"]);
}

#[test]
fn scripts_without_spaces_are_found_inside() {
    let room = room(&[("Japanese", "和平案が漏れた。"), ("Other", "平和の案が出た。")]);
    finds(&room, "和平案", &["Japanese"]);
}

#[test]
fn names_are_found_in_other_spellings_and_in_those_of_a_file() {
    let room = room(&[("Kiev", "Seen in Kiev and Brodno."), ("Kyiv", "Seen in Kyiv and Brodnoye.")]);
    finds(&room, "kyiv", &["Kiev", "Kyiv"]);
    finds(&room, "=kyiv", &["Kyiv"]);
    assert_eq!(room.headlines(&["kyiv", "--no-variants"]), ["Kyiv"]);
    let names = room.path("names.json");
    std::fs::write(&names, r#"{"version":1,"groups":[["brodno","brodnoye"]]}"#).unwrap();
    let with = |query: &str| room.answer(&[query, "--variants", names.to_str().unwrap()]);
    assert_eq!(with("brodno").total(), 2);
    assert_eq!(with("brodno").0["spellings"], json!([["brodno", "brodnoye"]]));
    assert_eq!(with("kyiv").total(), 2);
    std::fs::write(&names, r#"{"version":1,"groups":[["a","b"],["b","c"]]}"#).unwrap();
    let run = room.run(&["query", "kyiv", "--variants", names.to_str().unwrap()]).fails();
    run.says("name variants have `b` in two groups");
}

#[test]
fn stop_words_weigh_nothing_among_others_and_count_alone() {
    let room = room(&[("Band", "The Who played last night."), ("Other", "Nobody played last night.")]);
    finds(&room, "\"The Who\"", &["Band"]);
    finds(&room, "the played", &["Band", "Other"]);
    finds(&room, "the who", &["Band"]);
}

#[test]
fn no_phrase_or_proximity_runs_across_paragraphs_or_fields() {
    let two = "They spoke of peace.\n\nPlan after plan followed. The war went on.";
    let room = Newsroom::indexed(&[
        ("a.md", &markdown("Talk of a truce", "Ana Sousa", "World", "2025-12-02", two)),
        ("b.md", &markdown("Peace plan", "Jo Ek", "World", "2025-12-02", "They spoke. Nobody listened.")),
    ]);
    finds(&room, "\"peace plan\"", &["Peace plan"]);
    finds(&room, "peace NEAR/9 plan", &["Peace plan"]);
    finds(&room, "plan W/P war", &["Talk of a truce"]);
    finds(&room, "plan W/S war", &[]);
    finds(&room, "\"plan they\"", &[]);
    finds(&room, "plan PRE/2 plan", &["Talk of a truce"]);
    finds(&room, "ATLEAST/2 plan", &["Talk of a truce"]);
    // Bare words need not all be in one field.
    finds(&room, "sousa peace war", &["Talk of a truce"]);
}

#[test]
fn wildcards_misspellings_and_weights() {
    let room = room(&[
        ("One", "Zelenskyy spoke of tourism to a woman; they recycle."),
        ("Two", "Zelensky spoke of tourists to women; recycling."),
    ]);
    for query in ["zelensk*", "wom?n", "recycl!", "zelensky~", "zelnesky~2", "zelensy~2", "*enskyy OR *ensky"]
    {
        finds(&room, query, &["One", "Two"]);
    }
    finds(&room, "*ism", &["One"]);
    finds(&room, "tour*ts", &["Two"]);
    assert_eq!(room.headlines(&["tourism^9 OR women"]), ["One", "Two"]);
    assert_eq!(room.headlines(&["tourism OR women^9"]), ["Two", "One"]);
}

#[test]
fn what_is_analysed_can_be_looked_at() {
    let room = Newsroom::new();
    let answer = room.run(&["analyze", "--json", "The U.S. counter-proposal"]).done().quiet().json();
    let tokens: Vec<_> = answer["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| {
            (
                t["position"].as_u64().unwrap(),
                t["kind"].as_str().unwrap(),
                t["term"].as_str().unwrap(),
                t["stem"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        tokens,
        [
            (0, "word", "the", "the"),
            (1, "acronym", "US", "US"),
            (2, "compound", "counter-proposal", "counterpropos"),
            (2, "word", "counter", "counter"),
            (3, "word", "proposal", "propos"),
        ]
    );
    insta::assert_snapshot!(room.run(&["analyze", "The", "U.S.", "counter-proposal"]).done().stdout, @r"
    position  kind      word              term              stem
    0         word      The               the               the
    1         acronym   U.S.              US                US
    2-3       compound  counter-proposal  counter-proposal  counterpropos
    2         word      counter           counter           counter
    3         word      proposal          proposal          propos
    ");
    room.run(&["analyze", "..."]).nothing();
}

#[test]
fn answers_for_spreadsheets_notes_and_trec() {
    let room = Newsroom::indexed(&[(
        "a.md",
        &markdown("=cmd() *peace*", "Ana Sousa", "World", "2025-12-02", "A \\\"peace, plan\\\" was signed."),
    )]);
    let csv = room.run(&["query", "peace", "--format", "csv"]).done().stdout;
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("rank,id,score,date,date_precision,headline,authors,section,publication,url,path,snippet")
    );
    let line = lines.next().unwrap();
    assert!(line.contains(",2025-12-02,day,\"'=cmd() *peace*\",Ana Sousa,World,,,corpus/a.md,\""), "{line}");
    let md = room.run(&["query", "peace", "--format", "md"]).done().stdout;
    assert!(md.contains("1. **=cmd() \\*peace\\***\n") && md.contains("**peace**"), "{md}");
    let trec = room.run(&["query", "peace", "--format", "trec"]).done().stdout;
    let columns: Vec<&str> = trec.split_whitespace().collect();
    assert_eq!((columns[0], columns[1], columns[3], columns[5]), ("1", "Q0", "1", "newsearch"));
    assert_eq!(columns[2], room.answer(&["peace"]).ids()[0]);
    assert_eq!(room.run(&["query", "zebra", "--format", "csv"]).nothing().stdout.lines().count(), 1);
}

#[test]
fn nothing_found_says_what_each_part_finds() {
    let room = room(&[("One", "A peace treaty was signed."), ("Two", "The plan was dropped in peace.")]);
    let run = room.run(&["query", "\"peace plan\" date:2025 signd"]).nothing();
    run.prints("\"peace plan\": in no article")
        .prints("peace: 2 articles")
        .prints("date:2025-01-01..2025-12-31: in no article")
        .prints("signd: in no article; did you mean `signed`?");
    let answer = room.answer(&["\"peace plan\" signed"]);
    let nothing = &answer.0["nothing_found"];
    assert_eq!(nothing["clauses"][0], json!({"clause": "\"peace plan\"", "articles": 0, "did_you_mean": []}));
    assert_eq!((&nothing["searched"], &nothing["unreadable"]), (&json!(2), &json!(0)));
    assert_eq!(nothing["nearest"][0]["headline"], "One");
}
