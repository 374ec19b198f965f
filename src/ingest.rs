//! `newsearch index` on one page: walk → compare with the manifest → read → write → commit → report.
//!
//! Files that are as they were are not read again, what is gone leaves the index, and nothing counts before a
//! commit: a run that is stopped, by whatever, leaves the index as the last commit made it, and the next one
//! goes on from there.

mod ahead;
mod commits;
mod forget;
mod ids;
mod moves;
mod pipeline;
mod preview;
mod rebuild;
mod roots;
mod sources;
mod watch;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::Article;
use crate::corpus::{self, FieldMap, SourceFile};
use crate::error::{Error, Result, plain_io};
use crate::index::manifest::{FileEntry, Manifest, Root, lies_in};
use crate::index::{ArchiveWriter, Snapshot, WriterOptions, remove_leftover};
use crate::problem::{Problem, ProblemKind, Tally};
use crate::section;

pub use commits::CommitPolicy;
pub use forget::{Forgotten, forget};
pub use preview::{Preview, preview};
pub use rebuild::rebuild;
pub use roots::Overlap;
pub use sources::{Sources, check_sources};
pub use watch::{Watched, watch};

use commits::Uncommitted;
use ids::Ids;
use moves::Key;
use roots::RootRun;

/// How a run is done.
#[derive(Debug, Clone, Default)]
pub struct IngestOptions {
    /// How much the writer may use.
    pub writer: WriterOptions,
    /// Read every file again, changed or not.
    pub reread: bool,
    /// Where the fields of the files under the paths are, from now on; `None` leaves it as it was said
    /// before.
    pub map: Option<FieldMap>,
    /// The publication that the files under the paths are of, where they name none; empty for none.
    pub publication: Option<String>,
    /// After how much work it commits.
    pub commits: CommitPolicy,
    /// Take out what is gone also where most of a folder is: it may be a drive that is not there.
    pub gone: bool,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// So many files were found so far.
    Found {
        /// Files.
        files: u64,
    },
    /// Reading begins.
    Reading {
        /// Files to read.
        files: u64,
        /// Their bytes.
        bytes: u64,
    },
    /// A piece of a file has been read.
    Read {
        /// Files read whole so far.
        files: u64,
        /// Bytes read so far.
        bytes: u64,
        /// Articles found so far.
        articles: u64,
    },
    /// Everything is read; the index is being written out.
    Writing,
}

/// What a run did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The roots that were read, by their absolute paths.
    pub roots: Vec<PathBuf>,
    /// Folders that lie in one another, where one was a root before.
    pub overlaps: Vec<Overlap>,
    /// Keys of the map that was said for this run which no record has: `headline=foo.bar`.
    pub unseen_keys: Vec<String>,
    /// Files read.
    pub files_read: u64,
    /// Their bytes.
    pub bytes_read: u64,
    /// Files that are as they were.
    pub files_unchanged: u64,
    /// Of these, files that have another time but the same content.
    pub files_touched: u64,
    /// Files that are somewhere else than in the last run, with the same content.
    pub files_moved: u64,
    /// Files that are gone since the last run.
    pub files_gone: u64,
    /// Articles read in this run.
    pub articles_read: u64,
    /// Articles of the roots that were read, by what is now in the index.
    pub articles_in_roots: u64,
    /// All problems of the roots that were read, by path.
    pub problems: Vec<Problem>,
    /// How long it took.
    pub took: Duration,
}

