//! Copies that were planted are found, what only looks like a copy is not, and an index that grew has the
//! groups of one made anew.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::date;
use newsearch::article::Article;
use newsearch::index::manifest::Manifest;
use newsearch::index::{ArchiveWriter, Snapshot, WriterOptions};
use newsearch::near_duplicates::{Sketch, Text};
use newsearch::query::{ParseOptions, parse};
use newsearch::search::{CopiesShown, SearchRequest, copies_found, search};

#[path = "copies/pairs.rs"]
mod pairs;
mod support;

/// A small generator of pseudo-random numbers (Marsaglia's xorshift64*): the same articles every time.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize) % n
    }

    fn pick(&mut self, items: &[&'static str]) -> &'static str {
        items[self.below(items.len())]
    }
}

const WHO: &[&str] = &[
    "the harbour master",
    "a spokeswoman for the mill",
    "the council",
    "two of the ferrymen",
    "the school board",
    "a farmer from Brod",
    "the union",
    "the bishop",
    "an engineer",
    "the referee",
    "the water company",
    "a judge",
];
const DID: &[&str] = &[
    "asked for",
    "turned down",
    "paid for",
    "welcomed",
    "put off",
    "explained",
    "argued about",
    "signed",
    "lost",
    "inspected",
    "promised",
    "measured",
];
const WHAT: &[&str] = &[
    "a new bridge",
    "the old contract",
    "twelve berths",
    "a report on the flood",
    "the price of barley",
    "the match",
    "a second inquiry",
    "wages",
    "the night train",
    "a lock on the canal",
    "the museum's roof",
    "the wage round",
];
const WHEN: &[&str] = &[
    "on Monday",
    "before the vote",
    "late in March",
    "for the third time",
    "after a long night",
    "without a word",
    "in front of the press",
    "over the protests of neighbours",
    "while it rained",
    "as everybody had expected",
];
const WHY: &[&str] = &[
    "because the pier had sunk",
    "since nobody else would",
    "to save the season",
    "under the new law",
    "so that work can begin",
    "as the letter of the ministry demands",
    "to settle the quarrel",
    "to please the town",
];

fn sentence(random: &mut Random) -> String {
    let parts = [random.pick(WHO), random.pick(DID), random.pick(WHAT), random.pick(WHEN), random.pick(WHY)];
    let figure = 3 + random.below(9000);
    match random.below(4) {
        0 => format!("{} {} {} {}, {}.", parts[3], parts[0], parts[1], parts[2], parts[4]),
        1 => format!("{} {} {} {}.", parts[0], parts[1], parts[2], parts[3]),
        2 => format!("Some {figure} people came when {} {} {} {}.", parts[0], parts[1], parts[2], parts[4]),
        _ => format!(
            "{} {} {} {} {}, and {} did not.",
            parts[0],
            parts[1],
            parts[2],
            parts[3],
            parts[4],
            random.pick(WHO)
        ),
    }
}

fn paragraphs(random: &mut Random, count: usize) -> Vec<String> {
    (0..count)
        .map(|_| (0..2 + random.below(2)).map(|_| sentence(random)).collect::<Vec<_>>().join(" "))
        .collect()
}

/// A planted copy of a text, of one of eight kinds.
fn copy(random: &mut Random, text: &[String], kind: usize) -> Vec<String> {
    let mut copy = text.to_vec();
    match kind {
        0 => {}
        1 => copy.truncate((text.len() * 3 / 4).max(3)),
        2 => copy.truncate((text.len() / 2).max(3)),
        3 => copy.insert(0, sentence(random)),
        4 => copy.insert(text.len() / 2, paragraphs(random, 1).remove(0)),
        5 => copy.extend(paragraphs(random, 1)),
        6 => {
            copy = text
                .iter()
                .map(|text| text.replace(". ", ".  ").replace("the ", "The ").replace(',', " –"))
                .collect()
        }
        _ => {
            copy.truncate((text.len() * 2 / 3).max(3));
            copy.insert(0, format!("By {} (Northwire).", random.pick(WHO)));
        }
    }
    copy
}

/// The same words in another order: no copy.
fn rewritten(random: &mut Random, text: &[String]) -> Vec<String> {
    let mut words: Vec<&str> = text.iter().flat_map(|text| text.split(' ')).collect();
    for at in (1..words.len()).rev() {
        words.swap(at, random.below(at + 1));
    }
    words.chunks(40).map(|words| words.join(" ")).collect()
}

/// The same form with other figures: no copy.
fn table(random: &mut Random, week: usize) -> Vec<String> {
    let goods = [
        "wheat", "barley", "oats", "rye", "maize", "soya", "rape", "beans", "sugar", "cocoa", "coffee",
        "wool",
    ];
    let line = |random: &mut Random, of: &str| {
        let (price, sold) = (random.below(900), random.below(90_000));
        format!("{of} closed at {price} a tonne in week {week} with {sold} sold")
    };
    vec![goods.iter().map(|of| line(random, of)).collect::<Vec<_>>().join(", ")]
}

/// The same bulletin with other figures, few among its words: no copy.
fn bulletin(random: &mut Random) -> Vec<String> {
    let mut figure = || 100 + random.below(900);
    vec![
        format!(
            "The locks on the canal were open all week, and {} barges went down to the coast without a delay that anybody \
             could name. The gauge at the old bridge stood at {} in the morning, and the wardens saw no reason to hold \
             back the water that comes down from the hills at this time of the year.",
            figure(),
            figure()
        ),
        format!(
            "Upstream of the mill the towpath stays closed to riders until the bank has been mended, which the company \
             still hopes to do before the fair. Whoever wants to pass pays {} at the toll house as before; children \
             and the ferrymen's dogs go free. The next of these bulletins will hang at the town hall as soon as the \
             new figures have come in from all of the stations.",
            figure()
        ),
    ]
}

/// A later version of a text: what came first is gone, something else has come.
fn version(text: &[String], more: &[String], later: usize) -> Vec<String> {
    text.iter().skip(later).chain(more.iter().take(later)).cloned().collect()
}

fn article(number: usize, headline: &str, text: &[String]) -> Article {
    support::article(format!("a{number:05}"), headline.to_owned(), text.join("\n\n"))
}

const OPTIONS: WriterOptions = WriterOptions { threads: 1, memory: 15_000_000 };

/// Takes articles out and puts others in, in one run.
fn run<'a>(dir: &Path, gone: impl Iterator<Item = &'a Article>, come: impl Iterator<Item = &'a Article>) {
    let mut writer = ArchiveWriter::open(dir, OPTIONS).unwrap();
    gone.for_each(|article| writer.remove_file(0, &article.path));
    come.for_each(|article| writer.add(article.clone(), 0, &article.path).unwrap());
    writer.commit(&mut Manifest::default()).unwrap();
    writer.find_copies().unwrap();
    writer.finish().unwrap();
}

