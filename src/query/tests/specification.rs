//! A test for every row of the language's specification.

use super::super::ast::{DateFilter, DateRange, LengthRange, NodeKind, PatternPart, Proximity};
use super::{NoticeKind, assert_plain, notices, read, reading, tree};
use crate::field::Field;

#[test]
fn words() {
    assert_plain("peace plan", "peace AND plan");
    let NodeKind::And(nodes) = tree("peace plan").kind else { panic!("no AND") };
    assert_eq!(nodes[0].kind, NodeKind::Word { text: "peace".into(), exact: false });
    assert_eq!((nodes[0].span.clone(), nodes[1].span.clone()), (0..5, 6..10));
}

#[test]
fn initials_are_one_word() {
    assert_eq!(reading("J. K. Dunmore"), "J.K. AND Dunmore");
    assert_eq!(reading("U. S. troops"), "U.S. AND troops");
    assert_eq!(reading("J. R. R. Marl"), "J.R.R. AND Marl");
    assert_eq!(reading("plan B. He left"), "plan AND B AND He AND left");
    assert_eq!(reading("John F. Kennedy"), "John AND F AND Kennedy");
}

#[test]
fn phrases_in_quotes_of_any_kind() {
    for query in
        ["\"peace plan\"", "“peace plan”", "«peace plan»", "»peace plan«", "„peace plan“", "”peace plan”"]
    {
        assert_plain(query, "\"peace plan\"");
    }
    assert_plain("「和平案」", "\"和平案\"");
    assert_plain("\"peace  \t plan\"", "\"peace plan\"");
}

#[test]
fn an_unclosed_quote_closes_at_the_end() {
    let parsed = read("truce \"peace plan");
    assert_eq!(parsed.ast.unwrap().to_string(), "truce AND \"peace plan\"");
    assert_eq!(parsed.notices.len(), 1);
    assert_eq!(parsed.notices[0].message, "unclosed quote at column 7; searched as \"peace plan\"");
    assert_eq!(parsed.notices[0].kind, NoticeKind::Misread);
    assert_eq!(parsed.notices[0].span, 6..17);
}

#[test]
fn operators_in_capitals() {
    assert_plain("peace AND plan", "peace AND plan");
    assert_plain("peace OR truce", "peace OR truce");
    assert_plain("peace NOT war", "peace AND NOT war");
    assert_plain("peace -war", "peace AND NOT war");
    assert_plain("peace AND NOT war", "peace AND NOT war");
    assert_plain("(a OR b) c", "(a OR b) AND c");
    assert_eq!(reading("peace and plan"), "peace AND and AND plan");
}

#[test]
fn an_operator_of_distance_in_small_letters_is_a_word_and_that_is_said() {
    for query in ["peace adj plan", "peace Adj plan", "headline:(peace adj plan)"] {
        let (kind, messages) = notices(query);
        assert_eq!(kind, Some(NoticeKind::Advice), "{query}");
        assert!(messages[0].ends_with("the operator is written in capitals, `ADJ`"), "{messages:?}");
    }
    assert!(notices("peace ADJ plan").1.iter().all(|message| !message.contains("as a word")));
    for query in ["peace near plan", "adj plan", "the adj", "peace adjacent plan"] {
        assert_eq!(notices(query).1, Vec::<String>::new(), "{query}");
    }
}

#[test]
fn not_then_proximity_then_and_then_or() {
    assert_eq!(reading("a OR b c NEAR/2 d NOT e"), "a OR (b AND c NEAR/2 d AND NOT e)");
    assert_eq!(tree("a AND b OR c"), tree("(a AND b) OR c"));
    assert_eq!(tree("a b OR c"), tree("a AND b OR c"));
    assert_ne!(tree("a AND b OR c"), tree("a AND (b OR c)"));
    assert_eq!(tree("a b NEAR/2 c"), tree("a (b NEAR/2 c)"));
    assert_eq!(tree("NOT a b"), tree("(NOT a) b"));
}

#[test]
fn mixing_and_and_or_without_parentheses_is_noticed() {
    let (kind, messages) = notices("peace plan OR truce");
    assert_eq!(kind, Some(NoticeKind::Advice));
    assert_eq!(messages, ["AND goes before OR, so this is read as `(peace AND plan) OR truce`"]);
    assert_eq!(notices("(peace plan) OR truce").1.len(), 0);
    assert_eq!(notices("peace (plan OR truce)").1.len(), 0);
}

#[test]
fn everything_but() {
    assert_plain("-war", "NOT war");
    assert_plain("NOT war", "NOT war");
    assert_plain("-(war OR \"cold war\")", "NOT (war OR \"cold war\")");
}

#[test]
fn near_in_either_order() {
    let within = Proximity::Words { distance: 5, ordered: false };
    for query in ["peace NEAR/5 plan", "peace W/5 plan", "peace w/5 plan", "peace near/5 plan"] {
        let NodeKind::Near { within: read, .. } = tree(query).kind else { panic!("no proximity in {query}") };
        assert_eq!(read, within, "{query}");
    }
    assert_plain("\"peace plan\" NEAR/5 (a OR b)", "\"peace plan\" NEAR/5 (a OR b)");
    assert_plain("(a OR b) NEAR/5 \"peace plan\"", "(a OR b) NEAR/5 \"peace plan\"");
}

