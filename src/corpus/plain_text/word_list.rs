//! Lists of words and phrases that news is full of: written as text, looked up by hash or by first byte.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Words or phrases that are asked whether one is among them.
pub(crate) struct WordList {
    text: &'static str,
    items: OnceLock<Items>,
}

struct Items {
    all: FxHashSet<&'static str>,
    /// The longest one, in bytes: what is longer need not be looked up.
    longest: usize,
}

/// A shorter text is put into lower case without asking for memory.
const SHORT: usize = 64;

impl WordList {
    /// Items separated by `|`, or by white space where there is no `|`.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, items: OnceLock::new() }
    }

    /// Whether an item stands in the list.
    pub(crate) fn has(&self, item: &str) -> bool {
        let items = self.items();
        item.len() <= items.longest && items.all.contains(item)
    }

    /// Whether an item in lower case stands in the list.
    pub(crate) fn has_in_lower_case(&self, item: &str) -> bool {
        // No letter is shorter in lower case than a third of itself.
        item.len() <= self.items().longest * 3 && in_lower_case(item, |item| self.has(item))
    }

    fn items(&self) -> &Items {
        self.items.get_or_init(|| {
            let all: FxHashSet<&'static str> = items(self.text).collect();
            let longest = all.iter().map(|item| item.len()).max().unwrap_or(0);
            Items { all, longest }
        })
    }

    /// Everything in the list.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static str> {
        items(self.text)
    }
}

/// Words that mean something; of a word that stands in several rows the first counts.
pub(crate) struct WordMap<T: 'static> {
    rows: &'static [(T, &'static str)],
    meanings: OnceLock<FxHashMap<&'static str, T>>,
}

impl<T: Copy> WordMap<T> {
    /// Each meaning with its words, separated as in a [`WordList`].
    pub(crate) const fn new(rows: &'static [(T, &'static str)]) -> Self {
        Self { rows, meanings: OnceLock::new() }
    }

    /// All words that mean something.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static str> {
        self.rows.iter().flat_map(|(_, text)| items(text))
    }

    /// What a word means.
    pub(crate) fn get(&self, word: &str) -> Option<T> {
        let meanings = self.meanings.get_or_init(|| {
            let mut meanings = FxHashMap::default();
            for (meaning, text) in self.rows {
                items(text).for_each(|word| {
                    meanings.entry(word).or_insert(*meaning);
                });
            }
            meanings
        });
        meanings.get(word).copied()
    }
}

/// How texts can begin.
pub(crate) struct Beginnings {
    text: &'static str,
    by_first_byte: OnceLock<FxHashMap<u8, Vec<&'static str>>>,
}

impl Beginnings {
    /// Beginnings separated by `|`; white space at their ends counts.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, by_first_byte: OnceLock::new() }
    }

    /// The first of the list that the text begins with.
    pub(crate) fn of(&self, text: &str) -> Option<&'static str> {
        let all = self.by_first_byte.get_or_init(|| {
            let mut all: FxHashMap<u8, Vec<&'static str>> = FxHashMap::default();
            for beginning in self.text.split('|').map(str::trim_start) {
                if let Some(first) = beginning.bytes().next() {
                    all.entry(first).or_default().push(beginning);
                }
            }
            all
        });
        all.get(text.as_bytes().first()?)?.iter().copied().find(|beginning| text.starts_with(beginning))
    }
}

/// What is asked of a text is asked of it in lower case.
pub(crate) fn in_lower_case<T>(text: &str, ask: impl FnOnce(&str) -> T) -> T {
    let mut short = [0; SHORT];
    if text.is_ascii()
        && let Some(lower) = short.get_mut(..text.len())
    {
        lower.copy_from_slice(text.as_bytes());
        lower.make_ascii_lowercase();
        if let Ok(lower) = std::str::from_utf8(lower) {
            return ask(lower);
        }
    }
    ask(&text.to_lowercase())
}

/// The items of a list.
pub(crate) fn items(text: &'static str) -> impl Iterator<Item = &'static str> {
    let phrases = text.contains('|');
    let separator = move |c: char| if phrases { c == '|' } else { c.is_ascii_whitespace() };
    text.split(separator).map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases() {
        let words = WordList::new("one two \n three");
        assert!(words.has("two") && words.has("three") && !words.has("") && !words.has("one two"));
        let phrases = WordList::new("read more | share|  all of it");
        assert!(phrases.has("read more") && phrases.has("all of it") && !phrases.has("read"));
    }

    #[test]
    fn short_and_long_words_are_found_in_any_case() {
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen";
        let words = WordList::new(
            "überschrift|read more|one two three four five six seven eight nine ten eleven twelve thirteen",
        );
        for item in ["ÜBERSCHRIFT", "Read More", &long.to_uppercase(), long] {
            assert!(words.has_in_lower_case(item), "{item}");
        }
        assert!(!words.has("Read more") && !words.has_in_lower_case("Read mores"));
        assert!(!words.has_in_lower_case(&long.repeat(9)) && !words.has_in_lower_case(""));
    }

    #[test]
    fn the_first_meaning_counts() {
        let months = WordMap::new(&[(3, "march mar"), (10, "october mar")]);
        assert_eq!((months.get("mar"), months.get("october"), months.get("may")), (Some(3), Some(10), None));
    }

    #[test]
    fn the_first_beginning_counts_with_its_white_space() {
        let beginnings = Beginnings::new("read more:|read more | read");
        assert_eq!(beginnings.of("read more: it"), Some("read more:"));
        assert_eq!(beginnings.of("read more it"), Some("read more "));
        assert_eq!(beginnings.of("reading"), Some("read"));
        assert_eq!(beginnings.of("re"), None);
        assert_eq!(beginnings.of(""), None);
    }
}
