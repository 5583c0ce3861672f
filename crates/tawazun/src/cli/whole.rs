//! `tawazun network` and `tawazun balance`: all relations of a day, and how they fit together.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use base::{Day, Event, Tone};
use clap::{Args, ValueEnum};
use network::Standing;
use network::balance::{Frustration, Signed};
use serde_json::{Value, json};
use store::Query;

use super::events::Events;
use super::{Outcome, say};

/// Where capitals and seats lie: code, latitude, longitude, city.
const PLACES: &str = include_str!("../../../../data/places.tsv");

/// What `network` is asked.
#[derive(Args)]
pub(super) struct NetworkArguments {
    /// The day; the day of the last event where it is not given.
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Shape::Table)]
    format: Shape,
    /// Only pairs that at least so many events join.
    #[arg(long, default_value_t = 1)]
    least_events: usize,
    #[command(flatten)]
    events: Events,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shape {
    Table,
    Json,
    Csv,
    Graphml,
    Gexf,
    Geojson,
}

pub(super) fn network(store: &Path, asked: &NetworkArguments) -> Result<Outcome> {
    let events = asked.events.all(store, &Query::default())?;
    let Some(on) = last_day(&events, asked.on) else {
        eprintln!("there are no events");
        return Ok(Outcome::Well);
    };
    let mut pairs = network::standings(&events, on);
    pairs.retain(|p| p.events >= asked.least_events);
    let written = match asked.format {
        Shape::Table => table(&pairs),
        Shape::Json => pairs.iter().map(|p| format!("{}\n", standing(p))).collect(),
        Shape::Csv => csv(&pairs)?,
        Shape::Graphml => graphml(&pairs),
        Shape::Gexf => gexf(&pairs, on),
        Shape::Geojson => format!("{}\n", geojson(&pairs)),
    };
    say(written.trim_end())?;
    Ok(Outcome::Well)
}

fn last_day(events: &[Event], on: Option<Day>) -> Option<Day> {
    on.or_else(|| events.iter().map(|e| e.day).max())
}

/// One pair of a day as JSON.
pub(crate) fn standing(pair: &Standing) -> Value {
    let fine = |v: f64| (v * 1e6).round() / 1e6;
    json!({
        "from": pair.dyad.from(), "to": pair.dyad.to(),
        "standing": fine(pair.standing.tone.value()), "low": fine(pair.standing.range.0.value()), "high": fine(pair.standing.range.1.value()),
        "mood": fine(pair.mood.tone.value()), "weight": fine(pair.standing.weight),
        "events": pair.events, "hostile": pair.hostile, "severity": pair.severity, "last": pair.last.to_string(),
    })
}

fn table(pairs: &[Standing]) -> String {
    let mut told = format!(
        "{:<12} {:<12} {:>8} {:>17} {:>7} {:>7} {:>8}  last\n",
        "from", "to", "standing", "range", "mood", "events", "hostile"
    );
    for pair in pairs {
        let (low, high) = pair.standing.range;
        let range = format!("{:+.2} … {:+.2}", low.value(), high.value());
        let _ = writeln!(
            told,
            "{:<12} {:<12} {:>+8.2} {range:>17} {:>+7.2} {:>7} {:>8}  {}",
            pair.dyad.from(),
            pair.dyad.to(),
            pair.standing.tone.value(),
            pair.mood.tone.value(),
            pair.events,
            pair.hostile,
            pair.last
        );
    }
    told
}

fn csv(pairs: &[Standing]) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "from", "to", "standing", "low", "high", "mood", "weight", "events", "hostile", "severity",
        "last",
    ])?;
    for pair in pairs {
        let number = |v: f64| format!("{v:.4}");
        writer.write_record([
            pair.dyad.from().to_string(),
            pair.dyad.to().to_string(),
            number(pair.standing.tone.value()),
            number(pair.standing.range.0.value()),
            number(pair.standing.range.1.value()),
            number(pair.mood.tone.value()),
            number(pair.standing.weight),
            pair.events.to_string(),
            pair.hostile.to_string(),
            pair.severity.to_string(),
            pair.last.to_string(),
        ])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// The actors of some pairs, in order.
fn actors(pairs: &[Standing]) -> std::collections::BTreeSet<&str> {
    pairs
        .iter()
        .flat_map(|p| [p.dyad.from(), p.dyad.to()])
        .collect()
}

/// Codes hold capitals and digits only when they come from news; a table may hold anything.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn graphml(pairs: &[Standing]) -> String {
    let mut told = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (name, kind) in [
        ("standing", "double"),
        ("low", "double"),
        ("high", "double"),
        ("mood", "double"),
        ("weight", "double"),
        ("events", "int"),
    ] {
        let _ = writeln!(
            told,
            "  <key id=\"{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
        );
    }
    told.push_str("  <graph edgedefault=\"directed\">\n");
    for actor in actors(pairs) {
        let _ = writeln!(told, "    <node id=\"{}\"/>", escaped(actor));
    }
    for pair in pairs {
        let _ = writeln!(
            told,
            "    <edge source=\"{}\" target=\"{}\">",
            escaped(pair.dyad.from()),
            escaped(pair.dyad.to())
        );
        let score = &pair.standing;
        for (name, value) in [
            ("standing", score.tone.value()),
            ("low", score.range.0.value()),
            ("high", score.range.1.value()),
            ("mood", pair.mood.tone.value()),
            ("weight", score.weight),
        ] {
            let _ = writeln!(told, "      <data key=\"{name}\">{value:.4}</data>");
        }
        let _ = writeln!(
            told,
            "      <data key=\"events\">{}</data>\n    </edge>",
            pair.events
        );
    }
    told.push_str("  </graph>\n</graphml>\n");
    told
}

