//! A message that was sent on: what the article is, who wrote it and when stand in the block of lines that
//! the program put above it, in plain text.

use crate::corpus::{Context, RawArticle, read_date};

/// What programs write above a message that is sent on, folded.
const MARKS: &str = "forwarded message|begin forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|\
    message transféré|message d'origine|mensaje reenviado|mensaje original|messaggio inoltrato|messaggio originale|\
    doorgestuurd bericht|vidarebefordrat meddelande|пересылаемое сообщение";

/// Text above the mark that is longer than this (bytes) is the message, and what it forwards is only quoted.
const LONGEST_NOTE: usize = 400;

/// The lines of the block that count.
#[derive(Debug, Default)]
pub(super) struct Header {
    subject: Option<String>,
    from: Option<String>,
    date: Option<String>,
}

impl Header {
    /// What it says of the article counts more than what the outer message says.
    pub fn into_article(self, article: &mut RawArticle, context: &Context<'_>) {
        if let Some(subject) = self.subject {
            article.headline = super::boilerplate::subject(&subject);
        }
        if let Some(from) = self.from {
            let name = from.split(['<', '[']).next().unwrap_or_default().trim_matches(['"', '\'', ' ']);
            if !name.is_empty() && !name.contains('@') {
                article.bylines.push(name.to_string());
            }
        }
        if let Some(date) = self.date {
            let found = read_date(&date, context, None, &mut Vec::new());
            article.date = found.or(article.date);
        }
    }
}

/// Whether a text is, but for a short note, a message that was sent on.
pub(super) fn starts(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    find(&lines).is_some_and(|(_, above)| above <= LONGEST_NOTE)
}

/// Where the block starts, and how many bytes of text stand above it.
fn find(lines: &[&str]) -> Option<(usize, usize)> {
    let mut above = 0;
    for (line, at) in lines.iter().zip(0..) {
        if is_mark(line) {
            return Some((at + 1, above));
        }
        if is_bare_block(lines.get(at..).unwrap_or_default()) {
            return Some((at, above));
        }
        above += line.trim().len();
    }
    None
}

/// `From:`, `Sent:`, `To:`, `Subject:` below each other, as Outlook puts them without a mark.
fn is_bare_block(lines: &[&str]) -> bool {
    let key = |at: usize| {
        lines
            .get(at)
            .and_then(|line| line.split_once(':'))
            .map(|(key, _)| key.trim_matches(['*', ' ', '>']).to_lowercase())
    };
    let from =
        key(0).is_some_and(|key| matches!(key.as_str(), "from" | "von" | "de" | "da" | "van" | "från"));
    from && key(1).is_some_and(|key| {
        matches!(
            key.as_str(),
            "sent" | "date" | "gesendet" | "envoyé" | "enviado" | "inviato" | "verzonden" | "skickat"
        )
    })
}

fn is_mark(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| matches!(c, '-' | '>' | '_' | ':' | '*' | ' ' | '|'));
    let marked = line.trim_start().starts_with(['-', '_', '>']) || line.trim_end().ends_with(':');
    marked && bare.len() < 60 && {
        let lower = bare.to_lowercase();
        MARKS.split('|').any(|mark| lower == mark || lower.starts_with(&format!("{mark} from")))
    }
}

/// The block of a message that is sent on, and the lines below it; where a longer text stands above it, or an
/// answer, that.
pub(super) fn open<'t>(lines: &[&'t str], is_reply: bool) -> (Header, Vec<&'t str>) {
    let Some((block, above)) = find(lines) else { return (Header::default(), lines.to_vec()) };
    if above > LONGEST_NOTE || (is_reply && above > 0) {
        let own = lines.get(..block).unwrap_or_default().iter().copied().filter(|line| !is_mark(line));
        return (Header::default(), own.collect());
    }
    let mut header = Header::default();
    let mut at = block;
    let mut seen = false;
    while let Some(line) = lines.get(at) {
        let line = line.trim_start_matches(['>', ' ']).trim();
        let field =
            line.split_once(':').map(|(key, value)| (key.trim_matches(['*', ' ']).to_lowercase(), value));
        match field {
            Some((key, value)) if is_field(&key) => {
                seen = true;
                let value = Some(value.trim().trim_start_matches('*').trim().to_string());
                match key.as_str() {
                    "subject" | "betreff" | "objet" | "asunto" | "oggetto" | "onderwerp" | "ämne" => {
                        header.subject = value
                    }
                    "from" | "von" | "de" | "da" | "van" | "från" => header.from = value,
                    "date" | "sent" | "datum" | "gesendet" | "envoyé" | "fecha" | "enviado" | "data" => {
                        header.date = value
                    }
                    _ => {}
                }
            }
            None if line.is_empty() && !seen => {}
            _ if line.is_empty() => break,
            // A long line of recipients is broken.
            _ if seen => {}
            _ => break,
        }
        at += 1;
    }
    (header, lines.get(at..).unwrap_or_default().to_vec())
}

fn is_field(key: &str) -> bool {
    const FIELDS: &str = "subject|betreff|objet|asunto|oggetto|onderwerp|ämne|from|von|de|da|van|från|date|sent|datum|gesendet|envoyé|\
        fecha|enviado|data|to|an|à|para|a|aan|till|cc|kopie|reply-to|message-id";
    FIELDS.split('|').any(|known| known == key)
}
