//! Where things stand in an article, and how places combine: phrases, closeness, sentences and paragraphs.
//!
//! Pure functions over sorted places. The search over an index and the marking of matches in a text both use
//! them, so the two cannot disagree on what a phrase is.

/// A stretch of word positions: `start` included, `end` not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Position of the first word.
    pub start: u32,
    /// One past the position of the last word.
    pub end: u32,
}

impl Span {
    /// The stretch of `width` words at `start`.
    pub fn new(start: u32, width: u32) -> Self {
        Self { start, end: start + width }
    }

    fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// The most pairs that one proximity clause gives in one article. Where there are more, every place at which
/// a pair begins and every one at which one ends is still given.
const MOST_PAIRS: usize = 10_000;

/// Where paragraphs or sentences begin; used to tell whether two places lie in the same one.
#[derive(Debug, Clone, Copy)]
pub enum Units<'a> {
    /// At these positions, in order.
    Starts(&'a [u32]),
    /// At every multiple of this.
    Cells(u32),
}

impl Units<'_> {
    /// The number of the unit that holds `position`.
    fn unit(&self, position: u32) -> u32 {
        match self {
            Self::Starts(starts) => starts.partition_point(|start| *start <= position) as u32,
            Self::Cells(size) => position / size,
        }
    }

    fn same(&self, a: u32, b: u32) -> bool {
        match self {
            Self::Starts(starts) => {
                let (low, high) = if a < b { (a, b) } else { (b, a) };
                let next = starts.partition_point(|start| *start <= low);
                starts.get(next).is_none_or(|start| *start > high)
            }
            Self::Cells(_) => self.unit(a) == self.unit(b),
        }
    }
}

/// The places of an exact phrase: one of each element's, each beginning where the one before ends.
///
/// Elements' places are sorted by start; a place that is there twice in the first element is found twice.
/// Positions are left out between paragraphs, so that no phrase crosses one.
pub fn phrase(elements: &[Vec<Span>], out: &mut Vec<Span>) {
    out.clear();
    let Some((first, rest)) = elements.split_first() else { return };
    // Where the search in each element ended last: the next place is seldom far from it.
    let mut reached = [0; 8];
    'starts: for span in first {
        let mut end = span.end;
        for (number, element) in rest.iter().enumerate() {
            let at = match reached.get_mut(number) {
                Some(reached) => {
                    *reached = place_from(element, *reached, end);
                    *reached
                }
                None => element.partition_point(|s| s.start < end),
            };
            match element.get(at) {
                // Where an element has a shorter and a longer form at one place, the shorter comes first;
                // phrases of such are rare enough to try one after the other.
                Some(next) if next.start == end => {
                    let longer =
                        element[at..].iter().take_while(|s| s.start == end).any(|s| s.end != next.end);
                    if longer && rest.len() > 1 {
                        if chain(rest, span.end, &mut end) {
                            break;
                        }
                        continue 'starts;
                    }
                    end = next.end;
                }
                _ => continue 'starts,
            }
        }
        out.push(Span { start: span.start, end });
    }
}

/// The first place that begins at `start` or later, looked for near `near`.
fn place_from(places: &[Span], near: usize, start: u32) -> usize {
    if near > 0 && places.get(near - 1).is_none_or(|before| before.start >= start) {
        return places.partition_point(|place| place.start < start);
    }
    let behind = places.get(near..).unwrap_or_default();
    near + behind.iter().position(|place| place.start >= start).unwrap_or(behind.len())
}

/// Whether the elements follow one another from `from` on, by any choice of their forms; `end` is where the
/// last ends.
fn chain(elements: &[Vec<Span>], from: u32, end: &mut u32) -> bool {
    let mut ends = vec![from];
    for element in elements {
        let mut next = Vec::new();
        for from in &ends {
            let at = element.partition_point(|s| s.start < *from);
            next.extend(element[at..].iter().take_while(|s| s.start == *from).map(|s| s.end));
        }
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            return false;
        }
        ends = next;
    }
    *end = ends[0];
    true
}

