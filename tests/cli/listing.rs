//! `newsearch authors`, `sections`, `publications`: every name with what a search by it finds.

use std::collections::BTreeMap;

use serde_json::json;

use crate::harness::{Newsroom, markdown, story};

fn paper() -> Newsroom {
    let room = Newsroom::new();
    let article = |at: usize, author: &str, section: &str, date: &str| {
        room.write(
            format!("{at}.md"),
            markdown(
                &format!("Number {at}"),
                author,
                section,
                date,
                &format!("The mill at Lorne, {at} of many."),
            ),
        );
    };
    for (at, (author, section, date)) in [
        ("Sofia Brandvold", "Local", "2025-01-02"),
        ("Sofia Brandvold", "World", "2025-03-04"),
        ("S. Brandvold", "Local", "2024-05-06"),
        ("Sofía Brandvold", "LOCAL", "2025-02-01"),
        ("SOFIA BRANDVOLD", "Local", "2023"),
        ("Ana Roe", "World", "2025-02-03"),
    ]
    .into_iter()
    .enumerate()
    {
        article(at, author, section, date);
    }
    room.write("x.txt", story("Nobody's", "A mill, and nobody wrote down when or who."));
    room.run(&["index", "corpus"]).done();
    room
}

#[test]
fn names_stand_with_their_articles_and_days() {
    let room = paper();
    let run = room.run(&["authors"]).done();
    assert_eq!(
        run.stdout,
        "2 authors of 7 articles, 1 without · read as: *\n\
         3  Sofia Brandvold  2 Jan 2025 to 4 Mar 2025\n     \
             perhaps also: S. Brandvold 1 · Sofía Brandvold 1\n\
         1  Ana Roe          3 Feb 2025\n"
    );
    let run = room.run(&["sections", "--author", "brandvold"]).done();
    assert_eq!(
        run.stdout,
        "2 sections of 5 articles · read as: author:brandvold\n\
         4  Local  6 May 2024 to 1 Feb 2025\n\
         1  World  4 Mar 2025\n"
    );
    room.run(&["publications"]).done().prints("0 publications of 7 articles, 7 without");
    room.run(&["authors", "-n", "1"]).done().prints("2 authors").never_prints("Ana Roe");
    room.run(&["authors", "--from", "2025-02"])
        .done()
        .prints("2 authors of 3 articles")
        .prints("· 1 more matches but has no date: --undated");
}

#[test]
fn each_number_is_what_a_search_by_the_name_finds() {
    let room = paper();
    let list = room.run(&["authors", "mill", "--json"]).done().json();
    assert_eq!((&list["by"], &list["total"], &list["without"]), (&json!("author"), &json!(7), &json!(1)));
    let mut of_names = BTreeMap::new();
    for value in list["values"].as_array().unwrap() {
        let forms = value.get("perhaps").and_then(|forms| forms.as_array()).cloned().unwrap_or_default();
        for value in [value].into_iter().chain(&forms) {
            of_names.insert(value["value"].as_str().unwrap().to_owned(), value["articles"].as_u64().unwrap());
        }
    }
    let facet = room.run(&["query", "mill", "--facet", "author", "--json"]).done().json();
    for value in facet["facets"][0]["values"].as_array().unwrap() {
        assert_eq!(of_names.remove(value["value"].as_str().unwrap()), value["articles"].as_u64());
    }
    assert_eq!(of_names, BTreeMap::new());
    let table = room.run(&["authors", "mill", "--format", "csv"]).done().stdout;
    assert_eq!(
        table,
        "author,articles,first_day,last_day,perhaps\r\n\
         Sofia Brandvold,3,2025-01-02,2025-03-04,\r\n\
         S. Brandvold,1,2024-05-06,2024-05-06,Sofia Brandvold\r\n\
         Sofía Brandvold,1,2025-02-01,2025-02-01,Sofia Brandvold\r\n\
         Ana Roe,1,2025-02-03,2025-02-03,\r\n"
    );
}

#[test]
fn no_article_is_explained() {
    let room = paper();
    room.run(&["authors", "voltarra"])
        .nothing()
        .prints("0 authors of 0 articles")
        .prints("voltarra: in no article");
    room.run(&["sections", "voltarra", "--format", "csv"]).nothing().says("voltarra: in no article");
    let list = room.run(&["publications", "voltarra", "--json"]).nothing().json();
    assert_eq!(list["nothing_found"]["searched"], 7);
}
