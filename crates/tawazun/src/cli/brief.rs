//! `tawazun outlets` and `tawazun brief`: who tells what of a pair, and a page of it in Markdown.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use base::{Claim, Day, Document, Event, Known, Realis, Stance};
use clap::{Args, ValueEnum};
use network::ledger::{Ledger, STANDING_DAYS, Score};
use serde_json::{Value, json};
use store::{Query, Store};

use super::relations::{Pair, instant};
use super::{Outcome, account, list, say};

/// Which two are asked about.
#[derive(Args)]
pub(super) struct OutletsArguments {
    /// A state or organisation.
    a: String,
    /// Another.
    b: String,
    /// How they tell it up to this day.
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// As JSON lines.
    #[arg(long)]
    json: bool,
}

/// What one outlet tells of a pair.
pub(crate) struct Picture {
    outlet: String,
    score: Score,
    events: usize,
    hostile: usize,
}

impl Picture {
    /// As JSON.
    pub(crate) fn json(&self) -> Value {
        let s = &self.score;
        json!({"outlet": self.outlet, "score": s.tone.value(), "low": s.range.0.value(), "high": s.range.1.value(), "events": self.events, "hostile": self.hostile})
    }
}

/// Each outlet's own picture of a pair, both directions together, friendliest first.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn pictures(store: &Store, pair: &Pair, on: Option<Day>) -> Result<Vec<Picture>> {
    let mut query = Query::default();
    pair.narrow(&mut query);
    let known = store.known(instant(None), &query)?;
    let origins = super::events::origins(store)?;
    let mut told: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
    for claim in known.claims() {
        let outlet = origins
            .get(&claim.document().0)
            .and_then(|o| o.outlet.clone());
        told.entry(outlet.unwrap_or_else(|| "no outlet".to_string()))
            .or_default()
            .push(claim.clone());
    }
    let mut found = Vec::new();
    for (outlet, claims) in told {
        let dated = claims.into_iter().map(|c| (known.as_of(), c)).collect();
        let mut events = network::events(&Known::new(known.as_of(), dated, &[]), &origins, |_| 1.0);
        events.retain(|e| e.mass > 0.0 && pair.holds(&e.dyad) && on.is_none_or(|on| e.day <= on));
        let last = on.or_else(|| events.iter().map(|e| e.day).max());
        let score = last.and_then(|on| Ledger::of(STANDING_DAYS, &events, on).score(on));
        let hostile = events.iter().filter(|e| e.quad.sign() < 0).count();
        found.extend(score.map(|score| Picture {
            outlet,
            score,
            events: events.len(),
            hostile,
        }));
    }
    found.sort_by(|a, b| {
        b.score
            .tone
            .value()
            .total_cmp(&a.score.tone.value())
            .then_with(|| a.outlet.cmp(&b.outlet))
    });
    Ok(found)
}

pub(super) fn outlets(path: &Path, asked: &OutletsArguments) -> Result<Outcome> {
    let store = super::open_store(path, true)?;
    let pair = Pair::new(&asked.a, Some(&asked.b))?;
    let found = pictures(&store, &pair, asked.on)?;
    for picture in &found {
        if asked.json {
            say(&picture.json().to_string())?;
            continue;
        }
        let s = &picture.score;
        say(&format!(
            "{:<24} {:+.2} ({:+.2} … {:+.2})  {} events, {} hostile",
            account::apart(&picture.outlet),
            s.tone.value(),
            s.range.0.value(),
            s.range.1.value(),
            picture.events,
            picture.hostile
        ))?;
    }
    let apart = |a: &Picture, b: &Picture| a.score.range.0.value() > b.score.range.1.value();
    if let (Some(first), Some(last), false) = (found.first(), found.last(), asked.json)
        && apart(first, last)
    {
        say(&format!(
            "{} and {} disagree: their ranges do not meet",
            account::apart(&first.outlet),
            account::apart(&last.outlet)
        ))?;
    }
    Ok(Outcome::Well)
}

/// What `brief` is asked.
#[derive(Args)]
pub(super) struct BriefArguments {
    /// A state or organisation.
    a: String,
    /// Another.
    b: String,
    /// From this day on.
    #[arg(long, value_name = "DAY")]
    since: Day,
    /// Up to this day; the day of the last event where it is not given.
    #[arg(long, value_name = "DAY")]
    until: Option<Day>,
    /// The language of the page.
    #[arg(long, value_enum, default_value_t = Tongue::En)]
    lang: Tongue,
    /// As it was known on this day.
    #[arg(long, value_name = "DAY")]
    as_of: Option<Day>,
}

/// A language that a page can be written in.
#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(crate) enum Tongue {
    /// Arabic.
    Ar,
    /// English.
    En,
}

impl Tongue {
    fn says(self, arabic: &'static str, english: &'static str) -> &'static str {
        match self {
            Tongue::Ar => arabic,
            Tongue::En => english,
        }
    }
}

