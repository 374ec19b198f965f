//! Which format a file is in, by its name and its first bytes: where the bytes are certain they win over a
//! name that lies. What is no article format gets the reason in words.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::sniff::Start;
use super::{FORMATS, FormatRow, Told, own, wire};
use crate::article::Format;
use crate::corpus::records::decode;

/// How it is said of a document in which there may be an article that its format is not read.
pub const UNREAD_DOCUMENT: &str = "a document of a format that is not read";

const OFFICE: &str = "office document";
const BOOK: &str = "book";

/// How many of a file's first bytes [`detect`] wants to see.
pub const HEAD: usize = 64 * 1024;

/// What a file was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detected {
    /// A format that articles are read from.
    Articles(Format),
    /// Something else, in words: "not an article format: `.jpg` picture".
    Other(String),
    /// What its name promises is read, and its bytes are none of that, in words: "no PDF inside: damaged, or
    /// another file by its name".
    Damaged(String),
    /// No bytes, or nothing but white space.
    Empty,
}

/// First bytes that only one kind of file has.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"8BPS", "picture"),
    (b"RIFF", "sound, video or picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-zip archive"),
    (b"Rar!\x1a", "rar archive"),
    (b"ID3", "sound"),
    (b"OggS", "sound or video"),
    (b"fLaC", "sound"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\0", "database"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
];

/// How files are packed together or made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
    /// PKWARE's APPNOTE.
    Zip,
    /// POSIX.1 `ustar` and its extensions.
    Tar,
    /// ISO 28500.
    Warc,
}

/// The packing that the first bytes prove.
pub(crate) fn packing(head: &[u8]) -> Option<Packing> {
    match head {
        [0x1f, 0x8b, ..] => Some(Packing::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Packing::Zstd),
        [b'P', b'K', 3, 4, ..] => document_in_zip(head).is_none().then_some(Packing::Zip),
        [b'P', b'K', 5, 6, ..] => Some(Packing::Zip),
        [b'W', b'A', b'R', b'C', b'/', ..] => Some(Packing::Warc),
        _ => (head.get(257..262) == Some(b"ustar")).then_some(Packing::Tar),
    }
}

/// The document that a zip file is, where it is one: told by its first member's name and those that follow.
fn document_in_zip(head: &[u8]) -> Option<Detected> {
    let read_as = |told: &dyn Fn(&Told) -> bool| match FORMATS.iter().find(|row| told(&row.told)) {
        Some(row) => Detected::Articles(row.format),
        None => Detected::Other(format!("{UNREAD_DOCUMENT}: office document")),
    };
    let mut names = member_names(head);
    let first = names.next()?;
    if first == b"mimetype" {
        let open_document = b"application/vnd.oasis.opendocument.";
        let start = head.get(..512).unwrap_or(head);
        let kind = start.get(memchr::memmem::find(start, open_document)?..)?;
        return Some(read_as(&|told| matches!(told, Told::MediaType(media) if kind.starts_with(media))));
    }
    let is_part = |name: &[u8]| name.ends_with(b".xml") || name.ends_with(b".rels");
    let opens =
        [&b"[Content_Types].xml"[..], b"_rels/", b"docProps/", b"customXml/", b"word/", b"xl/", b"ppt/"];
    if !opens.iter().any(|part| first.starts_with(part) && (is_part(first) || first.ends_with(b"/"))) {
        return None;
    }
    let kinds = [&b"word/"[..], b"xl/", b"ppt/"];
    let kind = std::iter::once(first).chain(names).filter(|name| is_part(name));
    let kind = kind.into_iter().find_map(|name| kinds.iter().find(|kind| name.starts_with(kind)));
    Some(read_as(&|told| matches!((told, kind), (Told::Part(part), Some(kind)) if part == kind)))
}

