//! Questions, any words of which may be found: what is prose in them and what is still an operator.

use super::{TODAY, reading};
use crate::query::{ParseOptions, Parsed, parse_question};

fn asked(question: &str) -> Parsed {
    parse_question(question, &ParseOptions { today: TODAY })
}

fn asked_as(question: &str) -> String {
    asked(question).ast.map(|ast| ast.to_string()).unwrap_or_default()
}

#[test]
fn in_capitals_throughout_operators_are_words() {
    for (question, read) in [
        ("DID THE COUNCIL VOTE OR NOT?", "DID AND THE AND COUNCIL AND VOTE AND or AND not"),
        (
            "WHAT DID THE MINISTER SAY ABOUT FLOODS AND ROADS",
            "WHAT AND DID AND THE AND MINISTER AND SAY AND ABOUT AND FLOODS AND and AND ROADS",
        ),
        ("IS THE FERRY RUNNING OR NOT TODAY?", "IS AND THE AND FERRY AND RUNNING AND or AND not AND TODAY"),
        (
            "WHO WROTE \"TIDES AND STONES\" AND WHEN",
            "WHO AND WROTE AND \"TIDES AND STONES\" AND and AND WHEN",
        ),
        (
            "WHY IS THE SCHOOL NEAR THE HARBOUR CLOSED",
            "WHY AND IS AND THE AND SCHOOL AND near AND THE AND HARBOUR AND CLOSED",
        ),
    ] {
        assert_eq!(asked_as(question), read, "{question}");
        assert_eq!(reading(&asked_as(question)), read, "{question}");
    }
}

#[test]
fn elsewhere_capitals_are_operators() {
    for (question, read) in [
        ("FLOODS AND ROADS", "FLOODS AND ROADS"),
        ("FLOODS OR ROADS NOT FERRIES", "FLOODS OR (ROADS AND NOT FERRIES)"),
        ("the minister AND floods NOT roads", "the AND minister AND floods AND NOT roads"),
        ("MINISTER NEAR/5 FLOODS AND THE NEW ROADS", "MINISTER NEAR/5 FLOODS AND THE AND NEW AND ROADS"),
    ] {
        assert_eq!(asked_as(question), read, "{question}");
    }
    let in_capitals = "WHAT DID THE MINISTER SAY ABOUT FLOODS NOT ROADS";
    assert_eq!(
        reading(in_capitals),
        "WHAT AND DID AND THE AND MINISTER AND SAY AND ABOUT AND FLOODS AND NOT ROADS"
    );
}

#[test]
fn a_question_mark_is_a_wildcard_only_inside_a_word() {
    for (question, read) in [
        ("new ferry timetable?", "new AND ferry AND timetable"),
        ("Floods? Which roads?", "Floods AND Which AND roads"),
        ("tell me about the ferry?!", "tell AND me AND about AND the AND ferry"),
        ("did the \"toll bridge\" open?", "did AND the AND \"toll bridge\" AND open"),
        ("who wrote \"Tides\"?", "who AND wrote AND \"Tides\""),
        ("wom?n on the council?", "wom?n AND on AND the AND council"),
        ("ferry?", "ferry"),
        ("what about the strike!", "what AND about AND the AND strike"),
    ] {
        assert_eq!(asked_as(question), read, "{question}");
    }
    assert_eq!(reading("ferr?"), "ferr?");
    assert_eq!(reading("new timetabl?"), "new AND timetabl?");
}

#[test]
fn what_looks_like_an_operator_between_words_is_a_word() {
    for (question, read) in [
        ("why is the road N5 closed", "why AND is AND the AND road AND N5 AND closed"),
        (
            "what did ferries and trains carry or not",
            "what AND did AND ferries AND and AND trains AND carry AND or AND not",
        ),
        ("how did 5 % of voters decide", "how AND did AND 5 AND of AND voters AND decide"),
    ] {
        assert_eq!(asked_as(question), read, "{question}");
        assert_eq!(asked(question).notices, [], "{question}");
    }
}
