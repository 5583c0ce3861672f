//! `tawazun code`: sentences in, claims out, a line for a line.

use std::io::{BufRead, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use base::{BlockKind, Dated, Document, Language, Timestamp};
use serde_json::{Value, json};

use super::Outcome;
use crate::engine::Engine;
use crate::json;

pub(super) fn run(actors: Option<&Path>) -> Result<Outcome> {
    let engine = Engine::load(actors)?;
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let mut refused = 0;
    for (nth, line) in std::io::stdin().lock().split(b'\n').enumerate() {
        let line = line.context("cannot read standard input")?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = code_line(&engine, &line).unwrap_or_else(|error| {
            refused += 1;
            eprintln!("line {}: {error:#}", nth + 1);
            json!({"id": id_of(&line), "claims": [], "error": format!("{error:#}")})
        });
        writeln!(output, "{answer}").context("cannot write to standard output")?;
    }
    output.flush().context("cannot write to standard output")?;
    Ok(if refused == 0 {
        Outcome::Well
    } else {
        Outcome::SomeRefused
    })
}

fn id_of(line: &[u8]) -> Value {
    serde_json::from_slice::<Value>(line).map_or(Value::Null, |v| v["id"].clone())
}

fn code_line(engine: &Engine, line: &[u8]) -> Result<Value> {
    let row: Value =
        serde_json::from_slice(line).context("this is no JSON object; write {\"id\",\"text\"}")?;
    let Some(written) = row["text"].as_str() else {
        bail!("the field «text» is missing; write {{\"id\",\"text\"}}")
    };
    if written.trim().is_empty() {
        return Ok(json!({"id": row["id"], "claims": [], "actors": []}));
    }
    let told = row["lang"].as_str().map(Language::from_code);
    let language = told.unwrap_or_else(|| text::language(written));
    let mut document = Document::new([(BlockKind::Paragraph, written)], language, Timestamp(0))?;
    let day = row["date"].as_str().and_then(|d| d.parse().ok());
    document.published = day.map(|day| Dated { day, basis: None });
    let (actors, claims) = engine.sentence(&document);
    let text = document.text();
    let actors: Vec<Value> = actors.iter().map(|s| json::side(s, text)).collect();
    let claims: Vec<Value> = claims.iter().map(|c| json::claim(c, text)).collect();
    Ok(json!({"id": row["id"], "claims": claims, "actors": actors}))
}
