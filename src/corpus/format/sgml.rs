//! SGML collections → articles: Reuters-21578 (`lewis.dtd`) and TREC's `<DOC>` records (Tipster, AP, WSJ, FT,
//! LA Times and their kin). A scanner for these tags only: the files are not XML, and hold control characters
//! and unclosed tags.

use super::sniff::{Start, starts_with_tag};
use crate::article::Format;
use crate::corpus::fields::publication;
use crate::corpus::plain_text::{entity, fragment, paragraphs};
use crate::corpus::records::delimiter::{Delimiter, Starts};
use crate::corpus::{Context, RawArticle, Record, read_date};

/// The elements that a TREC collection calls its headline.
const HEADLINES: &[&str] = &["headline", "hl", "head", "title", "ti", "h1", "h3"];
/// The elements that hold the text, in their order in the record.
const TEXTS: &[&str] = &["lp", "leadpara", "text", "body", "content"];
const BYLINES: &[&str] = &["byline", "author", "by"];
const DATES: &[&str] = &["date", "date_time", "datetime", "date1", "pub_date", "pubdate", "dd"];
const SECTIONS: &[&str] = &["section", "category", "desk"];
const PUBLICATIONS: &[&str] = &["publication", "pub", "newspaper", "paper"];
const IDS: &[&str] = &["docno", "docid", "id"];

/// A record with more kinds of tags that never close is read no further than its tags: each is looked for to
/// the end.
const MOST_UNCLOSED: usize = 200;

/// What parts the records of a collection.
pub(crate) const DELIMITER: Delimiter = Delimiter { starts, is_certain: true };

/// Where the records of an SGML collection start: at the beginning of a line or behind a tag.
fn starts(bytes: &[u8]) -> Starts<'_> {
    Box::new(memchr::memchr_iter(b'<', bytes).filter(|at| {
        let Some(tag) = bytes.get(at + 1..) else { return false };
        let name = tag.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let known = matches!(name, 3 | 7)
            && tag
                .get(..name)
                .is_some_and(|n| n.eq_ignore_ascii_case(b"doc") || n.eq_ignore_ascii_case(b"reuters"));
        let ends = tag.get(name).is_some_and(|b| *b == b'>' || b.is_ascii_whitespace());
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        known && ends && before.is_none_or(|b| *b == b'>' || b.is_ascii_whitespace())
    }))
}

/// Whether a text is a collection.
pub(crate) fn sniff(start: &Start<'_>) -> Option<Format> {
    let lower = &start.lower;
    let begins = lower.starts_with("<!doctype lewis")
        || starts_with_tag(lower, "reuters")
        || starts_with_tag(lower, "doc");
    begins.then_some(Format::Sgml)
}

/// Reads the records of an SGML text.
pub fn read(text: &str, context: &Context<'_>) -> Vec<Record> {
    let starts: Vec<usize> = starts(text.as_bytes()).collect();
    if starts.is_empty() {
        return vec![Record::Skipped(
            "SGML without `<REUTERS>` or `<DOC>` records: not a collection of articles".into(),
        )];
    }
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(text.len()));
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let record = text.get(*start..end).unwrap_or_default();
            let reuters = record.get(1..8).is_some_and(|name| name.eq_ignore_ascii_case("reuters"));
            if reuters { read_reuters(record, context) } else { read_trec(record, context) }
        })
        .collect()
}

/// A Reuters-21578 record: README of the collection, §VI.
fn read_reuters(record: &str, context: &Context<'_>) -> Record {
    let mut article = RawArticle { id: attribute(record, "newid"), ..RawArticle::default() };
    let (text_tag, text) = element(record, "text").unwrap_or(("", ""));
    article.headline = element(text, "title").map(|(_, t)| plain(t)).unwrap_or_default();
    article.bylines = element(text, "author").map(|(_, t)| plain(t)).into_iter().collect();
    article.dateline = element(text, "dateline").map(|(_, t)| dateline(&plain(t)));
    let body = match element(text, "body") {
        Some((_, body)) => body,
        // Texts that were never marked up stand bare in the element.
        None if attribute(text_tag, "type").is_some_and(|t| t.eq_ignore_ascii_case("unproc")) => text,
        None => "",
    };
    article.paragraphs = body_paragraphs(without_signature(body));
    if let Some((_, topics)) = element(record, "topics") {
        article.section = element(topics, "d").map(|(_, t)| plain(t)).filter(|t| !t.trim().is_empty());
    }
    if let Some((_, date)) = element(record, "date") {
        article.date = read_date(&plain(date), context, None, &mut article.problems);
    }
    article.language = Some("en".to_string());
    if article.headline.is_empty() && article.paragraphs.is_empty() && article.date.is_none() {
        return Record::Unreadable("a record without headline and text".to_string());
    }
    Record::Article(Box::new(article))
}

