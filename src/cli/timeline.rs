//! `newsearch timeline`: when the articles were published, and what share of all there is that was.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use newsearch::index::{Roots, Snapshot};
use newsearch::search::SearchRequest;
use newsearch::search::facets::FacetBy;
use newsearch::search::split::{self, PartOf};
use newsearch::search::timeline::{self, Period, Timeline};

use super::arguments::asked::AskedArguments;
use super::arguments::shared::{FOUND, SHOWING, ending, one_of};
use super::ask::Asked;
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::curves::{self, Curve, Curves};
use super::render::nothing::Nothing;
use super::render::{json, svg, timeline as render};
use super::terminal::Terminal;
use super::{ask, nothing, pager, paths};

#[derive(Debug, Args)]
#[command(after_help = ending("\
Beside the number of articles stands their share of all articles of the archive in that period, so that a year of which more \
was kept does not look like a year in which more was written.

Examples:
  newsearch timeline flood --by month --from 2024
  newsearch timeline truce --with ceasefire --with 'peace plan'
  newsearch timeline flood --split section
  newsearch timeline flood --format svg > flood.svg", FOUND))]
pub struct TimelineArguments {
    #[command(flatten)]
    pub asked: AskedArguments,

    /// How long a period is [default: what suits the days that are covered]
    #[arg(long, help_heading = SHOWING, value_name = "PERIOD")]
    #[arg(value_parser = one_of(Period::ALL, about_period))]
    pub by: Option<Period>,

    /// Show other words beside these, over the same time; several times, each in quotes
    #[arg(long, help_heading = SHOWING, value_name = "WORDS", conflicts_with = "split")]
    pub with: Vec<String>,

    /// Show what was found part by part: the commonest, the others, those with none
    #[arg(long, help_heading = SHOWING, value_name = "BY")]
    #[arg(value_parser = one_of(split::BY, about_part))]
    pub split: Option<FacetBy>,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = SHOWING)]
    pub format: TimelineFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format", help_heading = SHOWING)]
    pub json: bool,
}

fn about_period(period: Period) -> &'static str {
    match period {
        Period::Year => "Calendar years",
        Period::Month => "Calendar months",
        Period::Week => "Weeks from Monday to Sunday",
        Period::Day => "Days",
    }
}

fn about_part(by: FacetBy) -> &'static str {
    match by {
        FacetBy::Section => "The section",
        FacetBy::Author => "The author; an article of two is in both parts",
        FacetBy::Publication => "The paper",
        FacetBy::Source => "The folder or file that was given to `newsearch index`",
        FacetBy::Year | FacetBy::Month => "",
    }
}

/// How a timeline is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimelineFormat {
    /// Bars, for people
    Text,
    /// One JSON object
    Json,
    /// A table for a spreadsheet
    Csv,
    /// A picture that can be printed
    Svg,
}

/// The commonest parts are shown for themselves; the others and those without one come behind.
const MOST_PARTS: usize = curves::MOST - 2;

/// What there is to draw.
struct Found {
    /// All of it, or the first of several.
    timeline: Timeline,
    nothing: Option<Nothing>,
    curves: Vec<Curve>,
}

pub fn run(arguments: &TimelineArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let asked = ask::ask(&arguments.asked, None, terminal)?;
    let by = arguments.by;
    let snapshot = Snapshot::open(dir)?;
    let found = match arguments.split {
        Some(_) => in_parts(arguments, &asked, &snapshot, by)?,
        None if arguments.with.is_empty() => one(&asked, &snapshot, by)?,
        None => side_by_side(arguments, &asked, &snapshot, by, terminal)?,
    };
    let Found { mut timeline, nothing, curves } = found;
    timeline.account = asked.account(timeline.account, terminal)?;
    let read_as = asked.read_as();
    let several = arguments.split.is_some() || !arguments.with.is_empty();
    let curves = several.then_some(Curves {
        split: arguments.split.map(FacetBy::as_str),
        whole: &timeline,
        read_as: &read_as,
        curves: &curves,
    });
    let format = if arguments.json { TimelineFormat::Json } else { arguments.format };
    let mut out = pager::output(format == TimelineFormat::Text, terminal);
    match (format, &curves) {
        (TimelineFormat::Text, Some(curves)) if !curves.curves.is_empty() => {
            curves::text(&mut out, curves, terminal)?;
        }
        (TimelineFormat::Text, _) => {
            render::text(&mut out, &timeline, &read_as, terminal)?;
            if let Some(nothing) = &nothing {
                nothing.text(&mut out, terminal)?;
            }
        }
        (TimelineFormat::Json, _) => {
            let asked = (asked.typed.as_str(), read_as.as_str());
            json::timeline(&mut out, &timeline, asked, curves.as_ref(), nothing.as_ref())?;
        }
        (TimelineFormat::Csv, Some(curves)) => curves::to_csv(&mut out, curves)?,
        (TimelineFormat::Csv, None) => render::to_csv(&mut out, &timeline)?,
        (TimelineFormat::Svg, Some(curves)) => svg::curves(&mut out, curves)?,
        (TimelineFormat::Svg, None) => svg::timeline(&mut out, &timeline, &read_as)?,
    }
    let several = curves.iter().flat_map(|curves| curves.curves);
    if matches!(format, TimelineFormat::Csv | TimelineFormat::Svg) {
        nothing::warn(nothing.as_ref(), terminal)?;
        several.clone().skip(1).try_for_each(|curve| nothing::warn(curve.nothing.as_ref(), terminal))?;
    }
    out.flush()?;
    let is_empty = timeline.total == 0 && several.clone().all(|curve| curve.timeline.total == 0);
    Ok(if is_empty { Outcome::Nothing } else { Outcome::Done })
}

