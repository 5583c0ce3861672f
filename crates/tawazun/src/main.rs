//! The program: reads arguments, calls the stages in order, prints.
#![expect(clippy::print_stderr, reason = "the program's own face")]

mod json;

use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::{Context, bail};
use base::{DocumentId, Language};
use extract::Extractor;
use serde_json::{Value, json};

const USAGE: &str = "usage: tawazun code < sentences.jsonl > claims.jsonl
  reads JSON lines {\"id\",\"text\",\"lang\"?,\"date\"?} and writes, in the same order, {\"id\",\"claims\":[...]}";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("code") => code(code_line),
        Some("candidates") => code(candidates_line),
        _ => Err(anyhow::anyhow!(USAGE)),
    };
    match done {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

/// Codes the lines of standard input; gives the count of lines refused.
fn code(answer_line: fn(&Extractor, &[u8]) -> anyhow::Result<Value>) -> anyhow::Result<usize> {
    let extractor = Extractor::load();
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let mut refused = 0;
    for (nth, line) in std::io::stdin().lock().split(b'\n').enumerate() {
        let line = line.context("cannot read standard input")?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = match answer_line(&extractor, &line) {
            Ok(answer) => answer,
            Err(error) => {
                refused += 1;
                eprintln!("line {}: {error:#}", nth + 1);
                json!({"id": null, "claims": [], "error": format!("{error:#}")})
            }
        };
        writeln!(output, "{answer}").context("cannot write to standard output")?;
    }
    output.flush().context("cannot write to standard output")?;
    Ok(refused)
}

fn code_line(extractor: &Extractor, line: &[u8]) -> anyhow::Result<Value> {
    let row: Value =
        serde_json::from_slice(line).context("this is no JSON object; write {\"id\",\"text\"}")?;
    let Some(written) = row["text"].as_str() else {
        bail!("the field «text» is missing; write {{\"id\",\"text\"}}")
    };
    if written.len() > base::TEXT_LIMIT_BYTES {
        bail!(
            "the text holds {} bytes; at most {} are read",
            written.len(),
            base::TEXT_LIMIT_BYTES
        );
    }
    let language = row["lang"]
        .as_str()
        .map_or_else(|| text::language(written), Language::from_code);
    let id = DocumentId(row["id"].as_str().unwrap_or_default().to_string());
    let (mut claims, mut actors) = (Vec::new(), Vec::new());
    if language != Language::Other {
        for range in text::sentences(written) {
            let sentence = &written[range];
            let named = extractor.actors(sentence, language);
            actors.extend(named.iter().map(|m| json::side(&m.side(), sentence)));
            claims.extend(
                extractor
                    .sentence(&id, sentence, language)
                    .iter()
                    .map(|c| json::claim(c, sentence)),
            );
        }
    }
    Ok(json!({"id": row["id"], "claims": claims, "actors": actors}))
}

/// What the judge weighs in one sentence, for `train/judge.py`.
fn candidates_line(extractor: &Extractor, line: &[u8]) -> anyhow::Result<Value> {
    let row: Value =
        serde_json::from_slice(line).context("this is no JSON object; write {\"id\",\"text\"}")?;
    let written = row["text"].as_str().unwrap_or_default();
    let language = row["lang"]
        .as_str()
        .map_or_else(|| text::language(written), Language::from_code);
    let found: Vec<Value> = extractor.candidates(written, language).into_iter().map(|c| {
        let sides: Vec<Value> = c.sides.iter().map(|(side, s, t)| json!({"start": side.span.start(), "end": side.span.end(), "code": side.code.as_str(), "s": s, "t": t})).collect();
        json!({"start": c.trigger.start(), "end": c.trigger.end(), "type": c.kind.name(), "features": c.features, "sides": sides})
    }).collect();
    Ok(json!({"id": row["id"], "candidates": found}))
}
