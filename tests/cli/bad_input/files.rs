//! Files and folders that cannot be read, or not as they pretend.

use std::fs::{self, File};
use std::io::Write as _;
use std::time::{Duration, Instant};

use super::skipped;
use crate::harness::{Newsroom, Run, story};

const MILL: &str = "The mill by the river burnt down in the night, and nobody knows why.";

/// The good article that must be found whatever else is there.
fn room() -> Newsroom {
    Newsroom::with(&[("good.txt", &story("Old mill burns", MILL))])
}

/// Indexes the corpus, in which the good article must be, and returns what it says.
#[track_caller]
fn index(room: &Newsroom) -> Run {
    let run = room.run(&["index", "corpus"]).done();
    assert!(
        room.headlines(&["mill"]).contains(&"Old mill burns".to_owned()),
        "the good article is gone\n{run}"
    );
    run
}

#[test]
fn a_path_that_does_not_exist() {
    let room = room();
    let run = room.run(&["index", "corpus", "nowhere"]).fails();
    assert_eq!(run.stderr, "error: cannot read `nowhere`: no such file or folder\n");
    assert!(!room.index().exists());
    room.run(&["index", ""]).fails().says("a value is required for '[PATH]...'");
}

#[test]
fn a_folder_with_nothing_readable() {
    let room = Newsroom::with(&[("empty.txt", ""), ("photo.jpg", "\u{1}\u{2}\u{3}\u{4}")]);
    let run = room.run(&["index", "corpus"]).nothing().prints("No articles found in `corpus` (2 files).");
    run.prints("`corpus/empty.txt`: the file is empty").prints("1 × not an article format: `.jpg` picture");
    room.run(&["query", "mill"]).nothing().prints("searched 0 articles; 1 file could not be read");
}

/// Runs commands that permissions bind, with an index that they may write; says why not where there is no way
/// to that.
#[cfg(unix)]
fn restricted(room: &Newsroom) -> Option<impl Fn(&[&str]) -> Run> {
    super::bound_by_permissions(room)?;
    fs::create_dir(room.path("shared")).unwrap();
    permit(room, "shared", 0o777);
    Some(|words: &[&str]| {
        let mut command = super::bound_by_permissions(room).unwrap();
        command.args(["--index", "shared/index"]).args(words);
        Run::of(command)
    })
}

