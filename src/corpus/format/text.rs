//! Plain text → an article: headline, byline, date and section lines above the body, boilerplate of the page
//! around it, all told from how text files and pages copied off the web look. In doubt a line belongs to the
//! body: nothing of an article is lost.

mod boilerplate;
mod dateline;
mod head;
mod headers;
mod lines;
mod meta;
mod page;
mod tail;

use crate::corpus::plain_text::budget::{self, MOST_LINES};
use crate::corpus::plain_text::lines::lines as lines_of;
use crate::corpus::plain_text::paragraphs;
use crate::corpus::{Context, Doubt, RawArticle, Record};

/// Reads a text.
pub fn read(text: &str, context: &Context<'_>) -> Record {
    // Old Macintoshes ended their lines with nothing but a carriage return.
    let has = |byte| memchr::memchr(byte, text.as_bytes()).is_some();
    let old = (!has(b'\n') && has(b'\r')).then(|| text.replace('\r', "\n"));
    let text = old.as_deref().unwrap_or(text);
    let (text, cut) = budget::within(text, MOST_LINES, "lines", memchr::memchr_iter(b'\n', text.as_bytes()));
    let lines: Vec<&str> = lines_of(text).collect();
    let mut article = RawArticle::default();
    let start = head::read(&lines, &mut article, context);
    read_body(&lines, start, &mut article, context);
    article.problems.extend(cut.map(Doubt::from));
    if article.headline.is_empty() && article.paragraphs.is_empty() {
        return Record::Unreadable("holds no text".to_string());
    }
    Record::Article(Box::new(article))
}

/// Reads what stands below a headline that is known already: lines about the article, and its body.
pub(super) fn read_below_headline(lines: &[&str], article: &mut RawArticle, context: &Context<'_>) {
    let start = meta::read_meta(lines, 0, article, context);
    read_body(lines, start, article, context);
}

fn read_body(lines: &[&str], start: usize, article: &mut RawArticle, context: &Context<'_>) {
    let rest = lines.get(start..).unwrap_or_default();
    let end = tail::read(rest, article);
    let body = without_interruptions(rest.get(..end).unwrap_or_default());
    article.paragraphs = paragraphs::of_lines(&body);
    drop_summary(&mut article.paragraphs);
    take_days(rest, article, context);
    dateline::take_dateline(article, context);
}

pub(super) use dateline::take_dateline;
pub(super) use head::read as read_head;
pub(super) use meta::read_meta_line;

/// Whether text starts at a line: a long one, or the first line of a narrow column.
fn is_text(lines: &[&str], at: usize) -> bool {
    lines.get(at).is_some_and(|line| lines::is_prose(line)) || (at..at + 2).any(|at| is_column(lines, at))
}

/// Whether the lines of a paragraph that a page broke start here.
fn is_column(lines: &[&str], at: usize) -> bool {
    const LOOKED_AT: usize = 12;
    let block = lines.get(at..).unwrap_or_default();
    let end = block.iter().take(LOOKED_AT).take_while(|line| !line.trim().is_empty()).count();
    let block = block.get(..end).unwrap_or_default();
    let [first, second, _, ..] = block else { return false };
    paragraphs::goes_on(first, second) && paragraphs::are_broken(block)
}

/// Whether a line is set off from the column below it: the column's first word would have had room behind it.
fn stands_above_column(lines: &[&str], at: usize) -> bool {
    let [Some(line), Some(next)] = [at, at + 1].map(|at| lines.get(at).map(|line| line.trim())) else {
        return false;
    };
    let width = |line: &str| line.chars().count();
    let below = lines.get(at + 1..).unwrap_or_default().iter().take(12);
    let column = below.take_while(|line| !line.trim().is_empty()).map(|line| width(line.trim())).max();
    let first = next.split(' ').next().unwrap_or_default();
    let set_off = width(line) + 1 + width(first) < column.unwrap_or(0);
    let is_title = line.contains(' ') && line.chars().next_back().is_some_and(char::is_alphanumeric);
    set_off && is_title && is_column(lines, at + 1) && !paragraphs::goes_on(line, next)
}

/// Some agencies' sites print a summary in short lines above the dateline.
fn drop_summary(paragraphs: &mut Vec<String>) {
    if !paragraphs.first().is_some_and(|first| first.eq_ignore_ascii_case("summary")) {
        return;
    }
    let story = paragraphs.iter().take(12).position(|paragraph| dateline::dateline(paragraph).is_some());
    if let Some(story) = story {
        paragraphs.drain(..story);
    }
}

/// A day that is labelled as the publication's counts wherever it stands.
fn take_days(body: &[&str], article: &mut RawArticle, context: &Context<'_>) {
    for line in body.iter().filter(|line| lines::is_labelled_day(line)) {
        if article.date.is_none() {
            read_meta_line(line, false, article, context);
        }
    }
}

/// The lines of the text without those that a page puts between them: advertisements, links to other stories,
/// picture credits, rows of buttons.
fn without_interruptions<'t>(body: &[&'t str]) -> Vec<&'t str> {
    let button =
        |i: usize| body.get(i).is_some_and(|line| boilerplate::is_boilerplate(line) || lines::is_count(line));
    let neighbour = |i: usize, step: isize| {
        let mut at = i.checked_add_signed(step)?;
        while body.get(at)?.trim().is_empty() {
            at = at.checked_add_signed(step)?;
        }
        Some(at)
    };
    // In a narrow column any words may come to stand at the start of a line.
    let broken = paragraphs::are_broken(body);
    let goes_on = |i: usize, line: &str| {
        let before = i.checked_sub(1).and_then(|i| body.get(i));
        broken && before.is_some_and(|before| paragraphs::goes_on(before, line))
    };
    let row = |i: usize| button(i) && [1, -1].iter().any(|step| neighbour(i, *step).is_some_and(button));
    let kept = body.iter().enumerate().filter(|(i, line)| {
        let interrupts = boilerplate::is_advertisement(line)
            || boilerplate::is_interruption(line)
            || boilerplate::is_picture_line(line)
            || lines::is_labelled_day(line);
        !((interrupts && !goes_on(*i, line))
            || (line.trim().len() >= 3 && line.trim().bytes().all(|b| b == b'_'))
            || row(*i))
    });
    kept.map(|(_, line)| *line).collect()
}

pub(super) use lines::title_case;

/// Whether a line is a byline, or a name and nothing else.
pub(super) fn is_byline_or_name(line: &str) -> bool {
    lines::is_byline(line) || lines::is_bare_name(line)
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod pages;
