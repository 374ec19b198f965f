//! Which folders a run goes through, and how paths in them are named.

use std::path::{Path, PathBuf};

use crate::corpus;
use crate::error::{Error, Result};
use crate::index::manifest::{Manifest, Root, lies_in};
use crate::section;

/// A root, or a part of one, that a run goes through.
#[derive(Debug, Clone)]
pub struct RootRun {
    /// The root's number in the manifest.
    pub number: u32,
    /// The folder or file to walk.
    pub base: PathBuf,
    /// Where that lies within the root, `/`-separated; empty for the root itself.
    pub prefix: String,
}

impl RootRun {
    /// The path within the root of what lies at `relative` below the base.
    pub fn relative(&self, relative: &str) -> String {
        if self.prefix.is_empty() {
            relative.to_owned()
        } else if self.base.is_file() {
            self.prefix.clone()
        } else {
            format!("{}/{relative}", self.prefix)
        }
    }

    /// The path within the root of what is shown as `shown`.
    pub fn relative_of(&self, shown: &str) -> String {
        let base = corpus::shown(&self.base);
        let below = shown.strip_prefix(base.as_str()).unwrap_or("").trim_start_matches('/');
        match (self.prefix.is_empty(), below.is_empty()) {
            (true, _) => below.to_owned(),
            (false, true) => self.prefix.clone(),
            (false, false) => format!("{}/{below}", self.prefix),
        }
    }

    /// Whether a path within the root belongs to this run.
    pub fn holds(&self, path: &str) -> bool {
        lies_in(path, &self.prefix)
    }

    /// Whether what is shown as `shown` belongs to this run.
    pub fn covers(&self, shown: &str) -> bool {
        Path::new(shown).starts_with(corpus::shown(&self.base))
    }
}

/// The paths as the system knows them, without links and `..`.
pub fn absolute(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut absolute: Vec<PathBuf> = Vec::new();
    for path in paths {
        let full = path.canonicalize().map_err(|error| Error::cannot_read(path, &error))?;
        if !absolute.iter().any(|other| full.starts_with(other)) {
            absolute.retain(|other| !other.starts_with(&full));
            absolute.push(full);
        }
    }
    Ok(absolute)
}

/// A folder within another, one of which was a root before the other was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The folder inside.
    pub inner: PathBuf,
    /// The folder around it, the root from now on.
    pub outer: PathBuf,
    /// Whether the inner one was a root until now.
    pub was_root: bool,
}

/// The runs for `paths`, or for all roots where there are none. New roots are added to the manifest; a root
/// below a new one becomes part of it: its files go into `removed` and are read anew. What lies in one
/// another goes into `overlaps`.
pub fn resolve(
    manifest: &mut Manifest,
    paths: &[PathBuf],
    removed: &mut Vec<(u32, String)>,
    overlaps: &mut Vec<Overlap>,
) -> Result<Vec<RootRun>> {
    if paths.is_empty() {
        if manifest.roots.is_empty() {
            return Err(Error::Input("no folder given, and the index knows none yet".to_owned()));
        }
        let known = manifest.roots.iter();
        let runs: Vec<RootRun> = known
            .map(|(number, root)| RootRun { number: *number, base: root.path.clone(), prefix: String::new() })
            .collect();
        for run in &runs {
            // A root that is missing altogether is more likely a drive that is not mounted than an archive
            // deleted.
            run.base.symlink_metadata().map_err(|error| Error::cannot_read(&run.base, &error))?;
        }
        return Ok(runs);
    }
    let mut runs = Vec::new();
    for path in paths {
        let around = manifest.roots.iter().find(|(_, root)| path.starts_with(&root.path));
        if let Some((number, root)) = around {
            let below = path.strip_prefix(&root.path).unwrap_or(Path::new(""));
            let prefix = corpus::shown(below);
            if !prefix.is_empty() {
                overlaps.push(Overlap { inner: path.clone(), outer: root.path.clone(), was_root: false });
            }
            runs.push(RootRun { number: *number, base: path.clone(), prefix });
            continue;
        }
        let below: Vec<u32> = manifest
            .roots
            .iter()
            .filter(|(_, root)| root.path.starts_with(path))
            .map(|(number, _)| *number)
            .collect();
        let mut around = Root { path: path.clone(), ..Root::default() };
        for number in below {
            let files: Vec<String> = manifest.files_of(number).map(|(path, _)| path.to_owned()).collect();
            for file in files {
                manifest.files.remove(&(number, file.clone()));
                removed.push((number, file));
            }
            if let Some(root) = manifest.roots.remove(&number) {
                overlaps.push(Overlap { inner: root.path.clone(), outer: path.clone(), was_root: true });
                around.take_over(root);
            }
        }
        let number = manifest.add_root(path.clone());
        manifest.roots.insert(number, around);
        runs.push(RootRun { number, base: path.clone(), prefix: String::new() });
    }
    Ok(runs)
}

