//! The few lines of an article that show why it was found: whole sentences where they fit, the best first.

use unicode_segmentation::UnicodeSegmentation;

use crate::field::Field;

use super::highlight::{Highlight, Passage};

/// How long a fragment is, in characters; a sentence a little longer is left whole.
const FRAGMENT_CHARS: usize = 200;
const WHOLE_SENTENCE_CHARS: usize = 260;
/// The most fragments of one article.
const MOST_FRAGMENTS: usize = 3;

/// A piece of an article's text with the matches in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The field it is from: `body`.
    pub field: &'static str,
    /// The text; `…` stands where a sentence was cut.
    pub text: String,
    /// The matches, as byte ranges of `text`, in order.
    pub highlights: Vec<(usize, usize)>,
    /// Whether text is left out between the snippet before it and this one.
    pub apart: bool,
}

/// The best fragments of the body with matches, up to three, in the order of the text; the lead where none
/// has any.
pub fn snippets(passages: &[Passage]) -> Vec<Snippet> {
    let body: Vec<&Passage> = passages.iter().filter(|passage| passage.field == Field::Body).collect();
    let mut fragments: Vec<Fragment> =
        body.iter().enumerate().flat_map(|(at, passage)| row_fragments(at, passage)).collect();
    // Which fragment is best depends on what those before it have shown already.
    let mut chosen: Vec<Fragment> = Vec::new();
    let mut shown: Vec<usize> = Vec::new();
    while chosen.len() < MOST_FRAGMENTS {
        let best = fragments
            .iter()
            .enumerate()
            .map(|(at, fragment)| (fragment.worth(&shown), std::cmp::Reverse(at)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let Some((_, std::cmp::Reverse(at))) = best else { break };
        let fragment = fragments.remove(at);
        shown.extend(&fragment.clauses);
        // What an article says twice is shown once.
        fragments.retain(|other| !other.overlaps(&fragment) && other.text(&body) != fragment.text(&body));
        chosen.push(fragment);
    }
    if chosen.is_empty() {
        return body
            .iter()
            .find(|passage| !passage.text.trim().is_empty())
            .map(|passage| lead(passage))
            .into_iter()
            .collect();
    }
    chosen.sort_by_key(|fragment| (fragment.passage, fragment.start));
    let before = std::iter::once(None).chain(chosen.iter().map(Some));
    let shown = chosen.iter().zip(before).map(|(fragment, before)| Snippet {
        apart: before.is_some_and(|before| !fragment.follows(before, &body)),
        ..fragment.snippet(body[fragment.passage])
    });
    shown.collect()
}

struct Fragment {
    passage: usize,
    start: usize,
    end: usize,
    /// The clauses whose matches it holds, one entry a match.
    clauses: Vec<usize>,
    /// Bytes of matches that are phrases.
    longest: usize,
}

impl Fragment {
    /// New clauses count most, then phrases, then further matches; the earlier in the article the better.
    fn worth(&self, shown: &[usize]) -> f64 {
        let mut distinct = self.clauses.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let new = distinct.iter().filter(|clause| !shown.contains(clause)).count();
        new as f64 * 10.0
            + distinct.len() as f64 * 3.0
            + self.clauses.len().min(6) as f64 * 0.5
            + (self.longest as f64 / 20.0).min(2.0)
            - self.passage as f64 * 0.05
    }

    /// Whether nothing stands between another fragment and this one.
    fn follows(&self, before: &Fragment, body: &[&Passage]) -> bool {
        let blank = |passage: usize, from: usize, to: usize| {
            let text = body.get(passage).map_or("", |passage| passage.text.as_str());
            text.get(from..to.min(text.len())).is_none_or(|between| between.trim().is_empty())
        };
        if self.passage == before.passage {
            return blank(self.passage, before.end, self.start);
        }
        let between = before.passage + 1..self.passage;
        blank(before.passage, before.end, usize::MAX)
            && blank(self.passage, 0, self.start)
            && between.into_iter().all(|passage| blank(passage, 0, usize::MAX))
    }

    fn overlaps(&self, other: &Fragment) -> bool {
        self.passage == other.passage && self.start < other.end && other.start < self.end
    }

    fn text<'r>(&self, body: &[&'r Passage]) -> Option<&'r str> {
        body.get(self.passage)?.text.get(self.start..self.end).map(str::trim_end)
    }

    fn snippet(&self, passage: &Passage) -> Snippet {
        let sentences = passage.sentences();
        let cut_before = !sentences.contains(&self.start);
        let cut_after = self.end < passage.text.trim_end().len()
            && !sentences.contains(&next_word(&passage.text, self.end));
        cut_out(&passage.text, self.start, self.end, cut_before, cut_after, &passage.highlights)
    }
}

