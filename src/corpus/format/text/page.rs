//! The lines above the first paragraph of a page, taken together: which of them is the headline, and what the
//! others say.

use super::dateline::dateline;
use super::lines::{is_wire_code, next_filled, trail};
use super::meta::{headline_end, is_about_the_author, is_role, read_meta_line};
use super::{boilerplate, is_text, lines};
use crate::corpus::fields::byline;
use crate::corpus::{Context, RawArticle};

/// More lines above the first paragraph are no head.
const MOST_LINES: usize = 48;

/// A longer line (characters) is no headline.
const LONGEST_HEADLINE: usize = 220;

/// Lines of a paragraph that the page broke differ in length by less (characters).
const RAGGED: usize = 18;

/// What a line above the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Who wrote it, or when.
    Meta,
    /// Buttons, menus, counts, pictures.
    Frame,
    /// A section's name.
    Section,
    /// Anything else: the headline is one of these.
    Plain,
}

/// Reads the head of a page that says who wrote it or when; the line where the text starts.
pub(super) fn read(lines: &[&str], article: &mut RawArticle, context: &Context<'_>) -> Option<usize> {
    let head = head(lines, context)?;
    let anchor = head.iter().position(|(_, kind)| *kind == Kind::Meta)?;
    let (above, below) = head.split_at(anchor);
    let last_meta = below.iter().rposition(|(_, kind)| *kind == Kind::Meta).unwrap_or(0);
    let between = below.get(..last_meta).unwrap_or_default();
    let at = headline(lines, above)
        .filter(|at| !names_a_paper(lines, *at))
        .or_else(|| headline(lines, between))
        .or_else(|| headline(lines, above))
        .or_else(|| headline(lines, below))?;
    let end = headline_end(lines, at);
    let joined: Vec<&str> =
        lines.get(at..end)?.iter().map(|line| line.trim().trim_start_matches("# ")).collect();
    let mut read = RawArticle { headline: joined.join(" "), ..RawArticle::default() };
    let mut start = end;
    let mut kicker = None;
    for (i, kind) in head.iter().filter(|(i, _)| !(at..end).contains(i)) {
        let line = lines.get(*i).copied().unwrap_or_default();
        match kind {
            Kind::Plain => continue,
            Kind::Section if *i < at => kicker = lines::section(line, true),
            Kind::Frame if *i < at => kicker = trail(line).flatten().or(kicker),
            _ => read_line(line, *i > at, &mut read, context),
        }
        start = start.max(if *i > at { i + 1 } else { start });
    }
    read.section = read.section.or(kicker);
    *article = read;
    (start..lines.len()).find(|i| lines.get(*i).is_some_and(|line| !line.trim().is_empty()))
}

fn read_line(line: &str, below: bool, article: &mut RawArticle, context: &Context<'_>) {
    let known = read_meta_line(line, below, article, context);
    if !known && article.bylines.is_empty() && lines::are_bare_names(lines::without_bullet(line)) {
        article.bylines.push(lines::without_bullet(line).to_string());
    }
}

/// The lines above the first paragraph, and what they are; nothing where there is no paragraph.
fn head(lines: &[&str], context: &Context<'_>) -> Option<Vec<(usize, Kind)>> {
    let mut head: Vec<(usize, Kind)> = Vec::new();
    let mut seen_meta = false;
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let before = head.last().map(|(_, kind)| *kind);
        let next_at = next_filled(lines, i + 1);
        let next = lines.get(next_at).copied().unwrap_or_default();
        let mut kind = kind(line, context);
        let name = lines::without_bullet(line);
        if kind == Kind::Plain && !head.is_empty() && lines::are_bare_names(name) {
            let beside =
                self::kind(next, context) == Kind::Meta || is_role(next) || before == Some(Kind::Meta);
            // Right below the headline and apart from the text, or twice, as under a picture of the writer.
            let below =
                i.checked_sub(1).is_some_and(|above| head.last().is_some_and(|(last, _)| *last == above));
            let apart =
                lines.get(i + 1).is_some_and(|line| line.trim().is_empty()) && is_text(lines, next_at);
            let beside = beside || (below && apart) || next.trim() == line.trim();
            kind = if beside { Kind::Meta } else { kind };
        }
        if kind == Kind::Plain && seen_meta && is_about_author_line(line, before) {
            kind = Kind::Frame;
        }
        if kind == Kind::Plain && starts_text(lines, i, seen_meta) {
            return Some(head);
        }
        seen_meta |= kind == Kind::Meta;
        head.push((i, kind));
        if head.len() > MOST_LINES {
            return None;
        }
    }
    None
}

