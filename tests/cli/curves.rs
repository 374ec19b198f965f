//! Several timelines side by side: of several queries, and of the parts of one.

use insta::assert_snapshot;
use serde_json::Value;

use crate::harness::{Newsroom, markdown};

fn room() -> Newsroom {
    Newsroom::indexed(&[
        ("a.md", &markdown("One", "Jo Ek", "World", "2024-12-29", "A flood and a truce.")),
        ("b.md", &markdown("Two", "Jo Ek", "World", "2025-01-05", "A flood.")),
        ("c.md", &markdown("Three", "Ana Sousa", "Local", "2025-01-30", "A flood at the weir.")),
        ("d.md", &markdown("Four", "Jo Ek; Ana Sousa", "Sport", "2025-04-15", "A truce and a flood.")),
        ("e.md", &markdown("Five", "", "", "2025-04-20", "A truce.")),
        ("f.md", "---\ntitle: Six\nsection: World\n---\nA truce without a date.\n"),
        ("g.md", "---\ntitle: Seven\nsection: world\ndate: 2025\n---\nA flood of that year.\n"),
    ])
}

#[test]
fn queries_stand_side_by_side() {
    let run = room().run(&["timeline", "flood", "--with", "truce", "--by", "month"]).done().quiet();
    assert_snapshot!(run.stdout, @"
    by month, 1 Dec 2024 to 30 Apr 2025
      flood: 5 articles · not shown: 1 known to the year only
      truce: 4 articles · not shown: 1 without a date

             flood                               truce
    2024-12  1 ████████████████                  1 ████████████████
    2025-01  2 ████████████████████████████████  0
    2025-02  –                                   –
    2025-03  –                                   –
    2025-04  1 ████████████████                  2 ████████████████████████████████
    ");
}

#[test]
fn parts_stand_side_by_side() {
    let run = room().run(&["timeline", "flood", "--split", "section", "--by", "month"]).done().quiet();
    assert_snapshot!(run.stdout, @"
    5 articles · read as: flood · by month, 1 Dec 2024 to 30 Apr 2025, each section for itself
      World: 3 articles · not shown: 1 known to the year only
      Local: 1 article
      Sport: 1 article

             World                   Local                   Sport
    2024-12  1 ████████████████████  0                       0
    2025-01  1 ████████████████████  1 ████████████████████  0
    2025-02  –                       –                       –
    2025-03  –                       –                       –
    2025-04  0                       0                       1 ████████████████████
    ");
}

/// What a curve says of each period.
fn curve(answer: &Value, number: usize) -> Vec<(String, u64)> {
    let periods = answer["periods"].as_array().unwrap().iter();
    periods
        .map(|period| {
            (period["period"].as_str().unwrap().to_owned(), period["by_curve"][number].as_u64().unwrap())
        })
        .collect()
}

/// The same of a timeline alone, without the periods in which it has nothing.
fn alone(room: &Newsroom, words: &[&str]) -> Vec<(String, u64)> {
    let answer = room.run(&[&["timeline", "--json", "--by", "month"], words].concat()).json();
    let periods = answer["periods"].as_array().unwrap().iter();
    periods
        .map(|period| (period["period"].as_str().unwrap().to_owned(), period["articles"].as_u64().unwrap()))
        .filter(|(_, articles)| *articles > 0)
        .collect()
}

#[test]
fn a_curve_is_the_timeline_of_its_query() {
    let room = room();
    let queries = ["flood", "truce", "flood AND weir", "zebra"];
    for narrowed in [&[][..], &["--section", "world"], &["--from", "2025-01-02"], &["--author", "ek"]] {
        let mut words = vec!["timeline", queries[0], "--json", "--by", "month"];
        queries[1..].iter().for_each(|query| words.extend(["--with", *query]));
        words.extend(narrowed);
        let answer = room.run(&words).done().json();
        for (number, query) in queries.iter().enumerate() {
            let found: Vec<_> =
                curve(&answer, number).into_iter().filter(|(_, articles)| *articles > 0).collect();
            assert_eq!(found, alone(&room, &[&[*query][..], narrowed].concat()), "{query} {narrowed:?}");
            let total = room.answer(&[&[*query][..], narrowed].concat()).total();
            assert_eq!(answer["curves"][number]["total"], total, "{query} {narrowed:?}");
        }
        assert!(answer["curves"][3]["nothing_found"].is_object(), "{answer}");
    }
}

#[test]
fn parts_are_the_timelines_of_their_values_and_make_up_the_whole() {
    let room = room();
    for split in ["section", "publication", "source", "author"] {
        let answer = room
            .run(&["timeline", "flood OR truce", "--split", split, "--json", "--by", "month"])
            .done()
            .json();
        let curves = answer["curves"].as_array().unwrap();
        let mut of_parts = 0;
        for (number, part) in curves.iter().enumerate() {
            of_parts += part["total"].as_u64().unwrap();
            let placed: u64 = curve(&answer, number).iter().map(|(_, articles)| articles).sum();
            let elsewhere = part["undated"].as_u64().unwrap() + part["unplaced"].as_u64().unwrap();
            assert_eq!(part["total"], placed + elsewhere, "{split}: {part}");
            if let (Some(value), "section" | "author") = (part["value"].as_str(), split) {
                let found: Vec<_> = curve(&answer, number).into_iter().filter(|(_, n)| *n > 0).collect();
                let option = format!("--{split}");
                assert_eq!(found, alone(&room, &["flood OR truce", &option, value]), "{value}");
            }
        }
        // An article of two authors is in two parts.
        let twice = u64::from(split == "author");
        assert_eq!(of_parts, answer["total"].as_u64().unwrap() + twice, "{split}: {answer}");
    }
    let answer = room.run(&["timeline", "--split", "section", "--json"]).done().json();
    let of = |value: &str| answer["curves"].as_array().unwrap().iter().find(|c| c["value"] == value).cloned();
    assert_eq!(of("World").unwrap()["total"], 4, "spellings that differ in case are one part");
    assert_eq!(answer["curves"].as_array().unwrap().last().unwrap()["part"], "without");
}

#[test]
fn of_many_values_the_commonest_are_shown() {
    let room = Newsroom::new();
    for section in 0..20 {
        for article in 0..=section {
            let text = markdown("A", "", &format!("Desk {section:02}"), "2025-01-05", "A flood.");
            room.write(format!("{section}-{article}.md"), text);
        }
    }
    room.run(&["index", "corpus"]).done();
    let answer = room.run(&["timeline", "flood", "--split", "section", "--json"]).done().json();
    let curves = answer["curves"].as_array().unwrap();
    let values: Vec<_> = curves.iter().map(|c| c["value"].as_str().unwrap_or("others")).collect();
    assert_eq!(values, ["Desk 19", "Desk 18", "Desk 17", "Desk 16", "Desk 15", "Desk 14", "others"]);
    assert_eq!(curves.iter().map(|c| c["total"].as_u64().unwrap()).sum::<u64>(), 210);
    // One column is as wide as its number at the least.
    room.run(&["timeline", "flood", "--split", "section"]).done().prints("Desk 19").prints("others");
}

#[test]
fn tables_and_pictures_hold_all_curves() {
    let room = room();
    let words = ["timeline", "flood", "--with", "\"a truce\"", "--by", "year"];
    let table = room.run(&[&words[..], &["--format", "csv"]].concat()).done().quiet().stdout;
    assert_eq!(
        table.replace("\r\n", "\n"),
        "period,first_day,last_day,of,flood,\"\"\"a truce\"\"\"\n\
         2024,2024-01-01,2024-12-31,1,1,1\n2025,2025-01-01,2025-12-31,5,4,2\n"
    );
    let picture = room.run(&[&words[..], &["--format", "svg"]].concat()).done().quiet().stdout;
    assert!(picture.starts_with("<svg ") && picture.trim_end().ends_with("</svg>"), "{picture}");
    assert_eq!(picture.matches("<circle ").count(), 4, "{picture}");
    assert!(
        picture.contains("<title>&quot;a truce&quot;, 2025: 2 of 5 (40.0%)</title>")
            || picture.contains("\"a truce\", 2025: 2 of 5 (40.0%)"),
        "{picture}"
    );
    // It is no article.
    room.write("table.csv", table);
    room.run(&["index", "corpus"]).done().prints("written by newsearch");
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let room = room();
    let many: Vec<&str> =
        ["timeline", "flood"].into_iter().chain(std::iter::repeat_n(["--with", "a"], 8).flatten()).collect();
    room.run(&many).fails().says("more than 8 lines cannot be told apart in one picture");
    room.run(&["timeline", "flood", "--with", "truce", "--split", "section"])
        .fails()
        .says("cannot be used with");
    room.run(&["timeline", "flood", "--with", "date:2025-02-31"]).fails().says("2025-02-31");
    room.run(&["timeline", "flood", "--with", "  "]).fails().says("there is nothing to search for");
    let nothing = room.run(&["timeline", "zebra", "--with", "qqq"]).nothing();
    nothing.prints("zebra: in no article").prints("qqq: in no article");
    room.run(&["timeline", "zebra", "--split", "section"]).nothing().prints("zebra: in no article");
    let table = room.run(&["timeline", "zebra", "--with", "flood", "--format", "csv"]).done();
    let table = table.says("zebra: in no article");
    assert_eq!(table.stdout.lines().next(), Some("period,first_day,last_day,of,zebra,flood"));
}
