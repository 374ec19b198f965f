//! Answers for people.

use std::io::Write;

use newsearch::analysis::AnalyzedWord;
use newsearch::article::Article;
use newsearch::search::facets::{Facet, FacetBy, FacetValue};
use newsearch::search::{Correction, Hit, SearchResponse, Similar};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::super::outcome::Failure;
use super::super::terminal::{Terminal, clean};
use super::layout::Layout;
use super::words::{article_date, articles, count, undecided};

/// What a list of hits is shown with.
pub struct Page<'a> {
    /// How the query was read.
    pub read_as: &'a str,
    /// How many hits were left out before the first.
    pub offset: usize,
    /// Each hit's path as it is shown.
    pub paths: &'a [String],
    /// What was counted.
    pub facets: &'a [Facet],
    /// Whether each article is a line.
    pub brief: bool,
}

/// How many of the related words are named.
const MOST_RELATED: usize = 8;

/// How a query was read, with the spellings of names, the forms of words and the related words that were
/// searched besides.
pub fn reading(read_as: &str, response: &SearchResponse) -> String {
    let mut shown = read_as.to_owned();
    for group in &response.spellings {
        shown.push_str(" · ");
        shown.push_str(&group.join(" = "));
    }
    for forms in response.forms.iter().filter(|forms| forms.typed > 0 && !forms.others.is_empty()) {
        let word = if forms.word == read_as { String::new() } else { format!("{} ", forms.word) };
        shown.push_str(&format!(" · {word}also: {}", forms.others.join(", ")));
    }
    if let Some(named) =
        response.related.get(..response.related.len().min(MOST_RELATED)).filter(|w| !w.is_empty())
    {
        let more = if response.related.len() > MOST_RELATED { " …" } else { "" };
        shown.push_str(&format!(" · and words that go with these: {}{more}", named.join(" ")));
    }
    shown
}

/// Only how many articles there are.
pub fn total(out: &mut impl Write, total: u64) -> Result<(), Failure> {
    writeln!(out, "{total}")?;
    Ok(())
}

/// The words that were searched for in the place of others.
pub fn corrections(
    out: &mut impl Write,
    corrections: &[Correction],
    terminal: &Terminal,
) -> Result<(), Failure> {
    for correction in corrections {
        writeln!(out, "{}", terminal.fill(&clean(&correction.said()), 0))?;
    }
    Ok(())
}

/// An id or a path, for another program with a NUL behind it.
pub fn name(out: &mut impl Write, name: &str, null: bool) -> Result<(), Failure> {
    write!(out, "{}{}", clean(name), if null { '\0' } else { '\n' })?;
    Ok(())
}

/// The list of hits.
pub fn response(
    out: &mut impl Write,
    response: &SearchResponse,
    page: &Page<'_>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let distinct = response.distinct.unwrap_or(response.total);
    let all = articles(response.total, response.total_is);
    let shown = match (response.hits.first(), response.hits.last()) {
        (Some(first), Some(last)) if distinct > response.hits.len() as u64 => {
            let place = format!("{} to {} of", first.rank, last.rank);
            match distinct < response.total {
                true => format!("{all}, {place} {} counting copies once", count(distinct)),
                false => format!("{place} {all}"),
            }
        }
        _ if distinct < response.total => format!("{all}, {} counting copies once", count(distinct)),
        _ => all,
    };
    let undecided = undecided(response.undecided);
    let heading = terminal.fill(&format!("{shown}{undecided} · read as: {}", clean(page.read_as)), 0);
    writeln!(out, "{}{heading}{}", styles.faint, styles.reset)?;
    facets(out, page.facets, terminal)?;
    if page.brief {
        brief(out, &response.hits, terminal)?;
    } else {
        hits(out, &response.hits, page.paths, terminal)?;
    }
    let last = page.offset + response.hits.len();
    if !response.hits.is_empty() && (last as u64) < distinct {
        writeln!(out, "\n{}more: add --offset {last}{}", styles.faint, styles.reset)?;
    }
    Ok(())
}

