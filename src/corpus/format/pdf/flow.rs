//! Lines of pages → paragraphs: without running heads and page numbers, with the words that a line end broke,
//! over columns and pages.

use std::collections::{HashMap, HashSet};

use super::layout::{Line, median};
use crate::corpus::format::document::{Paragraph, Style};

/// So many lines at the top and at the bottom of a page may be its boilerplate.
const BOILERPLATE: usize = 2;

/// A title is at least so much larger than the text.
const TITLE: f32 = 1.15;

/// A longer title (characters) is none.
const LONGEST_TITLE: usize = 250;

/// The paragraphs of all pages; the largest on the first page is the title.
pub(super) fn paragraphs(pages: Vec<Vec<Line>>) -> Vec<Paragraph> {
    let pages = without_boilerplate(pages);
    let body = body_size(&pages);
    let words = whole_words(&pages);
    let mut flow = Flow { paragraphs: Vec::new(), words, body };
    for (page, number) in pages.iter().zip(0..) {
        flow.page(page, number);
    }
    let mut blocks = flow.paragraphs;
    let title = title(&blocks, body);
    blocks
        .drain(..)
        .zip(0..)
        .map(|(block, at)| {
            let style = if Some(at) == title { Style::Title } else { Style::Text };
            Paragraph { text: plain(&block.text), style }
        })
        .collect()
}

/// The lines of a paragraph.
struct Block {
    text: String,
    size: f32,
    page: usize,
}

fn title(blocks: &[Block], body: f32) -> Option<usize> {
    let fits = |block: &&Block| {
        let letters = block.text.chars().filter(|c| c.is_alphabetic()).count();
        block.page == 0
            && letters >= 8
            && block.text.chars().count() <= LONGEST_TITLE
            && block.size >= body * TITLE
    };
    let largest = blocks.iter().filter(fits).map(|block| block.size).max_by(f32::total_cmp)?;
    blocks.iter().position(|block| fits(&block) && block.size >= largest - 0.1)
}

/// The size in which most letters are set.
fn body_size(pages: &[Vec<Line>]) -> f32 {
    let mut letters: HashMap<i32, usize> = HashMap::new();
    for line in pages.iter().flatten() {
        *letters.entry((line.size * 2.0) as i32).or_default() += line.text.len();
    }
    let most = letters.into_iter().max_by_key(|(size, count)| (*count, *size));
    most.map_or(10.0, |(size, _)| size as f32 / 2.0)
}

/// Without what stands at the top and the bottom of several pages, and page numbers.
fn without_boilerplate(mut pages: Vec<Vec<Line>>) -> Vec<Vec<Line>> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        let heads: HashSet<String> =
            at_the_edges(page).into_iter().filter_map(|at| page.get(at)).map(|l| key(&l.text)).collect();
        for head in heads {
            *seen.entry(head).or_default() += 1;
        }
    }
    let often = (pages.len() / 3).max(2);
    for page in &mut pages {
        let edges = at_the_edges(page);
        let mut at = 0;
        page.retain(|line| {
            let is_edge = edges.contains(&at);
            at += 1;
            let repeated = seen.get(&key(&line.text)).is_some_and(|count| *count >= often);
            !(is_edge && (repeated || is_page_number(&line.text)))
        });
    }
    pages
}

/// The places of the highest and the lowest lines.
fn at_the_edges(page: &[Line]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..page.len()).collect();
    let height = |at: &usize| page.get(*at).map_or(0.0, |line| line.y);
    places.sort_by(|a, b| height(b).total_cmp(&height(a)));
    if places.len() > 2 * BOILERPLATE {
        places.drain(BOILERPLATE..places.len() - BOILERPLATE);
    }
    places
}

/// A line with its numbers all alike.
fn key(line: &str) -> String {
    line.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// `3`, `- 3 -`, `Page 3 of 7`, `3/7`.
fn is_page_number(line: &str) -> bool {
    let mut words = line
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '/' | '.' | '·'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase);
    let is_number = |word: &String| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    let is_label = |word: &String| {
        matches!(
            word.as_str(),
            "page" | "seite" | "pagina" | "página" | "sida" | "side" | "p" | "of" | "von" | "de" | "sur"
        )
    };
    line.bytes().any(|b| b.is_ascii_digit()) && words.all(|word| is_number(&word) || is_label(&word))
}

