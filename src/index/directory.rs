//! The engine's directory on disk, made usable where nothing may be written: a read-only folder, a network
//! share, a DVD.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, FileSlice, Lock, META_LOCK, MmapDirectory, OwnedBytes,
    WatchCallback, WatchHandle, WritePtr,
};

#[cfg(test)]
use super::faults::Faults;

/// Memory-mapped files, of which a reader needs no permission to write.
///
/// The engine's readers take a lock file while they open segments, so that a writer does not delete these
/// under them. Where the lock file cannot be made, nobody can be writing either, and reading goes on without
/// it.
#[derive(Debug, Clone)]
pub struct ArchiveDirectory {
    engine: MmapDirectory,
    path: PathBuf,
    are_texts_mapped: bool,
    #[cfg(test)]
    faults: Arc<Faults>,
}

impl ArchiveDirectory {
    /// The directory at `path`, which must exist.
    pub fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self {
            engine: MmapDirectory::open(path)?,
            path: path.to_owned(),
            are_texts_mapped: true,
            #[cfg(test)]
            faults: Faults::none(),
        })
    }

    /// The same with the texts of articles read and not mapped: who goes through many of them would have all
    /// these in memory.
    pub fn without_mapped_texts(mut self) -> Self {
        self.are_texts_mapped = false;
        self
    }

    /// The same on a disk that fails.
    #[cfg(test)]
    pub fn failing(mut self, faults: &Arc<Faults>) -> Self {
        self.faults = Arc::clone(faults);
        self
    }

    /// Something is asked of the disk: the place where tests let it fail.
    fn ask(&self) -> io::Result<()> {
        #[cfg(test)]
        self.faults.ask()?;
        Ok(())
    }

    /// Writes a file of our own beside the engine's. It is on the disk when this returns; where it cannot be,
    /// it is not there.
    pub fn write_synced(&self, name: &str, content: &[u8]) -> io::Result<()> {
        let path = self.path.join(name);
        let write = || {
            self.ask()?;
            let mut file = File::create(&path)?;
            file.write_all(content)?;
            self.ask()?;
            file.sync_all()
        };
        let written = write();
        if written.is_err() {
            // Half a file helps nobody; that it cannot be removed either changes nothing.
            let _ = fs::remove_file(&path);
        }
        written
    }
}

impl Directory for ArchiveDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if !self.are_texts_mapped && path.extension().is_some_and(|kind| kind == "store") {
            let file = FileRead::open(&self.path.join(path));
            return Ok(Arc::new(file.map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
                _ => OpenReadError::wrap_io_error(error, path.to_owned()),
            })?));
        }
        self.engine.get_file_handle(path)
    }

    fn open_read(&self, path: &Path) -> Result<FileSlice, OpenReadError> {
        Ok(FileSlice::new(self.get_file_handle(path)?))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.ask()
            .map_err(|error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() })?;
        self.engine.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.engine.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.ask().map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let file = self.engine.open_write(path)?;
        #[cfg(test)]
        let file = self.faults.file(file);
        Ok(file)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.engine.atomic_read(path)
    }

    /// The engine's own makes files that only their owner can read: others could not search what one has
    /// indexed.
    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let mut name = OsString::from(".new-");
        name.push(path);
        let new = self.path.join(name);
        let write = || {
            self.ask()?;
            let mut file = File::create(&new)?;
            file.write_all(content)?;
            self.ask()?;
            file.sync_data()?;
            self.ask()
        };
        let written = write().and_then(|()| fs::rename(&new, self.path.join(path)));
        if written.is_err() {
            // Half a file helps nobody; where it cannot be removed, the next one takes its place.
            let _ = fs::remove_file(&new);
        }
        written
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.ask()?;
        self.engine.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.engine.acquire_lock(lock) {
            Err(LockError::IoError(_)) if lock.filepath == META_LOCK.filepath => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.engine.watch(callback)
    }
}

/// A file that is read piece by piece.
#[derive(Debug)]
struct FileRead {
    file: Mutex<File>,
    length: usize,
}

impl FileRead {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Ok(Self { file: Mutex::new(file), length })
    }
}

impl HasLen for FileRead {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for FileRead {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start as u64))?;
        file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
    }
}
