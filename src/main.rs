//! The `newsearch` command.
fn main() {}
