//! Every mention in its sentence, in the order of the text: what linguists and fact checkers call keyword in context.

use crate::article::Article;
use crate::index::rows::Part;

use super::evidence::MarkedRow;

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

/// The mentions in an article whose rows were marked.
pub fn mentions(article: &Article, rows: &[MarkedRow]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    // The dateline is the first row of the body, and no paragraph of it.
    let mut paragraphs = usize::from(article.dateline.is_none());
    for row in rows {
        let paragraph = (row.part == Part::Body && paragraphs > 0).then_some(paragraphs);
        paragraphs += usize::from(row.part == Part::Body);
        let mut sentences = Sentences::of(row);
        for mark in &row.marks {
            let (start, end) = sentences.around(mark.start, mark.end);
            match mentions.last_mut() {
                Some(Sentence { row: known, end: last, matches, .. })
                    if std::ptr::eq(*known, row) && start < *last =>
                {
                    *last = end.max(*last);
                    matches.push((mark.start, mark.end));
                }
                _ => mentions.push(Sentence {
                    row,
                    paragraph,
                    start,
                    end,
                    matches: vec![(mark.start, mark.end)],
                }),
            }
        }
    }
    mentions.into_iter().map(Sentence::mention).collect()
}

struct Sentence<'a> {
    row: &'a MarkedRow,
    paragraph: Option<usize>,
    start: usize,
    end: usize,
    matches: Vec<(usize, usize)>,
}

impl Sentence<'_> {
    fn mention(self) -> Mention {
        let whole = self.row.text.get(self.start..self.end).unwrap_or_default();
        let text = whole.trim();
        let before = self.start + whole.len() - whole.trim_start().len();
        let within = |(start, end): (usize, usize)| {
            let place = |at: usize| at.saturating_sub(before).min(text.len());
            (place(start), place(end))
        };
        Mention {
            field: self.row.part.field(),
            paragraph: self.paragraph,
            text: text.to_owned(),
            matches: self.matches.into_iter().map(within).collect(),
        }
    }
}

/// Where the sentences of a row begin, and where it ends. What is no running text is one sentence.
struct Sentences(Vec<usize>);

impl Sentences {
    fn of(row: &MarkedRow) -> Self {
        if row.marks.is_empty() {
            return Self(Vec::new());
        }
        let mut bounds = if row.part == Part::Body { row.sentences() } else { vec![0] };
        bounds.push(row.text.len());
        Self(bounds)
    }

    fn around(&mut self, start: usize, end: usize) -> (usize, usize) {
        let first = self.0.partition_point(|bound| *bound <= start).saturating_sub(1);
        let last = self.0.partition_point(|bound| *bound < end);
        let bound = |at: usize| self.0.get(at).or(self.0.last()).copied().unwrap_or_default();
        (bound(first), bound(last))
    }
}
