//! The command line: what was typed → a request to the library → what is shown. One file per command.
//!
//! Everything that touches the terminal, the environment and exit codes is here; nothing of what the commands
//! do.

mod analyze;
mod arguments;
mod ask;
mod batch;
mod cite;
mod completions;
mod config;
mod copies;
mod dossier;
mod eval;
mod export;
mod first;
mod forget;
mod index;
mod interrupt;
mod link;
mod listing;
mod manual;
mod memory;
mod mentions;
mod named;
mod nothing;
mod optimize;
mod outcome;
mod output;
mod pager;
mod parse;
mod paths;
mod progress;
mod query;
mod receipt;
mod related;
mod render;
mod show;
mod status;
mod terminal;
mod timeline;
mod topics;
mod verify;
mod watch;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::FromArgMatches as _;
use clap::error::ErrorKind;
use newsearch::error::Error;
use newsearch::panics::{self, Panic};
use newsearch::search::facets::FacetBy;

use arguments::help::{command, command_in_full};
use arguments::words::{explained, guard_words};
use arguments::{Arguments, Command};
use config::Config;
use outcome::{CommandResult, Failure, Outcome};
use terminal::Terminal;

/// Runs the command that was typed.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    memory::small_pages();
    let words: Vec<OsString> = words.into_iter().collect();
    if let Some(answered) = completions::answer(&words, command) {
        return if answered { ExitCode::SUCCESS } else { ExitCode::from(2) };
    }
    if let [_, help, topic] = words.as_slice()
        && help == "help"
        && let Some(text) = topic.to_str().and_then(topics::page)
    {
        // A closed pipe while printing help is nobody's problem.
        let _ = io::stdout().lock().write_all(text.as_bytes());
        return ExitCode::SUCCESS;
    }
    let asks_for_help = words.iter().any(|word| word == "help" || word == "--help");
    let plain = if asks_for_help { command_in_full() } else { command() };
    let words = guard_words(words, &plain);
    let (mut config, broken) = match Config::load(&words, &plain) {
        Ok(config) => (config, None),
        Err(failure) => (Config::default(), Some(failure)),
    };
    let configured = config.apply(plain, &words).color(config.help_colour(&words));
    let parsed = configured.try_get_matches_from(&words);
    let parsed = parsed.and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, matches)));
    let (arguments, matches) = match parsed {
        Ok(parsed) => parsed,
        // With a variable for an option set, clap takes that for a word that was typed.
        Err(error) if error.kind() == ErrorKind::MissingSubcommand => {
            let _ = anstream::stderr().write_all(command().render_help().ansi().to_string().as_bytes());
            return ExitCode::from(2);
        }
        Err(error) => {
            let error = explained(error, &words, &mut command());
            let help = !error.use_stderr();
            // A closed pipe while printing help is nobody's problem.
            let _ = error.print();
            return if help { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    if matches!(&arguments.command, Command::Config(_)) {
        config.note(&matches, &command());
    }
    if arguments.command.works_for_long() {
        memory::usual_pages();
    }
    interrupt::outlive_file_size_limits();
    let terminal = Terminal::new(&arguments.terminal);
    let example = matches!(&arguments.command, Command::Config(config) if config.example);
    if let Some(failure) = broken.filter(|_| !example) {
        return finish(Ok(Err(failure)), &arguments, &terminal);
    }
    // An engine that trips over a damaged index must not end in a stack trace.
    panics::remember();
    finish(panics::catch(|| dispatch(&arguments, &config, &terminal)), &arguments, &terminal)
}

fn dispatch(arguments: &Arguments, config: &Config, terminal: &Terminal) -> CommandResult {
    let index = || paths::index_folder(arguments.index.as_deref());
    if arguments.command.asks() {
        ask::say_who_writes(&index()?, terminal)?;
    }
    match &arguments.command {
        Command::Config(given) => config::run(given, config, &command(), terminal),
        Command::Index(given) => index::run(given, &index()?, terminal),
        Command::Query(given) => query::run(given, &index()?, terminal),
        Command::Timeline(given) => timeline::run(given, &index()?, terminal),
        Command::First(given) => first::run(given, &index()?, terminal),
        Command::Mentions(given) => mentions::run(given, &index()?, terminal),
        Command::Authors(given) => listing::run(given, FacetBy::Author, &index()?, terminal),
        Command::Sections(given) => listing::run(given, FacetBy::Section, &index()?, terminal),
        Command::Publications(given) => listing::run(given, FacetBy::Publication, &index()?, terminal),
        Command::Export(given) => export::run(given, &index()?, terminal),
        Command::Batch(given) => batch::run(given, &index()?, terminal),
        Command::VerifyReceipt(given) => receipt::verify(given, &index()?, terminal),
        Command::Cite(given) => cite::run(given, &index()?, terminal),
        Command::Completions(given) => completions::completions(given),
        Command::Man(given) => manual::run(given, command()),
        Command::Show(given) => show::run(given, &index()?, terminal),
        Command::Related(given) => related::run(given, &index()?, terminal),
        Command::Parse(given) => parse::run(given, terminal),
        Command::Analyze(given) => analyze::run(given, terminal),
        Command::Status(given) => status::run(given, &index()?, terminal),
        Command::Forget(given) => forget::run(given, &index()?),
        Command::Optimize(given) => optimize::run(given, &index()?),
        Command::Eval(given) => eval::run(given, &index()?),
        Command::Verify(given) => verify::run(given, &index()?),
    }
}

/// As shells say of a program that Ctrl-C has ended.
const INTERRUPTED: u8 = 130;

fn finish(outcome: Result<CommandResult, Panic>, arguments: &Arguments, terminal: &Terminal) -> ExitCode {
    let failure = match outcome {
        Ok(Ok(Outcome::Done)) | Ok(Err(Failure::ClosedPipe)) => return ExitCode::SUCCESS,
        Ok(Ok(Outcome::Nothing)) => return ExitCode::from(1),
        Ok(Err(failure)) => failure,
        Err(panic) if panic.is_in_engine() => match paths::index_folder(arguments.index.as_deref()) {
            Ok(path) => Failure::Error(Error::Damaged {
                path,
                reason: format!("the engine failed while it read: {panic}"),
            }),
            Err(failure) => failure,
        },
        Err(panic) => {
            let hint = "this is a fault of newsearch, and no article is lost by it: please report this line, what you typed, \
                        and `newsearch --version`";
            Failure::Usage(format!("something that must not happen: {panic}"), Some(hint.to_owned()))
        }
    };
    let is_interrupted = matches!(failure, Failure::Error(Error::Interrupted { .. }));
    let (message, hint) = match failure {
        Failure::Error(error) => (error.to_string(), error.hint()),
        Failure::Usage(message, hint) => (message, hint),
        Failure::Output(error) => {
            (format!("cannot write the answer: {}", newsearch::error::plain_io(&error)), None)
        }
        Failure::ClosedPipe => return ExitCode::SUCCESS,
    };
    terminal.fail(&message, hint.as_deref());
    ExitCode::from(if is_interrupted { INTERRUPTED } else { 2 })
}
