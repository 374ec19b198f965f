//! The three steps put together: text in, terms with positions out.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::byte;
use super::capitals;
use super::fold::{fold, fold_into};
use super::language::Language;
use super::prefix;
use super::stem::{number_of_plural, stem_into};
use super::term;
use super::term_cache::TermCache;
use super::tokenize::{Kind, RawToken, is_hyphen, is_unspaced, tokenize};
use crate::panics::Panic;

/// Parts at the end of a compound that make it another word than its first part: `Fox-IT` is no fox, a
/// `sit-in` no sitting. Such a compound is found as a whole, with or without the hyphen, but not by its
/// parts.
const PARTICLES: &[&str] = &["it", "in", "on", "up", "off", "out", "by", "down", "over"];

/// Tag of terms that have no stem.
const AS_WRITTEN: u8 = b'0';

/// Ends the stem of a word of which its capitals do not tell whether it is another word: both find it.
const EITHER: char = '^';

/// One term of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// The term as it stands in the dictionary (see [`term`]).
    pub term: &'a str,
    /// The word it comes from.
    pub raw: RawToken,
    /// Number of words before it.
    pub position: u32,
}

/// Turns text into terms. Keeps the terms of the words it has seen.
///
/// Should it panic, the text gives no more terms, and [`failure`](Self::take_failure) says so: one text must
/// not end a run, nor every search that comes by it.
#[derive(Clone, Default)]
pub struct Analyzer {
    terms: TermCache,
    maker: TermMaker,
    number: String,
    failure: Option<Panic>,
}

