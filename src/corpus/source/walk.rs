//! A folder → its files, in a fixed order. Nothing is opened here; what cannot be entered is a problem, never
//! an end.

use std::cmp::Ordering;
use std::ffi::OsStr;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use walkdir::{DirEntry, WalkDir};

use crate::corpus::FieldMap;
use crate::corpus::source::ignore_file::{self, IgnoreFiles};
use crate::corpus::source::path_text::shown;
use crate::problem::{Problem, ProblemKind};

/// A file that may hold articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is opened.
    pub path: PathBuf,
    /// How it is shown to people: the root as it was given and the path below it, as [`shown`] writes them.
    pub shown: String,
    /// The path below the root, `/`-separated; the file's name where the root is the file. Ids are made from
    /// it.
    pub relative: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, as far as anything says so.
    pub modified: Option<Timestamp>,
    /// Whether that is when its text was taken down, and so the latest that this can be dated; what a disk or
    /// an archive notes down is often another moment.
    pub is_capture: bool,
    /// Where its fields are, where its owner says so.
    pub map: Option<Arc<FieldMap>>,
    /// The publication that its folder is of, where its owner says so.
    pub publication: Option<Arc<str>>,
    /// The section that its root is of, where that has the name of one among others.
    pub section: Option<&'static str>,
    /// The address that it was taken from.
    pub address: Option<String>,
}

/// Files and folders that systems and tools leave behind: never articles, like everything whose name starts
/// with a point.
const LEFT_OUT: [&str; 6] = ["CVS", "_darcs", "__MACOSX", "Thumbs.db", "desktop.ini", "ehthumbs.db"];

/// Every file at or below a root, sorted by name folder by folder, links followed; what could not be entered,
/// and what is left out, is a problem.
///
/// Hidden files and folders, those of version control, and what a `.newsearchignore` names are left out, but
/// for the root itself. A link to a place inside the root is skipped, since its files are read where they
/// are: so no loop can arise and no file is read twice.
pub fn walk(root: &Path) -> Walk {
    walk_within(root, root)
}

/// [`walk`] of a part of a larger root: the ignore files of the folders between `top` and `base` hold, too.
pub fn walk_within(top: &Path, base: &Path) -> Walk {
    let mut ignored = IgnoreFiles::default();
    let mut pending = Vec::new();
    let mut around: Vec<&Path> =
        base.ancestors().skip(1).take_while(|folder| folder.starts_with(top)).collect();
    around.reverse();
    for folder in around {
        ignored.enter(folder, &mut pending);
    }
    let inner = WalkDir::new(base).follow_links(true).sort_by(by_name).into_iter();
    let canonical = base.canonicalize().ok();
    let (top, root) = (top.to_path_buf(), base.to_path_buf());
    Walk { top, root, canonical, beside: Vec::new(), inner, ignored, pending }
}

/// Entries of one folder by name: what stands before the name is the same.
fn by_name(a: &DirEntry, b: &DirEntry) -> Ordering {
    a.path().as_os_str().cmp(b.path().as_os_str())
}

/// The iterator of [`walk`].
#[derive(Debug)]
pub struct Walk {
    top: PathBuf,
    root: PathBuf,
    canonical: Option<PathBuf>,
    /// Other roots that are read.
    beside: Vec<PathBuf>,
    inner: walkdir::IntoIter,
    ignored: IgnoreFiles,
    /// Problems that are still to be told.
    pending: Vec<Problem>,
}

impl Iterator for Walk {
    type Item = Result<SourceFile, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(problem) = self.pending.pop() {
                return Some(Err(problem));
            }
            let entry = match self.inner.next()? {
                Ok(entry) => entry,
                Err(error) => {
                    if error
                        .path()
                        .is_some_and(|p| p != self.root && p.file_name().and_then(left_out).is_some())
                    {
                        continue;
                    }
                    return Some(Err(self.problem_of(&error)));
                }
            };
            let is_folder = entry.file_type().is_dir();
            if let Some(problem) = self.left_out(&entry).or_else(|| self.link_back(&entry)) {
                if is_folder {
                    self.inner.skip_current_dir();
                }
                if entry.file_name() != ignore_file::NAME {
                    return Some(Err(problem));
                }
                continue;
            }
            if is_folder {
                self.ignored.enter(entry.path(), &mut self.pending);
                continue;
            }
            return Some(self.file(&entry));
        }
    }
}