#[test]
fn pre_in_this_order() {
    assert_plain("peace PRE/5 plan", "peace PRE/5 plan");
    assert_plain("peace ADJ/5 plan", "peace PRE/5 plan");
    let NodeKind::Near { within, left, right } = tree("peace PRE/5 plan").kind else {
        panic!("no proximity")
    };
    assert_eq!(within, Proximity::Words { distance: 5, ordered: true });
    assert_eq!((left.to_string(), right.to_string()), ("peace".to_owned(), "plan".to_owned()));
}

#[test]
fn loose_phrases() {
    assert_plain("\"peace plan\"~5", "\"peace plan\"~5");
    assert_eq!(
        tree("\"peace plan\"~5").kind,
        NodeKind::Phrase { text: "peace plan".into(), slop: 5, exact: false }
    );
}

#[test]
fn in_one_sentence_or_paragraph() {
    assert_plain("a W/S b", "a W/S b");
    assert_plain("a W/P b", "a W/P b");
    assert_plain("a w/s b", "a W/S b");
    assert!(matches!(
        tree("a W/P b").kind,
        NodeKind::Near { within: Proximity::Paragraph { ordered: false }, .. }
    ));
}

#[test]
fn at_least() {
    for query in
        ["ATLEAST/3 corruption", "atleast3(corruption)", "ATLEAST3 corruption", "atleast/3(corruption)"]
    {
        assert_plain(query, "ATLEAST/3 corruption");
    }
    assert_plain("ATLEAST/3 \"peace plan\" truce", "ATLEAST/3 \"peace plan\" AND truce");
}

#[test]
fn fields_and_their_other_names() {
    assert_plain("headline:ceasefire", "headline:ceasefire");
    assert_plain("headline:(a OR b)", "headline:(a OR b)");
    assert_plain("headline:\"peace plan\"", "headline:\"peace plan\"");
    for (query, field) in [
        ("headline:a", Field::Headline),
        ("title:a", Field::Headline),
        ("hd:a", Field::Headline),
        ("TITLE:a", Field::Headline),
        ("body:a", Field::Body),
        ("author:a", Field::Author),
        ("byline:a", Field::Author),
        ("by:a", Field::Author),
        ("section:a", Field::Section),
        ("id:a", Field::Id),
    ] {
        let NodeKind::Field(read, _) = tree(query).kind else { panic!("no field in {query}") };
        assert_eq!(read, field, "{query}");
        assert_eq!(notices(query).1.len(), 0, "{query}");
    }
}

#[test]
fn authors() {
    assert_plain("author:\"sophia brooks\"", "author:\"sophia brooks\"");
    assert_plain("author:brooks", "author:brooks");
}

#[test]
fn dates() {
    for (query, expected) in [
        ("date:2025", "date:2025-01-01..2025-12-31"),
        ("date:2025-12", "date:2025-12-01..2025-12-31"),
        ("date:2025-12-02", "date:2025-12-02"),
        ("date:2025-11..2026-01", "date:2025-11-01..2026-01-31"),
        ("date:[2025-01-01 TO 2025-02-01]", "date:2025-01-01..2025-02-01"),
        ("since:2025-03", "date:2025-03-01.."),
        ("before:2024", "date:..2023-12-31"),
        ("date:yesterday", "date:2026-03-10"),
        ("date:last_week", "date:2026-03-02..2026-03-08"),
        ("since:\"3 months ago\"", "date:2025-12-11.."),
    ] {
        assert_plain(query, expected);
    }
    let day = jiff::civil::date(2025, 12, 2);
    assert_eq!(
        tree("date:2025-12-02").kind,
        NodeKind::Date(DateFilter::In(DateRange { from: Some(day), to: Some(day) }))
    );
}

#[test]
fn a_date_with_two_readings_is_refused() {
    let parsed = read("peace date:03/04/2025");
    assert_eq!(parsed.notices.len(), 1);
    assert_eq!(parsed.notices[0].kind, NoticeKind::Refused);
    assert_eq!(
        parsed.notices[0].message,
        "date `03/04/2025` can be read in two ways: write `2025-04-03` or `2025-03-04`"
    );
    assert_eq!(parsed.notices[0].span, 6..21);
    assert_eq!(read("date:03/04/2025").ast, None);
}

#[test]
fn wildcards() {
    assert_plain("zelensk*", "zelensk*");
    assert_plain("wom?n", "wom?n");
    assert_plain("*ism", "*ism");
    assert_plain("recycl!", "recycl*");
    let NodeKind::Pattern(pattern) = tree("wom?n*").kind else { panic!("no pattern") };
    let expected =
        [PatternPart::Text("wom".into()), PatternPart::One, PatternPart::Text("n".into()), PatternPart::Many];
    assert_eq!(pattern.parts, expected);
    assert_eq!((pattern.prefix(), pattern.is_prefix_only()), ("wom", false));
    let NodeKind::Pattern(pattern) = tree("recycl!").kind else { panic!("no pattern") };
    assert_eq!((pattern.prefix(), pattern.is_prefix_only()), ("recycl", true));
}

