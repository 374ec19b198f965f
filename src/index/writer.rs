//! Writing: articles in and out, and the commit that makes it count.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::Term;
use tantivy::{Directory as _, Index, IndexWriter, TantivyError};

use crate::article::Article;
use crate::error::{Error, Result, plain_io};
use crate::id::hash64;
use crate::panics::Panic;
use crate::problem::{Problem, ProblemKind};
use crate::schema::Schema;

use super::backpressure::{ByteBudget, Waiting};
use super::directory::ArchiveDirectory;
use super::document::file_key;
use super::fields::{Fields, engine_schema};
use super::manifest::Manifest;
use super::merges::Merges;
use super::near_duplicates::{self, Delta, NearDuplicates, Table};
use super::snapshot::{self, Snapshot};
use super::tokenizer::{Analyzers, Origin};
use super::{Payload, lock_owner, manifest_name, settings, writing};

/// How much the writer may use.
#[derive(Debug, Clone, Copy)]
pub struct WriterOptions {
    /// Threads that build the index, at least 1.
    pub threads: usize,
    /// Memory for what is not yet on disk, in bytes, shared by the threads; at least 15 MB each.
    pub memory: usize,
}

impl Default for WriterOptions {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
        Self { threads, memory: threads * 100_000_000 }
    }
}

/// The one writer of an index. Nothing counts until [`commit`](Self::commit); dropping it forgets what was
/// not committed.
pub struct ArchiveWriter {
    dir: PathBuf,
    disk: ArchiveDirectory,
    pub(super) engine: IndexWriter<Waiting>,
    budget: Arc<ByteBudget>,
    analyzers: Analyzers,
    fields: Fields,
    before: Arc<Snapshot>,
    manifest: Manifest,
    current: Option<String>,
    has_committed: bool,
    /// The keys of the files that articles were put in from.
    came: Vec<u64>,
    /// [`Snapshot::content_version`] of the last commit.
    content_version: u64,
    /// Whether articles were put in or taken out since.
    has_changed: bool,
}

impl ArchiveWriter {
    /// Opens the index in the folder `dir` for writing, or makes one where there is none.
    ///
    /// # Errors
    /// As [`Snapshot::open`]; and where another process writes, or the folder cannot be written to.
    pub fn open(dir: &Path, options: WriterOptions) -> Result<Self> {
        Self::open_on(dir, options, |disk| disk)
    }

    /// The same on a disk that fails, without merges of its own accord: those of a writer that failed would
    /// go on while the next one is at work, which no other process can see.
    #[cfg(test)]
    pub(super) fn open_failing(
        dir: &Path,
        options: WriterOptions,
        faults: &Arc<super::faults::Faults>,
    ) -> Result<Self> {
        let writer = Self::open_on(dir, options, |disk| disk.failing(faults))?;
        writer.engine.set_merge_policy(Box::new(tantivy::indexer::NoMergePolicy));
        Ok(writer)
    }

    fn open_on(
        dir: &Path,
        options: WriterOptions,
        with: impl FnOnce(ArchiveDirectory) -> ArchiveDirectory,
    ) -> Result<Self> {
        let disk = match snapshot::disk(dir) {
            Ok(disk) => disk,
            Err(Error::NoIndex(_)) => create(dir)?,
            Err(other) => return Err(other),
        };
        let disk = with(disk);
        let analyzers = Analyzers::default();
        let index = snapshot::index_on(disk.clone(), dir, &analyzers)?;
        // What is not ours, or of another version, is left as it is.
        drop(Snapshot::open(dir)?);
        let threads = options.threads.max(1);
        let memory = options.memory.max(threads * 15_000_000);
        // One merge at a time: each holds what it reads and writes in memory, and there is a core for each
        // thread already.
        let sizes = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(memory / threads)
            .num_merge_threads(1)
            .build();
        let engine = index.writer_with_options(sizes).map_err(|error| match error {
            TantivyError::LockFailure(error, _) => lock_owner::refused(dir, &error),
            other => writing(dir, &other),
        })?;
        // The engine would number the first operation as the commit that is there. A merge of what is
        // committed would then apply a removal that is not, or lose one.
        engine.run([]).map_err(|error| writing(dir, &error))?;
        // What a run that was killed had written; what cannot be removed now is removed after the next
        // commit.
        let _ = engine.garbage_collect_files().wait();
        lock_owner::write(dir);
        // Read under the lock: nobody can have committed in between.
        let before = Snapshot::open(dir)?;
        let manifest = before.manifest()?;
        if before.payload.is_none() {
            // Before there is anything to be copied: what is missing later has been lost.
            Table::default().write(&disk).map_err(|error| Error::cannot_write(dir, plain_io(&error)))?;
        }
        let current = before.payload.as_ref().map(|payload| payload.manifest.clone());
        engine.set_merge_policy(Box::new(Merges::default()));
        let fields = Fields::resolve(&index.schema())
            .map_err(|reason| Error::NotAnIndex { path: dir.to_owned(), reason })?;
        let content_version = before.content_version();
        let before = Arc::new(before);
        Ok(Self {
            dir: dir.to_owned(),
            disk,
            engine,
            budget: Arc::default(),
            analyzers,
            fields,
            before,
            manifest,
            current,
            has_committed: false,
            came: Vec::new(),
            content_version,
            has_changed: false,
        })
    }

