//! What stands above the body of a text: headers, headline, byline, date, section, and the frame of the page it was copied from.

use super::lines::{self, is_within, without_bullet};
use super::{boilerplate, headers, is_text, page, stands_above_column};
use crate::article::DatePrecision;
use crate::corpus::fields::date;
use crate::corpus::{Context, RawArticle, read_date};

/// A longer first line (characters) is no headline.
const LONGEST_HEADLINE: usize = 220;

/// A longer line (characters) below the headline is the text's first paragraph.
const LONGEST_STANDFIRST: usize = 260;

/// How many lines between headline and body may say something about the article.
const MOST_META_LINES: usize = 14;

/// Reads headers and headline into the article; the line where the body starts.
pub(in super::super) fn read(lines: &[&str], article: &mut RawArticle, context: &Context<'_>) -> usize {
    if let Some(body) = headers::read(lines, article, context) {
        return body;
    }
    if let Some(body) = page::read(lines, article, context) {
        return body;
    }
    let (mut at, trail) = skip_frame(lines);
    article.section = trail;
    if let Some(section) = kicker(lines, at) {
        article.section = Some(section);
        at = next_filled(lines, at + 1);
    }
    if !is_headline(lines, at) {
        return at;
    }
    let end = headline_end(lines, at);
    let headline: Vec<&str> = lines
        .get(at..end)
        .unwrap_or_default()
        .iter()
        .map(|line| line.trim().trim_start_matches("# "))
        .collect();
    article.headline = headline.join(" ");
    let below = if lines.get(end).is_some_and(|line| is_underline(line)) { end + 1 } else { end };
    read_meta(lines, below, article, context)
}

/// `=====` below a headline.
fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ["=", "-", "*", "~", "_"].iter().any(|mark| line.trim_start_matches(mark).is_empty())
}

/// The line below a headline, which may go on in a second and third one: in small letters, or all of them in capitals.
pub(super) fn headline_end(lines: &[&str], at: usize) -> usize {
    let shouted = |line: &str| line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
    let first = lines.get(at).copied().unwrap_or_default();
    let mut end = at + 1;
    while let Some(line) =
        lines.get(end).map(|line| line.trim()).filter(|line| !line.is_empty() && end < at + 3)
    {
        let goes_on = line.starts_with(char::is_lowercase)
            || (shouted(first)
                && shouted(line)
                && first.split(' ').count() >= 3
                && line.split(' ').count() >= 2);
        let short = || is_within(line, 90) && !line.ends_with('.') && !is_meta(line) && !is_underline(line);
        if !goes_on || !short() || lines::is_known_section(line) {
            break;
        }
        end += 1;
    }
    // Lines that go on and on are a paragraph.
    let ended =
        lines.get(end).is_none_or(|line| line.trim().is_empty() || is_meta(line) || is_underline(line));
    if ended { end } else { at + 1 }
}

pub(super) fn next_filled(lines: &[&str], from: usize) -> usize {
    (from..lines.len()).find(|i| lines.get(*i).is_some_and(|l| !l.trim().is_empty())).unwrap_or(lines.len())
}

/// Past the page's own first lines and the codes of the wire; the section that the trail of the page names.
fn skip_frame(lines: &[&str]) -> (usize, Option<String>) {
    let mut at = next_filled(lines, 0);
    let mut section = None;
    while let Some(line) = lines.get(at) {
        let trail = trail(line);
        let frame = trail.is_some()
            || boilerplate::is_above_headline(line)
            || is_wire_code(line)
            || boilerplate::is_interruption(line)
            || boilerplate::is_picture_line(line);
        let next = next_filled(lines, at + 1);
        if !frame || next >= lines.len() || line.trim().is_empty() {
            break;
        }
        section = trail.flatten().or(section);
        at = next;
    }
    (at, section)
}

/// `r f BC-BRIDGE-CLOSED 1stLd 12-02 0105`, `BC-BRIDGE, updates with houses`, `NW1128-04 URGENT`: a wire's slug line.
pub(super) fn is_wire_code(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 80 || line.ends_with('.') {
        return false;
    }
    let has_hyphen = memchr::memchr(b'-', line.as_bytes()).is_some();
    let cycles = ["BC-", "AM-", "PM-"].iter().filter(|_| has_hyphen);
    let cycle = cycles.copied().find_map(|cycle| line.find(cycle).map(|at| (at, line.get(at + 3..))));
    if let Some((at, Some(slug))) = cycle {
        let digits = line.bytes().any(|b| b.is_ascii_digit());
        return (at == 0 && slug.starts_with(char::is_alphanumeric)) || digits;
    }
    let mut words = line.split_whitespace();
    let code = words.next().unwrap_or_default();
    let is_code = code.contains(|c: char| c.is_ascii_digit())
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && !code.chars().any(char::is_lowercase);
    let urgent = |word: &str| matches!(word, "URGENT" | "FLASH" | "BULLETIN" | "ALERT" | "SNAP" | "UPDATE");
    match (words.next(), words.next()) {
        (None, _) => urgent(code),
        (Some(label), None) => is_code && urgent(label),
        _ => false,
    }
}

