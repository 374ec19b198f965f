//! Whether an index is as it was written: its files against their checksums, its commit against what this
//! build would have written, the manifest against the articles. Nothing is mended.

use std::fs;
use std::path::Path;

use rustc_hash::FxHashMap;
use tantivy::{IndexMeta, TantivyError};

use crate::error::{Error, Result};
use crate::schema::Schema;

use super::document::file_key;
use super::fields::engine_schema;
use super::near_duplicates;
use super::{Snapshot, reading, settings};

/// The engine's file that a commit is.
const META: &str = "meta.json";

/// How many disagreements are named.
const NAMED: usize = 3;

impl Snapshot {
    /// Checks every byte of every file. Reads all of the index: as long as the disk takes for that.
    ///
    /// # Errors
    /// [`Error::Damaged`], with the names of the files that are not as they were written.
    pub fn verify(&self) -> Result<()> {
        let damaged = |reason: String| Err(Error::Damaged { path: self.dir.clone(), reason });
        let differ = self.differing_files()?;
        if !differ.is_empty() {
            return damaged(format!("not as it was written: {}", differ.join(", ")));
        }
        let disagreements = self.disagreements()?;
        match disagreements.split_at_checked(NAMED) {
            _ if disagreements.is_empty() => Ok(()),
            Some((named, more)) if !more.is_empty() => {
                damaged(format!("{}; and {} more", named.join("; "), more.len()))
            }
            _ => damaged(disagreements.join("; ")),
        }
    }

    /// Where the manifest and the articles do not agree, file by file, both ways.
    fn disagreements(&self) -> Result<Vec<String>> {
        let mut held: FxHashMap<u64, u64> = FxHashMap::default();
        for segment in self.searcher().segment_readers() {
            let files = self.u64_column(segment, "file")?;
            for doc in segment.doc_ids_alive() {
                *held.entry(files.first(doc).unwrap_or_default()).or_default() += 1;
            }
        }
        let mut disagreements = Vec::new();
        for ((root, path), entry) in &self.manifest()?.files {
            let articles = held.remove(&file_key(*root, path)).unwrap_or_default();
            if articles != u64::from(entry.articles) {
                let listed = entry.articles;
                disagreements.push(format!(
                    "its manifest lists {listed} articles of `{path}`, but it holds {articles}"
                ));
            }
        }
        let orphans: u64 = held.values().sum();
        if orphans > 0 {
            disagreements.push(format!("{orphans} of its articles are of no file that its manifest lists"));
        }
        Ok(disagreements)
    }

    /// The names of files that are not as they were written, in backticks, in their order.
    fn differing_files(&self) -> Result<Vec<String>> {
        let failed = |error: &TantivyError| reading(&self.dir, error);
        let directory = self.index.directory();
        let managed = directory.list_managed_files();
        let metas = self.index.load_metas().map_err(|error| failed(&error))?;
        let mut differ = Vec::new();
        for file in metas.list_segment_files() {
            if !self.dir.join(&file).exists() {
                // Segments from which nothing was removed lack the list of what was; one that needs it does
                // not open.
                if file.extension().is_none_or(|kind| kind != "del") {
                    differ.push(format!("`{}` is missing", file.display()));
                }
                continue;
            }
            if !directory.validate_checksum(&file).map_err(|error| failed(&error.into()))? {
                differ.push(format!("`{}`", file.display()));
            }
            // The engine's list of its files has no checksum; what it lacks would never be deleted.
            if !managed.contains(&file) {
                differ.push("`.managed.json`".to_owned());
            }
        }
        if !managed.contains(Path::new(META)) {
            differ.push("`.managed.json`".to_owned());
        }
        match self.near_duplicates() {
            Ok(found) if self.payload.is_none() || found.is_sound() => {}
            _ if self.dir.join(near_duplicates::NAME).exists() => {
                differ.push(format!("`{}`", near_duplicates::NAME))
            }
            _ => differ.push(format!("`{}` is missing", near_duplicates::NAME)),
        }
        if !self.is_commit_ours()? {
            differ.push("`meta.json`".to_owned());
        }
        differ.sort();
        differ.dedup();
        Ok(differ)
    }

    /// What means the same but is written otherwise was not written by the engine.
    fn is_as_the_engine_writes(&self, metas: &IndexMeta) -> bool {
        let written = fs::read(self.dir.join(META)).unwrap_or_default();
        serde_json::to_vec_pretty(metas).is_ok_and(|ours| ours == written.trim_ascii_end())
            && written.ends_with(b"}\n")
    }

    /// The commit has no checksum: whether all that it says agrees with this build and with the files it
    /// names.
    fn is_commit_ours(&self) -> Result<bool> {
        let metas = self.index.load_metas().map_err(|error| reading(&self.dir, &error))?;
        let rules = metas.schema == engine_schema(Schema::builtin()) && metas.index_settings == settings();
        let number = self
            .payload
            .as_ref()
            .is_none_or(|payload| payload.manifest == super::manifest_name(metas.opstamp));
        let mut counts = true;
        for segment in self.searcher().segment_readers() {
            let words = self.u64_column(segment, "words")?;
            counts &= words.num_docs() == segment.max_doc();
            let alive =
                segment.alive_bitset().map_or(segment.max_doc(), |alive| alive.num_alive_docs() as u32);
            counts &= alive == segment.num_docs();
        }
        Ok(rules && number && counts && self.is_as_the_engine_writes(&metas))
    }
}
