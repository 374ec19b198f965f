//! What can be typed: commands, options and their help.

use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use newsearch::corpus::{FieldMap, publication};
use newsearch::search::Sort;

mod answers;
mod help;
mod words;

use answers::list_examples;
pub use answers::{
    AskedArguments, BatchArguments, BatchFormat, CitationStyle, CiteArguments, CompletionsArguments,
    ConfigArguments, ConfigFormat, CopiesName, DatesWanted, ExportArguments, ExportFormat, FacetName,
    FirstArguments, ListArguments, ListFormat, ManArguments, MentionsArguments, NarrowArguments, PeriodName,
    SplitName, TimelineArguments, TimelineFormat, VerifyReceiptArguments,
};
use help::{COUNTING, GENERAL, KEEPING, READING, SHOWING};
pub use help::{EXAMPLES, EXIT_STATUS, command, command_in_full};
pub use words::{explained, guard_words, query_text};

/// Full-text search for news archives.
#[derive(Debug, Parser)]
#[command(name = "newsearch", version, about, max_term_width = 100, arg_required_else_help = true)]
#[command(disable_help_flag = true)]
#[command(after_help = "\
First: newsearch index ./corpus      Then: newsearch query peace plan\n\
Topics: newsearch help language, dates, formats, configuration, keeping, programs")]
pub struct Arguments {
    /// Print help; `--help` with all details
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = GENERAL)]
    help: Option<bool>,

    /// Where the index is kept [default: newsearch in your data folder]
    #[arg(long, global = true, help_heading = GENERAL, value_name = "DIR", env = "NEWSEARCH_INDEX", hide_env_values = true)]
    // A variable that is set to nothing is not set.
    #[arg(value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub index: Option<PathBuf>,

    /// When to use colour
    #[arg(long, global = true, help_heading = GENERAL, hide_short_help = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,

    /// Whether paths are links that a click opens
    #[arg(long, global = true, help_heading = GENERAL, hide_short_help = true, value_name = "WHEN", default_value = "auto")]
    pub hyperlinks: HyperlinksWhen,

    /// The program that long texts are read in [default: PAGER, else less]
    #[arg(long, global = true, help_heading = GENERAL, hide_short_help = true, value_name = "COMMAND", env = "NEWSEARCH_PAGER", hide_env_values = true)]
    pub pager: Option<String>,

    /// Print long texts as they are, without a pager
    #[arg(long, global = true, help_heading = GENERAL, hide_short_help = true, conflicts_with = "pager")]
    pub no_pager: bool,

    /// The file with the defaults of options [default: newsearch/config.toml in your configuration folder]
    // Both are looked at before the other words can be read.
    #[arg(long, global = true, help_heading = GENERAL, hide_short_help = true, value_name = "FILE", env = "NEWSEARCH_CONFIG", hide_env_values = true)]
    #[arg(value_parser = OsStringValueParser::new().map(PathBuf::from))]
    config: Option<PathBuf>,

    /// Read no such file
    #[arg(long, global = true, help_heading = GENERAL, hide_short_help = true)]
    no_config: bool,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read article files into the index, or what has changed in them
    #[command(aliases = ["update", "add"])]
    Index(IndexArguments),
    /// Find articles
    #[command(aliases = ["search", "find", "grep"])]
    Query(Box<QueryArguments>),
    /// Show when articles were published: bars by year, month or day
    Timeline(TimelineArguments),
    /// Show the earliest and the latest article
    ///
    /// And the longest time without one.
    First(FirstArguments),
    /// Show every mention in its sentence, in the order of the text
    #[command(alias = "kwic")]
    Mentions(MentionsArguments),
    /// List who wrote, with how many articles and when
    #[command(alias = "bylines", after_help = list_examples("authors"))]
    Authors(ListArguments),
    /// List the sections, with how many articles and when
    #[command(after_help = list_examples("sections"))]
    Sections(ListArguments),
    /// List the papers, with how many articles and when
    #[command(alias = "papers", after_help = list_examples("publications"))]
    Publications(ListArguments),
    /// Write all articles found, however many
    Export(ExportArguments),
    /// Ask many queries at once
    ///
    /// How many articles each finds, and the best of them.
    Batch(BatchArguments),
    /// Say whether what a receipt says still holds
    VerifyReceipt(VerifyReceiptArguments),
    /// Write how articles are cited
    Cite(CiteArguments),
    /// Show one article, whole
    Show(ShowArguments),
    /// Find the articles that go with an article
    ///
    /// The same story first, then its background.
    Related(RelatedArguments),
    /// Show what the readers make of files, without an index
    Parse(ParseArguments),
    /// Show what words a text is searched by
    ///
    /// Each with its place, kind, form and stem.
    Analyze(AnalyzeArguments),
    /// Show what the index holds
    #[command(aliases = ["stats", "info"])]
    Status(StatusArguments),
    /// Check every byte of the index, and some of the files it is of
    #[command(after_help = "\
