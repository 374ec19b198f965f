//! `newsearch config`: what is set, and where.

use std::io::{self, BufWriter, Write as _};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, Args, Command, ValueEnum};
use file::{configurable, defaults, is_flag, is_number, name};
use serde_json::Value;

use super::arguments::shared::{DONE, ending};
use super::outcome::{CommandResult, Outcome};
use super::render::config::{self as render, Settable, Setting};
use super::terminal::Terminal;

mod file;

pub use file::Config;

#[derive(Debug, Args)]
#[command(after_help = ending("\
The file is newsearch/config.toml in your configuration folder ($XDG_CONFIG_HOME or ~/.config; %APPDATA% on Windows), else what \
`--config FILE` or NEWSEARCH_CONFIG names. A setting is called as its option is; a flag that is set to true there is switched \
off again by `--NAME=false`. What is typed goes before the environment, and that before the file.

Example of a file:
  index = \"~/archive-index\"
  [query]
  limit = 20

Examples:
  newsearch config
  newsearch config --example > ~/.config/newsearch/config.toml", DONE))]
pub struct ConfigArguments {
    /// Print a file with everything that can be set
    #[arg(long, conflicts_with_all = ["format", "json"])]
    pub example: bool,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ConfigFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

/// How the configuration is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ConfigFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
}

pub fn run(
    arguments: &ConfigArguments,
    config: &Config,
    root: &Command,
    terminal: &Terminal,
) -> CommandResult {
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.example {
        let tables = tables(root).map(|(command, args)| (command, args.into_iter().map(option).collect()));
        render::example(&mut out, tables)?;
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let settings: Vec<Setting<'_>> = tables(root)
        .flat_map(|(command, args)| args.into_iter().map(move |arg| config.state(command, arg)))
        .collect();
    if arguments.json || arguments.format == ConfigFormat::Json {
        let file = config.path.as_ref().map(|path| path.display().to_string());
        let read = !config.settings.is_empty() || config.path.as_ref().is_some_and(|path| path.exists());
        render::to_json(&mut out, file, read, settings)?;
    } else {
        render::to_text(&mut out, config.path.as_deref(), &settings, terminal)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// What can be set: for all commands, then for each.
fn tables(root: &Command) -> impl Iterator<Item = (Option<&str>, Vec<&Arg>)> {
    let of = |command| configurable(command).collect::<Vec<_>>();
    let commands = root.get_subcommands().map(move |command| (Some(command.get_name()), of(command)));
    std::iter::once((None, of(root))).chain(commands).filter(|(_, args)| !args.is_empty())
}

/// An option as the example of a file has it.
fn option(arg: &Arg) -> Settable {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let all = arg.get_possible_values();
    let choices: Vec<String> = all.iter().map(|value| value.get_name().to_owned()).collect();
    Settable {
        name: name(arg).unwrap_or_default().to_owned(),
        about: help.lines().next().unwrap_or_default().to_owned(),
        sample: sample(arg, &choices),
        choices: if is_flag(arg) { Vec::new() } else { choices },
    }
}

/// The option's default as TOML; where it has none, what it could be.
fn sample(arg: &Arg, choices: &[String]) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let default = defaults(arg).into_iter().next();
    match default {
        Some(value) if is_flag(arg) || value.parse::<u64>().is_ok() => value,
        Some(value) => quoted(&value),
        None => {
            let names = arg.get_value_names().unwrap_or_default();
            let any = choices.first().cloned().or_else(|| names.first().map(ToString::to_string));
            let value = quoted(&any.unwrap_or_default());
            if matches!(arg.get_action(), ArgAction::Append) { format!("[{value}]") } else { value }
        }
    }
}

impl Config {
    fn state<'a>(&self, command: Option<&'a str>, arg: &'a Arg) -> Setting<'a> {
        let name = name(arg).unwrap_or_default();
        let state = |values: Vec<String>, from, line| {
            let shown = (!values.is_empty()).then(|| values.join(","));
            Setting { command, name, shown, value: typed(arg, values), from, line }
        };
        let given = self.given.get(name).filter(|_| command.is_none());
        match given {
            Some((ValueSource::CommandLine, values)) => return state(values.clone(), "flag", None),
            Some((ValueSource::EnvVariable, values)) => return state(values.clone(), "environment", None),
            _ => {}
        }
        match self.setting(command, name) {
            Some(setting) => state(setting.values.clone(), "file", Some(setting.line)),
            None => state(defaults(arg), "default", None),
        }
    }
}

/// A value as what it is: a flag true or false, a number a number, and a list of those that can be given
/// several times.
fn typed(arg: &Arg, values: Vec<String>) -> Value {
    let one = |text: String| match text.parse::<u64>() {
        Ok(number) if is_number(arg) => Value::from(number),
        _ if is_flag(arg) => Value::from(text == "true"),
        _ => Value::from(text),
    };
    if matches!(arg.get_action(), ArgAction::Append) {
        return values.into_iter().map(one).collect();
    }
    values.into_iter().next().map_or(Value::Null, one)
}
