//! The copies of an article, as they are shown: each with its id, path and date.

use newsearch::article::Article;
use newsearch::copies::Sketch;
use newsearch::error::Result;
use newsearch::index::Snapshot;
use newsearch::index::manifest::Manifest;
use newsearch::search::{self, CopyOf, Hit};

use super::paths;

/// Those of each hit that were found too.
pub fn of_hits(snapshot: &Snapshot, hits: &[Hit], manifest: &Manifest) -> Result<Vec<Vec<CopyOf>>> {
    hits.iter().map(|hit| of_hit(snapshot, hit, manifest)).collect()
}

/// Those of one hit.
pub fn of_hit(snapshot: &Snapshot, hit: &Hit, manifest: &Manifest) -> Result<Vec<CopyOf>> {
    Ok(shown(search::copies_found(snapshot, hit)?, manifest))
}

/// All that the archive holds of one article.
pub fn of_article(snapshot: &Snapshot, article: &Article, manifest: &Manifest) -> Result<Vec<CopyOf>> {
    let text = Sketch::new(&article.headline, &article.body).text;
    Ok(shown(search::copies_of(snapshot, &article.id, text)?, manifest))
}

/// With paths as people see them.
fn shown(mut copies: Vec<CopyOf>, manifest: &Manifest) -> Vec<CopyOf> {
    for copy in &mut copies {
        let root = manifest.roots.get(&copy.root).map(|root| root.path.as_path());
        copy.path = paths::of_article(root, &copy.path);
    }
    copies
}
