//! Full-text search for news archives: a library that cannot print.

pub mod article;
pub mod corpus;
pub mod problem;
pub mod query;
