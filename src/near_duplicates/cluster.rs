//! From pairs to groups: texts that hang together, and within these the groups that are shown as one.

/// Texts that hang together, by number.
#[derive(Debug, Clone)]
pub struct Linked {
    above: Vec<u32>,
}

impl Linked {
    /// So many texts, each alone.
    pub fn new(texts: usize) -> Self {
        Self { above: (0..texts as u32).collect() }
    }

    /// The text that stands for all that hang together with this one.
    pub fn root(&mut self, text: u32) -> u32 {
        let mut at = text;
        while let Some(above) = self.above.get(at as usize).copied().filter(|above| *above != at) {
            let higher = self.above.get(above as usize).copied().unwrap_or(above);
            if let Some(slot) = self.above.get_mut(at as usize) {
                *slot = higher;
            }
            at = above;
        }
        at
    }

    /// These two hang together from now on.
    pub fn link(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(slot) = self.above.get_mut(one.max(other) as usize) {
            *slot = one.min(other);
        }
    }
}

/// How many texts each one is compared with to find out which can stand for the most.
const COMPARED: usize = 64;

/// The groups of `texts` that hang together: the text that can stand for the most others and these, then the same with the rest.
/// So a chain of versions, each a little other than the last, does not make one group of texts that have nothing in common,
/// nor does a short text with which many begin. The groups depend on the order of the texts only where two can stand for
/// equally many.
pub fn groups(texts: usize, mut stands_for: impl FnMut(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut rest: Vec<usize> = (0..texts).collect();
    let mut groups = Vec::new();
    while !rest.is_empty() {
        let mut centre = (0, rest[0]);
        for one in &rest {
            let copies =
                rest.iter().take(COMPARED).filter(|other| *other != one && stands_for(*one, **other)).count();
            if copies > centre.0 {
                centre = (copies, *one);
            }
        }
        if centre.0 == 0 {
            // Nothing can stand for any of those that all were compared with.
            groups.extend(rest.drain(..rest.len().min(COMPARED)).map(|text| vec![text]));
            continue;
        }
        let centre = centre.1;
        let (group, others) = rest.into_iter().partition(|text| *text == centre || stands_for(centre, *text));
        groups.push(group);
        rest = others;
    }
    groups
}
