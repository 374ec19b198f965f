//! The help: commands by what people do with them, and what a command ends with.

use clap::{Command, CommandFactory as _};

use super::super::render::page;
use super::Arguments;

/// The commands by what people do with them.
const GROUPS: &[(&str, &[&str])] = &[
    ("Find", &["query", "first", "timeline", "mentions", "batch", "related", "show"]),
    ("List", &["authors", "sections", "publications"]),
    ("Take along", &["export", "cite", "verify-receipt"]),
    ("Keep an archive", &["index", "status", "forget", "verify", "optimize"]),
    ("Look closer", &["parse", "analyze", "eval"]),
    ("Set up", &["config", "completions", "man", "help"]),
];

/// Everything that can be typed.
pub fn command() -> Command {
    let root = Arguments::command();
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

/// The same with the query language, which `newsearch help query` prints. Setting it takes longer than a
/// search.
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
        text.push_str(&format!("\n{header}{heading}:{header:#}\n"));
        for name in *names {
            let about = root.find_subcommand(name).and_then(|command| command.get_about());
            let about = about.map_or_else(|| "Explain a command".to_owned(), ToString::to_string);
            text.push_str(&format!("  {literal}{name}{literal:#}{:1$}{about}\n", "", 16 - name.len()));
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
