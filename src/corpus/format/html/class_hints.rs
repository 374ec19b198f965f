//! What an element's name, role and class names say about its content: navigation, share bars and the like,
//! or the story's text. Says nothing of whether to believe them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::dom::{NodeId, Page};
use super::tag::Tag;

/// Words of class names, ids and roles that leave little doubt, sorted: they mean what they say although most
/// of a page's text stands there (comments can be longer than their story).
const CERTAIN: &[&str] = &[
    "breadcrumb",
    "breadcrumbs",
    "button",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "dialog",
    "disqus",
    "footer",
    "gdpr",
    "invisible",
    "masthead",
    "menu",
    "mostread",
    "navbar",
    "navigation",
    "newsletter",
    "onetrust",
    "outbrain",
    "recirc",
    "recommendation",
    "recommendations",
    "recommended",
    "related",
    "relatedposts",
    "rollover",
    "search",
    "share",
    "sharebar",
    "sharedaddy",
    "sharing",
    "signin",
    "signup",
    "social",
    "socials",
    "taboola",
    "trending",
];

/// Words that layouts also use around the story itself, sorted.
const LIKELY: &[&str] = &[
    "ad",
    "ads",
    "adslot",
    "advert",
    "advertisement",
    "advertising",
    "aside",
    "author",
    "authors",
    "avatar",
    "banner",
    "bio",
    "byline",
    "bylines",
    "caption",
    "captions",
    "card",
    "carousel",
    "complementary",
    "copyright",
    "credit",
    "credits",
    "crosslink",
    "crosslinks",
    "cta",
    "date",
    "dateline",
    "disclaimer",
    "feedback",
    "figcaption",
    "gallery",
    "hidden",
    "image",
    "images",
    "img",
    "infobox",
    "jumbotron",
    "label",
    "login",
    "meta",
    "modal",
    "nav",
    "newsletters",
    "noprint",
    "pager",
    "pagination",
    "photo",
    "photos",
    "picture",
    "playlist",
    "poll",
    "popular",
    "popup",
    "promo",
    "promos",
    "published",
    "rating",
    "ratings",
    "reactions",
    "readmore",
    "recirculation",
    "register",
    "sidebar",
    "skip",
    "slideshow",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taglist",
    "tags",
    "teaser",
    "teasers",
    "timestamp",
    "toolbar",
    "tooltip",
    "topics",
    "updated",
    "whatsapp",
    "widget",
];

/// Words before or after which a word of the lists says something of the layout, not of the content:
/// `has-sidebar`, `comments-open`.
const QUALIFIERS_BEFORE: &[&str] = &["has", "is", "no", "non", "not", "with", "without"];
const QUALIFIERS_AFTER: &[&str] =
    &["closed", "disabled", "enabled", "free", "grid", "layout", "off", "on", "open", "wrapper"];

/// A set of the words that say that an element is not part of the story's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words(u128);

impl Words {
    const fn single(index: usize) -> Self {
        Self(1 << index)
    }

    fn named(word: &str) -> Option<Self> {
        static WORDS: LazyLock<FxHashMap<&str, Words>> = LazyLock::new(|| {
            CERTAIN.iter().chain(LIKELY).enumerate().map(|(i, word)| (*word, Words::single(i))).collect()
        });
        WORDS.get(word).copied()
    }

    /// Adds the words of another set.
    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// The words of this set that another has not.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether there is no word in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it marks a part of a line that readers do not see in the line.
    pub fn is_aside_of_line(self) -> bool {
        ["invisible", "rollover", "tooltip"].into_iter().filter_map(Self::named).any(|w| self.0 & w.0 != 0)
    }

    /// Each of its words alone, and whether it leaves little doubt.
    pub fn each(self) -> impl Iterator<Item = (Self, bool)> {
        (0..CERTAIN.len() + LIKELY.len())
            .map(|i| (Self::single(i), i < CERTAIN.len()))
            .filter(move |(one, _)| self.0 & one.0 != 0)
    }
}

/// What an element announces itself to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cue {
    /// Why it would not be part of the story's text.
    pub boilerplate: Words,
    /// Whether it would hold the story's text.
    pub body: bool,
}

