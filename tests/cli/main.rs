//! The real binary, as people and scripts meet it: one file per command, and one folder for all that can go
//! wrong.
#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod answers;
mod bad_input;
mod columns;
mod completions;
mod config;
mod copies;
mod curves;
mod dates;
mod dossier;
mod eval;
mod export;
mod habits;
mod harness;
mod ids;
mod index;
mod json;
mod json_schema;
mod keeping;
mod language;
mod library;
mod listing;
mod mentions;
mod named;
mod narrowing;
mod nothing;
mod parse;
mod publication;
mod query;
mod ranking;
mod related;
mod same_word;
mod show;
mod status;
#[cfg(unix)]
mod tour;
mod verify;
mod wordless;
