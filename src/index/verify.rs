//! Whether an index is as it was written: its files against their checksums, its commit against what this build would have
//! written, the manifest against the articles. Nothing is mended.

use tantivy::TantivyError;

use crate::error::{Error, Result};
use crate::schema::Schema;

use super::fields::engine_schema;
use super::{Snapshot, reading, settings};

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
        let manifest = self.manifest()?;
        let listed: u64 = manifest.files.values().map(|entry| u64::from(entry.articles)).sum();
        if listed != self.article_count() {
            let held = self.article_count();
            return damaged(format!("its manifest lists {listed} articles, but it holds {held}"));
        }
        Ok(())
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
                // Segments from which nothing was removed lack the list of what was; one that needs it does not open.
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
        if !self.is_commit_ours()? {
            differ.push("`meta.json`".to_owned());
        }
        differ.sort();
        differ.dedup();
        Ok(differ)
    }

    /// The commit has no checksum: whether all that it says agrees with this build and with the files it names.
    fn is_commit_ours(&self) -> Result<bool> {
        let metas = self.index.load_metas().map_err(|error| reading(&self.dir, &error))?;
        let rules = metas.schema == engine_schema(Schema::builtin()) && metas.index_settings == settings();
        let number = self
            .payload
            .as_ref()
            .is_none_or(|payload| payload.manifest == super::manifest_name(metas.opstamp));
        let mut counts = true;
        for segment in self.searcher().segment_readers() {
            let words = segment.fast_fields().u64("words").map_err(|error| reading(&self.dir, &error))?;
            counts &= words.num_docs() == segment.max_doc();
            let alive =
                segment.alive_bitset().map_or(segment.max_doc(), |alive| alive.num_alive_docs() as u32);
            counts &= alive == segment.num_docs();
        }
        Ok(rules && number && counts)
    }
}
