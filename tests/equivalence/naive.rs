//! A query read plainly: every article analysed anew, every clause evaluated on its words one by one, nothing
//! planned. Slow, and simple enough to be believed.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;
use newsearch::analysis::sentence::sentence_starts;
use newsearch::analysis::tokenize::{Kind, tokenize};
use newsearch::analysis::{
    Analyzer, Language, exact_form, is_another_word_in_capitals, search_keys, term, word_count,
};
use newsearch::article::{Article, DatePrecision};
use newsearch::index::passages::passages;
use newsearch::query::analysis::{is_in_capitals, is_stop_word};
use newsearch::query::{
    Certainty, DateFilter, Field, Narrowing, Node, NodeKind, Pattern, PatternPart, Proximity,
};

/// A word of an article.
struct Word {
    row: usize,
    from: u32,
    to: u32,
    sentence: usize,
    bytes: (usize, usize),
    key: String,
    form: String,
    /// The form without hyphens.
    closed: String,
}

/// An article's words.
struct Text {
    fields: Vec<Field>,
    words: Vec<Word>,
}

/// A stretch of words in a row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    row: usize,
    from: u32,
    to: u32,
    sentence: usize,
}

/// What is to be marked: row, first byte, end.
pub type Mark = (usize, usize, usize);

#[derive(Default)]
struct Found {
    matches: bool,
    places: BTreeSet<Place>,
    marks: Vec<(Place, Mark)>,
}

/// All articles, and the words of all of them: keys of stems, each with its forms that have a hyphen.
pub struct Archive<'a> {
    articles: Vec<(&'a Article, Text)>,
    keys: BTreeMap<String, Vec<String>>,
    /// What [`halves`](Self::halves) has found out.
    halved: RefCell<HashMap<String, Option<(String, String)>>>,
    /// Whether the query is all in capitals, so that these tell nothing.
    in_capitals: Cell<bool>,
}

