//! The terms of words that were seen before: news repeats itself, and making a term costs more than finding
//! one.

use std::hash::Hasher;

use arrayvec::ArrayString;
use rustc_hash::FxHasher;

use super::language::Language;
use super::tokenize::Kind;

/// Slots for words, at first and at the most: 16 MB. Powers of two.
const FEWEST: usize = 1 << 9;
const MOST: usize = 1 << 18;

/// The words of any number of languages, each with its term. Where there is no room for more, the latest
/// stay.
///
/// A two-way set-associative cache: a word has two slots, side by side, each one line of the processor's
/// cache with word and term. Most words of an archive are rare, and finding one of these is a matter of how
/// often memory must be waited for.
#[derive(Clone, Default)]
pub struct TermCache {
    slots: Vec<CachedTerm>,
    occupied: usize,
    scratch: String,
}

impl TermCache {
    /// The term of a word, which `make` writes where it is not cached.
    pub fn term(
        &mut self,
        word: &str,
        kind: Kind,
        language: Language,
        make: impl FnOnce(&mut String),
    ) -> &str {
        let slot = self.slot(word, kind, language);
        let is_at =
            |slot: &usize| self.slots.get(*slot).is_some_and(|cached| cached.is_of(word, kind, language));
        if let Some(slot) = [slot, slot ^ 1].into_iter().find(is_at) {
            return self.slots.get(slot).map_or("", CachedTerm::term);
        }
        self.scratch.clear();
        make(&mut self.scratch);
        if let Some(cached) = CachedTerm::new(word, &self.scratch, kind, language) {
            if self.occupied >= self.slots.len() / 2 && self.slots.len() < MOST {
                self.grow();
            }
            self.put(cached);
        }
        &self.scratch
    }

    fn slot(&self, word: &str, kind: Kind, language: Language) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        hasher.write_u16(u16::from_le_bytes([kind as u8, language as u8]));
        hasher.finish() as usize & self.slots.len().saturating_sub(1)
    }

    fn put(&mut self, cached: CachedTerm) {
        let slot = self.slot(cached.word(), cached.kind, cached.language);
        let Some(here) = self.slots.get_mut(slot) else { return };
        self.occupied += usize::from(here.is_empty());
        let before = std::mem::replace(here, cached);
        if let Some(beside) = self.slots.get_mut(slot ^ 1).filter(|_| !before.is_empty()) {
            self.occupied += usize::from(beside.is_empty());
            *beside = before;
        }
    }

    fn grow(&mut self) {
        let room = (self.slots.len() * 2).clamp(FEWEST, MOST);
        let before = std::mem::replace(&mut self.slots, vec![CachedTerm::default(); room]);
        self.occupied = 0;
        before.into_iter().filter(|cached| !cached.is_empty()).for_each(|cached| self.put(cached));
    }
}

/// A word as it was written, and its term right behind it, in one line of the cache.
#[derive(Clone)]
#[repr(align(64))]
struct CachedTerm {
    both: ArrayString<56>,
    word_bytes: u8,
    kind: Kind,
    language: Language,
}

impl Default for CachedTerm {
    fn default() -> Self {
        Self { both: ArrayString::new(), word_bytes: 0, kind: Kind::Word, language: Language::Other }
    }
}

impl CachedTerm {
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
    fn ask(cached: &mut TermCache, words: usize) -> usize {
        let mut made = 0;
        let long = "x".repeat(60);
        for word in (0..words).map(|number| format!("word{number}")).chain([long]) {
            for (kind, language) in KINDS {
                let term = format!("{word}{}{}", kind.as_str(), language.code());
                let found = cached.term(&word, kind, language, |out| {
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
        let mut cached = TermCache::default();
        let asked = 3 * 4001;
        assert_eq!(ask(&mut cached, 4000), asked);
        let again = ask(&mut cached, 4000);
        assert!(again < asked / 4, "{again} of {asked} were made again");
    }

    #[test]
    fn what_is_known_has_a_limit() {
        let mut cached = TermCache::default();
        assert_eq!(ask(&mut cached, MOST), 3 * (MOST + 1));
        assert_eq!(cached.slots.len(), MOST);
        assert!(cached.occupied <= MOST);
        assert_eq!(size_of::<CachedTerm>(), 64);
    }
}
