//! Archives and compressed files → the pieces of what is in them, streamed: nothing is unpacked to disk,
//! nothing grows without bound, and a member is shown as `bundle.zip!/2019/a.html`.

mod roll;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use jiff::Timestamp;
use rustc_hash::FxHashSet;
use tar::EntryType;

use crate::article::Format;
use crate::corpus::chunk::{Chunk, Records, Sizes, problem};
use crate::corpus::format::detect::{self, Detected, Packing};
use crate::corpus::format::mail::{self, Attached, mailbox};
use crate::corpus::source::content_hash::HashedFile;
use crate::corpus::source::walk::SourceFile;
use crate::corpus::source::{file_time, path_text, warc};
use crate::panics::{self, Panic};
use crate::problem::{Problem, ProblemKind};
use roll::{Roll, name_of};

/// How many pieces wait for their reader.
const WAITING: usize = 2;

/// How deep archives in archives are opened.
const DEEPEST: usize = 3;
const TOO_DEEP: &str = "archives in archives are opened 3 deep";

/// Text is packed to a tenth, hardly ever to a hundredth: what grows past this is made to harm.
const MOST_GROWTH: u64 = 400;

/// What may always be unpacked, in bytes, however small the archive is.
const ALWAYS_ALLOWED: u64 = 64 << 20;

/// An archive inside an archive is held in memory while it is read; at most so many bytes.
const LARGEST_INNER_ZIP: u64 = 256 << 20;

/// How many members, and how much of a `tar` file, are looked at to see what time they share.
const LOOKED_AT: usize = 1000;
const LOOKED_INTO: usize = 256 << 10;

type Item = Result<Chunk, Problem>;

/// The pieces of an archive's members.
#[derive(Debug)]
pub(super) enum Members {
    /// Read by a thread of their own while the archive is open.
    Coming(Receiver<Item>),
    /// There already.
    Here(std::vec::IntoIter<Item>),
}

impl Members {
    pub fn open(source: &Arc<SourceFile>, file: File, packing: Packing, sizes: Sizes) -> Self {
        let archive = Arc::clone(source);
        Self::coming(source, sizes, move |unpacking| {
            unpacking.archive(&archive, &archive.shown, file, packing, 0)
        })
    }

    /// The messages of a mailbox, or one, and what is attached to them.
    pub fn of_mail(source: &Arc<SourceFile>, mut messages: Records<HashedFile>, sizes: Sizes) -> Self {
        if messages.are_many() {
            return Self::coming(source, sizes, move |unpacking| unpacking.mail(messages, 0));
        }
        let Some(item) = messages.next() else { return Self::Here(Vec::new().into_iter()) };
        let attached = match &item {
            Ok(chunk) => panics::catch(|| mail::attached(&chunk.bytes)),
            Err(_) => Ok(Vec::new()),
        };
        let attached = match attached {
            Ok(attached) => attached,
            Err(panic) => return Self::Here(vec![item, Err(failed(source, &panic))].into_iter()),
        };
        let archive = Arc::clone(source);
        let is_small = is_small(&attached);
        let unpack = move |unpacking: &Unpacking<'_>| {
            let mut roll = Roll::default();
            unpacking.messages(item, attached, &mut roll, 0)?;
            unpacking.tell(roll, &archive)
        };
        if is_small { Self::here(source, sizes, unpack) } else { Self::coming(source, sizes, unpack) }
    }

    fn coming(
        source: &Arc<SourceFile>,
        sizes: Sizes,
        unpack: impl FnOnce(&Unpacking<'_>) -> Flow + Send + 'static,
    ) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let archive = Arc::clone(source);
        let work = move || {
            let send = |item| sender.send(item).map_err(|_| Unwanted);
            // Where nobody wants more, nobody wants to know that either.
            let _ = unpack_to(&send, &archive, sizes, unpack);
        };
        match thread::Builder::new().name("unpack".to_string()).spawn(work) {
            Ok(_) => Self::Coming(receiver),
            Err(error) => {
                let message =
                    format!("no thread could be started to read it: {}", lowered(&error.to_string()));
                let problem = problem(source, None, ProblemKind::Unreadable, message);
                Self::Here(vec![Err(problem)].into_iter())
            }
        }
    }

    fn here(source: &Arc<SourceFile>, sizes: Sizes, unpack: impl FnOnce(&Unpacking<'_>) -> Flow) -> Self {
        let items = RefCell::new(Vec::new());
        let keep = |item| {
            items.borrow_mut().push(item);
            Ok(())
        };
        let _ = unpack_to(&keep, source, sizes, unpack);
        Self::Here(items.into_inner().into_iter())
    }

    pub fn next(&mut self) -> Option<Item> {
        match self {
            Self::Coming(items) => items.recv().ok(),
            Self::Here(items) => items.next(),
        }
    }
}

