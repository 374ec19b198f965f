//! `newsearch index`: what it says, where the index is, and that it always holds what the folders hold, once.

use std::fs;

use insta::assert_snapshot;

use crate::harness::{Newsroom, Run, markdown, story};

fn three_stories() -> Newsroom {
    Newsroom::with(&[
        (
            "world/plan.md",
            &markdown("Envoys sign the plan", "Ana Sousa", "World", "2025-12-02", "Signed in Brod."),
        ),
        (
            "sport/cup.md",
            &markdown("Rovers win the cup", "Jo Ek", "Sport", "2024-05-01", "A late goal did it."),
        ),
        ("mill.txt", &story("Old mill burns", "The mill by the river burnt down in the night.")),
    ])
}

/// Everything that could tell one index from another: ids, fields and texts of all articles, newest first.
fn everything(room: &Newsroom) -> Vec<String> {
    let run = room.run(&["query", "--format", "jsonl", "-n", "1000", "path:corpus OR NOT zzzz"]).done();
    run.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn the_summary_says_what_was_read() {
    let room = three_stories();
    room.write("empty.txt", "");
    room.write("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF");
    room.write("dated.md", markdown("Bad day", "Jo Ek", "World", "2025-02-31", "There is no such day."));
    let run = room.run(&["index", "corpus"]).done().quiet();
    assert_snapshot!(room.same(&run.stdout), @r"
    4 articles from 6 files in `corpus`, in 0.0 s.
    The index at `data/newsearch` holds 4 articles:
      formats: markdown 3 · text 1
      published: 1 May 2024 to 2 Dec 2025; 2 without a date
      1 could not be read:
        `corpus/empty.txt`: the file is empty
      1 is in the index but doubtful:
        `corpus/dated.md` record 1: date `2025-02-31` does not exist
      1 left out:
        1 × not an article format: `.jpg` picture
      the whole list: newsearch status --problems
    ");
}

#[test]
fn running_it_twice_gives_the_same_index() {
    let room = three_stories();
    room.run(&["index", "corpus"]).done().prints("holds 3 articles");
    let first = everything(&room);
    assert_eq!(first.len(), 3);
    let run = room.run(&["index", "corpus"]).done();
    assert_snapshot!(room.same(&run.stdout), @r"
    3 articles from 3 files in `corpus`, in 0.0 s.
      files: 3 unchanged and not read again, 0 read
    The index at `data/newsearch` holds 3 articles:
      formats: markdown 2 · text 1
      published: 1 May 2024 to 2 Dec 2025; 1 without a date
    ");
    assert_eq!(everything(&room), first);
    room.run(&["index", "corpus", "--reread"]).done().prints("holds 3 articles").never_prints("unchanged");
    assert_eq!(everything(&room), first);
}

#[test]
fn the_same_files_give_the_same_index_wherever_it_is() {
    let room = three_stories();
    room.run(&["index", "corpus"]).done();
    room.run(&["--index", "other", "index", "corpus"]).done();
    let other = room.run(&["query", "NOT zzzz", "--format", "jsonl", "--index", "other"]).done();
    assert_eq!(other.stdout.lines().collect::<Vec<_>>(), everything(&room));
}

#[test]
fn files_that_are_gone_leave() {
    let room = three_stories();
    room.run(&["index", "corpus"]).done();
    room.remove("mill.txt");
    fs::remove_dir_all(room.path("corpus/sport")).unwrap();
    room.run(&["index", "corpus"]).done().prints("2 gone").prints("holds 1 article:");
    room.run(&["query", "mill"]).nothing();
    assert_eq!(room.headlines(&["NOT zzzz"]), ["Envoys sign the plan"]);
}

#[test]
fn a_changed_file_takes_the_place_of_what_it_was() {
    let room = three_stories();
    room.run(&["index", "corpus"]).done();
    room.write("mill.txt", story("Old mill saved", "Divers saved the mill by the river."));
    room.run(&["index", "corpus"]).done().prints("2 unchanged").prints("holds 3 articles");
    room.run(&["query", "burnt"]).nothing();
    assert_eq!(room.headlines(&["mill"]), ["Old mill saved"]);
}

#[test]
fn a_file_of_the_same_size_is_told_by_its_time() {
    let room = three_stories();
    room.run(&["index", "corpus"]).done();
    room.write("mill.txt", story("New mill burns", "The mill by the river burnt down in the night."));
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(3600);
    fs::File::options().append(true).open(room.path("corpus/mill.txt")).unwrap().set_modified(later).unwrap();
    room.run(&["index", "corpus"]).done().prints("1 read");
    assert_eq!(room.headlines(&["mill"]), ["New mill burns"]);
}

#[test]
fn a_record_that_is_gone_from_its_file_leaves() {
    let room = Newsroom::indexed(&[(
        "feed.jsonl",
        "{\"id\":\"a\",\"headline\":\"First\",\"body\":\"One mill.\"}\n{\"id\":\"b\",\"headline\":\"Second\",\"body\":\"Two mills.\"}\n",
    )]);
    assert_eq!(room.answer(&["mill"]).ids(), ["a", "b"]);
    room.write("feed.jsonl", "{\"id\":\"b\",\"headline\":\"Second\",\"body\":\"Two mills.\"}\n");
    room.run(&["index", "corpus"]).done();
    assert_eq!(room.answer(&["mill"]).ids(), ["b"]);
    room.run(&["show", "a"]).fails();
}

#[test]
fn without_a_path_all_known_folders_are_read_again() {
    let room = three_stories();
    fs::create_dir(room.path("wire")).unwrap();
    fs::write(room.path("wire/a.txt"), story("Wire story", "The wire has it.")).unwrap();
    room.run(&["index", "corpus"]).done();
    room.run(&["index", "wire"]).done().prints("1 article from 1 file in `wire`").prints("holds 4 articles");
    room.write("new.txt", story("New mill", "It is new."));
    fs::write(room.path("wire/b.txt"), story("Another wire", "The wire has more.")).unwrap();
    room.run(&["index"]).done().prints("in `corpus`, `wire`").prints("2 read").prints("holds 6 articles");
}

#[test]
fn several_folders_can_be_given_at_once() {
    let room = three_stories();
    fs::create_dir(room.path("wire")).unwrap();
    fs::write(room.path("wire/mill.txt"), story("Wire story", "A mill on the wire.")).unwrap();
    room.run(&["index", "corpus", "wire"]).done().prints("holds 4 articles");
    let paths: Vec<_> = room.answer(&["mill"]).hits().map(|hit| hit["path"].clone()).collect();
    assert_eq!(paths.len(), 2);
    assert!(
        paths.contains(&room.place("corpus/mill.txt").into())
            && paths.contains(&room.place("wire/mill.txt").into()),
        "{paths:?}"
    );
}

#[test]
fn folders_of_one_name_below_different_roots_are_two() {
    let room = Newsroom::new();
    for paper in ["tribune", "courier"] {
        fs::create_dir_all(room.path(paper).join("2025")).unwrap();
        fs::write(room.path(paper).join("2025/a.txt"), story(paper, "Both papers have a story.")).unwrap();
        room.run(&["index", &format!("{paper}/2025")]).done();
    }
    let mut found = room.headlines(&["story"]);
    found.sort();
    assert_eq!(found, ["courier", "tribune"]);
    fs::remove_dir_all(room.path("tribune/2025")).unwrap();
    fs::create_dir(room.path("tribune/2025")).unwrap();
    room.run(&["index", "--gone"]).done();
    assert_eq!(room.headlines(&["story"]), ["courier"]);
}

#[test]
fn a_folder_inside_a_known_one_is_not_read_twice() {
    let room = three_stories();
    room.run(&["index", "corpus"]).done();
    let before = everything(&room);
    room.run(&["index", "corpus/world"]).done().prints("1 article from 1 file").prints("holds 3 articles");
    room.run(&["index", "corpus/mill.txt"]).done().prints("holds 3 articles");
    room.run(&["index", "corpus", "corpus/sport", "./corpus/../corpus"]).done().prints("holds 3 articles");
    assert_eq!(everything(&room), before);
    room.remove("world/plan.md");
    room.run(&["index", "corpus/world"]).nothing().prints("1 gone").prints("holds 2 articles");
}

#[test]
fn a_folder_around_a_known_one_takes_it_in() {
    let room = three_stories();
    room.run(&["index", "corpus/world"]).done().prints("holds 1 article:");
    room.run(&["index", "corpus/mill.txt"]).done().prints("holds 2 articles");
    room.run(&["index", "corpus"]).done().prints("holds 3 articles");
    let status = room.run(&["status", "--json"]).done().json();
    assert_eq!(status["roots"].as_array().unwrap().len(), 1, "{status}");
    room.run(&["verify"]).done();
}

#[test]
fn a_single_file_is_a_root_too() {
    let room = three_stories();
    room.run(&["index", "corpus/mill.txt"]).done().prints("1 article from 1 file in `corpus/mill.txt`");
    let answer = room.answer(&["mill"]);
    assert_eq!(answer.0["hits"][0]["path"], room.place("corpus/mill.txt"));
    room.write("mill.txt", story("Old mill rebuilt", "It stands again."));
    room.run(&["index"]).done().never_prints("unchanged");
    assert_eq!(room.headlines(&["mill"]), ["Old mill rebuilt"]);
}

#[test]
fn the_index_never_reads_itself() {
    let room = three_stories();
    for _ in 0..2 {
        room.run(&["--index", "corpus/archive-index", "index", "corpus"]).done().prints("from 3 files");
    }
}

#[test]
fn hidden_files_and_descriptions_are_left_alone() {
    let room = three_stories();
    room.write(".git/config.txt", story("Not news", "A mill."));
    room.write(".draft.txt", story("Not yet news", "A mill."));
    room.write("README.md", "# About\n\nA mill.");
    room.run(&["index", "corpus"])
        .done()
        .prints("1 × describes its folder: not an article")
        .prints("holds 3");
    assert_eq!(room.headlines(&["mill"]), ["Old mill burns"]);
}

#[test]
fn the_same_id_in_two_files_loses_neither() {
    let record =
        |text: &str| format!("{{\"id\":\"n-1\",\"headline\":\"{text}\",\"body\":\"The {text} mill.\"}}");
    let room = Newsroom::with(&[("a.json", &record("first")), ("b.json", &record("second"))]);
    let problem =
        "`corpus/b.json` record 1: another article has the id `n-1` too; this one is `n-1~300ad4bb`";
    room.run(&["index", "corpus"]).done().prints(problem).prints("holds 2 articles");
    let mut found = room.headlines(&["mill"]);
    found.sort();
    assert_eq!(found, ["first", "second"]);
    room.run(&["show", "n-1"]).done().prints("The first mill.").prints("The second mill.");
    room.run(&["show", "n-1~300ad4bb"])
        .done()
        .prints("The second mill.")
        .prints("another article has the id `n-1`");
    room.run(&["status", "--problems"]).done().prints(problem);
    // The article that came first keeps its id, whichever of the files is read again.
    room.write("a.json", record("changed"));
    room.run(&["index", "corpus"]).done().prints("1 read").prints("holds 2 articles");
    let mut ids: Vec<String> = room.answer(&["mill"]).ids().into_iter().map(str::to_owned).collect();
    ids.sort();
    assert_eq!(ids, ["n-1", "n-1~300ad4bb"]);
    room.run(&["show", "n-1"]).done().prints("The changed mill.");
}

#[test]
fn the_option_comes_before_the_variable_and_that_before_the_data_folder() {
    let room = three_stories();
    let run = |index: Option<&str>, variable: Option<&str>, words: &[&str]| {
        let mut command = room.newsearch();
        variable.map(|folder| command.env("NEWSEARCH_INDEX", folder));
        index.map(|folder| command.args(["--index", folder]));
        command.args(words);
        Run::of(command)
    };
    run(Some("by option"), Some("by variable"), &["index", "corpus/mill.txt"]).done();
    assert!(room.path("by option/meta.json").exists() && !room.path("by variable").exists());
    run(None, Some("by variable"), &["index", "corpus/world"]).done();
    assert!(room.path("by variable/meta.json").exists() && !room.index().exists());
    run(None, None, &["index", "corpus"]).done().prints("The index at `data/newsearch` holds 3 articles");
    run(None, Some(""), &["status"]).done().prints("articles   3");
    run(None, Some("by variable"), &["status"]).done().prints("articles   1");
    run(Some("by option"), Some("by variable"), &["query", "mill"]).done();
    run(None, Some("by variable"), &["query", "mill"]).nothing();
}

#[cfg(target_os = "linux")]
#[test]
fn the_data_folder_is_where_the_platform_has_it() {
    let room = three_stories();
    let run = |data: Option<&str>, words: &[&str]| {
        let mut command = room.newsearch();
        command.env_remove("XDG_DATA_HOME").args(words);
        data.map(|folder| command.env("XDG_DATA_HOME", folder));
        Run::of(command)
    };
    run(None, &["index", "corpus"]).done().prints("The index at `.local/share/newsearch` holds 3 articles");
    // The standard says that what is no absolute path does not count.
    for nothing in [None, Some(""), Some("relative")] {
        run(nothing, &["query", "mill"]).done();
    }
    let mut homeless = room.newsearch();
    homeless.env_remove("XDG_DATA_HOME").env_remove("HOME").args(["query", "mill"]);
    Run::of(homeless).fails().says("there is no data folder").says("--index DIR");
}

#[test]
fn no_folder_and_no_index_is_said() {
    let room = Newsroom::new();
    room.run(&["index"])
        .fails()
        .says("no index found")
        .says("hint: build one with `newsearch index ./corpus`");
    assert!(!room.index().exists(), "an index was made of nothing");
}

#[test]
fn a_drive_that_is_not_there_is_not_an_archive_that_is_gone() {
    let room = three_stories();
    room.run(&["index", "corpus"]).done();
    fs::rename(room.path("corpus"), room.path("elsewhere")).unwrap();
    room.run(&["index"]).fails().says("cannot read `").says("no such file or folder");
    assert_eq!(everything(&room).len(), 3);
    fs::rename(room.path("elsewhere"), room.path("corpus")).unwrap();
    room.run(&["index"]).done().prints("holds 3 articles");
}

#[test]
fn a_great_many_files_come_in_in_their_order() {
    let room = Newsroom::new();
    for n in 0..1200 {
        room.write(
            format!("{:02}/{n:04}.txt", n % 37),
            story(&format!("Story {n}"), "Same words in each of them."),
        );
    }
    room.run(&["index", "corpus"]).done().prints("1,200 articles from 1,200 files");
    assert_eq!(room.answer(&["same words"]).total(), 1200);
    for n in (0..1200).step_by(3) {
        fs::remove_file(room.path("corpus").join(format!("{:02}/{n:04}.txt", n % 37))).unwrap();
    }
    room.run(&["index", "corpus"]).done().prints("400 gone").prints("holds 800 articles");
    assert_eq!(room.answer(&["same words"]).total(), 800);
    room.run(&["verify"]).done();
}

#[test]
fn an_ignore_file_leaves_out_what_it_names_and_says_so() {
    let room = three_stories();
    room.run(&["index", "corpus"]).done().prints("holds 3 articles");
    room.write(".newsearchignore", "# not ours\nsport/\n*.txt\n!keep.txt\n");
    room.write("keep.txt", story("Kept", "This one stays in the index whatever the others do."));
    let run = room.run(&["index", "corpus"]).done();
    run.prints("holds 2 articles").prints("left out by `sport/` in a `.newsearchignore`");
    assert_eq!(room.headlines(&["path:txt"]), ["Kept"]);
    room.run(&["status", "--problems"])
        .done()
        .prints("`corpus/mill.txt`: left out by `*.txt` in a `.newsearchignore`");
    room.remove(".newsearchignore");
    room.run(&["index", "corpus"]).done().prints("holds 4 articles");
}

#[test]
fn a_map_says_where_the_fields_are_and_is_remembered() {
    let room = Newsroom::new();
    room.write(
        "export.json",
        r#"{"stories_of_the_day": [{"t": {"main": "Mill burns"}, "w": ["It burnt.", "Nobody was hurt."], "who": "Jo Ek", "when": "2024-05-01"}]}"#,
    );
    room.run(&["parse", "corpus"]).nothing();
    let map = "headline=t.main,body=w,author=who,date=when";
    let parsed = room.run(&["parse", "corpus", "--json", "--map", map]).done().json_lines();
    assert_eq!(parsed[0]["headline"], "Mill burns");
    assert_eq!(parsed[0]["body"], "It burnt.\n\nNobody was hurt.");
    assert_eq!((&parsed[0]["authors"][0], &parsed[0]["date"]), (&"Jo Ek".into(), &"2024-05-01".into()));

    room.run(&["index", "corpus"]).nothing().prints("No articles found");
    room.run(&["index", "corpus", "--map", map]).done().prints("holds 1 article:");
    // From now on, without saying it again.
    room.write(
        "more.jsonl",
        "{\"t\": {\"main\": \"Mill stands again\"}, \"w\": \"It was built up.\", \"who\": \"Jo Ek\"}\n",
    );
    room.run(&["index"]).done().prints("1 read").prints("holds 2 articles");
    room.run(&["index", "corpus", "--map", ""]).nothing();
    room.run(&["index", "corpus", "--map", "teaser=x"]).fails().says(
        "`teaser` is no field of an article: there are id, headline, body, author, section, publication, url, date, language",
    );
}

#[test]
fn sections_are_one_desk_however_they_are_spelt() {
    let room = Newsroom::indexed(&[
        ("a.md", &markdown("First", "Ana Sousa", "WORLD", "2025-12-02", "One.")),
        ("b.md", &markdown("Second", "Ana Sousa", "world-news", "2025-12-03", "Two.")),
        ("foreign/c.txt", &story("Third", "A text in a folder that is named after the desk.")),
        ("d.md", &markdown("Other", "Ana Sousa", "Harbour", "2025-12-04", "Three.")),
    ]);
    for section in ["World", "world news", "WORLD-NEWS", "foreign desk", "international"] {
        assert_eq!(room.answer(&["--section", section, "NOT zzz"]).total(), 3, "{section}");
    }
    assert_eq!(room.headlines(&["section:harbour"]), ["Other"]);
    room.run(&["status"]).done().prints("sections   World 3 · Harbour 1");
}

#[test]
fn a_map_that_no_record_fits_is_said_and_can_be_seen_and_taken_back() {
    let room = Newsroom::with(&[
        ("a.jsonl", "{\"head\": \"Mill burns\", \"body\": \"It burnt in the night.\", \"who\": \"Jo Ek\"}\n"),
        ("b.csv", "head,body,who\nMill sold,It was sold for one crown.,Ana Roe\n"),
    ]);
    let said = "no record that was read has what `--map` says:";
    let run = room.run(&["index", "corpus", "--map", "headline=nope,author=who,section=desk"]).done();
    run.prints(&format!("{said} `headline=nope`"))
        .prints(&format!("{said} `section=desk`"))
        .never_prints("author=who");
    room.run(&["status"]).done().prints("fields by --map headline=nope,author=who,section=desk");
    let status = room.run(&["status", "--json"]).done().json();
    assert_eq!(status["roots"][0]["maps"][0]["map"], "headline=nope,author=who,section=desk");
    // What is remembered is not said again with each run.
    room.write("c.jsonl", "{\"head\": \"Mill stands\", \"body\": \"It stands again.\"}\n");
    room.run(&["index"]).done().never_prints(said);
    room.run(&["index", "corpus", "--map", "headline=head,author=who"]).done().never_prints(said);
    assert_eq!(room.headlines(&["burnt"]), ["Mill burns"]);
    room.run(&["parse", "corpus/a.jsonl", "--map", "headline=nope"])
        .done()
        .says(&format!("{said} `headline=nope`"));
    room.run(&["index", "corpus", "--map", ""]).done();
    room.run(&["status"]).done().never_prints("fields by --map");
}

#[cfg(unix)]
#[test]
fn a_link_into_another_root_is_read_where_it_ends() {
    use std::os::unix::fs::symlink;
    let room = Newsroom::with(&[
        ("local/mill.txt", &story("Old mill burns", "The mill burnt down in the night.")),
        ("world/truce.txt", &story("Truce signed", "The truce was signed at the mill.")),
    ]);
    fs::create_dir(room.path("elsewhere")).unwrap();
    fs::write(room.path("elsewhere/tram.txt"), story("Tram late", "The tram stood at the mill.")).unwrap();
    symlink("../world", room.path("corpus/local/loop")).unwrap();
    symlink("../world/truce.txt", room.path("corpus/local/truce.txt")).unwrap();
    symlink("../../elsewhere", room.path("corpus/local/more")).unwrap();
    room.run(&["index", "corpus/local", "corpus/world"])
        .done()
        .prints("3 articles from 3 files")
        .prints("2 left out")
        .never_prints("doubtful");
    room.run(&["status", "--problems"]).done().prints("corpus/world`, which is read where it is");
    // Where that is no root, the link is all there is.
    room.run(&["forget", "corpus/world"]).done();
    room.run(&["index"]).done().prints("holds 4 articles");
    assert_eq!(room.answer(&["truce", "--copies", "all"]).total(), 2);
}

#[test]
fn a_dry_run_knows_by_name_what_is_no_article() {
    let room = Newsroom::with(&[
        ("a.txt", &story("Old mill burns", "It burnt down.")),
        ("photo.JPG", "a"),
        ("table.ods.mp3", "b"),
        ("page.pdf", "c"),
    ]);
    room.run(&["index", "corpus", "--dry-run"])
        .done()
        .prints("left out corpus/photo.JPG: not an article format: `.jpg` picture")
        .prints("Would read 2 files (2 new, 0 changed;")
        .prints("2 left out by their names");
    let json = room.run(&["index", "corpus", "--dry-run", "--json"]).done().json();
    assert_eq!(json["left_out"].as_array().unwrap().len(), 2);
}

#[test]
fn a_part_of_a_root_is_left_out_by_a_file_there() {
    let room = Newsroom::indexed(&[("world/a.txt", &story("Old mill burns", "It burnt down."))]);
    room.run(&["forget", "corpus/world"]).fails().says(".newsearchignore").says("write `world` into");
}
