//! `newsearch verify`: notices every byte that is not as it was written.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;

use crate::harness::{Newsroom, story};

fn room() -> Newsroom {
    let room = Newsroom::with(&[("a.txt", &story("Old mill burns", "The mill by the river burnt down."))]);
    for n in 0..40 {
        room.write(
            format!("{n}.txt"),
            story(&format!("Story {n}"), "The flood rises in the valley, it is said."),
        );
    }
    room.run(&["index", "corpus"]).done();
    room
}

/// The files of the index that hold anything.
fn files(room: &Newsroom) -> Vec<PathBuf> {
    let entries = fs::read_dir(room.index()).unwrap().map(|entry| entry.unwrap());
    let mut files: Vec<PathBuf> =
        entries.filter(|entry| entry.metadata().unwrap().len() > 0).map(|entry| entry.path()).collect();
    files.sort();
    files
}

#[test]
fn a_sound_index_is_said_to_be_sound() {
    let room = room();
    let run = room.run(&["verify"]).done().quiet();
    let (before, size) = run.stdout.trim_end().rsplit_once(", ").unwrap();
    assert_snapshot!(before, @"The index at `data/newsearch` is sound: 41 articles");
    assert!(size.ends_with("B."), "{size}");
}

#[test]
fn a_flipped_bit_is_noticed_wherever_it_is() {
    let room = room();
    let files = files(&room);
    assert!(files.len() > 7, "{files:?}");
    for path in files {
        let sound = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let middle = sound.len() / 2;
        for at in [0, middle, sound.len() - 1] {
            let mut flipped = sound.clone();
            flipped[at] ^= 0x10;
            fs::write(&path, &flipped).unwrap();
            let run = room.run(&["verify"]).fails();
            assert!(
                run.stderr.contains("damaged") || run.stderr.contains("not a newsearch index"),
                "{name} at {at}\n{run}"
            );
        }
        fs::write(&path, sound).unwrap();
    }
    room.run(&["verify"]).done();
}

#[test]
fn a_missing_file_is_noticed_whichever_it_is() {
    let room = room();
    for path in files(&room) {
        let sound = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        room.run(&["verify"]).fails().says(&name).says("hint: ");
        fs::write(&path, sound).unwrap();
    }
    room.run(&["verify"]).done();
}

#[test]
fn there_is_nothing_to_verify_without_an_index() {
    Newsroom::new().run(&["verify"]).fails().says("no index found at `");
}