/// The places of a phrase whose words may be moved: at most `slop` moves in all (Lucene's sloppy phrase: the
/// spread of the words' places, each taken relative to its place in the phrase). Whether all of them are
/// given; if not, at least one is wherever there is one for each lowest place.
pub fn sloppy_phrase(elements: &[Vec<Span>], slop: u32, units: Units<'_>, out: &mut Vec<Span>) -> bool {
    sloppy_in(MOST_STEPS, elements, slop, units, out)
}

fn sloppy_in(most: usize, elements: &[Vec<Span>], slop: u32, units: Units<'_>, out: &mut Vec<Span>) -> bool {
    out.clear();
    let Some(first) = elements.first() else { return true };
    if elements.iter().any(Vec::is_empty) {
        return true;
    }
    let mut search =
        Sloppy { elements, slop: i64::from(slop), units, most, steps: 0, chosen: Vec::new(), out };
    for span in first {
        search.chosen.push(*span);
        search.extend(i64::from(span.start), i64::from(span.start));
        search.chosen.pop();
        if search.steps > most {
            break;
        }
    }
    let complete = search.steps <= most;
    if !complete {
        one_for_each_lowest(elements, i64::from(slop), units, out);
    }
    normalize(out);
    complete
}

/// For every place that can be the lowest of a loose phrase, one phrase, where there is one: whether there is
/// follows from which words could stand for which element, not from trying all of them.
fn one_for_each_lowest(elements: &[Vec<Span>], slop: i64, units: Units<'_>, out: &mut Vec<Span>) {
    // The rarest first: where one is missing, the others are not looked for.
    let mut order: Vec<usize> = (0..elements.len()).collect();
    order.sort_by_key(|number| elements[*number].len());
    for (number, element) in elements.iter().enumerate() {
        'lowest: for lowest in element {
            let low = i64::from(lowest.start) - number as i64;
            let mut candidates: Vec<Vec<Span>> = Vec::with_capacity(elements.len());
            for other in &order {
                let shift = *other as i64;
                let from = elements[*other].partition_point(|span| i64::from(span.start) - shift < low);
                let inside = elements[*other][from..]
                    .iter()
                    .take_while(|span| i64::from(span.start) - shift <= low + slop)
                    .filter(|span| units.same(lowest.start, span.start));
                let fitting: Vec<Span> = if *other == number {
                    vec![*lowest]
                } else {
                    // More than there are elements are not needed for each to have its own.
                    inside.take(elements.len()).copied().collect()
                };
                if fitting.is_empty() {
                    continue 'lowest;
                }
                candidates.push(fitting);
            }
            out.extend(each_its_own(&candidates));
        }
    }
}

/// The stretch of words chosen so that each element has one of its candidates, and none the same as another.
fn each_its_own(candidates: &[Vec<Span>]) -> Option<Span> {
    fn choose(
        element: usize,
        candidates: &[Vec<Span>],
        taken: &mut Vec<(u32, usize, Span)>,
        tried: &mut Vec<u32>,
    ) -> bool {
        for span in &candidates[element] {
            if tried.contains(&span.start) {
                continue;
            }
            tried.push(span.start);
            let holder = taken.iter().position(|(start, ..)| *start == span.start);
            let free = holder.is_none_or(|at| choose(taken[at].1, candidates, taken, tried));
            if free {
                taken.retain(|(start, ..)| *start != span.start);
                taken.push((span.start, element, *span));
                return true;
            }
        }
        false
    }
    let mut taken = Vec::with_capacity(candidates.len());
    for element in 0..candidates.len() {
        if !choose(element, candidates, &mut taken, &mut Vec::new()) {
            return None;
        }
    }
    taken.into_iter().map(|(.., span)| span).reduce(Span::cover)
}

/// The most words that are tried one by one for a loose phrase in one article.
const MOST_STEPS: usize = 50_000;

struct Sloppy<'a> {
    elements: &'a [Vec<Span>],
    slop: i64,
    units: Units<'a>,
    most: usize,
    steps: usize,
    /// A place of each of the first elements.
    chosen: Vec<Span>,
    out: &'a mut Vec<Span>,
}

