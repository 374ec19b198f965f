//! Languages, and the stem that a word shares with its inflections (Snowball's algorithms).

use frostem::{Algorithm, Stemmer};

use super::function_words;
use super::term::LONGEST_DROP;

macro_rules! languages {
    ($($(#[$doc:meta])* $variant:ident $code:literal $tag:literal $algorithm:expr),* $(,)?) => {
        /// A language whose words are analysed by its own rules; everything else is [`Language::Other`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Language { $($(#[$doc])* $variant),* }

        impl Language {
            /// Every language, `Other` last.
            pub const ALL: &[Language] = &[$(Language::$variant),*];

            /// ISO 639-1 code; empty for `Other`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The letter that opens this language's stems in the term dictionary.
            pub fn tag(self) -> u8 {
                match self { $(Self::$variant => $tag),* }
            }

            fn algorithm(self) -> Option<Algorithm> {
                match self { $(Self::$variant => $algorithm),* }
            }
        }
    };
}

languages! {
    /// English; also what a text is taken for whose language is not known.
    English "en" b'e' Some(Algorithm::English),
    /// Arabic.
    Arabic "ar" b'a' Some(Algorithm::Arabic),
    /// Danish.
    Danish "da" b'k' Some(Algorithm::Danish),
    /// Dutch.
    Dutch "nl" b'n' Some(Algorithm::Dutch),
    /// Finnish.
    Finnish "fi" b'u' Some(Algorithm::Finnish),
    /// French.
    French "fr" b'f' Some(Algorithm::French),
    /// German.
    German "de" b'd' Some(Algorithm::German),
    /// Greek.
    Greek "el" b'g' Some(Algorithm::Greek),
    /// Hungarian.
    Hungarian "hu" b'h' Some(Algorithm::Hungarian),
    /// Italian.
    Italian "it" b'i' Some(Algorithm::Italian),
    /// Norwegian.
    Norwegian "no" b'o' Some(Algorithm::Norwegian),
    /// Portuguese.
    Portuguese "pt" b'p' Some(Algorithm::Portuguese),
    /// Romanian.
    Romanian "ro" b'r' Some(Algorithm::Romanian),
    /// Russian.
    Russian "ru" b'y' Some(Algorithm::Russian),
    /// Spanish.
    Spanish "es" b's' Some(Algorithm::Spanish),
    /// Swedish.
    Swedish "sv" b'w' Some(Algorithm::Swedish),
    /// Turkish.
    Turkish "tr" b't' Some(Algorithm::Turkish),
    /// Any other language: words keep their endings.
    Other "" b'0' None,
}

impl Language {
    /// The language of an ISO 639-1 code with or without a region (`en`, `pt-BR`); English where `code` is `None`.
    pub fn from_code(code: Option<&str>) -> Self {
        let Some(code) = code else {
            return Self::English;
        };
        let primary = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "" => Self::English,
            "nb" | "nn" => Self::Norwegian,
            primary => Self::ALL.iter().copied().find(|l| l.code() == primary).unwrap_or(Self::Other),
        }
    }

    /// Whether a point parts the thousands of a number: `1.000.000`.
    pub fn points_part_thousands(self) -> bool {
        !matches!(self, Self::English | Self::Arabic | Self::French | Self::Hungarian | Self::Other)
    }

    /// The language whose stems a dictionary tag opens.
    pub fn from_tag(tag: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|l| l.tag() == tag)
    }
}

/// Appends the stem of a folded word to `out`; the word itself where the language has no stemmer.
///
/// A stem that does not begin as its word does (`dying` → `die`), or that leaves it long before its own end, is not used:
/// the dictionary relies on stem and word being the same but for their ends, so that a wildcard or a misspelling need not
/// look at every term. Nor is one that is a function word's (`Orly` → `or`).
pub fn stem_into(folded: &str, language: Language, out: &mut String) {
    let Some(algorithm) = language.algorithm() else {
        out.push_str(folded);
        return;
    };
    if language == Language::English
        && let Some(singular) = singular_of_short(folded)
    {
        out.push_str(singular);
        return;
    }
    let stemmer = Stemmer::new(algorithm);
    let stem = stemmer.stem(folded);
    let is_used = stem != folded
        && !stem.is_empty()
        && same_beginning(&stem, folded)
        && !leaves_early(&stem, folded)
        && (!function_words::is_stem_of_one(&stem, language, |word| stemmer.stem(word).into_owned())
            || function_words::is_function_word(folded, language));
    out.push_str(if is_used { &stem } else { folded });
}

/// The number whose plural a folded word is: `737s`. Decades (`1990s`, `80s`) are no plurals of a year.
pub fn number_of_plural(folded: &str) -> Option<&str> {
    let digits = folded.strip_suffix('s')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let is_decade = digits.ends_with('0') && matches!(digits.len(), 2 | 4);
    (is_number && !is_decade).then_some(digits)
}

/// Short words in s that are no plurals.
const NO_PLURALS: &[&str] = &[
    "anus", "bas", "bis", "bus", "cbs", "cms", "cos", "das", "des", "dhs", "dis", "dns", "gas", "gus", "has",
    "hhs", "his", "las", "les", "los", "mrs", "nbs", "nhs", "nous", "nus", "onus", "opus", "pbs", "plus",
    "pus", "sis", "sms", "sus", "thus", "this", "tis", "vas", "vis", "was", "wes", "yes",
];

