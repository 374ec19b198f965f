//! The copies of an article, as they are shown: each with its id, path and date.

use std::path::PathBuf;

use newsearch::article::Article;
use newsearch::error::Result;
use newsearch::index::{Roots, Snapshot};
use newsearch::near_duplicates::Sketch;
use newsearch::search::{self, CopyOf, Hit};

use super::paths;

/// Those of each hit that were found too.
pub fn of_hits(snapshot: &Snapshot, hits: &[Hit], roots: &Roots) -> Result<Vec<Vec<CopyOf>>> {
    hits.iter().map(|hit| of_hit(snapshot, hit, roots)).collect()
}

/// Those of one hit.
pub fn of_hit(snapshot: &Snapshot, hit: &Hit, roots: &Roots) -> Result<Vec<CopyOf>> {
    Ok(shown(search::copies_found(snapshot, hit)?, roots))
}

/// All that the archive holds of one article.
pub fn of_article(snapshot: &Snapshot, article: &Article, roots: &Roots) -> Result<Vec<CopyOf>> {
    let text_hash = Sketch::new(&article.headline, &article.body).text_hash;
    Ok(shown(search::copies_of(snapshot, &article.id, text_hash)?, roots))
}

/// With paths as people see them.
fn shown(mut copies: Vec<CopyOf>, roots: &Roots) -> Vec<CopyOf> {
    for copy in &mut copies {
        let root = roots.get(&copy.root).map(PathBuf::as_path);
        copy.path = paths::of_article(root, &copy.path);
    }
    copies
}
