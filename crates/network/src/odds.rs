//! The odds that one actor does something of a quad to another within some days.
//!
//! The base rate is the share of past windows with at least one such event, drawn towards the world's
//! share by two windows. A logistic correction by recent events is learned on the earlier windows of all
//! pairs and judged on the later ones (rolling origin); it is used only where its gain in log score there
//! has an interval above zero, by resampling pairs, and its Brier score is no worse.

use std::collections::BTreeMap;

use base::{Day, Dyad, Event, Quad};

use crate::chance::Chance;

/// Windows of the world that stand before those of a pair.
const DRAWN: f64 = 2.0;
/// Half-life of what is recent, in days.
const RECENT_DAYS: f64 = 20.0;
/// Of the windows, the first so many are learned from.
const LEARNED: f64 = 0.6;
/// No news is without any act for so many days.
const GAP_DAYS: i32 = 10;
/// Rounds, step and shrinkage of gradient ascent.
const ROUNDS: usize = 400;
const STEP: f64 = 0.3;
const SHRINK: f64 = 1e-3;
/// Resamples for an interval.
const RESAMPLES: usize = 400;

/// How good forecasts were on windows that were not learned from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// Forecasts.
    pub count: usize,
    /// Mean squared error of the chances (Brier 1950): of the base rate, and with the correction.
    pub brier: (f64, f64),
    /// Mean logarithm of the chance given to what came: of the base rate, and with the correction.
    pub log: (f64, f64),
    /// The middle nine tenths of the gain in log score.
    pub gain: (f64, f64),
}

impl Worth {
    /// Whether the correction is used: its gain has been shown, and it is no worse by Brier's score.
    #[must_use]
    pub fn gains(&self) -> bool {
        self.gain.0 > 0.0 && self.brier.1 <= self.brier.0
    }
}

/// The forecasts of one quad and horizon.
#[derive(Debug, Clone)]
pub struct Odds {
    horizon: i32,
    quad: Quad,
    on: Day,
    world: f64,
    weights: [f64; FACTS],
    /// What they were worth.
    pub worth: Worth,
}

/// What is expected of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// The base rate.
    pub base: f64,
    /// With the correction by recent events; `None` where that has not been shown to gain.
    pub corrected: Option<f64>,
    /// The windows behind the base rate, and those with an event.
    pub windows: (usize, usize),
}

/// Facts of a window: one, the base rate's logit, recent events of the quad, recent events of any.
const FACTS: usize = 4;

struct Window {
    facts: [f64; FACTS],
    base: f64,
    came: bool,
}

/// What a pair did, by day: events of the quad, and of any.
type Days = BTreeMap<Day, (u32, u32)>;

/// The first day of the news that some events come from: what is told of long ago lies before the last gap of more
/// than `GAP_DAYS` that leaves half of the events behind it.
fn covered(events: &[&Event]) -> Option<Day> {
    let mut days: Vec<Day> = events.iter().map(|e| e.day).collect();
    days.sort_unstable();
    let middle = days.len() / 2;
    let gap = |n: &usize| days[*n].number() - days[n - 1].number() > GAP_DAYS;
    let begin = (1..=middle).rev().find(gap).unwrap_or(0);
    days.get(begin).copied()
}

fn days_of(events: &[&Event], quad: Quad) -> Days {
    let mut days = Days::new();
    for event in events {
        let day = days.entry(event.day).or_default();
        day.0 += u32::from(event.quad == quad);
        day.1 += 1;
    }
    days
}

fn came(days: &Days, from: Day, horizon: i32) -> bool {
    days.range(from..from.plus(horizon)).any(|(_, n)| n.0 > 0)
}

/// Recent events of the quad and of any before a day.
fn recent(days: &Days, before: Day) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for (day, count) in days.range(before.plus(-200)..before) {
        let kept = (-f64::from(before.number() - day.number()) / RECENT_DAYS).exp2();
        sums.0 += kept * f64::from(count.0);
        sums.1 += kept * f64::from(count.1);
    }
    sums
}

