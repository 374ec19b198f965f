//! Archives and compressed files → the pieces of what is in them, streamed: nothing is unpacked to disk, nothing grows without
//! bound, and a member is shown as `bundle.zip!/2019/a.html`.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use jiff::Timestamp;

use super::chunk::{Chunk, Records, Sizes, problem};
use super::content_hash::HashedFile;
use super::detect::{self, Packing};
use super::format::mail;
use super::walk::{self, SourceFile};
use super::warc;
use crate::article::Format;
use crate::problem::{Problem, ProblemKind};

/// How many pieces wait for their reader.
const WAITING: usize = 2;

/// How deep archives in archives are opened.
const DEEPEST: usize = 3;

/// Text is packed to a tenth, hardly ever to a hundredth: what grows past this is made to harm.
const MOST_GROWTH: u64 = 400;

/// What may always be unpacked, in bytes, however small the archive is.
const ALWAYS_ALLOWED: u64 = 64 << 20;

/// An archive inside an archive is held in memory while it is read; at most so many bytes.
const LARGEST_INNER_ZIP: u64 = 256 << 20;

type Item = Result<Chunk, Problem>;

/// The pieces of an archive's members, read by a thread of their own while the archive is open.
#[derive(Debug)]
pub(super) struct Members(Receiver<Item>);

impl Members {
    pub fn open(source: &Arc<SourceFile>, file: File, packing: Packing, sizes: Sizes) -> Self {
        let archive = Arc::clone(source);
        Self::of(source, sizes, move |unpacking| {
            unpacking.archive(&archive, &archive.shown, file, packing, 0)
        })
    }

    /// The messages of a mailbox, or one, and what is attached to them.
    pub fn of_mail(source: &Arc<SourceFile>, messages: Records<HashedFile>, sizes: Sizes) -> Self {
        Self::of(source, sizes, move |unpacking| unpacking.mail(messages, 0))
    }

    fn of(
        source: &Arc<SourceFile>,
        sizes: Sizes,
        unpack: impl FnOnce(&Unpacking) -> Flow + Send + 'static,
    ) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let source = Arc::clone(source);
        std::thread::spawn(move || {
            let budget =
                Budget { left: AtomicU64::new(ALWAYS_ALLOWED + source.size.saturating_mul(MOST_GROWTH)) };
            let unpacking = Unpacking { sender: &sender, sizes, budget: &budget };
            let done = catch_unwind(AssertUnwindSafe(|| unpack(&unpacking)));
            if done.is_err() {
                let message = "the reader failed on this archive".to_string();
                let _ = sender.send(Err(problem(&source, None, ProblemKind::Unreadable, message)));
            }
        });
        Self(receiver)
    }

    pub fn next(&mut self) -> Option<Item> {
        self.0.recv().ok()
    }
}

/// Nobody is waiting for pieces any more.
struct Unwanted;

type Flow = Result<(), Unwanted>;

/// How much more may be unpacked from one file.
struct Budget {
    left: AtomicU64,
}

/// A reader that fails when the budget is spent.
struct Metered<'b, R> {
    inner: R,
    budget: &'b Budget,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let before = self.budget.left.load(Ordering::Relaxed);
        self.budget.left.store(before.saturating_sub(read as u64), Ordering::Relaxed);
        if before < read as u64 {
            return Err(io::Error::other(format!("it unpacks to more than {MOST_GROWTH} times its size")));
        }
        Ok(read)
    }
}

struct Unpacking<'a> {
    sender: &'a SyncSender<Item>,
    sizes: Sizes,
    budget: &'a Budget,
}

