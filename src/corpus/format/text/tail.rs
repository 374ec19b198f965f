//! What stands below the body of a text copied off a page: author line, share buttons, other stories'
//! headlines, copyright. The text is cut only where several signs agree; one ambiguous word ends nothing.

use std::cell::OnceCell;

use super::lines::is_within;
use super::{boilerplate, is_column, lines};
use crate::corpus::RawArticle;
use crate::corpus::fields::{agency_footer, byline, date};

/// Where the body ends; a byline below it goes to the article.
pub(super) fn read(rest: &[&str], article: &mut RawArticle) -> usize {
    let mut end = trimmed(rest, rest.len());
    if let Some(cut) = frame_start(rest) {
        end = trimmed(rest, cut);
    }
    end = without_closing_lines(rest, end);
    end = take_author(rest, end, article);
    while end > 1
        && rest.get(end - 1).is_some_and(|last| is_biography(last, article) || lines::is_labelled_day(last))
    {
        end = without_closing_lines(rest, trimmed(rest, end - 1));
        end = take_author(rest, end, article);
    }
    end
}

/// The end without blank lines before it.
fn trimmed(lines: &[&str], end: usize) -> usize {
    (0..end).rev().find(|i| lines.get(*i).is_some_and(|l| !l.trim().is_empty())).map_or(0, |i| i + 1)
}

/// Where the page's frame starts: at a line that only frames hold, if what follows is no prose; or at a list
/// of teasers.
fn frame_start(lines: &[&str]) -> Option<usize> {
    let teaser: Vec<bool> = lines.iter().map(|l| is_teaser_meta(l)).collect();
    // Prose and teasers below each line, counted once from the end.
    let mut prose_below = vec![0usize; lines.len() + 1];
    let mut teasers_below = vec![0usize; lines.len() + 1];
    let mut filled_below = vec![0usize; lines.len() + 1];
    for i in (0..lines.len()).rev() {
        let line = lines.get(i).copied().unwrap_or_default();
        let is_teaser = teaser.get(i).copied().unwrap_or_default();
        let set = |counts: &mut Vec<usize>, more: bool| {
            let below = counts.get(i + 1).copied().unwrap_or_default();
            if let Some(count) = counts.get_mut(i) {
                *count = below + usize::from(more);
            }
        };
        set(&mut teasers_below, is_teaser);
        set(&mut filled_below, !line.trim().is_empty());
        set(&mut prose_below, lines::is_prose(line) && !is_teaser);
    }
    let last_column = OnceCell::new();
    let find_column = || (0..lines.len()).rev().find(|at| is_column(lines, *at)).unwrap_or(0);
    let below = |counts: &[usize], i: usize| counts.get(i + 1).copied().unwrap_or_default();
    let boilerplate = (1..lines.len()).find(|i| {
        let line = lines.get(*i).copied().unwrap_or_default();
        let (prose, teasers, filled) =
            (below(&prose_below, *i), below(&teasers_below, *i), below(&filled_below, *i));
        let list = teasers >= 2 && teasers * 3 + 2 >= filled;
        let text = || prose > 0 || *last_column.get_or_init(find_column) > *i;
        boilerplate::is_boilerplate(line) && (list || !text())
    });
    boilerplate.or_else(|| teasers_start(lines, &teaser))
}

/// Where a list of at least three teasers runs to the end of the text, without a word above it.
fn teasers_start(lines: &[&str], teaser: &[bool]) -> Option<usize> {
    let places: Vec<usize> = teaser.iter().enumerate().filter(|(_, t)| **t).map(|(i, _)| i).collect();
    // From the end: each teaser has one or two lines of headline above it.
    let mut start = None;
    let mut count = 0;
    let mut next = lines.len();
    for place in places.into_iter().rev() {
        let between = filled(lines, place + 1, next);
        if between > 2 {
            break;
        }
        count += 1;
        next = place;
        start = (0..place).rev().find(|i| lines.get(*i).is_some_and(|l| !l.trim().is_empty()));
    }
    start.filter(|start| count >= 3 && *start > 0)
}

fn filled(lines: &[&str], from: usize, to: usize) -> usize {
    lines.get(from..to).unwrap_or_default().iter().filter(|l| !l.trim().is_empty()).count()
}

