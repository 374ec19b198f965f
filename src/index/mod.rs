//! The only door to the engine's writer and reader: what an article is there, and when a change counts.
//!
//! A **commit** is the only atomic point. Its payload names the manifest that belongs to it and the
//! fingerprints it was built with, so that index, manifest and rules can never disagree, whatever happened in
//! between.

pub(crate) mod dates;
pub mod document;
pub mod manifest;
mod merges;
pub mod passages;

mod backpressure;
mod directory;
#[cfg(test)]
mod faults;
mod fields;
mod lock_owner;
mod near_duplicates;
mod optimize;
mod rebuild;
mod snapshot;
pub mod tokenizer;
mod verify;
mod writer;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::error::OpenReadError;
use tantivy::store::Compressor;
use tantivy::{IndexSettings, Opstamp, TantivyError};

use crate::analysis;
use crate::error::{Error, Result, plain_io};
use crate::schema::Schema;

pub use fields::Fields;
pub use lock_owner::at_work;
pub use near_duplicates::NearDuplicates;
pub use optimize::{Optimized, optimize};
pub use rebuild::{Rebuild, remove_leftover};
pub use snapshot::{Snapshot, Unread};
pub use writer::{ArchiveWriter, WriterOptions};

/// Raised by every change to what the payload or the manifest means.
pub const FORMAT: u32 = 8;

/// How the engine stores articles.
fn settings() -> IndexSettings {
    IndexSettings { docstore_compression: Compressor::Lz4, ..IndexSettings::default() }
}

/// The name of the manifest that belongs to a commit.
fn manifest_name(commit: Opstamp) -> String {
    format!("manifest-{commit}.bin")
}

/// The paths of the roots, by their numbers in the manifest.
pub type Roots = BTreeMap<u32, PathBuf>;

/// What a commit says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Payload {
    /// [`FORMAT`].
    format: u32,
    /// The version of newsearch that wrote it.
    version: String,
    /// [`Schema::fingerprint`].
    schema: String,
    /// [`analysis::FINGERPRINT`].
    analysis: String,
    /// File name of the manifest.
    manifest: String,
    /// Checksum of the manifest.
    manifest_checksum: String,
    /// Stands for all articles: another number where a commit put some in or took some out.
    articles: u64,
    /// The roots: what a build that cannot read the manifest needs to know to build the index anew.
    roots: Vec<PathBuf>,
    /// Their numbers in the manifest, in the same order.
    root_numbers: Vec<u32>,
    /// Checksum of all of the above.
    checksum: String,
}

impl Payload {
    fn new(manifest: String, manifest_checksum: String, articles: u64, roots: Roots) -> Self {
        let (root_numbers, roots) = roots.into_iter().unzip();
        let mut payload = Self {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            schema: Schema::builtin().fingerprint(),
            analysis: analysis::FINGERPRINT.to_owned(),
            manifest,
            manifest_checksum,
            articles,
            roots,
            root_numbers,
            checksum: String::new(),
        };
        payload.checksum = payload.checksum_of_the_rest();
        payload
    }

    fn checksum_of_the_rest(&self) -> String {
        manifest::checksum(format!("{:?}", Self { checksum: String::new(), ..self.clone() }).as_bytes())
    }

    fn parse(text: &str, dir: &Path) -> Result<Self> {
        let foreign = |reason: &str| Error::NotAnIndex { path: dir.to_owned(), reason: reason.to_owned() };
        let value: serde_json::Value =
            serde_json::from_str(text).map_err(|_| foreign("it was written by another program"))?;
        let found = value.get("format").and_then(serde_json::Value::as_u64);
        if found.is_none() {
            return Err(foreign("it was written by another program"));
        }
        // Whatever else another format holds need not make sense to this build.
        expect_same(dir, "format", &found.unwrap_or_default().to_string(), &FORMAT.to_string())?;
        serde_json::from_value(value).map_err(|_| foreign("its commit cannot be read"))
    }

    /// An index can only be used by the rules it was built with, and as it was written.
    fn check(&self, dir: &Path) -> Result<()> {
        expect_same(dir, "schema", &self.schema, &Schema::builtin().fingerprint())?;
        expect_same(dir, "analysis", &self.analysis, analysis::FINGERPRINT)?;
        if self.checksum != self.checksum_of_the_rest() {
            let reason = "`meta.json` is not what was written".to_owned();
            return Err(Error::Damaged { path: dir.to_owned(), reason });
        }
        Ok(())
    }
}

fn expect_same(dir: &Path, what: &'static str, found: &str, expected: &str) -> Result<()> {
    if found == expected {
        return Ok(());
    }
    Err(Error::OtherVersion {
        path: dir.to_owned(),
        what,
        found: found.to_owned(),
        expected: expected.to_owned(),
    })
}

/// An error of the engine while reading, in our words.
pub(crate) fn reading(dir: &Path, error: &TantivyError) -> Error {
    if let Some((file, io)) = refused(error) {
        return Error::cannot_read(&dir.join(file), io);
    }
    let reason = match error {
        TantivyError::OpenReadError(open) => describe_open(open),
        TantivyError::IoError(io) => plain_io(io),
        TantivyError::DataCorruption(corruption) => {
            let text = format!("{corruption:?}");
            match text.split_once("in file `").and_then(|(_, rest)| rest.split('"').nth(1)) {
                Some(file) => format!("`{file}` cannot be read"),
                None => "a file is missing or cannot be read".to_owned(),
            }
        }
        _ => "a file is missing or cut short".to_owned(),
    };
    Error::Damaged { path: dir.to_owned(), reason }
}

/// What this user may not read is no damage.
fn refused(error: &TantivyError) -> Option<(&Path, &io::Error)> {
    let TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) = error else {
        return None;
    };
    (io_error.kind() == io::ErrorKind::PermissionDenied).then_some((filepath, io_error))
}

fn describe_open(error: &OpenReadError) -> String {
    match error {
        OpenReadError::FileDoesNotExist(file) => format!("`{}` is missing", file.display()),
        // What the system does not say, the engine says in words of its own.
        OpenReadError::IoError { io_error, filepath } => match io_error.raw_os_error() {
            None => format!("`{}` is cut short or damaged", filepath.display()),
            Some(_) => format!("`{}`: {}", filepath.display(), plain_io(io_error)),
        },
        OpenReadError::IncompatibleIndex(_) => {
            "a file is cut short or of another version of the engine".to_owned()
        }
    }
}

/// An error of the engine while writing, in our words.
fn writing(dir: &Path, error: &TantivyError) -> Error {
    // Errors of the engine's threads reach us as text only, and others are wrapped.
    let text = format!("{error:?}");
    let reason = if text.contains("StorageFull") || text.contains("No space left") {
        "the disk is full"
    } else if text.contains("FileTooLarge") || text.contains("File too large") {
        "a file would become larger than is allowed here"
    } else if text.contains("ReadOnlyFilesystem") || text.contains("Read-only") {
        "the file system is read-only"
    } else if text.contains("PermissionDenied") {
        "permission denied"
    } else if let TantivyError::IoError(io) = error {
        return Error::cannot_write(dir, plain_io(io));
    } else {
        "the engine failed while it wrote"
    };
    Error::cannot_write(dir, reason)
}
