//! Small pieces of HTML inside other formats → paragraphs of plain text. Whole pages are another reader's
//! work.

use crate::corpus::plain_text::{budget, entity};

/// Tags that end a paragraph.
const BLOCKS: &str = "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article header footer figure \
    figcaption aside dd dt dl pre hr td th body hl1 hl2 block";

/// Elements whose text is not for reading.
const UNREAD: &str = "script style noscript template iframe svg head";

/// The elements of HTML whose tags are cut; what else stands between angle brackets is text
/// (`<Ruska Bridge Co>`, `<RBC>`).
const ELEMENTS: &str = "html meta link title base a b i u s em strong small big span font abbr acronym cite q code kbd samp var sub sup mark ins \
    del strike tt center img picture source audio video map area embed object param canvas input button select option label form \
    fieldset legend textarea main nav address caption col colgroup thead tbody tfoot details summary dialog time data wbr hr ruby \
    rt rp bdi bdo frame frameset applet person org location virtloc chron money num function event hl3 lp f note text";

/// How many unknown tags of a text are looked at for their ends.
const LOOKUPS: usize = 64;

/// Whether a text holds tags of HTML: one that closes, or a paragraph or line break. A lone `<U>` is a
/// share's symbol.
pub(crate) fn is_markup(text: &str) -> bool {
    let tag = |at: usize| {
        let rest = text.as_bytes().get(at + 1..).unwrap_or_default();
        let (closes, rest) = match rest.strip_prefix(b"/") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let name_text = rest.get(..name).and_then(|n| std::str::from_utf8(n).ok()).unwrap_or_default();
        let ends = rest.get(name).is_some_and(|b| matches!(b, b'>' | b'/' | b' ' | b'\n'));
        ends && if closes {
            is_element(name_text)
        } else {
            matches!(name_text, "p" | "br" | "BR" | "div" | "li")
        }
    };
    memchr::memchr_iter(b'<', text.as_bytes()).take(2000).any(tag)
}

fn is_element(name: &str) -> bool {
    is_listed(BLOCKS, name) || is_listed(UNREAD, name) || is_listed(ELEMENTS, name)
}

/// Whether a tag as it stands (`<b>`, `</p>`, `<x:y z="1">`, `<!-- -->`) is markup rather than words in angle
/// brackets.
pub(crate) fn is_tag(tag: &str) -> bool {
    let inner = tag.trim_start_matches('<');
    if inner.starts_with(['/', '!', '?']) || inner.contains('=') {
        return true;
    }
    let end =
        inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-'))).unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    // A capitalised word behind the name: a company's, not an attribute's.
    let words = rest.trim_start().starts_with(char::is_uppercase);
    let custom = name.contains([':', '-']) && !name.contains(|c: char| c.is_ascii_uppercase());
    !words && (is_element(name) || custom)
}

fn is_listed(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|item| item.eq_ignore_ascii_case(name))
}

/// The paragraphs of a piece of HTML: tags and comments cut, blocks told apart, references resolved.
pub(crate) fn paragraphs(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut text = String::new();
    let mut rest = html;
    let mut lookups = 0usize;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, tag) = rest.split_at(at);
        text.push_str(&entity::decode(before));
        let tag_read = read_tag(tag).filter(|(name, after)| {
            let whole = tag.get(..tag.len() - after.len()).unwrap_or_default();
            is_tag(whole) || {
                lookups += 1;
                lookups <= LOOKUPS
                    && memchr::memmem::find(after.as_bytes(), format!("</{name}>").as_bytes()).is_some()
            }
        });
        let Some((name, after)) = tag_read else {
            text.push('<');
            rest = tag.get(1..).unwrap_or_default();
            continue;
        };
        rest = after;
        if is_listed(UNREAD, name) {
            rest = after_element(after, name);
        } else if is_listed(BLOCKS, name.trim_start_matches('/')) {
            flush(&mut text, &mut out);
        }
    }
    text.push_str(&entity::decode(rest));
    flush(&mut text, &mut out);
    out
}

