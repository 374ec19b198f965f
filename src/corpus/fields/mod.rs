//! What an article's fields are made of: names, dates, papers, languages, whatever the format. `normalise`
//! applies them all.

pub(crate) mod agency_footer;
pub mod byline;
pub mod date;
pub(crate) mod field_map;
pub(crate) mod language;
mod mojibake;
pub(crate) mod normalise;
pub mod publication;
