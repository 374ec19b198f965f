//! Finds out which articles are copies of one another, after a commit: of all of them, or of those that came and what they touch.
//!
//! Which texts hang together depends on each pair alone, so that an index that grew file by file has the groups of one made
//! anew.

mod table;

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocAddress;
use tantivy::columnar::Column;

use crate::error::Result;
use crate::near_duplicates::{Kept, Linked, Sketch, Text, groups};

use super::{Snapshot, reading};

pub use table::Copies;
pub(super) use table::{NAME, Places, Row, Table};

/// What came into the index since the copies were last found.
pub(in crate::index) enum Came {
    /// Articles of the files with these keys; what went is seen by that it is not there.
    From(Vec<u64>),
    /// It is not known: everything is looked at.
    Anything,
}

/// Where more than this part of the articles came, all are looked at.
const MOST_TOUCHED: u64 = 4;

/// The copies among the articles of `snapshot`, where `before` are those from before something came and went.
pub(in crate::index) fn find(snapshot: &Snapshot, before: &Copies, came: Came) -> Result<Table> {
    let columns = Columns::open(snapshot)?;
    let came = match came {
        Came::Anything => None,
        Came::From(files) => columns.texts_of(&files.into_iter().collect())?,
    };
    let mut archive = match came {
        None => Archive::all(&columns),
        Some(came) => Archive::touched(&columns, before, came),
    };
    archive.link_near(snapshot)?;
    archive.group(snapshot)
}

/// Where the articles in groups are.
pub(in crate::index) fn places(snapshot: &Snapshot, rows: &[Row]) -> Result<Vec<Places>> {
    let groups: FxHashMap<u64, u32> = rows.iter().filter_map(|row| Some((row.text, row.group?))).collect();
    let segments = snapshot.searcher().segment_readers().iter();
    let mut places: Vec<Places> = segments
        .map(|segment| Places { segment: segment.segment_id().uuid_string(), members: Vec::new() })
        .collect();
    if groups.is_empty() {
        return Ok(places);
    }
    Columns::open(snapshot)?.each(|at, text| {
        if let Some((group, place)) = groups.get(&text).zip(places.get_mut(at.segment_ord as usize)) {
            place.members.push((at.doc_id, *group));
        }
    });
    Ok(places)
}

/// The columns of each segment.
struct Columns<'a> {
    snapshot: &'a Snapshot,
    texts: Vec<Column<u64>>,
    sketches: Vec<Column<u64>>,
}

impl<'a> Columns<'a> {
    fn open(snapshot: &'a Snapshot) -> Result<Self> {
        let column = |name: &str| {
            let segments = snapshot.searcher().segment_readers().iter();
            let columns = segments.map(|segment| segment.fast_fields().u64(name));
            columns.collect::<tantivy::Result<Vec<_>>>().map_err(|error| reading(snapshot.dir(), &error))
        };
        Ok(Self { snapshot, texts: column("copy_text")?, sketches: column("copy_sketch")? })
    }

    /// Every article: its place and its text.
    fn each(&self, mut take: impl FnMut(DocAddress, u64)) {
        for (ord, (segment, texts)) in
            (0..).zip(self.snapshot.searcher().segment_readers().iter().zip(&self.texts))
        {
            for doc in segment.doc_ids_alive() {
                match texts.first(doc) {
                    None | Some(0) => {}
                    Some(text) => take(DocAddress::new(ord, doc), text),
                }
            }
        }
    }

