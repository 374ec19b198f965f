//! A file that somebody asks for: complete, or not there.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use newsearch::error::{Error, plain_io};
use tempfile::NamedTempFile;

use super::outcome::Failure;

/// What is written until it is kept, in the folder in which the file will lie.
pub struct OutputFile {
    path: PathBuf,
    replace: bool,
    file: BufWriter<NamedTempFile>,
}

impl OutputFile {
    /// Begins a file. One that is there stays unless it may be replaced.
    pub fn create(path: &Path, replace: bool) -> Result<Self, Failure> {
        match path.metadata() {
            Ok(found) if !found.is_file() => {
                return Err(Failure::Usage(
                    format!("`{}` is there and is no plain file", path.display()),
                    None,
                ));
            }
            Ok(_) if !replace => return Err(is_there(path)),
            _ => {}
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".newsearch-").suffix(".part");
        for_all(&mut builder);
        let file = builder.tempfile_in(folder).map_err(|error| failed(path, &error))?;
        Ok(Self { path: path.to_owned(), replace, file: BufWriter::new(file) })
    }

    /// Puts it in its place.
    pub fn keep(self) -> Result<(), Failure> {
        let Self { path, replace, file } = self;
        let file = file.into_inner().map_err(|error| failed(&path, error.error()))?;
        let kept = if replace { file.persist(&path) } else { file.persist_noclobber(&path) };
        match kept {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(is_there(&path)),
            Err(error) => Err(failed(&path, &error.error)),
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn is_there(path: &Path) -> Failure {
    let hint = "give it another name, or replace it with `--force`".to_owned();
    Failure::Usage(format!("`{}` is there already", path.display()), Some(hint))
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Error::Input(format!("cannot write `{}`: {}", path.display(), plain_io(error))).into()
}

/// The permissions of any new file: temporary ones are for their owner alone.
#[cfg(unix)]
fn for_all(builder: &mut tempfile::Builder<'_, '_>) {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn for_all(_: &mut tempfile::Builder<'_, '_>) {}
