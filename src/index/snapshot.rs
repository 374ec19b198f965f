//! Reading: the index as it was at one commit, whatever is written meanwhile.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, IndexRecordOption, Term, Value as _};
use tantivy::store::StoreReader;
use tantivy::{
    DocAddress, Index, IndexMeta, ReloadPolicy, Searcher, SegmentReader, TantivyDocument, TantivyError,
};

use crate::corpus::{self, UNREAD_DOCUMENT};
use crate::error::{Error, Result, plain_io};
use crate::problem::ProblemKind;

use super::dates::Dates;
use super::directory::ArchiveDirectory;
use super::document::{StoredArticle, file_key, from_document, is_whole};
use super::fields::{Fields, tokenizers};
use super::manifest::Manifest;
use super::near_duplicates::NearDuplicates;
use super::tokenizer::Analyzers;
use super::{Payload, Roots, reading};

/// So many blocks of texts are kept unpacked for each segment.
const BLOCKS_KEPT: usize = 100;

/// What could not be read of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread {
    /// Files, and records of files.
    pub files: u64,
    /// Documents of formats that are not read.
    pub documents: u64,
}

/// The index as it was at one commit.
pub struct Snapshot {
    pub(super) dir: PathBuf,
    pub(super) index: Index,
    searcher: Searcher,
    fields: Fields,
    /// The texts of each segment, as they are asked for.
    stores: Vec<OnceLock<StoreReader>>,
    unread: OnceLock<Unread>,
    pub(super) payload: Option<Payload>,
}

impl Snapshot {
    /// Opens the index in the folder `dir`, for reading only.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let home = tempfile::tempdir()?;
    /// # let (archive, index) = (home.path().join("archive"), home.path().join("index"));
    /// # std::fs::create_dir(&archive)?;
    /// # let weir = "---\ntitle: Weir mended\ndate: 2025-03-05\nsection: Local\n---\nIt holds again.\n";
    /// # std::fs::write(archive.join("weir.md"), weir)?;
    /// # newsearch::ingest::index(&index, &[&archive])?;
    /// let snapshot = newsearch::index::Snapshot::open(&index)?;
    /// println!("{} articles from {} folders", snapshot.article_count(), snapshot.roots().len());
    /// # assert_eq!((snapshot.article_count(), snapshot.roots().len()), (1, 1));
    /// // What is indexed from now on is seen by those opened from now on.
    /// std::fs::write(archive.join("ferry.txt"), "Ferry sails\n\nIt sails from Lorne again.\n")?;
    /// newsearch::ingest::index(&index, &[&archive])?;
    /// assert_eq!(snapshot.article_count(), 1);
    /// assert_eq!(newsearch::index::Snapshot::open(&index)?.article_count(), 2);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Where there is no index, where it was built by other rules, and where it is damaged.
    pub fn open(dir: impl AsRef<Path>) -> Result<Self> {
        Self::open_on(dir.as_ref(), |disk| disk)
    }

    /// The same for one who goes through many articles: their texts are read and not mapped, so that memory
    /// stays small.
    pub fn open_for_all(dir: &Path) -> Result<Self> {
        Self::open_on(dir, ArchiveDirectory::without_mapped_texts)
    }

    fn open_on(dir: &Path, with: impl Fn(ArchiveDirectory) -> ArchiveDirectory) -> Result<Self> {
        let commit = || fs::read(dir.join("meta.json")).ok();
        let mut before = commit();
        loop {
            let opened = Self::open_once(with(disk(dir)?), dir);
            let now = commit();
            // Where another commit came in between, its articles would go with the manifest of the one
            // before; where a new index took the old one's place, files of both would be looked for.
            if now == before {
                return opened;
            }
            before = now;
        }
    }

    fn open_once(disk: ArchiveDirectory, dir: &Path) -> Result<Self> {
        let index = index_on(disk, dir, &Analyzers::default())?;
        let metas = index.load_metas().map_err(|error| reading(dir, &error))?;
        Self::of(index, &metas, dir)
    }

