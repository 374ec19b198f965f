//! What stands above the body of a text: headers, headline, byline, date, section, and the frame of the page it was copied from.

use super::lines::{self, without_bullet};
use crate::article::DatePrecision;
use crate::corpus::{Context, RawArticle, date, read_date};

/// A longer first line (characters) is no headline.
const LONGEST_HEADLINE: usize = 220;

/// How many lines between headline and body may say something about the article.
const MOST_META_LINES: usize = 14;

/// Reads headers and headline into the article; the line where the body starts.
pub(super) fn read(lines: &[&str], article: &mut RawArticle, context: &Context<'_>) -> usize {
    if let Some(body) = read_headers(lines, article, context) {
        return body;
    }
    let mut at = skip_frame(lines);
    if let Some(section) = kicker(lines, at) {
        article.section = Some(section);
        at = next_filled(lines, at + 1);
    }
    if !is_headline(lines, at) {
        return at;
    }
    article.headline =
        lines.get(at).map(|l| l.trim().trim_start_matches("# ").to_string()).unwrap_or_default();
    read_meta(lines, at + 1, article, context)
}

fn next_filled(lines: &[&str], from: usize) -> usize {
    (from..lines.len()).find(|i| lines.get(*i).is_some_and(|l| !l.trim().is_empty())).unwrap_or(lines.len())
}

/// Past the page's own first lines and the codes of the wire.
fn skip_frame(lines: &[&str]) -> usize {
    let mut at = next_filled(lines, 0);
    while let Some(line) =
        lines.get(at).filter(|l| lines::is_above_headline(l) || is_wire_code(l) || is_trail(l))
    {
        let next = next_filled(lines, at + 1);
        if next >= lines.len() || line.trim().is_empty() {
            break;
        }
        at = next;
    }
    at
}

/// `r f BC-BRIDGE-CLOSED 1stLd 12-02 0105`: a wire's slug line.
fn is_wire_code(line: &str) -> bool {
    let line = line.trim();
    let slug = line.contains("BC-") || line.contains("AM-") || line.contains("PM-");
    slug && line.len() < 80 && line.bytes().any(|b| b.is_ascii_digit()) && !line.ends_with('.')
}

/// `Home > World > Europe`.
fn is_trail(line: &str) -> bool {
    let line = line.trim();
    let behind = line.get(..4).filter(|home| home.eq_ignore_ascii_case("home")).and_then(|_| line.get(4..));
    line.len() < 120 && behind.is_some_and(|rest| rest.trim_start().starts_with(['>', '›', '»', '/']))
}

/// A section above the headline.
fn kicker(lines: &[&str], at: usize) -> Option<String> {
    let line = lines.get(at)?;
    let next = lines.get(next_filled(lines, at + 1))?;
    let headline_follows =
        next.trim().chars().count() >= 15 && !lines::is_byline(next) && !lines::is_count(next);
    (lines::is_known_section(line) && headline_follows).then(|| lines::section(line, true)).flatten()
}

/// Whether the line at a place is a headline: short, and set off from what follows.
fn is_headline(lines: &[&str], at: usize) -> bool {
    let Some(line) = lines.get(at).map(|l| l.trim()) else { return false };
    let length = line.chars().count();
    if length == 0 || length > LONGEST_HEADLINE {
        return false;
    }
    let Some(next) = lines.get(at + 1) else { return length <= 120 && !lines::is_byline(line) };
    let follower = lines.get(next_filled(lines, at + 1)).map(|l| l.trim());
    let Some(follower) = follower else { return length <= 120 };
    // `Di Giorgio Corp to close` reads like an Italian byline, but the byline comes below.
    if lines::is_byline(line) && !lines::is_byline(follower) {
        return false;
    }
    let below = lines.get(next_filled(lines, next_filled(lines, at + 1) + 1)).copied().unwrap_or_default();
    if is_meta(follower) || (lines::is_bare_name(follower) && is_meta(below)) {
        return true;
    }
    if next.trim().is_empty() {
        // A headline stands alone; a first paragraph of prose does, too, but it is a sentence and longer.
        return !lines::is_prose(line) || length <= 110;
    }
    let longer = follower.chars().count();
    // The next line goes on where this one was only broken by the page.
    if longer <= 100 && length >= 45 && lines.get(at + 2).is_some_and(|l| !l.trim().is_empty()) {
        return false;
    }
    longer >= length + length / 2 && longer >= 90
        || (length < 60 && !line.ends_with([',', ';']) && lines::is_prose(follower))
}

