//! The query language: text → a tree with notices. Nothing in here knows of an index or an engine, and no
//! query is ever refused whole: what cannot be read is searched as words, with a notice.

pub mod analysis;
pub mod ast;
mod characters;
pub mod clause;
pub mod compound;
pub mod dates;
mod endings;
mod fields;
mod filters;
mod foreign_syntax;
pub mod forms;
pub mod glob;
mod lex;
mod notation;
pub mod notice;
mod print;
mod proximity;
pub mod spans;
mod spelling;
pub mod syntax;
#[cfg(test)]
mod tests;
mod token;
pub mod variants;
mod word;

pub use crate::field::Field;
pub use ast::{
    Certainty, DateFilter, DateRange, LengthRange, Narrowing, Node, NodeKind, Pattern, PatternPart,
    Proximity, SourceRange,
};
pub use dates::{parse_date_range, parse_day_range};
pub use glob::PathGlob;
pub use notice::{Notice, NoticeKind};
pub use syntax::{ParseOptions, Parsed, parse, parse_question};
pub use variants::{NameVariants, VariantsError};

/// The language's page for users, in Markdown: tables of examples, each with its canonical reading.
pub const LANGUAGE_PAGE: &str = include_str!("language.md");
