//! Which files are in the index, as they were when they were read. Each commit names the manifest that
//! belongs to it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::corpus::{self, ContentHash};
use crate::error::{Error, Result, plain_io};
use crate::problem::{Problem, ProblemKind};

use super::directory::ArchiveDirectory;

/// What the index was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Fingerprint of the readers: files are read again when these change.
    pub readers: String,
    /// The roots by number. Numbers are not used twice.
    pub roots: BTreeMap<u32, Root>,
    /// The number of the next root.
    pub next_root: u32,
    /// The files, by root and by path within it.
    pub files: BTreeMap<(u32, String), FileEntry>,
}

/// A folder or file that was given to `newsearch index`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Its absolute path.
    pub path: PathBuf,
    /// When it was last read whole, in seconds since 1970 (UTC).
    pub last_run: i64,
    /// What could not be read in it that is no file of the manifest: folders, loops.
    pub problems: Vec<Problem>,
    /// Where the fields of files are, by the folder within the root that it was said for; empty for the root
    /// itself.
    pub maps: BTreeMap<String, String>,
    /// The publications that folders are of, in the same way.
    pub publications: BTreeMap<String, String>,
    /// The section that its name names, where other roots beside it are sections too.
    pub section: Option<String>,
}

impl Root {
    /// How the file at this path within the root is shown to people.
    pub fn shown(&self, path: &str) -> String {
        corpus::shown(&self.path.join(corpus::file(path)))
    }

    /// What was said about the fields of the file at this path within the root: the innermost folder's word
    /// counts.
    pub fn map_of(&self, path: &str) -> Option<&str> {
        innermost(&self.maps, path)
    }

    /// What was said of a root within this one goes on being said.
    pub fn take_over(&mut self, inner: Self) {
        let Ok(below) = inner.path.strip_prefix(&self.path) else { return };
        let below = corpus::shown(below);
        let within =
            |folder: String| if folder.is_empty() { below.clone() } else { format!("{below}/{folder}") };
        self.maps.extend(inner.maps.into_iter().map(|(folder, map)| (within(folder), map)));
        self.publications.extend(inner.publications.into_iter().map(|(folder, name)| (within(folder), name)));
    }

    /// The publication that was said for the file at this path within the root.
    pub fn publication_of(&self, path: &str) -> Option<&str> {
        innermost(&self.publications, path).filter(|name| !name.is_empty())
    }
}

fn innermost<'a>(said: &'a BTreeMap<String, String>, path: &str) -> Option<&'a str> {
    let around = said.iter().filter(|(folder, _)| lies_in(path, folder));
    around.max_by_key(|(folder, _)| folder.len()).map(|(_, word)| word.as_str())
}

/// Whether a path lies in a folder, or is it; everything lies in the folder without a name.
pub fn lies_in(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// One file as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change in nanoseconds since 1970; 0 where it is not known, or the file must be read
    /// again.
    pub modified: i128,
    /// Hash of its content, where all of it was read.
    pub hash: Option<ContentHash>,
    /// How many of its articles are in the index.
    pub articles: u32,
    /// Hashes of its articles' own ids, so that the same id is noticed in another file.
    pub ids: Vec<u64>,
    /// What could not be used in it, or is doubtful.
    pub problems: Vec<Problem>,
}

impl FileEntry {
    /// From now on the file counts as changed, whatever its time and content; what it held stays until it is
    /// read.
    pub fn must_be_read_again(&mut self) {
        self.modified = 0;
        self.hash = None;
    }
}

impl Manifest {
    /// The same roots without any file: what a new index of the same folders begins with.
    pub fn without_files(&self) -> Self {
        let mut bare = Self { files: BTreeMap::new(), ..self.clone() };
        for root in bare.roots.values_mut() {
            root.problems.clear();
        }
        bare
    }