fn unpack_to(
    send: &dyn Fn(Item) -> Flow,
    source: &SourceFile,
    sizes: Sizes,
    unpack: impl FnOnce(&Unpacking<'_>) -> Flow,
) -> Flow {
    let budget = Budget { left: AtomicU64::new(ALWAYS_ALLOWED + source.size.saturating_mul(MOST_GROWTH)) };
    let unpacking = Unpacking { send, sizes, budget: &budget };
    match panics::catch(|| unpack(&unpacking)) {
        Ok(done) => done,
        Err(panic) => send(Err(failed(source, &panic))),
    }
}

fn failed(source: &SourceFile, panic: &Panic) -> Problem {
    let message = format!("the reader failed on this archive, a fault of newsearch: {panic}");
    problem(source, None, ProblemKind::Unreadable, message)
}

/// Nobody is waiting for pieces any more.
struct Unwanted;

type Flow = Result<(), Unwanted>;

/// How much more may be unpacked from one file.
struct Budget {
    left: AtomicU64,
}

impl Budget {
    fn is_spent(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }
}

fn too_much() -> String {
    format!("it unpacks to more than {MOST_GROWTH} times its size")
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
            return Err(io::Error::other(too_much()));
        }
        Ok(read)
    }
}

struct Unpacking<'a> {
    send: &'a dyn Fn(Item) -> Flow,
    sizes: Sizes,
    budget: &'a Budget,
}

