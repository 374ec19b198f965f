//! Highlights: where in an article a query matches, word by word, exactly what made it a match and nothing
//! else.
//!
//! The clauses are evaluated once more, on the article's own text. What is excluded leaves no trace, a phrase
//! is marked as a phrase, and a word only in the field it was asked for.

use crate::analysis::sentence::sentence_starts;
use crate::analysis::{Analyzer, Language, word_count};
use crate::article::Article;
use crate::field::Field;
use crate::id;
use crate::index::passages::passages;
use crate::query::ast::{Narrowing, Proximity};
use crate::query::clause::{Clause, Leaf, PrefixFilter};
use crate::query::spans::{self, Cover, Span, Units};

/// A passage of an article (headline, an author, a paragraph …) with the matches in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is of; a dateline is of the body.
    pub field: Field,
    /// Its text.
    pub text: String,
    /// The matches, in order, not overlapping.
    pub highlights: Vec<Highlight>,
}

/// A match in a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Highlight {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Which of the query's words or phrases it is.
    pub clause: usize,
}

/// Finds what one query matches, in article after article.
#[derive(Clone)]
pub struct Highlighter {
    clause: Clause,
    analyzer: Analyzer,
    /// How words begin that can match; `None` where any can.
    beginnings: Option<PrefixFilter>,
    /// Whether it matters where sentences begin.
    by_sentence: bool,
}

impl Highlighter {
    /// Finds what matches `clause`.
    pub fn new(clause: Clause) -> Self {
        let mut beginnings = Some(PrefixFilter::default());
        clause.each_word_at_all(&mut |leaf| {
            beginnings = beginnings.take().zip(leaf.terms.prefixes()).map(|(mut all, more)| {
                all.add(&more);
                all
            });
        });
        let by_sentence = clause.is_by_sentence();
        Self { clause, analyzer: Analyzer::default(), beginnings, by_sentence }
    }

    /// The passages of an article with what matched; with nothing marked where the article does not match.
    ///
    /// Of the body, at most `most_bytes` are looked at; the passages go no further then.
    pub fn passages(&mut self, article: &Article, most_bytes: usize) -> Vec<Passage> {
        let text = Analyzed::new(article, most_bytes, self);
        let mut evaluation = Evaluation { article, text: &text, next: 0, is_excluded: false };
        let found = evaluation.evaluate(&self.clause);
        text.highlight(if found.matches { found.highlights } else { Vec::new() })
    }
}

/// The passages of an article with no match marked.
pub fn plain_passages(article: &Article, most_bytes: usize) -> Vec<Passage> {
    shortened(article, most_bytes).map(|(field, text)| Passage::plain(field, text)).collect()
}

impl Passage {
    fn plain(field: Field, text: &str) -> Self {
        Self { field, text: text.to_owned(), highlights: Vec::new() }
    }

    /// Where its sentences begin, in bytes.
    pub fn sentences(&self) -> Vec<usize> {
        sentence_starts(&self.text)
    }
}

/// The passages of an article until there are more than `most_bytes` of them.
fn shortened(article: &Article, most_bytes: usize) -> impl Iterator<Item = (Field, &str)> {
    let mut bytes = 0;
    let apart = article.publication.iter().map(|name| (Field::Publication, name.as_str()));
    let apart = apart.chain(article.url.iter().map(|url| (Field::Url, url.as_str())));
    apart.chain(passages(article).map_while(move |(field, text)| {
        if bytes > most_bytes {
            return None;
        }
        let text = &text[..floor(text, most_bytes.saturating_sub(bytes).max(1_000))];
        bytes += text.len();
        Some((field, text))
    }))
}

struct Word {
    position: u32,
    width: u32,
    passage: usize,
    start: usize,
    end: usize,
    /// Where its term ends in the terms of all words; it begins where the one before ends.
    term_end: usize,
}

struct Analyzed {
    passages: Vec<Passage>,
    /// Those that can match.
    words: Vec<Word>,
    terms: String,
    row_starts: Vec<u32>,
    /// Where sentences begin, where that matters: passages begin one too.
    sentence_starts: Vec<u32>,
}

impl Analyzed {
    fn new(article: &Article, most_bytes: usize, highlighter: &mut Highlighter) -> Self {
        let Highlighter { analyzer, beginnings, by_sentence, .. } = highlighter;
        let language = Language::from_code(article.language.as_deref());
        let wanted =
            |word: &str| beginnings.as_ref().is_none_or(|beginnings| beginnings.fit(word.as_bytes()));
        let mut analyzed = Self {
            passages: Vec::new(),
            words: Vec::new(),
            terms: String::new(),
            row_starts: Vec::new(),
            sentence_starts: Vec::new(),
        };
        let mut position = 0;
        for (field, text) in shortened(article, most_bytes) {
            let passage = Passage::plain(field, text);
            analyzed.row_starts.push(position);
            analyzed.sentence_starts.push(position);
            let sentences = if *by_sentence { passage.sentences() } else { Vec::new() };
            let mut next_sentence = 1;
            let used = analyzer.analyze_some(text, language, wanted, |token| {
                let at = position + token.position;
                while sentences.get(next_sentence).is_some_and(|start| *start <= token.raw.start) {
                    next_sentence += 1;
                    analyzed.sentence_starts.push(at);
                }
                if token.term.is_empty() {
                    return;
                }
                analyzed.terms.push_str(token.term);
                analyzed.words.push(Word {
                    position: at,
                    width: token.raw.width,
                    passage: analyzed.passages.len(),
                    start: token.raw.start,
                    end: token.raw.end,
                    term_end: analyzed.terms.len(),
                });
            });
            analyzed.passages.push(passage);
            position += used + 1;
        }
        analyzed
    }

