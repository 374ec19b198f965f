//! What the options of several commands have in common: headings, numbers, and the choices that several
//! offer.

use std::fmt;
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use newsearch::citation::Style;
use newsearch::search::{CopiesShown, Sort};

/// Headings of options, in the order of use.
pub const WHICH: &str = "Which articles";
pub const READING: &str = "How words are read";
pub const SHOWING: &str = "How to show them";
pub const COUNTING: &str = "Counting";
pub const KEEPING: &str = "Keeping";
pub const GENERAL: &str = "General";

/// How the examples begin at the end of a command's help, and what it ends with.
pub const EXAMPLES: &[&str] = &["Examples:\n", "Example:\n"];
pub const EXIT_STATUS: &str = "Exit status: ";

/// What most commands end with.
pub const FOUND: &str = "Exit status: 0 something found, 1 nothing found, 2 could not run.";
pub const DONE: &str = "Exit status: 0 done, 2 could not run.";

/// The end of a command's help.
pub fn ending(text: &str, exit_status: &str) -> String {
    format!("{text}\n\n{exit_status}")
}

/// A number that is counted with.
pub fn whole_number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "not a whole number of 0 or more".to_owned())
}

/// Of commands that say what they did.
#[derive(Debug, Args)]
pub struct JsonArguments {
    /// Print one JSON object
    #[arg(long, help_heading = SHOWING)]
    pub json: bool,
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

/// One of the values that have names in the library, with what is said of each.
pub fn one_of<T>(all: &'static [T], about: fn(T) -> &'static str) -> impl TypedValueParser<Value = T>
where
    T: Copy + fmt::Display + FromStr<Err = String> + Send + Sync + 'static,
{
    let named = |value: &T| PossibleValue::new(value.to_string()).help(about(*value));
    PossibleValuesParser::new(all.iter().map(named)).try_map(|name| name.parse())
}

/// In which order articles are shown.
pub fn sort() -> impl TypedValueParser<Value = Sort> {
    one_of(Sort::ALL, |sort| match sort {
        Sort::Relevance => "The best match first",
        Sort::Newest => "The newest first",
        Sort::Oldest => "The oldest first",
        Sort::Longest => "The longest first",
        Sort::Shortest => "The shortest first",
    })
}

/// Which articles are shown of those that are copies of one another.
pub fn copies() -> impl TypedValueParser<Value = CopiesShown> {
    one_of(CopiesShown::ALL, |copies| match copies {
        CopiesShown::Best => "The one that comes first in the order of the answer",
        CopiesShown::First => "The one that was published first",
        CopiesShown::Last => "The one that was published last",
        CopiesShown::All => "All of them, each for itself",
    })
}

/// How articles are cited.
pub fn style() -> impl TypedValueParser<Value = Style> {
    one_of(Style::ALL, |style| match style {
        Style::Apa => "APA, 7th edition",
        Style::Mla => "MLA, 9th edition",
        Style::Chicago => "Chicago, notes and bibliography",
        Style::Harvard => "Harvard, as in Cite Them Right",
        Style::Bibtex => "BibTeX",
        Style::Ris => "RIS, for reference managers",
        Style::CslJson => "CSL-JSON, for reference managers",
    })
}
