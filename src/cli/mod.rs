//! The command line: what was typed → a request to the library → what is shown. One file per command.
//!
//! Everything that touches the terminal, the environment and exit codes is here; nothing of what the commands do.

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

use arguments::{Arguments, Command};
use config::Config;
use outcome::{CommandResult, Failure, Outcome};
use terminal::Terminal;

/// Runs the command that was typed.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    memory::small_pages();
    let words: Vec<OsString> = words.into_iter().collect();
    if let Some(answered) = completions::answer(&words) {
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
    let plain = if asks_for_help { arguments::command_in_full() } else { arguments::command() };
    let words = arguments::guard_words(words, &plain);
    let (mut config, broken) = match Config::load(&words, &plain) {
        Ok(config) => (config, None),
        Err(failure) => (Config::default(), Some(failure)),
    };
    let command = config.apply(plain, &words).color(config.help_colour(&words));
    let parsed = command.try_get_matches_from(&words);
    let parsed = parsed.and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, matches)));
    let (arguments, matches) = match parsed {
        Ok(parsed) => parsed,
        // With a variable for an option set, clap takes that for a word that was typed.
        Err(error) if error.kind() == ErrorKind::MissingSubcommand => {
            let _ = write!(anstream::stderr(), "{}", arguments::command().render_help().ansi());
            return ExitCode::from(2);
        }
        Err(error) => {
            let error = arguments::explained(error, &words, &mut arguments::command());
            let help = !error.use_stderr();
            // A closed pipe while printing help is nobody's problem.
            let _ = error.print();
            return if help { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    if matches!(&arguments.command, Command::Config(_)) {
        config.note(&matches);
    }
    memory::usual_pages(&arguments.command);
    interrupt::outlive_file_size_limits();
    let terminal = Terminal::new(&arguments);
    let example = matches!(&arguments.command, Command::Config(command) if command.example);
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
        Command::Config(command) => config::run(command, config, terminal),
        Command::Index(command) => index::run(command, &index()?, terminal),
        Command::Query(command) => query::run(command, &index()?, terminal),
        Command::Timeline(command) => timeline::run(command, &index()?, terminal),
        Command::First(command) => first::run(command, &index()?, terminal),
        Command::Mentions(command) => mentions::run(command, &index()?, terminal),
        Command::Authors(command) => listing::run(command, FacetBy::Author, &index()?, terminal),
        Command::Sections(command) => listing::run(command, FacetBy::Section, &index()?, terminal),
        Command::Publications(command) => listing::run(command, FacetBy::Publication, &index()?, terminal),
        Command::Export(command) => export::run(command, &index()?, terminal),
        Command::Batch(command) => batch::run(command, &index()?, terminal),
        Command::VerifyReceipt(command) => receipt::verify(command, &index()?, terminal),
        Command::Cite(command) => cite::run(command, &index()?, terminal),
        Command::Completions(command) => completions::completions(command),
        Command::Man(command) => manual::run(command),
        Command::Show(command) => show::run(command, &index()?, terminal),
        Command::Related(command) => related::run(command, &index()?, terminal),
        Command::Parse(command) => parse::run(command, terminal),
        Command::Analyze(command) => analyze::run(command, terminal),
        Command::Status(command) => status::run(command, &index()?, terminal),
        Command::Forget(command) => forget::run(command, &index()?),
        Command::Optimize(command) => optimize::run(command, &index()?),
        Command::Eval(command) => eval::run(command, &index()?),
        Command::Verify(command) => verify::run(command, &index()?),
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
    let mut stderr = io::stderr().lock();
    let error_style = terminal.error_styles();
    let shown = terminal::clean(&message);
    let _ = writeln!(stderr, "{}error:{} {shown}", error_style.bad, error_style.reset);
    if let Some(hint) = hint {
        let _ = writeln!(stderr, "{}hint:{} {}", error_style.good, error_style.reset, terminal::clean(&hint));
    }
    ExitCode::from(if is_interrupted { INTERRUPTED } else { 2 })
}
