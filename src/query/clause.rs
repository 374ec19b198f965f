//! A query after analysis: words have become keys of the term dictionary, and every clause knows the field it
//! looks into.
//!
//! One tree, whatever stands at its leaves: [`Leaf`]s, as the [`analysis`](super::analysis) leaves them and
//! as highlights are found by them, or words that were looked up in one index (`search/plan.rs`). Nothing
//! here knows of an engine.

use crate::analysis::term;
use crate::field::Field;

use super::ast::{DateFilter, LengthRange, Narrowing, Proximity};
pub use super::forms::FoldedPattern;
use super::forms::distance_within;

/// A word to be found: which terms of a dictionary are meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// The word as it was typed.
    pub text: String,
    /// Its exact form (see [`term::decode`]); empty where none was typed.
    pub form: String,
    /// The field it is looked for in; without one, those that are searched by default.
    pub field: Option<Field>,
    /// The terms that are meant.
    pub terms: Terms,
}

/// The terms of a dictionary that a word means.
#[derive(Debug, Clone, PartialEq)]
pub enum Terms {
    /// All terms with one of these keys (see [`crate::analysis::term::key_of`]), sorted.
    Keys(Vec<String>),
    /// All terms of exactly this form.
    Form(String),
    /// All terms of exactly these forms of a name, and all with one of these keys.
    Name {
        /// The forms, sorted.
        forms: Vec<String>,
        /// The keys, sorted.
        keys: Vec<String>,
    },
    /// All terms whose form fits the folded pattern.
    Pattern(FoldedPattern),
    /// All terms whose form is at most so many letters off.
    Fuzzy {
        /// The folded word.
        form: String,
        /// 1 or 2.
        edits: u8,
    },
}

/// A clause of an analysed query, over words of the type `W`.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause<W = Leaf> {
    /// A word.
    Word(W),
    /// Words in a row; each element is a word, or several of which one stands there.
    Phrase {
        /// The words, in order; at least two.
        elements: Vec<Vec<W>>,
        /// In how many moves they may be put in order.
        slop: u32,
    },
    /// Ways to write the same thing, the one that was typed first: matches like [`Clause::Or`], and counts as
    /// one in the ranking.
    Same(Vec<Self>),
    /// All of these.
    And(Vec<Self>),
    /// One of these or several.
    Or(Vec<Self>),
    /// The words of a question, any of which may be missing, and words that go with them. The ranking makes
    /// it of an `Or`.
    Question {
        /// Those that were asked for.
        asked: Vec<Self>,
        /// The others.
        related: Vec<Self>,
    },
    /// Everything but.
    Not(Box<Self>),
    /// Both close to each other.
    Near(Proximity, Box<Self>, Box<Self>),
    /// At least so many mentions.
    AtLeast(u32, Box<Self>),
    /// The article with this id.
    Id(String),
    /// Published on these days.
    Date(DateFilter),
    /// So many words in the body.
    Length(LengthRange),
    /// From these files, or with a value in a field.
    Narrow(Narrowing),
    /// With another weight.
    Boost(Box<Self>, f32),
    /// With so much more for each article that matches. The ranking makes it, of one way of [`Clause::Same`].
    Bonus(Box<Self>, f32),
    /// Every article.
    All,
    /// No article.
    Nothing,
}

/// Makes a tree over other words.
pub trait Rewrite<W> {
    /// The words of the new tree.
    type Into;
    /// Why a word has no other.
    type Error;

    /// A word of the new tree for one of the old.
    ///
    /// # Errors
    /// Where there is none.
    fn word(&mut self, word: &W) -> Result<Self::Into, Self::Error>;

    /// A clause of the new tree for one of the old: by default the same over other words.
    ///
    /// # Errors
    /// Where one of its words has no other.
    fn clause(&mut self, clause: &Clause<W>) -> Result<Clause<Self::Into>, Self::Error>
    where
        Self: Sized,
    {
        clause.rewrite(self)
    }
}

