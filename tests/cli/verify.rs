//! `newsearch verify`: notices every byte that is not as it was written.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;
use newsearch::index::{ArchiveWriter, WriterOptions};

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
    let (sound, sources) = run.stdout.trim_end().split_once('\n').unwrap();
    let (before, size) = sound.rsplit_once(", ").unwrap();
    assert_snapshot!(before, @"The index at `data/newsearch` is sound: 41 articles");
    assert!(size.ends_with("B."), "{size}");
    assert_snapshot!(sources, @"  of 41 files looked at again, 41 hold what was read from them");
}

#[test]
fn a_flipped_bit_is_noticed_wherever_it_is() {
    let room = room();
    let files = files(&room);
    assert!(files.len() > 7, "{files:?}");
    for path in files {
        let sound = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        // Behind its content a file of the engine names the version that wrote it, which has no checksum.
        let content = String::from_utf8_lossy(&sound).find("{\"version\":{\"major\"").unwrap_or(sound.len());
        let middle = content.min(sound.len()) / 2;
        // What the engine's own checksums do not cover is looked at closely.
        let step = if name.ends_with(".json") { 37 } else { sound.len() };
        for at in (0..sound.len()).step_by(step).chain([middle, sound.len() - 1]) {
            let mut flipped = sound.clone();
            flipped[at] ^= 0x01;
            fs::write(&path, &flipped).unwrap();
            let run = room.run(&["verify"]).fails();
            let told = ["damaged", "not a newsearch index", "was built with another"];
            assert!(told.iter().any(|told| run.stderr.contains(told)), "{name} at {at}\n{run}");
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
fn files_that_are_not_what_was_read_are_named_with_what_to_do() {
    let room = room();
    room.remove("1.txt");
    room.write("2.txt", story("Story 2", "The flood has gone down again, everybody says."));
    // Other words, as many of them, at the same time: no run would notice.
    let path = room.path("corpus/a.txt");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    room.write("a.txt", story("Old mall burns", "The mall by the river burnt down."));
    fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
    let run = room.run(&["verify"]).done();
    assert_snapshot!(run.stdout.split_once('\n').unwrap().1, @r"
      of 41 files looked at again, 38 hold what was read from them
      1 gone; to take that in: newsearch index
        `corpus/1.txt`
      1 changed since; to take that in: newsearch index
        `corpus/2.txt`
      1 changed, with the size and time they had; to take that in: newsearch index --reread
        `corpus/a.txt`
    ");
    room.run(&["index"]).done();
    room.run(&["query", "mall"]).nothing();
    room.run(&["index", "--reread"]).done();
    assert_eq!(room.headlines(&["mall"]), ["Old mall burns"]);
    room.run(&["verify"]).done().prints("of 40 files looked at again, 40 hold what was read from them");
}

#[test]
fn articles_and_manifest_must_agree_file_by_file() {
    let room = room();
    let mut writer = ArchiveWriter::open(&room.index(), WriterOptions { threads: 1, memory: 0 }).unwrap();
    let mut manifest = writer.take_manifest();
    // As many articles as before, but not of the files that are listed.
    let lost = manifest.files.remove(&(0, "1.txt".to_owned())).unwrap();
    manifest.files.insert((0, "never.txt".to_owned()), lost);
    writer.commit(&mut manifest).unwrap();
    writer.finish().unwrap();
    let run = room.run(&["verify"]).fails();
    run.says("its manifest lists 1 articles of `never.txt`, but it holds 0")
        .says("1 of its articles are of no file that its manifest lists")
        .says("hint: build it anew from your files: `newsearch index --rebuild PATH`");
    room.run(&["index", "--rebuild", "--yes"]).done().prints("holds 41 articles");
    room.run(&["verify"]).done();
}

#[test]
fn there_is_nothing_to_verify_without_an_index() {
    Newsroom::new().run(&["verify"]).fails().says("no index found at `");
}