Checks every file of the index against its checksum, every file that is listed against the articles that are there, and \
reads up to 100 of the source files again, other ones each time. Nothing is changed; what is wrong is named, with what to do.

Example:
  newsearch verify")]
    Verify(JsonArguments),
    /// Put the index of an archive that is finished in one piece
    ///
    /// And drop what was removed from it.
    #[command(after_help = "\
A query looks into every piece of the index; new articles come in new pieces, which are merged from time to time. This merges \
them all. It needs as much room again as the index takes, and can be broken off at any time.

Example:
  newsearch optimize")]
    Optimize(JsonArguments),
    /// Take a folder out of the index; its files stay as they are
    #[command(aliases = ["rm", "remove"])]
    Forget(ForgetArguments),
    /// Measure the ranking by topics with judged answers
    Eval(EvalArguments),
    /// Show the defaults of options that are set, and what can be
    Config(ConfigArguments),
    /// Write the completions of a shell
    Completions(CompletionsArguments),
    /// Write the manual pages
    Man(ManArguments),
}

/// A number that is counted with.
pub fn whole_number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "not a whole number of 0 or more".to_owned())
}

impl Command {
    /// Whether it answers from the index.
    pub fn asks(&self) -> bool {
        matches!(
            self,
            Self::Query(_)
                | Self::Timeline(_)
                | Self::First(_)
                | Self::Mentions(_)
                | Self::Authors(_)
                | Self::Sections(_)
                | Self::Publications(_)
                | Self::Export(_)
                | Self::Batch(_)
                | Self::VerifyReceipt(_)
        )
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Whether paths are links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HyperlinksWhen {
    /// On a terminal that is known to have them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Reads plain text and pages copied off the web, Markdown, HTML, JSON, JSON Lines, CSV, XML (NITF, NewsML, RSS …), SGML \
(Reuters-21578, TREC), wire text, exports of Nexis, Factiva and ProQuest, mail, Word, OpenDocument, RTF and PDF, also packed: \
.gz .zst .zip .tar .warc. A .newsearchignore (gitignore syntax) leaves out what it names.

Each PATH is remembered: `newsearch index` without one takes in what has changed in all of them. Files that are as they were \
are not read again; articles whose file is gone leave the index; files that were moved or only touched are known by their \
content. A run that is stopped, by whatever, goes on from its last commit when it is run again.

Examples:
  newsearch index ./corpus
  newsearch index ~/archive/courier --publication 'Ellery Courier'
  newsearch index --watch")]
pub struct IndexArguments {
    /// Folders or files with articles [default: all that were given before]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Read every file again, changed or not
    #[arg(long)]
    pub reread: bool,

    /// Where JSON and tables of a shape of their own keep the fields: headline=foo.bar,body=text; remembered for the PATHs, and "" takes it back
    #[arg(long, value_name = "FIELD=KEY,…")]
    pub map: Option<FieldMap>,

    /// The paper that the articles of the PATHs stood in, where their files name none; remembered, and "" takes it back
    #[arg(id = "of_publication", long = "publication", value_name = "NAME", value_parser = publication::said)]
    pub publication: Option<String>,

    /// Say what would be read and what would leave, and do nothing
    #[arg(long, conflicts_with_all = ["rebuild", "watch"])]
    pub dry_run: bool,

    /// Build the whole index anew, of all folders it knows and the PATHs; the old one stays until the new one is complete
    #[arg(long, conflicts_with = "watch")]
    pub rebuild: bool,

    /// Do not ask before --rebuild
    #[arg(long, requires = "rebuild")]
    pub yes: bool,

    /// Take out what is gone also where a folder is suddenly empty, or has lost more than half of its files
    #[arg(long)]
    pub gone: bool,

    /// Go on taking in what changes, until Ctrl-C
    #[arg(long)]
    pub watch: bool,

    /// Print nothing but errors
    #[arg(short, long, conflicts_with_all = ["dry_run", "watch"])]
    pub quiet: bool,

    /// Print what was done, or with --dry-run would be, as one JSON object
    #[arg(long, conflicts_with_all = ["quiet", "watch"])]
    pub json: bool,

    /// Commit after so many megabytes; a minute's work is committed in any case
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    pub commit_every: u64,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  newsearch forget ./corpus")]
pub struct ForgetArguments {
    /// A folder or file that was given to `newsearch index`
    #[arg(value_name = "PATH")]
    pub path: PathBuf,

    #[command(flatten)]
    pub output: JsonArguments,
}

/// Of commands that say what they did.
#[derive(Debug, Args)]
pub struct JsonArguments {
    /// Print one JSON object
    #[arg(long, help_heading = SHOWING)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsearch query peace plan                  both words; with the phrase first
  newsearch query '\"peace plan\"'              the phrase only
  newsearch query 'treaty OR truce' -war      operators in capitals; - leaves out
  newsearch query --author 'ana sousa' --from 2025-06     no words: all of hers
The whole query language: newsearch help language")]
pub struct QueryArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// Any of the words may be missing; the best come first, and words that go with them count too
    #[arg(long, help_heading = READING)]
    pub any: bool,

    /// With --any, look for the words that were typed only
    #[arg(long, requires = "any", help_heading = READING, hide_short_help = true)]
    pub no_expand: bool,

    /// Search only for the words as they are spelt: where one is in no article, do not search for what is spelt nearly like it
    #[arg(long, help_heading = READING, hide_short_help = true)]
    pub no_correct: bool,

    /// How many articles to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = whole_number, help_heading = SHOWING)]
    pub limit: usize,

    /// How many of the first articles to leave out
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole_number, help_heading = SHOWING)]
    pub offset: usize,

    /// In which order
    #[arg(short, long, value_name = "ORDER", default_value = "relevance", help_heading = SHOWING)]
    pub sort: SortOrder,

    /// New articles are worth more than old ones
    #[arg(long, help_heading = SHOWING)]
    pub recent: bool,

    /// Which to show of articles that are copies of one another: one stands for all [default: best; all with --format csv and trec]
    #[arg(long, value_name = "WHICH", help_heading = SHOWING, hide_short_help = true)]
    pub copies: Option<CopiesName>,

    /// A line for each article
    #[arg(long, help_heading = SHOWING)]
    pub brief: bool,

    /// Say how each score came about
    #[arg(long, help_heading = SHOWING, hide_short_help = true)]
    pub explain: bool,

    /// How to print the answer
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = SHOWING)]
    pub format: OutputFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format", help_heading = SHOWING)]
    pub json: bool,

