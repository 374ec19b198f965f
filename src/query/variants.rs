//! Spellings of one name that news archives hold side by side: `Zelensky` = `Zelenskyy`, `Kyiv` = `Kiev`. The
//! list is data, compiled in, and can be extended by a file of the same form; folding is the analysis's and
//! is passed in.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Deserialize;

/// The list that comes with the program.
const BUILT_IN: &str = include_str!("../../index_schema/name_variants.json");

/// The version of the file's form that is read.
const VERSION: u32 = 1;

/// A file of variants that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VariantsError {
    /// It is not JSON of the form `{"version":1,"groups":[["kyiv","kiev"]]}`.
    #[error("name variants cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// It is of another version.
    #[error("name variants are of version {0}, and only version 1 is read")]
    Version(u32),
    /// An entry is empty, or nothing is left of it when it is folded.
    #[error("name variants have an entry `{0}` without a letter or digit")]
    EmptyEntry(String),
    /// One spelling stands in two groups, so that it is not clear which it belongs to.
    #[error("name variants have `{0}` in two groups")]
    InTwoGroups(String),
}

/// The file's form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VariantsFile {
    version: u32,
    groups: Vec<Vec<String>>,
}

/// Groups of spellings, each found by any of its members.
#[derive(Debug, Clone, Default)]
pub struct NameVariants {
    /// Each group's spellings as the file has them; emptied where a group was joined to another.
    groups: Vec<Vec<String>>,
    /// The group's place by its members' folded forms.
    by_folded: HashMap<String, usize>,
    most_words: usize,
}

impl NameVariants {
    /// The list that comes with the program. `fold` is what the analysis makes of a word's letters (case,
    /// accents).
    ///
    /// # Errors
    /// Where `fold` makes the same of spellings in two groups.
    pub fn built_in(fold: impl Fn(&str) -> String) -> Result<Self, VariantsError> {
        Self::parse(BUILT_IN, fold)
    }

    /// A list of the form `{"version":1,"groups":[["kyiv","kiev"],…]}`; entries may be of several words.
    ///
    /// # Errors
    /// Where the text is not of this form, an entry is empty, or one stands in two groups.
    pub fn parse(json: &str, fold: impl Fn(&str) -> String) -> Result<Self, VariantsError> {
        let file: VariantsFile = serde_json::from_str(json)?;
        if file.version != VERSION {
            return Err(VariantsError::Version(file.version));
        }
        let mut variants = Self::default();
        for spellings in file.groups {
            let place = variants.groups.len();
            let mut group = Vec::with_capacity(spellings.len());
            for spelling in spellings {
                let folded = fold(&spelling);
                if !folded.chars().any(char::is_alphanumeric) {
                    return Err(VariantsError::EmptyEntry(spelling));
                }
                variants.most_words = variants.most_words.max(folded.split_whitespace().count());
                match variants.by_folded.entry(folded) {
                    Entry::Occupied(known) if *known.get() != place => {
                        return Err(VariantsError::InTwoGroups(spelling));
                    }
                    // Two spellings that fold to one are one.
                    Entry::Occupied(_) => {}
                    Entry::Vacant(vacant) => {
                        vacant.insert(place);
                        group.push(spelling);
                    }
                }
            }
            variants.groups.push(group);
        }
        Ok(variants)
    }

    /// Takes in another list. Groups that share a spelling become one.
    pub fn merge(&mut self, other: NameVariants) {
        self.most_words = self.most_words.max(other.most_words);
        let mut folded: Vec<(String, usize)> = other.by_folded.into_iter().collect();
        folded.sort_unstable();
        // For each new group a spelling of it that is known here; which group that is in may change as groups
        // join.
        let mut known: Vec<Option<&str>> = vec![None; other.groups.len()];
        for (spelling, group) in &folded {
            let Some(place) = self.by_folded.get(spelling).copied() else {
                continue;
            };
            match known[*group].and_then(|before| self.by_folded.get(before).copied()) {
                None => known[*group] = Some(spelling),
                Some(before) => self.join(before, place),
            }
        }
        let mut places: Vec<Option<usize>> =
            known.iter().map(|spelling| self.by_folded.get((*spelling)?).copied()).collect();
        for (group, spellings) in other.groups.into_iter().enumerate() {
            let place = places[group].unwrap_or_else(|| {
                self.groups.push(Vec::new());
                self.groups.len() - 1
            });
            places[group] = Some(place);
            for spelling in spellings {
                if !self.groups[place].contains(&spelling) {
                    self.groups[place].push(spelling);
                }
            }
        }
        for (folded, group) in folded {
            if let Some(place) = places[group] {
                self.by_folded.insert(folded, place);
            }
        }
    }

    /// Moves the spellings of one group into another.
    fn join(&mut self, into: usize, from: usize) {
        if into == from {
            return;
        }
        let moved = std::mem::take(&mut self.groups[from]);
        self.groups[into].extend(moved);
        self.by_folded.values_mut().filter(|place| **place == from).for_each(|place| *place = into);
    }

    /// All spellings of the name of which this is one, itself among them, as the list has them; none where it
    /// is not in the list. `folded` is folded as the list was.
    pub fn variants_of(&self, folded: &str) -> &[String] {
        match self.by_folded.get(folded).and_then(|place| self.groups.get(*place)) {
            Some(group) => group,
            None => &[],
        }
    }

