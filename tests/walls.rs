//! The walls between the modules, held against the source itself: what a part of the tree never mentions, and
//! why; and how wide a comment is.
//!
//! Comments and texts may say what they like; only code counts.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

#[path = "walls/circles.rs"]
mod circles;
#[path = "walls/code.rs"]
mod code;

use code::{Token, mentions, tokens};

/// What some of the source never mentions.
struct Wall {
    /// Files and folders below `src/`; a folder ends with `/`, and an empty name is everything.
    inside: &'static [&'static str],
    /// What of these the wall does not go around.
    but: &'static [&'static str],
    /// A name (`clap`), a macro (`println!`) or a path (`std::env`), also as part of a grouped import.
    never: &'static [&'static str],
    because: &'static str,
}

const COMMAND_LINE: &[&str] = &["main.rs", "cli/"];

const WALLS: &[Wall] = &[
    Wall {
        inside: &[""],
        but: COMMAND_LINE,
        never: &["clap", "indicatif", "anstream", "anstyle", "ctrlc", "terminal_size", "textwrap"],
        because: "the library has no command line and no terminal: a web page and the tests are equal clients",
    },
    Wall {
        inside: &[""],
        but: COMMAND_LINE,
        never: &["println!", "print!", "eprintln!", "eprint!", "dbg!", "stdout", "stderr", "stdin"],
        because: "the library cannot print: what there is to say is in its results and events",
    },
    Wall {
        inside: &[""],
        but: COMMAND_LINE,
        never: &["std::env", "process::exit", "process::abort", "process::Command"],
        because: "the library does what its arguments say, whatever the environment, and never ends its caller",
    },
    Wall {
        inside: &[
            "article.rs",
            "field.rs",
            "schema.rs",
            "problem.rs",
            "corpus/",
            "query/",
            "analysis/",
            "near_duplicates/",
        ],
        but: &[],
        never: &["tantivy"],
        because: "articles, formats, words and the query language outlive the engine's API",
    },
    Wall {
        inside: &["ingest.rs", "ingest/", "cli/", "main.rs"],
        but: &[],
        never: &["tantivy"],
        because: "index/ and search/ are the only doors to the engine",
    },
    Wall {
        inside: &["article.rs", "field.rs", "schema.rs", "problem.rs", "error.rs"],
        but: &[],
        never: &[
            "crate::analysis",
            "crate::corpus",
            "crate::index",
            "crate::ingest",
            "crate::query",
            "crate::search",
        ],
        because: "the nouns are what the other modules talk about: they know none of them",
    },
    Wall {
        inside: &["corpus/"],
        but: &[],
        never: &["crate::index", "crate::ingest", "crate::query", "crate::search"],
        because: "a new format is a row and a file: the readers have never heard of an index",
    },
    Wall {
        inside: &["query/"],
        but: &[],
        never: &["crate::corpus", "crate::index", "crate::ingest", "crate::search"],
        because: "what a query means depends on its words alone, not on an index",
    },
    Wall {
        inside: &["search/"],
        but: &[],
        never: &["ArchiveWriter", "IndexWriter", "crate::corpus", "crate::ingest", "fs::write", "fs::File"],
        because: "asking can never write",
    },
    Wall {
        inside: &["analysis/", "near_duplicates/"],
        but: &[],
        never: &["crate::corpus", "crate::index", "crate::ingest", "crate::query", "crate::search"],
        because: "words become terms in one place, which index, query and highlights use alike",
    },
    Wall {
        inside: &["cli/render/"],
        but: &[],
        never: &[
            "Snapshot::open",
            "ArchiveWriter",
            "newsearch::corpus",
            "ingest::ingest",
            "ingest::preview",
            "ingest::rebuild",
            "ingest::watch",
            "ingest::forget",
            "std::fs",
            "std::env",
        ],
        because: "it draws values and looks nothing up",
    },
    Wall {
        inside: &["cli/"],
        but: &["cli/render/", "cli/terminal.rs"],
        never: &["writeln!", "write!"],
        because: "render/ draws answers, and one file says what is said on the terminal beside them",
    },
    Wall {
        inside: &["cli/"],
        but: &["cli/progress.rs"],
        never: &["ProgressBar", "MultiProgress"],
        because: "one file knows that there is a bar",
    },
    Wall {
        inside: &["cli/"],
        but: &["cli/paths.rs"],
        never: &["std::env", "env::var", "env::var_os"],
        because: "one file says what the environment means",
    },
    Wall {
        inside: &["cli/"],
        but: &["cli/interrupt.rs"],
        never: &["process::exit"],
        because: "a command returns its outcome, so that what it has written is flushed and what it holds is closed",
    },
];

/// As wide as code, which `rustfmt.toml` says.
const WIDEST: usize = 110;

impl Wall {
    fn goes_around(&self, file: &str) -> bool {
        let below = |place: &&str| {
            place.is_empty() || (place.ends_with('/') && file.starts_with(*place)) || file == *place
        };
        self.inside.iter().any(&below) && !self.but.iter().any(below)
    }

