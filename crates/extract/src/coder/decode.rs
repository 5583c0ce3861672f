//! From the coder's numbers to acts with their sides.

use base::{Kind, Realis};
use neural::Tensor;

use super::Settings;
use super::inputs::{KINDS, sector};
use crate::mentions::Mention;

/// An actor, time or place has at most so many tokens.
const REACH: usize = 24;
/// The order in which the coder tells how surely an act is told.
const REALIS: [Realis; 6] = [
    Realis::Asserted,
    Realis::Hedged,
    Realis::Planned,
    Realis::Intended,
    Realis::Denied,
    Realis::Conditional,
];
const INSIDE: usize = KINDS.len() + 1;
const ROLES: usize = 5;

/// What the first reading says of one sentence of a batch.
pub(crate) struct Numbers<'a> {
    outputs: &'a [Tensor<f32>],
    nth: usize,
    /// Tokens of the sentence.
    count: usize,
}

impl<'a> Numbers<'a> {
    pub(crate) fn new(outputs: &'a [Tensor<f32>], nth: usize, count: usize) -> Numbers<'a> {
        Numbers {
            outputs,
            nth,
            count,
        }
    }

    /// The chances that a token begins no act, an act of each type, or stands within one.
    fn tag(&self, token: usize) -> Vec<f32> {
        softmax(row(&self.outputs[0], self.nth, token))
    }

    fn end(&self, token: usize) -> &'a [f32] {
        let reach = (token + REACH).min(self.count);
        &row(&self.outputs[3], self.nth, token)[token..reach]
    }

    /// The tokens that may begin an act, with the numbers of their types: from this chance of any act on, and this one
    /// of the likeliest type, since its sides can only make it less sure.
    pub(crate) fn acts(&self, any: f32, sure: f32) -> Vec<(usize, usize)> {
        let tagged = (0..self.count).map(|t| (t, self.tag(t)));
        let acts = tagged.filter(|(_, chances)| 1.0 - chances[0] - chances[INSIDE] >= any);
        let typed = acts.map(|(t, chances)| (t, 1 + highest(&chances[1..INSIDE]), chances));
        let found = typed.filter(|(_, kind, chances)| chances[*kind] >= sure);
        found.map(|(t, kind, _)| (t, kind)).collect()
    }
}

/// A row of a tensor of shape (some, others, width).
fn row(tensor: &Tensor<f32>, nth: usize, other: usize) -> &[f32] {
    let (others, width) = (tensor.shape[1], tensor.shape[2]);
    let start = (nth * others + other) * width;
    &tensor.numbers[start..start + width]
}

/// What the second reading says of one act.
pub(crate) struct Again<'a> {
    roles: &'a Tensor<f32>,
    realis: &'a [f32],
    nth: usize,
}

impl<'a> Again<'a> {
    pub(crate) fn new(outputs: &'a [Tensor<f32>], nth: usize) -> Again<'a> {
        let width = outputs[1].shape[1];
        Again {
            roles: &outputs[0],
            realis: &outputs[1].numbers[nth * width..(nth + 1) * width],
            nth,
        }
    }

    /// The chances of the first `count` tokens to begin a side in a role.
    fn role(&self, role: usize, count: usize) -> Vec<f32> {
        let chance = |token| sigmoid(row(self.roles, self.nth, token)[role]);
        (0..count).map(chance).collect()
    }
}

/// Some tokens of a sentence with the chance that they are what they are said to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Piece {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) chance: f32,
}

/// The codes of an actor.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Codes {
    /// One, or two for words such as "both countries".
    pub(crate) roots: Vec<String>,
    pub(crate) sector: Option<&'static str>,
    /// The chance of the first root.
    pub(crate) chance: f32,
    /// The mention of the tables that the first root was taken from.
    pub(crate) from: Option<usize>,
}

/// An act with its sides, as places of tokens.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) trigger: Piece,
    pub(crate) kind: Kind,
    /// The chance of the type, given the act.
    pub(crate) kind_chance: f32,
    pub(crate) realis: Realis,
    /// Source, target, said by, when, where: in reading order, who says so nearest first.
    pub(crate) sides: [Vec<Piece>; ROLES],
}

/// The chance that a token begins an act of this type.
pub(crate) fn kind_chance(numbers: &Numbers<'_>, token: usize, kind: Kind) -> f32 {
    let nth = KINDS.iter().position(|k| *k == kind).unwrap_or(0);
    numbers.tag(token)[1 + nth]
}

