//! Pages as they come off the web sites and out of the files of different newsrooms.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::article::{Article, Format};
use crate::corpus::fields::normalise::{Origin, normalise};

const FIRST: &str = "The old bridge over the Ruska was closed to all traffic on Monday after engineers found cracks in two of its piers, \
    and it will stay closed for at least three weeks, the city said.";
const SECOND: &str = "Buses take the long way round by the mill, which adds half an hour to the journey, and the ferry that the council \
    promised in the spring has yet to be found a captain.";
const HEADLINE: &str = "Bridge over the Ruska closed for weeks";

/// A name, and a page in which `1` and `2` stand for the paragraphs, alone on a line,
/// and `H` at its end for the headline.
const PAGES: &[(&str, &str)] = &[
    (
        "broadcaster",
        "Skip to content\nHome\nNews\nWorld\n\nH\n\n2 December 2025\nShare\nSave\nAna Sousa\nEurope correspondent, Ruska\n\nReuters The \
        bridge from the east\nImage source, Reuters\nImage caption, The bridge from the east\n\n1\n\nAdvertisement\n\nRead more: Bus found after \
        night\n\n2\n\nMore on this story\nBus found\nRelated topics\nRuska",
    ),
    (
        "broadsheet",
        "News\nOpinion\nSport\n\nWorld\nEurope\n\nH\n\nEngineers found cracks in two piers, and the ferry has no captain\n\nAna Sousa in \
        Ruska\nTue 2 Dec 2025 14.05 GMT\nLast modified on Tue 2 Dec 2025 18.20 GMT\nShare\n\n1\n\nSign up to First Edition, our free daily \
        newsletter\n\n2\n\nExplore more on these topics\nRuska\nBridges\n\nMost viewed",
    ),
    (
        "agency",
        "H\n1 of 3 |\nThe bridge is seen in Ruska, Monday, Dec. 1, 2025. (AP Photo/Jo Ek)\nRead More\nBY ANA SOUSA\nUpdated 2:05 PM GMT, \
        December 2, 2025\nShare\n\n1\n\n2\n\n___\n\nANA SOUSA\nSousa covers Lubenia for the agency.\ntwitter\nmailto",
    ),
    (
        "metropolitan",
        "H\n\nEngineers found cracks. The ferry has no captain.\n\nListen to this article · 5:12 min Learn more\nShare full article\n\n\
        By Ana Sousa\nAna Sousa reported from Ruska.\n\nDec. 2, 2025\n\n1\n\nADVERTISEMENT\nSKIP ADVERTISEMENT\n\n2\n\nAna Sousa is a reporter \
        covering bridges for The Times, based in Ruska.\n\nA version of this article appears in print on Dec. 3, 2025, Page 4 of the New York \
        edition with the headline: Bridge Closed.",
    ),
    (
        "blog",
        "H\nPosted on December 2, 2025 by Ana Sousa\n\n1\n\n2\n\nShare this:\nClick to share on X (Opens in new window)\n\nPosted in Local News. \
        Tagged bridge, Ruska.\n\nLeave a Reply",
    ),
    (
        "station",
        "LOCAL NEWS\nH\nby: Ana Sousa\nPosted: Dec 2, 2025 / 02:05 PM EST\nUpdated: Dec 3, 2025 / 08:00 AM EST\nSHARE\n\n1\n\n2\n\nCopyright \
        2025 Ruska Media Inc. All rights reserved.",
    ),
    (
        "portal",
        "Home / India / H\nH\nEngineers found cracks in two of the piers\nWritten by Ana Sousa\nRuska | December 2, 2025 14:05 IST\n3 min \
        read\nFollow Us\n\n1\n\nAlso Read | Bus found after night\n\n2\n\nALSO READ\nBus found\n\nTAGS: bridge Ruska\n© The Ruska Express",
    ),
    (
        "tabloid",
        "H\nPublished: 15:05, 2 December 2025 | Updated: 18:20, 3 December 2025\nBy ANA SOUSA FOR THE DAILY\n\nView comments\n1\n2\nShare or \
        comment on this article: H\ne-mail\nComments 42",
    ),
    (
        "regional",
        "We use cookies to improve your experience. Accept all\nSubscribe\nLog in\nRuska Daily\n\nWorld\n\nH\nBy Ana Sousa, Chief \
        Reporter\nPublished 2nd Dec 2025, 14:05 GMT\nComment\n\n1\n\nJoin our WhatsApp channel for the latest news\n\n2\n\nRelated topics: Ruska",
    ),
    ("printed page", "The Ruska Daily\nTuesday, December 2, 2025\n\nH\n\nBy Ana Sousa\n\n1\n\n2"),
    ("day first", "December 2, 2025\nH\nAna Sousa\n\n1\n\n2"),
    ("signed below", "H\n\n1\n\n2\n\nBy Ana Sousa\n\nPublished Dec. 2, 2025"),
    ("underlined", "H\n======\n\nAna Sousa, 2 December 2025\n\n1\n\n2"),
    ("one line about it", "H\n\nWorld news | 2 Dec 2025 | Ana Sousa\n\n1\n\n2"),
    ("tabs", "H\nAna Sousa\t2 December 2025\tWorld\n\n1\n\n2"),
    ("updated first", "H\nUpdated 3 December 2025\nPublished 2 December 2025\nBy Ana Sousa\n\n1\n\n2"),
    (
        "headers",
        "Headline: H\nByline: By Ana Sousa\nPublished: 2025-12-02T14:05:00Z\nWord count: 312\n\n1\n\n2",
    ),
    ("spaced headers", "TITLE: H\n\nAUTHOR: Ana Sousa\n\nDATE PUBLISHED: December 2, 2025\n\nTEXT:\n1\n\n2"),
    ("no day", "H\nAna Sousa\n\n1\n\n2\n\nPublished 2 December 2025"),
    (
        "site of an agency",
        "World\nH\nBy Ana Sousa\nDecember 2, 2025 2:05 PM GMT Updated 3 hours ago\n\nSummary\nCompanies\nCracks found in two \
        piers\n\nRUSKA, Dec 2 (Reuters) - 1\n\n2\n\nReporting by Ana Sousa; Editing by Max Ro\n\nOur Standards: The Thomson Reuters Trust \
        Principles., opens new tab\n\nSuggested Topics:\nWorld\nPurchase Licensing Rights",
    ),
    (
        "slug",
        "BC-RUSKA-BRIDGE, 3rd lead\nH\nBy Ana Sousa\n2 Dec 2025 14:22 GMT\n\n1\n\n2\n\n(Editing by Jo Ek)\n\nNNNN",
    ),
];

