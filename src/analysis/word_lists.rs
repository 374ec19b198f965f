//! Lists of words by language that come with the program, as data: how they are read.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::language::Language;

/// The form of `index_schema/capital_words.json` and `function_words.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile<'a> {
    #[expect(dead_code, reason = "for readers of other versions")]
    version: u32,
    #[serde(borrow)]
    languages: BTreeMap<&'a str, Vec<&'a str>>,
}

/// The words of each language; a list is compiled in, and held by a test of its reader.
pub(super) fn by_language(json: &'static str) -> FxHashMap<Language, Vec<&'static str>> {
    #[expect(clippy::expect_used, reason = "compiled in, and held by a test")]
    let file: ListFile<'static> = serde_json::from_str(json).expect("a list of index_schema is well-formed");
    file.languages.into_iter().map(|(code, words)| (Language::from_code(Some(code)), words)).collect()
}
