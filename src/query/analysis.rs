//! Turns a query's tree into clauses: a word becomes the keys of the term dictionary that it means, in all
//! the ways to write it.

use std::ops::Range;

use crate::analysis::fold::fold;
use crate::analysis::tokenize::{Kind, tokenize};
use crate::analysis::{exact_form, is_another_word_in_capitals, search_keys, stands_whole, write_form};
use crate::field::Field;
use crate::section;

use super::ast::{Node, NodeKind, Pattern, PatternPart};
use super::clause::{Clause, FoldedPattern, Leaf, Terms};
use super::compound::{self, Lexicon};
use super::endings;
use super::notation::{self, Joint};
use super::notice::{Notice, NoticeKind};
use super::spelling;
use super::variants::NameVariants;

/// Words that mean nothing among others (the list that Lucene's English analyzer has). They are searched when
/// there is nothing else, and wherever they stand in a phrase.
const STOP_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no",
    "not", "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to",
    "was", "will", "with",
];

/// The most ways to write one phrase that are searched beside the one that was typed.
const MOST_WAYS: usize = 64;

/// Turns a query's tree into clauses.
#[derive(Default)]
pub struct Analysis<'a> {
    /// What there is to know about it.
    pub notices: Vec<Notice>,
    /// Names and words that are searched in other spellings too: what was typed, then the others.
    pub spellings: Vec<Vec<String>>,
    variants: Option<&'a NameVariants>,
    lexicon: Option<&'a dyn Lexicon>,
    /// Whether there were more ways to write a phrase than are searched.
    pub ways_left_out: bool,
    /// Whether it was said that words of some languages are found as written only.
    said_endings: bool,
    /// Whether all of the query is in capitals, so that these do not make `US` another word than `us`.
    in_capitals: bool,
}

impl<'a> Analysis<'a> {
    /// An analysis that finds names in the other spellings of `variants` too, and with a lexicon words in
    /// those that the archive holds.
    pub fn with_variants(variants: Option<&'a NameVariants>) -> Self {
        Self { variants, ..Self::default() }
    }

    /// With the words of an archive, by which words written together and apart are told to be the same.
    pub fn with_lexicon(self, lexicon: &'a dyn Lexicon) -> Self {
        Self { lexicon: Some(lexicon), ..self }
    }

    /// The clause that `node` means.
    pub fn clause(&mut self, node: &Node) -> Clause {
        self.in_capitals = is_in_capitals(node);
        let mut words = Vec::new();
        node.each_text(&mut |text| words.extend(text.split(|c: char| !c.is_alphanumeric())));
        let listed = |word: &&&str| is_another_word_in_capitals(word);
        if let Some(word) = words.iter().find(listed).filter(|_| self.in_capitals) {
            let message =
                format!("the query is in capitals: `{word}` is looked for as `{}` too", word.to_lowercase());
            self.notices.push(Notice { kind: NoticeKind::Advice, message, span: node.span.clone() });
        }
        self.clause_in(node, None).unwrap_or(Clause::Nothing)
    }