    /// The texts of the articles of these files; `None` where they are so many that all can be looked at as well.
    fn texts_of(&self, files: &FxHashSet<u64>) -> Result<Option<FxHashSet<u64>>> {
        let mut found = FxHashSet::default();
        if files.is_empty() {
            return Ok(Some(found));
        }
        let most = self.snapshot.article_count() / MOST_TOUCHED;
        for (segment, texts) in self.snapshot.searcher().segment_readers().iter().zip(&self.texts) {
            let column =
                segment.fast_fields().u64("file").map_err(|error| reading(self.snapshot.dir(), &error))?;
            let came = |doc: &u32| column.first(*doc).is_some_and(|file| files.contains(&file));
            found.extend(segment.doc_ids_alive().filter(came).filter_map(|doc| texts.first(doc)));
            if found.len() as u64 > most {
                return Ok(None);
            }
        }
        found.remove(&0);
        Ok(Some(found))
    }

    /// What is kept of an article's text; `values` holds a part of it.
    fn sketch<'v>(&self, at: DocAddress, values: &'v mut Vec<u64>) -> Kept<'v> {
        values.clear();
        let column = self.sketches.get(at.segment_ord as usize);
        let mut kept = column.map(|column| column.values_for_doc(at.doc_id)).into_iter().flatten();
        let (letters, print) = Sketch::read(&mut kept);
        values.extend(kept);
        Kept { letters, print, values }
    }
}

/// A text of the archive.
struct Known {
    text: u64,
    /// One of the articles that have it.
    at: DocAddress,
    articles: u64,
    /// Its component and group before, where these still hold.
    before: Option<(u32, Option<u32>)>,
    /// Whether it is to be compared with all others.
    is_new: bool,
}

/// The texts that are looked at.
struct Archive {
    /// In the order of their hashes.
    texts: Vec<Known>,
    /// Pairs that may be copies, by number.
    pairs: Vec<(u32, u32)>,
    linked: Linked,
}

impl Archive {
    /// All texts.
    fn all(columns: &Columns<'_>) -> Self {
        let mut found: Vec<(u64, DocAddress)> = Vec::new();
        columns.each(|at, text| found.push((text, at)));
        let texts = known(found, |_| (None, true));
        let pairs = Shared::of(columns, &texts).pairs();
        Self { linked: Linked::new(texts.len()), texts, pairs }
    }

    /// The texts that were copies, those that came, and those that these may be copies of.
    fn touched(columns: &Columns<'_>, before: &Copies, came: FxHashSet<u64>) -> Self {
        let old: FxHashMap<u64, Row> = before.rows().map(|row| (row.text, row)).collect();
        let mut found: Vec<(u64, DocAddress)> = Vec::new();
        columns.each(|at, text| {
            if old.contains_key(&text) || came.contains(&text) {
                found.push((text, at));
            }
        });
        let there: FxHashSet<u64> = found.iter().map(|(text, _)| *text).collect();
        // What hung together by a text that is gone is looked at again.
        let broken: FxHashSet<u32> =
            old.values().filter(|row| !there.contains(&row.text)).map(|row| row.component).collect();
        let about = |text: u64| {
            let row = old.get(&text).filter(|row| !broken.contains(&row.component));
            (row.map(|row| (row.component, row.group)), row.is_none() || came.contains(&text))
        };
        let mut texts = known(found, about);
        let near = near(columns, &texts);
        let others = near.iter().filter(|(_, text, _)| !there.contains(text));
        let others = known(others.map(|(_, text, at)| (*text, *at)).collect(), |_| (None, false));
        // Of what was no copy and did not come, the articles are not counted: where there were two, they were copies.
        texts.extend(others.into_iter().map(|other| Known { articles: 1, ..other }));
        texts.sort_unstable_by_key(|known| known.text);
        let number =
            |text: u64| texts.binary_search_by_key(&text, |known| known.text).ok().map(|at| at as u32);
        let mut pairs: Vec<(u32, u32)> = near
            .iter()
            .filter_map(|(new, other, _)| Some((number(*new)?, number(*other)?)))
            .map(|(one, other)| (one.min(other), one.max(other)))
            .filter(|(one, other)| one != other)
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut linked = Linked::new(texts.len());
        let mut first: FxHashMap<u32, u32> = FxHashMap::default();
        for (number, known) in (0..).zip(&texts) {
            if let Some((component, _)) = known.before {
                linked.link(*first.entry(component).or_insert(number), number);
            }
        }
        Self { texts, pairs, linked }
    }

