//! The noun everything turns around: one article, as a reader of files hands it over and as an answer shows
//! it.
//!
//! Nothing here knows of files, of an index or of a terminal.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One article of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The document's own id where its format carries one, else a short stable hash of path and record.
    pub id: String,
    /// Where it was read from: the file's path, `/`-separated; `bundle.zip!/member` inside a bundle.
    pub path: String,
    /// The article's number within its file, from 1.
    pub record: u32,
    /// The headline, on one line; empty where the file has none.
    pub headline: String,
    /// The body: paragraphs separated by one blank line.
    pub body: String,
    /// The bylines' names, one each, in their order.
    pub authors: Vec<String>,
    /// The section or desk, as the newsroom names it.
    pub section: Option<String>,
    /// The paper, site or newsletter it stood in, as the file names it.
    pub publication: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// When it was published.
    pub date: Option<ArticleDate>,
    /// The dateline that opens a wire story (`MOSCOW, Dec 2`), where it could be told from the body.
    pub dateline: Option<String>,
    /// The format it was read from.
    pub format: Format,
    /// ISO 639-1 code of the body's language, where it is known (`en`, `de`, …).
    pub language: Option<String>,
    /// What is doubtful about it, in plain words; the article is usable all the same.
    pub problems: Vec<String>,
}

impl Article {
    /// The body's paragraphs, in order.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        paragraphs_of(&self.body)
    }

    /// What it is called: its headline; where it has none, its first words in brackets, as bibliographies put
    /// a title that was supplied.
    pub fn title(&self) -> Cow<'_, str> {
        if !self.headline.is_empty() {
            return Cow::Borrowed(&self.headline);
        }
        let Some(first) = self.paragraphs().next() else { return Cow::Borrowed("(no headline)") };
        let mut title = String::new();
        for word in first.split_whitespace() {
            if !title.is_empty() && title.len() + word.len() > LONGEST_TITLE {
                return Cow::Owned(format!("[{title} …]"));
            }
            title.extend((!title.is_empty()).then_some(' '));
            title.push_str(word.get(..word.floor_char_boundary(LONGEST_TITLE)).unwrap_or(word));
        }
        Cow::Owned(format!("[{title}]"))
    }
}

/// A title that is taken from the text is no longer, in bytes.
const LONGEST_TITLE: usize = 60;

/// What stands between blank lines, without what is blank itself.
pub(crate) fn paragraphs_of(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memmem::find_iter(text.as_bytes(), "\n\n").chain([text.len()]);
    let mut from = 0;
    let paragraphs = ends.map(move |end| {
        let paragraph = text.get(from..end).unwrap_or_default();
        from = end + 2;
        paragraph
    });
    paragraphs.filter(|p| !p.trim().is_empty())
}

/// How much of a publication date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DatePrecision {
    /// Only the year; the date stands at its first day.
    Year,
    /// Year and month; the date stands at the month's first day.
    Month,
    /// The day.
    Day,
    /// Day and time of day.
    Minute,
    /// Worked out from words like "2 days ago" against the file's own time.
    Approximate,
}

impl DatePrecision {
    /// The word used in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Minute => "minute",
            Self::Approximate => "approximate",
        }
    }
}

/// A publication date: the day as the newsroom printed it, with time and zone where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleDate {
    /// The day, in the article's own zone.
    pub day: jiff::civil::Date,
    /// The time of day, in the article's own zone.
    pub time: Option<jiff::civil::Time>,
    /// Seconds east of UTC; `None` where the zone is not known.
    pub offset_seconds: Option<i32>,
    /// How much of it is known.
    pub precision: DatePrecision,
}

impl ArticleDate {
    /// The days that it may be of, the first and the last: a date known to the month or the year is that
    /// whole period.
    pub fn days(&self) -> (jiff::civil::Date, jiff::civil::Date) {
        let last = match self.precision {
            DatePrecision::Year => self.day.last_of_year(),
            DatePrecision::Month => self.day.last_of_month(),
            DatePrecision::Day | DatePrecision::Minute | DatePrecision::Approximate => self.day,
        };
        (self.day, last)
    }

    /// A date of which only the day is known.
    pub fn from_day(day: jiff::civil::Date) -> Self {
        Self { day, time: None, offset_seconds: None, precision: DatePrecision::Day }
    }
}

/// RFC 3339 where the time is known (§4.3: `-00:00` says that the zone is not), else as much as is known:
/// `YYYY-MM-DD`, `YYYY-MM`, `YYYY` (ISO 8601).
impl fmt::Display for ArticleDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(time) = self.time else {
            return match self.precision {
                DatePrecision::Year => write!(f, "{:04}", self.day.year()),
                DatePrecision::Month => write!(f, "{:04}-{:02}", self.day.year(), self.day.month()),
                _ => write!(f, "{}", self.day),
            };
        };
        write!(f, "{}T{:02}:{:02}:{:02}", self.day, time.hour(), time.minute(), time.second())?;
        match self.offset_seconds {
            None => f.write_str("-00:00"),
            Some(0) => f.write_str("Z"),
            Some(seconds) => {
                let (sign, seconds) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
                write!(f, "{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
            }
        }
    }
}

macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident => $name:literal),* $(,)?) => {
        /// The file formats that articles are read from; how each is told, cut and read is the corpus's to
        /// know.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Format { $($(#[$doc])* $variant),* }

        impl Format {
            /// Every format, in the order in which they are listed to people.
            pub const ALL: &[Format] = &[$(Format::$variant),*];

            /// The short name used in output and in the index.
            pub fn as_str(self) -> &'static str {
                match self { $(Format::$variant => $name),* }
            }
        }
    };
}

formats! {
    /// Plain text, and pages copied off the web as text.
    Text => "text",
    /// Wire text: ANPA 1312 and IPTC 7901.
    Wire => "wire",
    /// Text exports of Nexis.
    Nexis => "nexis",
    /// Text exports of Factiva.
    Factiva => "factiva",
    /// Text exports of ProQuest.
    Proquest => "proquest",
    /// Markdown, with or without YAML front matter.
    Markdown => "markdown",
    /// HTML pages.
    Html => "html",
    /// One JSON document: an article, or a list of them.
    Json => "json",
    /// JSON Lines: one article a line.
    Jsonl => "jsonl",
    /// Tables with a header row, an article a row.
    Csv => "csv",
    /// SGML collections: Reuters-21578 and TREC `<DOC>`.
    Sgml => "sgml",
    /// NITF, alone.
    Nitf => "nitf",
    /// NewsML-G2 and NewsML 1.2.
    Newsml => "newsml",
    /// RSS, Atom and WordPress exports.
    Feed => "feed",
    /// Other XML: JATS, Solr documents, elements called what they are.
    Xml => "xml",
    /// Mail: a message, or a mailbox of them.
    Mail => "mail",
    /// Web pages saved as MIME.
    Mhtml => "mhtml",
    /// Word documents (ECMA-376).
    Docx => "docx",
    /// OpenDocument texts.
    Odt => "odt",
    /// Rich Text Format.
    Rtf => "rtf",
    /// PDF with text in it.
    Pdf => "pdf",
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|f| f.as_str() == name)
            .ok_or_else(|| format!("unknown format `{name}`"))
    }
}
