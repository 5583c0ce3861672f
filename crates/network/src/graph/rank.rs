//! How high the truth came out: expected rank under ties, the time-aware filter, and the usual means.

/// The rank of `truth` among all entities, the best being 1.
///
/// Those of equal score stand in a random order, so each counts half. `others` are also true of the same
/// question at the same time, and are taken out.
pub(super) fn expected_rank(scores: &[f32], truth: u32, others: &[u32]) -> f64 {
    let own = scores[truth as usize];
    let place = |score: f32| match score.total_cmp(&own) {
        std::cmp::Ordering::Greater => 2,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Less => 0,
    };
    let halves: i64 = scores.iter().map(|&score| place(score)).sum();
    let out: i64 = others
        .iter()
        .filter(|other| **other != truth)
        .map(|&other| place(scores[other as usize]))
        .sum();
    // The truth is equal to itself: one half too many.
    1.0 + (halves - out - 1) as f64 / 2.0
}

/// Means over the questions asked.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    asked: u64,
    reciprocals: f64,
    within: [u64; 3],
}

impl Figures {
    pub(super) fn add(&mut self, rank: f64) {
        self.asked += 1;
        self.reciprocals += 1.0 / rank;
        for (count, most) in self.within.iter_mut().zip([1.0, 3.0, 10.0]) {
            *count += u64::from(rank <= most);
        }
    }

    /// How many questions were asked, both directions counted.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.asked
    }

    /// The mean of one over the rank; `None` when nothing was asked.
    #[must_use]
    pub fn mean_reciprocal_rank(&self) -> Option<f64> {
        (self.asked > 0).then(|| self.reciprocals / self.asked as f64)
    }

    /// The shares, from 0 to 1, of truths that came among the first 1, 3 and 10.
    #[must_use]
    pub fn hits(&self) -> Option<[f64; 3]> {
        (self.asked > 0).then(|| self.within.map(|count| count as f64 / self.asked as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::{Figures, expected_rank};

    #[test]
    fn ties_stand_in_the_middle() {
        let scores = [0.5, 0.5, 0.9, 0.5, 0.1];
        assert_eq!(expected_rank(&scores, 0, &[]), 3.0);
        assert_eq!(expected_rank(&scores, 2, &[]), 1.0);
        assert_eq!(expected_rank(&[0.0; 4], 1, &[]), 2.5);
    }

    #[test]
    fn what_is_also_true_is_taken_out() {
        let scores = [0.5, 0.5, 0.9, 0.7, 0.1];
        assert_eq!(expected_rank(&scores, 0, &[0, 2]), 2.5);
        assert_eq!(expected_rank(&scores, 0, &[0, 1, 2, 3]), 1.0);
    }

    #[test]
    fn nothing_asked_has_no_mean() {
        let mut figures = Figures::default();
        assert_eq!(figures.mean_reciprocal_rank(), None);
        figures.add(1.0);
        figures.add(4.0);
        assert_eq!(figures.mean_reciprocal_rank(), Some(0.625));
        assert_eq!(figures.hits(), Some([0.5, 0.5, 1.0]));
    }
}
