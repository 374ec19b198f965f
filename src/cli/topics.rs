//! `newsearch help TOPIC`: the pages of the documentation, for whoever has no browser at hand.

use newsearch::query::LANGUAGE_PAGE;

use super::render::page;

/// Topics that are no commands.
pub const TOPICS: &[(&str, &str)] = &[
    ("language", LANGUAGE_PAGE),
    ("dates", include_str!("../../docs/dates.md")),
    ("formats", include_str!("../../docs/formats.md")),
    ("configuration", include_str!("../../docs/configuration.md")),
    ("keeping", include_str!("../../docs/keeping.md")),
    ("programs", include_str!("../../docs/programs.md")),
];

/// The page of a topic, as wide as the screen.
pub fn page(topic: &str) -> Option<String> {
    let (_, text) = TOPICS.iter().find(|(name, _)| *name == topic)?;
    Some(page::plain(text, page::width()))
}
