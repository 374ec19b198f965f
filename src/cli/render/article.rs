//! One article, whole, with the matches in it numbered.

use std::io::Write;
use std::ops::Range;

use newsearch::article::Article;
use newsearch::field::Field;
use newsearch::search::CopyOf;
use newsearch::search::highlight::Passage;
use rayon::prelude::*;

use super::super::outcome::Failure;
use super::super::terminal::{Shown, Styles, Terminal, clean};
use super::layout::{Layout, Styled};
use super::text::{about, shown_publication};
use super::words;

/// So many paragraphs are laid out at once, on all cores.
const BATCH: usize = 512;

/// How the matches in an article are shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Matches {
    /// How many there are, where that is said.
    pub count: Option<u64>,
    /// Whether each has its number behind it.
    pub numbered: bool,
    /// Only what stands around the match with this number is shown.
    pub around: Option<u64>,
}

/// How many matches there are in what is shown of an article.
pub fn count(passages: &[Passage]) -> u64 {
    passages
        .iter()
        .filter(|passage| passage.field.is_default())
        .map(|passage| passage.highlights.len() as u64)
        .sum()
}

/// `1 match`, `12 matches`.
pub fn said(count: u64) -> String {
    match count {
        0 => "no matches".to_owned(),
        1 => "1 match".to_owned(),
        _ => format!("{} matches", words::count(count)),
    }
}

/// What a number behind a match looks like, as a regular expression.
pub const NUMBER: &str = "‹[0-9]+›";

/// The number behind the first match.
pub const FIRST: &str = "‹1›";

/// Text that is put together with its styles.
#[derive(Default)]
struct Line {
    text: String,
    styled: Vec<Styled>,
}

impl Line {
    /// Adds a passage with its matches, each with its number behind it where `next` counts them.
    fn push(&mut self, passage: &Passage, next: &mut Option<u64>, highlight: Shown, faint: Shown) {
        let mut at = 0;
        for found in &passage.highlights {
            self.text.push_str(passage.text.get(at..found.start).unwrap_or_default());
            self.push_styled(passage.text.get(found.start..found.end).unwrap_or_default(), highlight);
            if let Some(number) = next {
                self.push_styled(&format!("‹{number}›"), faint);
                *number += 1;
            }
            at = found.end;
        }
        self.text.push_str(passage.text.get(at..).unwrap_or_default());
    }

    /// Adds a part that is not searched here, behind a point.
    fn push_plain(&mut self, part: Option<&str>) {
        let Some(part) = part else { return };
        if !self.text.is_empty() {
            self.text.push_str(" · ");
        }
        self.text.push_str(part);
    }

    fn push_styled(&mut self, text: &str, style: Shown) {
        let start = self.text.len();
        self.text.push_str(text);
        self.styled.push((start..self.text.len(), style));
    }
}