/// How many values of a facet are named; of those in the calendar's order more.
const MOST_VALUES: usize = 12;
const MOST_MONTHS: usize = 36;

/// A row for each facet, and how to narrow by it.
fn facets(out: &mut impl Write, facets: &[Facet], terminal: &Terminal) -> Result<(), Failure> {
    if facets.is_empty() {
        return Ok(());
    }
    let styles = terminal.styles();
    let layout = |indent, plain| Layout {
        indent,
        width: terminal.width(),
        plain,
        highlight: styles.highlight,
        reset: styles.reset,
        bytes: 0,
    };
    writeln!(out)?;
    let longest = facets.iter().map(|facet| facet.by.as_str().len()).max().unwrap_or(0);
    let indent = FACET_INDENT.max(longest + 2);
    for facet in facets {
        let most = if matches!(facet.by, FacetBy::Year | FacetBy::Month) { MOST_MONTHS } else { MOST_VALUES };
        let shown = facet.values.iter().take(most);
        // A line does not break between a name and its number.
        let joined = |value: &FacetValue| {
            let unknown =
                if facet.by == FacetBy::Month && value.value.len() == 4 { " (month unknown)" } else { "" };
            format!("{}{unknown} {}", value.value, count(value.articles)).replace(' ', "\u{a0}")
        };
        let mut parts: Vec<String> = shown.map(joined).collect();
        if facet.values.len() > most {
            parts.push(format!("{}\u{a0}more", count((facet.values.len() - most) as u64)));
        }
        if facet.without > 0 {
            parts.push(format!("none\u{a0}{}", count(facet.without)));
        }
        let mut row = Vec::new();
        layout(indent, styles.reset).write(&mut row, &parts.join("\u{a0}· "), &[])?;
        let row = String::from_utf8_lossy(&row).replace('\u{a0}', " ");
        write!(out, "{}{:indent$}{}", styles.faint, facet.by.as_str(), styles.reset)?;
        out.write_all(row.as_bytes().get(indent..).unwrap_or_default())?;
    }
    let by = |wanted: FacetBy| facets.iter().any(|facet| facet.by == wanted);
    let mut ways = Vec::new();
    for (shown, way) in [
        (by(FacetBy::Section), "--section or --not-section NAME"),
        (by(FacetBy::Publication), "--publication or --not-publication NAME"),
        (by(FacetBy::Author), "--author or --not-author NAME"),
        (by(FacetBy::Year) || by(FacetBy::Month), "--from and --to DATE"),
    ] {
        ways.extend(shown.then_some(way));
    }
    if !ways.is_empty() {
        layout(0, styles.faint).write(out, &format!("narrow by {}", ways.join(", ")), &[])?;
    }
    Ok(())
}

/// Where the values of facets begin, at the least.
const FACET_INDENT: usize = 9;

/// The articles that go with an article. The paths are the story's, then the background's.
pub fn similar(
    out: &mut impl Write,
    similar: &Similar,
    paths: (&[String], &[String]),
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    if similar.story.is_empty() && similar.background.is_empty() {
        writeln!(out, "{}no related articles{}", styles.faint, styles.reset)?;
    }
    if !similar.story.is_empty() {
        writeln!(out, "{}The same story{}", styles.faint, styles.reset)?;
        hits(out, &similar.story, paths.0, terminal)?;
    }
    if !similar.background.is_empty() {
        let before = if similar.story.is_empty() { "" } else { "\n" };
        writeln!(out, "{before}{}Background{}", styles.faint, styles.reset)?;
        hits(out, &similar.background, paths.1, terminal)?;
    }
    Ok(())
}