impl Sloppy<'_> {
    /// Chooses places for the elements that are left. `low` and `high` are the ends of those chosen, each
    /// relative to its place in the phrase.
    fn extend(&mut self, low: i64, high: i64) {
        let shift = self.chosen.len() as i64;
        let Some(element) = self.elements.get(self.chosen.len()) else {
            self.out.extend(self.chosen.iter().copied().reduce(Span::cover));
            return;
        };
        let from = element.partition_point(|span| i64::from(span.start) - shift < high - self.slop);
        for span in &element[from..] {
            let here = i64::from(span.start) - shift;
            self.steps += 1;
            if here > low + self.slop || self.steps > self.most {
                return;
            }
            let is_free = self.chosen.iter().all(|other| other.start != span.start);
            if is_free && self.units.same(self.chosen[0].start, span.start) {
                self.chosen.push(*span);
                self.extend(low.min(here), high.max(here));
                self.chosen.pop();
            }
        }
    }
}

/// Pairs within `distance` words of each other (1 is next to each other), in one paragraph, not overlapping;
/// with `ordered`, the left one first. The places are the pairs' whole stretches. Whether all of them are
/// given (see `MOST_PAIRS`).
pub fn near(
    left: &[Span],
    right: &[Span],
    distance: u32,
    ordered: bool,
    paragraphs: Units<'_>,
    out: &mut Vec<Span>,
) -> bool {
    let fits = |a: &Span, b: &Span| b.start - a.end < distance && paragraphs.same(a.start, b.start);
    pairs(MOST_PAIRS, left, right, ordered, &fits, out)
}

/// Pairs in the same unit (sentence or paragraph), not overlapping; with `ordered`, the left one first.
/// Whether all of them are given.
pub fn together(left: &[Span], right: &[Span], ordered: bool, units: Units<'_>, out: &mut Vec<Span>) -> bool {
    let fits = |a: &Span, b: &Span| units.same(a.start, b.start);
    pairs(MOST_PAIRS, left, right, ordered, &fits, out)
}

/// Which of the left and of the right are in a pair of [`near`].
pub fn near_partners(
    left: &[Span],
    right: &[Span],
    distance: u32,
    ordered: bool,
    paragraphs: Units<'_>,
) -> [Vec<bool>; 2] {
    let fits = |a: &Span, b: &Span| b.start - a.end < distance && paragraphs.same(a.start, b.start);
    partners(left, right, ordered, &fits)
}

/// Which of the left and of the right are in a pair of [`together`].
pub fn together_partners(left: &[Span], right: &[Span], ordered: bool, units: Units<'_>) -> [Vec<bool>; 2] {
    let fits = |a: &Span, b: &Span| units.same(a.start, b.start);
    partners(left, right, ordered, &fits)
}

fn partners(
    left: &[Span],
    right: &[Span],
    ordered: bool,
    fits: &dyn Fn(&Span, &Span) -> bool,
) -> [Vec<bool>; 2] {
    let mut found = [vec![false; left.len()], vec![false; right.len()]];
    for (first, second) in [(0, 1), (1, 0)].into_iter().take(if ordered { 1 } else { 2 }) {
        let places = [left, right];
        // How many ranges of partners begin at each of the second, less those that end there.
        let mut opened = vec![0i64; places[second].len() + 1];
        for (at, (_, from, to)) in ranges(places[first], places[second], fits).enumerate() {
            found[first][at] |= from < to;
            opened[from] += i64::from(from < to);
            opened[to] -= i64::from(from < to);
        }
        let mut open = 0;
        for (is_partner, opened) in found[second].iter_mut().zip(opened) {
            open += opened;
            *is_partner |= open > 0;
        }
    }
    found
}

/// Each of the first, and which of the second fit it.
fn ranges<'a>(
    first: &'a [Span],
    second: &'a [Span],
    fits: &'a dyn Fn(&Span, &Span) -> bool,
) -> impl Iterator<Item = (Span, usize, usize)> + 'a {
    first.iter().map(|a| {
        let from = second.partition_point(|b| b.start < a.end);
        (*a, from, from + second[from..].partition_point(|b| fits(a, b)))
    })
}

