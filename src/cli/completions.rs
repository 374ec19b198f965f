//! `newsearch completions` and `newsearch man`: what a shell and `man` want to know, made from the options themselves.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use newsearch::error::{Error, plain_io};

use super::arguments::{CompletionsArguments, ManArguments, command};
use super::{CommandResult, Failure, Outcome};

/// Writes the completions of one shell.
pub fn completions(arguments: &CompletionsArguments) -> CommandResult {
    // Made in memory: the generator does not expect that nobody reads what it writes.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "newsearch", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}

/// Writes the main manual page, or the pages of all commands into a folder.
pub fn man(arguments: &ManArguments) -> CommandResult {
    let mut root = command();
    root.build();
    let Some(dir) = &arguments.dir else {
        io::stdout().lock().write_all(&page(root)?)?;
        return Ok(Outcome::Done);
    };
    fs::create_dir_all(dir).map_err(|error| cannot_write(dir, &error))?;
    let mut pages = vec![("newsearch.1".to_owned(), root.clone())];
    for each in root.get_subcommands().filter(|each| each.get_name() != "help") {
        let name = format!("newsearch-{}", each.get_name());
        pages.push((format!("{name}.1"), each.clone().display_name(name)));
    }
    let mut out = io::stdout().lock();
    for (name, command) in pages {
        let path = dir.join(name);
        fs::write(&path, page(command)?).map_err(|error| cannot_write(&path, &error))?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(Outcome::Done)
}

fn page(command: clap::Command) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(page)
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Error::Input(format!("cannot write `{}`: {}", path.display(), plain_io(error))).into()
}
