//! Which texts are copies of one another: the same story as several papers printed it, cut, with another headline or byline, or
//! with a paragraph more. The same story in other words is another text.
//!
//! A text's [`Sketch`] is small and kept for every article; it says which texts may be copies. Whether they are is decided by
//! the [`Text`]s themselves, pair by pair, so that it depends on nothing but these two.

mod groups;
mod letters;
mod sketch;
mod text;
mod words;

pub use groups::{Linked, groups};
pub use sketch::{Kept, Sketch};
pub use text::Text;
