//! An index that is built anew beside the old one and takes its place at once: whatever happens before that,
//! the old one stays.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::directory::DirectoryLock;

use crate::error::{Error, Result, plain_io};

use super::manifest::Manifest;
use super::{Payload, lock_owner, near_duplicates};

/// A rebuild under way. Nobody else can write to the old index until it is over.
pub struct Rebuild {
    dir: PathBuf,
    beside: PathBuf,
    lock: Option<DirectoryLock>,
}

impl Rebuild {
    /// Begins one of the index in the folder `dir`, which may be of another version, damaged, or not there.
    ///
    /// # Errors
    /// Where the folder holds something else, another process writes to it, or it cannot be written to.
    pub fn begin(dir: &Path) -> Result<Self> {
        let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let beside = beside(&dir)?;
        let lock = if is_ours(&dir)? { Some(lock_owner::lock(&dir)?) } else { None };
        if lock.is_some() {
            lock_owner::write(&dir);
        }
        remove(&beside)?;
        Ok(Self { dir, beside, lock })
    }

    /// Where the old index is.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where the new index is to be built.
    pub fn beside(&self) -> &Path {
        &self.beside
    }

    /// The roots of the old index, without files; what it was told about their fields is kept where it can
    /// still be read.
    pub fn known(&self) -> Manifest {
        let payload = fs::read(self.dir.join("meta.json"))
            .ok()
            .and_then(|meta| serde_json::from_slice::<serde_json::Value>(&meta).ok())
            .and_then(|meta| serde_json::from_str::<serde_json::Value>(meta.get("payload")?.as_str()?).ok());
        let Some(payload) = payload else { return Manifest::default() };
        if let Ok(ours) = Payload::parse(&payload.to_string(), &self.dir)
            && let Ok(manifest) = Manifest::read(&self.dir, &ours.manifest, &ours.manifest_checksum)
        {
            return manifest.without_files();
        }
        let mut manifest = Manifest::default();
        let roots = payload.get("roots").and_then(serde_json::Value::as_array);
        for root in roots.into_iter().flatten().filter_map(serde_json::Value::as_str) {
            manifest.add_root(PathBuf::from(root));
        }
        manifest
    }

    /// Puts the new index in the place of the old one, in one step, and removes that.
    pub fn finish(self) -> Result<()> {
        let failed = |error: io::Error| Error::cannot_write(&self.dir, plain_io(&error));
        if self.dir.exists() {
            exchange(&self.beside, &self.dir).map_err(failed)?;
        } else {
            fs::rename(&self.beside, &self.dir).map_err(failed)?;
        }
        if let Some(parent) = self.dir.parent() {
            // Not every system can do this to a folder.
            let _ = fs::File::open(parent).and_then(|folder| folder.sync_all());
        }
        drop(self.lock);
        // What cannot be removed now is removed by the next rebuild.
        let _ = remove(&self.beside);
        Ok(())
    }

    /// Removes what has been built; the old index stays.
    pub fn abandon(self) {
        if self.lock.is_some() {
            lock_owner::remove(&self.dir);
        }
        let _ = remove(&self.beside);
    }
}

/// Removes what a rebuild that was killed left beside the index in the folder `dir`, whose writer is open.
pub fn remove_leftover(dir: &Path) {
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    if let Ok(beside) = beside(&dir) {
        // What cannot be removed does no harm.
        let _ = remove(&beside);
    }
}

/// `.newsearch.rebuild` beside `newsearch`: on the same disk, and hidden from readers of the folder.
fn beside(dir: &Path) -> Result<PathBuf> {
    let name = dir.file_name().ok_or_else(|| Error::cannot_write(dir, "it has no name"))?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(".rebuild");
    Ok(dir.with_file_name(hidden))
}

/// Whether there is an index, of whatever version and in whatever state; a folder of other things is not
/// touched.
fn is_ours(dir: &Path) -> Result<bool> {
    let names = match fs::read_dir(dir) {
        Ok(entries) => entries.flatten().map(|entry| entry.file_name()).collect::<Vec<_>>(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::cannot_read(dir, &error)),
    };
    match names.iter().find(|name| !name.to_str().is_some_and(is_index_file)) {
        None => Ok(true),
        Some(other) => Err(Error::NotAnIndex {
            path: dir.to_owned(),
            reason: format!("it holds `{}`", other.to_string_lossy()),
        }),
    }
}

/// Whether a file of this name belongs to an index.
fn is_index_file(name: &str) -> bool {
    let of_segment =
        |kind: &str| ["store", "term", "idx", "pos", "fieldnorm", "fast", "del", "temp"].contains(&kind);
    name == near_duplicates::NAME
        || matches!(name, "meta.json" | ".managed.json" | ".newsearch-writer")
        || name.starts_with(".tantivy-")
        || name.starts_with(".new-")
        || (name.starts_with("manifest-") && name.ends_with(".bin"))
        || name.split_once('.').is_some_and(|(id, rest)| {
            id.len() == 32
                && id.bytes().all(|b| b.is_ascii_hexdigit())
                && rest.rsplit('.').next().is_some_and(of_segment)
        })
}

/// Removes an index that nobody writes to.
fn remove(dir: &Path) -> Result<()> {
    if !is_ours(dir)? {
        return Ok(());
    }
    let lock = lock_owner::lock(dir)?;
    let removed = fs::remove_dir_all(dir).map_err(|error| Error::cannot_write(dir, plain_io(&error)));
    drop(lock);
    removed
}

/// Two folders change places.
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            done => return Ok(done?),
        }
    }
    // Where the system cannot do it in one step: the old one keeps its name until the very last.
    let aside = other.with_extension("replaced");
    fs::rename(other, &aside)?;
    let put = fs::rename(one, other);
    fs::rename(&aside, if put.is_ok() { one } else { other })?;
    put
}
