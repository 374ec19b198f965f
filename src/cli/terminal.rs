//! What the terminal can show: colour, width, and text without what would upset it.

use std::fmt;
use std::io::{self, IsTerminal as _, Write as _};

use anstream::ColorChoice;
use anstyle::{AnsiColor, Reset, Style};
use clap::{Args, ValueEnum};
use newsearch::corpus;

use super::arguments::shared::GENERAL;
use super::{link, paths};

/// How people see answers.
#[derive(Debug, Args)]
pub struct TerminalArguments {
    /// When to use colour
    #[arg(long, global = true, help_heading = GENERAL, hide_short_help = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,

    /// Whether paths are links that a click opens
    #[arg(long, global = true, help_heading = GENERAL, hide_short_help = true, value_name = "WHEN", default_value = "auto")]
    pub hyperlinks: HyperlinksWhen,

    /// The program that long texts are read in [default: PAGER, else less]
    #[arg(long, global = true, help_heading = GENERAL, hide_short_help = true, value_name = "COMMAND", env = "NEWSEARCH_PAGER", hide_env_values = true)]
    pub pager: Option<String>,

    /// Print long texts as they are, without a pager
    #[arg(long, global = true, help_heading = GENERAL, hide_short_help = true, conflicts_with = "pager")]
    pub no_pager: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Whether paths are links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HyperlinksWhen {
    /// On a terminal that is known to have them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The widest lines that are pleasant to read.
const WIDEST: usize = 100;

/// What standard output and standard error can show.
pub struct Terminal {
    stdout_colour: bool,
    stderr_colour: bool,
    width: usize,
    /// How many lines fit on the screen.
    pub height: usize,
    /// Whether there is no colour, and yet a screen that can underline.
    underlines: bool,
    links: Option<link::Base>,
    /// The program that people read long texts in, with its options. Empty where none is wanted.
    pub pager: String,
    /// Whether standard output is looked at by a person.
    pub stdout_is_terminal: bool,
    /// Whether standard error is looked at by a person.
    pub stderr_is_terminal: bool,
}

/// Styles by what they mean; empty where there is no colour.
pub struct Styles {
    pub headline: Shown,
    pub byline: Shown,
    pub faint: Shown,
    pub highlight: Shown,
    pub good: Shown,
    pub bad: Shown,
    pub reset: Shown,
}

/// A style, or nothing.
#[derive(Clone, Copy, Default)]
pub struct Shown(Option<Code>);

#[derive(Clone, Copy)]
enum Code {
    Style(Style),
    Reset,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => Ok(()),
            Some(Code::Style(style)) => write!(f, "{}", style.render()),
            Some(Code::Reset) => write!(f, "{}", Reset.render()),
        }
    }
}

