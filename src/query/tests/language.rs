//! The page for users says what the parser does.

use super::reading;

#[test]
fn every_example_of_the_page_is_read_as_the_page_says() {
    let mut examples = 0;
    for line in crate::query::LANGUAGE_PAGE.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let code = |cell: &str| cell.trim_start_matches("| ").trim_matches('`').to_owned();
        if cells.len() == 2 {
            continue; // The page in short.
        }
        assert_eq!(cells.len(), 3, "{line}");
        assert_eq!(reading(&code(cells[0])), code(cells[1]), "{line}");
        examples += 1;
    }
    assert!(examples > 70, "only {examples} examples were found in the page");
}

#[test]
fn the_readme_says_in_short_what_the_page_says() {
    let short = |text: &str| {
        let from = text.find("<!-- short -->").expect("it begins");
        let to = text.find("<!-- /short -->").expect("it ends");
        text[from..to].to_owned()
    };
    assert_eq!(short(include_str!("../../../README.md")), short(crate::query::LANGUAGE_PAGE));
}

#[test]
fn the_page_names_every_field_and_alias() {
    for field in crate::query::Field::ALL {
        for name in [field.as_str()].iter().chain(field.aliases()) {
            assert!(crate::query::LANGUAGE_PAGE.contains(&format!("`{name}:")), "{name}");
        }
    }
}
