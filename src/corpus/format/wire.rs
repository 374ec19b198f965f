//! Wire text as agencies file it, ANPA 1312 and IPTC 7901 → articles. A story is a header, the text between
//! STX and ETX, and the time it was sent; relays strip the control characters, so every part is also told by
//! its shape.

mod head;
mod header;
pub(crate) mod starts;

use std::borrow::Cow;

use crate::corpus::fields::agency_footer;
use crate::corpus::plain_text::paragraphs;
use crate::corpus::{Context, RawArticle, Record, read_date};
use header::Header;
use starts::{is_anpa_number, is_iptc_header};

const STX: char = '\u{2}';
const ETX: char = '\u{3}';

/// Where the notes to editors begin that follow a story.
const NOTES: &[&str] = &[
    "# notebook",
    "the following information is not intended for publication",
    "the following information is not for publication",
    "die folgenden informationen sind nicht zur veröffentlichung bestimmt",
];

/// Reads the stories of a wire's text.
pub fn read(text: &str, context: &Context<'_>) -> Vec<Record> {
    let stories: Vec<Record> =
        starts::DELIMITER.documents(text).into_iter().map(|story| read_story(story, context)).collect();
    if stories.is_empty() { vec![Record::Unreadable("holds no text".to_string())] } else { stories }
}

/// A story cut at its control characters, or where they would stand.
struct Story<'t> {
    header: Vec<&'t str>,
    text: Vec<&'t str>,
    trailer: Vec<&'t str>,
}

fn read_story(story: &str, context: &Context<'_>) -> Record {
    let story = with_control_characters(story);
    let parts = cut(&story);
    let mut header = Header::read(&parts.header);
    let mut article = RawArticle { section: header.section(), ..RawArticle::default() };
    let body = head::read(&parts.text, &mut header, &mut article, context);
    if let Some(reason) = head::not_news(&header, &article, body) {
        return Record::Skipped(reason);
    }
    article.paragraphs.extend(body_paragraphs(body));
    for text in article.paragraphs.iter_mut().chain(std::iter::once(&mut article.headline)) {
        *text = typeset(text);
    }
    super::text::take_dateline(&mut article, context);
    article.date = sent(&parts, context).or(article.date).or_else(|| header.date(context));
    if let Some(part) = &header.added {
        article.problems.push(format!("a part of a longer story: {part}").into());
        if article.headline.is_empty() {
            article.headline = format!("{}, {part}", header.keyword);
        }
    }
    if article.headline.is_empty() && article.paragraphs.is_empty() {
        return Record::Unreadable("a wire header without a story".to_string());
    }
    Record::Article(Box::new(article))
}

/// `^A`, `^B`, `^C`, `^D`, `^V` and `^_` are what some relays make of the control characters; `^By Ana Sousa`
/// is not.
fn with_control_characters(story: &str) -> Cow<'_, str> {
    let start = story.trim_start();
    let header = start.trim_start_matches("^V");
    let Some(first) = header.strip_prefix("^A") else { return Cow::Borrowed(story) };
    if start.len() == header.len() && !starts_header(first) {
        return Cow::Borrowed(story);
    }
    let mut out = String::with_capacity(story.len());
    let mut in_header = true;
    for line in header.lines() {
        let (mark, rest) = match (line.get(..2), line.get(2..).unwrap_or_default()) {
            (Some("^A"), rest) if in_header => ("\u{1}", rest),
            (Some("^B"), rest) if in_header => {
                in_header = false;
                ("\u{2}", rest)
            }
            (Some("^C"), rest) if rest.is_empty() || agency_footer::stamp(rest).is_some() => ("\u{3}", rest),
            (Some("^D"), "") => ("\u{4}", ""),
            _ => ("", line),
        };
        out.push_str(mark);
        out.push_str(&if in_header { rest.replace("^_", "\u{1f}") } else { rest.to_string() });
        out.push('\n');
    }
    Cow::Owned(out)
}

