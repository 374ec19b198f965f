//! Markdown with YAML or TOML front matter → an article. The text is what a reader of the rendered page would
//! see.

mod front_matter;

use rustc_hash::FxHashSet;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::text::read_meta_line;
use crate::article::Format;
use crate::corpus::fields::publication;
use crate::corpus::format::sniff::Start;
use crate::corpus::plain_text::{budget, fragment};
use crate::corpus::{Context, Doubt, RawArticle, Record, read_date};
use front_matter::Fields;

/// A text with more marks and lines is cut: each costs the parser many times its bytes.
const MOST_MARKS: usize = 500_000;

/// Whether a text begins with front matter.
pub(crate) fn sniff(start: &Start<'_>) -> Option<Format> {
    let front_matter =
        ["---\n", "---\r\n", "+++\n", "+++\r\n"].iter().any(|mark| start.head.starts_with(mark));
    (front_matter && start.named != Some(Format::Html) && has_key_line(start.head))
        .then_some(Format::Markdown)
}

/// The second line of front matter is `key: value` or `key = value`.
fn has_key_line(head: &str) -> bool {
    head.lines().skip(1).take(3).any(|line| {
        line.split_once([':', '=']).is_some_and(|(key, _)| {
            let key = key.trim();
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
        })
    })
}

/// Reads a Markdown document.
pub fn read(text: &str, context: &Context<'_>) -> Record {
    let (fields, markdown) = front_matter::split(text);
    let (markdown, cut) = budget::within(markdown, MOST_MARKS, "marks and lines", marks(markdown));
    let mut article = RawArticle::default();
    fill(&fields, &mut article, context);
    let mut blocks = blocks(markdown);
    let heading = blocks.iter().position(|b| b.kind == Kind::Title).filter(|at| *at <= 1);
    if let Some(at) = heading {
        let title = blocks.get(at).map(|b| b.text.clone()).unwrap_or_default();
        if article.headline.is_empty() || same_words(&article.headline, &title) {
            article.headline = title;
            blocks.remove(at);
            take_meta(&mut blocks, at, &mut article, context);
        }
    }
    article.paragraphs = blocks.into_iter().map(|b| b.text).collect();
    article.problems.extend(cut.map(Doubt::from));
    if article.headline.is_empty() && article.paragraphs.is_empty() {
        return Record::Unreadable("holds no text".to_string());
    }
    Record::Article(Box::new(article))
}

/// The characters that may mean something, runs of the same counted once, and the ends of lines.
fn marks(markdown: &str) -> impl Iterator<Item = usize> {
    let mut before = b' ';
    markdown.bytes().enumerate().filter_map(move |(at, byte)| {
        let repeated = byte == std::mem::replace(&mut before, byte);
        let is_mark = byte.is_ascii_punctuation() && !matches!(byte, b'.' | b',' | b'\'' | b'"');
        (byte == b'\n' || (is_mark && !repeated)).then_some(at)
    })
}

fn fill(fields: &Fields, article: &mut RawArticle, context: &Context<'_>) {
    let first = |keys: &[&str]| fields.first(keys).map(|values| values.join(", "));
    article.headline = first(&["title", "headline", "hed"]).unwrap_or_default();
    article.bylines = fields.first(&["author", "authors", "byline", "by", "writer"]).unwrap_or_default();
    article.section = fields
        .first(&["section", "category", "categories", "desk", "tags", "tag"])
        .and_then(|values| values.into_iter().next());
    article.publication = ["publication", "newspaper", "paper", "outlet", "site_name", "site", "publisher"]
        .iter()
        .find_map(|key| publication::name(&first(&[key])?))
        .or_else(|| publication::source(&first(&["source"])?));
    article.address = ["url", "link", "canonical_url", "canonical", "permalink", "source_url", "source"]
        .iter()
        .find_map(|key| publication::address(&first(&[key])?));
    article.language = first(&["lang", "language", "locale"]);
    article.id = first(&["id", "guid", "uuid"]);
    article.dateline = first(&["dateline"]);
    if let Some(date) =
        first(&["date", "published", "publish_date", "pubdate", "published_at", "publishdate", "created"])
    {
        article.date = read_date(&date, context, article.language.as_deref(), &mut article.problems);
    }
}

