//! Tables with a header row (RFC 4180, and its kin with semicolons, tabs and bars) → an article a row. The
//! columns mean what the same keys mean in JSON.

mod fit;

use super::json;
use crate::corpus::{Context, Record};

/// More cells of a row are passed over: no table has as many, and such a row is said to be none of its table.
const MOST_CELLS: usize = 10_000;

/// Reads the rows of a table whose first row is its header.
pub fn read(text: &str, context: &Context<'_>) -> Vec<Record> {
    let text = text.trim_start_matches('\u{feff}');
    let header_end = text.find('\n').unwrap_or(text.len());
    let delimiter = delimiter(text.get(..header_end).unwrap_or_default());
    let mut rest = text;
    let columns: Vec<String> = match row(&mut rest, delimiter) {
        Some(cells) => cells.into_iter().map(|c| c.trim().to_string()).collect(),
        None => return Vec::new(),
    };
    if !json::are_article_keys(&columns, context) {
        return vec![Record::Skipped(
            "a table without a column for headline or text: no articles".to_string(),
        )];
    }
    let mut records = Vec::new();
    while let Some(cells) = row(&mut rest, delimiter) {
        if cells.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        records.push(fit::read(&columns, cells, delimiter, context));
    }
    records
}

/// The rows of a table, its header first, each with the line that it begins in.
pub fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<String>)> {
    let mut rest = text.trim_start_matches('\u{feff}');
    let header_end = rest.find('\n').unwrap_or(rest.len());
    let delimiter = delimiter(rest.get(..header_end).unwrap_or_default());
    let mut line = 1;
    std::iter::from_fn(move || {
        let before = rest;
        let cells = row(&mut rest, delimiter)?;
        let read = before.get(..before.len() - rest.len()).unwrap_or_default();
        let begins = line;
        line += read.matches('\n').count();
        Some((begins, cells))
    })
}

