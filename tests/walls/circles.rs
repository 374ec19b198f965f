//! Which file mentions which, and whether these go round in circles.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::Token;

/// A module by its names, from the package's root.
type Module = Vec<String>;

/// Files that mention each other, directly or through others, each circle in words. A folder's own file and
/// what lies in the folder are one thing: between them it does not count.
pub fn circles(sources: &[(String, Vec<Token>)]) -> Vec<String> {
    let modules: BTreeMap<Module, &[Token]> = sources
        .iter()
        .filter(|(file, _)| !matches!(file.as_str(), "lib.rs" | "main.rs"))
        .map(|(file, code)| (module_of(file), code.as_slice()))
        .filter(|(module, _)| !module.iter().any(|name| name == "tests"))
        .collect();
    let mut mentions: BTreeMap<&Module, BTreeSet<Module>> = BTreeMap::new();
    for (module, code) in &modules {
        let mut found = BTreeSet::new();
        for path in paths(without_tests(code)) {
            let mut path = absolute(module, path);
            while !path.is_empty() && !modules.contains_key(&path) {
                path.pop();
            }
            if !path.is_empty() && !path.starts_with(module) && !module.starts_with(&path) {
                found.insert(path);
            }
        }
        mentions.insert(module, found);
    }
    let reached = |from: &Module| {
        let (mut reached, mut left) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(module) = left.pop() {
            for next in mentions.get(&module).into_iter().flatten() {
                if reached.insert(next.clone()) {
                    left.push(next.clone());
                }
            }
        }
        reached
    };
    let reached: BTreeMap<&Module, BTreeSet<Module>> =
        modules.keys().map(|module| (module, reached(module))).collect();
    let mut circles = BTreeSet::new();
    for (module, far) in reached.iter().filter(|(module, far)| far.contains(**module)) {
        let circle = far.iter().filter(|other| reached[other].contains(*module));
        circles.insert(circle.map(|module| module.join("/")).collect::<Vec<_>>().join(", "));
    }
    circles.into_iter().collect()
}

fn module_of(file: &str) -> Module {
    let path = file.trim_end_matches(".rs");
    path.strip_suffix("/mod").unwrap_or(path).split('/').map(str::to_owned).collect()
}

/// The code before the file's own tests.
fn without_tests(code: &[Token]) -> &[Token] {
    let tests = ["#", "[", "cfg", "(", "test", ")", "]", "mod", "tests"];
    let at = code.windows(tests.len()).position(|window| window.iter().map(|t| &t.text).eq(tests));
    &code[..at.unwrap_or(code.len())]
}

/// All paths that begin with `crate` or `super`, each name of a group for itself; what only tests use is
/// passed over.
fn paths(code: &[Token]) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let text = |at: usize| code.get(at).map_or("", |token: &Token| token.text.as_str());
    let mut at = 0;
    while at < code.len() {
        if ["#", "[", "cfg", "(", "test", ")", "]", "use"].iter().enumerate().all(|(n, t)| text(at + n) == *t)
        {
            while at < code.len() && text(at) != ";" {
                at += 1;
            }
        }
        if matches!(text(at), "crate" | "super") && text(at + 1) == ":" {
            at = path(code, at, &[], &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Reads a path that begins at `at`, behind `before`, and returns where it ends.
fn path<'a>(code: &'a [Token], mut at: usize, before: &[&'a str], found: &mut Vec<Vec<&'a str>>) -> usize {
    let text = |at: usize| code.get(at).map_or("", |token| token.text.as_str());
    let mut names = before.to_vec();
    loop {
        if text(at) == "{" {
            at += 1;
            while at < code.len() && text(at) != "}" {
                at = if text(at) == "," { at + 1 } else { path(code, at, &names, found) };
            }
            return at + 1;
        }
        if text(at).starts_with(|c: char| c.is_alphabetic() || c == '_') && text(at) != "self" {
            names.push(text(at));
        }
        at += 1;
        if text(at) == ":" && text(at + 1) == ":" {
            at += 2;
            continue;
        }
        // `a as b` goes on to the next comma.
        while text(at) == "as" || text(at) == "_" || (text(at - 1) == "as" && text(at) != ",") {
            at += 1;
        }
        found.push(names);
        return at;
    }
}

/// A path from the package's root, as it stands in a module.
fn absolute(module: &Module, path: Vec<&str>) -> Module {
    let mut names = path.into_iter().peekable();
    let mut absolute = match names.peek() {
        Some(&"crate") => {
            names.next();
            Vec::new()
        }
        _ => module.clone(),
    };
    while names.next_if_eq(&"super").is_some() {
        absolute.pop();
    }
    absolute.extend(names.map(str::to_owned));
    absolute
}