impl Analyzer {
    /// Calls `sink` for every term of `text`, in order of position, and returns the number of positions used.
    pub fn analyze(&mut self, text: &str, language: Language, sink: impl FnMut(Token<'_>)) -> u32 {
        self.analyze_some(text, language, |_| true, sink)
    }

    /// The same, but the term is made of those words only that are `wanted`; it is empty for the others.
    ///
    /// # Panics
    /// Where `sink` does.
    pub fn analyze_some(
        &mut self,
        text: &str,
        language: Language,
        wanted: impl Fn(&str) -> bool,
        mut sink: impl FnMut(Token<'_>),
    ) -> u32 {
        let (used, in_sink) = (Cell::new(0), Cell::new(false));
        let analyzed = catch_unwind(AssertUnwindSafe(|| {
            self.analyze_or_panic(text, language, wanted, |token| {
                used.set(token.position + token.raw.width);
                in_sink.set(true);
                sink(token);
                in_sink.set(false);
            })
        }));
        match analyzed {
            Ok(used) => used,
            Err(payload) if in_sink.get() => resume_unwind(payload),
            Err(payload) => {
                // What it knew may be half of something.
                *self = Self { failure: Some(Panic::of(payload.as_ref())), ..Self::default() };
                used.get()
            }
        }
    }

    /// The last panic since it was asked for.
    pub fn take_failure(&mut self) -> Option<Panic> {
        self.failure.take()
    }

    fn analyze_or_panic(
        &mut self,
        text: &str,
        language: Language,
        wanted: impl Fn(&str) -> bool,
        mut sink: impl FnMut(Token<'_>),
    ) -> u32 {
        let Self { terms, maker, number, .. } = self;
        let mut found_by_its_parts_from = 0;
        tokenize(text, |token| {
            let raw = &text[token.start..token.end];
            if token.kind == Kind::Compound {
                if stands_whole(raw) {
                    found_by_its_parts_from = token.position + token.width;
                }
            } else if token.position < found_by_its_parts_from {
                return;
            }
            let is_wanted = wanted(raw);
            // Numbers are many, and their terms quickly made.
            let term = match token.kind {
                _ if !is_wanted => "",
                Kind::Word | Kind::Acronym | Kind::Capitals | Kind::Initials | Kind::Compound => {
                    terms.term(raw, token.kind, language, |term| maker.make(raw, token.kind, language, term))
                }
                Kind::Verbatim | Kind::Figures | Kind::Ideograph => {
                    number.clear();
                    maker.make(raw, token.kind, language, number);
                    number.as_str()
                }
            };
            if is_wanted && term.is_empty() {
                return;
            }
            sink(Token { term, raw: token, position: token.position });
            if is_wanted && token.kind == Kind::Word && raw.bytes().next().is_some_and(prefix::may_have) {
                maker.each_without_prefix(raw, language, &mut |term| {
                    sink(Token { term, raw: token, position: token.position });
                });
            }
        })
    }
}

/// Makes terms, in room that is used again.
#[derive(Clone, Default)]
struct TermMaker {
    form: String,
    stem: String,
}

impl TermMaker {
    /// Appends the term to `term`.
    fn make(&mut self, raw: &str, kind: Kind, language: Language, term: &mut String) {
        #[cfg(test)]
        assert_ne!(raw, super::PANICS, "a word to panic at");
        self.form.clear();
        self.stem.clear();
        write_form(raw, kind, &mut self.form);
        let capitals = self.capitals(raw, kind, language);
        match kind {
            Kind::Word if is_plural_of_listed(raw, language) => {
                let singular = &raw[..raw.len() - 1];
                term::encode_into(AS_WRITTEN, singular, raw, term);
            }
            Kind::Acronym if let Some(capitals) = capitals => {
                term::encode_into(AS_WRITTEN, &capitals, &capitals, term);
            }
            Kind::Initials if let Some(capitals) = capitals => {
                term::encode_compound_into(AS_WRITTEN, &capitals, &self.form.to_ascii_uppercase(), term);
            }
            Kind::Capitals if capitals.is_some() => {
                stem_into(&self.form, language, &mut self.stem);
                self.stem.push(EITHER);
                term::encode_into(AS_WRITTEN, &self.stem, &self.form, term);
            }
            Kind::Word | Kind::Acronym | Kind::Capitals => {
                if let Some(number) = number_of_plural(&self.form) {
                    term::encode_into(AS_WRITTEN, number, &self.form, term);
                } else {
                    stem_into(&self.form, language, &mut self.stem);
                    term::encode_into(language.tag(), &self.stem, &self.form, term);
                }
            }
            Kind::Verbatim => {
                if let Some(number) = without_points(&self.form, language.points_part_thousands()) {
                    self.form = number;
                }
                term::encode_into(AS_WRITTEN, &self.form, &self.form, term);
            }
            Kind::Figures | Kind::Ideograph => {
                term::encode_into(AS_WRITTEN, &self.form, &self.form, term);
            }
            Kind::Compound | Kind::Initials => {
                let closed = closed(&self.form);
                if is_parted_number(raw) {
                    term::encode_compound_into(AS_WRITTEN, &closed, &self.form, term);
                } else {
                    stem_into(&closed, language, &mut self.stem);
                    term::encode_compound_into(language.tag(), &self.stem, &self.form, term);
                }
            }
        }
    }

    /// The word in capitals, where these make it another word in this language.
    fn capitals(&self, raw: &str, kind: Kind, language: Language) -> Option<String> {
        listed_capitals(raw, kind, &self.form).filter(|capitals| capitals::is_distinct(capitals, language))
    }

    /// Calls `f` with the term of a word without each of the prefixes that it may have.
    #[cold]
    fn each_without_prefix(&mut self, raw: &str, language: Language, f: &mut dyn FnMut(&str)) {
        self.form.clear();
        write_form(raw, Kind::Word, &mut self.form);
        let mut made = String::new();
        for bare in prefix::without_prefixes(&self.form, language) {
            made.clear();
            self.stem.clear();
            stem_into(bare, language, &mut self.stem);
            term::encode_into(language.tag(), &self.stem, bare, &mut made);
            f(&made);
        }
    }
}

/// A word that can be in the list of words that capitals make another, in capitals.
fn listed_capitals(raw: &str, kind: Kind, form: &str) -> Option<String> {
    match kind {
        Kind::Acronym | Kind::Initials => Some(closed(form).to_ascii_uppercase()),
        Kind::Capitals => Some(raw.to_owned()),
        _ => None,
    }
}

/// `PMs`: a listed word's plural is no plural of its other meaning.
fn is_plural_of_listed(raw: &str, language: Language) -> bool {
    raw.strip_suffix('s').is_some_and(|singular| capitals::is_distinct(singular, language))
}

/// `25 000`: a number with blanks between its thousands.
fn is_parted_number(raw: &str) -> bool {
    raw.contains(char::is_whitespace) && raw.chars().all(|c| c.is_ascii_digit() || c.is_whitespace())
}

/// `1.000.000` without its points, where these part its thousands: in languages that write so, and wherever
/// there are several.
fn without_points(form: &str, in_language: bool) -> Option<String> {
    let (first, rest) = form.split_once('.')?;
    let is_short = (1..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_digit())
        && !first.starts_with('0');
    let fits = |group: &str| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit());
    let parts_thousands =
        is_short && rest.len() % 4 == 3 && (in_language || rest.len() > 3) && rest.split('.').all(fits);
    parts_thousands.then(|| form.replace('.', ""))
}

fn closed(form: &str) -> String {
    form.chars().filter(|c| *c != '-').collect()
}

/// The exact form of a word: folded, with what is only punctuation inside it left out.
pub(crate) fn write_form(raw: &str, kind: Kind, out: &mut String) {
    match kind {
        Kind::Word if matches!(raw, "%" | "％" | "٪") => out.push_str("percent"),
        Kind::Word | Kind::Ideograph => {
            fold_into(raw, out);
            out.retain(|c| !matches!(c, '(' | ')' | '"' | '״' | '“' | '”' | '„'));
        }
        Kind::Acronym | Kind::Capitals => {
            fold_into(raw, out);
            out.retain(|c| c != '.');
        }
        Kind::Verbatim | Kind::Figures => {
            fold_into(raw, out);
            if !out.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.') {
                out.retain(|c| c != ',' && !c.is_whitespace());
            }
        }
        Kind::Compound => {
            if raw.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                fold_into(raw, out);
                return;
            }
            // Before a blank stands what a line's end has left behind.
            let parts = raw.split(|c: char| is_hyphen(c) || c.is_whitespace());
            let parts = parts.map(|part| part.trim_end_matches('¬')).filter(|part| !part.is_empty());
            for (number, part) in parts.enumerate() {
                if number > 0 {
                    out.push('-');
                }
                fold_into(part, out);
            }
            out.retain(|c| c != '.' && c != ',');
        }
        Kind::Initials => {
            let parts = raw
                .split(|c: char| c == '.' || c == '．' || c.is_whitespace())
                .filter(|part| !part.is_empty());
            for (number, part) in parts.enumerate() {
                if number > 0 {
                    out.push('-');
                }
                fold_into(part, out);
            }
        }
    }
}

