//! A log-linear judge over what the tables and rules propose: is this word an act here, who are its
//! sides, who says so, and how surely?
//!
//! Weights are a table of features, `data/judge.tsv`, made by `train` from read sentences. What the
//! rules would choose is one feature among the others.

use std::collections::HashMap;

use base::Realis;

use crate::evidence;
use crate::features::{BuildAsIs, Features, hash_name};
use crate::frames::Sides;
use crate::lexicon::Act;
use crate::mentions::{Mention, MentionKind};
use crate::scene::Scene;
use crate::speech::Speech;
use crate::telling;

const WEIGHTS: &str = include_str!("../../../data/judge.tsv");
/// The best side is taken from this chance on where no other is.
const ONLY_SIDE_FLOOR: f32 = 0.2;
/// Of those who do something together each is taken that has this part of the likeliest one's chance.
const PARTNER_SHARE: f32 = 0.4;
/// An outlet that is cited seldom acts: this part of its chance is left to it.
const CITED_OUTLET_SHARE: f32 = 0.2;
/// A speaker is taken from this chance on.
const VOICE_FLOOR: f32 = 0.5;

/// The weights, by the hash of their feature.
pub struct Judge {
    weights: HashMap<u64, f32, BuildAsIs>,
}

/// The sides that the judge takes.
pub(crate) struct Chosen {
    pub(crate) source: Vec<usize>,
    pub(crate) target: Vec<usize>,
}

impl Judge {
    /// The weights that are built in.
    #[must_use]
    pub fn load() -> Judge {
        Judge::read(WEIGHTS)
    }

    /// Weights from a table of features, one a line with its weight after a tab.
    #[must_use]
    pub fn read(table: &str) -> Judge {
        let read = |line: &str| {
            let (feature, weight) = line.split_once('\t')?;
            Some((hash_name(feature), weight.parse().ok()?))
        };
        Judge {
            weights: table.lines().filter_map(read).collect(),
        }
    }

    fn sum(&self, features: &Features) -> f32 {
        let weights = features.hashes.iter().filter_map(|h| self.weights.get(h));
        weights.sum()
    }

    /// The chance, 0 to 1, that what these features speak for holds.
    pub(crate) fn chance(&self, features: &Features) -> f32 {
        1.0 / (1.0 + (-self.sum(features)).exp())
    }

    /// The features that spoke loudest for, at most `most`.
    pub(crate) fn loudest(&self, features: &Features, most: usize) -> Vec<String> {
        let mut spoken: Vec<(f32, &String)> = features
            .hashes
            .iter()
            .zip(&features.names)
            .filter_map(|(h, name)| self.weights.get(h).map(|w| (*w, name)))
            .filter(|(w, _)| *w > 0.0)
            .collect();
        spoken.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        spoken
            .into_iter()
            .take(most)
            .map(|(_, name)| name.clone())
            .collect()
    }

    /// The likeliest sides of an act; `None` where it has none.
    pub(crate) fn sides(
        &self,
        scene: &Scene<'_>,
        act: &Act,
        rules: Option<&Sides>,
    ) -> Option<Chosen> {
        let of_role = |role| {
            let mut sums: Vec<f32> = (0..scene.mentions.len())
                .map(|n| self.sum(&evidence::of_side(scene, act, n, role, rules, false)))
                .collect();
            sums.push(self.sum(&evidence::of_nobody(scene, act, role, rules, false)));
            let mut chances = shares(&sums);
            for (n, m) in scene.mentions.iter().enumerate() {
                if m.kind == MentionKind::Media && scene.speaks[n] {
                    chances[n] *= CITED_OUTLET_SHARE;
                }
                if is_nobody_known(m) {
                    chances[n] = 0.0;
                }
            }
            chances
        };
        choose(scene, act, &of_role("S"), &of_role("T"))
    }

    /// Those who say so, nearest first.
    pub(crate) fn voices(
        &self,
        scene: &Scene<'_>,
        act: &Act,
        chosen: &Chosen,
        speeches: &[Speech],
    ) -> Vec<usize> {
        let mut found: Vec<usize> = (0..scene.mentions.len())
            .filter(|&n| !is_nobody_known(&scene.mentions[n]))
            .filter(|&n| {
                let side = chosen.side_of(n);
                let features = telling::of_voice(scene, act, n, speeches, side, false);
                self.chance(&features) >= VOICE_FLOOR
            })
            .collect();
        let distance = |n: &usize| {
            let m = &scene.mentions[*n];
            m.first.abs_diff(act.first).min(m.last.abs_diff(act.first))
        };
        found.sort_by_key(distance);
        let mut kept: Vec<usize> = Vec::new();
        for n in found {
            if !kept
                .iter()
                .any(|&k| scene.mentions[k].code.root() == scene.mentions[n].code.root())
            {
                kept.push(n);
            }
        }
        kept
    }

