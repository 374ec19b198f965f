//! What a single line of a text is: a byline, a count, a section, prose. No line is judged by its neighbours
//! here.

use crate::corpus::fields::byline;
use crate::corpus::plain_text::word_list::WordList;

/// Section names that need no capitals to be told, folded to lower case.
static SECTIONS: WordList = WordList::new(
    "world|world news|international|news|national|nation|local|local news|politics|us|u.s.|uk|europe|asia|africa|\
    americas|middle east|business|economy|markets|finance|money|technology|tech|science|health|sport|sports|football|soccer|culture|\
    arts|entertainment|lifestyle|life|opinion|editorial|comment|analysis|environment|climate|education|travel|food|weather|crime|\
    justice|law|society|media|books|film|music|style|obituaries|metro|region|regional|wissenschaft|wirtschaft|politik|sport|kultur|\
    panorama|ausland|inland|gesellschaft|meinung|monde|politique|économie|société|culture|planète|mundo|política|economía|deportes|\
    cultura|sociedad|opinión|esteri|cronaca|economia|política|esportes|buitenland|binnenland|världen|inrikes|utrikes|verden|мир|\
    политика|экономика|общество|спорт|культура|国际|国際|社会|政治|经济|経済|スポーツ",
);

/// The line without marks at its ends.
pub(super) fn without_marks(line: &str) -> &str {
    line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '»' | '›' | '…' | '•' | '*' | '#' | '|')
    })
}

/// Whether a text has at the most so many characters. Those of a long one are not counted.
pub(super) fn is_within(text: &str, most: usize) -> bool {
    text.len() <= most || (text.len() <= most * 4 && !text.is_ascii() && text.chars().count() <= most)
}

/// The line without the mark of a list.
pub(super) fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    ["- ", "* ", "• ", "· ", "– ", "— "].iter().find_map(|b| line.strip_prefix(b)).unwrap_or(line).trim()
}

/// `© 2025 The Daily`, `All rights reserved`.
pub(super) fn is_copyright(line: &str) -> bool {
    let line = without_marks(line);
    if !is_within(line, 200) {
        return false;
    }
    let line = line.to_lowercase();
    line.starts_with('©')
        || line.starts_with("(c) ")
        || line.starts_with("copyright ")
        || line.contains("all rights reserved")
        || line.contains("alle rechte vorbehalten")
        || line.contains("tous droits réservés")
        || line.contains("todos los derechos reservados")
}

/// `4 min read`, `718 views`, `12 comments`, `5 minute read`: counts that pages print.
pub(super) fn is_count(line: &str) -> bool {
    let line = line.trim().trim_end_matches('.');
    let rest = line
        .strip_prefix("Reading time")
        .or_else(|| line.strip_prefix("Read time"))
        .or_else(|| line.strip_prefix("Lesezeit"))
        .or_else(|| line.strip_prefix("Temps de Lecture"))
        .or_else(|| line.strip_prefix("Temps de lecture"))
        .map(|r| r.trim_start_matches([':', ' ']));
    let rest = rest.unwrap_or(line);
    let number = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')).count();
    if number == 0 {
        return false;
    }
    let words: Vec<String> = rest
        .get(number..)
        .unwrap_or_default()
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = match words.as_slice() {
        ["k" | "m", rest @ ..] => rest,
        words => words,
    };
    matches!(
        words,
        ["min" | "mins" | "minute" | "minutes"]
            | ["min" | "mins" | "minute" | "minutes", "read" | "reading"]
            | ["min" | "minutes" | "minute", "de", "lecture" | "lectura" | "leitura"]
            | ["min" | "minuti", "di", "lettura"]
            | ["min" | "minuten", "lesezeit" | "leestijd"]
            | ["views"
                | "view"
                | "shares"
                | "share"
                | "comments"
                | "comment"
                | "likes"
                | "reads"
                | "vues"
                | "visitas"
                | "aufrufe"
                | "reactions"
                | "followers"
                | "claps"]
    ) && (words.len() > 1 || rest.len() < 20)
}

