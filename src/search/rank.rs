//! What an article is worth for a query.
//!
//! BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, §3.3) over
//! the combined field, in which a word of the headline counts as several of the body: one saturation over all
//! fields, as in BM25F (ibid., §3.6). To it comes a bonus for words that stand as they were typed: the exact
//! phrase first, then close together.

/// The numbers behind the order of the answers. One default for every archive; other values are for
/// measuring.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// How soon more mentions of a word add little (BM25's k1).
    pub k1: f32,
    /// How much longer articles must hold more mentions for the same score (BM25's b), from 0 to 1.
    pub b: f32,
    /// What a mention of a word in another form than the one that was typed counts, where articles hold that
    /// one too.
    pub other_forms: f32,
    /// What closeness of words that must all be there is worth at most, as a share of the greatest score that
    /// the words alone can reach. An exact phrase adds that whole score, so that articles that hold it come
    /// before all others.
    pub closeness: f32,
    /// What two neighbouring words of a question are worth where they stand side by side in its order, as a
    /// share of the rarer one's worth (the ordered window of Metzler and Croft, "A Markov Random Field Model
    /// for Term Dependencies", 2005, §2.2).
    pub ordered: f32,
    /// The same for two that stand within [`width`](Self::width) words in any order (the unordered window,
    /// ibid.).
    pub unordered: f32,
    /// How many words an unordered window holds.
    pub width: u32,
    /// Whether what only frames a question ("I am interested in articles that describe …") is left out of it.
    pub framing: bool,
    /// What all related words together are worth, as a share of the question's own words; 0 looks for none.
    pub related: f32,
    /// How many of the best articles related words are taken from.
    pub related_articles: usize,
    /// How fast an article's say in the choice of related words falls with its score: at this share of the
    /// best score below it, it is e times smaller. 0 gives each a say by its score.
    pub related_falloff: f32,
    /// How many related words are taken.
    pub related_words: usize,
    /// The greatest share of all articles that a related word may stand in.
    pub related_spread: f32,
    /// What a new article is worth more than an old one, as a share of its score; 0 is nothing.
    pub recent: f32,
    /// After how many days of age that is halved.
    pub half_life: f32,
}

/// What an exact phrase is worth in a headline, where one in the text is worth 1.
const HEADLINE_PHRASE: f32 = 1.25;

/// What closeness is worth in the text, where the same in a headline is worth 1.
const TEXT_CLOSENESS: f32 = 0.8;

/// Where in an article words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// Anywhere but in the headline.
    Text,
    /// In the headline.
    Headline,
}

impl Zone {
    /// The zone of one of `positions`, sorted; those of a headline are there as often as they count, which is
    /// twice.
    fn of(positions: &[u32], at: usize) -> Self {
        let same = |other: Option<&u32>| other.is_some_and(|other| *other == positions[at]);
        let twice =
            same(positions.get(at + 1)) || same(at.checked_sub(1).and_then(|before| positions.get(before)));
        if twice { Self::Headline } else { Self::Text }
    }
}

impl Default for Ranking {
    fn default() -> Self {
        Self {
            k1: 1.6,
            b: 0.4,
            other_forms: 0.7,
            closeness: 0.5,
            ordered: 0.2,
            unordered: 0.1,
            width: 8,
            framing: true,
            related: 0.7,
            related_articles: 4,
            related_falloff: 0.15,
            related_words: 20,
            related_spread: 0.5,
            recent: 0.0,
            half_life: 90.0,
        }
    }
}