/// Stretches of words, to be asked what lies in one of them.
pub struct Cover {
    /// Where each begins, in order, and how far it or one before it goes.
    reach: Vec<(u32, u32)>,
}

impl Cover {
    /// Of spans that are sorted by start.
    pub fn of(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut farthest = 0;
        let reach = spans.into_iter().map(|span| {
            farthest = farthest.max(span.end);
            (span.start, farthest)
        });
        Self { reach: reach.collect() }
    }

    /// Whether a span lies in one of the stretches.
    pub fn holds(&self, span: Span) -> bool {
        let before = self.reach.partition_point(|(start, _)| *start <= span.start);
        before.checked_sub(1).and_then(|at| self.reach.get(at)).is_some_and(|(_, end)| span.end <= *end)
    }
}

/// Pairs that fit, one behind the other. What fits one is what lies between its end and some place.
fn pairs(
    most: usize,
    left: &[Span],
    right: &[Span],
    ordered: bool,
    fits: &dyn Fn(&Span, &Span) -> bool,
    out: &mut Vec<Span>,
) -> bool {
    out.clear();
    let mut complete = true;
    let orders = [(left, right), (right, left)];
    for (first, second) in orders.into_iter().take(if ordered { 1 } else { 2 }) {
        if !follow(most, first, second, fits, out) {
            complete = false;
            follow_sparsely(first, second, fits, out);
        }
    }
    normalize(out);
    complete
}

/// Whether all pairs were found, and no more than `most`.
fn follow(
    most: usize,
    first: &[Span],
    second: &[Span],
    fits: &dyn Fn(&Span, &Span) -> bool,
    out: &mut Vec<Span>,
) -> bool {
    let before = out.len();
    for a in first {
        let from = second.partition_point(|b| b.start < a.end);
        for b in second[from..].iter().take_while(|b| fits(a, b)) {
            if out.len() - before >= most {
                return false;
            }
            out.push(a.cover(*b));
        }
    }
    true
}

/// For each that has others behind it, the pairs with the nearest and the farthest of these, and the same
/// from behind.
fn follow_sparsely(
    first: &[Span],
    second: &[Span],
    fits: &dyn Fn(&Span, &Span) -> bool,
    out: &mut Vec<Span>,
) {
    let ranges: Vec<(Span, usize, usize)> =
        ranges(first, second, fits).filter(|(_, from, to)| from < to).collect();
    for (a, from, to) in &ranges {
        out.extend([a.cover(second[*from]), a.cover(second[*to - 1])]);
    }
    let mut pair_each = |ranges: &mut dyn Iterator<Item = &(Span, usize, usize)>| {
        // The next one, from each on, that has no partner yet.
        let mut next: Vec<usize> = (0..=second.len()).collect();
        for (a, from, to) in ranges {
            let mut at = *from;
            while at < *to {
                if next[at] == at {
                    out.push(a.cover(second[at]));
                    next[at] = at + 1;
                }
                let skip = next[at];
                next[at] = next[skip.min(second.len())].max(skip);
                at = next[at];
            }
        }
    };
    pair_each(&mut ranges.iter());
    pair_each(&mut ranges.iter().rev());
}

