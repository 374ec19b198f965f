//! Function words of each language: no other word may have a stem that is one of them (`Orly` is not `or`, `Wills` not
//! `will`). The list is data, `index_schema/function_words.json`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::stem::Language;

/// The list that comes with the program.
const BUILT_IN: &str = include_str!("../../index_schema/function_words.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile<'a> {
    #[expect(dead_code, reason = "for readers of other versions")]
    version: u32,
    #[serde(borrow)]
    languages: BTreeMap<&'a str, Vec<&'a str>>,
}

static WORDS: LazyLock<FxHashMap<Language, Vec<&'static str>>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "compiled in, and held by a test")]
    let file: ListFile<'static> =
        serde_json::from_str(BUILT_IN).expect("index_schema/function_words.json is well-formed");
    file.languages.into_iter().map(|(code, words)| (Language::from_code(Some(code)), words)).collect()
});

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
    // A stem begins as its word does.
    let beginning = stem.char_indices().nth(2).map_or(stem, |(at, _)| &stem[..at]);
    let words = of(language);
    let from = words.partition_point(|word| *word < beginning);
    let mut alike = words[from..].iter().take_while(|word| word.starts_with(beginning));
    alike.any(|word| *word == stem || stem_of(word) == stem)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::analysis::fold::fold;

    #[test]
    fn the_list_is_sound() {
        let file: ListFile<'_> = serde_json::from_str(BUILT_IN).unwrap();
        for language in Language::ALL.iter().filter(|language| **language != Language::Other) {
            let words = file.languages.get(language.code()).unwrap();
            assert!(words.len() >= 80, "{language:?} {}", words.len());
            assert!(words.windows(2).all(|two| two[0] < two[1]), "{language:?} is sorted");
            for word in words {
                assert_eq!(fold(word), *word, "entries stand folded");
            }
        }
        assert_eq!(file.languages.len(), Language::ALL.len() - 1);
    }
}