/// What one word of a query means: the keys of its stems, or a test of its form.
#[derive(Clone)]
enum Meaning<'a> {
    Keys(Vec<String>),
    Form(String),
    Fits(&'a Pattern),
    Misspelt(&'a str, u8),
}

type Scope = Option<Field>;

/// A word as it was typed, and what it means.
type Typed = (String, Meaning<'static>);

impl<'a> Archive<'a> {
    pub fn new(articles: &'a [Article]) -> Self {
        let articles: Vec<_> = articles.iter().map(|article| (article, Text::new(article))).collect();
        let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (_, text) in &articles {
            for word in &text.words {
                let hyphened = keys.entry(word.key.clone()).or_default();
                hyphened.extend(Some(&word.form).filter(|form| form.contains('-')).cloned());
            }
        }
        Self { articles, keys, halved: RefCell::default(), in_capitals: Cell::default() }
    }

    /// The articles that match, by id, each with what is to be marked, row by row, what overlaps joined.
    pub fn evaluate(&self, query: &Node) -> BTreeMap<&'a str, Vec<Mark>> {
        self.in_capitals.set(is_in_capitals(query));
        let marked = self.articles.iter().map(|(article, text)| (article, self.marks(article, text, query)));
        marked.filter_map(|(article, marks)| Some((article.id.as_str(), marks?))).collect()
    }

    fn marks(&self, article: &Article, text: &Text, query: &Node) -> Option<Vec<Mark>> {
        let found = Evaluation { archive: self, article, text }.node(query, None)?;
        let mut marks: Vec<Mark> = found.marks.into_iter().map(|(_, mark)| mark).collect();
        marks.sort_unstable();
        let mut joined: Vec<Mark> = Vec::new();
        for mark in marks {
            match joined.last_mut() {
                Some(last) if last.0 == mark.0 && mark.1 < last.2 => last.2 = last.2.max(mark.2),
                _ => joined.push(mark),
            }
        }
        found.matches.then_some(joined)
    }

    /// The words that a text typed is, and the whole where it is one compound.
    fn meanings(&self, typed: &str, exact: bool) -> (Vec<Typed>, Option<(Kind, Meaning<'static>)>) {
        let mut words = Vec::new();
        let mut whole = None;
        let mut skip = 0;
        let mut segments = Vec::new();
        let used = tokenize(typed, |segment| segments.push(segment));
        for s in segments {
            let raw = &typed[s.start..s.end];
            let is_either = self.in_capitals.get() && is_another_word_in_capitals(raw);
            let kind = if s.kind == Kind::Acronym && is_either { Kind::Capitals } else { s.kind };
            let meaning = match (exact, s.kind) {
                (true, _) if let Some(form) = exact_form(raw, kind) => Meaning::Form(form),
                _ => Meaning::Keys(keys_of(raw, kind)),
            };
            match s.kind {
                Kind::Compound | Kind::Figures | Kind::Initials if s.width == used => {
                    whole = Some((s.kind, meaning))
                }
                Kind::Compound => {}
                Kind::Figures | Kind::Initials => {
                    words.push((raw.to_owned(), meaning));
                    skip = s.width;
                }
                _ if skip > 0 => skip -= 1,
                _ => words.push((raw.to_owned(), meaning)),
            }
        }
        (words, whole)
    }

    fn holds(&self, keys: &[String]) -> bool {
        keys.iter().any(|key| self.keys.contains_key(key))
    }

    /// Whether `first second` is written as one word here too.
    fn are_one(&self, first: &str, second: &str) -> bool {
        let plain = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
        let closed = keys_of(&format!("{first}{second}"), Kind::Word);
        let hyphen = format!("{}-", first.to_lowercase());
        let mut forms = closed.iter().filter_map(|key| self.keys.get(key)).flatten();
        plain(first)
            && plain(second)
            && self.holds(&closed)
            && ((first.chars().count() >= 4 && second.chars().count() >= 4)
                || forms.any(|form| form.starts_with(&hyphen) && form.matches('-').count() == 1))
    }

    /// The two words that `word` is, where both are here.
    fn halves(&self, word: &str) -> Option<(String, String)> {
        if let Some(known) = self.halved.borrow().get(word) {
            return known.clone();
        }
        let cuts = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
        let held = |part: &str| self.holds(&keys_of(part, Kind::Word));
        let found = cuts.filter(|(a, b)| self.are_one(a, b)).find(|(a, b)| held(a) && held(b));
        let found = found.map(|(a, b)| (a.to_owned(), b.to_owned()));
        self.halved.borrow_mut().insert(word.to_owned(), found.clone());
        found
    }
}

impl Text {
    fn new(article: &Article) -> Self {
        let language = Language::from_code(article.language.as_deref());
        let mut text = Self { fields: Vec::new(), words: Vec::new() };
        for (field, row) in passages(article) {
            let number = text.fields.len();
            text.fields.push(field);
            let sentences = sentence_starts(row);
            Analyzer::default().analyze(row, language, |token| {
                let form = term::decode(token.term).unwrap().form;
                text.words.push(Word {
                    row: number,
                    from: token.position,
                    to: token.position + token.raw.width,
                    sentence: sentences.iter().filter(|start| **start <= token.raw.start).count(),
                    bytes: (token.raw.start, token.raw.end),
                    key: term::key_of(token.term).to_owned(),
                    closed: form.replace('-', ""),
                    form,
                });
            });
        }
        text
    }
}

struct Evaluation<'a> {
    archive: &'a Archive<'a>,
    article: &'a Article,
    text: &'a Text,
}

impl Evaluation<'_> {
    /// `None` where there is nothing to search for.
    fn node(&self, node: &Node, scope: Scope) -> Option<Found> {
        let filter = |matches| Some(Found { matches, ..Found::default() });
        match &node.kind {
            NodeKind::Word { text, .. } | NodeKind::Phrase { text, .. } if scope == Some(Field::Id) => {
                filter(self.article.id == *text)
            }
            NodeKind::Word { text, exact } => self.word(text, *exact, scope, &[]),
            NodeKind::Phrase { text, slop, exact } => self.phrase(text, *slop, *exact, scope),
            NodeKind::Pattern(pattern) => Some(self.row_of(&[Meaning::Fits(pattern)], 0, scope)),
            NodeKind::Fuzzy { text, edits } => {
                Some(self.row_of(&[Meaning::Misspelt(text, *edits)], 0, scope))
            }
            NodeKind::And(nodes) => self.and(nodes, scope),
            NodeKind::Or(nodes) => any(nodes.iter().filter_map(|node| self.node(node, scope)).collect()),
            NodeKind::Not(inner) => filter(!self.node(inner, scope)?.matches),
            NodeKind::Near { within, left, right } => {
                let (left, right) = (self.node(left, scope), self.node(right, scope));
                match (left, right) {
                    (Some(left), Some(right)) => Some(near(*within, left, right)),
                    (one, other) => one.or(other),
                }
            }
            NodeKind::AtLeast { count, node } => {
                let found = self.node(node, scope)?;
                Some(if found.places.len() >= *count as usize { found } else { Found::default() })
            }
            NodeKind::Field(field, inner) => self.node(inner, Some(*field)),
            NodeKind::Date(DateFilter::In(range)) => filter(self.article.date.is_some_and(|date| {
                let alike = |day: &Date| match date.precision {
                    DatePrecision::Year => day.year() == date.day.year(),
                    DatePrecision::Month => (day.year(), day.month()) == (date.day.year(), date.day.month()),
                    _ => *day == date.day,
                };
                let mut days = date.day.series(1.day()).take_while(alike);
                days.any(|day| {
                    range.from.is_none_or(|from| from <= day) && range.to.is_none_or(|to| day <= to)
                })
            })),
            NodeKind::Date(DateFilter::Known(certainty)) => filter(self.article.date.is_some_and(|date| {
                let precisions: &[DatePrecision] = match certainty {
                    Certainty::Exact => &[DatePrecision::Day, DatePrecision::Minute],
                    Certainty::Partial => &[DatePrecision::Year, DatePrecision::Month],
                    Certainty::Guessed => &[DatePrecision::Approximate],
                };
                precisions.contains(&date.precision)
            })),
            NodeKind::Length(range) => {
                let words = word_count(&self.article.body);
                filter(range.min.is_none_or(|min| min <= words) && range.max.is_none_or(|max| words <= max))
            }
            NodeKind::Narrow(Narrowing::Has(Field::Author)) => filter(!self.article.authors.is_empty()),
            NodeKind::Narrow(Narrowing::Has(Field::Section)) => filter(self.article.section.is_some()),
            NodeKind::Narrow(Narrowing::Has(Field::Publication)) => {
                filter(self.article.publication.is_some())
            }
            NodeKind::Narrow(Narrowing::Has(Field::Url)) => filter(self.article.url.is_some()),
            NodeKind::Narrow(Narrowing::All) => filter(true),
            NodeKind::Narrow(_) => filter(false),
            NodeKind::Boost(inner, _) => self.node(inner, scope),
        }
    }

    fn and(&self, nodes: &[Node], scope: Scope) -> Option<Found> {
        // Two words in a row may be written as one, which then stands for both.
        let text = |node: &Node| match &node.kind {
            NodeKind::Word { text, exact: false } => Some(text.clone()),
            _ => None,
        };
        let texts: Vec<Option<String>> = nodes.iter().map(text).collect();
        let mut all = Vec::new();
        for node in asked(nodes) {
            let mut also = Vec::new();
            for pair in texts.windows(2) {
                let [Some(first), Some(second)] = pair else { continue };
                let is_meant = |word: &String| word == first || word == second;
                if self.archive.are_one(first, second) && text(node).as_ref().is_some_and(is_meant) {
                    also.extend(keys_of(&format!("{first}{second}"), Kind::Word));
                }
            }
            all.extend(match &node.kind {
                NodeKind::Word { text, exact: false } if scope != Some(Field::Id) => {
                    self.word(text, false, scope, &also)
                }
                _ => self.node(node, scope),
            });
        }
        let matches = all.iter().all(|found| found.matches);
        match (all.is_empty(), matches) {
            (true, _) => None,
            (_, false) => Some(Found::default()),
            _ => {
                let mut together = any(all)?;
                together.matches = true;
                Some(together)
            }
        }
    }

    /// A word as typed, which may be several to the analysis.
    fn word(&self, typed: &str, exact: bool, scope: Scope, also: &[String]) -> Option<Found> {
        let (words, whole) = self.archive.meanings(typed, exact);
        let mut ways = Vec::new();
        match (words.len(), whole) {
            (0, _) => return None,
            (_, Some((Kind::Figures | Kind::Initials, whole))) => ways.push(vec![whole]),
            (1, _) => {
                let (text, meaning) = words.into_iter().next()?;
                ways.push(vec![match meaning {
                    Meaning::Keys(keys) => {
                        Meaning::Keys(keys.into_iter().chain(also.iter().cloned()).collect())
                    }
                    other => other,
                }]);
                if !exact && let Some((first, second)) = self.archive.halves(&text) {
                    ways.push(vec![stems(&first), stems(&second)]);
                }
            }
            (_, whole) => {
                ways.push(words.into_iter().map(|(_, meaning)| meaning).collect());
                ways.extend(whole.map(|(_, whole)| vec![whole]));
            }
        }
        any(ways.iter().map(|way| self.row_of(way, 0, scope)).collect())
    }

    fn phrase(&self, typed: &str, slop: u32, exact: bool, scope: Scope) -> Option<Found> {
        let words = self.archive.meanings(typed, exact).0;
        if words.is_empty() {
            return None;
        }
        let stemmed = |text: String| (text.clone(), stems(&text));
        let mut ways = vec![words.clone()];
        if !exact {
            let is_initials = |text: &str| text.contains('.') && text.contains(' ');
            if words.iter().any(|(text, _)| is_initials(text)) {
                let apart = words.iter().flat_map(|word| match is_initials(&word.0) {
                    true => word
                        .0
                        .split(['.', ' '])
                        .filter(|part| !part.is_empty())
                        .map(|part| stemmed(part.to_owned()))
                        .collect(),
                    false => vec![word.clone()],
                });
                ways.push(apart.collect());
            }
            for at in 0..words.len() {
                let text = &words[at].0;
                if let Some((first, second)) = self.archive.halves(text) {
                    let put = [stemmed(first), stemmed(second)];
                    ways.push([&words[..at], &put, &words[at + 1..]].concat());
                }
                if let Some((next, _)) = words.get(at + 1)
                    && self.archive.are_one(text, next)
                {
                    let put = [stemmed(format!("{text}{next}"))];
                    ways.push([&words[..at], &put, &words[at + 2..]].concat());
                }
            }
        }
        let found = ways.into_iter().map(|way| {
            let words: Vec<Meaning<'_>> = way.into_iter().map(|(_, meaning)| meaning).collect();
            self.row_of(&words, if words.len() > 1 { slop } else { 0 }, scope)
        });
        any(found.collect())
    }

    /// Words in a row, or, with `slop`, nearly so.
    fn row_of(&self, words: &[Meaning<'_>], slop: u32, scope: Scope) -> Found {
        let places: Vec<Vec<&Word>> = words.iter().map(|meaning| self.places(meaning, scope)).collect();
        let mut found = Found::default();
        let mut rows: Vec<Vec<&Word>> = vec![Vec::new()];
        for (at, next) in places.iter().enumerate() {
            let fits = |row: &Vec<&Word>, word: &&Word| match row.last() {
                None => true,
                Some(last) if slop == 0 => last.row == word.row && last.to == word.from,
                Some(last) => last.row == word.row && row.iter().all(|other| other.from != word.from),
            };
            rows = rows
                .iter()
                .flat_map(|row| {
                    let following = next.iter().filter(|word| fits(row, word));
                    following.map(|word| row.iter().copied().chain([*word]).collect::<Vec<_>>())
                })
                .filter(|row| {
                    let shifted =
                        || row.iter().enumerate().map(|(at, word)| i64::from(word.from) - at as i64);
                    let spread = shifted().max().unwrap_or(0) - shifted().min().unwrap_or(0);
                    slop == 0 || (at >= row.len() - 1 && spread <= i64::from(slop))
                })
                .collect();
        }
        rows.retain(|row| !row.is_empty());
        if slop == 0 {
            // Of those that begin at one word, the shortest.
            rows.sort_by_key(|row| (row[0].row, row[0].from, row[0].to, row[row.len() - 1].to));
            rows.dedup_by_key(|row| (row[0].row, row[0].from, row[0].to));
        }
        for row in &rows {
            let first = row.iter().min_by_key(|word| (word.from, word.to)).unwrap();
            let to = row.iter().map(|word| word.to).max().unwrap();
            found.places.insert(Place { row: first.row, from: first.from, to, sentence: first.sentence });
        }
        found.matches = !rows.is_empty();
        if slop == 0 {
            for row in &rows {
                let (first, last) = (row[0], row[row.len() - 1]);
                let place = Place { row: first.row, from: first.from, to: last.to, sentence: first.sentence };
                found.marks.push((place, (first.row, first.bytes.0, last.bytes.1)));
            }
            return found;
        }
        // Every word of it that stands within a place found.
        let inside = |word: &&&Word| {
            found.places.iter().any(|p| p.row == word.row && p.from <= word.from && word.to <= p.to)
        };
        found.marks = places
            .iter()
            .flatten()
            .filter(inside)
            .map(|word| {
                let place = Place { row: word.row, from: word.from, to: word.to, sentence: word.sentence };
                (place, (word.row, word.bytes.0, word.bytes.1))
            })
            .collect();
        found
    }

    fn places(&self, meaning: &Meaning<'_>, scope: Scope) -> Vec<&Word> {
        let in_scope = |word: &&Word| {
            let of = self.text.fields[word.row];
            match scope {
                None => true,
                Some(field) => of == field,
            }
        };
        self.text.words.iter().filter(in_scope).filter(|word| meaning.is(word)).collect()
    }
}

impl Meaning<'_> {
    fn is(&self, word: &Word) -> bool {
        let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
        match self {
            Meaning::Keys(keys) => keys.contains(&word.key),
            Meaning::Form(form) => word.form == *form,
            Meaning::Fits(pattern) => fits(&pattern.parts, &letters(&word.closed)),
            Meaning::Misspelt(typed, edits) => {
                is_within(&letters(typed), &word.closed.chars().collect::<Vec<_>>(), *edits)
            }
        }
    }
}