fn is_about_author_line(line: &str, before: Option<Kind>) -> bool {
    let named = RawArticle { bylines: vec![String::new()], ..RawArticle::default() };
    before == Some(Kind::Meta) && is_about_the_author(line, &named)
}

fn kind(line: &str, context: &Context<'_>) -> Kind {
    let line = lines::without_bullet(line);
    if lines::is_prose(line) {
        return if boilerplate::is_picture_line(line) { Kind::Frame } else { Kind::Plain };
    }
    let mut scratch = RawArticle::default();
    let said = read_meta_line(line, false, &mut scratch, context)
        && (!scratch.bylines.is_empty() || scratch.date.is_some() || !scratch.problems.is_empty());
    if said {
        Kind::Meta
    } else if is_frame(line) {
        Kind::Frame
    } else if lines::is_known_section(line) {
        Kind::Section
    } else {
        Kind::Plain
    }
}

fn is_frame(line: &str) -> bool {
    boilerplate::is_above_headline(line)
        || boilerplate::is_boilerplate(line)
        || boilerplate::is_interruption(line)
        || boilerplate::is_picture_line(line)
        || boilerplate::is_advertisement(line)
        || lines::is_count(line)
        || trail(line).is_some()
        || is_wire_code(line)
        || !line.chars().any(char::is_alphabetic)
}

/// Whether the text starts at a line: a paragraph, the lines of one that the page broke, a dateline.
fn starts_text(lines: &[&str], at: usize, below_meta: bool) -> bool {
    let Some(line) = lines.get(at).map(|line| line.trim()) else { return false };
    let sentence = || line.ends_with(['.', '!', '?', '"', '”']) && line.split(' ').count() >= 8;
    if lines::is_prose(line) || (below_meta && (sentence() || dateline(line).is_some())) {
        return true;
    }
    let block: Vec<&str> = lines
        .get(at..)
        .unwrap_or_default()
        .iter()
        .map(|line| line.trim())
        .take_while(|line| !line.is_empty())
        .take(8)
        .collect();
    if super::is_column(lines, at) {
        return true;
    }
    let widths: Vec<usize> = block.iter().map(|line| line.chars().count()).collect();
    let full = widths.split_last().map_or(&[][..], |(_, full)| full);
    let (widest, narrowest) =
        (full.iter().max().copied().unwrap_or(0), full.iter().min().copied().unwrap_or(0));
    widths.len() >= 2 && narrowest >= 40 && widest - narrowest <= RAGGED && lines::is_prose(&block.join(" "))
}

/// The line that is the headline: the first that says more than a publication's name.
fn headline(lines: &[&str], head: &[(usize, Kind)]) -> Option<usize> {
    let candidates = head.iter().filter(|(i, kind)| {
        let line = lines.get(*i).map_or("", |line| line.trim());
        let long = line.split(' ').count() >= 3 || line.chars().count() >= 15;
        *kind == Kind::Plain && long && line.chars().count() <= LONGEST_HEADLINE
    });
    let places: Vec<usize> = candidates.map(|(i, _)| *i).collect();
    places.iter().find(|at| !names_a_paper(lines, **at)).or(places.first()).copied()
}

/// `The Ruska Daily`.
fn names_a_paper(lines: &[&str], at: usize) -> bool {
    let line = lines.get(at).map_or("", |line| line.trim());
    line.split(' ').count() <= 4 && byline::names_an_organisation(line)
}
