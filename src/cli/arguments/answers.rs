//! What can be typed to work with answers: to narrow, count, export, cite and keep them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use newsearch::citation::Style;
use newsearch::query::ast::{Certainty, DateFilter};
use newsearch::query::{Node, NodeKind};
use newsearch::search::CopiesShown;
use newsearch::search::facets::FacetBy;

use super::help::{KEEPING, READING, SHOWING, WHICH};
use super::{SortOrder, whole_number};
use crate::cli::render::csv::Column;

/// What every command that searches asks for.
#[derive(Debug, Args)]
pub struct AskedArguments {
    /// What to look for; none are needed where there is a filter, and `-` reads them from standard input
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,

    #[command(flatten)]
    pub narrowed: NarrowArguments,
}

/// How well a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DatesWanted {
    /// The day is known
    Exact,
    /// The month or the year is known
    Partial,
    /// Worked out from something outside the text, such as the file's own time
    Guessed,
    /// There is none
    None,
}

impl DatesWanted {
    /// What finds such articles.
    pub fn node(self) -> Node {
        let date = |filter| Node::new(NodeKind::Date(filter), 0..0);
        match self {
            Self::Exact => date(DateFilter::Known(Certainty::Exact)),
            Self::Partial => date(DateFilter::Known(Certainty::Partial)),
            Self::Guessed => date(DateFilter::Known(Certainty::Guessed)),
            Self::None => Node::negate(date(DateFilter::ANY)),
        }
    }
}

/// What every search is narrowed by, and how names are found.
#[derive(Debug, Args)]
pub struct NarrowArguments {
    /// Only articles by this author; given several times, by any of them
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, help_heading = WHICH)]
    pub author: Vec<String>,

    /// No articles by this author; given several times, by none of them
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, help_heading = WHICH, hide_short_help = true)]
    pub not_author: Vec<String>,

    /// Only articles of this section; given several times, of any of them
    #[arg(long, value_name = "SECTION", allow_hyphen_values = true, help_heading = WHICH)]
    pub section: Vec<String>,

    /// No articles of this section; given several times, of none of them
    #[arg(long, value_name = "SECTION", allow_hyphen_values = true, help_heading = WHICH, hide_short_help = true)]
    pub not_section: Vec<String>,

    /// Only articles of this paper; given several times, of any of them
    #[arg(id = "in_publication", long = "publication", value_name = "NAME", allow_hyphen_values = true)]
    #[arg(help_heading = WHICH)]
    pub publication: Vec<String>,

    /// No articles of this paper; given several times, of none of them
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, help_heading = WHICH, hide_short_help = true)]
    pub not_publication: Vec<String>,

    /// Only articles from this folder or file that was given to `index`; given several times, from any of them
    #[arg(long, value_name = "ROOT", allow_hyphen_values = true, help_heading = WHICH, hide_short_help = true)]
    pub source: Vec<String>,

    /// Only articles from this day, month or year on (2025-12-02, 2025-12, 2025)
    #[arg(long, alias = "since", value_name = "DATE", allow_hyphen_values = true, help_heading = WHICH)]
    pub from: Option<String>,

    /// Only articles up to the end of this day, month or year
    #[arg(long, alias = "until", value_name = "DATE", allow_hyphen_values = true, help_heading = WHICH)]
    pub to: Option<String>,

    /// Only articles after the end of this day, month or year
    #[arg(long, value_name = "DATE", conflicts_with = "from", help_heading = WHICH, hide_short_help = true)]
    pub after: Option<String>,

    /// Only articles before this day, month or year
    #[arg(long, value_name = "DATE", conflicts_with = "to", help_heading = WHICH, hide_short_help = true)]
    pub before: Option<String>,

    /// With a filter by date, also the articles that have no date
    #[arg(long, help_heading = WHICH)]
    pub undated: bool,

    /// Only articles whose date is known so well: the day, the month or the year, by a guess, not at all
    #[arg(long, value_name = "KIND", help_heading = WHICH, hide_short_help = true)]
    pub dates: Option<DatesWanted>,

    /// Find names only as they are spelt here: Kyiv, not Kiev
    #[arg(long, help_heading = READING, hide_short_help = true)]
    pub no_variants: bool,

    /// Find names in the spellings of this file too: {"version":1,"groups":[["kyiv","kiev"]]}
    #[arg(long, value_name = "FILE", conflicts_with = "no_variants", help_heading = READING, hide_short_help = true)]
    pub variants: Option<PathBuf>,

    /// Refuse a query that cannot be read exactly
    #[arg(long, help_heading = READING)]
    pub strict: bool,
}

