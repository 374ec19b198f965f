//! What stands above the text of a wire story: keyword line, headline, notes to editors, byline.

use super::header::Header;
use crate::corpus::fields::byline;
use crate::corpus::{Context, RawArticle};

/// How lines begin that are for editors, folded.
const NOTES: &[&str] = &[
    "eds:",
    "eds.",
    "editors:",
    "editor's note",
    "editors' note",
    "attention",
    "ap photo",
    "ap graphic",
    "ap video",
    "ap audio",
    "with ap",
    "with photo",
    "photo:",
    "index:",
    "symbol:",
    "code:",
    "(eds",
    "embargo",
    "for release",
    "adv ",
    "note to",
    "(achtung",
    "retransmitting",
];

/// Labels of urgency and version that stand alone above a headline, folded.
const LABELS: &[&str] = &[
    "urgent",
    "flash",
    "bulletin",
    "refile",
    "repeat",
    "correction",
    "eilmeldung",
    "alert",
    "1st lead",
    "2nd lead",
    "3rd lead",
    "4th lead",
    "first lead",
    "second lead",
    "roundup",
    "update",
    "zusammenfassung",
    "berichtigung",
    "wiederholung",
];

/// Reads the head into the article; the lines of the text below it.
pub(super) fn read<'l, 't>(
    lines: &'l [&'t str],
    header: &mut Header,
    article: &mut RawArticle,
    context: &Context<'_>,
) -> &'l [&'t str] {
    let start = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len());
    let lines = lines.get(start..).unwrap_or_default();
    let first = lines.iter().take(12);
    if first.clone().any(|line| line.starts_with('^')) {
        return read_caret_lines(lines, header, article);
    }
    let head = lines.iter().take_while(|line| !line.trim().is_empty()).take(10);
    if head.clone().any(|line| line.trim_end().ends_with('=')) {
        return read_equal_lines(lines, article);
    }
    let at = super::super::text::read_head(lines, article, context);
    lines.get(at..).unwrap_or_default()
}

/// ANPA's `^…<` lines: the keyword, the headline, notes, the byline, whose lines end in `=`.
fn read_caret_lines<'l, 't>(
    lines: &'l [&'t str],
    header: &mut Header,
    article: &mut RawArticle,
) -> &'l [&'t str] {
    let mut at = 0;
    let mut headline: Option<String> = None;
    while let Some((line, next)) = caret_line(lines, at) {
        at = next;
        let text = line.trim_matches(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '^' | '<' | '@' | '=')
        });
        let ends_byline = line.trim_end().ends_with('=');
        let folded = text.to_lowercase();
        if byline::is_labelled(text) && (ends_byline || text.split(' ').count() <= 12) {
            article.bylines.push(text.to_string());
        } else if let Some(named) = text.strip_prefix("HL:").or_else(|| text.strip_prefix("Hed:")) {
            headline = Some(named.trim().to_string());
        } else if is_keyword(text, header) {
            if header.version.is_empty() {
                let (keyword, version) = text.split_once([',', ' ']).unwrap_or((text, ""));
                header.read_keyword(keyword, version);
            }
        } else if is_note(&folded) || (ends_byline && !article.bylines.is_empty()) {
            // For the desk, or where the writer works.
        } else if headline.is_none() && !text.is_empty() && !ends_byline {
            headline = Some(text.to_string());
        }
    }
    // A part of a longer story opens with the words that it follows, and has no headline of its own.
    article.headline = headline.filter(|_| header.added.is_none()).unwrap_or_default();
    lines.get(at..).unwrap_or_default()
}

/// The line of the head at a place, with the lines that it goes on in until its end mark, and where the next
/// one is.
fn caret_line(lines: &[&str], at: usize) -> Option<(String, usize)> {
    let mut at = at;
    while lines.get(at)?.trim().is_empty() {
        at += 1;
    }
    let first = lines.get(at)?;
    let ends = |line: &str| line.trim_end().ends_with(['<', '=']);
    let marked = ends(first) && first.len() < 40 && !first.starts_with(['\t', ' ']);
    if !first.starts_with('^') && !marked {
        return None;
    }
    let mut line = (*first).to_string();
    let mut next = at + 1;
    while !ends(&line) && next < at + 4 {
        let Some(more) =
            lines.get(next).filter(|more| !more.starts_with(['^', '\t']) && !more.trim().is_empty())
        else {
            break;
        };
        line.push(' ');
        line.push_str(more.trim());
        next += 1;
    }
    Some((line, next))
}

/// IPTC's head: labels, headline and byline up to a blank line; headline and byline end in `=`.
fn read_equal_lines<'l, 't>(lines: &'l [&'t str], article: &mut RawArticle) -> &'l [&'t str] {
    let last = lines.iter().take(10).take_while(|line| !line.trim().is_empty()).enumerate();
    let end = last.filter(|(_, line)| line.trim_end().ends_with('=')).map(|(i, _)| i + 1).last().unwrap_or(0);
    let mut headline: Vec<&str> = Vec::new();
    let mut ended = false;
    for line in lines.get(..end).unwrap_or_default() {
        let text = line.trim().trim_end_matches('=').trim();
        let folded = text.to_lowercase();
        if byline::is_labelled(text) {
            article.bylines.push(text.to_string());
            ended = !headline.is_empty();
        } else if !ended
            && !is_label(&folded)
            && !is_note(&folded)
            && (!text.ends_with('/') || text.contains(' '))
        {
            headline.push(text);
            ended = line.trim_end().ends_with('=');
        }
    }
    article.headline = headline.join(" ");
    lines.get(end..).unwrap_or_default()
}

fn is_note(folded: &str) -> bool {
    NOTES.iter().any(|note| folded.starts_with(note))
}

fn is_label(folded: &str) -> bool {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    LABELS.contains(&bare)
}

/// `BC-Peace-Talks, 3rd Ld-Writethru,400`: begins with the header's keyword, or like one, and counts words.
fn is_keyword(text: &str, header: &Header) -> bool {
    let named = ["BC-", "AM-", "PM-", "AP-"].iter().any(|cycle| text.starts_with(cycle));
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let first = text.split(',').next().unwrap_or_default();
    let counted = text.rsplit(',').next().is_some_and(|n| n.trim().parse::<u32>().is_ok());
    let keyword = letters(&header.keyword);
    named && !first.trim_end().contains(' ')
        || counted && text.contains(',')
        || (keyword.len() >= 4 && letters(first).starts_with(&keyword))
}

/// Why a story is not for readers: an order to kill one, a note to editors.
pub(super) fn not_news(header: &Header, article: &RawArticle, body: &[&str]) -> Option<String> {
    let words = |text: &str| {
        text.to_lowercase().split(|c: char| !c.is_alphabetic()).map(str::to_string).collect::<Vec<_>>()
    };
    let kill = |text: &str| words(text).iter().any(|word| word == "kill" || word == "withhold");
    let headline = article.headline.to_lowercase();
    let ordered = ["kill", "bulletin kill", "urgent kill", "mandatory kill", "story kill"]
        .iter()
        .any(|k| headline == *k);
    if kill(&header.version) || ordered {
        return Some(format!("an agency's order to kill `{}`: not an article", header.keyword));
    }
    let opening = body.iter().find(|line| !line.trim().is_empty()).map(|line| line.trim().to_lowercase());
    let addressed = opening.is_some_and(|line| {
        ["editors:", "attention editors", "to editors", "(editors:"].iter().any(|note| line.starts_with(note))
    });
    (header.is_advisory() || addressed).then(|| "a note to editors: not an article".to_string())
}
