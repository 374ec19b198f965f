//! Files → articles. Walks folders, tells formats apart, decodes text and reads articles out of it.
//!
//! This module has never heard of an index. Its rooms, each of which knows only those before it:
//! `plain_text`, `records`, `fields`, `source`, `format`; above them `chunk` cuts what is in a file, `bundle`
//! opens archives, `chunks` does either, and `read` makes articles of the pieces. A new format is a row of
//! `format::FORMATS` (`docs/adding-a-format.md`).

mod bundle;
mod chunk;
mod chunks;
mod doubt;
pub(crate) mod fields;
pub mod format;
mod plain_text;
mod read;
mod records;
mod source;

pub use chunk::{Chunk, Clues, LARGEST};
pub use chunks::{Chunks, chunks};
pub use doubt::Doubt;
pub use fields::field_map::{FieldMap, FieldMapError, MappedField};
pub use fields::normalise::moved;
pub use fields::{byline, date, publication};
pub use format::detect::{self, UNREAD_DOCUMENT, by_name_alone, detects_same};
pub use read::{Outcome, read};
pub use records::decode;
pub use source::content_hash::{ContentHash, content_hash};
pub use source::path_text::{file, shown};
pub use source::walk::{SourceFile, Walk, modified, walk, walk_within};

use jiff::Timestamp;

use crate::article::ArticleDate;

/// What a format reader knows about the file besides its text.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The path as it is shown to people; its ending and its folders can be evidence (section, date, format).
    pub path: &'a str,
    /// The file's own time, where it says anything: what "2 days ago" in it is counted from.
    pub modified: Option<Timestamp>,
    /// The latest that its article can be of, where that is another moment: when it was taken down, or now.
    pub latest: Option<Timestamp>,
    /// Where the owner of the file says that the fields are, before the keys that are known.
    pub map: Option<&'a FieldMap>,
    /// How the file writes its all-number dates, where something in it shows that.
    pub day_month: Option<date::DayMonth>,
}

impl Context<'_> {
    /// What the dates in it are read against.
    pub fn base(&self) -> date::Base {
        date::Base { time: self.modified, latest: self.latest.or(self.modified) }
    }

    /// The same for what says of itself when it was sent or saved.
    pub fn taken_down(self, at: Option<Timestamp>) -> Self {
        match at.filter(|at| source::file_time::says_when(*at, self.latest)) {
            Some(at) => Self { modified: Some(at), latest: Some(at), ..self },
            None => self,
        }
    }
}

/// What a format reader makes of one record: the fields as the file gives them, not yet cleaned.
///
/// `normalise` turns it into an [`Article`](crate::article::Article): white space and control characters,
/// bylines split into names, section normalised, language told, id made where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawArticle {
    /// The document's own id, where the format carries one.
    pub id: Option<String>,
    /// The headline.
    pub headline: String,
    /// The body's paragraphs.
    pub paragraphs: Vec<String>,
    /// Bylines as they stand in the file: `By Ana Sousa and Jo Ek`, or one name each.
    pub bylines: Vec<String>,
    /// The section as it stands in the file.
    pub section: Option<String>,
    /// The paper, site or newsletter it stood in, as the file names it.
    pub publication: Option<String>,
    /// Where it was published on the web, where the file says so; its folders can name the section.
    pub address: Option<String>,
    /// The publication date, read by `date::parse`.
    pub date: Option<ArticleDate>,
    /// The dateline, where it was told from the body.
    pub dateline: Option<String>,
    /// The language that the file declares (`en`, `en-GB`, `pt_BR`).
    pub language: Option<String>,
    /// What is doubtful.
    pub problems: Vec<Doubt>,
}

/// What a format reader makes of one record of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// An article.
    Article(Box<RawArticle>),
    /// Not an article, on purpose (a section front, a picture): the reason.
    Skipped(String),
    /// An article that cannot be read: the reason.
    Unreadable(String),
    /// So many more records that were skipped, or cannot be read, for the same reason as the one before.
    Again(u32),
}

/// Puts a record behind the others; one that is no article, for the reason of the one before, costs no
/// memory.
fn push(records: &mut Vec<Record>, record: Record) {
    if let [.., before, Record::Again(again)] = records.as_mut_slice()
        && *before == record
        && *again < u32::MAX
    {
        *again += 1;
    } else if !matches!(record, Record::Article(_)) && records.last() == Some(&record) {
        records.push(Record::Again(1));
    } else {
        records.push(record);
    }
}

/// Reads a date field; what is wrong with it becomes a problem of the article. The language says how its
/// newsrooms order day and month.
fn read_date(
    text: &str,
    context: &Context<'_>,
    language: Option<&str>,
    problems: &mut Vec<Doubt>,
) -> Option<ArticleDate> {
    let order = language.and_then(date::DayMonth::of_language).or(context.day_month);
    match date::parse_with(text, context.base(), order) {
        Ok(date) => Some(date),
        Err(date::DateError::Empty) => None,
        Err(error) => {
            problems.push(error.into());
            None
        }
    }
}

/// Stand for the rules by which files are read: an index reads its files again when they have changed.
pub const FINGERPRINT: &str = "7";