fn starts_header(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().replace("^_", "\u{1f}");
    is_anpa_number(line.as_bytes()) || is_iptc_header(line.as_bytes())
}

fn cut(story: &str) -> Story<'_> {
    let (before, rest) = match story.split_once(STX) {
        Some((header, rest)) => (Some(header), rest),
        None => (None, story),
    };
    let (text, trailer) = rest.split_once(ETX).unwrap_or((rest, ""));
    let mut lines: Vec<&str> = text.lines().collect();
    let trailer = trailer.lines().collect();
    let header = match before {
        Some(header) => header.lines().collect(),
        None => {
            let end = header::end(&lines);
            lines.drain(..end).collect()
        }
    };
    Story { header, text: lines, trailer }
}

/// The time in the last lines of the text, or below it.
fn sent(parts: &Story<'_>, context: &Context<'_>) -> Option<crate::article::ArticleDate> {
    let lines = parts.trailer.iter().chain(parts.text.iter().rev().take(12));
    let stamp = lines.map(|line| agency_footer::stamp(line)).find_map(|stamp| stamp)?;
    read_date(&stamp, context, None, &mut Vec::new())
}

/// The paragraphs of the text below the headline: indented lines begin one, where there are any.
fn body_paragraphs(body: &[&str]) -> Vec<String> {
    let end = body.iter().position(|line| {
        let line = line.trim().to_lowercase();
        NOTES.iter().any(|note| line.starts_with(note))
    });
    let body = body.get(..end.unwrap_or(body.len())).unwrap_or_default();
    // The time it was sent, and end marks, are no part of the last paragraph.
    let kept = body.iter().filter(|line| {
        line.trim().is_empty() || !(agency_footer::is_end_mark(line) || agency_footer::stamp(line).is_some())
    });
    let mut lines: Vec<String> = kept.map(|line| without_marks(line)).collect();
    while lines.last().is_some_and(|line| line.trim().is_empty() || agency_footer::is_signature(line)) {
        lines.pop();
    }
    let indented = |line: &str| {
        line.starts_with(['\t', ' ']) && line.trim_start_matches(' ').len() + 2 <= line.len()
            || line.starts_with('\t')
    };
    if !lines.iter().any(|line| indented(line) && !line.trim().is_empty()) {
        return paragraphs::of_lines(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let mut found: Vec<String> = Vec::new();
    for line in &lines {
        match found.last_mut() {
            Some(open) if !indented(line) && !line.trim().is_empty() && !open.is_empty() => {
                open.push(' ');
                open.push_str(line.trim());
            }
            // An empty string stands for the gap that a blank line leaves.
            _ => found.push(line.trim().to_string()),
        }
    }
    found.retain(|paragraph| paragraph.chars().any(char::is_alphanumeric));
    found
}

/// The line without the marks that tell a typesetter how it is to end.
fn without_marks(line: &str) -> String {
    let line = line.strip_prefix('^').unwrap_or(line).trim_end();
    let line = line.trim_end_matches(|c: char| matches!(c, '<' | '=') || c.is_control());
    line.chars().filter(|c| !c.is_control() || *c == '\t').collect()
}

/// Line-printer characters → those they stand for: ``` `` '' ```, `` ` ``, ` _ `, ` -- `.
fn typeset(text: &str) -> String {
    let text = text.replace("``", "“");
    // Two apostrophes close what a pair of grave accents has opened, and nothing else.
    let text = if text.contains('“') || text.ends_with("''") { text.replace("''", "”") } else { text };
    let text = text.replace(" _ ", " — ").replace(" -- ", " — ");
    let mut out = String::with_capacity(text.len());
    let mut open = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let before_word = chars.peek().is_some_and(|next| next.is_alphanumeric());
        out.push(match c {
            '`' if before_word => {
                open = true;
                '‘'
            }
            '\'' if open && !before_word => {
                open = false;
                '’'
            }
            '`' => '\'',
            c => c,
        });
    }
    out
}

#[cfg(test)]
mod tests;