    /// All problems: of roots first, then of files, by path.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        let of_roots = self.roots.values().flat_map(|root| &root.problems);
        of_roots.chain(self.files.values().flat_map(|file| &file.problems))
    }

    /// How many records, files and folders have a problem of a kind.
    pub fn problem_count(&self, kind: ProblemKind) -> u64 {
        self.problems().filter(|problem| problem.kind == kind).map(|problem| problem.count).sum()
    }

    /// The number of the root at this path.
    pub fn root_at(&self, path: &Path) -> Option<u32> {
        self.roots.iter().find(|(_, root)| root.path == path).map(|(number, _)| *number)
    }

    /// A number for a new root at this path.
    pub fn add_root(&mut self, path: PathBuf) -> u32 {
        let number = self.next_root;
        self.next_root += 1;
        let root = Root { path, ..Root::default() };
        self.roots.insert(number, root);
        number
    }

    /// The files of one root.
    pub fn files_of(&self, root: u32) -> impl Iterator<Item = (&str, &FileEntry)> {
        self.files
            .range((root, String::new())..(root + 1, String::new()))
            .map(|((_, path), entry)| (path.as_str(), entry))
    }

    /// Writes it beside the index under `name` and returns its checksum. It is on the disk when this returns.
    pub(super) fn write(&self, disk: &ArchiveDirectory, name: &str) -> io::Result<String> {
        let bytes = postcard::to_stdvec(self).map_err(io::Error::other)?;
        disk.write_synced(name, &bytes)?;
        Ok(checksum(&bytes))
    }

    /// Reads the manifest that a commit names.
    pub(super) fn read(dir: &Path, name: &str, expected: &str) -> Result<Self> {
        let damaged = |reason: String| Error::Damaged { path: dir.to_owned(), reason };
        let bytes =
            fs::read(dir.join(name)).map_err(|error| damaged(format!("`{name}`: {}", plain_io(&error))))?;
        if checksum(&bytes) != expected {
            return Err(damaged(format!("`{name}` is not what was written")));
        }
        postcard::from_bytes(&bytes).map_err(|_| damaged(format!("`{name}` cannot be read")))
    }
}

pub(super) fn checksum(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn manifest() -> Manifest {
        let mut manifest = Manifest::default();
        let root = manifest.add_root(PathBuf::from("/archive"));
        manifest.files.insert((root, "a.txt".into()), FileEntry { size: 3, ..FileEntry::default() });
        manifest
    }

    #[test]
    fn it_comes_back_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let manifest = manifest();
        let disk = ArchiveDirectory::open(dir.path()).unwrap();
        let checksum = manifest.write(&disk, "m").unwrap();
        assert_eq!(Manifest::read(dir.path(), "m", &checksum).unwrap(), manifest);
    }

    #[test]
    fn a_flipped_byte_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let disk = ArchiveDirectory::open(dir.path()).unwrap();
        let checksum = manifest().write(&disk, "m").unwrap();
        let path = dir.path().join("m");
        let mut bytes = fs::read(&path).unwrap();
        bytes[2] ^= 1;
        fs::write(&path, bytes).unwrap();
        let error = Manifest::read(dir.path(), "m", &checksum).unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{error}");
    }

    #[test]
    fn the_innermost_folders_map_counts() {
        let maps = [("", "body=a"), ("feeds", "body=b"), ("feeds/x.json", "body=c")];
        let maps = maps.map(|(folder, map)| (folder.to_owned(), map.to_owned())).into();
        let root = Root { path: PathBuf::from("/archive"), maps, ..Root::default() };
        assert_eq!(root.map_of("other/y.json"), Some("body=a"));
        assert_eq!(root.map_of("feeds2/y.json"), Some("body=a"));
        assert_eq!(root.map_of("feeds/y.json"), Some("body=b"));
        assert_eq!(root.map_of("feeds/x.json"), Some("body=c"));
    }

    #[test]
    fn files_are_told_apart_by_root() {
        let mut manifest = manifest();
        let other = manifest.add_root(PathBuf::from("/other"));
        manifest.files.insert((other, "a.txt".into()), FileEntry::default());
        assert_eq!(manifest.files_of(0).count(), 1);
        assert_eq!(manifest.files_of(other).count(), 1);
        assert_eq!(manifest.root_at(Path::new("/other")), Some(other));
    }
}