fn logit(chance: f64) -> f64 {
    let chance = chance.clamp(1e-4, 1.0 - 1e-4);
    (chance / (1.0 - chance)).ln()
}

fn chance(weights: &[f64; FACTS], facts: &[f64; FACTS]) -> f64 {
    let sum: f64 = weights.iter().zip(facts).map(|(w, f)| w * f).sum();
    (1.0 / (1.0 + (-sum).exp())).clamp(1e-4, 1.0 - 1e-4)
}

fn facts(days: &Days, base: f64, before: Day) -> [f64; FACTS] {
    let (own, any) = recent(days, before);
    [1.0, logit(base), own.ln_1p(), any.ln_1p()]
}

impl Odds {
    /// Learns from all events before a day; `None` where there are fewer than eight windows.
    #[must_use]
    pub fn learn(events: &[Event], quad: Quad, horizon: i32, on: Day) -> Option<Odds> {
        let told: Vec<&Event> = events
            .iter()
            .filter(|e| e.day < on && e.mass > 0.0)
            .collect();
        let first = covered(&told)?;
        let count = (on.number() - first.number()) / horizon;
        if count < 8 {
            return None;
        }
        let begins: Vec<Day> = (0..count)
            .map(|n| on.plus(-(count - n) * horizon))
            .collect();
        let pairs: Vec<Days> = told
            .chunk_by(|a, b| a.dyad == b.dyad)
            .map(|own| days_of(own, quad))
            .collect();
        let all = (pairs.len() * begins.len()).max(1) as f64;
        let seen = pairs
            .iter()
            .map(|days| begins.iter().filter(|b| came(days, **b, horizon)).count())
            .sum::<usize>();
        let world = (seen as f64 + 0.5) / (all + 1.0);
        let cut = (f64::from(count) * LEARNED) as usize;
        let windows: Vec<Vec<Window>> = pairs
            .iter()
            .map(|days| windows(days, &begins, horizon, world))
            .collect();
        let weights = learn(windows.iter().flat_map(|w| &w[..cut.min(w.len())]));
        let worth = judge(&windows, cut, &weights)?;
        Some(Odds {
            horizon,
            quad,
            on,
            world,
            weights,
            worth,
        })
    }

    /// What is expected of a pair, whose events are given, in the days from the day on.
    #[must_use]
    pub fn expect(&self, events: &[Event], dyad: &Dyad) -> Expected {
        let own: Vec<&Event> = events
            .iter()
            .filter(|e| e.dyad == *dyad && e.day < self.on && e.mass > 0.0)
            .collect();
        let before: Vec<&Event> = events
            .iter()
            .filter(|e| e.day < self.on && e.mass > 0.0)
            .collect();
        let all = covered(&before);
        let days = days_of(&own, self.quad);
        let count = all.map_or(0, |first| {
            ((self.on.number() - first.number()) / self.horizon).max(0)
        });
        let seen = (1..=count)
            .filter(|n| came(&days, self.on.plus(-n * self.horizon), self.horizon))
            .count();
        let base = (seen as f64 + DRAWN * self.world) / (f64::from(count) + DRAWN);
        let corrected = self
            .worth
            .gains()
            .then(|| chance(&self.weights, &facts(&days, base, self.on)));
        Expected {
            base,
            corrected,
            windows: (count as usize, seen),
        }
    }
}

/// The windows of a pair, each with what was known before it.
fn windows(days: &Days, begins: &[Day], horizon: i32, world: f64) -> Vec<Window> {
    let mut seen = 0.0;
    let mut made = Vec::new();
    for (nth, begin) in begins.iter().enumerate() {
        let base = (seen + DRAWN * world) / (nth as f64 + DRAWN);
        let came = came(days, *begin, horizon);
        made.push(Window {
            facts: facts(days, base, *begin),
            base,
            came,
        });
        seen += f64::from(u8::from(came));
    }
    made
}

