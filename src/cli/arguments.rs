//! What can be typed: the commands and what goes for all of them. The options of a command stand beside it.

use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{ArgAction, Parser, Subcommand};

use super::analyze::AnalyzeArguments;
use super::batch::BatchArguments;
use super::cite::CiteArguments;
use super::completions::CompletionsArguments;
use super::config::ConfigArguments;
use super::eval::EvalArguments;
use super::export::ExportArguments;
use super::first::FirstArguments;
use super::forget::ForgetArguments;
use super::index::IndexArguments;
use super::listing::{ListArguments, end_of_help};
use super::manual::ManArguments;
use super::mentions::MentionsArguments;
use super::optimize::OptimizeArguments;
use super::parse::ParseArguments;
use super::query::QueryArguments;
use super::receipt::VerifyReceiptArguments;
use super::related::RelatedArguments;
use super::show::ShowArguments;
use super::status::StatusArguments;
use super::terminal::TerminalArguments;
use super::timeline::TimelineArguments;
use super::verify::VerifyArguments;
use shared::GENERAL;

pub mod asked;
pub mod help;
pub mod shared;
pub mod words;

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

    #[command(flatten)]
    pub terminal: TerminalArguments,

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
    #[command(alias = "bylines", after_help = end_of_help("authors"))]
    Authors(ListArguments),
    /// List the sections, with how many articles and when
    #[command(after_help = end_of_help("sections"))]
    Sections(ListArguments),
    /// List the papers, with how many articles and when
    #[command(alias = "papers", after_help = end_of_help("publications"))]
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
    Verify(VerifyArguments),
    /// Put the index of an archive that is finished in one piece
    ///
    /// And drop what was removed from it.
    Optimize(OptimizeArguments),
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

    /// Whether it works for long.
    pub fn works_for_long(&self) -> bool {
        matches!(
            self,
            Self::Index(_)
                | Self::Optimize(_)
                | Self::Verify(_)
                | Self::Eval(_)
                | Self::Export(_)
                | Self::Batch(_)
        )
    }
}
