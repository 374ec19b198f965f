//! Any bytes in place of what an index keeps of its own beside the engine's files, and as a receipt.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use newsearch::error::Error;
use newsearch::index::Snapshot;
use newsearch::index::manifest::Manifest;
use newsearch::search::receipt::Receipt;
use newsearch::search::{CopiesShown, SearchRequest, copies_found, copies_of, search};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tempfile::TempDir;

use crate::{asked, first_line, open, run};

const COPIES: &str = "copies.bin";
const COMMIT: &str = "meta.json";

/// Bytes of the checksum at the end of the file of copies.
const CHECKSUM: usize = 32;

/// The first line says what the rest is.
pub fn stored(bytes: &[u8]) {
    let (kind, bytes) = first_line(bytes);
    match kind {
        b"receipt" => receipt(bytes),
        b"copies" => SOUND.with(COPIES, bytes, Checked::No),
        b"copies, sound" => SOUND.with(COPIES, &summed(bytes), Checked::Yes),
        b"copies, changed" => {
            let sound = fs::read(SOUND.index().join(COPIES)).unwrap();
            SOUND.with(COPIES, &summed(&changed(&sound[..sound.len() - CHECKSUM], bytes)), Checked::Yes);
        }
        b"manifest" => SOUND.with(&SOUND.payload().manifest, bytes, Checked::No),
        b"manifest, sound" => SOUND.with_manifest(bytes),
        b"manifest, changed" => {
            let sound = fs::read(SOUND.index().join(&SOUND.payload().manifest)).unwrap();
            SOUND.with_manifest(&changed(&sound, bytes));
        }
        b"commit" => SOUND.with(COMMIT, bytes, Checked::No),
        _ => {}
    }
}

/// Whether a file that is not as it was written has a checksum that says it were.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Checked {
    Yes,
    No,
}

fn receipt(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(receipt) = Receipt::parse(text) else { return };
    let Some(query) = asked(&receipt.read_as) else { return };
    let request = SearchRequest { variants: receipt.variants, ..SearchRequest::new(query) };
    let snapshot = open(&SOUND.index());
    let changes = receipt.changes(&snapshot, &request).unwrap();
    let now = Receipt::new(&snapshot, &request, &receipt.query, receipt.written).unwrap();
    if now == receipt {
        assert!(changes.none_found() && !changes.archive && !changes.rules, "{changes:?}");
    }
    let again = Receipt::parse(&serde_json::to_string(&now).unwrap()).unwrap();
    let changes = again.changes(&snapshot, &request).unwrap();
    assert!(changes.none_found() && !changes.archive && !changes.rules, "{changes:?}");
}

/// Three bytes each: two for a place, one for what stands there then.
fn changed(sound: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut bytes = sound.to_vec();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % bytes.len();
        bytes[at] = change[2];
    }
    bytes
}

fn summed(bytes: &[u8]) -> Vec<u8> {
    [bytes, blake3::hash(bytes).as_bytes()].concat()
}

/// An index that is as it was written, and a folder for copies of it.
struct Sound(TempDir);

static SOUND: LazyLock<Sound> = LazyLock::new(Sound::new);

