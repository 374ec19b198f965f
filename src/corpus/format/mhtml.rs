//! Web pages that a browser saved as one MIME file (RFC 2557) → the article of the page in it.

use jiff::Timestamp;
use mail_parser::PartType;

use super::{html, mail};
use crate::corpus::{Context, Doubt, Record};

/// Reads the page; when it was saved is what its "2 days ago" is counted from.
pub fn read(bytes: &[u8], context: &Context<'_>) -> Record {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let (bytes, cut) = mail::within(bytes);
    let message = match mail::parse(&bytes) {
        Ok(message) => message,
        Err(reason) => return Record::Unreadable(reason),
    };
    let page = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(page) if !page.trim().is_empty() => Some(page),
        _ => None,
    });
    let Some(page) = page else { return Record::Unreadable("a saved page without a page in it".to_string()) };
    let saved = message.date().and_then(|date| Timestamp::from_second(date.to_timestamp()).ok());
    let mut record = html::read(page, &context.taken_down(saved));
    if let Record::Article(article) = &mut record {
        let saved_from = ["Snapshot-Content-Location", "Content-Location"];
        let saved_from = saved_from.iter().find_map(|name| message.header_raw(*name));
        article.address =
            article.address.take().or_else(|| saved_from.map(|address| address.trim().to_owned()));
        article.problems.extend(cut.map(Doubt::from));
    }
    record
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    const SAVED: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/bridge\r\nSubject: Bridge\r\n\
        Date: Tue, 2 Dec 2025 14:05:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; \
        boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <html><head><title>Bridge over the Ruska closed</title><meta charset=3D\"utf-8\"></head><body><nav>Home</nav>=\r\n\
        <article><h1>Bridge over the Ruska closed</h1><time>2 days ago</time><p>The bridge over the Ruska was closed on Monday =E2=80=\r\n\
        =93 engineers had found cracks in two of its piers.</p></article></body></html>\r\n--b\r\nContent-Type: image/png\r\n\
        Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";

    #[test]
    fn the_page_is_read_as_one() {
        let context = Context { path: "a.mht", modified: None, latest: None, map: None, day_month: None };
        let Record::Article(article) = read(SAVED.as_bytes(), &context) else { panic!() };
        assert_eq!(article.headline, "Bridge over the Ruska closed");
        assert_eq!(
            article.paragraphs,
            [
                "The bridge over the Ruska was closed on Monday – engineers had found cracks in two of its piers."
            ]
        );
        assert_eq!(article.date.unwrap().day.to_string(), "2025-11-30");
    }

    #[test]
    fn without_a_page_it_says_so() {
        let context = Context { path: "a.mht", modified: None, latest: None, map: None, day_month: None };
        let bytes = SAVED.replace("text/html\r\nContent-T", "image/gif\r\nContent-T");
        assert!(matches!(read(bytes.as_bytes(), &context), Record::Unreadable(_)));
        assert!(matches!(read(b"", &context), Record::Unreadable(_)));
    }
}