impl Walk {
    /// A walk that knows of other roots, which are read for themselves: links into these are left.
    pub fn beside(mut self, roots: impl IntoIterator<Item = PathBuf>) -> Self {
        self.beside = roots.into_iter().filter_map(|root| root.canonicalize().ok()).collect();
        self
    }

    fn file(&self, entry: &DirEntry) -> Result<SourceFile, Problem> {
        let metadata = entry
            .metadata()
            .map_err(|error| self.problem(entry.path(), ProblemKind::Unreadable, error_text(&error)))?;
        if !metadata.is_file() {
            return Err(self.problem(entry.path(), ProblemKind::Skipped, "not a regular file".to_string()));
        }
        Ok(SourceFile {
            path: entry.path().to_path_buf(),
            shown: shown(entry.path()),
            relative: self.relative(entry.path()),
            size: metadata.len(),
            modified: modified(&metadata),
            is_capture: false,
            map: None,
            publication: None,
            section: None,
            address: None,
        })
    }

    fn relative(&self, path: &Path) -> String {
        match path.strip_prefix(&self.root) {
            Ok(below) if below.as_os_str().is_empty() => {
                path.file_name().map(|name| shown(Path::new(name))).unwrap_or_default()
            }
            Ok(below) => shown(below),
            Err(_) => shown(path),
        }
    }

    /// What is hidden, left behind by a system or tool, or named in an ignore file.
    fn left_out(&self, entry: &DirEntry) -> Option<Problem> {
        let message = match left_out(entry.file_name()).filter(|_| entry.depth() > 0) {
            Some(reason) => reason.to_string(),
            None => ignored_by(&self.ignored, entry.path(), entry.file_type().is_dir())?,
        };
        Some(self.problem(entry.path(), ProblemKind::Skipped, message))
    }

    /// A symbolic link whose end lies inside the root, or another one.
    fn link_back(&self, entry: &DirEntry) -> Option<Problem> {
        if entry.depth() == 0 || !entry.path_is_symlink() {
            return None;
        }
        let end = entry.path().canonicalize().ok()?;
        let root = self.canonical.as_deref()?;
        let inside = end.starts_with(root);
        // A link to a folder above the root would come back to it.
        let above = root.starts_with(&end);
        let message = match (inside, above) {
            (true, _) => {
                let below = end.strip_prefix(root).unwrap_or(Path::new(""));
                let name = if below.as_os_str().is_empty() { shown(&self.root) } else { shown(below) };
                match self.unread(below) {
                    None => format!("a symbolic link to `{name}`, which is read where it is"),
                    Some(reason) => format!("a symbolic link to `{name}`, which is not read: {reason}"),
                }
            }
            (_, true) => format!("a symbolic link to the folder `{}` above it", shown(&end)),
            _ if self.beside.iter().any(|other| end.starts_with(other)) => {
                format!("a symbolic link to `{}`, which is read where it is", shown(&end))
            }
            _ => return None,
        };
        Some(self.problem(entry.path(), ProblemKind::Skipped, message))
    }

    /// Why what lies at `below` within the root is not read where it is.
    fn unread(&self, below: &Path) -> Option<String> {
        let path = self.root.join(below);
        let metadata = path.metadata().ok()?;
        if !metadata.is_file() && !metadata.is_dir() {
            return Some("not a regular file".to_string());
        }
        let mut folders: Vec<&Path> =
            path.ancestors().take_while(|folder| folder.starts_with(&self.top)).collect();
        folders.reverse();
        let mut ignored = IgnoreFiles::default();
        for pair in folders.windows(2) {
            let [folder, inside] = pair else { continue };
            ignored.enter(folder, &mut Vec::new());
            if !inside.starts_with(&self.root) || *inside == self.root {
                continue;
            }
            let is_folder = *inside != path || metadata.is_dir();
            let reason = inside.file_name().and_then(left_out).map(str::to_string);
            if let Some(reason) = reason.or_else(|| ignored_by(&ignored, inside, is_folder)) {
                return Some(reason);
            }
        }
        None
    }

    fn problem_of(&self, error: &walkdir::Error) -> Problem {
        let path = error.path().unwrap_or(&self.root);
        if let Some(ancestor) = error.loop_ancestor() {
            let message = format!("a symbolic link back to `{}`", shown(ancestor));
            return self.problem(path, ProblemKind::Skipped, message);
        }
        let dangling = path.symlink_metadata().is_ok_and(|m| m.file_type().is_symlink()) && !path.exists();
        let message = if dangling { "a symbolic link to nothing".to_string() } else { error_text(error) };
        self.problem(path, ProblemKind::Unreadable, message)
    }

