//! What must hold between two searches, whatever the archive: case costs no hit, nor does how words are
//! printed; a word more never adds articles to an AND, nor takes them from an OR; what an export holds is
//! what was counted; how an index came about changes no answer.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::collections::BTreeSet;

use jiff::civil::date;
use newsearch::article::Article;
use newsearch::index::manifest::Manifest;
use newsearch::index::{ArchiveWriter, Snapshot, WriterOptions};
use newsearch::query::{ParseOptions, parse};
use newsearch::search::{Corrected, Detail, SearchRequest, all, ranked_ids, search_corrected};
use support::{Random, article, index};
use unicode_normalization::UnicodeNormalization;

/// So many cases of each law are tried.
const CASES: usize = 10_000;

/// None of these is another word in capitals.
const WORDS: &[&str] = &[
    "peace",
    "plan",
    "plans",
    "planned",
    "war",
    "wars",
    "president",
    "presidents",
    "negotiating",
    "negotiation",
    "company",
    "companies",
    "flood",
    "flooded",
    "the",
    "of",
    "with",
    "he",
    "was",
    "Café",
    "naïve",
    "Zürich",
    "Łódź",
    "don't",
    "O'Brien",
    "Larsen's",
    "Kyiv",
    "Brandt",
    "Okafor",
    "Kennedy",
    "counter-proposal",
    "counterproposal",
    "start-up",
    "NATO",
    "UN",
    "EU",
    "MP",
    "MPs",
    "NGO",
    "NGOs",
    "CPUs",
    "U.N.",
    "J. K.",
    "Ph.D.",
    "F-16",
    "F-16s",
    "737",
    "737s",
    "1990s",
    "1990's",
    "25,000",
    "25000",
    "3.5",
    "9/11",
    "2019-20",
    "401(k)",
    "5%",
    "AT&T",
    "COVID-19",
    "Straße",
    "l'État",
];

const STOP_WORDS: &[&str] = &["the", "of", "with", "was"];

fn some_words(random: &mut Random, most: u64) -> Vec<&'static str> {
    (0..=random.below(most)).map(|_| random.pick(WORDS)).collect()
}

fn sentence(random: &mut Random) -> String {
    let words = some_words(random, 7).join(" ");
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{} it.", letters.as_str())
}

fn articles(random: &mut Random, count: usize) -> Vec<Article> {
    let text = |random: &mut Random| {
        let paragraph = |random: &mut Random| {
            let sentences: Vec<String> = (0..=random.below(3)).map(|_| sentence(random)).collect();
            sentences.join(" ")
        };
        let paragraphs: Vec<String> = (0..=random.below(3)).map(|_| paragraph(random)).collect();
        paragraphs.join("\n\n")
    };
    let article = |number: usize, random: &mut Random| {
        let headline = some_words(random, 4).join(" ");
        let mut article = article(format!("a{number}"), headline, text(random));
        article.authors = vec![random.pick(&["Ana Sousa", "Jo O'Brien", "Per Kennedy"]).to_owned()];
        article.section = Some(random.pick(&["World", "Peace", "Local News"]).to_owned());
        article
    };
    (0..count).map(|number| article(number, random)).collect()
}

/// A query of words and operators; `dress` is done to the words only.
fn query(random: &mut Random, depth: u64, dress: &dyn Fn(&str) -> String) -> String {
    if depth == 0 {
        return match random.below(8) {
            0 => format!("\"{}\"", dress(&some_words(random, 2).join(" "))),
            1 => format!("\"{} {}\"~2", dress(random.pick(WORDS)), dress(random.pick(WORDS))),
            2 => format!("{}*", dress(random.pick(&["pl", "neg", "kenn", "caf", "com"]))),
            3 => format!("{}~", dress(random.pick(&["peice", "presidant", "kenedy"]))),
            4 => format!("={}", dress(random.pick(&["plans", "Kennedy", "war", "Café"]))),
            5 => format!("author:{}", dress(random.pick(&["sousa", "O'Brien", "kennedy"]))),
            6 => format!("section:{}", dress(random.pick(&["world", "peace", "news"]))),
            _ => match random.pick(WORDS) {
                words if words.contains([' ', '(']) => format!("\"{}\"", dress(words)),
                word => dress(word),
            },
        };
    }
    let left = query(random, depth - 1, dress);
    let right = query(random, depth - 1, dress);
    match random.below(6) {
        0 => format!("({left} OR {right})"),
        1 => format!("({left} AND NOT {right})"),
        2 => format!("({left} W/P {right})"),
        3 => format!("({left} NEAR/4 {right})"),
        4 => format!("headline:({left})"),
        _ => format!("({left} AND {right})"),
    }
}

