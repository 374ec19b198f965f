//! A folder of any files, from the first run to one after something has changed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use newsearch::article::Article;
use newsearch::corpus;
use newsearch::ingest::Report;
use newsearch::problem::Problem;
use newsearch::search::{CopiesShown, Hit, SearchRequest, Snippet, copies_found, search};

use crate::{asked, open, parsers, run};

/// More files, or longer names, are no other case.
const MOST_FILES: usize = 8;
const LONGEST_NAME: usize = 80;
const DEEPEST: usize = 4;

/// Files are parted by lines that begin so, each with the file's path: one that stays, one that goes later,
/// one that comes later. `a.zip!/b.txt` is packed into `a.zip`; so it is with `tar`, `tar.gz`, `gz` and
/// `zst`.
const STAYS: &[u8] = b"=== ";
const GOES: &[u8] = b"=-= ";
const COMES: &[u8] = b"=+= ";

/// What the index is asked, besides for all.
const QUERIES: &[&str] =
    &["the", "harbour OR bridge OR ferry", "a* NOT the", "headline:a*", "since:2020", "\"in the\""];

/// A folder is indexed; then it is changed and indexed again.
pub fn archive(bytes: &[u8]) {
    let dir = tempfile::tempdir().unwrap();
    let (root, index, anew) = (dir.path().join("papers"), dir.path().join("index"), dir.path().join("anew"));
    let folder = Folder::of(bytes);
    folder.make(&root, GOES);

    let report = run(&index, Some(&root)).unwrap_or_else(|error| panic!("the first run: {error}"));
    let before = holds(&index, &root, &report);
    let again = run(&index, None).unwrap_or_else(|error| panic!("the second run: {error}"));
    assert_eq!((again.files_read, again.files_gone, again.articles_read), (0, 0, 0), "nothing has changed");
    assert_eq!(again.problems, report.problems);
    assert_eq!(holds(&index, &root, &again), before);
    if !folder.changes() {
        return;
    }

    fs::remove_dir_all(&root).unwrap();
    folder.make(&root, COMES);
    let changed = run(&index, None).unwrap_or_else(|error| panic!("after a change: {error}"));
    let now = holds(&index, &root, &changed);
    let fresh = run(&anew, Some(&root)).unwrap_or_else(|error| panic!("anew: {error}"));
    assert_eq!(now, holds(&anew, &root, &fresh), "an index that changed, and one made anew");
    assert_eq!(problems(&changed), problems(&fresh), "an index that changed, and one made anew");
}

/// Files as an input describes them.
struct Folder<'a>(Vec<Described<'a>>);

struct Described<'a> {
    mark: &'a [u8],
    path: PathBuf,
    member: Option<String>,
    content: &'a [u8],
}

impl<'a> Folder<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let mut starts = Vec::new();
        let mut at = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if [STAYS, GOES, COMES].iter().any(|mark| line.starts_with(mark)) {
                starts.push(at);
            }
            at += line.len();
        }
        starts.truncate(MOST_FILES);
        let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
        let files = starts.iter().zip(ends).filter_map(|(start, end)| {
            let (mark, rest) = bytes[*start..end].split_at(STAYS.len());
            let (name, content) = crate::first_line(rest);
            let name = std::str::from_utf8(name).ok().filter(|name| name.len() <= LONGEST_NAME)?;
            let (path, member) = match name.split_once("!/") {
                Some((path, member)) => (path, Some(member.to_owned())),
                None => (name, None),
            };
            let mut parts = path.split('/');
            let is_path = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\0');
            let is_plain = parts.clone().count() <= DEEPEST && parts.all(is_path);
            is_plain.then(|| Described { mark, path: PathBuf::from(path), member, content })
        });
        Self(files.collect())
    }

    fn changes(&self) -> bool {
        self.0.iter().any(|file| file.mark != STAYS)
    }

    /// Writes those that stay, and those that are there only `now`. Where two have one path, the last counts.
    fn make(&self, root: &Path, now: &[u8]) {
        fs::create_dir_all(root).unwrap();
        let mut packed: BTreeMap<&Path, Vec<(&str, &[u8])>> = BTreeMap::new();
        let is_another =
            |path: &Path| now == COMES && self.0.iter().any(|file| file.path == path && file.mark != STAYS);
        let there = self.0.iter().filter(|file| file.mark == STAYS || file.mark == now);
        for Described { path, member, content, .. } in there {
            match member {
                None => write(&root.join(path), content, is_another(path)),
                Some(member) => packed.entry(path).or_default().push((member, content)),
            }
        }
        for (path, members) in packed {
            let name = path.to_string_lossy();
            let bytes = match () {
                () if name.ends_with(".zip") => zip(&members),
                () if name.ends_with(".tar") => tar(&members),
                () if name.ends_with(".tar.gz") => gzip(&tar(&members)),
                () if name.ends_with(".gz") => {
                    gzip(&members.iter().map(|member| member.1).collect::<Vec<_>>().concat())
                }
                () if name.ends_with(".zst") => zstd::bulk::compress(members[0].1, 1).unwrap(),
                () => continue,
            };
            write(&root.join(path), &bytes, is_another(path));
        }
    }
}