/// The text without the last line, where that is a name set off by one space: so agencies sign.
fn without_signature(body: &str) -> &str {
    let text = body.trim_end().trim_end_matches("&#3;").trim_end();
    let (before, last) = text.rsplit_once('\n').unwrap_or(("", text));
    let name = last.strip_prefix(' ').filter(|name| !name.starts_with(' ')).unwrap_or_default();
    let capitalised = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    let signs = !name.is_empty() && name.split(' ').count() <= 2 && name.split(' ').all(capitalised);
    if signs { before } else { body }
}

fn read_trec(record: &str, context: &Context<'_>) -> Record {
    let inner = |names: &[&str]| {
        names.iter().find_map(|n| element(record, n)).map(|(_, t)| joined(t)).filter(|t| !t.is_empty())
    };
    let mut article = RawArticle {
        id: inner(IDS).or_else(|| attribute(record, "id")),
        headline: headline(record),
        bylines: inner(BYLINES).into_iter().collect(),
        dateline: inner(&["dateline"]).map(|d| dateline(&d)),
        // The Los Angeles Times' sections say part, page and desk as well.
        section: inner(SECTIONS).map(|s| s.split(';').next().unwrap_or_default().to_string()),
        publication: (PUBLICATIONS.iter()).find_map(|name| publication::name(&inner(&[name])?)).or_else(
            || {
                // `WALL STREET JOURNAL (J), PAGE A1`.
                let source = inner(&["so", "source"])?;
                publication::source(source.split(", PAGE").next()?.trim_end_matches(" (J)"))
            },
        ),
        address: inner(&["url"]),
        language: inner(&["language", "lang"]),
        ..RawArticle::default()
    };
    for (name, content) in elements(record) {
        if TEXTS.iter().any(|t| name.eq_ignore_ascii_case(t)) {
            article.paragraphs.extend(body_paragraphs(content));
        }
    }
    let language = article.language.clone();
    match inner(DATES) {
        Some(date) => {
            article.date = read_date(&edition_cut(&date), context, language.as_deref(), &mut article.problems)
        }
        None => article.date = article.id.as_deref().and_then(|id| date_in_number(id, context)),
    }
    if article.headline.is_empty() && article.paragraphs.is_empty() && article.date.is_none() {
        return Record::Unreadable("a record without headline and text".to_string());
    }
    Record::Article(Box::new(article))
}

/// All headline elements of the record, each once: some collections have several lines, some two kinds.
fn headline(record: &str) -> String {
    let mut found: Vec<String> = Vec::new();
    for (name, content) in elements(record) {
        if HEADLINES.iter().any(|h| name.eq_ignore_ascii_case(h)) {
            let text = joined(content);
            if !text.is_empty() && !found.contains(&text) {
                found.push(text);
            }
        }
    }
    found.join(" / ")
}

/// `AP880212-0001` is of 12 February 1988.
fn date_in_number(id: &str, context: &Context<'_>) -> Option<crate::article::ArticleDate> {
    let digits = id.trim().trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let number: String = digits.chars().take_while(char::is_ascii_digit).collect();
    let known = digits.len() < id.trim().len() && matches!(number.len(), 6 | 8);
    if !known {
        return None;
    }
    crate::corpus::fields::date::parse(&number, context.base()).ok()
}

/// `January 1, 1990, Monday, Home Edition` without what is no date.
fn edition_cut(date: &str) -> String {
    let parts: Vec<&str> = date.split(',').take(3).collect();
    parts.join(",")
}

/// `    SALVADOR, Feb 26 - ` without its dash.
fn dateline(text: &str) -> String {
    text.trim().trim_end_matches(['-', '–', '—', ' ']).to_string()
}

