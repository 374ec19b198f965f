//! Bytes → whole records: what they are encoded in, and where one record ends and the next begins.

pub mod decode;
pub(crate) mod delimiter;
pub(crate) mod json_scan;
pub(crate) mod split;

/// What a stream of bytes is cut into.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Whole records, and how many they are.
    Records { bytes: Vec<u8>, records: u32 },
    /// One record larger than the limit, which was passed over: its bytes.
    TooLarge { size: u64 },
}