/// The names in the local headers of a zip file's members.
fn member_names(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    memchr::memmem::find_iter(head, b"PK\x03\x04").filter_map(|at| {
        let length = head.get(at + 26..at + 28)?.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b));
        head.get(at + 30..at + 30 + length)
    })
}

/// Name endings that never hold articles.
const OTHER_ENDINGS: &[(&str, &str)] = &[
    ("jpg jpeg png gif bmp tif tiff webp svg ico heic psd eps ai raw cr2 nef", "picture"),
    ("mp3 wav ogg flac m4a aac wma", "sound"),
    ("mp4 mov avi mkv webm wmv mpg mpeg m4v", "video"),
    ("doc dot docm xls xlsx ppt pptx ods odp pages numbers key wpd wps sxw", OFFICE),
    ("zip gz tgz tar bz2 xz zst 7z rar warc", "archive"),
    ("epub mobi azw3", BOOK),
    ("exe dll so dylib bin class o a jar", "program"),
    ("css scss less js mjs ts py rs go java c h cpp hpp rb php pl sh bat ps1 sql ipynb", "program text"),
    ("yaml yml toml ini cfg conf properties env lock log map xsd dtd xsl xslt", "settings or program text"),
    ("ttf otf woff woff2", "font"),
    ("vcf vcard", "address card"),
    ("ics ical", "calendar"),
    ("db sqlite sqlite3 mdb parquet feather arrow npy pkl idx", "database"),
];

/// What begins so is no text (RFC 6350, RFC 5545).
const CARDS: &[(&str, &str)] = &[("BEGIN:VCARD", "address card"), ("BEGIN:VCALENDAR", "calendar")];

/// Names of the files that describe a folder rather than belong to it.
const DESCRIPTIONS: &str =
    "readme license licence copying notice changelog contributing code_of_conduct robots humans security";

/// Whether a file would be taken for the same under two names.
pub fn detects_same(path: &Path, one: &str, other: &str) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    read.is_ok() && (packing(&head).is_some() || detect(one, &head) == detect(other, &head))
}

/// Tells what a file is. `name` is its path or name; `head` its first [`HEAD`] bytes, or all of them.
pub fn detect(name: &str, head: &[u8]) -> Detected {
    if head.is_empty() {
        return Detected::Empty;
    }
    let file_name = name.rsplit('/').next().unwrap_or(name);
    let (stem, ending) = match file_name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem.to_lowercase(), ending.to_ascii_lowercase()),
        _ => (file_name.to_lowercase(), String::new()),
    };
    if own::is_own_docx(head) {
        return Detected::Other(OWN.to_owned());
    }
    let by_bytes = |row: &&FormatRow| matches!(row.told, Told::Bytes(is) if is(head));
    if let Some(row) = FORMATS.iter().find(by_bytes) {
        return Detected::Articles(row.format);
    }
    if head.starts_with(b"PK\x03\x04")
        && let Some(document) = document_in_zip(head)
    {
        return document;
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        // What is locked with a password lies in an older container.
        let is_zip = |row: &FormatRow| matches!(row.told, Told::Part(_) | Told::MediaType(_));
        if *what == OFFICE && named(&ending).is_some_and(is_zip) {
            return Detected::Damaged("locked with a password, or an older document by that name".to_owned());
        }
        return other(&ending, what);
    }
    if head.get(4..8) == Some(b"ftyp") {
        return other(&ending, "video");
    }
    if decode::is_binary(head) && !wire::starts::has_control_characters(head) {
        return match promised(&ending) {
            Some(what) => damaged(what),
            None => other(&ending, known_ending(&ending).unwrap_or("binary file")),
        };
    }
    let text = decode::decode(head, None).text;
    let start = text.trim_start();
    if start.is_empty() {
        return Detected::Empty;
    }
    if is_description(&stem, &ending) {
        return Detected::Other("describes its folder: not an article".to_string());
    }
    if own::is_own(start) {
        return Detected::Other(OWN.to_owned());
    }
    if let Some((_, what)) = CARDS.iter().find(|(begins, _)| start.starts_with(begins)) {
        return other(&ending, what);
    }
    let named = named(&ending);
    let beginning = Start::of(start, named.map(|row| row.format));
    let by_content = FORMATS.iter().find_map(|row| match row.told {
        Told::Text(sniff) => sniff(&beginning),
        _ => None,
    });
    if let Some(format) = by_content {
        return Detected::Articles(format);
    }
    // What a name promises but the first character rules out is text after all.
    if let Some(row) = named.filter(|row| row.told.is_by_text()) {
        return Detected::Articles(if (row.may_be)(start) { row.format } else { Format::Text });
    }
    if let Some(what) = promised(&ending) {
        return damaged(what);
    }
    if let Some(what) = known_ending(&ending) {
        return other(&ending, what);
    }
    Detected::Articles(Format::Text)
}

