//! What a total says where a part of the query was too large to be searched whole.

use crate::query::clause::Clause;

/// What a total says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalIs {
    /// So many articles match.
    Exact,
    /// Some part was too large to be searched whole; more may match.
    AtLeast,
    /// The same of a part that excludes: fewer may match, too.
    About,
}

impl TotalIs {
    /// What both say together.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Exact, other) => other,
            (one, Self::Exact) => one,
            (Self::AtLeast, Self::AtLeast) => Self::AtLeast,
            _ => Self::About,
        }
    }

    /// The same, of what excludes.
    pub(super) fn excluded(self) -> Self {
        if self == Self::Exact { Self::Exact } else { Self::About }
    }

    /// Its name, in small letters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::AtLeast => "at_least",
            Self::About => "about",
        }
    }
}

/// What to know about a total that is not exact for want of places.
pub(super) const MESSAGE: &str =
    "an article has too many places for closeness within closeness; not all of them were tried";

/// What the total is if not all places of a clause were given (see [`spans`](crate::query::spans)). Where a
/// pair begins and where one ends is always known, so that one clause around it misses nothing; a second one
/// might.
pub(super) fn of(clause: &Clause) -> TotalIs {
    match clause {
        Clause::Not(inner) => of(inner).excluded(),
        Clause::AtLeast(_, inner) if depth(inner) > 0 => TotalIs::AtLeast,
        Clause::Near(_, left, right) if depth(left).max(depth(right)) > 1 => TotalIs::AtLeast,
        Clause::AtLeast(..) | Clause::Near(..) => TotalIs::Exact,
        other => other.parts().map(of).fold(TotalIs::Exact, TotalIs::or),
    }
}

/// What the total is if not all ways to write some phrase of a clause were searched.
pub(super) fn of_ways_left_out(clause: &Clause) -> TotalIs {
    let excludes = clause.any(&|clause| matches!(clause, Clause::Not(_)));
    if excludes { TotalIs::About } else { TotalIs::AtLeast }
}

/// How many clauses that combine places lie in one another; a loose phrase counts as two.
fn depth(clause: &Clause) -> usize {
    let of_parts = clause.parts().map(depth).max().unwrap_or(0);
    match clause {
        Clause::Near(..) => 1 + of_parts,
        Clause::Phrase { slop, .. } if *slop > 0 => 2,
        _ => of_parts,
    }
}
