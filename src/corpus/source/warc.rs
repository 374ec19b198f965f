//! WARC (ISO 28500) → the pages that were saved in it, each once. Only what a page says is read; requests,
//! pictures and metadata are counted and left.

use std::io::{self, BufRead, Read};

use encoding_rs::Encoding;
use jiff::Timestamp;
use rustc_hash::FxHashSet;

/// Headers longer than this (bytes) are no headers.
const LARGEST_HEAD: u64 = 64 << 10;

/// One saved page.
pub(crate) struct Page {
    pub url: String,
    /// When it was saved: what "2 days ago" on it is counted from.
    pub saved: Option<Timestamp>,
    /// The encoding that the server declared.
    pub encoding: Option<&'static Encoding>,
    pub bytes: Vec<u8>,
}

/// What comes out of an archive of pages.
pub(crate) enum Record {
    Page(Page),
    /// A page that cannot be had: its URL and the reason.
    Lost(String, String),
}

/// The records of an archive, one after the other.
pub(crate) struct Records<R> {
    input: R,
    largest: usize,
    seen: FxHashSet<(String, String)>,
    number: u32,
    /// Why there is no going on after the record that was given last.
    fault: Option<String>,
    /// Records that hold no page.
    pub passed_over: u32,
}

/// The named fields of a record or of a response.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl<R: BufRead> Records<R> {
    pub fn new(input: R, largest: usize) -> Self {
        Self { input, largest, seen: FxHashSet::default(), number: 0, fault: None, passed_over: 0 }
    }

    /// The next page; the end, or why there is no going on.
    pub fn next(&mut self) -> Result<Option<Record>, String> {
        loop {
            if let Some(fault) = self.fault.take() {
                return Err(fault);
            }
            let Some(fields) = self.head()? else { return Ok(None) };
            self.number += 1;
            let length: u64 = fields
                .get("Content-Length")
                .and_then(|l| l.trim().parse().ok())
                .ok_or_else(|| format!("record {} does not say how long it is", self.number))?;
            let record = self.content(&fields, length)?;
            match record {
                Some(record) => return Ok(Some(record)),
                None => self.passed_over += 1,
            }
        }
    }

    /// The version line and the fields of a record; `None` at the end.
    fn head(&mut self) -> Result<Option<Fields>, String> {
        loop {
            let line = self.line()?;
            match line.as_deref().map(str::trim) {
                None => return Ok(None),
                Some("") => {}
                Some(version) if version.starts_with("WARC/") => break,
                Some(_) => return Err(format!("what follows record {} is no record", self.number)),
            }
        }
        let mut fields = Fields(Vec::new());
        loop {
            match self.line()? {
                Some(line) if !line.trim().is_empty() && fields.0.len() < 1000 => {
                    push_field(&line, &mut fields)
                }
                _ => return Ok(Some(fields)),
            }
        }
    }

    fn line(&mut self) -> Result<Option<String>, String> {
        let mut line = Vec::new();
        let read =
            (&mut self.input).take(LARGEST_HEAD).read_until(b'\n', &mut line).map_err(|e| self.broken(&e))?;
        Ok((read > 0).then(|| String::from_utf8_lossy(&line).into_owned()))
    }

    fn broken(&self, error: &io::Error) -> String {
        format!("the archive breaks off after record {}: {}", self.number, error.to_string().to_lowercase())
    }

    /// Reads one record's block, all of it.
    fn content(&mut self, fields: &Fields, length: u64) -> Result<Option<Record>, String> {
        let url = fields.get("WARC-Target-URI").unwrap_or_default().trim_matches(['<', '>']).to_string();
        let kind = fields.get("WARC-Type").unwrap_or_default();
        let wanted = matches!(kind, "response" | "resource" | "conversion") && url.starts_with("http");
        let digest = fields.get("WARC-Payload-Digest").unwrap_or_default().to_string();
        let known = wanted && !digest.is_empty() && !self.seen.insert((url.clone(), digest.clone()));
        let mut block = Vec::new();
        if wanted && !known {
            let limit = length.min(self.largest as u64);
            if let Err(error) = (&mut self.input).take(limit).read_to_end(&mut block) {
                self.fault = Some(self.broken(&error));
            }
        }
        let rest = length.saturating_sub(block.len() as u64);
        if self.fault.is_none() {
            match io::copy(&mut (&mut self.input).take(rest), &mut io::sink()) {
                Ok(skipped) if skipped < rest => {
                    self.fault = Some(format!("record {} ends in the middle", self.number));
                }
                Ok(_) => {}
                Err(error) => self.fault = Some(self.broken(&error)),
            }
        }
        if !wanted || known {
            return Ok(None);
        }
        if self.fault.is_none() && rest > 0 {
            return Ok(Some(Record::Lost(url, format!("over {} MB in one page", self.largest >> 20))));
        }
        let saved = fields.get("WARC-Date").and_then(|d| d.trim().parse().ok());
        let page = match kind {
            "response" => response(&block, self.largest),
            _ => plain(fields.get("Content-Type").unwrap_or_default(), block),
        };
        match page {
            Ok(Some((encoding, bytes))) if !bytes.trim_ascii().is_empty() => {
                // Where the crawler wrote no digest down, the page is its own.
                let own = || blake3::hash(&bytes).to_hex().to_string();
                if digest.is_empty() && !self.seen.insert((url.clone(), own())) {
                    return Ok(None);
                }
                Ok(Some(Record::Page(Page { url, saved, encoding, bytes })))
            }
            Ok(_) => Ok(None),
            Err(reason) => Ok(Some(Record::Lost(url, reason))),
        }
    }
}

