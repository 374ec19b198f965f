//! From components to clusters: what hangs together by pairs is cut into clusters that are shown as one
//! article each.
//!
//! A component can be a chain, each version of a story a little other than the last, so that the first and
//! the last share nothing. So a cluster is a star: a representative, and those that it [can
//! represent](super::Text::can_represent). The greedy cover of the component by stars takes the one that can
//! represent the most, then the same with what is left.
//!
//! An example: of the chain a–b–c–d–e each is a near-duplicate of its neighbours. b, c and d have two each; b
//! is the first, and {a, b, c} the first cluster; what is left is d–e, {d, e}.
//!
//! Of a component of n texts and k clusters it takes O(k · n · 64) comparisons: each text is compared with 64
//! of those that are left, not with all, to find out which can represent the most.

/// How many texts each one is compared with to find out which can represent the most.
const COMPARED: usize = 64;

/// The clusters of a component of so many texts. They depend on the order of the texts only where two can
/// represent equally many.
pub fn clusters(texts: usize, mut can_represent: impl FnMut(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut rest: Vec<usize> = (0..texts).collect();
    let mut clusters = Vec::new();
    while !rest.is_empty() {
        let mut best = (0, rest[0]);
        for one in &rest {
            let count = rest
                .iter()
                .take(COMPARED)
                .filter(|other| *other != one && can_represent(*one, **other))
                .count();
            if count > best.0 {
                best = (count, *one);
            }
        }
        if best.0 == 0 {
            // Nothing can represent any of those that all were compared with.
            clusters.extend(rest.drain(..rest.len().min(COMPARED)).map(|text| vec![text]));
            continue;
        }
        let representative = best.1;
        let (cluster, others) = rest
            .into_iter()
            .partition(|text| *text == representative || can_represent(representative, *text));
        clusters.push(cluster);
        rest = others;
    }
    clusters
}