impl Cue {
    fn join(&mut self, other: Self) {
        self.boilerplate.add(other.boilerplate);
        self.body |= other.body;
    }

    fn boilerplate(&mut self, word: &str) {
        if let Some(word) = Words::named(word) {
            self.boilerplate.add(word);
        }
    }
}

/// The cues of all of a page's nodes. Pages repeat their class names: each is read once.
pub fn cues<'a>(page: &Page<'a>) -> Vec<Cue> {
    let mut known: FxHashMap<&'a str, Cue> = FxHashMap::default();
    (0..page.nodes.len()).map(|id| cue(page, id, &mut known)).collect()
}

fn cue<'a>(page: &Page<'a>, id: NodeId, known: &mut FxHashMap<&'a str, Cue>) -> Cue {
    let mut cue = Cue::default();
    let node = &page.nodes[id];
    match node.tag {
        Tag::Nav => cue.boilerplate("navigation"),
        Tag::Footer
        | Tag::Dialog
        | Tag::Menu
        | Tag::Button
        | Tag::Search
        | Tag::Aside
        | Tag::Figcaption
        | Tag::Label => {
            cue.boilerplate(&node.source.to_ascii_lowercase());
        }
        Tag::Html | Tag::Body | Tag::Text | Tag::Document | Tag::Head => return cue,
        _ => {}
    }
    for attribute in page.attributes(id) {
        let (name, value) = (attribute.name, attribute.value);
        match name {
            _ if name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id") => {
                cue.join(*known.entry(value).or_insert_with(|| class_names(value)))
            }
            "data-testid" | "data-component" | "data-qa" | "data-module" => {
                cue.join(*known.entry(value).or_insert_with(|| class_names(value)));
            }
            _ if name.eq_ignore_ascii_case("role") => role(&mut cue, value),
            _ if name.eq_ignore_ascii_case("itemprop") => item_property(&mut cue, value),
            _ if name.eq_ignore_ascii_case("style") && hides(value) => cue.boilerplate("invisible"),
            _ if name.eq_ignore_ascii_case("hidden") => cue.boilerplate("invisible"),
            _ => {}
        }
    }
    cue
}

fn role(cue: &mut Cue, value: &str) {
    match value {
        "navigation" | "menu" | "menubar" => cue.boilerplate("navigation"),
        "dialog" | "alertdialog" => cue.boilerplate("dialog"),
        "search" => cue.boilerplate("search"),
        "contentinfo" => cue.boilerplate("footer"),
        "toolbar" | "tablist" | "tooltip" => cue.boilerplate("toolbar"),
        "complementary" => cue.boilerplate("complementary"),
        "banner" => cue.boilerplate("banner"),
        _ => {}
    }
}

fn item_property(cue: &mut Cue, value: &str) {
    match value {
        "articleBody" | "reviewBody" => cue.body = true,
        "comment" => cue.boilerplate("comment"),
        "author" => cue.boilerplate("author"),
        "datePublished" | "dateModified" => cue.boilerplate("date"),
        "caption" => cue.boilerplate("caption"),
        "publisher" => cue.boilerplate("copyright"),
        _ => {}
    }
}

fn hides(style: &str) -> bool {
    let mut rest = style;
    while let Some((_, after)) = rest.split_once("display") {
        let after = after.trim_start();
        if after.strip_prefix(':').is_some_and(|v| v.trim_start().starts_with("none")) {
            return true;
        }
        rest = after;
    }
    false
}

/// The cue of class names: each cut into words at its punctuation and its capitals.
fn class_names(value: &str) -> Cue {
    let mut cue = Cue::default();
    // WordPress names a post's author, categories and tags in its classes.
    let names_topics = value.split_ascii_whitespace().any(|name| matches!(name, "hentry" | "status-publish"));
    if is_unseen(value) {
        cue.boilerplate("invisible");
    }
    for name in value.split_ascii_whitespace() {
        let words = words(name);
        let of_layout = words.first().is_some_and(|first| {
            QUALIFIERS_BEFORE.contains(&first.as_str())
                || names_topics && matches!(first.as_str(), "author" | "category" | "tag" | "format")
        });
        // Posts from elsewhere that the story quotes.
        if of_layout || words.iter().any(|w| w.starts_with("embed")) {
            continue;
        }
        for (i, word) in words.iter().enumerate() {
            let before = i.checked_sub(1).map_or("", |b| words[b].as_str());
            let after = words.get(i + 1).map_or("", String::as_str);
            word_cue(&mut cue, before, word, after);
        }
    }
    cue
}

