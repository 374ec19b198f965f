//! `MOSCOW, Dec 2 (Reuters) -`: the dateline that opens a text.

use super::lines::is_within;
use crate::corpus::fields::{byline, date};
use crate::corpus::{Context, RawArticle};

/// Takes `MOSCOW, Dec 2 (Reuters) -` from the front of the first paragraph; its date helps where there is no
/// other.
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
    (named && sentence && byline::is_agency(agency))
        .then(|| (paragraph.get(..close + 1).unwrap_or_default(), rest))
}