/// A line that says something about the article.
fn is_meta(line: &str) -> bool {
    let line = without_bullet(line);
    lines::is_byline(line) || lines::is_count(line) || is_date_line(line)
}

fn is_date_line(line: &str) -> bool {
    let line = line.trim();
    // Without a base "2 days ago" and "Dec 2" cannot be resolved, but they are dates.
    line.chars().count() <= 100
        && match date::parse_line(line, None) {
            Ok(_) | Err(date::DateError::NoBase(_) | date::DateError::Ambiguous { .. }) => true,
            Err(_) => false,
        }
}

/// Reads the lines between headline and body; the line where the body starts.
pub(super) fn read_meta(
    lines: &[&str],
    from: usize,
    article: &mut RawArticle,
    context: &Context<'_>,
) -> usize {
    let mut at = next_filled(lines, from);
    let mut seen = 0usize;
    let mut after_gap = at > from;
    while seen < MOST_META_LINES {
        let Some(line) = lines.get(at) else { break };
        let next_at = next_filled(lines, at + 1);
        let next = lines.get(next_at).copied().unwrap_or_default();
        let follows_gap = after_gap;
        after_gap = next_at > at + 1;
        // In capitals a short line is a section among the other lines about the article, not a heading below a gap.
        let capitals =
            (seen > 0 || !follows_gap) && next.trim().chars().count() > line.trim().chars().count();
        let named = read_meta_line(line, capitals, article, context)
            || (article.bylines.is_empty()
                && lines::is_bare_name(without_bullet(line))
                && is_meta(next)
                && {
                    article.bylines.push(without_bullet(line).to_string());
                    true
                });
        if !named {
            break;
        }
        seen += 1;
        at = next_at;
    }
    at
}

/// Reads one line about the article, in parts where it has several (`By Ana Sousa | 2 December 2025 | 4 min read`); whether all
/// of it was understood.
pub(in super::super) fn read_meta_line(
    line: &str,
    capitals: bool,
    article: &mut RawArticle,
    context: &Context<'_>,
) -> bool {
    let line = without_bullet(line);
    if line.chars().count() > 200 || line.is_empty() {
        return false;
    }
    let parts: Vec<&str> = line.split(['|', '•', '·']).map(str::trim).filter(|p| !p.is_empty()).collect();
    if parts.len() < 2 {
        return read_meta_part(line, capitals, article, context);
    }
    let mut read = article.clone();
    let understood = parts.iter().all(|part| read_meta_part(part, capitals, &mut read, context));
    if understood {
        *article = read;
        return true;
    }
    read_meta_part(line, capitals, article, context)
}

fn read_meta_part(line: &str, capitals: bool, article: &mut RawArticle, context: &Context<'_>) -> bool {
    if lines::is_count(line) || lines::is_furniture(line) || lines::is_advertisement(line) {
        return true;
    }
    if lines::is_byline(line) {
        article.bylines.push(line.to_string());
        return true;
    }
    if is_date_line(line) {
        // Of two dates the first is the publication, unless it is only an approximate one.
        let better = article.date.is_none_or(|d| d.precision == DatePrecision::Approximate);
        if better {
            let found = read_date(line, context, None, &mut article.problems);
            article.date = found.or(article.date);
        }
        return true;
    }
    if article.section.is_none()
        && let Some(section) = lines::section(line, capitals)
    {
        article.section = Some(section);
        return true;
    }
    false
}

/// The fields that RFC 822-like headers name.
enum Field {
    Headline,
    Author,
    Date,
    Section,
    Id,
    Language,
    Dateline,
    Other,
}

fn field(key: &str) -> Option<Field> {
    Some(match key.to_lowercase().replace(['-', '_'], " ").as_str() {
        "title" | "headline" | "subject" | "titel" | "titre" | "titulo" | "título" | "titolo" | "hed" => {
            Field::Headline
        }
        "author" | "authors" | "by" | "byline" | "from" | "autor" | "auteur" | "autore" | "writer"
        | "reporter" => Field::Author,
        "date" | "published" | "pubdate" | "publication date" | "publish date" | "datum" | "fecha"
        | "data" | "created" | "posted" => Field::Date,
        "section" | "category" | "desk" | "rubrik" | "ressort" | "rubrique" | "sección" | "sezione"
        | "topic" => Field::Section,
        "id" | "docno" | "article id" | "doc id" | "message id" | "guid" => Field::Id,
        "language" | "lang" => Field::Language,
        "dateline" | "location" | "place" => Field::Dateline,
        "source" | "url" | "link" | "slug" | "keywords" | "tags" | "to" | "updated" | "last updated"
        | "modified" | "publisher" | "copyright" | "word count" | "words" | "page" | "edition"
        | "publication" | "newspaper" | "summary" | "deck" | "dek" | "subtitle" | "image" | "description"
        | "content type" | "mime version" | "body" | "text" | "content" | "length" | "type" | "status" => {
            Field::Other
        }
        _ => return None,
    })
}