type Content = (Option<&'static Encoding>, Vec<u8>);

/// What is saved without the server's answer: a page or the text of one.
fn plain(kind: &str, block: Vec<u8>) -> Result<Option<Content>, String> {
    Ok(is_page(kind).then(|| (charset(kind), block)))
}

fn is_page(kind: &str) -> bool {
    ["text/html", "application/xhtml", "text/plain"]
        .iter()
        .any(|k| kind.trim().to_ascii_lowercase().starts_with(k))
}

fn charset(kind: &str) -> Option<&'static Encoding> {
    let label = kind.to_ascii_lowercase();
    let label = label.split_once("charset=")?.1.trim_matches(['"', '\'', ' ', ';']);
    Encoding::for_label(label.split(';').next()?.as_bytes())
}

/// The page in a server's answer (RFC 9112): past its head, out of its chunks, unpacked.
fn response(block: &[u8], largest: usize) -> Result<Option<Content>, String> {
    let (end, gap) = match (memchr::memmem::find(block, b"\r\n\r\n"), memchr::memmem::find(block, b"\n\n")) {
        (Some(end), other) if other.is_none_or(|o| end < o) => (end, 4),
        (_, Some(end)) => (end, 2),
        _ => return Ok(None),
    };
    let head = String::from_utf8_lossy(block.get(..end).unwrap_or_default()).into_owned();
    let mut lines = head.lines();
    let found = lines.next().and_then(|status| status.split(' ').nth(1)) == Some("200");
    let mut fields = Fields(Vec::new());
    for line in lines {
        push_field(line, &mut fields);
    }
    let kind = fields.get("Content-Type").unwrap_or_default();
    if !found || !is_page(kind) {
        return Ok(None);
    }
    let body = block.get(end + gap..).unwrap_or_default();
    let chunked = fields.get("Transfer-Encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
    let body = if chunked { unchunked(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
    let packing = fields.get("Content-Encoding").unwrap_or_default().trim().to_ascii_lowercase();
    // Many archives keep the head of a packed answer with its unpacked body.
    let body = match packing.as_str() {
        "" | "identity" => body,
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            unpacked(flate2::read::MultiGzDecoder::new(&*body), largest)?
        }
        "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
            unpacked(flate2::read::ZlibDecoder::new(&*body), largest)?
        }
        "br" if crate::corpus::records::decode::is_binary(&body) => {
            unpacked(brotli_decompressor::Decompressor::new(&*body, 4096), largest)?
        }
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => match zstd::Decoder::new(&*body) {
            Ok(decoder) => unpacked(decoder, largest)?,
            Err(error) => return Err(format!("cannot be unpacked: {}", error.to_string().to_lowercase())),
        },
        _ => body,
    };
    Ok(Some((charset(kind), body)))
}

/// What could be unpacked, as far as it goes.
fn unpacked(input: impl Read, largest: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = input.take(largest as u64).read_to_end(&mut out);
    match read {
        Err(error) if out.is_empty() => {
            Err(format!("cannot be unpacked: {}", error.to_string().to_lowercase()))
        }
        _ => Ok(out),
    }
}

/// Chunked transfer coding (RFC 9112 §7.1); `None` where the body is not in chunks after all.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let size = std::str::from_utf8(body.get(..end)?).ok()?.trim().split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = body.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        // A body that was cut short gives what there is.
        let Some(chunk) = body.get(..size) else {
            out.extend_from_slice(body);
            return Some(out);
        };
        out.extend_from_slice(chunk);
        let rest = body.get(size..)?;
        body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if body.is_empty() {
            return Some(out);
        }
    }
}

