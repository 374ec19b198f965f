//! What tells a file's content from any other: a hash of its bytes, taken while they are read.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// 128 bits of BLAKE3.
pub type ContentHash = [u8; 16];

/// The hash of what a file holds now.
///
/// # Errors
/// Where it cannot be read to its end.
pub fn content_hash(path: &Path) -> io::Result<ContentHash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(first_half(&hasher))
}

fn first_half(hasher: &blake3::Hasher) -> ContentHash {
    let mut half = [0; 16];
    half.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    half
}

/// A file whose bytes are hashed as they are read.
#[derive(Debug)]
pub(crate) struct HashedFile {
    file: File,
    hasher: blake3::Hasher,
    /// Known when the end has been read.
    whole: Arc<OnceLock<ContentHash>>,
}

impl HashedFile {
    /// The rest of a file of which `head` has been read.
    pub fn after(head: &[u8], file: File, whole: Arc<OnceLock<ContentHash>>) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(head);
        Self { file, hasher, whole }
    }
}

impl Read for HashedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        match buffer.get(..length) {
            Some(read) if !read.is_empty() => {
                self.hasher.update(read);
            }
            _ if !buffer.is_empty() => {
                // A second reading of the end finds the same.
                let _ = self.whole.set(first_half(&self.hasher));
            }
            _ => {}
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Write as _;

    #[test]
    fn read_in_pieces_or_at_once_it_is_the_same() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&b"the mill by the river ".repeat(9000)).unwrap();
        let whole = Arc::new(OnceLock::new());
        let mut opened = File::open(file.path()).unwrap();
        let mut head = [0; 1000];
        opened.read_exact(&mut head).unwrap();
        let mut hashed = HashedFile::after(&head, opened, Arc::clone(&whole));
        hashed.read_exact(&mut [0; 5000]).unwrap();
        assert_eq!(whole.get(), None, "known before the end");
        hashed.read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(whole.get(), Some(&content_hash(file.path()).unwrap()));
    }
}
