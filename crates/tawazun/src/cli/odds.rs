//! `tawazun forecast A B`: the odds of each kind of act within a week and a month.

use std::path::Path;

use anyhow::{Context, Result};
use base::{Day, Dyad, Event, Quad};
use clap::Args;
use network::odds::{Expected, Odds};
use serde_json::{Value, json};
use store::Query;

use super::events::Events;
use super::{Outcome, say};

/// The horizons, in days.
const HORIZONS: [i32; 2] = [7, 30];
/// The four kinds of act.
const QUADS: [Quad; 4] = [
    Quad::VerbalCooperation,
    Quad::MaterialCooperation,
    Quad::VerbalConflict,
    Quad::MaterialConflict,
];

/// Which pair, and from which day on.
#[derive(Args)]
pub(super) struct OddsArguments {
    /// Who acts.
    a: Option<String>,
    /// On whom.
    b: Option<String>,
    /// The first day of the window, from events of the days before it only; the day after the last event where it is not given.
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// As JSON lines.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    events: Events,
}

pub(super) fn run(store: &Path, asked: &OddsArguments) -> Result<Outcome> {
    let (Some(a), Some(b)) = (&asked.a, &asked.b) else {
        anyhow::bail!(
            "name two, such as: tawazun forecast RUS ARM; or: tawazun forecast bench FOLDER"
        );
    };
    let dyad =
        Dyad::new(&a.to_uppercase(), &b.to_uppercase()).context("name two different actors")?;
    let events = asked.events.all(store, &Query::default())?;
    for told in forecasts(&events, &dyad, asked.on)? {
        say(&if asked.json {
            told.json().to_string()
        } else {
            told.line()
        })?;
    }
    Ok(Outcome::Well)
}

/// One forecast with what forecasts of its kind were worth.
pub(crate) struct Forecast {
    dyad: Dyad,
    quad: Quad,
    horizon: i32,
    on: Day,
    expected: Expected,
    odds: Odds,
}

/// What is expected of a pair in each quad and horizon.
///
/// # Errors
/// When there are no events.
pub(crate) fn forecasts(events: &[Event], dyad: &Dyad, on: Option<Day>) -> Result<Vec<Forecast>> {
    let last = events
        .iter()
        .map(|e| e.day)
        .max()
        .context("there are no events")?;
    let on = on.unwrap_or(last.plus(1));
    let mut found = Vec::new();
    for horizon in HORIZONS {
        for quad in QUADS {
            let Some(odds) = Odds::learn(events, quad, horizon, on) else {
                continue;
            };
            let expected = odds.expect(events, dyad);
            found.push(Forecast {
                dyad: dyad.clone(),
                quad,
                horizon,
                on,
                expected,
                odds,
            });
        }
    }
    anyhow::ensure!(
        !found.is_empty(),
        "there are fewer than eight weeks of events before {on}; give a later --on"
    );
    Ok(found)
}

impl Forecast {
    fn line(&self) -> String {
        let worth = &self.odds.worth;
        let told = match self.expected.corrected {
            Some(chance) => format!("{chance:.2} (base rate {:.2})", self.expected.base),
            None => format!(
                "{:.2} (the base rate; recent events have not been shown to tell more)",
                self.expected.base
            ),
        };
        let (windows, seen) = self.expected.windows;
        format!(
            "{} → {} {:<10} within {:>2} days of {}: {told}; {seen} of {windows} windows before; Brier {:.4}, base rate {:.4}, on {} later windows of all pairs",
            self.dyad.from(),
            self.dyad.to(),
            self.quad.name(),
            self.horizon,
            self.on,
            worth.brier.1,
            worth.brier.0,
            worth.count
        )
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Value {
        let worth = &self.odds.worth;
        json!({
            "from": self.dyad.from(), "to": self.dyad.to(), "quad": self.quad.name(), "days": self.horizon, "on": self.on.to_string(),
            "chance": self.expected.corrected.unwrap_or(self.expected.base), "base": self.expected.base, "corrected": self.expected.corrected,
            "windows": self.expected.windows.0, "seen": self.expected.windows.1,
            "worth": {"forecasts": worth.count, "brier": {"base": worth.brier.0, "corrected": worth.brier.1}, "log": {"base": worth.log.0, "corrected": worth.log.1}, "gain": [worth.gain.0, worth.gain.1]},
        })
    }
}
