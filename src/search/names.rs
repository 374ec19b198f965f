//! Names whose stem is another word's: `Chang` is no `change`.
//!
//! Which words are names is told by the archive: what it writes with a capital in the middle of sentences,
//! article after article, is one, however it was typed. Articles are only read for words whose stem has other
//! forms that they could be confused with.

use std::collections::BTreeMap;

use crate::analysis::fold::{fold, is_apostrophe};
use crate::analysis::sentence::sentence_starts;
use crate::analysis::tokenize::tokenize;
use crate::analysis::{Language, term};
use crate::article::Article;
use crate::error::Result;
use crate::field::Field;
use crate::index::Snapshot;
use crate::index::passages::passages;
use crate::query::clause::{Leaf, Terms};

use super::dictionary::{Dictionary, PostingList, articles_in};
use super::forms::WordForms;
use super::forms::{are_inflections, is_derived, is_plural};
use super::question::is_function_word;

/// How many articles that say it are enough to tell whether a word is a name, and whether one of its forms
/// is.
const SAMPLE: usize = 8;
const SAMPLE_OF_FORM: usize = 4;

/// Another form is far commoner that is in so many times as many articles.
const FAR_COMMONER: u64 = 20;

/// A word in no more articles is looked at in any case.
const RARE: u64 = 3;

/// The shortest name.
const SHORTEST: usize = 3;

/// How much of an article is looked at, in bytes.
const MOST_BYTES: usize = 32_000;

/// Words after which a capital may be a title's or an office's: `Department of Mining`.
const BEFORE_TITLES: &[&str] = &["and", "for", "of", "the"];

/// Tells names from other words in one archive.
pub(super) struct Names<'a> {
    snapshot: &'a Snapshot,
    dictionary: &'a Dictionary<'a>,
    known: BTreeMap<String, Option<Name>>,
}

/// A name.
#[derive(Clone)]
struct Name {
    /// Its forms: itself, with an s, and what is made of it.
    forms: Vec<String>,
    /// The others that have its stem, the commonest first.
    left_out: Vec<String>,
    /// In how many articles it stands.
    articles: u64,
}

/// A form of a stem.
#[derive(Default)]
struct Held {
    articles: u64,
    lists: Vec<PostingList>,
}

impl<'a> Names<'a> {
    pub fn new(snapshot: &'a Snapshot, dictionary: &'a Dictionary<'a>) -> Self {
        Self { snapshot, dictionary, known: BTreeMap::new() }
    }

    /// Where a word is a name in this archive, makes it mean that name only, and says what is left out.
    pub fn narrow(&mut self, leaf: &mut Leaf) -> Result<Option<WordForms>> {
        let Terms::Keys(keys) = &leaf.terms else { return Ok(None) };
        let in_text = matches!(leaf.field, None | Some(Field::Headline | Field::Body));
        if !in_text || !may_be_name(&leaf.form) {
            return Ok(None);
        }
        let name = match self.known.get(&leaf.form) {
            Some(known) => known.clone(),
            None => {
                let name = self.name(&leaf.form, keys)?;
                self.known.insert(leaf.form.clone(), name.clone());
                name
            }
        };
        let Some(Name { forms, left_out, articles }) = name else { return Ok(None) };
        let own = self.dictionary.keys_of_form(&leaf.form);
        let others = keys.iter().filter(|key| own.binary_search(key).is_err()).cloned().collect();
        leaf.terms = Terms::Name { forms, keys: others };
        Ok(Some(WordForms { word: leaf.text.clone(), typed: articles, others: Vec::new(), left_out }))
    }

