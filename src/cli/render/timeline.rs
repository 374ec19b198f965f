//! A timeline as bars for people and as a table.

use std::borrow::Cow;
use std::io::Write;

use newsearch::search::timeline::{Bucket, Period, Timeline};

use super::super::outcome::Failure;
use super::super::terminal::Terminal;
use super::csv;
use super::layout::Layout;
use super::words::{articles, count, date, plural, undecided};

/// The narrowest and the widest bar.
const NARROWEST_BAR: usize = 8;
const WIDEST_BAR: usize = 60;

/// More empty periods in a row than that are one line.
pub const MOST_EMPTY: usize = 12;

/// Eighths of a column.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bucket's name: `2025`, `2025-12`, `2025-12-01`.
pub fn label(by: Period, bucket: &Bucket) -> String {
    match by {
        Period::Year => format!("{:04}", bucket.first.year()),
        Period::Month => format!("{:04}-{:02}", bucket.first.year(), bucket.first.month()),
        Period::Week | Period::Day => bucket.first.to_string(),
    }
}

/// The share of the archive's articles, in per cent.
pub fn share(bucket: &Bucket) -> f64 {
    if bucket.of == 0 { 0.0 } else { 100.0 * bucket.articles as f64 / bucket.of as f64 }
}

/// Bars, a line each, with the strongest headline below each peak.
pub fn text(
    out: &mut impl Write,
    timeline: &Timeline,
    read_as: &str,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let total = articles(timeline.total, timeline.account.total_is);
    let mut heading = format!("{total}{} · read as: {read_as}", undecided(timeline.account.undecided));
    if let (Some(first), Some(last)) = (timeline.buckets.first(), timeline.buckets.last()) {
        let (first, last) = (date(first.first), date(last.last));
        heading.push_str(&format!(" · by {}, {first} to {last}", timeline.by.as_str()));
    }
    let layout = |indent, plain| Layout {
        indent,
        width: terminal.width(),
        plain,
        highlight: styles.highlight,
        reset: styles.reset,
        bytes: 0,
    };
    layout(0, styles.faint).write(out, &heading, &[])?;
    let most = timeline.buckets.iter().map(|bucket| bucket.articles).max().unwrap_or(0);
    let names: Vec<String> = timeline.buckets.iter().map(|bucket| label(timeline.by, bucket)).collect();
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let name_width = widest(&mut names.iter().map(String::len));
    let count_width = widest(&mut timeline.buckets.iter().map(|bucket| count(bucket.articles).len()));
    let of_width = widest(&mut timeline.buckets.iter().map(|bucket| count(bucket.of).len()));
    // Two spaces after the name, one before the count, and `  12.3% of `.
    let taken = name_width + 2 + 1 + count_width + 12 + of_width;
    let bar_width = terminal.width().saturating_sub(taken).clamp(NARROWEST_BAR, WIDEST_BAR);
    if !timeline.buckets.is_empty() {
        writeln!(out)?;
    }
    let mut at = 0;
    while let Some(bucket) = timeline.buckets.get(at) {
        let empty = timeline.buckets.iter().skip(at).take_while(|bucket| bucket.articles == 0).count();
        if empty > MOST_EMPTY {
            let period = plural(empty as u64, timeline.by.as_str());
            writeln!(out, "{:name_width$}  {}({period} without one){}", "…", styles.faint, styles.reset)?;
            at += empty;
            continue;
        }
        let bar = bar(bucket.articles, most, bar_width);
        let padding = bar_width - bar.chars().count();
        let name = names.get(at).map_or("", String::as_str);
        write!(out, "{name:name_width$}  {}{bar}{}{:padding$}", styles.byline, styles.reset, "")?;
        write!(out, " {:>count_width$}", count(bucket.articles))?;
        let share = share(bucket);
        let share = match bucket.of {
            // The archive is silent, and not its papers.
            0 => format!("{:>5}", "–"),
            of => format!("{share:5.1}% of {:>of_width$}", count(of)),
        };
        writeln!(out, "{}  {share}{}", styles.faint, styles.reset)?;
        if let Some(peak) = &bucket.peak {
            layout(name_width + 2, styles.headline).write(out, &format!("^ {}", peak.title), &[])?;
        }
        at += 1;
    }
    if let Some(not_shown) = not_shown(timeline) {
        writeln!(out, "\n{}not shown: {not_shown}{}", styles.faint, styles.reset)?;
    }
    Ok(())
}

/// The articles that are in no bar: `3 without a date, 2 known to the year or month only`.
pub fn not_shown(timeline: &Timeline) -> Option<String> {
    let undated = (timeline.undated > 0).then(|| format!("{} without a date", count(timeline.undated)));
    let longer = match timeline.by {
        Period::Month => "year",
        _ => "month or the year",
    };
    let unplaced =
        (timeline.unplaced > 0).then(|| format!("{} known to the {longer} only", count(timeline.unplaced)));
    let parts: Vec<String> = [undated, unplaced].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A bar of blocks, exact to an eighth of a column; what is not nothing can be seen.
pub fn bar(articles: u64, most: u64, width: usize) -> String {
    if articles == 0 || most == 0 {
        return String::new();
    }
    let eighths = ((articles as f64 / most as f64) * (width * 8) as f64).round().max(1.0) as usize;
    let rest = EIGHTHS.get(eighths % 8).copied().unwrap_or_default();
    format!("{}{rest}", "█".repeat(eighths / 8))
}

/// A line a period.
pub fn to_csv(out: &mut impl Write, timeline: &Timeline) -> Result<(), Failure> {
    let names = ["period", "first_day", "last_day", "articles", "of", "percent", "strongest"];
    csv::row(out, names.map(Cow::Borrowed))?;
    timeline.buckets.iter().try_for_each(|bucket| {
        let strongest = bucket.peak.as_ref().map_or("", |peak| peak.headline.as_str());
        let cells: [Cow<'_, str>; 7] = [
            label(timeline.by, bucket).into(),
            bucket.first.to_string().into(),
            bucket.last.to_string().into(),
            bucket.articles.to_string().into(),
            bucket.of.to_string().into(),
            format!("{:.2}", share(bucket)).into(),
            strongest.into(),
        ];
        csv::row(out, cells)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share_and_never_vanish() {
        assert_eq!(bar(0, 10, 8), "");
        assert_eq!(bar(10, 10, 8), "████████");
        assert_eq!(bar(5, 10, 8), "████");
        assert_eq!(bar(1, 16, 8), "▌");
        assert_eq!(bar(1, 100_000, 8), "▏");
    }
}