fn in_lines(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && line.len() + 1 + word.len() > width {
            lines.push(word.to_owned());
        } else {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines.join("\n")
}

/// The article of a page, finished.
fn finished(read: RawArticle) -> Article {
    let (record, format, is_prose, said) = (1, Format::Text, true, Default::default());
    normalise(read, Origin { shown: "a.txt", relative: "a.txt", record, format, is_prose, said })
}

#[test]
fn pages_whose_text_is_a_narrow_column() {
    for (name, page) in PAGES {
        for width in [26, 32, 38] {
            let line = |line: &str| match line {
                "1" => in_lines(FIRST, width) + "\n",
                "2" => in_lines(SECOND, width) + "\n",
                "RUSKA, Dec 2 (Reuters) - 1" => {
                    in_lines(&format!("RUSKA, Dec 2 (Reuters) - {FIRST}"), width) + "\n"
                }
                line => {
                    line.strip_suffix('H').map_or(line.to_string(), |before| format!("{before}{HEADLINE}"))
                }
            };
            let filled: Vec<String> = page.lines().map(line).collect();
            let context = Context { path: "a.txt", modified: None, latest: None, map: None, day_month: None };
            let Record::Article(read) = read(&filled.join("\n"), &context) else { panic!("{name}") };
            let read = finished(*read);
            assert_eq!(read.headline, HEADLINE, "{name} {width}");
            assert_eq!(read.authors, ["Ana Sousa"], "{name} {width}");
            assert_eq!(
                read.body,
                format!(
                    "{FIRST}

{SECOND}"
                ),
                "{name} {width}"
            );
        }
    }
}

#[test]
fn pages_of_many_newsrooms() {
    for (name, page) in PAGES {
        let line = |line: &str| match line {
            "1" => FIRST.to_string(),
            "2" => SECOND.to_string(),
            "RUSKA, Dec 2 (Reuters) - 1" => format!("RUSKA, Dec 2 (Reuters) - {FIRST}"),
            line => line.strip_suffix('H').map_or(line.to_string(), |before| format!("{before}{HEADLINE}")),
        };
        let filled: Vec<String> = page.lines().map(line).collect();
        for end in ["\n", "\r\n"] {
            let context = Context {
                path: "a.txt",
                modified: Some("2025-12-05T12:00:00Z".parse().unwrap()),
                latest: None,
                map: None,
                day_month: None,
            };
            let Record::Article(read) = read(&filled.join(end), &context) else { panic!("{name}") };
            let read = finished(*read);
            assert_eq!(read.headline, HEADLINE, "{name}");
            assert_eq!(read.authors, ["Ana Sousa"], "{name}");
            assert_eq!(read.date.map(|date| date.day.to_string()).as_deref(), Some("2025-12-02"), "{name}");
            assert_eq!(read.body, format!("{FIRST}\n\n{SECOND}"), "{name}");
        }
    }
}