impl Unpacking<'_> {
    fn send(&self, item: Item) -> Flow {
        self.sender.send(item).map_err(|_| Unwanted)
    }

    fn fault(&self, source: &SourceFile, message: String) -> Flow {
        self.send(Err(problem(source, None, ProblemKind::Unreadable, message)))
    }

    /// Opens an archive that can be searched. `name` is what its content would be called.
    fn archive<R: Read + Seek>(
        &self,
        source: &Arc<SourceFile>,
        name: &str,
        input: R,
        packing: Packing,
        depth: usize,
    ) -> Flow {
        match packing {
            Packing::Zip => self.zip(source, input, depth),
            _ => self.stream(source, name, Box::new(BufReader::new(input)), packing, depth),
        }
    }

    /// Unpacks what can be read from front to back.
    fn stream<'r>(
        &self,
        source: &Arc<SourceFile>,
        name: &str,
        input: Box<dyn Read + 'r>,
        packing: Packing,
        depth: usize,
    ) -> Flow {
        match packing {
            Packing::Gzip => {
                let inner = flate2::read::MultiGzDecoder::new(input);
                self.content(source, unpacked_name(name), Box::new(self.metered(inner)), depth + 1)
            }
            Packing::Zstd => match zstd::Decoder::new(input) {
                Ok(inner) => {
                    self.content(source, unpacked_name(name), Box::new(self.metered(inner)), depth + 1)
                }
                Err(error) => self.fault(source, broken(&error)),
            },
            Packing::Tar => self.tar(source, input, depth),
            Packing::Warc => self.warc(source, input),
            Packing::Zip => {
                let mut bytes = Vec::new();
                match input.take(LARGEST_INNER_ZIP + 1).read_to_end(&mut bytes) {
                    Ok(read) if read as u64 > LARGEST_INNER_ZIP => self.fault(
                        source,
                        format!("an archive inside an archive, over {} MB", LARGEST_INNER_ZIP >> 20),
                    ),
                    Ok(_) => self.zip(source, Cursor::new(bytes), depth),
                    Err(error) => self.fault(source, broken(&error)),
                }
            }
        }
    }

    fn metered<'m, R: Read>(&'m self, inner: R) -> Metered<'m, R> {
        Metered { inner, budget: self.budget }
    }

    /// One unpacked file: another archive, or records.
    fn content<'r>(
        &self,
        source: &Arc<SourceFile>,
        name: &str,
        mut input: Box<dyn Read + 'r>,
        depth: usize,
    ) -> Flow {
        let mut head = Vec::new();
        let fault = (&mut input).take(detect::HEAD as u64).read_to_end(&mut head).err();
        if let Some(error) = fault {
            // What there is of it is read, whatever it is a part of.
            let whole = Box::new(io::empty());
            let part = head.iter().any(|b| !b.is_ascii_whitespace()) && detect::packing(&head).is_none();
            if part && let Ok(records) = Records::open(source, name, head, whole, self.sizes) {
                for item in records {
                    self.send(item)?;
                }
            }
            return self.fault(source, broken(&error));
        }
        if let Some(packing) = detect::packing(&head) {
            if depth >= DEEPEST {
                let message = format!("archives in archives are opened {DEEPEST} deep");
                return self.send(Err(problem(source, None, ProblemKind::Skipped, message)));
            }
            return self.stream(source, name, Box::new(Cursor::new(head).chain(input)), packing, depth);
        }
        match Records::open(source, name, head, input, self.sizes) {
            Ok(records) if records.format() == Format::Mail => self.mail(records, depth),
            Ok(records) => {
                for item in records {
                    self.send(item)?;
                }
                Ok(())
            }
            Err(problem) => self.send(Err(problem)),
        }
    }

    /// Messages, and the articles and archives attached to them.
    fn mail<R: Read>(&self, messages: Records<R>, depth: usize) -> Flow {
        for item in messages {
            let Ok(chunk) = &item else {
                self.send(item)?;
                continue;
            };
            let attached = if depth < DEEPEST { mail::attached(&chunk.bytes) } else { Vec::new() };
            let source = Arc::clone(&chunk.source);
            let in_mailbox = chunk.bytes.starts_with(b"From ");
            let first = chunk.first_record;
            self.send(item)?;
            for file in attached.into_iter().filter(|file| !is_left_out(&file.name)) {
                let name = match in_mailbox {
                    true => format!("{}/{}", first.saturating_add(file.message), file.name),
                    false => file.name,
                };
                let member = member(&source, &name, file.bytes.len() as u64, file.sent);
                self.content(&member, &name, Box::new(Cursor::new(file.bytes)), depth + 1)?;
            }
        }
        Ok(())
    }

    fn zip<R: Read + Seek>(&self, source: &Arc<SourceFile>, mut input: R, depth: usize) -> Flow {
        let mut archive = match zip::ZipArchive::new(&mut input) {
            Ok(archive) => archive,
            Err(error) => {
                let reason = lowered(&error.to_string());
                if input.rewind().is_ok() {
                    self.zip_without_directory(source, &mut input, depth)?;
                }
                return self.fault(source, format!("the archive cannot be read whole: {reason}"));
            }
        };
        for index in 0..archive.len() {
            let entry = match archive.by_index(index) {
                Ok(entry) => entry,
                Err(error) => {
                    self.fault(
                        source,
                        format!("member {} cannot be read: {}", index + 1, lowered(&error.to_string())),
                    )?;
                    continue;
                }
            };
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if entry.is_dir() || is_left_out(&name) {
                continue;
            }
            let modified = entry.last_modified().and_then(utc);
            let member = member(source, &name, entry.size(), modified);
            self.content(&member, &name, Box::new(self.metered(entry)), depth + 1)?;
        }
        Ok(())
    }

    /// The members at the front of an archive that was cut off: its directory, at the end, is gone.
    fn zip_without_directory(&self, source: &Arc<SourceFile>, mut input: impl Read, depth: usize) -> Flow {
        while let Ok(Some(entry)) = zip::read::read_zipfile_from_stream(&mut input) {
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if entry.is_dir() || is_left_out(&name) {
                continue;
            }
            let member = member(source, &name, entry.size(), entry.last_modified().and_then(utc));
            self.content(&member, &name, Box::new(self.metered(entry)), depth + 1)?;
        }
        Ok(())
    }

    /// The pages of a web archive, each shown with its address.
    fn warc<'r>(&self, source: &Arc<SourceFile>, input: Box<dyn Read + 'r>) -> Flow {
        let mut records = warc::Records::new(BufReader::new(input), self.sizes.largest);
        let fault = loop {
            match records.next() {
                Ok(Some(warc::Record::Page(page))) => {
                    let member = member(source, &page.url, page.bytes.len() as u64, page.saved);
                    match Records::open(&member, "page.html", page.bytes, io::empty(), self.sizes) {
                        Ok(records) => {
                            for item in records.declared(page.encoding) {
                                self.send(item)?;
                            }
                        }
                        Err(problem) => self.send(Err(problem))?,
                    }
                }
                Ok(Some(warc::Record::Lost(url, reason))) => {
                    self.fault(&member(source, &url, 0, None), reason)?
                }
                Ok(None) => break None,
                Err(reason) => break Some(reason),
            }
        };
        if records.passed_over > 0 {
            let message = format!(
                "{} of its records hold no page: requests, pictures, repeated pages",
                records.passed_over
            );
            self.send(Err(problem(source, None, ProblemKind::Skipped, message)))?;
        }
        fault.map_or(Ok(()), |reason| self.fault(source, reason))
    }

    fn tar<'r>(&self, source: &Arc<SourceFile>, input: Box<dyn Read + 'r>, depth: usize) -> Flow {
        let mut archive = tar::Archive::new(input);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.fault(source, broken(&error)),
        };
        for entry in entries {
            let mut entry = match entry {
                Ok(entry) => entry,
                Err(error) => return self.fault(source, broken(&error)),
            };
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if !entry.header().entry_type().is_file() || is_left_out(&name) {
                continue;
            }
            let seconds = entry.header().mtime().ok().and_then(|s| i64::try_from(s).ok());
            let modified = seconds.and_then(|s| Timestamp::from_second(s).ok());
            let member = member(source, &name, entry.size(), modified);
            self.content(&member, &name, Box::new(self.metered(&mut entry)), depth + 1)?;
        }
        Ok(())
    }
}