/// The exact form under which a word stands in the dictionary; `None` where it has several, or its case
/// counts.
pub fn exact_form(raw: &str, kind: Kind) -> Option<String> {
    let mut form = String::new();
    write_form(raw, kind, &mut form);
    let is_plain = match kind {
        Kind::Word => !raw.strip_suffix('s').is_some_and(capitals::is_listed),
        Kind::Acronym => {
            listed_capitals(raw, kind, &form).is_none_or(|capitals| !capitals::is_listed(&capitals))
        }
        _ => false,
    };
    is_plain.then_some(form)
}

/// The keys (see [`term::key_of`]) under which a word that somebody searches for is found, in any language of
/// the index.
///
/// `raw` and `kind` are a token's. The result is never empty.
pub fn search_keys(raw: &str, kind: Kind) -> Vec<String> {
    search_keys_in(raw, kind, |_| true)
}

/// Those of [`search_keys`] that an index can have which holds words of the languages of which `held` is
/// true.
pub fn search_keys_in(raw: &str, kind: Kind, held: impl Fn(Language) -> bool) -> Vec<String> {
    let mut form = String::new();
    write_form(raw, kind, &mut form);
    let mut keys = Keys(Vec::new());
    match kind {
        Kind::Verbatim => {
            keys.add(AS_WRITTEN, &form);
            if let Some(number) = without_points(&form, true) {
                keys.add(AS_WRITTEN, &number);
            }
        }
        Kind::Ideograph => keys.add(AS_WRITTEN, &form),
        // Written with another sign between: `9/11` and `9-11`.
        Kind::Figures => {
            keys.add(AS_WRITTEN, &form);
            let closed: String = form.chars().filter(char::is_ascii_digit).collect();
            if form.contains('/') {
                keys.add_tags(&closed, |language| language != Language::Other && held(language));
            }
        }
        Kind::Word | Kind::Acronym | Kind::Capitals | Kind::Compound | Kind::Initials => {
            let closed = closed(&form);
            let capitals = listed_capitals(raw, kind, &form).filter(|capitals| capitals::is_listed(capitals));
            let is_either = kind == Kind::Capitals || capitals.is_none();
            if let Some(capitals) = &capitals {
                keys.add(AS_WRITTEN, capitals);
            }
            let upper = closed.to_ascii_uppercase();
            keys.add_either(&closed, &held);
            if raw.strip_suffix('s').is_some_and(capitals::is_listed) {
                keys.add(AS_WRITTEN, &raw[..raw.len() - 1]);
            }
            keys.add_stems(&closed, |language| {
                held(language) && (is_either || !capitals::is_distinct(&upper, language))
            });
            if kind == Kind::Compound && form.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
                keys.add(AS_WRITTEN, &form.replace('-', "/"));
            }
            if let Some(bare) = prefix::without_article(&closed).filter(|_| kind == Kind::Word) {
                keys.add_stems(bare, &held);
            }
        }
    }
    let Keys(mut keys) = keys;
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether a word in capitals and a folded one have the first two letters in common.
fn begin_alike(capitals: &str, folded: &str) -> bool {
    let both = capitals.bytes().zip(folded.bytes()).take(2);
    both.filter(|(one, other)| one.to_ascii_lowercase() == *other).count() == 2
}

