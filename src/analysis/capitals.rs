//! Words that are another word in capitals (`US`, `us`): the only ones whose case counts. The list is data,
//! `index_schema/capital_words.json`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::language::Language;
use super::word_lists::by_language;

/// The list that comes with the program.
const BUILT_IN: &str = include_str!("../../index_schema/capital_words.json");

/// No word of the list is longer, in bytes.
const LONGEST: usize = 4;

static BY_LANGUAGE: LazyLock<FxHashMap<Language, Vec<&'static str>>> =
    LazyLock::new(|| by_language(BUILT_IN));

/// Each word with the languages in which it is another word in small letters, one bit each.
static LISTED: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut listed = FxHashMap::default();
    for (language, words) in BY_LANGUAGE.iter() {
        for word in words {
            *listed.entry(*word).or_insert(0) |= bit(*language);
        }
    }
    listed
});

fn bit(language: Language) -> u32 {
    1 << language as u32
}

/// Whether `word` is in capitals, and another word in small letters in some language.
pub fn is_listed(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && LISTED.contains_key(word)
}

/// Whether `word`, in capitals, is another word than in small letters in this language.
pub fn is_distinct(word: &str, language: Language) -> bool {
    is_listed(word) && LISTED.get(word).is_some_and(|languages| languages & bit(language) != 0)
}

/// The words that are another word in small letters in this language, in capitals.
pub(super) fn listed_in(language: Language) -> impl Iterator<Item = &'static str> {
    BY_LANGUAGE.get(&language).into_iter().flatten().copied()
}

/// Whether all around a word at this place of a text is in capitals too.
pub(super) fn are_around(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].split(is_between).rev();
    let after = text[end..].split(is_between);
    let sides = [in_capitals(before), in_capitals(after)];
    sides.contains(&Some(true)) && !sides.contains(&Some(false))
}

fn is_between(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Whether the nearest word that can tell is in capitals; numbers, single letters and listed words cannot.
fn in_capitals<'a>(words: impl Iterator<Item = &'a str>) -> Option<bool> {
    /// Further off, nothing says how this word is set.
    const MOST_ASKED: usize = 8;
    words.filter(|word| !word.is_empty()).take(MOST_ASKED).find_map(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).take(2).count();
        if word.chars().any(char::is_lowercase) {
            Some(false)
        } else {
            (letters == 2 && !is_listed(word) && word.chars().any(char::is_uppercase)).then_some(true)
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_list_is_sound() {
        for (language, words) in BY_LANGUAGE.iter() {
            assert_ne!(*language, Language::Other, "{words:?}");
            assert!(words.is_sorted(), "{language:?}");
            for word in words {
                assert!(is_listed(word) && is_distinct(word, *language), "{word}");
            }
        }
        assert!(!is_listed("NATO") && !is_listed("us") && !is_distinct("UN", Language::English));
    }

    #[test]
    fn capitals_around_a_word_take_its_meaning() {
        let around = |text: &str| {
            let start = text.find("US").unwrap();
            are_around(text, start, start + 2)
        };
        for text in [
            "the US said",
            "US",
            "US troops leave",
            "WASHINGTON, US - The army",
            "of the US NAVY",
            "US 2020",
            "A US",
        ] {
            assert!(!around(text), "{text}");
        }
        for text in ["GIVE US PEACE", "US TROOPS", "TELL US", "US, 2020 TROOPS", "a sign: GIVE US PEACE NOW"]
        {
            assert!(around(text), "{text}");
        }
    }
}
