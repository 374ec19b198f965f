//! The three steps put together: text in, terms with positions out.

use super::byte;
use super::fold::fold_into;
use super::known::KnownTerms;
use super::segment::{Kind, Segment, is_all_capitals, is_unspaced, segment};
use super::stem::{Language, stem_into};
use super::term;

/// Acronyms whose lower-case twin is another, much commoner word: they get a term of their own, in capitals.
const ACRONYMS_THAT_ARE_WORDS: &[&str] = &["us", "it", "who"];

/// Parts at the end of a compound that make it another word than its first part: `Fox-IT` is no fox, a `sit-in` no sitting.
/// Such a compound is found as a whole, with or without the hyphen, but not by its parts.
const PARTICLES: &[&str] = &["it", "in", "on", "up", "off", "out", "by", "down", "over"];

/// Tag of terms that have no stem.
const AS_WRITTEN: u8 = b'0';

/// One term of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// The term as it stands in the dictionary (see [`term`]).
    pub term: &'a str,
    /// The word it comes from.
    pub segment: Segment,
    /// Number of words before it.
    pub position: u32,
}

/// Turns text into terms. Keeps the terms of the words it has seen.
#[derive(Clone, Default)]
pub struct Analyzer {
    known: KnownTerms,
    maker: TermMaker,
    number: String,
}

