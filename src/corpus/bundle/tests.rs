#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::corpus::walk;
use crate::corpus::{Outcome, chunks, read};
use std::io::Write;

/// What is read from a file of these bytes: `path: headline` or `path: message`.
fn found(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let source = Arc::new(walk(folder.path()).next().unwrap().unwrap());
    let below = |path: &str| path.rsplit_once(name).map(|(_, rest)| rest.to_string()).unwrap_or_default();
    chunks(&source)
        .flat_map(|chunk| chunk.map_or_else(|p| vec![Outcome::Problem(p)], |chunk| read(&chunk)))
        .map(|outcome| match outcome {
            Outcome::Article(article) => format!("{} {}", below(&article.path), article.headline),
            Outcome::Problem(problem) => format!("{} {}", below(&problem.path), problem.message),
        })
        .map(|line| line.trim().to_string())
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mtime(1_764_684_300);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const STORY: &[u8] = b"Bridge closed\n\nThe bridge over the Ruska was closed on Monday.\n";
const LINES: &[u8] = b"{\"title\":\"A\",\"body\":\"a\"}\n{\"title\":\"B\",\"body\":\"b\"}\n";

#[test]
fn compressed_files_are_read_as_what_they_are() {
    assert_eq!(found("a.txt.gz", &gzip(STORY)), ["Bridge closed"]);
    assert_eq!(found("a.jsonl.gz", &[gzip(LINES), gzip(LINES)].concat()), ["A", "B", "A", "B"]);
    assert_eq!(found("a.jsonl.zst", &zstd::encode_all(LINES, 3).unwrap()), ["A", "B"]);
}

#[test]
fn members_are_read_with_their_paths() {
    let members: &[(&str, &[u8])] =
        &[("2019/a.txt", STORY), ("b.jsonl", LINES), (".hidden/c.txt", STORY), ("p.jpg", b"\xff\xd8\xff")];
    let expected = [
        "!/2019/a.txt Bridge closed",
        "!/b.jsonl A",
        "!/b.jsonl B",
        "!/p.jpg not an article format: `.jpg` picture",
        "!/.hidden/c.txt hidden",
    ];
    assert_eq!(found("a.zip", &zip(members)), expected);
    assert_eq!(found("a.tar", &tar(members)), expected);
    assert_eq!(found("a.tar.gz", &gzip(&tar(members))), expected);
}

#[test]
fn web_archives_are_read_page_by_page() {
    let page =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><h1>Bridge closed</h1><p>Text.</html>";
    let record = |kind: &str| {
        let head = "WARC/1.0\r\nWARC-Target-URI: http://x.example/1\r\nWARC-Date: 2025-12-02T14:05:00Z\r\n";
        format!("{head}WARC-Type: {kind}\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n", page.len())
            .into_bytes()
    };
    let bytes = [gzip(&record("response")), gzip(&record("request"))].concat();
    let read = found("a.warc.gz", &bytes);
    assert_eq!(read.len(), 2, "{read:?}");
    assert!(read.first().unwrap().starts_with("!/http://x.example/1 "), "{read:?}");
    assert_eq!(read.last().unwrap(), "1 of its records hold no page: requests, pictures, repeated pages");
}

/// A message with one file attached.
fn mail(name: &str, bytes: &[u8]) -> Vec<u8> {
    let hex: String = bytes.iter().map(|b| format!("={b:02X}")).collect();
    let lines: Vec<&str> =
        hex.as_bytes().chunks(72).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    format!(
        "From: Ana Sousa <ana@x.example>\nSubject: The story\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
         --b\n\nThe story is attached.\n--b\nContent-Type: application/octet-stream; name=\"{name}\"\n\
         Content-Transfer-Encoding: quoted-printable\n\n{}\n--b--\n\n",
        lines.join("=\n")
    )
    .into_bytes()
}

#[test]
fn what_is_attached_to_mail_is_read_too() {
    assert_eq!(found("a.eml", &mail("b.txt", STORY)), ["The story", "!/b.txt Bridge closed"]);
    let inner = zip(&[("b.txt", STORY)]);
    assert_eq!(found("a.eml", &mail("b.zip", &inner)), ["The story", "!/b.zip!/b.txt Bridge closed"]);
    let from = |n: u32| format!("From a@x.example Tue Dec  2 14:0{n}:00 2025\n").into_bytes();
    let mailbox = [from(1), mail("b.txt", STORY), from(2), mail("b.txt", STORY)].concat();
    assert_eq!(
        found("a.mbox", &mailbox),
        ["The story", "The story", "!/1/b.txt Bridge closed", "!/2/b.txt Bridge closed"]
    );
    let mut deep = mail("b.txt", STORY);
    for _ in 0..6 {
        deep = mail("in.eml", &deep);
    }
    assert_eq!(
        found("a.eml", &deep),
        [
            "The story",
            "!/in.eml The story",
            "!/in.eml!/in.eml The story",
            "!/in.eml!/in.eml!/in.eml The story",
            "!/in.eml!/in.eml!/in.eml!/in.eml archives in archives are opened 3 deep"
        ]
    );
}

#[test]
fn a_document_in_an_archive_is_no_archive() {
    let text = b"<w:document><w:body><w:p><w:r><w:t>Bridge closed</w:t></w:r></w:p><w:p><w:r><w:t>It is.</w:t></w:r></w:p></w:body>";
    let document = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", text)]);
    assert_eq!(found("a.docx", &document), ["Bridge closed"]);
    assert_eq!(found("a.zip", &zip(&[("b.docx", &document)])), ["!/b.docx Bridge closed"]);
}

#[test]
fn archives_in_archives_are_opened_but_not_for_ever() {
    let inner = zip(&[("a.txt", STORY)]);
    assert_eq!(found("a.zip", &zip(&[("in.zip", &inner)])), ["!/in.zip!/a.txt Bridge closed"]);
    let mut deep = STORY.to_vec();
    for _ in 0..6 {
        deep = gzip(&deep);
    }
    assert_eq!(found("a.gz", &deep), ["archives in archives are opened 3 deep"]);
}

#[test]
fn bombs_are_defused() {
    let bomb = gzip(&gzip(&vec![b'\n'; 80 << 20]));
    assert!(bomb.len() < 10_000);
    let found = found("a.txt.gz", &bomb);
    assert_eq!(found.len(), 1);
    assert!(
        found.first().unwrap().contains("400 times its size") || found.first().unwrap().contains("empty"),
        "{found:?}"
    );
}

#[test]
fn a_damaged_archive_gives_what_can_be_had() {
    let mut cut = gzip(&LINES.repeat(50_000));
    cut.truncate(cut.len() / 2);
    let read = found("a.jsonl.gz", &cut);
    assert!(
        read.last().unwrap().starts_with("cannot be read") || read.last().unwrap().contains("breaks off"),
        "{:?}",
        read.last()
    );
    let mut archive = tar(&[("a.txt", STORY), ("b.txt", STORY)]);
    archive.truncate(1100);
    let read = found("a.tar", &archive);
    assert_eq!(read.first().unwrap(), "!/a.txt Bridge closed");
    assert!(read.len() == 2, "{read:?}");
    assert!(
        found("a.zip", b"PK\x03\x04 and then nothing")
            .first()
            .unwrap()
            .starts_with("the archive cannot be read")
    );
}

#[test]
fn nobody_has_to_read_to_the_end() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.jsonl.gz"), gzip(&LINES.repeat(200_000))).unwrap();
    let source = Arc::new(walk(folder.path()).next().unwrap().unwrap());
    assert!(chunks(&source).next().unwrap().is_ok());
}