/// Why what newsearch has written is left out.
const OWN: &str = "written by newsearch: no article";

fn damaged(promised: &str) -> Detected {
    Detected::Damaged(format!("no {promised} inside: damaged, or another file by that name"))
}

/// The format that the name's ending promises.
fn named(ending: &str) -> Option<&'static FormatRow> {
    FORMATS.iter().find(|row| row.endings.split_whitespace().any(|known| known == ending))
}

/// What an ending promises that articles are read from.
fn promised(ending: &str) -> Option<&'static str> {
    match ending {
        "zip" | "gz" | "tgz" | "tar" | "zst" => Some("archive"),
        "warc" => Some("web archive"),
        _ => named(ending).map(|row| row.promise),
    }
}

fn other(ending: &str, what: &str) -> Detected {
    let why = if what == OFFICE || what == BOOK { UNREAD_DOCUMENT } else { "not an article format" };
    Detected::Other(if ending.is_empty() || ending.len() > 12 {
        format!("{why}: {what}")
    } else {
        format!("{why}: `.{ending}` {what}")
    })
}

fn known_ending(ending: &str) -> Option<&'static str> {
    OTHER_ENDINGS.iter().find(|(endings, _)| endings.split(' ').any(|e| e == ending)).map(|(_, what)| *what)
}

/// Why a file is no article, where its name alone says so; most others are told by what is in them.
pub fn by_name_alone(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    if promised(&ending).is_some() {
        return None;
    }
    let what = known_ending(&ending).filter(|what| *what != OFFICE && *what != BOOK && *what != "archive")?;
    Some(format!("not an article format: `.{ending}` {what}"))
}

