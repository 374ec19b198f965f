//! Full-text search for news archives: a library that cannot print.

pub mod analysis;
pub mod article;
pub mod corpus;
pub mod error;
pub mod index;
pub mod ingest;
pub mod problem;
pub mod query;
pub mod schema;
pub mod search;
