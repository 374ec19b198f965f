//! Words: the posting lists of one word's forms as one, and the boundaries between sentences.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet};

use crate::error::Result;
use crate::index::tokenizer;
use crate::query::spans::Span;

use super::super::plan::List;
use super::{Cursor, Norms, PlannedWord, SegmentContext, TERMINATED, Worth, filter};

/// With more forms than this, they are merged beforehand.
const FEW_FORMS: usize = 16;

pub(super) fn word(
    word: &PlannedWord,
    context: &mut SegmentContext<'_>,
    weight: f32,
    placed: bool,
) -> Result<Box<dyn Cursor>> {
    let lists = &word.lists[context.ord];
    if lists.is_empty() {
        return Ok(filter::all(0));
    }
    let option = match (placed || word.body_only, context.scored) {
        (true, _) => IndexRecordOption::WithFreqsAndPositions,
        (false, true) => IndexRecordOption::WithFreqs,
        (false, false) => IndexRecordOption::Basic,
    };
    let reader = context.reader(word.field)?;
    let form = |list: &List| {
        let (share, bonus) = word.worth_of(list.standing, context.ranking);
        let postings = reader.read_postings_from_terminfo(&list.info, option);
        postings.map(|postings| Form { postings, width: list.width, share, bonus })
    };
    let few = lists.get(..lists.len().min(FEW_FORMS + 1)).unwrap_or(lists);
    let opened = few.iter().map(form).collect::<std::io::Result<Vec<_>>>();
    let mut forms = opened.map_err(|error| context.unreadable(&error))?;
    let (lengths, norms) = context.lengths(word.field)?;
    let scorer = Scorer { lengths, norms, weight: weight * word.idf };
    let cost = lists.iter().map(|list| u64::from(list.info.doc_freq)).sum();
    let cursor: Box<dyn Cursor> = if forms.len() == 1 && !word.body_only {
        let form = forms.remove(0);
        Box::new(One { form, scorer, cost, buffer: Vec::new() })
    } else if forms.len() <= FEW_FORMS {
        Box::new(Few::new(forms, scorer, cost))
    } else {
        // One after the other: a hundred thousand that are open take a lot of memory.
        let rest = lists.iter().skip(forms.len()).map(form);
        let all = forms.into_iter().map(Ok).chain(rest);
        let (max_doc, placed) = (context.segment.max_doc(), placed || word.body_only);
        let merged = Merged::new(all, scorer, max_doc, placed, word.is_mixed());
        Box::new(merged.map_err(|error| context.unreadable(&error))?)
    };
    if word.body_only {
        let boundaries = context.boundaries(tokenizer::BODY)?;
        let (lengths, norms) = context.lengths(word.field)?;
        let scorer = Scorer { lengths, norms, weight: weight * word.idf };
        return Ok(Box::new(InBody::new(cursor, boundaries, scorer)));
    }
    Ok(cursor)
}

pub(super) struct Scorer {
    lengths: FieldNormReader,
    norms: Arc<Norms>,
    /// Weight times worth of the word.
    weight: f32,
}

impl Scorer {
    pub fn new(lengths: FieldNormReader, norms: Arc<Norms>, weight: f32) -> Self {
        Self { lengths, norms, weight }
    }

    #[inline]
    pub fn score(&self, doc: DocId, tf: f32) -> f32 {
        self.weight * self.norms.saturate(self.lengths.fieldnorm_id(doc), tf)
    }
}

struct Form {
    postings: SegmentPostings,
    width: u32,
    /// What a mention counts.
    share: f32,
    /// What an article gains that has it.
    bonus: f32,
}

impl Form {
    #[inline]
    fn worth(&self) -> Worth {
        Worth { mentions: self.share * self.postings.term_freq() as f32, bonus: self.bonus }
    }

    /// The same for the places from `start` on.
    fn worth_from(&mut self, start: u32, buffer: &mut Vec<u32>) -> Worth {
        self.postings.positions(buffer);
        let count = buffer.iter().filter(|at| **at >= start).count();
        let bonus = if count > 0 { self.bonus } else { 0.0 };
        Worth { mentions: self.share * count as f32, bonus }
    }

    fn append_spans(&mut self, buffer: &mut Vec<u32>, out: &mut Vec<Span>) {
        self.postings.positions(buffer);
        out.extend(buffer.iter().map(|at| Span::new(*at, self.width)));
    }
}

