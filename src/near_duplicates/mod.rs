//! Which texts are copies of one another: the same story as several papers printed it, cut, with another headline or byline, or
//! with a paragraph more. The same story in other words is another text.
//!
//! A text's [`Sketch`] is small and kept for every article; it says which texts may be copies. Whether they are is decided by
//! the [`Text`]s themselves, pair by pair, so that it depends on nothing but these two.

mod char_shingles;
mod cluster;
mod containment;
mod sketch;
mod word_shingles;

pub use cluster::{Linked, groups};
pub use containment::Text;
pub use sketch::{Kept, Sketch};
