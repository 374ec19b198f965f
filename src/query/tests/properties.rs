//! What holds for every query: it is read without a panic in linear time, and the canonical reading means the
//! same.

use std::time::{Duration, Instant};

use jiff::civil::Date;
use proptest::prelude::*;

use super::super::Field;
use super::super::ast::{
    Certainty, DateFilter, DateRange, LengthRange, MAX_DEPTH, MAX_DISTANCE, Node, NodeKind, Pattern,
    PatternPart, Proximity,
};
use super::super::characters::is_searchable;
use super::super::lex::{MAX_BYTES, MAX_WORDS};
use super::super::proximity::depth;
use super::super::word::most_edits;
use super::{NoticeKind, TODAY, read, reading};
use crate::query::{ParseOptions, Parsed, parse_question};

fn node(kind: NodeKind) -> Node {
    Node::new(kind, 0..0)
}

/// Words of letters, words that look like something else, and words of any characters.
fn word() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(
        [
            "AND",
            "OR",
            "NOT",
            "NEAR/5",
            "w/s",
            "atleast3",
            "ATLEAST",
            "SAME",
            "-x",
            "x-",
            "=x",
            "x!",
            "x?",
            "x*y",
            "x~",
            "x^2",
            "headline:x",
            "date:2025",
            "length>3",
            "date",
            "foo:bar",
            "http://x/?y",
            "C++",
            "AT&T",
            "a|b",
            "a&&b",
            "U.S.",
            "x.",
            "25,000",
            "a,b",
            "'x'",
            "don’t",
            "\\x",
            "x\\",
            "(x)",
            "\"x",
            "x\"y",
            "צה\"ל",
            "[x]",
            "和平案",
            "мир",
            "🕊",
            "wc>5",
            "and",
            "or",
            "not",
            "but",
            "same",
            "BUT",
            "N5",
            "w5",
            "n/5",
            "+s",
            "+5",
            "%",
            "x%",
            "/seg",
            "x/N30/y",
            "/F50/",
            "/x.*/",
            "PRE/S",
            "pre/p",
            "harvest*2",
            "harvest[*2]",
            "colo#r",
            "x_y",
            "401(k)",
            "501(c)(3)",
            "A+",
            "BB-",
            "AT",
            "T",
            "&",
            "date:none",
            "la=en",
            "TI(x)",
            "ti,ab(x)",
            "SU.EXACT(x)",
            "Aske,",
            "Jr.",
            "‹x›",
            "″x″",
            "x″y",
            "《x》",
            "צה״ל",
            "x?y",
            "€1.5",
            "x_*",
        ]
        .into_iter()
        .filter(|word| word.chars().any(is_searchable))
        .collect::<Vec<_>>(),
    );
    prop_oneof![
        4 => "[a-z]{1,8}",
        2 => odd.prop_map(str::to_owned),
        1 => "\\PC{1,6}".prop_filter("a word can be searched for", |word| {
            word.chars().any(is_searchable) && !word.chars().any(|c| c.is_whitespace() || c.is_control())
        }),
    ]
}

fn phrase() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" "))
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let wildcard = prop_oneof![Just(PatternPart::One), Just(PatternPart::Many)];
    prop_oneof![
        (word(), wildcard.clone()).prop_map(|(text, wildcard)| vec![PatternPart::Text(text), wildcard]),
        (wildcard.clone(), word()).prop_map(|(wildcard, text)| vec![wildcard, PatternPart::Text(text)]),
        (word(), wildcard, word()).prop_map(|(one, wildcard, other)| vec![
            PatternPart::Text(one),
            wildcard,
            PatternPart::Text(other)
        ]),
    ]
    .prop_map(|parts| Pattern { parts })
}

fn positional_leaf() -> BoxedStrategy<Node> {
    prop_oneof![
        4 => (word(), any::<bool>()).prop_map(|(text, exact)| node(NodeKind::Word { text, exact })),
        2 => (phrase(), prop_oneof![Just(0), 1..=MAX_DISTANCE], any::<bool>())
            .prop_map(|(text, slop, exact)| node(NodeKind::Phrase { text, slop, exact })),
        1 => pattern().prop_map(|pattern| node(NodeKind::Pattern(pattern))),
        1 => (word(), 1..=2_u8)
            .prop_filter("short words are not looked for misspelt", |(text, edits)| *edits <= most_edits(text))
            .prop_map(|(text, edits)| node(NodeKind::Fuzzy { text, edits })),
    ]
    .boxed()
}

fn day() -> impl Strategy<Value = Date> {
    (1..=9999_i16, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| jiff::civil::date(year, month, day))
}

