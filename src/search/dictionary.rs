//! The term dictionaries of one snapshot: which terms a word means, and which words the archive holds.
//!
//! The only place that looks words up.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::TermStreamer;
use tantivy::{DocAddress, DocSet, InvertedIndexReader, TERMINATED};
use tantivy_fst::Automaton;

use crate::analysis::fold::fold;
use crate::analysis::segment::Kind;
use crate::analysis::{search_keys_in, term};
use crate::error::{Error, Result, plain_io};
use crate::index::{Snapshot, reading};
use crate::query::clause::Terms;
use crate::query::compound::Lexicon;
use crate::query::forms::distance_within;

use super::automaton::{Fitting, Misspelt, OverForms};

/// Terms, each with its posting list in the segments that have it.
pub(super) type Found = BTreeMap<String, Vec<(usize, TermInfo)>>;

/// Nobody looks for misspellings of longer words.
const LONGEST_MISSPELT: usize = 64;

/// Looking up keys in fewer segments takes less time than waking a thread.
const FEWEST_AT_ONCE: usize = 8;

/// The most articles of a posting list of which some are taken.
const MOST_SEEN: usize = 256;

/// The dictionaries of one snapshot.
pub(super) struct Dictionary<'a> {
    snapshot: &'a Snapshot,
    open: Mutex<FxHashMap<(usize, Field), Arc<Opened>>>,
    /// The tags of the languages that the combined field holds words of.
    tags: OnceLock<Vec<u8>>,
    /// What was found under keys: a query asks for the same ones several times.
    found: Mutex<FxHashMap<(Field, String), Arc<Found>>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A word that is spelt like another.
pub(super) struct Near {
    pub form: String,
    /// How many letters are others.
    pub distance: u8,
    /// In how many articles it stands.
    pub articles: u64,
}

/// One field's dictionary in one segment.
struct Opened {
    reader: Arc<InvertedIndexReader>,
    /// The tags of the languages that it holds words of: the others need not be asked for.
    tags: Vec<u8>,
}