impl NarrowArguments {
    /// Whether they leave any article out.
    pub fn narrow(&self) -> bool {
        let lists = [
            &self.author,
            &self.not_author,
            &self.section,
            &self.not_section,
            &self.publication,
            &self.not_publication,
            &self.source,
        ];
        lists.into_iter().any(|values| !values.is_empty())
            || self.from.is_some()
            || self.to.is_some()
            || self.after.is_some()
            || self.before.is_some()
            || self.dates.is_some()
    }
}

/// Which articles are shown of those that are copies of one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CopiesName {
    /// The one that comes first in the order of the answer
    Best,
    /// The one that was published first
    First,
    /// The one that was published last
    Last,
    /// All of them, each for itself
    All,
}

impl From<CopiesName> for CopiesShown {
    fn from(name: CopiesName) -> Self {
        match name {
            CopiesName::Best => Self::Best,
            CopiesName::First => Self::First,
            CopiesName::Last => Self::Last,
            CopiesName::All => Self::All,
        }
    }
}

/// What articles are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FacetName {
    /// The section
    Section,
    /// The paper
    Publication,
    /// The author
    Author,
    /// The year of publication
    Year,
    /// The month of publication
    Month,
    /// The folder or file that was given to `newsearch index`
    Source,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Beside the number of articles stands their share of all articles of the archive in that period, so that a year of which more \
was kept does not look like a year in which more was written.

Examples:
  newsearch timeline flood --by month --from 2024
  newsearch timeline truce --with ceasefire --with 'peace plan'
  newsearch timeline flood --split section
  newsearch timeline flood --format svg > flood.svg")]
pub struct TimelineArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// How long a period is [default: what suits the days that are covered]
    #[arg(long, help_heading = SHOWING, value_name = "PERIOD")]
    pub by: Option<PeriodName>,

    /// Show other words beside these, over the same time; several times, each in quotes
    #[arg(long, help_heading = SHOWING, value_name = "WORDS", conflicts_with = "split")]
    pub with: Vec<String>,

    /// Show what was found part by part: the commonest, the others, those with none
    #[arg(long, help_heading = SHOWING, value_name = "BY")]
    pub split: Option<SplitName>,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = SHOWING)]
    pub format: TimelineFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format", help_heading = SHOWING)]
    pub json: bool,
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PeriodName {
    /// Calendar years
    Year,
    /// Calendar months
    Month,
    /// Weeks from Monday to Sunday
    Week,
    /// Days
    Day,
}

/// What the articles of a timeline are parted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SplitName {
    /// The section
    Section,
    /// The author; an article of two is in both parts
    Author,
    /// The paper
    Publication,
    /// The folder or file that was given to `newsearch index`
    Source,
}

impl SplitName {
    /// The same for the library.
    pub fn by(self) -> FacetBy {
        match self {
            Self::Section => FacetBy::Section,
            Self::Author => FacetBy::Author,
            Self::Publication => FacetBy::Publication,
            Self::Source => FacetBy::Source,
        }
    }
}

/// How a timeline is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimelineFormat {
    /// Bars, for people
    Text,
    /// One JSON object
    Json,
    /// A table for a spreadsheet
    Csv,
    /// A picture that can be printed
    Svg,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsearch first '\"peace plan\"'
  newsearch first --author 'ana sousa'")]
pub struct FirstArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// Print it as JSON
    #[arg(long, help_heading = SHOWING)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ListArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// How many names to show; 0 is all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 0, value_parser = whole_number)]
    #[arg(help_heading = SHOWING)]
    pub limit: usize,

    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = SHOWING)]
    pub format: ListFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format", help_heading = SHOWING)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Keyword in context: each sentence in which a word or phrase of the query stands, with the number of its paragraph. A table has a \
line for each match, with what stands left and right of it in its sentence.