impl<W> Clause<W> {
    /// The clauses that it is directly made of.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        let (some, more, one, other): (&[Self], &[Self], Option<&Self>, Option<&Self>) = match self {
            Self::Same(clauses) | Self::And(clauses) | Self::Or(clauses) => (clauses, &[], None, None),
            Self::Question { asked, related } => (asked, related, None, None),
            Self::Near(_, left, right) => (&[], &[], Some(left), Some(right)),
            Self::AtLeast(_, inner) | Self::Boost(inner, _) | Self::Bonus(inner, _) | Self::Not(inner) => {
                (&[], &[], Some(inner), None)
            }
            Self::Word(_) | Self::Phrase { .. } | Self::Id(_) | Self::Date(_) | Self::Length(_) => {
                (&[], &[], None, None)
            }
            Self::Narrow(_) | Self::All | Self::Nothing => (&[], &[], None, None),
        };
        some.iter().chain(more).chain(one).chain(other)
    }

    /// The same, which may be changed.
    pub fn parts_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        let (some, more, one, other): (&mut [Self], &mut [Self], Option<&mut Self>, Option<&mut Self>) =
            match self {
                Self::Same(clauses) | Self::And(clauses) | Self::Or(clauses) => {
                    (clauses, &mut [], None, None)
                }
                Self::Question { asked, related } => (asked, related, None, None),
                Self::Near(_, left, right) => (&mut [], &mut [], Some(left), Some(right)),
                Self::AtLeast(_, inner)
                | Self::Boost(inner, _)
                | Self::Bonus(inner, _)
                | Self::Not(inner) => (&mut [], &mut [], Some(inner), None),
                Self::Word(_) | Self::Phrase { .. } | Self::Id(_) | Self::Date(_) | Self::Length(_) => {
                    (&mut [], &mut [], None, None)
                }
                Self::Narrow(_) | Self::All | Self::Nothing => (&mut [], &mut [], None, None),
            };
        some.iter_mut().chain(more).chain(one).chain(other)
    }

    /// Whether it, or a clause in it, is so.
    pub fn any(&self, is: &impl Fn(&Self) -> bool) -> bool {
        is(self) || self.parts().any(|part| part.any(is))
    }

    /// Calls `f` for every word that is asked for (none that is excluded).
    pub fn each_word<'a>(&'a self, f: &mut impl FnMut(&'a W)) {
        if !matches!(self, Self::Not(_)) {
            self.own_words().for_each(&mut *f);
            self.parts().for_each(|part| part.each_word(f));
        }
    }

    /// Calls `f` for every word, excluded or not.
    pub fn each_word_at_all<'a>(&'a self, f: &mut impl FnMut(&'a W)) {
        self.own_words().for_each(&mut *f);
        self.parts().for_each(|part| part.each_word_at_all(f));
    }

    /// Calls `f` for every word, excluded or not, which may change what it means.
    pub fn each_word_mut(&mut self, f: &mut impl FnMut(&mut W)) {
        match self {
            Self::Word(word) => f(word),
            Self::Phrase { elements, .. } => elements.iter_mut().flatten().for_each(f),
            other => other.parts_mut().for_each(|part| part.each_word_mut(f)),
        }
    }

    fn own_words(&self) -> impl Iterator<Item = &W> {
        let (one, elements): (Option<&W>, &[Vec<W>]) = match self {
            Self::Word(word) => (Some(word), &[]),
            Self::Phrase { elements, .. } => (None, elements),
            _ => (None, &[]),
        };
        one.into_iter().chain(elements.iter().flatten())
    }

    /// The same clause with its words and parts rewritten.
    ///
    /// # Errors
    /// Those of `by`.
    pub fn rewrite<R: Rewrite<W>>(&self, by: &mut R) -> Result<Clause<R::Into>, R::Error> {
        fn all<W, R: Rewrite<W>>(
            clauses: &[Clause<W>],
            by: &mut R,
        ) -> Result<Vec<Clause<R::Into>>, R::Error> {
            clauses.iter().map(|clause| by.clause(clause)).collect()
        }
        Ok(match self {
            Self::Word(word) => Clause::Word(by.word(word)?),
            Self::Phrase { elements, slop } => {
                let element = |words: &Vec<W>| words.iter().map(|word| by.word(word)).collect();
                let elements = elements.iter().map(element).collect::<Result<_, _>>()?;
                Clause::Phrase { elements, slop: *slop }
            }
            Self::Same(clauses) => Clause::Same(all(clauses, by)?),
            Self::And(clauses) => Clause::And(all(clauses, by)?),
            Self::Or(clauses) => Clause::Or(all(clauses, by)?),
            Self::Question { asked, related } => {
                Clause::Question { asked: all(asked, by)?, related: all(related, by)? }
            }
            Self::Not(inner) => Clause::Not(Box::new(by.clause(inner)?)),
            Self::Near(within, left, right) => {
                Clause::Near(*within, Box::new(by.clause(left)?), Box::new(by.clause(right)?))
            }
            Self::AtLeast(count, inner) => Clause::AtLeast(*count, Box::new(by.clause(inner)?)),
            Self::Id(id) => Clause::Id(id.clone()),
            Self::Date(filter) => Clause::Date(*filter),
            Self::Length(range) => Clause::Length(*range),
            Self::Narrow(narrowing) => Clause::Narrow(narrowing.clone()),
            Self::Boost(inner, weight) => Clause::Boost(Box::new(by.clause(inner)?), *weight),
            Self::Bonus(inner, gain) => Clause::Bonus(Box::new(by.clause(inner)?), *gain),
            Self::All => Clause::All,
            Self::Nothing => Clause::Nothing,
        })
    }
}

