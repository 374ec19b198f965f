//! The story's text where the page holds it for its scripts only: JSON-LD's `articleBody`, and markup inside
//! of script data. A last resort: what readers see goes first.

use super::blocks;
use super::body;
use super::dom::Page;
use super::metadata::Metadata;
use super::sources::Declared;
use super::tag::Tag;

/// A script with less markup in it holds no story.
const SHORTEST_STORY: usize = 200;

/// The story's paragraphs from the page's scripts, where they hold much more of it than `seen`, the text that
/// readers see.
pub fn paragraphs(page: &Page, metadata: &Metadata, seen: &[String]) -> Option<Vec<String>> {
    let seen_weight: usize = seen.iter().map(|p| blocks::weight(p)).sum();
    let needed = (seen_weight * 2).max(SHORTEST_STORY);
    let declared = metadata.article_body.as_deref().map(from_text).filter(|p| total(p) >= needed);
    if declared.is_some() {
        return declared;
    }
    if seen_weight >= SHORTEST_STORY {
        return None;
    }
    let found = from_markup(page)?;
    (total(&found) >= needed).then_some(found)
}

fn total(paragraphs: &[String]) -> usize {
    paragraphs.iter().map(|p| blocks::weight(p)).sum()
}

/// Paragraphs of plain text, or of markup.
fn from_text(text: &str) -> Vec<String> {
    if text.contains("</p>") || text.contains("<br") {
        return from_page(&Page::parse(text));
    }
    let lines = text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|l| !l.is_empty()).collect()
}

fn from_page(page: &Page) -> Vec<String> {
    body::read(page, &Declared { names_people: true, ..Declared::default() }).paragraphs
}

/// The paragraphs in the script that has most markup of paragraphs in its strings.
fn from_markup(page: &Page) -> Option<Vec<String>> {
    const ENDS: [&str; 4] = ["\\u003c/p\\u003e", "<\\/p>", "</p>", "\\u003C/p\\u003E"];
    let scripts = page.nodes.iter().filter(|n| n.tag == Tag::Script);
    let count = |source: &str| ENDS.iter().map(|end| source.matches(end).count()).max().unwrap_or(0);
    let (most, source) = scripts.map(|n| (count(n.source), n.source)).max_by_key(|(count, _)| *count)?;
    if most < 2 {
        return None;
    }
    let markup = unescaped(source);
    let from = markup.find("<p")?;
    Some(from_page(&Page::parse(&markup[from..])))
}

/// Script text with the escapes of its strings resolved.
fn unescaped(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let len = match escape.chars().next() {
            Some('u') => match escape.get(1..5).and_then(|hex| u32::from_str_radix(hex, 16).ok()) {
                Some(code) => {
                    out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    5
                }
                None => 1,
            },
            Some('n' | 'r' | 't') => {
                out.push(' ');
                1
            }
            Some(c) => {
                out.push(c);
                c.len_utf8()
            }
            None => 0,
        };
        rest = &escape[len..];
    }
    out.push_str(rest);
    out
}
