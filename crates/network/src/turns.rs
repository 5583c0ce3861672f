//! Turns: days on which two actors begin to treat each other otherwise than they used to.
//!
//! Two detectors for each pair, both directions together, a step a day in constant time. The *burst*
//! holds the acts of the last days against those of the last months: the deviance of a Poisson count,
//! divided by a dispersion that grows with its level, for hostile and friendly acts apart. The *drift*
//! is a CUSUM (Page 1954) of the log likelihood ratio that the odds of a hostile act have tripled, or
//! fallen to a third. Constants were chosen on eleven turns of 2018 (docs/network.md).

use std::collections::BTreeMap;

use base::{Day, Event};

/// Half-lives of what is fresh and of what is usual, in days.
const FRESH_DAYS: f64 = 3.0;
const USUAL_DAYS: f64 = 60.0;
/// Deeds of conflict weigh so much beside words.
const DEED: f64 = 2.0;
/// n reports of one act on one day weigh n to this power: unlike an act's mass, many reports are a sign.
const CROWD: f64 = 0.7;
/// The least that is usual.
const LEAST: f64 = 0.5;
/// Dispersion grows by so much with each usual act.
const DISPERSION: f64 = 0.1;
/// No pair raises two alarms within so many days.
const REST_DAYS: i32 = 20;
/// After an alarm the threshold of the pair is higher by this share, which halves in so many days: a
/// pair that has just been noticed must show more.
const TIRED: f64 = 1.0;
const TIRED_DAYS: f64 = 60.0;
/// A pair may raise so many alarms at once, and gains more at the rate that the user sets.
const PURSE: f64 = 2.0;
/// From this share of the friendly burst on, a hostile one tells the way: quarrels are talked about.
const QUARREL: f64 = 0.5;
/// The odds that the drift looks for.
const ODDS: f64 = 3.0;
/// The drift asks for so much of the threshold of a burst.
const DRIFT: f64 = 0.75;

/// Which way a pair turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Estrangement.
    Worse,
    /// Rapprochement.
    Better,
}

impl Way {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Way::Worse => "worse",
            Way::Better => "better",
        }
    }
}

/// Which detector spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Many acts at once.
    Burst,
    /// A share of hostile acts that moves.
    Drift,
}

impl Cause {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Cause::Burst => "burst",
            Cause::Drift => "drift",
        }
    }
}

/// A turn as it was noticed.
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm<'a> {
    /// The two, in the order of their codes.
    pub pair: (String, String),
    /// The day on which it was noticed.
    pub day: Day,
    /// Which way.
    pub way: Way,
    /// Which detector.
    pub cause: Cause,
    /// How far beyond the threshold, 1 at it.
    pub strength: f64,
    /// The acts of the last days that raised it, heaviest first.
    pub events: Vec<&'a Event>,
}

/// The threshold at which pairs that turn raise about so many alarms a year: a line through (4, 8) and
/// (2.5, 14) in the logarithm of the rate (measured on ICEWS 2018, docs/network.md).
#[must_use]
pub fn threshold(alarms_a_year: f64) -> f64 {
    (14.0 - 12.8 * (alarms_a_year.max(0.01) / 2.5).ln()).max(3.0)
}

/// What a pair did on one day: friendly mass, hostile mass.
type Acts = [f64; 2];
const FRIENDLY: usize = 0;
const HOSTILE: usize = 1;

/// The state of one pair.
#[derive(Debug, Clone)]
struct Detector {
    threshold: f64,
    alarms_a_day: f64,
    purse: f64,
    fresh: Acts,
    usual: Acts,
    tired: f64,
    drift: [f64; 2],
    day: Option<Day>,
    rested: Option<Day>,
}

impl Detector {
    fn new(alarms_a_year: f64) -> Detector {
        Detector {
            threshold: threshold(alarms_a_year),
            alarms_a_day: alarms_a_year / 365.25,
            purse: PURSE,
            fresh: [0.0; 2],
            usual: [0.0; 2],
            tired: 0.0,
            drift: [0.0; 2],
            day: None,
            rested: None,
        }
    }