/// Keys of the dictionary as they are gathered.
struct Keys(Vec<String>);

impl Keys {
    fn add(&mut self, tag: u8, stem: &str) {
        let mut key = String::with_capacity(stem.len() + 2);
        term::key_into(tag, stem, &mut key);
        self.0.push(key);
    }

    fn add_tags(&mut self, stem: &str, wanted: impl Fn(Language) -> bool) {
        Language::ALL
            .iter()
            .filter(|language| wanted(**language))
            .for_each(|language| self.add(language.tag(), stem));
    }

    /// What stands among capitals and may be this word, in any of its forms.
    fn add_either(&mut self, form: &str, held: impl Fn(Language) -> bool) {
        let (mut stem, mut other) = (String::new(), String::new());
        for language in Language::ALL.iter().filter(|language| held(**language)) {
            stem.clear();
            for listed in capitals::listed_in(*language).filter(|listed| begin_alike(listed, form)) {
                if stem.is_empty() {
                    stem_into(form, *language, &mut stem);
                }
                other.clear();
                stem_into(&listed.to_ascii_lowercase(), *language, &mut other);
                if stem == other {
                    self.add(AS_WRITTEN, &format!("{stem}{EITHER}"));
                }
            }
        }
    }

    /// The word as it is, and its stems in the languages that are wanted.
    fn add_stems(&mut self, form: &str, wanted: impl Fn(Language) -> bool) {
        self.add(AS_WRITTEN, form);
        if let Some(number) = number_of_plural(form) {
            self.add(AS_WRITTEN, number);
        }
        for language in Language::ALL.iter().filter(|language| wanted(**language)) {
            let mut stem = String::new();
            stem_into(form, *language, &mut stem);
            self.add(language.tag(), &stem);
        }
    }
}

/// Whether a compound is found as a whole only, with or without its hyphens, and not by its parts.
pub fn stands_whole(raw: &str) -> bool {
    let last = raw.rsplit(is_hyphen).next().unwrap_or_default();
    last.len() <= 16 && PARTICLES.contains(&fold(last).as_str())
}

/// Whether a term is of a word that stands among capitals, so that it may be another word than its letters
/// say.
pub fn may_be_another_word(term: &str) -> bool {
    term::key_of(term).trim_end_matches(term::SEPARATOR).ends_with(EITHER)
}