    /// `None` for what holds nothing to search for; a notice says so.
    fn clause_in(&mut self, node: &Node, field: Option<Field>) -> Option<Clause> {
        match &node.kind {
            NodeKind::Word { text, .. } | NodeKind::Phrase { text, .. } if field == Some(Field::Id) => {
                Some(Clause::Id(text.clone()))
            }
            NodeKind::Word { text, exact } => self.word(node, text, *exact, field),
            NodeKind::Phrase { text, slop, exact } => self.phrase(node, text, *slop, *exact, field),
            NodeKind::Pattern(pattern) => {
                let folded = FoldedPattern::new(pattern);
                Some(self.leaf(pattern_text(pattern), String::new(), field, Terms::Pattern(folded)))
            }
            NodeKind::Fuzzy { text, edits } => {
                let form = fold(text).replace('-', "");
                Some(self.leaf(text.clone(), form.clone(), field, Terms::Fuzzy { form, edits: *edits }))
            }
            NodeKind::And(nodes) => join(self.all(nodes, field), Clause::And),
            NodeKind::Or(nodes) => {
                let clauses = nodes.iter().filter_map(|node| self.clause_in(node, field)).collect();
                join(clauses, Clause::Or)
            }
            NodeKind::Not(inner) => self.clause_in(inner, field).map(|clause| Clause::Not(Box::new(clause))),
            NodeKind::Near { within, left, right } => {
                let mut sides = vec![self.clause_in(left, field), self.clause_in(right, field)];
                if let (Some(first), Some(second)) = (plain_word(left), plain_word(right)) {
                    self.spell_months(first, second, sides.iter_mut().flatten());
                }
                match (sides.pop().flatten(), sides.pop().flatten()) {
                    (Some(right), Some(left)) => Some(Clause::Near(*within, Box::new(left), Box::new(right))),
                    (one, other) => one.or(other),
                }
            }
            NodeKind::AtLeast { count, node } => {
                self.clause_in(node, field).map(|clause| Clause::AtLeast(*count, Box::new(clause)))
            }
            NodeKind::Field(of @ (Field::Path | Field::Source), inner) => {
                self.clause_in(&Node::in_field(*of, inner.as_ref().clone()), field)
            }
            NodeKind::Field(field, inner) => self.clause_in(inner, Some(*field)),
            NodeKind::Date(filter) => Some(Clause::Date(*filter)),
            NodeKind::Length(range) => Some(Clause::Length(*range)),
            NodeKind::Narrow(narrowing) => Some(Clause::Narrow(narrowing.clone())),
            NodeKind::Boost(inner, weight) => {
                self.clause_in(inner, field).map(|clause| Clause::Boost(Box::new(clause), *weight))
            }
        }
    }

    /// The clauses of `nodes`, without stop words where there is anything else to look for.
    fn meaningful(&mut self, nodes: &[Node], field: Option<Field>) -> Vec<Clause> {
        let asks = |node: &&Node| {
            !matches!(
                node.kind,
                NodeKind::Not(_) | NodeKind::Date(_) | NodeKind::Length(_) | NodeKind::Narrow(_)
            )
        };
        let only_stop_words = nodes.iter().filter(asks).all(is_stop_word);
        let kept = nodes.iter().filter(|node| only_stop_words || !is_stop_word(node));
        kept.filter_map(|node| self.clause_in(node, field)).collect()
    }

    /// All of `nodes`. Two words in a row are also found where they are written as one: then that one stands
    /// for both.
    fn all(&mut self, nodes: &[Node], field: Option<Field>) -> Vec<Clause> {
        let mut clauses = self.meaningful(nodes, field);
        let Some(lexicon) = self.lexicon.filter(|_| field != Some(Field::Id)) else { return clauses };
        for (first, second) in nodes.iter().zip(nodes.iter().skip(1)) {
            let (Some(first), Some(second)) = (plain_word(first), plain_word(second)) else { continue };
            let mut keys = compound::joined(first, second, lexicon).unwrap_or_default();
            keys.extend(notation::percent_in_one_word(&format!("{first} {second}")));
            for clause in clauses.iter_mut().filter(|_| !keys.is_empty()) {
                if let Some(leaf) = clause.word_mut().filter(|leaf| leaf.text == first || leaf.text == second)
                {
                    leaf.terms.also(&keys);
                }
            }
            self.spell_months(first, second, clauses.iter_mut());
        }
        clauses
    }

