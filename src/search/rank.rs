//! What an article is worth for a query.
//!
//! BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, §3.3) over the combined
//! field, in which a word of the headline counts as several of the body: one saturation over all fields, as in BM25F (ibid.,
//! §3.6). To it comes a bonus for words that stand as they were typed: the exact phrase first, then close together.

/// How soon more mentions of a word add little.
pub const K1: f32 = 1.2;
/// How much longer articles must hold more mentions for the same score.
pub const B: f32 = 0.75;

/// What closeness is worth at most, as a share of the greatest score that the words alone can reach. An exact phrase adds
/// that whole score, so that articles that hold it come before all others.
const CLOSENESS: f32 = 0.5;

/// Inverse document frequency in the form that is never negative: ln(1 + (N − n + 0.5) / (n + 0.5)).
pub fn idf(doc_freq: u64, total: u64) -> f32 {
    let (n, total) = (doc_freq as f32, total.max(doc_freq) as f32);
    (1.0 + (total - n + 0.5) / (n + 0.5)).ln()
}

/// BM25's length normalisation of one field, by the engine's one-byte field lengths.
#[derive(Debug, Clone)]
pub struct Norms([f32; 256]);

impl Norms {
    /// For a field of this average length in words.
    pub fn new(average_length: f32) -> Self {
        let average = average_length.max(1.0);
        let mut norms = [0.0; 256];
        for (id, norm) in norms.iter_mut().enumerate() {
            let length = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(id as u8) as f32;
            *norm = K1 * (1.0 - B + B * length / average);
        }
        Self(norms)
    }

    /// The saturated frequency, from 0 to K1 + 1, of a word that stands `tf` times in a field of this length.
    #[inline]
    pub fn saturate(&self, fieldnorm_id: u8, tf: u32) -> f32 {
        let tf = tf as f32;
        tf * (K1 + 1.0) / (tf + self.0[fieldnorm_id as usize])
    }
}

/// The most that [`proximity`] can add for words of this worth.
pub fn most_proximity(idf_sum: f32) -> f32 {
    idf_sum * (K1 + 1.0) * (1.0 + CLOSENESS)
}

/// The bonus for how the words stand: `phrase` is whether they stand exactly as typed, `closeness` from 0 to 1.
pub fn proximity(idf_sum: f32, phrase: bool, closeness: f32) -> f32 {
    let greatest = idf_sum * (K1 + 1.0);
    greatest * (f32::from(u8::from(phrase)) + CLOSENESS * closeness)
}

/// How close two neighbouring words of the query stand in an article: 1 side by side in order, less with each word between,
/// a little less again in the other order; 0 where one is missing. `left` and `right` are sorted positions.
pub fn pair_closeness(left: &[u32], right: &[u32]) -> f32 {
    let mut best = 0.0f32;
    let mut from = 0;
    for l in left {
        while from < right.len() && right[from] <= *l {
            from += 1;
        }
        if let Some(r) = right.get(from) {
            best = best.max(1.0 / (r - l) as f32);
        }
        if from > 0 && right[from - 1] < *l {
            best = best.max(1.0 / (0.5 + (l - right[from - 1]) as f32));
        }
        if best >= 1.0 {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_are_worth_more_and_none_less_than_nothing() {
        assert!(idf(1, 1000) > idf(100, 1000));
        assert!(idf(1000, 1000) > 0.0);
        assert!(idf(0, 0) >= 0.0);
    }

    #[test]
    fn more_mentions_are_worth_more_and_more_slowly() {
        let norms = Norms::new(100.0);
        let id = tantivy::fieldnorm::FieldNormReader::fieldnorm_to_id(100);
        let (one, two, many) = (norms.saturate(id, 1), norms.saturate(id, 2), norms.saturate(id, 1000));
        assert!(one < two && two < many && many < K1 + 1.0);
        assert!((two - one) < one);
    }

    #[test]
    fn closer_is_better_and_order_counts() {
        let side_by_side = pair_closeness(&[5], &[6]);
        let one_between = pair_closeness(&[5], &[7]);
        let turned = pair_closeness(&[6], &[5]);
        assert!(side_by_side > turned && turned > one_between);
        assert_eq!(pair_closeness(&[5], &[]), 0.0);
        assert_eq!(pair_closeness(&[1, 20], &[3, 21]), 1.0);
    }
}
