//! Small pieces of HTML inside other formats → paragraphs of plain text, and character references → characters. Whole pages
//! are another reader's work.

/// Tags that end a paragraph.
const BLOCKS: &str = "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article header footer figure \
    figcaption aside dd dt dl pre hr td th body hl1 hl2 block";

/// Elements whose text is not for reading.
const UNREAD: &str = "script style noscript template iframe svg head";

/// The elements of HTML whose tags are cut; what else stands between angle brackets is text (`<Ruska Bridge Co>`, `<RBC>`).
const ELEMENTS: &str = "html meta link title base a b i u s em strong small big span font abbr acronym cite q code kbd samp var sub sup mark ins \
    del strike tt center img picture source audio video map area embed object param canvas input button select option label form \
    fieldset legend textarea main nav address caption col colgroup thead tbody tfoot details summary dialog time data wbr hr ruby \
    rt rp bdi bdo frame frameset applet person org location virtloc chron money num function event hl3 lp f note text";

/// How many unknown tags of a text are looked at for their ends.
const LOOKUPS: usize = 64;

/// Whether a text holds tags of HTML: one that closes, or a paragraph or line break. A lone `<U>` is a share's symbol.
pub(super) fn is_markup(text: &str) -> bool {
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

/// Whether a tag as it stands (`<b>`, `</p>`, `<x:y z="1">`, `<!-- -->`) is markup rather than words in angle brackets.
pub(super) fn is_tag(tag: &str) -> bool {
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
pub(super) fn paragraphs(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut text = String::new();
    let mut rest = html;
    let mut lookups = 0usize;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, tag) = rest.split_at(at);
        unescape_into(before, &mut text);
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
    unescape_into(rest, &mut text);
    flush(&mut text, &mut out);
    out
}

fn flush(text: &mut String, out: &mut Vec<String>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !words.is_empty() {
        out.push(words.join(" "));
    }
    text.clear();
}

/// The tag's name (with `/` where it closes; empty for a comment) and what follows the tag; `None` for a bare `<`.
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

/// Resolves character references.
pub(super) fn unescape(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('&') {
        return std::borrow::Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    unescape_into(text, &mut out);
    std::borrow::Cow::Owned(out)
}

fn unescape_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        match read_reference(reference) {
            Some((c, len)) => {
                out.push(c);
                rest = reference.get(len..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
}

/// `&amp;`, `&#228;`, `&#xe4;` → the character and the reference's length in bytes.
fn read_reference(text: &str) -> Option<(char, usize)> {
    let body = text.get(1..)?;
    let len = body.bytes().take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let name = body.get(..len)?;
    let closed = body.as_bytes().get(len) == Some(&b';');
    let whole = 1 + len + usize::from(closed);
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((numbered(code), whole));
    }
    let known = closed || matches!(name, "amp" | "lt" | "gt" | "quot" | "nbsp");
    named(name).filter(|_| known).map(|c| (c, whole))
}

/// A numbered character; 128 to 159 mean Windows-1252, as in every browser (HTML §13.2.5.80).
fn numbered(code: u32) -> char {
    if let Some(byte) = u8::try_from(code).ok().filter(|b| (0x80..0xA0).contains(b)) {
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
        return text.chars().next().unwrap_or('\u{FFFD}');
    }
    char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{FFFD}')
}

/// The names of U+00A0 to U+00FF, in order (HTML 4.01 §24.2).
const LATIN1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
    micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave \
    Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml \
    Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth \
    ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// The other names that news text holds (HTML 4.01 §24.3, §24.4).
const OTHERS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("circ", 'ˆ'),
    ("tilde", '˜'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("lrm", '\u{200E}'),
    ("rlm", '\u{200F}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("oline", '‾'),
    ("frasl", '⁄'),
    ("euro", '€'),
    ("trade", '™'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("harr", '↔'),
    ("minus", '−'),
    ("infin", '∞'),
    ("asymp", '≈'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
    ("radic", '√'),
    ("sum", '∑'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("pi", 'π'),
    ("sigma", 'σ'),
    ("omega", 'ω'),
    ("Omega", 'Ω'),
    ("Delta", 'Δ'),
    ("hearts", '♥'),
    ("blank", ' '),
    ("hyph", '-'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("comma", ','),
    ("period", '.'),
    ("colon", ':'),
    ("semi", ';'),
    ("lsqb", '['),
    ("rsqb", ']'),
    ("ast", '*'),
    ("num", '#'),
    ("sol", '/'),
    ("excl", '!'),
    ("quest", '?'),
];

fn named(name: &str) -> Option<char> {
    if let Some((_, c)) = OTHERS.iter().find(|(n, _)| *n == name) {
        return Some(*c);
    }
    let at = LATIN1.split_ascii_whitespace().position(|n| n == name)?;
    char::from_u32(0xA0 + u32::try_from(at).ok()?)
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
    fn references() {
        assert_eq!(unescape("&lt;SRD> &eacute;&#228;&#xe4; &#150; &rsquo;"), "<SRD> éää – ’");
        assert_eq!(unescape("AT&T &unknown; &;"), "AT&T &unknown; &;");
        assert_eq!(unescape("&yuml;&#0;&#99999999;"), "ÿ\u{FFFD}\u{FFFD}");
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
            let _ = (paragraphs(&text), is_markup(&text), unescape(&text));
        }
    }
}