/// The articles of one query.
fn one(asked: &Asked, snapshot: &Snapshot, by: Option<Period>) -> Result<Found, Failure> {
    let timeline = timeline::timeline(snapshot, &asked.request, by)?;
    let nothing = nothing::explain(snapshot, &asked.request, timeline.total)?;
    Ok(Found { timeline, nothing, curves: Vec::new() })
}

/// Those of one query, part by part.
fn in_parts(
    arguments: &TimelineArguments,
    asked: &Asked,
    snapshot: &Snapshot,
    by: Option<Period>,
) -> Result<Found, Failure> {
    let Some(thing) = arguments.split else { return one(asked, snapshot, by) };
    let split = split::split(snapshot, &asked.request, thing, MOST_PARTS, by)?;
    let roots = snapshot.roots();
    let curve = |part: split::Part| {
        let (part_of, value) = match part.of {
            PartOf::Value(value) => ("value", Some(shown(thing, value, &roots))),
            PartOf::Others => ("others", None),
            PartOf::Without => ("without", None),
        };
        Curve {
            name: value
                .clone()
                .unwrap_or_else(|| if part_of == "others" { "others" } else { "none" }.to_owned()),
            part: part_of,
            value,
            asked: (asked.typed.clone(), asked.read_as()),
            timeline: part.timeline,
            nothing: None,
        }
    };
    let nothing = nothing::explain(snapshot, &asked.request, split.whole.total)?;
    Ok(Found { timeline: split.whole, nothing, curves: split.parts.into_iter().map(curve).collect() })
}

/// A source is shown as the path that was given to `index`.
fn shown(thing: FacetBy, value: String, roots: &Roots) -> String {
    let root = (thing == FacetBy::Source).then(|| value.parse().ok().and_then(|number| roots.get(&number)));
    root.flatten().map_or(value, |root: &PathBuf| paths::shown(root))
}

/// Those of several queries, with the same filters.
fn side_by_side(
    arguments: &TimelineArguments,
    asked: &Asked,
    snapshot: &Snapshot,
    by: Option<Period>,
    terminal: &Terminal,
) -> Result<Found, Failure> {
    if arguments.with.len() >= curves::MOST {
        let message = format!("more than {} lines cannot be told apart in one picture", curves::MOST);
        return Err(Failure::Usage(message, Some("draw several pictures".to_owned())));
    }
    let others =
        arguments.with.iter().map(|words| ask::ask_for(words.clone(), &arguments.asked.narrowed, None));
    let others: Vec<Asked> = others.collect::<Result<_, _>>()?;
    let all: Vec<&Asked> = std::iter::once(asked).chain(&others).collect();
    let requests: Vec<&SearchRequest> = all.iter().map(|asked| &asked.request).collect();
    let timelines = timeline::timelines(snapshot, &requests, by)?;
    let mut curves = Vec::with_capacity(timelines.len());
    for (number, (asked, mut timeline)) in all.into_iter().zip(timelines).enumerate() {
        // What there is to know of the first is said with the whole.
        if number > 0 {
            let notices = asked.notices.iter().map(|notice| &notice.message).chain(&timeline.account.notices);
            let said: Vec<String> = notices.map(|notice| format!("`{}`: {notice}", asked.typed)).collect();
            said.iter().try_for_each(|notice| terminal.warn(notice))?;
            timeline.account.notices = said;
        }
        let nothing = nothing::explain(snapshot, &asked.request, timeline.total)?;
        let (name, asked) = (asked.typed.clone(), (asked.typed.clone(), asked.read_as()));
        curves.push(Curve { name, part: "query", value: None, asked, timeline, nothing });
    }
    let timeline = curves.first().map(|curve| curve.timeline.clone());
    let nothing =
        nothing::explain(snapshot, &asked.request, timeline.as_ref().map_or(0, |first| first.total))?;
    match timeline {
        Some(timeline) => Ok(Found { timeline, nothing, curves }),
        None => one(asked, snapshot, by),
    }
}
