//! What can be typed: commands, options and their help.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};
use newsearch::corpus::{FieldMap, publication};
use newsearch::search::Sort;

use super::render::page;

mod answers;

pub use answers::{
    AskedArguments, BatchArguments, BatchFormat, CitationStyle, CiteArguments, CompletionsArguments,
    ConfigArguments, ConfigFormat, CopiesName, DatesWanted, ExportArguments, ExportFormat, FacetName,
    FirstArguments, ManArguments, NarrowArguments, PeriodName, TimelineArguments, TimelineFormat,
    VerifyReceiptArguments,
};

/// Full-text search for news archives.
#[derive(Debug, Parser)]
#[command(name = "newsearch", version, about, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "First: newsearch index ./corpus      Then: newsearch query peace plan")]
pub struct Arguments {
    /// Where the index is kept [default: newsearch in your data folder]
    #[arg(long, global = true, value_name = "DIR", env = "NEWSEARCH_INDEX", hide_env_values = true)]
    // A variable that is set to nothing is not set.
    #[arg(value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub index: Option<PathBuf>,

    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,

    /// Whether paths are links that a click opens
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub hyperlinks: HyperlinksWhen,

    /// The program that long texts are read in [default: PAGER, else less]
    #[arg(long, global = true, value_name = "COMMAND", env = "NEWSEARCH_PAGER", hide_env_values = true)]
    pub pager: Option<String>,

    /// Print long texts as they are, without a pager
    #[arg(long, global = true, conflicts_with = "pager")]
    pub no_pager: bool,

    /// The file with the defaults of options [default: newsearch/config.toml in your configuration folder]
    // Both are looked at before the other words can be read.
    #[arg(long, global = true, value_name = "FILE", env = "NEWSEARCH_CONFIG", hide_env_values = true)]
    #[arg(value_parser = OsStringValueParser::new().map(PathBuf::from))]
    config: Option<PathBuf>,

    /// Read no such file
    #[arg(long, global = true)]
    no_config: bool,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read article files into the index; run it again to take in what has changed
    Index(IndexArguments),
    /// Find articles
    Query(Box<QueryArguments>),
    /// Show when articles were published: bars by year, month, week or day
    Timeline(TimelineArguments),
    /// Show the earliest and the latest article, and the longest time without one
    First(FirstArguments),
    /// Write all articles found, however many
    Export(ExportArguments),
    /// Ask many queries at once: how many articles each finds, and the best of them
    Batch(BatchArguments),
    /// Say whether what a receipt of `query --receipt` says still holds
    VerifyReceipt(VerifyReceiptArguments),
    /// Write how articles are cited
    Cite(CiteArguments),
    /// Show one article, whole
    Show(ShowArguments),
    /// Find the articles that go with an article: the same story, then its background
    Related(RelatedArguments),
    /// Show what the readers make of files, without an index
    Parse(ParseArguments),
    /// Show what words a text is searched by: each with its place, kind, form and stem
    Analyze(AnalyzeArguments),
    /// Show what the index holds
    Status(StatusArguments),
    /// Check every byte of the index, and some of the files it was made from
    #[command(after_help = "\
Checks every file of the index against its checksum, every file that is listed against the articles that are there, and
reads up to 100 of the source files again, other ones each time. Nothing is changed; what is wrong is named, with what to do.")]
    Verify,
    /// Put the index in one piece, and drop what was removed from it: for an archive that is finished
    #[command(after_help = "\
A query looks into every piece of the index; new articles come in new pieces, which are merged from time to time. This merges
them all. It needs as much room again as the index takes, and can be broken off at any time.")]
    Optimize,
    /// Take a folder and its articles out of the index; the files stay where they are
    Forget(ForgetArguments),
    /// Measure the ranking by topics with judged answers
    Eval(EvalArguments),
    /// Show the defaults of options that are set in the configuration file, and what can be set
    Config(ConfigArguments),
    /// Write the completions of a shell
    Completions(CompletionsArguments),
    /// Write the manual pages
    Man(ManArguments),
}