/// Reads the articles under `paths` into the index in the folder `dir`, or what has changed there since it
/// was last read: what `newsearch index` does.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let home = tempfile::tempdir()?;
/// # let (archive, index) = (home.path().join("archive"), home.path().join("index"));
/// # std::fs::create_dir(&archive)?;
/// std::fs::write(archive.join("weir.txt"), "Weir mended\n\nThe weir holds again.\n")?;
/// std::fs::write(archive.join("torn.docx"), "not a document")?;
/// let report = newsearch::ingest::index(&index, &[&archive])?;
/// assert_eq!((report.files_read, report.articles_read), (2, 1));
/// for problem in &report.problems {
///     println!("{problem}");
/// }
/// # assert_eq!(report.problems.len(), 1);
/// let again = newsearch::ingest::index(&index, &[&archive])?;
/// assert_eq!(again.files_unchanged, 2);
/// # Ok(()) }
/// ```
///
/// # Errors
/// As those of [`ingest`], which can also be stopped and says how far it is.
pub fn index(dir: impl AsRef<Path>, paths: &[impl AsRef<Path>]) -> Result<Report> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.as_ref().to_owned()).collect();
    ingest(dir.as_ref(), &paths, IngestOptions::default(), &AtomicBool::new(false), |_| {})
}

/// Reads the articles under `paths` into the index in the folder `dir`; with no paths, those of all roots it
/// knows.
///
/// `progress` is told how far the run is; when `stop` becomes true, the run ends and the index stays as the
/// last commit made it.
///
/// # Errors
/// Where a path cannot be read at all, the index cannot be opened or written, or the run was stopped.
pub fn ingest(
    dir: &Path,
    paths: &[PathBuf],
    options: IngestOptions,
    stop: &AtomicBool,
    mut progress: impl FnMut(Event),
) -> Result<Report> {
    let start = Instant::now();
    let paths = roots::absolute(paths)?;
    if paths.is_empty() {
        // An index of nothing is not made; this says that there is none.
        Snapshot::open(dir)?;
    }
    let mut writer = ArchiveWriter::open(dir, options.writer)?;
    remove_leftover(dir);
    match fill(&mut writer, dir, &paths, &options, stop, &mut progress) {
        Ok(mut report) => {
            writer.finish()?;
            report.took = start.elapsed();
            Ok(report)
        }
        Err(error) => {
            let kept = writer.has_committed();
            writer.abandon();
            Err(if matches!(error, Error::Interrupted { .. }) { Error::Interrupted { kept } } else { error })
        }
    }
}

fn fill(
    writer: &mut ArchiveWriter,
    dir: &Path,
    paths: &[PathBuf],
    options: &IngestOptions,
    stop: &AtomicBool,
    progress: &mut impl FnMut(Event),
) -> Result<Report> {
    let mut run = Run::begin(writer.take_manifest(), paths, options)?;
    let changed = run.compare(dir, stop, progress)?;
    let changed = run.follow(changed, writer)?;
    for (root, path) in std::mem::take(&mut run.removed) {
        writer.remove_file(root, &path);
    }
    let bytes = changed.iter().map(|file| file.source.size).sum();
    progress(Event::Reading { files: changed.len() as u64, bytes });
    pipeline::read(&changed, stop, |step| run.take(&changed, step, writer, progress))?;
    if stop.load(Ordering::Relaxed) {
        return Err(Error::Interrupted { kept: false });
    }
    progress(Event::Writing);
    let report = run.end(writer)?;
    writer.find_copies()?;
    Ok(report)
}

/// A file to be read.
struct Changed {
    root: u32,
    source: Arc<SourceFile>,
    /// Whether the index holds nothing of it.
    is_new: bool,
}

/// What is known while a run goes on.
struct Run {
    roots: Vec<RootRun>,
    manifest: Manifest,
    /// Files whose articles leave.
    removed: Vec<(u32, String)>,
    ids: Ids,
    /// Files that are not there any more, as they were.
    gone: BTreeMap<Key, FileEntry>,
    /// The file that is being read; it is in the manifest when it has been read whole.
    current: Option<FileEntry>,
    /// Its problems.
    tally: Tally,
    uncommitted: Uncommitted,
    /// Whether most of a folder may leave.
    gone_is_meant: bool,
    /// The maps by which files are read, by how they are written.
    maps: FxHashMap<String, Arc<FieldMap>>,
    /// The one that was said for this run.
    map_said: Option<String>,
    report: Report,
    files_done: u64,
    bytes_done: u64,
}

