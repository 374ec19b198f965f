//! Bylines that may be of one person: `S. Brandvold`, `SOFIA BRANDVOLD` and `Sofia Brandvold`. It is a guess,
//! and nothing but shown.

use rustc_hash::FxHashMap;

use crate::analysis::fold::fold;

/// What stands behind a family name and is none.
const BEHIND: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"];

/// For each byline the place of the fullest form that it may be of: one only, where two could be meant it is
/// none's. `articles` says how often each stands: of forms that are equally full, the commonest is the
/// fullest.
pub fn fullest_forms<'a>(bylines: impl IntoIterator<Item = (&'a str, u64)>) -> Vec<Option<usize>> {
    let names: Vec<(Byline, u64)> =
        bylines.into_iter().map(|(name, articles)| (Byline::new(name), articles)).collect();
    let mut families: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, (name, _)) in names.iter().enumerate() {
        if !name.given.is_empty() {
            families.entry(&name.family).or_default().push(at);
        }
    }
    let fullness =
        |at: usize| names.get(at).map(|(name, articles)| (name.letters(), *articles, usize::MAX - at));
    let fullest = |at: usize, (name, _): &(Byline, u64)| {
        let others = families.get(name.family.as_str())?;
        let fuller: Vec<usize> = others
            .iter()
            .copied()
            .filter(|other| *other != at && fullness(*other) > fullness(at))
            .filter(|other| names.get(*other).is_some_and(|(other, _)| name.may_be(other)))
            .collect();
        let best = fuller.iter().copied().max_by_key(|other| fullness(*other))?;
        let (of_best, _) = names.get(best)?;
        // J. Brooks is neither John nor Jane.
        let agree = |other: &usize| names.get(*other).is_some_and(|(other, _)| other.may_be(of_best));
        fuller.iter().all(|other| *other == best || agree(other)).then_some(best)
    };
    names.iter().enumerate().map(|(at, name)| fullest(at, name)).collect()
}

/// A name, folded.
struct Byline {
    given: Vec<String>,
    family: String,
}

impl Byline {
    fn new(name: &str) -> Self {
        let name = match name.split_once(',') {
            Some((family, given)) if !given.trim().is_empty() => format!("{given} {family}"),
            _ => name.to_owned(),
        };
        let pieces = name.split(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '‐'));
        let mut words: Vec<String> = pieces.map(fold).filter(|word| !word.is_empty()).collect();
        while words.len() > 2 && words.last().is_some_and(|last| BEHIND.contains(&last.as_str())) {
            words.pop();
        }
        let family = words.pop().unwrap_or_default();
        Self { given: words, family }
    }

    fn letters(&self) -> usize {
        self.given.iter().map(|word| word.chars().count()).sum()
    }

    /// Whether this may be a shorter form of the other: each given name is the other's, or its first letter,
    /// in their order; the first is there.
    fn may_be(&self, other: &Self) -> bool {
        let is = |short: &str, long: &str| {
            short == long
                || (short.chars().count() == 1 && long.starts_with(short))
                || (long.chars().count() == 1 && short.starts_with(long))
        };
        let first = self.given.first().zip(other.given.first()).is_some_and(|(short, long)| is(short, long));
        let mut rest = other.given.iter();
        self.family == other.family
            && first
            && self.given.iter().all(|short| rest.any(|long| is(short, long)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(bylines: &[&str]) -> Vec<String> {
        let fullest = fullest_forms(bylines.iter().map(|name| (*name, 1)));
        let pair = |(at, full): (usize, &Option<usize>)| {
            full.map(|full| format!("{} = {}", bylines[at], bylines[full]))
        };
        fullest.iter().enumerate().filter_map(pair).collect()
    }

    #[test]
    fn shorter_forms_go_with_the_one_fullest() {
        assert_eq!(
            joined(&["S. Brandvold", "Sofia Brandvold", "Sofia A. Brandvold", "Brandvold, Sofía", "Ana Roe"]),
            [
                "S. Brandvold = Sofia A. Brandvold",
                "Sofia Brandvold = Sofia A. Brandvold",
                "Brandvold, Sofía = Sofia A. Brandvold"
            ]
        );
        assert_eq!(
            joined(&["J.K. Aske", "Jo K. Aske", "J. Aske Jr."]),
            ["J.K. Aske = Jo K. Aske", "J. Aske Jr. = Jo K. Aske"]
        );
    }

    #[test]
    fn what_may_be_two_people_is_nobodys() {
        for bylines in [
            &["J. Brooks", "John Brooks", "Jane Brooks"][..],
            &["John Brooks", "Jane Brooks"],
            &["Brooks", "John Brooks"],
            &["John Brooks", "John Brook"],
            &["K. Brooks", "John K. Brooks"],
            &["Reuters", "Staff"],
            &["", ","],
        ] {
            assert_eq!(joined(bylines), [""; 0], "{bylines:?}");
        }
    }
}
