//! What mail programs and senders put around a text: `Re:` and list names in the subject, signatures, quoted
//! replies, the lines for those who no longer want the newsletter.

/// What stands before a subject, folded.
const PREFIXES: &str = "re|fw|fwd|aw|wg|tr|rv|sv|vs|vl|antw|doorst|odp|r|i|res|enc|automatic reply";

/// How the footers of newsletters begin, folded.
const FOOTER_STARTS: &str = "unsubscribe|to unsubscribe|click here to unsubscribe|if you no longer wish|you are receiving this|\
    you're receiving this|you’re receiving this|you received this|you have received this|this email was sent to|\
    this e-mail was sent to|this message was sent to|this newsletter was sent to|view this email in|view this e-mail in|view in browser|\
    view in your browser|view online|view web version|having trouble viewing|problems viewing this|email not displaying|\
    manage your preferences|manage preferences|manage subscription|manage your subscription|update your preferences|\
    email preferences|add us to your address book|forward to a friend|forward this email|was this forwarded to you|\
    sent from my |get outlook for |this email and any attachments|this e-mail and any attachments|this message is confidential|\
    this message and any attachments|the information contained in this|confidentiality notice|diese e-mail ist|newsletter abbestellen|\
    abbestellen|abmelden|se désabonner|se désinscrire|pour vous désabonner|pour vous désinscrire|darse de baja|para darse de baja|\
    cancelar suscripción|cancelar la suscripción|cancella iscrizione|annulla iscrizione|uitschrijven|afmelden|avregistrera|\
    avsluta prenumeration|cancelar inscrição|descadastrar|отписаться|配信停止";

/// What mail programs write where the page goes on with the message that it answers.
const QUOTES: [&str; 7] = [
    "class=\"gmail_quote",
    "<blockquote type=\"cite\"",
    "id=\"divRplyFwdMsg\"",
    "id=\"appendonsend\"",
    "id=\"mail-editor-reference-message-container\"",
    "border:none;border-top:solid #E1E1E1 1.0pt",
    "class=\"moz-cite-prefix\"",
];

/// So many letters above what a page quotes are a text, and no note to what is sent on.
const LONGEST_HTML_NOTE: usize = 120;

/// A longer paragraph (characters) is no line of a footer, but for those that lawyers write.
const LONGEST_FOOTER: usize = 900;

/// A signature has at most so many lines.
const LONGEST_SIGNATURE: usize = 40;

/// The subject without `Re:`, `Fwd:` and the list's name in brackets.
pub(super) fn subject(subject: &str) -> String {
    let mut rest = subject.trim();
    loop {
        let before = rest;
        if let Some((prefix, after)) = rest.split_once(':') {
            let prefix = prefix.trim().to_lowercase();
            let bare = prefix.split(['[', '(']).next().unwrap_or_default();
            if PREFIXES.split('|').any(|known| known == bare) && !after.trim().is_empty() {
                rest = after.trim_start();
            }
        }
        if let Some((tag, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']'))
            && tag.chars().count() <= 30
            && after.trim().chars().count() >= 8
        {
            rest = after.trim_start();
        }
        if rest == before {
            return rest.to_string();
        }
    }
}

/// Whether a subject is that of an answer.
pub(super) fn is_reply(subject: &str) -> bool {
    let prefix = subject.trim_start().split(':').next().unwrap_or_default().to_lowercase();
    subject.contains(':') && matches!(prefix.trim(), "re" | "aw" | "sv" | "vs" | "antw" | "odp" | "r")
}

/// A page up to what it quotes of others, where anything stands above that.
pub(super) fn page_without_quote(page: &str) -> &str {
    let body = page.find("<body").unwrap_or_default();
    let cut = QUOTES.iter().filter_map(|mark| page.find(mark)).min();
    match cut.and_then(|at| page.get(..at)) {
        Some(above) if letters(above.get(body..).unwrap_or_default()) >= LONGEST_HTML_NOTE => above,
        _ => page,
    }
}

/// How many letters a piece of a page has outside its tags.
fn letters(page: &str) -> usize {
    let mut in_tag = false;
    page.bytes()
        .filter(|b| {
            in_tag = (in_tag || *b == b'<') && *b != b'>';
            !in_tag && b.is_ascii_alphabetic()
        })
        .count()
}

