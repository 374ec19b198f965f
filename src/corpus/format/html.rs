//! Reads the article of a web page: its body out of the navigation around it, and what the page says of
//! headline, bylines, date and section. Fetches nothing, runs no script, and does not decode bytes.

mod authors;
mod blocks;
mod body;
mod boilerplate;
mod class_hints;
mod dom;
mod headline;
mod jsonld;
mod kind;
mod markup;
mod meta;
mod metadata;
mod publication;
mod published;
mod scripts;
mod section;
mod site;
mod sources;
mod tag;
#[cfg(test)]
mod tests;

use super::sniff::{Start, starts_with_tag};
use crate::article::Format;
use crate::corpus::{Context, Doubt, RawArticle, Record};

/// Whether a text begins as pages do.
pub(crate) fn sniff(start: &Start<'_>) -> Option<Format> {
    let begins = start.lower.starts_with("<!doctype html") || starts_with_tag(&start.lower, "html");
    begins.then_some(Format::Html)
}

/// Reads one page.
///
/// `Skipped` is a section front (headlines of other stories and no body of its own), an error or a login;
/// `Unreadable` a page without text.
pub fn read(html: &str, context: &Context) -> Record {
    let page = dom::Page::parse(html);
    let metadata = metadata::read(&page, context.base());
    let declared = sources::Declared {
        headline: &metadata.headline,
        descriptions: &metadata.descriptions,
        authors: &metadata.authors,
        names_people: metadata.names_people,
    };
    let story = body::read(&page, &declared);
    if let Some(reason) = kind::not_an_article(&page, &metadata, &story) {
        return Record::Skipped(reason);
    }
    let paragraphs = scripts::paragraphs(&page, &metadata, &story.paragraphs).unwrap_or(story.paragraphs);
    if paragraphs.is_empty() {
        return Record::Unreadable("no article text found".to_owned());
    }
    let date_problem = metadata.date_problem.map(Doubt::from);
    let cut = if page.is_cut {
        Some("the page has more elements than are read: its end is missing")
    } else if page.breaks_off {
        Some("the page breaks off: its end is missing")
    } else {
        None
    };
    Record::Article(Box::new(RawArticle {
        headline: metadata.headline,
        paragraphs,
        bylines: story.byline.map_or(metadata.authors, |name| vec![name]),
        section: metadata.section,
        publication: metadata.publication,
        address: metadata.address.or_else(|| publication::saved_from(html)),
        date: metadata.date,
        language: metadata.language,
        problems: date_problem.into_iter().chain(cut.map(|cut| Doubt::from(cut.to_owned()))).collect(),
        ..RawArticle::default()
    }))
}
