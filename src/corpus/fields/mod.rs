//! What an article's fields are made of: names, dates, papers, languages, whatever the format. `normalise`
//! applies them all.

pub mod byline;
pub mod date;
pub(crate) mod field_map;
pub(crate) mod finish;
pub(crate) mod language;
mod mojibake;
pub mod publication;
pub(crate) mod sign_off;
