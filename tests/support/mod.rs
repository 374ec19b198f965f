//! What tests over made-up archives share: a generator of numbers, and articles to an index.

#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use newsearch::article::{Article, Format};
use newsearch::index::manifest::Manifest;
use newsearch::index::{ArchiveWriter, Snapshot, WriterOptions};

/// A small generator of pseudo-random numbers (Marsaglia's xorshift64*): the same queries every time.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % n
    }

    pub fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len() as u64) as usize]
    }
}

/// An article with nothing but a text.
pub fn article(id: String, headline: String, body: String) -> Article {
    Article {
        path: format!("{id}.txt"),
        id,
        record: 1,
        headline,
        body,
        publication: None,
        url: None,
        authors: Vec::new(),
        section: None,
        date: None,
        dateline: None,
        format: Format::Text,
        language: Some("en".to_owned()),
        problems: Vec::new(),
    }
}

/// The articles in an index of their own, written in so many commits.
pub fn index(dir: &std::path::Path, articles: &[Article], commits: usize) -> Snapshot {
    let options = WriterOptions { threads: 2, memory: 40_000_000 };
    for part in articles.chunks(articles.len().div_ceil(commits)) {
        // Each commit makes segments of its own: the result must not depend on them.
        let mut writer = ArchiveWriter::open(dir, options).unwrap();
        for article in part {
            writer.add(article.clone(), 0, &article.path).unwrap();
        }
        writer.commit(&mut Manifest::default()).unwrap();
        writer.finish().unwrap();
    }
    Snapshot::open(dir).unwrap()
}