/// A word with one form here.
struct One {
    form: Form,
    scorer: Scorer,
    cost: u64,
    buffer: Vec<u32>,
}

impl Cursor for One {
    fn doc(&self) -> DocId {
        self.form.postings.doc()
    }

    fn advance(&mut self) -> DocId {
        self.form.postings.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.form.postings.doc() >= target {
            self.form.postings.doc()
        } else {
            self.form.postings.seek(target)
        }
    }

    fn score(&mut self) -> f32 {
        let Worth { mentions, bonus } = self.form.worth();
        self.scorer.score(self.form.postings.doc(), mentions) + bonus
    }

    fn worth(&mut self) -> Worth {
        self.form.worth()
    }

    fn worth_from(&mut self, start: u32) -> Worth {
        self.form.worth_from(start, &mut self.buffer)
    }

    fn mentions(&mut self) -> u32 {
        self.form.postings.term_freq()
    }

    fn cost(&self) -> u64 {
        self.cost
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        out.clear();
        self.form.append_spans(&mut self.buffer, out);
    }
}

/// A word with a few forms.
struct Few {
    forms: Vec<Form>,
    scorer: Scorer,
    cost: u64,
    doc: DocId,
    buffer: Vec<u32>,
}

impl Few {
    fn new(forms: Vec<Form>, scorer: Scorer, cost: u64) -> Self {
        let mut few = Self { forms, scorer, cost, doc: 0, buffer: Vec::new() };
        few.settle();
        few
    }

    fn settle(&mut self) -> DocId {
        self.doc = self.forms.iter().map(|form| form.postings.doc()).min().unwrap_or(TERMINATED);
        self.doc
    }
}

impl Cursor for Few {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        for form in &mut self.forms {
            if form.postings.doc() == self.doc {
                form.postings.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for form in &mut self.forms {
            if form.postings.doc() < target {
                form.postings.seek(target);
            }
        }
        self.settle()
    }

    #[inline]
    fn score(&mut self) -> f32 {
        let Worth { mentions, bonus } = self.worth();
        self.scorer.score(self.doc, mentions) + bonus
    }

    #[inline]
    fn worth(&mut self) -> Worth {
        let here = self.forms.iter().filter(|form| form.postings.doc() == self.doc);
        here.fold(Worth::default(), |all, form| all.and(form.worth()))
    }

    fn worth_from(&mut self, start: u32) -> Worth {
        let Self { forms, buffer, doc, .. } = self;
        let here = forms.iter_mut().filter(|form| form.postings.doc() == *doc);
        here.fold(Worth::default(), |all, form| all.and(form.worth_from(start, buffer)))
    }

    fn mentions(&mut self) -> u32 {
        let here = self.forms.iter().filter(|form| form.postings.doc() == self.doc);
        here.map(|form| form.postings.term_freq()).sum()
    }

    fn cost(&self) -> u64 {
        self.cost
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        out.clear();
        let mut here = 0;
        for form in &mut self.forms {
            if form.postings.doc() == self.doc {
                form.append_spans(&mut self.buffer, out);
                here += 1;
            }
        }
        // The places of one form are in order already: these are a few runs, which a stable sort only merges.
        if here > 1 {
            out.sort();
        }
    }
}

/// A word with many forms (a wildcard), merged into one list beforehand.
struct Merged {
    /// The articles that have one of them.
    docs: Vec<DocId>,
    /// Mentions in each.
    mentions: Vec<u16>,
    /// What they are worth, where the forms differ in that.
    worth: Vec<Worth>,
    /// Places, sorted by article; only where they are asked for.
    places: Vec<(DocId, Span)>,
    /// Which of the articles it stands at.
    at: usize,
    scorer: Scorer,
}

impl Merged {
    fn new(
        forms: impl Iterator<Item = std::io::Result<Form>>,
        scorer: Scorer,
        max_doc: DocId,
        placed: bool,
        weighed: bool,
    ) -> std::io::Result<Self> {
        let mut mentions = vec![0u16; max_doc as usize];
        let mut worth = vec![Worth::default(); if weighed { max_doc as usize } else { 0 }];
        let mut places = Vec::new();
        let mut buffer = Vec::new();
        let mut spans = Vec::new();
        for form in forms {
            let mut form = form?;
            while form.postings.doc() != TERMINATED {
                let doc = form.postings.doc();
                let tf = u16::try_from(form.postings.term_freq()).unwrap_or(u16::MAX);
                mentions[doc as usize] = mentions[doc as usize].saturating_add(tf);
                if let Some(worth) = worth.get_mut(doc as usize) {
                    *worth = worth.and(form.worth());
                }
                if placed {
                    spans.clear();
                    form.append_spans(&mut buffer, &mut spans);
                    places.extend(spans.iter().map(|span| (doc, *span)));
                }
                form.postings.advance();
            }
        }
        places.sort_unstable();
        // A query can have hundreds of such words, most of which are in few articles.
        let docs: Vec<DocId> = (0..max_doc).filter(|doc| mentions[*doc as usize] > 0).collect();
        let worth = docs.iter().filter_map(|doc| worth.get(*doc as usize).copied()).collect();
        let mentions = docs.iter().map(|doc| mentions[*doc as usize]).collect();
        Ok(Self { docs, mentions, worth, places, at: 0, scorer })
    }
}

impl Cursor for Merged {
    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        // The next is seldom far.
        self.at += match rest.iter().take(8).position(|doc| *doc >= target) {
            Some(near) => near,
            None => rest.partition_point(|doc| *doc < target),
        };
        self.doc()
    }

