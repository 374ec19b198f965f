//! Text → terms: the one place where words become what the index holds, for indexing, querying and
//! highlighting alike.
//!
//! It knows nothing of an index, a query or an article; it sees text and a language. Three steps, a file
//! each: [`tokenize`](mod@tokenize) finds the words, [`fold`](mod@fold) takes case, accents and width off
//! them, and [`stem`](mod@stem) finds the stem that a word shares with its inflections. [`term`](mod@term) is
//! how stem and exact form stand together in one term of the dictionary.

pub mod fold;
pub mod sentence;
pub mod stem;
pub mod term;
pub mod tokenize;

mod analyzer;
mod byte;
mod capitals;
mod explain;
mod function_words;
mod han;
mod language;
mod prefix;
mod term_cache;
mod word_lists;

pub(crate) use analyzer::write_form;
pub use analyzer::{
    Analyzer, Token, exact_form, may_be_another_word, search_keys, search_keys_in, stands_whole, word_count,
};
pub use capitals::is_listed as is_another_word_in_capitals;
pub use explain::{AnalyzedWord, explain};
pub use function_words::is_function_word;
pub use language::Language;

/// Raised by every change that makes the same text yield other terms or positions.
pub const VERSION: u32 = 3;

/// What an index must have been built with for its terms to mean what this build's terms mean.
///
/// It covers the rules (by [`VERSION`]) and the terms that a probe text yields, so that a change in a
/// dependency (a new release of the stemmer, which is why its version is fixed) is noticed as well. A test
/// holds it; to work it out whenever an index is opened would take longer than most searches.
pub const FINGERPRINT: &str = "3-34e93d525a30";

/// A word that the analysis panics at, for tests of what becomes of the text around it.
#[cfg(test)]
pub(crate) const PANICS: &str = "panicsintests";

#[cfg(test)]
mod tests {
    use super::*;

    const PROBE: &str = "The U.S. counter-proposal of 25,000 negotiators’ plans; O’Brien’s café, AT&T, 9/11 and COVID-19. \
        The MPs’ 401(k), U. S. F-16s and 5% of 25 000; KENNEDY TOLD US. Häuser der Verhandlungen, 1.000.000. Les négociations de l’État. Переговоры о мире. 和平案が漏れた. المدرسة לירושלים";

    #[test]
    fn the_fingerprint_is_that_of_the_rules() {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&VERSION.to_le_bytes());
        let mut analyzer = Analyzer::default();
        for language in Language::ALL {
            analyzer.analyze(PROBE, *language, |token| {
                hasher.update(token.term.as_bytes());
                hasher.update(&token.position.to_le_bytes());
            });
        }
        let found = format!("{VERSION}-{}", &hasher.finalize().to_hex()[..12]);
        assert_eq!(
            found, FINGERPRINT,
            "the analysis yields other terms: raise `VERSION` and put this fingerprint in"
        );
    }
}
