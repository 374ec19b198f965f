//! Articles that go with an article: the same story first, then its background.
//!
//! The article's most telling words are asked for as a question. An article that holds most of their weight
//! and is from the same days tells the same story.

use crate::error::Result;
use crate::index::Snapshot;
use crate::index::document::StoredArticle;

use super::collect::{self, Sort};
use super::cursor::FieldNorms;
use super::plan::Plan;
use super::rank::Ranking;
use super::scored_doc::ScoredDoc;
use super::{Hit, feedback};

/// How many telling words are asked for.
const TELLING_WORDS: usize = 30;

/// The least share of the article's own score that another one of the same story has.
const SAME_STORY: f32 = 0.25;

/// How many days lie at most between two articles of one story.
const STORY_DAYS: i32 = 14;

/// How many candidates are looked at for each article that is asked for.
const CANDIDATES: usize = 4;

/// Articles that go with another one.
#[derive(Debug, Clone)]
pub struct Similar {
    /// Those that tell the same story, the nearest first.
    pub story: Vec<Hit>,
    /// Those that tell what was before and after, or of the same people and places.
    pub background: Vec<Hit>,
}

/// At most `limit` articles that go with `stored`.
pub fn similar(snapshot: &Snapshot, stored: &StoredArticle, limit: usize) -> Result<Similar> {
    let ranking = Ranking { related: 1.0, related_words: TELLING_WORDS, ..Ranking::default() };
    let norms = FieldNorms::new(snapshot, &ranking)?;
    let text = norms.of(snapshot.fields().text);
    let words = feedback::telling_words(snapshot, &ranking, &text, &[(1.0, stored)], 1.0)?;
    let plan = Plan::Question {
        asked: Vec::new(),
        related: words.into_iter().map(feedback::Related::plan).collect(),
    };
    let keep = limit.saturating_mul(CANDIDATES).saturating_add(1);
    let collect::Collected { kept, .. } =
        collect::collect(&plan, snapshot, &norms, Sort::Relevance, keep, None)?;
    let ids = collect::ids(snapshot, &kept)?;
    let is_own = |id: &String| *id == stored.article.id;
    let own = ids.iter().position(is_own).and_then(|at| kept.get(at)).map(|kept| kept.score);
    let own = own.or_else(|| kept.first().map(|kept| kept.score)).unwrap_or_default();
    let (mut story, mut background) = (Vec::new(), Vec::new());
    for (ScoredDoc { address, score, .. }, id) in kept.into_iter().zip(&ids) {
        if is_own(id) {
            continue;
        }
        let other = snapshot.article(address)?;
        let same = score >= SAME_STORY * own && are_near(stored, &other);
        let list = if same { &mut story } else { &mut background };
        list.push(Hit::new(0, score, other, None));
    }
    story.truncate(limit);
    background.truncate(limit - story.len());
    for (at, hit) in story.iter_mut().chain(&mut background).enumerate() {
        hit.rank = at + 1;
    }
    Ok(Similar { story, background })
}

/// Whether two articles are from the same days, or one has no date.
fn are_near(one: &StoredArticle, other: &StoredArticle) -> bool {
    let (Some(one), Some(other)) = (one.article.date, other.article.date) else { return true };
    one.day.until(other.day).is_ok_and(|span| span.get_days().abs() <= STORY_DAYS)
}
