//! Whether a text can be a date and nothing else, told by its words alone.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::relative;
use super::tokens::{Kind, Token};
use super::words::{FILLERS, LABEL_PARTS, MONTHS, PUBLISHED, UPDATED, month, month_of_two_words, zone};
use crate::corpus::plain_text::word_list::in_lower_case;

/// Whether every word is one that a line with nothing but a date may hold.
pub(super) fn all_belong_to_a_date(tokens: &[Token<'_>]) -> bool {
    tokens.iter().enumerate().all(|(i, token)| match &token.kind {
        Kind::Word(raw, folded) => {
            month(folded).is_some()
                || tokens
                    .get(i + 1)
                    .and_then(Token::word)
                    .is_some_and(|next| month_of_two_words(folded, next).is_some())
                || matches!(folded.as_str(), "الاول" | "الثاني")
                || FILLERS.contains(folded.as_str())
                || [&PUBLISHED, &UPDATED, &LABEL_PARTS].iter().any(|list| list.has(folded))
                || relative::knows(folded)
                || zone(raw).is_some()
        }
        Kind::Mark(mark) => !matches!(mark, '?' | '!' | '"' | '$' | '%' | '€' | '£'),
        Kind::Number(..) => true,
    })
}

/// Every word of these lists, and whether it is a label that says what part of a line counts.
static ALL: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| {
    let plain = MONTHS.all().chain(FILLERS.iter().copied()).chain(LABEL_PARTS.all()).chain(relative::all());
    let labels = PUBLISHED.all().chain(UPDATED.all());
    plain.map(|word| (word, false)).chain(labels.map(|word| (word, true))).collect()
});

/// Whether a line of ASCII is told at once to hold more than a date: by a word that belongs to none, where no
/// label says what part of the line counts.
pub(super) fn is_no_date(text: &str) -> bool {
    if !text.is_ascii() {
        return false;
    }
    let mut has_other_words = false;
    for word in text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()) {
        match in_lower_case(word, |lower| ALL.get(lower).copied()) {
            Some(true) => return false,
            Some(false) => {}
            None => has_other_words |= zone(word).is_none(),
        }
    }
    has_other_words
}