impl Analyzer {
    /// Calls `sink` for every term of `text`, in order of position, and returns the number of positions used.
    pub fn analyze(&mut self, text: &str, language: Language, sink: impl FnMut(Token<'_>)) -> u32 {
        self.analyze_some(text, language, |_| true, sink)
    }

    /// The same, but the term is made of those words only that are `wanted`; it is empty for the others.
    pub fn analyze_some(
        &mut self,
        text: &str,
        language: Language,
        wanted: impl Fn(&str) -> bool,
        mut sink: impl FnMut(Token<'_>),
    ) -> u32 {
        let Self { known, maker, number } = self;
        let mut found_by_its_parts_from = 0;
        segment(text, is_all_capitals(text), |segment| {
            let raw = &text[segment.start..segment.end];
            if segment.kind == Kind::Compound {
                let last = raw.rsplit(is_hyphen).next().unwrap_or_default();
                if PARTICLES.iter().any(|particle| last.eq_ignore_ascii_case(particle)) {
                    found_by_its_parts_from = segment.position + segment.width;
                }
            } else if segment.position < found_by_its_parts_from {
                return;
            }
            if !wanted(raw) {
                return sink(Token { term: "", segment, position: segment.position });
            }
            // Numbers are many, and their terms quickly made.
            let term = match segment.kind {
                Kind::Word | Kind::Acronym | Kind::Compound => {
                    known.term(raw, segment.kind, language, |term| {
                        maker.make(raw, segment.kind, language, term)
                    })
                }
                Kind::Verbatim | Kind::Figures | Kind::Ideograph => {
                    number.clear();
                    maker.make(raw, segment.kind, language, number);
                    number.as_str()
                }
            };
            if !term.is_empty() {
                sink(Token { term, segment, position: segment.position });
            }
        })
    }
}

/// Makes terms, in room that is used again.
#[derive(Clone, Default)]
struct TermMaker {
    form: String,
    stem: String,
}

impl TermMaker {
    /// Appends the term to `term`.
    fn make(&mut self, raw: &str, kind: Kind, language: Language, term: &mut String) {
        self.form.clear();
        self.stem.clear();
        write_form(raw, kind, &mut self.form);
        match kind {
            Kind::Word => {
                stem_into(&self.form, language, &mut self.stem);
                term::encode_into(language.tag(), &self.stem, &self.form, term);
            }
            Kind::Acronym if ACRONYMS_THAT_ARE_WORDS.contains(&self.form.as_str()) => {
                self.form.make_ascii_uppercase();
                term::encode_into(AS_WRITTEN, &self.form, &self.form, term);
            }
            Kind::Acronym => {
                stem_into(&self.form, language, &mut self.stem);
                let tag = if self.stem == self.form { language.tag() } else { AS_WRITTEN };
                term::encode_into(tag, &self.form, &self.form, term);
            }
            Kind::Verbatim | Kind::Figures | Kind::Ideograph => {
                term::encode_into(AS_WRITTEN, &self.form, &self.form, term);
            }
            Kind::Compound => {
                let closed: String = self.form.chars().filter(|c| *c != '-').collect();
                stem_into(&closed, language, &mut self.stem);
                term::encode_compound_into(language.tag(), &self.stem, &self.form, term);
            }
        }
    }
}

/// The exact form of a word: folded, with what is only punctuation inside it left out.
pub(crate) fn write_form(raw: &str, kind: Kind, out: &mut String) {
    match kind {
        Kind::Word | Kind::Ideograph => fold_into(raw, out),
        Kind::Acronym => {
            fold_into(raw, out);
            out.retain(|c| c != '.');
        }
        Kind::Verbatim | Kind::Figures => {
            fold_into(raw, out);
            out.retain(|c| c != ',');
        }
        Kind::Compound => {
            fold_into(raw, out);
            out.retain(|c| c != '.' && c != ',');
            if out.chars().any(is_hyphen) {
                *out = out.chars().map(|c| if is_hyphen(c) { '-' } else { c }).collect();
            }
        }
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '−' | '\u{ff0d}')
}

/// The keys (see [`term::key_of`]) under which a word that somebody searches for is found, in any language of the index.
///
/// `raw` and `kind` are a segment's. The result is never empty.
pub fn search_keys(raw: &str, kind: Kind) -> Vec<String> {
    let mut form = String::new();
    write_form(raw, kind, &mut form);
    let key = |tag: u8, stem: &str| {
        let mut key = String::with_capacity(stem.len() + 2);
        term::key_into(tag, stem, &mut key);
        key
    };
    let mut keys = match kind {
        Kind::Verbatim | Kind::Figures | Kind::Ideograph => vec![key(AS_WRITTEN, &form)],
        Kind::Acronym if ACRONYMS_THAT_ARE_WORDS.contains(&form.as_str()) => {
            vec![key(AS_WRITTEN, &form.to_ascii_uppercase())]
        }
        Kind::Acronym => Language::ALL.iter().map(|language| key(language.tag(), &form)).collect(),
        Kind::Word | Kind::Compound => {
            form.retain(|c| c != '-');
            let mut keys = vec![key(AS_WRITTEN, &form)];
            for language in Language::ALL {
                let mut stem = String::new();
                stem_into(&form, *language, &mut stem);
                keys.push(key(language.tag(), &stem));
            }
            keys
        }
    };
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Number of words in a text: runs of characters between white space that hold a letter or digit, and each letter of a
/// script written without spaces.
pub fn word_count(text: &str) -> u64 {
    if text.is_ascii() {
        return byte::words_of_ascii(text.as_bytes());
    }
    text.split_whitespace()
        .map(|word| {
            let unspaced = word.chars().filter(|c| is_unspaced(*c) && c.is_alphabetic()).count() as u64;
            if unspaced > 0 { unspaced } else { u64::from(word.chars().any(char::is_alphanumeric)) }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        Analyzer::default().analyze(text, Language::English, |token| out.push(token.term.to_owned()));
        out
    }

    /// Whether a search for the one word `query` finds the text.
    fn finds(query: &str, text: &str) -> bool {
        let mut keys = Vec::new();
        segment(query, false, |s| keys.push(search_keys(&query[s.start..s.end], s.kind)));
        let terms = terms(text);
        terms.iter().any(|t| keys[0].iter().any(|key| term::key_of(t) == key))
    }

    #[test]
    fn what_finds_what() {
        for (query, text) in [
            ("plan", "Plans"),
            ("plans", "the plan"),
            ("cafe", "Café"),
            ("US", "the U.S. said"),
            ("U.S.", "the US said"),
            ("u.s.", "the US said"),
            ("us", "give us peace"),
            ("nato", "N.A.T.O. said"),
            ("NATO", "the nato summit"),
            ("Putin", "Putin’s plan"),
            ("Putin", "Putins plan"),
            ("Putins", "Putin said"),
            ("25000", "25,000 people"),
            ("25,000", "25000 people"),
            ("9/11", "after 9/11"),
            ("counterproposal", "a counter-proposal"),
            ("counter-proposal", "a counterproposal"),
            ("aids", "AIDS research"),
            ("2019-20", "in 2019–20"),
            ("AT&T", "at AT&T"),
            ("foxit", "at Fox-IT"),
            ("start-up", "a startup"),
        ] {
            assert!(finds(query, text), "`{query}` finds `{text}`: {:?}", terms(text));
        }
        for (query, text) in [
            ("US", "give us peace"),
            ("us", "the U.S. said"),
            ("US", "GIVE US PEACE NOW"),
            ("AIDS", "he aids them"),
            ("9/11", "9 and 11"),
            ("who", "the WHO said"),
            ("fox", "at Fox-IT"),
            ("it", "at Fox-IT"),
        ] {
            assert!(!finds(query, text), "`{query}` does not find `{text}`: {:?}", terms(text));
        }
    }

    #[test]
    fn each_language_has_its_own_stems() {
        let mut out = Vec::new();
        Analyzer::default().analyze("Verhandlungen", Language::German, |t| out.push(t.term.to_owned()));
        assert!(out[0].starts_with('d'), "{out:?}");
        assert!(search_keys("Verhandlung", Kind::Word).iter().any(|key| term::key_of(&out[0]) == key));
    }

    #[test]
    fn words_are_counted_as_people_count_them() {
        assert_eq!(word_count("The U.S. counter-proposal — 25,000 words"), 5);
        assert_eq!(word_count("和平案"), 3);
        assert_eq!(word_count(" - "), 0);
    }
}
