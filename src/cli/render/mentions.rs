//! Mentions in their sentences: for people, as a table and for programs.

use std::borrow::Cow;
use std::io::Write;

use newsearch::search::mentions::Mention;
use newsearch::search::{Account, Hit};
use serde::Serialize;

use super::super::outcome::Failure;
use super::super::terminal::{Terminal, clean};
use super::layout::Layout;
use super::words::{article_date, articles, count, plural, undecided};
use super::{csv, json};

/// What is said of all of them.
pub fn heading(
    out: &mut impl Write,
    (found, total): (u64, u64),
    account: &Account,
    read_as: &str,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let all = articles(total, account.total_is);
    let heading = format!(
        "{} in {all}{} · read as: {}",
        plural(found, "mention"),
        undecided(account.undecided),
        clean(read_as)
    );
    writeln!(out, "{}{}{}", styles.faint, terminal.fill(&heading, 0), styles.reset)?;
    Ok(())
}

/// The mentions of an article.
pub fn of_article(
    out: &mut impl Write,
    hit: &Hit,
    path: &str,
    mentions: &[Mention],
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let article = &hit.article;
    let date = article.date.as_ref().map(|date| format!(" · {}", article_date(date))).unwrap_or_default();
    let title = terminal.fill(&format!("{}. {}{date}", hit.rank, clean(&article.title())), 3);
    writeln!(out, "\n{}{title}{}", styles.headline, styles.reset)?;
    for mention in mentions {
        let place = match mention.paragraph {
            Some(number) => format!("¶ {}", count(number as u64)),
            None => mention.field.to_owned(),
        };
        let mut sentence = Vec::new();
        let layout = Layout {
            indent: INDENT,
            width: terminal.width(),
            plain: styles.reset,
            highlight: styles.highlight,
            reset: styles.reset,
            bytes: mention.text.len(),
        };
        layout.write(&mut sentence, &mention.text, &mention.matches)?;
        write!(out, "   {}{place:<1$}{2}", styles.faint, INDENT - 3, styles.reset)?;
        out.write_all(sentence.get(INDENT..).unwrap_or_default())?;
    }
    let id = clean(&article.id);
    writeln!(out, "   {}{}  id {id}{}", styles.faint, terminal.path(path), styles.reset)?;
    Ok(())
}

/// Where sentences begin: behind `headline`, the longest name of a place.
const INDENT: usize = 13;

const COLUMNS: [&str; 13] = [
    "id",
    "date",
    "date_precision",
    "headline",
    "authors",
    "section",
    "publication",
    "path",
    "field",
    "paragraph",
    "left",
    "match",
    "right",
];

/// The names of the columns.
pub fn csv_header(out: &mut impl Write) -> Result<(), Failure> {
    csv::row(out, COLUMNS.map(Cow::Borrowed))
}

/// A line for each match: what stands before it in its sentence, itself, and what follows.
pub fn to_csv(out: &mut impl Write, hit: &Hit, path: &str, mention: &Mention) -> Result<(), Failure> {
    let article = &hit.article;
    let piece = |from: usize, to: usize| mention.text.get(from..to).unwrap_or_default();
    for (start, end) in &mention.matches {
        let cells: [Cow<'_, str>; 13] = [
            article.id.as_str().into(),
            article.date.map(|date| date.to_string()).unwrap_or_default().into(),
            article.date.map_or("", |date| date.precision.as_str()).into(),
            article.headline.as_str().into(),
            article.authors.join("; ").into(),
            article.section.as_deref().unwrap_or_default().into(),
            article.publication.as_deref().unwrap_or_default().into(),
            path.into(),
            mention.field.into(),
            mention.paragraph.map(|number| number.to_string()).unwrap_or_default().into(),
            piece(0, *start).trim().into(),
            piece(*start, *end).into(),
            piece(*end, mention.text.len()).trim().into(),
        ];
        csv::row(out, cells)?;
    }
    Ok(())
}

/// An object a sentence.
pub fn to_json(out: &mut impl Write, hit: &Hit, path: &str, mentions: &[Mention]) -> Result<(), Failure> {
    mentions.iter().try_for_each(|mention| json::object(out, &MentionJson::new(hit, path, mention)))
}

/// A sentence with its matches.
#[derive(Serialize)]
struct MentionJson<'a> {
    #[serde(flatten)]
    article: json::ArticleHead<'a>,
    field: &'static str,
    paragraph: Option<usize>,
    text: &'a str,
    offsets: json::Offsets,
    highlights: &'a [(usize, usize)],
    highlights_chars: Vec<(usize, usize)>,
}

impl<'a> MentionJson<'a> {
    fn new(hit: &'a Hit, path: &'a str, mention: &'a Mention) -> Self {
        Self {
            article: json::ArticleHead::new(&hit.article, path),
            field: mention.field,
            paragraph: mention.paragraph,
            text: &mention.text,
            offsets: json::OFFSETS,
            highlights: &mention.matches,
            highlights_chars: json::in_characters(&mention.text, &mention.matches),
        }
    }
}
