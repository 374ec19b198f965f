//! The words that were typed, before and after clap has read them: what begins with a hyphen and is no option
//! is a word of a query, and what people type from habit is told what they meant.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

/// Marks an argument that begins with `-` as a word of a query.
const GUARD: char = '\u{1}';

/// `newsearch query peace -war` leaves out war: what begins with one `-` and is no option of ours is a word.
pub fn guard_words(words: impl IntoIterator<Item = OsString>, root: &Command) -> Vec<OsString> {
    let mut command: Option<&Command> = None;
    let mut only_words = false;
    let mut value_follows = false;
    let mut guarded = Vec::new();
    for (at, word) in words.into_iter().enumerate() {
        let Some(text) =
            word.to_str().filter(|_| at > 0 && !only_words && !std::mem::take(&mut value_follows))
        else {
            guarded.push(word);
            continue;
        };
        value_follows = takes_value(root, text) || command.is_some_and(|command| takes_value(command, text));
        match command {
            None if text == OPEN => {
                command = root.find_subcommand("show");
                guarded.extend(["show", "--open"].map(OsString::from));
            }
            None => {
                command = root.find_subcommand(text);
                guarded.push(word);
            }
            Some(_) if text == "--" => {
                only_words = true;
                guarded.push(word);
            }
            Some(command) if takes_words(command) && !is_option(text) => {
                guarded.push(OsString::from(format!("{GUARD}{text}")));
            }
            Some(_) => guarded.push(word),
        }
    }
    guarded
}

/// How alike the names of two commands are, one of which is meant by the other.
const ALIKE: f64 = 0.8;

/// The same as `show --open`.
const OPEN: &str = "open";

fn takes_words(command: &Command) -> bool {
    command.get_positionals().any(|arg| arg.get_id() == "words")
}

/// Whether the next word is the value of this one.
fn takes_value(command: &Command, text: &str) -> bool {
    let is_named = |arg: &&Arg| match text.strip_prefix("--") {
        Some(long) => {
            arg.get_long() == Some(long) || arg.get_all_aliases().is_some_and(|names| names.contains(&long))
        }
        None => letter_of_option(text).is_some_and(|letter| arg.get_short() == Some(letter)),
    };
    command.get_arguments().find(is_named).is_some_and(|arg| arg.get_action().takes_values())
}

/// Whether it is no word of a query, right or wrong: `--strict`, `-n`, `-n3`, `-x`.
fn is_option(text: &str) -> bool {
    let is_number =
        text.strip_prefix("-n").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    !text.starts_with('-')
        || text.starts_with("--")
        || text.len() == 1
        || is_number
        || letter_of_option(text).is_some()
}

/// The letter or digit of an option that has no more: nobody looks for articles without the word `o`.
fn letter_of_option(text: &str) -> Option<char> {
    let mut letters = text.strip_prefix('-')?.chars();
    letters.next().filter(|letter| letter.is_ascii_alphanumeric() && letters.as_str().is_empty())
}

/// The query that was typed, its words joined.
pub fn query_text(words: &[String]) -> String {
    let plain: Vec<&str> = words.iter().map(|word| word.strip_prefix(GUARD).unwrap_or(word)).collect();
    plain.join(" ")
}