/// The words with a hyphen inside a line: such a word keeps its hyphen where a line end falls on it.
fn whole_words(pages: &[Vec<Line>]) -> HashSet<String> {
    let words = pages.iter().flatten().flat_map(|line| line.text.split_whitespace());
    words.map(bare).filter(|word| word.trim_matches('-').contains('-')).collect()
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Puts lines into paragraphs.
struct Flow {
    paragraphs: Vec<Block>,
    words: HashSet<String>,
    body: f32,
}

impl Flow {
    fn page(&mut self, lines: &[Line], page: usize) {
        let mut before: Option<&Line> = None;
        let mut column = Column::default();
        for (line, at) in lines.iter().zip(0..) {
            if before.is_none_or(|last| last.part != line.part) {
                column = Column::of(lines.get(at..).unwrap_or_default());
            }
            let starts = match before {
                Some(last) if last.part == line.part => column.starts_paragraph(last, line, self.body),
                _ => self.starts_elsewhere(line),
            };
            match self.paragraphs.last_mut() {
                Some(open) if !starts => {
                    append(&mut open.text, line.text.trim(), &self.words);
                    open.size = open.size.max(line.size);
                }
                _ => {
                    self.paragraphs.push(Block { text: line.text.trim().to_string(), size: line.size, page })
                }
            }
            before = Some(line);
        }
    }

    /// Whether the first line of a column or page starts a paragraph: not where the last one broke off in a
    /// sentence.
    fn starts_elsewhere(&self, line: &Line) -> bool {
        let Some(open) = self.paragraphs.last() else { return true };
        let same_size = (open.size - line.size).abs() < 0.1 * open.size;
        let goes_on = line.text.trim_start().starts_with(char::is_lowercase) || ends_in_hyphen(&open.text);
        !(same_size && goes_on && !ends_sentence(&open.text))
    }
}

/// The measures of a part of a page.
#[derive(Debug, Default)]
struct Column {
    left: f32,
    right: f32,
    leading: f32,
}

impl Column {
    fn of(lines: &[Line]) -> Self {
        let part = lines.first().map_or(0, |line| line.part);
        let lines: Vec<&Line> = lines.iter().take_while(|line| line.part == part).collect();
        let size = median(lines.iter().map(|line| line.size));
        let body = || lines.iter().filter(move |line| (line.size - size).abs() < 0.1 * size);
        let leadings = lines.windows(2).filter_map(|pair| match pair {
            [a, b] if (a.size - b.size).abs() < 0.1 * size && (a.size - size).abs() < 0.1 * size => {
                Some(a.y - b.y)
            }
            _ => None,
        });
        // White between paragraphs is wider than between lines, which are more: the lower third is safe.
        let mut leadings: Vec<f32> = leadings.filter(|gap| *gap > 0.5 * size).collect();
        leadings.sort_by(f32::total_cmp);
        Self {
            left: body().map(|line| line.x0).min_by(f32::total_cmp).unwrap_or_default(),
            right: body().map(|line| line.x1).max_by(f32::total_cmp).unwrap_or_default(),
            leading: leadings.get(leadings.len() / 3).copied().unwrap_or(1.2 * size),
        }
    }

    fn starts_paragraph(&self, last: &Line, line: &Line, body: f32) -> bool {
        let size = line.size;
        if (last.size - size).abs() > 0.12 * size.min(last.size) {
            return true;
        }
        let large = size > body * TITLE;
        let leading = if large { 1.35 * size } else { self.leading };
        if last.y - line.y > leading * 1.3 {
            return true;
        }
        if large {
            return false;
        }
        let text = line.text.trim_start();
        let goes_on = text.starts_with(char::is_lowercase);
        let indented = line.x0 > self.left + 0.6 * size && line.x0 < self.left + 6.0 * size;
        if indented && last.x0 < self.left + 0.4 * size && !goes_on {
            return true;
        }
        if text.starts_with(['•', '▪', '■', '●', '◦']) {
            return true;
        }
        // The line stopped although the next word would have fitted.
        let first_word = text.split(' ').next().map_or(0, |word| word.chars().count().min(14)) as f32;
        let room = self.right - last.x1 > (first_word + 1.0) * 0.55 * size;
        room && !goes_on
            && (ends_sentence(&last.text) || self.right - last.x1 > 0.4 * (self.right - self.left))
    }
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', '»']);
    text.ends_with(['.', '!', '?', ':', '…', '。'])
}

fn ends_in_hyphen(text: &str) -> bool {
    let text = text.trim_end();
    let before = text.trim_end_matches(['-', '\u{ad}', '\u{2010}']);
    before.len() < text.len() && before.ends_with(char::is_alphabetic)
}

/// Adds a line to a paragraph. A word that the line end broke is made whole; where the text has it with its
/// hyphen elsewhere, so.
fn append(open: &mut String, line: &str, words: &HashSet<String>) {
    // Chinese and Japanese have no blanks between words.
    let ideographic =
        |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'));
    if ideographic(open.chars().next_back()) && ideographic(line.chars().next()) {
        open.push_str(line);
        return;
    }
    let broken = ends_in_hyphen(open) && line.starts_with(char::is_lowercase);
    if !broken {
        if !open.ends_with([' ', '-', '—', '–'])
            || open.ends_with(" -")
            || open.ends_with(" –")
            || open.ends_with(" —")
        {
            open.push(' ');
        }
        open.push_str(line);
        return;
    }
    let hyphen = ['-', '\u{ad}', '\u{2010}'];
    let first = open.trim_end().trim_end_matches(hyphen).rsplit(' ').next().unwrap_or_default().to_string();
    let second = line.split(' ').next().unwrap_or_default();
    let whole = words.contains(&bare(&format!("{first}-{second}")));
    open.truncate(open.trim_end().trim_end_matches(hyphen).len());
    if whole {
        open.push('-');
    }
    open.push_str(line);
}

/// Ligatures as the letters that they are.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            '\u{ad}' | '\0' => {}
            c => plain.push(c),
        }
    }
    plain
}
