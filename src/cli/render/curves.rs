//! Several timelines side by side: columns of bars for people, JSON and a table.

use std::borrow::Cow;
use std::io::Write;

use newsearch::search::timeline::{Bucket, Period, Timeline};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::super::outcome::Failure;
use super::super::terminal::{Terminal, clean};
use super::csv;
use super::nothing::Nothing;
use super::timeline::{MOST_EMPTY, bar, label, not_shown};
use super::words::{articles, count, date, plural, undecided};

/// More cannot be told apart.
pub const MOST: usize = 8;

/// The widest bar, and the narrowest that says anything.
const WIDEST_BAR: usize = 40;
const NARROWEST_BAR: usize = 3;

/// Between two columns.
const GAP: usize = 2;

/// One of several timelines over the same periods.
pub struct Curve {
    /// What it is called.
    pub name: String,
    /// Which part of what was found it is.
    pub part: &'static str,
    /// The value that this part has.
    pub value: Option<String>,
    /// What was typed for it, and how that was read.
    pub asked: (String, String),
    /// Its articles.
    pub timeline: Timeline,
    /// Why it has none.
    pub nothing: Option<Nothing>,
}

/// Several timelines.
pub struct Curves<'a> {
    /// By what they are parts of the answer: `section`; `None` where each is an answer.
    pub split: Option<&'static str>,
    /// The whole answer, or the first of several.
    pub whole: &'a Timeline,
    /// How that was read.
    pub read_as: &'a str,
    /// Over the periods of the whole.
    pub curves: &'a [Curve],
}

impl Curves<'_> {
    fn by(&self) -> Period {
        self.whole.by
    }

    fn frame(&self) -> &[Bucket] {
        &self.whole.buckets
    }

    /// How many articles each has in a period.
    pub fn articles_at(&self, at: usize) -> impl Iterator<Item = u64> {
        self.curves
            .iter()
            .map(move |curve| curve.timeline.buckets.get(at).map_or(0, |bucket| bucket.articles))
    }

    /// The most articles that one of them has in a period.
    pub fn most(&self) -> u64 {
        (0..self.frame().len()).flat_map(|at| self.articles_at(at)).max().unwrap_or(0)
    }

    /// What is shown: `by month, 1 Nov 2024 to 31 Mar 2025`.
    pub fn heading(&self) -> String {
        let mut heading = String::new();
        if self.split.is_some() {
            let account = &self.whole.account;
            let (total, lacking) =
                (articles(self.whole.total, account.total_is), undecided(account.undecided));
            heading = format!("{total}{lacking} · read as: {} · ", self.read_as);
        }
        heading.push_str(&format!("by {}", self.by().as_str()));
        if let (Some(first), Some(last)) = (self.frame().first(), self.frame().last()) {
            heading.push_str(&format!(", {} to {}", date(first.first), date(last.last)));
        }
        if let Some(split) = self.split {
            heading.push_str(&format!(", each {split} for itself"));
        }
        heading
    }

    /// What each is, and what of it is not shown.
    pub fn legend(&self) -> Vec<String> {
        let line = |curve: &Curve| {
            let Curve { name, asked, timeline, .. } = curve;
            let total = articles(timeline.total, timeline.account.total_is);
            let mut line = format!("{name}: {total}");
            if self.split.is_none() {
                line.push_str(&undecided(timeline.account.undecided));
                if asked.0 != asked.1 {
                    line.push_str(&format!(" · read as: {}", asked.1));
                }
            }
            if let Some(not_shown) = not_shown(timeline) {
                line.push_str(&format!(" · not shown: {not_shown}"));
            }
            line
        };
        self.curves.iter().map(line).collect()
    }
}

/// A line a period, with a column of bars for each curve; all bars have one scale.
pub fn text(out: &mut impl Write, curves: &Curves<'_>, terminal: &Terminal) -> Result<(), Failure> {
    let styles = terminal.styles();
    let heading = terminal.fill(&clean(&curves.heading()), 0);
    writeln!(out, "{}{heading}{}", styles.faint, styles.reset)?;
    for line in curves.legend() {
        writeln!(out, "{}", terminal.fill(&format!("  {}", clean(&line)), 4))?;
    }
    columns(out, curves, terminal)?;
    for curve in curves.curves {
        if let Some(nothing) = &curve.nothing {
            writeln!(out, "\n{}:", clean(&curve.name))?;
            nothing.parts(out, 2, terminal)?;
        }
    }
    Ok(())
}

