//! Any text as a date: what is read is printed and read again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use newsearch::corpus::date::parse;

fuzz_target!(|text: &str| {
    let base = jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * 365 * 56);
    if let Ok(date) = parse(text, Some(base)) {
        assert!(parse(&date.to_string(), None).is_ok(), "{date}");
    }
});
