//! How common each entity is as an object, of anything and of the relation asked for.
//!
//! This is all that a score knows of a candidate whom nothing links to the subject, so it is worked
//! out for every entity, and once for all questions of a relation on a step.

use super::past::Past;
use super::terms::COMMON;

/// What is common before one step, turned to one relation at a time.
pub(super) struct Common<'a> {
    past: &'a Past,
    step: u32,
    relation: Option<u32>,
    anything: Vec<[f32; 4]>,
    role: Vec<[f32; 4]>,
    /// The part of every entity's score that all subjects share.
    pub(super) scores: Vec<f32>,
    /// The exponentials of `scores`.
    pub(super) odds: Vec<f32>,
}

impl<'a> Common<'a> {
    pub(super) fn new(past: &'a Past, step: u32) -> Common<'a> {
        let count = past.seen.len();
        let seen = past.seen.iter().map(|tally| {
            let ever = f32::from(u8::from(tally.at(step, &past.decay)[2] > 0.0));
            tally.values(step, &past.decay, ever)
        });
        Common {
            past,
            step,
            relation: None,
            anything: seen.collect(),
            role: vec![[0.0; 4]; count],
            scores: vec![0.0; count],
            odds: vec![0.0; count],
        }
    }

    /// Works out the scores of every entity as an object of `relation`.
    pub(super) fn turn_to(&mut self, relation: u32, weights: &[f32; COMMON]) {
        for entry in self
            .relation
            .into_iter()
            .flat_map(|r| &self.past.roles.row(r).entries)
        {
            self.role[entry.other as usize] = [0.0; 4];
        }
        self.relation = Some(relation);
        for (score, values) in self.scores.iter_mut().zip(&self.anything) {
            *score = dot(&weights[..4], values);
        }
        for entry in &self.past.roles.row(relation).entries {
            let values = entry.steps.values(self.step, &self.past.decay, 1.0);
            self.scores[entry.other as usize] += dot(&weights[4..], &values);
            self.role[entry.other as usize] = values;
        }
        for (odds, score) in self.odds.iter_mut().zip(&self.scores) {
            *odds = exp(*score);
        }
    }

    /// What an entity shows for the terms of how common it is.
    pub(super) fn values(&self, entity: u32) -> [f32; COMMON] {
        let mut values = [0.0; COMMON];
        values[..4].copy_from_slice(&self.anything[entity as usize]);
        values[4..].copy_from_slice(&self.role[entity as usize]);
        values
    }

    /// The sum of all odds, and of all values times odds.
    pub(super) fn sums(&self) -> (f32, [f32; COMMON]) {
        let mut sums = [0.0; COMMON];
        for (odds, values) in self.odds.iter().zip(&self.anything) {
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += odds * value;
            }
        }
        for entry in self
            .relation
            .into_iter()
            .flat_map(|r| &self.past.roles.row(r).entries)
        {
            let at = entry.other as usize;
            for (sum, value) in sums[4..].iter_mut().zip(&self.role[at]) {
                *sum += self.odds[at] * value;
            }
        }
        (self.odds.iter().sum(), sums)
    }
}

fn dot(weights: &[f32], values: &[f32; 4]) -> f32 {
    weights.iter().zip(values).map(|(w, v)| w * v).sum()
}

/// e to the power of `x`, which is kept between −60 and 60; right to five digits.
///
/// Written out so that the compiler can work out several at once: it is most of the work where
/// entities are many.
pub(super) fn exp(x: f32) -> f32 {
    let two = x.clamp(-60.0, 60.0) * std::f32::consts::LOG2_E;
    let whole = (two + 0.5).floor();
    let rest = (two - whole) * std::f32::consts::LN_2;
    let series =
        1.0 + rest * (1.0 + rest * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest / 120.0))));
    f32::from_bits(((whole as i32 + 127) << 23) as u32) * series
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn the_written_out_power_is_right_to_five_digits() {
        for nth in -5000..5000 {
            let x = nth as f32 / 100.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }
}
