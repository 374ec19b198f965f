//! What was found, kept: so that it can be held against the archive as it is later.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use tantivy::DocId;
use tantivy::columnar::{Column, StrColumn};

use crate::error::{Error, Result};
use crate::index::{Snapshot, reading};

use super::prepared::Prepared;
use super::{SearchRequest, TotalIs};

/// The version of the file's form.
const FORMAT_VERSION: u32 = 3;

/// The last version whose hashes of articles are the first half of what they are now.
const HALF_HASHES: u32 = 1;

/// What was asked, of what, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The version of the form.
    pub format_version: u32,
    /// When it was written, in seconds since 1970 (UTC).
    pub written: i64,
    /// The query as it was typed.
    pub query: String,
    /// How it was read: this is what is asked again.
    pub read_as: String,
    /// Whether names were found in their other spellings too.
    pub variants: bool,
    /// The archive that was asked.
    pub archive: Archive,
    /// How many articles were found.
    pub total: u64,
    /// What that is, where it is not exact: `at_least` or `about` so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_is: Option<String>,
    /// All of them, by id.
    pub articles: Vec<Entry>,
    /// Checksum of all this: whether the file is as it was written.
    pub checksum: String,
}

/// The archive as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// The version of newsearch that wrote the index.
    pub newsearch: String,
    /// Fingerprint of the index's schema.
    pub schema: String,
    /// Fingerprint of the analysis of words.
    pub analysis: String,
    /// How many articles it had.
    pub articles: u64,
    /// Checksum of the contents of all articles.
    pub contents: String,
}

/// An article that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Hash of its headline and body.
    pub content: String,
    /// The paper it stood in; from version 3 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<String>,
}

/// What is other than a receipt says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Ids that are not found any more.
    pub gone: Vec<String>,
    /// Ids that were not found then.
    pub new: Vec<String>,
    /// Ids of articles whose headline or body is another.
    pub changed: Vec<String>,
    /// Whether any article of the archive is another, found or not.
    pub archive: bool,
    /// Whether words are read by other rules than then.
    pub rules: bool,
    /// Whether the receipt itself is not as it was written.
    pub receipt: bool,
    /// How many articles are found now.
    pub total: u64,
    /// How many the archive has now.
    pub articles: u64,
}

impl Changes {
    /// Whether all that was found then is found now, and nothing else.
    pub fn none_found(&self) -> bool {
        !self.receipt && self.gone.is_empty() && self.new.is_empty() && self.changed.is_empty()
    }
}

impl Receipt {
    /// A receipt for all that a request finds. `written` is the time, in seconds since 1970.
    pub fn new(snapshot: &Snapshot, request: &SearchRequest, query: &str, written: i64) -> Result<Self> {
        let matches = Prepared::new(snapshot, request)?;
        let articles = entries(&matches, snapshot, 2)?;
        let total_is =
            Some(matches.account(request)?.total_is).filter(|total_is| *total_is != TotalIs::Exact);
        let mut receipt = Self {
            format_version: FORMAT_VERSION,
            written,
            query: query.to_owned(),
            read_as: request.query.to_string(),
            variants: request.variants,
            archive: Archive::of(snapshot, 2)?,
            total: articles.len() as u64,
            total_is: total_is.map(|total_is| total_is.as_str().to_owned()),
            articles,
            checksum: String::new(),
        };
        receipt.checksum = receipt.own_checksum();
        Ok(receipt)
    }