/// The mark that parts the header most often.
fn delimiter(header: &str) -> u8 {
    let count = |mark: u8| memchr::memchr_iter(mark, header.as_bytes()).count();
    [b'\t', b';', b'|', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

/// The cells of the next row; `None` at the end.
fn row(rest: &mut &str, delimiter: u8) -> Option<Vec<String>> {
    if rest.is_empty() {
        return None;
    }
    let mut cells = Vec::new();
    loop {
        let (cell, after) = cell(rest, delimiter);
        if cells.len() < MOST_CELLS {
            cells.push(cell);
        }
        let mark = after.bytes().next();
        *rest = after.get(1..).unwrap_or_default();
        if mark != Some(delimiter) {
            return Some(cells);
        }
    }
}

/// One cell, and the text from the mark or line end behind it.
fn cell(text: &str, delimiter: u8) -> (String, &str) {
    let Some(mut inner) = text.strip_prefix('"') else {
        let end = memchr::memchr2(delimiter, b'\n', text.as_bytes()).unwrap_or(text.len());
        let (cell, after) = text.split_at(end);
        return (cell.trim_end_matches('\r').to_string(), after);
    };
    let mut cell = String::new();
    while let Some(quote) = memchr::memchr(b'"', inner.as_bytes()) {
        cell.push_str(inner.get(..quote).unwrap_or_default());
        inner = inner.get(quote + 1..).unwrap_or_default();
        match inner.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                inner = after;
            }
            None => {
                // What stands between the closing quote and the mark belongs to the cell.
                let end = memchr::memchr2(delimiter, b'\n', inner.as_bytes()).unwrap_or(inner.len());
                let (more, after) = inner.split_at(end);
                cell.push_str(more.trim_end());
                return (cell, after);
            }
        }
    }
    cell.push_str(inner);
    (cell, "")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::corpus::RawArticle;
    use proptest::prelude::*;

    fn context() -> Context<'static> {
        Context { path: "a.csv", modified: None, latest: None, map: None, day_month: None }
    }

    fn articles(text: &str) -> Vec<RawArticle> {
        read(text, &context())
            .into_iter()
            .map(|record| match record {
                Record::Article(article) => *article,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn rows_are_articles() {
        for mark in [",", ";", "\t", "|"] {
            let text = "id,Title,Text,Author,date\r\n1,Bridge closed,\"One, \"\"two\"\".\n\nThree.\",Ana Sousa,2025-12-02\r\n\r\n2,B,x,,\n"
                .replace(',', mark);
            let found = articles(&text);
            let [first, second] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!((first.id.as_deref(), first.headline.as_str()), (Some("1"), "Bridge closed"));
            assert_eq!(first.paragraphs, [format!("One{mark} \"two\"."), "Three.".to_string()]);
            assert_eq!(
                (first.bylines.as_slice(), first.date.unwrap().to_string().as_str()),
                (["Ana Sousa".to_string()].as_slice(), "2025-12-02")
            );
            assert_eq!((second.headline.as_str(), second.paragraphs.len()), ("B", 1));
        }
    }

    #[test]
    fn a_comma_outside_quotes_invents_nothing() {
        let header = "headline,body,author,date\n";
        for (row, headline, body, author, dated) in [
            (
                "Ferry back,The ferry, which was old, sails today,Bo Ek,2025-01-02",
                "Ferry back",
                "The ferry, which was old, sails today",
                "Bo Ek",
                true,
            ),
            (
                "Ferry, old, sails,The ferry sails.,Bo Ek,2025-01-02",
                "Ferry, old, sails",
                "The ferry sails.",
                "Bo Ek",
                true,
            ),
            // No blank tells.
            ("Ferry back,Fare 3,50 a head,Bo Ek,2025-01-02", "Ferry back", "Fare 3,50 a head", "Bo Ek", true),
            (
                "Ferry back,\"Fare 3,50\",Bo Ek,2025-01-02,,,,,,,,,,,",
                "Ferry back",
                "Fare 3,50",
                "Bo Ek",
                true,
            ),
            // Neither does the date.
            (
                "Ferry back,Fare 3,50 a head,Bo Ek,soon",
                "Ferry back",
                "Fare 3,50 a head,Bo Ek,soon",
                "",
                false,
            ),
        ] {
            let found = articles(&format!("{header}{row}\n"));
            let [article] = found.as_slice() else { panic!("{row}: {found:?}") };
            assert_eq!(article.headline, headline, "{row}");
            assert_eq!(article.paragraphs, [body], "{row}");
            assert_eq!(article.bylines.join(";"), author, "{row}");
            assert_eq!(article.date.is_some(), dated, "{row}");
            assert_eq!(article.problems.is_empty(), row.ends_with(",,,"), "{row} {:?}", article.problems);
        }
    }

    #[test]
    fn a_row_of_too_many_cells_is_told() {
        let found =
            read(&format!("title,text\n{}\nFerry,It sails.\n", "a b,".repeat(MOST_CELLS + 5)), &context());
        let [Record::Unreadable(reason), Record::Article(_)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(reason, "a row of 10000 cells or more under 2 columns");
    }

    #[test]
    fn a_row_without_some_of_its_cells_is_doubtful() {
        let found = articles("headline,body,author,date\nFerry back,It sails.\n");
        assert_eq!(found[0].problems, ["a row of 2 cells under 4 columns"]);
    }

    proptest! {
        #[test]
        fn no_cell_is_lost(cells in prop::collection::vec("[a-z]{1,6}( [a-z]{1,5})?", 3..20)) {
            let found = articles(&format!("title,text\n{}\n", cells.join(",")));
            let [article] = found.as_slice() else { panic!("{found:?}") };
            let all = format!("{} {}", article.headline, article.paragraphs.join(" "));
            for cell in &cells {
                prop_assert!(all.contains(cell.as_str()), "{cell} {all}");
            }
            prop_assert!(!article.problems.is_empty());
        }
    }

    #[test]
    fn other_tables_are_skipped() {
        assert!(matches!(read("a,b\n1,2\n", &context()).as_slice(), [Record::Skipped(_)]));
        assert!(read("", &context()).is_empty());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(title,text\n)?([a-c,;\"\n\r\té]){0,60}") {
            let _ = read(&text, &context());
        }
    }
}
