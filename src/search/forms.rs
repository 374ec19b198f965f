//! How the forms of one stem go together: which are inflections of one another, and which only look alike.

use crate::analysis::term;
use crate::query::clause::Leaf;

use super::dictionary::Dictionary;

/// The most other forms that are named.
const MOST_NAMED: usize = 4;

/// Other forms are named that are in at least this share of the articles.
const LEAST_SHARE: f64 = 0.1;

/// Words of another language are taken for inflections of one another that have so many letters in common.
const SHARED_LETTERS: usize = 4;

/// The forms of a word that articles hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordForms {
    /// The word as it was typed, with its field where it has one.
    pub word: String,
    /// How many articles hold it in that form.
    pub typed: u64,
    /// The other forms that were looked for and are in the archive, the commonest first, where that says
    /// something: all where no article holds the one that was typed, else those that are more than its
    /// inflections.
    pub others: Vec<String>,
    /// Forms with the same stem that were not looked for, since the word is a name.
    pub left_out: Vec<String>,
}

impl WordForms {
    /// Says that no article holds the form that was typed, and by which others the word was found.
    pub(super) fn absent(&self) -> Option<String> {
        let Self { word, others, .. } = self;
        (self.typed == 0)
            .then(|| format!("no article holds `{word}` itself; found by: {}", others.join(", ")))
    }

    /// Says that a word was looked for as a name only.
    pub(super) fn narrowed(&self) -> Option<String> {
        let Self { word, left_out, .. } = self;
        let first = left_out.first()?;
        let named = left_out.get(..left_out.len().min(MOST_LEFT_OUT)).unwrap_or_default().join(", ");
        Some(format!(
            "`{word}` is looked for as a name; also in the archive: {named}; write `{first}` to find it"
        ))
    }
}

/// The most forms that are named which were left out.
const MOST_LEFT_OUT: usize = 3;

/// A term that a word means.
pub(super) struct Meant {
    pub term: String,
    pub form: String,
    pub articles: u64,
}

/// What there is to say about the forms in which a word was found.
pub(super) fn telling(
    leaf: &Leaf,
    name: &str,
    mut meant: Vec<Meant>,
    dictionary: &Dictionary<'_>,
) -> Option<WordForms> {
    let typed: u64 = meant.iter().filter(|m| is_typed(&m.form, leaf)).map(|m| m.articles).sum();
    meant.retain(|m| !is_typed(&m.form, leaf));
    let said = |others: Vec<String>| WordForms { word: name.to_owned(), typed, others, left_out: Vec::new() };
    if meant.is_empty() {
        return None;
    }
    if typed == 0 {
        return Some(said(commonest(&meant)));
    }
    let is_telling = |meant: &[Meant]| {
        let strange = meant.iter().filter(|m| !is_inflection(&leaf.form, m));
        let often: u64 = strange.map(|m| m.articles).sum();
        often > 0 && often as f64 >= LEAST_SHARE * typed as f64
    };
    if !is_telling(&meant) {
        return None;
    }
    // What was looked for besides (another spelling, a compound) is said elsewhere.
    let own = dictionary.keys_of_form(&leaf.form);
    meant.retain(|m| own.binary_search_by(|key| key.as_str().cmp(term::key_of(&m.term))).is_ok());
    is_telling(&meant).then(|| said(commonest(&meant)))
}

/// Whether a form is the one that was typed, a possessive's s being no part of it.
fn is_typed(form: &str, leaf: &Leaf) -> bool {
    let bare = |word: &str, of: &str| word.strip_suffix('s') == Some(of);
    let possessive = leaf.text.chars().rev().nth(1).is_some_and(crate::analysis::fold::is_apostrophe);
    form == leaf.form || bare(form, &leaf.form) || (possessive && bare(&leaf.form, form))
}

/// The forms, the commonest first, each once.
fn commonest(meant: &[Meant]) -> Vec<String> {
    let mut forms: Vec<(&str, u64)> = Vec::new();
    for Meant { form, articles, .. } in meant {
        match forms.iter_mut().find(|(known, _)| known == form) {
            Some((_, count)) => *count += articles,
            None => forms.push((form, *articles)),
        }
    }
    forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    forms.into_iter().take(MOST_NAMED).map(|(form, _)| form.to_owned()).collect()
}

