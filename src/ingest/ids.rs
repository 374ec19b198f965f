//! Ids that no two articles share: one whose id is taken gets a suffix (see [`crate::id`]).

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::article::Article;
use crate::id;
use crate::problem::{Problem, ProblemKind};

/// The ids of an index.
#[derive(Default)]
pub(super) struct Ids {
    /// Hashes of all of them.
    used: FxHashSet<u64>,
    /// What was taken in the file that is being read.
    taken: BTreeMap<String, Taken>,
}

/// An id that several articles have.
struct Taken {
    /// The first of them in this file: its record, and its id now.
    record: u32,
    first: String,
    /// The last of them, and how many there are.
    last: String,
    articles: u64,
}

impl Ids {
    /// Those of articles that stay.
    pub fn extend(&mut self, hashes: impl IntoIterator<Item = u64>) {
        self.used.extend(hashes);
    }

    /// Gives an article an id of its own, which it keeps where nobody has it, and returns its hash. `folder`
    /// is the name of the root that it is from.
    pub fn settle(&mut self, article: &mut Article, folder: &str) -> u64 {
        let hash = hash_of(&article.id);
        if self.used.insert(hash) {
            return hash;
        }
        let names = id::told_apart(article, folder);
        let mut free = names.map(|id| (hash_of(&id), id)).filter(|(hash, _)| self.used.insert(*hash));
        // There is no end of names.
        let Some((free, id)) = free.next() else { return hash };
        // Where the id is what the article says, the other one says the same.
        if article.id == id::of_content(&article.headline, article.date.as_ref(), &article.body) {
            article.id = id;
            return free;
        }
        article.problems.push(shared(&article.id, &id));
        let taken = self.taken.entry(std::mem::replace(&mut article.id, id.clone())).or_insert_with(|| {
            Taken { record: article.record, first: id.clone(), last: String::new(), articles: 0 }
        });
        taken.articles += 1;
        taken.last = id;
        free
    }

    /// What there is to say of the file that ends here, once for each id.
    pub fn end_of_file(&mut self, path: &str) -> impl Iterator<Item = Problem> + use<> {
        let path = path.to_owned();
        std::mem::take(&mut self.taken).into_iter().map(move |(id, Taken { record, first, last, articles })| {
            let message = match articles {
                1 => shared(&id, &first),
                _ => format!(
                    "{articles} articles have an id that another one has too, `{id}`; they are `{first}` to `{last}`"
                ),
            };
            Problem { path: path.clone(), record: Some(record), kind: ProblemKind::Doubtful, message, count: 1 }
        })
    }
}

fn shared(id: &str, now: &str) -> String {
    format!("another article has the id `{id}` too; this one is `{now}`")
}

fn hash_of(id: &str) -> u64 {
    id::hash64(&[id.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(record: u32, id: &str) -> Article {
        Article {
            id: id.to_owned(),
            path: "x.jsonl".to_owned(),
            record,
            headline: String::new(),
            body: String::new(),
            publication: None,
            url: None,
            authors: Vec::new(),
            section: None,
            date: None,
            dateline: None,
            format: crate::article::Format::Json,
            language: None,
            problems: Vec::new(),
        }
    }

    #[test]
    fn everybody_gets_an_id_and_each_id_is_told_once() {
        let mut ids = Ids::default();
        let given: Vec<String> = ["a", "a~3", "a", "a", "b", "b", "a"]
            .iter()
            .zip(1..)
            .map(|(id, record)| {
                let mut article = article(record, id);
                ids.settle(&mut article, "archive");
                article.id
            })
            .collect();
        let bases: Vec<&str> = given.iter().map(|id| id::base(id)).collect();
        assert_eq!(bases, ["a", "a~3", "a", "a", "b", "b", "a"]);
        assert_eq!(given.iter().collect::<std::collections::BTreeSet<_>>().len(), 7);
        assert_eq!((given[0].as_str(), given[1].as_str(), given[4].as_str()), ("a", "a~3", "b"));
        let told: Vec<(Option<u32>, String)> =
            ids.end_of_file("x.jsonl").map(|problem| (problem.record, problem.message)).collect();
        assert_eq!(
            told,
            [
                (
                    Some(3),
                    format!(
                        "3 articles have an id that another one has too, `a`; they are `{}` to `{}`",
                        given[2], given[6]
                    )
                ),
                (Some(6), format!("another article has the id `b` too; this one is `{}`", given[5])),
            ]
        );
        assert_eq!(ids.end_of_file("y.jsonl").count(), 0);
    }

    #[test]
    fn one_id_for_all_takes_no_longer_than_many() {
        let mut ids = Ids::default();
        // Looked for from the beginning each time, these would be twenty thousand million ids.
        for record in 1..=200_000 {
            ids.settle(&mut article(record, "same"), "archive");
        }
        assert_eq!(ids.used.len(), 200_000);
    }
}