/// Hits, one below the other.
pub fn hits(
    out: &mut impl Write,
    hits: &[Hit],
    paths: &[String],
    terminal: &Terminal,
) -> Result<(), Failure> {
    for (hit, path) in hits.iter().zip(paths) {
        writeln!(out)?;
        write_hit(out, hit, path, terminal)?;
    }
    Ok(())
}

/// The widest that the section of a line is.
const WIDEST_SECTION: usize = 16;

/// A line for each hit: its number, day, section and headline.
fn brief(out: &mut impl Write, hits: &[Hit], terminal: &Terminal) -> Result<(), Failure> {
    let styles = terminal.styles();
    let rows = hits.iter().map(|hit| {
        let article = &hit.article;
        let date = article.date.as_ref().map(article_date).unwrap_or_default();
        let section = shortened(&clean(article.section.as_deref().unwrap_or_default()), WIDEST_SECTION);
        [format!("{}.", hit.rank), date, section]
    });
    let rows: Vec<[String; 3]> = rows.collect();
    let widths: [usize; 3] =
        std::array::from_fn(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or(0));
    for (hit, row) in hits.iter().zip(rows) {
        let mut cells = row
            .iter()
            .zip(widths)
            .filter(|(_, width)| *width > 0)
            .map(|(cell, width)| format!("{cell}{:1$}  ", "", width - cell.width()));
        let number = cells.next().unwrap_or_default();
        let about: String = cells.collect();
        let copies = copies_of(hit).map(|copies| format!("  {copies}")).unwrap_or_default();
        let headline = clean(&hit.article.title());
        let headline = if terminal.stdout_is_terminal {
            let taken = number.width() + about.width() + copies.width();
            shortened(&headline, terminal.width().saturating_sub(taken).max(10))
        } else {
            headline
        };
        writeln!(
            out,
            "{number}{}{about}{}{}{headline}{}{}{copies}{}",
            styles.faint, styles.reset, styles.headline, styles.reset, styles.faint, styles.reset
        )?;
    }
    Ok(())
}

