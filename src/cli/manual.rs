//! `newsearch man`: the manual pages, with the sections that such pages have and what stands in columns set
//! as it stands.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use newsearch::error::{Error, plain_io};

use super::arguments::shared::{DONE, ending};
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::manual;

#[derive(Debug, Args)]
#[command(after_help = ending("Example:\n  newsearch man ~/.local/share/man/man1      Then: man newsearch-query", DONE))]
pub struct ManArguments {
    /// The folder to write the pages of all commands into [default: only the main page, to standard output]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// Writes the main manual page, or the pages of all commands into a folder.
pub fn run(arguments: &ManArguments, mut root: Command) -> CommandResult {
    root.build();
    let root = in_full(root);
    let Some(dir) = &arguments.dir else {
        io::stdout().lock().write_all(&manual::page(root, &[])?)?;
        return Ok(Outcome::Done);
    };
    fs::create_dir_all(dir).map_err(|error| cannot_write(dir, &error))?;
    let commands = || root.get_subcommands().filter(|each| each.get_name() != "help");
    let names: Vec<String> = commands().map(|each| format!("newsearch-{}", each.get_name())).collect();
    let mut pages = vec![("newsearch.1".to_owned(), manual::page(root.clone(), &names)?)];
    for (each, name) in commands().zip(&names) {
        let command = each.clone().display_name(name).name(name.clone());
        pages.push((format!("{name}.1"), manual::page(command, &["newsearch".to_owned()])?));
    }
    let mut out = io::stdout().lock();
    for (name, text) in pages {
        let path = dir.join(name);
        fs::write(&path, text).map_err(|error| cannot_write(&path, &error))?;
        out.write_all(path.display().to_string().as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(Outcome::Done)
}

/// With what the short help leaves out.
fn in_full(command: Command) -> Command {
    let command = command.mut_args(|arg| arg.hide_short_help(false));
    let names: Vec<String> = command.get_subcommands().map(|each| each.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, in_full))
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Error::Input(format!("cannot write `{}`: {}", path.display(), plain_io(error))).into()
}
