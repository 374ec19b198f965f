//! Documents of what was found, to print and to hand on: a list with the lines that show why, or a dossier
//! with a cover, contents and the whole texts.

use std::io::Write;
use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use newsearch::citation::{self, Style};
use newsearch::field::Field;
use newsearch::index::{Roots, Snapshot};
use newsearch::search::highlight::{Highlighter, Passage};
use newsearch::search::overview::overview;
use newsearch::search::receipt::Receipt;
use newsearch::search::{self, Account, Detail, Hit, Hits, SearchRequest};

use super::ask::{Asked, EVERYTHING};
use super::outcome::Failure;
use super::render::sheet::{Kind, Line, Marked, Sheet, sheet};
use super::render::text::{about, copies_of};
use super::render::words::{articles, count, date, plural, undecided};
use super::{copies, paths};

/// What there is to write about.
pub struct Found<'a> {
    /// What was asked.
    pub asked: &'a Asked,
    /// The same with the order and which of copies are written.
    pub request: &'a SearchRequest,
    /// Where.
    pub snapshot: &'a Snapshot,
    /// How many articles match, and how many counting copies once.
    pub total: (u64, Option<u64>),
    /// What there is to know about that.
    pub account: &'a Account,
}

/// What a dossier says besides.
pub struct Cover<'a> {
    /// How the articles are cited.
    pub style: Style,
    /// The receipt, and the file that it is kept in.
    pub receipt: Option<(&'a Receipt, &'a Path)>,
    /// When it is made.
    pub made: Timestamp,
}

/// Writes the hits, which are read whole, and says how many it wrote.
pub fn write(
    out: &mut dyn Write,
    kind: Kind,
    found: &Found<'_>,
    hits: Hits<'_>,
    cover: Option<&Cover<'_>>,
) -> Result<u64, Failure> {
    let mut sheet = sheet(kind, out, cover.is_some())?;
    let title = match found.asked.typed.as_str() {
        EVERYTHING => found.asked.read_as(),
        typed => typed.to_owned(),
    };
    sheet.begin(&title)?;
    begin(sheet.as_mut(), found, cover)?;
    let roots = found.snapshot.roots();
    if cover.is_some() {
        sheet.heading("Contents")?;
        // Titles are those of whole texts where there is no headline.
        for hit in search::all(found.snapshot, found.request, Detail::Whole)? {
            let hit = hit?;
            sheet.entry(hit.rank, &hit.article.title(), &about(&hit.article))?;
        }
    }
    sheet.heading("Articles")?;
    let mut highlighter = search::highlighter(found.snapshot, found.request);
    let mut written = 0;
    for hit in hits {
        let hit = hit?;
        match cover {
            Some(cover) => {
                whole(sheet.as_mut(), &hit, (&mut highlighter, cover.style), found.snapshot, &roots)?
            }
            None => listed(sheet.as_mut(), &hit, &roots)?,
        }
        written += 1;
    }
    sheet.end()?;
    Ok(written)
}

/// What was asked, of what, and what is not in the answer.
fn begin(sheet: &mut dyn Sheet, found: &Found<'_>, cover: Option<&Cover<'_>>) -> Result<(), Failure> {
    let Found { asked, snapshot, total, account, .. } = found;
    let mut said = articles(total.0, account.total_is);
    if let Some(distinct) = total.1.filter(|distinct| *distinct < total.0) {
        said.push_str(&format!(", {} counting copies once", count(distinct)));
    }
    said.push_str(&undecided(account.undecided));
    sheet.fact("Found", &said)?;
    sheet.fact("Asked for", &asked.typed)?;
    sheet.fact("Read as", &asked.read_as())?;
    for notice in &account.notices {
        sheet.fact("Note", notice)?;
    }
    let Some(cover) = cover else { return Ok(()) };
    let made: Zoned = cover.made.to_zoned(TimeZone::system());
    sheet.fact("Made", &made.strftime("%-d %B %Y, %H:%M %:z").to_string())?;
    let held = overview(snapshot)?;
    let mut archive = plural(held.articles, "article");
    if let Some((first, last)) = held.days {
        archive.push_str(&format!(", {} to {}", date(first), date(last)));
    }
    if held.undated > 0 {
        archive.push_str(&format!(", {} undated", count(held.undated)));
    }
    sheet.fact("Archive", &archive)?;
    let unread = snapshot.unread()?;
    if unread.files + unread.documents > 0 {
        let documents = match unread.documents {
            0 => String::new(),
            n => format!("; {} of formats that are not read", plural(n, "document")),
        };
        sheet.fact(
            "Not searched",
            &format!("{} that could not be read{documents}", plural(unread.files, "file")),
        )?;
    }
    if let Some((receipt, path)) = cover.receipt {
        let name = path.file_name().unwrap_or(path.as_os_str()).display();
        let said = format!(
            "{name}, checksum {}; newsearch verify-receipt says what has changed since",
            receipt.checksum
        );
        sheet.fact("Receipt", &said)?;
    }
    Ok(())
}