    /// The manifest of the commit that the index was opened at; it is handed over, since it can be large.
    pub fn take_manifest(&mut self) -> Manifest {
        std::mem::take(&mut self.manifest)
    }

    /// What a new index is to begin with: roots, and what was said about them.
    pub fn begin_with(&mut self, manifest: Manifest) {
        self.manifest = manifest;
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The index as it was when it was opened.
    pub fn before(&self) -> Arc<Snapshot> {
        Arc::clone(&self.before)
    }

    /// Whether something has been committed since it was opened.
    pub fn has_committed(&self) -> bool {
        self.has_committed
    }

    /// Takes all articles of one file out.
    pub fn remove_file(&mut self, root: u32, path: &str) {
        self.has_changed = true;
        self.engine.delete_term(Term::from_field_u64(self.fields.file, file_key(root, path)));
    }

    /// Puts one article in. Its `path` is relative to the root; `file` is the path of the file it is from.
    pub fn add(&mut self, article: Article, root: u32, file: &str) -> Result<()> {
        let file = file_key(root, file);
        self.has_changed = true;
        if self.came.last() != Some(&file) {
            self.came.push(file);
        }
        let waiting = self.budget.admit(article, self.fields, root, file);
        self.engine.add_document(waiting).map(|_| ()).map_err(|error| self.failed(&error))
    }

    /// Makes everything since the last commit count, at once, together with its manifest, where articles are
    /// noted that could not be analysed.
    pub fn commit(&mut self, manifest: &mut Manifest) -> Result<()> {
        let mut prepared = match self.engine.prepare_commit() {
            Ok(prepared) => prepared,
            Err(error) => return Err(writing(&self.dir, &error)),
        };
        note(&self.analyzers.take_failures(), manifest);
        let name = manifest_name(prepared.opstamp());
        let checksum = match manifest.write(&self.disk, &name) {
            Ok(checksum) => checksum,
            Err(error) => {
                let _ = prepared.abort();
                return Err(Error::cannot_write(&self.dir, plain_io(&error)));
            }
        };
        let roots = manifest.roots.iter().map(|(number, root)| (*number, root.path.clone())).collect();
        // The checksum tells apart two commits of the same number, one of which never came to be.
        let content_version = if self.has_changed {
            hash64(&[name.as_bytes(), checksum.as_bytes()])
        } else {
            self.content_version
        };
        let payload = serde_json::to_string(&Payload::new(name.clone(), checksum, content_version, roots))
            .map_err(|error| Error::cannot_write(&self.dir, error))?;
        prepared.set_payload(&payload);
        if let Err(error) = prepared.commit() {
            let _ = fs::remove_file(self.dir.join(&name));
            return Err(writing(&self.dir, &error));
        }
        // The engine renames the commit into place but does not sync the folder: a power cut could take it
        // back.
        self.sync()?;
        self.has_committed = true;
        (self.content_version, self.has_changed) = (content_version, false);
        let previous = self.current.replace(name);
        self.remove_old_manifests(previous.as_deref());
        Ok(())
    }

    /// Finds out which articles are copies of one another, of all that are committed.
    pub fn find_copies(&mut self) -> Result<()> {
        let snapshot = Snapshot::open_for_all(&self.dir)?;
        // What is damaged is made anew.
        let found = snapshot.near_duplicates().ok().filter(NearDuplicates::is_sound);
        let known = found.as_ref().map(NearDuplicates::content_version);
        if known == Some(snapshot.content_version()) {
            return Ok(());
        }
        let came = std::mem::take(&mut self.came);
        let is_step = known == Some(self.before.content_version());
        let delta = if is_step { Delta::Files(came) } else { Delta::Unknown };
        let found = found.unwrap_or_else(NearDuplicates::none);
        let table = near_duplicates::find(&snapshot, &found, delta)?;
        let members = near_duplicates::members(&snapshot, &table.entries)?;
        let table = Table { content_version: snapshot.content_version(), members, ..table };
        table.write(&self.disk).map_err(|error| Error::cannot_write(&self.dir, plain_io(&error)))
    }

    /// Says anew which articles of each segment are in clusters, once segments have been merged.
    fn update_members(dir: &Path, disk: &ArchiveDirectory) -> Result<()> {
        let snapshot = Snapshot::open(dir)?;
        let found = snapshot.near_duplicates()?;
        let segments = snapshot.searcher().segment_readers().iter();
        if found.knows_members(segments.map(|segment| segment.segment_id().uuid_string())) {
            return Ok(());
        }
        let table = found.table();
        let members = near_duplicates::members(&snapshot, &table.entries)?;
        let written = Table { members, ..table }.write(disk);
        written.map_err(|error| Error::cannot_write(dir, plain_io(&error)))
    }

    /// Makes sure that what was renamed in the folder stays so through a power cut.
    pub(super) fn sync(&self) -> Result<()> {
        self.disk.sync_directory().map_err(|error| Error::cannot_write(&self.dir, plain_io(&error)))
    }

    /// Waits for merges under way and closes the index.
    pub fn finish(self) -> Result<()> {
        let Self { dir, disk, engine, .. } = self;
        engine.wait_merging_threads().map_err(|error| writing(&dir, &error))?;
        Self::update_members(&dir, &disk)?;
        lock_owner::remove(&dir);
        Ok(())
    }

    /// Forgets everything since the last commit, on the disk too, and closes the index.
    pub fn abandon(self) {
        let Self { dir, mut engine, .. } = self;
        // What cannot be removed now is removed when the index is next opened for writing.
        if engine.rollback().is_ok() {
            let _ = engine.garbage_collect_files().wait();
        }
        lock_owner::remove(&dir);
    }

    /// A thread of the engine that fails says why only when it is waited for.
    fn failed(&mut self, error: &TantivyError) -> Error {
        match self.engine.prepare_commit() {
            Err(cause) => writing(&self.dir, &cause),
            Ok(prepared) => {
                let _ = prepared.abort();
                writing(&self.dir, error)
            }
        }
    }

    /// Manifests that no commit names any more, but for the previous one: somebody may just be reading it.
    /// What cannot be removed now is removed next time.
    fn remove_old_manifests(&self, previous: Option<&str>) {
        let Ok(entries) = fs::read_dir(&self.dir) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            if name.starts_with("manifest-")
                && name.ends_with(".bin")
                && Some(name) != self.current.as_deref()
                && Some(name) != previous
            {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Lists the articles that the analysis failed at among the problems of their files.
fn note(failures: &[(Origin, Panic)], manifest: &mut Manifest) {
    if failures.is_empty() {
        return;
    }
    let Manifest { files, roots, .. } = manifest;
    let mut by_key: FxHashMap<u64, _> =
        files.iter_mut().map(|(key, entry)| (file_key(key.0, &key.1), (key, entry))).collect();
    for (origin, panic) in failures {
        let Some(((root, path), entry)) = by_key.get_mut(&origin.file) else { continue };
        let path = roots.get(root).map_or_else(|| path.clone(), |root| root.shown(path));
        entry.problems.push(Problem {
            path,
            record: Some(origin.record),
            kind: ProblemKind::Doubtful,
            message: format!("not all of its words can be found: internal error, please report it: {panic}"),
            count: 1,
        });
    }
}

/// Makes an index where there is none. Whoever comes second while it is made is told who makes it.
fn create(dir: &Path) -> Result<ArchiveDirectory> {
    fs::create_dir_all(dir).map_err(|error| Error::cannot_write(dir, plain_io(&error)))?;
    let _lock = lock_owner::lock(dir)?;
    lock_owner::write(dir);
    let directory =
        ArchiveDirectory::open(dir).map_err(|_| Error::cannot_write(dir, "the folder cannot be opened"))?;
    if !dir.join("meta.json").exists() {
        Index::create(directory.clone(), engine_schema(Schema::builtin()), settings())
            .map_err(|error| writing(dir, &error))?;
    }
    Ok(directory)
}
