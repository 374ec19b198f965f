//! One thing noted in several ways: `Larks & Penner` = `Larks and Penner`, `5%` = `5 per cent`, `Sept. 11` =
//! `September 11`, `L'Aquila` = `dell'Aquila`, `D'Angelo` = `Dangelo`.

use crate::analysis::fold::{fold, is_apostrophe};
use crate::analysis::tokenize::Kind;
use crate::analysis::{Language, search_keys};

use super::clause::{Leaf, Terms};
use super::compound::Lexicon;

/// What stands between two words of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// White space, or anything that means nothing.
    Space,
    /// `&`, alone or between letters.
    Ampersand,
    /// An apostrophe and nothing else.
    Apostrophe,
}

impl Joint {
    /// What the text between two words is.
    pub(super) fn of(between: &str) -> Self {
        let mut signs = between.chars();
        match (signs.next(), signs.next()) {
            (Some(sign), None) if is_apostrophe(sign) => Self::Apostrophe,
            _ if matches!(between.trim(), "&" | "＆" | "&amp;") => Self::Ampersand,
            _ => Self::Space,
        }
    }
}

/// A phrase's words, of which each may be one of several.
type Elements = Vec<Vec<Leaf>>;

/// Other ways to note the words of a phrase, or a single word; `joints` is what was typed between them.
pub(super) fn ways(elements: &[Vec<Leaf>], joints: &[Joint], lexicon: Option<&dyn Lexicon>) -> Vec<Elements> {
    let mut ways = Vec::new();
    with_and(elements, joints, &mut ways);
    without_and(elements, &mut ways);
    ampersand_taken_apart(elements, &mut ways);
    percent(elements, &mut ways);
    initials_apart(elements, &mut ways);
    thousands_joined(elements, &mut ways);
    if let Some(lexicon) = lexicon {
        elision_closed(elements, joints, lexicon, &mut ways);
        // A single word is taken apart where it stands.
        for at in (0..elements.len()).filter(|_| elements.len() > 1) {
            let opened = elements[at].first().and_then(|leaf| elision_opened(leaf, lexicon));
            ways.extend(opened.map(|parts| replaced(elements, at, 1, parts.map(|part| vec![part]).to_vec())));
        }
    }
    ways
}

fn leaf_like(model: &Leaf, text: &str, kind: Kind) -> Leaf {
    Leaf {
        text: text.to_owned(),
        form: fold(text),
        field: model.field,
        terms: Terms::Keys(search_keys(text, kind)),
    }
}

/// `elements` with others in the place of `taken` of them.
fn replaced(elements: &[Vec<Leaf>], at: usize, taken: usize, put: Elements) -> Elements {
    let mut way = elements.to_vec();
    way.splice(at..at + taken, put);
    way
}

/// What `&` is read as.
const AND: &[&str] = &["and", "und", "et", "y", "e", "og", "och", "en"];

/// Those that are nothing else in any language, so that `&` can stand for them.
const SURELY_AND: &[&str] = &["and", "und", "et", "y", "og", "och"];

fn any_and(model: &Leaf) -> Vec<Leaf> {
    AND.iter().map(|word| leaf_like(model, word, Kind::Word)).collect()
}

/// A phrase typed with `&`. In the index, `&` between words has left no trace.
fn with_and(elements: &[Vec<Leaf>], joints: &[Joint], ways: &mut Vec<Elements>) {
    if !joints.contains(&Joint::Ampersand) {
        return;
    }
    let mut way = Vec::with_capacity(elements.len() + 1);
    for (at, element) in elements.iter().enumerate() {
        way.push(element.clone());
        if let (Some(Joint::Ampersand), Some(leaf)) = (joints.get(at), element.first()) {
            way.push(any_and(leaf));
        }
    }
    ways.push(way);
    for (at, _) in joints.iter().enumerate().filter(|(_, joint)| **joint == Joint::Ampersand) {
        if let [first, second, ..] = &elements[at..] {
            ways.extend(firm(first, second).map(|firm| replaced(elements, at, 2, vec![vec![firm]])));
        }
    }
}