/// Weights by gradient ascent of the log score, from those of the base rate alone.
fn learn<'a>(windows: impl Iterator<Item = &'a Window>) -> [f64; FACTS] {
    let windows: Vec<&Window> = windows.collect();
    let start = [0.0, 1.0, 0.0, 0.0];
    let mut weights = start;
    for _ in 0..ROUNDS {
        let mut slope = [0.0; FACTS];
        for window in &windows {
            let miss = f64::from(u8::from(window.came)) - chance(&weights, &window.facts);
            for (s, f) in slope.iter_mut().zip(&window.facts) {
                *s += miss * f;
            }
        }
        for nth in 0..FACTS {
            weights[nth] += STEP
                * (slope[nth] / windows.len().max(1) as f64 - SHRINK * (weights[nth] - start[nth]));
        }
    }
    weights
}

/// Scores on the windows after the cut, with the interval of the gain by resampling pairs.
fn judge(windows: &[Vec<Window>], cut: usize, weights: &[f64; FACTS]) -> Option<Worth> {
    let mut sums = Vec::new();
    for pair in windows {
        let mut own = [0.0; 5];
        for window in pair.iter().skip(cut) {
            let came = f64::from(u8::from(window.came));
            let base = window.base.clamp(1e-4, 1.0 - 1e-4);
            let told = chance(weights, &window.facts);
            let log = |p: f64| if window.came { p.ln() } else { (1.0 - p).ln() };
            let scores = [
                1.0,
                (base - came).powi(2),
                (told - came).powi(2),
                log(base),
                log(told),
            ];
            own.iter_mut().zip(scores).for_each(|(o, s)| *o += s);
        }
        sums.push(own);
    }
    let total = |chosen: &mut dyn Iterator<Item = usize>| {
        chosen.fold([0.0; 5], |mut all, n| {
            all.iter_mut().zip(sums[n]).for_each(|(a, s)| *a += s);
            all
        })
    };
    let all = total(&mut (0..sums.len()));
    if all[0] == 0.0 {
        return None;
    }
    let mut dice = Chance(1);
    let mut gains: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let drawn = total(&mut (0..sums.len()).map(|_| dice.below(sums.len())));
            (drawn[4] - drawn[3]) / drawn[0].max(1.0)
        })
        .collect();
    gains.sort_by(f64::total_cmp);
    Some(Worth {
        count: all[0] as usize,
        brier: (all[1] / all[0], all[2] / all[0]),
        log: (all[3] / all[0], all[4] / all[0]),
        gain: (gains[RESAMPLES / 20], gains[RESAMPLES - 1 - RESAMPLES / 20]),
    })
}

#[cfg(test)]
mod tests {
    use super::Odds;
    use base::{Day, Dyad, Event, Quad};

    fn event(pair: usize, day: i32) -> Event {
        Event {
            dyad: Dyad::new(&format!("A{pair:02}"), "ZZZ").unwrap(),
            day: Day::from_number(day),
            label: "ACCUSE".to_string(),
            quad: Quad::VerbalConflict,
            severity: 0.0,
            reports: 1,
            mass: 1.0,
            accounts: Vec::new(),
        }
    }

    /// Pairs that act every week in spells of a hundred days, by turns.
    fn spells() -> Vec<Event> {
        (0..40)
            .flat_map(|pair| {
                (0..700)
                    .filter(move |day| day % 7 == 0 && (day / 100 + pair as i32) % 2 == 0)
                    .map(move |day| event(pair, day))
            })
            .collect()
    }

    #[test]
    fn recent_acts_raise_the_odds_where_they_tell_something() {
        let events = spells();
        let odds = Odds::learn(&events, Quad::VerbalConflict, 7, Day::from_number(690)).unwrap();
        assert!(odds.worth.gains() && odds.worth.log.1 > odds.worth.log.0);
        let of = |name: &str| odds.expect(&events, &Dyad::new(name, "ZZZ").unwrap());
        assert!(of("A00").corrected.unwrap() > of("A01").corrected.unwrap() + 0.3);
        assert!(of("A00").base > 0.3 && of("A00").base < 0.7);
    }

    #[test]
    fn nothing_is_told_of_too_few_days() {
        assert!(Odds::learn(&spells(), Quad::VerbalConflict, 30, Day::from_number(100)).is_none());
    }
}
