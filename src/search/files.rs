//! What a path or a source may have been meant that no article was read from.

use std::path::Path;

use tantivy::columnar::StrColumn;

use crate::error::{Error, Result, plain_io};
use crate::index::{Snapshot, reading};
use crate::query::{Field, Narrowing, Node, NodeKind};

use super::{SearchRequest, search};

/// At most `most` other ways to write what narrows a search to no article.
pub(super) fn meant(
    snapshot: &Snapshot,
    request: &SearchRequest,
    narrowing: &Narrowing,
    most: usize,
) -> Result<Vec<String>> {
    match narrowing {
        Narrowing::Source(typed) => source(snapshot, request, typed, most),
        Narrowing::Path(typed) => Ok(path(snapshot, request, typed)?.into_iter().collect()),
        Narrowing::All | Narrowing::Has(_) => Ok(Vec::new()),
    }
}

/// The paper of that name, else the roots whose names are most like it, else all where they are few.
fn source(snapshot: &Snapshot, request: &SearchRequest, typed: &str, most: usize) -> Result<Vec<String>> {
    let name = Node::new(NodeKind::Phrase { text: typed.to_owned(), slop: 0, exact: false }, 0..0);
    let paper = Node::in_field(Field::Publication, name);
    let said = paper.to_string();
    if search(snapshot, &request.for_total(paper))?.total > 0 {
        return Ok(vec![said]);
    }
    let roots = snapshot.roots();
    let name = |root: &Path| root.file_name().unwrap_or(root.as_os_str()).to_string_lossy().into_owned();
    let mut names: Vec<String> = roots.values().map(|root| name(root)).collect();
    names.sort_unstable();
    names.dedup();
    let near: Vec<String> = names.iter().filter(|name| edits(typed, name).is_some()).cloned().collect();
    let mut names = if !near.is_empty() || names.len() > most { near } else { names };
    names.truncate(most);
    Ok(names)
}

/// With folders and files that are there in place of those that are not; or with the folders below them.
fn path(snapshot: &Snapshot, request: &SearchRequest, typed: &str) -> Result<Option<String>> {
    let mut pieces: Vec<Piece> = typed.split('/').map(Piece::new).collect();
    let mut look_at =
        |path: &str| path.split('/').for_each(|name| pieces.iter_mut().for_each(|p| p.look_at(name)));
    for root in snapshot.roots().values() {
        look_at(&root.to_string_lossy());
    }
    for segment in snapshot.searcher().segment_readers() {
        let column = segment.fast_fields().str("path").map_err(|error| reading(snapshot.dir(), &error))?;
        let Some(column) = column else { continue };
        each_path(&column, &mut look_at)
            .map_err(|error| Error::Damaged { path: snapshot.dir().to_owned(), reason: plain_io(&error) })?;
    }
    let respelt: Option<Vec<&str>> = pieces.iter().map(Piece::meant).collect();
    let below = format!("{}/**", typed.trim_end_matches(['/', '*']));
    for tried in respelt.map(|pieces| pieces.join("/")).into_iter().chain([below]) {
        let query = Node::new(NodeKind::Narrow(Narrowing::Path(tried.clone())), 0..0);
        if tried != typed && search(snapshot, &request.for_total(query))?.total > 0 {
            return Ok(Some(tried));
        }
    }
    Ok(None)
}

fn each_path(column: &StrColumn, f: &mut impl FnMut(&str)) -> std::io::Result<()> {
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        f(&String::from_utf8_lossy(stream.key()));
    }
    Ok(())
}

/// What stands between two slashes of a path that was typed.
struct Piece<'a> {
    typed: &'a str,
    folded: String,
    /// Whether some name in the archive holds it, or may.
    is_there: bool,
    /// The name most like it, and in how many letters it is another.
    nearest: Option<(usize, String)>,
}

impl<'a> Piece<'a> {
    fn new(typed: &'a str) -> Self {
        let is_there = typed.is_empty() || typed.contains(['*', '?']);
        Self { typed, folded: typed.to_lowercase(), is_there, nearest: None }
    }

    fn look_at(&mut self, name: &str) {
        if self.is_there {
            return;
        }
        if name.to_lowercase().contains(&self.folded) {
            self.is_there = true;
            return;
        }
        for name in [Some(name), name.rsplit_once('.').map(|(stem, _)| stem)].into_iter().flatten() {
            let Some(edits) = edits(self.typed, name) else { continue };
            if self.nearest.as_ref().is_none_or(|(fewest, _)| edits < *fewest) {
                self.nearest = Some((edits, name.to_owned()));
            }
        }
    }

    fn meant(&self) -> Option<&str> {
        if self.is_there { Some(self.typed) } else { self.nearest.as_ref().map(|(_, name)| name.as_str()) }
    }
}

/// How many letters are other in a name that is nearly what was typed, in any case.
fn edits(typed: &str, name: &str) -> Option<usize> {
    let (typed, name) = (typed.to_lowercase(), name.to_lowercase());
    let most = if typed.chars().count() < 5 { 1 } else { 2 };
    if typed.chars().count().abs_diff(name.chars().count()) > most {
        return None;
    }
    Some(strsim::osa_distance(&typed, &name)).filter(|edits| *edits <= most)
}