/// A phrase typed with `and`.
fn without_and(elements: &[Vec<Leaf>], ways: &mut Vec<Elements>) {
    let is_and = |element: &Vec<Leaf>| match element.as_slice() {
        [leaf, ..] => SURELY_AND.contains(&leaf.text.to_lowercase().as_str()),
        [] => false,
    };
    let inside = 1..elements.len().saturating_sub(1);
    let places: Vec<usize> = inside.filter(|at| is_and(&elements[*at])).collect();
    if places.is_empty() {
        return;
    }
    let kept = elements.iter().enumerate().filter(|(at, _)| !places.contains(at));
    ways.push(kept.map(|(_, element)| element.clone()).collect());
    for at in &places {
        if places.len() > 1 {
            ways.push(replaced(elements, *at, 1, Vec::new()));
        }
        if let Some(firm) = firm(&elements[at - 1], &elements[at + 1]) {
            ways.push(replaced(elements, at - 1, 3, vec![vec![firm]]));
        }
    }
}

/// `AT` and `T` as `AT&T`, which is one word to the index.
fn firm(first: &[Leaf], second: &[Leaf]) -> Option<Leaf> {
    let ([first, ..], [second, ..]) = (first, second) else { return None };
    let is_short = |leaf: &Leaf, most| {
        let letters = leaf.text.chars().count();
        letters <= most && leaf.text.chars().all(char::is_alphanumeric)
    };
    let is_name = first.text.starts_with(char::is_uppercase) && is_short(first, 3) && is_short(second, 4);
    is_name.then(|| leaf_like(first, &format!("{}&{}", first.text, second.text), Kind::Verbatim))
}

/// `AT&T` as `AT & T` and `AT and T`.
fn ampersand_taken_apart(elements: &[Vec<Leaf>], ways: &mut Vec<Elements>) {
    for (at, element) in elements.iter().enumerate() {
        let Some(leaf) = element.first() else { continue };
        let Some((first, second)) = leaf.text.split_once('&') else { continue };
        let words: Vec<Vec<Leaf>> =
            [first, second].iter().map(|word| vec![leaf_like(leaf, word, Kind::Word)]).collect();
        let [first, second] = words.as_slice() else { continue };
        ways.push(replaced(elements, at, 1, words.clone()));
        ways.push(replaced(elements, at, 1, vec![first.clone(), any_and(leaf), second.clone()]));
    }
}

/// What `%` is read as, each language's own words in a row. The first is also how the index notes the sign.
const PERCENT: &[&[&str]] = &[
    &["percent", "pct", "per cent"],
    &["prozent"],
    &["procent"],
    &["prosent"],
    &["pour cent"],
    &["por ciento"],
    &["por cento"],
    &["per cento"],
];

fn is_sign(typed: &str) -> bool {
    matches!(typed, "%" | "％" | "٪")
}

/// The other words for what `typed` (one word or two) says where it says `percent`.
fn other_percent(typed: &str) -> Vec<&'static str> {
    let is_abbreviation_of_another = typed.len() > 1 && typed.chars().all(char::is_uppercase);
    let folded = fold(typed);
    let mut others = Vec::new();
    for (at, words) in PERCENT.iter().enumerate() {
        if is_sign(typed) || (words.contains(&folded.as_str()) && !is_abbreviation_of_another) {
            others.extend(words.iter().copied().filter(|word| *word != folded));
            if at > 0 {
                others.push(PERCENT[0][0]);
            }
        }
    }
    others.sort_unstable();
    others.dedup();
    others
}

/// The keys of the other words for `percent` that are one word.
pub(super) fn percent_in_one_word(typed: &str) -> Vec<String> {
    let words = other_percent(typed).into_iter().filter(|word| !word.contains(' '));
    words.flat_map(|word| search_keys(word, Kind::Word)).collect()
}

