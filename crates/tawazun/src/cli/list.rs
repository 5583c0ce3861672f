//! `tawazun claims`, `actors`, `relations` and `article`.

use std::collections::HashMap;

use anyhow::{Context, Result};
use base::{Claim, Document, Timestamp};
use serde_json::json;
use store::{Query, Store};

use super::{ListArguments, Outcome, account, read, say};
use crate::engine::Engine;
use crate::json;

/// The documents of some claims, each looked up once.
pub(super) fn documents(store: &Store, claims: &[Claim]) -> Result<HashMap<String, Document>> {
    let mut found = HashMap::new();
    for claim in claims {
        let id = &claim.document().0;
        if !found.contains_key(id) {
            let document = store
                .document(id)?
                .context("a claim without its document")?;
            found.insert(id.clone(), document);
        }
    }
    Ok(found)
}

pub(super) fn claims(store: &Store, list: &ListArguments) -> Result<Outcome> {
    let page = store.claims(&list.query()?)?;
    let documents = documents(store, &page.items)?;
    for claim in &page.items {
        let document = &documents[&claim.document().0];
        if list.json {
            say(&json::listed(claim, document).to_string())?;
            continue;
        }
        let parts = claim.parts();
        let day = parts
            .when
            .day
            .map_or("          ".to_string(), |d| d.to_string());
        say(&format!(
            "{day} {:<9} {}",
            parts.kind.name(),
            account::sentence(claim, document)
        ))?;
        let outlet = document.outlet.as_deref().unwrap_or("no outlet");
        say(&format!(
            "           {} [{outlet}, {}]",
            account::apart(document.slice(parts.evidence)),
            &document.id().0[..8]
        ))?;
    }
    if let Some(next) = page.next {
        eprintln!("there are more: --after {next}");
    }
    Ok(Outcome::Well)
}

pub(super) fn actors(store: &Store, list: &ListArguments) -> Result<Outcome> {
    let counts = store.actors(&list.query()?)?;
    let most = if list.limit == 0 {
        usize::MAX
    } else {
        list.limit
    };
    if !list.json {
        say(&format!(
            "{:<18} {:>8} {:>8} {:>8} {:>8}",
            "actor", "source", "target", "said by", "articles"
        ))?;
    }
    for count in counts.iter().take(most) {
        if list.json {
            say(&format!(
                "{}",
                json!({"code": count.code, "source": count.source, "target": count.target, "said_by": count.said_by, "documents": count.documents})
            ))?;
        } else {
            say(&format!(
                "{:<18} {:>8} {:>8} {:>8} {:>8}",
                count.code, count.source, count.target, count.said_by, count.documents
            ))?;
        }
    }
    Ok(Outcome::Well)
}

/// The relations of an actor, or of one pair, from all that is known now.
pub(crate) fn relations_of(
    store: &Store,
    actor: &str,
    other: Option<&str>,
    mut query: Query,
) -> Result<Vec<base::Relation>> {
    match other {
        Some(other) => query.between = Some((actor.to_string(), other.to_string())),
        None => query.actor = Some(actor.to_string()),
    }
    let known = store.known(Timestamp(i64::MAX), &query)?;
    let root = |code: &str| code.split('-').next().unwrap_or(code).to_string();
    let (own, other) = (root(actor), other.map(root));
    let mut found = network::relate(&known);
    found.retain(|r| {
        let pair = [r.dyad.from(), r.dyad.to()];
        let of_other = other.as_deref().is_none_or(|o| pair.contains(&o));
        pair.contains(&own.as_str()) && of_other && !pair.contains(&"XXX")
    });
    Ok(found)
}

pub(super) fn relations(
    store: &Store,
    actor: &str,
    other: Option<&str>,
    list: &ListArguments,
) -> Result<Outcome> {
    let asked = super::Asked {
        between: other.map(|o| (actor, o)),
        actor: Some(actor),
        ..super::Asked::default()
    };
    let named = super::query_of(&asked)?;
    let actor = named.actor.unwrap_or_default();
    let other = named.between.map(|(_, o)| o);
    let mut found = relations_of(store, &actor, other.as_deref(), list.query()?)?;
    found.sort_by_key(|r| (std::cmp::Reverse(r.claims.len()), r.dyad.clone()));
    let most = if list.limit == 0 {
        usize::MAX
    } else {
        list.limit
    };
    for relation in found.iter().take(most) {
        if list.json {
            say(&json::relation(relation).to_string())?;
            continue;
        }
        say(&account::relation_line(relation))?;
        if other.is_some() {
            for (day, tone, count) in network::by_month(relation) {
                say(&format!(
                    "        {} {:+.2} {count} claims",
                    &day.to_string()[..7],
                    tone.value()
                ))?;
            }
        }
    }
    if found.is_empty() {
        eprintln!(
            "no claims join {actor} to {}",
            other.as_deref().unwrap_or("anyone")
        );
    }
    Ok(Outcome::Well)
}

/// One article with its claims; with `why` an engine, which tells what made it take each.
pub(super) fn article(
    store: &Store,
    id: &str,
    why: Option<&Engine>,
    as_json: bool,
) -> Result<Outcome> {
    let document = store.document(id)?;
    let document = document.with_context(|| format!("no article begins with {id}"))?;
    let mut claims = read::claims_of(store, document.id())?;
    if let Some(engine) = why {
        claims = engine.explained(&document, claims);
    }
    let copies = store.family_of(document.id())?;
    if as_json {
        let mut value = json::document(&document);
        value["text"] = json!(document.text());
        value["blocks"] = json::blocks(&document);
        value["copies"] = json!(copies.iter().map(|c| &c.0).collect::<Vec<_>>());
        value["claims"] = claims
            .iter()
            .map(|c| json::claim(c, document.text()))
            .collect();
        say(&value.to_string())?;
    } else {
        say(&account::of(
            &document,
            &claims,
            copies.len(),
            why.is_some(),
        ))?;
    }
    Ok(Outcome::Well)
}