    /// Print only how many articles there are, copies too
    #[arg(short, long, help_heading = COUNTING, conflicts_with_all = ["format", "json", "facets", "facet", "explain", "brief"])]
    pub count: bool,

    /// Count all articles found, copies too, by section, publication, author, year, month and source
    #[arg(long, conflicts_with = "facet", help_heading = COUNTING)]
    pub facets: bool,

    /// Count all articles found by these
    #[arg(long, value_name = "BY,…", value_delimiter = ',', help_heading = COUNTING)]
    pub facet: Vec<FacetName>,

    /// Print nothing; the exit status says whether there is an article
    #[arg(short, long, help_heading = COUNTING, hide_short_help = true)]
    #[arg(conflicts_with_all = ["format", "json", "facets", "facet", "explain", "brief", "count"])]
    pub quiet: bool,

    /// Also keep in this file what was found, to be held against the archive later by `newsearch verify-receipt`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["any", "variants"], help_heading = KEEPING)]
    pub receipt: Option<PathBuf>,

    /// With --receipt, replace a file that is there
    #[arg(long, requires = "receipt", help_heading = KEEPING, hide_short_help = true)]
    pub force: bool,
}

/// In which order articles are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortOrder {
    /// The best match first
    Relevance,
    /// The newest first
    Newest,
    /// The oldest first
    Oldest,
    /// The longest first
    Longest,
    /// The shortest first
    Shortest,
}

