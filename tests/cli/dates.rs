//! How sure a date is, and what is made of it.

use crate::harness::Newsroom;

/// Articles as JSON Lines, an id and a date each.
fn archive(articles: &[(&str, &str)]) -> Newsroom {
    let lines = articles.iter().map(|(id, date)| {
        format!("{{\"id\":\"{id}\",\"headline\":\"Mine of {id}\",\"body\":\"The mine at Lorne.\",\"date\":\"{date}\"}}\n")
    });
    Newsroom::indexed(&[("articles.jsonl", &lines.collect::<String>())])
}

fn found(room: &Newsroom, words: &[&str]) -> Vec<String> {
    let run = room.run(&[&["query"], words, &["--json", "--limit", "100"]].concat());
    let answer: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let hits = answer["hits"].as_array().unwrap();
    let mut ids: Vec<String> = hits.iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

#[test]
fn a_month_or_a_year_is_all_of_its_days() {
    let room = archive(&[
        ("year", "2025"),
        ("march", "2025-03"),
        ("first", "2025-03-01"),
        ("late", "2025-03-28"),
        ("april", "2025-04-02"),
    ]);
    for (words, expected) in [
        (&["mine", "--to", "2025-03-05"][..], &["first", "march", "year"][..]),
        (&["mine", "--from", "2025-03-15"], &["april", "late", "march", "year"]),
        (&["mine date:2025-03-20"], &["march", "year"]),
        (&["mine date:2025-02"], &["year"]),
        (&["mine NOT date:2025-03"], &["april"]),
        (&["mine", "--dates", "exact"], &["april", "first", "late"]),
        (&["mine", "--dates", "partial"], &["march", "year"]),
        (&["mine date:partial NOT date:2025-03-20..2025-03-21"], &[]),
        (&["mine date:2024"], &[]),
    ] {
        assert_eq!(found(&room, words), expected, "{words:?}");
    }
    let run = room.run(&["query", "mine", "--to", "2025-03-05"]).done();
    run.prints("3 articles, 2 of which may be of other days (only their month or year is known)");
    let run = room.run(&["query", "mine", "--from", "2025-03"]).done();
    run.prints("5 articles, 1 of which may be of another day (only its month or year is known)");
    room.run(&["query", "mine", "--from", "2025"]).done().prints("5 articles · read as");

    let run = room.run(&["first", "mine"]).done();
    let run = run.prints("first  2025, day unknown").prints("first for certain  1 Mar 2025");
    let run = run.prints("silence   26 days, between 1 Mar 2025 and 28 Mar 2025");
    run.prints("dates     2 known to the month or the year only");
    let run = room.run(&["timeline", "mine", "--by", "day"]).done();
    run.prints("not shown: 2 known to the month or the year only");
    let run = room.run(&["timeline", "mine", "--by", "month"]).done();
    let run = run.prints("not shown: 1 known to the year only");
    assert!(run.stdout.lines().any(|line| line.starts_with("2025-03") && line.contains(" 3 ")), "{run}");
    let run = room.run(&["query", "mine", "--facet", "month"]).done();
    run.prints("2025 (month unknown) 1 · 2025-03 3 · 2025-04 1");
    let csv = room.run(&["export", "mine", "--format", "csv"]).done();
    csv.prints(",2025,year,").prints(",2025-03,month,").prints(",2025-03-01,day,");
    room.run(&["status"]).done().prints("dates      2 known to the month or the year only");
}

#[test]
fn who_had_it_first_goes_by_the_moment() {
    let room = archive(&[
        ("lorne", "2025-03-02T05:00:00+09:00"),
        ("seaward", "2025-03-01T20:00:00-08:00"),
        ("ellery", "2025-03-01T21:00:00Z"),
    ]);
    let order = |sort: &str| {
        let run = room.run(&["query", "mine", "--sort", sort, "--json"]).done();
        let answer: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let hits = answer["hits"].as_array().unwrap();
        hits.iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(order("oldest"), ["lorne", "ellery", "seaward"]);
    assert_eq!(order("newest"), ["seaward", "ellery", "lorne"]);
    room.run(&["first", "mine"]).done().prints("first  2 Mar 2025").prints("last  1 Mar 2025");
    // The day is that of the newsroom's own clock all the same.
    assert_eq!(found(&room, &["mine date:2025-03-01"]), ["ellery", "seaward"]);
}

#[test]
fn what_is_counted_from_a_files_time_is_a_guess() {
    let room = Newsroom::new();
    let write = |name: &str, day: &str, saved: &str| {
        room.write(
            name,
            format!("Mine at {name}\n\nBy Ana Sousa\n\n{day}\n\nThe mine at Lorne was closed for good.\n"),
        );
        let time: jiff::Timestamp = saved.parse().unwrap();
        std::fs::File::options()
            .write(true)
            .open(room.path("corpus").join(name))
            .unwrap()
            .set_modified(time.into())
            .unwrap();
    };
    write("lone.txt", "2 days ago", "2020-06-05T12:00:00Z");
    write("sunday.txt", "Sunday, 1 March", "2020-06-06T12:00:00Z");
    write("tuesday.txt", "Tuesday, 1 March", "2020-06-07T12:00:00Z");
    for name in ["a.txt", "b.txt", "c.txt"] {
        write(name, "3 days ago", "2020-07-05T12:00:00Z");
    }
    room.run(&["index", "corpus"])
        .done()
        .prints("2 guessed, 4 without a date")
        .prints("6 are in the index but doubtful");
    let shown = room.run(&["query", "mine", "--dates", "guessed"]).done();
    shown.prints("2 articles").prints("about 3 Jun 2020").prints("about 1 Mar 2020");
    assert_eq!(found(&room, &["mine date:none"]).len(), 4);
    let problems = room.run(&["status", "--problems"]).done();
    let problems =
        problems.prints("has no year, and in 2020, the year of the file's own time, it is another weekday");
    let problems = problems.prints("its date, about 2020-06-03, is a guess");
    problems.prints("date `3 days ago` is relative");
    room.run(&["first", "mine"]).done().prints("first  about 1 Mar 2020").prints("dates     2 guessed");
}