fn is_description(stem: &str, ending: &str) -> bool {
    matches!(ending, "" | "txt" | "md" | "html" | "rst") && DESCRIPTIONS.split(' ').any(|name| name == stem)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn is(name: &str, head: &str, format: Format) {
        assert_eq!(detect(name, head.as_bytes()), Detected::Articles(format), "{name}: {head:?}");
    }

    #[track_caller]
    fn is_other(name: &str, head: &[u8], reason: &str) {
        assert_eq!(detect(name, head), Detected::Other(reason.to_string()));
    }

    #[test]
    fn by_name() {
        is("a.txt", "Bridge closed\n", Format::Text);
        is("a", "Bridge closed\n", Format::Text);
        is("a.0142", "Bridge closed\n", Format::Text);
        is("a.md", "# Bridge closed\n", Format::Markdown);
        is("a.HTM", "<p>Bridge closed", Format::Html);
        is("a.json", "{ \"headline\": 1 }", Format::Json);
        is("a.jsonl", "{\"headline\":1}\n", Format::Jsonl);
        is("a.jsonl", "{\"headline\":\"a first line longer than the head", Format::Jsonl);
        is("a.sgm", "<TEXT>", Format::Sgml);
    }

    #[test]
    fn cards_and_calendars_are_no_articles() {
        is_other(
            "jo.vcf",
            b"BEGIN:VCARD\r\nFN:Jo Ek\r\nEND:VCARD\r\n",
            "not an article format: `.vcf` address card",
        );
        is_other("jo", b"BEGIN:VCARD\nFN:Jo Ek\n", "not an article format: address card");
        is_other("a.ics", b"BEGIN:VCALENDAR\nVERSION:2.0\n", "not an article format: `.ics` calendar");
        is("a.txt", "Begin: a vcard\n", Format::Text);
    }

    #[test]
    fn certain_content_wins_over_a_name_that_lies() {
        is("a.txt", "\n<!DOCTYPE html><p>", Format::Html);
        is("a.txt", "<DOC>\n<DOCNO>", Format::Sgml);
        is("a.xml", "<?xml version='1.0'?>\n<html xmlns='x'>", Format::Html);
        is("a.txt", "<?xml version='1.0'?>\n<!-- x -->\n<nitf>", Format::Nitf);
        is("a.xml", "<!DOCTYPE nitf SYSTEM \"x\" [<!ENTITY a 'b'>]>\n<nitf>", Format::Nitf);
        is("a.xml", "<newsMessage xmlns='x'>", Format::Newsml);
        is("a.xml", "<?xml version='1.0'?><rss version='2.0'>", Format::Feed);
        is("a.xml", "<article>", Format::Xml);
        is("a.dat", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS", Format::Sgml);
        is("a.txt", "{\"headline\":\"A {\\\"}\"}\n{\"headline\":\"B\"}\n", Format::Jsonl);
        is("a.json", "{\"headline\":\"A\"}\n{\"headline\":\"B\"}\n", Format::Jsonl);
        is("a.json", "{\"headline\":\n\"A\"}", Format::Json);
        is("a.txt", "---\ntitle: Bridge\n---\nText", Format::Markdown);
        is("a.txt", "---\n\nText after a rule", Format::Text);
        is("a.txt", "[Editor's note]", Format::Text);
        is("a.eml", "From: Ana Sousa <ana@x.example>\nSubject: Bridge closed\n\nText", Format::Mail);
        is(
            "a.mbox",
            "From ana@x.example Tue Dec  2 14:05:00 2025\nFrom: a@x.example\nSubject: Bridge\n\nText",
            Format::Mail,
        );
        let envelope = "From ana@x.example Tue Dec  2 14:05:00 2025\n";
        for header in [
            "Subject: Bridge\n",
            "X-Folder: World\n",
            ">From relay Tue Dec  2 14:05:00 2025\nSubject: Bridge\n",
            "Subject: Bridge\r\n",
            "To: desk@x.example\n folded\nX-Mailer: own\n",
            "Status: RO\nContent-Length: 5\n",
        ] {
            is("a.mbox", &format!("{envelope}{header}\nText"), Format::Mail);
            is("World", &format!("\n{envelope}{header}\nText"), Format::Mail);
        }
        is("a.mbox", "From ana\nSubject: Bridge\n\nText", Format::Mail);
        is("a.txt", "From Ruska, 14:05\nNote: it is closed\n\nText", Format::Text);
        is("a.txt", "From the bridge at 14:05 on 2 December 2025\n\nText", Format::Text);
        is("a.txt", "From 2025 on\n\nSubject: none\n", Format::Text);
        is(
            "1764684300.M1.host",
            "Return-Path: <a@x.example>\nReceived: from x\n\tby y; Tue\nSubject: Bridge\n\n",
            Format::Mail,
        );
        is(
            "a.mht",
            "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n",
            Format::Mhtml,
        );
        is("a.txt", "From: Ana Sousa\nDate: 2 Dec 2025\nSubject: Bridge closed\n\nText", Format::Text);
        is("a.eml", "Just words", Format::Text);
        is("a.doc", "{\\rtf1\\ansi Bridge}", Format::Rtf);
        is("a.txt", "%PDF-1.4\n", Format::Pdf);
        is("a.html", "Just words", Format::Text);
        is("a.json", "Just words", Format::Text);
    }

    #[test]
    fn what_is_no_article_says_what_it_is() {
        is_other("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "not an article format: `.jpg` picture");
        is_other("a.txt", b"\x89PNG\r\n\x1a\n....", "not an article format: `.txt` picture");
        is_other("a.css", b"body { color: red }", "not an article format: `.css` program text");
        is_other("a.dat", b"\0\x01\0\x02\0\0\0\0\0\0\0\0", "not an article format: `.dat` binary file");
        is_other("x/README.txt", b"What these files are", "describes its folder: not an article");
        is_other("LICENSE", b"MIT", "describes its folder: not an article");
    }

    #[test]
    fn a_document_is_told_from_the_archive_that_it_is() {
        let header = |name: &str, content: &str| {
            let length = [name.len() as u8, 0, 0, 0];
            [b"PK\x03\x04", &[0; 22][..], &length, name.as_bytes(), content.as_bytes()].concat()
        };
        let docx = [
            header("[Content_Types].xml", "x"),
            header("_rels/.rels", "x"),
            header("word/document.xml", "x"),
        ]
        .concat();
        assert_eq!((detect("a.zip", &docx), packing(&docx)), (Detected::Articles(Format::Docx), None));
        let odt = header("mimetype", "application/vnd.oasis.opendocument.textPK");
        assert_eq!((detect("a", &odt), packing(&odt)), (Detected::Articles(Format::Odt), None));
        let sheet = [header("[Content_Types].xml", "x"), header("xl/workbook.xml", "x")].concat();
        assert_eq!(packing(&sheet), None);
        is_other("a.xlsx", &sheet, "a document of a format that is not read: office document");
        let slides = header("mimetype", "application/vnd.oasis.opendocument.presentation");
        is_other("a.odp", &slides, "a document of a format that is not read: office document");
        let files = [header("word/a.txt", "x"), header("b.docx", "PK\x03\x04")].concat();
        assert_eq!(packing(&files), Some(Packing::Zip));
    }

    #[test]
    fn what_a_name_promises_and_is_not_there_could_not_be_read() {
        let random = b"\x81\x02\xfe\x00\x13\x99\x00\x00\xe5\x07\x01";
        for (name, promised) in [
            ("a.pdf", "PDF"),
            ("a.DOCX", "Word document"),
            ("a.odt", "OpenDocument text"),
            ("a.rtf", "RTF document"),
            ("a.zip", "archive"),
            ("a.txt.gz", "archive"),
            ("a.warc", "web archive"),
            ("a.eml", "text"),
            ("a.html", "text"),
            ("a.txt", "text"),
        ] {
            let said = format!("no {promised} inside: damaged, or another file by that name");
            assert_eq!(detect(name, random), Detected::Damaged(said), "{name}");
        }
        assert!(matches!(detect("a.docx", b"half of a story"), Detected::Damaged(_)));
        let older = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....";
        assert!(matches!(detect("a.docx", older), Detected::Damaged(_)));
        is_other("a.doc", older, "a document of a format that is not read: `.doc` office document");
        is_other("a.doc", random, "a document of a format that is not read: `.doc` office document");
        is_other("a.epub", random, "a document of a format that is not read: `.epub` book");
        is_other("a.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF", "not an article format: `.pdf` picture");
    }

    #[test]
    fn empty_is_empty() {
        assert_eq!(detect("a.txt", b""), Detected::Empty);
        assert_eq!(detect("a.txt", b" \n\t\n"), Detected::Empty);
        assert_eq!(detect("a.txt", b"\xef\xbb\xbf\n"), Detected::Empty);
    }

    proptest! {
        #[test]
        fn any_bytes_are_something(bytes in proptest::collection::vec(any::<u8>(), 0..100), name in "[a-z.]{0,8}") {
            let _ = detect(&name, &bytes);
        }
    }
}
