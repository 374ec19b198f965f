//! Keeping an index: moves, touched files, dry runs, commits on the way, rebuilding, forgetting, optimizing,
//! watching.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant, SystemTime};

use insta::assert_snapshot;
use newsearch::index::Snapshot;
use newsearch::ingest::{Event, IngestOptions, ingest};

use crate::harness::{Newsroom, Run, story};

fn room() -> Newsroom {
    Newsroom::indexed(&[
        ("mill.txt", &story("Old mill burns", "The mill by the river burnt down in the night.")),
        ("a/ferry.txt", &story("The ferry is back", "The ferry to Halm sails again from Monday.")),
        (
            "a/feed.jsonl",
            "{\"id\":\"f-1\",\"headline\":\"Tram late\",\"body\":\"The tram was late.\"}\n{\"headline\":\"Tram on time\",\"body\":\"The tram was on time.\"}\n",
        ),
    ])
}

fn rename(room: &Newsroom, from: &str, to: &str) {
    let to = room.path("corpus").join(to);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(room.path("corpus").join(from), to).unwrap();
}

fn later(room: &Newsroom, name: &str) {
    let file = fs::File::options().append(true).open(room.path("corpus").join(name)).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(3600)).unwrap();
}

fn everything(room: &Newsroom, index: &str) -> Vec<String> {
    let run = room.run(&["--index", index, "query", "--format", "jsonl", "-n", "1000", "NOT zzzz"]).done();
    run.stdout.lines().map(str::to_owned).collect()
}

/// The index holds what one that is made from nothing does.
#[track_caller]
fn is_as_new(room: &Newsroom) {
    room.run(&["verify"]).done();
    room.run(&["--index", "clean", "index", "corpus"]).done();
    assert_eq!(everything(room, "data/newsearch"), everything(room, "clean"));
    fs::remove_dir_all(room.path("clean")).unwrap();
}

#[test]
fn moved_files_are_followed_and_not_read_again() {
    let room = room();
    rename(&room, "mill.txt", "b/old-mill.txt");
    rename(&room, "a/feed.jsonl", "feed.jsonl");
    let run = room.run(&["index", "corpus"]).done();
    run.prints("files: 1 unchanged and not read again, 2 moved and not read again, 0 read")
        .never_prints("gone");
    assert_eq!(room.answer(&["mill"]).0["hits"][0]["path"], room.place("corpus/b/old-mill.txt"));
    assert_eq!(room.headlines(&["path:feed", "time"]), ["Tram on time"]);
    is_as_new(&room);
    // Where the folder says the section, or the name what it is, it is read again.
    rename(&room, "b/old-mill.txt", "sport/old-mill.txt");
    room.run(&["index", "corpus"]).done().prints("1 read, 1 gone");
    assert_eq!(room.headlines(&["section:sport"]), ["Old mill burns"]);
    rename(&room, "sport/old-mill.txt", "sport/README.txt");
    room.run(&["index", "corpus"]).done().prints("1 read, 1 gone").prints("holds 3 articles");
    is_as_new(&room);
}

#[test]
fn touched_files_are_known_by_their_content() {
    let room = room();
    later(&room, "mill.txt");
    room.run(&["index", "corpus"]).done().prints("3 unchanged and not read again, 0 read");
    room.write("mill.txt", story("New mill burns", "The mill by the river burnt down in the night."));
    later(&room, "mill.txt");
    room.run(&["index", "corpus"]).done().prints("2 unchanged and not read again, 1 read");
    assert_eq!(room.headlines(&["mill"]), ["New mill burns"]);
}

#[test]
fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let room = room();
    rename(&room, "mill.txt", "b/mill.txt");
    room.remove("a/ferry.txt");
    room.write("a/feed.jsonl", "{\"headline\":\"Tram gone\",\"body\":\"The tram is gone.\"}\n");
    room.write("new.txt", story("New", "It is new."));
    let before = everything(&room, "data/newsearch");
    let run = room.run(&["index", "--dry-run"]).done().quiet();
    assert_snapshot!(run.stdout, @r"
    new      corpus/new.txt
    changed  corpus/a/feed.jsonl
    moved    corpus/mill.txt → corpus/b/mill.txt
    gone     corpus/a/ferry.txt
    Would read 2 files (1 new, 1 changed; 68 B); 1 moved, 1 gone, 0 unchanged. Nothing was written.
    ");
    assert_eq!(everything(&room, "data/newsearch"), before);
    room.run(&["index"]).done().prints("1 moved and not read again, 2 read, 1 gone");
    is_as_new(&room);
    let room = Newsroom::with(&[("a.txt", &story("A", "One."))]);
    room.run(&["index", "--dry-run", "corpus"]).done().prints("new      corpus/a.txt");
    assert!(!room.index().exists(), "a dry run made an index");
}