    /// Takes the acts of a day; days must not run backwards, and days without acts need not be given.
    fn step(&mut self, day: Day, acts: Acts) -> Option<(Way, Cause, f64)> {
        let days = self.day.map_or(0, |last| day.number() - last.number());
        self.day = Some(day);
        for (nth, act) in acts.iter().enumerate() {
            self.fresh[nth] = self.fresh[nth] * half(days, FRESH_DAYS) + act;
            self.usual[nth] *= half(days, USUAL_DAYS);
        }
        self.tired *= half(days, TIRED_DAYS);
        self.purse = (self.purse + self.alarms_a_day * f64::from(days)).min(PURSE);
        let usual_share = share(self.usual);
        self.drift_by(acts, usual_share);
        let rested = self
            .rested
            .is_none_or(|last| day.number() - last.number() >= REST_DAYS);
        let told = if rested && self.purse >= 1.0 {
            self.told(self.threshold * (1.0 + self.tired))
        } else {
            None
        };
        if told.is_some() {
            self.purse -= 1.0;
            self.rested = Some(day);
            self.tired += TIRED;
            self.drift = [0.0; 2];
        }
        for (nth, act) in acts.iter().enumerate() {
            self.usual[nth] += act;
        }
        told
    }

    fn told(&self, threshold: f64) -> Option<(Way, Cause, f64)> {
        let (friendly, hostile) = (self.burst(FRIENDLY), self.burst(HOSTILE));
        let height = friendly.max(hostile);
        if height > threshold {
            let way = if hostile > QUARREL * friendly {
                Way::Worse
            } else {
                Way::Better
            };
            return Some((way, Cause::Burst, height / threshold));
        }
        let limit = threshold * DRIFT;
        let ways = [(HOSTILE, Way::Worse), (FRIENDLY, Way::Better)];
        let (nth, way) = ways.into_iter().find(|(nth, _)| self.drift[*nth] > limit)?;
        Some((way, Cause::Drift, self.drift[nth] / limit))
    }

    /// The deviance of what is fresh from what is usual.
    fn burst(&self, nth: usize) -> f64 {
        let days = |half_life: f64| 1.0 / (1.0 - half(1, half_life));
        let expected = (self.usual[nth] * days(FRESH_DAYS) / days(USUAL_DAYS)).max(LEAST);
        let seen = self.fresh[nth];
        if seen <= expected {
            return 0.0;
        }
        (seen * (seen / expected).ln() - (seen - expected)) / (1.0 + DISPERSION * expected)
    }

    fn drift_by(&mut self, acts: Acts, usual_share: f64) {
        let usual = usual_share.clamp(0.05, 0.95);
        for (nth, factor) in [(HOSTILE, ODDS), (FRIENDLY, 1.0 / ODDS)] {
            let odds = usual / (1.0 - usual) * factor;
            let moved = odds / (1.0 + odds);
            let gain = acts[HOSTILE] * (moved / usual).ln()
                + acts[FRIENDLY] * ((1.0 - moved) / (1.0 - usual)).ln();
            self.drift[nth] = (self.drift[nth] + gain).max(0.0);
        }
    }
}

/// What is left after some days at a half-life.
fn half(days: i32, half_life_days: f64) -> f64 {
    (-f64::from(days.max(0)) / half_life_days).exp2()
}

/// The share of hostile acts, with one act of the world's news before any.
fn share(acts: Acts) -> f64 {
    (acts[HOSTILE] + 0.2) / (acts[HOSTILE] + acts[FRIENDLY] + 1.0)
}

fn mass(event: &Event) -> f64 {
    let per_report = event.mass / crate::effective(event.reports as usize).max(1e-9);
    let deed = if event.quad == base::Quad::MaterialConflict {
        DEED
    } else {
        1.0
    };
    per_report * deed * f64::from(event.reports).powf(CROWD)
}