impl From<SortOrder> for Sort {
    fn from(order: SortOrder) -> Self {
        match order {
            SortOrder::Relevance => Self::Relevance,
            SortOrder::Newest => Self::Newest,
            SortOrder::Oldest => Self::Oldest,
            SortOrder::Longest => Self::Longest,
            SortOrder::Shortest => Self::Shortest,
        }
    }
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people
    Text,
    /// One JSON object; highlights are ranges of bytes, and of characters where the key ends in `_chars`
    Json,
    /// One JSON object a hit, each on a line
    Jsonl,
    /// A table for a spreadsheet
    Csv,
    /// Markdown, for a note or a wiki
    Md,
    /// A TREC run: query, Q0, id, rank, score, newsearch
    Trec,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsearch show 3 peace plan       the third of the last answer; @3 where ids
                                    are numbers
  newsearch show 78fdbac8           the id, as far as there is no other like it
  newsearch show karvyn-rejects.md  the path, or a piece that no other path has

On a terminal each match has its number behind it, like plan‹3›. In `less`, n goes to the next one and N back.")]
pub struct ShowArguments {
    /// The article: its id or the beginning of it, its number in the last answer, or its path; `-` reads them from standard input
    #[arg(value_name = "ARTICLE")]
    pub id: String,

    /// Mark and number what this query finds in it; several words are joined with spaces
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,

    /// The same as WORDS
    #[arg(long, value_name = "WORDS", conflicts_with = "words")]
    pub query: Option<String>,

    /// Show only what stands around the match with this number
    #[arg(long = "match", value_name = "N")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "json")]
    pub around: Option<u64>,

    /// Print only where its file lies
    #[arg(long, conflicts_with_all = ["json", "query", "words", "around", "open"])]
    pub path: bool,

    /// Open its file with the program that the system has for it
    #[arg(long, conflicts_with_all = ["json", "query", "words", "around"])]
    pub open: bool,

    /// Print it as JSON; matches are ranges of bytes (start, end) and of characters (start_char, end_char)
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  newsearch related 1")]
pub struct RelatedArguments {
    /// The article: its id or the beginning of it, its number in the last answer, or its path
    #[arg(value_name = "ARTICLE")]
    pub id: String,

    /// How many articles to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = whole_number)]
    pub limit: usize,

    /// Print them as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  newsearch parse ./corpus/story.html\n  newsearch parse --json ./corpus | jq .headline"
)]
pub struct ParseArguments {
    /// Folders or files with articles; `-` is a file on standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Where JSON and tables of a shape of their own keep the fields: headline=foo.bar,body=text
    #[arg(long, value_name = "FIELD=KEY,…")]
    pub map: Option<FieldMap>,

    /// One JSON object an article, each on a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  newsearch analyze \"Putin's counter-proposal\"")]
pub struct AnalyzeArguments {
    /// The text; several words are joined with spaces
    #[arg(id = "words", value_name = "TEXT", required = true)]
    pub text: Vec<String>,

    /// Whose endings are taken off (en, de, fr …); without one, words keep their endings
    #[arg(long, value_name = "CODE", default_value = "en")]
    pub language: String,

    /// Print it as JSON; words are ranges of bytes (start, end) and of characters (start_char, end_char)
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsearch status\n  newsearch status --problems")]
pub struct StatusArguments {
    /// List every file and record that could not be used, or is doubtful, and why
    #[arg(long)]
    pub problems: bool,

    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Every topic is asked as `query --any` asks it. Prints MAP, nDCG@10, P@10, R@100 and MRR as trec_eval defines them, over the \
topics that have a relevant document.

Example:
  newsearch eval --topics topics.tsv --qrels qrels.txt")]
pub struct EvalArguments {
    /// Topics: a line each, id TAB text
    #[arg(long, value_name = "FILE")]
    pub topics: PathBuf,

    /// Judgements: TREC qrels, `topic 0 document grade`
    #[arg(long, value_name = "FILE")]
    pub qrels: PathBuf,

    /// Also write the ranking as a TREC run
    #[arg(long, value_name = "FILE")]
    pub run: Option<PathBuf>,

    /// Compare with another run: the differences, and how likely chance alone makes them (paired randomisation test)
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,

    /// How many articles a topic
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = whole_number)]
    pub depth: usize,

    /// Set a number of the ranking, to measure what it does; may be given several times (docs/ranking.md lists them)
    #[arg(long, value_name = "NAME=VALUE")]
    pub ranking: Vec<String>,

    /// Also print the figures of each topic
    #[arg(long)]
    pub per_topic: bool,

    /// Print one JSON object, with the figures of each topic
    #[arg(long, conflicts_with = "per_topic", help_heading = SHOWING)]
    pub json: bool,
}
