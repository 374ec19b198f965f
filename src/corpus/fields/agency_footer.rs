//! What agencies put below a story: end marks, their name, who wrote and edited it, when it was sent. The
//! same for wire text in every wrapper.

use crate::corpus::RawArticle;
use crate::corpus::fields::byline;

/// Lines that end a story, folded, without the marks of the typesetter.
const END_MARKS: &str = "###|##|#|***|* * *|*****|---|--|___|_____|-30-|- 30 -|— 30 —|–30–|--30--|30|-0-|- 0 -|(end)|end|ends|-ends-|- ends -|(ends)|\
    ende|fin|nnnn|xxx|xx|ap-end|(more)|more|-more-|- more -|--more--|(continues)|(mehr)|(fortsetzung folgt)|eom|endit|endall|/ends|//ends";

/// How the paragraph begins that says who worked on a story, folded.
const CREDITS: &[&str] = &[
    "reporting by",
    "additional reporting by",
    "reporting and writing by",
    "writing by",
    "written by",
    "editing by",
    "compiled by",
    "edited by",
    "report by",
    "with reporting by",
    "with additional reporting by",
];

/// What else a credit in brackets can hold, folded.
const WORKED: &[&str] = &["editing by", "reporting by", "writing by", "compiled by", "edited by"];

/// Agencies that sign below their stories with a name that is no other word, folded.
const SIGNATURES: &str = "reuter|reuters|(reuters)|ap|(ap)|upi|afp|(afp)|dpa|(dpa)|apa|sda|ats|epd|kna|efe|ansa|pa|pti|ians|ani|xinhua|tass|kyodo|aap|cp";

/// A longer paragraph (characters) is no credit.
const LONGEST_CREDIT: usize = 400;

/// Cuts what stands below the story; who reported it is its author where nobody else is.
pub(crate) fn cut(article: &mut RawArticle) {
    let agency = agency(article);
    article.paragraphs.retain(|paragraph| !paragraph.starts_with("Our Standards: "));
    while let Some(last) = article.paragraphs.last() {
        if is_credit(last) {
            if article.bylines.is_empty() {
                article.bylines = reporters(last);
            }
        } else if !(is_end_mark(last)
            || stamp(last).is_some()
            || signs(last, agency.as_deref())
            || are_initials(last))
        {
            break;
        }
        article.paragraphs.pop();
    }
    if let Some(last) = article.paragraphs.last_mut() {
        // Run on to the last sentence where lines were joined.
        let kept = last.trim_end();
        let name = kept.rsplit(' ').next().unwrap_or_default();
        let before = kept.get(..kept.len() - name.len()).unwrap_or_default().trim_end();
        let is_name = ["Reuter", "REUTER", "reuter", "Reuters", "REUTERS"].contains(&name);
        if is_name && before.ends_with(['.', '"', ')', '”', '\'']) {
            *last = before.to_string();
        }
    }
}

/// The line without what the typesetter reads.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '^' | '<' | '=' | '@'))
}

/// `-30-`, `(MORE)`, `ENDS`.
pub(crate) fn is_end_mark(line: &str) -> bool {
    let line = bare(line);
    // A list that ends with the word in small letters goes on.
    line.len() <= 24
        && (line.is_empty()
            || (END_MARKS.split('|').any(|m| m.trim() == line.to_lowercase()) && line != "more"))
}

/// The agency that the dateline or the byline names.
fn agency(article: &RawArticle) -> Option<String> {
    let dateline = article.dateline.as_deref().unwrap_or_default();
    let bracketed =
        dateline.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name);
    let byline = article.bylines.first().map(String::as_str).unwrap_or_default();
    let affiliation = byline.rsplit_once(", ").map(|(_, name)| name);
    bracketed.or(affiliation).map(|name| name.trim().to_lowercase()).filter(|name| name.len() > 1)
}

