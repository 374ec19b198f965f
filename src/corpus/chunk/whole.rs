//! What all of a file says of how its pieces are to be read: they are read apart from each other, and must be
//! read alike.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::OnceLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use crate::corpus::fields::date::{DayMonth, Orders};

/// How much is read at a time.
const BLOCK: usize = 1 << 20;

/// So much of what is not ASCII is enough to tell an encoding.
const ENOUGH: usize = 8 << 20;

/// A file that is cut into pieces. It is gone through again when a piece asks, once for each question: few
/// do.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    encoding: OnceLock<Option<&'static Encoding>>,
    order: OnceLock<Option<DayMonth>>,
}

impl WholeFile {
    /// The file at `path`.
    pub fn new(path: PathBuf) -> Self {
        Self { path, encoding: OnceLock::new(), order: OnceLock::new() }
    }

    /// The likeliest encoding of a file that is not UTF-8; `None` where it cannot be read any more.
    pub fn encoding(&self) -> Option<&'static Encoding> {
        *self.encoding.get_or_init(|| {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            let mut fed = 0;
            self.each_block(|block| {
                if !block.is_ascii() || memchr::memchr(0x1b, block).is_some() {
                    fed += block.len();
                    detector.feed(block, false);
                }
                fed < ENOUGH
            })
            .ok()?;
            detector.feed(b"", true);
            (fed > 0).then(|| detector.guess(None, Utf8Detection::Deny))
        })
    }

    /// How its dates in figures are to be read, if they show it.
    pub fn order(&self) -> Option<DayMonth> {
        *self.order.get_or_init(|| {
            let mut orders = Orders::default();
            self.each_block(|block| {
                orders.add(block);
                !orders.are_both()
            })
            .ok()?;
            orders.one()
        })
    }

    /// Calls `take` for one block after the other, which end where a line does, until it wants no more.
    fn each_block(&self, mut take: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        let mut block = Vec::with_capacity(BLOCK);
        loop {
            let read =
                (&mut file).take((BLOCK - block.len().min(BLOCK / 2)) as u64).read_to_end(&mut block)?;
            let end = match memchr::memrchr(b'\n', &block) {
                Some(newline) if read > 0 => newline + 1,
                _ => block.len(),
            };
            if !take(&block[..end]) || read == 0 {
                return Ok(());
            }
            block.drain(..end);
        }
    }
}
