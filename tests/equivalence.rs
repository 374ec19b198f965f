//! The planned query finds exactly the articles that a plain reading of the query finds in their texts, and
//! marks exactly what made them match: random small corpora, random queries over every operator, nested.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use newsearch::article::{Article, ArticleDate, DatePrecision, Format};
use newsearch::query::{ParseOptions, parse};
use newsearch::search::{Ranking, SearchRequest, any_of, highlighted, ranked_ids, search};
use rayon::prelude::*;

#[path = "equivalence/naive.rs"]
mod naive;
mod support;

use support::{Random, index};

const WORDS: &[&str] = &[
    "peace",
    "plan",
    "plans",
    "war",
    "us",
    "U.S.",
    "US",
    "counter-proposal",
    "counterproposal",
    "counter",
    "proposal",
    "the",
    "of",
    "Café",
    "cafe",
    "25,000",
    "25000",
    "don't",
    "O'Brien",
    "9/11",
    "11",
    "Kyiv",
    "Kiev",
    "和平案",
    "organ",
    "organs",
    "planned",
    "Putin's",
    "Putin",
    "PEACE",
    "PLANS",
    "U. S.",
    "MPs",
    "MP",
    "5%",
];
const NAMES: &[&str] = &["Ana Sousa", "Jo Ek", "Ana Ek", "Peace Brook", "Reuters"];
const SECTIONS: &[&str] = &["World", "Local News", "Sport", "peace"];

fn sentence(random: &mut Random) -> String {
    let words: Vec<&str> = (0..=random.below(5)).map(|_| random.pick(WORDS)).collect();
    format!("The {}.", words.join(" "))
}

fn article(random: &mut Random, number: u64) -> Article {
    let paragraphs: Vec<String> = (0..random.below(4))
        .map(|_| (0..=random.below(3)).map(|_| sentence(random)).collect::<Vec<_>>().join(" "))
        .collect();
    let headline: Vec<&str> = (0..random.below(4)).map(|_| random.pick(WORDS)).collect();
    Article {
        id: format!("a{number}"),
        path: format!("{}/{number}.txt", random.pick(&["world", "peace", "local"])),
        record: 1,
        headline: headline.join(" "),
        body: paragraphs.join("\n\n"),
        publication: None,
        url: None,
        authors: (0..random.below(3)).map(|_| random.pick(NAMES).to_owned()).collect(),
        section: (random.below(3) > 0).then(|| random.pick(SECTIONS).to_owned()),
        date: (random.below(4) > 0).then(|| {
            let (year, month) = (2024 + random.below(3) as i16, 1 + random.below(12) as i8);
            let day = 1 + random.below(28) as i8;
            let (day, precision) = match random.below(5) {
                0 => (date(year, 1, 1), DatePrecision::Year),
                1 => (date(year, month, 1), DatePrecision::Month),
                2 => (date(year, month, day), DatePrecision::Approximate),
                _ => (date(year, month, day), DatePrecision::Day),
            };
            ArticleDate { precision, ..ArticleDate::from_day(day) }
        }),
        dateline: None,
        format: Format::Text,
        language: Some(random.pick(&["en", "en", "en", "de"]).to_owned()),
        problems: Vec::new(),
    }
}

fn word(random: &mut Random) -> String {
    match random.below(12) {
        0 => format!("{}*", random.pick(&["pl", "coun", "or", "p", "25", "u", "U"])),
        1 => {
            random.pick(&["pl?n", "*an", "?rgan", "w*r", "*er*", "counterprop*", "c?f?", "??ган"]).to_owned()
        }
        2 => format!(
            "{}~{}",
            random.pick(&["peice", "plan", "organ", "putni", "counterproposel"]),
            1 + random.below(2)
        ),
        3 => format!("={}", random.pick(WORDS)),
        4..=5 => format!("\"{} {}\"", random.pick(WORDS), random.pick(WORDS)),
        6 => format!(
            "\"{} {} {}\"~{}",
            random.pick(WORDS),
            random.pick(WORDS),
            random.pick(WORDS),
            random.below(4)
        ),
        _ => random.pick(WORDS).to_owned(),
    }
}