impl Unpacking<'_> {
    fn send(&self, item: Item) -> Flow {
        (self.send)(item)
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
                return self.send(Err(problem(source, None, ProblemKind::Skipped, TOO_DEEP.to_string())));
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
        let source = Arc::clone(messages.source());
        let mut roll = Roll::default();
        for item in messages {
            let attached = item.as_ref().map_or(Vec::new(), |chunk| mail::attached(&chunk.bytes));
            self.messages(item, attached, &mut roll, depth)?;
        }
        self.tell(roll, &source)
    }

    /// A piece of a mailbox, or one message, and the files attached.
    fn messages(&self, item: Item, attached: Vec<Attached>, roll: &mut Roll, depth: usize) -> Flow {
        let Ok(chunk) = &item else { return self.send(item) };
        let source = Arc::clone(&chunk.source);
        let in_mailbox = mailbox::mailbox_start(&chunk.bytes).is_some();
        let first = chunk.first_record;
        self.send(item)?;
        for file in attached {
            let name = match in_mailbox {
                true => format!("{}/{}", first.saturating_add(file.message), file.name),
                false => file.name,
            };
            let name = name_of(name.as_bytes());
            if file.is_decoration {
                let reason = "a picture, a sound or a signature attached to mail";
                roll.leave_out(ProblemKind::Skipped, &name, reason, String::new());
            } else if depth >= DEEPEST {
                roll.leave_out(ProblemKind::Skipped, &name, TOO_DEEP, String::new());
            } else if !roll.leaves_out(&name) {
                let size = file.bytes.len() as u64;
                let member = member(&source, &roll.call(&name), size, file.sent.or(source.modified));
                self.content(&Arc::new(member), &name, Box::new(Cursor::new(file.bytes)), depth + 1)?;
            }
        }
        Ok(())
    }

    /// Says what was left out of an archive.
    fn tell(&self, roll: Roll, archive: &SourceFile) -> Flow {
        roll.told(archive).try_for_each(|problem| self.send(Err(problem)))
    }

    fn zip<R: Read + Seek>(&self, source: &Arc<SourceFile>, mut input: R, depth: usize) -> Flow {
        let mut roll = Roll::default();
        let (read, fault) =
            match zip::unstable::read::ZipIterable::try_new(&mut input, zip::read::Config::default()) {
                Ok(mut archive) => self.zip_by_directory(source, &mut archive, &mut roll, depth)?,
                Err(error) => (0, Some(zip_fault(&error))),
            };
        if let Some(reason) = &fault
            && !self.budget.is_spent()
            && input.rewind().is_ok()
        {
            self.zip_without_directory(source, &mut input, &mut roll, read, depth)?;
            self.fault(source, format!("the archive cannot be read whole: {reason}"))?;
        }
        self.tell(roll, source)
    }

    /// All members that the directory at the end names, how many they were, and what is wrong with it.
    fn zip_by_directory<R: Read + Seek>(
        &self,
        source: &Arc<SourceFile>,
        archive: &mut zip::unstable::read::ZipIterable<R>,
        roll: &mut Roll,
        depth: usize,
    ) -> Result<(usize, Option<String>), Unwanted> {
        let some = match archive.files() {
            Ok(files) => files.take(LOOKED_AT).flatten().map(|entry| entry.last_modified().and_then(utc)),
            Err(error) => return Ok((0, Some(zip_fault(&error)))),
        };
        let shared = file_time::shared(some);
        let files = match archive.files() {
            Ok(files) => files,
            Err(error) => return Ok((0, Some(zip_fault(&error)))),
        };
        let (mut read, mut places) = (0, FxHashSet::default());
        while let Some(entry) = files.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Ok((read, Some(zip_fault(&error)))),
            };
            read += 1;
            let (size, time) = (entry.size(), entry.last_modified().and_then(utc));
            let Some(name) = zip_name(entry.name_raw(), size, entry.unix_mode(), roll) else { continue };
            if !places.insert(entry.header_start()) {
                roll.leave_out(ProblemKind::Skipped, &name, "the bytes of a member before it", String::new());
                continue;
            }
            match entry.with_reader(files.reader_mut(), zip::ZipReadOptions::new()) {
                Ok(file) => {
                    let time = time.filter(|time| Some(*time) != shared);
                    let member = member(source, &roll.call(&name), size, time);
                    self.content(&Arc::new(member), &name, Box::new(self.metered(file)), depth + 1)?;
                }
                Err(zip::result::ZipError::UnsupportedArchive(reason)) => {
                    roll.leave_out(ProblemKind::Unreadable, &name, reason, String::new());
                }
                Err(error) => {
                    let member = member(source, &name, size, None);
                    self.fault(&member, format!("cannot be read: {}", lowered(&error.to_string())))?;
                }
            }
            if self.budget.is_spent() {
                self.rest_is_not_read(source, &name)?;
                break;
            }
        }
        Ok((read, None))
    }

    /// The members at the front of an archive that was cut off, but for the first, which are read: its
    /// directory, at the end, is gone.
    fn zip_without_directory(
        &self,
        source: &Arc<SourceFile>,
        mut input: impl Read,
        roll: &mut Roll,
        read: usize,
        depth: usize,
    ) -> Flow {
        let mut number = 0;
        while let Ok(Some(entry)) = zip::read::read_zipfile_from_stream(&mut input) {
            number += 1;
            if number <= read {
                continue;
            }
            let (size, time) = (entry.size(), entry.last_modified().and_then(utc));
            let Some(name) = zip_name(entry.name_raw(), size, entry.unix_mode(), roll) else { continue };
            let member = member(source, &roll.call(&name), size, time);
            self.content(&Arc::new(member), &name, Box::new(self.metered(entry)), depth + 1)?;
            if self.budget.is_spent() {
                return self.rest_is_not_read(source, &name);
            }
        }
        Ok(())
    }

    fn rest_is_not_read(&self, archive: &SourceFile, name: &str) -> Flow {
        self.fault(archive, format!("what comes behind `{name}` is not read: {}", too_much()))
    }

    /// The pages of a web archive, each shown with its address.
    fn warc<'r>(&self, source: &Arc<SourceFile>, input: Box<dyn Read + 'r>) -> Flow {
        let mut records = warc::Records::new(BufReader::new(input), self.sizes.largest);
        let mut roll = Roll::default();
        let fault = loop {
            match records.next() {
                Ok(Some(warc::Record::Page(page))) => {
                    let name = roll.call(&path_text::of_bytes(page.url.as_bytes()));
                    let size = page.bytes.len() as u64;
                    let member = SourceFile {
                        is_capture: page.saved.is_some(),
                        address: Some(page.url),
                        ..member(source, &name, size, page.saved.or(source.modified))
                    };
                    let member = Arc::new(member);
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
                    let name = path_text::of_bytes(url.as_bytes());
                    self.fault(&member(source, &name, 0, None), reason)?
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

    fn tar<'r>(&self, source: &Arc<SourceFile>, mut input: Box<dyn Read + 'r>, depth: usize) -> Flow {
        let mut start = Vec::new();
        let fault = (&mut input).take(LOOKED_INTO as u64).read_to_end(&mut start).err();
        let shared = shared_in_tar(&start);
        let mut archive = tar::Archive::new(Cursor::new(start).chain(Failing(fault)).chain(input));
        // Archives that were put one behind the other are one.
        archive.set_ignore_zeros(true);
        let mut roll = Roll::default();
        let fault = self.members_of_tar(source, &mut archive, shared, &mut roll, depth)?;
        self.tell(roll, source)?;
        fault.map_or(Ok(()), |error| self.fault(source, broken(&error)))
    }

    /// The members, and what is wrong with the archive behind them.
    fn members_of_tar<R: Read>(
        &self,
        source: &Arc<SourceFile>,
        archive: &mut tar::Archive<R>,
        shared: Option<Timestamp>,
        roll: &mut Roll,
        depth: usize,
    ) -> Result<Option<io::Error>, Unwanted> {
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return Ok(Some(error)),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Ok(Some(error)),
            };
            let Some(name) = tar_name(&entry, roll) else { continue };
            let time = tar_time(&entry).filter(|time| Some(*time) != shared);
            let member = member(source, &roll.call(&name), entry.size(), time);
            self.content(&Arc::new(member), &name, Box::new(self.metered(entry)), depth + 1)?;
            if self.budget.is_spent() {
                self.rest_is_not_read(source, &name)?;
                break;
            }
        }
        Ok(None)
    }
}