    /// A receipt that was written before.
    ///
    /// # Errors
    /// Says in words what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let receipt: Self = serde_json::from_str(text)
            .map_err(|_| "it is no receipt of newsearch, or not a whole one".to_owned())?;
        if !(HALF_HASHES..=FORMAT_VERSION).contains(&receipt.format_version) {
            return Err(format!(
                "a receipt of version {}, and this build reads version {HALF_HASHES} to {FORMAT_VERSION}",
                receipt.format_version
            ));
        }
        Ok(receipt)
    }

    /// What a request, which must be for the receipt's query, finds otherwise now.
    pub fn changes(&self, snapshot: &Snapshot, request: &SearchRequest) -> Result<Changes> {
        let halves = if self.format_version == HALF_HASHES { 1 } else { 2 };
        let now = entries(&Prepared::new(snapshot, request)?, snapshot, halves)?;
        let archive = Archive::of(snapshot, halves)?;
        let mut changes = Changes {
            archive: archive.contents != self.archive.contents,
            rules: archive.analysis != self.archive.analysis || archive.schema != self.archive.schema,
            receipt: self.checksum != self.own_checksum(),
            total: now.len() as u64,
            articles: archive.articles,
            ..Changes::default()
        };
        let by_id = |entries: &[Entry]| -> BTreeMap<String, Vec<String>> {
            let mut contents: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for entry in entries {
                contents.entry(entry.id.clone()).or_default().push(entry.content.clone());
            }
            contents
        };
        let (then, mut now) = (by_id(&self.articles), by_id(&now));
        let mut gone = Vec::new();
        for (id, contents) in &then {
            match now.get(id) {
                None => gone.push((id, contents)),
                Some(other) if other != contents => changes.changed.push(id.clone()),
                Some(_) => {}
            }
        }
        // The same under another id: an article that has none of its own was named by its path once, and of
        // two with one id the other may have the suffix now.
        let mut unknown: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        now.retain(|id, contents| {
            let is_known = then.contains_key(id);
            if !is_known {
                unknown.entry(std::mem::take(contents)).or_default().push(id.clone());
            }
            is_known
        });
        for (id, contents) in gone {
            match unknown.get_mut(contents).and_then(Vec::pop) {
                Some(_) => {}
                None => changes.gone.push(id.clone()),
            }
        }
        changes.new = unknown.into_values().flatten().collect();
        changes.new.sort_unstable();
        Ok(changes)
    }

    fn own_checksum(&self) -> String {
        let bare = Self { checksum: String::new(), ..self.clone() };
        // A value of these types can always be written.
        let text = serde_json::to_string(&bare).unwrap_or_default();
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }
}

impl Archive {
    fn of(snapshot: &Snapshot, halves: usize) -> Result<Self> {
        let mut contents = Vec::new();
        for segment in snapshot.searcher().segment_readers() {
            let column =
                segment.fast_fields().u64("content").map_err(|error| reading(snapshot.dir(), &error))?;
            contents.extend(segment.doc_ids_alive().map(|doc| hash_of(&column, doc, halves)));
        }
        // The same articles give the same sum, in whatever order they were read.
        contents.sort_unstable();
        let mut hasher = blake3::Hasher::new();
        for content in &contents {
            content.iter().take(halves).for_each(|half| {
                hasher.update(&half.to_le_bytes());
            });
        }
        let (schema, analysis) = snapshot.fingerprints().unwrap_or_default();
        Ok(Self {
            newsearch: snapshot.written_by().unwrap_or_default().to_owned(),
            schema: schema.to_owned(),
            analysis: analysis.to_owned(),
            articles: snapshot.article_count(),
            contents: hasher.finalize().to_hex().to_string(),
        })
    }
}

/// The first halves of the hash of an article's headline and body, as many as are asked for.
fn hash_of(column: &Column, doc: DocId, halves: usize) -> [u64; 2] {
    let mut hash = [0; 2];
    hash.iter_mut().take(halves).zip(column.values_for_doc(doc)).for_each(|(half, value)| *half = value);
    hash
}

/// The articles that match, by id.
fn entries(matches: &Prepared<'_>, snapshot: &Snapshot, halves: usize) -> Result<Vec<Entry>> {
    let found = matches.each_segment(false, |mut matches| {
        let mut found = Vec::new();
        let columns = matches.segment.fast_fields();
        let contents = columns.u64("content").map_err(|error| matches.damaged(&error))?;
        let ids = columns.str("id").map_err(|error| matches.damaged(&error))?;
        let publications = columns.str("publication").map_err(|error| matches.damaged(&error))?;
        let value = |column: &Option<StrColumn>, doc| -> Result<Option<String>> {
            let Some(column) = column else { return Ok(None) };
            let Some(ord) = column.ords().first(doc) else { return Ok(None) };
            let mut value = String::new();
            column.ord_to_str(ord, &mut value).map_err(|_| Error::Damaged {
                path: snapshot.dir().to_owned(),
                reason: "an id or a publication cannot be read".to_owned(),
            })?;
            Ok(Some(value))
        };
        while let Some(doc) = matches.next() {
            let id = value(&ids, doc)?.unwrap_or_default();
            let publication = value(&publications, doc)?;
            let hash = hash_of(&contents, doc, halves);
            let content = hash.iter().take(halves).map(|half| format!("{half:016x}")).collect();
            found.push(Entry { id, content, publication });
        }
        Ok(found)
    })?;
    let mut found = found.concat();
    found.sort();
    Ok(found)
}
