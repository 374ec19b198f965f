//! Rankings as TREC runs: `topic Q0 id rank score newsearch`.

use std::io::{self, Write};

/// One line of a run.
pub fn line(out: &mut impl Write, topic: &str, id: &str, rank: usize, score: f64) -> io::Result<()> {
    // White space would make more columns of an id.
    let id = id.replace(char::is_whitespace, "_");
    writeln!(out, "{topic} Q0 {id} {rank} {score:.6} newsearch")
}