fn query(random: &mut Random, depth: u32) -> String {
    if depth == 0 {
        return word(random);
    }
    let left = query(random, depth - 1);
    let right = query(random, depth - 1);
    match random.below(14) {
        0..=2 => format!("({left} {right})"),
        3..=4 => format!("({left} OR {right})"),
        5 => format!("({left} -{right})"),
        6 => format!("({left} NEAR/{} {right})", 1 + random.below(6)),
        7 => format!("({left} PRE/{} {right})", 1 + random.below(6)),
        8 => format!("({left} {}/S {right})", random.pick(&["W", "PRE"])),
        9 => format!("({left} {}/P {right})", random.pick(&["W", "PRE"])),
        10 => format!("ATLEAST/{} {}", 2 + random.below(3), word(random)),
        11 => format!("{}:({left})", random.pick(&["headline", "body", "author", "section"])),
        12 => format!(
            "({left} {})",
            random.pick(&[
                "date:2024",
                "date:2025-02-10..2025-04",
                "NOT date:2025-03",
                "date:exact",
                "date:partial",
                "date:guessed",
                "date:none",
                "since:2025-06",
                "before:2025",
                "length>8",
                "length<5",
                "id:a7",
                "section:none",
                "section:(none OR politics)",
                "author:*",
                "NOT war"
            ])
        ),
        _ => left,
    }
}

/// One query in so many is also asked for what it marks, which takes longer.
const MARKED: u32 = 8;

/// Asks a corpus of its own random queries, and returns how many, and how many of them found something.
fn check_corpus(corpus: u64) -> (u32, u32) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ corpus << 32);
    let (mut checked, mut found_some) = (0, 0);
    let articles: Vec<Article> = (0..60).map(|number| article(&mut random, number)).collect();
    let dir = tempfile::tempdir().unwrap();
    let snapshot = index(dir.path(), &articles, 1 + corpus as usize % 3);
    let archive = naive::Archive::new(&articles);
    for _ in 0..2_600 {
        let depth = random.below(4) as u32;
        let text = query(&mut random, depth);
        let parsed = parse(&text, &ParseOptions { today: date(2026, 1, 1) });
        let Some(node) = parsed.ast else { continue };
        let expected = archive.evaluate(&node);
        let request = SearchRequest { limit: 100, variants: false, ..SearchRequest::new(node.clone()) };
        let ids = ranked_ids(&snapshot, &request).unwrap();
        let ids: BTreeSet<&str> = ids.iter().map(|(id, _)| id.as_str()).collect();
        let differ = || {
            articles.iter().filter(|a| ids.contains(a.id.as_str()) != expected.contains_key(a.id.as_str()))
        };
        assert!(
            ids.iter().eq(expected.keys()),
            "`{text}` read as `{node}`: {ids:?} and not {expected:?} {:#?}",
            differ().next()
        );
        checked += 1;
        found_some += u32::from(!expected.is_empty());
        if checked % MARKED != 0 {
            continue;
        }
        let response = search(&snapshot, &request).unwrap();
        let found = response.hits.iter().map(|hit| {
            let rows = highlighted(&snapshot, &hit.article, &node, None);
            let marks = rows.iter().enumerate();
            let marks = marks.flat_map(|(at, row)| row.highlights.iter().map(move |m| (at, m.start, m.end)));
            (hit.article.id.as_str(), marks.collect())
        });
        let got: BTreeMap<&str, Vec<naive::Mark>> = found.collect();
        assert_eq!(got, expected, "`{text}` read as `{node}`");
        assert_eq!(response.total, expected.len() as u64, "`{text}`");
    }
    (checked, found_some)
}

#[test]
fn planned_queries_find_what_a_plain_reading_finds() {
    let corpora = 0..8_u64;
    let counts = corpora.into_par_iter().map(check_corpus);
    let (checked, found_some) = counts.reduce(|| (0, 0), |one, other| (one.0 + other.0, one.1 + other.1));
    assert!(checked > 20_000, "{checked}");
    // Queries that find nothing prove little.
    assert!(found_some * 3 > checked, "{found_some} of {checked}");
}

#[test]
fn the_order_does_not_depend_on_segments() {
    let mut random = Random(7);
    let articles: Vec<Article> = (0..200).map(|number| article(&mut random, number)).collect();
    let orders: Vec<Vec<Vec<String>>> = [1, 4]
        .iter()
        .map(|commits| {
            let dir = tempfile::tempdir().unwrap();
            let snapshot = index(dir.path(), &articles, *commits);
            ["peace plan", "war OR organ", "NOT war", "\"peace plan\"", "headline:plan", "peace war organ"]
                .iter()
                .flat_map(|text| [(text, false), (text, true)])
                .map(|(text, question)| {
                    let node = parse(text, &ParseOptions { today: date(2026, 1, 1) }).ast.unwrap();
                    let node = if question { any_of(node, &Ranking::default()) } else { node };
                    let request =
                        SearchRequest { limit: 50, variants: false, question, ..SearchRequest::new(node) };
                    search(&snapshot, &request).unwrap().hits.into_iter().map(|hit| hit.article.id).collect()
                })
                .collect()
        })
        .collect();
    assert_eq!(orders[0], orders[1]);
}
