//! `tawazun events`, and where the commands of the network take their events from: the store, or a table.

use std::path::{Path, PathBuf};

use anyhow::Result;
use base::{Day, Event};
use clap::Args;
use serde_json::{Value, json};
use store::{Query, Store};

use super::{ListArguments, Outcome, say};

use crate::engine::table;

/// Where events come from: the store, or a table.
#[derive(Args)]
pub(crate) struct Events {
    /// An event table of another project instead of the store: CSV with date, source, target, type or code, and quad.
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// As it was known on this day, YYYY-MM-DD.
    #[arg(long, value_name = "DAY")]
    as_of: Option<Day>,
}

impl Events {
    /// Whether events come from a table.
    pub(super) fn is_table(&self) -> bool {
        self.events.is_some()
    }

    /// The day as known on.
    pub(super) fn as_of(&self) -> Option<Day> {
        self.as_of
    }

    /// The events of a query, or of the table.
    pub(super) fn all(&self, store: &Path, query: &Query) -> Result<Vec<Event>> {
        if let Some(path) = &self.events {
            return table::events(path);
        }
        let store = super::open_store(store, true)?;
        events_of(&store, query, self.as_of)
    }
}

/// The events that the claims of a query tell, as known at the end of a day.
pub(crate) fn events_of(store: &Store, query: &Query, as_of: Option<Day>) -> Result<Vec<Event>> {
    let instant = super::relations::instant(as_of);
    let known = store.known(instant, query)?;
    Ok(network::events(&known, &origins(store)?, |_| 1.0))
}

/// The family and outlet of every article.
pub(super) fn origins(
    store: &Store,
) -> Result<std::collections::BTreeMap<String, network::Origin>> {
    let origin = |o: store::Origin| {
        let (family, outlet, published) = (o.family, o.outlet, o.published);
        (
            o.id,
            network::Origin {
                family,
                outlet,
                published,
            },
        )
    };
    Ok(store.origins()?.into_iter().map(origin).collect())
}

/// What `events` is asked.
#[derive(Args)]
pub(super) struct EventsArguments {
    #[command(flatten)]
    events: Events,
    #[command(flatten)]
    list: ListArguments,
}

/// Lists events with their accounts, by pair, day and type; the fields of claims choose the claims behind them.
pub(super) fn run(path: &Path, asked: &EventsArguments) -> Result<Outcome> {
    let query = Query {
        limit: 0,
        after: None,
        ..asked.list.query()?
    };
    let found = asked.events.all(path, &query)?;
    let most = if asked.list.limit == 0 {
        usize::MAX
    } else {
        asked.list.limit
    };
    for event in found.iter().take(most) {
        if asked.list.json {
            say(&event_json(event).to_string())?;
            continue;
        }
        let accounts: Vec<String> = event
            .accounts
            .iter()
            .map(|a| {
                format!(
                    "{} {} {}",
                    a.outlet.as_deref().unwrap_or("no outlet"),
                    a.stance.name(),
                    &a.document.0[..8]
                )
            })
            .collect();
        say(&format!(
            "{}  mass {:.2}, {} reports  {}",
            event.name(),
            event.mass,
            event.reports,
            accounts.join(", ")
        ))?;
    }
    Ok(Outcome::Well)
}

/// An event with who tells of it.
pub(crate) fn event_json(event: &Event) -> Value {
    let account = |a: &base::Account| json!({"claim": a.claim.0, "document": a.document.0, "outlet": a.outlet, "stance": a.stance.name(), "confidence": a.confidence.value()});
    json!({
        "event": event.name(), "from": event.dyad.from(), "to": event.dyad.to(), "type": event.label, "quad": event.quad.name(),
        "day": event.day.to_string(), "severity": event.severity, "reports": event.reports, "mass": event.mass,
        "accounts": event.accounts.iter().map(account).collect::<Vec<_>>(),
    })
}
