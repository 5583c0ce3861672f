//! `tawazun relations`: how one actor treats another, on what that rests, and how it moved.

use std::path::Path;

use anyhow::{Context, Result};
use base::{Day, Dyad, Event, Realis, Relation, Timestamp};
use clap::Args;
use network::ledger::{MOOD_DAYS, Part, STANDING_DAYS, Score, parts};
use serde_json::{Value, json};
use store::{Query, Store};

use super::events::{Events, events_of};
use super::{ListArguments, Outcome, account, say};
use crate::engine::blocs;
use crate::json;

/// Who is asked about, and how.
#[derive(Args)]
pub(super) struct RelationsArguments {
    /// A state or organisation, such as ARM.
    actor: String,
    /// Another, for one pair only.
    other: Option<String>,
    /// How they stand on this day; the day of the last event where it is not given.
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// Lists what each event adds to the score.
    #[arg(long, requires = "other")]
    explain: bool,
    #[command(flatten)]
    events: Events,
    #[command(flatten)]
    list: ListArguments,
}

/// Months of a relation that are shown.
const MONTHS: i32 = 24;

/// The relations of an actor, or of one pair, as known at an instant.
pub(crate) fn relations_of(
    store: &Store,
    pair: &Pair,
    mut query: Query,
    as_of: Option<Day>,
) -> Result<Vec<Relation>> {
    pair.narrow(&mut query);
    let known = store.known(instant(as_of), &query)?;
    let mut found = network::relate(&known);
    found.retain(|r| pair.holds(&r.dyad));
    Ok(found)
}

/// The last second of a day, or of all days.
pub(crate) fn instant(as_of: Option<Day>) -> Timestamp {
    as_of.map_or(Timestamp(i64::MAX), |d| {
        Timestamp(Timestamp::start_of(d.plus(1)).0 - 1)
    })
}

/// An actor with one other or with all.
pub(crate) struct Pair {
    actor: String,
    other: Option<String>,
}

impl Pair {
    /// A pair of codes as people write them.
    pub(crate) fn new(actor: &str, other: Option<&str>) -> Result<Pair> {
        let asked = super::Asked {
            between: other.map(|o| (actor, o)),
            actor: Some(actor),
            ..super::Asked::default()
        };
        let named = super::query_of(&asked)?;
        Ok(Pair {
            actor: named.actor.unwrap_or_default(),
            other: named.between.map(|(_, o)| o),
        })
    }

    /// The two as asked.
    pub(crate) fn names(&self) -> (&str, &str) {
        (&self.actor, self.other.as_deref().unwrap_or("…"))
    }

    pub(crate) fn narrow(&self, query: &mut Query) {
        match &self.other {
            Some(other) => query.between = Some((self.actor.clone(), other.clone())),
            None => query.actor = Some(self.actor.clone()),
        }
    }

    pub(crate) fn holds(&self, dyad: &Dyad) -> bool {
        let root = |code: &str| code.split('-').next().unwrap_or(code).to_string();
        let pair = [dyad.from(), dyad.to()];
        let of_other = self
            .other
            .as_deref()
            .is_none_or(|o| pair.contains(&root(o).as_str()));
        pair.contains(&root(&self.actor).as_str()) && of_other && !pair.contains(&"XXX")
    }
}

/// One ordered pair on a day: what it does, how that moved, and the parts of its score.
pub(crate) struct Ledgers<'a> {
    dyad: &'a Dyad,
    on: Day,
    events: &'a [Event],
    standing: Score,
    mood: Score,
}

impl<'a> Ledgers<'a> {
    /// The pairs among some events, which lie in the order of their pairs.
    pub(crate) fn of(events: &'a [Event], on: Option<Day>) -> Vec<Ledgers<'a>> {
        let Some(on) = on.or_else(|| events.iter().map(|e| e.day).max()) else {
            return Vec::new();
        };
        let ledger = |events: &'a [Event]| {
            let score = |days| network::ledger::Ledger::of(days, events, on).score(on);
            Some(Ledgers {
                dyad: &events.first()?.dyad,
                on,
                events,
                standing: score(STANDING_DAYS)?,
                mood: score(MOOD_DAYS)?,
            })
        };
        events
            .chunk_by(|a, b| a.dyad == b.dyad)
            .filter_map(ledger)
            .collect()
    }

