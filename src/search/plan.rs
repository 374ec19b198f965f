//! Clauses → what to read from this index: which posting lists each word means, and how much each is worth.
//!
//! A plan belongs to one snapshot.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::Field;

use crate::analysis::may_be_another_word;
use crate::analysis::term::{self, Parts};
use crate::error::{Error, Result};
use crate::field;
use crate::index::{Fields, Snapshot};
use crate::query::clause::{Clause, Leaf, Rewrite, Terms};

use super::dictionary::{Dictionary, Found, articles_in};
use super::forms::{self, Meant, WordForms};
use super::limits::TotalIs;
use super::rank::{Ranking, idf};

/// The most forms that a wildcard or a fuzzy word stands for; the commonest are taken.
pub const MOST_FORMS: usize = 50_000;

/// One posting list.
#[derive(Debug, Clone)]
pub(super) struct List {
    pub info: TermInfo,
    /// How many positions each place covers: 1, or the number of a compound's parts.
    pub width: u32,
    /// How its form goes with the one that was typed.
    pub standing: Standing,
}

/// How a form goes with the one that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is that one.
    Typed,
    /// It has an s besides: a possessive, whose apostrophe is no part of the form, or a plural.
    Possessive,
    /// It is another.
    Other,
}

impl Standing {
    fn of(form: &str, typed: &str) -> Self {
        match form.strip_prefix(typed) {
            Some("") => Self::Typed,
            Some("s") => Self::Possessive,
            _ => Self::Other,
        }
    }
}

/// A word, looked up.
#[derive(Debug, Clone)]
pub(super) struct PlannedWord {
    /// The engine's field.
    pub field: Field,
    /// Whether only places in the body count.
    pub body_only: bool,
    /// The posting lists, by segment.
    pub lists: Arc<Vec<Vec<List>>>,
    /// How much a rare word is worth (see [`idf`]).
    pub idf: f32,
    /// In how many articles it stands: where it has several forms, what that would be if they did not go
    /// together.
    pub doc_freq: u64,
    /// Whether that is an estimate.
    pub is_estimate: bool,
    /// The word as it was typed, with its field where it has one.
    pub name: String,
    /// Whether there is the form that was typed, and others.
    mixed: bool,
    /// What an article gains that holds the form that was typed, where these come first.
    pub first: Option<f32>,
}

impl PlannedWord {
    /// Whether what its forms are worth differs.
    pub fn is_mixed(&self) -> bool {
        self.mixed || self.first.is_some()
    }

    /// What a mention of a form counts, and what an article gains that has it.
    pub fn worth_of(&self, standing: Standing, ranking: &Ranking) -> (f32, f32) {
        let share = match standing {
            Standing::Other if self.mixed => ranking.other_forms,
            _ => 1.0,
        };
        let bonus = match (self.first, standing) {
            (Some(gain), Standing::Typed) => 2.0 * gain,
            (Some(gain), Standing::Possessive) => gain,
            _ => 0.0,
        };
        (share, bonus)
    }
}

/// A clause over words that were looked up.
pub(super) type Plan = Clause<PlannedWord>;

impl Plan {
    /// The worth of all its words together.
    pub fn idf(&self) -> f32 {
        let each = self.parts().map(Self::idf);
        match self {
            Self::Word(word) => word.idf,
            Self::Phrase { elements, .. } => {
                elements.iter().map(|words| words.iter().map(|w| w.idf).fold(f32::MAX, f32::min)).sum()
            }
            // Ways to write one thing are together at least as common as the commonest of them.
            Self::Same(_) => each.reduce(f32::min).unwrap_or(0.0),
            Self::Or(_) => each.fold(0.0, f32::max),
            Self::Question { asked, .. } => asked.iter().map(Self::idf).fold(0.0, f32::max),
            Self::And(_) | Self::Near(..) | Self::AtLeast(..) | Self::Boost(..) | Self::Bonus(..) => {
                each.sum()
            }
            Self::Not(_) | Self::Id(_) | Self::Date(_) | Self::Length(_) | Self::Narrow(_) => 0.0,
            Self::All | Self::Nothing => 0.0,
        }
    }