/// A hit, with the lines that show why it was found.
fn listed(sheet: &mut dyn Sheet, hit: &Hit, roots: &Roots) -> Result<(), Failure> {
    let article = &hit.article;
    let highlights: &[(usize, usize)] =
        if article.headline.is_empty() { &[] } else { &hit.headline_highlights };
    sheet.article(hit.rank, Marked { text: &article.title(), highlights }, article.language.as_deref())?;
    plain(sheet, Line::About, &about(article))?;
    for snippet in &hit.snippets {
        sheet.line(Line::Quote, Marked { text: &snippet.text, highlights: &snippet.highlights })?;
    }
    let copies = copies_of(hit).map(|copies| format!(" · {copies}")).unwrap_or_default();
    source(sheet, hit, roots, &copies)
}

/// The whole article, with what matches in it.
fn whole(
    sheet: &mut dyn Sheet,
    hit: &Hit,
    (highlighter, style): (&mut Highlighter, Style),
    snapshot: &Snapshot,
    roots: &Roots,
) -> Result<(), Failure> {
    let article = &hit.article;
    let passages = highlighter.passages(article, usize::MAX);
    let of = |passage: &Passage| {
        passage.highlights.iter().map(|highlight| (highlight.start, highlight.end)).collect::<Vec<_>>()
    };
    let headline =
        passages.iter().find(|passage| passage.field == Field::Headline && !passage.text.is_empty());
    match headline {
        Some(passage) => {
            let highlights = of(passage);
            sheet.article(
                hit.rank,
                Marked { text: &passage.text, highlights: &highlights },
                article.language.as_deref(),
            )?;
        }
        None => sheet.article(hit.rank, Marked::plain(&article.title()), article.language.as_deref())?,
    }
    plain(sheet, Line::About, &about(article))?;
    let mut dateline = article.dateline.is_some();
    let mut number = 0;
    for passage in passages.iter().filter(|passage| passage.field == Field::Body) {
        let line = match std::mem::take(&mut dateline) {
            true => Line::About,
            false => {
                number += 1;
                Line::Paragraph(number)
            }
        };
        let highlights = of(passage);
        sheet.line(line, Marked { text: &passage.text, highlights: &highlights })?;
    }
    plain(sheet, Line::Citation, &citation::cite(article, style, None))?;
    source(sheet, hit, roots, "")?;
    for copy in copies::of_article(snapshot, article, roots)? {
        let about = [copy.publication, copy.date.map(|date| date.to_string()), Some(copy.path)];
        let about: Vec<String> = about.into_iter().flatten().collect();
        plain(sheet, Line::Source, &format!("copy: {} · id {}", about.join(" · "), copy.id))?;
    }
    article.problems.iter().try_for_each(|problem| plain(sheet, Line::Doubt, &format!("doubtful: {problem}")))
}

fn source(sheet: &mut dyn Sheet, hit: &Hit, roots: &Roots, more: &str) -> Result<(), Failure> {
    let path = paths::of_hits(std::slice::from_ref(hit), roots).pop().unwrap_or_default();
    plain(sheet, Line::Source, &format!("{path} · id {}{more}", hit.article.id))?;
    hit.article.url.as_deref().map_or(Ok(()), |url| sheet.address(url))
}

fn plain(sheet: &mut dyn Sheet, line: Line, text: &str) -> Result<(), Failure> {
    if text.is_empty() { Ok(()) } else { sheet.line(line, Marked::plain(text)) }
}
