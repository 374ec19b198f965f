//! `newsearch authors`, `sections` and `publications`: who wrote, under what and where, with how many
//! articles and when.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;

use clap::Args;
use newsearch::index::Snapshot;
use newsearch::search::bylines::fullest_forms;
use newsearch::search::facets::{self, Facet, FacetBy, FacetValue};
use newsearch::search::{self, SearchRequest};

use super::arguments::asked::AskedArguments;
use super::arguments::shared::{FOUND, ListFormat, SHOWING, ending, whole_number};
use super::outcome::{CommandResult, Outcome};
use super::render::json::Head;
use super::render::listing::{self as render, Entry};
use super::terminal::Terminal;
use super::{ask, nothing, pager};

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

/// What the commands that list names say at the end of their help.
pub fn end_of_help(command: &str) -> String {
    let text = format!(
        "The commonest name stands first; its days are those of the articles whose day is known. Words and filters say of which \
         articles.\n\nExamples:\n  newsearch {command}\n  newsearch {command} flood --from 2025\n  newsearch {command} --format csv"
    );
    ending(&text, FOUND)
}

pub fn run(arguments: &ListArguments, by: FacetBy, dir: &Path, terminal: &Terminal) -> CommandResult {
    let asked = ask::ask(&arguments.asked, None, terminal)?;
    let snapshot = Snapshot::open(dir)?;
    let request = SearchRequest { limit: 0, ..asked.request.clone() };
    let response = search::search(&snapshot, &request)?;
    response.remarks.iter().try_for_each(|remark| terminal.warn(remark))?;
    let nothing = nothing::explain(&snapshot, &request, response.total)?;
    let facet = facets::names(&snapshot, &request, by)?;
    let entries = entries(&facet);
    let most = if arguments.limit == 0 { entries.len() } else { arguments.limit };
    let shown = entries.len().min(most);
    let shown = entries.get(..shown).unwrap_or_default();
    let format = if arguments.json { ListFormat::Json } else { arguments.format };
    let read_as = asked.read_as();
    let mut out = pager::output(format == ListFormat::Text, terminal);
    match format {
        ListFormat::Text => {
            let about = (facet.without, entries.len(), read_as.as_str());
            render::to_text(&mut out, &response, by, about, shown, terminal)?;
            if let Some(nothing) = &nothing {
                nothing.text(&mut out, terminal)?;
            }
        }
        ListFormat::Json => {
            let account = response.account(&asked.notices);
            let head = Head::new((&asked.typed, &read_as), response.total, &account, nothing.as_ref());
            render::to_json(&mut out, head, &facet, entries.len(), shown)?;
        }
        ListFormat::Csv => {
            render::to_csv(&mut out, by, shown)?;
            nothing::warn(nothing.as_ref(), terminal)?;
        }
    }
    out.flush()?;
    Ok(if response.total == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// The names, the commonest first; shorter forms of a byline below the fullest.
fn entries(facet: &Facet) -> Vec<Entry<'_>> {
    let values = &facet.values;
    let fullest = match facet.by {
        FacetBy::Author => fullest_forms(values.iter().map(|value| (value.value.as_str(), value.articles))),
        _ => vec![None; values.len()],
    };
    let mut shorter: HashMap<usize, Vec<&FacetValue>> = HashMap::new();
    for (value, full) in values.iter().zip(&fullest) {
        if let Some(full) = full {
            shorter.entry(*full).or_default().push(value);
        }
    }
    let full = values.iter().zip(&fullest).enumerate().filter(|(_, (_, full))| full.is_none());
    full.map(|(at, (value, _))| Entry { value, perhaps: shorter.remove(&at).unwrap_or_default() }).collect()
}