/// Whether class names in wide use hide an element: on every screen, or from all but screen readers.
fn is_unseen(value: &str) -> bool {
    let (mut hidden, mut on_some_screens) = (false, false);
    for name in value.split_ascii_whitespace() {
        match name {
            "d-none" => hidden = true,
            "sr-only" | "visually-hidden" | "visuallyhidden" | "screen-reader-text" => return true,
            _ => {
                on_some_screens |=
                    ["d-sm-", "d-md-", "d-lg-", "d-xl-", "d-xxl-"].iter().any(|p| name.starts_with(p))
            }
        }
    }
    hidden && !on_some_screens
}

/// The words of a class name in lower case, without the digits at their ends.
pub fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut previous = ' ';
    for c in name.chars() {
        let begins = c.is_ascii_uppercase() && previous.is_ascii_lowercase();
        if begins || !c.is_ascii_alphanumeric() {
            push_word(&mut words, &mut word);
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
        previous = c;
    }
    push_word(&mut words, &mut word);
    words
}

fn push_word(words: &mut Vec<String>, word: &mut String) {
    let word = std::mem::take(word);
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if !letters.is_empty() {
        words.push(letters.to_owned());
    }
}

fn word_cue(cue: &mut Cue, before: &str, word: &str, after: &str) {
    if is_body(before, word) {
        cue.body = true;
        return;
    }
    let boilerplate = match (before, word) {
        ("article" | "story" | "text", "widget") => None,
        ("most", "read" | "viewed" | "popular") => Words::named("mostread"),
        ("read" | "see", "more" | "also") => Words::named("readmore"),
        _ => Words::named(word),
    };
    if let Some(boilerplate) = boilerplate
        && !QUALIFIERS_BEFORE.contains(&before)
        && !QUALIFIERS_AFTER.contains(&after)
    {
        cue.boilerplate.add(boilerplate);
    }
}

fn is_body(before: &str, word: &str) -> bool {
    match word {
        "articlebody" | "articletext" | "articlecontent" | "storybody" | "storytext" | "postbody"
        | "entrycontent" | "bodytext" | "bodycopy" | "newstext" | "storycontent" | "postcontent" => true,
        "body" | "content" | "text" | "copy" => {
            matches!(
                before,
                "article"
                    | "story"
                    | "entry"
                    | "post"
                    | "news"
                    | "blog"
                    | "body"
                    | "page"
                    | "content"
                    | "artikel"
            )
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{CERTAIN, LIKELY, class_names, words};

    #[test]
    fn the_word_lists_are_sorted_and_fit_the_set() {
        for list in [CERTAIN, LIKELY] {
            assert!(list.is_sorted_by(|a, b| a < b));
        }
        assert!(CERTAIN.len() + LIKELY.len() <= 128);
        assert!(LIKELY.iter().all(|word| !CERTAIN.contains(word)));
    }

    #[test]
    fn class_names_are_cut_into_words() {
        assert_eq!(
            words("ArticleModule_teaserText__sB4sT"),
            ["article", "module", "teaser", "text", "s", "b4s", "t"]
        );
        assert_eq!(words("ad-slot2"), ["ad", "slot"]);
        // An id by chance is no advertisement.
        assert_eq!(words("ad6ed79d-e2"), ["ad6ed79d", "e"]);
    }

    #[test]
    fn class_names_give_cues() {
        for boilerplate in ["share-bar", "c-related", "article__byline", "mostRead", "d-none", "sr-only"] {
            assert!(!class_names(boilerplate).boilerplate.is_empty(), "{boilerplate}");
        }
        for nothing in [
            "has-comments",
            "comments-open",
            "sidebar-grid",
            "d-none d-lg-block",
            "social-media-embed",
            "shareholder",
        ] {
            assert!(class_names(nothing).boilerplate.is_empty(), "{nothing}");
        }
        assert!(class_names("story-body").body && class_names("entryContent").body);
    }
}
