//! Which paths are meant: a glob over folders, or a piece of a path.

use std::path::{MAIN_SEPARATOR, Path};

use globset::{GlobBuilder, GlobMatcher};

/// What stands in a path of an archive's member between the archive and the member.
const INSIDE: &str = "!/";

/// A path as somebody types it, in any case: as a glob (`*` within a folder, `**` over folders, `?` one
/// character) it is the path's end from some folder on, or all of it where it begins with `/`; without
/// wildcards it is a piece of it.
#[derive(Debug, Clone)]
pub struct PathGlob {
    means: Means,
}

#[derive(Debug, Clone)]
enum Means {
    Glob(Box<GlobMatcher>),
    /// In small letters; whether folders before the root are looked at, too.
    Piece(String, bool),
    Nothing,
}

impl PathGlob {
    /// What was typed.
    pub fn new(typed: &str) -> Self {
        let text = slashed(typed);
        let mut text = text.as_str();
        while let Some(rest) = ["./", "../", "~/"].iter().find_map(|here| text.strip_prefix(here)) {
            text = rest;
        }
        if text.contains(['*', '?']) {
            return Self { means: glob(text) };
        }
        Self { means: Means::Piece(text.to_lowercase(), text.trim_matches('/').contains('/')) }
    }

    /// The name of a folder or file: what was typed is all of its path, or its end from some folder on.
    pub fn of_whole(typed: &str) -> Self {
        let text = slashed(typed);
        let text = text.trim_start_matches("./").trim_end_matches('/');
        Self { means: if text.is_empty() { Means::Nothing } else { glob(text) } }
    }

    /// Whether it means the file at `below` in `root`, which is absolute; nothing is below the root itself.
    pub fn fits(&self, root: &Path, below: &str) -> bool {
        self.in_root(root).fits(below)
    }

    /// For the files of one root.
    pub fn in_root(&self, root: &Path) -> InRoot<'_> {
        let root = slashed(&root.to_string_lossy()).to_lowercase();
        InRoot { means: &self.means, name_at: root.rfind('/').map_or(0, |at| at + 1), root }
    }
}

/// A glob that looks at the files of one root.
pub struct InRoot<'g> {
    means: &'g Means,
    root: String,
    /// Where the root's own name begins.
    name_at: usize,
}

impl InRoot<'_> {
    /// Whether it means the file at `below`.
    pub fn fits(&self, below: &str) -> bool {
        let below = slashed(below).to_lowercase();
        // Where the root is a file, the path begins with its name; what follows is a member of an archive.
        let name = self.root.get(self.name_at..).unwrap_or_default();
        let whole = match below.strip_prefix(name) {
            Some(rest) if rest.is_empty() || rest.starts_with(INSIDE) => format!("{}{rest}", self.root),
            _ if below.is_empty() => self.root.clone(),
            _ => format!("{}/{below}", self.root.trim_end_matches('/')),
        };
        match self.means {
            Means::Glob(glob) => {
                let mut archives = whole.match_indices(INSIDE).filter_map(|(at, _)| whole.get(..at));
                glob.is_match(&whole) || archives.any(|archive| glob.is_match(archive))
            }
            Means::Piece(piece, from_the_top) => {
                let start = if *from_the_top { 0 } else { self.name_at };
                whole.get(start..).unwrap_or_default().contains(piece)
            }
            Means::Nothing => false,
        }
    }
}

/// With the separators that all systems understand.
fn slashed(path: &str) -> String {
    if MAIN_SEPARATOR == '/' { path.to_owned() } else { path.replace(MAIN_SEPARATOR, "/") }
}

fn glob(text: &str) -> Means {
    let mut pattern = if text.starts_with('/') { String::new() } else { "**/".to_owned() };
    for c in text.to_lowercase().chars() {
        // Nothing but `*` and `?` has a meaning here.
        if matches!(c, '[' | ']' | '{' | '}' | '\\') {
            pattern.extend(['[', c, ']']);
        } else {
            pattern.push(c);
        }
    }
    let built = GlobBuilder::new(&pattern).literal_separator(true).backslash_escape(false).build();
    built.map_or(Means::Nothing, |glob| Means::Glob(Box::new(glob.compile_matcher())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_and_pieces_of_paths() {
        let fits = |typed: &str, below: &str| PathGlob::new(typed).fits(Path::new("/data/Archive"), below);
        for (typed, below) in [
            ("1996/*", "1996/a.txt"),
            ("sub/*", "1997/sub/a.txt"),
            ("1997/sub/*", "1997/sub/a.txt"),
            ("1997/**", "1997/sub/a.txt"),
            ("archive/**", "1997/sub/a.txt"),
            ("archive/1997/*/a.txt", "1997/sub/a.txt"),
            ("./archive/1997/**", "1997/sub/a.txt"),
            ("../data/archive/1997/**", "1997/sub/a.txt"),
            ("/data/archive/**", "1997/sub/a.txt"),
            ("*.TXT", "1997/sub/a.txt"),
            ("199?/*", "1996/a.txt"),
            ("**", "a.txt"),
            ("*", "a.txt"),
            ("1996", "1996/a.txt"),
            ("997/su", "1997/sub/a.txt"),
            ("/data/archive/1996/a.txt", "1996/a.txt"),
            ("archive/1996/a.txt", "1996/a.txt"),
            ("data/archive", "1996/a.txt"),
            ("ARCHIVE", "a.txt"),
            ("a.zip!/*", "1996/a.zip!/x.txt"),
            ("1996/*.zip", "1996/a.zip!/b/x.txt"),
            ("x.txt", "1996/a.zip!/b/x.txt"),
            ("**/x.*", "1996/a.zip!/b/x.txt"),
            ("note [old]*", "note [old] {1}.txt"),
            ("Été/*", "été/a.txt"),
        ] {
            assert!(fits(typed, below), "{typed} {below}");
        }
        for (typed, below) in [
            ("1997/*", "1997/sub/a.txt"),
            ("996/*", "1996/a.txt"),
            ("/1996/*", "1996/a.txt"),
            ("data", "1996/a.txt"),
            ("a.tx", "b.txt"),
            ("1996/?", "1996/ab"),
            ("note [ol]*", "note o.txt"),
            ("note {a,b}*", "note a.txt"),
        ] {
            assert!(!fits(typed, below), "{typed} {below}");
        }
    }

    #[test]
    fn a_source_is_named_as_a_whole() {
        let fits = |typed: &str| PathGlob::of_whole(typed).fits(Path::new("/data/Archive"), "");
        assert!(["archive", "data/archive/", "/data/archive", "./archive", "arch*"].into_iter().all(fits));
        assert!(!["arch", "data", "/archive", ""].into_iter().any(fits));
    }
}