/// The turns that some events show, by day and pair, at about so many alarms a pair and year.
#[must_use]
pub fn turns(events: &[Event], alarms_a_year: f64) -> Vec<Alarm<'_>> {
    let mut pairs: BTreeMap<(&str, &str), BTreeMap<Day, Vec<&Event>>> = BTreeMap::new();
    for event in events.iter().filter(|e| e.mass > 0.0) {
        let (from, to) = (event.dyad.from(), event.dyad.to());
        let pair = if from < to { (from, to) } else { (to, from) };
        pairs
            .entry(pair)
            .or_default()
            .entry(event.day)
            .or_default()
            .push(event);
    }
    let mut found = Vec::new();
    for (pair, days) in pairs {
        let mut detector = Detector::new(alarms_a_year);
        for (day, told) in &days {
            let mut acts = [0.0; 2];
            for event in told {
                acts[if event.quad.sign() < 0 {
                    HOSTILE
                } else {
                    FRIENDLY
                }] += mass(event);
            }
            let Some((way, cause, strength)) = detector.step(*day, acts) else {
                continue;
            };
            let recent = days
                .range(day.plus(-5)..=*day)
                .flat_map(|(_, e)| e.iter().copied());
            found.push(Alarm {
                pair: (pair.0.to_string(), pair.1.to_string()),
                day: *day,
                way,
                cause,
                strength,
                events: heaviest(recent, way),
            });
        }
    }
    found.sort_by(|a, b| (a.day, &a.pair).cmp(&(b.day, &b.pair)));
    found
}

/// The acts that speak for a way, heaviest first, ten at most.
fn heaviest<'a>(events: impl Iterator<Item = &'a Event>, way: Way) -> Vec<&'a Event> {
    let sign = if way == Way::Worse { -1 } else { 1 };
    let mut found: Vec<&Event> = events.filter(|e| e.quad.sign() == sign).collect();
    found.sort_by(|a, b| {
        mass(b)
            .total_cmp(&mass(a))
            .then_with(|| a.name().cmp(&b.name()))
    });
    found.truncate(10);
    found
}

#[cfg(test)]
mod tests {
    use super::{Way, turns};
    use base::{Day, Dyad, Event, Quad};

    fn event(day: i32, quad: Quad, label: &str) -> Event {
        Event {
            dyad: Dyad::new("AAA", "BBB").unwrap(),
            day: Day::from_number(day),
            label: label.to_string(),
            quad,
            severity: 0.0,
            reports: 1,
            mass: 1.0,
            accounts: Vec::new(),
        }
    }

    /// A year of one friendly act a week, then a week of expulsions.
    fn rupture() -> Vec<Event> {
        let quiet = (0..52).map(|n| event(n * 7, Quad::VerbalCooperation, "CONSULT"));
        let acts = ["SANCTION", "ACCUSE", "COERCE", "PROTEST"];
        let loud = (0..5).flat_map(|day| acts.map(|a| event(365 + day, Quad::MaterialConflict, a)));
        quiet.chain(loud).collect()
    }

    #[test]
    fn a_rupture_is_noticed_within_days_and_named() {
        let events = rupture();
        let found = turns(&events, 2.5);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].way, Way::Worse);
        assert!((365..=369).contains(&found[0].day.number()));
        assert!(
            found[0]
                .events
                .iter()
                .all(|e| e.quad == Quad::MaterialConflict)
        );
    }

    #[test]
    fn a_quiet_pair_raises_no_alarm_and_no_pair_more_than_it_may() {
        let events = rupture();
        assert!(turns(&events[..52], 2.5).is_empty());
        let wild: Vec<Event> = (0..730)
            .flat_map(|day| {
                let count = if day % 40 < 4 { 9 } else { 0 };
                (0..count).map(move |n| event(day, Quad::MaterialConflict, &format!("L{n}")))
            })
            .collect();
        assert!(turns(&wild, 2.5).len() <= 2 + 5);
    }
}
