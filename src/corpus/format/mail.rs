//! Mail (RFC 5322, MIME) → an article a message: newsletters, wires and stories that were sent in. A mailbox
//! is read message by message; what is attached is handed out as files of its own.

mod attached;
mod boilerplate;
mod bounds;
mod forwarded;
pub(crate) mod mailbox;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use mail_parser::{
    Address, Encoding, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

pub(in crate::corpus) use attached::{Attached, attached};
pub(super) use bounds::within;

use super::{html, text};
use crate::corpus::plain_text::budget::{self, MOST_LINES};
use crate::corpus::plain_text::fragment;
use crate::corpus::records::decode;
use crate::corpus::{Context, Doubt, RawArticle, Record, read_date};
use crate::section;
use mailbox::mailbox_start;

/// Messages that lie inside one another more often than this (or hold more such parts) are made to harm.
const MOST_MESSAGES_INSIDE: usize = 500;

/// Reads a message, or the messages of a mailbox.
pub fn read(bytes: &[u8], context: &Context<'_>) -> Vec<Record> {
    messages(bytes).map(|message| read_message(&message, context)).collect()
}

/// The messages as they were sent: in a mailbox without their `From ` lines, and lines in them that begin
/// like one as they were.
fn messages(bytes: &[u8]) -> impl Iterator<Item = Cow<'_, [u8]>> {
    let is_mailbox = mailbox_start(bytes).is_some();
    let mut starts: Vec<usize> = if is_mailbox { mailbox::starts(bytes).collect() } else { vec![0] };
    starts.push(bytes.len());
    let spans: Vec<(usize, usize)> =
        starts.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
    spans.into_iter().map(move |(start, end)| {
        let message = bytes.get(start..end).unwrap_or_default();
        if !is_mailbox {
            return Cow::Borrowed(
                message.strip_prefix(b"\xef\xbb\xbf").unwrap_or(message).trim_ascii_start(),
            );
        }
        let below = |text: &[u8]| memchr::memchr(b'\n', text).map_or(text.len(), |at| at + 1);
        let mut message = message.get(below(message)..).unwrap_or_default();
        // Other relays' `From ` lines, as they were handed on, are no fields.
        while message.starts_with(b">From ") {
            message = message.get(below(message)..).unwrap_or_default();
        }
        unquoted(message)
    })
}

/// Without the `>` that mailboxes put before lines that begin with `From `.
fn unquoted(message: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memmem::find(message, b">From ").is_none() {
        return Cow::Borrowed(message);
    }
    let mut out = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|b| *b == b'\n') {
        let marks = line.iter().take_while(|b| **b == b'>').count();
        let quoted = marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "));
        out.extend_from_slice(line.get(usize::from(quoted)..).unwrap_or_default());
    }
    Cow::Owned(out)
}

/// Takes a message apart; the reason where it cannot be.
pub(super) fn parse(message: &[u8]) -> Result<Message<'_>, String> {
    let inside = memchr::memchr2_iter(b'm', b'M', message).filter(|at| {
        let kind = message.get(*at..).unwrap_or_default();
        [&b"message/"[..], b"multipart/digest"]
            .iter()
            .any(|k| kind.get(..k.len()).is_some_and(|found| found.eq_ignore_ascii_case(k)))
    });
    if inside.take(MOST_MESSAGES_INSIDE + 1).count() > MOST_MESSAGES_INSIDE {
        return Err(format!("more than {MOST_MESSAGES_INSIDE} messages inside one another"));
    }
    MessageParser::default()
        .parse(message)
        .filter(|m| m.parts.first().is_some_and(|part| !part.headers.is_empty()))
        .ok_or_else(|| "not a mail: it has no header".to_string())
}

fn read_message(bytes: &[u8], context: &Context<'_>) -> Record {
    let (bytes, cut) = bounds::within(bytes);
    match read_bounded(&bytes, context) {
        Record::Article(mut article) => {
            article.problems.extend(cut.map(Doubt::from));
            Record::Article(article)
        }
        Record::Skipped(reason) | Record::Unreadable(reason) if cut.is_some() => {
            Record::Unreadable(cut.unwrap_or(reason))
        }
        other => other,
    }
}