Examples:
  newsearch mentions '\"peace plan\"'
  newsearch mentions ceasefire OR truce --from 2025 --sort oldest
  newsearch mentions truce --format csv > truce.csv")]
pub struct MentionsArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// In which order articles stand
    #[arg(short, long, value_name = "ORDER", default_value = "relevance", help_heading = SHOWING)]
    pub sort: SortOrder,

    /// How to print them; JSON is an object a sentence, each on a line
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = SHOWING)]
    pub format: ListFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format", help_heading = SHOWING)]
    pub json: bool,
}

/// What the commands that list names say at the end of their help.
pub fn list_examples(command: &str) -> String {
    format!(
        "The commonest name stands first; its days are those of the articles whose day is known. Words and filters say of which \
         articles.\n\nExamples:\n  newsearch {command}\n  newsearch {command} flood --from 2025\n  newsearch {command} --format csv"
    )
}

/// How names are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// A table for a spreadsheet
    Csv,
}

#[derive(Debug, Args)]
#[command(after_help = "\
However many there are, they are written one after the other as they are read. Without words or filters it writes the whole \
archive. How many were written is said on standard error. In tables, a cell that a spreadsheet would run as a formula gets an \
apostrophe before it, an id too.

Examples:
  newsearch export flood --output flood.csv --bom
  newsearch export --section world --columns date,headline,text -o world.csv
  newsearch export flood --output flood.ris
  newsearch export flood --dossier --sort oldest -o flood.docx
  newsearch export flood --format paths --null | xargs -0 cp -t flood/")]
pub struct ExportArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// In which order
    #[arg(short, long, value_name = "ORDER", default_value = "relevance", help_heading = SHOWING)]
    pub sort: SortOrder,

    /// Which to write of articles that are copies of one another
    #[arg(long, value_name = "WHICH", default_value = "all", help_heading = SHOWING)]
    pub copies: CopiesName,

    /// How to write them [default: as FILE ends, else csv; of a dossier: html]
    #[arg(short, long, value_name = "FORMAT", help_heading = SHOWING)]
    pub format: Option<ExportFormat>,

    /// Write a document with a cover, contents, the whole texts with what matches in them, and how each is cited: html, docx or md
    #[arg(long, help_heading = SHOWING)]
    pub dossier: bool,

    /// In which style a dossier cites: apa, mla, chicago or harvard
    #[arg(long, value_name = "STYLE", default_value = "apa", hide_possible_values = true, help_heading = SHOWING)]
    pub style: CitationStyle,

    /// The columns of a table, in this order
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', help_heading = SHOWING)]
    pub columns: Vec<Column>,

    /// The file to write into, which is complete or not there; `-` is standard output
    #[arg(short, long, value_name = "FILE", help_heading = KEEPING)]
    pub output: Option<PathBuf>,

    /// Keep a receipt of what was found, to be checked later by `newsearch verify-receipt`; a dossier in FILE has one in FILE.receipt.json
    #[arg(long, value_name = "FILE", help_heading = KEEPING)]
    pub receipt: Option<PathBuf>,

    /// Replace files that are there
    #[arg(long, help_heading = KEEPING)]
    pub force: bool,

    /// End each path or id with a NUL instead of a new line, for `xargs -0`
    #[arg(short = '0', long, help_heading = SHOWING)]
    pub null: bool,

    /// Begin with a byte-order mark, by which some spreadsheets know UTF-8
    #[arg(long, help_heading = SHOWING)]
    pub bom: bool,
}

/// How all articles are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A table for a spreadsheet
    Csv,
    /// One JSON object an article, each on a line
    Jsonl,
    /// Markdown, for a note or a wiki
    Md,
    /// The files they are in, each once
    Paths,
    /// Their ids
    Ids,
    /// RIS, for reference managers
    Ris,
    /// BibTeX
    Bibtex,
    /// CSL-JSON, for reference managers
    CslJson,
    /// A page for a browser, whole in one file
    Html,
    /// A document for Word and others
    Docx,
}

