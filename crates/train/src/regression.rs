//! Logistic regression over named features, by AdaGrad (Duchi, Hazan and Singer, 2011) with an L2 term.

use std::collections::HashMap;

/// One example: its features, and whether it holds.
pub struct Example {
    /// Indices into [`Vocabulary::names`].
    pub features: Vec<u32>,
    /// Whether it holds.
    pub holds: bool,
}

/// Several options of which one holds, or some that hold alike: weighed against each other
/// (conditional logit; McFadden, 1974).
pub struct Group {
    /// Each option's features, and whether it holds.
    pub options: Vec<(Vec<u32>, bool)>,
}

/// The names of features, by index, and how often each was met.
#[derive(Default)]
pub struct Vocabulary {
    index: HashMap<u64, u32>,
    /// Their names.
    pub names: Vec<String>,
    counts: Vec<u32>,
}

impl Vocabulary {
    /// The index of a feature, new or met before.
    pub fn index_of(&mut self, hash: u64, name: impl FnOnce() -> String) -> u32 {
        let next = self.names.len() as u32;
        let at = *self.index.entry(hash).or_insert(next);
        if at == next {
            self.names.push(name());
            self.counts.push(0);
        }
        self.counts[at as usize] += 1;
        at
    }
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Rounds over all examples.
    pub epochs: usize,
    /// Step length.
    pub rate: f32,
    /// How strongly weights are drawn to zero, for each example that meets them.
    pub l2: f32,
    /// Features met less often are left out.
    pub least: u32,
}

/// Weights by feature index: the mean of those after each of the later half of the rounds, which
/// depends less on the order of the examples than the last ones do.
pub fn fit(
    examples: &mut [Example],
    groups: &mut [Group],
    vocabulary: &Vocabulary,
    settings: Settings,
) -> Vec<f32> {
    let mut learned = Learned {
        weights: vec![0.0_f32; vocabulary.names.len()],
        squares: vec![1.0_f32; vocabulary.names.len()],
        settings,
    };
    let kept = |f: &u32| vocabulary.counts[*f as usize] >= settings.least;
    for example in examples.iter_mut() {
        example.features.retain(kept);
    }
    for (features, _) in groups.iter_mut().flat_map(|g| &mut g.options) {
        features.retain(kept);
    }
    let mut order: Vec<usize> = (0..examples.len() + groups.len()).collect();
    let mut chance = Chance(7);
    let mut sums = vec![0.0_f32; vocabulary.names.len()];
    let first = settings.epochs / 2;
    for epoch in 0..settings.epochs {
        chance.shuffle(&mut order);
        for &nth in &order {
            match nth.checked_sub(examples.len()) {
                None => learned.learn(&examples[nth]),
                Some(group) => learned.learn_group(&groups[group]),
            }
        }
        if epoch >= first {
            sums.iter_mut()
                .zip(&learned.weights)
                .for_each(|(s, w)| *s += w);
        }
    }
    let counted = (settings.epochs - first) as f32;
    sums.into_iter().map(|s| s / counted).collect()
}

struct Learned {
    weights: Vec<f32>,
    squares: Vec<f32>,
    settings: Settings,
}

impl Learned {
    fn sum(&self, features: &[u32]) -> f32 {
        features.iter().map(|&f| self.weights[f as usize]).sum()
    }

    fn learn(&mut self, example: &Example) {
        let chance = 1.0 / (1.0 + (-self.sum(&example.features)).exp());
        let holds = f32::from(u8::from(example.holds));
        self.step(&example.features, chance - holds);
    }

    fn learn_group(&mut self, group: &Group) {
        let sums: Vec<f32> = group.options.iter().map(|(f, _)| self.sum(f)).collect();
        let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let all: f32 = sums.iter().map(|s| (s - most).exp()).sum();
        let holding = group
            .options
            .iter()
            .filter(|(_, holds)| *holds)
            .count()
            .max(1);
        for ((features, holds), sum) in group.options.iter().zip(sums) {
            let chance = (sum - most).exp() / all;
            let wanted = f32::from(u8::from(*holds)) / holding as f32;
            self.step(features, chance - wanted);
        }
    }

    fn step(&mut self, features: &[u32], slope: f32) {
        for &f in features {
            let f = f as usize;
            let slope = slope + self.settings.l2 * self.weights[f];
            self.squares[f] += slope * slope;
            self.weights[f] -= self.settings.rate * slope / self.squares[f].sqrt();
        }
    }
}

/// A small generator of numbers that look like chance (SplitMix64), so that the same examples give
/// the same weights.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            let other = (self.next() % (last as u64 + 1)) as usize;
            order.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Example, Settings, Vocabulary, fit};

    #[test]
    fn a_feature_that_tells_gets_a_weight_of_its_sign() {
        let mut vocabulary = Vocabulary::default();
        let mut examples = Vec::new();
        for nth in 0..100 {
            let holds = nth % 2 == 0;
            let name = if holds { "yes" } else { "no" };
            let features = vec![vocabulary.index_of(u64::from(holds), || name.to_string())];
            examples.push(Example { features, holds });
        }
        let settings = Settings {
            epochs: 5,
            rate: 0.2,
            l2: 1e-3,
            least: 1,
        };
        let weights = fit(&mut examples, &mut [], &vocabulary, settings);
        assert!(weights[0] > 0.5 && weights[1] < -0.5);
    }
}
