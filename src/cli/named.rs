//! Which article is meant: by its id, the beginning of one, its place in the last answer, or its path.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use newsearch::error::Error;
use newsearch::index::Snapshot;
use newsearch::index::document::StoredArticle;
use newsearch::query::{Narrowing, Node, NodeKind};
use newsearch::search::{self, Hit, SearchRequest};
use serde::{Deserialize, Serialize};

use super::outcome::Failure;
use super::paths;
use super::terminal::Terminal;

/// Reads the names from standard input.
const FROM_INPUT: &str = "-";
/// Standard input holds no more names than that, in bytes.
const MOST_INPUT: u64 = 64 << 20;
/// Shorter beginnings are beginnings of too much.
const SHORTEST_BEGINNING: usize = 3;
/// So many articles are looked at, and named, where one is meant.
const MOST_MEANT: usize = 5;

/// The articles that were shown last, by their places.
#[derive(Serialize, Deserialize)]
pub struct LastAnswer {
    index: PathBuf,
    query: String,
    first: usize,
    ids: Vec<String>,
}

impl LastAnswer {
    /// Keeps what is shown of an answer. It is a convenience: where it cannot be written, nothing is said.
    pub fn keep(dir: &Path, query: &str, hits: &[Hit]) {
        let (Some(first), Some(path)) = (hits.first(), paths::last_answer()) else { return };
        let ids = hits.iter().map(|hit| hit.article.id.clone()).collect();
        let last = Self { index: absolute(dir), query: query.to_owned(), first: first.rank, ids };
        let write = || -> io::Result<()> {
            let folder = path.parent().unwrap_or(Path::new("."));
            fs::create_dir_all(folder)?;
            // What somebody looks for is nobody else's business: temporary files are for their owner alone.
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(&serde_json::to_vec(&last)?)?;
            file.persist(&path)?;
            Ok(())
        };
        let _ = write();
    }

    fn read(dir: &Path) -> Option<Self> {
        let text = fs::read(paths::last_answer()?).ok()?;
        let last: Self = serde_json::from_slice(&text).ok()?;
        Some(last).filter(|last| last.index == absolute(dir))
    }

    /// The ids of the articles that were shown last of this index.
    pub fn ids(dir: &Path) -> Vec<String> {
        Self::read(dir).map(|last| last.ids).unwrap_or_default()
    }

    fn at(&self, number: usize) -> Option<&str> {
        self.ids.get(number.checked_sub(self.first)?).map(String::as_str)
    }
}

fn absolute(dir: &Path) -> PathBuf {
    dir.canonicalize().unwrap_or_else(|_| dir.to_owned())
}

/// The articles that all of the names mean; those that standard input lists in the place of `-`.
pub fn all(
    given: &[String],
    snapshot: &Snapshot,
    terminal: &Terminal,
) -> Result<Vec<StoredArticle>, Failure> {
    let mut found = Vec::new();
    for given in given {
        if given != FROM_INPUT {
            found.extend(articles(given, snapshot, terminal)?);
            continue;
        }
        let mut text = String::new();
        io::stdin().lock().take(MOST_INPUT).read_to_string(&mut text).map_err(|error| Error::CannotRead {
            path: PathBuf::from(FROM_INPUT),
            reason: newsearch::error::plain_io(&error),
        })?;
        let names = text.split(['\n', '\0']).map(str::trim).filter(|name| !name.is_empty());
        for name in names {
            found.extend(articles(name, snapshot, terminal)?);
        }
    }
    Ok(found)
}

/// The articles that a name means: several only where several have one id.
pub fn articles(
    given: &str,
    snapshot: &Snapshot,
    terminal: &Terminal,
) -> Result<Vec<StoredArticle>, Failure> {
    let found = snapshot.articles_by_id(given)?;
    if !found.is_empty() {
        return Ok(found);
    }
    if let Some(number) = number(given) {
        return of_last_answer(number, given, snapshot, terminal);
    }
    if given.chars().count() >= SHORTEST_BEGINNING {
        let ids = snapshot.ids_beginning_with(given, MOST_MEANT + 1)?;
        match ids.as_slice() {
            [] => {}
            [id] => return Ok(snapshot.articles_by_id(id)?),
            ids => return Err(ambiguous(&format!("more than one id begins with `{given}`"), ids.to_vec())),
        }
    }
    let hits = at_path(given, snapshot)?;
    match hits.as_slice() {
        [] => Err(Error::NoArticle(given.to_owned()).into()),
        [hit] => Ok(snapshot.articles_by_id(&hit.article.id)?),
        hits => {
            let ids = hits.iter().map(|hit| hit.article.id.clone()).collect();
            Err(ambiguous(&format!("more than one article has a path with `{given}`"), ids))
        }
    }
}

/// `3` or `@3`.
fn number(given: &str) -> Option<usize> {
    let digits = given.strip_prefix('@').unwrap_or(given);
    let is_number =
        !digits.is_empty() && digits.len() < 7 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

fn of_last_answer(
    number: usize,
    given: &str,
    snapshot: &Snapshot,
    terminal: &Terminal,
) -> Result<Vec<StoredArticle>, Failure> {
    let Some(last) = LastAnswer::read(snapshot.dir()) else {
        return Err(Error::NoArticle(given.to_owned()).into());
    };
    let Some(id) = last.at(number) else {
        let end = last.first + last.ids.len() - 1;
        let message = format!(
            "the last answer, to `{}`, shows no article {number}, only {} to {end}",
            last.query, last.first
        );
        return Err(Failure::Usage(message, None));
    };
    let found = snapshot.articles_by_id(id)?;
    if found.is_empty() {
        return Err(Error::NoArticle(id.to_owned()).into());
    }
    terminal.warn(&format!("article {number} of the last answer, to `{}`", last.query))?;
    Ok(found)
}

/// The articles whose path is so, else those that have this in their paths.
fn at_path(given: &str, snapshot: &Snapshot) -> Result<Vec<Hit>, Failure> {
    let query = Node::new(NodeKind::Narrow(Narrowing::Path(given.to_owned())), 0..0);
    // Those whose path is so may be behind others.
    let request = SearchRequest { limit: 100, ..SearchRequest::new(query) };
    let mut hits = search::search(snapshot, &request)?.hits;
    let shown = paths::of_hits(&hits, &snapshot.roots());
    let wanted = given.trim_start_matches("./");
    let mut is_same = shown.iter().map(|path| path == wanted);
    if shown.iter().filter(|path| *path == wanted).count() == 1 {
        hits.retain(|_| is_same.next().unwrap_or(false));
    }
    Ok(hits)
}

fn ambiguous(message: &str, mut ids: Vec<String>) -> Failure {
    let more = if ids.len() > MOST_MEANT { " …" } else { "" };
    ids.truncate(MOST_MEANT);
    Failure::Usage(message.to_owned(), Some(format!("name one: {}{more}", ids.join(" "))))
}
