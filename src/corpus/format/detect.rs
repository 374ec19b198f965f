//! Which format a file is in, by its name and its first bytes: where the bytes are certain they win over a name that lies.
//! What is no article format gets the reason in words.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::article::Format;
use crate::corpus::format::own;
use crate::corpus::plain_text::lines::lines;
use crate::corpus::records::decode;
use crate::corpus::records::marks::{self, Marks};

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
    /// What its name promises is read, and its bytes are none of that, in words: "no PDF inside: damaged, or another file by its name".
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
    let office = || Detected::Other(format!("{UNREAD_DOCUMENT}: office document"));
    let mut names = member_names(head);
    let first = names.next()?;
    if first == b"mimetype" {
        let open_document = b"application/vnd.oasis.opendocument.";
        let start = head.get(..512).unwrap_or(head);
        let kind = start.get(memchr::memmem::find(start, open_document)? + open_document.len()..)?;
        return Some(if kind.starts_with(b"text") { Detected::Articles(Format::Odt) } else { office() });
    }
    let is_part = |name: &[u8]| name.ends_with(b".xml") || name.ends_with(b".rels");
    let opens =
        [&b"[Content_Types].xml"[..], b"_rels/", b"docProps/", b"customXml/", b"word/", b"xl/", b"ppt/"];
    if !opens.iter().any(|part| first.starts_with(part) && (is_part(first) || first.ends_with(b"/"))) {
        return None;
    }
    let is_word = std::iter::once(first).chain(names).find_map(|name| {
        let word = name.starts_with(b"word/") && is_part(name);
        let other = (name.starts_with(b"xl/") || name.starts_with(b"ppt/")) && is_part(name);
        (word || other).then_some(word)
    });
    Some(if is_word == Some(true) { Detected::Articles(Format::Docx) } else { office() })
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
    ("doc dot docx docm xls xlsx ppt pptx odt ods odp rtf pages numbers key wpd wps sxw", OFFICE),
    ("pdf", "PDF"),
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
pub fn is_told_alike(path: &Path, one: &str, other: &str) -> bool {
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
    if let Some(document) = document(head) {
        return document;
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        // What is locked with a password lies in an older container.
        if *what == OFFICE && matches!(ending.as_str(), "docx" | "odt") {
            return Detected::Damaged("locked with a password, or an older document by that name".to_owned());
        }
        return other(&ending, what);
    }
    if head.get(4..8) == Some(b"ftyp") {
        return other(&ending, "video");
    }
    if decode::is_binary(head) && !marks::starts_wire(head) {
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
    if let Some(format) = by_content(start, named) {
        return Detected::Articles(format);
    }
    if let Some(format) = named {
        return Detected::Articles(plausible(format, start));
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

/// What an ending promises that articles are read from.
fn promised(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "docx" => "Word document",
        "odt" => "OpenDocument text",
        "rtf" => "RTF document",
        "pdf" => "PDF",
        "zip" | "gz" | "tgz" | "tar" | "zst" => "archive",
        "warc" => "web archive",
        _ => return named(ending).map(|_| "text"),
    })
}

/// The documents that are told by their first bytes.
fn document(head: &[u8]) -> Option<Detected> {
    if head.starts_with(b"{\\rtf") {
        return Some(Detected::Articles(Format::Rtf));
    }
    // Programs that send PDF put lines of their own before it.
    let start = head.get(..1024).unwrap_or(head);
    if head.starts_with(b"%PDF-") || memchr::memmem::find(start, b"\n%PDF-").is_some() {
        return Some(Detected::Articles(Format::Pdf));
    }
    if head.starts_with(b"PK\x03\x04") { document_in_zip(head) } else { None }
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

/// The format that the name's ending promises.
fn named(ending: &str) -> Option<Format> {
    Some(match ending {
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        "mht" | "mhtml" => Format::Mhtml,
        "eml" | "mbox" | "mbx" | "mail" => Format::Mail,
        "txt" | "text" | "asc" | "story" | "wire" => Format::Text,
        "md" | "markdown" | "mdown" | "mkd" => Format::Markdown,
        "json" => Format::Json,
        "jsonl" | "ndjson" | "jl" | "jsonlines" => Format::Jsonl,
        "csv" | "tsv" => Format::Csv,
        "sgm" | "sgml" | "trec" | "trectext" => Format::Sgml,
        "nitf" => Format::Nitf,
        "rss" | "atom" => Format::Feed,
        "xml" | "jats" | "nxml" => Format::Xml,
        _ => return None,
    })
}

/// What the first characters prove.
fn by_content(start: &str, named: Option<Format>) -> Option<Format> {
    let head = start.get(..floor(start, 1024)).unwrap_or(start);
    let longer = start.get(..floor(start, 16 * 1024)).unwrap_or(start);
    let lower = head.to_ascii_lowercase();
    if lower.starts_with("<!doctype lewis")
        || starts_with_tag(&lower, "reuters")
        || starts_with_tag(&lower, "doc")
    {
        return Some(Format::Sgml);
    }
    if let Some(format) = by_marks(longer) {
        return Some(format);
    }
    if lower.starts_with("<!doctype html") || starts_with_tag(&lower, "html") {
        return Some(Format::Html);
    }
    if let Some(format) = mail_kind(start, named) {
        return Some(format);
    }
    if let Some(format) = xml_kind(start) {
        return Some(format);
    }
    if lower.starts_with('<') && lower.contains("<html") {
        return Some(Format::Html);
    }
    if let Some(json) = json_kind(start, named == Some(Format::Jsonl)) {
        return Some(json);
    }
    let front_matter = ["---\n", "---\r\n", "+++\n", "+++\r\n"].iter().any(|mark| head.starts_with(mark));
    if front_matter && named != Some(Format::Html) && has_key_line(head) {
        return Some(Format::Markdown);
    }
    None
}

/// Wire text and the exports of press databases, by the marks between their documents.
fn by_marks(start: &str) -> Option<Format> {
    let first: Vec<&str> = lines(start).map(str::trim_end).take(60).collect();
    let opening = first.get(..12).unwrap_or(&first);
    if is_wire(start, opening) {
        return Some(Format::Wire);
    }
    let labels: Vec<&str> = first.iter().filter(|line| line.starts_with(LABELS)).copied().collect();
    let begins = |names: &[&str]| names.iter().all(|name| labels.iter().any(|line| line.starts_with(name)));
    if opening.iter().any(|line| marks::is_nexis_count(line.as_bytes()))
        || begins(&["LENGTH:", "LOAD-DATE:"])
        || begins(&["LENGTH:", "BYLINE:"])
        || begins(&["Length:", "Section:", "Body"])
        || begins(&["Length:", "Byline:", "Body"])
        || begins(&["Length:", "Copyright", "Body"])
    {
        return Some(Format::Nexis);
    }
    if opening.iter().any(|line| marks::is_proquest_count(line.as_bytes()))
        || (begins(&["Full text:"]) && start.contains("Publication "))
    {
        return Some(Format::Proquest);
    }
    let tagged = |tag: &&str| {
        labels.iter().any(|line| {
            line.strip_prefix(*tag).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        })
    };
    let factiva = ["HD", "WC", "PD", "SN"].iter().all(tagged);
    let numbered = || lines(start).any(|line| marks::factiva_number(line.trim_end().as_bytes()).is_some());
    (factiva || numbered()).then_some(Format::Factiva)
}

/// The first letters of the labels that exports begin their lines with.
const LABELS: [char; 8] = ['L', 'B', 'S', 'C', 'F', 'H', 'W', 'P'];

/// How far from its beginning (bytes) the header of a wire text starts.
const FARTHEST_HEADER: usize = 160;

/// A story's header in the first lines, or lines of the head that begin with a caret and end with a mark.
fn is_wire(start: &str, opening: &[&str]) -> bool {
    // A header is told by its line and the one below it.
    let mut ends = memchr::memchr_iter(b'\n', start.as_bytes()).skip_while(|end| *end < FARTHEST_HEADER);
    let first = start.as_bytes().get(..ends.nth(1).unwrap_or(start.len())).unwrap_or_default();
    let starts = Marks::Wire.starts(first).next().is_some_and(|at| at < FARTHEST_HEADER);
    let caret = |line: &&&str| line.starts_with('^') && line.ends_with(['<', '=']);
    starts || opening.iter().take(6).filter(caret).count() >= 2
}

/// What only programs write into the header of a mail.
const MAIL_HEADERS: &str = "received|return-path|message-id|mime-version|delivered-to|x-delivered-to|envelope-to|content-type|\
    content-transfer-encoding|dkim-signature|authentication-results|x-received|x-mailer|list-id|list-unsubscribe|references|\
    in-reply-to|x-original-to|user-agent";

/// Mail by its header, lines of `Name: value` up to an empty one: by what only programs write, unless the file's name says it.
fn mail_kind(start: &str, named: Option<Format>) -> Option<Format> {
    let envelope = start.strip_prefix("From ").map(|rest| rest.lines().next().unwrap_or_default());
    let (mut fields, mut written, mut of_programs) = (0, 0, 0);
    let mut saved = named == Some(Format::Mhtml);
    for line in start.lines().skip(usize::from(envelope.is_some())).take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t', '>']) {
            continue;
        }
        let (name, value) = line.split_once(':')?;
        let name = name.trim_end().to_ascii_lowercase();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic()) {
            return None;
        }
        fields += 1;
        of_programs += usize::from(MAIL_HEADERS.split('|').any(|known| known == name));
        written += usize::from(matches!(name.as_str(), "from" | "subject" | "date" | "to"));
        saved |= name == "snapshot-content-location"
            || (name == "from" && value.to_lowercase().contains("<saved by "));
    }
    if saved && of_programs >= 1 {
        return Some(Format::Mhtml);
    }
    let known = written + of_programs;
    let promised = matches!(named, Some(Format::Mail | Format::Mhtml));
    let is_mail = match envelope {
        // Below a line that says who sent it and when, any fields are a message's header.
        Some(line) => fields >= 1 && (known >= 2 || promised || is_envelope(line)),
        None => (promised && known >= 2) || (written >= 1 && of_programs >= 2),
    };
    is_mail.then_some(Format::Mail)
}

