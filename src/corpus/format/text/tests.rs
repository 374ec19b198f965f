#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use proptest::prelude::*;

const LONG: &str = "The old bridge over the Ruska was closed to all traffic on Monday after engineers found cracks in two of its piers, \
    and it will stay closed for at least three weeks, the city said in a statement that surprised commuters.";

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
fn article(text: &str) -> RawArticle {
    match read(text, &context()) {
        Record::Article(article) => *article,
        other => panic!("{other:?}"),
    }
}

fn date(article: &RawArticle) -> String {
    article.date.map(|d| format!("{d} {}", d.precision.as_str())).unwrap_or_default()
}

#[test]
fn headline_byline_date_section_body() {
    let read = article(&format!("Bridge closed\nBy Ana Sousa\n2025-12-02\nMETRO\n\n{LONG}\n\n{LONG}\n"));
    assert_eq!(read.headline, "Bridge closed");
    assert_eq!(read.bylines, ["By Ana Sousa"]);
    assert_eq!(date(&read), "2025-12-02 day");
    assert_eq!(read.section.as_deref(), Some("Metro"));
    assert_eq!(read.paragraphs, [LONG, LONG]);
}

#[test]
fn a_page_copied_off_the_web() {
    let page = format!(
        "Bridge over the Ruska closed for weeks.\n- Last update: 2 days ago\n- 4 min read\n- 718 Views\n- WORLD\n{LONG}\n{LONG}\nAuthor: Ana \
         Sousa\nShare\nSchool bus found after night in the snow, all children safe and well\n9 seconds ago 2 min read WORLD\nPrince opens a \
         new wing of the hospital in which he was born.\n2 minutes ago 2 min read WORLD\nHarvest fails again\n4 minutes ago 4 min read WORLD"
    );
    let read = article(&page);
    assert_eq!(read.headline, "Bridge over the Ruska closed for weeks.");
    assert_eq!(date(&read), "2025-12-03 approximate");
    assert_eq!(read.section.as_deref(), Some("World"));
    assert_eq!(read.bylines, ["Author: Ana Sousa"]);
    assert_eq!(read.paragraphs, [LONG, LONG]);
}

#[test]
fn a_list_of_teasers_needs_no_word_above_it() {
    let page = format!(
        "Bridge closed\n2 hours ago\n\n{LONG}\n{LONG}\nBus found\n3 hours ago\nWing opened\n4 hours ago\nHarvest fails\n5 hours ago\n"
    );
    assert_eq!(article(&page).paragraphs, [LONG, LONG]);
}

#[test]
fn one_ambiguous_word_cuts_nothing() {
    for word in ["Share", "Comments", "Related", "Trending", "Print"] {
        let text = format!("Bridge closed\n\n{LONG}\n\n{word}\n\n{LONG}\n\n{LONG}\n");
        assert_eq!(article(&text).paragraphs.iter().filter(|p| *p == LONG).count(), 3, "{word}");
    }
    // Short last lines of an article are not teasers.
    let text = format!("Bridge closed\n\n{LONG}\n\n\"It is a sad day,\" she said.\n\n\"A very sad day.\"\n");
    assert_eq!(article(&text).paragraphs.len(), 3);
}

#[test]
fn boilerplate_below_the_text_is_cut() {
    let text = format!(
        "Bridge closed\nBy Ana Sousa | Dec. 2, 2025 | 4 min read\n\n{LONG}\n\nAdvertisement\n\n{LONG}\n\nRelated articles\nBus found\nWing \
         opened\nSign up for our newsletter\n© 2025 The Ruska Daily. All rights reserved."
    );
    let read = article(&text);
    assert_eq!(read.paragraphs, [LONG, LONG]);
    assert_eq!(
        (read.bylines, date(&article(&text))),
        (vec!["By Ana Sousa".to_string()], "2025-12-02 day".to_string())
    );
    let wire = article(&format!(
        "Bridge closed\n\n{LONG}\n\n(Reporting by Ana Sousa; Editing by Jo Ek)\n\n© Ruska Wire 2025\n-30-\n"
    ));
    assert_eq!(wire.paragraphs.len(), 2);
}

#[test]
fn headers_like_those_of_mail() {
    let read = article(&format!(
        "Title: Bridge closed\nAuthor: Ana Sousa\nDate: 2 December 2025\nSection: Metro\nSource: x\n\n{LONG}\n"
    ));
    assert_eq!((read.headline.as_str(), read.section.as_deref()), ("Bridge closed", Some("Metro")));
    assert_eq!(
        (read.bylines.as_slice(), date(&read).as_str()),
        (["Ana Sousa".to_string()].as_slice(), "2025-12-02 day")
    );
    assert_eq!(read.paragraphs, [LONG]);
    // A sentence with a colon is no header.
    let read = article(&format!("Note: the bridge\n\n{LONG}"));
    assert_eq!(read.headline, "Note: the bridge");
}

#[test]
fn datelines_are_a_field() {
    for (text, dateline) in [
        ("RUSKA, Dec 2 (Reuters) - The bridge was closed on Monday.", "RUSKA, Dec 2 (Reuters)"),
        ("RUSKA (AP) — The bridge was closed on Monday.", "RUSKA (AP)"),
        ("NEW RUSKA, Dec. 2 -- The bridge was closed on Monday.", "NEW RUSKA, Dec. 2"),
        ("Ruska (dpa) – The bridge was closed on Monday.", "Ruska (dpa)"),
    ] {
        let read = article(&format!("Bridge closed\n\n{text}\n"));
        assert_eq!(read.dateline.as_deref(), Some(dateline), "{text}");
        assert_eq!(read.paragraphs, ["The bridge was closed on Monday."]);
    }
    let read = article("Bridge closed\n\nRUSKA, Dec 2 (Reuters) - The bridge was closed on Monday.\n");
    assert_eq!(date(&read), "2025-12-02 approximate");
    for text in [
        "The bridge - an old one - was closed on Monday.",
        "RUSKA The bridge was closed on Monday, they said.",
    ] {
        let read = article(&format!("Bridge closed\n\n{text}\n"));
        assert_eq!((read.dateline, read.paragraphs), (None, vec![text.to_string()]));
    }
}

