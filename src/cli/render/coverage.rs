//! The earliest and the latest article, for people and for programs.

use std::io::Write;

use jiff::civil::Date;
use newsearch::query::Certainty;
use newsearch::search::Hit;
use newsearch::search::coverage::{Coverage, Silence};
use serde::Serialize;

use super::super::outcome::Failure;
use super::super::terminal::{Terminal, clean};
use super::json::{self, Head, HitJson};
use super::nothing::Nothing;
use super::text;
use super::words::{article_date, articles, count, date, less_than_exact, plural, undecided};

/// The two articles, the longest silence, and the archive's own days.
pub fn to_text(
    out: &mut impl Write,
    coverage: &Coverage,
    path: &impl Fn(&Hit) -> String,
    read_as: &str,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let total = articles(coverage.total, coverage.account.total_is);
    let undecided = undecided(coverage.account.undecided);
    let heading = terminal.fill(&format!("{total}{undecided} · read as: {}", clean(read_as)), 0);
    writeln!(out, "{}{heading}{}", styles.faint, styles.reset)?;
    for (name, hit) in [
        ("first", &coverage.first),
        ("first for certain", &coverage.first_certain),
        ("last for certain", &coverage.last_certain),
        ("last", &coverage.last),
    ] {
        let Some(hit) = hit else { continue };
        let Some(day) = hit.article.date else { continue };
        let unknown = if Certainty::of(day.precision) == Certainty::Partial { ", day unknown" } else { "" };
        writeln!(out, "\n{}{name}{}  {}{unknown}", styles.headline, styles.reset, article_date(&day))?;
        let hit = Hit { rank: 1, ..hit.clone() };
        text::write_hit(out, &hit, &path(&hit), terminal)?;
    }
    writeln!(out)?;
    if let Some(Silence { after, before, archive_days }) = coverage.silence {
        let between = days_between(after, before).saturating_sub(1);
        let days = plural(between, "day");
        let hole = match archive_days {
            0 => " (the archive has no article of these days)".to_owned(),
            n if n * 2 <= between => format!(" (the archive has articles on {} of them)", count(n)),
            _ => String::new(),
        };
        let silence = format!("silence   {days}, between {} and {}{hole}", date(after), date(before));
        writeln!(out, "{}", terminal.fill(&silence, 10))?;
    }
    if coverage.days > 0 {
        writeln!(out, "days      articles on {}", plural(coverage.days, "day"))?;
    }
    if let Some(some) = less_than_exact(coverage.partly_dated, coverage.guessed) {
        writeln!(out, "dates     {some}")?;
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
struct CoverageJson<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    undated: u64,
    partly_dated: u64,
    guessed: u64,
    days: u64,
    first: Option<HitJson<'a>>,
    first_certain: Option<HitJson<'a>>,
    last: Option<HitJson<'a>>,
    last_certain: Option<HitJson<'a>>,
    silence: Option<SilenceJson>,
    archive: ArchiveJson,
}

#[derive(Serialize)]
struct SilenceJson {
    after: String,
    before: String,
    days: u64,
    archive_days: u64,
}

#[derive(Serialize)]
struct ArchiveJson {
    articles: u64,
    undated: u64,
    first_day: Option<String>,
    last_day: Option<String>,
}

/// One object.
pub fn to_json(
    out: &mut impl Write,
    coverage: &Coverage,
    path: &impl Fn(&Hit) -> String,
    asked: (&str, &str),
    nothing: Option<&Nothing>,
) -> Result<(), Failure> {
    let silence = coverage.silence.map(|Silence { after, before, archive_days }| SilenceJson {
        after: after.to_string(),
        before: before.to_string(),
        days: days_between(after, before).saturating_sub(1),
        archive_days,
    });
    let ends = [&coverage.first, &coverage.first_certain, &coverage.last, &coverage.last_certain];
    let paths = ends.map(|hit| hit.as_ref().map(path).unwrap_or_default());
    let hits: Vec<Option<HitJson<'_>>> = ends
        .into_iter()
        .zip(&paths)
        .map(|(hit, path)| hit.as_ref().map(|hit| HitJson::unranked(hit, path)))
        .collect();
    let Ok([first, first_certain, last, last_certain]) = <[_; 4]>::try_from(hits) else { return Ok(()) };
    let value = CoverageJson {
        head: Head::new(asked, coverage.total, &coverage.account, nothing),
        undated: coverage.undated,
        partly_dated: coverage.partly_dated,
        guessed: coverage.guessed,
        days: coverage.days,
        first,
        first_certain,
        last,
        last_certain,
        silence,
        archive: ArchiveJson {
            articles: coverage.archive_articles,
            undated: coverage.archive_undated,
            first_day: coverage.archive.map(|(first, _)| first.to_string()),
            last_day: coverage.archive.map(|(_, last)| last.to_string()),
        },
    };
    json::object(out, &value)
}
