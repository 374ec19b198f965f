//! A timeline as a picture that can be printed: black bars, a scale, and the years below.

use std::io::Write;

use newsearch::search::timeline::Timeline;

use super::super::Failure;
use super::super::terminal::clean;
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

/// The whole picture. Each bar says its numbers when it is pointed at.
pub fn timeline(out: &mut impl Write, timeline: &Timeline, read_as: &str) -> Result<(), Failure> {
    let most = timeline.buckets.iter().map(|bucket| bucket.articles).max().unwrap_or(0);
    let (wide, high) = (WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
    let ground = TOP + high;
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#000\" role=\"img\">"
    )?;
    let total = articles(timeline.total, timeline.account.total_is);
    writeln!(out, "<title>{}</title>", escape(read_as))?;
    writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>")?;
    writeln!(out, "<text x=\"{LEFT}\" y=\"22\" font-size=\"16\">{}</text>", escape(read_as))?;
    let undated = match not_shown(timeline) {
        None => String::new(),
        Some(not_shown) => format!(", not shown: {not_shown}"),
    };
    writeln!(
        out,
        "<text x=\"{LEFT}\" y=\"40\" fill=\"#555\">{total} by {}{undated}</text>",
        timeline.by.as_str()
    )?;
    for part in [1.0, 0.5] {
        let y = ground - high * part;
        let value = (most as f64 * part).round() as u64;
        writeln!(
            out,
            "<path d=\"M{LEFT} {y:.1}H{}\" stroke=\"#ccc\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            y + 4.0,
            count(value)
        )?;
    }
    let step = wide / timeline.buckets.len().max(1) as f64;
    let every = timeline.buckets.len().div_ceil(MOST_NAMES).max(1);
    for (at, bucket) in timeline.buckets.iter().enumerate() {
        let x = LEFT + step * at as f64;
        let bar = high * bucket.articles as f64 / most.max(1) as f64;
        let name = label(timeline.by, bucket);
        let peak = bucket.peak.as_ref().map(|peak| format!("; {}", peak.headline)).unwrap_or_default();
        let says = format!(
            "{name}: {} of {} ({:.1}%){peak}",
            count(bucket.articles),
            count(bucket.of),
            share(bucket)
        );
        writeln!(
            out,
            "<rect x=\"{x:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{bar:.2}\"><title>{}</title></rect>",
            ground - bar,
            step * 0.8,
            escape(&says)
        )?;
        if at % every == 0 {
            writeln!(
                out,
                "<text x=\"{:.2}\" y=\"{:.1}\" text-anchor=\"middle\">{name}</text>",
                x + step * 0.4,
                ground + 18.0
            )?;
        }
    }
    writeln!(out, "<path d=\"M{LEFT} {ground}H{}\" stroke=\"#000\"/>\n</svg>", WIDTH - RIGHT)?;
    Ok(())
}

fn escape(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', " ")
}