/// Tells which roots are desks, by their names, and returns those of which that is news: they become runs
/// too.
pub fn name_desks(manifest: &mut Manifest, runs: &mut Vec<RootRun>) -> Vec<u32> {
    let paths: Vec<PathBuf> = manifest.roots.values().map(|root| root.path.clone()).collect();
    let desks = section::desks(&paths);
    let mut news = Vec::new();
    for ((number, root), desk) in manifest.roots.iter_mut().zip(desks) {
        // What is not there now is what it was.
        if root.section.as_deref() == desk || !root.path.exists() {
            continue;
        }
        root.section = desk.map(str::to_owned);
        news.push(*number);
        runs.retain(|run| run.number != *number);
        runs.push(RootRun { number: *number, base: root.path.clone(), prefix: String::new() });
    }
    news
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::index::manifest::FileEntry;

    #[test]
    fn a_folder_inside_a_root_is_part_of_it() {
        let mut manifest = Manifest::default();
        let number = manifest.add_root(PathBuf::from("/archive"));
        let mut overlaps = Vec::new();
        let inside = [PathBuf::from("/archive/world/2025"), PathBuf::from("/archive")];
        let runs = resolve(&mut manifest, &inside, &mut Vec::new(), &mut overlaps).unwrap();
        let [inner, outer] = inside;
        assert_eq!(overlaps, [Overlap { inner, outer, was_root: false }]);
        assert_eq!(runs[0].number, number);
        assert_eq!(runs[0].relative("a.txt"), "world/2025/a.txt");
        assert_eq!(runs[0].relative_of("/archive/world/2025/b"), "world/2025/b");
        assert!(runs[0].holds("world/2025/a.txt"));
        assert!(!runs[0].holds("world/2025b/a.txt"));
        assert_eq!(manifest.roots.len(), 1);
    }

    #[test]
    fn a_folder_around_a_root_takes_it_in() {
        let mut manifest = Manifest::default();
        let old = manifest.add_root(PathBuf::from("/archive/world"));
        manifest.files.insert((old, "a.txt".into()), FileEntry::default());
        let mut removed = Vec::new();
        let mut overlaps = Vec::new();
        let runs = resolve(&mut manifest, &[PathBuf::from("/archive")], &mut removed, &mut overlaps).unwrap();
        let (inner, outer) = (PathBuf::from("/archive/world"), PathBuf::from("/archive"));
        assert_eq!(overlaps, [Overlap { inner, outer, was_root: true }]);
        assert_ne!(runs[0].number, old);
        assert_eq!(removed, [(old, "a.txt".to_owned())]);
        assert!(manifest.files.is_empty());
        assert_eq!(manifest.roots.len(), 1);
    }

    #[test]
    fn a_missing_root_is_an_error_not_an_empty_archive() {
        let mut manifest = Manifest::default();
        manifest.add_root(PathBuf::from("/no/such/drive"));
        let error = resolve(&mut manifest, &[], &mut Vec::new(), &mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("/no/such/drive"), "{error}");
    }

    #[test]
    fn paths_inside_other_paths_are_read_once() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        let outer = dir.path().to_owned();
        assert_eq!(absolute(&[inner.clone(), outer.clone()]).unwrap().len(), 1);
        assert_eq!(absolute(&[outer, inner]).unwrap().len(), 1);
    }
}