    /// Which of the pairs that may be copies are.
    fn link_near(&mut self, snapshot: &Snapshot) -> Result<()> {
        let texts = &self.texts;
        let at = |number: u32| texts.get(number as usize).map(|known| known.at);
        // In the order in which they lie in the index, so that what is near is read once.
        self.pairs.sort_unstable_by_key(|(one, other)| (at(*one), at(*other)));
        for pairs in self.pairs.chunks(COMPARED_AT_ONCE) {
            let linked = &mut self.linked;
            let open: Vec<_> =
                pairs.iter().filter(|(one, other)| linked.root(*one) != linked.root(*other)).collect();
            let copies = open.par_chunks(COMPARED_BY_ONE).map(|pairs| {
                let mut read = Read::default();
                let compare = |(one, other): &&(u32, u32)| {
                    read.compare(snapshot, texts, (*one as usize, *other as usize), Text::is_copy_of)
                };
                pairs.iter().map(compare).collect::<Result<Vec<_>>>()
            });
            let copies = copies.collect::<Result<Vec<_>>>()?.concat();
            for ((one, other), are_copies) in open.iter().zip(copies) {
                if are_copies {
                    linked.link(*one, *other);
                }
            }
        }
        Ok(())
    }

    /// What hangs together, in groups.
    fn group(mut self, snapshot: &Snapshot) -> Result<Table> {
        let mut by_component: Vec<(u32, u32)> =
            (0..self.texts.len() as u32).map(|number| (self.linked.root(number), number)).collect();
        by_component.par_sort_unstable();
        let members = by_component.chunk_by(|one, other| one.0 == other.0);
        let has_copies = |number: u32| self.texts.get(number as usize).is_some_and(|text| text.articles > 1);
        let components = members
            .filter(|members| members.len() > 1 || members.iter().any(|(_, number)| has_copies(*number)))
            .map(|members| members.iter().map(|(_, number)| *number as usize).collect());
        let components: Vec<Vec<usize>> = components.collect();
        drop(by_component);
        let parts = components.par_iter().map(|members| self.parts(members, snapshot));
        let mut table = Table::default();
        for (component, mut parts) in (0..).zip(parts.collect::<Result<Vec<_>>>()?) {
            parts.sort_unstable();
            for part in parts {
                let articles: u64 =
                    part.iter().filter_map(|member| self.texts.get(*member)).map(|text| text.articles).sum();
                let group = (articles > 1).then_some(table.groups);
                table.groups += u32::from(group.is_some());
                table.grouped += if group.is_some() { articles } else { 0 };
                for member in part {
                    let Some(known) = self.texts.get(member) else { continue };
                    table.rows.push(Row { text: known.text, component, group });
                }
            }
        }
        table.rows.sort_unstable();
        Ok(table)
    }

    /// The groups of a component: those it had, where nothing has come to it.
    fn parts(&self, members: &[usize], snapshot: &Snapshot) -> Result<Vec<Vec<usize>>> {
        let texts = || members.iter().filter_map(|member| self.texts.get(*member));
        if texts().all(|known| !known.is_new && known.before.is_some()) && members.len() > 1 {
            let mut parts: FxHashMap<(Option<u32>, usize), Vec<usize>> = FxHashMap::default();
            for member in members {
                let Some(known) = self.texts.get(*member) else { continue };
                let group = known.before.and_then(|(_, group)| group);
                // Each that is in no group is alone.
                let alone = if group.is_none() { *member } else { 0 };
                parts.entry((group, alone)).or_default().push(*member);
            }
            return Ok(parts.into_values().collect());
        }
        let mut read = Read::default();
        let mut failed = Ok(());
        let parts = groups(members.len(), |one, other| {
            let (Some(one), Some(other)) = (members.get(one), members.get(other)) else { return false };
            read.compare(snapshot, &self.texts, (*one, *other), Text::stands_for).unwrap_or_else(|error| {
                failed = Err(error);
                false
            })
        });
        failed?;
        let member = |at: usize| members.get(at).copied();
        Ok(parts.into_iter().map(|part| part.into_iter().filter_map(member).collect()).collect())
    }
}