fn request(text: &str) -> SearchRequest {
    let parsed = parse(text, &ParseOptions { today: date(2026, 1, 1) });
    let node = parsed.ast.unwrap_or_else(|| panic!("`{text}` asks for nothing"));
    SearchRequest { limit: 1_000, count_words: true, ..SearchRequest::new(node) }
}

fn found(snapshot: &Snapshot, text: &str) -> BTreeSet<String> {
    ranked_ids(snapshot, &request(text)).unwrap().into_iter().map(|(id, _)| id).collect()
}

fn upper(text: &str) -> String {
    text.to_uppercase()
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

fn title(text: &str) -> String {
    let mut begins = true;
    let mut out = String::new();
    for c in text.chars() {
        if begins {
            out.extend(c.to_uppercase())
        } else {
            out.extend(c.to_lowercase())
        }
        begins = c.is_whitespace();
    }
    out
}

fn as_it_is(text: &str) -> String {
    text.to_owned()
}

fn dressed(articles: &[Article], dress: &dyn Fn(&str) -> String) -> Vec<Article> {
    let dressed = |article: &Article| Article {
        headline: dress(&article.headline),
        body: article.body.split("\n\n").map(dress).collect::<Vec<_>>().join("\n\n"),
        authors: article.authors.iter().map(|author| dress(author)).collect(),
        section: article.section.as_deref().map(dress),
        ..article.clone()
    };
    articles.iter().map(dressed).collect()
}

#[test]
fn case_costs_no_hit() {
    const DRESSES: [fn(&str) -> String; 4] = [as_it_is, upper, lower, title];
    let mut random = Random(11);
    let (mut cases, mut hits) = (0, 0);
    while cases < CASES {
        let articles = articles(&mut random, 30);
        let dirs = DRESSES.map(|_| tempfile::tempdir().unwrap());
        let snapshots: Vec<Snapshot> = DRESSES
            .iter()
            .zip(&dirs)
            .map(|(dress, dir)| index(dir.path(), &dressed(&articles, dress), 2))
            .collect();
        for _ in 0..400 {
            let (seed, depth) = (random.below(1 << 30) + 1, random.below(3));
            let expected = found(&snapshots[0], &query(&mut Random(seed), depth, &as_it_is));
            hits += expected.len();
            let dress = DRESSES[random.below(4) as usize];
            let snapshot = random.below(4) as usize;
            let text = query(&mut Random(seed), depth, &dress);
            let got = found(&snapshots[snapshot], &text);
            let shown = || {
                let ids = got.symmetric_difference(&expected);
                let differ = articles.iter().filter(|article| ids.clone().any(|id| *id == article.id));
                let shown = differ.take(2).map(|a| format!("{} | {} | {:?}", a.headline, a.body, a.authors));
                shown.map(|text| DRESSES[snapshot](&text)).collect::<Vec<_>>().join("\n")
            };
            assert_eq!(got, expected, "`{text}` in {snapshot}: {}", shown());
            cases += 1;
        }
    }
    assert!(hits > CASES, "{hits}");
}

fn curly(text: &str) -> String {
    text.replace('\'', "’").replace('-', "‑")
}

fn decomposed(text: &str) -> String {
    text.nfd().collect()
}

fn full_width(text: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' if !matches!(c, '(' | ')' | '"' | '/') => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        c => c,
    };
    if text.contains('(') { text.to_owned() } else { text.chars().map(wide).collect() }
}

fn with_soft_hyphens(text: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in text.chars() {
        if c.is_lowercase() && before.is_lowercase() {
            out.push('\u{ad}');
        }
        out.push(c);
        before = c;
    }
    out
}