fn gexf(pairs: &[Standing], on: Day) -> String {
    let mut told = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  <meta lastmodifieddate=\"{on}\"/>\n  <graph defaultedgetype=\"directed\">\n    <attributes class=\"edge\">\n"
    );
    for (nth, name) in ["standing", "mood"].iter().enumerate() {
        let _ = writeln!(
            told,
            "      <attribute id=\"{nth}\" title=\"{name}\" type=\"double\"/>"
        );
    }
    told.push_str("    </attributes>\n    <nodes>\n");
    for actor in actors(pairs) {
        let actor = escaped(actor);
        let _ = writeln!(told, "      <node id=\"{actor}\" label=\"{actor}\"/>");
    }
    told.push_str("    </nodes>\n    <edges>\n");
    for (nth, pair) in pairs.iter().enumerate() {
        let _ = writeln!(
            told,
            "      <edge id=\"{nth}\" source=\"{}\" target=\"{}\" weight=\"{:.4}\"><attvalues><attvalue for=\"0\" value=\"{:.4}\"/><attvalue for=\"1\" value=\"{:.4}\"/></attvalues></edge>",
            escaped(pair.dyad.from()),
            escaped(pair.dyad.to()),
            pair.standing.weight,
            pair.standing.tone.value(),
            pair.mood.tone.value()
        );
    }
    told.push_str("    </edges>\n  </graph>\n</gexf>\n");
    told
}

/// Lines between seats of government; a pair with an actor that has no seat is left out.
fn geojson(pairs: &[Standing]) -> Value {
    let places: std::collections::HashMap<&str, (f64, f64)> = PLACES
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let code = fields.next()?;
            let (latitude, longitude) =
                (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
            Some((code, (longitude, latitude)))
        })
        .collect();
    let line = |pair: &Standing| {
        let (from, to) = (places.get(pair.dyad.from())?, places.get(pair.dyad.to())?);
        Some(json!({
            "type": "Feature", "properties": standing(pair),
            "geometry": {"type": "LineString", "coordinates": [[from.0, from.1], [to.0, to.1]]},
        }))
    };
    json!({"type": "FeatureCollection", "features": pairs.iter().filter_map(line).collect::<Vec<_>>()})
}

/// What `balance` is asked.
#[derive(Args)]
pub(super) struct BalanceArguments {
    /// The day; the day of the last event where it is not given.
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// Signed edges instead of events: CSV with a, b and sign.
    #[arg(long, value_name = "FILE", conflicts_with = "events")]
    edges: Option<PathBuf>,
    /// Two are joined where what they do to each other weighs so many fresh acts.
    #[arg(long, default_value_t = 2.0)]
    least_weight: f64,
    /// The tone between foe and friend.
    #[arg(long, default_value_t = 0.0)]
    middle: f64,
    /// How many random networks with the same degrees to compare with.
    #[arg(long, default_value_t = 100)]
    random: u64,
    /// The most seconds for each network; bounds are told where they do not suffice.
    #[arg(long, default_value_t = 10.0)]
    seconds: f64,
    /// As JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    events: Events,
}

pub(super) fn balance(store: &Path, asked: &BalanceArguments) -> Result<Outcome> {
    let graph = match &asked.edges {
        Some(path) => {
            edges(path).with_context(|| format!("cannot use the edges of {}", path.display()))?
        }
        None => {
            let middle = Tone::new(asked.middle).context("--middle must lie from -1 to 1")?;
            let events = asked.events.all(store, &Query::default())?;
            let on = last_day(&events, asked.on).context("there are no events")?;
            network::signed(&events, on, asked.least_weight, middle)
        }
    };
    let limit = Duration::try_from_secs_f64(asked.seconds)
        .context("--seconds must be a number of seconds")?;
    if asked.json {
        say(&balance_of(&graph, asked.random, limit).to_string())?;
        return Ok(Outcome::Well);
    }
    let found = graph.frustration(limit);
    let chance = chance(&graph, asked.random, limit);
    tell(&graph, &found, &chance)?;
    Ok(Outcome::Well)
}

/// The indices of random networks with the same degrees.
fn chance(graph: &Signed, random: u64, limit: Duration) -> Vec<f64> {
    (1..=random)
        .map(|seed| middle_of(&graph.shuffled(seed).frustration(limit)))
        .collect()
}