#[test]
fn a_text_without_a_headline_loses_nothing() {
    let read = article(&format!("{LONG}\n\n{LONG}\n"));
    assert_eq!(read.headline, "");
    assert_eq!(read.paragraphs, [LONG, LONG]);
    let wrapped = "The old bridge over the Ruska was closed to all traffic on\nMonday after engineers found cracks in two of its piers,\nthe \
        city said.\n";
    let read = article(wrapped);
    assert_eq!((read.headline.as_str(), read.paragraphs.len()), ("", 1));
    let read = article("One line only");
    assert_eq!((read.headline.as_str(), read.paragraphs.len()), ("One line only", 0));
}

#[test]
fn lines_broken_by_the_page_are_joined_below_a_headline() {
    let text = "Bridge closed\n\nThe old bridge over the Ruska was closed to all traffic on\nMonday after engineers found cracks in two of \
        its piers,\nthe city said.\n\nIt stays closed.\n";
    let read = article(text);
    assert_eq!(read.headline, "Bridge closed");
    assert_eq!(
        read.paragraphs,
        [
            "The old bridge over the Ruska was closed to all traffic on Monday after engineers found cracks in two of its piers, the city said.",
            "It stays closed."
        ]
    );
}

#[test]
fn the_frame_above_the_headline_is_passed_over() {
    let read = article(&format!(
        "Skip to content\nMenu\nHome > World > Europe\nWORLD\nBridge over the Ruska closed\nAna Sousa\n2 December 2025, 14:05 GMT\n\n{LONG}"
    ));
    assert_eq!(
        (read.headline.as_str(), read.section.as_deref()),
        ("Bridge over the Ruska closed", Some("World"))
    );
    assert_eq!(
        (read.bylines.as_slice(), date(&read).as_str()),
        (["Ana Sousa".to_string()].as_slice(), "2025-12-02T14:05:00Z minute")
    );
    assert_eq!(read.paragraphs, [LONG]);
}

#[test]
fn prose_that_begins_like_a_byline_stays() {
    let text = "Bridge closed\n\nBy Friday the bridge was closed.\n\nNobody crossed.\n";
    assert_eq!(article(text).paragraphs, ["By Friday the bridge was closed.", "Nobody crossed."]);
}

#[test]
fn a_heading_in_capitals_below_a_gap_is_no_section() {
    let text = format!("Bridge closed\n\nWHAT WE KNOW\n\n{LONG}\n");
    let read = article(&text);
    assert_eq!((read.section, read.paragraphs.len()), (None, 2));
}

#[test]
fn no_text_is_no_article() {
    assert!(matches!(read("Share\n", &context()), Record::Article(_) | Record::Unreadable(_)));
    assert!(matches!(read(" \n", &context()), Record::Unreadable(_)));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "([A-Za-z ]{0,30}[.:]?|By Ana|Title: x|Share|2 days ago|2 min read|WORLD| - |é|日|\n){0,30}") {
        let _ = read(&text, &context());
    }

    /// Every sentence of an article with plain paragraphs is in what is read.
    #[test]
    fn prose_is_never_lost(words in proptest::collection::vec("[a-z]{2,9}", 30..60), count in 1usize..6) {
        let paragraph = format!("The {} ended.", words.join(" "));
        let body = vec![paragraph.as_str(); count].join("\n\n");
        let read = article(&format!("Bridge closed\n\n{body}\n"));
        prop_assert_eq!(read.paragraphs, vec![paragraph; count]);
    }
}

#[test]
fn a_headline_right_above_a_narrow_column_is_none_of_its_lines() {
    let column = "The old bridge over the river\nwas closed on Monday after the\nengineers of the city had found\ncracks in two of \
        its piers.\n";
    let read = article(&format!("Bridge closed again\n{column}"));
    assert_eq!(read.headline, "Bridge closed again");
    assert_eq!(read.paragraphs.len(), 1);
    let read = article(column);
    assert_eq!((read.headline.as_str(), read.paragraphs.len()), ("", 1));
    let read = article(
        "Bridge closed again\n\nThe council met on Monday and\nalso on Friday to hear what the\nengineers had found, and asked to\nread more \
            of it before the\nautumn rains, the mayor said.\n",
    );
    assert_eq!(read.paragraphs.len(), 1);
    assert!(
        read.paragraphs[0].contains("and also on Friday") && read.paragraphs[0].contains("read more of it")
    );
}

#[test]
fn a_text_of_lines_without_number_is_cut() {
    let read = article(&format!("Bridge closed\n\n{LONG}\n\n{}", "a\n\n".repeat(1_100_000)));
    assert_eq!(read.headline, "Bridge closed");
    assert_eq!(read.paragraphs.first().map(String::as_str), Some(LONG));
    assert_eq!(read.problems.len(), 1);
    assert!(
        read.problems[0]
            .to_string()
            .starts_with("more than 2000000 lines: what stands behind the first 3000"),
        "{read:?}"
    );
}