/// The singular of an acronym's plural (`mps`, `ngos`, `cpus`, `f16s`), from which Porter's rules take no s, since no vowel stands
/// before the last letter.
fn singular_of_short(folded: &str) -> Option<&str> {
    const LONGEST: usize = 4;
    let singular = folded.strip_suffix('s')?;
    let last = *singular.as_bytes().last()?;
    if last.is_ascii_digit() {
        let has_letter = singular.bytes().any(|b| b.is_ascii_alphabetic());
        return (has_letter && singular.is_ascii()).then_some(singular);
    }
    let is_short = (2..=LONGEST).contains(&singular.len())
        && singular.bytes().all(|b| b.is_ascii_lowercase())
        && last != b's';
    let before = singular.strip_suffix(char::from(last)).unwrap_or_default();
    // `ecus`: Porter's rules leave what ends in us.
    let is_left = !before.contains(['a', 'e', 'i', 'o', 'u', 'y']) || (last == b'u' && singular.len() == 3);
    let is_plural = is_short
        && is_left
        && !NO_PLURALS.contains(&folded)
        && !function_words::is_function_word(singular, Language::English)
        && !function_words::is_function_word(folded, Language::English);
    is_plural.then_some(singular)
}

fn leaves_early(stem: &str, word: &str) -> bool {
    let shared = stem.char_indices().zip(word.chars()).take_while(|((_, a), b)| a == b);
    let shared = shared.last().map_or(0, |((at, c), _)| at + c.len_utf8());
    stem[shared..].chars().nth(1).is_some() || stem.len() - shared > LONGEST_DROP
}

fn same_beginning(stem: &str, word: &str) -> bool {
    let (mut stem, mut word) = (stem.chars(), word.chars());
    stem.next() == word.next() && (stem.next() == word.next() || stem.as_str().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str, language: Language) -> String {
        let mut out = String::new();
        stem_into(word, language, &mut out);
        out
    }

    #[test]
    fn inflections_share_a_stem() {
        for (a, b) in [("plans", "plan"), ("negotiating", "negotiate"), ("putins", "putin"), ("flies", "fly")]
        {
            assert_eq!(stem(a, Language::English), stem(b, Language::English), "{a} {b}");
        }
        assert_eq!(stem("verhandlungen", Language::German), stem("verhandlung", Language::German));
    }

    #[test]
    fn acronyms_and_numbers_have_plurals() {
        for (plural, singular) in [
            ("mps", "mp"),
            ("tvs", "tv"),
            ("ngos", "ngo"),
            ("dvds", "dvd"),
            ("gps", "gp"),
            ("cpus", "cpu"),
            ("ecus", "ecu"),
            ("ceos", "ceo"),
            ("uavs", "uav"),
            ("f16s", "f16"),
            ("b52s", "b52"),
            ("a320s", "a320"),
            ("mbas", "mba"),
            ("ufos", "ufo"),
        ] {
            assert_eq!(stem(plural, Language::English), stem(singular, Language::English), "{plural}");
        }
        for word in ["gas", "bus", "this", "thus", "yes", "press", "mrs", "nhs", "plus"] {
            assert_eq!(stem(word, Language::English), word);
        }
        // Microseconds, and other letters that are more than a byte.
        for word in ["μs", "αs", "和s"] {
            assert_eq!(stem(word, Language::English), word);
        }
        assert_eq!(stem("eˆs", Language::English), "eˆ");
        assert_eq!(number_of_plural("737s"), Some("737"));
        for word in ["1990s", "80s", "s", "a4s", "737"] {
            assert_eq!(number_of_plural(word), None, "{word}");
        }
    }

    #[test]
    fn no_word_has_the_stem_of_a_function_word() {
        for (word, language) in [
            ("orly", Language::English),
            ("wills", Language::English),
            ("mays", Language::English),
            ("ares", Language::English),
            ("mores", Language::English),
            ("wes", Language::English),
            ("paris", Language::Portuguese),
            ("mali", Language::Italian),
            ("mali", Language::French),
        ] {
            assert_eq!(stem(word, language), word, "{language:?}");
        }
        assert_eq!(stem("para", Language::Portuguese), stem("para", Language::Portuguese));
    }

    #[test]
    fn stems_begin_as_their_words_do() {
        for word in ["dying", "lying", "skies", "flies", "eying", "a", "ox"] {
            let stem = stem(word, Language::English);
            let n = stem.chars().count().min(2);
            assert_eq!(stem.chars().take(n).collect::<String>(), word.chars().take(n).collect::<String>());
        }
    }

    #[test]
    fn codes_with_regions_and_without() {
        assert_eq!(Language::from_code(Some("pt-BR")), Language::Portuguese);
        assert_eq!(Language::from_code(Some("nb_NO")), Language::Norwegian);
        assert_eq!(Language::from_code(Some("ja")), Language::Other);
        assert_eq!(Language::from_code(None), Language::English);
    }

    #[test]
    fn tags_are_unique_and_found_again() {
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), Some(*language));
        }
    }
}