/// One member of a `tar` file, of any kind.
fn tar_member(name: &[u8], kind: EntryType, end: &[u8], bytes: &[u8], time: u64) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_mtime(time);
    header.set_mode(0o644);
    let fields = header.as_old_mut();
    fields.name[..name.len()].copy_from_slice(name);
    fields.linkname[..end.len()].copy_from_slice(end);
    header.set_cksum();
    let padding = vec![0; bytes.len().next_multiple_of(512) - bytes.len()];
    [&header.as_bytes()[..], bytes, &padding].concat()
}

const TIME: u64 = 1_764_684_300;

#[test]
fn every_member_of_a_tar_file_is_read_or_told() {
    let file = |name: &[u8]| tar_member(name, EntryType::Regular, b"", STORY, TIME);
    let of = |name: &[u8], kind, end: &[u8]| tar_member(name, kind, end, b"", TIME);
    let members = [
        of(b"2019/", EntryType::Directory, b""),
        of(b"folder.txt", EntryType::Directory, b""),
        of(b"old/", EntryType::Regular, b""),
        file(b"2019/a.txt"),
        file(b"2019/a.txt"),
        file(b"2019/a.txt"),
        file(b"../../up.txt"),
        file(b"/etc/abs.txt"),
        file(b"na\xefve\n.txt"),
        tar_member(b"dir.txt", EntryType::Directory, b"", STORY, TIME),
        tar_member(b"fast.txt", EntryType::Continuous, b"", STORY, TIME),
        tar_member(b"odd.txt", EntryType::new(b'Q'), b"", STORY, TIME),
        of(b"label", EntryType::new(b'V'), b""),
        file(b".f.txt"),
        file(b".git/b.txt"),
        file(b"__MACOSX/._a.txt"),
        of(b"again.txt", EntryType::Link, b"./2019/a.txt"),
        of(b"lost.txt", EntryType::Link, b"elsewhere.txt"),
        of(b"soft.txt", EntryType::Symlink, b"2019/a.txt"),
        of(b"fifo.txt", EntryType::Fifo, b""),
        of(b"chr.txt", EntryType::Char, b""),
        of(b"blk.txt", EntryType::Block, b""),
    ];
    let expected = [
        "!/2019/a.txt Bridge closed",
        "!/2019/a.txt~2 Bridge closed",
        "!/2019/a.txt~3 Bridge closed",
        "!/up.txt Bridge closed",
        "!/etc/abs.txt Bridge closed",
        "!/na\\xefve\\x0a.txt Bridge closed",
        "!/dir.txt Bridge closed",
        "!/fast.txt Bridge closed",
        "!/odd.txt Bridge closed",
        "hidden: 2 members, the first is `.f.txt`",
        "!/__MACOSX/._a.txt left behind by a system or tool",
        "!/again.txt a hard link to `2019/a.txt`, which is read where it is",
        "!/lost.txt a hard link to what is not read: `elsewhere.txt`",
        "!/soft.txt a symbolic link to `2019/a.txt`",
        "not a regular file: 3 members, the first is `fifo.txt`",
    ];
    let bytes = [&members.concat()[..], &[0; 1024]].concat();
    assert_eq!(found("a.tar", &bytes), expected);
    assert_eq!(found("a.tar.gz", &gzip(&bytes)), expected);
    let nested: Vec<String> = expected
        .iter()
        .map(|line| if line.starts_with("!/") { format!("!/b.tar{line}") } else { format!("!/b.tar {line}") })
        .collect();
    assert_eq!(found("a.zip", &zip(&[("b.tar", &bytes)])), nested);
    let twice = [&bytes[..], &tar(&[("behind.txt", STORY)])].concat();
    assert_eq!(found("a.tar", &twice).iter().filter(|line| *line == "!/behind.txt Bridge closed").count(), 1);
}