/// The article: headline, who and when, where it lies, and its paragraphs.
pub fn whole(
    out: &mut impl Write,
    article: &Article,
    passages: &[Passage],
    matches: Matches,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let mut next = matches.numbered.then_some(1);
    let of = |field: Field| {
        passages.iter().filter(move |passage| passage.field == field && !passage.text.trim().is_empty())
    };
    for passage in of(Field::Headline) {
        let mut line = Line::default();
        line.push(passage, &mut next, styles.highlight, styles.faint);
        let layout = layout(styles.headline, &styles, terminal, line.text.len());
        layout.write_styled(out, &line.text, &line.styled)?;
    }
    let line = byline(article, passages, &mut next, &styles);
    if !line.text.is_empty() {
        let layout = layout(styles.byline, &styles, terminal, line.text.len());
        layout.write_styled(out, &line.text, &line.styled)?;
    }
    let (path, id) = (terminal.path(&article.path), clean(&article.id));
    writeln!(out, "{}{path}  id {id}{}", styles.faint, styles.reset)?;
    if let Some(url) = &article.url {
        writeln!(out, "{}{}{}", styles.faint, clean(url), styles.reset)?;
    }
    if let Some(count) = matches.count {
        writeln!(out, "{}{}{}", styles.faint, said(count), styles.reset)?;
    }
    let body: Vec<&Passage> = of(Field::Body).collect();
    let shown = matches.around.map_or(0..body.len(), |around| around_match(passages, &body, around));
    if shown.start > 0 {
        writeln!(out, "\n…")?;
    }
    let layout = layout(styles.reset, &styles, terminal, article.body.len());
    for (passages, first) in body.chunks(BATCH).zip((0..).step_by(BATCH)) {
        let mut lines = Vec::with_capacity(passages.len());
        for (passage, at) in passages.iter().zip(first..) {
            let mut line = Line::default();
            line.push(passage, &mut next, styles.highlight, styles.faint);
            lines.extend(shown.contains(&at).then_some(line));
        }
        let laid_out = lines.par_iter().with_min_len(BATCH / 16).map(|line| {
            let mut out = Vec::with_capacity(line.text.len() * 2);
            writeln!(out)?;
            layout.write_styled(&mut out, &line.text, &line.styled)?;
            Ok(out)
        });
        let laid_out: Vec<Vec<u8>> = laid_out.collect::<Result<_, Failure>>()?;
        laid_out.iter().try_for_each(|paragraph| out.write_all(paragraph))?;
    }
    if shown.end < body.len() {
        writeln!(out, "\n…")?;
        return Ok(());
    }
    for problem in &article.problems {
        writeln!(out, "\n{}doubtful:{} {}", styles.bad, styles.reset, clean(problem))?;
    }
    Ok(())
}

/// How the paragraphs of an article are laid out that has so many bytes.
fn layout(plain: Shown, styles: &Styles, terminal: &Terminal, bytes: usize) -> Layout {
    Layout {
        indent: 0,
        width: terminal.width(),
        plain,
        highlight: styles.highlight,
        reset: styles.reset,
        bytes,
    }
}

/// What [`about`] says, with the matches in it.
fn byline(article: &Article, passages: &[Passage], next: &mut Option<u64>, styles: &Styles) -> Line {
    let mut line = Line::default();
    let mut publication = shown_publication(article);
    for passage in passages.iter().filter(|passage| matches!(passage.field, Field::Author | Field::Section)) {
        if passage.field == Field::Section {
            line.push_plain(publication.take());
        }
        if !line.text.is_empty() {
            line.text.push_str(if passage.field == Field::Author { ", " } else { " · " });
        }
        line.push(passage, next, styles.highlight, styles.faint);
    }
    line.push_plain(publication);
    let without = Article { authors: Vec::new(), section: None, publication: None, ..article.clone() };
    let day = about(&without);
    if !line.text.is_empty() && !day.is_empty() {
        line.text.push_str(" · ");
    }
    line.text.push_str(&day);
    line
}

/// The paragraph that a match is in, with its neighbours; of one above them, the first.
fn around_match(passages: &[Passage], body: &[&Passage], number: u64) -> Range<usize> {
    let above = passages.iter().filter(|passage| passage.field != Field::Body && passage.field.is_default());
    let mut before: u64 = above.map(|passage| passage.highlights.len() as u64).sum();
    for (at, passage) in body.iter().enumerate() {
        if number > before && number <= before + passage.highlights.len() as u64 {
            return at.saturating_sub(1)..(at + 2).min(body.len());
        }
        before += passage.highlights.len() as u64;
    }
    0..body.len().min(1)
}

/// The copies of an article, a line each.
pub fn copies(out: &mut impl Write, copies: &[CopyOf], terminal: &Terminal) -> Result<(), Failure> {
    if copies.is_empty() {
        return Ok(());
    }
    let styles = terminal.styles();
    let noun = if copies.len() == 1 { "copy" } else { "copies" };
    writeln!(out, "\n{}{} {noun}{}", styles.faint, words::count(copies.len() as u64), styles.reset)?;
    for copy in copies {
        let date =
            copy.date.as_ref().map(|date| format!("{}  ", words::article_date(date))).unwrap_or_default();
        let (path, id) = (terminal.path(&copy.path), clean(&copy.id));
        let paper = copy.publication.as_deref().map(|name| format!("{}  ", clean(name))).unwrap_or_default();
        writeln!(out, "{}{date}{paper}{path}  id {id}{}", styles.faint, styles.reset)?;
    }
    Ok(())
}
