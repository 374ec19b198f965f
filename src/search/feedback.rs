//! Related words: what the best articles of a first search have in common, and others have not.
//!
//! Pseudo-relevance feedback in the manner of RM3 (Lavrenko and Croft, "Relevance-Based Language Models",
//! 2001; Abdul-Jaleel and others, "UMass at TREC 2004: Novelty and HARD", 2004, §2), with BM25's own weight
//! of a word in an article in the place of its probability: the frequency is saturated, so that one article
//! that repeats a word does not decide.

use std::collections::BTreeMap;

use crate::analysis::tokenize::Kind;
use crate::analysis::{Analyzer, Language, term};
use crate::article::Article;
use crate::error::Result;
use crate::index::Snapshot;
use crate::index::document::StoredArticle;
use crate::index::passages::passages;
use crate::query::clause::{Leaf, Rewrite as _, Terms};
use crate::schema::Schema;

use super::dictionary::Dictionary;
use super::plan::{Plan, PlannedWord, Planner};
use super::question::is_function_word;
use super::rank::{Norms, Ranking};
use super::scored_doc::ScoredDoc;

/// How much of an article is looked at, in bytes.
const MOST_BYTES: usize = 32_000;

/// A word that goes with a question.
#[derive(Debug, Clone)]
pub(super) struct Related {
    /// The word, in small letters unless it is an acronym.
    pub word: String,
    /// Its key in the term dictionary.
    pub key: String,
    /// What it counts, a word of the question counting 1.
    pub weight: f32,
    planned: PlannedWord,
}

impl Related {
    pub fn plan(self) -> Plan {
        Plan::Boost(Box::new(Plan::Word(self.planned)), self.weight)
    }
}

/// The words that go with a question whose words weigh `weight` together, and whose `best` articles are
/// these.
pub(super) fn related(
    snapshot: &Snapshot,
    ranking: &Ranking,
    norms: &Norms,
    best: &[ScoredDoc],
    weight: f32,
) -> Result<Vec<Related>> {
    let stored: Vec<StoredArticle> =
        best.iter().map(|kept| snapshot.article(kept.address)).collect::<Result<_>>()?;
    let highest = best.iter().map(|kept| kept.score).fold(f32::MIN_POSITIVE, f32::max);
    let best: Vec<(f32, &StoredArticle)> =
        best.iter().map(|kept| ranking.say(kept.score, highest)).zip(&stored).collect();
    telling_words(snapshot, ranking, norms, &best, weight)
}

/// The words that tell `articles`, each with its say, from others. They weigh [`Ranking::related`] times
/// `weight` together.
pub(super) fn telling_words(
    snapshot: &Snapshot,
    ranking: &Ranking,
    norms: &Norms,
    articles: &[(f32, &StoredArticle)],
    weight: f32,
) -> Result<Vec<Related>> {
    let says: f32 = articles.iter().map(|(say, _)| say).sum();
    let mut words: BTreeMap<String, Candidate> = BTreeMap::new();
    for (say, stored) in articles {
        let (mentions, length) = mentions(&stored.article);
        for (key, (word, mentions)) in mentions {
            let share = say / says.max(f32::MIN_POSITIVE) * norms.saturate_length(length, mentions);
            words.entry(key).or_insert(Candidate { word, share: 0.0 }).share += share;
        }
    }
    let dictionary = Dictionary::new(snapshot);
    let mut planner = Planner::new(snapshot, &dictionary);
    let most = (ranking.related_spread * snapshot.article_count() as f32) as u64;
    let mut found = Vec::new();
    for (key, Candidate { word, share }) in words {
        let terms = Terms::Keys(vec![key.clone()]);
        let leaf = Leaf { text: word, form: String::new(), field: None, terms };
        let planned = planner.word(&leaf)?;
        if (2..=most).contains(&planned.doc_freq) {
            found.push(Related { word: leaf.text, key, weight: share * planned.idf, planned });
        }
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
    found.truncate(ranking.related_words);
    let sum: f32 = found.iter().map(|word| word.weight).sum();
    for word in &mut found {
        word.weight *= ranking.related * weight / sum.max(f32::MIN_POSITIVE);
    }
    Ok(found)
}

struct Candidate {
    word: String,
    share: f32,
}

/// How often each word is mentioned, by its key in the term dictionary, with the word as it is first spelt;
/// and the article's length.
fn mentions(article: &Article) -> (BTreeMap<String, (String, u32)>, u32) {
    let language = Language::from_code(article.language.as_deref());
    let mut analyzer = Analyzer::default();
    let mut mentions: BTreeMap<String, (String, u32)> = BTreeMap::new();
    let (mut length, mut left) = (0, MOST_BYTES);
    for (field, text) in passages(article) {
        let text = &text[..text.floor_char_boundary(left)];
        left -= text.len();
        let weight = u32::from(Schema::builtin().weight(field.as_str()));
        let mixed = text.contains(char::is_lowercase);
        analyzer.analyze(text, language, |token| {
            length += weight;
            let raw = &text[token.raw.start..token.raw.end];
            if !is_telling(raw, token.raw.kind) {
                return;
            }
            let key = term::key_of(token.term);
            match mentions.get_mut(key) {
                Some((_, count)) => *count += weight,
                None => {
                    let acronym =
                        token.raw.kind == Kind::Acronym || (mixed && !raw.contains(char::is_lowercase));
                    let word = if acronym { raw.to_owned() } else { raw.to_lowercase() };
                    mentions.insert(key.to_owned(), (word, weight));
                }
            }
        });
    }
    (mentions, length)
}

fn is_telling(word: &str, kind: Kind) -> bool {
    matches!(kind, Kind::Word | Kind::Acronym | Kind::Capitals)
        && word.chars().nth(2).is_some()
        && word.chars().all(|c| !c.is_numeric())
        && !is_function_word(&word.to_lowercase())
}