/// The texts of articles, each once, in the order of their hashes.
fn known(
    mut found: Vec<(u64, DocAddress)>,
    about: impl Fn(u64) -> (Option<(u32, Option<u32>)>, bool),
) -> Vec<Known> {
    found.par_sort_unstable();
    let same = found.chunk_by(|one, other| one.0 == other.0);
    let text = |same: &[(u64, DocAddress)]| {
        let (text, at) = *same.first()?;
        let (before, is_new) = about(text);
        Some(Known { text, at, articles: same.len() as u64, before, is_new })
    };
    same.filter_map(text).collect()
}

/// Of texts that share a value each is looked at with so many others: a notice or a form may stand in very many. Copies that are more
/// hang together all the same, one by the other.
const NEIGHBOURS: usize = 64;

/// The pairs of a new text and any text that may be copies: the two texts, and where the second is.
fn near(columns: &Columns<'_>, texts: &[Known]) -> Vec<(u64, u64, DocAddress)> {
    let mut new: Vec<u64> = Vec::new();
    let mut sketches = Sketches::default();
    // The new texts with each value, in their order.
    let mut with: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut sketch = Vec::new();
    for known in texts.iter().filter(|known| known.is_new) {
        let kept = columns.sketch(known.at, &mut sketch);
        for value in kept.values {
            with.entry(Sketch::hash(*value)).or_default().push(new.len() as u32);
        }
        sketches.push(kept);
        new.push(known.text);
    }
    let mut near = Vec::new();
    if with.is_empty() {
        return near;
    }
    let mut candidates: Vec<u32> = Vec::new();
    columns.each(|at, text| {
        let kept = columns.sketch(at, &mut sketch);
        candidates.clear();
        for same in kept.values.iter().filter_map(|value| with.get(&Sketch::hash(*value))) {
            let here = same.partition_point(|one| new.get(*one as usize).is_some_and(|one| *one < text));
            let nearest = here.saturating_sub(NEIGHBOURS)..(here + NEIGHBOURS).min(same.len());
            candidates.extend_from_slice(same.get(nearest).unwrap_or_default());
        }
        candidates.sort_unstable();
        candidates.dedup();
        for candidate in &candidates {
            let Some(new) = new.get(*candidate as usize).filter(|new| **new != text) else { continue };
            if Sketch::may_be_copies(sketches.of(*candidate), kept) {
                near.push((*new, text, at));
            }
        }
    });
    near
}

/// A text's sketch but for its values.
struct Place {
    /// Where these begin.
    start: usize,
    letters: u64,
    print: u128,
}

/// The sketches of several texts.
#[derive(Default)]
struct Sketches {
    values: Vec<u64>,
    texts: Vec<Place>,
}

impl Sketches {
    fn push(&mut self, kept: Kept<'_>) {
        self.texts.push(Place { start: self.values.len(), letters: kept.letters, print: kept.print });
        self.values.extend_from_slice(kept.values);
    }

    fn of(&self, text: u32) -> Kept<'_> {
        let Some(Place { start, letters, print }) = self.texts.get(text as usize) else {
            return Kept { letters: 0, print: 0, values: &[] };
        };
        let end = self.texts.get(text as usize + 1).map_or(self.values.len(), |next| next.start);
        Kept { letters: *letters, print: *print, values: self.values.get(*start..end).unwrap_or_default() }
    }
}

/// So many sketches are read in one go.
const SKETCHES_AT_ONCE: usize = 4096;