/// The balance of a graph beside that of random ones, as JSON.
pub(crate) fn balance_of(graph: &Signed, random: u64, limit: Duration) -> Value {
    balanced(
        graph,
        &graph.frustration(limit),
        &chance(graph, random, limit),
    )
}

fn middle_of(found: &Frustration) -> f64 {
    (found.lower + found.upper) as f64 / 2.0
}

fn edges(path: &Path) -> Result<Signed> {
    let mut reader = csv::Reader::from_path(path)?;
    let header = reader.headers()?.clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|h| h.trim() == name)
            .with_context(|| format!("no column is called {name}"))
    };
    let (a, b, sign) = (column("a")?, column("b")?, column("sign")?);
    let mut told = Vec::new();
    for (nth, row) in reader.records().enumerate() {
        let row = row.with_context(|| format!("row {}", nth + 2))?;
        let field = |at: usize| row.get(at).unwrap_or_default().trim().to_string();
        let number: f64 = field(sign)
            .parse()
            .with_context(|| format!("row {}: «{}» is no sign", nth + 2, field(sign)))?;
        let number = if number > 0.0 {
            1
        } else if number < 0.0 {
            -1
        } else {
            0
        };
        told.push((field(a), field(b), number));
    }
    Ok(Signed::new(
        told.iter().map(|(a, b, s)| (a.as_str(), b.as_str(), *s)),
    ))
}

/// Mean and standard deviation; `None` for fewer than two.
fn spread(values: &[f64]) -> Option<(f64, f64)> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (values.len() > 1).then(|| (mean, variance.sqrt()))
}

/// A balance as JSON: the index with its certificate, triangles, and what chance gives.
fn balanced(graph: &Signed, found: &Frustration, chance: &[f64]) -> Value {
    let names = graph.names();
    let edge = |e: &usize| {
        let (a, b, sign) = graph.edges()[*e];
        json!({"a": names[a], "b": names[b], "sign": sign})
    };
    let camp = |side: bool| {
        (0..names.len())
            .filter(|n| found.camps[*n] == side)
            .map(|n| names[n].clone())
            .collect::<Vec<_>>()
    };
    let three = graph.triangles();
    json!({
        "nodes": names.len(), "edges": graph.edges().len(), "hostile": graph.edges().iter().filter(|e| e.2 < 0).count(),
        "frustration": {"lower": found.lower, "upper": found.upper, "exact": found.lower == found.upper},
        "line_share": 1.0 - 2.0 * found.upper as f64 / graph.edges().len().max(1) as f64,
        "camps": [camp(true), camp(false)],
        "frustrated": found.frustrated.iter().map(edge).collect::<Vec<_>>(),
        "cycles": found.cycles.iter().map(|c| c.iter().map(edge).collect::<Vec<_>>()).collect::<Vec<_>>(),
        "triangles": {"ppp": three.ppp, "ppm": three.ppm, "pmm": three.pmm, "mmm": three.mmm, "balanced": three.balanced()},
        "chance": spread(chance).map(|(mean, deviation)| json!({"networks": chance.len(), "mean": mean, "deviation": deviation})),
    })
}

fn tell(graph: &Signed, found: &Frustration, chance: &[f64]) -> Result<()> {
    let names = graph.names();
    let hostile = graph.edges().iter().filter(|e| e.2 < 0).count();
    say(&format!(
        "{} actors, {} edges, {hostile} of them hostile",
        names.len(),
        graph.edges().len()
    ))?;
    let index = if found.lower == found.upper {
        format!("{} (proven)", found.upper)
    } else {
        format!("{} to {}", found.lower, found.upper)
    };
    say(&format!(
        "frustration index {index}: so many edges stand in the way of two camps in peace with themselves"
    ))?;
    if let Some((mean, deviation)) = spread(chance) {
        let apart = (middle_of(found) - mean) / deviation.max(1e-9);
        say(&format!(
            "{} random networks with the same degrees have {mean:.1} ± {deviation:.1}: {:.1} deviations {} chance gives",
            chance.len(),
            apart.abs(),
            if apart < 0.0 {
                "fewer than"
            } else {
                "more than"
            }
        ))?;
    }
    let three = graph.triangles();
    if let Some(share) = three.balanced() {
        say(&format!(
            "triangles: {} +++, {} +−−, {} ++−, {} −−−; {share:.3} of them balanced",
            three.ppp, three.pmm, three.ppm, three.mmm
        ))?;
    }
    for side in [true, false] {
        let camp: Vec<&str> = (0..names.len())
            .filter(|n| found.camps[*n] == side)
            .map(|n| names[n].as_str())
            .collect();
        say(&format!("camp: {}", camp.join(" ")))?;
    }
    for edge in &found.frustrated {
        let (a, b, sign) = graph.edges()[*edge];
        say(&format!(
            "frustrated: {} {} {}",
            names[a],
            if sign > 0 { "+" } else { "−" },
            names[b]
        ))?;
    }
    for three in graph.frustrating().iter().take(20) {
        say(&format!("frustrating triangle: {}", three.join(" ")))?;
    }
    Ok(())
}