#[cfg(unix)]
fn permit(room: &Newsroom, name: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(room.path(name), fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_file_and_a_folder_without_permission() {
    let room = room();
    room.write("secret.txt", story("Secret", "A secret mill."));
    room.write("archive/old.txt", story("Old", "An archived mill."));
    let Some(run) = restricted(&room) else { return skipped("permissions do not bind here") };
    permit(&room, "corpus/secret.txt", 0o000);
    permit(&room, "corpus/archive", 0o000);
    let indexed = run(&["index", "corpus"]);
    let parsed = run(&["parse", "corpus"]);
    let alone = run(&["parse", "corpus/secret.txt"]);
    permit(&room, "corpus/archive", 0o755);
    let indexed = indexed.done().prints("2 could not be read:").prints("holds 1 article:");
    let indexed = indexed.prints("`corpus/archive`: cannot be opened: permission denied");
    indexed.prints("`corpus/secret.txt`: cannot be opened: permission denied");
    parsed
        .done()
        .prints("Old mill burns")
        .says("problem: `corpus/secret.txt`: cannot be opened: permission denied");
    alone.nothing().says("permission denied");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_looked_into_any_more_is_not_gone() {
    let room = room();
    room.write("secret.txt", story("Secret", "A secret mill."));
    room.write("archive/old.txt", story("Old", "An archived mill."));
    let Some(run) = restricted(&room) else { return skipped("permissions do not bind here") };
    run(&["index", "corpus"]).done().prints("holds 3 articles");
    permit(&room, "corpus/secret.txt", 0o000);
    permit(&room, "corpus/archive", 0o000);
    let again = run(&["index", "corpus", "--reread"]);
    let found = run(&["query", "mill"]);
    permit(&room, "corpus/archive", 0o755);
    let again = again.done().prints("`corpus/archive`: cannot be opened: permission denied");
    let again = again
        .prints("`corpus/secret.txt`: cannot be opened, and what it held before stays: permission denied");
    again.prints("holds 3 articles");
    found.done().prints("3 articles");
    permit(&room, "corpus/secret.txt", 0o644);
    run(&["index", "corpus"]).done().prints("holds 3 articles").never_prints("could not be read");
}

#[cfg(unix)]
#[test]
fn links_to_nothing_pipes_and_sockets() {
    let room = room();
    std::os::unix::fs::symlink("nowhere", room.path("corpus/dangling.txt")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(room.path("corpus/socket.txt")).unwrap();
    let has_pipe =
        room.in_home("mkfifo").arg("corpus/pipe.txt").status().is_ok_and(|status| status.success());
    let run = index(&room).prints("`corpus/dangling.txt`: a symbolic link to nothing");
    let times = if has_pipe { 2 } else { 1 };
    run.prints(&format!("{times} × not a regular file"));
}

#[cfg(unix)]
#[test]
fn a_loop_of_symbolic_links() {
    let room = room();
    room.write("a/b/other.txt", story("Other", "Another mill."));
    std::os::unix::fs::symlink(room.path("corpus/a"), room.path("corpus/a/b/back")).unwrap();
    std::os::unix::fs::symlink(room.path("corpus"), room.path("corpus/top")).unwrap();
    std::os::unix::fs::symlink("self", room.path("corpus/self")).unwrap();
    index(&room).prints("2 articles from 2 files").prints("a symbolic link");
    assert_eq!(room.answer(&["mill"]).total(), 2);
}

#[test]
fn an_empty_file() {
    let room = room();
    room.write("empty.txt", "");
    room.write("blank.html", " \r\n\t\n");
    room.write("mark.txt", "\u{feff}");
    let run = index(&room).prints("3 could not be read:").prints("`corpus/empty.txt`: the file is empty");
    run.prints("`corpus/blank.html`: the file is empty").prints("`corpus/mark.txt`: the file is empty");
}

#[test]
fn a_binary_file_whatever_its_name() {
    let room = room();
    let noise: Vec<u8> = (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for name in ["noise.txt", "noise.html", "noise.json", "noise"] {
        room.write(name, &noise);
    }
    room.write("zeros.md", [0; 5000]);
    index(&room).prints("left out:").prints("binary file").prints("holds 1 article:");
}

#[test]
fn a_file_of_half_a_gigabyte() {
    let room = room();
    let sparse = |name: &str, start: &str, bytes: u64| {
        let mut file = File::create(room.path("corpus").join(name)).unwrap();
        file.write_all(start.as_bytes()).unwrap();
        file.set_len(bytes).unwrap();
    };
    let half_a_gigabyte = 512 << 20;
    sparse("nothing.txt", "", half_a_gigabyte);
    // Long enough to be taken for text by its beginning.
    let start = "The flood rises in the valley, it is said.\n".repeat(3000);
    sparse("text.txt", &start, half_a_gigabyte);
    sparse("page.html", &format!("<html><body><p>{start}"), half_a_gigabyte);
    let line = format!("{{\"body\":\"{}", start.replace('\n', " "));
    sparse("feed.jsonl", &format!("{{\"headline\":\"First\",\"body\":\"A flood.\"}}\n{line}"), 80 << 20);
    index(&room);
    let run = room.run(&["status", "--problems"]).done();
    run.prints("`corpus/text.txt`: 0.5 GB of text in one article: the limit is 64 MB")
        .prints("`corpus/page.html`: 0.5 GB of text in one article")
        .prints("`corpus/feed.jsonl` record 2: 80 MB of text in one article")
        .prints("`corpus/nothing.txt`: no text inside: damaged, or another file by that name");
    assert_eq!(room.headlines(&["flood"]), ["First"]);
}

#[test]
fn an_article_of_50_megabytes() {
    let room = room();
    let filler = "The flood rises in the valley, it is said, and nobody knows for how long it will.\n\n";
    let body = filler.repeat((50 << 20) / filler.len()) + "At the very end a heron stood on the weir.\n";
    room.write("long.txt", story("A long night", &body));
    index(&room).prints("holds 2 articles").never_prints("could not be read");
    let answer = room.answer(&["heron weir"]);
    assert_eq!(answer.0["hits"][0]["headline"], "A long night");
    let shown = room.run(&["show", answer.ids()[0]]).done().stdout;
    assert!(shown.len() >= body.len() && shown.ends_with("At the very end a heron stood on the weir.\n"));
}

#[test]
fn bytes_that_are_not_utf_8() {
    let room = room();
    let mut bytes = story(
        "Örebro läuft über",
        "Die Flut in Örebro, Malmö und Göteborg steigt, sagt Åsa über den Mühlbach.",
    )
    .into_bytes();
    bytes.extend(b"\n\nThe end \xff\xfe\xc3 of it.\n");
    room.write("broken.txt", bytes);
    index(&room).prints("`corpus/broken.txt` record 1: bytes that mean nothing in UTF-8 stand as `\u{fffd}`");
    assert_eq!(room.headlines(&["Örebro Mühlbach"]), ["Örebro läuft über"]);
}

#[test]
fn utf_16_and_windows_1252() {
    let room = room();
    let text = story(
        "Brücke gesperrt",
        "Die Brücke über den Fluß ist „zu gefährlich“, sagte die Bürgermeisterin – am Montag.",
    );
    let sixteen = |big: bool| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    room.write("little.txt", sixteen(false));
    room.write("big.txt", sixteen(true));
    room.write("no-mark.txt", &sixteen(false)[2..]);
    let windows: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '„' => 0x84,
            '“' => 0x93,
            '–' => 0x96,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    room.write("windows.txt", windows);
    index(&room).never_prints("doubtful").never_prints("could not be read");
    let found = room.answer(&["\"über den Fluß ist zu gefährlich\""]);
    assert_eq!(found.total(), 4);
    assert!(found.hits().all(|hit| hit["headline"] == "Brücke gesperrt"), "{:?}", found.0);
}

#[test]
fn html_nested_a_hundred_thousand_deep() {
    let room = room();
    let depth = 100_000;
    for tag in ["div", "b", "table><tr><td", "ul><li", "p"] {
        let name = tag.split('>').next().unwrap();
        let text = format!(
            "<html><head><title>Deep {name}</title></head><body>{}<p>{MILL}</p>",
            format!("<{tag}>").repeat(depth)
        );
        room.write(format!("open-{name}.html"), &text);
        room.write(format!("closed-{name}.html"), text + &format!("</{name}>").repeat(depth));
    }
    let start = Instant::now();
    index(&room).prints("from 11 files");
    // It takes a second or so; what grows with the square of the depth takes many minutes.
    assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
}

#[test]
fn json_nested_a_hundred_thousand_deep() {
    let room = room();
    room.write("deep.json", format!("{{\"body\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000)));
    room.write("objects.jsonl", "{\"a\":".repeat(100_000));
    room.write("front.md", format!("---\ntitle: {}\n---\n\nA story.\n", "[".repeat(100_000)));
    index(&room).prints("`corpus/deep.json`");
}

#[test]
fn json_cut_in_half() {
    let room = room();
    let whole = "[{\"headline\":\"First\",\"body\":\"One flood.\"},{\"headline\":\"Second\",\"body\":\"Two floods.\"}]";
    room.write("half.json", &whole[..whole.len() - 15]);
    room.write("start.json", "{\"headline\": \"Only a sta");
    let run = index(&room).prints("`corpus/half.json` record 2: not valid JSON: it ends in the middle");
    run.prints("`corpus/start.json`: not valid JSON: it ends in the middle");
    assert_eq!(room.headlines(&["flood"]), ["First"]);
}

#[test]
fn one_bad_line_among_good_ones() {
    let room = room();
    let line =
        |n: usize| format!("{{\"id\":\"f-{n}\",\"headline\":\"Flood {n}\",\"body\":\"The flood rises.\"}}\n");
    let lines: Vec<String> =
        (1..=9).map(|n| if n == 5 { "{\"id\":\"f-5\",\n".to_owned() } else { line(n) }).collect();
    room.write("feed.jsonl", lines.concat());
    index(&room).prints("`corpus/feed.jsonl` record 5: not valid JSON").prints("1 could not be read");
    assert_eq!(room.answer(&["flood"]).total(), 8);
    room.run(&["show", "f-9"]).done();
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_not_utf_8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let room = room();
    for (name, text) in
        [(&b"caf\xe9.txt"[..], "A mill in a caf\u{e9}."), (&b"caf\xea.txt"[..], "A mill in another.")]
    {
        room.write(OsStr::from_bytes(name), story("Caf\u{e9}", text));
    }
    room.write(OsStr::from_bytes(b"f\xf6lder/x.txt"), story("Folder", "A mill in a folder."));
    index(&room).prints("holds 4 articles").never_prints("could not be read");
    let found = room.answer(&["mill"]);
    let mut paths: Vec<&str> = found.hits().map(|hit| hit["path"].as_str().unwrap()).collect();
    paths.sort_unstable();
    let ids: std::collections::BTreeSet<&str> = found.ids().into_iter().collect();
    assert_eq!(ids.len(), 4, "articles share an id: {paths:?}");
    assert_eq!(
        paths,
        room.places([
            "corpus/caf\\xe9.txt",
            "corpus/caf\\xea.txt",
            "corpus/f\\xf6lder/x.txt",
            "corpus/good.txt"
        ])
    );
    // They are files like any other: unchanged, and gone.
    room.run(&["index"]).done().prints("4 unchanged");
    fs::remove_file(room.path("corpus").join(OsStr::from_bytes(b"caf\xea.txt"))).unwrap();
    room.run(&["index"]).done().prints("holds 3 articles");
    // A path on the command line need not be UTF-8 either.
    let mut command = room.newsearch();
    command.arg("parse").arg(room.path("corpus").join(OsStr::from_bytes(b"caf\xe9.txt")));
    Run::of(command).done().prints("A mill in a caf\u{e9}.");
}

#[test]
fn a_file_that_vanishes_between_two_runs_is_no_problem() {
    let room = room();
    room.write("bad.txt", "");
    index(&room).prints("1 could not be read");
    room.remove("bad.txt");
    index(&room).never_prints("could not be read").prints("1 gone");
}

#[test]
fn nothing_of_an_archive_is_left_out_silently() {
    let room = Newsroom::new();
    let mut archive = tar::Builder::new(Vec::new());
    for (name, headline) in [(".draft.txt", "Draft"), ("a.txt", "Mill burns"), ("a.txt", "Mill burns down")] {
        let text = story(headline, "The mill by the river in Harrow burnt.");
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    archive.append_link(&mut header, "b.txt", "a.txt").unwrap();
    room.write("old.tar", archive.into_inner().unwrap());
    room.run(&["index", "corpus"]).done().prints("2 articles from 1 file");
    let status = room.run(&["status", "--problems"]).done().prints("left out (2)");
    status
        .prints("`corpus/old.tar!/.draft.txt`: hidden")
        .prints("`corpus/old.tar!/b.txt`: a symbolic link to `a.txt`");
    let answer = room.answer(&["harrow"]);
    let mut paths: Vec<&str> = answer.hits().map(|hit| hit["path"].as_str().unwrap()).collect();
    paths.sort_unstable();
    assert_eq!(paths, room.places(["corpus/old.tar!/a.txt", "corpus/old.tar!/a.txt~2"]));
}