/// `ana@courier.example Tue Dec  2 14:05:00 2025`, what stands behind the `From ` of a mailbox: who, and a moment with its year.
fn is_envelope(line: &str) -> bool {
    let is_year = |word: &str| {
        word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.parse::<u16>().is_ok()
    };
    marks::has_time_of_day(line.as_bytes()) && line.split_whitespace().skip(1).any(is_year)
}

/// XML by its root element, past the declaration, comments and the document type.
fn xml_kind(start: &str) -> Option<Format> {
    let mut rest = start;
    let declared = rest.starts_with("<?xml");
    for _ in 0..20 {
        let end = match rest {
            r if r.starts_with("<!--") => r.find("-->")? + 3,
            // The document type may hold declarations of its own.
            r if r.starts_with("<!") => match (r.find('['), r.find('>')?) {
                (Some(open), close) if open < close => open + r.get(open..)?.find("]")? + 1,
                (_, close) => close + 1,
            },
            r if r.starts_with("<?") => r.find("?>")? + 2,
            _ => break,
        };
        rest = rest.get(end..)?.trim_start().trim_start_matches('>').trim_start();
    }
    let name = rest.strip_prefix('<')?.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    let local = name.rsplit(':').next()?.to_ascii_lowercase();
    match local.as_str() {
        "nitf" => Some(Format::Nitf),
        "newsml" | "newsitem" | "newsmessage" | "packageitem" | "conceptitem" | "knowledgeitem"
        | "planningitem" | "catalogitem" => Some(Format::Newsml),
        "rss" | "feed" | "rdf" => Some(Format::Feed),
        "html" | "reuters" | "doc" => None,
        _ => (declared && !name.is_empty()).then_some(Format::Xml),
    }
}

