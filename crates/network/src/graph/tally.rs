//! Decayed counts: what has happened, the newer the weightier.
//!
//! Here is how a count fades and what of it a score sees; which counts are kept says `past`.

/// After so many steps an event weighs half. Steps are days in ICEWS and years in YAGO.
pub const HALF_LIVES: [f32; 3] = [3.0, 20.0, 150.0];
/// Decayed counts times this, before the logarithm, so that one old event is still told from none.
const SCALE: [f32; 3] = [4.0, 2.0, 1.0];
/// The last gap, in steps, of every bucket but the last.
const BUCKETS: [u32; 9] = [1, 2, 4, 7, 14, 30, 60, 120, 200];
/// How many buckets of gaps there are.
pub(super) const GAPS: usize = BUCKETS.len() + 1;

/// What an event is still worth, by half-life and age.
pub(super) struct Decay([Vec<f32>; 3]);

impl Decay {
    /// For ages up to `steps`.
    pub(super) fn new(steps: usize) -> Decay {
        Decay(HALF_LIVES.map(|half| {
            (0..=steps)
                .map(|age| (-(age as f32) / half).exp2())
                .collect()
        }))
    }
}

/// How often something happened, decayed with each half-life.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    counts: [f32; 3],
    last: u32,
}

impl Tally {
    /// The decayed counts at an instant, which is not before the last event.
    pub(super) fn at(&self, now: u32, decay: &Decay) -> [f32; 3] {
        let age = (now - self.last) as usize;
        [0, 1, 2].map(|k| self.counts[k] * decay.0[k][age])
    }

    /// Counts one event more.
    pub(super) fn add(&mut self, now: u32, decay: &Decay) {
        self.counts = self.at(now, decay).map(|count| count + 1.0);
        self.last = now;
    }

    /// One number for how much this weighs lately, to put tallies in order.
    pub(super) fn weight(&self, now: u32, decay: &Decay) -> f32 {
        let counts = self.at(now, decay);
        counts[1] + 0.3 * counts[2]
    }

    /// What a score sees of it: the logarithms of its counts, and `fourth`.
    pub(super) fn values(&self, now: u32, decay: &Decay, fourth: f32) -> [f32; 4] {
        values(self.at(now, decay), fourth)
    }

    /// Which bucket the time since the last event falls into.
    pub(super) fn gap(&self, now: u32) -> usize {
        BUCKETS.partition_point(|&end| end < now - self.last)
    }
}

/// What a score sees of decayed counts: their logarithms, and `fourth`.
pub(super) fn values(counts: [f32; 3], fourth: f32) -> [f32; 4] {
    let [short, middle, long] = [0, 1, 2].map(|k| (counts[k] * SCALE[k]).ln_1p());
    [short, middle, long, fourth]
}

/// A gap in words, for explanations.
pub(super) fn gap_name(bucket: usize) -> String {
    match (bucket.checked_sub(1), BUCKETS.get(bucket)) {
        (None, _) => "1 ago".to_string(),
        (Some(before), Some(end)) if BUCKETS[before] + 1 == *end => format!("{end} ago"),
        (Some(before), Some(end)) => format!("{} to {end} ago", BUCKETS[before] + 1),
        (Some(before), None) => format!("over {} ago", BUCKETS[before]),
    }
}

#[cfg(test)]
mod tests {
    use super::{Decay, Tally, gap_name};

    #[test]
    fn a_count_halves_in_its_half_life() {
        let decay = Decay::new(10);
        let mut tally = Tally::default();
        tally.add(2, &decay);
        tally.add(2, &decay);
        assert_eq!(tally.at(5, &decay)[0], 1.0);
    }

    #[test]
    fn gaps_fall_into_buckets() {
        let decay = Decay::new(500);
        let mut tally = Tally::default();
        tally.add(0, &decay);
        assert_eq!(
            [1, 2, 3, 4, 5, 300].map(|now| tally.gap(now)),
            [0, 1, 2, 2, 3, 9]
        );
        assert_eq!(gap_name(2), "3 to 4 ago");
    }
}
