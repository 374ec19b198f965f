//! The earliest and the latest article, for people and for programs.

use std::io::Write;

use jiff::civil::Date;
use newsearch::search::Hit;
use newsearch::search::coverage::Coverage;
use serde::Serialize;

use super::super::Failure;
use super::super::terminal::{Terminal, clean};
use super::json::{self, HitV1};
use super::text;
use super::words::{articles, count, date, plural, undated};

/// The paths of the earliest and of the latest article, as they are shown.
pub type Paths = (String, String);

/// The two articles, the longest silence, and the archive's own days.
pub fn to_text(
    out: &mut impl Write,
    coverage: &Coverage,
    paths: &Paths,
    read_as: &str,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let total = articles(coverage.total, coverage.account.total_is);
    let undated = undated(coverage.account.undated);
    let heading = terminal.fill(&format!("{total}{undated} · read as: {}", clean(read_as)), 0);
    writeln!(out, "{}{heading}{}", styles.faint, styles.reset)?;
    for (name, hit, path) in [("first", &coverage.first, &paths.0), ("last", &coverage.last, &paths.1)] {
        let Some(hit) = hit else { continue };
        let Some(day) = hit.article.date.map(|date| date.day) else { continue };
        writeln!(out, "\n{}{name}{}  {}", styles.headline, styles.reset, date(day))?;
        let hit = Hit { rank: 1, ..hit.clone() };
        text::write_hit(out, &hit, path, terminal)?;
    }
    writeln!(out)?;
    if let Some((from, to)) = coverage.silence {
        let between = days_between(from, to).saturating_sub(1);
        let days = plural(between, "day");
        writeln!(out, "silence   {days}, between {} and {}", date(from), date(to))?;
    }
    if coverage.days > 0 {
        writeln!(out, "days      articles on {}", plural(coverage.days, "day"))?;
    }
    if coverage.undated > 0 {
        writeln!(out, "undated   {} of the {total}", count(coverage.undated))?;
    }
    let articles = plural(coverage.archive_articles, "article");
    let undated = match coverage.archive_undated {
        0 => String::new(),
        undated => format!(", {} of them without a date", count(undated)),
    };
    match coverage.archive {
        Some((first, last)) => {
            writeln!(out, "archive   {} to {}, {articles}{undated}", date(first), date(last))?;
        }
        None => writeln!(out, "archive   {articles}{undated}")?,
    }
    Ok(())
}

fn days_between(from: Date, to: Date) -> u64 {
    from.until(to).map_or(0, |span| span.get_days().unsigned_abs().into())
}

#[derive(Serialize)]
struct CoverageV1<'a> {
    format_version: u32,
    query: &'a str,
    read_as: &'a str,
    total: u64,
    total_is: &'static str,
    notices: &'a [String],
    undated_matching: u64,
    undated: u64,
    days: u64,
    first: Option<HitV1<'a>>,
    last: Option<HitV1<'a>>,
    silence: Option<SilenceV1>,
    archive: ArchiveV1,
}

#[derive(Serialize)]
struct SilenceV1 {
    after: String,
    before: String,
    days: u64,
}

#[derive(Serialize)]
struct ArchiveV1 {
    articles: u64,
    undated: u64,
    first_day: Option<String>,
    last_day: Option<String>,
}

/// One object.
pub fn to_json(
    out: &mut impl Write,
    coverage: &Coverage,
    paths: &Paths,
    query: &str,
    read_as: &str,
) -> Result<(), Failure> {
    let silence = coverage.silence.map(|(from, to)| SilenceV1 {
        after: from.to_string(),
        before: to.to_string(),
        days: days_between(from, to).saturating_sub(1),
    });
    let value = CoverageV1 {
        format_version: json::FORMAT_VERSION,
        query,
        read_as,
        total: coverage.total,
        total_is: coverage.account.total_is.as_str(),
        notices: &coverage.account.notices,
        undated_matching: coverage.account.undated,
        undated: coverage.undated,
        days: coverage.days,
        first: coverage.first.as_ref().map(|hit| HitV1::new(hit, &paths.0)),
        last: coverage.last.as_ref().map(|hit| HitV1::new(hit, &paths.1)),
        silence,
        archive: ArchiveV1 {
            articles: coverage.archive_articles,
            undated: coverage.archive_undated,
            first_day: coverage.archive.map(|(first, _)| first.to_string()),
            last_day: coverage.archive.map(|(_, last)| last.to_string()),
        },
    };
    json::line(out, &value)
}