fn with_hard_blanks(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

#[test]
fn a_texts_own_words_find_it_however_they_are_printed() {
    const DRESSES: [fn(&str) -> String; 8] =
        [as_it_is, upper, lower, curly, decomposed, full_width, with_soft_hyphens, with_hard_blanks];
    let mut random = Random(12);
    let mut cases = 0;
    while cases < CASES {
        let texts: Vec<Vec<&str>> = (0..40).map(|_| some_words(&mut random, 7)).collect();
        let plain = |(number, words): (usize, &Vec<&str>)| {
            article(format!("a{number}"), String::new(), format!("he {} was", words.join(" ")))
        };
        let articles: Vec<Article> = texts.iter().enumerate().map(plain).collect();
        let dirs = DRESSES.map(|_| tempfile::tempdir().unwrap());
        let snapshots: Vec<Snapshot> = DRESSES
            .iter()
            .zip(&dirs)
            .map(|(dress, dir)| index(dir.path(), &dressed(&articles, dress), 1))
            .collect();
        for _ in 0..400 {
            let number = random.below(texts.len() as u64) as usize;
            let words = &texts[number];
            let from = random.below(words.len() as u64) as usize;
            let to = from + 1 + random.below((words.len() - from) as u64) as usize;
            let dress = DRESSES[random.below(8) as usize];
            let snapshot = random.below(8) as usize;
            let text = format!("\"{}\"", dress(&words[from..to].join(" ")));
            let found = found(&snapshots[snapshot], &text);
            assert!(
                found.contains(&format!("a{number}")),
                "`{text}` finds `{}`: {found:?}",
                DRESSES[snapshot](&articles[number].body)
            );
            cases += 1;
        }
    }
}

#[test]
fn operators_keep_their_promises() {
    let mut random = Random(13);
    let (mut cases, mut hits) = (0, 0);
    while cases < CASES {
        let articles = articles(&mut random, 40);
        let dir = tempfile::tempdir().unwrap();
        let snapshot = index(dir.path(), &articles, 1 + cases % 3);
        let found = |text: &str| found(&snapshot, text);
        for _ in 0..500 {
            let depth = random.below(2);
            let a = query(&mut random, depth, &as_it_is);
            let b = query(&mut random, 0, &as_it_is);
            let (in_a, in_b) = (found(&a), found(&b));
            // Stop words need not be there where there are other words.
            let has_stop_word = |text: &str| {
                text.to_lowercase()
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| STOP_WORDS.contains(&word))
            };
            if has_stop_word(&a) || has_stop_word(&b) {
                continue;
            }
            let (both, either, without) = (
                found(&format!("{a} AND {b}")),
                found(&format!("{a} OR {b}")),
                found(&format!("{a} AND NOT {b}")),
            );
            hits += both.len();
            assert_eq!(both, &in_a & &in_b, "`{a}` AND `{b}`");
            assert_eq!(either, &in_a | &in_b, "`{a}` OR `{b}`");
            assert_eq!(&both | &without, in_a, "`{a}` with and without `{b}`");
            assert!(both.is_disjoint(&without), "`{a}` with and without `{b}`");
            let field = random.pick(&["headline", "body", "author", "section"]);
            assert!(
                found(&format!("{field}:({a})")).is_subset(&in_a) || a.contains("NOT") || a.contains(':'),
                "{field}:({a})"
            );
            let (one, other) = (random.pick(WORDS), random.pick(WORDS));
            let phrase = found(&format!("\"{one} {other}\""));
            let ordered = found(&format!("\"{one}\" PRE/1 \"{other}\""));
            let near = found(&format!("\"{one}\" NEAR/3 \"{other}\""));
            let and = found(&format!("\"{one}\" AND \"{other}\""));
            assert!(
                phrase.is_subset(&near) || !phrase.is_subset(&ordered),
                "\"{one} {other}\": {phrase:?} {near:?}"
            );
            assert!(ordered.is_subset(&near) && near.is_subset(&and), "\"{one}\" NEAR/3 \"{other}\"");
            cases += 1;
        }
    }
    assert!(hits > CASES, "{hits}");
}

#[test]
fn an_export_holds_what_is_counted() {
    let mut random = Random(14);
    let mut cases = 0;
    while cases < CASES {
        let articles = articles(&mut random, 40);
        let dir = tempfile::tempdir().unwrap();
        let snapshot = index(dir.path(), &articles, 1 + cases % 3);
        for _ in 0..500 {
            let depth = random.below(3);
            let text = query(&mut random, depth, &as_it_is);
            let request = request(&text);
            let hits = all(&snapshot, &request, Detail::Stored).unwrap();
            let total = hits.total;
            let exported: BTreeSet<String> = hits.map(|hit| hit.unwrap().article.id).collect();
            assert_eq!(exported.len() as u64, total, "`{text}`");
            assert_eq!(exported, found(&snapshot, &text), "`{text}`");
            cases += 1;
        }
    }
}

