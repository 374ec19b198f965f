//! The measures themselves (trec_eval's map, ndcg_cut.10, P.10, recall.100 and recip_rank).

use std::collections::BTreeMap;

/// The grade of each judged document of one topic; above 0 is relevant.
pub type Judgements = BTreeMap<String, i32>;

/// The figures of one topic, or the means of several; each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// Average precision.
    pub map: f64,
    /// Normalised discounted cumulative gain of the first ten: gain is the grade, discount log₂(rank + 1).
    pub ndcg_10: f64,
    /// Share of relevant ones among the first ten.
    pub p_10: f64,
    /// Share of the relevant ones that is among the first hundred.
    pub r_100: f64,
    /// One divided by the rank of the first relevant one.
    pub mrr: f64,
}

impl Measures {
    /// The figures of a ranking, best first.
    pub fn of(judged: &Judgements, ranking: &[&str]) -> Self {
        let grade = |id: &&str| judged.get(*id).copied().unwrap_or(0).max(0);
        let relevant = judged.values().filter(|grade| **grade > 0).count() as f64;
        let (mut seen, mut precision_sum, mut first) = (0.0, 0.0, 0.0);
        for (at, id) in ranking.iter().enumerate() {
            if grade(id) > 0 {
                seen += 1.0;
                precision_sum += seen / (at + 1) as f64;
                if first == 0.0 {
                    first = 1.0 / (at + 1) as f64;
                }
            }
        }
        let gain = |grades: &mut dyn Iterator<Item = i32>| -> f64 {
            grades.take(10).enumerate().map(|(at, grade)| f64::from(grade) / ((at + 2) as f64).log2()).sum()
        };
        let mut ideal: Vec<i32> = judged.values().copied().filter(|grade| *grade > 0).collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let best = gain(&mut ideal.into_iter());
        let among = |first: usize| ranking.iter().take(first).filter(|id| grade(id) > 0).count() as f64;
        Self {
            map: precision_sum / relevant,
            ndcg_10: gain(&mut ranking.iter().map(grade)) / best,
            p_10: among(10) / 10.0,
            r_100: among(100) / relevant,
            mrr: first,
        }
    }

    /// The means over topics; all 0 where there are none.
    pub fn mean<'a>(topics: impl Iterator<Item = &'a Measures>) -> Self {
        let mut sum = Self::default();
        let mut count = 0.0f64;
        for topic in topics {
            sum.map += topic.map;
            sum.ndcg_10 += topic.ndcg_10;
            sum.p_10 += topic.p_10;
            sum.r_100 += topic.r_100;
            sum.mrr += topic.mrr;
            count += 1.0;
        }
        let n = count.max(1.0);
        Self {
            map: sum.map / n,
            ndcg_10: sum.ndcg_10 / n,
            p_10: sum.p_10 / n,
            r_100: sum.r_100 / n,
            mrr: sum.mrr / n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_worked_out_by_hand() {
        let judged: Judgements =
            [("a", 2), ("b", 1), ("c", 0), ("d", 1)].map(|(id, g)| (id.to_owned(), g)).into();
        let figures = Measures::of(&judged, &["c", "a", "x", "b"]);
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(close(figures.map, (1.0 / 2.0 + 2.0 / 4.0) / 3.0));
        assert!(close(figures.mrr, 0.5));
        assert!(close(figures.p_10, 0.2));
        assert!(close(figures.r_100, 2.0 / 3.0));
        let dcg = 2.0 / 3f64.log2() + 1.0 / 5f64.log2();
        let ideal = 2.0 + 1.0 / 3f64.log2() + 1.0 / 2.0;
        assert!(close(figures.ndcg_10, dcg / ideal));
    }
}
