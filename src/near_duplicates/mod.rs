//! Near-duplicates, which people call copies: the same story as several papers printed it, cut, with another
//! headline or byline, or with a paragraph more. The same story in other words is another text.
//!
//! It takes four steps, of which this room holds what depends on texts alone; `index::near_duplicates` goes
//! through the archive.
//!
//! 1. **Sketch.** Of every text some 16 [min-hashes](Sketch::min_hashes) and a [signature](Sketch::signature)
//!    are stored, as it is indexed. O(n) in its bytes.
//! 2. **Candidate pairs.** Texts that share two or three min-hashes, by a hash join over the sketches of the
//!    archive.
//! 3. **Verification.** The [`Text`]s of each pair decide, by the containment of one in the other, so that
//!    whether two are near-duplicates depends on nothing but these two.
//! 4. **Clustering.** Pairs make components ([`UnionFind`]), and [`clusters`] cuts these into what is shown
//!    as one.
//!
//! An example, with sketches of four min-hashes:
//!
//! ```text
//! a  the report                     min-hashes  3 21 40 77
//! b  the report, a word corrected               3 21 40 80   shares three with a: candidates
//! c  another story, same notice                 9 33 40 91   shares one with a and b: none
//! d  the report of the day after                3 21 58 77   shares three with a: candidates
//!
//! verification   a–b contained to 0.9: near-duplicates
//!                a–d contained to 0.9, but with other numbers: none
//! components     {a, b} {c} {d}
//! ```

mod char_shingles;
mod cluster;
mod containment;
mod seen_twice;
mod sketch;
mod union_find;
mod word_shingles;

pub use cluster::clusters;
pub use containment::Text;
pub use seen_twice::SeenTwice;
pub use sketch::{Sketch, SketchRef};
pub use union_find::UnionFind;
