//! Whether one ranking is better than another, or chance alone makes it look so.
//!
//! Paired randomisation test (Smucker, Allan and Carterette, "A Comparison of Statistical Significance Tests
//! for Information Retrieval Evaluation", 2007, §3.1): under the null hypothesis it is a toss-up, topic by
//! topic, which of the two figures belongs to which ranking.

use super::measures::Measures;

/// How many times the labels are dealt out anew.
const ROUNDS: u32 = 100_000;

/// The difference between two rankings in one measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Mean of the first minus mean of the second.
    pub mean: f64,
    /// How likely a difference as great as this is if there is none, from both sides.
    pub p: f64,
}

/// The differences in one measure between the figures of two rankings, whose topics are the same and in the
/// same order.
pub fn difference(
    first: &[(String, Measures)],
    second: &[(String, Measures)],
    measure: impl Fn(&Measures) -> f64,
) -> Difference {
    let differences: Vec<f64> =
        first.iter().zip(second).map(|((_, a), (_, b))| measure(a) - measure(b)).collect();
    let sum: f64 = differences.iter().sum();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    // What is equal up to rounding is as great.
    let least = sum.abs() - 1e-12;
    let as_great = (0..ROUNDS)
        .filter(|_| {
            let dealt: f64 = differences.iter().map(|d| if random.toss() { *d } else { -d }).sum();
            dealt.abs() >= least
        })
        .count();
    Difference {
        mean: sum / differences.len().max(1) as f64,
        p: (as_great + 1) as f64 / f64::from(ROUNDS + 1),
    }
}

/// xorshift64* (Vigna, 2016): the same tosses each time, so that the same runs give the same figures.
struct Random(u64);

impl Random {
    fn toss(&mut self) -> bool {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 63 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(map: &[f64]) -> Vec<(String, Measures)> {
        map.iter().map(|map| (String::new(), Measures { map: *map, ..Measures::default() })).collect()
    }

    #[test]
    fn what_is_always_better_is_no_chance_and_what_is_mixed_is() {
        let better = difference(&figures(&[0.5; 12]), &figures(&[0.4; 12]), |m| m.map);
        // Only two of the 4,096 ways to deal give as great a difference.
        assert!((better.mean - 0.1).abs() < 1e-9 && (better.p - 2.0 / 4096.0).abs() < 3e-4, "{better:?}");
        let mixed = difference(&figures(&[0.5, 0.4, 0.5, 0.4]), &figures(&[0.4, 0.5, 0.4, 0.5]), |m| m.map);
        assert_eq!((mixed.mean, mixed.p), (0.0, 1.0));
        assert_eq!(difference(&[], &[], |m| m.map).mean, 0.0);
    }
}
