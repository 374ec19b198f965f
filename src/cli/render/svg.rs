//! Timelines as pictures that can be printed: black bars or lines, a scale, and the years below.

use std::io::Write;

use newsearch::search::timeline::Timeline;

use super::super::outcome::Failure;
use super::super::terminal::clean;
use super::curves::{Curves, MOST};
use super::timeline::{label, not_shown, share};
use super::words::{articles, count};

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 40.0;
const RIGHT: f64 = 16.0;

/// So many names fit below the bars.
const MOST_NAMES: usize = 12;

/// The curves, so that they can be told apart by whoever sees no colours, and on paper: each has its own
/// colour (of Okabe and Ito's palette) and its own dashes.
const LINES: [(&str, &str); MOST] = [
    ("#000000", "none"),
    ("#d55e00", "7 3"),
    ("#0072b2", "2 3"),
    ("#009e73", "10 3 2 3"),
    ("#cc79a7", "5 5"),
    ("#e69f00", "12 4"),
    ("#56b4e9", "1 4"),
    ("#7f7f7f", "3 6"),
];

/// How high a line of the legend is, and about how wide a letter.
const LINE: f64 = 18.0;
const LETTER: f64 = 6.6;

/// The picture of one timeline. Each bar says its numbers when it is pointed at.
pub fn timeline(out: &mut impl Write, timeline: &Timeline, read_as: &str) -> Result<(), Failure> {
    let most = timeline.buckets.iter().map(|bucket| bucket.articles).max().unwrap_or(0);
    let total = articles(timeline.total, timeline.account.total_is);
    let undated = match not_shown(timeline) {
        None => String::new(),
        Some(not_shown) => format!(", not shown: {not_shown}"),
    };
    let below = format!("{total} by {}{undated}", timeline.by.as_str());
    let plot = Plot { timeline, most, top: TOP };
    plot.begin(out, read_as, &below)?;
    for (at, bucket) in timeline.buckets.iter().enumerate() {
        let (x, bar) = (plot.x(at), plot.height(bucket.articles));
        let peak = bucket.peak.as_ref().map(|peak| format!("; {}", peak.headline)).unwrap_or_default();
        let says = format!(
            "{}: {} of {} ({:.1}%){peak}",
            label(timeline.by, bucket),
            count(bucket.articles),
            count(bucket.of),
            share(bucket)
        );
        writeln!(
            out,
            "<rect x=\"{x:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{bar:.2}\"><title>{}</title></rect>",
            plot.ground() - bar,
            plot.step() * 0.8,
            escape(&says)
        )?;
    }
    plot.end(out)
}

/// The picture of several: a line each, which is broken where the archive holds nothing at all. Each point
/// says its numbers when it is pointed at.
pub fn curves(out: &mut impl Write, curves: &Curves<'_>) -> Result<(), Failure> {
    let legend = Legend::of(curves);
    let plot = Plot { timeline: curves.whole, most: curves.most(), top: TOP + LINE * legend.lines as f64 };
    let title = if curves.split.is_some() {
        curves.read_as.to_owned()
    } else {
        curves.curves.iter().map(|curve| curve.name.as_str()).collect::<Vec<_>>().join(" · ")
    };
    plot.begin(out, &title, &curves.heading())?;
    for (curve, ((colour, dashes), (x, y, name))) in
        curves.curves.iter().zip(LINES.iter().zip(&legend.entries))
    {
        writeln!(
            out,
            "<path d=\"M{x:.1} {y:.1}h24\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            x + 30.0,
            y + 4.0,
            escape(name)
        )?;
        let mut path = String::new();
        let mut broken = true;
        for (at, bucket) in curve.timeline.buckets.iter().enumerate() {
            if bucket.of == 0 {
                broken = true;
                continue;
            }
            let (x, y) = (plot.middle(at), plot.ground() - plot.height(bucket.articles));
            path.push_str(&format!("{}{x:.1} {y:.1}", if broken { 'M' } else { 'L' }));
            broken = false;
        }
        writeln!(
            out,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>"
        )?;
        for (at, bucket) in curve.timeline.buckets.iter().enumerate().filter(|(_, bucket)| bucket.of > 0) {
            let says = format!(
                "{}, {}: {} of {} ({:.1}%)",
                curve.name,
                label(curve.timeline.by, bucket),
                count(bucket.articles),
                count(bucket.of),
                share(bucket)
            );
            writeln!(
                out,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"2.5\" fill=\"{colour}\"><title>{}</title></circle>",
                plot.middle(at),
                plot.ground() - plot.height(bucket.articles),
                escape(&says)
            )?;
        }
    }
    plot.end(out)
}