/// All groups of two and more, by the ids of their articles.
fn groups(dir: &Path) -> BTreeSet<BTreeSet<String>> {
    let snapshot = Snapshot::open(dir).unwrap();
    let query = parse("NOT xyzzy", &ParseOptions { today: date(2026, 1, 1) }).ast.unwrap();
    let request = SearchRequest { limit: 100_000, copies: CopiesShown::Best, ..SearchRequest::new(query) };
    let found = search(&snapshot, &request).unwrap();
    let groups = found.hits.iter().map(|hit| {
        let copies = copies_found(&snapshot, hit).unwrap();
        copies.into_iter().map(|copy| copy.id).chain([hit.article.id.clone()]).collect::<BTreeSet<_>>()
    });
    let groups: Vec<BTreeSet<String>> = groups.collect();
    assert_eq!(found.distinct, Some(groups.len() as u64));
    assert_eq!(
        found.total as usize,
        groups.iter().map(BTreeSet::len).sum::<usize>(),
        "an article is in two groups"
    );
    groups.into_iter().filter(|group| group.len() > 1).collect()
}

#[test]
fn planted_copies_are_found_and_nothing_else() {
    let mut random = Random(0x5eed_c0b1_e500_0001);
    let mut articles = Vec::new();
    // The story that each article tells; none two of which are copies has a number of its own.
    let mut stories = Vec::new();
    let mut put = |story: usize, headline: &str, text: &[String]| {
        articles.push(article(articles.len(), headline, text));
        stories.push(story);
    };
    let footer = "The Ellery Courier is a member of the Northwire press pool; reports may be shortened, corrected and \
                  printed again by all of its papers as long as their source is named."
        .to_owned();
    for story in 0..300 {
        let length = 4 + random.below(9);
        let text = paragraphs(&mut random, length);
        put(story, &format!("Report {story}"), &text);
        for number in 0..random.below(4) {
            let kind = random.below(8);
            let copied = copy(&mut random, &text, kind);
            put(story, &format!("Report {story} as paper {number} has it"), &copied);
        }
        let alone = 1000 + 10 * story;
        put(alone, "Told again", &rewritten(&mut random, &text));
        put(alone + 1, "The week's prices", &table(&mut random, story));
        if story < 60 {
            put(alone + 4, "On the canal", &bulletin(&mut random));
        }
        // News of its own above what everybody knew.
        let mut update = paragraphs(&mut random, length);
        update.push(text[0].clone());
        put(alone + 2, &format!("Report {story}, later"), &update);
        let mut noted = paragraphs(&mut random, 3);
        noted.push(footer.clone());
        put(alone + 3, "Below it a notice", &noted);
    }
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), [].iter(), articles.iter());

    let story: BTreeMap<&str, usize> =
        articles.iter().zip(&stories).map(|(a, story)| (a.id.as_str(), *story)).collect();
    let planted: usize = (0..300)
        .map(|story| stories.iter().filter(|of| **of == story).count())
        .map(|n| n * (n - 1) / 2)
        .sum();
    let (mut right, mut wrong) = (0, 0);
    for group in groups(dir.path()) {
        let of: Vec<usize> = group.iter().map(|id| story[id.as_str()]).collect();
        for (at, one) in of.iter().enumerate() {
            right += of[..at].iter().filter(|other| *other == one).count();
            wrong += of[..at].iter().filter(|other| *other != one).count();
        }
    }
    assert!(planted > 700, "{planted}");
    assert_eq!(wrong, 0, "pairs that are no copies");
    let f1 = 2.0 * right as f64 / (planted + right + wrong) as f64;
    assert!(f1 >= 0.97, "F1 {f1}: {right} of {planted} pairs");
}

