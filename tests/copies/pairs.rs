//! Texts made of the same passages: what the index says about copies is what a comparison of all with all
//! says, whether it grew step by step or was made at once.

use std::collections::{BTreeMap, BTreeSet};

use newsearch::article::Article;
use newsearch::near_duplicates::{Sketch, SketchRef, Text, UnionFind, clusters};
use proptest::prelude::*;
use tempfile::TempDir;

use super::{Random, article, groups as groups_of_index, run, sentence};

/// How many passages there are.
const PASSAGES: usize = 12;

/// How many articles there are at the beginning: so many that a step touches a small part of them.
const AT_FIRST: usize = 40;

/// Ids of articles that are shown as one.
type Groups = BTreeSet<BTreeSet<String>>;

/// The passages that make a text, in their order.
type Recipe = Vec<usize>;

#[derive(Debug, Clone)]
enum Change {
    Add(Recipe),
    Remove(usize),
    Rewrite(usize, Recipe),
}

fn recipe() -> impl Strategy<Value = Recipe> {
    prop::collection::vec(0..PASSAGES, 1..5)
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        recipe().prop_map(Change::Add),
        any::<usize>().prop_map(Change::Remove),
        (any::<usize>(), recipe()).prop_map(|(at, recipe)| Change::Rewrite(at, recipe)),
    ]
}

/// Passages of one sentence to nine.
fn passages() -> Vec<String> {
    let mut random = Random(77);
    let mut passage = |sentences| (0..sentences).map(|_| sentence(&mut random)).collect::<Vec<_>>().join(" ");
    (0..PASSAGES).map(|at| passage(1 + at * 3 / 4)).collect()
}

/// An index and what is in it.
struct Archive {
    dir: TempDir,
    passages: Vec<String>,
    /// By number.
    held: BTreeMap<usize, Article>,
    made: usize,
}

impl Archive {
    fn new(first: &[Recipe]) -> Self {
        let mut archive =
            Self { dir: tempfile::tempdir().unwrap(), passages: passages(), held: BTreeMap::new(), made: 0 };
        archive.step(&first.iter().cloned().map(Change::Add).collect::<Vec<_>>());
        archive
    }

    fn cooked(&self, number: usize, recipe: &Recipe) -> Article {
        let body: Vec<String> = recipe.iter().map(|at| self.passages[*at].clone()).collect();
        article(number, &format!("Report {}", recipe.len()), &body)
    }

    /// Makes changes, in one run.
    fn step(&mut self, changes: &[Change]) {
        let before = self.held.clone();
        for change in changes {
            let number = |at: &usize| self.held.keys().nth(at % self.held.len().max(1)).copied();
            match change {
                Change::Add(recipe) => {
                    self.held.insert(self.made, self.cooked(self.made, recipe));
                    self.made += 1;
                }
                Change::Remove(at) => {
                    if let Some(number) = number(at) {
                        self.held.remove(&number);
                    }
                }
                Change::Rewrite(at, recipe) => {
                    if let Some(number) = number(at) {
                        self.held.insert(number, self.cooked(number, recipe));
                    }
                }
            }
        }
        let gone = before.iter().filter(|(number, article)| self.held.get(number) != Some(article));
        let come = self.held.iter().filter(|(number, article)| before.get(number) != Some(article));
        run(self.dir.path(), gone.map(|(_, article)| article), come.map(|(_, article)| article));
    }

    /// The groups by what is known of each pair.
    fn compared(&self) -> Groups {
        let mut texts: BTreeMap<u64, (Sketch, Text, BTreeSet<String>)> = BTreeMap::new();
        for Article { id, headline, body, .. } in self.held.values() {
            let sketch = Sketch::new(headline, body);
            let known =
                texts.entry(sketch.text_hash).or_insert_with(|| (sketch, Text::new(body), BTreeSet::new()));
            known.2.insert(id.clone());
        }
        let texts: Vec<_> = texts.into_values().collect();
        let mut components = UnionFind::new(texts.len());
        for (at, (one, one_text, _)) in texts.iter().enumerate() {
            for (before, (other, other_text, _)) in texts.iter().enumerate().take(at) {
                if Sketch::are_candidates(borrowed(one), borrowed(other))
                    && one_text.is_near_duplicate_of(other_text)
                {
                    components.union(at as u32, before as u32);
                }
            }
        }
        let mut hang_together: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for at in 0..texts.len() {
            hang_together.entry(components.find(at as u32)).or_default().push(at);
        }
        let parts = hang_together.values().flat_map(|members| {
            let can_represent =
                |one: usize, other: usize| texts[members[one]].1.can_represent(&texts[members[other]].1);
            let parts = clusters(members.len(), can_represent);
            parts
                .into_iter()
                .map(|part| part.into_iter().map(|at| members[at]).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        });
        let ids = parts.map(|part| part.iter().flat_map(|at| texts[*at].2.clone()).collect::<BTreeSet<_>>());
        ids.filter(|ids| ids.len() > 1).collect()
    }
}

fn borrowed(sketch: &Sketch) -> SketchRef<'_> {
    let Sketch { letters, signature, min_hashes, .. } = sketch;
    SketchRef { letters: *letters, signature: *signature, min_hashes }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_index_that_grows_has_the_groups_of_all_pairs(
        first in prop::collection::vec(recipe(), AT_FIRST),
        steps in prop::collection::vec(prop::collection::vec(change(), 1..4), 1..5),
    ) {
        let mut archive = Archive::new(&first);
        prop_assert!(!archive.compared().is_empty());
        prop_assert_eq!(groups_of_index(archive.dir.path()), archive.compared(), "at first");
        for step in &steps {
            archive.step(step);
            prop_assert_eq!(groups_of_index(archive.dir.path()), archive.compared(), "after {:?}", step);
        }
    }
}
