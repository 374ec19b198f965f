//! Runs that cannot end as they should: a second one, a full disk, Ctrl-C, a killed process.
#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use newsearch::index::{ArchiveWriter, Snapshot, WriterOptions};

use super::skipped;
use crate::harness::{Newsroom, Run, story};

/// One good article in the index, and a feed that takes long to read beside it.
fn room_with_long_feed() -> Newsroom {
    let room =
        Newsroom::indexed(&[("good.txt", &story("Old mill burns", "The mill by the river burnt down."))]);
    let mut feed = String::new();
    for n in 0..60_000 {
        let filler = "The flood rises in the valley, it is said, and nobody knows for how long. ".repeat(12);
        writeln!(feed, "{{\"id\":\"f-{n}\",\"headline\":\"Flood {n}\",\"body\":\"{filler}\"}}").unwrap();
    }
    room.write("feed.jsonl", feed);
    room
}

/// Starts a run over everything and returns when it has begun to write articles.
fn begin(room: &Newsroom) -> Child {
    let mut command = room.newsearch();
    command.args(["index", "corpus"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let before = segment_files(&room.index());
    until("the run begins to write", || {
        assert!(child.try_wait().unwrap().is_none(), "the run was over before it could be stopped");
        segment_files(&room.index()) > before
    });
    child
}

/// How many files with articles there are.
fn segment_files(index: &Path) -> usize {
    let names = fs::read_dir(index).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().ends_with(".store")).count()
}

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// The last good index answers, is sound, and takes the next run.
#[track_caller]
fn nothing_is_lost(room: &Newsroom) {
    assert_eq!(room.headlines(&["mill"]), ["Old mill burns"]);
    room.run(&["query", "flood"]).nothing();
    room.run(&["verify"]).done().prints("is sound: 1 article,");
    fs::write(room.path("corpus/feed.jsonl"), "{\"headline\":\"Flood\",\"body\":\"It ebbs.\"}\n").unwrap();
    room.run(&["index", "corpus"]).done().prints("holds 2 articles");
    room.run(&["verify"]).done();
    // What the run had written so far does not stay for ever.
    let size: u64 =
        fs::read_dir(room.index()).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
    assert!(size < 100_000, "{size} bytes for two articles");
}

#[test]
fn ctrl_c_leaves_the_last_good_index() {
    let room = room_with_long_feed();
    let child = begin(&room);
    signal(&child, "-INT");
    let run = Run::from_output(child.wait_with_output().unwrap());
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(130), "error: interrupted: the index is as it was before\n")
    );
    nothing_is_lost(&room);
}

#[test]
fn a_killed_run_leaves_the_last_good_index() {
    let room = room_with_long_feed();
    let mut child = begin(&room);
    child.kill().unwrap();
    child.wait().unwrap();
    nothing_is_lost(&room);
}

#[test]
fn a_second_run_waits_for_nobody_and_spoils_nothing() {
    let room = room_with_long_feed();
    let mut child = begin(&room);
    let second = room.run(&["index", "corpus"]).fails();
    second.says("error: another newsearch is writing to `").says(&format!("(process {}, since ", child.id()));
    assert_eq!(room.headlines(&["mill"]), ["Old mill burns"]);
    room.run(&["status"]).done();
    assert!(child.try_wait().unwrap().is_none(), "the first run was over too soon to say anything");
    signal(&child, "-INT");
    child.wait().unwrap();
}

#[test]
fn asking_goes_on_while_runs_commit() {
    let room = Newsroom::new();
    for n in 0..50 {
        room.write(
            format!("{n}.txt"),
            story(&format!("Story {n}"), "The flood rises in the valley, it is said."),
        );
    }
    room.run(&["index", "corpus"]).done();
    std::thread::scope(|scope| {
        let runs = scope.spawn(|| (0..8).for_each(|_| drop(room.run(&["index", "--reread"]).done())));
        let mut asked = 0;
        while !runs.is_finished() || asked == 0 {
            room.run(&["query", "flood"]).done().prints("1 to 10 of 50 articles");
            room.run(&["status"]).done().prints("articles   50");
            asked += 1;
        }
    });
}

#[test]
fn asking_goes_on_while_a_new_index_takes_the_old_ones_place() {
    let room = Newsroom::new();
    for n in 0..50 {
        room.write(
            format!("{n}.txt"),
            story(&format!("Story {n}"), "The flood rises in the valley, it is said."),
        );
    }
    room.run(&["index", "corpus"]).done();
    std::thread::scope(|scope| {
        let runs = scope.spawn(|| {
            (0..6).for_each(|_| drop(room.run(&["index", "--rebuild", "--yes"]).done()));
        });
        while !runs.is_finished() {
            assert_eq!(Snapshot::open(room.index()).unwrap().article_count(), 50);
        }
    });
    room.run(&["verify"]).done().prints("is sound: 50 articles");
}