fn filter() -> impl Strategy<Value = Node> {
    let date = (day(), day(), 0..3).prop_map(|(one, other, open)| {
        let (from, to) = (Some(one.min(other)), Some(one.max(other)));
        match open {
            0 => DateRange { from, to: None },
            1 => DateRange { from: None, to },
            _ => DateRange { from, to },
        }
    });
    let length = (0..5_000_u64, 0..5_000_u64, 0..3).prop_map(|(one, other, open)| {
        let (min, max) = (Some(one.min(other)), Some(one.max(other)));
        match open {
            0 => LengthRange { min, max: None },
            1 => LengthRange { min: None, max },
            _ => LengthRange { min, max },
        }
    });
    prop_oneof![
        date.prop_map(|range| node(NodeKind::Date(DateFilter::In(range)))),
        proptest::sample::select(&Certainty::ALL[..])
            .prop_map(|certainty| node(NodeKind::Date(DateFilter::Known(certainty)))),
        length.prop_map(|range| node(NodeKind::Length(range))),
    ]
}

fn proximity() -> impl Strategy<Value = Proximity> {
    prop_oneof![
        (1..=MAX_DISTANCE, any::<bool>())
            .prop_map(|(distance, ordered)| Proximity::Words { distance, ordered }),
        any::<bool>().prop_map(|ordered| Proximity::Sentence { ordered }),
        any::<bool>().prop_map(|ordered| Proximity::Paragraph { ordered }),
    ]
}

/// Words, phrases, alternatives of them, and proximities of those.
fn positional() -> BoxedStrategy<Node> {
    positional_leaf()
        .prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..4).prop_map(|nodes| Node::or(nodes).unwrap()),
                (proximity(), inner.clone(), inner).prop_map(|(within, left, right)| {
                    node(NodeKind::Near { within, left: Box::new(left), right: Box::new(right) })
                }),
            ]
        })
        .boxed()
}

fn countable() -> impl Strategy<Value = Node> {
    prop_oneof![
        positional_leaf(),
        prop::collection::vec(positional_leaf(), 2..4).prop_map(|nodes| Node::or(nodes).unwrap()),
    ]
}

/// Any tree in normal form.
fn tree() -> BoxedStrategy<Node> {
    let counted = (2..100_u32, countable())
        .prop_map(|(count, inner)| node(NodeKind::AtLeast { count, node: Box::new(inner) }));
    let leaf = prop_oneof![4 => positional(), 1 => filter(), 1 => counted];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|nodes| Node::and(nodes).unwrap()),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|nodes| Node::or(nodes).unwrap()),
            inner.clone().prop_map(Node::negate),
            (prop::sample::select(Field::ALL.to_vec()), inner.clone())
                .prop_map(|(field, inner)| Node::in_field(field, inner)),
            (inner, 1..1000_u16).prop_map(|(inner, weight)| Node::boost(inner, f32::from(weight) / 8.0)),
        ]
    })
    .boxed()
}

