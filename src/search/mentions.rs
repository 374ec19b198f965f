//! Every mention in its sentence, in the order of the text: what linguists and fact checkers call keyword in
//! context.

use crate::article::Article;
use crate::field::Field;

use super::highlight::Passage;

/// A sentence, or several that a match runs through, with what matches in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands: `headline`, `author`, `section` or `body`.
    pub field: &'static str,
    /// Of the body, the number of its paragraph, from 1; the dateline is none.
    pub paragraph: Option<usize>,
    /// The sentence.
    pub text: String,
    /// The matches in it, as ranges of bytes, in order.
    pub matches: Vec<(usize, usize)>,
}

/// The mentions in an article whose passages were marked.
pub fn mentions(article: &Article, passages: &[Passage]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    // The dateline is the first passage of the body, and no paragraph of it.
    let mut paragraphs = usize::from(article.dateline.is_none());
    for passage in passages {
        let paragraph = (passage.field == Field::Body && paragraphs > 0).then_some(paragraphs);
        paragraphs += usize::from(passage.field == Field::Body);
        let mut sentences = Sentences::of(passage);
        for highlight in &passage.highlights {
            let (start, end) = sentences.around(highlight.start, highlight.end);
            match mentions.last_mut() {
                Some(Sentence { passage: known, end: last, matches, .. })
                    if std::ptr::eq(*known, passage) && start < *last =>
                {
                    *last = end.max(*last);
                    matches.push((highlight.start, highlight.end));
                }
                _ => mentions.push(Sentence {
                    passage,
                    paragraph,
                    start,
                    end,
                    matches: vec![(highlight.start, highlight.end)],
                }),
            }
        }
    }
    mentions.into_iter().map(Sentence::mention).collect()
}

struct Sentence<'a> {
    passage: &'a Passage,
    paragraph: Option<usize>,
    start: usize,
    end: usize,
    matches: Vec<(usize, usize)>,
}

impl Sentence<'_> {
    fn mention(self) -> Mention {
        let whole = self.passage.text.get(self.start..self.end).unwrap_or_default();
        let text = whole.trim();
        let before = self.start + whole.len() - whole.trim_start().len();
        let within = |(start, end): (usize, usize)| {
            let place = |at: usize| at.saturating_sub(before).min(text.len());
            (place(start), place(end))
        };
        Mention {
            field: self.passage.field.as_str(),
            paragraph: self.paragraph,
            text: text.to_owned(),
            matches: self.matches.into_iter().map(within).collect(),
        }
    }
}

/// Where the sentences of a passage begin, and where it ends. What is no running text is one sentence.
struct Sentences(Vec<usize>);

impl Sentences {
    fn of(passage: &Passage) -> Self {
        if passage.highlights.is_empty() {
            return Self(Vec::new());
        }
        let mut bounds = if passage.field == Field::Body { passage.sentences() } else { vec![0] };
        bounds.push(passage.text.len());
        Self(bounds)
    }

    fn around(&mut self, start: usize, end: usize) -> (usize, usize) {
        let first = self.0.partition_point(|bound| *bound <= start).saturating_sub(1);
        let last = self.0.partition_point(|bound| *bound < end);
        let bound = |at: usize| self.0.get(at).or(self.0.last()).copied().unwrap_or_default();
        (bound(first), bound(last))
    }
}