#[test]
fn a_writer_that_is_open_locks_others_out_but_no_readers() {
    let room = Newsroom::indexed(&[("good.txt", &story("Old mill burns", "The mill burnt down."))]);
    let writer = ArchiveWriter::open(&room.index(), WriterOptions { threads: 1, memory: 0 }).unwrap();
    let run = room.run(&["index", "corpus"]).fails();
    let run = run.says(&format!("(process {}, since ", std::process::id()));
    run.says(")\nhint: wait until it has finished; searching works in the meantime\n");
    room.run(&["query", "mill"]).done();
    room.run(&["verify"]).done();
    drop(writer);
    room.run(&["index", "corpus"]).done();
}

/// Some 2 MB of articles, more than the disks and limits below allow.
fn room_with_too_much() -> Newsroom {
    let room =
        Newsroom::indexed(&[("good.txt", &story("Old mill burns", "The mill by the river burnt down."))]);
    let mut words = 1u64;
    let mut body = String::new();
    for _ in 0..200_000 {
        words = words.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        write!(body, "w{:x} ", words >> 36).unwrap();
    }
    room.write("much.txt", story("Too much", &body));
    room
}

#[test]
fn a_limit_on_the_size_of_files() {
    let room = room_with_too_much();
    let mut command = room.in_home("sh");
    // The unit is 512 bytes.
    command.args(["-c", "ulimit -f 256 && exec \"$0\" index corpus", env!("CARGO_BIN_EXE_newsearch")]);
    let run = Run::of(command).fails();
    run.says("error: cannot write to the index at `").says("a file would become larger than is allowed here");
    assert_eq!(room.headlines(&["mill"]), ["Old mill burns"]);
    room.run(&["verify"]).done().prints("is sound: 1 article,");
    room.run(&["index", "corpus"]).done().prints("holds 2 articles");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let room = room_with_too_much();
    let script = "
        mkdir disk && mount -t tmpfs -o size=600k none disk && cp -r data/newsearch disk/index && export NEWSEARCH_INDEX=disk/index
        $newsearch index corpus; echo index: $?
        $newsearch query mill; echo query: $?
        $newsearch verify; echo verify: $?
        $newsearch index corpus/good.txt; echo small: $?
        mkdir full && mount -t tmpfs -o size=8k none full
        $newsearch --index full/index index corpus/good.txt; echo new: $?
    ";
    let Some(command) = super::with_mounts(&room, script) else {
        return skipped("mounts are not allowed here");
    };
    let run =
        Run::of(command).done().prints("index: 2").prints("query: 0").prints("verify: 0").prints("small: 0");
    let run = run.prints("is sound: 1 article,").prints("new: 2");
    assert_eq!(run.stderr.matches("error: cannot write to the index at `").count(), 2, "{run}");
    assert_eq!(run.stderr.matches(": the disk is full\n").count(), 2, "{run}");
}

#[test]
fn an_answer_that_cannot_be_written() {
    let room = Newsroom::indexed(&[("good.txt", &story("Old mill burns", "The mill burnt down."))]);
    if !Path::new("/dev/full").exists() {
        return skipped("there is no /dev/full");
    }
    for words in
        [&["query", "mill"][..], &["query", "mill", "--json"], &["status"], &["parse", "corpus"], &["verify"]]
    {
        let mut command = room.newsearch();
        command.args(words).stdout(fs::File::create("/dev/full").unwrap()).stderr(Stdio::piped());
        let run = Run::from_output(command.spawn().unwrap().wait_with_output().unwrap()).fails();
        assert_eq!(run.stderr, "error: cannot write the answer: the disk is full\n");
    }
}

#[test]
fn of_many_that_make_one_index_one_does_and_the_others_say_who() {
    let room = Newsroom::with(&[("a.txt", &story("Old mill burns", "The mill by the river burnt down."))]);
    for _ in 0..5 {
        let _ = fs::remove_dir_all(room.index());
        let begun: Vec<Child> = (0..6)
            .map(|_| {
                let mut command = room.newsearch();
                command.args(["index", "corpus"]).stdout(Stdio::piped()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        let ended: Vec<Run> =
            begun.into_iter().map(|child| Run::from_output(child.wait_with_output().unwrap())).collect();
        assert!(ended.iter().any(|run| run.code == Some(0)), "nobody made it");
        for run in ended.into_iter().filter(|run| run.code != Some(0)) {
            run.fails().says("error: another newsearch is writing to `");
        }
        room.run(&["verify"]).done();
        assert_eq!(room.answer(&["mill"]).total(), 1);
    }
}
