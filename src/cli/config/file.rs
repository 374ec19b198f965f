//! The configuration file: defaults of options. Which there are, what they may be and what is said of a wrong
//! one comes from the options' own definition.

use std::any::TypeId;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::builder::ValueHint;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, ColorChoice, Command};
use newsearch::error::plain_io;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::outcome::Failure;
use super::super::paths;

/// The options that people repeat. What narrows a search is not among them: an archive must not seem to hold
/// less than it does.
const CONFIGURABLE: &[&str] = &[
    "any",
    "bom",
    "brief",
    "by",
    "color",
    "columns",
    "copies",
    "explain",
    "facet",
    "facets",
    "format",
    "hyperlinks",
    "index",
    "language",
    "limit",
    "no-correct",
    "no-expand",
    "no-pager",
    "no-variants",
    "pager",
    "publication",
    "recent",
    "sort",
    "strict",
    "style",
    "variants",
];

/// A configuration file is no larger than that.
const MOST_BYTES: u64 = 1 << 20;

/// What the configuration file says.
#[derive(Debug, Default)]
pub struct Config {
    /// Where it is, or would be.
    pub path: Option<PathBuf>,
    pub settings: Vec<Setting>,
    /// The options for all commands, and who gave them.
    pub given: HashMap<String, (ValueSource, Vec<String>)>,
}

/// A default that the file sets.
#[derive(Debug)]
pub struct Setting {
    /// The command whose table it stands in; none where it goes for all.
    pub command: Option<String>,
    pub name: String,
    pub values: Vec<String>,
    pub line: usize,
}

impl Config {
    /// Reads the file that the words or the environment name, else the one in its usual place, where there is
    /// one.
    pub fn load(words: &[OsString], root: &Command) -> Result<Self, Failure> {
        let (path, named) = match named(words) {
            Named::None => return Ok(Self::default()),
            Named::File(path) => (Some(path), true),
            Named::Usual => (paths::config_file(), false),
        };
        let Some(path) = path else { return Ok(Self::default()) };
        let text = match read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !named => {
                return Ok(Self { path: Some(path), ..Self::default() });
            }
            Err(error) => {
                let reason = match error.kind() {
                    io::ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
                    _ => plain_io(&error),
                };
                let message = format!("cannot read the configuration `{}`: {reason}", path.display());
                return Err(Failure::Usage(message, Some(WITHOUT.to_owned())));
            }
        };
        let settings = Reader { text: &text, path: &path, root }.settings()?;
        Ok(Self { path: Some(path), settings, given: HashMap::new() })
    }

    /// The setting that goes for an option of a command.
    pub fn setting(&self, command: Option<&str>, name: &str) -> Option<&Setting> {
        let of = |command: Option<&str>| {
            self.settings.iter().find(|s| s.command.as_deref() == command && s.name == name)
        };
        command.and_then(|command| of(Some(command))).or_else(|| of(None))
    }

    /// The commands with the settings as their defaults, but where a word that was typed contradicts one.
    pub fn apply(&self, root: Command, words: &[OsString]) -> Command {
        if self.settings.is_empty() {
            return root;
        }
        let root = self.map(root, |arg, _| if is_flag(&arg) { switch(arg) } else { arg });
        let typed = root.clone().try_get_matches_from(words).ok();
        let contradicted = typed.map(|typed| contradicted(&root, &typed)).unwrap_or_default();
        self.map(root, |arg, setting| {
            if contradicted.iter().any(|id| id == arg.get_id().as_str()) {
                return arg;
            }
            arg.default_values(setting.values.clone())
        })
    }

    /// Whether help and usage errors have colour: they are printed before the words are read.
    pub fn help_colour(&self, words: &[OsString]) -> ColorChoice {
        let typed = typed(words, "--color").map(|when| when.to_string_lossy().into_owned());
        let set = || self.setting(None, "color").and_then(|setting| setting.values.first().cloned());
        match typed.or_else(set).as_deref() {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            _ => ColorChoice::Auto,
        }
    }

    /// Changes the options that there are settings for.
    fn map(&self, root: Command, change: impl Fn(Arg, &Setting) -> Arg) -> Command {
        let one = |command: Option<&str>, arg: Arg| {
            let setting = name(&arg).and_then(|name| self.setting(command, name));
            match setting {
                Some(setting) => change(arg, setting),
                None => arg,
            }
        };
        let root = root.mut_args(|arg| one(None, arg));
        root.mut_subcommands(|command| {
            let of = command.get_name().to_owned();
            command.mut_args(|arg| one(Some(&of), arg))
        })
    }

    /// Keeps what the options for all commands are, and who gave them.
    pub fn note(&mut self, matches: &ArgMatches, root: &Command) {
        let inner = matches.subcommand().map_or(matches, |(_, inner)| inner);
        for arg in configurable(root) {
            let id = arg.get_id().as_str();
            if let (Some(source), Some(name)) = (inner.value_source(id), name(arg)) {
                let values = inner.get_raw(id).into_iter().flatten();
                let values = values.map(|value| value.to_string_lossy().into_owned()).collect();
                self.given.insert(name.to_owned(), (source, values));
            }
        }
    }
}

