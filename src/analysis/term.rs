//! How a word stands in the term dictionary: its stem first, its exact form after it.
//!
//! `e` `plan` NUL ⟨how the form differs⟩: the tag of the language whose rules made the stem, the stem, a NUL,
//! and the folded form as an edit of the stem. So all inflections of a word lie side by side in the
//! dictionary (a search for a stem reads one range), and each exact form has a posting list of its own
//! (`=plans`, `plan*` and `plans~` need no second index).
//!
//! The form of a compound (`counter-proposal`) is its closed form, and a second NUL and the places of its
//! hyphens follow: so it lies beside `counterproposal`, and wildcards and misspellings mean both.

/// Separates stem and form.
pub const SEPARATOR: char = '\0';

/// The most bytes at the end of a stem that are not in its form, and they are one letter: what does not share
/// more is a stem of its own.
pub const LONGEST_DROP: usize = 2;

/// Appends the term of a word to `out`. `tag` is [`Language::tag`](super::Language::tag).
pub fn encode_into(tag: u8, stem: &str, form: &str, out: &mut String) {
    out.push(tag as char);
    out.push_str(stem);
    out.push(SEPARATOR);
    if stem == form {
        return;
    }
    let shared = shared_prefix(stem, form);
    // How many bytes of the stem to drop, as an ASCII letter, then what to add.
    let drop = stem.len() - shared;
    debug_assert!(drop <= LONGEST_DROP, "{stem} {form}");
    out.push((b'A' + drop as u8) as char);
    out.push_str(&form[shared..]);
}

/// Appends the term of a compound: `form` with its hyphens, `stem` of the form without them.
pub fn encode_compound_into(tag: u8, stem: &str, form: &str, out: &mut String) {
    let closed: String = form.chars().filter(|c| *c != HYPHEN).collect();
    encode_into(tag, stem, &closed, out);
    out.push(SEPARATOR);
    let mut before = 0;
    for part in form.split(HYPHEN) {
        if before > 0 {
            out.extend(char::from_u32(before));
        }
        before += part.len() as u32;
    }
}

/// How a compound's parts are joined in its form.
const HYPHEN: char = '-';

/// Everything before the form: what all inflections of a word share. Ends in [`SEPARATOR`].
pub fn key_into(tag: u8, stem: &str, out: &mut String) {
    out.push(tag as char);
    out.push_str(stem);
    out.push(SEPARATOR);
}

/// A term taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The language tag.
    pub tag: u8,
    /// The stem.
    pub stem: &'a str,
    /// The exact form, folded.
    pub form: String,
}

/// The key of a term: tag, stem and separator.
pub fn key_of(term: &str) -> &str {
    match term.find(SEPARATOR) {
        Some(end) => &term[..=end],
        None => term,
    }
}

/// Takes a term apart; `None` for what is no word's term (the breaks between sentences).
pub fn decode(term: &str) -> Option<Parts<'_>> {
    let mut form = String::new();
    form_into(term, &mut form)?;
    let head = term.split(SEPARATOR).next()?;
    Some(Parts { tag: *head.as_bytes().first()?, stem: head.get(1..)?, form })
}

/// The exact form of a term, a compound's with its hyphens, written into `form`, which is cleared first;
/// `None` as for [`decode`].
pub fn form_into(term: &str, form: &mut String) -> Option<()> {
    closed_form_into(term, form)?;
    // From the last one on, so that the places before stay what they are.
    for hyphen in hyphens(term).rev() {
        let at = hyphen as usize;
        if !form.is_char_boundary(at) {
            return None;
        }
        form.insert(at, HYPHEN);
    }
    Some(())
}

/// How many hyphens a term's form has.
pub fn hyphen_count(term: &str) -> usize {
    hyphens(term).count()
}

fn hyphens(term: &str) -> impl DoubleEndedIterator<Item = char> {
    term.splitn(3, SEPARATOR).nth(2).unwrap_or_default().chars()
}

/// The form of a term without a compound's hyphens, written into `form`, which is cleared first; `None` as
/// for [`decode`].
pub fn closed_form_into(term: &str, form: &mut String) -> Option<()> {
    form.clear();
    let (head, edit) = term.split_once(SEPARATOR)?;
    let edit = edit.split(SEPARATOR).next().unwrap_or_default();
    let stem = head.get(1..)?;
    if edit.is_empty() {
        form.push_str(stem);
        return Some(());
    }
    let drop = edit.bytes().next()?.checked_sub(b'A')?;
    form.push_str(stem.get(..stem.len().checked_sub(usize::from(drop))?)?);
    form.push_str(edit.get(1..)?);
    Some(())
}

fn shared_prefix(a: &str, b: &str) -> usize {
    a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map_or(a.len().min(b.len()), |((at, _), _)| at)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn inflections_lie_side_by_side() {
        let mut plans = String::new();
        encode_into(b'e', "plan", "plans", &mut plans);
        let mut plan = String::new();
        encode_into(b'e', "plan", "plan", &mut plan);
        assert_eq!(plan, "eplan\0");
        assert_eq!(plans, "eplan\0As");
        assert_eq!(key_of(&plans), plan);
    }

    #[test]
    fn compounds_lie_beside_their_closed_form() {
        let mut term = String::new();
        encode_compound_into(b'e', "motherinlaw", "mother-in-law", &mut term);
        assert_eq!(key_of(&term), "emotherinlaw\0");
        assert_eq!(decode(&term).unwrap().form, "mother-in-law");
        assert_eq!(hyphen_count(&term), 2);
        let mut closed = String::new();
        closed_form_into(&term, &mut closed).unwrap();
        assert_eq!(closed, "motherinlaw");
    }

    proptest! {
        #[test]
        fn decode_undoes_encode(shared in "[a-zа-яé]{1,70}", stem in "[a-zé]?", ending in "[a-zа-яé-]{0,70}") {
            let (stem, form) = (format!("{shared}{stem}"), format!("{shared}{ending}"));
            let mut term = String::new();
            encode_into(b'e', &stem, &form, &mut term);
            let parts = decode(&term).unwrap();
            prop_assert_eq!(parts.stem, stem.as_str());
            prop_assert_eq!(parts.form, form);
        }

        #[test]
        fn decode_never_panics(term in "\\PC*\\x00?[A-Z]*\\PC*") {
            let _ = decode(&term);
        }
    }
}