    fn places(&self, leaf: &Leaf) -> Vec<Span> {
        let is_asked = |field: Field| leaf.field.map_or(field.is_default(), |asked| asked == field);
        let mut places = Vec::new();
        let mut form = String::new();
        let beginnings = leaf.terms.prefixes();
        // The tag of its language stands before a stem.
        let begins_alike = |term: &str| match (&beginnings, term.as_bytes().get(1..)) {
            (Some(beginnings), Some(stem)) => beginnings.fit(stem),
            _ => true,
        };
        let mut term_start = 0;
        for word in &self.words {
            let term = &self.terms[term_start..word.term_end];
            term_start = word.term_end;
            let meant = begins_alike(term)
                && is_asked(self.passages[word.passage].field)
                && leaf.terms.matches(term, &mut form);
            if meant {
                places.push(Span::new(word.position, word.width));
            }
        }
        spans::normalize(&mut places);
        places
    }

    /// Turns places into highlights on the passages.
    fn highlight(mut self, mut highlights: Vec<(Span, usize)>) -> Vec<Passage> {
        // Longer matches first, so that a phrase swallows the words it is made of.
        highlights.sort_by_key(|(span, clause)| (span.start, std::cmp::Reverse(span.end), *clause));
        for (span, clause) in highlights {
            let from = self.words.partition_point(|word| word.position < span.start);
            let covered = self.words[from..].iter().take_while(|word| word.position < span.end);
            let Some((passage, start, end)) =
                covered.fold(None, |range: Option<(usize, usize, usize)>, word| {
                    let (passage, start, end) = range.unwrap_or((word.passage, word.start, word.end));
                    // A compound that begins inside the place but goes on beyond it is not meant.
                    let fits = word.position + word.width <= span.end;
                    Some(if fits {
                        (passage, start.min(word.start), end.max(word.end))
                    } else {
                        (passage, start, end)
                    })
                })
            else {
                continue;
            };
            let (start, end) = self.trim(from, span, start, end);
            let passage = &mut self.passages[passage].highlights;
            match passage.last_mut() {
                Some(last) if start < last.end => last.end = last.end.max(end),
                _ => passage.push(Highlight { start, end, clause }),
            }
        }
        self.passages
    }

    /// Where the first word seen was a compound wider than the place, its own bytes must not count.
    fn trim(&self, from: usize, span: Span, start: usize, end: usize) -> (usize, usize) {
        let inside = self.words[from..]
            .iter()
            .take_while(|word| word.position < span.end)
            .filter(|word| word.position + word.width <= span.end);
        inside
            .fold(None, |range: Option<(usize, usize)>, word| {
                let (s, e) = range.unwrap_or((word.start, word.end));
                Some((s.min(word.start), e.max(word.end)))
            })
            .unwrap_or((start, end))
    }
}

#[derive(Default)]
struct Found {
    matches: bool,
    places: Vec<Span>,
    /// What to highlight, and as which clause.
    highlights: Vec<(Span, usize)>,
}

fn has_value(article: &Article, field: Field) -> bool {
    match field {
        Field::Author => !article.authors.is_empty(),
        Field::Section => article.section.is_some(),
        Field::Publication => article.publication.is_some(),
        Field::Url => article.url.is_some(),
        Field::Headline | Field::Body | Field::Path | Field::Source | Field::Id => true,
    }
}

struct Evaluation<'a> {
    article: &'a Article,
    text: &'a Analyzed,
    /// Number of the next word or phrase.
    next: usize,
    /// Whether what is evaluated stands in what is excluded.
    is_excluded: bool,
}

