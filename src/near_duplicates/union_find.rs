//! Union–find over texts, with path halving: which hang together, directly or by others.

/// Disjoint sets of texts, by number. The representative of a set is its smallest number, whatever the order
/// of the unions.
#[derive(Debug, Clone)]
pub struct UnionFind {
    parent: Vec<u32>,
}

impl UnionFind {
    /// So many texts, each alone.
    pub fn new(texts: usize) -> Self {
        Self { parent: (0..texts as u32).collect() }
    }

    /// The representative of the set that a text is in.
    pub fn find(&mut self, text: u32) -> u32 {
        let mut at = text;
        while let Some(parent) = self.parent.get(at as usize).copied().filter(|parent| *parent != at) {
            let grandparent = self.parent.get(parent as usize).copied().unwrap_or(parent);
            if let Some(slot) = self.parent.get_mut(at as usize) {
                *slot = grandparent;
            }
            at = parent;
        }
        at
    }

    /// Makes one set of the two that these are in.
    pub fn union(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        if let Some(slot) = self.parent.get_mut(one.max(other) as usize) {
            *slot = one.min(other);
        }
    }
}
