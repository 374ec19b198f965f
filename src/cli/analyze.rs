//! `newsearch analyze`: what words a text is searched by.

use std::io::{self, BufWriter, Write as _};

use clap::Args;
use newsearch::analysis::{self, Language};

use super::arguments::shared::{FOUND, ending};
use super::arguments::words::query_text;
use super::outcome::{CommandResult, Outcome};
use super::render::{json, text};
use super::terminal::Terminal;

#[derive(Debug, Args)]
#[command(after_help = ending("Example:\n  newsearch analyze \"Putin's counter-proposal\"", FOUND))]
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

pub fn run(arguments: &AnalyzeArguments, terminal: &Terminal) -> CommandResult {
    let typed = query_text(&arguments.text);
    let language = Language::from_code(Some(&arguments.language));
    let words = analysis::explain(&typed, language);
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        json::analysis(&mut out, &typed, language.code(), &words)?;
    } else {
        text::analysis(&mut out, &words, terminal)?;
    }
    out.flush()?;
    Ok(if words.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
