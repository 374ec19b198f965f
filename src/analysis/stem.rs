//! The stem that a word shares with its inflections (Snowball's algorithms).

use frostem::Stemmer;

use super::function_words;
use super::language::Language;
use super::term::LONGEST_DROP;

/// Appends the stem of a folded word to `out`; the word itself where the language has no stemmer.
///
/// A stem that does not begin as its word does (`dying` → `die`), or that leaves it long before its own end,
/// is not used: the dictionary relies on stem and word being the same but for their ends, so that a wildcard
/// or a misspelling need not look at every term. Nor is one that is a function word's (`Orly` → `or`).
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

/// The singular of an acronym's plural (`mps`, `ngos`, `cpus`, `f16s`), from which Porter's rules take no s,
/// since no vowel stands before the last letter.
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
