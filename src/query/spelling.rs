//! Other spellings of a word, where an archive holds them: British and American (`colour` = `color`), and a
//! letter with a mark that is written as two (`Müller` = `Mueller`, `Håkon` = `Haakon`).

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::analysis::fold::fold;
use crate::analysis::stem::stem_into;
use crate::analysis::term;
use crate::analysis::tokenize::Kind;
use crate::analysis::{Language, is_function_word};

use super::clause::{Leaf, Terms};
use super::compound::Lexicon;

/// Words of which British and American papers write one half each.
const BRITISH_AND_AMERICAN: &str = include_str!("../../index_schema/spelling_variants.json");

/// Another spelling of a word.
pub(super) struct Other {
    /// As it is shown.
    pub spelling: String,
    /// As it is looked for.
    pub terms: Terms,
}

/// The other spellings of a word that an archive holds, if it can have any.
pub(super) fn others(leaf: &Leaf, lexicon: &dyn Lexicon) -> Vec<Other> {
    let Terms::Keys(keys) = &leaf.terms else { return Vec::new() };
    // A compound is looked at in its closed form.
    let folded = fold(&leaf.text).replace('-', "");
    if !folded.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let mut others = british_and_american(&leaf.text, &folded, keys, lexicon);
    others.extend(with_two_letters(&leaf.text, keys, lexicon));
    // Where the parts of a compound meet, two letters are no pair.
    if !leaf.text.contains('-') {
        others.extend(with_one_letter(&leaf.text, &folded, keys, lexicon));
    }
    others
}

/// The keys of `word` that `wanted` languages have and that are none of `known`, where the archive holds any.
fn more_keys(
    word: &str,
    known: &[String],
    wanted: impl Fn(u8) -> bool,
    lexicon: &dyn Lexicon,
) -> Option<Vec<String>> {
    let mut keys = lexicon.keys(word, Kind::Word);
    keys.retain(|key| key.bytes().next().is_some_and(&wanted) && !known.contains(key));
    (!keys.is_empty() && lexicon.holds(&keys)).then_some(keys)
}

/// A spelling as it is looked for: by its keys, and where these are those of the word as typed, by its form,
/// so that it is not lost where only that form is meant (`Malmoe` and `Malmö` share a stem in English).
fn held_terms(
    word: &str,
    typed: &str,
    known: &[String],
    wanted: impl Fn(u8) -> bool,
    lexicon: &dyn Lexicon,
) -> Option<Terms> {
    let keys = more_keys(&set_as(typed, word), known, wanted, lexicon).map(Terms::Keys);
    keys.or_else(|| {
        let held = lexicon.holds_form(&lexicon.keys(word, Kind::Word), word);
        held.then(|| Terms::Form(word.to_owned()))
    })
}

/// `word` with a capital in front where `typed` has one: capitals can tell a name.
fn set_as(typed: &str, word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if typed.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

/// The file's form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "for readers of other versions")]
    version: u32,
    /// Words of one meaning, with all their inflections.
    groups: Vec<Vec<String>>,
    /// Words of one meaning, whose inflections can be other words.
    only_these_forms: Vec<Vec<String>>,
    /// Verbs on `-ise` that nobody writes with a `z`, and nouns that look like them.
    not_ise: HashSet<String>,
}

static LIST: LazyLock<File> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "compiled in, and held by a test")]
    serde_json::from_str(BRITISH_AND_AMERICAN).expect("index_schema/spelling_variants.json is well-formed")
});

/// The key of a folded word in English.
fn english_key(word: &str) -> String {
    let (mut stem, mut key) = (String::new(), String::new());
    stem_into(word, Language::English, &mut stem);
    term::key_into(Language::English.tag(), &stem, &mut key);
    key
}

fn is_of(key: &str, language: Language) -> bool {
    key.bytes().next() == Some(language.tag())
}

fn is_english(tag: u8) -> bool {
    tag == Language::English.tag() || tag == Language::Other.tag()
}