fn percent(elements: &[Vec<Leaf>], ways: &mut Vec<Elements>) {
    for (at, element) in elements.iter().enumerate() {
        let Some(leaf) = element.first() else { continue };
        for words in other_percent(&leaf.text).into_iter().filter(|word| word.contains(' ')) {
            let words = words.split(' ').map(|word| vec![leaf_like(leaf, word, Kind::Word)]);
            ways.push(replaced(elements, at, 1, words.collect()));
        }
        let Some(next) = elements.get(at + 1).and_then(|next| next.first()) else { continue };
        let text = format!("{} {}", leaf.text, next.text);
        let mut keys = percent_in_one_word(&text);
        if !keys.is_empty() {
            keys.sort_unstable();
            keys.dedup();
            ways.push(replaced(
                elements,
                at,
                2,
                vec![vec![Leaf { form: fold(&text), text, field: leaf.field, terms: Terms::Keys(keys) }]],
            ));
        }
    }
}

/// `J. K. Dunmore` with each initial for itself, as where others stand before it.
fn initials_apart(elements: &[Vec<Leaf>], ways: &mut Vec<Elements>) {
    let is_one = |leaf: &Leaf| leaf.text.contains('.') && leaf.text.contains(char::is_whitespace);
    if !elements.iter().any(|element| element.first().is_some_and(is_one)) {
        return;
    }
    let apart = elements.iter().flat_map(|element| match element.first() {
        Some(leaf) if is_one(leaf) => {
            let letters =
                leaf.text.split(|c: char| !c.is_alphanumeric()).filter(|letters| !letters.is_empty());
            letters.map(|letters| vec![leaf_like(leaf, letters, Kind::Word)]).collect()
        }
        _ => vec![element.clone()],
    });
    ways.push(apart.collect());
}

/// `25 000 crowns` with the number as one word.
fn thousands_joined(elements: &[Vec<Leaf>], ways: &mut Vec<Elements>) {
    let digits = |element: &Vec<Leaf>| {
        let text = &element.first()?.text;
        text.bytes().all(|b| b.is_ascii_digit()).then_some(text.len())
    };
    let mut at = 0;
    while let Some(element) = elements.get(at) {
        let rest = elements.get(at + 1..).unwrap_or_default();
        let groups = rest.iter().take_while(|element| digits(element) == Some(3)).count();
        if digits(element).is_some_and(|length| (1..=3).contains(&length)) && groups > 0 {
            let parts = elements.iter().skip(at).take(groups + 1).filter_map(|element| element.first());
            let number: String = parts.map(|leaf| leaf.text.as_str()).collect();
            if let Some(leaf) = element.first() {
                let put = vec![vec![leaf_like(leaf, &number, Kind::Verbatim)]];
                ways.push(replaced(elements, at, groups + 1, put));
            }
        }
        at += groups + 1;
    }
}

/// The months that have abbreviations, by language.
#[rustfmt::skip]
const MONTHS: &[(Language, &[&[&str]])] = &[
    (Language::English, &[
        &["january", "jan"], &["february", "feb"], &["march", "mar"], &["april", "apr"], &["june", "jun"], &["july", "jul"],
        &["august", "aug"], &["september", "sept", "sep"], &["october", "oct"], &["november", "nov"], &["december", "dec"],
    ]),
    (Language::German, &[
        &["januar", "janner", "jan"], &["februar", "feb"], &["marz", "mrz"], &["april", "apr"], &["juni", "jun"],
        &["juli", "jul"], &["august", "aug"], &["september", "sept", "sep"], &["oktober", "okt"], &["november", "nov"],
        &["dezember", "dez"],
    ]),
    (Language::Dutch, &[
        &["januari", "jan"], &["februari", "febr", "feb"], &["maart", "mrt"], &["april", "apr"], &["juni", "jun"],
        &["juli", "jul"], &["augustus", "aug"], &["september", "sept", "sep"], &["oktober", "okt"], &["november", "nov"],
        &["december", "dec"],
    ]),
    (Language::French, &[
        &["janvier", "janv"], &["fevrier", "fevr", "fev"], &["avril", "avr"], &["juillet", "juil"], &["septembre", "sept"],
        &["octobre", "oct"], &["novembre", "nov"], &["decembre", "dec"],
    ]),
    (Language::Spanish, &[
        &["enero", "ene"], &["febrero", "feb"], &["marzo", "mar"], &["abril", "abr"], &["junio", "jun"], &["julio", "jul"],
        &["agosto", "ago"], &["septiembre", "setiembre", "sept", "sep"], &["octubre", "oct"], &["noviembre", "nov"],
        &["diciembre", "dic"],
    ]),
    (Language::Italian, &[
        &["gennaio", "genn", "gen"], &["febbraio", "febbr", "feb"], &["marzo", "mar"], &["aprile", "apr"], &["giugno", "giu"],
        &["luglio", "lug"], &["agosto", "ago"], &["settembre", "sett", "set"], &["ottobre", "ott"], &["novembre", "nov"],
        &["dicembre", "dic"],
    ]),
    (Language::Portuguese, &[
        &["janeiro", "jan"], &["fevereiro", "fev"], &["marco", "mar"], &["abril", "abr"], &["junho", "jun"],
        &["julho", "jul"], &["agosto", "ago"], &["setembro", "set"], &["outubro", "out"], &["novembro", "nov"],
        &["dezembro", "dez"],
    ]),
    (Language::Danish, &[
        &["januar", "jan"], &["februar", "feb"], &["august", "aug"], &["september", "sept", "sep"], &["oktober", "okt"],
        &["november", "nov"], &["december", "dec"],
    ]),
    (Language::Norwegian, &[
        &["januar", "jan"], &["februar", "feb"], &["august", "aug"], &["september", "sept", "sep"], &["oktober", "okt"],
        &["november", "nov"], &["desember", "des"],
    ]),
    (Language::Swedish, &[
        &["januari", "jan"], &["februari", "febr", "feb"], &["augusti", "aug"], &["september", "sept", "sep"],
        &["oktober", "okt"], &["november", "nov"], &["december", "dec"],
    ]),
];

