//! Lines inside a story's text that are not the story: its headline again, its byline, its date, invitations
//! to subscribe. Judges them by their words; where they stand on the page is the body's business.

use super::blocks::Block;
use super::site::key;
use super::sources::Declared;
use crate::corpus::fields::byline;

/// Phrases of invitations and notices, in lower case.
const NOTICES: &[&str] = &[
    "all rights reserved",
    "alle rechte vorbehalten",
    "riproduzione riservata",
    "tous droits réservés",
    "todos os direitos reservados",
    "todos los derechos reservados",
    "support our journalism",
    "support our work",
    "value our reporting",
    "monthly donation",
];

/// What invitations ask for, in lower case; only with a link in the same few lines is it one.
const INVITATIONS: &[&str] = &[
    "newsletter",
    "sign up",
    "signing up",
    "subscribe",
    "follow us",
    "get in touch",
    "whatsapp",
    "google news",
    "facebook messenger",
    "abonnieren",
    "abonnez-vous",
    "inscrivez-vous",
    "suscríbe",
    "suscribirse",
    "iscriviti",
    "assine",
    "inscreva-se",
    "click here",
    "klicken sie hier",
    "cliquez ici",
    "подпис",
];

/// The whole of lines above advertisements, without spaces, in lower case.
const LABELS: &[&str] = &[
    "advertisement",
    "advertising",
    "anzeige",
    "werbung",
    "publicité",
    "publicidad",
    "publicidade",
    "pubblicità",
    "advertentie",
    "annons",
    "annonse",
    "annonce",
    "mainos",
    "reklama",
    "reklam",
    "реклама",
    "広告",
    "广告",
    "광고",
    "إعلان",
];

/// What is known to stand around a story.
#[derive(Debug)]
pub struct Boilerplate {
    headline: String,
    authors: Vec<String>,
}

impl Boilerplate {
    /// Takes what the page declares.
    pub fn new(declared: &Declared) -> Self {
        Self {
            headline: key(declared.headline),
            authors: declared.authors.iter().map(|a| key(a)).filter(|a| !a.is_empty()).collect(),
        }
    }

    /// Whether a block only repeats the headline, the names of the authors, or a notice.
    pub fn is_repeated(&self, block: &Block) -> bool {
        if block.weight > 300 {
            return false;
        }
        let text = key(&block.text);
        let is_headline = self.headline.len() > 15
            && text.ends_with(&self.headline)
            && text.len() < self.headline.len() * 2;
        is_headline || LABELS.contains(&text.as_str()) || self.is_names(text) || is_notice(block)
    }

    fn is_names(&self, text: String) -> bool {
        let mut rest = text;
        let mut found = false;
        for author in &self.authors {
            if let Some(at) = rest.find(author.as_str()) {
                rest.replace_range(at..at + author.len(), "");
                found = true;
            }
        }
        found && rest.chars().count() <= 4
    }

    /// Whether a block before the story's first long paragraph is a byline, a date or a reading time.
    pub fn is_byline_or_date(&self, block: &Block) -> bool {
        if block.weight > 60 {
            return false;
        }
        let digits = block.text.chars().filter(char::is_ascii_digit).count();
        (digits >= 4 && digits * 5 >= block.weight)
            || byline::is_labelled(&block.text) && !block.ends_sentence()
    }
}

fn is_notice(block: &Block) -> bool {
    let text = block.text.to_lowercase();
    let invites = block.link_weight > 0
        && block.weight <= 220
        && !block.in_list
        && INVITATIONS.iter().any(|n| text.contains(n));
    invites || NOTICES.iter().any(|n| text.contains(n))
}
