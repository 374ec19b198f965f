//! Function words of each language: no other word may have a stem that is one of them (`Orly` is not `or`,
//! `Wills` not `will`). The list is data, `index_schema/function_words.json`.

use std::sync::{LazyLock, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::language::Language;
use super::word_lists::by_language;

/// The list that comes with the program.
const BUILT_IN: &str = include_str!("../../index_schema/function_words.json");

static WORDS: LazyLock<FxHashMap<Language, Vec<&'static str>>> = LazyLock::new(|| by_language(BUILT_IN));

/// The function words of each language and their stems, once they are asked for.
static STEMS: LazyLock<FxHashMap<Language, OnceLock<FxHashSet<String>>>> =
    LazyLock::new(|| WORDS.keys().map(|language| (*language, OnceLock::new())).collect());

/// The function words of a language, folded and sorted; none where they are not known.
fn of(language: Language) -> &'static [&'static str] {
    WORDS.get(&language).map_or(&[], Vec::as_slice)
}

/// Whether a folded word is one.
pub fn is_function_word(folded: &str, language: Language) -> bool {
    of(language).binary_search(&folded).is_ok()
}

/// Whether a stem is that of a function word. `stem_of` is the language's stemmer.
pub(super) fn is_stem_of_one(stem: &str, language: Language, stem_of: impl Fn(&str) -> String) -> bool {
    let Some(stems) = STEMS.get(&language) else { return false };
    let all = |words: &[&str]| words.iter().flat_map(|word| [(*word).to_owned(), stem_of(word)]).collect();
    stems.get_or_init(|| all(of(language))).contains(stem)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::analysis::fold::fold;

    #[test]
    fn the_list_is_sound() {
        for language in Language::ALL.iter().filter(|language| **language != Language::Other) {
            let words = of(*language);
            assert!(words.len() >= 80, "{language:?} {}", words.len());
            assert!(words.windows(2).all(|two| two[0] < two[1]), "{language:?} is sorted");
            for word in words {
                assert_eq!(fold(word), *word, "entries stand folded");
            }
        }
        assert_eq!(WORDS.len(), Language::ALL.len() - 1);
    }
}