fn flush(text: &mut String, out: &mut Vec<String>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !words.is_empty() {
        budget::add(out, words.join(" "));
    }
    text.clear();
}

/// The tag's name (with `/` where it closes; empty for a comment) and what follows the tag; `None` for a bare
/// `<`.
fn read_tag(text: &str) -> Option<(&str, &str)> {
    if text.starts_with("<!--") {
        let end = text.find("-->").map_or(text.len(), |at| at + 3);
        return Some(("", text.get(end..).unwrap_or_default()));
    }
    let inner = text.get(1..)?;
    let first = inner.trim_start_matches('/').chars().next()?;
    if !(first.is_ascii_alphabetic() || matches!(first, '!' | '?')) {
        return None;
    }
    let name_len = inner
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '!' | '?' | ':' | '.')))
        .unwrap_or(inner.len());
    let name = inner.get(..name_len).unwrap_or_default();
    let name = if name.starts_with('/') { name } else { name.trim_end_matches('/') };
    // A `>` inside quotes does not end the tag; an unclosed quote does not swallow the document.
    let mut quote = None;
    let mut first_end = None;
    for (at, byte) in inner.bytes().enumerate().skip(name_len).take(4096) {
        match (quote, byte) {
            (None, b'>') => return Some((name, inner.get(at + 1..)?)),
            (Some(_), b'>') if first_end.is_none() => first_end = Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    first_end.or_else(|| inner.find('>')).map(|at| (name, inner.get(at + 1..).unwrap_or_default()))
}

/// What follows the end of an element that is not read.
fn after_element<'t>(text: &'t str, name: &str) -> &'t str {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")) {
        let start = from + at + 2;
        let found = text.get(start..start + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        if found {
            let end = text.get(start..).and_then(|rest| rest.find('>')).map_or(text.len(), |e| start + e + 1);
            return text.get(end..).unwrap_or_default();
        }
        from = start;
    }
    ""
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_are_paragraphs_and_tags_are_gone() {
        let html = "<p>The <a href=\"x>y\">bridge</a> is closed.</p><p>Nobody &amp; nothing<br/>crossed.</p>\
            <script>if (a < b) {}</script><!-- <p>not</p> --><STYLE>p{}</STYLE>tail";
        assert_eq!(paragraphs(html), ["The bridge is closed.", "Nobody & nothing", "crossed.", "tail"]);
    }

    #[test]
    fn broken_markup_loses_no_text() {
        assert_eq!(paragraphs("5 < 6 and <b>bold"), ["5 < 6 and bold"]);
        assert_eq!(paragraphs("<a href=\"unclosed>link</a> rest"), ["link rest"]);
        assert_eq!(paragraphs("a <"), ["a <"]);
        assert_eq!(
            paragraphs("<Ruska Bridge Co> and <RBC>, <Video Bridge><br>x"),
            ["<Ruska Bridge Co> and <RBC>, <Video Bridge>", "x"]
        );
        assert_eq!(paragraphs("<LEAD>one</LEAD> <o:p>two</o:p><p>x"), ["one two", "x"]);
        assert_eq!(paragraphs("<script>never closed"), Vec::<String>::new());
    }

    #[test]
    fn markup_is_told_from_text() {
        assert!(is_markup("<p>x</p>"));
        assert!(is_markup("x<br>y"));
        assert!(!is_markup("a < b > c"));
        assert!(!is_markup("the <SRD> share and <U>, <P> and <A>"));
        assert!(is_markup("<P>x</P>"));
        assert!(is_markup("an <i>old</i> bridge"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(<|>|/|p|script|&|#|x|;|amp|\"|'|!--|-->| |é){0,40}") {
            let _ = (paragraphs(&text), is_markup(&text), entity::decode(&text));
        }
    }
}