/// The error with what may have been meant: for a short option that there is none of, and for a search
/// without its command.
pub fn explained(error: clap::Error, words: &[OsString], command: &mut Command) -> clap::Error {
    let found = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(found)) => Some(found.as_str()),
        _ => None,
    };
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let Some(letter) = found(ContextKind::InvalidArg).and_then(letter_of_option) else {
                return error;
            };
            let message =
                format!("there is no option `-{letter}`; to leave out the word, write `NOT {letter}`");
            command.error(ErrorKind::UnknownArgument, message)
        }
        ErrorKind::InvalidSubcommand => {
            let Some(name) = found(ContextKind::InvalidSubcommand) else { return error };
            let similar = match error.get(ContextKind::SuggestedSubcommand) {
                Some(ContextValue::Strings(similar)) => similar.first().map(String::as_str),
                Some(ContextValue::String(similar)) => Some(similar.as_str()),
                _ => None,
            };
            let words = words.iter().skip_while(|word| *word != name).map(|word| word.to_string_lossy());
            let words: Vec<String> = words.map(|word| word.trim_start_matches(GUARD).to_owned()).collect();
            let (words, rest) = (words.join(" "), words.get(1..).unwrap_or_default().join(" "));
            let meant = match similar.filter(|similar| strsim::jaro_winkler(similar, name) > ALIKE) {
                Some(similar) => {
                    format!("did you mean `newsearch {}`?", format!("{similar} {rest}").trim_end())
                }
                None => format!("to search: `newsearch query {words}`"),
            };
            let message = format!("there is no command `{name}`; {meant}");
            command.error(ErrorKind::InvalidSubcommand, message)
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use clap::FromArgMatches as _;

    use super::super::help::command;
    use super::super::{Arguments, Command as Asked};
    use super::*;

    fn read(words: &[&str]) -> Result<Arguments, clap::Error> {
        let words = std::iter::once(&"newsearch").chain(words).map(OsString::from);
        let words = guard_words(words, &command());
        let matches = command().try_get_matches_from(&words);
        matches
            .and_then(|matches| Arguments::from_arg_matches(&matches))
            .map_err(|error| explained(error, &words, &mut command()))
    }

    fn query(words: &[&str]) -> (String, usize) {
        let Asked::Query(query) = read(&[&["query"], words].concat()).unwrap().command else {
            panic!("not a query")
        };
        (query_text(&query.asked.words), query.limit)
    }

    #[test]
    fn the_options_are_consistent() {
        command().debug_assert();
    }

    #[test]
    fn words_that_begin_with_a_hyphen_are_words() {
        assert_eq!(query(&["peace", "-war"]), ("peace -war".into(), 10));
        assert_eq!(query(&["peace", "-nato", "-n", "3"]), ("peace -nato".into(), 3));
        assert_eq!(query(&["-n5", "peace"]), ("peace".into(), 5));
        assert_eq!(query(&["--", "-n5", "peace"]), ("-n5 peace".into(), 10));
        assert_eq!(query(&["--author", "-x", "peace"]).0, "peace");
        assert_eq!(query(&["peace", "-\"o\"", "-été", "-北"]).0, "peace -\"o\" -été -北");
        // A value is no word, whatever it is called and begins with.
        assert_eq!(query(&["--since", "-1", "-s", "newest", "-f", "json", "peace", "-war"]).0, "peace -war");
    }

    #[test]
    fn a_hyphen_and_one_letter_are_an_option() {
        for words in
            [&["peace", "-z", "out.csv"][..], &["-i", "peace"], &["peace", "-A", "3"], &["peace", "-3"]]
        {
            for command in ["query", "search", "grep", "export", "timeline", "first", "show", "open"] {
                let error = read(&[&[command], words].concat()).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::UnknownArgument, "{command}");
                let said = error.to_string();
                assert!(said.contains("there is no option `-") && said.contains("write `NOT "), "{said}");
            }
        }
    }

    #[test]
    fn a_search_without_its_command_is_told_so() {
        let said = read(&["peace", "plan", "-war"]).unwrap_err().to_string();
        assert!(
            said.contains("there is no command `peace`; to search: `newsearch query peace plan -war`"),
            "{said}"
        );
        let said = read(&["qurey", "peace"]).unwrap_err().to_string();
        assert!(
            said.contains("there is no command `qurey`; did you mean `newsearch query peace`?"),
            "{said}"
        );
    }

    #[test]
    fn commands_go_by_the_names_that_people_type() {
        for (typed, meant) in [
            ("search peace", "query peace"),
            ("find peace", "query peace"),
            ("grep peace", "query peace"),
            ("open 3", "show --open 3"),
            ("stats", "status"),
            ("info", "status"),
            ("update", "index"),
            ("rm corpus", "forget corpus"),
            ("remove corpus", "forget corpus"),
            ("query peace --since 2025 --until 2026", "query peace --from 2025 --to 2026"),
            ("query peace -s newest -f json", "query peace --sort newest --format json"),
            ("export peace -f paths -0", "export peace --format paths --null"),
        ] {
            let read = |words: &str| {
                let words: Vec<&str> = words.split(' ').collect();
                format!("{:?}", read(&words).unwrap())
            };
            assert_eq!(read(typed), read(meant));
        }
    }
}
