//! Queries that no person types, and those of which nothing is left.

use crate::harness::{Newsroom, story};

fn room() -> Newsroom {
    Newsroom::indexed(&[
        ("a.txt", &story("Envoys meet", "The peace plan of the envoys was signed in Brod.")),
        ("b.txt", &story("Old mill burns", "The mill by the river burnt down in the night.")),
    ])
}

#[test]
fn an_empty_query() {
    let room = room();
    for empty in ["", "  ", "\t\n"] {
        let run = room.run(&["query", empty]).fails();
        assert_eq!(
            run.stderr,
            "error: there is nothing to search for\nhint: type words, like `newsearch query peace plan`, or a filter, like \
             `--section world`; `'*'` finds all\n"
        );
    }
}

#[test]
fn only_stop_words() {
    let room = room();
    assert_eq!(room.answer(&["the"]).total(), 2);
    assert_eq!(room.headlines(&["of", "the"]), ["Envoys meet"]);
    assert_eq!(room.headlines(&["\"in the night\""]), ["Old mill burns"]);
}

#[test]
fn only_punctuation() {
    let room = room();
    for signs in
        ["!!! ???", "\"\"", "...", "\"...\"", "( )", "&", "—", "🙃", "-", "--", "''", "a:\"\"", ":", "()()"]
    {
        let run = room.run(&["query", "--", signs]);
        match run.code {
            Some(1) => run.nothing(),
            _ => run.fails(),
        };
    }
    room.run(&["query", "!!! ???"]).fails().says("there is nothing to search for");
}

#[test]
fn operators_with_nothing_between_them() {
    let room = room();
    for words in ["AND", "OR OR", "NOT", "NOT NOT NOT", "AND OR NOT", "(", ")", ")(", "((((", "NEAR/5"] {
        let run = room.run(&["query", words]);
        assert!(matches!(run.code, Some(1 | 2)), "`{words}`\n{run}");
        assert!(!run.stderr.is_empty(), "`{words}` says nothing\n{run}");
    }
    assert_eq!(room.headlines(&["mill AND"]), ["Old mill burns"]);
    assert_eq!(room.headlines(&["OR mill )"]), ["Old mill burns"]);
}

#[test]
fn ten_thousand_words() {
    let room = room();
    let distinct: Vec<String> = (0..10_000).map(|n| format!("w{n}")).collect();
    room.run(&["query", &distinct.join(" ")]).nothing().says("the rest of it is not searched for");
    room.run(&["query", &format!("mill OR {}", distinct.join(" OR "))]).done().prints("Old mill burns");
    room.run(&["query", &["mill"; 10_000].join(" ")]).done().prints("Old mill burns");
    room.run(&["query", &format!("\"{}\"", ["mill"; 10_000].join(" "))]).nothing();
    room.run(&["query", "--any", &format!("mill {}", distinct.join(" "))]).done();
    room.run(&["query", "--strict", &distinct.join(" ")]).fails();
    // As many arguments, too.
    room.run(&[&["query".to_owned()], distinct.as_slice()].concat()).nothing();
}

#[test]
fn a_word_of_a_million_letters() {
    let room = room();
    // The system allows 128 KiB in one argument.
    let run = room.run(&["query", &"x".repeat(120_000)]);
    assert!(matches!(run.code, Some(1 | 2)), "{run}");
    room.write("long.txt", story("Long word", &format!("A word: {} and a heron.", "x".repeat(1_000_000))));
    room.run(&["index", "corpus"]).done();
    assert_eq!(room.headlines(&["heron"]), ["Long word"]);
}

#[test]
fn two_thousand_parentheses() {
    let room = room();
    let (open, close) = ("(".repeat(2000), ")".repeat(2000));
    let run = room.run(&["query", &format!("{open}mill{close}")]).done().prints("Old mill burns");
    run.says("deep");
    room.run(&["query", &format!("{open}mill")]).done().prints("Old mill burns");
    room.run(&["query", &open]).fails();
    room.run(&["query", &format!("mill {close}")]).done().prints("Old mill burns");
    room.run(&["query", &"(mill OR ".repeat(2000)]).done();
    room.run(&["query", &"NOT ".repeat(2000)]).fails();
    let run = room.run(&["query", &format!("{}mill", "-(".repeat(2000))]);
    assert!(matches!(run.code, Some(0..=2)) && !run.stderr.is_empty(), "{run}");
}

#[test]
fn wildcards_that_match_everything() {
    let room = room();
    for words in ["*", "m*", "*ill", "m?ll", "????????????????*"] {
        let run = room.run(&["query", words]);
        assert!(matches!(run.code, Some(0..=2)), "{run}");
    }
}

#[cfg(unix)]
#[test]
fn a_query_that_is_not_utf_8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    room().run(&[OsStr::new("query"), OsStr::from_bytes(b"caf\xe9")]).fails();
}

#[test]
fn numbers_that_are_too_large() {
    let room = room();
    room.run(&["query", "mill", "-n", "18446744073709551615"]).done().prints("1 article");
    room.run(&["query", "mill", "--offset", "18446744073709551615"]).done();
    room.run(&["query", "mill", "-n", "99999999999999999999999"]).fails();
    room.run(&["query", "mill", "-n", "-1"]).fails();
    room.run(&["query", "mill", "--from", "99999"]).fails();
}
