//! Streams in a PDF, unpacked up to a limit: a hundred kilobytes can hold a hundred gigabytes.

use std::borrow::Cow;
use std::io::{self, Read};
use std::time::Instant;

use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

/// The most that one stream may unpack to, in bytes.
const LARGEST: u64 = 128 << 20;

/// The most that all streams of a file may unpack to together: lists of objects are kept while the file is
/// read.
const LARGEST_TOGETHER: u64 = 512 << 20;

/// What is packed no larger than this (bytes) stays below the limit whatever it holds.
const SMALL: usize = 96 << 10;

/// A stream's content; `None` where it is damaged, no text, or made to harm.
pub(super) fn content<'s>(stream: &Stream<'s>) -> Option<Cow<'s, [u8]>> {
    let filters = stream.filters();
    let packed = |f: &&Filter| matches!(f, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode);
    match filters.iter().filter(packed).count() {
        0 => {}
        1 => {
            let raw = stream.raw_data();
            let fits = raw.len() <= SMALL
                || match filters.as_slice() {
                    [Filter::FlateDecode] => fits(&raw),
                    [Filter::RunLengthDecode] => raw.len() as u64 * 64 <= LARGEST,
                    // Letters that stand for bytes only make it longer.
                    [_, Filter::FlateDecode] => raw.len() <= SMALL * 5 / 4,
                    _ => false,
                };
            if !fits {
                return None;
            }
        }
        _ => return None,
    }
    stream.decoded_data().ok()
}

/// Whether deflated bytes stay below the limit.
fn fits(packed: &[u8]) -> bool {
    unpacked(packed) <= LARGEST
}

/// How many bytes deflated bytes unpack to, counted to just above the limit.
fn unpacked(packed: &[u8]) -> u64 {
    let mut unpacked = flate2::read::ZlibDecoder::new(packed).take(LARGEST + 1);
    // An error is damage, and ends the unpacking elsewhere as here.
    let _ = io::copy(&mut unpacked, &mut io::sink());
    LARGEST + 1 - unpacked.limit()
}

/// Looks for streams that unpack to more than the limit, once or twice over, before anything in the file is
/// followed: the lists of its objects are such streams themselves.
pub(super) fn check(bytes: &[u8], deadline: Instant) -> Result<(), String> {
    let too_large = || Err(format!("a stream in the PDF unpacks to more than {} MB", LARGEST >> 20));
    let mut ends = memchr::memmem::find_iter(bytes, b"endstream").chain([bytes.len()]).peekable();
    let mut all = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let start = at + b"stream".len();
        while ends.next_if(|end| *end < start).is_some() {}
        if at.checked_sub(3).and_then(|before| bytes.get(before..at)) == Some(b"end") {
            continue;
        }
        if Instant::now() > deadline {
            return Err(super::too_slow());
        }
        let end = ends.peek().copied().unwrap_or(bytes.len());
        let packed = bytes.get(start..end).unwrap_or_default().trim_ascii_start();
        let size = unpacked(packed);
        all += size;
        if size > LARGEST || unpacks_twice(packed) {
            return too_large();
        }
        if all > LARGEST_TOGETHER {
            return Err(format!("the PDF unpacks to more than {} MB", LARGEST_TOGETHER >> 20));
        }
        if packed.len() > SMALL && is_list_in_lzw(bytes.get(at.saturating_sub(1024)..at).unwrap_or_default())
        {
            return too_large();
        }
    }
    Ok(())
}

/// Whether what stands before a stream says that it is a list of objects, packed as nothing packs them.
fn is_list_in_lzw(before: &[u8]) -> bool {
    let start = memchr::memmem::rfind(before, b"obj").unwrap_or_default();
    let dictionary = before.get(start..).unwrap_or_default();
    let holds = |word: &[u8]| memchr::memmem::find(dictionary, word).is_some();
    holds(b"LZW") && (holds(b"ObjStm") || holds(b"XRef"))
}

/// Whether what comes out is packed again, and grows beyond the limit then.
fn unpacks_twice(packed: &[u8]) -> bool {
    let is_packed = |bytes: &[u8]| matches!(bytes, [0x78, 0x01 | 0x5e | 0x9c | 0xda]);
    if !packed.get(..2).is_some_and(is_packed) {
        return false;
    }
    let mut first = [0; 2];
    let mut unpacked = flate2::read::ZlibDecoder::new(packed);
    if unpacked.read_exact(&mut first).is_err() || !is_packed(&first) {
        return false;
    }
    let again = io::Cursor::new(first).chain(unpacked.take(LARGEST));
    let mut again = flate2::read::ZlibDecoder::new(again).take(LARGEST + 1);
    let _ = io::copy(&mut again, &mut io::sink());
    again.limit() == 0
}
