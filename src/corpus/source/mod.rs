//! Where bytes come from: folders and what is left out of them, web archives, and what tells one file from
//! another.

pub(crate) mod content_hash;
pub(crate) mod file_time;
mod ignore_file;
pub(crate) mod path_text;
pub(crate) mod walk;
pub(crate) mod warc;