    fn name(&self, form: &str, keys: &[String]) -> Result<Option<Name>> {
        let field = self.snapshot.fields().text;
        let found = self.dictionary.under(field, keys)?;
        let with_s = format!("{form}s");
        let mut other = String::new();
        let is_other = |term: &String, other: &mut String| {
            term::form_into(term, other).is_some() && *other != form && *other != with_s
        };
        // Most words end here.
        if !found.iter().flat_map(|found| found.keys()).any(|term| is_other(term, &mut other)) {
            return Ok(None);
        }
        let class = |own: Option<&Vec<String>>| {
            let mut class: BTreeMap<String, Held> = BTreeMap::new();
            let mut other = String::new();
            for (term, lists) in found.iter().flat_map(|found| found.iter()) {
                let is_own = |own: &Vec<String>| {
                    own.binary_search_by(|key| key.as_str().cmp(term::key_of(term))).is_ok()
                };
                if own.is_none_or(is_own)
                    && term::hyphen_count(term) == 0
                    && term::form_into(term, &mut other).is_some()
                {
                    let held = class.entry(other.clone()).or_default();
                    held.articles += articles_in(lists);
                    held.lists.extend(lists.iter().cloned());
                }
            }
            let (it, its) =
                (class.remove(form).unwrap_or_default(), class.remove(&with_s).unwrap_or_default());
            class.retain(|other, _| !is_derived(form, other));
            (it, its, class)
        };
        // Finding out which keys are the word's own and which another spelling's costs more than all this.
        let suspicious = |(it, its, others): &(Held, Held, BTreeMap<String, Held>)| {
            let articles = it.articles + its.articles;
            articles > 0 && is_suspicious(form, articles, others)
        };
        if !suspicious(&class(None)) {
            return Ok(None);
        }
        let of_word = class(Some(&self.dictionary.keys_of_form(form)));
        if !suspicious(&of_word) {
            return Ok(None);
        }
        let (it, its, class) = of_word;
        let articles = it.articles + its.articles;
        let lists = [it.lists, its.lists].concat();
        let seen = self.seen(form, &lists, SAMPLE)?;
        if !is_name(form, seen, &class) {
            return Ok(None);
        }
        let mut forms = vec![form.to_owned(), with_s];
        let mut left_out = Vec::new();
        for (other, held) in class {
            let seen = |most| self.seen(&other, &held.lists, most);
            let is_same = (is_plural(&other, form) && seen(SAMPLE_OF_FORM)?.may_be_capital())
                || (is_plural(form, &other) && (is_short(&other) || seen(SAMPLE_OF_FORM)?.is_capital()));
            if is_same { forms.push(other) } else { left_out.push((held.articles, other)) }
        }
        if left_out.is_empty() {
            return Ok(None);
        }
        let derived = found.iter().flat_map(|found| found.keys()).filter_map(|term| term::decode(term));
        forms.extend(derived.map(|parts| parts.form).filter(|other| is_derived(form, other)));
        forms.sort_unstable();
        forms.dedup();
        left_out.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let left_out = left_out.into_iter().map(|(_, form)| form).collect();
        Ok(Some(Name { forms, left_out, articles }))
    }

    /// How some of the articles that hold a form write it.
    fn seen(&self, form: &str, lists: &[PostingList], most: usize) -> Result<Seen> {
        let mut seen = Seen::default();
        let mut telling = 0;
        // In some it opens sentences only.
        for address in self.dictionary.sample(self.snapshot.fields().text, lists, 2 * most)? {
            let before = seen;
            seen.look_at(&self.snapshot.article(address)?.article, form);
            telling += usize::from(seen != before);
            // One that is written small as often is no name.
            if seen.small > seen.capitals || telling == most {
                break;
            }
        }
        Ok(seen)
    }
}

/// Whether a word is so short that with an s it may well be its plural, in capitals or not: `MPs`, `Banks`.
fn is_short(form: &str) -> bool {
    form.chars().nth(4).is_none()
}

fn may_be_name(form: &str) -> bool {
    form.chars().nth(SHORTEST - 1).is_some()
        && form.chars().all(char::is_alphabetic)
        && !is_function_word(form)
}

/// Whether a word is worth reading articles for: another one of its stem is commoner.
fn is_suspicious(form: &str, articles: u64, others: &BTreeMap<String, Held>) -> bool {
    others.iter().any(|(other, held)| {
        articles <= RARE
            || held.articles >= FAR_COMMONER * articles
            || (held.articles >= articles && !are_inflections(form, other))
    })
}

/// Whether what was seen of a form makes it a name.
fn is_name(form: &str, seen: Seen, others: &BTreeMap<String, Held>) -> bool {
    let Seen { capitals, small, alone } = seen;
    if !others.keys().all(|other| are_inflections(form, other)) {
        return capitals > 0 && small * 10 <= capitals;
    }
    // By its form it may well be a word like any other: `Banking`.
    let often = capitals > 1 || others.len() == 1;
    small == 0 && alone > 0 && often
}

/// How a form was written in the middle of sentences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Seen {
    /// With a capital.
    capitals: usize,
    /// In small letters.
    small: usize,
    /// With a capital, and no other word with one after it: not as a part of a longer name.
    alone: usize,
}

/// A word of a text.
struct Word {
    start: usize,
    capital: bool,
    is_it: bool,
    /// It says nothing of its own: it opens a sentence or a quotation, is all in capitals, or part of an
    /// address.
    is_mute: bool,
    possessive: bool,
    before_title: bool,
}

impl Seen {
    fn is_capital(self) -> bool {
        self.capitals > 0 && self.small == 0
    }