/// What each line is, in rows above the picture.
struct Legend {
    /// Where each begins.
    entries: Vec<(f64, f64, String)>,
    lines: usize,
}

impl Legend {
    fn of(curves: &Curves<'_>) -> Self {
        let (mut x, mut lines) = (LEFT, 1);
        let mut entries = Vec::new();
        for name in curves.legend() {
            let wide = 30.0 + LETTER * name.chars().count() as f64 + 20.0;
            if x > LEFT && x + wide > WIDTH - RIGHT {
                (x, lines) = (LEFT, lines + 1);
            }
            entries.push((x, TOP + LINE * (lines as f64 - 1.0), name));
            x += wide;
        }
        Self { entries, lines }
    }
}

/// The ground, the scale and the names below it.
struct Plot<'a> {
    timeline: &'a Timeline,
    /// What reaches to the top.
    most: u64,
    top: f64,
}

impl Plot<'_> {
    fn ground(&self) -> f64 {
        self.top + HEIGHT - TOP - BOTTOM
    }

    fn step(&self) -> f64 {
        (WIDTH - LEFT - RIGHT) / self.timeline.buckets.len().max(1) as f64
    }

    /// Where a period begins, and its middle.
    fn x(&self, at: usize) -> f64 {
        LEFT + self.step() * at as f64
    }

    fn middle(&self, at: usize) -> f64 {
        self.x(at) + self.step() * 0.4
    }

    fn height(&self, articles: u64) -> f64 {
        (self.ground() - self.top) * articles as f64 / self.most.max(1) as f64
    }

    fn begin(&self, out: &mut impl Write, title: &str, below: &str) -> Result<(), Failure> {
        let height = self.ground() + BOTTOM;
        writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#000\" role=\"img\">"
        )?;
        writeln!(out, "<title>{}</title>", escape(title))?;
        writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>")?;
        writeln!(out, "<text x=\"{LEFT}\" y=\"22\" font-size=\"16\">{}</text>", escape(title))?;
        writeln!(out, "<text x=\"{LEFT}\" y=\"40\" fill=\"#555\">{}</text>", escape(below))?;
        for part in [1.0, 0.5] {
            let y = self.ground() - (self.ground() - self.top) * part;
            let value = (self.most as f64 * part).round() as u64;
            writeln!(
                out,
                "<path d=\"M{LEFT} {y:.1}H{}\" stroke=\"#ccc\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                WIDTH - RIGHT,
                LEFT - 6.0,
                y + 4.0,
                count(value)
            )?;
        }
        Ok(())
    }

    fn end(&self, out: &mut impl Write) -> Result<(), Failure> {
        let ground = self.ground();
        let every = self.timeline.buckets.len().div_ceil(MOST_NAMES).max(1);
        for (at, bucket) in self.timeline.buckets.iter().enumerate().step_by(every) {
            writeln!(
                out,
                "<text x=\"{:.2}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                self.middle(at),
                ground + 18.0,
                label(self.timeline.by, bucket)
            )?;
        }
        writeln!(out, "<path d=\"M{LEFT} {ground}H{}\" stroke=\"#000\"/>\n</svg>", WIDTH - RIGHT)?;
        Ok(())
    }
}

fn escape(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', " ")
}