impl<'a> Dictionary<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, open: Mutex::default(), tags: OnceLock::new(), found: Mutex::default() }
    }

    /// The terms that are meant.
    pub fn look_up(&self, field: Field, terms: &Terms) -> Result<Found> {
        if let Terms::Keys(keys) = terms {
            let mut found = Found::new();
            for under in self.under(field, keys)? {
                found.extend(under.iter().map(|(term, lists)| (term.clone(), lists.clone())));
            }
            return Ok(found);
        }
        if let Terms::Name { forms, keys } = terms {
            let mut all: Vec<String> = forms.iter().flat_map(|form| self.keys_of_form(form)).collect();
            all.extend_from_slice(keys);
            all.sort_unstable();
            all.dedup();
            let mut form = String::new();
            let mut found = Found::new();
            for under in self.under(field, &all)? {
                let meant = under.iter().filter(|(term, _)| terms.mean_by(term, &mut form));
                found.extend(meant.map(|(term, lists)| (term.clone(), lists.clone())));
            }
            return Ok(found);
        }
        let segments = (0..self.segments()).into_par_iter().with_max_len(1).map(|segment| {
            let opened = self.open(segment, field)?;
            let mut form = String::new();
            let mut meant: Vec<(String, TermInfo)> = Vec::new();
            let take = |term: &str, info: &TermInfo| {
                if terms.mean_by(term, &mut form) {
                    meant.push((term.to_owned(), info.clone()));
                }
            };
            self.readable(opened.each(terms, take))?;
            Ok(meant)
        });
        let mut found = Found::new();
        for (segment, meant) in segments.collect::<Result<Vec<_>>>()?.into_iter().enumerate() {
            for (term, info) in meant {
                found.entry(term).or_default().push((segment, info));
            }
        }
        Ok(found)
    }

    /// The terms under each of the keys that has any.
    pub fn under(&self, field: Field, keys: &[String]) -> Result<Vec<Arc<Found>>> {
        let known = |key: &String| locked(&self.found).get(&(field, key.clone())).cloned();
        let unknown: Vec<&String> = keys.iter().filter(|key| known(key).is_none()).collect();
        if !unknown.is_empty() {
            let segments = (0..self.segments()).into_par_iter().with_min_len(FEWEST_AT_ONCE).map(|segment| {
                let opened = self.open(segment, field)?;
                let terms = unknown.iter().map(|key| {
                    let mut terms: Vec<(String, TermInfo)> = Vec::new();
                    if opened.holds_language_of(key) {
                        let take = |term: &str, info: &TermInfo| terms.push((term.to_owned(), info.clone()));
                        self.readable(opened.range(key).and_then(|stream| all(stream, take)))?;
                    }
                    Ok(terms)
                });
                terms.collect::<Result<Vec<_>>>()
            });
            let mut found = vec![Found::new(); unknown.len()];
            for (segment, by_key) in segments.collect::<Result<Vec<_>>>()?.into_iter().enumerate() {
                for (found, terms) in found.iter_mut().zip(by_key) {
                    for (term, info) in terms {
                        found.entry(term).or_default().push((segment, info));
                    }
                }
            }
            let found = unknown.into_iter().zip(found);
            locked(&self.found).extend(found.map(|(key, found)| ((field, key.clone()), Arc::new(found))));
        }
        Ok(keys.iter().filter_map(known).filter(|found| !found.is_empty()).collect())
    }

    /// Some of the articles that posting lists hold, from the first to the last of them.
    pub fn some_articles(
        &self,
        field: Field,
        lists: &[(usize, TermInfo)],
        most: usize,
    ) -> Result<Vec<DocAddress>> {
        let mut articles = Vec::new();
        for (segment, info) in lists {
            let opened = self.open(*segment, field)?;
            let postings = opened.reader.read_postings_from_terminfo(info, IndexRecordOption::Basic);
            let mut postings = self.readable(postings)?;
            let alive = self.snapshot.searcher().segment_reader(*segment as u32).alive_bitset();
            let mut seen = 0;
            while postings.doc() != TERMINATED && seen < MOST_SEEN {
                let doc = postings.doc();
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    articles.push(DocAddress::new(*segment as u32, doc));
                    seen += 1;
                }
                postings.advance();
            }
        }
        articles.sort_unstable();
        articles.dedup();
        let taken = most.min(articles.len());
        Ok((0..taken).filter_map(|at| articles.get(at * articles.len() / taken).copied()).collect())
    }

    /// The words of this archive that are nearest to `word` in spelling, the likeliest first: at most `most`.
    pub fn suggestions(&self, word: &str, most: usize) -> Result<Vec<String>> {
        Ok(self.near(word)?.into_iter().take(most).map(|near| near.form).collect())
    }

    /// All words that are near to `word` in spelling, the likeliest first.
    pub fn near(&self, word: &str) -> Result<Vec<Near>> {
        let form = fold(word).replace('-', "");
        let letters = form.chars().count();
        if letters < 4 || form.chars().any(|c| c.is_ascii_digit()) {
            return Ok(Vec::new());
        }
        let edits = if letters < 6 { 1 } else { 2 };
        let terms = Terms::Fuzzy { form: form.clone(), edits };
        let mut counts: BTreeMap<String, (u8, u64)> = BTreeMap::new();
        let (mut closed, mut shown) = (String::new(), String::new());
        for (term, lists) in self.look_up(self.snapshot.fields().text, &terms)? {
            let known = term::closed_form_into(&term, &mut closed).and(term::form_into(&term, &mut shown));
            let Some(distance) = known.and_then(|()| distance_within(&form, &closed, edits)) else {
                continue;
            };
            if shown != form {
                let articles: u64 = lists.iter().map(|(_, info)| u64::from(info.doc_freq)).sum();
                counts.entry(shown.clone()).or_insert((distance, 0)).1 += articles;
            }
        }
        let near = |(form, (distance, articles))| Near { form, distance, articles };
        let mut ranked: Vec<Near> = counts.into_iter().map(near).collect();
        // Nobody mistakes the first letter as easily as another.
        let first = |near: &Near| near.form.chars().next() != form.chars().next();
        ranked.sort_by(|a, b| {
            (a.distance, first(a))
                .cmp(&(b.distance, first(b)))
                .then(b.articles.cmp(&a.articles))
                .then_with(|| a.form.cmp(&b.form))
        });
        Ok(ranked)
    }

    fn segments(&self) -> usize {
        self.snapshot.searcher().segment_readers().len()
    }

    fn open(&self, segment: usize, field: Field) -> Result<Arc<Opened>> {
        let known = locked(&self.open).get(&(segment, field)).cloned();
        if let Some(opened) = known {
            return Ok(opened);
        }
        let segment_reader = self.snapshot.searcher().segment_reader(segment as u32);
        let reader =
            segment_reader.inverted_index(field).map_err(|error| reading(self.snapshot.dir(), &error))?;
        let opened = Arc::new(self.readable(Opened::new(reader))?);
        locked(&self.open).insert((segment, field), opened.clone());
        Ok(opened)
    }

    fn readable<T>(&self, outcome: std::io::Result<T>) -> Result<T> {
        let damaged =
            |error| Error::Damaged { path: self.snapshot.dir().to_owned(), reason: plain_io(&error) };
        outcome.map_err(damaged)
    }

    /// The keys under which a form can stand: the form itself, and its stem in each language of which there are words.
    pub fn keys_of_form(&self, form: &str) -> Vec<String> {
        self.keys(form, Kind::Word)
    }

    fn tags(&self) -> &[u8] {
        self.tags.get_or_init(|| {
            let text = self.snapshot.fields().text;
            let opened = (0..self.segments()).filter_map(|segment| self.open(segment, text).ok());
            let mut tags: Vec<u8> = opened.flat_map(|opened| opened.tags.clone()).collect();
            tags.sort_unstable();
            tags.dedup();
            tags
        })
    }

    /// What stands under the keys in the combined field. A dictionary that cannot be read holds nothing here; planning the same
    /// words says so.
    fn under_any_field(&self, keys: &[String]) -> Vec<Arc<Found>> {
        self.under(self.snapshot.fields().text, keys).unwrap_or_default()
    }
}