#[derive(Debug, Args)]
#[command(after_help = "\
FILE holds one query a line; empty lines and lines that begin with # are left out. Where its name ends in .csv or .tsv, it is \
a table with a header row: the column `query`, and where there is one, `name`. A query that cannot be read is reported; the \
others are asked all the same.

Examples:
  newsearch batch queries.txt
  printf '%s\\n' peace truce | newsearch batch - --from 2025")]
pub struct BatchArguments {
    /// The queries; `-` for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// How many of the best articles of each are shown
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1, value_parser = whole_number, help_heading = SHOWING)]
    pub limit: usize,

    #[command(flatten)]
    pub narrowed: NarrowArguments,

    /// How to print the answers
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = SHOWING)]
    pub format: BatchFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format", help_heading = SHOWING)]
    pub json: bool,
}

/// How the answers to many queries are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BatchFormat {
    /// For people
    Text,
    /// One JSON object a query, each on a line
    Json,
    /// A table for a spreadsheet
    Csv,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  newsearch query flood --receipt flood.json\n  newsearch verify-receipt flood.json"
)]
pub struct VerifyReceiptArguments {
    /// The receipt
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsearch cite 1 2 3 --style chicago     the first three of the last answer
  newsearch export flood --format ids | newsearch cite - --style mla")]
pub struct CiteArguments {
    /// The articles: their ids or the beginnings of these, numbers in the last answer, or paths; `-` reads them from standard input
    #[arg(value_name = "ARTICLE", required = true)]
    pub ids: Vec<String>,

    /// In which style
    #[arg(long, value_name = "STYLE", default_value = "apa")]
    pub style: CitationStyle,

    /// What the paper is called that they were published in [default: as their files say]
    #[arg(long, value_name = "NAME")]
    pub publication: Option<String>,
}

/// How articles are cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CitationStyle {
    /// APA, 7th edition
    Apa,
    /// MLA, 9th edition
    Mla,
    /// Chicago, notes and bibliography
    Chicago,
    /// Harvard, as in Cite Them Right
    Harvard,
    /// BibTeX
    Bibtex,
    /// RIS, for reference managers
    Ris,
    /// CSL-JSON, for reference managers
    CslJson,
}

impl CitationStyle {
    /// The same for the library; CSL-JSON is no style of its own.
    pub fn style(self) -> Option<Style> {
        Some(match self {
            Self::Apa => Style::Apa,
            Self::Mla => Style::Mla,
            Self::Chicago => Style::Chicago,
            Self::Harvard => Style::Harvard,
            Self::Bibtex => Style::Bibtex,
            Self::Ris => Style::Ris,
            Self::CslJson => return None,
        })
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
The file is newsearch/config.toml in your configuration folder ($XDG_CONFIG_HOME or ~/.config; %APPDATA% on Windows), else what \
`--config FILE` or NEWSEARCH_CONFIG names. A setting is called as its option is; a flag that is set to true there is switched \
off again by `--NAME=false`. What is typed goes before the environment, and that before the file.

Example of a file:
  index = \"~/archive-index\"
  [query]
  limit = 20

Examples:
  newsearch config
  newsearch config --example > ~/.config/newsearch/config.toml")]
pub struct ConfigArguments {
    /// Print a file with everything that can be set
    #[arg(long, conflicts_with_all = ["format", "json"])]
    pub example: bool,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ConfigFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

/// How the configuration is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ConfigFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "\
The shell asks newsearch what may come next: options and their values, and the sections, authors, papers and folders of the archive, \
and the articles of the last answer. Write it anew after an update of newsearch.

Examples:
  newsearch completions bash > ~/.local/share/bash-completion/completions/newsearch
  newsearch completions zsh > ~/.zfunc/_newsearch
  newsearch completions fish > ~/.config/fish/completions/newsearch.fish")]
pub struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  newsearch man ~/.local/share/man/man1      Then: man newsearch-query")]
pub struct ManArguments {
    /// The folder to write the pages of all commands into [default: only the main page, to standard output]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
}