/// Sorts places and drops those that are there twice.
pub fn normalize(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup();
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn at(positions: &[u32]) -> Vec<Span> {
        positions.iter().map(|p| Span::new(*p, 1)).collect()
    }

    fn places(out: &[Span]) -> Vec<(u32, u32)> {
        out.iter().map(|s| (s.start, s.end)).collect()
    }

    #[test]
    fn phrases_are_in_order_and_without_gaps() {
        let mut out = Vec::new();
        phrase(&[at(&[0, 4, 9]), at(&[1, 5]), at(&[2, 7])], &mut out);
        assert_eq!(places(&out), [(0, 3)]);
    }

    #[test]
    fn a_wide_form_may_stand_for_several_words() {
        let mut out = Vec::new();
        // "leaked counter-proposal text": the compound at 1 covers 1 and 2.
        phrase(&[at(&[0]), vec![Span::new(1, 1), Span::new(1, 2)], at(&[3])], &mut out);
        assert_eq!(places(&out), [(0, 4)]);
    }

    #[test]
    fn moves_are_counted_as_lucene_counts_them() {
        let mut out = Vec::new();
        let all = Units::Cells(1000);
        // "plan … peace" for "peace plan": two moves.
        for (slop, found) in [(1, 0), (2, 1)] {
            sloppy_phrase(&[at(&[1]), at(&[0])], slop, all, &mut out);
            assert_eq!(out.len(), found, "{slop}");
        }
        sloppy_phrase(&[at(&[0]), at(&[3])], 2, all, &mut out);
        assert_eq!(places(&out), [(0, 4)]);
    }

    #[test]
    fn nearness_counts_words_and_stays_in_the_paragraph() {
        let mut out = Vec::new();
        let starts = [0, 10];
        let paragraphs = Units::Starts(&starts);
        near(&at(&[5]), &at(&[7, 11]), 2, false, paragraphs, &mut out);
        assert_eq!(places(&out), [(5, 8)]);
        near(&at(&[5]), &at(&[7, 11]), 1, false, paragraphs, &mut out);
        assert!(out.is_empty());
        near(&at(&[9]), &at(&[10]), 5, false, paragraphs, &mut out);
        assert!(out.is_empty());
        near(&at(&[7]), &at(&[5]), 2, true, paragraphs, &mut out);
        assert!(out.is_empty());
    }

    #[test]
    fn a_word_is_not_near_itself() {
        let mut out = Vec::new();
        near(&at(&[5]), &at(&[5]), 3, false, Units::Cells(100), &mut out);
        assert!(out.is_empty());
    }

    #[test]
    fn sentences_hold_both() {
        let mut out = Vec::new();
        let starts = [0, 6];
        together(&at(&[1, 7]), &at(&[4]), false, Units::Starts(&starts), &mut out);
        assert_eq!(places(&out), [(1, 5)]);
        together(&at(&[4]), &at(&[1, 7]), false, Units::Starts(&starts), &mut out);
        assert_eq!(places(&out), [(1, 5)]);
    }

    #[test]
    fn sentences_hold_both_in_order() {
        let mut out = Vec::new();
        let starts = [0, 6];
        together(&at(&[1, 7]), &at(&[4]), true, Units::Starts(&starts), &mut out);
        assert_eq!(places(&out), [(1, 5)]);
        together(&at(&[4]), &at(&[1, 7]), true, Units::Starts(&starts), &mut out);
        assert!(out.is_empty());
    }

    /// Places of words in an article of `40` positions.
    fn some_places() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::btree_set((0u32..40, 1u32..3), 1..12)
            .prop_map(|places| places.into_iter().map(|(start, width)| Span::new(start, width)).collect())
    }

    fn ends(spans: &[Span]) -> (BTreeSet<u32>, BTreeSet<u32>) {
        (spans.iter().map(|span| span.start).collect(), spans.iter().map(|span| span.end).collect())
    }

    fn spans_of(pairs: &[(u32, u32)]) -> Vec<Span> {
        let mut spans: Vec<Span> = pairs.iter().map(|(start, width)| Span::new(*start, *width)).collect();
        normalize(&mut spans);
        spans
    }

    proptest! {
        #[test]
        fn partners_are_those_with_a_pair(
            left in prop::collection::vec((0u32..60, 1u32..4), 0..12),
            right in prop::collection::vec((0u32..60, 1u32..4), 0..12),
            distance in 1u32..8,
            ordered: bool,
            starts in prop::collection::btree_set(1u32..60, 0..6),
        ) {
            let (left, right) = (spans_of(&left), spans_of(&right));
            let starts: Vec<u32> = starts.into_iter().collect();
            let units = Units::Starts(&starts);
            let has_pair = |a: &[Span], b: &[Span], is_near: bool| {
                let mut out = Vec::new();
                if is_near {
                    near(a, b, distance, ordered, units, &mut out);
                } else {
                    together(a, b, ordered, units, &mut out);
                }
                !out.is_empty()
            };
            for is_near in [true, false] {
                let [of_left, of_right] = if is_near {
                    near_partners(&left, &right, distance, ordered, units)
                } else {
                    together_partners(&left, &right, ordered, units)
                };
                let expected: Vec<bool> = left.iter().map(|l| has_pair(&[*l], &right, is_near)).collect();
                prop_assert_eq!(of_left, expected);
                let expected: Vec<bool> = right.iter().map(|r| has_pair(&left, &[*r], is_near)).collect();
                prop_assert_eq!(of_right, expected);
            }
        }

        #[test]
        fn a_cover_holds_what_lies_in_one_of_it(
            stretches in prop::collection::vec((0u32..60, 1u32..9), 0..12),
            asked in (0u32..60, 1u32..5),
        ) {
            let (stretches, asked) = (spans_of(&stretches), Span::new(asked.0, asked.1));
            let expected = stretches.iter().any(|s| s.start <= asked.start && asked.end <= s.end);
            prop_assert_eq!(Cover::of(stretches).holds(asked), expected);
        }

        #[test]
        fn of_too_many_pairs_every_start_and_end_is_left(
            (left, right) in (some_places(), some_places()),
            distance in 1u32..30,
            ordered in any::<bool>(),
            most in 0usize..20,
        ) {
            let starts = [0, 17, 25];
            let units = Units::Starts(&starts);
            let fits = |a: &Span, b: &Span| b.start - a.end < distance && units.same(a.start, b.start);
            let (mut all, mut some) = (Vec::new(), Vec::new());
            near(&left, &right, distance, ordered, units, &mut all);
            let complete = pairs(most, &left, &right, ordered, &fits, &mut some);
            prop_assert_eq!(ends(&some), ends(&all));
            prop_assert!(some.iter().all(|span| all.contains(span)));
            prop_assert!(!complete || some == all);
            let mut brute = Vec::new();
            for (a, b) in left.iter().flat_map(|a| right.iter().map(move |b| (a, b))) {
                let behind = |a: &Span, b: &Span| b.start >= a.end && fits(a, b);
                if behind(a, b) || (!ordered && behind(b, a)) {
                    brute.push(a.cover(*b));
                }
            }
            normalize(&mut brute);
            prop_assert_eq!(all, brute);
        }

        #[test]
        fn a_loose_phrase_is_found_however_many_ways_there_are(
            elements in prop::collection::vec(some_places(), 1..5),
            repeated in any::<bool>(),
            slop in 0u32..12,
            most in 0usize..8,
        ) {
            let mut elements = elements;
            if repeated {
                elements.push(elements[0].clone());
            }
            let starts = [0, 17, 25];
            let (mut all, mut some) = (Vec::new(), Vec::new());
            prop_assert!(sloppy_in(usize::MAX, &elements, slop, Units::Starts(&starts), &mut all));
            sloppy_in(most, &elements, slop, Units::Starts(&starts), &mut some);
            prop_assert_eq!(some.is_empty(), all.is_empty());
            prop_assert!(some.iter().all(|span| all.contains(span)));
        }
    }

    #[test]
    fn a_pair_far_behind_many_others_is_found() {
        let (mut pairs, mut out) = (Vec::new(), Vec::new());
        let many: Vec<u32> = (0..200).collect();
        let all = Units::Cells(100_000);
        near(&at(&many), &at(&(200..401).collect::<Vec<_>>()), 500, false, all, &mut pairs);
        near(&pairs, &at(&[402]), 2, false, all, &mut out);
        assert!(!out.is_empty());
    }

    #[test]
    fn common_words_do_not_hide_a_loose_phrase() {
        let common: Vec<u32> = (0..3000).collect();
        let mut elements = vec![at(&common); 6];
        elements.push(at(&[2990]));
        let mut out = Vec::new();
        sloppy_phrase(&elements, 100, Units::Cells(100_000), &mut out);
        assert!(!out.is_empty());
    }
}
