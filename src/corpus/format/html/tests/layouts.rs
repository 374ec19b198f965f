//! One story in the markup of many publishing systems, decades and tools: every field must come out the same.

use super::{FIRST, SECOND, THIRD, article};

/// The pages: a line `== name`, and the page below it, in which `{body}` is the story's paragraphs and `{1}` the first one's text.
const LAYOUTS: &str = include_str!("layouts.txt");

fn pages() -> impl Iterator<Item = (&'static str, String)> {
    LAYOUTS.split("== ").skip(1).map(|layout| {
        let (name, html) = layout.split_once('\n').unwrap();
        let html = html
            .replace("{body}", &format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"))
            .replace("{1-rest}", FIRST.strip_prefix("The ferry").unwrap())
            .replace("{2-rest}", SECOND.strip_prefix("Some two").unwrap())
            .replace("{1}", FIRST)
            .replace("{2}", SECOND)
            .replace("{3}", THIRD);
        (name, html)
    })
}

#[test]
fn every_layout_gives_the_same_article() {
    assert!(pages().count() > 30);
    for (name, html) in pages() {
        let read = article(&html);
        assert_eq!(read.headline, "Ferry to Lomma stops running", "{name}");
        assert_eq!(read.bylines, ["Ines Falk"], "{name}");
        assert_eq!(read.section.map(|s| s.to_lowercase()).as_deref(), Some("harbour"), "{name}");
        let day = read.date.map(|d| d.to_string()).unwrap_or_default();
        assert!(day.starts_with("2026-02-12"), "{name}: {day}");
        assert_eq!(read.paragraphs, [FIRST, SECOND, THIRD], "{name}");
    }
}