fn is_inflection(typed: &str, meant: &Meant) -> bool {
    let english = matches!(meant.term.as_bytes().first(), Some(b'e' | b'0'));
    let shared = typed.chars().zip(meant.form.chars()).take_while(|(a, b)| a == b).count();
    are_inflections(typed, &meant.form) || (!english && shared >= SHARED_LETTERS)
}

/// Whether two folded English words are inflections of one word as a rule makes them: `plan`, `plans`,
/// `planned`, `planning`.
pub(super) fn are_inflections(one: &str, other: &str) -> bool {
    let others = bases(other);
    bases(one).iter().any(|base| others.contains(base))
}

/// What a word may be an inflection of, itself among them.
fn bases(word: &str) -> Vec<String> {
    let mut bases = vec![word.to_owned()];
    for ending in ["s", "es", "d", "ed", "ing"] {
        let Some(base) = word.strip_suffix(ending).filter(|base| !base.is_empty()) else { continue };
        bases.push(base.to_owned());
        if matches!(ending, "ed" | "ing") {
            let mut last = base.chars().rev();
            if let (Some(one), Some(two)) = (last.next(), last.next())
                && one == two
            {
                bases.push(base[..base.len() - one.len_utf8()].to_owned());
            }
        }
        if ending == "ing" {
            bases.push(format!("{base}e"));
        }
        if matches!(ending, "es" | "ed")
            && let Some(base) = base.strip_suffix('i')
        {
            bases.push(format!("{base}y"));
        }
    }
    bases
}

/// Whether a folded word is another's plural as a rule makes it.
pub(super) fn is_plural(plural: &str, of: &str) -> bool {
    let Some(rest) = plural.strip_prefix(of) else { return false };
    match rest {
        "s" => true,
        "es" => ["s", "x", "z", "ch", "sh"].iter().any(|ending| of.ends_with(ending)),
        _ => false,
    }
}

/// Endings that make another word of a name, which means something of it.
const NAME_ENDINGS: &[&str] = &[
    "al", "ally", "ese", "ian", "ians", "ic", "ical", "ically", "ise", "ised", "ish", "ising", "ism", "isms",
    "ist", "ists", "ity", "ize", "ized", "izes", "izing", "ly", "ness", "ship",
];

/// Whether one of two folded words, or of their singulars, is made of the other by an ending that keeps its
/// sense.
pub(super) fn is_derived(one: &str, other: &str) -> bool {
    let made = |word: &str, of: &str| word.strip_prefix(of).is_some_and(|end| NAME_ENDINGS.contains(&end));
    let singular = |word: &str, other: &str| word.strip_suffix('s').is_some_and(|word| made(other, word));
    made(one, other) || made(other, one) || singular(one, other) || singular(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_are_told_from_what_only_looks_like_them() {
        for (one, other) in [
            ("plan", "plans"),
            ("plans", "planning"),
            ("plan", "planned"),
            ("make", "making"),
            ("changed", "changing"),
            ("story", "stories"),
            ("carry", "carried"),
            ("bush", "bushes"),
            ("hughes", "hugh"),
            ("harding", "hard"),
        ] {
            assert!(are_inflections(one, other) && are_inflections(other, one), "{one} {other}");
        }
        for (one, other) in
            [("chang", "change"), ("lowe", "low"), ("eugene", "eugenics"), ("general", "generale")]
        {
            assert!(!are_inflections(one, other) && !are_inflections(other, one), "{one} {other}");
        }
    }

    #[test]
    fn plurals_and_derivations() {
        assert!(is_plural("bushes", "bush") && is_plural("kennedys", "kennedy"));
        assert!(!is_plural("hughes", "hugh") && !is_plural("harding", "hard"));
        assert!(is_derived("democrat", "democratic") && is_derived("federally", "federal"));
        assert!(is_derived("democrats", "democratic") && is_derived("democratic", "democrats"));
        assert!(!is_derived("berning", "bern") && !is_derived("change", "chang"));
    }
}