/// What a member of a `zip` file is called that is to be read.
fn zip_name(raw: &[u8], size: u64, mode: Option<u32>, roll: &mut Roll) -> Option<String> {
    // Some programs of Windows write paths as they are there.
    let is_of_windows = !raw.contains(&b'/');
    let slashed: Vec<u8> = raw.iter().map(|b| if *b == b'\\' && is_of_windows { b'/' } else { *b }).collect();
    if slashed.ends_with(b"/") && size == 0 {
        return None;
    }
    let name = name_of(&slashed);
    let reason = match mode.map(|mode| mode & 0o170_000) {
        Some(0o040_000) if size == 0 => return None,
        None | Some(0 | 0o100_000 | 0o040_000) => return (!roll.leaves_out(&name)).then_some(name),
        Some(0o120_000) => SYMBOLIC_LINK,
        Some(_) => NO_FILE,
    };
    roll.leave_out(ProblemKind::Skipped, &name, reason, String::new());
    None
}

const SYMBOLIC_LINK: &str = "a symbolic link";
const NO_FILE: &str = "not a regular file";

/// What a member of a `tar` file is called that is to be read.
fn tar_name<R: Read>(entry: &tar::Entry<'_, R>, roll: &mut Roll) -> Option<String> {
    let raw = entry.path_bytes();
    let name = name_of(&raw);
    let end = || entry.link_name_bytes().map(|end| name_of(&end)).unwrap_or_default();
    let kind = entry.header().entry_type();
    let (problem, reason, detail) = match kind {
        // What holds nothing and is a folder, or names the archive itself, is no file.
        EntryType::XGlobalHeader => return None,
        EntryType::Directory if entry.size() == 0 => return None,
        _ if kind.as_byte() == b'V' || (entry.size() == 0 && raw.ends_with(b"/")) => return None,
        EntryType::Symlink => (ProblemKind::Skipped, SYMBOLIC_LINK, format!(" to `{}`", end())),
        EntryType::Link if roll.holds(&end()) => {
            (ProblemKind::Skipped, "a hard link", format!(" to `{}`, which is read where it is", end()))
        }
        EntryType::Link => {
            let reason = "a hard link to what is not read";
            (ProblemKind::Unreadable, reason, format!(": `{}`", end()))
        }
        EntryType::Char | EntryType::Block | EntryType::Fifo => {
            (ProblemKind::Skipped, NO_FILE, String::new())
        }
        // What is of no known kind is a file (POSIX.1-2017, pax, typeflag).
        _ => return (!roll.leaves_out(&name)).then_some(name),
    };
    roll.leave_out(problem, &name, reason, detail);
    None
}

