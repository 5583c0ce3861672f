//! Two masses with forgetting for each ordered pair: how friendly and how hostile its acts were.
//!
//! α ← α₀ + (α − α₀)·2^(−Δ/h) + m for a friendly act, β likewise for a hostile one; the score is
//! (α − β)/(α + β), its range that of the Beta quantiles. A mean with weights kᵢ is as sure as one of
//! (Σk)²/Σk² acts (Kish 1965), so that forgetting alone does not widen the range. Unit weights by sign:
//! summed severities measure attention, not enmity (docs/network.md).

use std::collections::BTreeMap;

use base::{Day, Dyad, Event, Quad, Tone};
use statrs::distribution::{Beta, ContinuousCDF};

use crate::effective;

/// Half-life of what a relation stands on, in days.
pub const STANDING_DAYS: f64 = 180.0;
/// Half-life of its mood, in days.
pub const MOOD_DAYS: f64 = 20.0;
/// Masses before any event: one act in all, friendly as four in five acts of the world's news are
/// (0.79 of ICEWS 2018, docs/network.md).
pub const PRIOR: (f64, f64) = (0.8, 0.2);

/// The masses of one ordered pair at one half-life. Each event is added in constant time, in any order.
#[derive(Debug, Clone)]
pub struct Ledger {
    half_life_days: f64,
    friendly: f64,
    hostile: f64,
    /// Σ m·k², where the masses are Σ m·k and k is what is kept of an act.
    squares: f64,
    day: Option<Day>,
}

/// What a ledger says on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// (α − β)/(α + β).
    pub tone: Tone,
    /// The middle nine tenths of what it may be.
    pub range: (Tone, Tone),
    /// α + β, less the prior: how many fresh acts it stands on.
    pub weight: f64,
}

/// What one event adds to a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<'a> {
    /// The event; `None` for what is assumed before any.
    pub event: Option<&'a Event>,
    /// Its share of the score: the parts of a score sum to it.
    pub amount: f64,
}

impl Ledger {
    /// An empty ledger.
    #[must_use]
    pub fn new(half_life_days: f64) -> Ledger {
        Ledger {
            half_life_days,
            friendly: 0.0,
            hostile: 0.0,
            squares: 0.0,
            day: None,
        }
    }

    /// The ledger of events up to a day, that day included.
    #[must_use]
    pub fn of<'a>(
        half_life_days: f64,
        events: impl IntoIterator<Item = &'a Event>,
        on: Day,
    ) -> Ledger {
        let told: Vec<&Event> = events.into_iter().filter(|e| e.day <= on).collect();
        let mut ledger = Ledger::new(half_life_days);
        for (event, mass) in told.iter().zip(weighed(&told)) {
            ledger.add(event.day, event.quad.sign(), mass);
        }
        ledger
    }

    /// Adds an act of a sign and mass.
    pub fn add(&mut self, day: Day, sign: i8, mass: f64) {
        let last = *self.day.get_or_insert(day);
        let aged = self.kept(last, day.max(last));
        let fresh = self.kept(day, day.max(last));
        self.friendly *= aged;
        self.hostile *= aged;
        self.squares = self.squares * aged * aged + mass * fresh * fresh;
        if sign < 0 {
            self.hostile += mass * fresh;
        } else {
            self.friendly += mass * fresh;
        }
        self.day = Some(day.max(last));
    }

    fn kept(&self, from: Day, to: Day) -> f64 {
        let days = f64::from(to.number()) - f64::from(from.number());
        (-days / self.half_life_days).exp2()
    }

    /// α and β on a day that is not before the last event.
    #[must_use]
    pub fn masses(&self, on: Day) -> (f64, f64) {
        let kept = self.day.map_or(0.0, |last| self.kept(last, on.max(last)));
        (
            PRIOR.0 + self.friendly * kept,
            PRIOR.1 + self.hostile * kept,
        )
    }

    /// How many acts that tell as much stand behind each of the mass on a day.
    fn worth(&self, on: Day) -> f64 {
        let kept = self.day.map_or(1.0, |last| self.kept(last, on.max(last)));
        let squares = self.squares * kept;
        if squares > 0.0 {
            // what is long past is worth no more than it was: one act stays one act
            ((self.friendly + self.hostile) / squares).min(2.0)
        } else {
            1.0
        }
    }

    /// The score on a day; `None` where no event was added, which is unknown and not neutral.
    #[must_use]
    pub fn score(&self, on: Day) -> Option<Score> {
        self.day?;
        let (alpha, beta) = self.masses(on);
        let tone = Tone::new((alpha - beta) / (alpha + beta))?;
        let worth = self.worth(on);
        let grown = |prior: f64, mass: f64| prior + (mass - prior) * worth;
        let chances = Beta::new(grown(PRIOR.0, alpha), grown(PRIOR.1, beta)).ok()?;
        let at =
            |chance: f64| Tone::new((2.0 * chances.inverse_cdf(chance) - 1.0).clamp(-1.0, 1.0));
        Some(Score {
            tone,
            range: (at(0.05)?, at(0.95)?),
            weight: alpha + beta - PRIOR.0 - PRIOR.1,
        })
    }
}

