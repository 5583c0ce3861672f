//! `tawazun leverage`: acts whose stated aim is another pair.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use base::{Claim, Day, Document};
use clap::Args;
use network::leverage::{Move, Signs};
use serde_json::{Value, json};
use store::{Query, Store};

use super::relations::instant;
use super::{Outcome, account, list, say};

/// What `leverage` is asked.
#[derive(Args)]
pub(super) struct LeverageArguments {
    /// From this day on.
    #[arg(long)]
    since: Option<Day>,
    /// Up to this day, included.
    #[arg(long)]
    until: Option<Day>,
    /// As it was known on this day.
    #[arg(long, value_name = "DAY")]
    as_of: Option<Day>,
    /// Only those whose signs fit within thirty days.
    #[arg(long)]
    consistent: bool,
    /// As JSON lines.
    #[arg(long)]
    json: bool,
}

/// The stated moves of a store with the claims behind them.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn told(
    store: &Store,
    (since, until): (Option<Day>, Option<Day>),
    as_of: Option<Day>,
) -> Result<(Vec<Move>, HashMap<String, Claim>)> {
    let known = store.known(instant(as_of), &Query::default())?;
    let events = network::events(&known, &super::events::origins(store)?, |_| 1.0);
    let mut found = network::leverage::moves(&known, &events);
    found.retain(|m| since.is_none_or(|d| m.day >= d) && until.is_none_or(|d| m.day <= d));
    let claims = known
        .claims()
        .iter()
        .map(|c| (c.id().0.clone(), c.clone()))
        .collect();
    Ok((found, claims))
}

pub(super) fn run(path: &Path, asked: &LeverageArguments) -> Result<Outcome> {
    let store = super::open_store(path, true)?;
    let (mut found, claims) = told(&store, (asked.since, asked.until), asked.as_of)?;
    found.retain(|m| !asked.consistent || m.signs.consistent());
    let behind: Vec<Claim> = found
        .iter()
        .filter_map(|m| claims.get(&m.aim.0).cloned())
        .collect();
    let documents = list::documents(&store, &behind)?;
    for one in &found {
        if asked.json {
            say(&shape(one).to_string())?;
            continue;
        }
        let (Some(means), Some(aim)) = (claims.get(&one.means.0), claims.get(&one.aim.0)) else {
            continue;
        };
        let Some(document) = documents.get(&aim.document().0) else {
            continue;
        };
        say(&line(one, means, aim, document))?;
        say(&format!(
            "            {} [{}]",
            account::apart(document.slice(aim.parts().evidence)),
            &document.id().0[..8]
        ))?;
    }
    Ok(Outcome::Well)
}

fn line(one: &Move, means: &Claim, aim: &Claim, document: &Document) -> String {
    let (by, on) = (&one.by, &one.on);
    let voices = aim.parts().said_by.iter().map(|v| match v {
        base::Voice::Named(side) => side.code.as_str().to_string(),
        base::Voice::Unnamed(span) => account::apart(document.slice(*span)),
    });
    let voices: Vec<String> = voices.collect();
    let said = if voices.is_empty() {
        "the article".to_string()
    } else {
        voices.join(", told by ")
    };
    format!(
        "{}  {} {} {}, aim: {} {} — stated by {said}; {}",
        one.day,
        by.from(),
        means.parts().kind,
        by.to(),
        aim.parts().kind,
        on.to(),
        judged(one.signs)
    )
}

fn judged(signs: Signs) -> &'static str {
    match (signs.consistent(), signs.aim) {
        (true, _) => "consistent with the events of thirty days",
        (false, Some(false)) => "events point the other way",
        _ => "no events tell",
    }
}

/// A move as JSON.
pub(crate) fn shape(one: &Move) -> Value {
    let signs = one.signs;
    json!({
        "day": one.day.to_string(), "actor": one.by.from(), "means_on": one.by.to(), "aim_on": one.on.to(),
        "means": one.means.0, "aim": one.aim.0, "stated": true,
        "consistent": signs.consistent(), "signs": {"means": signs.means, "aim": signs.aim, "third": signs.third},
        "tested": "not shown",
    })
}
