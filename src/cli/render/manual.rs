//! Manual pages, with the sections that such pages have and what stands in columns set as it stands.

use std::fmt::Write as _;

use clap::Command;
use clap_mangen::Man;

use super::super::arguments::shared::{EXAMPLES, EXIT_STATUS};
use super::super::outcome::Failure;
use super::page;

const ENVIRONMENT: &[(&str, &str)] = &[
    ("NEWSEARCH_INDEX", "The folder of the index, as --index names it."),
    ("NEWSEARCH_CONFIG", "The configuration file, as --config names it."),
    ("NEWSEARCH_PAGER, PAGER", "The program that long texts are read in, as --pager names it."),
    ("NO_COLOR", "No colour, where --color does not ask for it."),
];

const FILES: &[(&str, &str)] = &[
    ("~/.local/share/newsearch", "The index, where no other folder is named ($XDG_DATA_HOME)."),
    ("~/.config/newsearch/config.toml", "Defaults of options ($XDG_CONFIG_HOME)."),
    (
        "~/.local/state/newsearch/last-answer.json",
        "The articles of the last answer, for `show 3` ($XDG_STATE_HOME).",
    ),
    (".newsearchignore", "What is left out of the folder that it lies in, as .gitignore says it."),
];

/// So wide are the tables of a page, which are set as they stand.
const MAN_WIDTH: usize = 72;

/// A page; `others` are the pages to look at besides.
pub fn page(command: Command, others: &[String]) -> Result<Vec<u8>, Failure> {
    let ends = End::of(&command);
    let has_commands = command.has_subcommands();
    let is_query = command.get_name() == "newsearch-query";
    let name = command.get_name().to_owned();
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").to_owned();
    let man =
        Man::new(command).source(format!("newsearch {}", env!("CARGO_PKG_VERSION"))).manual("newsearch");
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    let synopsis = format!(".SH SYNOPSIS\n.nf\n{}\n.fi\n", escaped(&usage));
    out.extend_from_slice(synopsis.as_bytes());
    man.render_description_section(&mut out)?;
    let mut text = String::new();
    for paragraph in ends.description.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        let _ = write!(text, ".PP\n{}\n", escaped(paragraph));
    }
    out.extend_from_slice(text.as_bytes());
    man.render_options_section(&mut out)?;
    if has_commands {
        man.render_subcommands_section(&mut out)?;
    }
    let mut text = String::new();
    if !ends.examples.is_empty() {
        as_it_stands(&mut text, "EXAMPLES", &ends.examples);
    }
    if is_query {
        as_it_stands(
            &mut text,
            "THE QUERY LANGUAGE",
            &page::plain(newsearch::query::LANGUAGE_PAGE, MAN_WIDTH),
        );
    }
    if !ends.exit_status.is_empty() {
        let _ = write!(text, ".SH \"EXIT STATUS\"\n{}\n", escaped(&ends.exit_status));
    }
    list(&mut text, "ENVIRONMENT", ENVIRONMENT);
    list(&mut text, "FILES", FILES);
    let others: Vec<String> = others
        .iter()
        .filter(|other| **other != name)
        .map(|other| format!("\\fB{}\\fR(1)", escaped(other)))
        .collect();
    if !others.is_empty() {
        let _ = write!(text, ".SH \"SEE ALSO\"\n{}\n", others.join(", "));
    }
    out.extend_from_slice(text.as_bytes());
    Ok(out)
}

/// The end of a command's help, by its parts.
#[derive(Default)]
struct End {
    description: String,
    examples: String,
    exit_status: String,
}

impl End {
    fn of(command: &Command) -> Self {
        let Some(text) = command.get_after_help().map(ToString::to_string) else { return Self::default() };
        let (text, exit_status) = text.split_once(EXIT_STATUS).unwrap_or((text.as_str(), ""));
        let heading = EXAMPLES.iter().find_map(|heading| Some((*heading, text.find(heading)?)));
        let (description, examples) = match heading {
            Some((heading, at)) => (text.get(..at), text.get(at + heading.len()..)),
            None => (Some(text), None),
        };
        Self {
            description: description.unwrap_or_default().trim().to_owned(),
            examples: examples.unwrap_or_default().trim_matches('\n').trim_end().to_owned(),
            exit_status: exit_status.trim().to_owned(),
        }
    }
}

fn as_it_stands(out: &mut String, heading: &str, text: &str) {
    let _ = write!(out, ".SH \"{heading}\"\n.nf\n{}\n.fi\n", escaped(text));
}

fn list(out: &mut String, heading: &str, items: &[(&str, &str)]) {
    let _ = writeln!(out, ".SH {heading}");
    for (name, about) in items {
        let _ = write!(out, ".TP\n\\fB{}\\fR\n{}\n", escaped(name), escaped(about));
    }
}

/// What roff would take for its own is text.
fn escaped(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}