pub(super) fn brief(path: &Path, asked: &BriefArguments) -> Result<Outcome> {
    let store = super::open_store(path, true)?;
    let pair = Pair::new(&asked.a, Some(&asked.b))?;
    let span = (asked.since, asked.until);
    say(page(&store, &pair, span, asked.as_of, asked.lang)?.trim_end())?;
    Ok(Outcome::Well)
}

/// A page on a pair: what happened, who says so, what changed, what is doubted; each sentence with its source.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn page(
    store: &Store,
    pair: &Pair,
    (since, until): (Day, Option<Day>),
    as_of: Option<Day>,
    tongue: Tongue,
) -> Result<String> {
    let mut query = Query::default();
    pair.narrow(&mut query);
    let known = store.known(instant(as_of), &query)?;
    let mut events = network::events(&known, &super::events::origins(store)?, |_| 1.0);
    events.retain(|e| pair.holds(&e.dyad) && until.is_none_or(|u| e.day <= u));
    let last = until
        .or_else(|| events.iter().map(|e| e.day).max())
        .unwrap_or(since);
    let claims: HashMap<&str, &Claim> = known
        .claims()
        .iter()
        .map(|c| (c.id().0.as_str(), c))
        .collect();
    let documents = list::documents(store, known.claims())?;
    let (a, b) = pair.names();
    let mut told = String::new();
    let _ = writeln!(
        told,
        "# {a} – {b}\n\n{since} – {last}\n\n## {}\n",
        tongue.says("ما تغيّر", "What changed")
    );
    changed(&mut told, &events, since, last, tongue);
    let _ = writeln!(
        told,
        "\n## {}\n",
        tongue.says("ما حدث، ومن يقول ذلك", "What happened, and who says so")
    );
    let mut fresh: Vec<&Event> = events.iter().filter(|e| e.day >= since).collect();
    fresh.sort_by_key(|e| (e.day, e.name()));
    for event in fresh.iter().filter(|e| e.mass > 0.0) {
        let _ = writeln!(told, "- **{}**", event.name());
        for account in event
            .accounts
            .iter()
            .filter(|a| a.stance == Stance::Affirms)
        {
            quote(&mut told, claims.get(account.claim.0.as_str()), &documents);
        }
    }
    let _ = writeln!(
        told,
        "\n## {}\n",
        tongue.says("ما هو موضع شك", "What is doubted")
    );
    for claim in known.claims() {
        let parts = claim.parts();
        let fresh = parts.when.day.is_some_and(|d| d >= since && d <= last);
        let joins = network::dyads(claim).iter().any(|d| pair.holds(d));
        if fresh && joins && parts.realis != Realis::Asserted {
            let _ = writeln!(told, "- {} ({})", parts.kind, parts.realis);
            quote(&mut told, Some(&claim), &documents);
        }
    }
    Ok(told)
}

/// How the pair stood before, and how it stands now.
fn changed(told: &mut String, events: &[Event], since: Day, last: Day, tongue: Tongue) {
    for own in events.chunk_by(|a, b| a.dyad == b.dyad) {
        let moving: Vec<&Event> = own.iter().filter(|e| e.mass > 0.0).collect();
        let Some(first) = moving.first() else {
            continue;
        };
        let score = |on: Day| {
            let ledger = Ledger::of(STANDING_DAYS, moving.iter().copied(), on);
            ledger.score(on).map(|s| {
                format!(
                    "{:+.2} ({:+.2} … {:+.2})",
                    s.tone.value(),
                    s.range.0.value(),
                    s.range.1.value()
                )
            })
        };
        let unknown = || tongue.says("غير معروف", "unknown").to_string();
        let _ = writeln!(
            told,
            "- {} → {}: {} {}، {} {}",
            first.dyad.from(),
            first.dyad.to(),
            tongue.says("كان", "was"),
            score(since.plus(-1)).unwrap_or_else(unknown),
            tongue.says("وصار", "is"),
            score(last).unwrap_or_else(unknown)
        );
    }
    for alarm in network::turns::turns(events, 2.5)
        .iter()
        .filter(|t| t.day >= since)
    {
        let way = match alarm.way {
            network::turns::Way::Worse => tongue.says("تحوّل إلى الأسوأ", "a turn for the worse"),
            network::turns::Way::Better => tongue.says("تحوّل إلى الأفضل", "a turn for the better"),
        };
        let _ = writeln!(told, "- {}: {way}", alarm.day);
    }
}

/// The sentence of a claim as written, with its outlet and article.
fn quote(told: &mut String, claim: Option<&&Claim>, documents: &HashMap<String, Document>) {
    let Some(claim) = claim else { return };
    let Some(document) = documents.get(&claim.document().0) else {
        return;
    };
    let words = account::apart(document.slice(claim.parts().evidence));
    let words = words.replace(['<', '>', '[', ']', '`', '*', '_', '#', '|', '\\'], " ");
    let outlet = document.outlet.as_deref().unwrap_or("–");
    let day = document
        .published
        .map(|p| p.day.to_string())
        .unwrap_or_default();
    let _ = writeln!(
        told,
        "  > {words} — {} {day} `{}`",
        account::apart(outlet),
        &document.id().0[..8]
    );
}
