//! `newsearch mentions`: every mention in its sentence.

use std::io::Write as _;
use std::path::Path;

use clap::Args;
use newsearch::index::Snapshot;
use newsearch::search::mentions::mentions;
use newsearch::search::{self, Detail, SearchRequest, Sort};

use super::arguments::asked::AskedArguments;
use super::arguments::shared::{self, FOUND, ListFormat, SHOWING, ending};
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::mentions as render;
use super::terminal::Terminal;
use super::{ask, nothing, pager, paths};

#[derive(Debug, Args)]
#[command(after_help = ending("\
Keyword in context: each sentence in which a word or phrase of the query stands, with the number of its paragraph. A table has a \
line for each match, with what stands left and right of it in its sentence.

Examples:
  newsearch mentions '\"peace plan\"'
  newsearch mentions ceasefire OR truce --from 2025 --sort oldest
  newsearch mentions truce --format csv > truce.csv", FOUND))]
pub struct MentionsArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// In which order articles stand
    #[arg(short, long, value_name = "ORDER", default_value = "relevance", help_heading = SHOWING)]
    #[arg(value_parser = shared::sort())]
    pub sort: Sort,

    /// How to print them; JSON is an object a sentence, each on a line
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = SHOWING)]
    pub format: ListFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format", help_heading = SHOWING)]
    pub json: bool,
}

pub fn run(arguments: &MentionsArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let asked = ask::ask(&arguments.asked, None, terminal)?;
    if asked.typed == ask::EVERYTHING {
        let hint = Some("type words, like `newsearch mentions peace plan`".to_owned());
        return Err(Failure::Usage("there is nothing to find mentions of".to_owned(), hint));
    }
    let snapshot = Snapshot::open_for_all(dir)?;
    let request = SearchRequest { sort: arguments.sort, ..asked.request.clone() };
    let hits = search::all(&snapshot, &request, Detail::Stored)?;
    let total = hits.total;
    let account = asked.account(hits.account.clone(), terminal)?;
    let nothing = nothing::explain(&snapshot, &request, total)?;
    let roots = snapshot.roots();
    let mut highlighter = search::highlighter(&snapshot, &request);
    let format = if arguments.json { ListFormat::Json } else { arguments.format };
    let mut out = pager::output(format == ListFormat::Text, terminal);
    if format == ListFormat::Csv {
        render::csv_header(&mut out)?;
    }
    // What is said of all of them stands above them.
    let mut page = Vec::new();
    let mut found = 0;
    for hit in hits {
        let hit = hit?;
        let passages = highlighter.passages(&hit.article, usize::MAX);
        let mentions = mentions(&hit.article, &passages);
        found += mentions.iter().map(|mention| mention.matches.len() as u64).sum::<u64>();
        let path = paths::of_hits(std::slice::from_ref(&hit), &roots).pop().unwrap_or_default();
        match format {
            ListFormat::Text => render::of_article(&mut page, &hit, &path, &mentions, terminal)?,
            ListFormat::Csv => {
                mentions.iter().try_for_each(|mention| render::to_csv(&mut out, &hit, &path, mention))?
            }
            ListFormat::Json => render::to_json(&mut out, &hit, &path, &mentions)?,
        }
    }
    if format == ListFormat::Text {
        render::heading(&mut out, (found, total), &account, &asked.read_as(), terminal)?;
        out.write_all(&page)?;
        if let Some(nothing) = &nothing {
            nothing.text(&mut out, terminal)?;
        }
    } else {
        nothing::warn(nothing.as_ref(), terminal)?;
    }
    out.flush()?;
    Ok(if total == 0 { Outcome::Nothing } else { Outcome::Done })
}