impl Terminal {
    /// As the environment and the options say.
    pub fn new(arguments: &TerminalArguments) -> Self {
        let colour = |choice: ColorChoice| match arguments.color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => choice != ColorChoice::Never,
        };
        let size = terminal_size::terminal_size();
        let (width, height) = size.map_or((80, 24), |(width, height)| (width.0.into(), height.0.into()));
        Self {
            stdout_colour: colour(anstream::AutoStream::choice(&io::stdout())),
            stderr_colour: colour(anstream::AutoStream::choice(&io::stderr())),
            underlines: io::stdout().is_terminal()
                && arguments.color == ColorWhen::Auto
                && !paths::is_dumb_terminal(),
            width: usize::clamp(width, 20, WIDEST),
            height,
            links: match arguments.hyperlinks {
                HyperlinksWhen::Always => Some(link::Base::here()),
                HyperlinksWhen::Never => None,
                HyperlinksWhen::Auto => link::known_to_work().then(link::Base::here),
            },
            pager: match &arguments.pager {
                _ if arguments.no_pager => String::new(),
                Some(pager) => pager.clone(),
                None => paths::pager(),
            },
            stdout_is_terminal: io::stdout().is_terminal(),
            stderr_is_terminal: io::stderr().is_terminal(),
        }
    }

    /// How many columns a line may take.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The text of a path, which a click opens where the terminal has links. What lies in a bundle opens the
    /// bundle.
    pub fn path(&self, shown: &str) -> String {
        let text = clean(shown);
        match &self.links {
            Some(base) => base.link(&corpus::file(shown), &text),
            None => text,
        }
    }

    /// A line of the answer, broken between words where somebody reads it: to another program it stays one
    /// line.
    pub fn fill(&self, line: &str, indent: usize) -> String {
        if self.stdout_is_terminal { self.broken(line, indent) } else { line.to_owned() }
    }

    /// The same for what is said on standard error.
    pub fn fill_error(&self, line: &str, indent: usize) -> String {
        if self.stderr_is_terminal { self.broken(line, indent) } else { line.to_owned() }
    }

    fn broken(&self, line: &str, indent: usize) -> String {
        let indent = " ".repeat(indent);
        let options = textwrap::Options::new(self.width).subsequent_indent(&indent).break_words(false);
        textwrap::fill(line, options.word_splitter(textwrap::WordSplitter::NoHyphenation))
    }

    /// Whether what matches can be told by its colour.
    pub fn has_colour(&self) -> bool {
        self.stdout_colour
    }

    /// The styles for standard output.
    pub fn styles(&self) -> Styles {
        let styles = styles(self.stdout_colour);
        if self.stdout_colour || !self.underlines {
            return styles;
        }
        // Without colour, what matches is told by a line below it.
        Styles {
            highlight: Shown(Some(Code::Style(Style::new().underline()))),
            reset: Shown(Some(Code::Reset)),
            ..styles
        }
    }

    /// Prints what there is to know beside an answer.
    pub fn warn(&self, message: &str) -> io::Result<()> {
        self.say("notice:", self.error_styles().byline, &clean(message), 0)
    }

    /// Prints what could not be used, or is doubtful.
    pub fn problem(&self, problem: &str) -> io::Result<()> {
        self.say("problem:", self.error_styles().bad, &clean(problem), 2)
    }

    /// Prints what was done, where standard output is for what was made.
    pub fn tell(&self, message: &str) -> io::Result<()> {
        writeln!(io::stderr().lock(), "{}", self.fill_error(&clean(message), 0))
    }

    fn say(&self, word: &str, style: Shown, message: &str, indent: usize) -> io::Result<()> {
        let shown = self.fill_error(&format!("{word} {message}"), indent);
        let said = shown.strip_prefix(word).unwrap_or(&shown);
        writeln!(io::stderr().lock(), "{style}{word}{}{said}", self.error_styles().reset)
    }

    /// Prints why a command ended early, and what to do. Where nobody reads it, there is nobody to tell.
    pub fn fail(&self, message: &str, hint: Option<&str>) {
        let mut stderr = io::stderr().lock();
        let Styles { good, bad, reset, .. } = self.error_styles();
        let _ = writeln!(stderr, "{bad}error:{reset} {}", clean(message));
        if let Some(hint) = hint {
            let _ = writeln!(stderr, "{good}hint:{reset} {}", clean(hint));
        }
    }

    /// The styles for standard error.
    pub fn error_styles(&self) -> Styles {
        styles(self.stderr_colour)
    }
}

/// Whether whoever sits at the terminal says yes to a question.
pub fn is_confirmed(question: &str) -> io::Result<bool> {
    let mut stderr = io::stderr().lock();
    write!(stderr, "{question} [y/N] ")?;
    stderr.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn styles(colour: bool) -> Styles {
    let shown = |style: Style| Shown(colour.then_some(Code::Style(style)));
    let coloured = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    Styles {
        headline: shown(Style::new().bold()),
        byline: shown(coloured(AnsiColor::Cyan)),
        faint: shown(Style::new().dimmed()),
        // Yellow cannot be read on white.
        highlight: shown(coloured(AnsiColor::Red).bold()),
        good: shown(coloured(AnsiColor::Green).bold()),
        bad: shown(coloured(AnsiColor::Red).bold()),
        reset: Shown(colour.then_some(Code::Reset)),
    }
}

/// Whether a character would move the cursor, change colours or turn the direction of what follows.
pub fn upsets(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The text with such characters shown as `�`.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if upsets(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_cannot_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{7}\u{9b}c\u{202e}d"), "a\u{fffd}[31mb\u{fffd}\u{fffd}c\u{fffd}d");
        assert_eq!(clean("two\nlines"), "two\nlines");
    }
}