/// The pairs of so many texts are looked for in one go.
const TEXTS_AT_ONCE: usize = 1 << 18;

/// The values that more than one text has: of most archives a small part, which is held in memory; all else is read from the index.
struct Shared<'a> {
    columns: &'a Columns<'a>,
    texts: &'a [Known],
    /// How many letters each text has.
    letters: Vec<AtomicU32>,
    /// Hashes, each with the number of a text, in this order.
    values: Vec<u64>,
}

impl<'a> Shared<'a> {
    fn of(columns: &'a Columns<'a>, texts: &'a [Known]) -> Self {
        let several = Several::of(texts.len() * Sketch::MOST);
        // In the order in which they lie in the index, so that columns are read from one end to the other.
        let mut order: Vec<u32> = (0..texts.len() as u32).collect();
        let at = |number: &u32| texts.get(*number as usize).map(|known| known.at);
        order.par_sort_unstable_by_key(at);
        let letters: Vec<AtomicU32> = texts.iter().map(|_| AtomicU32::new(0)).collect();
        let parts = order.par_chunks(SKETCHES_AT_ONCE);
        let each = |part: &[u32], take: &mut dyn FnMut(u32, u32)| {
            let mut sketch = Vec::new();
            for number in part {
                let Some((at, letters)) = at(number).zip(letters.get(*number as usize)) else { continue };
                let kept = columns.sketch(at, &mut sketch);
                letters.store(u32::try_from(kept.letters).unwrap_or(u32::MAX), Ordering::Relaxed);
                kept.values.iter().for_each(|value| take(*number, Sketch::hash(*value)));
            }
        };
        parts.clone().for_each(|part| each(part, &mut |_, hash| several.put(hash)));
        let numbered = parts.map(|part| {
            let mut values: Vec<u64> = Vec::new();
            each(part, &mut |number, hash| {
                if several.holds(hash) {
                    values.push((u64::from(hash) << 32) | u64::from(number));
                }
            });
            values
        });
        let numbered: Vec<Vec<u64>> = numbered.collect();
        drop(several);
        // Each part is given back when it has been copied.
        let mut values = Vec::with_capacity(numbered.iter().map(Vec::len).sum());
        numbered.into_iter().for_each(|part| values.extend(part));
        values.par_sort_unstable();
        Self { columns, texts, letters, values }
    }

    /// The pairs that may be copies.
    fn pairs(&self) -> Vec<(u32, u32)> {
        let ranges = (0..self.texts.len() as u32).step_by(TEXTS_AT_ONCE);
        ranges.flat_map(|from| self.pairs_from(from, from.saturating_add(TEXTS_AT_ONCE as u32))).collect()
    }

    /// The pairs of the texts with these numbers and such as come after them.
    fn pairs_from(&self, from: u32, to: u32) -> Vec<(u32, u32)> {
        // Each text with the places of its values.
        let mut places: Vec<u64> = (0..)
            .zip(&self.values)
            .filter(|(_, value)| (from..to).contains(&(**value as u32)))
            .map(|(at, value): (u64, _)| ((value & u64::from(u32::MAX)) << 32) | at)
            .collect();
        places.par_sort_unstable();
        let pairs = places.par_chunk_by(|one, other| one >> 32 == other >> 32).map_init(
            || (Vec::new(), Vec::new(), Vec::new()),
            |(others, one, other), places| self.pairs_of(places, others, (one, other)),
        );
        pairs.flatten_iter().collect()
    }