#[test]
fn what_was_committed_before_a_kill_is_not_read_again() {
    let room = Newsroom::new();
    let flood = "The flood rises in the valley, it is said, and nobody knows for how long. ".repeat(40);
    for n in 0..1500 {
        room.write(format!("{n:04}.txt"), story(&format!("Flood {n}"), &flood));
    }
    let mut command = room.newsearch();
    command.args(["index", "corpus", "--commit-every", "1"]).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let start = Instant::now();
    let held = || Snapshot::open(room.index()).map_or(0, |snapshot| snapshot.article_count());
    while held() == 0 {
        assert!(start.elapsed() < Duration::from_secs(60), "there was no commit");
        assert!(child.try_wait().unwrap().is_none(), "the run was over before it could be killed");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let (before, all) = (held(), 1500);
    assert!((1..all).contains(&before), "{before}");
    room.run(&["status"]).done().prints(", not yet read to the end: newsearch index");
    room.run(&["verify"]).done();
    let run = room.run(&["index", "corpus"]).done().prints("holds 1,500 articles");
    let unchanged: u64 = run
        .stdout
        .split("files: ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .replace(',', "")
        .parse()
        .unwrap();
    assert_eq!(unchanged, before, "{run}");
    is_as_new(&room);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_read_again() {
    let room = room();
    room.write("mill.txt", story("Old mill saved", "The mill by the river was saved by divers."));
    let write_meanwhile = |event| {
        if matches!(event, Event::Reading { .. }) {
            room.write(
                "mill.txt",
                story("Old mill sold", "The mill by the river was sold to divers in the night."),
            );
        }
    };
    let report =
        ingest(&room.index(), &[], IngestOptions::default(), &AtomicBool::new(false), write_meanwhile)
            .unwrap();
    assert_eq!(report.files_read, 1);
    let problem = "`corpus/mill.txt`: changed while it was read: the next run reads it again";
    room.run(&["status", "--problems"]).done().prints(problem);
    room.run(&["index"]).done().prints("2 unchanged and not read again, 1 read").never_prints("doubtful");
    is_as_new(&room);
}

#[test]
fn a_reread_that_commits_on_its_way_leaves_nothing_to_read() {
    let room = room();
    room.run(&["index", "corpus", "--reread", "--commit-every", "0"]).done().prints("holds 4 articles");
    room.run(&["index", "corpus"]).done().prints("3 unchanged and not read again, 0 read");
    is_as_new(&room);
}

#[test]
fn a_rebuild_asks_and_takes_the_place_of_the_old_one() {
    let room = room();
    room.run(&["index", "corpus", "--rebuild"]).fails().says("hint: say `--rebuild --yes`");
    room.run(&["index", "--rebuild", "--yes", "--dry-run"]).fails().says("cannot be used with");
    for path in fs::read_dir(room.index()).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|kind| kind == "term") {
            fs::write(path, "damaged").unwrap();
        }
    }
    room.run(&["query", "mill"]).fails().says("`newsearch index --rebuild PATH`");
    room.run(&["index", "--rebuild", "--yes"]).done().prints("4 articles from 3 files in `corpus`");
    is_as_new(&room);
    let left: Vec<_> =
        fs::read_dir(room.path("data")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["newsearch"]);
    // What is no index is not taken for one.
    fs::write(room.index().join("letter.txt"), "Dear Ana").unwrap();
    room.run(&["index", "--rebuild", "--yes"]).fails().says("it holds `letter.txt`");
    assert_eq!(room.headlines(&["mill"]), ["Old mill burns"]);
}

#[test]
fn a_root_is_forgotten_also_when_it_is_gone() {
    let room = room();
    fs::create_dir(room.path("wire")).unwrap();
    fs::write(room.path("wire/mill.txt"), story("Wire story", "A mill on the wire.")).unwrap();
    room.run(&["index", "wire"]).done().prints("holds 5 articles");
    room.run(&["forget", "corpus/a"]).fails().says("`corpus/a` is a part of `");
    room.run(&["forget", "elsewhere"]).fails().says("`elsewhere` is no root of the index; its roots: `");
    fs::remove_dir_all(room.path("wire")).unwrap();
    room.run(&["index"]).fails();
    let run = room.run(&["forget", "wire"]).done();
    assert_eq!(
        room.same(&run.stdout),
        "`wire` is no root of the index any more: 1 article of 1 file left it. The files are as they were.\n"
    );
    room.run(&["index"]).done().prints("holds 4 articles");
    is_as_new(&room);
    room.run(&["forget", "corpus"]).done().prints("4 articles of 3 files");
    assert!(room.path("corpus/mill.txt").exists());
    room.run(&["query", "mill"]).nothing();
    room.run(&["verify"]).done();
}

#[test]
fn optimizing_merges_all_once() {
    let room = room();
    for n in 0..4 {
        room.write(format!("{n}.txt"), story(&format!("Story {n}"), "The flood rises."));
        room.run(&["index"]).done();
    }
    room.remove("0.txt");
    room.run(&["index"]).done();
    let before = everything(&room, "data/newsearch");
    room.run(&["optimize"]).done().prints("is in one piece now: 7 articles").prints("still in them");
    assert_eq!(everything(&room, "data/newsearch").len(), before.len());
    let segments = fs::read_dir(room.index()).unwrap().map(|entry| entry.unwrap().path());
    assert_eq!(segments.filter(|path| path.extension().is_some_and(|kind| kind == "store")).count(), 1);
    is_as_new(&room);
    room.run(&["optimize"]).done().prints("is in one piece already: 7 articles");
    Newsroom::new().run(&["optimize"]).fails().says("no index found");
}

#[cfg(unix)]
#[test]
fn watching_takes_in_what_changes_within_two_seconds_until_ctrl_c() {
    let room = room();
    let mut command = room.newsearch();
    command.args(["index", "corpus", "--watch"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let watching = lines.find(|line| line.starts_with("Watching")).unwrap();
    assert_eq!(watching, "Watching `corpus`: Ctrl-C ends it.");
    let mut changed = |what: &str| {
        let start = Instant::now();
        let line = lines.next().unwrap();
        assert!(line.ends_with(what), "{line}");
        // Two seconds, on a machine that does nothing else.
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    };
    room.write("deep/down/new.txt", story("New mill", "It stands where the old one stood."));
    changed("  1 read: the index holds 5 articles");
    assert_eq!(room.headlines(&["stood"]), ["New mill"]);
    rename(&room, "deep/down/new.txt", "deep/newer.txt");
    changed("  1 moved: the index holds 5 articles");
    room.remove("deep/newer.txt");
    changed("  1 gone: the index holds 4 articles");
    let interrupted =
        std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    Run::from_output(child.wait_with_output().unwrap()).done().quiet();
    is_as_new(&room);
}

#[test]
fn an_index_that_was_hardly_begun_is_begun_again() {
    let room = Newsroom::with(&[("mill.txt", &story("Old mill burns", "The mill by the river burnt down."))]);
    fs::create_dir_all(room.index()).unwrap();
    // What a kill leaves before there is a first commit.
    fs::write(room.index().join(".managed.json"), "[]").unwrap();
    fs::write(room.index().join(".new-meta.json"), "{\"index_se").unwrap();
    room.run(&["query", "mill"]).fails().says("no index");
    room.run(&["index", "corpus"]).done();
    assert_eq!(room.headlines(&["mill"]), ["Old mill burns"]);
    room.run(&["verify"]).done();
}

#[test]
fn what_newsearch_has_written_is_no_article() {
    let room = Newsroom::indexed(&[
        ("a.txt", &story("Flood in Ellery", "The weir broke in the night. The harbour was shut.")),
        ("b.txt", &story("Flood in Lorne", "The weir held. The harbour was shut.")),
    ]);
    let written: [(&str, &[&str]); 14] = [
        ("export.csv", &["export", "flood"]),
        ("bom.csv", &["export", "flood", "--bom"]),
        ("export.jsonl", &["export", "flood", "--format", "jsonl"]),
        ("export.md", &["export", "flood", "--format", "md"]),
        ("answer.json", &["query", "flood", "--json"]),
        ("answer.jsonl", &["query", "flood", "--format", "jsonl"]),
        ("answer.csv", &["query", "flood", "--format", "csv"]),
        ("answer.md", &["query", "flood", "--format", "md"]),
        ("answer.txt", &["query", "flood", "-n", "1"]),
        ("first.txt", &["first", "flood"]),
        ("first.json", &["first", "flood", "--json"]),
        ("timeline.csv", &["timeline", "flood", "--format", "csv"]),
        ("timeline.txt", &["timeline", "flood"]),
        ("nothing.txt", &["query", "zebra"]),
    ];
    for (name, words) in written {
        let stdout = room.run(words).stdout;
        room.write(name, stdout);
    }
    room.run(&["query", "flood", "--receipt", "corpus/receipt.json"]).done();
    let before = room.answer(&["flood", "--copies", "all"]).ids().join(" ");
    let run = room.run(&["index"]).done();
    let listed = room.run(&["status", "--problems"]).stdout;
    assert_eq!(listed.matches("written by newsearch").count(), written.len() + 1, "{listed}");
    assert_eq!(room.answer(&["flood", "--copies", "all"]).ids().join(" "), before);
    run.prints("holds 2 articles");
}

#[test]
fn a_folder_that_is_suddenly_empty_keeps_its_articles() {
    let room = Newsroom::new();
    for number in 0..30 {
        room.write(format!("{number}.txt"), story("Flood", &format!("The weir number {number} broke.")));
    }
    room.run(&["index", "corpus"]).done();
    let total = || room.answer(&["weir", "--copies", "all"]).total();
    fs::rename(room.path("corpus"), room.path("away")).unwrap();
    fs::create_dir(room.path("corpus")).unwrap();
    let said = "30 of the 30 files that were read from it are not there; what they held stays";
    room.run(&["index"]).done().prints(said);
    assert_eq!(total(), 30);
    room.run(&["status", "--problems"]).prints(said);
    // The drive is there again.
    fs::remove_dir(room.path("corpus")).unwrap();
    fs::rename(room.path("away"), room.path("corpus")).unwrap();
    room.run(&["index"]).done().never_prints("not there");
    room.run(&["status", "--problems"]).never_prints("not there");
    for number in 0..14 {
        room.remove(&format!("{number}.txt"));
    }
    room.run(&["index"]).done();
    assert_eq!(total(), 16, "less than half may go");
    room.write("new.txt", story("Flood", "The weir by the mill broke."));
    // Files that have only moved are not gone.
    fs::create_dir(room.path("corpus/1990")).unwrap();
    for number in 14..30 {
        let to = format!("corpus/1990/{number}.txt");
        fs::rename(room.path(&format!("corpus/{number}.txt")), room.path(&to)).unwrap();
    }
    room.run(&["index"]).done();
    assert_eq!(total(), 17);
    for number in 14..30 {
        room.remove(&format!("1990/{number}.txt"));
    }
    room.remove("new.txt");
    room.run(&["index"]).done().prints("17 of the 17");
    assert_eq!(total(), 17);
    room.run(&["index", "--gone"]);
    assert_eq!(total(), 0);
}

#[cfg(unix)]
#[test]
fn an_answer_says_that_a_run_is_at_work() {
    let room = Newsroom::indexed(&[("a.txt", &story("Flood", "The weir broke."))]);
    let note = |process: u32| {
        fs::write(room.index().join(".newsearch-writer"), format!("{process} 1764000000")).unwrap();
    };
    note(std::process::id());
    for command in [&["query", "weir"][..], &["first", "weir"], &["export", "weir"], &["query", "zebra"]] {
        room.run(command).says("notice: `newsearch index` is at work since");
    }
    let mut ended = std::process::Command::new("true").spawn().unwrap();
    ended.wait().unwrap();
    note(ended.id());
    room.run(&["query", "weir"]).done().quiet();
}