impl Command {
    /// Whether it answers from the index.
    pub fn asks(&self) -> bool {
        matches!(
            self,
            Self::Query(_)
                | Self::Timeline(_)
                | Self::First(_)
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
Reads plain text and pages copied off the web, Markdown, HTML, JSON, JSON Lines, CSV, XML (NITF, NewsML, RSS …), SGML
(Reuters-21578, TREC), wire text, exports of Nexis, Factiva and ProQuest, mail, Word, OpenDocument, RTF and PDF,
also packed: .gz .zst .zip .tar .warc. A .newsearchignore (gitignore syntax) leaves out what it names.
Each PATH is remembered: `newsearch index` without one takes in what has changed in all of them.
Files that are as they were are not read again; articles whose file is gone leave the index; files that were moved or only
touched are known by their content. A run that is stopped, by whatever, goes on from its last commit when it is run again.")]
pub struct IndexArguments {
    /// Folders or files with articles [default: all that were given before]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Read every file again, changed or not
    #[arg(long)]
    pub reread: bool,

    /// Where JSON and tables of a shape of their own keep the fields: headline=foo.bar,body=text; remembered for the PATHs
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

    /// Commit after so many megabytes; a minute's work is committed in any case
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    pub commit_every: u64,
}

#[derive(Debug, Args)]
pub struct ForgetArguments {
    /// A folder or file that was given to `newsearch index`
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_long_help = page::plain(newsearch::query::LANGUAGE_PAGE))]
#[command(after_help = "\
  newsearch query peace plan                   both words; articles with the phrase come first
  newsearch query '\"peace plan\"'               the phrase only
  newsearch query 'treaty OR truce' -war       operators in capitals; - leaves out
  newsearch query 'headline:flood author:\"ana sousa\"' --from 2025-06
Exit status: 0 something found, 1 nothing found, 2 could not run.
The whole query language: newsearch help query")]
pub struct QueryArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// How many articles to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub limit: usize,

    /// How many of the first articles to leave out
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,

    /// In which order
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub sort: SortOrder,

    /// Which to show of articles that are copies of one another: one stands for all [default: best; all with --format csv and trec]
    #[arg(long, value_name = "WHICH")]
    pub copies: Option<CopiesName>,

    /// Any of the words may be missing; the best come first, and words that go with them count too
    #[arg(long)]
    pub any: bool,

    /// With --any, look for the words that were typed only
    #[arg(long, requires = "any")]
    pub no_expand: bool,

    /// Search only for the words as they are spelt: where one is in no article, do not search for what is spelt nearly like it
    #[arg(long)]
    pub no_correct: bool,

    /// New articles are worth more than old ones
    #[arg(long)]
    pub recent: bool,

    /// Say how each score came about
    #[arg(long)]
    pub explain: bool,

    /// Count all articles found, copies too, by section, publication, author, year, month and source
    #[arg(long, conflicts_with = "facet")]
    pub facets: bool,

    /// Count all articles found by these
    #[arg(long, value_name = "BY,…", value_delimiter = ',')]
    pub facet: Vec<FacetName>,

    /// Also keep in this file what was found, to be held against the archive later by `newsearch verify-receipt`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["any", "variants"])]
    pub receipt: Option<PathBuf>,

    /// With --receipt, replace a file that is there
    #[arg(long, requires = "receipt")]
    pub force: bool,

    /// How to print the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: OutputFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
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
  newsearch show 3 peace plan                  the third of the last answer; `@3` where ids are numbers
  newsearch show 78fdbac8                      the id, as far as there is no other like it
  newsearch show world/2025/karvyn-rejects.md  the path, or a piece of it that no other has
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
pub struct RelatedArguments {
    /// The article: its id or the beginning of it, its number in the last answer, or its path
    #[arg(value_name = "ARTICLE")]
    pub id: String,

    /// How many articles to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub limit: usize,

    /// Print them as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ParseArguments {
    /// Folders or files with articles
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
pub struct AnalyzeArguments {
    /// The text; several words are joined with spaces
    #[arg(value_name = "TEXT", required = true, allow_hyphen_values = true)]
    pub text: Vec<String>,

    /// Whose endings are taken off (en, de, fr …); without one, words keep their endings
    #[arg(long, value_name = "CODE", default_value = "en")]
    pub language: String,

    /// Print it as JSON; words are ranges of bytes (start, end) and of characters (start_char, end_char)
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
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
Every topic is asked as `query --any` asks it. Prints MAP, nDCG@10, P@10, R@100 and MRR as trec_eval defines them,
over the topics that have a relevant document.")]
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
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub depth: usize,

    /// Set a number of the ranking, to measure what it does; may be given several times (docs/ranking.md lists them)
    #[arg(long, value_name = "NAME=VALUE")]
    pub ranking: Vec<String>,

    /// Also print the figures of each topic
    #[arg(long)]
    pub per_topic: bool,
}

/// Marks an argument that begins with `-` as a word of a query.
const GUARD: char = '\u{1}';

/// `newsearch query peace -war` leaves out war: what begins with one `-` and is no option of ours is a word.
pub fn guard_words(words: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut in_query = false;
    let mut only_words = false;
    let mut value_follows = false;
    words
        .into_iter()
        .enumerate()
        .map(|(at, word)| {
            let Some(text) = word.to_str() else { return word };
            if at == 0 || only_words || std::mem::take(&mut value_follows) {
                return word;
            }
            if !in_query {
                value_follows =
                    matches!(text, "--index" | "--color" | "--hyperlinks" | "--pager" | "--config");
                in_query = matches!(text, "query" | "timeline" | "first" | "export" | "show");
                return word;
            }
            if text == "--" {
                only_words = true;
                return word;
            }
            value_follows = TAKE_A_VALUE.contains(&text);
            let digits = |rest: &str| rest.bytes().all(|b| b.is_ascii_digit());
            let option = letter_of_option(text).is_some() || text.strip_prefix("-n").is_some_and(digits);
            if text.starts_with('-') && !text.starts_with("--") && text.len() > 1 && !option {
                return OsString::from(format!("{GUARD}{text}"));
            }
            word
        })
        .collect()
}

/// The letter or digit of an option that has no more: nobody looks for articles without the word `o`.
fn letter_of_option(text: &str) -> Option<char> {
    let mut letters = text.strip_prefix('-')?.chars();
    letters.next().filter(|letter| letter.is_ascii_alphanumeric() && letters.as_str().is_empty())
}

/// The error for a short option that there is none of, with what may have been meant.
pub fn explained(error: clap::Error, command: &mut clap::Command) -> clap::Error {
    let Some(ContextValue::String(found)) = error.get(ContextKind::InvalidArg) else { return error };
    match letter_of_option(found).filter(|_| error.kind() == ErrorKind::UnknownArgument) {
        Some(letter) => command.error(
            ErrorKind::UnknownArgument,
            format!("there is no option `-{letter}`; to leave out the word, write `NOT {letter}`"),
        ),
        None => error,
    }
}

const TAKE_A_VALUE: &[&str] = &[
    "-n",
    "--limit",
    "--offset",
    "--sort",
    "--copies",
    "--author",
    "--not-author",
    "--section",
    "--source",
    "--not-section",
    "--publication",
    "--not-publication",
    "--facet",
    "--by",
    "--receipt",
    "--from",
    "--to",
    "--format",
    "--variants",
    "--query",
    "--match",
    "--index",
    "--color",
    "--hyperlinks",
    "--pager",
    "--config",
];

/// The query that was typed, its words joined.
pub fn query_text(words: &[String]) -> String {
    let plain: Vec<&str> = words.iter().map(|word| word.strip_prefix(GUARD).unwrap_or(word)).collect();
    plain.join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    fn query(words: &[&str]) -> (String, usize) {
        let words = ["newsearch", "query"].iter().chain(words).map(OsString::from);
        let arguments = Arguments::try_parse_from(guard_words(words)).unwrap();
        let Command::Query(query) = arguments.command else { panic!("not a query") };
        (query_text(&query.asked.words), query.limit)
    }

    #[test]
    fn the_options_are_consistent() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }

    #[test]
    fn words_that_begin_with_a_hyphen_are_words() {
        assert_eq!(query(&["peace", "-war"]), ("peace -war".into(), 10));
        assert_eq!(query(&["peace", "-nato", "-n", "3"]), ("peace -nato".into(), 3));
        assert_eq!(query(&["-n5", "peace"]), ("peace".into(), 5));
        assert_eq!(query(&["--", "-n5", "peace"]), ("-n5 peace".into(), 10));
        assert_eq!(query(&["--author", "-x", "peace"]).0, "peace");
        assert_eq!(query(&["peace", "-\"o\"", "-été", "-北"]).0, "peace -\"o\" -été -北");
    }

    #[test]
    fn a_hyphen_and_one_letter_are_an_option() {
        for words in
            [&["peace", "-o", "out.csv"][..], &["-i", "peace"], &["peace", "-A", "3"], &["peace", "-3"]]
        {
            for command in ["query", "export", "timeline", "first", "show"] {
                let words = [&["newsearch", command], words].concat();
                let words = guard_words(words.into_iter().map(OsString::from));
                let error = Arguments::try_parse_from(words).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::UnknownArgument, "{command}");
                let said = explained(error, &mut <Arguments as clap::CommandFactory>::command()).to_string();
                assert!(said.contains("there is no option `-") && said.contains("write `NOT "), "{said}");
            }
        }
    }
}
