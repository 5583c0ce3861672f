//! All pairs of a day: how each stands, how its mood is, and on what that rests.

use std::collections::BTreeMap;

use base::{Day, Dyad, Event, Quad, Tone};

use crate::balance::Signed;
use crate::ledger::{Ledger, MOOD_DAYS, STANDING_DAYS, Score};

/// How one actor treats another on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Who treats whom.
    pub dyad: Dyad,
    /// At a half-life of 180 days.
    pub standing: Score,
    /// At a half-life of 20 days.
    pub mood: Score,
    /// Events up to the day, and how many of them are hostile.
    pub events: usize,
    /// Hostile ones among them.
    pub hostile: usize,
    /// The gravest or warmest of the last thirty days, 0 to 10.
    pub severity: f32,
    /// The day of the last event.
    pub last: Day,
}

/// The pairs that have events on or before a day, in their order. An event that nobody affirms moves nothing.
#[must_use]
pub fn standings(events: &[Event], on: Day) -> Vec<Standing> {
    let mut pairs: BTreeMap<&Dyad, Vec<&Event>> = BTreeMap::new();
    for event in events.iter().filter(|e| e.day <= on && e.mass > 0.0) {
        pairs.entry(&event.dyad).or_default().push(event);
    }
    pairs
        .into_iter()
        .filter_map(|(dyad, told)| standing(dyad, &told, on))
        .collect()
}

fn standing(dyad: &Dyad, events: &[&Event], on: Day) -> Option<Standing> {
    let score = |days: f64| Ledger::of(days, events.iter().copied(), on).score(on);
    let recent = events.iter().filter(|e| e.day > on.plus(-30));
    Some(Standing {
        dyad: dyad.clone(),
        standing: score(STANDING_DAYS)?,
        mood: score(MOOD_DAYS)?,
        events: events.len(),
        hostile: events.iter().filter(|e| e.quad.sign() < 0).count(),
        severity: recent.map(|e| e.severity).fold(0.0, f32::max),
        last: events.iter().map(|e| e.day).max()?,
    })
}

/// The signed graph of a day: two actors are joined where what they do to each other, both directions
/// together, weighs `least_weight` fresh acts or more and its range lies on one side of `middle`, the
/// tone that tells friend from foe.
#[must_use]
pub fn signed(events: &[Event], on: Day, least_weight: f64, middle: Tone) -> Signed {
    let mut pairs: BTreeMap<(&str, &str), Vec<&Event>> = BTreeMap::new();
    let moves = |e: &&Event| e.day <= on && e.mass > 0.0 && e.quad != Quad::Belonging;
    for event in events.iter().filter(moves) {
        let (a, b) = (event.dyad.from(), event.dyad.to());
        let pair = if a < b { (a, b) } else { (b, a) };
        pairs.entry(pair).or_default().push(event);
    }
    let edges = pairs.iter().filter_map(|((a, b), told)| {
        let score = Ledger::of(STANDING_DAYS, told.iter().copied(), on).score(on)?;
        if score.weight < least_weight {
            return None;
        }
        let sign = if score.range.0 > middle {
            1
        } else if score.range.1 < middle {
            -1
        } else {
            return None;
        };
        Some((*a, *b, sign))
    });
    Signed::new(edges)
}