#[test]
fn an_index_that_grew_has_the_groups_of_one_made_anew() {
    for seed in 1..=12 {
        let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ (seed << 20));
        let dir = tempfile::tempdir().unwrap();
        let mut held: BTreeMap<usize, Article> = BTreeMap::new();
        let texts: Vec<Vec<String>> = (0..6).map(|_| paragraphs(&mut random, 8)).collect();
        let more: Vec<Vec<String>> = (0..6).map(|_| paragraphs(&mut random, 8)).collect();
        let mut number = 0;
        for step in 0..6 {
            let gone: Vec<usize> = held.keys().copied().filter(|_| random.below(4) == 0).collect();
            let gone: Vec<Article> = gone.iter().filter_map(|at| held.remove(at)).collect();
            let mut come = Vec::new();
            for _ in 0..random.below(12) {
                let (text, kind) = (random.below(texts.len()), random.below(16));
                let copied = match kind {
                    0..8 => copy(&mut random, &texts[text], kind),
                    _ => version(&texts[text], &more[text], kind - 8),
                };
                come.push(article(number, &format!("Paper {number}"), &copied));
                held.insert(number, come[come.len() - 1].clone());
                number += 1;
            }
            run(dir.path(), gone.iter(), come.iter());
            let anew = tempfile::tempdir().unwrap();
            run(anew.path(), [].iter(), held.values());
            assert_eq!(groups(dir.path()), groups(anew.path()), "seed {seed}, step {step}");
        }
        assert!(!groups(dir.path()).is_empty(), "seed {seed} tests nothing");
    }
}

#[test]
fn every_group_has_one_that_all_others_are_copies_of() {
    let mut random = Random(0xabcd_ef01_2345_6789);
    // Chains: each version is a little other than the one before, the last has nothing of the first.
    let mut articles = Vec::new();
    for _ in 0..8 {
        let mut text = paragraphs(&mut random, 8);
        for _ in 0..14 {
            articles.push(article(articles.len(), "Version", &text));
            text.remove(0);
            text.extend(paragraphs(&mut random, 1));
        }
    }
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), [].iter(), articles.iter());
    let body: BTreeMap<&str, &Article> =
        articles.iter().map(|article| (article.id.as_str(), article)).collect();
    let found = groups(dir.path());
    assert!(found.len() > 8, "a chain is one group: {found:?}");
    for group in found {
        let texts: Vec<(u64, Text)> = group
            .iter()
            .map(|id| body[id.as_str()])
            .map(|article| {
                (Sketch::new(&article.headline, &article.body).text_hash, Text::new(article.body.as_str()))
            })
            .collect();
        let is_centre = |one: &(u64, Text)| {
            texts.iter().all(|other| one.0 == other.0 || one.1.is_near_duplicate_of(&other.1))
        };
        assert!(texts.iter().any(is_centre), "{group:?}");
    }
}

#[test]
fn a_notice_with_which_many_begin_brings_no_two_of_them_together() {
    let mut random = Random(0x0f0f_1e1e_2d2d_3c3c);
    let notice = "The Ellery Courier keeps to the code of the press council. If you believe that something in this report \
                  is wrong, write to the readers' editor, who looks into every letter that bears a name and a street, \
                  and prints what was wrong in its usual place."
        .to_owned();
    let mut articles = vec![article(0, "To our readers", std::slice::from_ref(&notice))];
    for number in 1..=20 {
        let story = [vec![notice.clone()], paragraphs(&mut random, 4)].concat();
        articles.push(article(number, &format!("Story {number}"), &story));
    }
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), [].iter(), articles.iter());
    for group in groups(dir.path()) {
        assert!(group.iter().filter(|id| **id != articles[0].id).count() < 2, "{group:?}");
    }
}