fn british_and_american(typed: &str, folded: &str, known: &[String], lexicon: &dyn Lexicon) -> Vec<Other> {
    if !folded.is_ascii() {
        return Vec::new();
    }
    let file = &*LIST;
    let mut words: Vec<&str> = Vec::new();
    let beginning = folded.get(..folded.len().min(2)).unwrap_or_default();
    let is_meant = |word: &String| word.starts_with(beginning) && known.contains(&english_key(word));
    for group in file.groups.iter().filter(|group| group.iter().any(is_meant)) {
        words.extend(group.iter().map(String::as_str));
    }
    let swapped = ise_and_ize(folded, &file.not_ise);
    words.extend(swapped.as_deref());
    let mut others: Vec<Other> = Vec::new();
    let mut keys = known.to_vec();
    for word in words {
        if let Some(more) = more_keys(&set_as(typed, word), &keys, is_english, lexicon) {
            keys.extend_from_slice(&more);
            others.push(Other { spelling: word.to_owned(), terms: Terms::Keys(more) });
        }
    }
    for group in file.only_these_forms.iter().filter(|group| group.iter().any(|form| form == folded)) {
        for form in group.iter().filter(|form| *form != folded) {
            if lexicon.holds_form(&lexicon.keys(form, Kind::Word), form) {
                others.push(Other { spelling: form.clone(), terms: Terms::Form(form.clone()) });
            }
        }
    }
    others
}

/// What follows `is` or `iz` in the forms of a verb on `-ise`.
const ISE: &[&str] = &["e", "es", "ed", "ing", "er", "ers", "able", "ation", "ations", "ational"];

/// `organisation` with a `z`, and the reverse.
fn ise_and_ize(word: &str, not_ise: &HashSet<String>) -> Option<String> {
    let at = word.len() - ISE.iter().filter(|ending| word.ends_with(**ending)).map(|e| e.len()).max()?;
    let root = word.get(..at.checked_sub(2)?)?;
    let other = match word.get(at - 2..at)? {
        "is" => "iz",
        "iz" => "is",
        _ => return None,
    };
    let is_root = root.len() >= 3 && root.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let ends_otherwise = not_ise.contains(&format!("{root}ise")) || root.ends_with('w');
    (is_root && !ends_otherwise).then(|| format!("{root}{other}{}", &word[at..]))
}

/// A letter with a mark, and the two that it is written as where there is none on the keyboard.
const MARKED: &[(char, &str)] = &[('ä', "ae"), ('ö', "oe"), ('ø', "oe"), ('ü', "ue"), ('å', "aa")];

/// A word typed with marks, without them.
fn with_two_letters(typed: &str, known: &[String], lexicon: &dyn Lexicon) -> Option<Other> {
    use unicode_normalization::UnicodeNormalization;
    let composed = typed.nfc().flat_map(char::to_lowercase).collect::<String>();
    let mut word = String::with_capacity(composed.len() + 2);
    let mut pairs = Vec::new();
    for c in composed.chars() {
        match MARKED.iter().find(|(marked, _)| *marked == c) {
            Some((_, two)) => {
                word.push_str(two);
                pairs.push(*two);
            }
            None => word.push(c),
        }
    }
    if pairs.is_empty() {
        return None;
    }
    let spelling = fold(&word);
    let terms = held_terms(&spelling, typed, known, |tag| writes(tag, &pairs), lexicon)?;
    Some(Other { spelling, terms })
}

/// More pairs of letters in one word are not tried out.
const MOST_PAIRS: usize = 4;

/// What is left of a word has so many letters at least: shorter ones are other words.
const SHORTEST: usize = 4;

/// Languages in which a small word has no letter with such a mark.
const PLAIN: &[Language] = &[
    Language::English,
    Language::Dutch,
    Language::French,
    Language::Italian,
    Language::Portuguese,
    Language::Spanish,
];