/// What to do where the file is in the way.
const WITHOUT: &str = "`--no-config` goes without it";

/// Which file is read.
enum Named {
    None,
    Usual,
    File(PathBuf),
}

fn named(words: &[OsString]) -> Named {
    if words.iter().take_while(|word| *word != "--").any(|word| word == "--no-config") {
        return Named::None;
    }
    typed(words, "--config").map(PathBuf::from).or_else(paths::named_config).map_or(Named::Usual, Named::File)
}

/// The value of an option that must be known before the words can be read.
fn typed(words: &[OsString], option: &str) -> Option<OsString> {
    let mut words = words.iter().skip(1).take_while(|word| *word != "--");
    let mut value = None;
    while let Some(word) = words.next() {
        if word == option {
            value = words.next().cloned();
        } else if let Some(("", rest)) = word.to_str().and_then(|word| word.split_once(option)) {
            value = rest.strip_prefix('=').map(OsString::from).or(value);
        }
    }
    value
}

fn read(path: &Path) -> io::Result<String> {
    use io::Read as _;
    let mut text = String::new();
    fs::File::open(path)?.take(MOST_BYTES).read_to_string(&mut text)?;
    Ok(text)
}

/// The option's name, where it can be set. What is called the same elsewhere and cannot has another id:
/// `--publication` is how `cite` names a paper, and what narrows a search.
pub fn name(arg: &Arg) -> Option<&str> {
    let is_its_id = |long: &str| arg.get_id().as_str() == long.replace('-', "_");
    arg.get_long().filter(|long| CONFIGURABLE.contains(long) && is_its_id(long))
}

/// The options of a command that can be set; how the settings themselves are shown is not one.
pub fn configurable(command: &Command) -> impl Iterator<Item = &Arg> {
    let any = command.get_name() != "config";
    command.get_arguments().filter(move |arg| any && name(arg).is_some())
}

pub fn is_flag(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue)
}

pub fn is_number(arg: &Arg) -> bool {
    arg.get_value_parser().type_id() == TypeId::of::<usize>()
}

fn is_path(arg: &Arg) -> bool {
    arg.get_value_parser().type_id() == TypeId::of::<PathBuf>()
}

/// A flag that can be switched off again: `--recent=false`.
fn switch(flag: Arg) -> Arg {
    flag.action(ArgAction::Set)
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value("true")
        .default_value("false")
        .value_name("true|false")
        .hide_possible_values(true)
}

/// The options that cannot stand together with one that was typed.
fn contradicted(root: &Command, typed: &ArgMatches) -> Vec<String> {
    let Some((name, typed)) = typed.subcommand() else { return Vec::new() };
    let Some(command) = root.find_subcommand(name) else { return Vec::new() };
    let given = |arg: &Arg| {
        let source = typed
            .try_contains_id(arg.get_id().as_str())
            .ok()
            .and_then(|_| typed.value_source(arg.get_id().as_str()));
        source.is_some_and(|source| source != ValueSource::DefaultValue)
    };
    let mut contradicted = Vec::new();
    for (within, arg) in [root, command].into_iter().flat_map(|c| c.get_arguments().map(move |arg| (c, arg)))
    {
        for other in within.get_arg_conflicts_with(arg) {
            let id = |arg: &Arg| arg.get_id().to_string();
            contradicted.extend(given(arg).then(|| id(other)));
            contradicted.extend(given(other).then(|| id(arg)));
        }
    }
    contradicted
}

struct Reader<'a> {
    text: &'a str,
    path: &'a Path,
    root: &'a Command,
}

type Entry<'a> = (&'a Spanned<std::borrow::Cow<'a, str>>, &'a Spanned<DeValue<'a>>);