    fn may_be_capital(self) -> bool {
        self.capitals > 0 || self.small == 0
    }

    /// Adds what an article has of a form.
    fn look_at(&mut self, article: &Article, form: &str) {
        // Nouns have capitals in German, names or not.
        if Language::from_code(article.language.as_deref()) == Language::German {
            return;
        }
        let mut left = MOST_BYTES;
        for (_, text) in passages(article).filter(|(field, _)| *field == Field::Body) {
            let text = &text[..text.floor_char_boundary(left)];
            left -= text.len();
            if !text.is_ascii() || text.to_ascii_lowercase().contains(form) {
                self.look_through(text, form);
            }
        }
    }

    fn look_through(&mut self, text: &str, form: &str) {
        let mut words: Vec<Word> = Vec::new();
        tokenize(text, |s| {
            if s.width == 1
                && let Some(word) = word_of(text, s.start, s.end, form)
            {
                words.push(word);
            }
        });
        let mut starts = sentence_starts(text).into_iter().skip(1).chain([text.len()]);
        let mut rest = words.as_slice();
        while let Some(end) = starts.next().filter(|_| !rest.is_empty()) {
            let (sentence, after) = rest.split_at(rest.partition_point(|word| word.start < end));
            self.look_over(sentence);
            rest = after;
        }
    }

    /// Adds what a sentence has. One that is not mostly in small letters says nothing.
    fn look_over(&mut self, sentence: &[Word]) {
        let others = sentence.iter().skip(1).filter(|word| !word.is_it);
        let (capitals, small): (Vec<_>, Vec<_>) = others.partition(|word| word.capital);
        if small.is_empty() || capitals.len() * 3 > small.len() * 2 {
            return;
        }
        for (at, word) in sentence.iter().enumerate().skip(1) {
            if !word.is_it || word.is_mute {
                continue;
            }
            if !word.capital {
                self.small += 1;
                continue;
            }
            self.capitals += 1;
            let last = word.possessive || sentence.get(at + 1).is_none_or(|next| !next.capital);
            let in_title = at.checked_sub(1).and_then(|before| sentence.get(before));
            self.alone += usize::from(last && !in_title.is_some_and(|before| before.before_title));
        }
    }
}

fn word_of(text: &str, start: usize, end: usize, form: &str) -> Option<Word> {
    let raw = &text[start..end];
    let first = raw.chars().next()?;
    if !first.is_alphabetic() {
        return None;
    }
    let folded = fold(raw);
    let possessive = raw.chars().rev().nth(1).is_some_and(is_apostrophe) && folded.ends_with('s');
    let is_it = folded == form || (possessive && folded.strip_suffix('s') == Some(form));
    let (before, after) = (&text[..start], &text[end..]);
    let is_glued = before.ends_with(['@', '/', '_', '.', '#'])
        || after.starts_with(['@', '/', '_'])
        || (after.starts_with('.') && after[1..].starts_with(char::is_alphanumeric));
    let opens = |c: char| "\"“”„‟«»‘‚‛(:;—–-*•[<>".contains(c);
    let opens = before.trim_end().chars().next_back().is_none_or(opens);
    let all_capitals = raw.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    Some(Word {
        start,
        capital: first.is_uppercase(),
        is_it,
        is_mute: is_it && (is_glued || opens || all_capitals),
        possessive: is_it && possessive,
        before_title: BEFORE_TITLES.contains(&folded.as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, form: &str) -> (usize, usize, usize) {
        let mut seen = Seen::default();
        seen.look_through(text, form);
        (seen.capitals, seen.small, seen.alone)
    }

    #[test]
    fn capitals_in_the_middle_of_sentences_count() {
        for (text, expected) in [
            ("The mayor thanked Harding for the bridge.", (1, 0, 1)),
            ("The mayor thanked Ada Harding. He said Harding's bridge would stand.", (2, 0, 2)),
            ("Harding thanked the mayor.", (0, 0, 0)),
            ("The mayor said: Harding is ill.", (0, 0, 0)),
            ("THE MAYOR THANKED HARDING FOR THE BRIDGE.", (0, 0, 0)),
            ("Mayor Thanks Ada Harding For New Bridge", (0, 0, 0)),
            ("the mayor thanked harding for the bridge", (0, 1, 0)),
            ("The mayor wrote to the Harding Bridge Company today.", (1, 0, 0)),
            ("The mayor wrote to the Department of Harding today.", (1, 0, 0)),
            ("The mayor wrote to harding@wexcombe.example today.", (0, 0, 0)),
        ] {
            assert_eq!(seen(text, "harding"), expected, "{text}");
        }
    }
}
