//! Full-text search for news archives: a library that cannot print.
//!
//! ```text
//! files ──corpus──▶ Article ──index──▶ one commit ──────────▶ Snapshot
//!          walk, detect, decode,        documents, manifest      │
//!          chunks, format/*             (ingest drives it)       ▼
//! text ──query──▶ Node ──query::analysis─▶ Clause ──search──▶ SearchResponse
//!         parse      analysis               plan, cursors, rank, highlights, snippets
//! ```
//!
//! [`ingest`] reads folders of article files into an index; [`search`] answers [`query`]s from a
//! [`index::Snapshot`] of it.
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let home = tempfile::tempdir()?;
//! # let (archive, index) = (home.path().join("archive"), home.path().join("index"));
//! # std::fs::create_dir(&archive)?;
//! # let weir = "---\ntitle: Weir mended\nauthor: Jo Ek\n---\nThe weir holds again.\n";
//! # std::fs::write(archive.join("weir.md"), weir)?;
//! newsearch::ingest::index(&index, &[&archive])?;
//! let snapshot = newsearch::index::Snapshot::open(&index)?;
//! let request = newsearch::search::SearchRequest::read("weir OR dam")?.by("Ek");
//! for hit in newsearch::search::search(&snapshot, &request)?.hits {
//!     println!("{} ({})", hit.article.headline, hit.file(&snapshot).unwrap_or_default().display());
//! #   assert_eq!(hit.article.headline, "Weir mended");
//! #   assert!(hit.file(&snapshot).is_some_and(|file| file.ends_with("weir.md") && file.exists()));
//! }
//! # Ok(()) }
//! ```
//!
//! [`analysis`] is the one place where text becomes terms. Progress leaves the library as events, what could
//! not be used as [`problem::Problem`]s, and what stops a command as an [`error::Error`]; nothing is ever
//! printed here.

pub use jiff;

pub mod analysis;
pub mod article;
mod choice;
pub mod citation;
pub mod corpus;
pub mod error;
pub mod eval;
pub mod field;
pub mod id;
pub mod index;
pub mod ingest;
pub mod near_duplicates;
pub mod panics;
pub mod problem;
pub mod query;
pub mod schema;
pub mod search;
pub mod section;
