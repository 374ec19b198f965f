#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};

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
    let page = fs::read_to_string(root().join("docs/formats.md")).unwrap();
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

/// The rows of the tables of `docs/adding-a-format.md`: a file or folder, and what is to be found in it.
fn places() -> Vec<(String, String)> {
    let page = fs::read_to_string(root().join("docs/adding-a-format.md")).unwrap();
    let unquoted = |cell: &str| cell.trim().trim_matches('`').to_owned();
    let rows = page.lines().filter(|line| line.starts_with('|') && line.contains('`'));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').collect();
        (unquoted(cells[2]), unquoted(cells[3]))
    })
    .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The source files below a folder, without those of tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_test = ["tests.rs", "tests", "faults.rs"].iter().any(|name| path.ends_with(name));
        if path.is_dir() && !is_test {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_test {
            files.push(path);
        }
    }
    files
}

#[test]
fn the_page_on_adding_a_format_names_what_is_there() {
    for (place, item) in places() {
        let path = root().join(&place);
        assert!(path.exists(), "docs/adding-a-format.md: there is no `{place}`");
        let files = if path.is_dir() { sources(&path) } else { vec![path] };
        let there = item.is_empty()
            || files.iter().any(|file| fs::read_to_string(file).is_ok_and(|text| text.contains(&item)));
        assert!(there, "docs/adding-a-format.md: there is no `{item}` in `{place}`");
    }
}

#[test]
fn no_other_place_knows_a_single_format() {
    let places = places();
    for file in sources(&root().join("src")) {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let name = file.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let is_reader = name.starts_with("src/corpus/format/") && !name.ends_with("/detect.rs");
        for format in Format::ALL {
            let item = format!("Format::{format:?}");
            let known = code.match_indices(&item).any(|(at, _)| {
                let before = code[..at].chars().next_back();
                let behind = code[at + item.len()..].chars().next();
                let ends = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                ends(before) && ends(behind)
            });
            let named = places.iter().any(|(place, in_it)| *place == name && *in_it == item);
            assert!(
                !known || is_reader || named,
                "`{name}` knows {item}: docs/adding-a-format.md does not say so"
            );
        }
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
