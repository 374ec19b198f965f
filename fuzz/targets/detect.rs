//! Any bytes as the beginning of a file with any name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use newsearch::corpus::detect::detect;

fuzz_target!(|input: (String, Vec<u8>)| {
    let _ = detect(&input.0, &input.1);
});
