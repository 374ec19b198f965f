//! An index that is not there, is something else, is damaged, or may not be written to.

use std::fs;
use std::path::{Path, PathBuf};

use super::skipped;
use crate::harness::{Newsroom, Run, story};

fn room() -> Newsroom {
    let room = Newsroom::with(&[(
        "a.txt",
        &story("Old mill burns", "The mill by the river burnt down in the night."),
    )]);
    for n in 0..60 {
        room.write(
            format!("{n}.txt"),
            story(&format!("Story {n}"), "The flood rises in the valley, it is said."),
        );
    }
    room.run(&["index", "corpus"]).done();
    room
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn no_index_yet() {
    let room = Newsroom::new();
    for words in [&["query", "mill"][..], &["show", "x"], &["status"], &["verify"]] {
        let run = room.run(words).fails().says("error: no index found at `");
        run.says("data/newsearch`\nhint: build one with `newsearch index ./corpus`\n");
    }
    assert!(!room.index().exists(), "asking made an index");
    fs::create_dir_all(room.index()).unwrap();
    room.run(&["query", "mill"]).fails().says("no index found at `");
}

#[test]
fn a_folder_that_is_something_else() {
    let room = room();
    for words in [&["query", "mill"][..], &["index", "corpus"], &["status"], &["verify"]] {
        let command = [&["--index", "corpus"], words].concat();
        room.run(&command).fails().says("`corpus` is not a newsearch index").says("--index DIR");
        let command = [&["--index", "corpus/a.txt"], words].concat();
        room.run(&command).fails().says("`corpus/a.txt` is not a newsearch index: it is a file");
    }
    assert_eq!(fs::read_dir(room.path("corpus")).unwrap().count(), 61);
    for meta in ["", "{}", "not json", "{\"segments\":[],\"schema\":[],\"opstamp\":0}"] {
        fs::create_dir_all(room.path("other")).unwrap();
        fs::write(room.path("other/meta.json"), meta).unwrap();
        for words in [&["query", "mill"][..], &["index", "corpus"]] {
            room.run(&[&["--index", "other"], words].concat()).fails();
            assert_eq!(fs::read_to_string(room.path("other/meta.json")).unwrap(), meta);
        }
    }
}

#[test]
fn an_index_of_another_version() {
    let room = room();
    let meta = room.index().join("meta.json");
    let ours = fs::read_to_string(&meta).unwrap();
    for (what, from, to) in [
        ("format", "\\\"format\\\":8", "\\\"format\\\":1"),
        ("schema", "\\\"schema\\\":\\\"", "\\\"schema\\\":\\\"9-"),
        ("analysis", "\\\"analysis\\\":\\\"", "\\\"analysis\\\":\\\"9-"),
    ] {
        let theirs = ours.replacen(from, to, 1);
        assert_ne!(ours, theirs, "meta.json is not as this test thinks");
        fs::write(&meta, theirs).unwrap();
        for words in [&["query", "mill"][..], &["index", "corpus"], &["verify"]] {
            let run = room.run(words).fails().says(&format!("was built with another {what}"));
            run.says("hint: build it anew from your files: `newsearch index --rebuild PATH`");
        }
    }
}

/// Whatever is damaged, an answer is given or the reason why not: never a panic, an abort or a hang.
#[track_caller]
fn answers_or_says_why(room: &Newsroom, what: &str) -> Option<Run> {
    for words in [&["query", "mill"][..], &["query", "flood", "--sort", "newest"], &["status"]] {
        let run = room.run(words);
        match run.code {
            Some(0 | 1) => {}
            Some(2) => assert!(run.stderr.starts_with("error: ") && run.stdout.is_empty(), "{what}\n{run}"),
            _ => panic!("{what}\n{run}"),
        }
        assert!(!run.stderr.contains("panicked"), "{what}\n{run}");
        if run.code == Some(2) {
            return Some(run);
        }
    }
    None
}

#[test]
fn a_truncated_index_file() {
    let room = room();
    for path in files(&room.index()) {
        let sound = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // What stands at the end of a text file may be a line end, which says nothing.
        let end = sound.trim_ascii_end().len();
        for length in [0, 1, end / 2, end.saturating_sub(1)] {
            if length >= end {
                continue;
            }
            fs::write(&path, &sound[..length]).unwrap();
            let refused = answers_or_says_why(&room, &format!("`{name}` cut to {length} bytes"));
            assert!(
                refused.is_some() || name.starts_with('.'),
                "`{name}` cut to {length} bytes is not noticed"
            );
        }
        fs::write(&path, sound).unwrap();
    }
    room.run(&["verify"]).done();
}

#[test]
fn a_flipped_byte_in_an_index_file() {
    let room = room();
    for path in files(&room.index()) {
        let sound = fs::read(&path).unwrap();
        let step = (sound.len() / 12).max(1);
        for at in (0..sound.len()).step_by(step) {
            let mut flipped = sound.clone();
            flipped[at] = !flipped[at];
            fs::write(&path, flipped).unwrap();
            answers_or_says_why(&room, &format!("{} flipped at byte {at}", path.display()));
        }
        fs::write(&path, sound).unwrap();
    }
    room.run(&["verify"]).done();
}

#[test]
fn a_missing_index_file() {
    let room = room();
    for path in files(&room.index()) {
        let sound = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        fs::remove_file(&path).unwrap();
        let refused = answers_or_says_why(&room, &format!("without `{name}`"));
        // Where words stand is looked up for phrases only.
        if name.ends_with(".pos") {
            room.run(&["query", "\"flood rises\""]).fails().says("damaged");
        }
        match refused {
            Some(run) => {
                let said = run.stderr.contains(&name) || name.ends_with(".pos");
                assert!(said, "which file is missing is not said\n{run}");
            }
            None => assert!(
                name.starts_with('.') || name.ends_with(".pos"),
                "that `{name}` is missing is not noticed"
            ),
        }
        fs::write(&path, sound).unwrap();
    }
    room.run(&["verify"]).done();
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_file_system() {
    let room = room();
    let script = "
        set -e
        index=data/newsearch
        mount --bind $index $index
        mount -o remount,bind,ro $index
        ! touch $index/x 2>/dev/null
        $newsearch query mill
        $newsearch verify
        $newsearch status
        set +e
        $newsearch index corpus
        echo index: $?
    ";
    let Some(command) = super::with_mounts(&room, script) else {
        return skipped("mounts are not allowed here");
    };
    let run =
        Run::of(command).done().prints("Old mill burns").prints("is sound: 61 articles").prints("index: 2");
    run.says("error: cannot write to the index at `").says("the file system is read-only");
}

#[cfg(unix)]
#[test]
fn an_index_that_belongs_to_somebody_else() {
    use std::os::unix::fs::PermissionsExt as _;
    let room = room();
    if super::bound_by_permissions(&room).is_none() {
        return skipped("permissions do not bind here");
    }
    let folders = [room.index(), room.path("data")];
    folders.iter().for_each(|f| fs::set_permissions(f, fs::Permissions::from_mode(0o555)).unwrap());
    let run = |words: &[&str]| {
        let mut command = super::bound_by_permissions(&room).unwrap();
        command.args(words);
        Run::of(command)
    };
    run(&["query", "mill"]).done().quiet().prints("Old mill burns");
    run(&["verify"]).done().prints("is sound");
    let refused =
        run(&["index", "corpus"]).fails().says("cannot write to the index").says("permission denied");
    assert!(!refused.stderr.contains("build it anew"), "{refused}");
    // What may not even be read is no damage.
    fs::set_permissions(room.index().join("meta.json"), fs::Permissions::from_mode(0o000)).unwrap();
    let refused = run(&["query", "mill"]);
    if refused.code != Some(0) {
        let refused = refused.fails().says("permission denied");
        assert!(!refused.stderr.contains("build it anew"), "{refused}");
    }
    folders.iter().for_each(|f| fs::set_permissions(f, fs::Permissions::from_mode(0o755)).unwrap());
}

/// An index as the first version with content in its manifest wrote it, kept as it was.
#[test]
fn an_index_of_an_earlier_version_is_refused_and_built_anew() {
    let room = Newsroom::with(&[("mill.txt", &story("Old mill burns", "The mill by the river burnt down."))]);
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old_index/format-2");
    fs::create_dir_all(room.index()).unwrap();
    for path in files(&kept) {
        fs::copy(&path, room.index().join(path.file_name().unwrap())).unwrap();
    }
    let before = files(&room.index());
    for words in [&["query", "mill"][..], &["index", "corpus"], &["status"], &["verify"], &["optimize"]] {
        let run = room.run(words).fails().says("was built with another format (2, this version has 8)");
        run.says("hint: build it anew from your files: `newsearch index --rebuild PATH`");
    }
    assert_eq!(files(&room.index()), before, "an index that was refused is not as it was");
    room.run(&["index", "--rebuild", "--yes"]).fails().says("does not say what it was made of");
    room.run(&["index", "--rebuild", "--yes", "corpus"]).done().prints("holds 1 article:");
    assert_eq!(room.headlines(&["mill"]), ["Old mill burns"]);
    room.run(&["verify"]).done();
}

#[test]
fn an_index_that_was_moved_works_where_it_is() {
    let room = room();
    fs::rename(room.index(), room.path("elsewhere")).unwrap();
    let run = |words: &[&str]| room.run(&[&["--index", "elsewhere"], words].concat()).done();
    run(&["query", "mill"]).prints("Old mill burns");
    run(&["verify"]).prints("is sound: 61 articles");
    room.write("new.txt", story("New mill", "It stands where the old one stood."));
    run(&["index"]).prints("61 unchanged").prints("holds 62 articles");
}

/// Where the end of a file is missing or another, that is said in words of ours.
#[test]
fn damage_is_said_without_the_engines_words() {
    for damage in ["cut", "overwritten", "empty"] {
        for ending in ["idx", "term", "store", "pos", "fast"] {
            let room = Newsroom::indexed(&[("a.txt", &story("Flood rises", "The flood rises at the weir."))]);
            let files = fs::read_dir(room.index()).unwrap().map(|entry| entry.unwrap().path());
            for file in files.filter(|file| file.extension().is_some_and(|found| found == ending)) {
                let mut bytes = fs::read(&file).unwrap();
                match damage {
                    "cut" => bytes.truncate(bytes.len() / 2),
                    "empty" => bytes.clear(),
                    _ => bytes.iter_mut().rev().take(4).for_each(|byte| *byte = 0),
                }
                fs::write(&file, bytes).unwrap();
            }
            for words in [&["query", "flood"][..], &["verify"]] {
                let run = room.run(words);
                for jargon in ["footer", "magic", "tantivy", "crc", "Error"] {
                    assert!(!run.stderr.contains(jargon), "{damage} {ending} {words:?}: {run}");
                }
            }
            room.run(&["verify"]).fails().says("damaged");
        }
    }
}
