//! Text without what is the typesetter's: control and direction characters, marks without width, white space
//! of all kinds.

/// A text on one line: control and direction characters out, one space between words.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_clean(text, &mut out);
    out
}

/// The same, behind what stands there.
pub(crate) fn push_clean(text: &str, out: &mut String) {
    let text = text.trim();
    let start = out.len();
    let mut rest = text;
    let doubled = memchr::memmem::find(text.as_bytes(), b"  ").is_some();
    // What is clean is copied in runs; almost all of almost every text is.
    while let Some(at) =
        rest.bytes().position(|b| SPECIAL.get(usize::from(b)) == Some(&true) || (doubled && b == b' '))
    {
        let (clean, after) = rest.split_at(at);
        out.push_str(clean);
        let Some(c) = after.chars().next() else { break };
        if c.is_whitespace() || c.is_control() {
            if out.len() > start && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if is_kept(c) {
            out.push(c);
        }
        rest = after.get(c.len_utf8()..).unwrap_or_default();
        if out.len() == start || out.ends_with(' ') {
            rest = rest.trim_start_matches(' ');
        }
    }
    out.push_str(rest);
    out.truncate(out.trim_end_matches(' ').len().max(start));
}

/// The bytes that white space, control characters and marks without width begin with.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xe1 | 0xe2 | 0xe3 | 0xef);
        byte += 1;
    }
    table
};

/// Whether a character that is not ASCII stays as it is. Soft hyphens and marks without width are the
/// typesetter's, not the writer's; joiners belong to their script.
fn is_kept(c: char) -> bool {
    let marks = matches!(
        c,
        '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}'
    );
    !marks && !c.is_whitespace() && !c.is_control()
}