impl Sound {
    fn new() -> Self {
        let sound = Self(tempfile::tempdir().unwrap());
        let papers = sound.papers();
        let story = "The harbour wall at Lorne goes to the vote in the spring, the council said. Members had argued until the lamps \
                     were lit, and the ferry company was promised the berth that it had asked for.";
        for (path, headline, body) in [
            ("courier/wall.md", "Harbour wall goes to vote", story),
            ("north/wall.md", "Council to decide on wall", story),
            ("south/mill.md", "Mill burns at Ellery", "The old mill by the river burnt down on Monday."),
            ("south/mill-again.md", "Fire at the mill", "The old mill by the river burnt down on Monday."),
            ("west/ferry.md", "Ferry late", "The ferry from Harrow was late again."),
        ] {
            let path = papers.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format!("---\ntitle: {headline}\ndate: 2025-10-02\n---\n\n{body}\n")).unwrap();
        }
        run(&sound.index(), Some(&papers)).unwrap();
        open(&sound.index()).verify().unwrap();
        // What is made right again below is right as it is.
        let payload = sound.payload();
        assert_eq!(payload.checksum, payload.checksum_of_the_rest(), "a commit's checksum is made otherwise");
        sound
    }

    fn papers(&self) -> PathBuf {
        self.0.path().join("papers")
    }

    fn index(&self) -> PathBuf {
        self.0.path().join("index")
    }

    fn commit(&self) -> Value {
        serde_json::from_slice(&fs::read(self.index().join(COMMIT)).unwrap()).unwrap()
    }

    fn payload(&self) -> Payload {
        serde_json::from_str(self.commit()["payload"].as_str().unwrap()).unwrap()
    }

    /// A copy in which a file is another.
    fn with(&self, name: &str, bytes: &[u8], checked: Checked) {
        let dir = self.copy();
        fs::write(dir.path().join(name), bytes).unwrap();
        let is_as_written = fs::read(self.index().join(name)).unwrap() == bytes;
        match Snapshot::open(dir.path()) {
            Err(error) => is_told(&error),
            Ok(snapshot) => {
                let verified = snapshot.verify();
                assert!(!is_as_written || verified.is_ok(), "{verified:?}");
                assert!(is_as_written || checked == Checked::Yes || verified.is_err(), "`{name}` is another");
                answers(&snapshot);
            }
        }
        match run(dir.path(), None) {
            Err(error) => is_told(&error),
            // What is of one's own making and says that it is sound is believed.
            Ok(_) if checked == Checked::No || is_as_written => {
                assert_eq!(heard(&open(dir.path())), heard(&open(&self.index())), "after a run");
                open(dir.path()).verify().unwrap();
            }
            Ok(_) => answers(&open(dir.path())),
        }
    }

    /// A copy with another manifest, named in its commit as if it had been written so.
    fn with_manifest(&self, bytes: &[u8]) {
        let dir = self.copy();
        let mut payload = self.payload();
        payload.manifest_checksum = short(bytes);
        payload.checksum = payload.checksum_of_the_rest();
        let mut commit = self.commit();
        commit["payload"] = serde_json::to_string(&payload).unwrap().into();
        fs::write(dir.path().join(&payload.manifest), bytes).unwrap();
        fs::write(dir.path().join(COMMIT), serde_json::to_string_pretty(&commit).unwrap() + "\n").unwrap();
        let snapshot = open(dir.path());
        let _ = snapshot.verify();
        answers(&snapshot);
        // A run goes wherever a manifest says that it should.
        let is_elsewhere =
            |manifest: Manifest| manifest.roots.values().any(|root| root.path != self.papers());
        if snapshot.manifest().is_ok_and(is_elsewhere) {
            return;
        }
        match run(dir.path(), None) {
            Err(error) => is_told(&error),
            Ok(_) => answers(&open(dir.path())),
        }
    }

    fn copy(&self) -> TempDir {
        let dir = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(self.index()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
        }
        dir
    }
}

/// Searches of an index that may be damaged: they answer, or say so.
fn answers(snapshot: &Snapshot) {
    let _ = snapshot.manifest().map_err(|error| is_told(&error));
    for copies in [CopiesShown::All, CopiesShown::Best, CopiesShown::First, CopiesShown::Last] {
        for query in ["the", "harbour OR mill", "NOT zzzqqq"] {
            let request = SearchRequest { copies, ..SearchRequest::new(asked(query).unwrap()) };
            match search(snapshot, &request) {
                Err(error) => is_told(&error),
                Ok(response) => {
                    for hit in &response.hits {
                        let _ = copies_found(snapshot, hit).map_err(|error| is_told(&error));
                    }
                }
            }
        }
    }
    for text in [0, 1, u64::MAX / 2, u64::MAX] {
        let _ = copies_of(snapshot, "none", text).map_err(|error| is_told(&error));
    }
}

/// All that a sound index answers with copies shown once.
fn heard(snapshot: &Snapshot) -> Vec<(String, u32, Vec<String>)> {
    let request = SearchRequest { copies: CopiesShown::First, ..SearchRequest::new(asked("the").unwrap()) };
    let hits = search(snapshot, &request).unwrap().hits;
    let mut heard: Vec<_> = hits
        .iter()
        .map(|hit| {
            let copies = copies_found(snapshot, hit).unwrap().into_iter().map(|copy| copy.path);
            (hit.article.path.clone(), hit.root, copies.collect())
        })
        .collect();
    heard.sort();
    heard
}

/// Whether an error is one of an index that is not what it should be, or of one that knows no folder.
fn is_told(error: &Error) {
    assert!(
        matches!(
            error,
            Error::Damaged { .. }
                | Error::NotAnIndex { .. }
                | Error::OtherVersion { .. }
                | Error::NoIndex(_)
                | Error::CannotRead { .. }
                | Error::Input(_)
        ),
        "{error:?}"
    );
}

/// What a commit says of itself, as the index writes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Payload {
    format: u32,
    version: String,
    schema: String,
    analysis: String,
    manifest: String,
    manifest_checksum: String,
    articles: u64,
    roots: Vec<PathBuf>,
    root_numbers: Vec<u32>,
    checksum: String,
}

impl Payload {
    fn checksum_of_the_rest(&self) -> String {
        short(format!("{:?}", Self { checksum: String::new(), ..self.clone() }).as_bytes())
    }
}

fn short(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}
