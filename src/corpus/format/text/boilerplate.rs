//! The lines of a page that are not the article's: buttons, menus, advertisements, links to other stories,
//! picture credits. No line is judged by its neighbours here.

use std::borrow::Cow;

use super::lines::{is_prose, is_within, without_bullet, without_marks};
use crate::corpus::plain_text::word_list::{Beginnings, WordList, in_lower_case};

/// Lines that only a page's frame holds, folded; alone on a line.
static BOILERPLATE: WordList = WordList::new(
    "share|share this|share this article|share this story|share article|share on facebook|share on twitter|share on x|\
    share via email|share on whatsapp|facebook|twitter|whatsapp|linkedin|email|print|copy link|most read|most popular|most viewed|trending|trending now|\
    trending stories|related|related articles|related stories|related news|related topics|related content|related posts|you may also like|\
    you might also like|you may like|recommended|recommended for you|recommended stories|more stories|more news|more on this story|\
    more from this section|more from us|more like this|latest news|latest stories|top stories|popular|popular posts|editor's picks|\
    editors' picks|don't miss|what to read next|read next|up next|next article|previous article|comments|leave a comment|leave a reply|\
    post a comment|join the conversation|view comments|show comments|add comment|newsletter|newsletters|sign up|subscribe|subscribe now|follow us|\
    topics|tags|most viewed|explore more on these topics|also read|read also|see also|archivado en|archivé dans|read more|drucken|teilen|suggested topics|purchase licensing rights|\
    show more|show less|load more|view all|share full article|skip advertisement|hide ad|comment|previous|next|kommentieren|guardar|enviar|imprimir|\
    more on this topic|also in the news|elsewhere|from our partners|sponsored|promoted|around the web|taboola|outbrain|about us|contact us|privacy policy|terms of use|terms of service|cookie policy|advertise with us|back to top|\
    teilen|mehr zum thema|das könnte sie auch interessieren|meistgelesen|kommentare|zur startseite|partager|lire aussi|à lire aussi|\
    sur le même sujet|les plus lus|commentaires|compartir|más leídas|lo más leído|te puede interesar|noticias relacionadas|comentarios|\
    condividi|leggi anche|i più letti|commenti|compartilhar|compartilhe|mais lidas|leia também|leia mais|comentários|delen|lees ook|\
    meest gelezen|reacties|dela|läs mer|läs också|mest läst|kommentarer|del|les også|mest lest|læs også|mest læste|jaa|lue myös|\
    udostępnij|czytaj także|komentarze|sdílet|čtěte také|paylaş|yorumlar|поделиться|читайте также|комментарии|поширити|читайте також|\
    分享|相关新闻|相关阅读|共有|関連記事|あわせて読みたい|공유|관련기사|مشاركة|اقرأ أيضا|bagikan|baca juga",
);

/// Boilerplate that is told by how it begins, folded.
static BOILERPLATE_STARTS: Beginnings = Beginnings::new(
    "sign up for our|sign up to our|subscribe to our|get our newsletter|get the latest news|follow us on|\
    more from |share this |share or comment on|click to share|suggested topics|our standards:|explore more on|click here to |read more:|read also:|also read:|see also:|related:|download our app|join our whatsapp|\
    abonnieren sie|inscrivez-vous à|suscríbete a|iscriviti alla",
);

/// The frame's first lines, above the headline, folded; alone on a line.
static ABOVE: WordList = WordList::new(
    "for immediate release|bbc news|for release|press release|menü|menu principal|menú|suche|anmelden|skip to content|skip to main content|skip to navigation|menu|open menu|close menu|home|search|sign in|log in|login|\
    subscribe|register|my account|newsletters|live|watch live|listen live|breaking|breaking news|advertisement|toggle navigation|\
    zum inhalt springen|aller au contenu|ir al contenido",
);

/// A line that interrupts a text to sell something, folded.
static ADVERTISEMENTS: WordList = WordList::new(
    "advertisement|advertisements|advertising|skip advertisement|hide ad|story continues below advertisement|article continues below advertisement|\
    article continues after advertisement|continue reading below|scroll to continue|scroll down to continue|- advertisement -|anzeige|werbung|publicité|publicidad|\
    pubblicità|publicidade|advertentie|annons|annonse|annonce|mainos|reklama|reklam|реклама|广告|広告|광고|إعلان",
);

