//! The program: reads arguments, calls the stages in order, prints.
#![expect(clippy::print_stderr, reason = "the program's own face")]

mod engine;
mod json;

use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::{Context, bail};
use base::{BlockKind, Dated, Document, Language, Timestamp};
use extract::Extractor;
use parse::Parser;
use serde_json::{Value, json};

const USAGE: &str = "usage: tawazun code < sentences.jsonl > claims.jsonl
  reads JSON lines {\"id\",\"text\",\"lang\"?,\"date\"?} and writes, in the same order, {\"id\",\"claims\":[...]}";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("code") => code(),
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
fn code() -> anyhow::Result<usize> {
    let coder = Coder {
        parser: Parser::load(),
        extractor: Extractor::load(),
    };
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let mut refused = 0;
    for (nth, line) in std::io::stdin().lock().split(b'\n').enumerate() {
        let line = line.context("cannot read standard input")?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = match code_line(&coder, &line) {
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

fn code_line(coder: &Coder, line: &[u8]) -> anyhow::Result<Value> {
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
    let day = row["date"].as_str().and_then(|d| d.parse().ok());
    let (mut claims, mut actors) = (Vec::new(), Vec::new());
    if !written.trim().is_empty() && language != Language::Other {
        let mut document =
            Document::new([(BlockKind::Paragraph, written)], language, Timestamp(0))?;
        document.published = day.map(|day| Dated { day, basis: None });
        let parse = if is_one_sentence(document.text()) {
            coder.parser.parse_uncut(&document)
        } else {
            coder.parser.parse(&document)
        };
        let text = document.text();
        let named = coder.extractor.actors(&document, &parse);
        actors.extend(named.iter().map(|m| json::side(&m.side(), text)));
        let found = coder.extractor.extract(&document, &parse);
        claims.extend(found.iter().map(|c| json::claim(c, text)));
    }
    Ok(json!({"id": row["id"], "claims": claims, "actors": actors}))
}

/// Whether a text is short enough to be taken as the one sentence that its sender says it is.
fn is_one_sentence(text: &str) -> bool {
    text.len() <= 2000 && !text.contains('\n')
}

struct Coder {
    parser: Parser,
    extractor: Extractor,
}