fn tar_time<R: Read>(entry: &tar::Entry<'_, R>) -> Option<Timestamp> {
    let seconds = entry.header().mtime().ok().and_then(|s| i64::try_from(s).ok())?;
    Timestamp::from_second(seconds).ok()
}

/// The time that most members at the beginning of a `tar` file have.
fn shared_in_tar(start: &[u8]) -> Option<Timestamp> {
    let mut archive = tar::Archive::new(start);
    let files =
        archive.entries().ok()?.map_while(Result::ok).filter(|entry| entry.header().entry_type().is_file());
    file_time::shared(files.take(LOOKED_AT).map(|entry| tar_time(&entry)))
}

/// Fails once, where there is an error to fail with.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Whether what is attached to a message is no larger than the message.
fn is_small(attached: &[Attached]) -> bool {
    attached.iter().all(|file| {
        let head = file.bytes.get(..detect::HEAD).unwrap_or(&file.bytes);
        let is_mail = detect::detect(&file.name, head) == Detected::Articles(Format::Mail);
        detect::packing(head).is_none() && !is_mail
    })
}

/// A file in an archive, as a source of its own.
fn member(archive: &SourceFile, name: &str, size: u64, modified: Option<Timestamp>) -> SourceFile {
    SourceFile {
        path: archive.path.clone(),
        shown: format!("{}!/{name}", archive.shown),
        relative: format!("{}!/{name}", archive.relative),
        size,
        modified,
        is_capture: false,
        map: archive.map.clone(),
        publication: archive.publication.clone(),
        section: archive.section,
        address: None,
    }
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

/// What is wrong with a zip file, without the words of those who know its inside.
fn zip_fault(error: &zip::result::ZipError) -> String {
    match error {
        zip::result::ZipError::InvalidArchive(_) => "it breaks off or is damaged".to_owned(),
        error => lowered(&error.to_string()),
    }
}

fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
