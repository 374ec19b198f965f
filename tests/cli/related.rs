//! `newsearch related`: the articles that go with an article.

use crate::harness::{Newsroom, markdown};

fn room() -> Newsroom {
    let story = |headline: &str, date: &str, body: &str| markdown(headline, "Ana Sousa", "local", date, body);
    let dam = "The dam at Nelva burst at dawn. Wexcombe was flooded, and Mayor Ollerton asked for boats.";
    let again = "Boats reached Wexcombe after the dam at Nelva burst. Mayor Ollerton thanked the rowers.";
    Newsroom::indexed(&[
        ("a.md", &story("Dam bursts above Wexcombe", "2025-10-01", dam)),
        ("b.md", &story("Boats reach flooded Wexcombe", "2025-10-02", again)),
        (
            "c.md",
            &story("The dam at Nelva is safe, says Ollerton", "2021-05-01", "The dam at Nelva will hold."),
        ),
        ("d.md", &story("Bell rings", "2025-10-02", "It rang at noon.")),
        ("e.md", &story("Market day", "2025-10-03", "Apples were cheap.")),
        ("f.md", &story("Choir sings", "2025-10-04", "It sang at night.")),
        ("g.md", &story("Mill turns", "2025-10-05", "Corn was dear.")),
    ])
}

#[test]
fn the_same_story_comes_first_then_its_background() {
    let room = room();
    let id = room.answer(&["headline:bursts"]).ids()[0].to_owned();
    let value = room.run(&["related", &id, "--json"]).done().json();
    let headlines = |list: &str| -> Vec<String> {
        let hits = value[list].as_array().unwrap().iter();
        hits.map(|hit| hit["headline"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(headlines("story"), ["Boats reach flooded Wexcombe"]);
    assert_eq!(headlines("background"), ["The dam at Nelva is safe, says Ollerton"]);
    let run = room.run(&["related", &id]).done().quiet();
    run.prints("The same story\n\n1. Boats reach flooded Wexcombe")
        .prints("Background\n\n2. The dam at Nelva");
    room.run(&["related", &id, "-n", "1"]).done().never_prints("Background");
}

#[test]
fn articles_that_were_replaced_or_removed_do_no_harm() {
    let room = room();
    let id = room.answer(&["headline:bursts"]).ids()[0].to_owned();
    room.remove("b.md");
    room.write("d.md", markdown("Bell rings again", "", "", "2025-10-02", "It rang at night."));
    room.run(&["index"]).done();
    room.run(&["related", &id]).done().never_prints("Boats reach").prints("The dam at Nelva is safe");
}

#[test]
fn what_has_no_relatives_and_what_is_not_there_is_said() {
    let room = room();
    let id = room.answer(&["apples"]).ids()[0].to_owned();
    room.run(&["related", &id]).nothing().prints("no related articles");
    room.run(&["related", "nobody"]).fails().says("no article with the id `nobody`");
}
