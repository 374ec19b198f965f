//! `newsearch timeline`: when the articles were published, and what share of all there is that was.

use std::io::Write as _;
use std::path::Path;

use newsearch::index::Snapshot;
use newsearch::search::timeline::{self, Period};

use super::arguments::{PeriodName, TimelineArguments, TimelineFormat};
use super::render::{svg, timeline as render};
use super::terminal::Terminal;
use super::{CommandResult, Outcome, ask, nothing, pager};

pub fn run(arguments: &TimelineArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let asked = ask::ask(&arguments.asked, None, terminal)?;
    let by = arguments.by.map(|by| match by {
        PeriodName::Year => Period::Year,
        PeriodName::Month => Period::Month,
        PeriodName::Week => Period::Week,
        PeriodName::Day => Period::Day,
    });
    let snapshot = Snapshot::open(dir)?;
    let mut timeline = timeline::timeline(&snapshot, &asked.request, by)?;
    timeline.account = asked.account(timeline.account, terminal)?;
    let nothing = nothing::explain(&snapshot, &asked.request, timeline.total)?;
    let read_as = asked.read_as();
    let format = if arguments.json { TimelineFormat::Json } else { arguments.format };
    let mut out = pager::output(format == TimelineFormat::Text, terminal);
    match format {
        TimelineFormat::Text => {
            render::text(&mut out, &timeline, &read_as, terminal)?;
            if let Some(nothing) = &nothing {
                nothing.text(&mut out, terminal)?;
            }
        }
        TimelineFormat::Json => {
            render::to_json(&mut out, &timeline, (&asked.typed, &read_as), nothing.as_ref())?;
        }
        TimelineFormat::Csv => render::to_csv(&mut out, &timeline)?,
        TimelineFormat::Svg => svg::timeline(&mut out, &timeline, &read_as)?,
    }
    if matches!(format, TimelineFormat::Csv | TimelineFormat::Svg) {
        nothing::warn(nothing.as_ref(), terminal)?;
    }
    out.flush()?;
    Ok(if timeline.total == 0 { Outcome::Nothing } else { Outcome::Done })
}