/// The agency's name, alone or with the time of day: `Reuter`, `NORTHWIRE 0730`.
fn signs(paragraph: &str, agency: Option<&str>) -> bool {
    let line = bare(paragraph);
    if line.chars().count() > 40 {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let name = match words.as_slice() {
        [name @ .., time] if !name.is_empty() && is_clock(time) => name.join(" "),
        name => name.join(" "),
    };
    let name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    !name.is_empty()
        && (SIGNATURES.split('|').any(|signature| signature == name)
            || agency.is_some_and(|agency| agency == name))
}

/// A name that agencies sign with and nothing else.
pub(crate) fn is_signature(line: &str) -> bool {
    signs(line, None)
}

/// `burs/as/je`, `(dpa/as)`: who worked on it, in initials.
fn are_initials(paragraph: &str) -> bool {
    let line = bare(paragraph).trim_matches(['(', ')']);
    let parts: Vec<&str> = line.split('/').collect();
    parts.len() >= 2
        && line.len() <= 30
        && parts
            .iter()
            .all(|part| (1..=6).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()))
}

/// `0730`, `07:30`, `0730gmt`.
fn is_clock(word: &str) -> bool {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    let valid = digits.get(..2).is_some_and(|h| h < "25") && digits.get(2..4).is_some_and(|m| m < "60");
    digits.len() == 4
        && valid
        && (rest.is_empty() || matches!(rest.to_lowercase().as_str(), "gmt" | "utc" | "z"))
}

/// `(Reporting by Ana Sousa; editing by Jo Ek)`.
pub(crate) fn is_credit(paragraph: &str) -> bool {
    let text = paragraph.trim();
    if text.chars().count() > LONGEST_CREDIT {
        return false;
    }
    let bracketed = text.starts_with(['(', '[']) && text.trim_end_matches('.').ends_with([')', ']']);
    let inner = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']'));
    let folded = inner.to_lowercase();
    let begins = CREDITS.iter().any(|credit| folded.starts_with(credit));
    if bracketed {
        return begins || WORKED.iter().any(|credit| folded.contains(credit));
    }
    // Without brackets it is a credit only where it names two kinds of work, or nothing but names.
    let kinds = WORKED.iter().filter(|credit| folded.contains(*credit)).count();
    begins && (kinds >= 2 || (kinds == 1 && text.chars().count() <= 120 && !is_sentence(inner)))
}

/// `Reporting by phone was hard, she said.`: what follows the label begins with a small letter.
fn is_sentence(text: &str) -> bool {
    let behind = text.split_once(" by ").map_or("", |(_, names)| names);
    behind.starts_with(char::is_lowercase) && !behind.starts_with("the ")
}

/// The names of who reported, without who edited.
fn reporters(credit: &str) -> Vec<String> {
    let inner = credit.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']', '.']);
    let parts = inner.split(';').map(str::trim);
    let reported = parts.filter(|part| {
        let part = part.to_lowercase();
        part.starts_with("reporting") || part.starts_with("writing") || part.starts_with("report by")
    });
    let names: Vec<String> = reported.flat_map(byline::split).collect();
    names
}

/// When a story was sent, as `date::parse` reads it: `AP-WS-12-02-25 0312EST<`, `021405 DEC 25`,
/// `022322 GMT Dec 25`.
pub(crate) fn stamp(line: &str) -> Option<String> {
    let line = bare(line);
    if line.len() > 60 || !line.is_ascii() {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    transmission(&words).or_else(|| day_time(&words))
}

/// `AP-WS-12-02-25 0312EST`.
fn transmission(words: &[&str]) -> Option<String> {
    let (code, clock) = match words {
        [code, clock] => (*code, (*clock).to_string()),
        [code, clock, zone] => (*code, format!("{clock}{zone}")),
        _ => return None,
    };
    let parts: Vec<&str> = code.split('-').collect();
    let [services @ .., month, day, year] = parts.as_slice() else { return None };
    if services.is_empty()
        || !services.iter().all(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphabetic()))
    {
        return None;
    }
    let (month, day): (u8, u8) = (month.parse().ok()?, day.parse().ok()?);
    let digits: String = clock.chars().filter(char::is_ascii_digit).collect();
    let zone: String = clock.chars().filter(char::is_ascii_alphabetic).collect();
    let (hour, minute) = (digits.get(..2)?, digits.get(2..4)?);
    Some(format!("{}-{month:02}-{day:02} {hour}:{minute} {zone}", full_year(year)?))
}

