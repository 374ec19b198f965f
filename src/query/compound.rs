//! Words that are written together, apart, or with a hyphen: `counterproposal` = `counter proposal` =
//! `counter-proposal`.
//!
//! The hyphened form lies beside the closed one in the dictionary. That two words in a row are the closed one
//! is told by the archive's own words: both ways of writing must be there, and be long enough not to meet by
//! accident (`managed` is no `man aged`), or somebody must have written a hyphen between them.

use crate::analysis::fold::fold;
use crate::analysis::tokenize::Kind;

use super::clause::{Leaf, Terms};

/// The words of an archive.
pub trait Lexicon {
    /// The keys under which the text of its articles can hold a word.
    fn keys(&self, raw: &str, kind: Kind) -> Vec<String>;
    /// Whether there is a term with one of these keys.
    fn holds(&self, keys: &[String]) -> bool;
    /// Whether there is a term with one of these keys that has this form.
    fn holds_form(&self, keys: &[String], form: &str) -> bool;
    /// The forms with a hyphen that have one of these keys.
    fn hyphened(&self, keys: &[String]) -> Vec<String>;
}

/// Shorter words meet by accident.
const SHORTEST_PART: usize = 4;

/// Words that stand beside any other by accident.
const ACCIDENTAL: &[&str] = &[
    "been", "does", "down", "each", "ever", "from", "have", "here", "into", "less", "like", "long", "many",
    "more", "most", "much", "must", "only", "over", "some", "such", "than", "that", "their", "them", "then",
    "there", "these", "they", "this", "under", "upon", "very", "well", "were", "what", "when", "where",
    "which", "will", "with", "your",
];

/// The keys of two words written as one, where the archive holds that.
pub(super) fn joined(first: &str, second: &str, lexicon: &dyn Lexicon) -> Option<Vec<String>> {
    let (first, second) = (letters(first)?, letters(second)?);
    let keys = lexicon.keys(&format!("{first}{second}"), Kind::Word);
    (lexicon.holds(&keys) && belong_together(&first, &second, &lexicon.hyphened(&keys))).then_some(keys)
}

/// A word as the two that it is made of, where the archive holds them.
pub(super) fn apart(leaf: &Leaf, lexicon: &dyn Lexicon) -> Option<[Leaf; 2]> {
    let word = letters(&leaf.text)?;
    let Terms::Keys(keys) = &leaf.terms else { return None };
    let cuts = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
    let part = |text: &str| Leaf {
        text: text.to_owned(),
        form: text.to_owned(),
        field: leaf.field,
        terms: Terms::Keys(lexicon.keys(text, Kind::Word)),
    };
    let held = |leaf: &Leaf| matches!(&leaf.terms, Terms::Keys(keys) if lexicon.holds(keys));
    let hyphened = lexicon.hyphened(keys);
    // Most cuts end with a part that is no word.
    let held = |text: &str| Some(part(text)).filter(held);
    cuts.filter(|(first, second)| belong_together(first, second, &hyphened))
        .find_map(|(first, second)| Some([held(first)?, held(second)?]))
}

/// Other ways to write the words of a phrase: two as one, one as two.
pub(super) fn respelt(elements: &[Vec<Leaf>], lexicon: &dyn Lexicon) -> Vec<Vec<Vec<Leaf>>> {
    let mut ways = Vec::new();
    let mut with = |at: usize, taken: usize, put: &[Leaf]| {
        let put = put.iter().map(|leaf| vec![leaf.clone()]);
        let mut way = elements.to_vec();
        way.splice(at..at + taken, put);
        ways.push(way);
    };
    for (at, element) in elements.iter().enumerate() {
        let [leaf] = element.as_slice() else { continue };
        if let Some(parts) = apart(leaf, lexicon) {
            with(at, 1, &parts);
        }
        let Some([next]) = elements.get(at + 1).map(Vec::as_slice) else { continue };
        if let Some(keys) = joined(&leaf.text, &next.text, lexicon) {
            let text = format!("{}{}", leaf.text, next.text);
            let form = format!("{}{}", leaf.form, next.form);
            with(at, 2, &[Leaf { text, form, field: leaf.field, terms: Terms::Keys(keys) }]);
        }
    }
    ways
}

fn belong_together(first: &str, second: &str, hyphened: &[String]) -> bool {
    let is_long = |part: &str| part.chars().count() >= SHORTEST_PART && !ACCIDENTAL.contains(&part);
    let is_cut_here = |form: &String| {
        form.split_once('-').is_some_and(|(before, after)| before == first && !after.contains('-'))
    };
    (is_long(first) && is_long(second)) || hyphened.iter().any(is_cut_here)
}

/// The folded word, where it is letters only.
fn letters(word: &str) -> Option<String> {
    let folded = fold(word);
    (!folded.is_empty() && folded.chars().all(char::is_alphabetic)).then_some(folded)
}
