//! Where mail begins: a message by its header, a mailbox by the `From ` lines before its messages (RFC 4155).

use crate::article::Format;
use crate::corpus::format::sniff::Start;
use crate::corpus::records::delimiter::{Delimiter, Starts};

/// What parts the messages of a mailbox.
pub(crate) const DELIMITER: Delimiter = Delimiter { starts, is_certain: true };

/// A longer `From ` line (bytes) parts no messages.
const LONGEST_FROM_LINE: usize = 256;

/// A longer name (bytes) is no field's.
const LONGEST_FIELD_NAME: usize = 80;

/// Where the first message of a mailbox starts: at its `From ` line, below nothing but blank lines; `None`
/// where it is none.
pub(crate) fn mailbox_start(bytes: &[u8]) -> Option<usize> {
    let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    rest.starts_with(b"From ").then(|| bytes.len() - rest.len())
}

/// Where the messages of a mailbox start: at the beginning, and below an empty line at a `From ` line with a
/// time of day in it and a message's header below it. Many mailboxes do not quote such lines in a message's
/// text.
pub(super) fn starts(bytes: &[u8]) -> Starts<'_> {
    let first = mailbox_start(bytes);
    Box::new(memchr::memmem::find_iter(bytes, b"From ").filter(move |at| {
        let before = bytes.get(..*at).unwrap_or_default();
        if Some(*at) == first {
            return true;
        }
        if !(before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")) {
            return false;
        }
        let line = bytes.get(*at..).unwrap_or_default();
        let Some(end) = memchr::memchr(b'\n', line.get(..LONGEST_FROM_LINE).unwrap_or(line)) else {
            return false;
        };
        let below = line.get(end + 1..).unwrap_or_default();
        line.get(..end).is_some_and(has_time_of_day) && begins_header(below)
    }))
}

/// Whether there is an hour and a minute in a line.
fn has_time_of_day(line: &[u8]) -> bool {
    line.windows(3).any(|w| matches!(w, [a, b':', b] if a.is_ascii_digit() && b.is_ascii_digit()))
}

/// Whether a text begins with a field of a message's header (RFC 5322, 2.2), or with the `From ` line of
/// another relay.
fn begins_header(text: &[u8]) -> bool {
    if text.starts_with(b">From ") {
        return true;
    }
    let name = text.get(..LONGEST_FIELD_NAME).unwrap_or(text);
    let name = name.split(|b| *b == b':').next().unwrap_or_default();
    !name.is_empty()
        && name.len() < text.len().min(LONGEST_FIELD_NAME)
        && name.iter().all(u8::is_ascii_graphic)
}

/// What only programs write into the header of a mail.
const MAIL_HEADERS: &str = "received|return-path|message-id|mime-version|delivered-to|x-delivered-to|envelope-to|content-type|\
    content-transfer-encoding|dkim-signature|authentication-results|x-received|x-mailer|list-id|list-unsubscribe|references|\
    in-reply-to|x-original-to|user-agent";

/// Mail by its header, lines of `Name: value` up to an empty one: by what only programs write, unless the
/// file's name says it.
pub(crate) fn sniff(start: &Start<'_>) -> Option<Format> {
    let (start, named) = (start.text, start.named);
    let envelope = start.strip_prefix("From ").map(|rest| rest.lines().next().unwrap_or_default());
    let (mut fields, mut written, mut of_programs) = (0, 0, 0);
    let mut saved = named == Some(Format::Mhtml);
    for line in start.lines().skip(usize::from(envelope.is_some())).take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t', '>']) {
            continue;
        }
        let (name, value) = line.split_once(':')?;
        let name = name.trim_end().to_ascii_lowercase();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic()) {
            return None;
        }
        fields += 1;
        of_programs += usize::from(MAIL_HEADERS.split('|').any(|known| known == name));
        written += usize::from(matches!(name.as_str(), "from" | "subject" | "date" | "to"));
        saved |= name == "snapshot-content-location"
            || (name == "from" && value.to_lowercase().contains("<saved by "));
    }
    if saved && of_programs >= 1 {
        return Some(Format::Mhtml);
    }
    let known = written + of_programs;
    let promised = matches!(named, Some(Format::Mail | Format::Mhtml));
    let is_mail = match envelope {
        // Below a line that says who sent it and when, any fields are a message's header.
        Some(line) => fields >= 1 && (known >= 2 || promised || is_envelope(line)),
        None => (promised && known >= 2) || (written >= 1 && of_programs >= 2),
    };
    is_mail.then_some(Format::Mail)
}

/// `ana@courier.example Tue Dec 2 14:05:00 2025`, what stands behind the `From ` of a mailbox: who, and a
/// moment with its year.
fn is_envelope(line: &str) -> bool {
    let is_year = |word: &str| {
        word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.parse::<u16>().is_ok()
    };
    has_time_of_day(line.as_bytes()) && line.split_whitespace().skip(1).any(is_year)
}