/// `Published 2 December 2025`: the day that counts, whatever other days stand beside it.
pub(super) fn is_labelled_published(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let labels = [
        "published",
        "first published",
        "originally published",
        "posted",
        "publié",
        "veröffentlicht",
        "erschienen",
        "publicado",
        "publicada",
        "pubblicato",
        "gepubliceerd",
        "publicerad",
        "publisert",
        "publiceret",
        "created",
        "date:",
    ];
    labels.iter().any(|label| line.starts_with(label))
}

/// `Issued on: 2 December 2025`, `Updated 18:20, 3 December 2025`, and nothing else.
pub(super) fn is_labelled_day(line: &str) -> bool {
    let text = line.trim();
    if !is_within(text, 80) {
        return false;
    }
    let folded = text.to_lowercase();
    let changed = [
        "issued",
        "updated",
        "last updated",
        "last modified",
        "modified",
        "last update",
        "first published",
        "modifié",
        "aktualisiert",
        "actualizado",
        "stand:",
    ];
    (is_labelled_published(text) || changed.iter().any(|label| folded.starts_with(label)))
        && !matches!(
            crate::corpus::fields::date::parse_line(text, None),
            Err(crate::corpus::fields::date::DateError::NotADate(_)
                | crate::corpus::fields::date::DateError::Empty)
        )
}

/// `Ana Sousa and Jo Ek`, `Ana Sousa in Ruska`.
pub(super) fn are_bare_names(line: &str) -> bool {
    let names = line.split_once(" in ").map_or(line, |(names, _)| names);
    is_within(line, 90)
        && names
            .split(" and ")
            .flat_map(|part| part.split(" & "))
            .flat_map(|part| part.split(", "))
            .all(is_bare_name)
}

/// A section line: a known name, or, where capitals are to count, a few words in nothing but capitals.
pub(super) fn section(line: &str, capitals_count: bool) -> Option<String> {
    let line = line.trim().trim_matches(|c: char| matches!(c, '|' | '/' | '»' | '›' | '[' | ']' | ':' | ' '));
    let line =
        line.strip_prefix("Section:").or_else(|| line.strip_prefix("Category:")).unwrap_or(line).trim();
    if line.is_empty() || !is_within(line, 40) {
        return None;
    }
    let known = SECTIONS.has_in_lower_case(line);
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters >= 2
        && !line.chars().any(char::is_lowercase)
        && line.chars().any(char::is_uppercase)
        && line.split_whitespace().count() <= 4
        && !line.ends_with(['.', '!', '?', ',']);
    if known || (capitals_count && capitals) { Some(title_case(line)) } else { None }
}

/// Whether a line is a section's name and can hardly be a headline.
pub(super) fn is_known_section(line: &str) -> bool {
    SECTIONS.has_in_lower_case(line.trim())
}

/// WORLD NEWS → World News; short words in capitals (US, UK, EU, TV) stay, as does everything that is not all
/// capitals.
pub(in super::super) fn title_case(section: &str) -> String {
    if section.chars().any(char::is_lowercase) {
        return section.to_string();
    }
    let words: Vec<String> = section
        .split(' ')
        .map(|word| {
            if word.chars().filter(|c| c.is_alphabetic()).count() <= 2 || word.contains('.') {
                return word.to_string();
            }
            let mut chars = word.chars();
            chars.next().map(|first| first.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
        })
        .collect();
    words.join(" ")
}

/// A byline line: a label and names, nothing else.
pub(super) fn is_byline(line: &str) -> bool {
    let line = without_bullet(line);
    is_within(line, 160)
        && !line.trim_end().ends_with(['!', '?'])
        && !ends_a_sentence(line)
        && byline::is_labelled_with_names(line)
}

/// `By Friday the bridge was closed.`: a line of prose ends with a point behind a long or lower-case word.
fn ends_a_sentence(line: &str) -> bool {
    let Some(rest) = line.trim_end().strip_suffix('.') else { return false };
    let last = rest.rsplit(' ').next().unwrap_or_default();
    last.chars().next().is_some_and(char::is_lowercase) || rest.split(' ').count() > 8
}

/// A name alone on its line: two to four capitalised words.
pub(super) fn is_bare_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(5).collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|w| {
            w.chars().next().is_some_and(char::is_uppercase)
                && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'))
                && (w.chars().any(char::is_lowercase) || w.ends_with('.'))
        })
        && !is_known_section(line)
        && !byline::names_an_organisation(line)
}

