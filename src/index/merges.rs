//! Which segments are merged, and when.
//!
//! A merge reads and writes again what is there: of an archive that is being indexed for the first time it
//! would be a third of the work, and it maps all that it reads into memory. Segments as large as the writer's
//! memory makes them can as well stay as they are until they are very many: what a search has to do for each
//! is little.

use std::cmp::Reverse;

use tantivy::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Articles that were removed stay in a segment, and in the statistics, until they are more than this part of
/// it.
const MOST_REMOVED: f32 = 0.2;

/// Small segments are merged eight at a time, as what comes day by day makes them; large ones where they are
/// too many, or where too much of one has been removed.
#[derive(Debug)]
pub struct Merges {
    small: LogMergePolicy,
    /// Segments of so many articles are large.
    large: u32,
    /// So many large segments stay.
    most: usize,
    /// And so many of them are merged when there are more, the smallest.
    at_once: usize,
}

impl Default for Merges {
    /// A full segment of the writer's has some 30,000 articles of 500 words.
    fn default() -> Self {
        Self::of(10_000, 80, 16)
    }
}

impl Merges {
    fn of(large: u32, most: usize, at_once: usize) -> Self {
        let mut small = LogMergePolicy::default();
        small.set_min_layer_size(large);
        small.set_del_docs_ratio_before_merge(MOST_REMOVED);
        Self { small, large, most, at_once }
    }
}

impl MergePolicy for Merges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let (mut large, small): (Vec<SegmentMeta>, Vec<SegmentMeta>) =
            segments.iter().cloned().partition(|segment| segment.num_docs() >= self.large);
        let mut candidates = self.small.compute_merge_candidates(&small);
        if large.len() > self.most {
            large.sort_by_key(|segment| Reverse(segment.num_docs()));
            let smallest = large.split_off(large.len() - self.at_once);
            candidates.push(MergeCandidate(smallest.iter().map(SegmentMeta::id).collect()));
        }
        let is_worn = |segment: &&SegmentMeta| {
            segment.num_deleted_docs() as f32 > MOST_REMOVED * segment.max_doc() as f32
        };
        candidates.extend(large.iter().filter(is_worn).map(|segment| MergeCandidate(vec![segment.id()])));
        candidates
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use tantivy::indexer::NoMergePolicy;
    use tantivy::schema::{INDEXED, Schema};
    use tantivy::{Index, Term, doc};

    use super::*;

    /// How many articles each segment has that is to be merged, by merge, where segments of these sizes are
    /// there, and from the first so many articles have been removed.
    fn merged(sizes: &[u64], removed: u64) -> Vec<Vec<u32>> {
        let mut schema = Schema::builder();
        let number = schema.add_u64_field("number", INDEXED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for (segment, size) in (0..).zip(sizes) {
            for at in 0..*size {
                writer.add_document(doc!(number => segment * 1000 + at)).unwrap();
            }
            writer.commit().unwrap();
        }
        for at in 0..removed {
            writer.delete_term(Term::from_field_u64(number, at));
        }
        writer.commit().unwrap();
        let segments = index.searchable_segment_metas().unwrap();
        let size = |id| segments.iter().find(|segment| segment.id() == id).unwrap().num_docs();
        let candidates = Merges::of(10, 5, 3).compute_merge_candidates(&segments);
        candidates.iter().map(|MergeCandidate(ids)| ids.iter().map(|id| size(*id)).collect()).collect()
    }

    #[test]
    fn large_segments_stay_until_they_are_many() {
        assert!(merged(&[20, 30, 40, 50, 60], 0).is_empty());
        assert_eq!(merged(&[30, 20, 40, 50, 60, 70], 0), [[40, 30, 20]]);
    }

    #[test]
    fn small_segments_are_merged_together() {
        assert!(merged(&[1, 2, 3, 4, 5, 6, 7, 20], 0).is_empty());
        assert_eq!(merged(&[1, 2, 3, 4, 5, 6, 7, 8, 20], 0), [[8, 7, 6, 5, 4, 3, 2, 1]]);
    }

    #[test]
    fn of_what_much_was_removed_the_rest_is_written_anew() {
        assert!(merged(&[50, 20], 10).is_empty());
        assert_eq!(merged(&[50, 20], 11), [[39]]);
    }
}