impl Run {
    fn begin(mut manifest: Manifest, paths: &[PathBuf], options: &IngestOptions) -> Result<Self> {
        if manifest.readers != corpus::FINGERPRINT {
            manifest.files.values_mut().for_each(FileEntry::must_be_read_again);
            manifest.readers = corpus::FINGERPRINT.to_owned();
        }
        let mut removed = Vec::new();
        let mut report = Report::default();
        let mut roots = roots::resolve(&mut manifest, paths, &mut removed, &mut report.overlaps)?;
        let map = options.map.as_ref().map(ToString::to_string);
        let map_said = map.clone().filter(|map| !map.is_empty());
        let mut anew = remember(&mut manifest, &roots, map, |root| &mut root.maps);
        anew.extend(remember(&mut manifest, &roots, options.publication.clone(), |root| {
            &mut root.publications
        }));
        anew.extend(roots::name_desks(&mut manifest, &mut roots));
        for run in roots.iter().filter(|run| options.reread || anew.contains(&run.number)) {
            let files =
                manifest.files.iter_mut().filter(|((root, path), _)| *root == run.number && run.holds(path));
            files.for_each(|(_, entry)| entry.must_be_read_again());
        }
        Ok(Self {
            roots,
            manifest,
            removed,
            ids: Ids::default(),
            gone: BTreeMap::new(),
            current: None,
            tally: Tally::default(),
            uncommitted: Uncommitted::new(options.commits),
            gone_is_meant: options.gone,
            maps: FxHashMap::default(),
            map_said,
            report,
            files_done: 0,
            bytes_done: 0,
        })
    }

    /// Walks the roots: what is new or changed is returned, what is gone is removed.
    fn compare(
        &mut self,
        dir: &Path,
        stop: &AtomicBool,
        progress: &mut impl FnMut(Event),
    ) -> Result<Vec<Changed>> {
        let index = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let mut changed = Vec::new();
        let mut found = 0;
        for run in std::mem::take(&mut self.roots) {
            let top = self.manifest.roots.get(&run.number).map_or(run.base.clone(), |root| root.path.clone());
            let mut seen = Seen::default();
            let others = self.manifest.roots.iter().filter(|(number, _)| **number != run.number);
            let others = others.map(|(_, root)| root.path.clone()).collect();
            ahead::walk(&top, &run.base, others, |entry| {
                if stop.load(Ordering::Relaxed) {
                    return Err(Error::Interrupted { kept: false });
                }
                match entry {
                    Ok(source) if source.path.starts_with(&index) => {}
                    Ok(source) => {
                        found += 1;
                        if found % 500 == 0 {
                            progress(Event::Found { files: found });
                        }
                        changed.extend(self.compare_file(&run, source, &mut seen));
                    }
                    Err(problem) => {
                        if problem.kind == ProblemKind::Unreadable {
                            seen.unseen.push(run.relative_of(&problem.path));
                        }
                        seen.problems.push(problem);
                    }
                }
                Ok(())
            })?;
            self.forget_gone(&run, &mut seen);
            if let Some(root) = self.manifest.roots.get_mut(&run.number) {
                root.problems.retain(|problem| !run.covers(&problem.path));
                root.problems.extend(seen.problems);
            }
            self.roots.push(run);
        }
        progress(Event::Found { files: found });
        // Until they are read, what they held stays, and a run that is killed before that knows that it must.
        for file in &changed {
            if let Some(entry) = self.manifest.files.get_mut(&(file.root, file.source.relative.clone())) {
                entry.must_be_read_again();
                entry.ids.clear();
            }
        }
        self.ids.extend(self.manifest.files.values().flat_map(|entry| entry.ids.iter().copied()));
        Ok(changed)
    }