/// Queries made of what means something in them.
fn operator_rich() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "(",
        ")",
        "\"",
        "“",
        "”",
        "«",
        "»",
        "'",
        "’",
        "`",
        "``",
        "''",
        "-",
        "–",
        "+",
        "!",
        "=",
        "~",
        "^",
        "~2",
        "^3",
        "*",
        "?",
        "\\",
        "&&",
        "||",
        "|",
        "&",
        ":",
        ";",
        ",",
        ".",
        "..",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        ">=",
        "/",
        " ",
        " ",
        " ",
        " ",
        "AND",
        "OR",
        "NOT",
        "NEAR/5",
        "PRE/2",
        "W/S",
        "w/p",
        "ATLEAST/3",
        "atleast3",
        "ATLEAST",
        "NEAR",
        "headline:",
        "author:",
        "path:",
        "id:",
        "date:",
        "since:",
        "length>",
        "wc",
        "hd=",
        "hlead",
        "date",
        "aft",
        "from",
        "to",
        "TO",
        "2025",
        "2025-12",
        "03/04/2025",
        "300",
        "peace",
        "plan",
        "harvest",
        "and",
        "or",
        "not",
        "but",
        "BUT",
        "same",
        "N5",
        "w8",
        "n/5",
        "w/5",
        "+s",
        "+5",
        "%",
        "/seg",
        "/N30/",
        "/F50/",
        "/harv.*/",
        "PRE/S",
        "[*2]",
        "*2",
        "#",
        "_",
        "401(k)",
        "A+",
        "BB-",
        "AT",
        "T",
        "none",
        "TI(",
        "ti,ab(",
        "SU.EXACT(",
        "EXACT(",
        "la(",
        "la=",
        "pubdate(",
        " : ",
        "Aske, Nell",
        "‹",
        "›",
        "″",
        "《",
        "》",
        "€",
        "don't",
        "U.S.",
        "和平",
        "é",
        "🕊",
        "\u{301}",
        "\u{0}",
        "\n",
        "（",
        "）",
        "：",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2_000), ..ProptestConfig::default() })]

    #[test]
    fn the_canonical_reading_means_the_same(tree in tree()) {
        let printed = tree.to_string();
        let again = read(&printed);
        prop_assert_eq!(again.ast.as_ref(), Some(&tree), "{}: {:?}", printed, again.notices);
        prop_assert!(again.notices.iter().all(|notice| notice.kind < NoticeKind::Refused));
    }

    #[test]
    fn any_text_is_read(query in "\\PC{0,60}") {
        check_any(&query)?;
    }

    #[test]
    fn any_mixture_of_operators_is_read(query in operator_rich()) {
        check_any(&query)?;
    }

    #[test]
    fn groups_in_groups_are_read(
        opened in prop::collection::vec(prop::sample::select(vec![
            "a NEAR/1 (b OR ", "j AND (", "a b (", "x OR NOT (", "headline:(c OR ", "atleast2(", "a}/1(6|", "j&(", "d -(", "(e OR f) g (",
        ]), 1..60),
        inside in operator_rich(),
        closed in prop::collection::vec(prop::sample::select(vec![")", ") h", " i OR k)", ")^2", ") AND l"]), 0..60),
    ) {
        check_any(&format!("{}{inside}{}", opened.concat(), closed.concat()))?;
    }

    #[test]
    fn any_question_is_read(query in prop_oneof![operator_rich(), operator_rich().prop_map(|q| q.to_uppercase())]) {
        check_reading(&query, parse_question(&query, &ParseOptions { today: TODAY }))?;
    }
}

/// What holds for every query, whatever it is.
fn check_any(query: &str) -> Result<(), TestCaseError> {
    check_reading(query, read(query))
}

fn check_reading(query: &str, parsed: Parsed) -> Result<(), TestCaseError> {
    for notice in &parsed.notices {
        prop_assert!(query.get(notice.span.clone()).is_some(), "{:?}", notice);
    }
    let Some(tree) = parsed.ast else {
        prop_assert!(parsed.notices.iter().any(|notice| notice.kind == NoticeKind::Refused));
        return Ok(());
    };
    prop_assert!(depth(&tree) <= MAX_DEPTH);
    prop_assert!(query.get(tree.span.clone()).is_some());
    check_normal(&tree)?;
    let printed = tree.to_string();
    let again = read(&printed);
    prop_assert_eq!(again.ast.as_ref(), Some(&tree), "{}", printed);
    Ok(())
}

fn check_normal(tree: &Node) -> Result<(), TestCaseError> {
    match &tree.kind {
        NodeKind::Word { text, .. } | NodeKind::Phrase { text, .. } | NodeKind::Fuzzy { text, .. } => {
            prop_assert!(text.chars().any(is_searchable), "{:?}", text);
        }
        NodeKind::Pattern(pattern) => prop_assert!(!pattern.parts.is_empty()),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => {
            prop_assert!(nodes.len() >= 2);
            let same = |node: &Node| std::mem::discriminant(&node.kind) == std::mem::discriminant(&tree.kind);
            prop_assert!(!nodes.iter().any(same));
            nodes.iter().try_for_each(check_normal)?;
        }
        NodeKind::Not(node) => {
            prop_assert!(!matches!(node.kind, NodeKind::Not(_) | NodeKind::Boost(..)));
            check_normal(node)?;
        }
        NodeKind::Near { left, right, .. } => {
            prop_assert!(left.is_positional() && right.is_positional());
            check_normal(left)?;
            check_normal(right)?;
        }
        NodeKind::AtLeast { count, node } => prop_assert!(*count >= 2 && node.is_countable()),
        NodeKind::Field(_, node) => {
            prop_assert!(!matches!(node.kind, NodeKind::Field(..) | NodeKind::Not(_)));
            check_normal(node)?;
        }
        NodeKind::Boost(node, _) => {
            prop_assert!(!matches!(node.kind, NodeKind::Boost(..) | NodeKind::Not(_)));
            check_normal(node)?;
        }
        NodeKind::Date(DateFilter::In(range)) => prop_assert!(range.from.is_some() || range.to.is_some()),
        NodeKind::Date(DateFilter::Known(_)) => {}
        NodeKind::Length(range) => prop_assert!(range.min.is_some() || range.max.is_some()),
        NodeKind::Narrow(_) => {}
    }
    Ok(())
}

