#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use proptest::prelude::*;

fn context() -> Context<'static> {
    Context {
        path: "a.txt",
        modified: Some("2025-12-05T12:00:00Z".parse().unwrap()),
        latest: None,
        map: None,
        day_month: None,
    }
}

#[track_caller]
fn articles(text: &str) -> Vec<RawArticle> {
    let article = |record| match record {
        Record::Article(article) => *article,
        other => panic!("{other:?}"),
    };
    read(text, &context()).into_iter().map(article).collect()
}

const ANPA: &str = "\u{16}\u{16}\u{1}a0312\u{1f}bx---\r\nr i\u{13}\u{11} BC-Ruska-Bridge 3rdLd-Writethru 12-02 0400\r\n\u{2}\
    ^BC-Ruska-Bridge, 3rd Ld-Writethru,400<\r\n^Bridge over the Ruska closed after engineers\r\n find cracks<\r\n^AP Photo RUS101<\r\n\
    ^Eds: Recasts lead.<\r\n^By ANA SOUSA=\r\n^Northwire Writer=\r\n\t   RUSKA, Lubenia (AP) _ The bridge, which ``everybody \
    loves,'' was\r\nclosed on Monday.\r\n\t   ``It is `our' bridge,'' said the mayor -- a big man.\r\n\t   ___\r\n\t   Jo Ek \
    helped.\r\n\u{3}\r\nAP-WS-12-02-25 0312EST<\r\n\u{4}\r\n";

#[test]
fn an_anpa_story_however_much_of_its_header_is_left() {
    let stripped: String =
        ANPA.replace('\u{1f}', " ").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let keyword_only = stripped.lines().skip(1).collect::<Vec<_>>().join("\n");
    let text_only = stripped.lines().skip(2).collect::<Vec<_>>().join("\n");
    let carets: String = [
        ('\u{16}', "^V"),
        ('\u{1}', "^A"),
        ('\u{1f}', "^_"),
        ('\u{2}', "^B"),
        ('\u{3}', "^C"),
        ('\u{4}', "^D"),
    ]
    .iter()
    .fold(ANPA.replace(['\r', '\u{13}', '\u{11}'], ""), |text, (control, caret)| {
        text.replace(*control, caret)
    });
    for text in [ANPA, &stripped, &keyword_only, &text_only, &carets, &ANPA.repeat(3), &carets.repeat(2)] {
        for read in articles(text) {
            assert_eq!(read.headline, "Bridge over the Ruska closed after engineers find cracks", "{text}");
            assert_eq!(read.bylines, ["By ANA SOUSA"]);
            assert_eq!(read.dateline.as_deref(), Some("RUSKA, Lubenia (AP)"));
            assert_eq!(read.date.unwrap().to_string(), "2025-12-02T03:12:00-05:00");
            assert_eq!(
                read.paragraphs,
                [
                    "The bridge, which “everybody loves,” was closed on Monday.",
                    "“It is ‘our’ bridge,” said the mayor — a big man.",
                    "Jo Ek helped."
                ]
            );
        }
    }
    assert_eq!(articles(&ANPA.repeat(3)).len(), 3);
    assert_eq!(articles(&carets.repeat(2)).len(), 2);
}

#[test]
fn an_iptc_story() {
    let story = "\u{1}rwd0003 3 pl 171  rwd 0045\r\n\r\nStadt/Brücke/\r\n\u{2}EILMELDUNG\r\nBrücke über die Ruska bleibt noch\r\nlange \
        gesperrt =\r\nVon Ana Sousa, rwd =\r\n\r\nRuska (rwd) - Die alte Brücke über die Ruska bleibt nach\r\nAngaben der Stadt noch \
        Wochen gesperrt.\r\n\r\n\"Es geht nicht anders\", sagte sie.\r\n\r\n# Notebook\r\n\r\n- neu\r\n\u{3}021405 DEC 25\r\n\u{4}\r\n";
    let stripped: String = story.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    for text in [story, &stripped] {
        let found = articles(text);
        let [read] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(read.headline, "Brücke über die Ruska bleibt noch lange gesperrt");
        assert_eq!(read.bylines, ["Von Ana Sousa, rwd"]);
        assert_eq!(
            (read.section.as_deref(), read.dateline.as_deref()),
            (Some("Politik"), Some("Ruska (rwd)"))
        );
        assert_eq!(read.date.unwrap().to_string(), "2025-12-02T14:05:00Z");
        assert_eq!(read.paragraphs.len(), 2);
    }
}

#[test]
fn parts_of_stories_say_so_and_notes_to_editors_are_left_out() {
    let story =
        |keyword: &str, text: &str| format!("a0312 ---\nr i BC-Ruska-Bridge {keyword} 12-02 0100\n{text}\n");
    let add = articles(&story(
        "1stAdd",
        "^BC-Ruska-Bridge, 1st Add,30<\n^RUSKA: was closed.<\n\t   It was built in 1911.",
    ));
    assert_eq!(add.first().unwrap().headline, "Ruska-Bridge, 1st add");
    assert_eq!(add.first().unwrap().problems, ["a part of a longer story: 1st add"]);
    for text in [
        story("KILL", "^BC-Ruska-Bridge, KILL<\n\t   EDITORS: Kill the story."),
        story("", "^BC-Ruska-Bridge<\n\t   EDITORS: The photos are late."),
        story("", "^Bridge<\n\t   Today's digest.").replace("r i", "r v"),
    ] {
        assert!(matches!(read(&text, &context()).as_slice(), [Record::Skipped(_)]), "{text}");
    }
    assert!(matches!(read(&story("", ""), &context()).as_slice(), [Record::Unreadable(_)]));
}

#[test]
fn the_year_of_a_header_is_the_latest_that_has_been() {
    for (day, expected) in [("12-02", "2025-12-02"), ("12-24", "2024-12-24")] {
        let text = format!(
            "u i BC-BRIDGE {day} 0105\nBridge closed\n\n    RUSKA (Reuters) - The bridge was closed on Monday.\n REUTER\n"
        );
        let found = articles(&text);
        assert_eq!(found.first().unwrap().date.unwrap().to_string(), expected);
        assert_eq!(found.first().unwrap().paragraphs, ["The bridge was closed on Monday."]);
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(\u{1}|\u{2}|\u{3}|\u{16}|a0312 --|r i BC-Bridge 12-02 0400|\\^BC-Bridge, 1st Add,30<|\\^|<|=|By ANA|\t|   |`|''|ZCZC|é|\\^A|\\^B|\n){0,30}") {
        prop_assert!(!read(&text, &context()).is_empty());
    }
}
