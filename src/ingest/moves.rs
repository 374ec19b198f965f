//! Files that were moved: their articles follow from what the index holds, without being read again.

use rustc_hash::FxHashMap;

use crate::corpus;
use crate::error::Result;
use crate::index::ArchiveWriter;
use crate::index::manifest::FileEntry;

use super::{Changed, Run, nanoseconds};

/// A file of the manifest: its root's number and its path within it.
pub(super) type Key = (u32, String);

impl Run {
    /// Which of the new files were somewhere else before: the number of the file, and where it was.
    pub(super) fn moves(&self, changed: &[Changed]) -> Vec<(usize, Key)> {
        let mut gone: FxHashMap<u64, Vec<(&Key, &FileEntry)>> = FxHashMap::default();
        // What a problem says names the place: such a file is read again.
        let usable =
            |entry: &FileEntry| entry.hash.is_some() && entry.articles > 0 && entry.problems.is_empty();
        for (key, entry) in self.gone.iter().filter(|(_, entry)| usable(entry)) {
            gone.entry(entry.size).or_default().push((key, entry));
        }
        let mut moves = Vec::new();
        for (number, file) in changed.iter().enumerate() {
            let Some(candidates) = gone.get_mut(&file.source.size).filter(|_| file.is_new) else { continue };
            if candidates.is_empty() {
                continue;
            }
            let Ok(hash) = corpus::content_hash(&file.source.path) else { continue };
            let said = |root, path: &str| {
                let root = self.manifest.roots.get(&root)?;
                Some((root.map_of(path), root.publication_of(path), root.section.as_deref()))
            };
            let same = candidates.iter().position(|((root, path), entry)| {
                entry.hash == Some(hash)
                    && said(*root, path) == said(file.root, &file.source.relative)
                    && corpus::detects_same(&file.source.path, path, &file.source.relative)
            });
            if let Some(at) = same {
                moves.push((number, candidates.swap_remove(at).0.clone()));
            }
        }
        moves
    }

    /// Takes the articles of moved files along; the files that are left are to be read.
    pub(super) fn follow(
        &mut self,
        mut changed: Vec<Changed>,
        writer: &mut ArchiveWriter,
    ) -> Result<Vec<Changed>> {
        let mut followed: Vec<usize> = Vec::new();
        for (number, from) in self.moves(&changed) {
            if let Some(file) = changed.get(number)
                && self.take_along(file, &from, writer)?
            {
                followed.push(number);
            }
        }
        let mut number = 0;
        changed.retain(|_| {
            number += 1;
            followed.binary_search(&(number - 1)).is_err()
        });
        Ok(changed)
    }

    /// Whether it could be done: where a folder's name says the section, or the index is damaged, only the
    /// file itself can.
    fn take_along(&mut self, file: &Changed, from: &Key, writer: &mut ArchiveWriter) -> Result<bool> {
        let to = &file.source.relative;
        let mut articles = 0;
        let mut all_can = true;
        let before = writer.before();
        before.each_article_of(from.0, &from.1, |stored| {
            articles += 1;
            all_can &= !stored.damaged && corpus::moved(stored.article, &from.1, to).is_some();
            Ok(())
        })?;
        let Some(old) = self.gone.get(from).filter(|old| all_can && old.articles == articles) else {
            return Ok(false);
        };
        let mut entry = FileEntry {
            size: old.size,
            modified: nanoseconds(&file.source),
            hash: old.hash,
            ..FileEntry::default()
        };
        before.each_article_of(from.0, &from.1, |stored| {
            match corpus::moved(stored.article, &from.1, to) {
                Some(article) => self.article(article, file, &mut entry, writer),
                None => Ok(()),
            }
        })?;
        self.report.articles_read -= u64::from(entry.articles);
        self.report.files_moved += 1;
        self.report.files_gone -= 1;
        self.manifest.files.insert((file.root, to.clone()), entry);
        Ok(true)
    }
}