    fn parts(&self) -> Vec<Part<'a>> {
        let mut found = parts(self.events, STANDING_DAYS, self.on);
        found.sort_by(|a, b| {
            b.amount
                .abs()
                .total_cmp(&a.amount.abs())
                .then_with(|| name(a).cmp(&name(b)))
        });
        found
    }

    /// The standing at the end of each of the last months, since the first event at most.
    fn months(&self) -> Vec<(Day, Score)> {
        let mut found = Vec::new();
        let Some(first) = self.events.first().map(|e| e.day) else {
            return found;
        };
        let mut day = first.max(self.on.plus(-30 * MONTHS));
        while day <= self.on {
            let (year, month, _) = day.ymd();
            let (next_year, next_month) = if month == 12 {
                (year + 1, 1)
            } else {
                (year, month + 1)
            };
            let Some(next) = Day::from_ymd(next_year, next_month, 1) else {
                break;
            };
            let last = next.plus(-1).min(self.on);
            let score = network::ledger::Ledger::of(STANDING_DAYS, self.events, last).score(last);
            found.extend(score.map(|s| (last, s)));
            day = next;
        }
        found
    }

    /// As JSON, with the parts where they are asked for.
    pub(crate) fn json(&self, explain: bool) -> Value {
        let score = |s: &Score| json!({"score": fine(s.tone.value()), "low": fine(s.range.0.value()), "high": fine(s.range.1.value()), "weight": fine(s.weight)});
        let mut value = json!({
            "from": self.dyad.from(), "to": self.dyad.to(), "on": self.on.to_string(),
            "standing": score(&self.standing), "mood": score(&self.mood), "events": self.events.len(),
            "months": self.months().iter().map(|(d, s)| json!({"day": d.to_string(), "score": fine(s.tone.value())})).collect::<Vec<_>>(),
        });
        let shared = blocs::shared(self.dyad.from(), self.dyad.to(), self.on);
        value["contradiction"] = json!(blocs::contradiction(&shared, self.standing.tone));
        value["blocs"] = json!(shared);
        if explain {
            value["parts"] = self.parts().iter().map(part).collect();
        }
        value
    }

    fn tell(&self, explain: bool) -> Result<()> {
        let hostile = self.events.iter().filter(|e| e.quad.sign() < 0).count();
        say(&format!(
            "{:>6} → {:<6} on {}: standing {}, mood {}; {} events, {hostile} hostile",
            self.dyad.from(),
            self.dyad.to(),
            self.on,
            range(&self.standing),
            range(&self.mood),
            self.events.len()
        ))?;
        let months = self.months();
        if let (Some((first, _)), Some((last, _))) = (months.first(), months.last()) {
            let bars: String = months.iter().map(|(_, s)| bar(s.tone.value())).collect();
            say(&format!(
                "        {} {bars} {}",
                &first.to_string()[..7],
                &last.to_string()[..7]
            ))?;
        }
        let shared = blocs::shared(self.dyad.from(), self.dyad.to(), self.on);
        if !shared.is_empty() {
            let quarrel = blocs::contradiction(&shared, self.standing.tone);
            let quarrel = quarrel.map_or(String::new(), |q| format!("; {q}"));
            say(&format!("        both in {}{quarrel}", shared.join(", ")))?;
        }
        if !explain {
            return Ok(());
        }
        let parts = self.parts();
        for part in &parts {
            say(&format!("        {:+.4} {}", part.amount, told(part)))?;
        }
        let sum: f64 = parts.iter().map(|p| p.amount).sum();
        say(&format!("        {sum:+.4} in all"))
    }
}

