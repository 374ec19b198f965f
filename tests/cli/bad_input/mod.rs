//! Everything that can be wrong with what newsearch is given: always a clear message, the right exit status,
//! nothing lost.

mod files;
mod index_folder;
mod runs;
mod words;

use std::path::PathBuf;
use std::process::Command;

use crate::harness::Newsroom;

/// Says that a test cannot be made where it runs.
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// A `newsearch` that permissions bind, which they do not where the tests run as root; `None` where there is
/// no way to one.
#[cfg(unix)]
fn bound_by_permissions(room: &Newsroom) -> Option<Command> {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;
    let locked = room.path("locked");
    fs::write(&locked, "x").unwrap();
    fs::set_permissions(&locked, Permissions::from_mode(0o000)).unwrap();
    if fs::read(&locked).is_err() {
        return Some(room.newsearch());
    }
    fs::set_permissions(room.path(""), Permissions::from_mode(0o755)).unwrap();
    let nobody = || {
        let mut command = room.in_home("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", env!("CARGO_BIN_EXE_newsearch")]);
        command
    };
    let works = nobody().arg("--version").output().is_ok_and(|output| output.status.success());
    works.then(nobody)
}

/// A shell script to run where mounts concern nobody else and end with it: `$newsearch` is the binary. `None`
/// where the system does not allow it.
#[cfg(target_os = "linux")]
fn with_mounts(room: &Newsroom, script: &str) -> Option<Command> {
    let private = |script: &str| {
        let mut command = room.in_home("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", script]);
        command.env("newsearch", PathBuf::from(env!("CARGO_BIN_EXE_newsearch")));
        command
    };
    let attempt = "mkdir -p attempt && mount -t tmpfs none attempt && mount --bind corpus corpus";
    let allowed = private(attempt).output().is_ok_and(|output| output.status.success());
    allowed.then(|| private(script))
}
