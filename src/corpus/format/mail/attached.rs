//! What is attached to the messages: files that may be articles or archives, and messages inside messages.

use jiff::Timestamp;
use mail_parser::{MessagePart, MimeHeaders, PartType};

use super::{messages, parse, within};

/// A file attached to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::corpus) struct Attached {
    /// Which message of the mailbox it is attached to, from 0.
    pub message: u32,
    /// Its name.
    pub name: String,
    /// Whether it is a picture of the letterhead or the like: never an article, and in almost every mail.
    pub is_decoration: bool,
    /// Its content, as it was before it was sent; nothing of a decoration.
    pub bytes: Vec<u8>,
    /// When the message was sent.
    pub sent: Option<Timestamp>,
}

/// Everything attached to a message, or to the messages of a mailbox.
pub(in crate::corpus) fn attached(bytes: &[u8]) -> Vec<Attached> {
    let mut found = Vec::new();
    for (message, number) in messages(bytes).zip(0..) {
        if may_have_attachments(&message) {
            of_message(&message, number, &mut found);
        }
    }
    found
}

/// Whether a message says of a part that it has a name or is a message itself: most have none, and are spared
/// the parsing.
fn may_have_attachments(message: &[u8]) -> bool {
    let mut places = memchr::memchr3_iter(b'n', b'/', b'a', message);
    places.any(|at| {
        let here = message.get(at..).unwrap_or_default();
        let starts =
            |word: &[u8]| here.get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
        starts(b"name")
            || starts(b"attachment")
            || starts(b"/rfc822")
            || starts(b"/digest")
            || starts(b"/global")
    })
}

fn of_message(bytes: &[u8], number: u32, found: &mut Vec<Attached>) {
    let (bytes, _) = within(bytes);
    let Ok(message) = parse(&bytes) else { return };
    let sent = message.date().and_then(|date| Timestamp::from_second(date.to_timestamp()).ok());
    let before = found.len();
    for (part, place) in message.attachments().zip(1usize..) {
        let is_decoration = is_decoration(part);
        let Some((mut name, bytes)) = file(part, place, is_decoration) else { continue };
        if found.iter().skip(before).any(|file| file.name == name) {
            name = format!("{place}/{name}");
        }
        found.push(Attached { message: number, name, is_decoration, bytes, sent });
    }
}

/// The name and the content of a part.
fn file(part: &MessagePart<'_>, place: usize, is_decoration: bool) -> Option<(String, Vec<u8>)> {
    let name =
        part.attachment_name().map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name).trim().to_string());
    let name = name.filter(|name| !name.is_empty());
    let named = |ending: &str| name.clone().unwrap_or_else(|| format!("part-{place}.{ending}"));
    if is_decoration {
        return Some((named("bin"), Vec::new()));
    }
    Some(match &part.body {
        // A second text beside the body, without a name, is the list's footer or the virus scanner's.
        PartType::Text(text) => (name?, text.as_bytes().to_vec()),
        PartType::Html(text) => (name?, text.as_bytes().to_vec()),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => (named("bin"), bytes.to_vec()),
        PartType::Message(message) => {
            let mut name = named("eml");
            if !name.contains('.') {
                name.push_str(".eml");
            }
            (name, message.raw_message().to_vec())
        }
        PartType::Multipart(_) => return None,
    })
}

/// Pictures of the letterhead, signatures of keys, invitations, address cards.
fn is_decoration(part: &MessagePart<'_>) -> bool {
    let Some(kind) = part.content_type() else { return false };
    let subtype = kind.subtype().unwrap_or_default().to_ascii_lowercase();
    match kind.ctype().to_ascii_lowercase().as_str() {
        "image" | "audio" | "video" | "font" => true,
        "application" => {
            subtype.ends_with("-signature") || subtype.contains("tnef") || subtype == "pgp-encrypted"
        }
        "text" => matches!(subtype.as_str(), "calendar" | "vcard" | "x-vcard" | "css" | "rfc822-headers"),
        "message" => !matches!(subtype.as_str(), "rfc822" | "global"),
        _ => false,
    }
}