/// The act that begins at a token, with its sides; `None` where it has none.
pub(crate) fn act(
    numbers: &Numbers<'_>,
    again: &Again<'_>,
    settings: &Settings,
    token: usize,
) -> Option<Found> {
    let chances = numbers.tag(token);
    let chance = 1.0 - chances[0] - chances[INSIDE];
    let kind = highest(&chances[1..INSIDE]);
    let is_inside = |t: &usize| highest(&numbers.tag(*t)) == INSIDE;
    let inside = (token + 1..numbers.count).take_while(is_inside).count();
    let roles: [Vec<f32>; ROLES] = std::array::from_fn(|r| again.role(r, numbers.count));
    let taken = |role: usize| taken(numbers, &roles[role], settings.role_floor);
    let mut sides: [Vec<Piece>; ROLES] = std::array::from_fn(taken);
    if sides[0].is_empty() && sides[1].is_empty() {
        let best = |role: usize| {
            let first = highest(&roles[role]);
            (role, piece(numbers, first, roles[role][first]))
        };
        let (source, target) = (best(0), best(1));
        let (role, only) = if target.1.chance > source.1.chance {
            target
        } else {
            source
        };
        if only.chance < settings.lone_floor {
            return None;
        }
        sides[role].push(only);
    }
    for (role, pieces) in sides.iter_mut().enumerate() {
        if role == 2 {
            pieces.sort_by_key(|p| p.first.abs_diff(token));
        } else {
            pieces.sort_by_key(|p| p.first);
        }
    }
    Some(Found {
        trigger: Piece {
            first: token,
            last: token + inside,
            chance,
        },
        kind: KINDS[kind],
        kind_chance: chances[1 + kind] / chance,
        realis: REALIS[highest(again.realis)],
        sides,
    })
}

/// The tokens that begin a side from this chance on; none of the sides overlap.
fn taken(numbers: &Numbers<'_>, chances: &[f32], floor: f32) -> Vec<Piece> {
    let chances = chances.iter().copied().enumerate();
    let mut sure: Vec<(usize, f32)> = chances.filter(|(_, c)| *c >= floor).collect();
    sure.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut taken: Vec<Piece> = Vec::new();
    for (first, chance) in sure {
        let piece = piece(numbers, first, chance);
        if taken
            .iter()
            .all(|t| piece.last < t.first || piece.first > t.last)
        {
            taken.push(piece);
        }
    }
    taken
}

fn piece(numbers: &Numbers<'_>, first: usize, chance: f32) -> Piece {
    Piece {
        first,
        last: first + highest(numbers.end(first)),
        chance,
    }
}

/// Who an actor is: copied from a name of the tables or made from its words alone.
pub(crate) fn codes(
    numbers: &Numbers<'_>,
    settings: &Settings,
    mentions: &[Mention],
    actor: Piece,
) -> Codes {
    let mut logits: Vec<(&str, f32, Option<usize>)> = Vec::new();
    let made = settings
        .roots
        .iter()
        .zip(row(&numbers.outputs[2], numbers.nth, actor.first));
    logits.extend(made.map(|(root, score)| (root.as_str(), *score, None)));
    let copy = row(&numbers.outputs[4], numbers.nth, actor.first);
    let mut is_first = true;
    for (nth, mention) in mentions.iter().enumerate() {
        if mention.code.is_generic() || mention.first >= numbers.count {
            continue;
        }
        let mut score = copy[mention.first];
        if (actor.first..=actor.last).contains(&mention.first) {
            score += settings.within + if is_first { settings.within_first } else { 0.0 };
            is_first = false;
        }
        logits.push((mention.code.root(), score, Some(nth)));
    }
    let chances = softmax(&logits.iter().map(|l| l.1).collect::<Vec<_>>());
    let mut roots: Vec<(&str, f32)> = Vec::new();
    for ((root, ..), chance) in logits.iter().zip(&chances) {
        match roots.iter_mut().find(|(r, _)| r == root) {
            Some((_, sum)) => *sum += chance,
            None => roots.push((root, *chance)),
        }
    }
    roots.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (first, chance) = roots.first().copied().unwrap_or(("XXX", 0.0));
    let source = logits
        .iter()
        .zip(&chances)
        .filter(|((root, ..), _)| *root == first);
    let likeliest = source.max_by(|a, b| a.1.total_cmp(b.1));
    let second = roots.get(1).filter(|r| r.1 >= settings.second_floor);
    Codes {
        roots: std::iter::once(first)
            .chain(second.map(|r| r.0))
            .map(str::to_string)
            .collect(),
        sector: sector(highest(row(&numbers.outputs[1], numbers.nth, actor.first))),
        chance,
        from: likeliest.and_then(|((_, _, from), _)| *from),
    }
}

fn highest(numbers: &[f32]) -> usize {
    let mut best = 0;
    for (n, value) in numbers.iter().enumerate() {
        if *value > numbers[best] {
            best = n;
        }
    }
    best
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|l| (l - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.iter().map(|p| p / sum).collect()
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