/// A file in an archive, as a source of its own.
fn member(archive: &SourceFile, name: &str, size: u64, modified: Option<Timestamp>) -> Arc<SourceFile> {
    let name = walk::shown(std::path::Path::new(name.trim_start_matches("./")));
    Arc::new(SourceFile {
        path: archive.path.clone(),
        shown: format!("{}!/{name}", archive.shown),
        relative: format!("{}!/{name}", archive.relative),
        size,
        modified: modified.or(archive.modified),
        map: archive.map.clone(),
    })
}

fn is_left_out(name: &str) -> bool {
    name.split('/').any(|part| part != "." && walk::is_left_out(Some(part.as_ref())))
}

/// `a.jsonl.gz` holds `a.jsonl`; `a.tgz` a `tar`.
fn unpacked_name(name: &str) -> &str {
    [".gz", ".zst", ".gzip", ".zstd"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// What DOS wrote down of a time; it knew of no zones.
fn utc(at: zip::DateTime) -> Option<Timestamp> {
    let small = |n: u8| i8::try_from(n).ok();
    let year = i16::try_from(at.year()).ok()?;
    let civil = jiff::civil::DateTime::new(
        year,
        small(at.month())?,
        small(at.day())?,
        small(at.hour())?,
        small(at.minute())?,
        small(at.second())?,
        0,
    );
    civil.ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn broken(error: &io::Error) -> String {
    format!("the archive breaks off: {}", lowered(&error.to_string()))
}

fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::corpus::{Outcome, chunks, read};
    use std::io::Write;

    /// What is read from a file of these bytes: `path: headline` or `path: message`.
    fn found(name: &str, bytes: &[u8]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let source = Arc::new(walk::walk(folder.path()).next().unwrap().unwrap());
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
        let members: &[(&str, &[u8])] = &[
            ("2019/a.txt", STORY),
            ("b.jsonl", LINES),
            (".hidden/c.txt", STORY),
            ("p.jpg", b"\xff\xd8\xff"),
        ];
        let expected = [
            "!/2019/a.txt Bridge closed",
            "!/b.jsonl A",
            "!/b.jsonl B",
            "!/p.jpg not an article format: `.jpg` picture",
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
            let head =
                "WARC/1.0\r\nWARC-Target-URI: http://x.example/1\r\nWARC-Date: 2025-12-02T14:05:00Z\r\n";
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
                "!/in.eml!/in.eml!/in.eml The story"
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
        let source = Arc::new(walk::walk(folder.path()).next().unwrap().unwrap());
        assert!(chunks(&source).next().unwrap().is_ok());
    }
}
