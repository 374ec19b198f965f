//! `newsearch config`: what is set, and where.

use std::io::{self, BufWriter, Write};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, Command};
use serde::Serialize;
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use super::super::arguments::{ConfigArguments, ConfigFormat, command};
use super::super::outcome::{CommandResult, Failure, Outcome};
use super::super::paths;
use super::super::render::json;
use super::super::terminal::{Terminal, clean};
use super::{Config, configurable, defaults, is_flag, is_number, name};

#[derive(Serialize)]
struct ConfigJson<'a> {
    file: Option<String>,
    read: bool,
    settings: Vec<Setting<'a>>,
}

/// An option and what it is without a word that says otherwise.
#[derive(Serialize)]
struct Setting<'a> {
    command: Option<&'a str>,
    name: &'a str,
    #[serde(skip)]
    shown: Option<String>,
    value: Value,
    from: &'static str,
    line: Option<usize>,
}

pub fn run(arguments: &ConfigArguments, config: &Config, terminal: &Terminal) -> CommandResult {
    let root = command();
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.example {
        example(&mut out, &root)?;
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let settings: Vec<Setting<'_>> = tables(&root)
        .flat_map(|(command, args)| args.into_iter().map(move |arg| config.state(command, arg)))
        .collect();
    if arguments.json || arguments.format == ConfigFormat::Json {
        let file = config.path.as_ref().map(|path| path.display().to_string());
        let read = !config.settings.is_empty() || config.path.as_ref().is_some_and(|path| path.exists());
        json::object(&mut out, &ConfigJson { file, read, settings })?;
    } else {
        text(&mut out, config, &settings, terminal)?;
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

/// A value as what it is: a flag true or false, a number a number, and a list of those that can be given several times.
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

fn text(
    out: &mut impl Write,
    config: &Config,
    settings: &[Setting<'_>],
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    match &config.path {
        Some(path) if path.exists() => writeln!(out, "# {}", clean(&paths::shown(path)))?,
        Some(path) => writeln!(out, "# no file at {}", clean(&paths::shown(path)))?,
        None => writeln!(out, "# no file")?,
    }
    let shown = |setting: &Setting<'_>| clean(setting.shown.as_deref().unwrap_or("-"));
    let widest = settings.iter().map(|s| shown(s).width()).filter(|width| *width <= 40).max().unwrap_or(0);
    let longest = settings.iter().map(|setting| setting.name.len()).max().unwrap_or(0);
    let mut table = None;
    for setting in settings {
        if setting.command != table {
            table = setting.command;
            let command = setting.command.unwrap_or_default();
            writeln!(out, "\n{}[{command}]{}", styles.headline, styles.reset)?;
        }
        let value = shown(setting);
        let padding = widest.saturating_sub(value.width());
        let from = match setting.line {
            Some(line) => format!("{}line {line}", styles.good),
            None => format!("{}{}", styles.faint, setting.from),
        };
        writeln!(out, "{:longest$}  {value}{:padding$}  {from}{}", setting.name, "", styles.reset)?;
    }
    Ok(())
}

/// A file with everything that can be set, each as it is without it.
fn example(out: &mut impl Write, root: &Command) -> Result<(), Failure> {
    writeln!(
        out,
        "# Defaults of newsearch's options. What is typed and what the environment says go before them."
    )?;
    writeln!(out, "# A setting above all tables goes for every command that has such an option.")?;
    for (command, args) in tables(root) {
        if let Some(command) = command {
            writeln!(out, "\n[{command}]")?;
        }
        for arg in args {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            writeln!(out, "\n# {}", help.lines().next().unwrap_or_default())?;
            let choices: Vec<String> =
                arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
            if !is_flag(arg) && !choices.is_empty() {
                writeln!(out, "# One of {}", choices.join(", "))?;
            }
            writeln!(out, "# {} = {}", name(arg).unwrap_or_default(), sample(arg, &choices))?;
        }
    }
    Ok(())
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