    fn problem(&self, path: &Path, kind: ProblemKind, message: String) -> Problem {
        Problem { path: shown(path), record: None, kind, message, count: 1 }
    }
}

/// Why nothing of this name is read, wherever it lies.
pub(crate) fn left_out(name: &OsStr) -> Option<&'static str> {
    if name.as_encoded_bytes().starts_with(b".") {
        return Some("hidden");
    }
    LEFT_OUT.iter().any(|left_out| name == *left_out).then_some("left behind by a system or tool")
}

fn ignored_by(ignored: &IgnoreFiles, path: &Path, is_folder: bool) -> Option<String> {
    let pattern = ignored.leaves_out(path, is_folder)?;
    Some(format!("left out by `{pattern}` in a `{}`", ignore_file::NAME))
}

/// When a file was last changed, as far as the system says.
pub fn modified(metadata: &Metadata) -> Option<Timestamp> {
    Timestamp::try_from(metadata.modified().ok()?).ok()
}

fn error_text(error: &walkdir::Error) -> String {
    match error.io_error() {
        Some(io) => super::io_text(io),
        None => "cannot be entered".to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use std::fs;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        folder
    }

    fn relatives(root: &Path) -> Vec<String> {
        walk(root).filter_map(Result::ok).map(|f| f.relative).collect()
    }

    #[test]
    fn files_come_sorted_and_hidden_ones_do_not_come() {
        let folder = folder(&[
            "b.txt",
            "a/2.txt",
            "a/10.txt",
            ".git/config",
            ".hidden",
            "a/Thumbs.db",
            "CVS/Root",
            "__MACOSX/x",
        ]);
        assert_eq!(relatives(folder.path()), ["a/10.txt", "a/2.txt", "b.txt"]);
        let left_out: Vec<String> = walk(folder.path())
            .filter_map(Result::err)
            .map(|p| format!("{}: {}", p.path, p.message))
            .collect();
        assert_eq!(left_out.len(), 5, "{left_out:?}");
        assert!(left_out.iter().any(|problem| problem.ends_with("/.hidden: hidden")), "{left_out:?}");
        let files: Vec<SourceFile> = walk(folder.path()).filter_map(Result::ok).collect();
        assert_eq!(files.first().unwrap().size, 4);
        assert!(files.iter().all(|f| f.modified.is_some()));
        assert!(files.iter().all(|f| f.shown.ends_with(&format!("/{}", f.relative))));
    }

    fn ignoring(patterns: &[(&str, &str)], files: &[&str]) -> tempfile::TempDir {
        let folder = folder(files);
        for (path, text) in patterns {
            fs::write(folder.path().join(path), text).unwrap();
        }
        folder
    }

    #[test]
    fn ignore_files_leave_out_what_they_name_and_say_so() {
        let folder = ignoring(
            &[
                (".newsearchignore", "# ours\ndrafts/\n*.bak\n/only-here.txt\n"),
                ("b/.newsearchignore", "!keep.bak\n"),
            ],
            &[
                "a.txt",
                "a.bak",
                "only-here.txt",
                "drafts/1.txt",
                "b/keep.bak",
                "b/c/drafts/2.txt",
                "b/only-here.txt",
            ],
        );
        assert_eq!(relatives(folder.path()), ["a.txt", "b/keep.bak", "b/only-here.txt"]);
        let problems: Vec<String> = walk(folder.path()).filter_map(Result::err).map(|p| p.message).collect();
        assert_eq!(
            problems,
            [
                "left out by `*.bak` in a `.newsearchignore`",
                "left out by `drafts/` in a `.newsearchignore`",
                "left out by `drafts/` in a `.newsearchignore`",
                "left out by `/only-here.txt` in a `.newsearchignore`",
            ]
            .into_iter()
            .collect::<Vec<_>>(),
        );
        let part: Vec<String> = walk_within(folder.path(), &folder.path().join("b"))
            .filter_map(Result::ok)
            .map(|file| file.relative)
            .collect();
        assert_eq!(part, ["keep.bak", "only-here.txt"]);
    }

    #[test]
    fn a_pattern_that_is_none_is_told_and_the_others_hold() {
        let folder = ignoring(&[(".newsearchignore", "a{b\n*.bak\n")], &["a.txt", "a.bak"]);
        assert_eq!(relatives(folder.path()), ["a.txt"]);
        let first = walk(folder.path()).find_map(Result::err).unwrap();
        assert!(first.message.starts_with("line 1 is no pattern:"), "{first}");
        assert_eq!(first.kind, ProblemKind::Doubtful);
    }

    #[test]
    fn the_root_may_be_a_file_and_may_be_hidden() {
        let folder = folder(&[".archive/a.txt"]);
        assert_eq!(relatives(&folder.path().join(".archive")), ["a.txt"]);
        assert_eq!(relatives(&folder.path().join(".archive/a.txt")), ["a.txt"]);
    }

    #[test]
    fn a_missing_root_is_a_problem() {
        let folder = folder(&[]);
        let found: Vec<_> = walk(&folder.path().join("nowhere")).collect();
        let [Err(problem)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(problem.message, "there is no such file or folder");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_never_in_a_circle() {
        use std::os::unix::fs::symlink;
        let outside = folder(&["far.txt"]);
        let folder = folder(&["a/1.txt"]);
        symlink(folder.path(), folder.path().join("a/loop")).unwrap();
        symlink(outside.path(), folder.path().join("b")).unwrap();
        symlink(folder.path().join("a/1.txt"), folder.path().join("again.txt")).unwrap();
        symlink("/nowhere/at/all", folder.path().join("dangling")).unwrap();
        assert_eq!(relatives(folder.path()), ["a/1.txt", "b/far.txt"]);
        let problems: Vec<String> = walk(folder.path()).filter_map(Result::err).map(|p| p.message).collect();
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(problems.iter().any(|p| p == "a symbolic link to nothing"));
        assert!(problems.iter().any(|p| p == "a symbolic link to `a/1.txt`, which is read where it is"));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_says_of_its_end_is_true() {
        use std::os::unix::fs::symlink;
        let folder = ignoring(
            &[(".newsearchignore", "drafts/\n"), ("b/.newsearchignore", "*.bak\n")],
            &["a.txt", ".old.txt", "CVS/c.txt", "drafts/d.txt", "b/e.bak", "b/f.txt"],
        );
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        for (number, end) in
            ["a.txt", "b", "b/f.txt", ".old.txt", "CVS/c.txt", "drafts/d.txt", "b/e.bak", "socket", "l0.txt"]
                .iter()
                .enumerate()
        {
            symlink(folder.path().join(end), folder.path().join(format!("l{number}.txt"))).unwrap();
        }
        symlink("/dev/null", folder.path().join("null.txt")).unwrap();
        let told: Vec<String> = walk(folder.path())
            .filter_map(Result::err)
            .filter_map(|p| Some(format!("{}: {}", Path::new(&p.path).file_name()?.to_str()?, p.message)))
            .filter(|told| told.starts_with(['l', 'n', 's']))
            .collect();
        assert_eq!(
            told,
            [
                "l0.txt: a symbolic link to `a.txt`, which is read where it is",
                "l1.txt: a symbolic link to `b`, which is read where it is",
                "l2.txt: a symbolic link to `b/f.txt`, which is read where it is",
                "l3.txt: a symbolic link to `.old.txt`, which is not read: hidden",
                "l4.txt: a symbolic link to `CVS/c.txt`, which is not read: left behind by a system or tool",
                "l5.txt: a symbolic link to `drafts/d.txt`, which is not read: left out by `drafts/` in a `.newsearchignore`",
                "l6.txt: a symbolic link to `b/e.bak`, which is not read: left out by `*.bak` in a `.newsearchignore`",
                "l7.txt: a symbolic link to `socket`, which is not read: not a regular file",
                "l8.txt: a symbolic link to `a.txt`, which is read where it is",
                "null.txt: not a regular file",
                "socket: not a regular file",
            ]
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf8_is_shown_and_found_again() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder(&[]);
        fs::write(folder.path().join(OsStr::from_bytes(b"na\xEFve.txt")), "text").unwrap();
        let file = walk(folder.path()).next().unwrap().unwrap();
        assert_eq!(file.relative, "na\\xefve.txt");
        assert_eq!(fs::read_to_string(&file.path).unwrap(), "text");
        assert_eq!(crate::corpus::source::path_text::file(&file.shown), file.path);
    }
}
