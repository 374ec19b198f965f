#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::corpus::Context;
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

#[test]
fn documents_of_an_export() {
    let nexis = "\n\n  1 of 2 DOCUMENTS\n\nA\n\n  2 of 2 DOCUMENTS\n\nB, 3 of 4 documents\n";
    assert_eq!(nexis::DELIMITER.documents(nexis).len(), 2);
    let uni = "A\n\nEnd of Document\n\nB\n\nEnd of Document\n\n";
    assert_eq!(nexis::DELIMITER.documents(uni).len(), 2);
    let factiva =
        "HD A\n\nDocument RUSK000020251202eac200001\n\nHD B\nDocument RUSK000020251202eac200002\n\n";
    assert_eq!(factiva::DELIMITER.documents(factiva).len(), 2);
    let rule = "_".repeat(60);
    let proquest =
        format!("{rule}\n\nDocument 1 of 2\n\nA\n\n{rule}\n\nDocument 2 of 2\n\nB\n\n{rule}\n\nContact us\n");
    assert_eq!(proquest::DELIMITER.documents(&proquest).len(), 3);
}

/// Headline, authors, section, day, number of paragraphs.
fn shown(records: Vec<Record>) -> Vec<String> {
    let article = |record| match record {
        Record::Article(article) => {
            let day = article.date.map(|date| date.day.to_string()).unwrap_or_default();
            let section = article.section.unwrap_or_default();
            let names = article.bylines.join("; ");
            format!("{} | {names} | {section} | {day} | {}", article.headline, article.paragraphs.len())
        }
        other => format!("{other:?}"),
    };
    records.into_iter().map(article).collect()
}

#[test]
fn nexis_in_its_older_look() {
    let document = |number: usize, above: &str| {
        format!(
            "\n\n                 {number} of 2 DOCUMENTS\n\n\n             The Ruska Daily (Ruska)\n\n            December 2, 2025 Tuesday\n\
             \x20                Final Edition\n\n{above}\n\n   The bridge over the Ruska was closed to all traffic on\nMonday.\n\n   NOTE: it is old.\n\nLOAD-DATE: December 3, \
             2025\n\nLANGUAGE: ENGLISH\n\n          Copyright 2025 Ruska News\n              All Rights Reserved\n"
        )
    };
    let first = document(
        1,
        "Bridge closed after engineers\nfind cracks\n\nBYLINE: Ana Sousa, in Ruska\n\nSECTION: WORLD; Pg. 12\n\nLENGTH: 9 words\n\nBODY:",
    );
    let second = document(2, "SECTION: Pg. 3\n\nLENGTH: 9 words\n\nHEADLINE: Mill burns");
    assert_eq!(
        shown(nexis::read(&(first + &second), &context())),
        [
            "Bridge closed after engineers find cracks | Ana Sousa, in Ruska | World | 2025-12-02 | 2",
            "Mill burns |  |  | 2025-12-02 | 2"
        ]
    );
}

#[test]
fn nexis_in_its_newer_look() {
    let document = "Bridge closed in December 2024\nThe Ruska Daily (Ruska)\nDecember 2, 2025 Tuesday 10:12 AM GMT\n\nCopyright 2025 Ruska News All \
        Rights Reserved\n\nSection: WORLD; Pg. 12\nLength: 9 words\nByline: Ana Sousa\nBody\n\nThe bridge was closed.\n\nIt is \
        old.\n\nClassification\n\nLanguage: ENGLISH\n\nLoad-Date: December 3, 2025\n\nEnd of Document\n\n";
    assert_eq!(
        shown(nexis::read(&document.repeat(2), &context())),
        ["Bridge closed in December 2024 | Ana Sousa | World | 2025-12-02 | 2"; 2]
    );
}

#[test]
fn factiva_with_and_without_tags() {
    let tagged = "SE   World\nHD   Bridge closed after engineers\n     find cracks\nBY   Ana Sousa\nWC   9 words\nPD   2 December 2025\nSN   Ruska \
        Daily\nLA   English\n\nLP\nThe bridge was closed.\n\nTD\nIt is old.\n\nCO   brdg : Bridge\nAN   Document RUSK000020251202eac20001\n\n\
        Document RUSK000020251202eac20001\n\n";
    let bare = "World\nBridge closed after engineers\nfind cracks\nAna Sousa\n9 words\n2 December 2025\nRuska Daily\nEnglish\n(c) \
        2025 Ruska\n\nThe bridge was closed.\n\nIt is old.\n\nDocument RUSK000020251202eac20001\n\n";
    let expected = "Bridge closed after engineers find cracks | Ana Sousa | World | 2025-12-02 | 2";
    for text in [tagged, bare] {
        let text = format!("{text}{text}Search Summary\nText bridge\n");
        assert_eq!(shown(factiva::read(&text, &context())), [expected; 2], "{text}");
    }
}

#[test]
fn proquest_and_its_covers() {
    let rule = "_".repeat(60);
    let document = |number: usize| {
        format!(
            "{rule}\n\nDocument {number} of 2\n\nBridge closed\n\nAuthor: Sousa, Ana\n\nFull text: The bridge was closed.\n\nIt said: no.\n\n\
             Subject: Bridges\n\nTitle: Bridge closed\n\nSection: World\n\nPublication date: Dec 2, 2025\n\nProQuest document ID: {number}\n\n"
        )
    };
    let text = format!("{}{}{rule}\n\nContact us at: x\nTerms and Conditions\n", document(1), document(2));
    assert_eq!(
        shown(proquest::read(&text, &context())),
        ["Bridge closed | Sousa, Ana | World | 2025-12-02 | 2"; 2]
    );
}

#[test]
fn a_document_without_text_is_said() {
    assert!(matches!(
        factiva::read("WC   9 words\nHD   \nDocument RUSK000020251202eac20001\n", &context()).as_slice(),
        [Record::Unreadable(_)]
    ));
    assert!(matches!(proquest::read("Document 1 of 1\n", &context()).as_slice(), [Record::Unreadable(_)]));
    assert!(matches!(nexis::read("1 of 1 DOCUMENTS\n", &context()).as_slice(), [Record::Unreadable(_)]));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(1 of 2 DOCUMENTS|HD |LP|Title:|Full text:|LENGTH: 5 words|BODY:|Body|          x|December 2, 2025|9 words|Document RUSK000020251202eac20001|End of Document|é| |\n){0,30}") {
        for records in [nexis::read(&text, &context()), factiva::read(&text, &context()), proquest::read(&text, &context())] {
            prop_assert!(!records.is_empty());
        }
    }
}