    /// Where one of two words is a month and the other a number, gives the month's clause its other ways to
    /// write it.
    fn spell_months<'c>(&mut self, first: &str, second: &str, clauses: impl Iterator<Item = &'c mut Clause>) {
        let [of_first, of_second] =
            [(first, second), (second, first)].map(|(month, number)| self.other_months(month, &[number]));
        if of_first.is_empty() && of_second.is_empty() {
            return;
        }
        let is = |leaf: &Leaf, month: &str| leaf.text == month.trim_end_matches(['.', ',']);
        for leaf in clauses.filter_map(Clause::word_mut) {
            if is(leaf, first) {
                leaf.terms.also(&of_first);
            } else if is(leaf, second) {
                leaf.terms.also(&of_second);
            }
        }
    }

    /// The keys of the other ways to write a month that stands beside a number, as far as the archive has
    /// them.
    fn other_months(&mut self, month: &str, beside: &[&str]) -> Vec<String> {
        let (Some(lexicon), Some(_)) = (self.lexicon, self.variants) else { return Vec::new() };
        let mut months = notation::month(month, beside);
        months.retain(|month| lexicon.holds(&month.keys));
        self.show_spellings(month.trim_end_matches(['.', ',']), months.iter().map(|month| month.spelling));
        months.into_iter().flat_map(|month| month.keys).collect()
    }

    /// Says that `typed` is searched in these spellings too.
    fn show_spellings<'s>(&mut self, typed: &str, others: impl Iterator<Item = &'s str>) {
        let folded = fold(typed);
        for other in others {
            let known =
                self.spellings.iter_mut().find(|group| group.iter().any(|known| fold(known) == folded));
            match known {
                Some(group) if group.iter().any(|known| known == other) => {}
                Some(group) => group.push(other.to_owned()),
                None => self.spellings.push(vec![typed.to_owned(), other.to_owned()]),
            }
        }
    }

    /// The other spellings of a name, as they are looked for in `field`; of a section, the name that it goes
    /// by in the index.
    fn other_spellings(&mut self, typed: &str, field: Option<Field>) -> Vec<Clause> {
        let folded = fold(typed);
        let others: Vec<&str> = match (field, self.variants) {
            (Some(Field::Section), _) => section::known(typed).into_iter().collect(),
            (_, Some(variants)) => variants.variants_of(&folded).iter().map(String::as_str).collect(),
            (_, None) => Vec::new(),
        };
        let others: Vec<&str> = others.into_iter().filter(|spelling| fold(spelling) != folded).collect();
        if others.is_empty() {
            return Vec::new();
        }
        let mut shown = vec![typed.to_owned()];
        shown.extend(others.iter().map(|spelling| (*spelling).to_owned()));
        let same_group = |known: &Vec<String>| known.iter().any(|spelling| fold(spelling) == folded);
        if !self.spellings.iter().any(same_group) {
            self.spellings.push(shown);
        }
        let clause_of = |spelling: &str| {
            let Elements { mut words, .. } = self.elements(spelling, false, field);
            match words.len() {
                0 => None,
                1 => words.pop()?.pop().map(Clause::Word),
                _ => Some(Clause::Phrase { elements: words, slop: 0 }),
            }
        };
        others.into_iter().filter_map(clause_of).collect()
    }

    /// A word with its other spellings, itself first: those of one word become keys of the same leaf, which
    /// costs nothing.
    fn spellings_of(&mut self, mut leaf: Leaf) -> Vec<Clause> {
        let mut ways = Vec::new();
        for other in self.other_spellings(&leaf.text, leaf.field) {
            match (other, &mut leaf.terms) {
                (Clause::Word(Leaf { terms: Terms::Keys(more), .. }), Terms::Keys(keys)) => keys.extend(more),
                (other, _) => ways.push(other),
            }
        }
        if let (Some(lexicon), Some(_)) = (self.lexicon, self.variants) {
            let others = spelling::others(&leaf, lexicon);
            self.show_spellings(&leaf.text, others.iter().map(|other| other.spelling.as_str()));
            for spelling::Other { spelling, terms } in others {
                match terms {
                    Terms::Keys(more) => leaf.terms.also(&more),
                    terms => {
                        let form = fold(&spelling);
                        ways.push(Clause::Word(Leaf { text: spelling, form, field: leaf.field, terms }));
                    }
                }
            }
        }
        leaf.terms.also(&notation::percent_in_one_word(&leaf.text));
        ways.insert(0, Clause::Word(leaf));
        ways
    }

    /// A word with its other spellings, and with those of several words.
    fn spelt(&mut self, leaf: Leaf) -> Clause {
        let mut ways = self.spellings_of(leaf);
        let Some(Clause::Word(leaf)) = ways.first().cloned() else { return Clause::Same(ways) };
        ways.extend(self.apart(&leaf));
        let noted = notation::ways(&[vec![leaf]], &[], self.lexicon);
        ways.extend(noted.into_iter().map(|elements| phrase_of(elements, 0)));
        same(ways)
    }

    /// A word written as two.
    fn apart(&self, leaf: &Leaf) -> Option<Clause> {
        let lexicon = self.lexicon?;
        let parts = compound::apart(leaf, lexicon).or_else(|| notation::elision_opened(leaf, lexicon))?;
        let elements = parts.map(|leaf| vec![leaf]).to_vec();
        Some(Clause::Phrase { elements, slop: 0 })
    }

    fn leaf(&mut self, text: String, form: String, field: Option<Field>, terms: Terms) -> Clause {
        // What stands for ids is taken as a word.
        let field = field.filter(|field| *field != Field::Id);
        Clause::Word(Leaf { text, form, field, terms })
    }

    /// A word as typed may be several to the analysis: then they stand for themselves as a phrase, and a
    /// compound also for its closed form.
    fn word(&mut self, node: &Node, text: &str, exact: bool, field: Option<Field>) -> Option<Clause> {
        if field == Some(Field::Section) && !exact {
            return self.phrase(node, text, 0, exact, field);
        }
        self.say_what_has_no_endings(node, text, exact);
        let Elements { mut words, joints, whole } = self.elements(text, exact, field);
        match (words.len(), whole) {
            (0, _) => {
                self.nothing_in(node, text);
                None
            }
            (_, Some(Whole::Instead(leaf))) => Some(Clause::Word(leaf)),
            (1, _) => {
                let leaf = words.into_iter().next()?.into_iter().next()?;
                Some(if exact { Clause::Word(leaf) } else { self.spelt(leaf) })
            }
            (_, Some(Whole::Beside(leaf))) => {
                let mut ways = vec![Clause::Word(leaf.clone())];
                if !exact {
                    ways = self.spellings_of(leaf);
                    self.spell_each(&mut words);
                }
                ways.insert(0, Clause::Phrase { elements: words, slop: 0 });
                Some(Clause::Same(ways))
            }
            (_, None) if exact => Some(Clause::Phrase { elements: words, slop: 0 }),
            (_, None) => Some(self.noted(node, text, words, &joints, 0, field)),
        }
    }

    fn phrase(
        &mut self,
        node: &Node,
        text: &str,
        slop: u32,
        exact: bool,
        field: Option<Field>,
    ) -> Option<Clause> {
        self.say_what_has_no_endings(node, text, exact);
        let Elements { mut words, mut joints, .. } = self.elements(text, exact, field);
        // Authors are indexed without the `By` that stands before them in print.
        let says_by =
            words.first().and_then(|e| e.first()).is_some_and(|leaf| leaf.text.eq_ignore_ascii_case("by"));
        if field == Some(Field::Author) && says_by && words.len() > 1 {
            words.remove(0);
            joints.remove(0);
        }
        match words.len() {
            0 => {
                self.nothing_in(node, text);
                None
            }
            1 => {
                let leaf = words.into_iter().next()?.into_iter().next()?;
                Some(if exact { Clause::Word(leaf) } else { self.spelt(leaf) })
            }
            _ if exact => Some(Clause::Phrase { elements: words, slop }),
            _ => Some(self.noted(node, text, words, &joints, slop, field)),
        }
    }

    /// Several words in a row, in all the ways to write them.
    fn noted(
        &mut self,
        node: &Node,
        text: &str,
        mut words: Vec<Vec<Leaf>>,
        joints: &[Joint],
        slop: u32,
        field: Option<Field>,
    ) -> Clause {
        let mut ways = self.other_spellings(text, field);
        self.spell_each(&mut words);
        let mut others = notation::ways(&words, joints, self.lexicon);
        if let Some(lexicon) = self.lexicon {
            others.extend(compound::respelt(&words, lexicon));
        }
        if others.len() > MOST_WAYS {
            self.ways_left_out = true;
            let message = format!(
                "{text:?} can be written in {} more ways; {MOST_WAYS} of them are searched",
                others.len()
            );
            self.notices.push(Notice { kind: NoticeKind::Advice, message, span: node.span.clone() });
        }
        ways.extend(others.into_iter().take(MOST_WAYS).map(|elements| phrase_of(elements, slop)));
        ways.insert(0, Clause::Phrase { elements: words, slop });
        same(ways)
    }

    /// Gives each word of a phrase its other spellings.
    fn spell_each(&mut self, words: &mut [Vec<Leaf>]) {
        let texts: Vec<String> = words
            .iter()
            .map(|words| words.first().map_or_else(String::new, |leaf| leaf.text.clone()))
            .collect();
        for (at, element) in words.iter_mut().enumerate() {
            let spelt = element.drain(..).flat_map(|leaf| self.spellings_of(leaf)).collect::<Vec<_>>();
            element.extend(spelt.into_iter().filter_map(|way| match way {
                Clause::Word(leaf) => Some(leaf),
                _ => None,
            }));
            let before = at.checked_sub(1).and_then(|before| texts.get(before));
            let beside: Vec<&str> = before.into_iter().chain(texts.get(at + 1)).map(String::as_str).collect();
            let keys = self.other_months(&texts[at], &beside);
            if let Some(leaf) = element.first_mut().filter(|_| !keys.is_empty()) {
                leaf.terms.also(&keys);
            }
        }
    }

    /// The keys of a word: those that the archive can hold, if there is one. An address is no part of the
    /// articles that the lexicon knows.
    fn keys(&self, raw: &str, kind: Kind, field: Option<Field>) -> Vec<String> {
        let lexicon = self.lexicon.filter(|_| field != Some(Field::Url));
        lexicon.map_or_else(|| search_keys(raw, kind), |lexicon| lexicon.keys(raw, kind))
    }

    /// The words of a text, one element each. For a text that is one compound, also the compound as a whole.
    fn elements(&self, text: &str, exact: bool, field: Option<Field>) -> Elements {
        let mut found: Vec<(Kind, u32, Leaf, Range<usize>)> = Vec::new();
        let used = tokenize(text, |s| {
            let raw = &text[s.start..s.end];
            let kind = match s.kind {
                Kind::Acronym if self.in_capitals && is_another_word_in_capitals(raw) => Kind::Capitals,
                kind => kind,
            };
            let terms = match exact_form(raw, kind).filter(|_| exact) {
                Some(form) => Terms::Form(form),
                None => Terms::Keys(self.keys(raw, kind, field)),
            };
            let mut form = String::new();
            write_form(raw, kind, &mut form);
            found.push((kind, s.width, Leaf { text: raw.to_owned(), form, field, terms }, s.start..s.end));
        });
        let mut words: Vec<Vec<Leaf>> = Vec::new();
        let mut joints = Vec::new();
        let mut end = 0;
        let mut put = |words: &mut Vec<Vec<Leaf>>, leaf: Leaf, place: Range<usize>| {
            if let Some(before) = words.last_mut() {
                let joint = Joint::of(text.get(end..place.start).unwrap_or_default());
                if joint == Joint::Apostrophe && !exact {
                    before.iter_mut().for_each(|leaf| leaf.terms.also(&notation::other_elisions(&leaf.text)));
                }
                joints.push(joint);
            }
            end = place.end;
            words.push(vec![leaf]);
        };
        let mut whole = None;
        let mut skip = 0;
        for (kind, width, leaf, place) in found {
            match kind {
                Kind::Compound if width == used => whole = Some(Whole::Beside(leaf)),
                // The parts of `sit-in` are not in the index.
                Kind::Compound if stands_whole(&leaf.text) => {
                    put(&mut words, leaf, place);
                    skip = width;
                }
                Kind::Compound => {}
                Kind::Figures | Kind::Initials if width == used => whole = Some(Whole::Instead(leaf)),
                // Within a phrase, `9/11` is one word of two positions.
                Kind::Figures | Kind::Initials => {
                    put(&mut words, leaf, place);
                    skip = width;
                }
                _ if skip > 0 => skip -= 1,
                _ => put(&mut words, leaf, place),
            }
        }
        Elements { words, joints, whole }
    }

    /// Says once that a word's endings are not known, where its letters tell.
    fn say_what_has_no_endings(&mut self, node: &Node, text: &str, exact: bool) {
        let Some(language) = endings::language_without_endings(text).filter(|_| !exact && !self.said_endings)
        else {
            return;
        };
        self.said_endings = true;
        let hint = if text.contains(' ') { String::new() } else { format!("; `{text}*` finds more") };
        let message =
            format!("words of languages without known endings ({language}) are found as written only{hint}");
        self.notices.push(Notice { kind: NoticeKind::Advice, message, span: node.span.clone() });
    }

    fn nothing_in(&mut self, node: &Node, text: &str) {
        self.notices.push(Notice {
            kind: NoticeKind::Misread,
            message: format!("`{text}` holds no letter or digit and is left out"),
            span: node.span.clone(),
        });
    }
}

