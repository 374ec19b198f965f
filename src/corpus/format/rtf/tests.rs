//! Documents as word processors write them, and what is read from them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::corpus::RawArticle;
use proptest::prelude::*;

const BODY: &str = "The bridge over the Ruska was closed on Monday after engineers found cracks in two of its piers, the city said.";

fn context() -> Context<'static> {
    Context { path: "a.rtf", modified: None, latest: None, map: None, day_month: None }
}

#[track_caller]
fn article(rtf: &str) -> RawArticle {
    match super::read(rtf.as_bytes(), &context()) {
        Record::Article(article) => *article,
        other => panic!("{other:?}"),
    }
}

fn document(text: &str) -> String {
    format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fswiss Arial;}}{{\\f1\\fcharset204 Arial Cyr;}}}}\n\
         {{\\stylesheet{{\\s0 Normal;}}{{\\s5\\b heading 1;}}}}{{\\info{{\\title The bridge file}}{{\\author Jo Ek}}\
         {{\\creatim\\yr2025\\mo12\\dy2\\hr9}}}}{{\\header Page \\chpgn}}\n{text}}}"
    )
}

#[test]
fn a_newsrooms_document_is_read_like_its_text() {
    let text = format!(
        "\\pard Bridge closed\\par\nBy Ana Sousa\\par 30 November 2025\\par\\par\n{BODY}\\par It will stay shut.\\par"
    );
    let article = article(&document(&text));
    assert_eq!(
        (article.headline.as_str(), article.bylines.as_slice()),
        ("Bridge closed", &["By Ana Sousa".to_string()][..])
    );
    assert_eq!(article.date.unwrap().to_string(), "2025-11-30");
    assert_eq!(article.paragraphs, [BODY, "It will stay shut."]);
    assert!(article.problems.is_empty());
}

#[test]
fn the_head_helps_where_the_text_says_nothing() {
    let article = article(&document(&format!("\\pard {BODY} {BODY}\\par {BODY}\\par")));
    assert_eq!(
        (article.headline.as_str(), article.bylines.as_slice()),
        ("The bridge file", &["Jo Ek".to_string()][..])
    );
    assert_eq!(article.date.unwrap().to_string(), "2025-12-02");
}

#[test]
fn characters_of_every_kind() {
    let text = "\\pard\\s5 Caf\\'e9 \\ldblquote Zo\\u235\\'eb\\rdblquote\\par\\pard \\f1\\'cc\\'ee\\'f1\\'f2\\plain : \\u8364?12 \\u-10179?\\u-8704? \
        and so on for a while, until the line is long enough to be a paragraph of the text.\\par";
    let article = article(&document(text));
    assert_eq!(article.headline, "Café “Zoë”");
    assert_eq!(article.paragraphs.first().unwrap().split(" and").next().unwrap(), "Мост: €12 😀");
}

#[test]
fn tables_notes_and_what_is_hidden() {
    let text = format!(
        "\\pard\\s5 Bridge closed\\par\\pard {BODY}{{\\super 1{{\\footnote\\pard A note.\\par}}}}{{\\v not for print}}\\par\n\
         \\trowd\\pard\\intbl Day\\cell Buses\\cell\\row\\trowd\\pard\\intbl Monday\\cell 12\\cell\\row\\pard \
         {{\\*\\generator Word;}}{{\\field{{\\*\\fldinst HYPERLINK x}}{{\\fldrslt The end.}}}}{{\\pict 010203}}\\par"
    );
    let paragraphs = article(&document(&text)).paragraphs;
    assert_eq!(paragraphs, [&format!("{BODY}1"), "Day | Buses", "Monday | 12", "The end.", "A note."]);
}

#[test]
fn broken_documents_are_read_as_far_as_they_go() {
    let whole = document(&format!("\\pard Bridge closed\\par\\par {BODY}\\par {BODY}\\par"));
    let cut = whole.get(..whole.len() - 30).unwrap();
    let article = article(cut);
    assert_eq!(article.headline, "Bridge closed");
    assert_eq!(article.problems, ["the document ends in the middle"]);
    assert!(matches!(super::read(b"{\\rtf1}", &context()), Record::Unreadable(_)));
    let deep = format!("{{\\rtf1 {}{BODY}", "{".repeat(200_000));
    assert!(matches!(super::read(deep.as_bytes(), &context()), Record::Article(_)));
}

proptest! {
    #[test]
    fn no_document_makes_it_panic(text in "(\\{|\\}|\\\\par |\\\\'e|\\\\u-10179|\\\\bin99|\\\\*|\\\\cell|\\\\row|\\\\intbl|\\\\footnote|\\\\info|\\\\title|\\\\stylesheet|\\\\s1|;|a|é|\\\\){0,40}") {
        let _ = super::read(format!("{{\\rtf1 {text}").as_bytes(), &context());
    }
}