/// A member of a `zip` file: name, mode, date and time, content.
type ZipMember<'m> = (&'m [u8], u32, (u16, u16), &'m [u8]);

/// A `zip` file as it is on the disk, of members with whatever name, mode and time.
fn raw_zip(members: &[ZipMember<'_>]) -> Vec<u8> {
    let (mut front, mut directory) = (Vec::new(), Vec::new());
    for (name, mode, (date, time), bytes) in members {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let (offset, size) = (front.len() as u32, (bytes.len() as u32).to_le_bytes());
        let common = [
            &[20, 0, 0, 0, 0, 0][..],
            &time.to_le_bytes(),
            &date.to_le_bytes(),
            &crc.sum().to_le_bytes(),
            &size,
            &size,
            &(name.len() as u16).to_le_bytes(),
            &[0, 0],
        ]
        .concat();
        front.extend([b"PK\x03\x04", &common[..], name, bytes].concat());
        let mode = (mode << 16).to_le_bytes();
        directory.extend(
            [b"PK\x01\x02\x14\x03", &common[..], &[0; 6], &mode, &offset.to_le_bytes(), name].concat(),
        );
    }
    let (count, start) = ((members.len() as u16).to_le_bytes(), (front.len() as u32).to_le_bytes());
    let size = (directory.len() as u32).to_le_bytes();
    [&front[..], &directory, b"PK\x05\x06\0\0\0\0", &count, &count, &size, &start, &[0, 0]].concat()
}

const FILE: u32 = 0o100_644;
const SOME_DAY: (u16, u16) = (0x5b82, 0x7480);

#[test]
fn every_member_of_a_zip_file_is_read_or_told() {
    let file = |name: &'static [u8]| (name, FILE, SOME_DAY, STORY);
    let bytes = raw_zip(&[
        (b"2019/", 0o040_755, SOME_DAY, b""),
        (b"folder.txt", 0o040_755, SOME_DAY, b""),
        file(b"a.txt"),
        file(b"a.txt~2"),
        file(b"a.txt"),
        file(b"../../up.txt"),
        file(b"..\\..\\windows.txt"),
        file(b"/tmp/abs.txt"),
        file(b"dir.txt/"),
        file(b".f.txt"),
        file(b"c/.f.txt"),
        file(b"b/desktop.ini"),
        (b"soft.txt", 0o120_777, SOME_DAY, b"a.txt"),
        (b"fifo.txt", 0o010_644, SOME_DAY, b""),
    ]);
    assert_eq!(
        found("a.zip", &bytes),
        [
            "!/a.txt Bridge closed",
            "!/a.txt~2 Bridge closed",
            "!/a.txt~3 Bridge closed",
            "!/up.txt Bridge closed",
            "!/windows.txt Bridge closed",
            "!/tmp/abs.txt Bridge closed",
            "!/dir.txt Bridge closed",
            "hidden: 2 members, the first is `.f.txt`",
            "!/b/desktop.ini left behind by a system or tool",
            "!/soft.txt a symbolic link",
            "!/fifo.txt not a regular file",
        ]
    );
    // Without its directory, the same, but for what only that says: which are links.
    let cut = bytes.get(..memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap()).unwrap();
    let read = found("a.zip", cut);
    assert_eq!(read.iter().filter(|line| line.ends_with("Bridge closed")).count(), 7, "{read:?}");
    assert!(read.iter().any(|line| line.starts_with("hidden: 2 members")), "{read:?}");
}

#[test]
fn what_many_members_have_in_common_is_said_once() {
    let members: Vec<(Vec<u8>, Vec<u8>)> =
        (0..500).map(|n| (format!("._{n}.txt").into_bytes(), STORY.to_vec())).collect();
    let members: Vec<_> = members.iter().map(|(n, b)| (&n[..], FILE, SOME_DAY, &b[..])).collect();
    assert_eq!(found("a.zip", &raw_zip(&members)), ["hidden: 500 members, the first is `._0.txt`"]);
    let same: Vec<_> = (0..3000).map(|_| (&b"a.txt"[..], FILE, SOME_DAY, STORY)).collect();
    assert_eq!(found("a.zip", &raw_zip(&same)).last().unwrap(), "!/a.txt~3000 Bridge closed");
    let mut overlapping = raw_zip(&[(b"a.txt", FILE, SOME_DAY, STORY), (b"b.txt", FILE, SOME_DAY, STORY)]);
    let second = memchr::memmem::rfind(&overlapping, b"PK\x01\x02").unwrap();
    overlapping[second + 42..second + 46].fill(0);
    let told = ["!/a.txt Bridge closed", "!/b.txt the bytes of a member before it"];
    assert_eq!(found("a.zip", &overlapping), told);
    let mut locked = raw_zip(&[(b"a.txt", FILE, SOME_DAY, STORY), (b"b.txt", FILE, SOME_DAY, STORY)]);
    let places: Vec<usize> = memchr::memmem::find_iter(&locked, b"PK\x01\x02").collect();
    places.iter().for_each(|at| locked[at + 8] |= 1);
    let told = found("a.zip", &locked);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told.first().unwrap().ends_with("2 members, the first is `a.txt`"), "{told:?}");
}