/// `9 seconds ago 2 min read WORLD`, `2 hours ago`, `Dec 2, 2025 | Sport`: what lists of other stories print
/// below a headline.
fn is_teaser_meta(line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || !is_within(line, 80) {
        return false;
    }
    if lines::is_count(line) {
        return true;
    }
    let lower = line.to_lowercase();
    if let Some(at) = lower.find(" ago") {
        let (before, after) = (lower.get(..at).unwrap_or_default(), lower.get(at + 4..).unwrap_or_default());
        let counted = before.split_whitespace().count() <= 4 && before.bytes().any(|b| b.is_ascii_digit());
        if counted && after.split_whitespace().count() <= 6 {
            return true;
        }
    }
    lower.ends_with("min read") || is_within(line, 40) && date::parse_line(line, None).is_ok()
}

/// Copyright, end marks and share buttons in the last lines.
fn without_closing_lines(lines: &[&str], mut end: usize) -> usize {
    while end > 1 {
        let Some(line) = lines.get(end - 1) else { break };
        if !(lines::is_copyright(line)
            || agency_footer::is_end_mark(line)
            || lines::is_count(line)
            || line.trim().bytes().all(|b| b.is_ascii_digit())
            || is_label_line(line)
            || boilerplate::is_interruption(line)
            || boilerplate::is_picture_line(line)
            || boilerplate::is_boilerplate(line)
            || boilerplate::is_advertisement(line))
        {
            break;
        }
        end = trimmed(lines, end - 1);
    }
    end
}

/// `Author: Ana Sousa` or `By Ana Sousa` as the last line.
fn take_author(lines: &[&str], end: usize, article: &mut RawArticle) -> usize {
    let Some(last) = end.checked_sub(1).and_then(|i| lines.get(i)) else { return end };
    if end > 1 && lines::is_byline(last) {
        if article.bylines.is_empty() {
            article.bylines.push((*last).to_string());
        }
        return trimmed(lines, end - 1);
    }
    end
}

/// `Tags: bridge, Ruska`, `Filed under World`.
fn is_label_line(line: &str) -> bool {
    let text = line.trim();
    if !is_within(text, 240) {
        return false;
    }
    let text = text.to_lowercase();
    let starts = [
        "tags:",
        "tags ",
        "topics:",
        "topic:",
        "filed under",
        "keywords:",
        "categories:",
        "category:",
        "posted in",
        "tagged",
        "labels:",
        "hashtags:",
        "schlagworte:",
        "schlagwörter:",
        "themen:",
        "mots-clés",
        "etiquetas:",
        "tópicos:",
        "source:",
        "quelle:",
        "fuente:",
        "published in",
        "about the author",
        "see more on",
        "related topics:",
        "about us",
        "contact us",
        "comments:",
        "a version of this article",
        "this article was originally published",
        "this story was originally",
    ];
    let printed = text.starts_with("a version of this") || text.starts_with("this article was orig");
    (printed || !text.ends_with('.')) && starts.iter().any(|start| text.starts_with(start))
}

/// `Ana Sousa is a reporter in Ruska`: a last paragraph about who wrote the article.
fn is_biography(line: &str, article: &RawArticle) -> bool {
    let text = line.trim();
    if article.bylines.is_empty() || !is_within(text, 400) {
        return false;
    }
    let about = [" is ", " was ", " covers ", " writes ", " reports ", " has been ", " ist ", " est "];
    let folded = text.to_lowercase();
    let names =
        article.bylines.iter().flat_map(|byline| byline::split(byline)).map(|name| name.to_lowercase());
    names.into_iter().any(|name| {
        let family = name.rsplit(' ').next().unwrap_or_default();
        let Some(rest) = folded.strip_prefix(&name).or_else(|| folded.strip_prefix(family)) else {
            return false;
        };
        let credit = rest.split_whitespace().count() <= 6 && !rest.ends_with('.') && !rest.contains('"');
        let works = byline::names_a_role(rest) || rest.contains(" covers ") || rest.contains(" writes ");
        (credit && folded.starts_with(&name)) || (works && about.iter().any(|verb| rest.starts_with(verb)))
    })
}
