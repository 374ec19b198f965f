//! What a single line of a copied page is: a byline, a date, a section, a piece of furniture. No line is judged by its neighbours
//! here.

use crate::corpus::byline;

/// Section names that need no capitals to be told, folded to lower case.
const SECTIONS: &str = "world|world news|international|news|national|nation|local|local news|politics|us|u.s.|uk|europe|asia|africa|\
    americas|middle east|business|economy|markets|finance|money|technology|tech|science|health|sport|sports|football|soccer|culture|\
    arts|entertainment|lifestyle|life|opinion|editorial|comment|analysis|environment|climate|education|travel|food|weather|crime|\
    justice|law|society|media|books|film|music|style|obituaries|metro|region|regional|wissenschaft|wirtschaft|politik|sport|kultur|\
    panorama|ausland|inland|gesellschaft|meinung|monde|politique|économie|société|culture|planète|mundo|política|economía|deportes|\
    cultura|sociedad|opinión|esteri|cronaca|economia|política|esportes|buitenland|binnenland|världen|inrikes|utrikes|verden|мир|\
    политика|экономика|общество|спорт|культура|国际|国際|社会|政治|经济|経済|スポーツ";

/// Lines that only a page's frame holds, folded; alone on a line.
const FURNITURE: &str = "share|share this|share this article|share this story|share article|share on facebook|share on twitter|share on x|\
    share via email|share on whatsapp|facebook|twitter|whatsapp|linkedin|email|print|copy link|most read|most popular|most viewed|trending|trending now|\
    trending stories|related|related articles|related stories|related news|related topics|related content|related posts|you may also like|\
    you might also like|you may like|recommended|recommended for you|recommended stories|more stories|more news|more on this story|\
    more from this section|more from us|more like this|latest news|latest stories|top stories|popular|popular posts|editor's picks|\
    editors' picks|don't miss|what to read next|read next|up next|next article|previous article|comments|leave a comment|leave a reply|\
    post a comment|join the conversation|view comments|show comments|add comment|newsletter|newsletters|sign up|subscribe|subscribe now|follow us|\
    topics|tags|about us|contact us|privacy policy|terms of use|terms of service|cookie policy|advertise with us|back to top|\
    teilen|mehr zum thema|das könnte sie auch interessieren|meistgelesen|kommentare|zur startseite|partager|lire aussi|à lire aussi|\
    sur le même sujet|les plus lus|commentaires|compartir|más leídas|lo más leído|te puede interesar|noticias relacionadas|comentarios|\
    condividi|leggi anche|i più letti|commenti|compartilhar|compartilhe|mais lidas|leia também|leia mais|comentários|delen|lees ook|\
    meest gelezen|reacties|dela|läs mer|läs också|mest läst|kommentarer|del|les også|mest lest|læs også|mest læste|jaa|lue myös|\
    udostępnij|czytaj także|komentarze|sdílet|čtěte také|paylaş|yorumlar|поделиться|читайте также|комментарии|поширити|читайте також|\
    分享|相关新闻|相关阅读|共有|関連記事|あわせて読みたい|공유|관련기사|مشاركة|اقرأ أيضا|bagikan|baca juga";

/// Furniture that is told by how it begins, folded.
const FURNITURE_STARTS: &str = "sign up for our|sign up to our|subscribe to our|get our newsletter|get the latest news|follow us on|\
    more from |share this |click here to |read more:|read also:|also read:|see also:|related:|download our app|join our whatsapp|\
    abonnieren sie|inscrivez-vous à|suscríbete a|iscriviti alla";

/// The frame's first lines, above the headline, folded; alone on a line.
const ABOVE: &str = "skip to content|skip to main content|skip to navigation|menu|open menu|close menu|home|search|sign in|log in|login|\
    subscribe|register|my account|newsletters|live|watch live|listen live|breaking|breaking news|advertisement|toggle navigation|\
    zum inhalt springen|aller au contenu|ir al contenido";

/// A line that interrupts a text to sell something, folded.
const ADVERTISEMENTS: &str = "advertisement|advertisements|advertising|story continues below advertisement|article continues below advertisement|\
    article continues after advertisement|continue reading below|scroll to continue|scroll down to continue|- advertisement -|anzeige|werbung|publicité|publicidad|\
    pubblicità|publicidade|advertentie|annons|annonse|annonce|mainos|reklama|reklam|реклама|广告|広告|광고|إعلان";

fn listed(list: &str, text: &str) -> bool {
    list.split('|').any(|item| item.trim() == text)
}

