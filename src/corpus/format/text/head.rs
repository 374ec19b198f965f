//! What stands above the body of a text: headers, headline, byline, date, section, and the frame of the page
//! it was copied from.

use super::dateline::dateline;
use super::lines::{self, is_wire_code, is_within, next_filled, trail};
use super::meta::{headline_end, is_meta, is_underline, read_meta};
use super::{boilerplate, headers, page, stands_above_column};
use crate::corpus::{Context, RawArticle};

/// A longer first line (characters) is no headline.
const LONGEST_HEADLINE: usize = 220;

/// Reads headers and headline into the article; the line where the body starts.
pub(in super::super) fn read(lines: &[&str], article: &mut RawArticle, context: &Context<'_>) -> usize {
    if let Some(body) = headers::read(lines, article, context) {
        return body;
    }
    if let Some(body) = page::read(lines, article, context) {
        return body;
    }
    let (mut at, trail) = skip_frame(lines);
    article.section = trail;
    if let Some(section) = kicker(lines, at) {
        article.section = Some(section);
        at = next_filled(lines, at + 1);
    }
    if !is_headline(lines, at) {
        return at;
    }
    let end = headline_end(lines, at);
    let headline: Vec<&str> = lines
        .get(at..end)
        .unwrap_or_default()
        .iter()
        .map(|line| line.trim().trim_start_matches("# "))
        .collect();
    article.headline = headline.join(" ");
    let below = if lines.get(end).is_some_and(|line| is_underline(line)) { end + 1 } else { end };
    read_meta(lines, below, article, context)
}

/// Past the page's own first lines and the codes of the wire; the section that the trail of the page names.
fn skip_frame(lines: &[&str]) -> (usize, Option<String>) {
    let mut at = next_filled(lines, 0);
    let mut section = None;
    while let Some(line) = lines.get(at) {
        let trail = trail(line);
        let frame = trail.is_some()
            || boilerplate::is_above_headline(line)
            || is_wire_code(line)
            || boilerplate::is_interruption(line)
            || boilerplate::is_picture_line(line);
        let next = next_filled(lines, at + 1);
        if !frame || next >= lines.len() || line.trim().is_empty() {
            break;
        }
        section = trail.flatten().or(section);
        at = next;
    }
    (at, section)
}

/// A section above the headline.
fn kicker(lines: &[&str], at: usize) -> Option<String> {
    let line = lines.get(at)?;
    let next = lines.get(next_filled(lines, at + 1))?;
    let headline_follows =
        next.trim().chars().count() >= 15 && !lines::is_byline(next) && !lines::is_count(next);
    (lines::is_known_section(line) && headline_follows).then(|| lines::section(line, true)).flatten()
}

/// Whether the line at a place is a headline: short, and set off from what follows.
fn is_headline(lines: &[&str], at: usize) -> bool {
    let Some(line) = lines.get(at).map(|l| l.trim()) else { return false };
    if !is_within(line, LONGEST_HEADLINE) || line.is_empty() {
        return false;
    }
    let length = line.chars().count();
    // The dateline opens a text, it is no headline.
    if dateline(line).is_some_and(|(dateline, _)| dateline.contains(|c: char| c == '(' || c.is_ascii_digit()))
    {
        return false;
    }
    let Some(next) = lines.get(at + 1) else { return length <= 120 && !lines::is_byline(line) };
    let follower = lines.get(next_filled(lines, at + 1)).map(|l| l.trim());
    let Some(follower) = follower else { return length <= 120 };
    // `Di Giorgio Corp to close` reads like an Italian byline, but the byline comes below.
    if lines::is_byline(line) && !lines::is_byline(follower) {
        return false;
    }
    let below = lines.get(next_filled(lines, next_filled(lines, at + 1) + 1)).copied().unwrap_or_default();
    if is_meta(follower) || is_underline(next) || (lines::is_bare_name(follower) && is_meta(below)) {
        return true;
    }
    if headline_end(lines, at) > at + 1 {
        return length >= 15;
    }
    if next.trim().is_empty() {
        // A headline stands alone; a first paragraph of prose does, too, but it is a sentence and longer.
        return !lines::is_prose(line) || length <= 110;
    }
    let longer = follower.chars().count();
    // The next line goes on where this one was only broken by the page.
    if longer <= 100 && length >= 45 && lines.get(at + 2).is_some_and(|l| !l.trim().is_empty()) {
        return false;
    }
    longer >= length + length / 2 && longer >= 90
        || (length < 60
            && !line.ends_with([',', ';'])
            && (lines::is_prose(follower) || stands_above_column(lines, at)))
}