    /// Where the code of one file goes through the wall, in words.
    fn breaches(&self, file: &str, code: &[Token]) -> Vec<String> {
        let found = |never: &&'static str| {
            mentions(code, never)
                .into_iter()
                .map(|line| format!("src/{file}:{line} mentions `{never}`, but {}", self.because))
                .collect::<Vec<_>>()
        };
        self.never.iter().flat_map(found).collect()
    }
}

/// Every source file's path below a folder of the package, with what it says.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let below = path.strip_prefix(&root).unwrap();
                let name: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                files.push((name.join("/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// Every source file's path below `src/`, with its code.
fn sources() -> Vec<(String, Vec<Token>)> {
    files("src").into_iter().map(|(file, source)| (file, tokens(&source))).collect()
}

#[test]
fn the_walls_stand() {
    let sources = sources();
    let mut breaches = Vec::new();
    for wall in WALLS {
        let inside: Vec<_> = sources.iter().filter(|(file, _)| wall.goes_around(file)).collect();
        assert!(!inside.is_empty(), "there is nothing left behind the wall around {:?}", wall.inside);
        breaches.extend(inside.iter().flat_map(|(file, code)| wall.breaches(file, code)));
    }
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn no_files_go_round_in_circles() {
    let found = circles::circles(&sources());
    assert!(found.is_empty(), "these files mention each other:\n{}", found.join("\n"));
}

#[test]
fn circles_are_found() {
    let of = |files: &[(&str, &str)]| {
        let files: Vec<_> = files.iter().map(|(file, code)| ((*file).to_owned(), tokens(code))).collect();
        circles::circles(&files)
    };
    let [a, b, c] = ["room/a.rs", "room/b.rs", "other/mod.rs"];
    assert_eq!(
        of(&[(a, "use super::b::{self, X};"), (b, "use crate::other as else_; f(super::a::g)"), (c, "")]),
        ["room/a, room/b"]
    );
    let round = [
        (a, "use crate::{query, other::Y};"),
        (c, "use crate::{x, room::{b::{self}}};"),
        (b, "super::a::f()"),
    ];
    assert_eq!(of(&round), ["other, room/a, room/b"]);
    // A folder's own file, tests, comments and texts do not count.
    let innocent = "#[cfg(test)]\nuse super::a::X;\n// super::a\n\"super::a\"\n#[cfg(test)]\nmod tests { use super::super::a; }";
    assert!(of(&[(a, "use super::b::X;"), (b, innocent)]).is_empty());
    assert!(of(&[("room/mod.rs", "use crate::room::a::X; mod a;"), (a, "use super::Y;")]).is_empty());
}

#[test]
fn every_place_that_a_wall_names_is_there() {
    let sources = sources();
    for place in WALLS.iter().flat_map(|wall| wall.inside.iter().chain(wall.but)) {
        let there = sources
            .iter()
            .any(|(file, _)| if place.ends_with('/') { file.starts_with(place) } else { file == place });
        assert!(place.is_empty() || there, "`src/{place}` is gone: the wall around it must follow it");
    }
}

#[test]
fn every_wall_can_fall() {
    for wall in WALLS {
        for place in wall.inside {
            let file = if place.is_empty() || place.ends_with('/') {
                format!("{place}new.rs")
            } else {
                (*place).to_owned()
            };
            assert!(wall.goes_around(&file), "{file}");
            for never in wall.never {
                let code = format!("fn innocent() {{}}\nfn guilty() {{ {never}(x); }}");
                let breaches = wall.breaches(&file, &tokens(&code));
                assert_eq!(breaches.len(), 1, "`{never}` in {file}: {breaches:?}");
                assert!(breaches[0].starts_with(&format!("src/{file}:2 mentions `{never}`")), "{breaches:?}");
                let talk =
                    format!("//! {never}\n/* {never} */ fn innocent() -> &'static str {{ \"{never}\" }}");
                assert_eq!(wall.breaches(&file, &tokens(&talk)), [""; 0]);
            }
        }
        for but in wall.but {
            let file = if but.ends_with('/') { format!("{but}new.rs") } else { (*but).to_owned() };
            assert!(!wall.goes_around(&file), "{file}");
        }
    }
}

/// A line of comment is no wider than `rustfmt` lets a line of code be; a row of a table may be.
#[test]
fn comments_are_no_wider_than_code() {
    let mut wide = Vec::new();
    for folder in ["src", "tests", "benches", "fuzz"] {
        for (file, source) in files(folder) {
            for (line, text) in source.lines().enumerate() {
                let comment = text.trim_start();
                let is_row = comment.trim_start_matches(['/', '!', ' ']).starts_with('|');
                if comment.starts_with("//") && !is_row && text.chars().count() > WIDEST {
                    wide.push(format!("{folder}/{file}:{} is wider than {WIDEST} columns", line + 1));
                }
            }
        }
    }
    assert!(wide.is_empty(), "\n{}", wide.join("\n"));
}