/// The line in lower case without marks at its ends.
fn folded(line: &str) -> String {
    line.trim()
        .trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '»' | '›' | '…' | '•' | '*' | '#' | '|')
        })
        .to_lowercase()
}

/// The line without the mark of a list.
pub(super) fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    ["- ", "* ", "• ", "· ", "– ", "— "].iter().find_map(|b| line.strip_prefix(b)).unwrap_or(line).trim()
}

pub(super) fn is_furniture(line: &str) -> bool {
    let line = folded(without_bullet(line));
    if line.is_empty() || line.chars().count() > 120 {
        return false;
    }
    let line = line.trim_end_matches(|c: char| c == ')' || c == '(' || c.is_ascii_digit() || c == ' ');
    listed(FURNITURE, line) || FURNITURE_STARTS.split('|').any(|start| line.starts_with(start.trim_start()))
}

pub(super) fn is_above_headline(line: &str) -> bool {
    listed(ABOVE, &folded(line))
}

pub(super) fn is_advertisement(line: &str) -> bool {
    line.len() < 80 && listed(ADVERTISEMENTS, &folded(line))
}

/// `© 2025 The Daily`, `All rights reserved`.
pub(super) fn is_copyright(line: &str) -> bool {
    let line = folded(line);
    line.chars().count() <= 200
        && (line.starts_with('©')
            || line.starts_with("(c) ")
            || line.starts_with("copyright ")
            || line.contains("all rights reserved")
            || line.contains("alle rechte vorbehalten")
            || line.contains("tous droits réservés")
            || line.contains("todos los derechos reservados"))
}

/// What ends a wire story: `ENDS`, `-30-`, `###`, the agency's name.
pub(super) fn is_end_mark(line: &str) -> bool {
    let line = line.trim();
    matches!(
        line,
        "###"
            | "##"
            | "***"
            | "* * *"
            | "---"
            | "___"
            | "-30-"
            | "— 30 —"
            | "--30--"
            | "(END)"
            | "END"
            | "ENDS"
            | "-ENDS-"
            | "Ends"
    ) || ["reuter", "reuters", "(reuters)", "(ap)", "(afp)", "(dpa)", "ap-end", "xx"]
        .iter()
        .any(|m| line.eq_ignore_ascii_case(m))
}

/// `4 min read`, `718 views`, `12 comments`, `5 minute read`: counts that pages print.
pub(super) fn is_count(line: &str) -> bool {
    let line = line.trim().trim_end_matches('.');
    let rest = line
        .strip_prefix("Reading time")
        .or_else(|| line.strip_prefix("Lesezeit"))
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
                | "reactions"]
    ) && (words.len() > 1 || rest.len() < 20)
}

/// A section line: a known name, or, where capitals are to count, a few words in nothing but capitals.
pub(super) fn section(line: &str, capitals_count: bool) -> Option<String> {
    let line = line.trim().trim_matches(|c: char| matches!(c, '|' | '/' | '»' | '›' | '[' | ']' | ':' | ' '));
    let line =
        line.strip_prefix("Section:").or_else(|| line.strip_prefix("Category:")).unwrap_or(line).trim();
    if line.is_empty() || line.chars().count() > 40 {
        return None;
    }
    let known = listed(SECTIONS, &line.to_lowercase());
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
    listed(SECTIONS, &line.trim().to_lowercase())
}

/// WORLD NEWS → World News; short words in capitals (US, UK, EU, TV) stay, as does everything that is not all capitals.
fn title_case(section: &str) -> String {
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
    line.chars().count() <= 160
        && byline::is_labelled(line)
        && !line.trim_end().ends_with(['!', '?'])
        && !ends_a_sentence(line)
        && !byline::split(line).is_empty()
}

/// `By Friday the bridge was closed.`: a line of prose ends with a point behind a long or lower-case word.
fn ends_a_sentence(line: &str) -> bool {
    let Some(rest) = line.trim_end().strip_suffix('.') else { return false };
    let last = rest.rsplit(' ').next().unwrap_or_default();
    last.chars().next().is_some_and(char::is_lowercase) || rest.split(' ').count() > 8
}

/// A name alone on its line: two to four capitalised words.
pub(super) fn is_bare_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|w| {
            w.chars().next().is_some_and(char::is_uppercase)
                && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'))
                && (w.chars().any(char::is_lowercase) || w.ends_with('.'))
        })
        && !is_known_section(line)
}

/// A line of prose: long, or a sentence of some length.
pub(super) fn is_prose(line: &str) -> bool {
    let line = line.trim();
    let length = line.chars().count();
    let ends =
        line.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', '。', '؟', '…']);
    length >= 220 || (length >= 100 && ends)
}