/// Number of words in a text: runs of characters between white space that hold a letter or digit, and each
/// letter of a script written without spaces.
pub fn word_count(text: &str) -> u64 {
    if text.is_ascii() {
        return byte::words_of_ascii(text.as_bytes());
    }
    text.split_whitespace()
        .map(|word| {
            let unspaced = word.chars().filter(|c| is_unspaced(*c) && c.is_alphabetic()).count() as u64;
            if unspaced > 0 { unspaced } else { u64::from(word.chars().any(char::is_alphanumeric)) }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn terms_in(text: &str, language: Language) -> Vec<String> {
        let mut out = Vec::new();
        Analyzer::default().analyze(text, language, |token| out.push(token.term.to_owned()));
        out
    }

    fn terms(text: &str) -> Vec<String> {
        terms_in(text, Language::English)
    }

    fn finds_in(query: &str, text: &str, language: Language) -> bool {
        let mut keys = Vec::new();
        tokenize(query, |s| keys.push(search_keys(&query[s.start..s.end], s.kind)));
        let terms = terms_in(text, language);
        terms.iter().any(|t| keys[0].iter().any(|key| term::key_of(t) == key))
    }

    /// Whether a search for the one word `query` finds the text.
    fn finds(query: &str, text: &str) -> bool {
        finds_in(query, text, Language::English)
    }

    #[test]
    fn what_finds_what() {
        for (query, text) in [
            ("plan", "Plans"),
            ("plans", "the plan"),
            ("cafe", "Café"),
            ("US", "the U.S. said"),
            ("U.S.", "the US said"),
            ("u.s.", "the US said"),
            ("us", "give us peace"),
            ("nato", "N.A.T.O. said"),
            ("NATO", "the nato summit"),
            ("Putin", "Putin’s plan"),
            ("Putin", "Putins plan"),
            ("Putins", "Putin said"),
            ("25000", "25,000 people"),
            ("25,000", "25000 people"),
            ("9/11", "after 9/11"),
            ("9-11", "after 9/11"),
            ("9/11", "after 9-11"),
            ("1987-88", "in 1987/88"),
            ("counterproposal", "a counter-proposal"),
            ("counter-proposal", "a counterproposal"),
            ("2019-20", "in 2019–20"),
            ("AT&T", "at AT&T"),
            ("AT&T", "at AT＆T"),
            ("foxit", "at Fox-IT"),
            ("start-up", "a startup"),
            ("s\u{ad}tart-u\u{ad}p", "a start-up"),
        ] {
            assert!(finds(query, text), "`{query}` finds `{text}`: {:?}", terms(text));
        }
        for (query, text) in [
            ("US", "give us peace"),
            ("us", "the U.S. said"),
            ("AIDS", "he aids them"),
            ("aids", "the AIDS drug"),
            ("9/11", "9 and 11"),
            ("9/11", "call 911"),
            ("who", "the WHO said"),
            ("fox", "at Fox-IT"),
            ("it", "at Fox-IT"),
            ("PM", "at 5 pm"),
        ] {
            assert!(!finds(query, text), "`{query}` does not find `{text}`: {:?}", terms(text));
        }
    }

    #[test]
    fn case_costs_nothing() {
        for word in [
            "Kennedy",
            "plans",
            "negotiating",
            "president",
            "café",
            "Gaulle",
            "O’Brien",
            "start-up",
            "companies",
        ] {
            let (upper, lower) = (word.to_uppercase(), word.to_lowercase());
            for (query, text) in
                [(word, &upper), (&upper, &word.to_owned()), (&lower, &upper), (&upper, &lower)]
            {
                assert!(finds(query, text), "`{query}` finds `{text}`");
                let among = format!("THE {text} OF it");
                assert!(finds(query, &among), "`{query}` finds `{among}`");
            }
        }
        assert!(finds("president", "PRESIDENTS MEET") && finds("PRESIDENTS", "a president"));
    }

    #[test]
    fn among_capitals_a_word_may_be_either() {
        for text in ["GIVE US PEACE", "TELL US, SAID THE KING", "US TROOPS LEAVE"] {
            assert!(finds("US", text) && finds("us", text), "{text}");
            assert!(finds("U.S.", text) && !finds("IT", text), "{text}");
        }
        assert!(!finds("us", "U.S. TROOPS LEAVE"));
        assert!(
            finds("aid", "HE AIDS THEM") && finds("aids", "HE AIDS THEM") && finds("AIDS", "HE AIDS THEM")
        );
        // In a query as in a text.
        let keys = search_keys("US", Kind::Capitals);
        for text in ["the US said", "give us peace", "GIVE US PEACE"] {
            assert!(terms(text).iter().any(|t| keys.iter().any(|key| term::key_of(t) == key)), "{text}");
        }
    }

    #[test]
    fn capitals_make_another_word_by_language() {
        assert!(
            finds_in("UN", "l’UN a dit", Language::French) && !finds_in("UN", "un plan", Language::French)
        );
        assert!(
            finds_in("un", "un plan", Language::French) && !finds_in("un", "l’UN a dit", Language::French)
        );
        assert!(finds("UN", "the un said") && finds("un", "the UN said"));
        assert!(finds_in("US", "die US-Armee", Language::German));
    }

    #[test]
    fn acronyms_numbers_and_initials_in_all_their_dresses() {
        for (one, other) in [
            ("MP", "MPs"),
            ("PM", "the PMs met"),
            ("NGO", "NGOs"),
            ("ngo", "NGOS SAY"),
            ("CPU", "CPUs"),
            ("F-16", "F-16s"),
            ("737", "737s"),
            ("737", "737’s"),
            ("B-52", "B-52s"),
            ("AK-47", "AK-47s"),
            ("1990s", "1990’s"),
            ("80s", "80's"),
            ("US", "U. S. troops"),
            ("U.S.", "U. S. troops"),
            ("JK", "J. K. Dunmore"),
            ("J.K.", "J. K. Dunmore"),
            ("JRR", "J. R. R. Marl"),
            ("PhD", "a Ph.D. thesis"),
            ("PhD", "a Ph. D. thesis"),
            ("BSc", "B.Sc."),
            ("401k", "a 401(k) plan"),
            ("401(k)", "a 401k plan"),
            ("501c3", "a 501(c)(3) group"),
            ("1000000", "1.000.000"),
            ("1000000", "1 000 000"),
            ("1000000", "1\u{a0}000\u{a0}000"),
            ("1000000", "1’000’000"),
            ("1234567", "12,34,567"),
            ("1234567", "1,234,567"),
            ("2025", "٢٠٢٥"),
            ("２０２５", "2025"),
            ("percent", "5%"),
            ("commission", "the com- mission"),
            ("commission", "the com¬ mission"),
            ("commission", "the com\u{ad} mission"),
            ("COMMISSION", "THE COM- MISSION"),
            ("Hawaii", "Hawaiʻi"),
            ("O'Brien", "O`Brien"),
            ("A+", "an A+ rating"),
            ("BBB-", "to BBB- from"),
            ("ユニコード", "ﾕﾆｺｰﾄﾞ"),
        ] {
            let finds = |query: &str, text: &str| {
                let mut sought = Vec::new();
                tokenize(query, |s| sought.push(search_keys(&query[s.start..s.end], s.kind)));
                let terms = terms(text);
                terms.iter().any(|t| sought[0].iter().any(|key| term::key_of(t) == key))
            };
            assert!(finds(one, other), "`{one}` finds `{other}`: {:?}", terms(other));
        }
        for (query, text) in [
            ("1990", "the 1990s"),
            ("1990s", "in 1990"),
            ("MP", "the map"),
            ("A+", "a plan"),
            ("prefixes", "pre- and post-war"),
            ("25000", "a 3 000 25 plan"),
            ("1234", "on page 1.234"),
        ] {
            assert!(!finds(query, text), "`{query}` does not find `{text}`: {:?}", terms(text));
        }
        assert!(finds_in("25000", "25.000 Menschen", Language::German));
        assert!(finds("25.000", "25,000 people"));
    }

    #[test]
    fn prefixes_of_arabic_and_hebrew() {
        assert!(
            finds_in("مدرسة", "في المدرسة", Language::Arabic)
                && finds_in("المدرسة", "مدرسة", Language::Arabic)
        );
        assert!(finds_in("مدرسة", "وبالمدرسة والمدرسة", Language::Arabic));
        assert!(finds_in("ירושלים", "הוא נסע לירושלים", Language::Other));
        assert!(finds_in("שלום", "שָׁלוֹם", Language::Other));
        assert!(
            finds_in("כתאב", "וכתאב", Language::Other) && !finds_in("plan", "airplan", Language::English)
        );
        assert!(finds_in("كتاب", "کتاب‌ها", Language::Other));
    }

    #[test]
    fn each_language_has_its_own_stems() {
        let mut out = Vec::new();
        Analyzer::default().analyze("Verhandlungen", Language::German, |t| out.push(t.term.to_owned()));
        assert!(out[0].starts_with('d'), "{out:?}");
        assert!(search_keys("Verhandlung", Kind::Word).iter().any(|key| term::key_of(&out[0]) == key));
    }

    #[test]
    fn words_are_counted_as_people_count_them() {
        assert_eq!(word_count("The U.S. counter-proposal — 25,000 words"), 5);
        assert_eq!(word_count("和平案"), 3);
        assert_eq!(word_count(" - "), 0);
    }
}
