//! Bytes → whole records: what they are encoded in, and where one record ends and the next begins.

pub mod decode;
pub(crate) mod delimiter;
pub(crate) mod json_scan;
pub(crate) mod split;
pub(crate) mod whole;
