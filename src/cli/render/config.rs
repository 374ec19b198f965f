//! Defaults of options: what is set and where, and what could be.

use std::io::Write;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use super::super::outcome::Failure;
use super::super::paths;
use super::super::terminal::{Terminal, clean};
use super::json;

#[derive(Serialize)]
struct ConfigJson<'a> {
    file: Option<String>,
    read: bool,
    settings: Vec<Setting<'a>>,
}

/// An option and what it is without a word that says otherwise.
#[derive(Serialize)]
pub struct Setting<'a> {
    /// The command whose option it is; none where it goes for all.
    pub command: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
    /// Its value, for people.
    #[serde(skip)]
    pub shown: Option<String>,
    /// The same, for programs.
    pub value: Value,
    /// Who gave it.
    pub from: &'static str,
    /// The line of the file.
    pub line: Option<usize>,
}

/// One object.
pub fn to_json(
    out: &mut impl Write,
    file: Option<String>,
    read: bool,
    settings: Vec<Setting<'_>>,
) -> Result<(), Failure> {
    json::object(out, &ConfigJson { file, read, settings })
}

/// What is set, and where.
pub fn to_text(
    out: &mut impl Write,
    file: Option<&Path>,
    settings: &[Setting<'_>],
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    match file {
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

/// An option that can be set.
pub struct Settable {
    /// Its name.
    pub name: String,
    /// What it does.
    pub about: String,
    /// What it can be, where that is one of a few.
    pub choices: Vec<String>,
    /// Its default, or what it could be, as TOML.
    pub sample: String,
}

/// A file with everything that can be set, each as it is without it.
pub fn example<'a>(
    out: &mut impl Write,
    tables: impl Iterator<Item = (Option<&'a str>, Vec<Settable>)>,
) -> Result<(), Failure> {
    writeln!(
        out,
        "# Defaults of newsearch's options. What is typed and what the environment says go before them."
    )?;
    writeln!(out, "# A setting above all tables goes for every command that has such an option.")?;
    for (command, options) in tables {
        if let Some(command) = command {
            writeln!(out, "\n[{command}]")?;
        }
        for Settable { name, about, choices, sample } in options {
            writeln!(out, "\n# {about}")?;
            if !choices.is_empty() {
                writeln!(out, "# One of {}", choices.join(", "))?;
            }
            writeln!(out, "# {name} = {sample}")?;
        }
    }
    Ok(())
}