    /// How many words the longest entry has: no longer run of a query's words needs to be looked up.
    pub fn most_words(&self) -> usize {
        self.most_words
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.groups.iter().filter(|group| !group.is_empty()).count()
    }

    /// Whether there is no group at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;

    use super::*;

    fn fold(text: &str) -> String {
        text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
    }

    fn list(groups: &str) -> NameVariants {
        NameVariants::parse(&format!(r#"{{"version":1,"groups":{groups}}}"#), fold).unwrap()
    }

    #[test]
    fn the_list_that_comes_along_is_sound() {
        let file: VariantsFile = serde_json::from_str(BUILT_IN).unwrap();
        assert!(file.groups.len() >= 150, "{}", file.groups.len());
        for group in &file.groups {
            assert!(group.len() >= 2, "{group:?}");
            for spelling in group {
                assert_eq!(*spelling, fold(spelling), "entries stand folded");
                assert_eq!(spelling.split_whitespace().collect::<Vec<_>>().join(" "), *spelling);
            }
        }
        // Also that none stands in two groups, and that none is written twice.
        let variants = NameVariants::built_in(fold).unwrap();
        let entries: usize = file.groups.iter().map(Vec::len).sum();
        assert_eq!(variants.by_folded.len(), entries);
        assert_eq!(variants.len(), file.groups.len());
        assert_eq!(variants.most_words(), 4);
    }

    #[test]
    fn every_spelling_finds_all_of_its_group() {
        let variants = NameVariants::built_in(fold).unwrap();
        let spellings = variants.variants_of("zelenskiy");
        for spelling in ["zelensky", "zelenskyy", "zelenskiy"] {
            assert!(spellings.iter().any(|other| other == spelling), "{spelling}");
            assert_eq!(variants.variants_of(spelling), spellings);
        }
        assert_eq!(variants.variants_of("kyiv"), variants.variants_of("kiev"));
        assert_ne!(variants.variants_of("kyiv"), variants.variants_of("lviv"));
        assert!(variants.variants_of("qaddafi").iter().any(|spelling| spelling == "kadhafi"));
        assert_eq!(variants.variants_of("cote d'ivoire")[0], "ivory coast");
        assert!(variants.variants_of("plan").is_empty());
        assert!(variants.variants_of("Kyiv").is_empty(), "the word is to be folded before");
    }

    #[test]
    fn entries_are_found_in_their_folded_form() {
        let variants = list(r#"[["Ærøby","Aaröby"],["Nové  Město","Neustadt"]]"#);
        assert_eq!(variants.variants_of("aaroby"), ["Ærøby", "Aaröby"]);
        let twice = list(r#"[["Aröby","Aroby","Aaroby"]]"#);
        assert_eq!(twice.variants_of("aroby"), ["Aröby", "Aaroby"]);
    }

    #[test]
    fn a_file_of_ones_own_is_merged() {
        let mut variants = list(r#"[["aby","abi"],["bexo","becso"],["cun","kun"]]"#);
        variants.merge(list(r#"[["Abi","abhi"],["dov","dow"]]"#));
        assert_eq!(variants.len(), 4);
        for spelling in ["aby", "abi", "abhi"] {
            let group = variants.variants_of(spelling);
            assert!(group.iter().any(|other| other == "aby") && group.iter().any(|other| other == "abhi"));
        }
        assert_eq!(variants.variants_of("dow"), ["dov", "dow"]);
        assert_eq!(variants.variants_of("kun"), ["cun", "kun"]);
    }

    #[test]
    fn a_group_that_bridges_two_joins_them() {
        let mut variants = list(r#"[["a1","a2"],["b1","b2"],["c1","c2"],["d1","d2"]]"#);
        variants.merge(list(r#"[["a2","b1"],["b2","c1","new one"]]"#));
        assert_eq!(variants.len(), 2);
        let joined = variants.variants_of("a1").to_vec();
        let mut sorted = joined.clone();
        sorted.sort();
        assert_eq!(sorted, ["a1", "a2", "b1", "b2", "c1", "c2", "new one"]);
        for spelling in &joined {
            assert_eq!(variants.variants_of(spelling), joined);
        }
        assert_eq!(variants.variants_of("d2"), ["d1", "d2"]);
        assert_eq!(variants.most_words(), 2);
    }

    #[test]
    fn groups_that_join_one_after_the_other_are_one_in_the_end() {
        let mut variants = list(r#"[["k1","m5"],["b1","b2"],["z1","z2"]]"#);
        variants.merge(list(r#"[["k1","z1"],["b1","m5"]]"#));
        assert_eq!(variants.len(), 1);
        for spelling in ["k1", "m5", "b1", "b2", "z1", "z2"] {
            assert_eq!(variants.variants_of(spelling).len(), 6, "{spelling}");
        }
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        let message = |json: &str| NameVariants::parse(json, fold).unwrap_err().to_string();
        assert_eq!(
            message(r#"{"version":2,"groups":[]}"#),
            "name variants are of version 2, and only version 1 is read"
        );
        assert_eq!(
            message(r#"{"version":1,"groups":[["a","b"],["B","c"]]}"#),
            "name variants have `B` in two groups"
        );
        assert_eq!(
            message(r#"{"version":1,"groups":[["a"," - "]]}"#),
            "name variants have an entry ` - ` without a letter or digit"
        );
        assert!(
            message(r#"{"version":1}"#).starts_with("name variants cannot be read: missing field `groups`")
        );
        assert!(message("[]").starts_with("name variants cannot be read: "));
    }
}
