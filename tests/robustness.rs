//! Every file of the sample corpus, broken in a thousand ways: no reader may panic, hang or eat the memory,
//! whatever it is given. `NEWSEARCH_MUTATIONS=N` breaks each file in N ways instead.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, clippy::exit)]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use newsearch::corpus::{self, Outcome};

/// How many ways each file is broken in. Large files cost more: of these, fewer.
const MUTATIONS: usize = 1000;

/// A file is larger than this (bytes) where it is broken in fewer ways.
const LARGE: usize = 16 << 10;

/// No file of this size takes nearly as long, even without optimisation and on a busy machine.
const HANGS: Duration = Duration::from_secs(20);

/// The most memory that the whole test may have needed, in kilobytes.
const MOST_MEMORY: u64 = 1 << 20;

/// A reader's stack in the product.
const STACK_BYTES: usize = 8 << 20;

/// xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }

    /// A place in a text, and one behind it that is not far.
    fn slice(&mut self, len: usize) -> std::ops::Range<usize> {
        let start = self.below(len);
        let longest = [8, 64, 512, len][self.below(4)];
        start..(start + 1 + self.below(longest)).min(len)
    }
}

/// What parsers trip over.
const SPICE: &[&[u8]] = &[
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<",
    b"</",
    b"<!--",
    b"]]>",
    b"<![CDATA[",
    b"<!DOCTYPE x [<!ENTITY a \"&a;\">]>",
    b"&#x110000;",
    b"&#0;",
    b"{",
    b"[",
    b"\"",
    b"\\u",
    b"\\ud800",
    b"---\n",
    b"\r",
    b"\x1a",
    b"\x01\x02\x03",
    b"99999999999999999999",
    b"-1",
    b"18446744073709551615",
    b"\xed\xa0\x80",
    "\u{202e}".as_bytes(),
    "İ".as_bytes(),
    b"Content-Length: 9223372036854775807\r\n",
    b"=?utf-8?B?",
    b"31/02/9999",
];

fn mutated(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=random.below(3) {
        if bytes.is_empty() {
            break;
        }
        let slice = random.slice(bytes.len());
        match random.below(9) {
            0 => bytes.truncate(slice.start),
            1 => {
                for _ in 0..=random.below(8) {
                    let at = random.below(bytes.len());
                    bytes[at] ^= 1 << random.below(8);
                }
            }
            2 => {
                let at = random.below(bytes.len());
                bytes[at] = random.below(256) as u8;
            }
            3 => drop(bytes.drain(slice)),
            4 => {
                let piece = bytes[slice.clone()].repeat(1 + random.below(20));
                bytes.splice(slice.end..slice.end, piece);
            }
            5 => {
                // Nesting: the same opening over and over.
                let open = bytes[slice.start..].iter().position(|b| matches!(b, b'<' | b'{' | b'[' | b'('));
                let start = slice.start + open.unwrap_or(0);
                let end = (start + 1 + random.below(12)).min(bytes.len());
                let piece = bytes[start..end].repeat(1 + random.below(3000));
                bytes.splice(start..start, piece);
            }
            6 => {
                let spice = SPICE[random.below(SPICE.len())];
                bytes.splice(slice.start..slice.start, spice.iter().copied());
            }
            7 => {
                let spice = SPICE[random.below(SPICE.len())].repeat(1 + random.below(500));
                bytes.splice(slice.start..slice.start, spice);
            }
            _ => {
                let piece = bytes[slice].to_vec();
                let at = random.below(bytes.len());
                bytes.splice(at..at, piece);
            }
        }
        bytes.truncate(4 << 20);
    }
    bytes
}

/// What went wrong when the file was read, if anything did.
fn fault(path: &Path) -> Option<String> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let source = corpus::walk(path).find_map(Result::ok).map(Arc::new)?;
        corpus::chunks(&source).find_map(|chunk| {
            let outcomes = match chunk {
                Ok(chunk) => corpus::read(&chunk),
                Err(problem) => vec![Outcome::Problem(problem)],
            };
            outcomes.into_iter().find_map(|outcome| match outcome {
                Outcome::Problem(problem) if problem.message.contains("the reader failed") => {
                    Some(problem.message)
                }
                _ => None,
            })
        })
    }));
    read.unwrap_or_else(|_| Some("panicked outside its reader".to_owned()))
}

fn fixtures(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            fixtures(&path, found);
        } else if !path.file_name().unwrap().to_string_lossy().starts_with('.') {
            found.push(path);
        }
    }
}

/// What a worker is at.
type At = Mutex<Option<(Instant, String)>>;

#[test]
fn no_broken_file_breaks_a_reader() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus");
    let mut files = Vec::new();
    fixtures(&root, &mut files);
    files.sort();
    assert!(files.len() > 100);
    let asked = std::env::var("NEWSEARCH_MUTATIONS").ok().and_then(|n| n.parse().ok());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let faults = Mutex::new(Vec::new());
    let done = AtomicBool::new(false);
    let at: Vec<At> = (0..workers).map(|_| Mutex::new(None)).collect();
    let work = |at: &At| {
        let dir = tempfile::tempdir().unwrap();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let original = fs::read(file).unwrap();
            let rounds = asked.unwrap_or(MUTATIONS / (1 + original.len() / LARGE));
            let name = file.file_name().unwrap();
            for round in 0..rounds {
                let seed = (round as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ original.len() as u64;
                let path = dir.path().join(name);
                fs::write(&path, mutated(&original, &mut Random(seed | 1))).unwrap();
                let what = format!("{} mutation {round}", file.strip_prefix(&root).unwrap().display());
                *at.lock().unwrap() = Some((Instant::now(), what.clone()));
                if let Some(fault) = fault(&path) {
                    faults.lock().unwrap().push(format!("{what}: {fault}"));
                }
                *at.lock().unwrap() = None;
                fs::remove_file(&path).unwrap();
            }
        }
    };
    thread::scope(|scope| {
        let running: Vec<_> = at
            .iter()
            .map(|at| {
                thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, || work(at)).unwrap()
            })
            .collect();
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for at in &at {
                    if let Some((since, what)) = at.lock().unwrap().as_ref()
                        && since.elapsed() > HANGS
                    {
                        // A thread that hangs cannot be ended: the whole test must.
                        eprintln!("{what} hangs");
                        std::process::exit(101);
                    }
                }
                thread::sleep(Duration::from_millis(50));
            }
        });
        for worker in running {
            worker.join().unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    if let Some(peak) = peak_memory() {
        assert!(peak < MOST_MEMORY, "{peak} kB were needed");
    }
}

/// The most memory that this process has had, in kilobytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