    fn of(index: Index, metas: &IndexMeta, dir: &Path) -> Result<Self> {
        let fields = Fields::resolve(&index.schema());
        let payload = match metas.payload.as_deref() {
            Some(text) => Some(Payload::parse(text, dir)?),
            None if fields.is_ok() && metas.segments.is_empty() => None,
            None => {
                let reason = "it was written by another program".to_owned();
                return Err(Error::NotAnIndex { path: dir.to_owned(), reason });
            }
        };
        if let Some(payload) = &payload {
            payload.check(dir)?;
        }
        let fields = fields.map_err(|reason| Error::NotAnIndex { path: dir.to_owned(), reason })?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|error: tantivy::TantivyError| reading(dir, &error))?;
        let searcher = reader.searcher();
        let stores = searcher.segment_readers().iter().map(|_| OnceLock::new()).collect();
        let unread = OnceLock::new();
        Ok(Self { dir: dir.to_owned(), searcher, index, fields, stores, unread, payload })
    }

    /// The folder it was opened in.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The engine's view of it.
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The handles of its fields.
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Number of articles.
    pub fn article_count(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The fingerprints it was built with: schema and analysis. `None` before the first commit.
    pub fn fingerprints(&self) -> Option<(&str, &str)> {
        self.payload.as_ref().map(|payload| (payload.schema.as_str(), payload.analysis.as_str()))
    }

    /// The version of newsearch that wrote it.
    pub fn written_by(&self) -> Option<&str> {
        self.payload.as_ref().map(|payload| payload.version.as_str())
    }

    /// What it was made from.
    pub fn manifest(&self) -> Result<Manifest> {
        match &self.payload {
            Some(payload) => Manifest::read(&self.dir, &payload.manifest, &payload.manifest_checksum),
            None => Ok(Manifest::default()),
        }
    }

    /// What could not be read of the files that it was made from. The first time this reads the manifest.
    pub fn unread(&self) -> Result<Unread> {
        if let Some(unread) = self.unread.get() {
            return Ok(*unread);
        }
        let manifest = self.manifest()?;
        let documents = manifest.problems().filter(|problem| problem.message.starts_with(UNREAD_DOCUMENT));
        let unread = Unread {
            files: manifest.problem_count(ProblemKind::Unreadable),
            documents: documents.map(|problem| problem.count).sum(),
        };
        Ok(*self.unread.get_or_init(|| unread))
    }

    /// Where the files are that it was made from. Unlike the [`manifest`](Self::manifest), it costs nothing.
    pub fn roots(&self) -> Roots {
        let Some(payload) = &self.payload else { return Roots::default() };
        payload.root_numbers.iter().copied().zip(payload.roots.iter().cloned()).collect()
    }

    /// The file that an article was read from, by the number of its root and its path in it; of a member of
    /// an archive, the archive. `None` where the root is not known.
    pub fn file_of(&self, root: u32, path: &str) -> Option<PathBuf> {
        let root = self.roots().remove(&root)?;
        let file = corpus::file(path);
        // Where the root is a file, the path begins with its name.
        if file.file_name() == root.file_name() && file.components().count() == 1 && !root.is_dir() {
            return Some(root);
        }
        Some(root.join(file))
    }

    /// Which articles are near-duplicates of one another.
    ///
    /// # Errors
    /// Where the file that says so is missing or damaged.
    pub fn near_duplicates(&self) -> Result<NearDuplicates> {
        match self.payload {
            None => Ok(NearDuplicates::none()),
            Some(_) => NearDuplicates::open(&self.dir),
        }
    }

    /// A number that changes with every commit that puts articles in or takes some out.
    pub(super) fn content_version(&self) -> u64 {
        self.payload.as_ref().map_or(0, |payload| payload.articles)
    }

    /// A column of numbers of one of its segments.
    pub(crate) fn u64_column(&self, segment: &SegmentReader, name: &str) -> Result<Column<u64>> {
        segment.fast_fields().u64(name).map_err(|error| reading(&self.dir, &error))
    }

    /// A column of texts of one of its segments; `None` where no article there has one.
    pub(crate) fn str_column(&self, segment: &SegmentReader, name: &str) -> Result<Option<StrColumn>> {
        segment.fast_fields().str(name).map_err(|error| reading(&self.dir, &error))
    }

    /// The dates of one of its segments.
    pub(crate) fn dates(&self, segment: &SegmentReader) -> Result<Dates> {
        Dates::open(segment).map_err(|error| reading(&self.dir, &error))
    }

    /// Bytes that the index's folder takes on the disk.
    pub fn bytes_on_disk(&self) -> u64 {
        let Ok(entries) = fs::read_dir(&self.dir) else { return 0 };
        entries
            .flatten()
            .filter_map(|entry| entry.metadata().ok())
            .filter(|m| m.is_file())
            .map(|m| m.len())
            .sum()
    }

    /// What the engine has stored at an address. It would ask for as much memory as a damaged length says,
    /// and end there.
    fn document(&self, address: DocAddress) -> Result<TantivyDocument> {
        let damaged = |error: &TantivyError| reading(&self.dir, error);
        let no_segment = || TantivyError::InvalidArgument("no such segment".to_owned());
        let at = address.segment_ord as usize;
        let (segment, store) = self
            .searcher
            .segment_readers()
            .get(at)
            .zip(self.stores.get(at))
            .ok_or_else(|| damaged(&no_segment()))?;
        let store = match store.get() {
            Some(store) => store,
            None => {
                let opened = segment
                    .get_store_reader(BLOCKS_KEPT)
                    .map_err(|error| Error::Damaged { path: self.dir.clone(), reason: plain_io(&error) })?;
                store.get_or_init(|| opened)
            }
        };
        let bytes = store.get_document_bytes(address.doc_id).map_err(|error| damaged(&error))?;
        if !is_whole(&bytes) {
            let reason = "the lengths of a stored article are not what was written".to_owned();
            return Err(Error::Damaged { path: self.dir.clone(), reason });
        }
        store.get(address.doc_id).map_err(|error| damaged(&error))
    }

    /// The article at an address that a search gave.
    pub(crate) fn article(&self, address: DocAddress) -> Result<StoredArticle> {
        let doc = self.document(address)?;
        from_document(&doc, &self.fields).map_err(|reason| Error::Damaged { path: self.dir.clone(), reason })
    }

    /// The body of the article at an address.
    pub(super) fn body(&self, address: DocAddress) -> Result<String> {
        let doc = self.document(address)?;
        Ok(doc.get_first(self.fields.body).and_then(|body| body.as_str()).unwrap_or_default().to_owned())
    }

    /// Calls `take` with each article of one file, in no certain order, until it fails.
    pub(crate) fn each_article_of(
        &self,
        root: u32,
        path: &str,
        mut take: impl FnMut(StoredArticle) -> Result<()>,
    ) -> Result<()> {
        let term = Term::from_field_u64(self.fields.file, file_key(root, path));
        for address in self.addresses(&term, self.fields.file)? {
            take(self.article(address)?)?;
        }
        Ok(())
    }

    /// The articles that answer to this id (see [`crate::id`]); more than one where documents carry the same.
    pub fn articles_by_id(&self, id: &str) -> Result<Vec<StoredArticle>> {
        let mut addresses = Vec::new();
        for field in [self.fields.id, self.fields.id_alias] {
            addresses.extend(self.addresses(&Term::from_field_text(field, id), field)?);
        }
        addresses.sort_unstable();
        addresses.dedup();
        addresses.into_iter().map(|address| self.article(address)).collect()
    }

    /// The ids that begin so, at most `most` of them, in their order. Ids of articles that are gone are none.
    pub fn ids_beginning_with(&self, beginning: &str, most: usize) -> Result<Vec<String>> {
        let mut found = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let terms = segment.inverted_index(self.fields.id).map_err(|error| reading(&self.dir, &error))?;
            let damaged =
                |error: std::io::Error| Error::Damaged { path: self.dir.clone(), reason: plain_io(&error) };
            let mut ids = terms.terms().range().ge(beginning).into_stream().map_err(damaged)?;
            let mut of_segment = 0;
            while of_segment < most && ids.advance() && ids.key().starts_with(beginning.as_bytes()) {
                let id = String::from_utf8_lossy(ids.key()).into_owned();
                if !self.addresses(&Term::from_field_text(self.fields.id, &id), self.fields.id)?.is_empty() {
                    found.insert(id);
                    of_segment += 1;
                }
            }
        }
        Ok(found.into_iter().take(most).collect())
    }

    /// Where the articles with a term are.
    fn addresses(&self, term: &Term, field: Field) -> Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for (ord, segment) in self.searcher.segment_readers().iter().enumerate() {
            let damaged = |error| reading(&self.dir, &error);
            let terms = segment.inverted_index(field).map_err(damaged)?;
            let postings = terms
                .read_postings(term, IndexRecordOption::Basic)
                .map_err(|error| Error::Damaged { path: self.dir.clone(), reason: plain_io(&error) })?;
            let Some(mut postings) = postings else { continue };
            use tantivy::{DocSet, TERMINATED};
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    found.push(DocAddress::new(ord as u32, postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(found)
    }
}

/// Opens the engine's index on a disk.
pub(super) fn index_on(disk: ArchiveDirectory, dir: &Path, analyzers: &Analyzers) -> Result<Index> {
    let mut index = Index::open(disk).map_err(|error| reading(dir, &error))?;
    index.set_tokenizers(tokenizers(analyzers));
    Ok(index)
}

/// Whether a folder holds only what is there before the first commit of all: the making of the index was cut
/// short.
fn is_hardly_begun(dir: &Path) -> bool {
    let is_of_the_beginning = |name: &str| {
        matches!(name, ".managed.json" | ".newsearch-writer")
            || name.starts_with(".new-")
            || name.starts_with(".tantivy-")
    };
    let Ok(mut entries) = fs::read_dir(dir) else { return false };
    entries.all(|entry| entry.is_ok_and(|entry| entry.file_name().to_str().is_some_and(is_of_the_beginning)))
}

/// The disk that an index lies on, or why there is none.
pub(super) fn disk(dir: &Path) -> Result<ArchiveDirectory> {
    match fs::read_dir(dir).map(|mut entries| entries.next().is_none()) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::NoIndex(dir.to_owned()));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(Error::NotAnIndex { path: dir.to_owned(), reason: "it is a file".to_owned() });
        }
        Err(error) => return Err(Error::cannot_read(dir, &error)),
        Ok(true) => return Err(Error::NoIndex(dir.to_owned())),
        Ok(false) => {}
    }
    let has_commit = || dir.join("meta.json").exists();
    if !has_commit() && is_hardly_begun(dir) {
        return Err(Error::NoIndex(dir.to_owned()));
    }
    // It may have come while the folder was looked through.
    if !has_commit() {
        let reason = if dir.join(".managed.json").exists() {
            return Err(Error::Damaged { path: dir.to_owned(), reason: "`meta.json` is missing".to_owned() });
        } else {
            "it holds other files and no `meta.json`".to_owned()
        };
        return Err(Error::NotAnIndex { path: dir.to_owned(), reason });
    }
    ArchiveDirectory::open(dir).map_err(|_| Error::CannotRead {
        path: dir.to_owned(),
        reason: "the folder cannot be opened".to_owned(),
    })
}