#[test]
fn similar_spellings() {
    assert_eq!(tree("zelensky~").kind, NodeKind::Fuzzy { text: "zelensky".into(), edits: 1 });
    assert_eq!(tree("zelensky~2").kind, NodeKind::Fuzzy { text: "zelensky".into(), edits: 2 });
    assert_plain("zelensky~2 -war", "zelensky~2 AND NOT war");
}

#[test]
fn exact_forms() {
    assert_eq!(tree("=organ").kind, NodeKind::Word { text: "organ".into(), exact: true });
    assert_eq!(tree("=\"to be\"").kind, NodeKind::Phrase { text: "to be".into(), slop: 0, exact: true });
    assert_plain("=organ music", "=organ AND music");
    assert_plain("headline:=organ", "headline:=organ");
    assert_plain("=(a OR b)", "=a OR =b");
}

#[test]
fn acronyms_stay_as_typed() {
    for query in ["US", "U.S.", "u.s.", "us", "N.A.T.O."] {
        assert_plain(query, query);
    }
}

#[test]
fn lengths() {
    assert_eq!(tree("length>1200").kind, NodeKind::Length(LengthRange { min: Some(1201), max: None }));
    assert_eq!(tree("length<300").kind, NodeKind::Length(LengthRange { min: None, max: Some(299) }));
    assert_eq!(tree("length>=300").kind, NodeKind::Length(LengthRange { min: Some(300), max: None }));
    assert_eq!(tree("length <= 300").kind, NodeKind::Length(LengthRange { min: None, max: Some(300) }));
    assert_eq!(
        tree("length:100..1,200").kind,
        NodeKind::Length(LengthRange { min: Some(100), max: Some(1200) })
    );
    assert_plain("peace length>1200", "peace AND length>1200");
}

#[test]
fn weights() {
    assert_plain("word^3", "word^3");
    assert_plain("word^2.5 other", "word^2.5 AND other");
    assert_plain("\"peace plan\"^2", "\"peace plan\"^2");
    assert_plain("(a OR b)^2", "(a OR b)^2");
    assert_plain("headline:a^2", "headline:a^2");
    let NodeKind::Boost(node, weight) = tree("headline:a^2").kind else { panic!("no weight") };
    assert_eq!((node.to_string().as_str(), weight), ("headline:a", 2.0));
}

#[test]
fn one_word_stays_one_word() {
    for word in [
        "don't",
        "don’t",
        "O'Brien",
        "O’Brien",
        "9:30",
        "http://example.com/a?b=c",
        "C++",
        "AT&T",
        "U.S.",
        "F-16",
        "counter-proposal",
        "25,000",
        "9/11",
        "G7",
        "COVID-19",
        "2019–20",
        "@desk",
        "#talks",
        "50%",
    ] {
        assert_plain(word, word);
        assert_eq!(tree(word).kind, NodeKind::Word { text: word.into(), exact: false }, "{word}");
    }
}

#[test]
fn any_script_is_read() {
    for word in ["和平案", "мир", "سلام", "שלום", "สันติภาพ", "平和", "हिन्दी", "🕊", "👨‍👩‍👧", "צה\"ל"]
    {
        assert_plain(word, word);
    }
    assert_plain("和平，计划", "和平 AND 计划");
    assert_plain("（和平 OR 计划） 案", "(和平 OR 计划) AND 案");
}

#[test]
fn nothing_to_search_for() {
    for query in ["", "   ", "...", "?!", "\"\"", "()", "- -", "( \"...\" )", "&&", "AND", "**"] {
        let parsed = read(query);
        assert_eq!(parsed.ast, None, "{query}");
        let said = parsed.notices.iter().any(|notice| {
            notice.kind == NoticeKind::Refused && notice.message == "there is nothing to search for"
        });
        assert!(said, "{query}");
    }
}

#[test]
fn every_clause_knows_where_it_was_typed() {
    let query = "peace (truce OR -headline:\"cold war\") =plan^2 date:2025";
    let NodeKind::And(nodes) = tree(query).kind else { panic!("no AND") };
    let typed: Vec<&str> = nodes.iter().map(|node| &query[node.span.clone()]).collect();
    assert_eq!(typed, ["peace", "(truce OR -headline:\"cold war\")", "=plan", "date:2025"]);
    let NodeKind::Or(nodes) = &nodes[1].kind else { panic!("no OR") };
    let typed: Vec<&str> = nodes.iter().map(|node| &query[node.span.clone()]).collect();
    assert_eq!(typed, ["truce", "-headline:\"cold war\""]);
    let NodeKind::Not(node) = &nodes[1].kind else { panic!("no NOT") };
    assert_eq!(&query[node.span.clone()], "headline:\"cold war\"");
}