    /// The file, if it is to be read.
    fn compare_file(&mut self, run: &RootRun, mut source: SourceFile, seen: &mut Seen) -> Option<Changed> {
        source.relative = run.relative(&source.relative);
        seen.files.insert(source.relative.clone());
        if self.is_unchanged(run.number, &source) || self.is_only_touched(run.number, &source) {
            self.report.files_unchanged += 1;
            return None;
        }
        if let Some(problem) = self.cannot_be_read_again(run.number, &source) {
            seen.problems.push(problem);
            return None;
        }
        source.map = self.map_of(run.number, &source.relative);
        if let Some(root) = self.manifest.roots.get(&run.number) {
            source.publication = root.publication_of(&source.relative).map(Arc::from);
            source.section = root.section.as_deref().and_then(section::known);
        }
        let is_new = !self.manifest.files.contains_key(&(run.number, source.relative.clone()));
        Some(Changed { root: run.number, source: Arc::new(source), is_new })
    }

    fn is_unchanged(&self, root: u32, source: &SourceFile) -> bool {
        let entry = self.manifest.files.get(&(root, source.relative.clone()));
        entry.is_some_and(|entry| {
            entry.size == source.size && entry.modified == nanoseconds(source) && entry.modified != 0
        })
    }

    /// Whether a file has another time, but holds what it held. Its new time is remembered.
    fn is_only_touched(&mut self, root: u32, source: &SourceFile) -> bool {
        let Some(entry) = self.manifest.files.get_mut(&(root, source.relative.clone())) else { return false };
        let known = entry.hash.filter(|_| entry.size == source.size);
        let same =
            known.is_some_and(|known| corpus::content_hash(&source.path).is_ok_and(|now| now == known));
        if same {
            entry.modified = nanoseconds(source);
            self.report.files_touched += 1;
        }
        same
    }

    fn map_of(&mut self, root: u32, relative: &str) -> Option<Arc<FieldMap>> {
        let said = self.manifest.roots.get(&root)?.map_of(relative)?;
        if let Some(map) = self.maps.get(said) {
            return Some(Arc::clone(map));
        }
        let map: Arc<FieldMap> = Arc::new(said.parse().ok()?);
        self.maps.insert(said.to_owned(), Arc::clone(&map));
        Some(map)
    }

    /// A file that is in the index and cannot be opened now: what it held stays until it can.
    fn cannot_be_read_again(&self, root: u32, source: &SourceFile) -> Option<Problem> {
        if !self.manifest.files.contains_key(&(root, source.relative.clone())) {
            return None;
        }
        let error = File::open(&source.path).err()?;
        let message = format!("cannot be opened, and what it held before stays: {}", plain_io(&error));
        Some(Problem {
            path: source.shown.clone(),
            record: None,
            kind: ProblemKind::Unreadable,
            message,
            count: 1,
        })
    }

    /// Files that are not there any more leave, but for those in folders that could not be looked into. Where
    /// most are gone at once, that is more likely a drive that is not there than somebody's wish.
    fn forget_gone(&mut self, run: &RootRun, seen: &mut Seen) {
        let before = self.manifest.files_of(run.number).filter(|(path, _)| run.holds(path)).count();
        let gone: Vec<String> = self
            .manifest
            .files_of(run.number)
            .map(|(path, _)| path)
            .filter(|path| run.holds(path) && !seen.files.contains(*path))
            .filter(|path| !seen.unseen.iter().any(|folder| lies_in(path, folder)))
            .map(str::to_owned)
            .collect();
        let now = seen.files.len();
        let most_are = now == 0 || (before >= FEWEST_GUARDED && now * 2 < before);
        // A folder within one that is there has been emptied by somebody.
        let holds_articles = |path: &String| {
            self.manifest.files.get(&(run.number, path.clone())).is_some_and(|entry| entry.articles > 0)
        };
        if most_are && run.prefix.is_empty() && !self.gone_is_meant && gone.iter().any(holds_articles) {
            let (lost, path) = (gone.len(), run.base.to_string_lossy().into_owned());
            let message = format!(
                "{lost} of the {before} files that were read from it are not there; what they held stays (`--gone` takes it out)"
            );
            seen.problems.push(Problem {
                path,
                record: None,
                kind: ProblemKind::Unreadable,
                message,
                count: 1,
            });
            return;
        }
        for path in gone {
            self.report.files_gone += 1;
            let key = (run.number, path);
            if let Some(entry) = self.manifest.files.remove(&key) {
                self.gone.insert(key.clone(), entry);
            }
            self.removed.push(key);
        }
    }