fn fine(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn name(part: &Part<'_>) -> String {
    part.event.map(Event::name).unwrap_or_default()
}

fn told(part: &Part<'_>) -> String {
    let Some(event) = part.event else {
        return "assumed before any event".to_string();
    };
    let accounts: Vec<String> = event
        .accounts
        .iter()
        .map(|a| {
            format!(
                "{} {}",
                a.stance.name(),
                &a.document.0[..a.document.0.len().min(8)]
            )
        })
        .collect();
    let accounts = if accounts.is_empty() {
        String::new()
    } else {
        format!(": {}", accounts.join(", "))
    };
    format!("{} ({} reports{accounts})", event.name(), event.reports)
}

fn part(part: &Part<'_>) -> Value {
    let accounts = part.event.map_or(&[][..], |e| &e.accounts);
    json!({
        "event": part.event.map(Event::name), "amount": part.amount,
        "severity": part.event.map(|e| e.severity), "reports": part.event.map(|e| e.reports),
        "accounts": accounts.iter().map(|a| json!({"claim": a.claim.0, "document": a.document.0, "outlet": a.outlet, "stance": a.stance.name()})).collect::<Vec<_>>(),
    })
}

fn range(score: &Score) -> String {
    format!(
        "{:+.2} ({:+.2} … {:+.2})",
        score.tone.value(),
        score.range.0.value(),
        score.range.1.value()
    )
}

/// A tone as the height of a bar: hostile is low.
fn bar(tone: f64) -> char {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    BARS[(((tone + 1.0) / 2.0 * 7.999) as usize).min(7)]
}

pub(super) fn run(path: &Path, asked: &RelationsArguments) -> Result<Outcome> {
    let pair = Pair::new(&asked.actor, asked.other.as_deref())?;
    let mut query = asked.list.query()?;
    pair.narrow(&mut query);
    let mut events = asked.events.all(path, &query)?;
    events.retain(|e| pair.holds(&e.dyad) && e.mass > 0.0 && asked.on.is_none_or(|on| e.day <= on));
    let ledgers = Ledgers::of(&events, asked.on);
    let most = if asked.list.limit == 0 {
        usize::MAX
    } else {
        asked.list.limit
    };
    for ledger in ledgers.iter().take(most) {
        if asked.list.json {
            say(&ledger.json(asked.explain).to_string())?;
        } else {
            ledger.tell(asked.explain)?;
        }
    }
    if asked.events.is_table() {
        return Ok(Outcome::Well);
    }
    let store = super::open_store(path, true)?;
    let mut counted = relations_of(&store, &pair, asked.list.query()?, asked.events.as_of())?;
    counted.sort_by_key(|r| (std::cmp::Reverse(r.claims.len()), r.dyad.clone()));
    if !asked.list.json && !counted.is_empty() {
        say("\nclaims by type, and the mean sign of those told as facts or with a hedge")?;
    }
    for relation in counted.iter().take(most) {
        say(&if asked.list.json {
            json::relation(relation).to_string()
        } else {
            account::relation_line(relation)
        })?;
    }
    if asked.explain {
        beside(&store, &query, asked.events.as_of())?;
    }
    if counted.is_empty() {
        eprintln!(
            "no claims join {} to {}",
            asked.actor,
            asked.other.as_deref().unwrap_or("anyone")
        );
    }
    Ok(Outcome::Well)
}

/// What moves nothing: acts planned, intended, denied or conditional.
fn beside(store: &Store, query: &Query, as_of: Option<Day>) -> Result<()> {
    let known = store.known(instant(as_of), query)?;
    let still: Vec<base::Claim> = known
        .claims()
        .iter()
        .filter(|c| !matches!(c.parts().realis, Realis::Asserted | Realis::Hedged))
        .cloned()
        .collect();
    if still.is_empty() {
        return Ok(());
    }
    say("\nbeside it, moving nothing")?;
    for claim in &still {
        let document = store
            .document(&claim.document().0)?
            .context("a claim without its document")?;
        say(&format!(
            "        {} {}",
            claim.parts().realis,
            account::sentence(claim, &document)
        ))?;
    }
    Ok(())
}

/// The ledgers of a pair, as the JSON API gives them.
pub(crate) fn ledgers(
    store: &Store,
    pair: &Pair,
    mut query: Query,
    on: Option<Day>,
    as_of: Option<Day>,
) -> Result<Vec<Value>> {
    pair.narrow(&mut query);
    let mut events = events_of(store, &query, as_of)?;
    events.retain(|e| pair.holds(&e.dyad) && e.mass > 0.0 && on.is_none_or(|on| e.day <= on));
    Ok(Ledgers::of(&events, on)
        .iter()
        .map(|l| l.json(true))
        .collect())
}