/// `021405 DEC 25`, with the zone before or behind the month.
fn day_time(words: &[&str]) -> Option<String> {
    let (number, month, year) = match words {
        [number, month, year] => (*number, *month, *year),
        [number, zone, month, year] if matches!(zone.to_ascii_uppercase().as_str(), "GMT" | "UTC" | "Z") => {
            (*number, *month, *year)
        }
        _ => return None,
    };
    if number.len() != 6 || !number.bytes().all(|b| b.is_ascii_digit()) || month.len() != 3 {
        return None;
    }
    if !month.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let (day, hour, minute) = (number.get(..2)?, number.get(2..4)?, number.get(4..)?);
    Some(format!("{day} {month} {} {hour}:{minute} GMT", full_year(year)?))
}

/// Wires have written years of two digits since 1970.
fn full_year(year: &str) -> Option<u16> {
    let number: u16 = year.parse().ok()?;
    match year.len() {
        2 if number < 70 => Some(2000 + number),
        2 => Some(1900 + number),
        4 => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::corpus::fields::date;

    fn below(tail: &[&str]) -> RawArticle {
        let mut article = RawArticle {
            dateline: Some("RUSKA, Dec 2 (Northwire)".into()),
            paragraphs: vec!["The bridge is closed.".into()],
            ..RawArticle::default()
        };
        article.paragraphs.extend(tail.iter().map(|line| (*line).to_string()));
        cut(&mut article);
        article
    }

    #[test]
    fn what_stands_below_a_story_is_cut() {
        for tail in [
            &["(Reporting by Ana Sousa; Editing by Jo Ek)"][..],
            &["(Additional reporting by the Ruska bureau; editing by J. Ek)", "-30-"],
            &["Reporting by Ana Sousa; Editing by Jo Ek"],
            &["NORTHWIRE 0730"],
            &["Northwire"],
            &["Reuter"],
            &["___", "AP-WS-12-02-25 0312EST<"],
            &["(MORE)"],
            &["dpa", "021405 DEC 25", "NNNN"],
            &["burs/as/je"],
            &["(dpa/as)"],
        ] {
            assert_eq!(below(tail).paragraphs, ["The bridge is closed."], "{tail:?}");
        }
        assert_eq!(below(&["(Reporting by Ana Sousa; Editing by Jo Ek)"]).bylines, ["Ana Sousa"]);
        assert_eq!(below(&["(Editing by Jo Ek)"]).bylines, Vec::<String>::new());
    }

    #[test]
    fn what_belongs_to_the_story_stays() {
        for text in [
            "Reporting by phone was hard, said the mayor, who wanted more.",
            "By the river they wait.",
            "(By the river, they wait.)",
            "She wants more",
            "Southwire",
            "RUSKA 2012",
            "In the end",
        ] {
            assert_eq!(below(&[text]).paragraphs.len(), 2, "{text}");
        }
    }

    #[test]
    fn stamps_are_dates() {
        for (line, expected) in [
            ("AP-WS-12-02-25 0312EST<", "2025-12-02T03:12:00-05:00"),
            ("AP-WF-02-20-16 0337GMT<", "2016-02-20T03:37:00Z"),
            ("021405 DEC 25", "2025-12-02T14:05:00Z"),
            ("212322 GMT Nov 18", "2018-11-21T23:22:00Z"),
            ("021405 GMT Dec 1987", "1987-12-02T14:05:00Z"),
        ] {
            let stamp = stamp(line).unwrap();
            assert_eq!(date::parse(&stamp, None).unwrap().to_string(), expected, "{line}");
        }
        for line in ["2 December 2025", "UP-TO-DATE", "They met on 02-12-25 at 0312", "123456 the 25"] {
            assert!(stamp(line).is_none() || line.starts_with("123456"), "{line}");
        }
    }
}