/// A month written otherwise.
pub(super) struct Month {
    /// As it is shown.
    pub spelling: &'static str,
    /// Its keys in the language that writes it so.
    pub keys: Vec<String>,
}

/// The other ways to write a month that stands beside a number (`Sept. 11`, `11 September`,
/// `September 2001`); none for a month alone, since `Jan` is a name.
pub(super) fn month(word: &str, beside: &[&str]) -> Vec<Month> {
    let mut found: Vec<Month> = Vec::new();
    if !beside.iter().any(|number| is_of_a_date(number)) {
        return found;
    }
    let folded = fold(word.trim_end_matches(['.', ',']));
    for (language, months) in MONTHS {
        for written in months.iter().filter(|written| written.contains(&folded.as_str())) {
            for spelling in written.iter().filter(|spelling| **spelling != folded) {
                let tags = [language.tag(), Language::Other.tag()];
                let mut keys = search_keys(spelling, Kind::Word);
                keys.retain(|key| key.bytes().next().is_some_and(|tag| tags.contains(&tag)));
                match found.iter_mut().find(|month| month.spelling == *spelling) {
                    Some(month) => month.keys.extend(keys),
                    None => found.push(Month { spelling, keys }),
                }
            }
        }
    }
    found
}

/// A day of a month, or a year: `11`, `11th`, `11.`, `2001`.
fn is_of_a_date(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    match word.parse::<u32>() {
        Ok(number) => (1..=31).contains(&number) || (1000..3000).contains(&number),
        Err(_) => false,
    }
}

/// What stands before an apostrophe for an article or a preposition with one: `dell'Aquila` speaks of
/// L'Aquila.
const ELIDED: &[&str] = &["l", "d", "dell", "all", "nell", "sull", "dall", "coll"];

/// The keys of the other articles and prepositions that can stand in the place of one before an apostrophe.
pub(super) fn other_elisions(word: &str) -> Vec<String> {
    let folded = fold(word);
    if !ELIDED.contains(&folded.as_str()) {
        return Vec::new();
    }
    let others = ELIDED.iter().filter(|other| **other != folded);
    others.flat_map(|other| search_keys(other, Kind::Word)).collect()
}

/// What is left of a name without what stands before its apostrophe has so many letters at least.
const SHORTEST_ELIDED: usize = 4;