#[test]
fn what_decorates_mail_is_told_and_hidden_attachments_too() {
    let with = |names: &[&str]| {
        let part = |name: &&str| {
            let kind = if name.ends_with("png") { "image/png" } else { "application/octet-stream" };
            format!(
                "--b\nContent-Type: {kind}; name=\"{name}\"\n\nBridge closed\n\nIt was closed on Monday.\n"
            )
        };
        let parts: String = names.iter().map(part).collect();
        format!(
            "From: Ana Sousa <ana@x.example>\nSubject: The story\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThe story is attached.\n{parts}--b--\n"
        )
    };
    let picture = "a picture, a sound or a signature attached to mail";
    assert_eq!(
        found("a.eml", with(&["logo.png", ".b.txt", "c.txt"]).as_bytes()),
        [
            "The story".to_string(),
            "!/c.txt Bridge closed".to_string(),
            format!("!/logo.png {picture}"),
            "!/.b.txt hidden".to_string()
        ]
    );
    let from = "From ana@x.example Tue Dec  2 14:05:00 2025\n";
    let message = with(&["logo.png"]);
    let mailbox = format!("{from}{message}\n{from}{message}");
    let told = format!("{picture}: 2 members, the first is `1/logo.png`");
    assert_eq!(found("a.mbox", mailbox.as_bytes()), ["The story", "The story", told.as_str()]);
}