fn cut_out(
    text: &str,
    start: usize,
    end: usize,
    cut_before: bool,
    cut_after: bool,
    highlights: &[Highlight],
) -> Snippet {
    let inside = text[start..end].trim_end();
    let mut out = String::with_capacity(inside.len() + 6);
    if cut_before {
        out.push('…');
    }
    let shift = out.len();
    out.push_str(inside);
    if cut_after {
        out.push('…');
    }
    let highlights = highlights
        .iter()
        .filter(|highlight| start <= highlight.start && highlight.end <= start + inside.len())
        .map(|highlight| (highlight.start - start + shift, highlight.end - start + shift))
        .collect();
    Snippet { field: "body", text: out, highlights, apart: false }
}

fn row_fragments(at: usize, passage: &Passage) -> Vec<Fragment> {
    let mut fragments: Vec<Fragment> = Vec::new();
    let sentences = if passage.highlights.is_empty() { Vec::new() } else { passage.sentences() };
    for highlight in &passage.highlights {
        if fragments.last().is_some_and(|last| highlight.end <= last.end) {
            continue;
        }
        let (start, end) = around(passage, &sentences, highlight);
        let from = passage.highlights.partition_point(|m| m.start < start);
        let begun = || passage.highlights[from..].iter().take_while(|m| m.start < end);
        let inside = || begun().filter(|m| m.end <= end);
        fragments.push(Fragment {
            passage: at,
            start,
            end,
            clauses: inside().map(|m| m.clause).collect(),
            longest: inside().map(|m| m.end - m.start).max().unwrap_or(0),
        });
    }
    fragments
}

/// The stretch of text to show around a match: its sentence, with the next ones while they fit; a piece of
/// the sentence where that is too long.
fn around(passage: &Passage, sentences: &[usize], highlight: &Highlight) -> (usize, usize) {
    let text = &passage.text;
    let sentence = sentences.partition_point(|start| *start <= highlight.start).saturating_sub(1);
    let start = sentences.get(sentence).copied().unwrap_or(0);
    let end_of = |sentence: usize| sentences.get(sentence + 1).copied().unwrap_or(text.len());
    let mut end = end_of(sentence).max(highlight.end);
    if !has_at_most(WHOLE_SENTENCE_CHARS, &text[start..end]) {
        return window(text, start, end, highlight);
    }
    let mut last = sentence;
    while end < text.len() && has_at_most(FRAGMENT_CHARS, &text[start..end_of(last + 1)]) {
        last += 1;
        end = end_of(last);
    }
    (start, end)
}

/// About [`FRAGMENT_CHARS`] characters of a long sentence around a match, cut between words, or between
/// graphemes where there are no words.
fn window(text: &str, start: usize, end: usize, highlight: &Highlight) -> (usize, usize) {
    let before = FRAGMENT_CHARS / 3;
    let left = nth_grapheme_from_end(&text[start..highlight.start], before).map_or(start, |at| start + at);
    let left = if left > start {
        next_word(text, text[left..highlight.start].find(' ').map_or(left, |at| left + at))
    } else {
        start
    };
    let room = FRAGMENT_CHARS.saturating_sub(chars(&text[left..highlight.end]));
    let right = nth_grapheme(&text[highlight.end..end], room).map_or(end, |at| highlight.end + at);
    let right = if right < end {
        text[highlight.end..right].rfind(' ').map_or(right, |at| highlight.end + at)
    } else {
        end
    };
    (left.min(highlight.start), right.max(highlight.end))
}

/// Where the grapheme number `n` begins, counted from 0.
fn nth_grapheme(text: &str, n: usize) -> Option<usize> {
    match text.as_bytes().get(..=n) {
        // Each ASCII character is one, but for a carriage return before a line feed, which no article has.
        Some(head) if head.is_ascii() && !head.contains(&b'\r') => Some(n),
        Some(_) => text.grapheme_indices(true).nth(n).map(|(at, _)| at),
        None => None,
    }
}

/// The same, counted from the end.
fn nth_grapheme_from_end(text: &str, n: usize) -> Option<usize> {
    let at = text.len().checked_sub(n + 1)?;
    match text.as_bytes().get(at.saturating_sub(1)..) {
        Some(tail) if tail.is_ascii() && !tail.contains(&b'\r') => Some(at),
        _ => text.grapheme_indices(true).rev().nth(n).map(|(at, _)| at),
    }
}