    /// How surely an act is told.
    pub(crate) fn realis(&self, features: &Features) -> Realis {
        let score = |realis: Realis| -> f32 {
            let hashes = features.hashes.iter().map(|h| for_class(*h, realis));
            hashes.filter_map(|h| self.weights.get(&h)).sum()
        };
        Realis::ALL
            .iter()
            .copied()
            .map(|r| (r, score(r)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map_or(Realis::Asserted, |(r, _)| r)
    }
}

impl Chosen {
    /// Which side of the act a mention is.
    pub(crate) fn side_of(&self, nth: usize) -> &'static str {
        if self.source.contains(&nth) {
            "source"
        } else if self.target.contains(&nth) {
            "target"
        } else {
            "neither"
        }
    }
}

/// The hash of a feature joined with a realis, as `hash_name("… @realis")` gives it.
pub(crate) fn for_class(hash: u64, realis: Realis) -> u64 {
    let mut hash = hash;
    for byte in b" @".iter().chain(realis.name().as_bytes()) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// A pronoun whose owner the sentence does not tell is left out.
fn is_nobody_known(mention: &Mention) -> bool {
    mention.kind == MentionKind::Pronoun && mention.code.is_generic()
}

/// The chance of each of several options of which one holds.
fn shares(sums: &[f32]) -> Vec<f32> {
    let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let raised: Vec<f32> = sums.iter().map(|s| (s - most).exp()).collect();
    let all: f32 = raised.iter().sum();
    raised.into_iter().map(|r| r / all).collect()
}

/// The mentions likeliest in each role, the last chance standing for nobody; none stands in both.
fn choose(scene: &Scene<'_>, act: &Act, source: &[f32], target: &[f32]) -> Option<Chosen> {
    let count = scene.mentions.len();
    let best = |chances: &[f32], not: Option<usize>| {
        let open = (0..=count).filter(|&n| Some(n) != not);
        open.max_by(|a, b| chances[*a].total_cmp(&chances[*b]))
            .filter(|&n| n < count)
    };
    let (mut from, mut to) = (best(source, None), best(target, None));
    if from.is_some() && from == to {
        let nth = from.unwrap_or_default();
        if source[nth] >= target[nth] {
            to = best(target, from);
        } else {
            from = best(source, to);
        }
    }
    if from.is_none() && to.is_none() {
        let likely = |n: &usize| source[*n].max(target[*n]);
        let only = (0..count).max_by(|a, b| likely(a).total_cmp(&likely(b)))?;
        if likely(&only) < ONLY_SIDE_FLOOR {
            return None;
        }
        if source[only] >= target[only] {
            from = Some(only);
        } else {
            to = Some(only);
        }
    }
    let mut chosen = Chosen {
        source: from.into_iter().collect(),
        target: to.into_iter().collect(),
    };
    if act.entry.kind.is_mutual() {
        add_partners(&mut chosen, source, count);
    }
    take_whole_chains(scene, &mut chosen.source, &chosen.target);
    take_whole_chains(scene, &mut chosen.target, &chosen.source);
    Some(chosen)
}

/// Those who do something together each have a good part of the chance.
fn add_partners(chosen: &mut Chosen, source: &[f32], count: usize) {
    let Some(&first) = chosen.source.first() else {
        return;
    };
    for n in (0..count).filter(|n| !chosen.target.contains(n)) {
        if n != first && source[n] >= PARTNER_SHARE * source[first] {
            chosen.source.push(n);
        }
    }
}

/// Actors joined by و or "and" act and suffer together: takes those joined to one that is taken.
fn take_whole_chains(scene: &Scene<'_>, sides: &mut Vec<usize>, others: &[usize]) {
    let joined: Vec<usize> = sides.iter().flat_map(|&n| scene.with_joined(n)).collect();
    for n in joined {
        let code = &scene.mentions[n].code;
        let is_new = |k: &usize| scene.mentions[*k].code != *code;
        if !others.contains(&n) && sides.iter().all(is_new) {
            sides.push(n);
        }
    }
    sides.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::for_class;
    use crate::features::hash_name;
    use base::Realis;

    #[test]
    fn a_feature_of_a_realis_hashes_like_its_name() {
        assert_eq!(
            for_class(hash_name("R ar near لم"), Realis::Denied),
            hash_name("R ar near لم @denied")
        );
    }
}