impl Reader<'_> {
    fn settings(&self) -> Result<Vec<Setting>, Failure> {
        let table = DeTable::parse(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.wrong(at, &error.message().replace('\n', ", "), None)
        })?;
        let mut settings = Vec::new();
        for (key, value) in table.get_ref() {
            let DeValue::Table(inner) = value.get_ref() else {
                settings.push(self.setting(None, (key, value))?);
                continue;
            };
            let command = self.root.find_subcommand(key.get_ref().as_ref());
            let Some(command) = command.filter(|command| configurable(command).next().is_some()) else {
                let names = self.root.get_subcommands().filter(|c| configurable(c).next().is_some());
                let near = nearest(key.get_ref(), names.map(Command::get_name));
                let message = format!("there is nothing to set for `[{}]`", key.get_ref());
                return Err(self.wrong(key.span().start, &message, near));
            };
            for entry in inner {
                settings.push(self.setting(Some(command), entry)?);
            }
        }
        Ok(settings)
    }

    /// A setting of one command, or of all that have such an option.
    fn setting(&self, command: Option<&Command>, (key, value): Entry<'_>) -> Result<Setting, Failure> {
        let all = || std::iter::once(self.root).chain(self.root.get_subcommands());
        let commands: Vec<&Command> = command.map_or_else(|| all().collect(), |command| vec![command]);
        let at = key.span().start;
        let wanted = key.get_ref().as_ref();
        let mut values = None;
        for command in &commands {
            if let Some(arg) = configurable(command).find(|arg| name(arg) == Some(wanted)) {
                values = Some(self.values(command, arg, at, value)?);
            }
        }
        let Some(values) = values else {
            let names = commands.iter().flat_map(|command| configurable(command)).filter_map(name);
            let within = command.map(|c| format!(" in `[{}]`", c.get_name())).unwrap_or_default();
            let message = format!("there is no setting `{wanted}`{within}");
            return Err(self.wrong(at, &message, nearest(wanted, names)));
        };
        let command = command.map(|command| command.get_name().to_owned());
        Ok(Setting { command, name: wanted.to_owned(), values, line: self.line(at) })
    }

    /// The value as words, as they would be typed.
    fn values(
        &self,
        command: &Command,
        arg: &Arg,
        at: usize,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Vec<String>, Failure> {
        let name = name(arg).unwrap_or_default();
        let word = |value: &DeValue<'_>| match value {
            DeValue::String(text) => Some(self.word(arg, text)),
            DeValue::Integer(number) if is_number(arg) => Some(number.to_string()),
            DeValue::Float(number) if is_number(arg) => Some(number.to_string()),
            // A day may be written as a year.
            DeValue::Integer(number) if !is_path(arg) => Some(number.to_string()),
            _ => None,
        };
        let words: Option<Vec<String>> = match value.get_ref() {
            DeValue::Boolean(on) if is_flag(arg) => return Ok(vec![on.to_string()]),
            _ if is_flag(arg) => {
                return Err(self.wrong(at, &format!("`{name}` is either true or false"), None));
            }
            DeValue::Array(values) => values.iter().map(|value| word(value.get_ref())).collect(),
            value => word(value).map(|word| vec![word]),
        };
        let Some(words) = words else {
            let kind = value.get_ref().type_str();
            let article = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
            return Err(self.wrong(at, &format!("`{name}` cannot be {article} {kind}"), None));
        };
        let several = words.len() != 1 && !matches!(arg.get_action(), ArgAction::Append);
        if several {
            return Err(self.wrong(at, &format!("`{name}` is one value"), None));
        }
        let typed = ["newsearch"]
            .into_iter()
            .chain(self.root.find_subcommand(command.get_name()).map(Command::get_name));
        let typed = typed.map(str::to_owned).chain(words.iter().map(|word| format!("--{name}={word}")));
        match self.root.clone().try_get_matches_from(typed) {
            Err(error) if matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation) => {
                let said = error.to_string();
                let said = said.strip_prefix("error: ").unwrap_or(&said);
                let said = said.split("\n\n").next().unwrap_or_default();
                let one_line: Vec<&str> = said.lines().map(str::trim).collect();
                Err(self.wrong(at, &one_line.join(" "), None))
            }
            _ => Ok(words),
        }
    }

    /// Paths count from the file's own folder, and `~` is the home folder: no shell has seen them.
    fn word(&self, arg: &Arg, text: &str) -> String {
        if text.is_empty() || !matches!(arg.get_value_hint(), ValueHint::AnyPath) {
            return text.to_owned();
        }
        let folder = self.path.parent().unwrap_or(Path::new(""));
        paths::from(folder, text).to_string_lossy().into_owned()
    }

    fn wrong(&self, at: usize, message: &str, near: Option<&str>) -> Failure {
        let message = format!("`{}` line {}: {message}", self.path.display(), self.line(at));
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`newsearch config --example` shows what can be set".to_owned(),
        };
        Failure::Usage(message, Some(hint))
    }

    fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    }
}

/// The name that is spelt most like `word`, where one is.
fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let alike = names.map(|name| (strsim::jaro_winkler(word, name), name)).filter(|(alike, _)| *alike > 0.8);
    alike.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// The values that an option has without any setting.
pub fn defaults(arg: &Arg) -> Vec<String> {
    if is_flag(arg) {
        return vec!["false".to_owned()];
    }
    arg.get_default_values()
        .iter()
        .map(|value| AsRef::<OsStr>::as_ref(value).to_string_lossy().into_owned())
        .collect()
}
