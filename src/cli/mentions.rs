//! `newsearch mentions`: every mention in its sentence.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use newsearch::index::Snapshot;
use newsearch::search::mentions::{Mention, mentions};
use newsearch::search::{self, Detail, Hit, SearchRequest};
use serde::Serialize;

use super::arguments::{ListFormat, MentionsArguments};
use super::outcome::{CommandResult, Failure, Outcome};
use super::render::layout::Layout;
use super::render::words::{article_date, articles, count, plural, undecided};
use super::render::{csv, json};
use super::terminal::{Terminal, clean};
use super::{ask, nothing, pager, paths};

pub fn run(arguments: &MentionsArguments, dir: &Path, terminal: &Terminal) -> CommandResult {
    let asked = ask::ask(&arguments.asked, None, terminal)?;
    if asked.typed == ask::EVERYTHING {
        let hint = Some("type words, like `newsearch mentions peace plan`".to_owned());
        return Err(Failure::Usage("there is nothing to find mentions of".to_owned(), hint));
    }
    let snapshot = Snapshot::open_for_all(dir)?;
    let request = SearchRequest { sort: arguments.sort.into(), ..asked.request.clone() };
    let hits = search::all(&snapshot, &request, Detail::Stored)?;
    let total = hits.total;
    let account = asked.account(hits.account.clone(), terminal)?;
    let nothing = nothing::explain(&snapshot, &request, total)?;
    let roots = snapshot.roots();
    let mut finder = search::finder(&snapshot, &request);
    let format = if arguments.json { ListFormat::Json } else { arguments.format };
    let mut out = pager::output(format == ListFormat::Text, terminal);
    if format == ListFormat::Csv {
        csv::row(&mut out, COLUMNS.map(Cow::Borrowed))?;
    }
    // What is said of all of them stands above them.
    let mut page = Vec::new();
    let mut found = 0;
    for hit in hits {
        let hit = hit?;
        let rows = finder.rows(&hit.article, usize::MAX);
        let mentions = mentions(&hit.article, &rows);
        found += mentions.iter().map(|mention| mention.matches.len() as u64).sum::<u64>();
        let path = paths::of_hits(std::slice::from_ref(&hit), &roots).pop().unwrap_or_default();
        match format {
            ListFormat::Text => text(&mut page, &hit, &path, &mentions, terminal)?,
            ListFormat::Csv => {
                mentions.iter().try_for_each(|mention| table(&mut out, &hit, &path, mention))?
            }
            ListFormat::Json => mentions
                .iter()
                .try_for_each(|mention| json::object(&mut out, &MentionJson::new(&hit, &path, mention)))?,
        }
    }
    if format == ListFormat::Text {
        let styles = terminal.styles();
        let all = articles(total, account.total_is);
        let heading = format!(
            "{} in {all}{} · read as: {}",
            plural(found, "mention"),
            undecided(account.undecided),
            clean(&asked.read_as())
        );
        writeln!(out, "{}{}{}", styles.faint, terminal.fill(&heading, 0), styles.reset)?;
        out.write_all(&page)?;
        if let Some(nothing) = &nothing {
            nothing.text(&mut out, terminal)?;
        }
    } else {
        nothing::warn(nothing.as_ref(), terminal)?;
    }
    out.flush()?;
    Ok(if total == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn text(
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

/// A line for each match: what stands before it in its sentence, itself, and what follows.
fn table(out: &mut impl Write, hit: &Hit, path: &str, mention: &Mention) -> Result<(), Failure> {
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
