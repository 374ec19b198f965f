//! The help: commands by what people do with them, and what a command ends with.

use std::fmt::Write as _;

use clap::{Command, CommandFactory as _};

use super::super::render::page;
use super::Arguments;

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

/// The commands by what people do with them.
const GROUPS: &[(&str, &[&str])] = &[
    ("Find", &["query", "first", "timeline", "mentions", "batch", "related", "show"]),
    ("List", &["authors", "sections", "publications"]),
    ("Take along", &["export", "cite", "verify-receipt"]),
    ("Keep an archive", &["index", "status", "forget", "verify", "optimize"]),
    ("Look closer", &["parse", "analyze", "eval"]),
    ("Set up", &["config", "completions", "man", "help"]),
];

const FOUND: &str = "Exit status: 0 something found, 1 nothing found, 2 could not run.";
const DONE: &str = "Exit status: 0 done, 2 could not run.";

/// What a command ends with.
fn exit_status(name: &str) -> &'static str {
    match name {
        "query" | "mentions" | "authors" | "sections" | "publications" | "first" | "timeline" | "export"
        | "related" | "parse" | "analyze" => FOUND,
        "batch" => {
            "Exit status: 0 something found, 1 nothing found, 2 could not run, or a query could not be read."
        }
        "verify-receipt" => "Exit status: 0 it still holds, 1 something has changed, 2 could not run.",
        "verify" => "Exit status: 0 all is whole, 2 something is wrong, or it could not run.",
        "index" => "Exit status: 0 done, also where files could not be read; 1 no article; 2 could not run.",
        _ => DONE,
    }
}

/// Everything that can be typed.
pub fn command() -> Command {
    let root = Arguments::command();
    let names: Vec<String> = root.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let root = names.into_iter().fold(root, |root, name| root.mut_subcommand(name, with_exit_status));
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n{}\nOptions:\n{{options}}{{after-help}}",
        groups(&root)
    );
    root.help_template(template).long_version(version())
}

/// The version, and those of what is in an index: with others, it is read anew.
fn version() -> String {
    format!(
        "{}\nindex format {}, schema {}, analysis {}, readers {}",
        env!("CARGO_PKG_VERSION"),
        newsearch::index::FORMAT,
        newsearch::schema::Schema::builtin().fingerprint(),
        newsearch::analysis::FINGERPRINT,
        newsearch::corpus::FINGERPRINT
    )
}

fn with_exit_status(command: Command) -> Command {
    let exit_status = exit_status(command.get_name());
    let with = |text: Option<String>| match text {
        Some(text) => format!("{text}\n\n{exit_status}"),
        None => exit_status.to_owned(),
    };
    let help = with(command.get_after_help().map(ToString::to_string));
    command.after_help(help)
}

/// The same with the query language, which `newsearch help query` prints. Setting it takes longer than a search.
pub fn command_in_full() -> Command {
    command().mut_subcommand("query", |query| {
        let help = query.get_after_help().map(ToString::to_string).unwrap_or_default();
        let language = page::plain(newsearch::query::LANGUAGE_PAGE, page::width());
        query.after_long_help(format!("{help}\n\n{language}"))
    })
}

/// The list of the commands.
fn groups(root: &Command) -> String {
    let (header, literal) = (root.get_styles().get_header(), root.get_styles().get_literal());
    let mut text = String::new();
    for (heading, names) in GROUPS {
        let _ = write!(text, "\n{header}{heading}:{header:#}\n");
        for name in *names {
            let about = root.find_subcommand(name).and_then(|command| command.get_about());
            let about = about.map_or_else(|| "Explain a command".to_owned(), ToString::to_string);
            let _ = writeln!(text, "  {literal}{name}{literal:#}{:1$}{about}", "", 16 - name.len());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_one_group_and_on_one_line() {
        let root = command();
        let mut listed: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let mut all: Vec<&str> = root.get_subcommands().map(Command::get_name).chain(["help"]).collect();
        listed.sort_unstable();
        all.sort_unstable();
        assert_eq!(listed, all);
        for command in root.get_subcommands() {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(about.len() <= 62, "{about}");
        }
    }

    #[test]
    fn every_command_says_what_it_ends_with_and_how_it_is_used() {
        for command in command_in_full().get_subcommands_mut() {
            let name = command.get_name().to_owned();
            for help in [command.render_help().to_string(), command.render_long_help().to_string()] {
                assert!(help.contains("Exit status: 0 "), "{name}");
                assert!(help.contains(&format!("  newsearch {name}")), "{name} has no example");
            }
        }
    }
}