/// A word typed with `ae`, `oe`, `ue` or `aa`, with the one letter that it may stand for: of several, any
/// that the archive knows the word by.
fn with_one_letter(typed: &str, folded: &str, known: &[String], lexicon: &dyn Lexicon) -> Vec<Other> {
    let places: Vec<(usize, &str)> = folded
        .char_indices()
        .filter_map(|(at, _)| pair_at(folded, at).map(|pair| (at, pair)))
        .take(MOST_PAIRS)
        .collect();
    if places.is_empty() || is_spelt_so(folded) {
        return Vec::new();
    }
    let holds_in = |languages: &[Language]| {
        let keys = known.iter().filter(|key| languages.iter().any(|language| is_of(key, *language)));
        lexicon.holds(&keys.cloned().collect::<Vec<_>>())
    };
    // Finnish writes its letters with marks only, and both pairs are sounds of their own in Dutch.
    if holds_in(&[Language::Finnish]) {
        return Vec::new();
    }
    let dutch = places.iter().any(|(_, pair)| matches!(*pair, "oe" | "aa")) && holds_in(&[Language::Dutch]);
    let mut others = Vec::new();
    let mut keys = known.to_vec();
    // From all of them down to single ones.
    let mut choices: Vec<u32> = (1..1 << places.len()).collect();
    choices.sort_by_key(|choice| std::cmp::Reverse(choice.count_ones()));
    for choice in choices {
        let chosen: Vec<(usize, &str)> = places
            .iter()
            .enumerate()
            .filter(|(n, _)| choice & (1 << n) != 0)
            .map(|(_, place)| *place)
            .collect();
        let pairs: Vec<&str> = chosen.iter().map(|(_, pair)| *pair).collect();
        if dutch && pairs.iter().any(|pair| matches!(*pair, "oe" | "aa")) {
            continue;
        }
        let spelling = joined_at(folded, &chosen);
        let word = fold(&spelling);
        if word.chars().count() < SHORTEST || PLAIN.iter().any(|language| is_function_word(&word, *language))
        {
            continue;
        }
        if let Some(terms) = held_terms(&word, typed, &keys, |tag| writes(tag, &pairs), lexicon) {
            if let Terms::Keys(more) = &terms {
                keys.extend_from_slice(more);
            }
            others.push(Other { spelling, terms });
        }
    }
    others
}

/// `word` with the pairs at these places as one letter with its mark.
fn joined_at(word: &str, places: &[(usize, &str)]) -> String {
    let mut joined = String::with_capacity(word.len());
    let mut from = 0;
    for (at, pair) in places {
        joined.push_str(&word[from..*at]);
        joined.extend(MARKED.iter().find(|(_, two)| two == pair).map(|(marked, _)| *marked));
        from = at + pair.len();
    }
    joined.push_str(&word[from..]);
    joined
}

/// Whether texts of the language with this tag write letters with marks as these pairs: `aa` is `å` in the
/// north only, and `oe` is a sound of its own in Dutch.
fn writes(tag: u8, pairs: &[&str]) -> bool {
    const NORTH: [Language; 5] =
        [Language::Danish, Language::Norwegian, Language::Swedish, Language::English, Language::Other];
    pairs.iter().all(|pair| match *pair {
        "aa" => NORTH.iter().any(|language| language.tag() == tag),
        "oe" => tag != Language::Dutch.tag(),
        _ => true,
    })
}

/// The pair of letters at a place that can stand for one: where words have the two letters for themselves
/// (`true`, `queue`, `Bauer`, `goes`, `Michael`, `coeur`), it cannot.
fn pair_at(word: &str, at: usize) -> Option<&str> {
    let pair = word.get(at..at + 2)?;
    let before = word[..at].chars().next_back();
    let after = &word[at + 2..];
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    if before.is_some_and(|c| is_vowel(c) || c == 'q') {
        return None;
    }
    let stands = match pair {
        "ue" => !matches!(after, "" | "s" | "d" | "l" | "ls") && !after.starts_with(['e', 'u', 'i']),
        "oe" => !matches!(after, "s" | "d") && !after.starts_with(['e', 'u', 'i']),
        "ae" => {
            let is_aero = at == 0 && (after.starts_with("ro") || after.starts_with("ri"));
            !matches!(after, "" | "l" | "ls") && !is_aero
        }
        "aa" => true,
        _ => false,
    };
    stands.then_some(pair)
}