/// The byline and date lines below a title.
fn take_meta(blocks: &mut Vec<Block>, at: usize, article: &mut RawArticle, context: &Context<'_>) {
    for _ in 0..3 {
        let Some(block) = blocks.get(at).filter(|b| b.kind == Kind::Paragraph) else { return };
        let mut read = article.clone();
        // A section is told from a line of its own only where the front matter could not say it.
        if !block.text.lines().all(|line| read_meta_line(line, false, &mut read, context)) {
            return;
        }
        *article = read;
        blocks.remove(at);
    }
}

fn same_words(a: &str, b: &str) -> bool {
    let words = |t: &str| {
        t.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    };
    words(a) == words(b)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Paragraph,
}

#[derive(Debug)]
struct Block {
    kind: Kind,
    text: String,
}

/// The document's blocks as text: link texts without their addresses, code as it is, no pictures, no HTML
/// tags.
fn blocks(markdown: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut text = String::new();
    let mut kind = Kind::Paragraph;
    let mut in_picture = 0usize;
    let mut html = String::new();
    let closed = closed_tags(markdown);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Image { .. }) => in_picture += 1,
            Event::End(TagEnd::Image) => in_picture = in_picture.saturating_sub(1),
            _ if in_picture > 0 => {}
            Event::Start(Tag::Heading { level, .. }) => {
                flush(&mut text, Kind::Paragraph, &mut found);
                kind = if level == HeadingLevel::H1 { Kind::Title } else { Kind::Paragraph };
            }
            Event::End(TagEnd::Heading(_)) => {
                flush(&mut text, kind, &mut found);
                kind = Kind::Paragraph;
            }
            Event::Text(piece)
            | Event::Code(piece)
            | Event::InlineMath(piece)
            | Event::DisplayMath(piece) => {
                text.push_str(&piece);
            }
            Event::SoftBreak => text.push(' '),
            Event::HardBreak => text.push('\n'),
            Event::InlineHtml(piece) if !is_inline_tag(&piece, &closed) => text.push_str(&piece),
            Event::Html(piece) => html.push_str(&piece),
            Event::Start(
                Tag::Paragraph
                | Tag::Item
                | Tag::CodeBlock(_)
                | Tag::BlockQuote(_)
                | Tag::TableRow
                | Tag::TableHead,
            )
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::BlockQuote(_)
                | TagEnd::TableRow
                | TagEnd::TableHead,
            ) => flush(&mut text, Kind::Paragraph, &mut found),
            Event::End(TagEnd::TableCell) => text.push(' '),
            Event::End(TagEnd::HtmlBlock) => {
                found.extend(
                    fragment::paragraphs(&std::mem::take(&mut html))
                        .into_iter()
                        .map(|text| Block { kind: Kind::Paragraph, text }),
                );
            }
            _ => {}
        }
    }
    flush(&mut text, kind, &mut found);
    found
}

/// Whether an inline tag is one: it closes somewhere, or never does. A lone `<S>` is a share's symbol.
fn is_inline_tag(tag: &str, closed: &FxHashSet<&str>) -> bool {
    let name = tag_name(tag.get(1..).unwrap_or_default());
    let stands_alone = ["br", "img", "hr", "wbr"].iter().any(|n| name.eq_ignore_ascii_case(n));
    fragment::is_tag(tag) && (name.is_empty() || stands_alone || closed.contains(name))
}

/// The names of all tags that close in the document.
fn closed_tags(markdown: &str) -> FxHashSet<&str> {
    markdown.split("</").skip(1).map(tag_name).collect()
}

fn tag_name(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
}

