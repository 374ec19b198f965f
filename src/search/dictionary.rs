//! The term dictionaries of one snapshot: which terms a word means, and which words the archive holds.
//!
//! The only place that looks words up.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::fastfield::AliveBitSet;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::TermStreamer;
use tantivy::{DocAddress, DocSet, InvertedIndexReader, TERMINATED};
use tantivy_fst::Automaton;

use crate::analysis::fold::fold;
use crate::analysis::tokenize::Kind;
use crate::analysis::{search_keys_in, term};
use crate::error::{Error, Result, plain_io};
use crate::index::{Snapshot, reading};
use crate::query::clause::Terms;
use crate::query::compound::Lexicon;
use crate::query::forms::distance_within;

use super::automaton::{Fitting, Misspelt, OverForms};

/// Terms, each with its posting list in the segments that have it.
pub(super) type Found = BTreeMap<String, Vec<PostingList>>;

/// A term's articles in one segment.
#[derive(Debug, Clone)]
pub(super) struct PostingList {
    pub segment: usize,
    pub info: TermInfo,
    /// How many of them have not been removed: at least 1.
    pub articles: u32,
}

/// In how many articles a term stands that has these posting lists.
pub(super) fn articles_in(lists: &[PostingList]) -> u64 {
    lists.iter().map(|list| u64::from(list.articles)).sum()
}

/// Nobody looks for misspellings of longer words.
const LONGEST_MISSPELT: usize = 64;

/// Looking up keys in fewer segments takes less time than waking a thread.
const FEWEST_AT_ONCE: usize = 8;

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
                let meant = under.iter().filter(|(term, _)| terms.matches(term, &mut form));
                found.extend(meant.map(|(term, lists)| (term.clone(), lists.clone())));
            }
            return Ok(found);
        }
        let segments = (0..self.segments()).into_par_iter().with_max_len(1).map(|segment| {
            let opened = self.open(segment, field)?;
            let mut form = String::new();
            let mut meant: Vec<(String, TermInfo)> = Vec::new();
            let take = |term: &str, info: &TermInfo| {
                if terms.matches(term, &mut form) {
                    meant.push((term.to_owned(), info.clone()));
                }
            };
            self.readable(opened.each(terms, take))?;
            self.posting_lists(segment, &opened, meant)
        });
        let mut found = Found::new();
        for (term, list) in segments.collect::<Result<Vec<_>>>()?.into_iter().flatten() {
            found.entry(term).or_default().push(list);
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
                    self.posting_lists(segment, &opened, terms)
                });
                terms.collect::<Result<Vec<_>>>()
            });
            let mut found = vec![Found::new(); unknown.len()];
            for by_key in segments.collect::<Result<Vec<_>>>()? {
                for (found, lists) in found.iter_mut().zip(by_key) {
                    for (term, list) in lists {
                        found.entry(term).or_default().push(list);
                    }
                }
            }
            let found = unknown.into_iter().zip(found);
            locked(&self.found).extend(found.map(|(key, found)| ((field, key.clone()), Arc::new(found))));
        }
        Ok(keys.iter().filter_map(known).filter(|found| !found.is_empty()).collect())
    }

    /// The posting lists of terms in a segment, without those that hold removed articles only.
    fn posting_lists(
        &self,
        segment: usize,
        opened: &Opened,
        terms: Vec<(String, TermInfo)>,
    ) -> Result<Vec<(String, PostingList)>> {
        let mut lists = Vec::with_capacity(terms.len());
        for (term, info) in terms {
            let articles = match self.left(segment) {
                None => info.doc_freq,
                Some(alive) => {
                    let mut postings = self.readable(opened.postings(&info))?;
                    let mut articles = 0;
                    while postings.doc() != TERMINATED {
                        articles += u32::from(alive.is_alive(postings.doc()));
                        postings.advance();
                    }
                    articles
                }
            };
            if articles > 0 {
                lists.push((term, PostingList { segment, info, articles }));
            }
        }
        Ok(lists)
    }

    /// Which articles of a segment are left, where some have been removed.
    fn left(&self, segment: usize) -> Option<&AliveBitSet> {
        self.snapshot.searcher().segment_reader(segment as u32).alive_bitset()
    }

    /// At most so many of the articles that posting lists hold: drawn at random, but always the same ones of
    /// the same articles, in the same order, whatever the segments. Of articles with the same text one is
    /// drawn.
    pub fn sample(&self, field: Field, lists: &[PostingList], most: usize) -> Result<Vec<DocAddress>> {
        let mut drawn = BTreeMap::new();
        for list in lists {
            let opened = self.open(list.segment, field)?;
            let mut postings = self.readable(opened.postings(&list.info))?;
            let alive = self.left(list.segment);
            let segment = self.snapshot.searcher().segment_reader(list.segment as u32);
            let hashes = segment.fast_fields().u64("content");
            let hashes = hashes.map_err(|error| reading(self.snapshot.dir(), &error))?;
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                let hash = hashes.first(doc).unwrap_or_default();
                let is_small =
                    drawn.len() < most || drawn.last_key_value().is_some_and(|(last, _)| hash < *last);
                if is_small && alive.is_none_or(|alive| alive.is_alive(doc)) {
                    drawn.insert(hash, DocAddress::new(list.segment as u32, doc));
                    if drawn.len() > most {
                        drawn.pop_last();
                    }
                }
                postings.advance();
            }
        }
        Ok(drawn.into_values().collect())
    }

    /// The words of this archive that are nearest to `word` in spelling, the likeliest first: at most `most`.
    pub fn suggestions(&self, word: &str, field: Field, most: usize) -> Result<Vec<String>> {
        Ok(self.near_in(field, word)?.into_iter().take(most).map(|near| near.form).collect())
    }

    /// All words that are near to `word` in spelling, the likeliest first.
    pub fn near(&self, word: &str) -> Result<Vec<Near>> {
        self.near_in(self.snapshot.fields().text, word)
    }

    fn near_in(&self, field: Field, word: &str) -> Result<Vec<Near>> {
        let form = fold(word).replace('-', "");
        let letters = form.chars().count();
        if letters < 4 || form.chars().any(|c| c.is_ascii_digit()) {
            return Ok(Vec::new());
        }
        let edits = if letters < 6 { 1 } else { 2 };
        let terms = Terms::Fuzzy { form: form.clone(), edits };
        let mut counts: BTreeMap<String, (u8, u64)> = BTreeMap::new();
        let (mut closed, mut shown) = (String::new(), String::new());
        for (term, lists) in self.look_up(field, &terms)? {
            let known = term::closed_form_into(&term, &mut closed).and(term::form_into(&term, &mut shown));
            let Some(distance) = known.and_then(|()| distance_within(&form, &closed, edits)) else {
                continue;
            };
            if shown != form {
                counts.entry(shown.clone()).or_insert((distance, 0)).1 += articles_in(&lists);
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

    /// The keys under which a form can stand: the form itself, and its stem in each language of which there
    /// are words.
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

    /// What stands under the keys in the combined field. A dictionary that cannot be read holds nothing here;
    /// planning the same words says so.
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

    fn postings(&self, info: &TermInfo) -> std::io::Result<SegmentPostings> {
        self.reader.read_postings_from_terminfo(info, IndexRecordOption::Basic)
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