fn read_bounded(bytes: &[u8], context: &Context<'_>) -> Record {
    let message = match parse(bytes) {
        Ok(message) => message,
        Err(reason) => return Record::Unreadable(reason),
    };
    let sent = message.date().and_then(|date| jiff::Timestamp::from_second(date.to_timestamp()).ok());
    let context = context.taken_down(sent);
    let mut article = of_header(&message, &context);
    let body = Body::of(&message);
    if body.is_empty() {
        return Record::Skipped(if message.attachment_count() > 0 {
            "a mail without text: what is attached to it is read for itself".to_string()
        } else {
            "a mail without text".to_string()
        });
    }
    let dated = article.date.take();
    body.read(&mut article, &context);
    article.problems.extend(body.cut.map(Doubt::from));
    article.date = dated.or(article.date);
    if article.bylines.is_empty() {
        article.bylines.extend(sender(&message));
    }
    if article.headline.is_empty() && article.paragraphs.is_empty() {
        return Record::Unreadable("holds no text".to_string());
    }
    Record::Article(Box::new(article))
}

/// What the header says of the article.
fn of_header(message: &Message<'_>, context: &Context<'_>) -> RawArticle {
    let language = match message.header("Content-Language") {
        Some(HeaderValue::Text(language)) => Some(language.to_string()),
        _ => None,
    };
    let mut article = RawArticle {
        id: message.message_id().map(str::to_owned),
        headline: boilerplate::subject(message.subject().unwrap_or_default()),
        section: list_name(message),
        // A list that is called as a section is the section's.
        publication: list_name(message).filter(|name| section::known(name).is_none()),
        address: message.header_raw("Archived-At").map(|address| address.trim().to_owned()),
        language,
        ..RawArticle::default()
    };
    if let Some(date) = message.header_raw("Date") {
        article.date = read_date(date.trim(), context, None, &mut article.problems);
    }
    article
}

/// The name of whoever sent it; an address alone is none.
fn sender(message: &Message<'_>) -> Option<String> {
    let name = match message.from()? {
        Address::List(list) => list.first()?.name.as_deref()?,
        Address::Group(groups) => groups.first()?.name.as_deref()?,
    };
    let name = name.split(" via ").next().unwrap_or(name).trim_matches(['"', '\'', ' ']);
    (!name.contains('@')).then(|| name.to_string())
}

/// `World briefing` of `List-Id: World briefing <world.courier.example>`.
fn list_name(message: &Message<'_>) -> Option<String> {
    let id = message.header_raw("List-Id")?;
    let encoded = format!("Subject: {}\n\n", id.split('<').next()?.trim());
    let decoded =
        MessageParser::default().parse(encoded.as_bytes())?.subject()?.trim().trim_matches('"').to_string();
    (!decoded.is_empty() && !decoded.contains(['@', '.'])).then_some(decoded)
}

/// The text of a message, as the sender wrote it: in one of two ways, or in both.
struct Body<'m> {
    plain: String,
    pages: Vec<Cow<'m, str>>,
    is_reply: bool,
    /// What is said of a text that has too many lines.
    cut: Option<String>,
}

impl<'m> Body<'m> {
    fn of(message: &'m Message<'_>) -> Self {
        let mut plain = String::new();
        let mut pages = Vec::new();
        for part in message.text_bodies() {
            if let PartType::Text(text) = &part.body {
                plain.push_str(&undeclared(message, part).unwrap_or(Cow::Borrowed(text)));
                plain.push('\n');
            }
        }
        for part in message.html_bodies() {
            if let PartType::Html(page) = &part.body
                && !page.trim().is_empty()
            {
                pages.push(undeclared(message, part).unwrap_or(Cow::Borrowed(page.as_ref())));
            }
        }
        let start = plain.trim_start().get(..14).unwrap_or_default().to_ascii_lowercase();
        if pages.is_empty() && (start.starts_with("<html") || start.starts_with("<!doctype html")) {
            pages.push(Cow::Owned(std::mem::take(&mut plain)));
        }
        let is_reply = message.subject().is_some_and(boilerplate::is_reply);
        let ends = memchr::memchr_iter(b'\n', plain.as_bytes());
        let (kept, cut) = budget::within(&plain, MOST_LINES, "lines", ends);
        plain.truncate(kept.len());
        Self { plain, pages, is_reply, cut }
    }

