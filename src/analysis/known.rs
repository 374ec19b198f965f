//! The terms of words that were seen before: news repeats itself, and making a term costs more than finding
//! one.

use std::hash::Hasher;

use arrayvec::ArrayString;
use rustc_hash::FxHasher;

use super::language::Language;
use super::tokenize::Kind;

/// Places for words, at first and at the most: 16 MB. Powers of two.
const FEWEST: usize = 1 << 9;
const MOST: usize = 1 << 18;

/// The words of any number of languages, each with its term. Where there is no room for more, the latest
/// stay.
///
/// A word has two places, side by side, and all that is known of it stands there: most words of an archive
/// are rare, and finding one of these is a matter of how often memory must be waited for.
#[derive(Clone, Default)]
pub struct KnownTerms {
    places: Vec<Known>,
    count: usize,
    made: String,
}

impl KnownTerms {
    /// The term of a word, which `make` writes where it is not known.
    pub fn term(
        &mut self,
        word: &str,
        kind: Kind,
        language: Language,
        make: impl FnOnce(&mut String),
    ) -> &str {
        let place = self.place(word, kind, language);
        let is_at =
            |place: &usize| self.places.get(*place).is_some_and(|known| known.is_of(word, kind, language));
        if let Some(place) = [place, place ^ 1].into_iter().find(is_at) {
            return self.places.get(place).map_or("", Known::term);
        }
        self.made.clear();
        make(&mut self.made);
        if let Some(known) = Known::new(word, &self.made, kind, language) {
            if self.count >= self.places.len() / 2 && self.places.len() < MOST {
                self.grow();
            }
            self.put(known);
        }
        &self.made
    }

    fn place(&self, word: &str, kind: Kind, language: Language) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        hasher.write_u16(u16::from_le_bytes([kind as u8, language as u8]));
        hasher.finish() as usize & self.places.len().saturating_sub(1)
    }

    fn put(&mut self, known: Known) {
        let place = self.place(known.word(), known.kind, known.language);
        let Some(here) = self.places.get_mut(place) else { return };
        self.count += usize::from(here.is_empty());
        let before = std::mem::replace(here, known);
        if let Some(beside) = self.places.get_mut(place ^ 1).filter(|_| !before.is_empty()) {
            self.count += usize::from(beside.is_empty());
            *beside = before;
        }
    }

    fn grow(&mut self) {
        let room = (self.places.len() * 2).clamp(FEWEST, MOST);
        let before = std::mem::replace(&mut self.places, vec![Known::default(); room]);
        self.count = 0;
        before.into_iter().filter(|known| !known.is_empty()).for_each(|known| self.put(known));
    }
}

/// A word as it was written, and its term right behind it, in one line of the cache.
#[derive(Clone)]
#[repr(align(64))]
struct Known {
    both: ArrayString<56>,
    word_bytes: u8,
    kind: Kind,
    language: Language,
}

impl Default for Known {
    fn default() -> Self {
        Self { both: ArrayString::new(), word_bytes: 0, kind: Kind::Word, language: Language::Other }
    }
}

impl Known {
    /// `None` where there is no room for both.
    fn new(word: &str, term: &str, kind: Kind, language: Language) -> Option<Self> {
        let mut both = ArrayString::new();
        both.try_push_str(word).ok()?;
        both.try_push_str(term).ok()?;
        Some(Self { both, word_bytes: u8::try_from(word.len()).ok()?, kind, language })
    }

    fn is_empty(&self) -> bool {
        self.word_bytes == 0
    }

    fn is_of(&self, word: &str, kind: Kind, language: Language) -> bool {
        usize::from(self.word_bytes) == word.len()
            && self.kind == kind
            && self.language == language
            && self.both.as_bytes().starts_with(word.as_bytes())
    }

    fn word(&self) -> &str {
        &self.both[..usize::from(self.word_bytes)]
    }

    fn term(&self) -> &str {
        &self.both[usize::from(self.word_bytes)..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [(Kind, Language); 3] =
        [(Kind::Word, Language::English), (Kind::Word, Language::German), (Kind::Acronym, Language::English)];

    /// Asks for the terms of so many words, and returns how many of them had to be made.
    fn ask(known: &mut KnownTerms, words: usize) -> usize {
        let mut made = 0;
        let long = "x".repeat(60);
        for word in (0..words).map(|number| format!("word{number}")).chain([long]) {
            for (kind, language) in KINDS {
                let term = format!("{word}{}{}", kind.as_str(), language.code());
                let found = known.term(&word, kind, language, |out| {
                    made += 1;
                    out.push_str(&term);
                });
                assert_eq!(found, term);
            }
        }
        made
    }

    #[test]
    fn a_word_has_its_own_term_and_keeps_it() {
        let mut known = KnownTerms::default();
        let asked = 3 * 4001;
        assert_eq!(ask(&mut known, 4000), asked);
        let again = ask(&mut known, 4000);
        assert!(again < asked / 4, "{again} of {asked} were made again");
    }

    #[test]
    fn what_is_known_has_a_limit() {
        let mut known = KnownTerms::default();
        assert_eq!(ask(&mut known, MOST), 3 * (MOST + 1));
        assert_eq!(known.places.len(), MOST);
        assert!(known.count <= MOST);
        assert_eq!(size_of::<Known>(), 64);
    }
}