/// [`search_keys`], each computed once.
fn keys_of(word: &str, kind: Kind) -> Vec<String> {
    thread_local! {
        static KNOWN: RefCell<HashMap<(String, Kind), Vec<String>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        known.entry((word.to_owned(), kind)).or_insert_with(|| search_keys(word, kind)).clone()
    })
}

fn stems(word: &str) -> Meaning<'static> {
    Meaning::Keys(keys_of(word, Kind::Word))
}

/// Without stop words, where there is anything else to look for.
fn asked(nodes: &[Node]) -> Vec<&Node> {
    let filters = |node: &&Node| {
        matches!(node.kind, NodeKind::Not(_) | NodeKind::Date(_) | NodeKind::Length(_) | NodeKind::Narrow(_))
    };
    let only_stop_words = nodes.iter().filter(|node| !filters(node)).all(is_stop_word);
    nodes.iter().filter(|node| only_stop_words || !is_stop_word(node)).collect()
}

fn any(all: Vec<Found>) -> Option<Found> {
    all.into_iter().reduce(|mut one, other| {
        one.matches |= other.matches;
        one.places.extend(other.places);
        one.marks.extend(other.marks);
        one
    })
}

fn near(within: Proximity, left: Found, right: Found) -> Found {
    let follows = |a: &Place, b: &Place| {
        a.row == b.row
            && b.from >= a.to
            && match within {
                Proximity::Words { distance, .. } => b.from - a.to < distance,
                Proximity::Sentence { .. } => a.sentence == b.sentence,
                Proximity::Paragraph { .. } => true,
            }
    };
    let either = match within {
        Proximity::Words { ordered, .. } => !ordered,
        Proximity::Sentence { ordered } | Proximity::Paragraph { ordered } => !ordered,
    };
    let close = |l: &Place, r: &Place| follows(l, r) || (either && follows(r, l));
    let mut found = Found::default();
    let (mut with_left, mut with_right) = (BTreeSet::new(), BTreeSet::new());
    for l in &left.places {
        for r in right.places.iter().filter(|r| close(l, r)) {
            let first = if (l.from, l.to) <= (r.from, r.to) { l } else { r };
            found.places.insert(Place { to: l.to.max(r.to), ..*first });
            with_left.insert(*l);
            with_right.insert(*r);
        }
    }
    found.matches = !found.places.is_empty();
    // A word is marked where the place it belongs to has a partner.
    let within = |mark: &Place, places: &BTreeSet<Place>| {
        places.iter().any(|p| p.row == mark.row && p.from <= mark.from && mark.to <= p.to)
    };
    found.marks.extend(left.marks.into_iter().filter(|(place, _)| within(place, &with_left)));
    found.marks.extend(right.marks.into_iter().filter(|(place, _)| within(place, &with_right)));
    found
}