impl Ranking {
    /// Sets one number by its name.
    ///
    /// # Errors
    /// Says what is wrong with the name or the value.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let number: f32 = value
            .parse()
            .ok()
            .filter(|number: &f32| (0.0..=1e6).contains(number))
            .ok_or_else(|| format!("`{value}` is no number from 0 on"))?;
        match name {
            "k1" => self.k1 = number,
            "b" => self.b = number.min(1.0),
            "other-forms" => self.other_forms = number,
            "closeness" => self.closeness = number,
            "ordered" => self.ordered = number,
            "unordered" => self.unordered = number,
            "width" => self.width = number as u32,
            "framing" => self.framing = number > 0.0,
            "related" => self.related = number,
            "related-articles" => self.related_articles = number as usize,
            "related-falloff" => self.related_falloff = number,
            "related-words" => self.related_words = number as usize,
            "related-spread" => self.related_spread = number,
            "recent" => self.recent = number,
            "half-life" => self.half_life = number.max(0.1),
            _ => return Err(format!("the ranking has no `{name}`")),
        }
        Ok(())
    }

    /// An article's say in the choice of related words, from its score and the best one's.
    pub fn say(&self, score: f32, best: f32) -> f32 {
        if self.related_falloff > 0.0 {
            ((score - best) / (self.related_falloff * best)).exp()
        } else {
            score
        }
    }

    /// The greatest score that words of this worth can reach.
    pub fn greatest(&self, idf_sum: f32) -> f32 {
        idf_sum * (self.k1 + 1.0)
    }

    /// The most that [`proximity`](Self::proximity) can add for words of this worth.
    pub fn most_proximity(&self, idf_sum: f32) -> f32 {
        self.greatest(idf_sum) * (HEADLINE_PHRASE + self.closeness)
    }

    /// The bonus for how words stand that must all be there: where they stand exactly as typed, and their
    /// closeness from 0 to 1.
    pub fn proximity(&self, idf_sum: f32, phrase: Option<Zone>, closeness: f32) -> f32 {
        let phrase = match phrase {
            Some(Zone::Headline) => HEADLINE_PHRASE,
            Some(Zone::Text) => 1.0,
            None => 0.0,
        };
        self.greatest(idf_sum) * (phrase + self.closeness * closeness)
    }

    /// The most that two neighbouring words of a question can add by standing close.
    pub fn most_of_pair(&self, idf: f32) -> f32 {
        self.greatest(idf) * (self.ordered + self.unordered)
    }

    /// What an article of this age in days is worth, compared with one as old as can be.
    pub fn recency(&self, age: f32) -> f32 {
        1.0 + self.recent * (-age.max(0.0) / self.half_life).exp2()
    }
}

/// Inverse document frequency in the form that is never negative: ln(1 + (N − n + 0.5) / (n + 0.5)).
pub fn idf(doc_freq: u64, total: u64) -> f32 {
    let (n, total) = (doc_freq as f32, total.max(doc_freq) as f32);
    (1.0 + (total - n + 0.5) / (n + 0.5)).ln()
}

/// BM25's length normalisation of one field, by the engine's one-byte field lengths.
#[derive(Debug, Clone)]
pub struct Norms {
    k1: f32,
    of: [f32; 256],
}

impl Norms {
    /// For a field of this average length in words.
    pub fn new(average_length: f32, ranking: &Ranking) -> Self {
        let Ranking { k1, b, .. } = *ranking;
        let average = average_length.max(1.0);
        let mut norms = [0.0; 256];
        for (id, norm) in norms.iter_mut().enumerate() {
            let length = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(id as u8) as f32;
            *norm = k1 * (1.0 - b + b * length / average);
        }
        Self { k1, of: norms }
    }

    /// The saturated frequency, from 0 to k1 + 1, of a word that stands `tf` times in a field of this length.
    #[inline]
    pub fn saturate(&self, fieldnorm_id: u8, tf: f32) -> f32 {
        tf * (self.k1 + 1.0) / (tf + self.of[fieldnorm_id as usize])
    }

    /// The same by the length itself.
    pub fn saturate_length(&self, length: u32, tf: u32) -> f32 {
        self.saturate(tantivy::fieldnorm::FieldNormReader::fieldnorm_to_id(length), tf as f32)
    }
}

/// How close two neighbouring words of the query stand in an article: 1 side by side in order, less with each
/// word between, a little less again in the other order, and less outside the headline; 0 where one is
/// missing. `left` and `right` are sorted positions, those of a headline twice.
pub fn pair_closeness(left: &[u32], right: &[u32]) -> f32 {
    let mut best = 0.0f32;
    let mut from = 0;
    for (at, l) in left.iter().enumerate() {
        while from < right.len() && right[from] <= *l {
            from += 1;
        }
        let worth = |zone| if zone == Zone::Headline { 1.0 } else { TEXT_CLOSENESS };
        let zone = Zone::of(left, at);
        if let Some(r) = right.get(from) {
            best = best.max(worth(zone.min(Zone::of(right, from))) / (r - l) as f32);
        }
        if let Some(before) = from.checked_sub(1).filter(|before| right[*before] < *l) {
            let both = zone.min(Zone::of(right, before));
            best = best.max(worth(both) / (0.5 + (l - right[before]) as f32));
        }
        // The headline stands first: what comes after it is worth no more than side by side in the text.
        if best >= 1.0 || (zone == Zone::Text && best >= TEXT_CLOSENESS) {
            break;
        }
    }
    best
}