/// The first `FRAGMENT_CHARS` characters or so of a paragraph.
fn lead(passage: &Passage) -> Snippet {
    let text = passage.text.trim_end();
    if has_at_most(WHOLE_SENTENCE_CHARS, text) {
        return cut_out(&passage.text, 0, text.len(), false, false, &[]);
    }
    let fitting = passage
        .sentences()
        .into_iter()
        .take_while(|at| has_at_most(WHOLE_SENTENCE_CHARS, &text[..*at]))
        .last();
    match fitting {
        Some(end) if end > 0 => cut_out(&passage.text, 0, end, false, false, &[]),
        _ => {
            let highlight = Highlight { start: 0, end: 0, clause: 0 };
            let (start, end) = window(text, 0, text.len(), &highlight);
            cut_out(&passage.text, start, end, false, true, &[])
        }
    }
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Whether a text, however long it is, has no more than so many characters.
fn has_at_most(most: usize, text: &str) -> bool {
    text.chars().nth(most).is_none()
}

fn next_word(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(text: &str, words: &[&str]) -> Passage {
        let mut highlights: Vec<Highlight> = Vec::new();
        for (clause, word) in words.iter().enumerate() {
            highlights.extend(text.match_indices(word).map(|(start, w)| Highlight {
                start,
                end: start + w.len(),
                clause,
            }));
        }
        highlights.sort();
        Passage { field: Field::Body, text: text.to_owned(), highlights }
    }

    fn shown(snippet: &Snippet) -> Vec<&str> {
        snippet.highlights.iter().map(|(s, e)| &snippet.text[*s..*e]).collect()
    }

    #[test]
    fn whole_sentences_where_they_fit() {
        let passages = [passage(
            "It rained all day long in the hills. The peace plan fell apart. Nobody spoke.",
            &["peace plan"],
        )];
        let found = snippets(&passages);
        assert_eq!(found[0].text, "The peace plan fell apart. Nobody spoke.");
        assert_eq!(shown(&found[0]), ["peace plan"]);
    }

    #[test]
    fn what_is_said_twice_is_shown_once() {
        let said = passage("The peace plan fell apart.", &["peace plan"]);
        let passages = [
            said.clone(),
            passage("It rained.", &[]),
            said,
            passage("A new peace plan came.", &["peace plan"]),
        ];
        let texts: Vec<String> = snippets(&passages).into_iter().map(|snippet| snippet.text).collect();
        assert_eq!(texts, ["The peace plan fell apart.", "A new peace plan came."]);
    }

    #[test]
    fn the_best_fragments_are_shown_in_the_order_of_the_text() {
        let long = "Filler words go here to keep the two sentences well apart from one another in this paragraph of the story, \
            which runs on and on for quite a while so that nothing else fits beside it in one fragment.";
        let passages = [
            passage("Only peace here.", &["peace"]),
            passage("More of peace there.", &["peace"]),
            passage("Still no peace.", &["peace"]),
            passage(long, &[]),
            passage("A plan for peace was made.", &["peace", "plan"]),
        ];
        let found = snippets(&passages);
        let found: Vec<_> = found.iter().map(|snippet| (snippet.text.as_str(), snippet.apart)).collect();
        let expected = [
            ("Only peace here.", false),
            ("More of peace there.", false),
            ("A plan for peace was made.", true),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn long_sentences_are_cut_between_words_around_the_match() {
        let text = format!("{} the peace plan {}.", "one two three ".repeat(40), "four five six ".repeat(40));
        let found = snippets(&[passage(&text, &["peace plan"])]);
        assert!(found[0].text.starts_with('…') && found[0].text.ends_with('…'), "{}", found[0].text);
        assert!(found[0].text.chars().count() < 260);
        assert_eq!(shown(&found[0]), ["peace plan"]);
    }

    #[test]
    fn no_match_shows_the_lead() {
        let found = snippets(&[passage("The lead says what happened. More follows.", &[])]);
        assert_eq!(found[0].text, "The lead says what happened. More follows.");
        assert!(found[0].highlights.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn graphemes_are_counted_as_unicode_counts_them(text in "[ab \r\n\u{301}é👩\u{200d}🇦🇧한]{0,20}", n in 0usize..12) {
            let all: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            proptest::prop_assert_eq!(nth_grapheme(&text, n), all.get(n).copied());
            let from_end = all.len().checked_sub(n + 1).and_then(|at| all.get(at)).copied();
            proptest::prop_assert_eq!(nth_grapheme_from_end(&text, n), from_end);
        }
    }

    #[test]
    fn text_without_spaces_is_cut_between_graphemes() {
        let text = format!("{}和平案{}", "漏れた".repeat(100), "が👨‍👩‍👧".repeat(100));
        let found = snippets(&[passage(&text, &["和平案"])]);
        assert_eq!(shown(&found[0]), ["和平案"]);
        assert!(found[0].text.graphemes(true).count() < 270);
    }
}
