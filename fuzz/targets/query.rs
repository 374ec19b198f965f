//! Any text as a query: it is always read, and its reading is read as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use newsearch::query::{ParseOptions, parse};

fuzz_target!(|text: &str| {
    let options = ParseOptions { today: jiff::civil::date(2026, 1, 1) };
    if let Some(node) = parse(text, &options).ast {
        let read_as = node.to_string();
        assert_eq!(parse(&read_as, &options).ast, Some(node), "{read_as}");
    }
});