/// The parts of the score of some events on a day, in their order; what is assumed before any stands first.
#[must_use]
pub fn parts(events: &[Event], half_life_days: f64, on: Day) -> Vec<Part<'_>> {
    let ledger = Ledger::of(half_life_days, events, on);
    let (alpha, beta) = ledger.masses(on);
    let all = alpha + beta;
    let prior = Part {
        event: None,
        amount: (PRIOR.0 - PRIOR.1) / all,
    };
    let told: Vec<&Event> = events.iter().filter(|e| e.day <= on).collect();
    let masses = weighed(&told);
    let told = told.into_iter().zip(masses).map(|(event, mass)| Part {
        event: Some(event),
        amount: f64::from(event.quad.sign()) * mass * ledger.kept(event.day, on) / all,
    });
    std::iter::once(prior).chain(told).collect()
}

/// The mass of each event in a ledger. Acts of one pair, day and quad are mostly one affair told in several
/// words: they weigh together what as many reports of one act weigh, each by its part.
fn weighed(events: &[&Event]) -> Vec<f64> {
    let mut affairs: BTreeMap<(&Dyad, Day, Quad), (u32, f64)> = BTreeMap::new();
    for event in events {
        let affair = affairs
            .entry((&event.dyad, event.day, event.quad))
            .or_default();
        affair.0 += event.reports;
        affair.1 += effective(event.reports as usize);
    }
    let mass = |event: &&Event| match affairs.get(&(&event.dyad, event.day, event.quad)) {
        Some((reports, apart)) if *apart > 0.0 => event.mass * effective(*reports as usize) / apart,
        _ => 0.0,
    };
    events.iter().map(mass).collect()
}

#[cfg(test)]
mod tests {
    use super::{Ledger, STANDING_DAYS, parts};
    use base::{Day, Dyad, Event, Quad};

    fn event(day: i32, quad: Quad, mass: f64) -> Event {
        Event {
            dyad: Dyad::new("A1", "B1").unwrap(),
            day: Day::from_number(day),
            label: String::new(),
            quad,
            severity: 0.0,
            reports: 1,
            mass,
            accounts: Vec::new(),
        }
    }

    #[test]
    fn the_parts_of_a_score_sum_to_it() {
        let quads = [
            Quad::VerbalCooperation,
            Quad::MaterialConflict,
            Quad::VerbalConflict,
        ];
        let events: Vec<Event> = (0..50)
            .map(|n| event(n * 7, quads[n as usize % 3], 0.3 + f64::from(n % 5)))
            .collect();
        let on = Day::from_number(400);
        let score = Ledger::of(STANDING_DAYS, &events, on).score(on).unwrap();
        let sum: f64 = parts(&events, STANDING_DAYS, on)
            .iter()
            .map(|p| p.amount)
            .sum();
        assert!((score.tone.value() - sum).abs() < 1e-12);
        assert!(score.range.0 < score.tone && score.tone < score.range.1);
    }

    #[test]
    fn no_event_is_no_score_and_order_does_not_matter() {
        let on = Day::from_number(30);
        assert_eq!(Ledger::new(STANDING_DAYS).score(on), None);
        let mut forth = Ledger::new(20.0);
        forth.add(Day::from_number(1), 1, 1.0);
        forth.add(Day::from_number(20), -1, 2.0);
        let mut back = Ledger::new(20.0);
        back.add(Day::from_number(20), -1, 2.0);
        back.add(Day::from_number(1), 1, 1.0);
        let (a, b) = (forth.masses(on), back.masses(on));
        assert!((a.0 - b.0).abs() < 1e-12 && (a.1 - b.1).abs() < 1e-12);
    }

    #[test]
    fn a_mass_halves_in_a_half_life() {
        let mut ledger = Ledger::new(20.0);
        ledger.add(Day::from_number(0), -1, 4.0);
        let (_, hostile) = ledger.masses(Day::from_number(20));
        assert!((hostile - super::PRIOR.1 - 2.0).abs() < 1e-12);
    }

    /// Of simulated pairs with known rates, nine tenths of the ranges hold the rate.
    #[test]
    fn ranges_hold_the_rates_of_simulated_pairs() {
        let mut state = 7_u64;
        let mut chance = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let on = Day::from_number(1000);
        let (mut held, mut all) = (0, 0);
        for pair in 0..4000 {
            let rate = chance();
            let a_week = 0.5 + f64::from(pair % 8);
            let mut ledger = Ledger::new(STANDING_DAYS);
            for day in 0..1000 {
                if chance() < a_week / 7.0 {
                    let sign = if chance() < rate { 1 } else { -1 };
                    ledger.add(Day::from_number(day), sign, 1.0);
                }
            }
            let Some(score) = ledger.score(on) else {
                continue;
            };
            let truth = 2.0 * rate - 1.0;
            all += 1;
            held += i32::from(score.range.0.value() <= truth && truth <= score.range.1.value());
        }
        let share = f64::from(held) / f64::from(all);
        assert!((0.87..=0.93).contains(&share), "{share}");
    }
}
