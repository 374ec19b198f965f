//! The lines between headline and text, which say who wrote it and when; one line may say several things.

use super::dateline::dateline;
use super::lines::{self, is_within, next_filled, without_bullet};
use super::{boilerplate, is_text};
use crate::article::DatePrecision;
use crate::corpus::fields::{byline, date};
use crate::corpus::{Context, RawArticle, read_date};

/// A longer line (characters) below the headline is the text's first paragraph.
const LONGEST_STANDFIRST: usize = 260;

/// How many lines between headline and body may say something about the article.
const MOST_META_LINES: usize = 14;

/// `=====` below a headline.
pub(super) fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ["=", "-", "*", "~", "_"].iter().any(|mark| line.trim_start_matches(mark).is_empty())
}

/// The line below a headline, which may go on in a second and third one: in small letters, or all of them in
/// capitals.
pub(super) fn headline_end(lines: &[&str], at: usize) -> usize {
    let shouted = |line: &str| line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
    let first = lines.get(at).copied().unwrap_or_default();
    let mut end = at + 1;
    while let Some(line) =
        lines.get(end).map(|line| line.trim()).filter(|line| !line.is_empty() && end < at + 3)
    {
        let goes_on = line.starts_with(char::is_lowercase)
            || (shouted(first)
                && shouted(line)
                && first.split(' ').count() >= 3
                && line.split(' ').count() >= 2);
        let short = || is_within(line, 90) && !line.ends_with('.') && !is_meta(line) && !is_underline(line);
        if !goes_on || !short() || lines::is_known_section(line) {
            break;
        }
        end += 1;
    }
    // Lines that go on and on are a paragraph.
    let ended =
        lines.get(end).is_none_or(|line| line.trim().is_empty() || is_meta(line) || is_underline(line));
    if ended { end } else { at + 1 }
}

/// A line that says something about the article.
pub(super) fn is_meta(line: &str) -> bool {
    let line = without_bullet(line);
    lines::is_byline(line) || lines::is_count(line) || is_date_line(line)
}

fn is_date_line(line: &str) -> bool {
    let line = line.trim();
    is_within(line, 100) && date::is_line(line)
}

/// Reads the lines between headline and body; the line where the body starts.
pub(super) fn read_meta(
    lines: &[&str],
    from: usize,
    article: &mut RawArticle,
    context: &Context<'_>,
) -> usize {
    let mut at = next_filled(lines, from);
    let mut seen = 0usize;
    let mut after_gap = at > from;
    if let Some(below) = below_standfirst(lines, at) {
        at = below;
        after_gap = true;
    }
    while seen < MOST_META_LINES {
        let Some(line) = lines.get(at) else { break };
        let next_at = next_filled(lines, at + 1);
        let next = lines.get(next_at).copied().unwrap_or_default();
        let follows_gap = after_gap;
        after_gap = next_at > at + 1;
        // In capitals a short line is a section among the other lines about the article, not a heading below
        // a gap.
        let capitals =
            (seen > 0 || !follows_gap) && next.trim().chars().count() > line.trim().chars().count();
        let named = read_meta_line(line, capitals, article, context)
            || is_about_the_author(line, article)
            || boilerplate::is_picture_line(line)
            || (article.bylines.is_empty() && {
                let name = without_bullet(line);
                // A name stands above the day or the writer's role, or below the day and apart from the text.
                let apart = seen > 0 && article.date.is_some() && after_gap && is_text(lines, next_at);
                let is_name = lines::are_bare_names(name) && (is_meta(next) || is_role(next) || apart);
                article.bylines.extend(is_name.then(|| name.to_string()));
                is_name
            });
        if !named {
            break;
        }
        seen += 1;
        at = next_at;
    }
    at
}

/// Where the byline or day stands that has a standfirst above it: one line, shorter than a paragraph.
fn below_standfirst(lines: &[&str], at: usize) -> Option<usize> {
    let line = lines.get(at)?.trim();
    let below = next_filled(lines, at + 1);
    let next = lines.get(below)?;
    let below_next = lines.get(next_filled(lines, below + 1)).copied().unwrap_or_default();
    let starts_meta = lines::is_byline(next)
        || is_date_line(next)
        || (lines::are_bare_names(next.trim()) && is_meta(below_next));
    let is_standfirst = is_within(line, LONGEST_STANDFIRST)
        && line.split(' ').count() >= 4
        && !is_meta(line)
        && dateline(line).is_none()
        && !boilerplate::is_boilerplate(line);
    (is_standfirst && starts_meta).then_some(below)
}

/// `Political correspondent`, `Northwire News, Ruska`, `ana.sousa@paper.example`: below the name.
pub(super) fn is_about_the_author(line: &str, article: &RawArticle) -> bool {
    let line = without_bullet(line);
    let words = line.split(' ').count();
    if article.bylines.is_empty() || words > 6 || line.ends_with('.') {
        return false;
    }
    let address = words <= 2 && (line.contains('@') || line.starts_with("http"));
    address || is_role(line) || line.split(',').next().is_some_and(byline::is_agency)
}

