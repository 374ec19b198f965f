//! How a word stands in the term dictionary: its stem first, its exact form after it.
//!
//! `e` `plan` NUL ⟨how the form differs⟩: the tag of the language whose rules made the stem, the stem, a NUL, and the folded
//! form as an edit of the stem. So all inflections of a word lie side by side in the dictionary (a search for a stem reads
//! one range), and each exact form has a posting list of its own (`=plans`, `plan*` and `plans~` need no second index).

/// Separates stem and form.
pub const SEPARATOR: char = '\0';

/// Appends the term of a word to `out`. `tag` is [`Language::tag`](super::Language::tag).
pub fn encode_into(tag: u8, stem: &str, form: &str, out: &mut String) {
    out.push(tag as char);
    out.push_str(stem);
    out.push(SEPARATOR);
    if stem == form {
        return;
    }
    let shared = shared_prefix(stem, form);
    // How many bytes of the stem to drop, as one ASCII letter or more, then what to add.
    let mut drop = stem.len() - shared;
    while drop >= 25 {
        out.push('Z');
        drop -= 25;
    }
    out.push((b'A' + drop as u8) as char);
    out.push_str(&form[shared..]);
}

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

/// The exact form of a term, written into `form`, which is cleared first; `None` as for [`decode`].
pub fn form_into(term: &str, form: &mut String) -> Option<()> {
    form.clear();
    let (head, edit) = term.split_once(SEPARATOR)?;
    let stem = head.get(1..)?;
    if edit.is_empty() {
        form.push_str(stem);
        return Some(());
    }
    let full = edit.bytes().take_while(|b| *b == b'Z').count();
    let last = edit.as_bytes().get(full)?.checked_sub(b'A')? as usize;
    let keep = stem.len().checked_sub(full * 25 + last)?;
    form.push_str(stem.get(..keep)?);
    form.push_str(edit.get(full + 1..)?);
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

    proptest! {
        #[test]
        fn decode_undoes_encode(stem in "[a-zа-яé]{1,70}", form in "[a-zа-яé-]{1,70}") {
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
