//! The members of one archive: what each is called, and which are left out and why, so that every one is read
//! or told.

use std::ffi::OsStr;

use rustc_hash::FxHashMap;

use crate::corpus::source::path_text;
use crate::corpus::source::walk::{self, SourceFile};
use crate::id::hash64;
use crate::problem::{Problem, ProblemKind};

/// The members that came by so far.
#[derive(Debug, Default)]
pub(super) struct Roll {
    /// The hashes of the names in use; for each the number by which the next one of the same name is told
    /// apart.
    names: FxHashMap<u64, u32>,
    left_out: Vec<LeftOut>,
}

/// Members that are left out for one reason.
#[derive(Debug)]
struct LeftOut {
    kind: ProblemKind,
    reason: &'static str,
    /// The first one's name, and what else there is to say of it.
    first: String,
    detail: String,
    count: u64,
}

impl Roll {
    /// What a member is called that is read: as it says itself, and another name than that of any before it.
    pub fn call(&mut self, name: &str) -> String {
        let hash = hash(name);
        let Some(number) = self.names.get(&hash).copied() else {
            self.names.insert(hash, 2);
            return name.to_string();
        };
        let free = (number..).map(|n| (n, format!("{name}~{n}"))).find(|(_, free)| !self.holds(free));
        let (number, free) = free.unwrap_or((number, name.to_string()));
        self.names.insert(hash, number.saturating_add(1));
        self.names.entry(self::hash(&free)).or_insert(2);
        free
    }

    /// Whether a member of this name was read.
    pub fn holds(&self, name: &str) -> bool {
        self.names.contains_key(&hash(name))
    }

    /// A member is left out. The detail follows the reason where it is the only one.
    pub fn leave_out(&mut self, kind: ProblemKind, name: &str, reason: &'static str, detail: String) {
        match self.left_out.iter_mut().find(|left| left.kind == kind && left.reason == reason) {
            Some(left) => left.count += 1,
            None => {
                let first = name.to_string();
                self.left_out.push(LeftOut { kind, reason, first, detail, count: 1 });
            }
        }
    }

    /// Whether a member is left out by its name, as it would be in a folder.
    pub fn leaves_out(&mut self, name: &str) -> bool {
        let reason = name.split('/').find_map(|part| walk::left_out(OsStr::new(part)));
        if let Some(reason) = reason {
            self.leave_out(ProblemKind::Skipped, name, reason, String::new());
        }
        reason.is_some()
    }

    /// What was left out, a line a reason.
    pub fn told(self, archive: &SourceFile) -> impl Iterator<Item = Problem> {
        let shown = archive.shown.clone();
        self.left_out.into_iter().map(move |left| {
            let LeftOut { kind, reason, first, detail, count } = left;
            let (path, message) = match count {
                1 => (format!("{shown}!/{first}"), format!("{reason}{detail}")),
                _ => (shown.clone(), format!("{reason}: {count} members, the first is `{first}`")),
            };
            Problem { path, record: None, kind, message, count: 1 }
        })
    }
}

/// A member's name as a path within its archive: without what would lead out of it, and as it is shown.
pub(super) fn name_of(bytes: &[u8]) -> String {
    let text = path_text::of_bytes(bytes);
    let parts: Vec<&str> = text.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if parts.is_empty() { "unnamed".to_string() } else { parts.join("/") }
}

fn hash(name: &str) -> u64 {
    hash64(&[name.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_members_have_one_name() {
        let mut roll = Roll::default();
        let names: Vec<String> =
            ["a", "a~2", "a", "a", "b", "a~2"].iter().map(|name| roll.call(name)).collect();
        assert_eq!(names, ["a", "a~2", "a~3", "a~4", "b", "a~2~2"]);
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        for (name, within) in [
            (&b"./2019/a.txt"[..], "2019/a.txt"),
            (b"../../a.txt", "a.txt"),
            (b"/etc/a.txt", "etc/a.txt"),
            (b"a//../b", "a/b"),
            (b"..", "unnamed"),
            (b"a\nb\xff", "a\\x0ab\\xff"),
        ] {
            assert_eq!(name_of(name), within);
        }
    }
}