#[test]
fn nesting_is_read_to_a_depth_and_then_noticed() {
    for count in [2_000, 1_000_000] {
        let query = format!("{}peace{}", "(".repeat(count), ")".repeat(count));
        let parsed = read(&query);
        assert!(parsed.notices.iter().any(|notice| notice.kind == NoticeKind::Misread));
        assert!(parsed.notices.len() < 30);
    }
    let deep = format!("{}a{}", "(b OR c ".repeat(2_000), ")".repeat(2_000));
    let tree = read(&deep).ast.unwrap();
    assert!(depth(&tree) <= MAX_DEPTH);
    assert_eq!(reading("((((((peace))))))"), "peace");
    let chain = format!("a{}", " NEAR/2 b".repeat(2_000));
    assert!(depth(&read(&chain).ast.unwrap()) <= MAX_DEPTH);
    let prefixes = format!("{}a", "NOT headline:ATLEAST/3 ".repeat(5_000));
    assert!(depth(&read(&prefixes).ast.unwrap()) <= MAX_DEPTH);
}

#[test]
fn a_query_of_too_many_words_is_cut_and_noticed() {
    let parsed = read(&"peace ".repeat(10_000));
    let NodeKind::And(nodes) = parsed.ast.unwrap().kind else { panic!("no AND") };
    assert_eq!(nodes.len(), MAX_WORDS);
    let messages: Vec<&str> = parsed.notices.iter().map(|notice| notice.message.as_str()).collect();
    assert_eq!(messages, ["the query has more than 1024 words: the rest of it is not searched for"]);
    assert_eq!(parsed.notices[0].kind, NoticeKind::Misread);

    let exactly_full = read(&"peace ".repeat(MAX_WORDS));
    assert_eq!(exactly_full.notices, []);

    let phrase = read(&format!("\"{}\"", "peace ".repeat(5_000)));
    let NodeKind::Phrase { text, .. } = phrase.ast.unwrap().kind else { panic!("no phrase") };
    assert_eq!(text.split(' ').count(), MAX_WORDS);
    assert_eq!(phrase.notices.len(), 1);

    let long = read(&"和".repeat(MAX_BYTES));
    assert_eq!(long.notices.len(), 1);
    assert!(long.ast.unwrap().to_string().len() <= MAX_BYTES);
}

/// Each of these is short work for a reader that goes forward only; with a step back for each sign they take
/// minutes.
#[test]
fn reading_is_linear() {
    for piece in [
        "(",
        ")",
        "\"",
        "'a ",
        "'a (",
        "`` ",
        "''",
        "-",
        "- ",
        "=",
        "a^2",
        "a NEAR/2 ",
        "(a b) NEAR/2 ",
        "NOT ",
        "headline:",
        "date:",
        "date:x ",
        "date(",
        "length(",
        "length(9",
        "date aft ",
        "a OR b ",
        "\\",
        "\"a* ",
        "“a* b” ",
        "a,",
        "|",
        "&&",
        "~",
        "^",
        "*",
        "?",
        "a\"",
        "«",
        "or ",
        "x:",
        "atleast3(",
        "ATLEAST ",
        "[",
        "date:[",
        "date:\"",
        "和",
        "é",
        "and ",
        "a and w/5 ",
        "a not w/5 ",
        "a N5 ",
        "N5 ",
        "a +s ",
        "a % ",
        "AT & ",
        "A & B ",
        "a/N30/",
        "/N30/",
        "/a",
        "/a.*/ ",
        "harvest[*2",
        "harvest[*2] ",
        "[*",
        "1(a)",
        "1(a",
        "a_*",
        "colo#r ",
        "author : ",
        "author :",
        "author:(\"A, b\" ",
        "ti,",
        "ti,ab(",
        "SU.EXACT(",
        "EXACT(",
        "pd(",
        "pd(2024",
        "la(",
        "date:[*",
        "date:none ",
        "«a",
        "‹a",
        "″a ",
        "«a\" ",
        "BUT NOT ",
        "€1 ",
    ] {
        let query = piece.repeat(MAX_BYTES / piece.len());
        let started = Instant::now();
        let parsed = read(&query);
        if let Some(tree) = parsed.ast {
            assert!(!tree.to_string().is_empty());
        }
        assert!(started.elapsed() < Duration::from_secs(2), "{piece}: {:?}", started.elapsed());
        assert!(parsed.notices.len() < 30);
    }
}
