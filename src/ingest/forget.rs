//! A root that is not wanted any more leaves the index; its files stay where they are.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::index::manifest::Manifest;
use crate::index::{ArchiveWriter, Snapshot, WriterOptions};

/// What left the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// The root, by its absolute path.
    pub root: PathBuf,
    /// Its files.
    pub files: u64,
    /// Their articles.
    pub articles: u64,
}

/// Takes the root at `path`, which need not exist any more, and all articles under it out of the index in the
/// folder `dir`.
///
/// # Errors
/// Where `path` is no root, or the index cannot be opened or written.
pub fn forget(dir: &Path, path: &Path) -> Result<Forgotten> {
    // Said before anything is locked.
    root_of(&Snapshot::open(dir)?.manifest()?, path)?;
    let mut writer = ArchiveWriter::open(dir, WriterOptions::default())?;
    let manifest = writer.take_manifest();
    match take_out(&mut writer, manifest, path) {
        Ok(forgotten) => writer.finish().map(|()| forgotten),
        Err(error) => {
            writer.abandon();
            Err(error)
        }
    }
}

fn take_out(writer: &mut ArchiveWriter, mut manifest: Manifest, path: &Path) -> Result<Forgotten> {
    let number = root_of(&manifest, path)?;
    let mut forgotten = Forgotten { root: PathBuf::new(), files: 0, articles: 0 };
    for (file, entry) in manifest.files_of(number) {
        writer.remove_file(number, file);
        forgotten.files += 1;
        forgotten.articles += u64::from(entry.articles);
    }
    manifest.files.retain(|(root, _), _| *root != number);
    if let Some(root) = manifest.roots.remove(&number) {
        forgotten.root = root.path;
    }
    writer.commit(&mut manifest)?;
    writer.find_copies()?;
    Ok(forgotten)
}

/// The number of the root that `path` means, there or not.
fn root_of(manifest: &Manifest, path: &Path) -> Result<u32> {
    let full = path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
    if let Some(number) = manifest.root_at(&full) {
        return Ok(number);
    }
    if let Some(root) = manifest.roots.values().find(|root| full.starts_with(&root.path)) {
        let below = full.strip_prefix(&root.path).unwrap_or(path);
        return Err(Error::Input(format!(
            "`{}` is a part of `{}`: to leave it out, write `{}` into a file `.newsearchignore` there",
            path.display(),
            root.path.display(),
            below.display()
        )));
    }
    let roots: Vec<String> =
        manifest.roots.values().map(|root| format!("`{}`", root.path.display())).collect();
    let known = if roots.is_empty() { "none".to_owned() } else { roots.join(", ") };
    Err(Error::Input(format!("`{}` is no root of the index; its roots: {known}", path.display())))
}