impl Clause {
    /// Whether something in it must stand in one sentence.
    pub fn is_by_sentence(&self) -> bool {
        self.any(&|clause| matches!(clause, Self::Near(Proximity::Sentence { .. }, ..)))
    }

    /// The word that it is, or that it is another way to write of.
    pub(super) fn word_mut(&mut self) -> Option<&mut Leaf> {
        match self {
            Self::Word(leaf) => Some(leaf),
            Self::Same(ways) => ways.first_mut().and_then(Self::word_mut),
            _ => None,
        }
    }
}

impl Terms {
    /// Means the terms with these keys too.
    pub(super) fn also(&mut self, more: &[String]) {
        if let Self::Keys(keys) = self {
            keys.extend_from_slice(more);
            keys.sort_unstable();
            keys.dedup();
        }
    }

    /// How the words begin that can be meant; `None` where any can.
    pub fn prefixes(&self) -> Option<PrefixFilter> {
        let stems: Vec<&str> = match self {
            // The tag of its language stands before a stem.
            Self::Keys(keys) => keys.iter().filter_map(|key| key.get(1..)).collect(),
            Self::Form(form) => vec![form],
            Self::Name { forms, keys } => {
                forms.iter().map(String::as_str).chain(keys.iter().filter_map(|key| key.get(1..))).collect()
            }
            Self::Pattern(_) | Self::Fuzzy { .. } => return None,
        };
        Some(PrefixFilter::of(&stems))
    }

    /// Whether a term of a dictionary is meant; `form` is a buffer to work in.
    pub fn matches(&self, term: &str, form: &mut String) -> bool {
        if let Self::Keys(keys) = self {
            return keys.binary_search_by(|key| key.as_str().cmp(term::key_of(term))).is_ok();
        }
        if let Self::Name { keys, .. } = self
            && keys.binary_search_by(|key| key.as_str().cmp(term::key_of(term))).is_ok()
        {
            return true;
        }
        let known = match self {
            Self::Form(_) | Self::Name { .. } => term::form_into(term, form),
            _ => term::closed_form_into(term, form),
        };
        if known.is_none() {
            return false;
        }
        match self {
            Self::Keys(_) => false,
            Self::Form(expected) => form == expected,
            Self::Name { forms, .. } => forms.binary_search(form).is_ok(),
            Self::Pattern(pattern) => pattern.fits(form),
            Self::Fuzzy { form: expected, edits } => distance_within(expected, form, *edits).is_some(),
        }
    }
}

/// The first two letters of words: a word and its term begin alike (see
/// [`stem_into`](crate::analysis::stem::stem_into)).
#[derive(Debug, Clone, Default)]
pub struct PrefixFilter {
    /// In small letters; 0 where any letter may be the second.
    pairs: Vec<[u8; 2]>,
}

impl PrefixFilter {
    fn of(stems: &[&str]) -> Self {
        let pair = |stem: &&str| match stem.as_bytes() {
            [first, second, ..] => Some([first.to_ascii_lowercase(), second.to_ascii_lowercase()]),
            [only] => Some([only.to_ascii_lowercase(), 0]),
            [] => None,
        };
        let mut filter = Self { pairs: stems.iter().filter_map(pair).collect() };
        filter.pairs.sort_unstable();
        filter.pairs.dedup();
        filter
    }

    /// Adds those of `other`.
    pub fn add(&mut self, other: &Self) {
        self.pairs.extend_from_slice(&other.pairs);
        self.pairs.sort_unstable();
        self.pairs.dedup();
    }

    /// Whether a word that begins with these bytes can be meant, whether as it was written or as a term.
    /// Outside ASCII, and where a mark is left out or stands for a word (`%`), it need not begin as its
    /// folded form does.
    pub fn fit(&self, word: &[u8]) -> bool {
        let Some(first) = word.first().filter(|first| first.is_ascii_alphanumeric()) else {
            return !word.is_empty();
        };
        let first = first.to_ascii_lowercase();
        let second = word.get(1).filter(|second| second.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
        let fits = |pair: &[u8; 2]| {
            pair[0] == first
                && (pair[1] == 0 || !pair[1].is_ascii() || second.is_none_or(|second| pair[1] == second))
        };
        self.pairs.iter().any(fits)
    }
}