/// `Title: …`, `Author: …` lines at the top, at least two of them and a title among them; the line where the body starts.
fn read_headers(lines: &[&str], article: &mut RawArticle, context: &Context<'_>) -> Option<usize> {
    let start = next_filled(lines, 0);
    let mut found: Vec<(Field, String)> = Vec::new();
    let mut at = start;
    while let Some(line) = lines.get(at) {
        if line.starts_with([' ', '\t']) && !line.trim().is_empty() && !found.is_empty() {
            if let Some((_, value)) = found.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
            at += 1;
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { break };
        let Some(field) = field(key.trim()) else { break };
        at += 1;
        let opens_body = matches!(key.trim().to_lowercase().as_str(), "body" | "text" | "content");
        if opens_body && value.trim().is_empty() {
            break;
        }
        if opens_body {
            at -= 1;
            break;
        }
        found.push((field, value.trim().to_string()));
    }
    let titled = found.iter().any(|(field, _)| matches!(field, Field::Headline));
    if !titled || (found.len() < 2 && !lines.get(at).is_some_and(|l| l.trim().is_empty())) {
        return None;
    }
    for (field, value) in found.into_iter().filter(|(_, value)| !value.is_empty()) {
        match field {
            Field::Headline if article.headline.is_empty() => article.headline = value,
            Field::Author => article.bylines.push(value),
            Field::Date if article.date.is_none() => {
                article.date = read_date(&value, context, None, &mut article.problems);
            }
            Field::Section => article.section = article.section.take().or(Some(value)),
            Field::Id => article.id = article.id.take().or(Some(value)),
            Field::Language => article.language = article.language.take().or(Some(value)),
            Field::Dateline => article.dateline = article.dateline.take().or(Some(value)),
            Field::Headline | Field::Date | Field::Other => {}
        }
    }
    Some(next_filled(lines, at))
}

/// Takes `MOSCOW, Dec 2 (Reuters) -` from the front of the first paragraph; its date helps where there is no other.
pub(in super::super) fn take_dateline(article: &mut RawArticle, context: &Context<'_>) {
    let Some(first) = article.paragraphs.first_mut() else { return };
    let Some((dateline, rest)) = dateline(first) else { return };
    let day =
        dateline.split('(').next().unwrap_or_default().split_once(',').map(|(_, day)| day.trim().to_string());
    article.dateline = Some(dateline.to_string());
    *first = rest.to_string();
    if article.date.is_none()
        && let Some(day) = day
    {
        article.date = date::parse_line(&day, context.modified).ok();
    }
}

/// The dateline and the rest of a paragraph: a place in capitals, perhaps a day and an agency, a dash.
fn dateline(paragraph: &str) -> Option<(&str, &str)> {
    let head: String = paragraph.chars().take(90).collect();
    let (mark, at) = [" - ", " – ", " — ", " -- ", "— ", "– ", " _ "]
        .iter()
        .filter_map(|mark| head.find(mark).map(|at| (*mark, at)))
        .min_by_key(|(_, at)| *at)?;
    let dateline = paragraph.get(..at)?.trim_end_matches(['-', '–', '—', ' ']);
    let place: String = dateline.chars().take_while(|c| !matches!(c, ',' | '(')).collect();
    let place = place.trim();
    let capitals =
        place.chars().filter(|c| c.is_uppercase()).count() >= 3 && !place.chars().any(char::is_lowercase);
    let agency =
        dateline.ends_with(')') && place.split(' ').all(|w| w.chars().next().is_some_and(char::is_uppercase));
    let words = place.split(' ').count();
    let rest = paragraph.get(at + mark.len()..)?.trim_start_matches(['-', '–', '—', ' ']);
    ((capitals || agency) && words <= 4 && rest.chars().count() > 20).then_some((dateline, rest))
}
