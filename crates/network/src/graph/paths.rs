//! Who can be reached in two or three acts: the nearest of the nearest.
//!
//! A path is worth the product of the shares of its acts, as in a random walk that prefers what is
//! recent. Only the nearest few are followed from each entity.

use std::rc::Rc;

use super::past::{Map, Past, Row, packed};

/// How many others are followed from an entity, whatever passed between them.
const NEAREST: usize = 20;
/// How many are followed in one relation.
const NEAREST_IN_RELATION: usize = 10;
/// What an entity is taken to have done beside what is known, so that few acts give no sure share.
const BESIDE: f32 = 1.0;
const BESIDE_IN_RELATION: f32 = 0.5;

/// Some entities, and their shares.
pub(super) type Shares = Rc<[(u32, f32)]>;

/// The nearest of each entity on one step, worked out when first asked for.
pub(super) struct Paths<'a> {
    past: &'a Past,
    step: u32,
    nearest: Map<Shares>,
    in_relation: Map<Shares>,
}

impl<'a> Paths<'a> {
    pub(super) fn new(past: &'a Past, step: u32) -> Paths<'a> {
        Paths {
            past,
            step,
            nearest: Map::default(),
            in_relation: Map::default(),
        }
    }

    /// Whom an entity met most and latest.
    pub(super) fn nearest(&mut self, entity: u32) -> Shares {
        let (past, step) = (self.past, self.step);
        let found = self.nearest.entry(u64::from(entity));
        found
            .or_insert_with(|| shares(past, past.pairs.row(entity), step, NEAREST, BESIDE))
            .clone()
    }

    /// Whom an entity met most and latest in one relation.
    pub(super) fn nearest_in(&mut self, entity: u32, relation: u32) -> Shares {
        let (past, step) = (self.past, self.step);
        let found = self.in_relation.entry(packed(entity, relation));
        found
            .or_insert_with(|| match past.line(entity, relation) {
                Some(line) => {
                    let row = past.lines.row(line);
                    shares(past, row, step, NEAREST_IN_RELATION, BESIDE_IN_RELATION)
                }
                None => Rc::new([]),
            })
            .clone()
    }
}

/// The heaviest entities of a row, each with its share of the row.
fn shares(past: &Past, row: &Row, step: u32, most: usize, beside: f32) -> Shares {
    let weigh = |e: &super::past::Entry| (e.other, e.steps.weight(step, &past.decay));
    let mut weighed: Vec<(u32, f32)> = row.entries.iter().map(weigh).collect();
    let sum = beside + weighed.iter().map(|(_, weight)| weight).sum::<f32>();
    weighed.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    weighed.truncate(most);
    weighed
        .iter()
        .map(|(other, weight)| (*other, weight / sum))
        .collect()
}