    /// One piece of one file has been read.
    fn take(
        &mut self,
        changed: &[Changed],
        step: pipeline::Step,
        writer: &mut ArchiveWriter,
        progress: &mut impl FnMut(Event),
    ) -> Result<()> {
        let file = &changed[step.file];
        let key = (file.root, file.source.relative.clone());
        let mut entry = match self.current.take() {
            Some(entry) => entry,
            None => {
                if self.manifest.files.remove(&key).is_some() {
                    writer.remove_file(key.0, &key.1);
                }
                let modified = nanoseconds(&file.source);
                self.tally = Tally::default();
                FileEntry { size: file.source.size, modified, ..FileEntry::default() }
            }
        };
        for outcome in step.outcomes {
            match outcome {
                corpus::Outcome::Article(article) => self.article(*article, file, &mut entry, writer)?,
                corpus::Outcome::Problem(problem) => entry.problems.extend(self.tally.sift(problem)),
            }
        }
        self.bytes_done += step.bytes;
        self.uncommitted.add(step.bytes);
        let Some(end) = step.end else {
            self.current = Some(entry);
            self.tell(progress);
            return Ok(());
        };
        for problem in self.ids.end_of_file(&file.source.shown) {
            entry.problems.extend(self.tally.sift(problem));
        }
        entry.problems.extend(self.tally.counted());
        entry.hash = end.hash;
        if end.changed {
            entry.must_be_read_again();
            entry.problems.push(Problem {
                path: file.source.shown.clone(),
                record: None,
                kind: ProblemKind::Doubtful,
                message: "changed while it was read: the next run reads it again".to_owned(),
                count: 1,
            });
        }
        self.manifest.files.insert(key, entry);
        self.files_done += 1;
        self.tell(progress);
        if self.uncommitted.is_due() {
            writer.commit(&mut self.manifest)?;
            self.uncommitted.reset();
        }
        Ok(())
    }

    fn tell(&self, progress: &mut impl FnMut(Event)) {
        progress(Event::Read {
            files: self.files_done,
            bytes: self.bytes_done,
            articles: self.report.articles_read,
        });
    }

    fn article(
        &mut self,
        mut article: Article,
        file: &Changed,
        entry: &mut FileEntry,
        writer: &mut ArchiveWriter,
    ) -> Result<()> {
        entry.articles += 1;
        for message in &article.problems {
            entry.problems.extend(self.tally.sift(Problem {
                path: file.source.shown.clone(),
                record: Some(article.record),
                kind: ProblemKind::Doubtful,
                message: message.clone(),
                count: 1,
            }));
        }
        let folder = self.manifest.roots.get(&file.root).and_then(|root| root.path.file_name());
        let folder = folder.map(|name| name.to_string_lossy()).unwrap_or_default();
        entry.ids.push(self.ids.settle(&mut article, &folder));
        self.report.articles_read += 1;
        writer.add(article, file.root, &file.source.relative)
    }

