//! `tawazun claims`, `actors` and `article`.

use std::collections::HashMap;

use anyhow::{Context, Result};
use base::{Claim, Document};
use serde_json::json;
use store::Store;

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