    /// The field of its words: in which units (paragraphs, cells) its places are told apart.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Word(word) => Some(word.field),
            Self::Phrase { elements, .. } => {
                elements.first().and_then(|words| words.first()).map(|word| word.field)
            }
            Self::Question { asked, .. } => asked.iter().find_map(Self::field),
            Self::Not(_) => None,
            other => other.parts().find_map(Self::field),
        }
    }

    /// Takes the words that a question asks for as such: how close they stand counts, and so do `related`
    /// words.
    pub fn into_question(self, related: Vec<Plan>) -> Self {
        match self {
            Self::And(mut plans) if plans.first().is_some_and(|plan| plan.idf() > 0.0) => {
                let words = plans.remove(0).into_question(related);
                plans.insert(0, words);
                Self::And(plans)
            }
            Self::Or(asked) | Self::Question { asked, .. } => Self::Question { asked, related },
            plan if plan.idf() > 0.0 => Self::Question { asked: vec![plan], related },
            plan => plan,
        }
    }

    /// How much the words that a question asks for weigh together, a word of the default weight being 1.
    pub fn weight(&self) -> f32 {
        match self {
            Self::And(plans) => plans.first().map_or(0.0, Self::weight),
            Self::Or(asked) | Self::Question { asked, .. } => asked.iter().map(Self::weight).sum(),
            Self::Boost(inner, more) => inner.weight() * more,
            plan => f32::from(u8::from(plan.idf() > 0.0)),
        }
    }

    /// Puts the articles that hold the form that was typed before all others, where the query is one word.
    pub fn put_typed_form_first(&mut self, fields: &Fields, ranking: &Ranking) {
        // More than all that an article can score otherwise.
        let gain = ranking.greatest(self.most_worth(ranking));
        match self.only_word(fields) {
            Some(Self::Word(word)) if word.mixed => word.first = Some(gain),
            Some(Self::Same(ways)) => {
                for (at, way) in ways.iter_mut().enumerate() {
                    match way {
                        Self::Word(word) => word.first = Some(gain),
                        _ if at == 0 => {
                            let typed = std::mem::replace(way, Self::Nothing);
                            *way = Self::Bonus(Box::new(typed), 2.0 * gain);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// The one word that is looked for in the text, whatever the articles are narrowed by.
    fn only_word(&mut self, fields: &Fields) -> Option<&mut Self> {
        match self {
            Self::Word(_) | Self::Same(_) => Some(self),
            Self::Boost(inner, _) | Self::AtLeast(_, inner) => inner.only_word(fields),
            Self::And(plans) => {
                let in_text = |plan: &&mut Self| {
                    plan.field().is_some_and(|field| field == fields.text || field == fields.headline_words)
                };
                let mut words = plans.iter_mut().filter(in_text);
                let only = words.next()?;
                if words.next().is_some() { None } else { only.only_word(fields) }
            }
            Self::Question { asked, .. } => match asked.as_mut_slice() {
                [only] => only.only_word(fields),
                _ => None,
            },
            _ => None,
        }
    }

    /// More than the worth of all that an article can score by.
    fn most_worth(&self, ranking: &Ranking) -> f32 {
        let each = self.parts().map(|plan| plan.most_worth(ranking));
        match self {
            Self::Boost(_, more) => each.sum::<f32>() * more,
            Self::AtLeast(..) | Self::And(_) | Self::Or(_) => each.sum(),
            Self::Question { .. } => each.sum::<f32>() * (1.0 + 2.0 * (ranking.ordered + ranking.unordered)),
            plan => plan.idf(),
        }
    }

    /// The same with nothing for the form that was typed.
    pub fn without_first(mut self) -> Self {
        self.each_word_mut(&mut |word| word.first = None);
        self.drop_bonuses();
        self
    }

    fn drop_bonuses(&mut self) {
        if let Self::Bonus(_, gain) = self {
            *gain = 0.0;
        }
        self.parts_mut().for_each(Self::drop_bonuses);
    }
}

/// How many articles hold a word of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordCount {
    /// The word as it was typed, with its field where it has one.
    pub word: String,
    /// The number of articles.
    pub articles: u64,
}

/// Looks clauses up in one snapshot.
pub(super) struct Planner<'a> {
    snapshot: &'a Snapshot,
    dictionary: &'a Dictionary<'a>,
    /// What there is to know, in plain words.
    pub notices: Vec<String>,
    /// The words that are asked for.
    pub words: Vec<PlannedWord>,
    /// The forms that they were found in.
    pub forms: Vec<WordForms>,
    /// What the total says of words that were not looked up in all their forms.
    pub total_is: TotalIs,
}

impl<'a> Planner<'a> {
    pub fn new(snapshot: &'a Snapshot, dictionary: &'a Dictionary<'a>) -> Self {
        Self {
            snapshot,
            dictionary,
            notices: Vec::new(),
            words: Vec::new(),
            forms: Vec::new(),
            total_is: TotalIs::Exact,
        }
    }

    /// Only the first way is what was typed: the words of others were not asked for, and in which forms they
    /// are found says nothing.
    fn ways(&mut self, clauses: &[Clause]) -> Result<Vec<Plan>> {
        let mut ways = Vec::with_capacity(clauses.len());
        let mut typed = None;
        for clause in clauses {
            ways.push(self.clause(clause)?);
            let (words, forms) = *typed.get_or_insert((self.words.len(), self.forms.len()));
            self.words.truncate(words);
            self.forms.truncate(forms);
        }
        Ok(ways)
    }

    /// The words of what is excluded are not asked for.
    fn excluded(&mut self, inner: &Clause) -> Result<Plan> {
        let (asked, formed) = (self.words.len(), self.forms.len());
        let outside = std::mem::replace(&mut self.total_is, TotalIs::Exact);
        let plan = self.clause(inner)?;
        self.total_is = outside.or(self.total_is.excluded());
        self.words.truncate(asked);
        self.forms.truncate(formed);
        Ok(Plan::Not(Box::new(plan)))
    }
}

impl Rewrite<Leaf> for Planner<'_> {
    type Into = PlannedWord;
    type Error = Error;

    fn clause(&mut self, clause: &Clause) -> Result<Plan> {
        match clause {
            Clause::Not(inner) => self.excluded(inner),
            Clause::Same(ways) => Ok(Plan::Same(self.ways(ways)?)),
            other => other.rewrite(self),
        }
    }

    fn word(&mut self, leaf: &Leaf) -> Result<PlannedWord> {
        let fields = self.snapshot.fields();
        let field = fields.words_of(leaf.field).unwrap_or(fields.text);
        let body_only = leaf.field == Some(field::Field::Body);
        let mut found = self.dictionary.look_up(field, &leaf.terms)?;
        if found.len() > MOST_FORMS {
            self.notices.push(format!(
                "`{}` stands for {} different words here; the commonest {MOST_FORMS} were searched",
                leaf.text,
                found.len()
            ));
            self.total_is = self.total_is.or(TotalIs::AtLeast);
            keep_commonest(&mut found);
        }
        let total = self.snapshot.article_count();
        let mut absent = 1.0;
        let mut mixed = Mixed::default();
        let (mut all, mut either) = (0, 0);
        let mut meant = Vec::new();
        let mut lists = vec![Vec::new(); self.snapshot.searcher().segment_readers().len()];
        for (term, by_segment) in &found {
            let df = articles_in(by_segment);
            absent *= 1.0 - (df as f64 / total.max(1) as f64).min(1.0);
            all += df;
            either += if may_be_another_word(term) { df } else { 0 };
            let width = width_of(term);
            let mut standing = Standing::Typed;
            if !leaf.form.is_empty()
                && let Some(Parts { mut form, .. }) = term::decode(term)
            {
                // The form of a word that is another in capitals is in capitals.
                form.make_ascii_lowercase();
                standing = Standing::of(&form, &leaf.form);
                meant.push(Meant { term: term.clone(), form, articles: df });
            }
            mixed.add(standing);
            for list in by_segment {
                lists[list.segment].push(List { info: list.info.clone(), width, standing });
            }
        }
        let mixed = mixed.is_mixed();
        if either * LEAST_EITHER > all && matches!(leaf.terms, Terms::Keys(_)) {
            self.notices.push(format!(
                "in {either} of the articles `{}` stands among capitals, where it cannot be told from `{}`",
                leaf.text,
                other_case(&leaf.text)
            ));
        }
        let doc_freq = match found.len() {
            1 => all,
            _ => ((1.0 - absent) * total as f64).round() as u64,
        };
        let doc_freq = if found.is_empty() { 0 } else { doc_freq.max(1) };
        let name = match leaf.field {
            None => leaf.text.clone(),
            Some(field) => format!("{field}:{}", leaf.text),
        };
        let is_new = !self.words.iter().any(|known| known.name == name);
        if is_new && matches!(leaf.terms, Terms::Keys(_)) {
            self.forms.extend(forms::telling(leaf, &name, meant, self.dictionary));
        }
        let idf = idf(doc_freq, total);
        let word = PlannedWord {
            field,
            body_only,
            lists: Arc::new(lists),
            idf,
            doc_freq,
            is_estimate: found.len() > 1 || body_only,
            name,
            mixed,
            first: None,
        };
        if is_new {
            self.words.push(word.clone());
        }
        Ok(word)
    }
}

/// Only where one article in so many has a word among capitals, that is said.
const LEAST_EITHER: u64 = 10;

/// The word in small letters, or in capitals where it is in small ones.
fn other_case(word: &str) -> String {
    if word.contains(char::is_lowercase) { word.to_uppercase() } else { word.to_lowercase() }
}

/// Whether a word has the form that was typed, and others.
#[derive(Default)]
struct Mixed {
    typed: bool,
    other: bool,
}

impl Mixed {
    fn add(&mut self, standing: Standing) {
        match standing {
            Standing::Typed => self.typed = true,
            // An s is a possessive or not: it comes after the form itself and before others.
            Standing::Possessive => (self.typed, self.other) = (true, true),
            Standing::Other => self.other = true,
        }
    }

    fn is_mixed(&self) -> bool {
        self.typed && self.other
    }
}

fn keep_commonest(found: &mut Found) {
    let mut ranked: Vec<(u64, String)> =
        found.iter().map(|(term, lists)| (articles_in(lists), term.clone())).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (_, term) in ranked.drain(MOST_FORMS..) {
        found.remove(&term);
    }
}

/// How many positions a place of this term covers.
fn width_of(term: &str) -> u32 {
    let figures = term.bytes().filter(|b| matches!(b, b'/' | b':')).count();
    (1 + figures + term::hyphen_count(term)) as u32
}