/// Words that have both letters for themselves, and without one of them are other words.
const SPELT_SO: &[&str] = &[
    "bluer", "boeing", "boer", "canoe", "coed", "coen", "coerce", "cuero", "cuerda", "doer", "duero", "duet",
    "faroe", "fluent", "gael", "goer", "guess", "guest", "hoeren", "hueco", "huella", "joel", "joey",
    "luego", "maes", "minuet", "monroe", "muela", "noel", "paese", "paesi", "poem", "poesy", "poet", "poeta",
    "poeti", "puede", "pueden", "rueda", "suede", "sueco", "suero", "trueman", "truer",
];

fn is_spelt_so(folded: &str) -> bool {
    let is_known = |word: &str| SPELT_SO.contains(&word);
    is_known(folded) || folded.strip_suffix('s').is_some_and(is_known)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::analysis::search_keys;

    /// An archive of these words.
    struct Words(&'static [(&'static str, Language)]);

    impl Lexicon for Words {
        fn keys(&self, raw: &str, kind: Kind) -> Vec<String> {
            search_keys(raw, kind)
        }

        fn holds(&self, keys: &[String]) -> bool {
            self.0.iter().any(|(word, language)| {
                search_keys(word, Kind::Word).iter().any(|key| is_of(key, *language) && keys.contains(key))
            })
        }

        fn holds_form(&self, keys: &[String], form: &str) -> bool {
            self.0.iter().any(|(word, _)| {
                fold(word) == form && search_keys(word, Kind::Word).iter().any(|key| keys.contains(key))
            })
        }

        fn hyphened(&self, _: &[String]) -> Vec<String> {
            Vec::new()
        }
    }

    fn spellings(typed: &str, archive: &Words) -> Vec<String> {
        let terms = Terms::Keys(search_keys(typed, Kind::Word));
        let leaf = Leaf { text: typed.into(), form: fold(typed), field: None, terms };
        others(&leaf, archive).into_iter().map(|other| other.spelling).collect()
    }

    #[track_caller]
    fn meet(archive: &Words, pairs: &[(&str, &str)]) {
        let missed: Vec<_> =
            pairs.iter().filter(|(typed, other)| spellings(typed, archive) != [*other]).collect();
        assert!(missed.is_empty(), "{missed:?}");
    }

    #[test]
    fn the_list_that_comes_along_is_sound() {
        let file = &*LIST;
        assert!(file.groups.len() >= 200, "{}", file.groups.len());
        let mut seen = HashSet::new();
        for word in file.groups.iter().chain(&file.only_these_forms).flatten() {
            assert_eq!(*word, fold(word));
            assert!(seen.insert(word), "{word} stands there twice");
        }
        assert!(file.groups.iter().chain(&file.only_these_forms).all(|group| group.len() > 1));
    }

    #[test]
    fn british_and_american_words_meet_in_all_their_forms() {
        const EN: Language = Language::English;
        let american = Words(&[
            ("colors", EN),
            ("organization", EN),
            ("organize", EN),
            ("analyzing", EN),
            ("theaters", EN),
            ("theatergoers", EN),
            ("centered", EN),
            ("canceled", EN),
            ("defense", EN),
            ("dialog", EN),
            ("anemia", EN),
            ("gray", EN),
            ("plowed", EN),
        ]);
        meet(
            &american,
            &[
                ("colour", "color"),
                ("Colours", "color"),
                ("colouring", "color"),
                ("organisation", "organization"),
                ("organisations", "organizations"),
                ("organising", "organizing"),
                ("analysed", "analyze"),
                ("theatre", "theater"),
                ("theatre-goers", "theatergoer"),
                ("centre", "center"),
                ("defences", "defense"),
                ("dialogue", "dialog"),
                ("anaemia", "anemia"),
                ("ploughs", "plow"),
            ],
        );
        let british = Words(&[
            ("colours", EN),
            ("organisation", EN),
            ("organised", EN),
            ("travelling", EN),
            ("tyre", EN),
        ]);
        meet(
            &british,
            &[
                ("color", "colour"),
                ("organizations", "organisations"),
                ("organize", "organise"),
                ("tire", "tyre"),
            ],
        );
        assert!(spellings("tired", &british).is_empty());
        assert!(spellings("colour", &Words(&[("couleur", Language::French)])).is_empty());
    }

    #[test]
    fn other_words_stay_apart() {
        const EN: Language = Language::English;
        let archive = Words(&[
            ("prize", EN),
            ("advize", EN),
            ("exercize", EN),
            ("size", EN),
            ("revized", EN),
            ("cheque", EN),
            ("storey", EN),
            ("raize", EN),
            ("wize", EN),
            ("otherwize", EN),
        ]);
        for typed in
            ["prise", "advise", "exercise", "sise", "revised", "check", "story", "raise", "wise", "otherwise"]
        {
            assert!(spellings(typed, &archive).is_empty(), "{typed}");
        }
    }

    #[test]
    fn a_letter_with_a_mark_is_two_without() {
        const DE: Language = Language::German;
        const EN: Language = Language::English;
        let archive = Words(&[
            ("Müller", DE),
            ("Göran", Language::Swedish),
            ("Århus", Language::Danish),
            ("Håkon", EN),
            ("Saarbrücken", DE),
            ("Bürgermeister", DE),
            ("Käse", DE),
            ("Sørensen", Language::Norwegian),
            ("Malmö", EN),
            ("Übung", DE),
        ]);
        meet(
            &archive,
            &[
                ("Mueller", "müller"),
                ("goeran", "göran"),
                ("Aarhus", "århus"),
                ("Haakon", "håkon"),
                ("Saarbruecken", "saarbrücken"),
                ("BUERGERMEISTER", "bürgermeister"),
                ("Kaese", "käse"),
                ("Soerensen", "sörensen"),
                ("Malmoe", "malmö"),
                ("Uebung", "übung"),
            ],
        );
        let plain = Words(&[("Mueller", DE), ("Goeran", EN), ("Aarhus", EN), ("Soerensen", EN)]);
        meet(
            &plain,
            &[
                ("Müller", "mueller"),
                ("Göran", "goeran"),
                ("Århus", "aarhus"),
                ("Sørensen", "soerensen"),
                ("So\u{308}rensen", "soerensen"),
            ],
        );
        assert!(spellings("Muller", &plain).is_empty());
    }

    #[test]
    fn two_letters_of_their_own_are_not_one() {
        const EN: Language = Language::English;
        let archive = Words(&[
            ("dos", EN),
            ("gos", EN),
            ("shos", EN),
            ("dus", EN),
            ("tru", EN),
            ("valu", EN),
            ("quu", EN),
            ("blu", EN),
            ("pot", EN),
            ("pots", EN),
            ("Isral", EN),
            ("Michal", EN),
            ("Bauer", EN),
            ("baur", EN),
            ("gust", EN),
            ("qust", EN),
            ("posy", EN),
            ("cour", Language::French),
            ("broken", EN),
            ("hattu", Language::Finnish),
            ("haettu", Language::Finnish),
            ("broeken", Language::Dutch),
            ("arosol", EN),
            ("most", EN),
            ("Monro", EN),
        ]);
        for typed in [
            "does", "goes", "shoes", "dues", "true", "value", "queue", "blue", "poet", "poets", "Israel",
            "Michael", "Bauer", "guest", "guests", "quest", "poesy", "coeur", "broeken", "haettu", "aerosol",
            "moest", "Monroe",
        ] {
            assert!(spellings(typed, &archive).is_empty(), "{typed}: {:?}", spellings(typed, &archive));
        }
    }
}