/// A line of prose: long, or a sentence of some length.
pub(super) fn is_prose(line: &str) -> bool {
    let line = line.trim();
    if is_within(line, 99) {
        return false;
    }
    let ends =
        || line.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', '。', '؟', '…']);
    !is_within(line, 219) || ends()
}

/// The next line from here on that is not blank.
pub(super) fn next_filled(lines: &[&str], from: usize) -> usize {
    (from..lines.len()).find(|i| lines.get(*i).is_some_and(|l| !l.trim().is_empty())).unwrap_or(lines.len())
}

/// `r f BC-BRIDGE-CLOSED 1stLd 12-02 0105`, `BC-BRIDGE, updates with houses`, `NW1128-04 URGENT`: a wire's
/// slug line.
pub(super) fn is_wire_code(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 80 || line.ends_with('.') {
        return false;
    }
    let has_hyphen = memchr::memchr(b'-', line.as_bytes()).is_some();
    let cycles = ["BC-", "AM-", "PM-"].iter().filter(|_| has_hyphen);
    let cycle = cycles.copied().find_map(|cycle| line.find(cycle).map(|at| (at, line.get(at + 3..))));
    if let Some((at, Some(slug))) = cycle {
        let digits = line.bytes().any(|b| b.is_ascii_digit());
        return (at == 0 && slug.starts_with(char::is_alphanumeric)) || digits;
    }
    let mut words = line.split_whitespace();
    let code = words.next().unwrap_or_default();
    let is_code = code.contains(|c: char| c.is_ascii_digit())
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && !code.chars().any(char::is_lowercase);
    let urgent = |word: &str| matches!(word, "URGENT" | "FLASH" | "BULLETIN" | "ALERT" | "SNAP" | "UPDATE");
    match (words.next(), words.next()) {
        (None, _) => urgent(code),
        (Some(label), None) => is_code && urgent(label),
        _ => false,
    }
}

/// What stands between the steps of a trail.
const STEPS: [char; 5] = ['>', '›', '»', '/', '→'];

/// `Home > World > Europe`: that it is one, and the section that stands behind the front page.
pub(super) fn trail(line: &str) -> Option<Option<String>> {
    let line = line.trim();
    if !is_within(line, 120) || !line.contains(STEPS) {
        return None;
    }
    let line = line.strip_prefix("You are here:").map_or(line, str::trim);
    let steps: Vec<&str> = line.split(STEPS).map(str::trim).collect();
    // The last step can be the article's own headline.
    let short = steps
        .iter()
        .rev()
        .skip(usize::from(steps.len() > 2))
        .all(|step| step.chars().count() <= 40 && step.split(' ').count() <= 4);
    let home = |step: &str| {
        matches!(
            step.to_lowercase().as_str(),
            "home" | "news" | "startseite" | "accueil" | "inicio" | "front page" | "homepage"
        )
    };
    let first = *steps.first()?;
    let is_trail = steps.len() >= 2
        && short
        && (home(first) || (is_known_section(first) && steps.get(1).is_some_and(|s| !s.is_empty())));
    is_trail
        .then(|| steps.iter().find(|step| !step.is_empty() && !home(step)).map(|step| (*step).to_string()))
}