/// Where each word stands one after the one before, in the headline rather than elsewhere. `closeness` is the
/// least that [`pair_closeness`] of neighbours comes to.
pub fn in_row(positions: &[Vec<u32>], closeness: f32) -> Option<Zone> {
    let (first, rest) = positions.split_first()?;
    if closeness < TEXT_CLOSENESS {
        return None;
    }
    let in_row = |start: &u32| {
        rest.iter().zip(1..).all(|(positions, offset)| positions.binary_search(&(start + offset)).is_ok())
    };
    // The headline stands first.
    first.iter().position(in_row).map(|at| Zone::of(first, at))
}

/// How often two words stand side by side in this order, and how often the first has the second within
/// `width` words in any order. Both are sorted positions, with those of a headline as often as they count.
pub fn windows(left: &[u32], right: &[u32], width: u32) -> (u32, u32) {
    let (mut ordered, mut unordered, mut from) = (0, 0, 0);
    for l in left {
        while from < right.len() && right[from] + width <= *l {
            from += 1;
        }
        let near = right[from..].iter().take_while(|r| **r < l + width);
        let (mut next, mut any) = (false, false);
        for r in near {
            next |= *r == l + 1;
            any |= r != l;
        }
        ordered += u32::from(next);
        unordered += u32::from(any);
    }
    (ordered, unordered)
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
        let norms = Norms::new(100.0, &Ranking::default());
        let id = tantivy::fieldnorm::FieldNormReader::fieldnorm_to_id(100);
        let (one, two, many) = (norms.saturate(id, 1.0), norms.saturate(id, 2.0), norms.saturate(id, 1e3));
        assert!(one < two && two < many && many < Ranking::default().k1 + 1.0);
        assert!((two - one) < one);
    }

    #[test]
    fn closer_is_better_and_order_counts() {
        let side_by_side = pair_closeness(&[5], &[6]);
        let one_between = pair_closeness(&[5], &[7]);
        let turned = pair_closeness(&[6], &[5]);
        assert!(side_by_side > turned && turned > one_between);
        assert_eq!(pair_closeness(&[5], &[]), 0.0);
        assert_eq!(pair_closeness(&[1, 20], &[3, 21]), side_by_side);
        assert!(pair_closeness(&[5, 5], &[6, 6]) > side_by_side);
    }

    #[test]
    fn a_phrase_is_found_in_the_headline_first() {
        let zone = |positions: &[Vec<u32>]| in_row(positions, 1.0);
        assert_eq!(zone(&[vec![1, 1, 20], vec![2, 2, 21]]), Some(Zone::Headline));
        assert_eq!(zone(&[vec![1, 1, 20], vec![3, 3, 21]]), Some(Zone::Text));
        assert_eq!(zone(&[vec![1, 1, 20], vec![3, 3, 22]]), None);
    }

    #[test]
    fn windows_count_neighbours_in_order_and_in_any() {
        assert_eq!(windows(&[1, 10, 30], &[2, 9, 60], 8), (1, 2));
        assert_eq!(windows(&[1, 1], &[2, 2], 8), (2, 2));
        assert_eq!(windows(&[1], &[9], 8), (0, 0));
        assert_eq!(windows(&[5], &[5], 8), (0, 0));
    }

    #[test]
    fn every_number_can_be_set_by_its_name() {
        let mut ranking = Ranking::default();
        ranking.set("k1", "2").unwrap_or_default();
        assert_eq!(ranking.k1, 2.0);
        assert_eq!(ranking.set("k2", "2"), Err("the ranking has no `k2`".to_owned()));
        assert_eq!(ranking.set("k1", "-2"), Err("`-2` is no number from 0 on".to_owned()));
    }

    #[test]
    fn a_new_article_gains_and_half_of_it_after_the_half_life() {
        let ranking = Ranking { recent: 0.4, half_life: 10.0, ..Ranking::default() };
        assert!((ranking.recency(0.0) - 1.4).abs() < 1e-6 && (ranking.recency(10.0) - 1.2).abs() < 1e-6);
    }
}
