//! Paths as links that a click opens (OSC 8), in terminals that have them.

use std::path::{Path, PathBuf};

use super::paths;

/// What links are made of besides the path.
pub struct Base {
    host: String,
    here: PathBuf,
}

/// Whether standard output is a terminal that is known to show links as links.
pub fn known_to_work() -> bool {
    !paths::is_dumb_terminal() && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout)
}

impl Base {
    /// For paths as they are shown here: relative to the current folder.
    pub fn here() -> Self {
        Self { host: host(), here: paths::here() }
    }

    /// The text as a link to a file.
    pub fn link(&self, file: &Path, text: &str) -> String {
        let uri = uri(&self.host, &self.here.join(file));
        format!("\u{1b}]8;;{uri}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
    }
}

/// The address of a file. The host says whose file it is to a terminal that shows another machine's session.
fn uri(host: &str, path: &Path) -> String {
    let path = path.as_os_str().as_encoded_bytes();
    let mut uri = format!("file://{host}");
    if !path.starts_with(b"/") {
        uri.push('/');
    }
    for byte in path {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b':' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(unix)]
fn host() -> String {
    let system = rustix::system::uname();
    let name = system.nodename().to_string_lossy().into_owned();
    // A name of other characters would end the address early: without one it is this machine's.
    let fits = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    if fits { name } else { String::new() }
}

#[cfg(not(unix))]
fn host() -> String {
    String::new()
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn every_byte_of_a_path_survives() {
        let path = Path::new(OsStr::from_bytes(b"/a b/\xe9%;\x1b#?.txt"));
        assert_eq!(uri("desk-1", path), "file://desk-1/a%20b/%E9%25%3B%1B%23%3F.txt");
        assert_eq!(uri("", Path::new("/news/Größe.html")), "file:///news/Gr%C3%B6%C3%9Fe.html");
    }
}