/// `BC-BRIDGE-CLOSED`, `story2`: names for the desk, not headlines.
pub(super) fn is_slug(subject: &str) -> bool {
    let subject = subject.trim();
    !subject.is_empty() && !subject.contains(' ') && subject.is_ascii()
}

/// Whether a line is the same as another, whatever its case and marks.
pub(super) fn is_same(line: &str, other: &str) -> bool {
    let fold = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let line = fold(line);
    !line.is_empty() && line == fold(other)
}

/// The lines of the message's own text: without the signature and what is quoted of others. Where everything
/// is quoted, that is the text.
pub(super) fn own_lines(lines: &[&str]) -> Vec<String> {
    let lines = without_signature(lines);
    let is_quoted = |line: &str| line.starts_with('>');
    let own_text =
        lines.iter().any(|line| !line.trim().is_empty() && !is_quoted(line) && !is_attribution(line));
    if !own_text {
        return lines.iter().map(|line| line.trim_start_matches(['>', ' ']).to_string()).collect();
    }
    let mut own: Vec<String> = Vec::new();
    for line in lines {
        if !is_quoted(line) {
            own.push((*line).to_string());
            continue;
        }
        while own.last().is_some_and(|last| last.trim().is_empty()) {
            own.pop();
        }
        // `On Tue, 2 Dec 2025, Ana Sousa` may be on one line and `wrote:` on the next.
        if own.last().is_some_and(|last| is_attribution(last)) {
            let last = own.pop().unwrap_or_default();
            let short = last.trim().chars().count() < 30;
            if short && own.last().is_some_and(|line| line.trim_start().starts_with("On ")) {
                own.pop();
            }
        }
        own.push(String::new());
    }
    own
}

/// `On Tue, 2 Dec 2025, Ana Sousa wrote:`
fn is_attribution(line: &str) -> bool {
    let line = line.trim();
    [
        "wrote:",
        "writes:",
        "schrieb:",
        "a écrit :",
        "a écrit:",
        "escribió:",
        "ha scritto:",
        "schreef:",
        "skrev:",
        "написал:",
    ]
    .iter()
    .any(|end| line.ends_with(end))
}

/// Up to the line `-- ` that RFC 3676 puts before a signature.
fn without_signature<'l, 't>(lines: &'l [&'t str]) -> &'l [&'t str] {
    let mark = lines
        .iter()
        .rposition(|line| line.trim_end() == "--")
        .filter(|at| lines.len() - at <= LONGEST_SIGNATURE);
    match mark {
        Some(at) if lines.iter().take(at).any(|line| !line.trim().is_empty()) => {
            lines.get(..at).unwrap_or(lines)
        }
        _ => lines,
    }
}

/// Without the footer: its lines wherever they stand, and everything below one in the second half.
pub(super) fn without_footer(mut paragraphs: Vec<String>) -> Vec<String> {
    let total: usize = paragraphs.iter().map(String::len).sum();
    let mut above = 0;
    let mut cut = None;
    for (paragraph, at) in paragraphs.iter().zip(0..) {
        if above * 2 >= total && is_footer(paragraph) {
            cut = Some(at);
            break;
        }
        above += paragraph.len();
    }
    paragraphs.truncate(cut.unwrap_or(paragraphs.len()));
    paragraphs.retain(|paragraph| !is_footer(paragraph));
    while paragraphs.last().is_some_and(|last| is_rule(last)) {
        paragraphs.pop();
    }
    paragraphs
}

fn is_footer(paragraph: &str) -> bool {
    let text = paragraph.trim_start_matches(|c: char| !c.is_alphabetic());
    if text.chars().count() > LONGEST_FOOTER {
        return false;
    }
    let start: String = text.chars().take(60).flat_map(char::to_lowercase).collect();
    FOOTER_STARTS.split('|').any(|known| start.starts_with(known))
}

/// A line of nothing but marks.
fn is_rule(line: &str) -> bool {
    !line.chars().any(char::is_alphanumeric)
}