fn push_field(line: &str, fields: &mut Fields) {
    if let Some((name, value)) = line.split_once(':') {
        fields.0.push((name.trim().to_string(), value.trim().to_string()));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

    fn record(kind: &str, url: &str, digest: &str, block: &[u8]) -> Vec<u8> {
        let mut out = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-12-02T14:05:00Z\r\nWARC-Payload-Digest: {digest}\r\n\
             Content-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            block.len()
        )
        .into_bytes();
        out.extend_from_slice(block);
        out.extend_from_slice(b"\r\n\r\n");
        out
    }

    fn answer(fields: &str, body: &[u8]) -> Vec<u8> {
        let mut out =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}\r\n").into_bytes();
        out.extend_from_slice(body);
        out
    }

    fn found(bytes: &[u8]) -> (Vec<String>, u32) {
        let mut records = Records::new(bytes, 1000);
        let mut out = Vec::new();
        loop {
            match records.next() {
                Ok(Some(Record::Page(page))) => {
                    out.push(format!("{} {}", page.url, String::from_utf8_lossy(&page.bytes)))
                }
                Ok(Some(Record::Lost(url, reason))) => out.push(format!("{url} lost: {reason}")),
                Ok(None) => return (out, records.passed_over),
                Err(reason) => {
                    out.push(reason);
                    return (out, records.passed_over);
                }
            }
        }
    }

    #[test]
    fn pages_come_once_and_the_rest_is_counted() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        io::Write::write_all(&mut gz, b"<p>packed").unwrap();
        let bytes = [
            record("warcinfo", "", "", b"software: x"),
            record("response", "http://x.example/1", "a", &answer("", b"<p>one")),
            record("response", "http://x.example/1", "a", &answer("", b"<p>one")),
            record("request", "http://x.example/1", "", b"GET /"),
            record(
                "response",
                "http://x.example/2",
                "b",
                &answer("Transfer-Encoding: chunked\r\n", b"3\r\n<p>\r\n3\r\ntwo\r\n0\r\n\r\n"),
            ),
            record(
                "response",
                "http://x.example/3",
                "c",
                &answer("Content-Encoding: gzip\r\n", &gz.finish().unwrap()),
            ),
            record(
                "response",
                "http://x.example/4",
                "d",
                b"HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>no",
            ),
            record("response", "http://x.example/5", "e", &answer("", &[b'x'; 2000])),
        ]
        .concat();
        let (pages, passed_over) = found(&bytes);
        assert_eq!(
            pages,
            [
                "http://x.example/1 <p>one",
                "http://x.example/2 <p>two",
                "http://x.example/3 <p>packed",
                "http://x.example/5 lost: over 0 MB in one page"
            ]
        );
        assert_eq!(passed_over, 4);
    }

    #[test]
    fn damage_gives_what_can_be_had_and_says_so() {
        let whole = record("response", "http://x.example/1", "a", &answer("", b"<p>one"));
        let cut = [whole.clone(), whole.get(..whole.len() - 6).unwrap().replace(b"/1", b"/2")].concat();
        assert_eq!(
            found(&cut).0,
            ["http://x.example/1 <p>one", "http://x.example/2 <p>o", "record 2 ends in the middle"]
        );
        assert_eq!(found(b"nothing").0, ["what follows record 0 is no record"]);
        let hostile = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example\r\nContent-Length: 18446744073709551615\r\n\r\nx";
        assert_eq!(found(hostile).0, ["record 1 ends in the middle"]);
        assert_eq!(
            found(b"WARC/1.0\r\nContent-Length: -1\r\n\r\n").0,
            ["record 1 does not say how long it is"]
        );
    }

    trait Replaced {
        fn replace(&self, from: &[u8], to: &[u8]) -> Vec<u8>;
    }

    impl Replaced for [u8] {
        fn replace(&self, from: &[u8], to: &[u8]) -> Vec<u8> {
            String::from_utf8_lossy(self)
                .replace(std::str::from_utf8(from).unwrap(), std::str::from_utf8(to).unwrap())
                .into_bytes()
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_hang(text in "(WARC/1.0\r\n|WARC-Type: response\r\n|Content-Length: [0-9]{1,3}\r\n|WARC-Target-URI: http://x\r\n|\r\n|HTTP/1.1 200 OK\r\n|Content-Type: text/html\r\n|Transfer-Encoding: chunked\r\n|[0-9a-f]{1,4}){0,30}") {
            let _ = found(text.as_bytes());
        }
    }
}