impl Evaluation<'_> {
    fn evaluate(&mut self, clause: &Clause) -> Found {
        match clause {
            Clause::Word(leaf) => {
                let number = self.number();
                self.placed(self.text.places(leaf), number)
            }
            Clause::Phrase { elements, slop } => self.phrase(elements, *slop),
            Clause::Same(clauses) | Clause::Or(clauses) | Clause::Question { asked: clauses, .. } => {
                let mut all = Found::default();
                for clause in clauses {
                    let found = self.evaluate(clause);
                    if found.matches {
                        all.matches = true;
                        all.places.extend(found.places);
                        all.highlights.extend(found.highlights);
                    }
                }
                spans::normalize(&mut all.places);
                all
            }
            Clause::And(clauses) => {
                let mut all = Found { matches: true, ..Found::default() };
                for clause in clauses {
                    let found = self.evaluate(clause);
                    all.matches &= found.matches;
                    all.places.extend(found.places);
                    all.highlights.extend(found.highlights);
                }
                if all.matches { all } else { Found::default() }
            }
            Clause::Not(inner) => {
                self.is_excluded = !self.is_excluded;
                let found = self.evaluate(inner);
                self.is_excluded = !self.is_excluded;
                Found { matches: !found.matches, ..Found::default() }
            }
            Clause::Near(within, left, right) => self.near(*within, left, right),
            Clause::AtLeast(count, inner) => {
                let found = self.evaluate(inner);
                if found.places.len() >= *count as usize { found } else { Found::default() }
            }
            Clause::Boost(inner, _) | Clause::Bonus(inner, _) => self.evaluate(inner),
            Clause::Id(id) => Found { matches: id::answers_to(self.article, id), ..Found::default() },
            Clause::Date(filter) => {
                let matches = self.article.date.is_some_and(|date| filter.takes(&date));
                Found { matches, ..Found::default() }
            }
            Clause::Length(range) => {
                let words = word_count(&self.article.body);
                let inside =
                    range.min.is_none_or(|min| min <= words) && range.max.is_none_or(|max| words <= max);
                Found { matches: inside, ..Found::default() }
            }
            Clause::Narrow(Narrowing::Has(field)) => {
                Found { matches: has_value(self.article, *field), ..Found::default() }
            }
            Clause::Narrow(Narrowing::All) => Found { matches: true, ..Found::default() },
            // What the roots are is not known here: the article was found by it, where it was at all.
            Clause::Narrow(_) => Found { matches: !self.is_excluded, ..Found::default() },
            Clause::All => Found { matches: true, ..Found::default() },
            Clause::Nothing => Found::default(),
        }
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn placed(&self, places: Vec<Span>, number: usize) -> Found {
        let highlights = places.iter().map(|place| (*place, number)).collect();
        Found { matches: !places.is_empty(), places, highlights }
    }

    fn phrase(&mut self, elements: &[Vec<Leaf>], slop: u32) -> Found {
        let number = self.number();
        let places: Vec<Vec<Span>> = elements
            .iter()
            .map(|leaves| {
                let mut places: Vec<Span> = leaves.iter().flat_map(|leaf| self.text.places(leaf)).collect();
                spans::normalize(&mut places);
                places
            })
            .collect();
        let mut found = Vec::new();
        if slop == 0 {
            spans::phrase(&places, &mut found);
            return self.placed(found, number);
        }
        spans::sloppy_phrase(&places, slop, Units::Starts(&self.text.row_starts), &mut found);
        let cover = Cover::of(found.iter().copied());
        let inside = places.iter().flatten().filter(|place| cover.holds(**place));
        let highlights = inside.map(|place| (*place, number)).collect();
        Found { matches: !found.is_empty(), places: found, highlights }
    }

    fn near(&mut self, within: Proximity, left: &Clause, right: &Clause) -> Found {
        let (left, right) = (self.evaluate(left), self.evaluate(right));
        let pairs = |a: &[Span], b: &[Span]| {
            let mut out = Vec::new();
            match within {
                Proximity::Words { distance, ordered } => {
                    spans::near(a, b, distance, ordered, Units::Starts(&self.text.row_starts), &mut out);
                }
                Proximity::Sentence { ordered } => {
                    spans::together(a, b, ordered, Units::Starts(&self.text.sentence_starts), &mut out);
                }
                Proximity::Paragraph { ordered } => {
                    spans::together(a, b, ordered, Units::Starts(&self.text.row_starts), &mut out);
                }
            }
            out
        };
        let places = pairs(&left.places, &right.places);
        if places.is_empty() {
            return Found::default();
        }
        // Only what has a partner is marked.
        let [partnered_left, partnered_right] = match within {
            Proximity::Words { distance, ordered } => {
                let paragraphs = Units::Starts(&self.text.row_starts);
                spans::near_partners(&left.places, &right.places, distance, ordered, paragraphs)
            }
            Proximity::Sentence { ordered } => {
                let sentences = Units::Starts(&self.text.sentence_starts);
                spans::together_partners(&left.places, &right.places, ordered, sentences)
            }
            Proximity::Paragraph { ordered } => {
                let paragraphs = Units::Starts(&self.text.row_starts);
                spans::together_partners(&left.places, &right.places, ordered, paragraphs)
            }
        };
        let mut highlights: Vec<(Span, usize)> = Vec::new();
        for (found, partnered) in [(left, partnered_left), (right, partnered_right)] {
            let places = found.places.iter().zip(partnered).filter(|(_, partnered)| *partnered);
            let cover = Cover::of(places.map(|(place, _)| *place));
            highlights.extend(found.highlights.into_iter().filter(|(highlight, _)| cover.holds(*highlight)));
        }
        Found { matches: true, places, highlights }
    }
}

/// The greatest character boundary of `text` that is at most `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
