//! What Arabic and Hebrew write in front of a word and as one with it: the article, `and`, and short
//! prepositions.
//!
//! A word is in the index as it stands and once more without what stands in front of it, so that a search for
//! it finds both. Whether the first letter is a prefix or the word's own cannot be told from the letters;
//! what has fewer than three letters left is not cut.

use super::language::Language;

/// The Arabic article, with what may stand before it.
const ARABIC_ARTICLES: &[&str] = &["وال", "بال", "كال", "فال", "ولل", "فلل", "ال", "لل"];

/// Arabic conjunctions and prepositions of one letter.
const ARABIC_LETTERS: &[char] = &['و', 'ف', 'ب', 'ك', 'ل'];

/// Hebrew prefixes of one letter; two of them may follow one another.
const HEBREW_LETTERS: &[char] = &['ה', 'ו', 'ב', 'כ', 'ל', 'מ', 'ש'];

/// The fewest letters that are a word.
const FEWEST: usize = 3;

/// Whether words that begin with this byte may have a prefix.
pub(super) fn may_have(first: u8) -> bool {
    // The first bytes of Hebrew and Arabic letters.
    matches!(first, 0xd7..=0xd9)
}

/// A folded word without its article; `None` where it has none.
pub(super) fn without_article(folded: &str) -> Option<&str> {
    let arabic = ARABIC_ARTICLES.iter().find_map(|article| folded.strip_prefix(article));
    arabic.or_else(|| folded.strip_prefix('ה')).filter(|rest| is_word(rest, FEWEST))
}

/// A folded word without what may stand in front of it: none, one or two words. `language` is the text's.
pub(super) fn without_prefixes(folded: &str, language: Language) -> impl Iterator<Item = &str> {
    let article = ARABIC_ARTICLES.iter().find_map(|article| folded.strip_prefix(article));
    let letter = || {
        let rest = folded.strip_prefix(ARABIC_LETTERS).filter(|_| language == Language::Arabic)?;
        is_word(rest, FEWEST + 1).then_some(rest)
    };
    let arabic = article.filter(|rest| is_word(rest, FEWEST)).or_else(letter);
    let one = folded.strip_prefix(HEBREW_LETTERS);
    let two = one.and_then(|rest| rest.strip_prefix(HEBREW_LETTERS));
    [arabic, one.filter(|rest| is_word(rest, FEWEST)), two.filter(|rest| is_word(rest, FEWEST))]
        .into_iter()
        .flatten()
}

fn is_word(rest: &str, fewest: usize) -> bool {
    rest.chars().nth(fewest - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_prepositions_are_taken_off() {
        let bare = |word, language| without_prefixes(word, language).collect::<Vec<_>>();
        assert_eq!(bare("المدرسه", Language::Arabic), ["مدرسه"]);
        assert_eq!(bare("والمدرسه", Language::Arabic), ["مدرسه"]);
        assert_eq!(bare("للمدرسه", Language::English), ["مدرسه"]);
        assert_eq!(bare("بمدرسه", Language::Arabic), ["مدرسه"]);
        assert_eq!(bare("بمدرسه", Language::Other), [""; 0]);
        assert_eq!(bare("ולירושלים", Language::Other), ["לירושלים", "ירושלים"]);
        assert_eq!(bare("הבית", Language::Other), ["בית"]);
        assert_eq!(bare("school", Language::English), [""; 0]);
        assert_eq!(without_article("הבית"), Some("בית"));
        assert_eq!(without_article("לבית"), None);
    }
}
