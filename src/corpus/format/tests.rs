#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::corpus::records::delimiter::has_text;

#[test]
fn every_format_has_one_row_and_every_ending_one_format() {
    for format in Format::ALL {
        assert_eq!(FORMATS.iter().filter(|row| row.format == *format).count(), 1, "{format}");
    }
    let mut endings: Vec<&str> = FORMATS.iter().flat_map(|row| row.endings.split_whitespace()).collect();
    endings.sort_unstable();
    assert!(endings.windows(2).all(|pair| pair[0] != pair[1]), "{endings:?}");
}

#[test]
fn the_page_of_formats_has_their_rows_and_no_others() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md")).unwrap();
    let rows: Vec<&str> = page
        .lines()
        .skip_while(|line| !line.starts_with("|---"))
        .skip(1)
        .map_while(|line| line.strip_prefix("| ")?.split(" | ").next())
        .collect();
    for row in FORMATS {
        assert!(rows.contains(&row.docs), "`docs/formats.md` has no row `{}` for {}", row.docs, row.format);
    }
    // What the readers of text and of SGML tell apart has a row each.
    let other = ["pages copied off the web", "TREC SGML"];
    for row in rows {
        let known = FORMATS.iter().any(|format| format.docs == row) || other.contains(&row);
        assert!(known, "`docs/formats.md` has a row `{row}` that no format names");
    }
}

proptest! {
    #[test]
    fn documents_are_the_text(text in "(a0312 --\n|r i BC-Bridge 12-02 0400\n|\u{1}|\u{16}|ZCZC|1 of 2 DOCUMENTS\n|End of Document\n|Document 1 of 2\n|x|\n){0,30}") {
        for row in FORMATS {
            let Framing::Delimited(delimiter) = row.framing else { continue };
            let kept: usize = delimiter.documents(&text).iter().map(|document| document.len()).sum();
            let blank = text.len() - kept;
            prop_assert!(blank == 0 || !has_text(text.as_bytes()) || kept > 0);
        }
    }
}