impl Lexicon for Dictionary<'_> {
    fn keys(&self, raw: &str, kind: Kind) -> Vec<String> {
        search_keys_in(raw, kind, |language| self.tags().contains(&language.tag()))
    }

    fn holds(&self, keys: &[String]) -> bool {
        !self.under_any_field(keys).is_empty()
    }

    fn holds_form(&self, keys: &[String], form: &str) -> bool {
        let mut held = String::new();
        let found = self.under_any_field(keys);
        found.iter().flat_map(|found| found.keys()).any(|term| {
            term::hyphen_count(term) == 0 && term::form_into(term, &mut held).is_some() && held == form
        })
    }

    fn hyphened(&self, keys: &[String]) -> Vec<String> {
        let mut forms = Vec::new();
        for found in self.under_any_field(keys) {
            let hyphened = found.keys().filter(|term| term::hyphen_count(term) > 0);
            forms.extend(hyphened.filter_map(|term| term::decode(term)).map(|parts| parts.form));
        }
        forms.sort_unstable();
        forms.dedup();
        forms
    }
}

impl Opened {
    fn new(reader: Arc<InvertedIndexReader>) -> std::io::Result<Self> {
        let mut tags = Vec::new();
        let mut least = 0;
        while let Some(tag) = first_from(&reader, least)? {
            tags.push(tag);
            match tag.checked_add(1) {
                Some(next) => least = next,
                None => break,
            }
        }
        Ok(Self { reader, tags })
    }

    /// Whether it holds words of the key's language.
    fn holds_language_of(&self, key: &str) -> bool {
        key.bytes().next().is_some_and(|tag| self.tags.contains(&tag))
    }

    /// The terms that begin with `prefix`.
    fn range(&self, prefix: &str) -> std::io::Result<TermStreamer<'_>> {
        let mut range = self.reader.terms().range().ge(prefix.as_bytes());
        if let Some(end) = after(prefix) {
            range = range.lt(end);
        }
        range.into_stream()
    }

    /// Calls `f` for every term that may be meant.
    fn each(&self, terms: &Terms, mut f: impl FnMut(&str, &TermInfo)) -> std::io::Result<()> {
        match terms {
            Terms::Keys(keys) => self.each_under(keys, &mut f),
            Terms::Form(form) => self.each_under(
                &search_keys_in(form, Kind::Word, |language| self.tags.contains(&language.tag())),
                &mut f,
            ),
            // These are looked up by their keys.
            Terms::Name { .. } => Ok(()),
            Terms::Pattern(pattern) => self.walk(OverForms(Fitting::new(pattern)), f),
            Terms::Fuzzy { form, .. } if form.chars().count() > LONGEST_MISSPELT => Ok(()),
            Terms::Fuzzy { form, edits } => self.walk(OverForms(Misspelt::new(form, *edits)), f),
        }
    }

    fn each_under(&self, keys: &[String], f: &mut impl FnMut(&str, &TermInfo)) -> std::io::Result<()> {
        let mut held = keys.iter().filter(|key| self.holds_language_of(key));
        held.try_for_each(|key| all(self.range(key)?, &mut *f))
    }

    fn walk<A: Automaton>(&self, automaton: A, mut f: impl FnMut(&str, &TermInfo)) -> std::io::Result<()>
    where
        A::State: Clone,
    {
        all(self.reader.terms().search(automaton).into_stream()?, &mut f)
    }
}

/// The first byte of the first term that begins with `least` or a greater one.
fn first_from(reader: &InvertedIndexReader, least: u8) -> std::io::Result<Option<u8>> {
    let mut stream = reader.terms().range().ge([least]).into_stream()?;
    Ok(if stream.advance() { stream.key().first().copied() } else { None })
}

fn all<A: Automaton>(
    mut stream: TermStreamer<'_, A>,
    mut f: impl FnMut(&str, &TermInfo),
) -> std::io::Result<()> {
    while stream.advance() {
        if let Ok(term) = std::str::from_utf8(stream.key()) {
            f(term, stream.value());
        }
    }
    Ok(())
}

/// The first byte string that is greater than all that begin with `prefix`.
fn after(prefix: &str) -> Option<Vec<u8>> {
    let mut end = prefix.as_bytes().to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}