    fn is_empty(&self) -> bool {
        self.plain.trim().is_empty() && self.pages.is_empty()
    }

    /// Reads it as a page where it is one and says as much, for programs write the text beside it without
    /// care; else as text.
    fn read(&self, article: &mut RawArticle, context: &Context<'_>) {
        let plain = match self.plain.trim() {
            "" => Cow::Owned(
                self.pages.iter().map(|page| flat(boilerplate::page_without_quote(page))).collect(),
            ),
            _ => Cow::Borrowed(&self.plain),
        };
        let as_page = if forwarded::starts(&plain) { None } else { self.as_page(context) };
        let mut as_text = article.clone();
        read_text(&plain, self.is_reply, &mut as_text, context);
        let words = |paragraphs: &[String]| -> usize {
            let is_word = |w: &&str| !w.contains("://");
            paragraphs.iter().map(|p| p.split_whitespace().filter(is_word).count()).sum()
        };
        match as_page {
            Some(page) if words(&page.paragraphs) * 2 >= words(&as_text.paragraphs) => {
                article.paragraphs = page.paragraphs;
                article.bylines = page.bylines;
                article.language = article.language.take().or(page.language);
                article.publication = page.publication.or(article.publication.take());
                article.address = article.address.take().or(page.address);
                text::take_dateline(article, context);
            }
            _ => *article = as_text,
        }
    }

    fn as_page(&self, context: &Context<'_>) -> Option<RawArticle> {
        let page = boilerplate::page_without_quote(self.pages.first()?);
        let Record::Article(mut page) = html::read(page, context) else { return None };
        page.paragraphs = boilerplate::without_footer(page.paragraphs);
        Some(*page)
    }
}

/// A page's text where the reader of pages finds no article in it.
fn flat(page: &str) -> String {
    let body = page.find("<body").and_then(|at| page.get(at..)).unwrap_or(page);
    fragment::paragraphs(body).join("\n\n") + "\n\n"
}

/// The text of a part whose bytes are in an encoding that nothing names.
fn undeclared<'m>(message: &'m Message<'_>, part: &MessagePart<'_>) -> Option<Cow<'m, str>> {
    let is_lossy = part.text_contents().is_some_and(|text| text.contains('\u{fffd}'));
    let is_plain = matches!(part.encoding, Encoding::None);
    let declared = part.content_type().is_some_and(|kind| kind.attribute("charset").is_some());
    if !is_lossy || !is_plain || declared {
        return None;
    }
    let bytes = message.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    Some(decode::decode(bytes, None).text)
}

/// Reads a text part into the article.
fn read_text(plain: &str, is_reply: bool, article: &mut RawArticle, context: &Context<'_>) {
    let lines: Vec<&str> = plain.lines().map(str::trim_end).collect();
    let (header, lines) = forwarded::open(&lines, is_reply);
    header.into_article(article, context);
    let lines = boilerplate::own_lines(&lines);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or_default();
    if boilerplate::is_slug(&article.headline)
        && let Record::Article(read) = text::read(&lines.join("\n"), context)
        && !read.headline.is_empty()
    {
        let own = std::mem::take(article);
        *article = RawArticle {
            id: own.id,
            section: read.section.clone().or(own.section),
            publication: read.publication.clone().or(own.publication),
            address: read.address.clone().or(own.address),
            date: own.date.or(read.date),
            language: own.language,
            problems: own.problems,
            ..*read
        };
    } else {
        let repeated = lines.get(first).is_some_and(|line| boilerplate::is_same(line, &article.headline));
        let below = lines.get(first + usize::from(repeated)..).unwrap_or_default();
        text::read_below_headline(below, article, context);
    }
    article.paragraphs = boilerplate::without_footer(std::mem::take(&mut article.paragraphs));
}