    fn score(&mut self) -> f32 {
        let Worth { mentions, bonus } = self.worth();
        self.scorer.score(self.doc(), mentions) + bonus
    }

    fn worth(&mut self) -> Worth {
        let counted = Worth { mentions: self.mentions() as f32, bonus: 0.0 };
        self.worth.get(self.at).copied().unwrap_or(counted)
    }

    fn mentions(&mut self) -> u32 {
        self.mentions.get(self.at).copied().map_or(0, u32::from)
    }

    fn cost(&self) -> u64 {
        self.docs.len() as u64
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        out.clear();
        let here = self.doc();
        let from = self.places.partition_point(|(doc, _)| *doc < here);
        out.extend(self.places[from..].iter().take_while(|(doc, _)| *doc == here).map(|(_, span)| *span));
    }
}

/// A word of the combined field, only where it stands in the body.
struct InBody {
    word: Box<dyn Cursor>,
    boundaries: Boundaries,
    scorer: Scorer,
    /// Where the body of the article it stands at begins.
    body: u32,
    spans: Vec<Span>,
}

impl InBody {
    fn new(word: Box<dyn Cursor>, boundaries: Boundaries, scorer: Scorer) -> Self {
        let mut cursor = Self { word, boundaries, scorer, body: 0, spans: Vec::new() };
        cursor.settle();
        cursor
    }

    fn settle(&mut self) -> DocId {
        while self.word.doc() != TERMINATED {
            self.body = self.boundaries.positions(self.word.doc()).first().copied().unwrap_or(u32::MAX);
            self.word.spans(&mut self.spans);
            self.spans.retain(|span| span.start >= self.body);
            if !self.spans.is_empty() {
                break;
            }
            self.word.advance();
        }
        self.word.doc()
    }
}

impl Cursor for InBody {
    fn doc(&self) -> DocId {
        self.word.doc()
    }

    fn advance(&mut self) -> DocId {
        self.word.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.word.doc() >= target {
            return self.word.doc();
        }
        self.word.seek(target);
        self.settle()
    }

    fn score(&mut self) -> f32 {
        let Worth { mentions, bonus } = self.worth();
        self.scorer.score(self.word.doc(), mentions) + bonus
    }

    fn worth(&mut self) -> Worth {
        self.word.worth_from(self.body)
    }

    fn cost(&self) -> u64 {
        self.word.cost()
    }

    fn spans(&mut self, out: &mut Vec<Span>) {
        out.clone_from(&self.spans);
    }
}

/// Where the boundaries of one kind stand in an article.
pub(super) struct Boundaries {
    postings: Option<SegmentPostings>,
    positions: Vec<u32>,
    of: Option<DocId>,
}

impl Boundaries {
    pub fn new(postings: Option<SegmentPostings>) -> Self {
        Self { postings, positions: Vec::new(), of: None }
    }

    /// The positions in `doc`, which is never before the article asked for last.
    pub fn positions(&mut self, doc: DocId) -> &[u32] {
        if self.of != Some(doc) {
            self.of = Some(doc);
            self.positions.clear();
            if let Some(postings) = &mut self.postings {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    postings.positions(&mut self.positions);
                }
            }
        }
        &self.positions
    }
}