/// Writes a file, unless its name is a folder's or the other way round. One that is another than before has
/// another time, though not by much: it is what "an hour ago" is counted from.
fn write(path: &Path, content: &[u8], is_another: bool) {
    let made = path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
    let Some(mut file) = File::create(path).ok().filter(|_| made) else { return };
    file.write_all(content).unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::new(1_760_000_000, u32::from(is_another));
    file.set_modified(time).unwrap();
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        if zip.start_file(*name, zip::write::SimpleFileOptions::default()).is_ok() {
            zip.write_all(content).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        // A name that leads out of the archive or is too long is no name.
        let _ = tar.append_data(&mut header, name, *content);
    }
    tar.into_inner().unwrap()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(content).unwrap();
    gzip.finish().unwrap()
}

/// What an index answers.
#[derive(Debug, PartialEq)]
struct Answers {
    articles: Vec<Article>,
    totals: Vec<u64>,
    /// Of each query, the first hits.
    hits: Vec<Vec<Answer>>,
}

#[derive(Debug, PartialEq)]
struct Answer {
    place: Place,
    headline: Vec<(usize, usize)>,
    snippets: Vec<Snippet>,
    copies: usize,
}

/// A file within an archive or folder, and a record in it.
type Place = (String, u32);

/// Whether all agrees that is said of a folder in an index, and what it answers.
fn holds(index: &Path, root: &Path, report: &Report) -> Answers {
    let snapshot = open(index);
    snapshot.verify().unwrap_or_else(|error| panic!("{error}"));
    let manifest = snapshot.manifest().unwrap();
    let request = |query: &str| SearchRequest {
        limit: 1000,
        ..SearchRequest::new(asked(query).unwrap_or_else(|| panic!("`{query}` asks nothing")))
    };
    let all = search(&snapshot, &request("NOT zzzqqq")).unwrap();
    let listed: u64 = manifest.files.values().map(|entry| u64::from(entry.articles)).sum();
    assert_eq!(
        (all.total, listed, report.articles_in_roots),
        (snapshot.article_count(), all.total, all.total)
    );
    for problem in &report.problems {
        assert!(!problem.message.contains("a fault of newsearch"), "{problem}");
    }

    for path in files(root).into_iter().filter(|path| !path.ends_with(".newsearchignore")) {
        let shown = corpus::shown(&path);
        let relative = corpus::shown(path.strip_prefix(root).unwrap());
        let entry = manifest.files.get(&(0, relative.clone()));
        let is_of = |problem: &&Problem| {
            let rest = shown.strip_prefix(problem.path.as_str());
            let members = problem.path.strip_prefix(shown.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                || members.is_some_and(|member| member.starts_with("!/"))
        };
        let is_told = report.problems.iter().any(|problem| is_of(&problem));
        assert!(is_told || entry.is_some_and(|entry| entry.articles > 0), "nothing is said of `{relative}`");
    }

    let mut ids: Vec<&str> = all.hits.iter().map(|hit| hit.article.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all.hits.len(), "two articles have one id");
    for hit in &all.hits {
        parsers::is_clean(&hit.article);
        assert!(!hit.damaged, "{:?}", hit.article);
    }
    let mut articles: Vec<Article> =
        all.hits.into_iter().map(|hit| whoever_came_first(hit.article)).collect();
    articles.sort_by_cached_key(place);
    let copies = |hit: &Hit| copies_found(&snapshot, hit).unwrap().len();
    let mut totals = vec![all.total];
    let mut hits = Vec::new();
    for query in QUERIES {
        let request = SearchRequest { copies: CopiesShown::First, ..request(query) };
        let response = search(&snapshot, &request).unwrap();
        totals.extend([response.total, response.distinct.unwrap_or(0)]);
        let mut found: Vec<Answer> = response
            .hits
            .into_iter()
            .map(|hit| Answer {
                place: place(&hit.article),
                copies: copies(&hit),
                headline: hit.headline_highlights,
                snippets: hit.snippets,
            })
            .collect();
        // Scores differ in their last digits.
        found.sort_by(|a, b| a.place.cmp(&b.place));
        hits.push(found);
    }
    Answers { articles, totals, hits }
}

fn place(article: &Article) -> Place {
    (article.path.clone(), article.record)
}

/// Of two articles with one id, the one that came first keeps it: there an index that changed may differ from
/// one made anew.
fn whoever_came_first(mut article: Article) -> Article {
    let told = article.problems.len();
    article.problems.retain(|problem| !is_of_ids(problem));
    if let Some((id, number)) = article.id.rsplit_once('~')
        && (told > article.problems.len() || number.bytes().all(|b| b.is_ascii_digit()))
    {
        article.id = id.to_owned();
    }
    article
}

fn is_of_ids(problem: &str) -> bool {
    problem.contains("another article has the id") || problem.contains("have an id that another one has too")
}

fn problems(report: &Report) -> Vec<String> {
    report.problems.iter().map(Problem::to_string).filter(|problem| !is_of_ids(problem)).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
