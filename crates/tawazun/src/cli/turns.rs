//! `tawazun turns`.

use std::path::Path;

use anyhow::Result;
use base::Day;
use clap::Args;
use network::turns::Alarm;
use serde_json::{Value, json};
use store::Query;

use super::events::Events;
use super::{Outcome, say};

/// What `turns` is asked.
#[derive(Args)]
pub(super) struct TurnsArguments {
    /// Only those noticed from this day on.
    #[arg(long)]
    since: Option<Day>,
    /// Only those noticed up to this day.
    #[arg(long)]
    until: Option<Day>,
    /// Only of these two.
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    between: Option<Vec<String>>,
    /// About so many alarms a pair and year; fewer are surer.
    #[arg(long, default_value_t = 2.5)]
    alarms: f64,
    /// As JSON lines.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    events: Events,
}

pub(super) fn turns(store: &Path, asked: &TurnsArguments) -> Result<Outcome> {
    anyhow::ensure!(
        asked.alarms > 0.0,
        "--alarms must be above 0, such as 1 or 2.5"
    );
    let events = asked.events.all(store, &Query::default())?;
    let pair = asked.between.as_ref().map(|b| {
        let (a, b) = (b[0].to_uppercase(), b[1].to_uppercase());
        if a < b { (a, b) } else { (b, a) }
    });
    for alarm in network::turns::turns(&events, asked.alarms) {
        let wanted = asked.since.is_none_or(|d| alarm.day >= d)
            && asked.until.is_none_or(|d| alarm.day <= d)
            && pair.as_ref().is_none_or(|p| alarm.pair == *p);
        if !wanted {
            continue;
        }
        if asked.json {
            say(&turn(&alarm).to_string())?;
            continue;
        }
        let (a, b) = &alarm.pair;
        say(&format!(
            "{}  {a} – {b}  {} ({}, {:.1} times the threshold)",
            alarm.day,
            alarm.way.name(),
            alarm.cause.name(),
            alarm.strength
        ))?;
        for event in alarm.events.iter().take(4) {
            say(&format!(
                "            {} ({} reports)",
                event.name(),
                event.reports
            ))?;
        }
    }
    Ok(Outcome::Well)
}

/// A turn with the events that raised it.
pub(crate) fn turn(alarm: &Alarm<'_>) -> Value {
    json!({
        "a": alarm.pair.0, "b": alarm.pair.1, "day": alarm.day.to_string(),
        "way": alarm.way.name(), "cause": alarm.cause.name(),
        "strength": (alarm.strength * 1000.0).round() / 1000.0,
        "events": alarm.events.iter().map(|e| e.name()).collect::<Vec<_>>(),
    })
}