/// What stands between the steps of a trail.
const STEPS: [char; 5] = ['>', '›', '»', '/', '→'];

/// `Home > World > Europe`: that it is one, and the section that stands behind the front page.
pub(super) fn trail(line: &str) -> Option<Option<String>> {
    let line = line.trim();
    if !is_within(line, 120) || !line.contains(STEPS) {
        return None;
    }
    let line = line.strip_prefix("You are here:").map_or(line, str::trim);
    let steps: Vec<&str> = line.split(STEPS).map(str::trim).collect();
    // The last step can be the article's own headline.
    let short = steps
        .iter()
        .rev()
        .skip(usize::from(steps.len() > 2))
        .all(|step| step.chars().count() <= 40 && step.split(' ').count() <= 4);
    let home = |step: &str| {
        matches!(
            step.to_lowercase().as_str(),
            "home" | "news" | "startseite" | "accueil" | "inicio" | "front page" | "homepage"
        )
    };
    let first = *steps.first()?;
    let is_trail = steps.len() >= 2
        && short
        && (home(first) || (lines::is_known_section(first) && steps.get(1).is_some_and(|s| !s.is_empty())));
    is_trail
        .then(|| steps.iter().find(|step| !step.is_empty() && !home(step)).map(|step| (*step).to_string()))
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
    if !is_within(line, LONGEST_HEADLINE) || line.is_empty() {
        return false;
    }
    let length = line.chars().count();
    // The dateline opens a text, it is no headline.
    if dateline(line).is_some_and(|(dateline, _)| dateline.contains(|c: char| c == '(' || c.is_ascii_digit()))
    {
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
    if is_meta(follower) || is_underline(next) || (lines::is_bare_name(follower) && is_meta(below)) {
        return true;
    }
    if headline_end(lines, at) > at + 1 {
        return length >= 15;
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
        || (length < 60
            && !line.ends_with([',', ';'])
            && (lines::is_prose(follower) || stands_above_column(lines, at)))
}

/// A line that says something about the article.
fn is_meta(line: &str) -> bool {
    let line = without_bullet(line);
    lines::is_byline(line) || lines::is_count(line) || is_date_line(line)
}

fn is_date_line(line: &str) -> bool {
    let line = line.trim();
    is_within(line, 100) && date::is_line(line)
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
    if let Some(below) = below_standfirst(lines, at) {
        at = below;
        after_gap = true;
    }
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
            || is_about_the_author(line, article)
            || boilerplate::is_picture_line(line)
            || (article.bylines.is_empty() && {
                let name = without_bullet(line);
                // A name stands above the day or the writer's role, or below the day and apart from the text.
                let apart = seen > 0 && article.date.is_some() && after_gap && is_text(lines, next_at);
                let is_name = lines::are_bare_names(name) && (is_meta(next) || is_role(next) || apart);
                article.bylines.extend(is_name.then(|| name.to_string()));
                is_name
            });
        if !named {
            break;
        }
        seen += 1;
        at = next_at;
    }
    at
}

/// Where the byline or day stands that has a standfirst above it: one line, shorter than a paragraph.
fn below_standfirst(lines: &[&str], at: usize) -> Option<usize> {
    let line = lines.get(at)?.trim();
    let below = next_filled(lines, at + 1);
    let next = lines.get(below)?;
    let below_next = lines.get(next_filled(lines, below + 1)).copied().unwrap_or_default();
    let starts_meta = lines::is_byline(next)
        || is_date_line(next)
        || (lines::are_bare_names(next.trim()) && is_meta(below_next));
    let is_standfirst = is_within(line, LONGEST_STANDFIRST)
        && line.split(' ').count() >= 4
        && !is_meta(line)
        && dateline(line).is_none()
        && !boilerplate::is_boilerplate(line);
    (is_standfirst && starts_meta).then_some(below)
}

/// `Political correspondent`, `Northwire News, Ruska`, `ana.sousa@paper.example`: below the name.
pub(super) fn is_about_the_author(line: &str, article: &RawArticle) -> bool {
    let line = without_bullet(line);
    let words = line.split(' ').count();
    if article.bylines.is_empty() || words > 6 || line.ends_with('.') {
        return false;
    }
    let address = words <= 2 && (line.contains('@') || line.starts_with("http"));
    address || is_role(line) || line.split(',').next().is_some_and(crate::corpus::fields::byline::is_agency)
}

pub(super) fn is_role(line: &str) -> bool {
    let line = line.trim();
    (1..=6).contains(&line.split(' ').count())
        && !line.ends_with(['.', '!', '?'])
        && crate::corpus::fields::byline::names_a_role(line)
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
    if !is_within(line, 200) || line.is_empty() {
        return false;
    }
    let has_parts = line.contains(['|', '•', '·', '\t']) || line.contains("  ");
    if !has_parts && is_single_meta(line, capitals) {
        return read_meta_part(line, capitals, article, context);
    }
    for line in in_parts(line, has_parts) {
        let parts: Vec<&str> = line.split(['|', '•', '·']).map(str::trim).filter(|p| !p.is_empty()).collect();
        if parts.len() < 2 {
            continue;
        }
        let mut read = article.clone();
        let dated = parts.iter().any(|part| is_date_line(part));
        let named = |part: &&str, read: &mut RawArticle| {
            let place = dated && !part.contains(' ') && part.starts_with(char::is_uppercase);
            read_meta_part(part, capitals, read, context)
                || place
                || read_name_and_day(part, read, context)
                || (read.bylines.is_empty() && lines::are_bare_names(part) && {
                    read.bylines.push((*part).to_string());
                    true
                })
        };
        if parts.iter().all(|part| named(part, &mut read)) {
            *article = read;
            return true;
        }
    }
    read_name_and_day(line, article, context) || read_meta_part(line, capitals, article, context)
}

/// Dashes that may stand between the parts of a line.
const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// The line with `|` between its parts, if it can have any: first without, then with those that a dash sets off.
fn in_parts(line: &str, has_parts: bool) -> Vec<String> {
    if !has_parts && !DASHES.iter().any(|dash| line.contains(dash)) {
        return Vec::new();
    }
    let spread = line.replace('\t', "|").replace("  ", "|");
    let dashed = DASHES.iter().fold(spread.clone(), |line, dash| line.replace(dash, "|"));
    vec![spread, dashed]
}

/// Whether a line without parts is understood as a whole.
fn is_single_meta(line: &str, capitals: bool) -> bool {
    lines::is_count(line)
        || boilerplate::is_boilerplate(line)
        || is_date_line(line)
        || (capitals && lines::section(line, true).is_some())
}

/// `By Ana Sousa on 2 December 2025`, `Ruska, 2 December 2025`, `Posted on 2 December 2025 by Ana Sousa`.
fn read_name_and_day(line: &str, article: &mut RawArticle, context: &Context<'_>) -> bool {
    if !is_within(line, 120) || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let spaces: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).take(24).collect();
    let marks = |c: char| matches!(c, ',' | ' ' | '-' | '–' | '—' | ':' | '/' | '|');
    for at in spaces {
        let (before, behind) = line.split_at(at);
        let (before, behind) = (before.trim_matches(marks), behind.trim_matches(marks));
        if is_date_line(before) && lines::is_byline(behind) {
            article.bylines.push(behind.to_string());
            return read_meta_part(before, false, article, context);
        }
        if !behind.bytes().any(|b| b.is_ascii_digit()) || !is_date_line(behind) {
            continue;
        }
        let name = lines::is_byline(before) || (article.bylines.is_empty() && lines::are_bare_names(before));
        let place = before.split(' ').count() <= 3
            && before.split(' ').all(|word| word.starts_with(char::is_uppercase));
        if name {
            article.bylines.push(before.to_string());
        }
        if name || place {
            return read_meta_part(behind, false, article, context);
        }
    }
    false
}