fn starts_with_tag(lower: &str, name: &str) -> bool {
    lower
        .strip_prefix('<')
        .and_then(|rest| rest.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with(['>', ' ', '\n', '\r', '\t']))
}

/// The second line of front matter is `key: value` or `key = value`.
fn has_key_line(head: &str) -> bool {
    head.lines().skip(1).take(3).any(|line| {
        line.split_once([':', '=']).is_some_and(|(key, _)| {
            let key = key.trim();
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
        })
    })
}

/// JSON, or JSON Lines where a value ends at the end of the first line and another one follows, or the name says so.
fn json_kind(start: &str, named_lines: bool) -> Option<Format> {
    let mut significant = start.bytes().filter(|b| !b.is_ascii_whitespace());
    match (significant.next()?, significant.next()) {
        (b'{', Some(b'"' | b'}')) => {}
        (b'[', Some(b'{')) => return Some(Format::Json),
        _ => return None,
    }
    let line_end = start.find('\n').unwrap_or(start.len());
    let (first, rest) = start.split_at(line_end);
    let (mut depth, mut in_string, mut escaped) = (0i32, false, false);
    for byte in first.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth -= 1,
            _ => {}
        }
    }
    let whole = depth == 0 && !in_string;
    let lines = (whole && rest.trim_start().starts_with('{')) || (named_lines && (whole || rest.is_empty()));
    Some(if lines { Format::Jsonl } else { Format::Json })
}

/// A format that the name promises but the first character rules out is text after all.
fn plausible(format: Format, start: &str) -> Format {
    match format {
        Format::Html | Format::Sgml | Format::Nitf | Format::Feed | Format::Xml if !start.contains('<') => {
            Format::Text
        }
        Format::Mail | Format::Mhtml => Format::Text,
        Format::Json if !start.starts_with(['{', '[', '"']) => Format::Text,
        format => format,
    }
}

/// The last character boundary at or before a place.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
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