/// Each is a name beside a word of the same stem, more or less often.
const NAMES: &[(&str, &str)] = &[
    ("Chang", "change"),
    ("Generale", "general"),
    ("Marche", "march"),
    ("Morale", "moral"),
    ("Universe", "university"),
    ("Organ", "organization"),
];

/// Articles in which it takes many to tell a name from a word.
fn articles_with_names(random: &mut Random, count: usize, about: &str) -> Vec<Article> {
    let sentence = |random: &mut Random| {
        let (name, word) = NAMES[random.below(NAMES.len() as u64) as usize];
        let small = name.to_lowercase();
        let name = if random.below(20) == 0 { small.as_str() } else { name };
        match random.below(4) {
            0 => {
                format!("The {} said that {name} had come to the {about}.", random.pick(&["mayor", "ferry"]))
            }
            1 => format!("The mayor {word} it by the {} and the {about}.", random.pick(&["harbour", "weir"])),
            _ => {
                format!("It was {word} that the {} had met {name} there.", random.pick(&["herons", "mayors"]))
            }
        }
    };
    let article = |number: usize, random: &mut Random| {
        let body: Vec<String> = (0..=random.below(3)).map(|_| sentence(random)).collect();
        article(format!("{about}{number}"), random.pick(&["Ferry", "Weir"]).to_owned(), body.join(" "))
    };
    (0..count).map(|number| article(number, random)).collect()
}

/// What can be said of the answer, but for the order: how long articles are on average depends on those that
/// were removed too.
fn answer(snapshot: &Snapshot, text: &str) -> String {
    let Corrected { response, corrections, .. } = search_corrected(snapshot, request(text)).unwrap();
    let mut ids: Vec<String> = response.hits.iter().map(|hit| hit.article.id.clone()).collect();
    ids.sort_unstable();
    if let [word] = response.words.as_slice()
        && word.word == text
    {
        assert_eq!(word.articles, response.total, "`{text}` on its own");
    }
    let (words, forms, remarks) = (response.words, response.forms, response.remarks);
    format!("{} {corrections:?} {words:?} {forms:?} {remarks:?} {ids:?}", response.total)
}

#[test]
fn how_an_index_came_about_changes_no_answer() {
    let mut random = Random(15);
    let mut narrowed = 0;
    for round in 0..12 {
        let mut articles = articles_with_names(&mut random, 120, "quay");
        let at_once = tempfile::tempdir().unwrap();
        let at_once = index(at_once.path(), &articles, 1);
        // In another order, in many pieces, beside others that leave again.
        let grown_in = tempfile::tempdir().unwrap();
        for at in (1..articles.len()).rev() {
            articles.swap(at, random.below(at as u64 + 1) as usize);
        }
        let leave = round % 3 > 0;
        let are_rewritten = round % 4 > 1;
        for part in articles.chunks(15 + random.below(60) as usize) {
            let gone = articles_with_names(&mut random, 2, "lantern");
            let options = WriterOptions { threads: 2, memory: 40_000_000 };
            let mut writer = ArchiveWriter::open(grown_in.path(), options).unwrap();
            for article in part.iter().chain(gone.iter().filter(|_| leave)) {
                writer.add(article.clone(), 0, &article.path).unwrap();
            }
            writer.commit(&mut Manifest::default()).unwrap();
            for article in gone.iter().chain(part.iter().filter(|_| are_rewritten)) {
                writer.remove_file(0, &article.path);
            }
            for article in part.iter().filter(|_| are_rewritten) {
                writer.add(article.clone(), 0, &article.path).unwrap();
            }
            writer.commit(&mut Manifest::default()).unwrap();
            writer.finish().unwrap();
        }
        let grown = Snapshot::open(grown_in.path()).unwrap();
        let names = NAMES.iter().flat_map(|(name, word)| [name.to_lowercase(), (*word).to_owned()]);
        let others = [
            "lantern",
            "lanterns ferry",
            "herron ferry",
            "lanern mayor",
            "harb*",
            "m?yor",
            "NOT ferry",
            "body:ferry",
            "headline:ferry",
        ];
        for text in names.chain(others.map(str::to_owned)) {
            let once = answer(&at_once, &text);
            narrowed += usize::from(!once.contains("left_out: []"));
            assert_eq!(once, answer(&grown, &text), "`{text}`, round {round}");
        }
    }
    assert!(narrowed > 12, "{narrowed}");
}