/// The text of an element that may hold `<P>`, on one line.
fn joined(content: &str) -> String {
    let text = if content.contains('<') { fragment::paragraphs(content).join(" ") } else { plain(content) };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// References resolved, control characters gone.
fn plain(content: &str) -> String {
    entity::decode(content).chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn body_paragraphs(content: &str) -> Vec<String> {
    if fragment::is_markup(content) {
        fragment::paragraphs(content)
    } else {
        paragraphs::split(&plain(content))
    }
}

/// The elements of a record that are not inside another: name and content. A text that is not closed ends
/// with the record.
fn elements(record: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    // What never closes is not looked for again.
    let mut unclosed: Vec<&str> = Vec::new();
    let mut from = 1;
    while let Some(at) = record.get(from..).and_then(|rest| memchr::memchr(b'<', rest.as_bytes())) {
        let start = from + at;
        let Some((name, content_start)) = open_tag(record, start) else {
            from = start + 1;
            continue;
        };
        let closes = unclosed.len() < MOST_UNCLOSED && !unclosed.contains(&name);
        let end = if closes { end_of(record, name, content_start) } else { None };
        if closes && end.is_none() {
            unclosed.push(name);
        }
        match end {
            Some((end, next)) => {
                found.push((name, record.get(content_start..end).unwrap_or_default()));
                from = next;
            }
            None if TEXTS.iter().any(|t| name.eq_ignore_ascii_case(t)) => {
                found.push((name, record.get(content_start..).unwrap_or_default()));
                break;
            }
            None => from = content_start,
        }
    }
    found
}

/// The tag that opens at a place: its name, and where its content starts.
fn open_tag(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at + 1..)?;
    let len =
        rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    let name = rest.get(..len).filter(|n| n.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let after = rest.as_bytes().get(len)?;
    if *after != b'>' && !after.is_ascii_whitespace() {
        return None;
    }
    let close = memchr::memchr(b'>', rest.as_bytes().get(len..)?.get(..400.min(rest.len() - len))?)?;
    Some((name, at + 1 + len + close + 1))
}

/// Where an element's content ends, and where what follows it starts.
fn end_of(text: &str, name: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(rest.as_bytes().get(at..)?, b"</") {
        let start = at + found;
        let closes =
            rest.get(start + 2..start + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
                && rest.as_bytes().get(start + 2 + name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
        if closes {
            let end =
                memchr::memchr(b'>', rest.as_bytes().get(start..)?).map_or(rest.len(), |e| start + e + 1);
            return Some((from + start, from + end));
        }
        at = start + 2;
    }
    None
}

/// The first element of a name: its tag and its content; up to the end where it is not closed.
fn element<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let named = text.get(at + 1..at + 1 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        if !named {
            continue;
        }
        let Some((found, start)) = open_tag(text, at) else { continue };
        if found.len() != name.len() {
            continue;
        }
        let end = end_of(text, name, start).map_or(text.len(), |(end, _)| end);
        return Some((text.get(at..start)?, text.get(start..end)?));
    }
    None
}

/// The value of an attribute of the tag that a text starts with.
fn attribute(text: &str, name: &str) -> Option<String> {
    let tag = text.get(..memchr::memchr(b'>', text.as_bytes())?)?;
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        let (before, after) = rest.split_at(at);
        let after = after.get(1..)?.trim_start();
        let key = before
            .trim_end()
            .rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
            .next()
            .unwrap_or_default();
        let (value, next) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = after.get(1..)?;
                let end = inner.find(quote).unwrap_or(inner.len());
                (inner.get(..end)?, inner.get(end..)?)
            }
            _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(entity::decode(value).into_owned());
        }
        rest = next;
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

    fn context() -> Context<'static> {
        Context { path: "a.sgm", modified: None, latest: None, map: None, day_month: None }
    }

    fn articles(text: &str) -> Vec<RawArticle> {
        read(text, &context())
            .into_iter()
            .map(|record| match record {
                Record::Article(article) => *article,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn tags_that_never_close_are_passed_over() {
        let many: String = (0..3).map(|n| format!("<tag{n}>").repeat(300_000)).collect();
        let kinds: String = (0..100_000).map(|n| format!("<tag{n}>")).collect();
        for tags in [many, kinds] {
            let found = articles(&format!("<DOC><DOCNO>1</DOCNO><TEXT>The bridge.</TEXT>{tags}</DOC>"));
            assert_eq!(found[0].paragraphs, ["The bridge."]);
        }
    }

    #[test]
    fn an_empty_record_is_no_article() {
        let records = read("<REUTERS NEWID=\"1\"></REUTERS>\n<DOC></DOC>\n", &context());
        assert!(matches!(records.as_slice(), [Record::Unreadable(_), Record::Unreadable(_)]));
        // One of which all but the date is lost is still counted.
        let dated = articles(
            "<REUTERS NEWID=\"1\"><DATE>3-APR-1987 07:09:06.48</DATE><TEXT TYPE=\"UNPROC\">&#2;</TEXT></REUTERS>",
        );
        assert!(dated[0].date.is_some());
    }

    const WIRE: &str = r#"<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" OLDID="1" NEWID="7">
<DATE> 2-DEC-1987 15:01:01.79&#9;&#9;F</DATE>
<TOPICS><D>bridge</D><D>river</D></TOPICS>
<PLACES></PLACES>
<UNKNOWN>&#5;&#22;f0704&#31;reute
u f BC-BRIDGE   12-02 0105</UNKNOWN>
<TEXT>&#2;
<TITLE>BRIDGE &lt;BRG> CLOSED</TITLE>
<AUTHOR>    by Ana Sousa, Reuters</AUTHOR>
<DATELINE>    RUSKA, Dec 2 - </DATELINE><BODY>The old bridge over the Ruska was closed to
all traffic after engineers found cracks in two of
its piers, the city said.
    It will stay closed for at least three weeks, and
buses take the long way round.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS NEWID="8">
<DATE>2-DEC-1987 15:05:00.00</DATE>
<TOPICS></TOPICS>
<TEXT TYPE="UNPROC">&#2;
BRIDGE BONDS RISE
 Reuter
&#3;</TEXT>
</REUTERS>
<REUTERS NEWID="9">
<DATE>2-DEC-1987 15:06:00.00</DATE>
<TEXT TYPE="BRIEF">&#2;
******<TITLE>BRIDGE TO REOPEN
</TITLE>Blah blah blah.
&#3;</TEXT>
</REUTERS>
"#;

    #[test]
    fn reuters_records() {
        let found = articles(WIRE);
        let [first, bare, brief] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(first.id.as_deref(), Some("7"));
        assert_eq!(first.headline, "BRIDGE <BRG> CLOSED");
        assert_eq!(first.bylines, ["    by Ana Sousa, Reuters"]);
        assert_eq!(first.dateline.as_deref(), Some("RUSKA, Dec 2"));
        assert_eq!(first.section.as_deref(), Some("bridge"));
        assert_eq!(first.date.unwrap().to_string(), "1987-12-02T15:01:01-00:00");
        assert_eq!(
            first.paragraphs,
            [
                "The old bridge over the Ruska was closed to all traffic after engineers found cracks in two of its piers, the \
                 city said.",
                "It will stay closed for at least three weeks, and buses take the long way round."
            ]
        );
        assert_eq!(
            (bare.headline.as_str(), bare.paragraphs.as_slice()),
            ("", ["BRIDGE BONDS RISE".to_string()].as_slice())
        );
        assert_eq!(bare.section, None);
        assert_eq!((brief.headline.trim(), brief.paragraphs.len()), ("BRIDGE TO REOPEN", 0));
    }

    #[test]
    fn trec_records() {
        let text = "<DOC>\n<DOCNO> AP871202-0001 </DOCNO>\n<FILEID>not this</FILEID>\n<HEAD>Bridge closed</HEAD>\n\
            <BYLINE>By ANA SOUSA</BYLINE>\n<DATELINE>RUSKA (AP) </DATELINE>\n<TEXT>\n   The bridge\nis closed.\n</TEXT>\n<TEXT>\nIt \
            stays so.\n</TEXT>\n</DOC>\n<!-- between -->\n<DOC id=\"x2\">\n<DATE><P>December 2, 1990, Sunday, Home Edition</P></DATE>\
            <SECTION><P>Metro; Part B; Page 1</P></SECTION><HEADLINE><P>BUSES GO ROUND</P></HEADLINE>\n<TEXT><P>One &amp; two.</P>\n\
            <P>Three.</P></TEXT></DOC>";
        let found = articles(text);
        let [first, second] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(first.id.as_deref(), Some("AP871202-0001"));
        assert_eq!(first.headline, "Bridge closed");
        assert_eq!(first.paragraphs.join(" "), "The bridge is closed. It stays so.");
        assert_eq!(first.date.unwrap().to_string(), "1987-12-02");
        assert_eq!(first.dateline.as_deref(), Some("RUSKA (AP)"));
        assert_eq!(second.id.as_deref(), Some("x2"));
        assert_eq!(second.section.as_deref(), Some("Metro"));
        assert_eq!(second.date.unwrap().to_string(), "1990-12-02");
        assert_eq!(second.paragraphs, ["One & two.", "Three."]);
    }

    #[test]
    fn unclosed_tags_lose_no_text() {
        let found = articles("<DOC><DOCNO>1</DOCNO><TEXT>The bridge is closed.\n");
        assert_eq!(found.first().unwrap().paragraphs, ["The bridge is closed."]);
        let found = articles("<REUTERS NEWID=\"1\"><TEXT><TITLE>A</TITLE><BODY>The bridge is closed.\n");
        assert_eq!(found.first().unwrap().paragraphs, ["The bridge is closed."]);
    }

    #[test]
    fn other_sgml_is_skipped() {
        assert!(matches!(read("<TEI><TEXT>x</TEXT></TEI>", &context()).as_slice(), [Record::Skipped(_)]));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(<DOC>|<REUTERS NEWID=\"|</|<TEXT|<BODY>|TITLE|>|<|\"|=|&#2;|é|a |\n){0,40}") {
            let _ = read(&text, &context());
        }
    }
}