/// What day the articles of a file are of.
fn days(name: &str, bytes: &[u8]) -> Vec<Option<String>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let source = Arc::new(walk(folder.path()).next().unwrap().unwrap());
    let day = |outcome| match outcome {
        Outcome::Article(article) => article.date.map(|date| date.day.to_string()),
        Outcome::Problem(problem) => panic!("{problem}"),
    };
    chunks(&source).flat_map(|chunk| read(&chunk.unwrap())).map(day).collect()
}

#[test]
fn a_members_time_that_was_only_set_bounds_nothing_and_counts_nothing() {
    let dated = b"Bridge closed\n2 December 2025\n\nThe bridge over the Ruska was closed on Monday.\n";
    let ago = b"Bridge closed\nLast update: 2 days ago\n\nThe bridge over the Ruska was closed on Monday.\n";
    let of = |time| {
        let members = [
            tar_member(b"a.txt", EntryType::Regular, b"", dated, time),
            tar_member(b"b.txt", EntryType::Regular, b"", ago, time),
        ];
        [&members.concat()[..], &[0; 1024]].concat()
    };
    let day = || Some("2025-12-02".to_string());
    for time in [0, 1, 315_532_800, 499_162_500, 978_307_200, 9_999_999_999] {
        assert_eq!(days("a.tar", &of(time)), [day(), None], "{time}");
        assert_eq!(days("a.tar.gz", &gzip(&of(time))), [day(), None], "{time}");
    }
    // Before what the text says of itself.
    assert_eq!(days("a.tar", &of(1_700_000_000)), [day(), Some("2023-11-12".to_string())]);
    assert_eq!(days("a.tar", &of(TIME)), [day(), Some("2025-11-30".to_string())]);
    let unset = (0x0021, 0);
    let zipped = raw_zip(&[(b"a.txt", FILE, unset, dated), (b"b.txt", FILE, unset, ago)]);
    assert_eq!(days("a.zip", &zipped), [day(), None]);
    // Packed at one moment, whichever it was; the one that has another has its own.
    let members: Vec<ZipMember<'_>> = vec![
        (b"a.txt", FILE, SOME_DAY, ago),
        (b"b.txt", FILE, SOME_DAY, ago),
        (b"c.txt", FILE, SOME_DAY, ago),
        (b"d.txt", FILE, (0x5b83, 0), ago),
    ];
    let own = Some("2025-12-01".to_string());
    assert_eq!(days("a.zip", &raw_zip(&members)), [None, None, None, own.clone()]);
    let third = |name, time| tar_member(name, EntryType::Regular, b"", ago, time);
    let packed =
        [third(b"a", TIME), third(b"b", TIME), third(b"c", TIME), third(b"d", TIME + 86_400)].concat();
    assert_eq!(days("a.tar", &[&packed[..], &[0; 1024]].concat()), [None, None, None, own]);
}

#[test]
fn a_message_alone_needs_no_thread() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let source = Arc::new(walk(&folder.path().join(name)).next().unwrap().unwrap());
        let (head, sizes) = (bytes.to_vec(), crate::corpus::chunk::SIZES);
        let rest = HashedFile::after(&head, tempfile::tempfile().unwrap(), Arc::default());
        Members::of_mail(&source, Records::open(&source, name, head, rest, sizes).unwrap(), sizes)
    };
    let is_here = |members: &Members| matches!(members, Members::Here(_));
    assert!(is_here(&open("a.eml", &mail("b.txt", STORY))));
    assert!(!is_here(&open("a.eml", &mail("b.zip", &zip(&[("b.txt", STORY)])))));
    let from = b"From a@x.example Tue Dec  2 14:05:00 2025\n";
    assert!(!is_here(&open("a.mbox", &[from, &mail("b.txt", STORY)[..]].concat())));
}