fn columns(out: &mut impl Write, curves: &Curves<'_>, terminal: &Terminal) -> Result<(), Failure> {
    let styles = terminal.styles();
    let frame = curves.frame();
    if frame.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = frame.iter().map(|bucket| label(curves.by(), bucket)).collect();
    let most = curves.most();
    let name_width = names.iter().map(String::len).max().unwrap_or(0);
    let count_width = count(most).len();
    let columns = curves.curves.len();
    let room = terminal.width().saturating_sub(name_width) / columns;
    let bar_width = room.saturating_sub(GAP + count_width + 1).min(WIDEST_BAR);
    let bar_width = if bar_width < NARROWEST_BAR { 0 } else { bar_width };
    let column =
        if bar_width == 0 { count_width.max(room.saturating_sub(GAP)) } else { count_width + 1 + bar_width };
    write!(out, "\n{:name_width$}", "")?;
    for (at, curve) in curves.curves.iter().enumerate() {
        let name = shortened(&clean(&curve.name), column);
        let padding = if at + 1 < columns { column - name.width().min(column) } else { 0 };
        write!(out, "{:GAP$}{}{name}{}{:padding$}", "", styles.headline, styles.reset, "")?;
    }
    writeln!(out)?;
    let mut at = 0;
    while let Some(bucket) = frame.get(at) {
        let empty =
            (at..frame.len()).take_while(|at| curves.articles_at(*at).all(|articles| articles == 0)).count();
        if empty > MOST_EMPTY {
            let period = plural(empty as u64, curves.by().as_str());
            writeln!(out, "{:name_width$}  {}({period} without one){}", "…", styles.faint, styles.reset)?;
            at += empty;
            continue;
        }
        let name = names.get(at).map_or("", String::as_str);
        let mut line = format!("{name:name_width$}");
        for articles in curves.articles_at(at) {
            // Where the archive is silent, nobody can say.
            let number = if bucket.of == 0 { "–".to_owned() } else { count(articles) };
            line.push_str(&format!("{:GAP$}{number:>count_width$}", ""));
            if bar_width == 0 {
                line.push_str(&" ".repeat(column - count_width));
                continue;
            }
            let bar = bar(articles, most, bar_width);
            let padding = bar_width - bar.chars().count();
            line.push_str(&format!(" {}{bar}{}{:padding$}", styles.byline, styles.reset, ""));
        }
        writeln!(out, "{}", line.trim_end())?;
        at += 1;
    }
    Ok(())
}

/// A name in so many columns.
fn shortened(name: &str, width: usize) -> String {
    if name.width() <= width {
        return name.to_owned();
    }
    let mut taken = 0;
    let fits = |c: &char| {
        taken += c.width().unwrap_or(0);
        taken < width
    };
    let start: String = name.chars().take_while(fits).collect();
    format!("{}…", start.trim_end())
}

/// A line a period, a column a curve.
pub fn to_csv(out: &mut impl Write, curves: &Curves<'_>) -> Result<(), Failure> {
    let names = ["period", "first_day", "last_day", "of"].map(Cow::Borrowed);
    csv::row(out, names.into_iter().chain(curves.curves.iter().map(|curve| Cow::from(&curve.name))))?;
    for (at, bucket) in curves.frame().iter().enumerate() {
        let period: [Cow<'_, str>; 4] = [
            label(curves.by(), bucket).into(),
            bucket.first.to_string().into(),
            bucket.last.to_string().into(),
            bucket.of.to_string().into(),
        ];
        let numbers = curves.articles_at(at).map(|articles| Cow::from(articles.to_string()));
        csv::row(out, period.into_iter().chain(numbers))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shortened_to_what_fits() {
        for (name, width, shown) in [
            ("World", 5, "World"),
            ("Worlds", 5, "Worl…"),
            ("New world", 5, "New…"),
            ("日本経済", 8, "日本経済"),
            ("日本経済新聞", 7, "日本経…"),
            ("World", 1, "…"),
        ] {
            assert_eq!(shortened(name, width), shown, "{name} {width}");
        }
    }
}