fn read_meta_part(line: &str, capitals: bool, article: &mut RawArticle, context: &Context<'_>) -> bool {
    if lines::is_count(line) || boilerplate::is_boilerplate(line) || boilerplate::is_advertisement(line) {
        return true;
    }
    if lines::is_byline(line) {
        article.bylines.push(line.to_string());
        return true;
    }
    if is_date_line(line) {
        // Of two dates the first is the publication, unless it is only an approximate one.
        let published = lines::is_labelled_published(line);
        let better = published || article.date.is_none_or(|d| d.precision == DatePrecision::Approximate);
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
        article.date = date::parse_line(&day, context.base()).ok();
    }
}

/// The dateline ends within so many characters.
const LONGEST_DATELINE: usize = 90;

/// The dateline and the rest of a paragraph: a place in capitals, perhaps a day and an agency, a dash.
pub(super) fn dateline(paragraph: &str) -> Option<(&str, &str)> {
    let end = paragraph.char_indices().nth(LONGEST_DATELINE).map_or(paragraph.len(), |(at, _)| at);
    let head = paragraph.get(..end)?;
    if let Some(found) = dateline_of_agency(paragraph, head) {
        return Some(found);
    }
    if !head.contains(['-', '–', '—', '_']) {
        return None;
    }
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
    ((capitals || agency) && words <= 4 && !is_within(rest, 20)).then_some((dateline, rest))
}

/// `Berlin (KNA) Die Bischöfe …`: an agency in brackets behind a place, and no dash.
fn dateline_of_agency<'p>(paragraph: &'p str, head: &str) -> Option<(&'p str, &'p str)> {
    let open = head.find(" (")?;
    let close = open + head.get(open..)?.find(')')?;
    let place = head.get(..open)?;
    let agency = head.get(open + 2..close)?;
    let named =
        place.split(' ').count() <= 3 && place.split(' ').all(|word| word.starts_with(char::is_uppercase));
    let rest = paragraph.get(close + 1..)?.trim_start();
    let sentence = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '„' | '“' | '«'));
    (named && sentence && crate::corpus::fields::byline::is_agency(agency))
        .then(|| (paragraph.get(..close + 1).unwrap_or_default(), rest))
}