/// How lines begin that a page puts between two paragraphs, folded.
static INTERRUPTIONS: Beginnings = Beginnings::new(
    "read more:|read more |read also:|also read:|also read |read also |see also:|see more:|related:|related story:|related article:|\
    more on this:|more on this story:|also on |watch:|listen:|in pictures:|don't miss:|recommended:|you may also like:|must read:|\
    explainer:|live updates:|\
    lesen sie auch|lesen sie hier|mehr dazu:|mehr zum thema:|siehe auch:|lire aussi|à lire aussi|lea también|lea además|te puede interesar|\
    leggi anche|leia também|leia mais|lees ook|läs också|läs mer|les også|læs også|czytaj także|читайте также|читайте також|\
    sign up for |sign up to |sign up here|subscribe to |subscribe now|subscribe for |get our newsletter|get the latest |follow us on |follow our |\
    join our whatsapp|join us on |download our app|click here to |this newsletter |enter your email|support our journalism|\
    we use cookies|this site uses cookies|this website uses cookies|by continuing to use |accept all|accept cookies|manage preferences|\
    cookie settings|already a subscriber|already have an account|this article is for subscribers|this story is for subscribers|\
    subscribers can |to continue reading|continue reading|keep reading|you have reached your |you've reached your |listen to this article|\
    your browser does not support|wir verwenden cookies|nous utilisons des cookies|utilizamos cookies",
);

/// Buttons that mean nothing else, folded; alone on a line.
static BUTTONS: WordList = WordList::new(
    "share|save|share save|share save comments|listen|play|copy link|link copied|bookmark|gift article|gift this article|print|email|\
    text size|font size|a a a|a- a a+|follow|following|add as preferred on google|add to myft|listen to article|0:00|00:00|volume|mute|\
    read aloud|open image in gallery|view gallery|view image in fullscreen|enlarge this image|toggle caption|hide caption|close",
);

/// How the lines around a picture begin, folded.
static PICTURES: Beginnings = Beginnings::new(
    "photo:|photos:|photo by |photograph:|photograph by |photography by |photo credit:|picture:|pictures:|picture by |\
    image:|images:|image source,|image source:|image caption,|image caption:|image credit:|image copyright|media caption,|media caption:|\
    video caption|caption:|credit:|file photo|file image|file picture|file - |[photo|(photo|[image|(image|foto:|fotos:|(foto:|\
    bild:|bildunterschrift:|crédit photo|photo d'illustration|crédits :|(c) getty|© getty|graphic:|illustration:|illustration by |source: getty",
);

pub(super) fn is_boilerplate(line: &str) -> bool {
    let line = without_marks(without_bullet(line));
    !line.is_empty() && is_within(line, 120) && in_lower_case(line, is_folded_boilerplate)
}

fn is_folded_boilerplate(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| c == ')' || c == '(' || c.is_ascii_digit() || c == ' ');
    let words = || line.split_whitespace();
    BOILERPLATE.has(line)
        || (words().all(|word| BOILERPLATE.has(word) || BUTTONS.has(word)) && words().count() > 1)
        || BUTTONS.has(&one_space(line))
        || BOILERPLATE_STARTS.of(line).is_some()
}

pub(super) fn is_above_headline(line: &str) -> bool {
    let line = without_marks(line);
    let is_contact = |start: &str| line.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    ABOVE.has_in_lower_case(line) || is_contact("contact:") || is_contact("media contact:")
}

pub(super) fn is_advertisement(line: &str) -> bool {
    line.len() < 80 && ADVERTISEMENTS.has_in_lower_case(without_marks(line))
}

fn one_space(line: &str) -> Cow<'_, str> {
    let single =
        line.is_ascii() && !line.contains(['\t', '\n', '\r', '\u{b}', '\u{c}']) && !line.contains("  ");
    if single { Cow::Borrowed(line) } else { line.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}

/// `Read more: Bus found after night in the snow`, `Sign up for our newsletter`.
pub(super) fn is_interruption(line: &str) -> bool {
    let text = without_bullet(line);
    if !is_within(text, 160) {
        return false;
    }
    let start =
        in_lower_case(text, |text| INTERRUPTIONS.of(text.trim_start_matches(|c: char| !c.is_alphanumeric())));
    // A sentence in the past is told, not offered: `Subscribe to our view or not, he wrote.`
    start.is_some_and(|start| start.ends_with(':') || !is_prose(text))
}

/// `Photo: Jo Ek/Northwire`, `Image source, Getty Images`, `Getty Images`.
pub(super) fn is_picture_line(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty() && is_within(text, 240) && in_lower_case(text, is_folded_picture_line)
}

fn is_folded_picture_line(text: &str) -> bool {
    if PICTURES.of(text).is_some() {
        return true;
    }
    let bracketed = || {
        text.contains("(ap photo")
            || text.contains("getty images)")
            || text.contains("/reuters)")
            || text.ends_with("/afp)")
    };
    if text.contains(['(', ')']) && bracketed() {
        return true;
    }
    let credited = text.trim_end_matches(')');
    is_within(text, 80)
        && AGENCIES.iter().any(|agency| credited.ends_with(agency))
        && (text.contains('/') || text.split(' ').count() <= 4)
}

/// How a picture's credit ends, folded.
const AGENCIES: [&str; 6] = ["getty images", "/reuters", "/afp", "/ap", "(ap photo", "/dpa"];