/// Ways to write one thing, of which there may be only one.
fn same(mut ways: Vec<Clause>) -> Clause {
    match ways.len() {
        1 => ways.pop().unwrap_or(Clause::Nothing),
        _ => Clause::Same(ways),
    }
}

fn phrase_of(mut elements: Vec<Vec<Leaf>>, slop: u32) -> Clause {
    match elements.as_mut_slice() {
        [only] if only.len() == 1 => only.pop().map_or(Clause::Nothing, Clause::Word),
        [only] => Clause::Same(only.drain(..).map(Clause::Word).collect()),
        _ => Clause::Phrase { elements, slop },
    }
}

/// The text of a bare word.
fn plain_word(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Word { text, exact: false } => Some(text),
        _ => None,
    }
}

/// Whether all words of a query are in capitals, and one of them says that this is how it was typed: it is
/// none that is another word in capitals.
pub fn is_in_capitals(node: &Node) -> bool {
    let (mut any_small, mut is_told) = (false, false);
    // In a question in capitals, operators are read as words in small letters.
    const READ_SMALL: &[&str] = &["and", "or", "not", "but", "near", "same", "adj"];
    node.each_text(&mut |text| {
        any_small |= !READ_SMALL.contains(&text) && text.chars().any(char::is_lowercase);
        is_told |= text.split(|c: char| !c.is_alphanumeric()).any(|word| {
            !is_another_word_in_capitals(word) && word.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
        });
    });
    is_told && !any_small
}

