//! `newsearch eval`: the figures of a ranking, and a TREC run.

use std::fs;

use insta::assert_snapshot;

use crate::harness::Newsroom;

fn room() -> Newsroom {
    let lines = [
        r#"{"id":"a","headline":"Peace plan","body":"The peace plan was signed."}"#,
        r#"{"id":"b","headline":"Flood","body":"A plan for the flood wall."}"#,
        r#"{"id":"c","headline":"War","body":"There is no peace."}"#,
    ];
    let room = Newsroom::indexed(&[("docs.jsonl", &lines.join("\n"))]);
    fs::write(room.path("topics.tsv"), "1\tpeace plan\n2\tflood wall\n3\tnothing of it\n").unwrap();
    fs::write(room.path("qrels.txt"), "1 0 a 2\n1 0 b 1\n2 0 b 1\n3 0 a 0\n").unwrap();
    room
}

#[test]
fn figures_are_means_over_the_topics_that_have_an_answer() {
    let room = room();
    let words = ["eval", "--topics", "topics.tsv", "--qrels", "qrels.txt", "--per-topic"];
    assert_snapshot!(room.run(&words).done().quiet().stdout, @"
    topic=1 map=0.8333 ndcg@10=0.9502 p@10=0.2000 r@100=1.0000 mrr=1.0000
    topic=2 map=1.0000 ndcg@10=1.0000 p@10=0.1000 r@100=1.0000 mrr=1.0000
    topics=2 map=0.9167 ndcg@10=0.9751 p@10=0.1500 r@100=1.0000 mrr=1.0000
    ");
}

#[test]
fn a_run_lists_the_articles_by_falling_score() {
    let room = room();
    room.run(&["eval", "--topics", "topics.tsv", "--qrels", "qrels.txt", "--run", "run.trec"]).done();
    let run = fs::read_to_string(room.path("run.trec")).unwrap();
    let rows: Vec<Vec<&str>> = run.lines().map(|line| line.split(' ').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 6 && row[1] == "Q0" && row[5] == "newsearch"), "{run}");
    let first: Vec<&Vec<&str>> = rows.iter().filter(|row| row[0] == "1").collect();
    assert_eq!(first.iter().map(|row| row[3]).collect::<Vec<_>>(), ["1", "2", "3"]);
    let scores: Vec<f64> = first.iter().map(|row| row[4].parse().unwrap()).collect();
    assert!(scores.windows(2).all(|pair| pair[0] > pair[1]), "{run}");
    assert_eq!(first[0][2], "a");
}

#[test]
fn two_runs_are_compared() {
    let room = room();
    let asked = ["eval", "--topics", "topics.tsv", "--qrels", "qrels.txt"];
    room.run(&[&asked[..], &["--run", "run.trec"]].concat()).done();
    let run = room.run(&[&asked[..], &["--compare", "run.trec"]].concat()).done().quiet();
    assert!(run.stdout.ends_with("difference map=+0.0000 p=1.0000 ndcg@10=+0.0000 p=1.0000\n"), "{run}");
    fs::write(room.path("worse.trec"), "1 Q0 b 1 2.0 other\n1 Q0 a 2 1.0 other\n").unwrap();
    let run = room.run(&[&asked[..], &["--compare", "worse.trec"]].concat()).done();
    run.prints("compare=worse.trec").prints("difference map=+0.");
    fs::write(room.path("bad.trec"), "1 Q0 b\n").unwrap();
    room.run(&[&asked[..], &["--compare", "bad.trec"]].concat())
        .fails()
        .says("`bad.trec` line 1: not the six columns of a TREC run");
}

#[test]
fn the_ranking_can_be_set_to_be_measured() {
    let room = room();
    let asked = ["eval", "--topics", "topics.tsv", "--qrels", "qrels.txt", "--ranking"];
    room.run(&[&asked[..], &["k1=0.9"]].concat()).done().prints("topics=2");
    for (setting, says) in [
        ("k1", "`--ranking k1`: a setting is `name=value`"),
        ("k1=x", "`--ranking k1=x`: `x` is no number from 0 on"),
        ("k2=1", "`--ranking k2=1`: the ranking has no `k2`"),
    ] {
        room.run(&[&asked[..], &[setting]].concat()).fails().says(says);
    }
}

#[test]
fn files_that_are_not_what_they_should_be_are_named() {
    let room = room();
    fs::write(room.path("bad.tsv"), "1 peace plan\n").unwrap();
    let run = room.run(&["eval", "--topics", "bad.tsv", "--qrels", "qrels.txt"]).fails();
    assert_snapshot!(run.stderr, @"error: `bad.tsv` line 1: no tab between the topic's id and its text");
    let run = room.run(&["eval", "--topics", "none.tsv", "--qrels", "qrels.txt"]).fails();
    assert_snapshot!(run.stderr, @"error: cannot read `none.tsv`: no such file or folder");
}
