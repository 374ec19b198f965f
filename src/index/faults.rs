//! A disk that fails when a test says so: the n-th thing that is asked of it, or everything from there on.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::directory::{AntiCallToken, TerminatingWrite, WritePtr};

/// What fails, and what has been asked so far.
#[derive(Debug)]
pub(super) struct Faults {
    asked: AtomicUsize,
    first: usize,
    last: usize,
    kind: io::ErrorKind,
}

impl Faults {
    /// Nothing fails; it is only counted.
    pub fn none() -> Arc<Self> {
        Self::between(usize::MAX, usize::MAX, io::ErrorKind::Other)
    }

    /// What is asked from the `first` to the `last` time fails.
    pub fn between(first: usize, last: usize, kind: io::ErrorKind) -> Arc<Self> {
        Arc::new(Self { asked: AtomicUsize::new(0), first, last, kind })
    }

    /// How often something was asked of the disk.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Something is asked of the disk.
    pub fn ask(&self) -> io::Result<()> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        if (self.first..=self.last).contains(&number) { Err(self.kind.into()) } else { Ok(()) }
    }

    /// A file of which every writing and the syncing at the end are asked of the disk.
    pub fn file(self: &Arc<Self>, inner: WritePtr) -> WritePtr {
        io::BufWriter::new(Box::new(File { inner, faults: Arc::clone(self) }))
    }
}

struct File {
    inner: WritePtr,
    faults: Arc<Faults>,
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.faults.ask()?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for File {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.faults.ask()?;
        self.inner.terminate_ref(token)
    }
}

mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::article::{Article, Format};
    use crate::error::Result;
    use crate::index::manifest::{FileEntry, Manifest};
    use crate::index::{ArchiveWriter, Snapshot, WriterOptions};

    const ONE_THREAD: WriterOptions = WriterOptions { threads: 1, memory: 0 };

    fn article(file: &str, text: &str) -> Article {
        Article {
            id: file.to_owned(),
            path: file.to_owned(),
            record: 1,
            headline: format!("Story of {file}"),
            body: format!("The ferry is late again, it is said. {text}"),
            publication: None,
            url: None,
            authors: Vec::new(),
            section: None,
            date: None,
            dateline: None,
            format: Format::Text,
            language: Some("en".to_owned()),
            problems: Vec::new(),
        }
    }

    /// The manifest of files that each hold one article.
    fn listing(files: &[&str]) -> Manifest {
        let mut manifest = Manifest::default();
        let root = manifest.add_root("/archive".into());
        for file in files {
            manifest
                .files
                .insert((root, (*file).to_owned()), FileEntry { articles: 1, ..FileEntry::default() });
        }
        manifest
    }

    const BEFORE: &[&str] = &["a", "b", "c"];
    const BETWEEN: &[&str] = &["a", "c", "d"];
    const AFTER: &[&str] = &["a", "c", "d", "e"];

    fn base(dir: &Path) {
        let mut writer = ArchiveWriter::open(dir, ONE_THREAD).unwrap();
        for file in BEFORE {
            writer.add(article(file, "As it was."), 0, file).unwrap();
        }
        writer.commit(&mut listing(BEFORE)).unwrap();
        writer.finish().unwrap();
    }

    /// In memory where the system has such a place: syncing a real disk a few thousand times takes long.
    fn folder() -> tempfile::TempDir {
        tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
    }

    /// Two commits and a merge on a disk that fails.
    fn session(dir: &Path, faults: &Arc<Faults>) -> Result<()> {
        let mut writer = ArchiveWriter::open_failing(dir, ONE_THREAD, faults)?;
        let done = (|| {
            writer.remove_file(0, "b");
            for file in ["a", "d"] {
                writer.remove_file(0, file);
                writer.add(article(file, "As it is."), 0, file)?;
            }
            writer.commit(&mut listing(BETWEEN))?;
            writer.remove_file(0, "e");
            writer.add(article("e", "New."), 0, "e")?;
            writer.commit(&mut listing(AFTER))
        })();
        match done {
            Ok(()) => writer.finish()?,
            Err(error) => {
                writer.abandon();
                return Err(error);
            }
        }
        let mut writer = ArchiveWriter::open_failing(dir, ONE_THREAD, faults)?;
        writer.merge()?;
        writer.finish()
    }

    fn files(dir: &Path) -> Vec<String> {
        let snapshot = Snapshot::open(dir).unwrap();
        snapshot.verify().unwrap();
        snapshot.manifest().unwrap().files.into_keys().map(|(_, path)| path).collect()
    }

    fn copy(from: &Path, to: &Path) {
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }

    /// Whatever cannot be written, synced or renamed, and whether it is once or from then on: the index is
    /// one that was committed, sound and whole, and the next run can do what this one could not.
    #[test]
    fn a_disk_that_fails_anywhere_spoils_nothing() {
        let sound = folder();
        base(sound.path());
        let counted = folder();
        copy(sound.path(), counted.path());
        let none = Faults::none();
        session(counted.path(), &none).unwrap();
        assert_eq!(files(counted.path()), AFTER);
        assert!(none.asked() > 40, "only {} things were asked of the disk", none.asked());
        let mut failed = 0;
        for first in 0..none.asked() {
            for last in if first % 4 == 0 { vec![first, usize::MAX] } else { vec![first] } {
                let kind = if last == first { io::ErrorKind::Other } else { io::ErrorKind::StorageFull };
                let dir = folder();
                copy(sound.path(), dir.path());
                let outcome = session(dir.path(), &Faults::between(first, last, kind));
                failed += usize::from(outcome.is_err());
                let held = files(dir.path());
                let when = format!("failing from {first} to {last}: {outcome:?}, {held:?}");
                assert!([BEFORE, BETWEEN, AFTER].iter().any(|state| held == *state), "{when}");
                assert!(outcome.is_err() || held == AFTER, "{when}");
                let again = session(dir.path(), &Faults::none());
                assert!(again.is_ok(), "{when}, then {again:?}");
                assert_eq!(files(dir.path()), AFTER, "{when}");
            }
        }
        assert!(failed > none.asked() / 2, "only {failed} failures were noticed of {}", none.asked());
    }

    /// An index whose last commit took an article out of the second of its two segments.
    fn two_segments(dir: &Path) {
        let none = Faults::none();
        let mut writer = ArchiveWriter::open_failing(dir, ONE_THREAD, &none).unwrap();
        for (files, listed) in [(&["a"][..], &["a"][..]), (&["b", "c", "d"], &["a", "b", "c", "d"])] {
            for file in files {
                writer.add(article(file, "As it was."), 0, file).unwrap();
            }
            writer.commit(&mut listing(listed)).unwrap();
        }
        writer.remove_file(0, "b");
        writer.commit(&mut listing(&["a", "c", "d"])).unwrap();
        writer.finish().unwrap();
    }

    /// A run that was killed leaves merges to the next one, which then merges what is committed before it
    /// commits.
    #[test]
    fn a_merge_between_a_removal_and_its_commit_changes_neither() {
        for file in ["a", "c", "d"] {
            let dir = folder();
            two_segments(dir.path());
            let mut writer = ArchiveWriter::open_failing(dir.path(), ONE_THREAD, &Faults::none()).unwrap();
            writer.remove_file(0, file);
            writer.merge().unwrap();
            assert_eq!(files(dir.path()), ["a", "c", "d"], "{file} left before the commit");
            let left: Vec<&str> = ["a", "c", "d"].into_iter().filter(|kept| *kept != file).collect();
            writer.commit(&mut listing(&left)).unwrap();
            writer.finish().unwrap();
            assert_eq!(files(dir.path()), left, "{file} is still there");
        }
    }
}