/// A name with an apostrophe that some write without: `D'Angelo` as `Dangelo`.
fn elision_closed(elements: &[Vec<Leaf>], joints: &[Joint], lexicon: &dyn Lexicon, ways: &mut Vec<Elements>) {
    for at in joints.iter().enumerate().filter(|(_, joint)| **joint == Joint::Apostrophe).map(|(at, _)| at) {
        let (Some([first, ..]), Some([second, ..])) =
            (elements.get(at).map(Vec::as_slice), elements.get(at + 1).map(Vec::as_slice))
        else {
            continue;
        };
        if second.text.chars().count() < SHORTEST_ELIDED {
            continue;
        }
        let text = format!("{}{}", first.text, fold(&second.text));
        let mut keys = lexicon.keys(&text, Kind::Word);
        // `l'aide` is not the French word `laide`; a name is found written as one in the other languages.
        keys.retain(|key| !is_elided_in(key));
        if lexicon.holds(&keys) {
            ways.push(replaced(
                elements,
                at,
                2,
                vec![vec![Leaf { form: fold(&text), text, field: first.field, terms: Terms::Keys(keys) }]],
            ));
        }
    }
}

/// Whether a key is of a language that writes apostrophes after articles.
fn is_elided_in(key: &str) -> bool {
    let tags = [Language::French.tag(), Language::Italian.tag()];
    key.bytes().next().is_some_and(|tag| tags.contains(&tag))
}

/// A name written as one word that others write with an apostrophe, where the archive holds both parts:
/// `Dangelo` as `D'Angelo`, `Ndiaye` as `N'Diaye`.
pub(super) fn elision_opened(leaf: &Leaf, lexicon: &dyn Lexicon) -> Option<[Leaf; 2]> {
    let folded = fold(&leaf.text);
    let Terms::Keys(keys) = &leaf.terms else { return None };
    if !folded.chars().all(char::is_alphabetic) {
        return None;
    }
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h');
    let cut = |before: &str, vowel: bool| {
        let rest = folded.strip_prefix(before)?;
        let fits = rest.chars().count() >= SHORTEST_ELIDED && rest.starts_with(is_vowel) == vowel;
        fits.then(|| [before.to_owned(), rest.to_owned()])
    };
    let before_vowels = ELIDED.iter().filter_map(|before| cut(before, true));
    // `N'Diaye`, `D'Souza`.
    let begins_anew = |rest: &str| !rest.starts_with(['r', 'w']);
    let before_consonants = ["m", "n", "d", "t"].iter().filter_map(|before| cut(before, false));
    let before_consonants = before_consonants.filter(|[_, rest]| begins_anew(rest));
    let part = |text: &String| leaf_like(leaf, text, Kind::Word);
    let held = |part: &Leaf| matches!(&part.terms, Terms::Keys(keys) if lexicon.holds(keys));
    let mut parts =
        before_vowels.chain(before_consonants).map(|[first, second]| [part(&first), part(&second)]);
    let parts = parts.find(|[first, second]| held(second) && held(first))?;
    // A word of these languages is no name: `laide`, `danse`.
    let own: Vec<String> = keys.iter().filter(|key| is_elided_in(key)).cloned().collect();
    (!lexicon.holds(&own)).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_beside_a_number_have_abbreviations() {
        let spellings = |word: &str, beside: &[&str]| {
            let mut found: Vec<&str> = month(word, beside).iter().map(|month| month.spelling).collect();
            found.sort_unstable();
            found
        };
        assert_eq!(spellings("September", &["11"]), ["sep", "sept"]);
        assert_eq!(spellings("Jan.", &["6th"]), ["janeiro", "janner", "januar", "januari", "january"]);
        assert_eq!(spellings("décembre", &["2001,"]), ["dec"]);
        for (word, beside) in
            [("September", "attack"), ("Jan", ""), ("September", "47"), ("May", "11"), ("Mary", "11")]
        {
            assert!(spellings(word, &[beside]).is_empty(), "{word} {beside}");
        }
        assert!(spellings("Jan", &[]).is_empty());
    }

    #[test]
    fn percent_has_many_names() {
        assert_eq!(other_percent("percent"), ["pct", "per cent"]);
        assert_eq!(other_percent("per cent"), ["pct", "percent"]);
        assert_eq!(other_percent("Prozent"), ["percent"]);
        assert_eq!(other_percent("pour cent"), ["percent"]);
        assert_eq!(other_percent("%").len(), 10);
        assert!(other_percent("PCT").is_empty() && other_percent("cent").is_empty());
    }
}