pub(super) fn is_role(line: &str) -> bool {
    let line = line.trim();
    (1..=6).contains(&line.split(' ').count())
        && !line.ends_with(['.', '!', '?'])
        && byline::names_a_role(line)
}

/// Reads one line about the article, in parts where it has several
/// (`By Ana Sousa | 2 December 2025 | 4 min read`); whether all of it was understood.
pub(in super::super) fn read_meta_line(
    line: &str,
    capitals: bool,
    article: &mut RawArticle,
    context: &Context<'_>,
) -> bool {
    let line = without_bullet(line);
    if !is_within(line, 200) || line.is_empty() {
        return false;
    }
    let has_parts = line.contains(['|', '•', '·', '\t']) || line.contains("  ");
    if !has_parts && is_single_meta(line, capitals) {
        return read_meta_part(line, capitals, article, context);
    }
    for line in in_parts(line, has_parts) {
        let parts: Vec<&str> = line.split(['|', '•', '·']).map(str::trim).filter(|p| !p.is_empty()).collect();
        if parts.len() < 2 {
            continue;
        }
        let mut read = article.clone();
        let dated = parts.iter().any(|part| is_date_line(part));
        let named = |part: &&str, read: &mut RawArticle| {
            let place = dated && !part.contains(' ') && part.starts_with(char::is_uppercase);
            read_meta_part(part, capitals, read, context)
                || place
                || read_name_and_day(part, read, context)
                || (read.bylines.is_empty() && lines::are_bare_names(part) && {
                    read.bylines.push((*part).to_string());
                    true
                })
        };
        if parts.iter().all(|part| named(part, &mut read)) {
            *article = read;
            return true;
        }
    }
    read_name_and_day(line, article, context) || read_meta_part(line, capitals, article, context)
}

/// Dashes that may stand between the parts of a line.
const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// The line with `|` between its parts, if it can have any: first without, then with those that a dash sets
/// off.
fn in_parts(line: &str, has_parts: bool) -> Vec<String> {
    if !has_parts && !DASHES.iter().any(|dash| line.contains(dash)) {
        return Vec::new();
    }
    let spread = line.replace('\t', "|").replace("  ", "|");
    let dashed = DASHES.iter().fold(spread.clone(), |line, dash| line.replace(dash, "|"));
    vec![spread, dashed]
}

/// Whether a line without parts is understood as a whole.
fn is_single_meta(line: &str, capitals: bool) -> bool {
    lines::is_count(line)
        || boilerplate::is_boilerplate(line)
        || is_date_line(line)
        || (capitals && lines::section(line, true).is_some())
}

/// `By Ana Sousa on 2 December 2025`, `Ruska, 2 December 2025`, `Posted on 2 December 2025 by Ana Sousa`.
fn read_name_and_day(line: &str, article: &mut RawArticle, context: &Context<'_>) -> bool {
    if !is_within(line, 120) || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let spaces: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).take(24).collect();
    let marks = |c: char| matches!(c, ',' | ' ' | '-' | '–' | '—' | ':' | '/' | '|');
    for at in spaces {
        let (before, behind) = line.split_at(at);
        let (before, behind) = (before.trim_matches(marks), behind.trim_matches(marks));
        if is_date_line(before) && lines::is_byline(behind) {
            article.bylines.push(behind.to_string());
            return read_meta_part(before, false, article, context);
        }
        if !behind.bytes().any(|b| b.is_ascii_digit()) || !is_date_line(behind) {
            continue;
        }
        let name = lines::is_byline(before) || (article.bylines.is_empty() && lines::are_bare_names(before));
        let place = before.split(' ').count() <= 3
            && before.split(' ').all(|word| word.starts_with(char::is_uppercase));
        if name {
            article.bylines.push(before.to_string());
        }
        if name || place {
            return read_meta_part(behind, false, article, context);
        }
    }
    false
}

fn read_meta_part(line: &str, capitals: bool, article: &mut RawArticle, context: &Context<'_>) -> bool {
    if lines::is_count(line) || boilerplate::is_boilerplate(line) || boilerplate::is_advertisement(line) {
        return true;
    }
    if lines::is_byline(line) {
        article.bylines.push(line.to_string());
        return true;
    }
    if is_date_line(line) {
        // Of two dates the first is the publication, unless it is only an approximate one.
        let published = lines::is_labelled_published(line);
        let better = published || article.date.is_none_or(|d| d.precision == DatePrecision::Approximate);
        if better {
            let found = read_date(line, context, None, &mut article.problems);
            article.date = found.or(article.date);
        }
        return true;
    }
    if article.section.is_none()
        && let Some(section) = lines::section(line, capitals)
    {
        article.section = Some(section);
        return true;
    }
    false
}