/// As much of a text as is so wide, with what is left out told by `…`.
fn shortened(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if kept.width() + c.width().unwrap_or(0) >= most {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// One hit.
pub(super) fn write_hit(
    out: &mut impl Write,
    hit: &Hit,
    path: &str,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let (styles, width) = (terminal.styles(), terminal.width());
    let number = format!("{}.", hit.rank);
    let indent = number.len().max(2) + 1;
    let layout =
        |plain| Layout { indent, width, plain, highlight: styles.highlight, reset: styles.reset, bytes: 0 };
    let mut headline = Vec::new();
    if hit.article.headline.is_empty() {
        layout(styles.faint).write(&mut headline, &hit.article.title(), &[])?;
    } else {
        layout(styles.headline).write(&mut headline, &hit.article.headline, &hit.headline_highlights)?;
    }
    // The number stands in the headline's indent.
    write!(out, "{number:<indent$}")?;
    out.write_all(headline.get(indent..).unwrap_or_default())?;
    let about = about(&hit.article);
    if !about.is_empty() {
        layout(styles.byline).write(out, &about, &[])?;
    }
    for snippet in &hit.snippets {
        let gap = if snippet.apart { "… " } else { "" };
        let marks: Vec<_> = snippet.highlights.iter().map(|(a, b)| (a + gap.len(), b + gap.len())).collect();
        layout(styles.reset).write(out, &format!("{gap}{}", snippet.text), &marks)?;
    }
    let (path, id) = (terminal.path(path), clean(&hit.article.id));
    writeln!(out, "{:indent$}{}{path}  id {id}{}", "", styles.faint, styles.reset)?;
    if let Some(copies) = copies_of(hit) {
        writeln!(out, "{:indent$}{}{copies}: newsearch show {id}{}", "", styles.faint, styles.reset)?;
    }
    if !hit.explanation.is_empty() {
        writeln!(out, "{:indent$}score {:.4} is the sum of", "", hit.score)?;
    }
    for part in &hit.explanation {
        writeln!(out, "{:indent$}{:10.4}  {}", "", part.score, clean(&part.what))?;
    }
    Ok(())
}

/// `+3 copies`.
pub fn copies_of(hit: &Hit) -> Option<String> {
    match hit.copies.len() as u64 {
        0 => None,
        1 => Some("+1 copy".to_owned()),
        copies => Some(format!("+{} copies", count(copies))),
    }
}

/// `Ana Sousa, Jo Ek · Ellery Courier · World · 2 Dec 2025`.
pub fn about(article: &Article) -> String {
    let mut parts = Vec::new();
    if !article.authors.is_empty() {
        parts.push(article.authors.join(", "));
    }
    parts.extend(shown_publication(article).map(str::to_owned));
    parts.extend(article.section.clone());
    parts.extend(article.date.as_ref().map(article_date));
    parts.join(" · ")
}

/// The publication, but where the section says the same: a newsletter is both.
pub fn shown_publication(article: &Article) -> Option<&str> {
    let is_section =
        |name: &str| article.section.as_deref().is_some_and(|section| section.eq_ignore_ascii_case(name));
    article.publication.as_deref().filter(|name| !is_section(name))
}

/// What a reader made of a file, field by field.
pub fn parsed(out: &mut impl Write, article: &Article, terminal: &Terminal) -> Result<(), Failure> {
    let styles = terminal.styles();
    let mut field = |name: &str, value: &str| -> Result<(), Failure> {
        if !value.is_empty() {
            writeln!(out, "{}{name:9}{} {}", styles.faint, styles.reset, clean(value))?;
        }
        Ok(())
    };
    let record = if article.record > 1 { format!(" record {}", article.record) } else { String::new() };
    field("path", &format!("{}{record} ({})", article.path, article.format))?;
    field("id", &article.id)?;
    field("headline", &article.headline)?;
    field("authors", &article.authors.join("; "))?;
    field("section", article.section.as_deref().unwrap_or_default())?;
    field("paper", article.publication.as_deref().unwrap_or_default())?;
    field("url", article.url.as_deref().unwrap_or_default())?;
    if let Some(date) = &article.date {
        field("date", &format!("{date} ({})", date.precision.as_str()))?;
    }
    field("dateline", article.dateline.as_deref().unwrap_or_default())?;
    field("language", article.language.as_deref().unwrap_or_default())?;
    for problem in &article.problems {
        field("doubtful", problem)?;
    }
    let layout = Layout {
        indent: 2,
        width: terminal.width(),
        plain: styles.reset,
        highlight: styles.highlight,
        reset: styles.reset,
        bytes: article.body.len(),
    };
    for paragraph in article.paragraphs() {
        writeln!(out)?;
        layout.write(out, paragraph, &[])?;
    }
    writeln!(out)?;
    Ok(())
}

/// The words of a text, a line each: place, kind, the word, its form and its stem.
pub fn analysis(
    out: &mut impl Write,
    words: &[AnalyzedWord<'_>],
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let columns = |word: &AnalyzedWord<'_>| {
        let place = match word.width {
            1 => word.position.to_string(),
            width => format!("{}-{}", word.position, word.position + width - 1),
        };
        [place, word.kind.as_str().to_owned(), clean(word.text), word.form.clone(), word.stem.clone()]
    };
    let heading = ["position", "kind", "word", "term", "stem"].map(str::to_owned);
    let rows: Vec<[String; 5]> = std::iter::once(heading).chain(words.iter().map(columns)).collect();
    let widest = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(widest);
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell}{:1$}", "", width - cell.width()))
            .collect();
        let line = cells.join("  ");
        match at {
            0 => writeln!(out, "{}{}{}", styles.faint, line.trim_end(), styles.reset)?,
            _ => writeln!(out, "{}", line.trim_end())?,
        }
    }
    Ok(())
}
