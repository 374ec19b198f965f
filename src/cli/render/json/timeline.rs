//! When articles were published.

use std::io::Write;

use newsearch::search::timeline::{Bucket, Period, Timeline};
use serde::Serialize;

use super::super::super::outcome::Failure;
use super::super::curves::{Curve, Curves};
use super::super::nothing::Nothing;
use super::super::timeline::label;
use super::common::{known, object};
use super::head::Head;

#[derive(Serialize)]
struct TimelineJson<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    by: &'static str,
    split: Option<&'static str>,
    undated: u64,
    unplaced: u64,
    curves: Vec<CurveJson<'a>>,
    periods: Vec<PeriodJson<'a>>,
}

#[derive(Serialize)]
struct PeriodJson<'a> {
    period: String,
    first_day: String,
    last_day: String,
    articles: u64,
    of: u64,
    strongest: Option<StrongestJson<'a>>,
    by_curve: Vec<u64>,
}

#[derive(Serialize)]
struct StrongestJson<'a> {
    id: &'a str,
    headline: Option<&'a str>,
}

/// `timeline --json`: one object.
pub fn timeline(
    out: &mut impl Write,
    timeline: &Timeline,
    asked: (&str, &str),
    curves: Option<&Curves<'_>>,
    nothing: Option<&Nothing>,
) -> Result<(), Failure> {
    let period = |(at, bucket)| {
        let by_curve = curves.map(|curves| curves.articles_at(at).collect()).unwrap_or_default();
        PeriodJson { by_curve, ..PeriodJson::new(timeline.by, bucket) }
    };
    let value = TimelineJson {
        head: Head::new(asked, timeline.total, &timeline.account, nothing),
        by: timeline.by.as_str(),
        split: curves.and_then(|curves| curves.split),
        undated: timeline.undated,
        unplaced: timeline.unplaced,
        curves: curves.iter().flat_map(|curves| curves.curves).map(CurveJson::new).collect(),
        periods: timeline.buckets.iter().enumerate().map(period).collect(),
    };
    object(out, &value)
}

impl<'a> PeriodJson<'a> {
    fn new(by: Period, bucket: &'a Bucket) -> Self {
        let peak = bucket.peak.as_ref();
        Self {
            period: label(by, bucket),
            first_day: bucket.first.to_string(),
            last_day: bucket.last.to_string(),
            articles: bucket.articles,
            of: bucket.of,
            by_curve: Vec::new(),
            strongest: peak.map(|peak| StrongestJson { id: &peak.id, headline: known(&peak.headline) }),
        }
    }
}

/// A curve.
#[derive(Serialize)]
struct CurveJson<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    part: &'static str,
    value: Option<&'a str>,
    undated: u64,
    unplaced: u64,
}

impl<'a> CurveJson<'a> {
    fn new(curve: &'a Curve) -> Self {
        let Curve { part, value, asked, timeline, nothing, .. } = curve;
        Self {
            head: Head::new((&asked.0, &asked.1), timeline.total, &timeline.account, nothing.as_ref()),
            part,
            value: value.as_deref(),
            undated: timeline.undated,
            unplaced: timeline.unplaced,
        }
    }
}