    /// The pairs of one text and such as come after it; all else is room to work in.
    fn pairs_of(
        &self,
        places: &[u64],
        others: &mut Vec<u32>,
        sketches: (&mut Vec<u64>, &mut Vec<u64>),
    ) -> Vec<(u32, u32)> {
        let Some(text) = places.first().map(|place| (place >> 32) as u32) else { return Vec::new() };
        others.clear();
        for place in places {
            let from = (place & u64::from(u32::MAX)) as usize;
            let mut same = self.values.iter().skip(from);
            let hash = same.next().map_or(0, |value| value >> 32);
            let after = same.take(NEIGHBOURS).take_while(|value| **value >> 32 == hash);
            others.extend(after.map(|value| *value as u32));
        }
        others.sort_unstable();
        let letters = self.letters_of(text);
        let are_enough = |same: &&[u32]| {
            same.len() >= Sketch::FEWEST
                && same.first().is_some_and(|other| {
                    *other != text && same.len() >= Sketch::least_common(letters, self.letters_of(*other))
                })
        };
        let several = others.chunk_by(|one, other| one == other).filter(are_enough);
        let candidates = several.filter_map(|same| same.first());
        let mut candidates = candidates.peekable();
        if candidates.peek().is_none() {
            return Vec::new();
        }
        let Some(one) = self.sketch(text, sketches.0) else { return Vec::new() };
        let mut pairs = Vec::new();
        for other in candidates {
            let sketch = self.sketch(*other, sketches.1);
            if sketch.is_some_and(|sketch| Sketch::may_be_copies(one, sketch)) {
                pairs.push((text, *other));
            }
        }
        pairs
    }

    fn letters_of(&self, text: u32) -> u64 {
        self.letters.get(text as usize).map_or(0, |letters| u64::from(letters.load(Ordering::Relaxed)))
    }

    fn sketch<'v>(&self, text: u32, values: &'v mut Vec<u64>) -> Option<Kept<'v>> {
        self.texts.get(text as usize).map(|known| self.columns.sketch(known.at, values))
    }
}

/// Which hashes were put in more than once, and a few others: two of which have the same place.
struct Several {
    once: Vec<AtomicU64>,
    twice: Vec<AtomicU64>,
}

impl Several {
    /// For so many hashes: eight places for each.
    fn of(hashes: usize) -> Self {
        let words = (hashes / 8).next_power_of_two();
        let empty = || (0..words).map(|_| AtomicU64::new(0)).collect();
        Self { once: empty(), twice: empty() }
    }

    fn place(&self, hash: u32) -> (usize, u64) {
        let spread = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24;
        ((spread >> 6) as usize & (self.once.len() - 1), 1 << (spread & 63))
    }

    fn put(&self, hash: u32) {
        let (word, bit) = self.place(hash);
        if let (Some(once), Some(twice)) = (self.once.get(word), self.twice.get(word))
            && once.fetch_or(bit, Ordering::Relaxed) & bit != 0
        {
            twice.fetch_or(bit, Ordering::Relaxed);
        }
    }

    fn holds(&self, hash: u32) -> bool {
        let (word, bit) = self.place(hash);
        self.twice.get(word).is_some_and(|twice| twice.load(Ordering::Relaxed) & bit != 0)
    }
}

/// Texts that have been read from the index.
#[derive(Default)]
struct Read {
    texts: FxHashMap<usize, Text>,
}

/// So many pairs are compared before it is looked again which texts hang together already.
const COMPARED_AT_ONCE: usize = 4096;

/// And these by each core.
const COMPARED_BY_ONE: usize = 1024;

/// So many texts are kept in memory.
const MOST_READ: usize = 1_000;

impl Read {
    /// Compares two texts.
    fn compare(
        &mut self,
        snapshot: &Snapshot,
        texts: &[Known],
        (one, other): (usize, usize),
        by: impl Fn(&Text, &Text) -> bool,
    ) -> Result<bool> {
        if self.texts.len() > MOST_READ {
            self.texts.clear();
        }
        for number in [one, other] {
            if let Some(known) = texts.get(number).filter(|_| !self.texts.contains_key(&number)) {
                self.texts.insert(number, Text::new(snapshot.body(known.at)?));
            }
        }
        let (Some(one), Some(other)) = (self.texts.get(&one), self.texts.get(&other)) else {
            return Ok(false);
        };
        Ok(by(one, other))
    }
}