fn flush(text: &mut String, kind: Kind, found: &mut Vec<Block>) {
    let block = std::mem::take(text);
    if !block.trim().is_empty() {
        found.push(Block { kind, text: block.trim().to_string() });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

    fn context() -> Context<'static> {
        Context {
            path: "a.md",
            modified: Some("2026-01-05T12:00:00Z".parse().unwrap()),
            latest: None,
            map: None,
            day_month: None,
        }
    }

    #[track_caller]
    fn article(text: &str) -> RawArticle {
        match read(text, &context()) {
            Record::Article(article) => *article,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn yaml_front_matter() {
        let read = article(
            "---\ntitle: \"Bridge: closed\"\nauthors:\n  - Ana Sousa\n  - name: Jo Ek\nsection: Metro\ndate: 2025-12-02\ntags: [a, b]\nlang: \
             en\n---\n\nOne [link](https://x.example) and `code`.\nSame paragraph.\n\n## Part\n\n- item *one*\n- item two\n\n![alt \
             text](x.png)\n",
        );
        assert_eq!(read.headline, "Bridge: closed");
        assert_eq!(read.bylines, ["Ana Sousa", "Jo Ek"]);
        assert_eq!((read.section.as_deref(), read.language.as_deref()), (Some("Metro"), Some("en")));
        assert_eq!(read.date.unwrap().to_string(), "2025-12-02");
        assert_eq!(read.paragraphs, ["One link and code. Same paragraph.", "Part", "item one", "item two"]);
    }

    #[test]
    fn yaml_that_is_none_is_read_line_by_line() {
        let read =
            article("---\ntitle: Storm: hits coast\nauthor: Ana Sousa\ndate: 2025-12-02\n---\nText.\n");
        assert_eq!(
            (read.headline.as_str(), read.bylines.as_slice()),
            ("Storm: hits coast", ["Ana Sousa".to_string()].as_slice())
        );
        assert!(read.date.is_some());
    }

    #[test]
    fn toml_front_matter() {
        let read = article(
            "+++\ntitle = 'Bridge closed'\nauthor = [\"Ana Sousa\", \"Jo Ek\"]\ndate = 2025-12-02T14:05:00Z\n[extra]\nx = 1\n+++\nText.\n",
        );
        assert_eq!((read.headline.as_str(), read.bylines.len()), ("Bridge closed", 2));
        assert_eq!(read.date.unwrap().to_string(), "2025-12-02T14:05:00Z");
        assert_eq!(read.paragraphs, ["Text."]);
    }

    #[test]
    fn the_first_heading_is_the_headline() {
        let read =
            article("# Bridge closed\n\n*By Ana Sousa*  \n2 December 2025\n\nOne.\n\n# Another\n\nTwo.\n");
        assert_eq!(read.headline, "Bridge closed");
        assert_eq!(read.bylines, ["By Ana Sousa"]);
        assert_eq!(read.paragraphs, ["One.", "Another", "Two."]);
        // A heading that only repeats the title is no paragraph; another one is.
        assert_eq!(
            article("---\ntitle: Bridge closed\n---\n# Bridge *closed*\n\nOne.\n").paragraphs,
            ["One."]
        );
        assert_eq!(article("---\ntitle: Bridge\n---\n# Closed\n\nOne.\n").paragraphs, ["Closed", "One."]);
    }

    #[test]
    fn html_inside_is_text() {
        let read = article(
            "# A\n\n<div class=\"x\"><p>One &amp; two</p>\n<p>Three</p></div>\n\nFour <b>bold</b>.\n",
        );
        assert_eq!(read.paragraphs, ["One & two", "Three", "Four bold."]);
    }

    #[test]
    fn front_matter_that_never_ends_is_text() {
        let read = article("---\ntitle: Bridge\n\nText goes on.\n");
        assert!(read.paragraphs.join(" ").contains("Text goes on."));
    }

    #[test]
    fn an_alias_bomb_is_harmless() {
        let mut yaml = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..12 {
            yaml.push_str(&format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(", ")));
        }
        let start = std::time::Instant::now();
        let read = article(&format!("---\ntitle: Bridge\n{yaml}---\nText.\n"));
        assert_eq!(read.headline, "Bridge");
        assert!(start.elapsed().as_secs() < 5);
    }

    #[test]
    fn a_text_of_marks_without_number_is_cut() {
        for piece in ["*a* ", "* a\n", "[a](b)", "> a\n"] {
            let read = article(&format!("# Bridge closed\n\nText.\n\n{}", piece.repeat(300_000)));
            assert_eq!((read.headline.as_str(), read.paragraphs[0].as_str()), ("Bridge closed", "Text."));
            assert_eq!(read.problems.len(), 1, "{piece}");
            assert!(
                read.problems[0].to_string().starts_with("more than 500000 marks and lines"),
                "{:?}",
                read.problems
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(---\n|\\+\\+\\+\n|title: |- |\\[|\\]|\"|&a |\\*a|# |> |`|<p>|é|x|: |\n){0,40}") {
            let _ = read(&text, &context());
        }
    }
}
