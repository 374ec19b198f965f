//! Which exact forms of a dictionary a wildcard or a misspelling means.

use crate::analysis::fold::fold;

use super::ast::{Pattern, PatternPart};

/// A pattern over folded forms, compounds in their closed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedPattern {
    /// The letters between the wildcards; `None` is any one letter.
    letters: Vec<Option<char>>,
    /// Before which of `letters` any number of letters may stand, ascending.
    many: Vec<usize>,
}

impl FoldedPattern {
    /// The pattern over folded forms that a typed pattern means.
    pub fn new(pattern: &Pattern) -> Self {
        let mut folded = Self { letters: Vec::new(), many: Vec::new() };
        for part in &pattern.parts {
            match part {
                // Compounds are looked at in their closed form.
                PatternPart::Text(text) => {
                    folded.letters.extend(fold(text).chars().filter(|c| *c != '-').map(Some));
                }
                PatternPart::One => folded.letters.push(None),
                PatternPart::Many => folded.many.push(folded.letters.len()),
            }
        }
        folded
    }

    /// Calls `f` for every part in order: a letter, any one letter (`Some(None)`), or any number of letters
    /// (`None`).
    pub fn each_part(&self, mut f: impl FnMut(Option<Option<char>>)) {
        let mut many = self.many.iter().peekable();
        for at in 0..=self.letters.len() {
            if many.next_if(|place| **place == at).is_some() {
                f(None);
            }
            while many.next_if(|place| **place == at).is_some() {}
            if let Some(letter) = self.letters.get(at) {
                f(Some(*letter));
            }
        }
    }

    /// Whether a form fits.
    pub fn fits(&self, form: &str) -> bool {
        // Greedy matching with one point to go back to: the last `*`.
        let form: Vec<char> = form.chars().flat_map(char::to_lowercase).collect();
        let (mut at, mut letter) = (0, 0);
        let mut back: Option<(usize, usize)> = None;
        loop {
            if self.many.contains(&at) && back.is_none_or(|(pattern_at, _)| pattern_at != at) {
                back = Some((at, letter));
            }
            if at == self.letters.len() && letter == form.len() {
                return true;
            }
            let fits = at < self.letters.len()
                && form.get(letter).is_some_and(|l| self.letters[at].is_none_or(|expected| expected == *l));
            if fits {
                at += 1;
                letter += 1;
                continue;
            }
            match &mut back {
                Some((pattern_at, from)) if *from < form.len() => {
                    *from += 1;
                    at = *pattern_at;
                    letter = *from;
                }
                _ => return false,
            }
        }
    }
}

/// The number of letters inserted, left out, exchanged or swapped between two words, where it is at most
/// `most` (Damerau–Levenshtein in its restricted form: optimal string alignment).
pub fn distance_within(a: &str, b: &str, most: u8) -> Option<u8> {
    /// Longer words are not misspellings of each other that anybody would look for.
    const LONGEST: usize = 64;
    let most = usize::from(most);
    // A letter has one to four bytes.
    if a.len().abs_diff(b.len()) > 4 * most {
        return None;
    }
    let mut letters = [['\0'; LONGEST]; 2];
    let mut lengths = [0; 2];
    for (word, (letters, length)) in [a, b].into_iter().zip(letters.iter_mut().zip(&mut lengths)) {
        for c in word.chars() {
            *letters.get_mut(*length)? = c;
            *length += 1;
        }
    }
    let [a, b] = [&letters[0][..lengths[0]], &letters[1][..lengths[1]]];
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let (mut before, mut row, mut next) = ([0; LONGEST + 1], [0; LONGEST + 1], [0; LONGEST + 1]);
    for (j, cell) in row.iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        next[0] = i;
        let mut least = i;
        for j in 1..=b.len() {
            let exchanged = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cell = exchanged.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(before[j - 2] + 1);
            }
            next[j] = cell;
            least = least.min(cell);
        }
        if least > most {
            return None;
        }
        before = row;
        row = next;
    }
    let distance = row[b.len()];
    (distance <= most).then_some(distance as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pattern(text: &str) -> FoldedPattern {
        let mut parts = Vec::new();
        for c in text.chars() {
            match (c, parts.last_mut()) {
                ('*', _) => parts.push(PatternPart::Many),
                ('?', _) => parts.push(PatternPart::One),
                (c, Some(PatternPart::Text(text))) => text.push(c),
                (c, _) => parts.push(PatternPart::Text(c.to_string())),
            }
        }
        FoldedPattern::new(&Pattern { parts })
    }

    #[test]
    fn patterns_fit_whole_forms() {
        for (p, form, fits) in [
            ("zelensk*", "zelenskyy", true),
            ("zelensk*", "zelensk", true),
            ("wom?n", "woman", true),
            ("wom?n", "womn", false),
            ("*ism", "tourism", true),
            ("*ism", "tourisms", false),
            ("a*b*c", "axxbyybzc", true),
            ("a*b*c", "axxc", false),
            ("?*", "", false),
        ] {
            assert_eq!(pattern(p).fits(form), fits, "{p} {form}");
        }
    }

    #[test]
    fn distances() {
        assert_eq!(distance_within("zelensky", "zelenskyy", 1), Some(1));
        assert_eq!(distance_within("zelensky", "zelneksy", 1), None);
        assert_eq!(distance_within("peace", "paece", 1), Some(1));
        assert_eq!(distance_within("kyiv", "kiev", 2), Some(2));
        assert_eq!(distance_within("a", "abcd", 2), None);
    }

    proptest! {
        #[test]
        fn patterns_agree_with_a_plain_reading(p in "[ab?*]{1,8}", form in "[ab]{0,10}") {
            fn plain(p: &[u8], s: &[u8]) -> bool {
                match p.first() {
                    None => s.is_empty(),
                    Some(b'*') => (0..=s.len()).any(|n| plain(&p[1..], &s[n..])),
                    Some(b'?') => !s.is_empty() && plain(&p[1..], &s[1..]),
                    Some(c) => s.first() == Some(c) && plain(&p[1..], &s[1..]),
                }
            }
            prop_assert_eq!(pattern(&p).fits(&form), plain(p.as_bytes(), form.as_bytes()));
        }
    }
}