    /// The last commit, and what the run did.
    fn end(mut self, writer: &mut ArchiveWriter) -> Result<Report> {
        for run in &self.roots {
            if let Some(root) = self.manifest.roots.get_mut(&run.number) {
                root.last_run = Timestamp::now().as_second();
            }
        }
        writer.commit(&mut self.manifest)?;
        self.report.files_read = self.files_done;
        self.report.bytes_read = self.bytes_done;
        for run in &self.roots {
            self.report.roots.push(run.base.clone());
            if let Some(root) = self.manifest.roots.get(&run.number) {
                self.report.problems.extend(root.problems.iter().filter(|p| run.covers(&p.path)).cloned());
            }
            for (path, entry) in self.manifest.files_of(run.number) {
                if run.holds(path) {
                    self.report.problems.extend(entry.problems.iter().cloned());
                    self.report.articles_in_roots += u64::from(entry.articles);
                }
            }
        }
        if let Some(map) = self.map_said.and_then(|said| self.maps.remove(&said)) {
            self.report.unseen_keys = map.unseen();
        }
        // Those that were only counted come behind those that are listed.
        let place = |problem: &Problem| (problem.count > 1, problem.record);
        self.report.problems.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| place(a).cmp(&place(b))));
        Ok(self.report)
    }
}

/// A folder of so many files that has lost more than half of them is taken for one that is not there.
const FEWEST_GUARDED: usize = 20;

/// What a walk has come by.
#[derive(Default)]
struct Seen {
    files: FxHashSet<String>,
    /// Folders that could not be looked into.
    unseen: Vec<String>,
    problems: Vec<Problem>,
}

/// Remembers what was said of all that the runs go through, and says in which roots that is news. An empty
/// word takes back what was said before.
fn remember(
    manifest: &mut Manifest,
    runs: &[RootRun],
    word: Option<String>,
    of: impl Fn(&mut Root) -> &mut BTreeMap<String, String>,
) -> FxHashSet<u32> {
    let mut news = FxHashSet::default();
    let Some(word) = word else { return news };
    for run in runs {
        let Some(root) = manifest.roots.get_mut(&run.number) else { continue };
        let said = of(root);
        let before = said.clone();
        said.retain(|folder, _| folder == &run.prefix || !lies_in(folder, &run.prefix));
        if word.is_empty() && run.prefix.is_empty() {
            said.remove(&run.prefix);
        } else {
            said.insert(run.prefix.clone(), word.clone());
        }
        if *said != before {
            news.insert(run.number);
        }
    }
    news
}

fn nanoseconds(source: &SourceFile) -> i128 {
    source.modified.map_or(0, Timestamp::as_nanosecond)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]
    use std::fs;

    use super::*;
    use crate::analysis::PANICS;

    #[test]
    fn an_article_that_the_analysis_fails_at_ends_no_run_and_is_listed() {
        let dir = tempfile::tempdir().unwrap();
        let (corpus, archive) = (dir.path().join("corpus"), dir.path().join("index"));
        fs::create_dir(&corpus).unwrap();
        for name in ["a", "b", "c"] {
            let odd = if name == "b" { PANICS } else { "plain" };
            let text =
                format!("Ferry {name} stays in port\n\nThe ferry was {odd} yesterday.\n\nNobody was hurt.\n");
            fs::write(corpus.join(name).with_extension("txt"), text).unwrap();
        }
        let report = index(&archive, &[&corpus]).unwrap();
        assert_eq!(report.articles_in_roots, 3);
        let path = corpus::shown(&corpus.canonicalize().unwrap().join("b.txt"));
        let listed = |problems: &[Problem]| {
            let [problem] = problems else { panic!("{problems:?}") };
            assert_eq!((problem.path.as_str(), problem.record), (path.as_str(), Some(1)));
            assert!(problem.message.contains("a word to panic at"), "{}", problem.message);
        };
        listed(&report.problems);
        // It is remembered as long as the file is as it was.
        let again = index(&archive, &[&corpus]).unwrap();
        assert_eq!(again.files_read, 0);
        listed(&again.problems);
        fs::write(corpus.join("b.txt"), "Ferry b is back\n\nAll is well.\n").unwrap();
        assert_eq!(index(&archive, &[&corpus]).unwrap().problems, []);
    }
}