fn fits(parts: &[PatternPart], letters: &[char]) -> bool {
    let Some((part, rest)) = parts.split_first() else { return letters.is_empty() };
    match part {
        PatternPart::One => !letters.is_empty() && fits(rest, &letters[1..]),
        PatternPart::Many => (0..=letters.len()).any(|taken| fits(rest, &letters[taken..])),
        PatternPart::Text(text) => {
            let text: Vec<char> = newsearch::analysis::fold::fold(text).replace('-', "").chars().collect();
            letters.starts_with(&text) && fits(rest, &letters[text.len()..])
        }
    }
}

/// Whether at most `edits` letters are inserted, left out, exchanged, or swapped with their neighbour.
fn is_within(a: &[char], b: &[char], edits: u8) -> bool {
    let (Some(x), Some(y)) = (a.last(), b.last()) else { return a.len().max(b.len()) <= usize::from(edits) };
    let (short_a, short_b) = (&a[..a.len() - 1], &b[..b.len() - 1]);
    if x == y && is_within(short_a, short_b, edits) {
        return true;
    }
    let Some(edits) = edits.checked_sub(1) else { return false };
    let swapped = a.len() > 1 && b.len() > 1 && a[a.len() - 2] == *y && b[b.len() - 2] == *x;
    is_within(short_a, short_b, edits)
        || is_within(a, short_b, edits)
        || is_within(short_a, b, edits)
        || (swapped && is_within(&a[..a.len() - 2], &b[..b.len() - 2], edits))
}