/// Whether a node is a bare stop word: `=the` is meant, and so is what is another word in capitals (`IT`).
pub fn is_stop_word(node: &Node) -> bool {
    let NodeKind::Word { text, exact: false } = &node.kind else { return false };
    STOP_WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) && !is_another_word_in_capitals(text)
}

/// The words of a text.
struct Elements {
    /// One element each.
    words: Vec<Vec<Leaf>>,
    /// What stands between them.
    joints: Vec<Joint>,
    /// For a text that is one compound, this as a whole.
    whole: Option<Whole>,
}

/// A compound as a whole.
enum Whole {
    /// It stands beside its parts (`counter-proposal`).
    Beside(Leaf),
    /// It is what is searched for (`9/11`).
    Instead(Leaf),
}

fn join(mut clauses: Vec<Clause>, kind: fn(Vec<Clause>) -> Clause) -> Option<Clause> {
    if clauses.len() < 2 { clauses.pop() } else { Some(kind(clauses)) }
}

fn pattern_text(pattern: &Pattern) -> String {
    pattern
        .parts
        .iter()
        .map(|part| match part {
            PatternPart::Text(text) => text.as_str(),
            PatternPart::One => "?",
            PatternPart::Many => "*",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_by_of_a_byline_is_no_part_of_a_name() {
        let clause = |text: &str, field| {
            let node = Node::new(NodeKind::Phrase { text: text.into(), slop: 0, exact: false }, 0..0);
            Analysis::default().clause(&Node::in_field(field, node))
        };
        assert_eq!(clause("by Ana Sousa", Field::Author), clause("Ana Sousa", Field::Author));
        assert_ne!(clause("by the river", Field::Headline), clause("the river", Field::Headline));
    }
}
