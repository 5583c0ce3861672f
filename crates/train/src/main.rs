//! Makes the weights that Tawazun ships from sentences that readers have read.
//!
//! `train judge GOLD.jsonl...` prints the table of the judge's weights.
//! `train cross GOLD.jsonl...` codes every sentence with weights learned from the other articles
//! (four folds by article) and prints what `score.py` scores.
//! `train oracle GOLD.jsonl...` prints what the tables cannot find: words of act and actors.
//! `train parser ar|en OUT.bin TEST.conllu TRAIN.conllu...` learns a parser and scores it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program's own face"
)]

mod examples;
mod gold;
mod oracle;
mod regression;
mod treebank;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use base::{Claim, Side, Voice};
use extract::{Extractor, Judge};
use gold::Row;
use parse::Parser;
use regression::Settings;
use serde_json::{Value, json};

const USAGE: &str = "usage: train judge|cross|oracle GOLD.jsonl...\n       train parser ar|en OUT.bin TEST.conllu TRAIN.conllu...";
const FOLDS: usize = 4;
const SETTINGS: Settings = Settings {
    epochs: 24,
    rate: 0.05,
    l2: 2e-2,
    least: 3,
};
/// Weights nearer to zero are not shipped.
const LEAST_WEIGHT: f32 = 0.02;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let Some((command, files)) = arguments
        .split_first()
        .filter(|(_, files)| !files.is_empty())
    else {
        bail!(USAGE)
    };
    if command == "parser" {
        return treebank::run(files);
    }
    let mut rows = Vec::new();
    for file in files {
        rows.extend(gold::read(Path::new(file))?);
    }
    match command.as_str() {
        "judge" => print!("{}", table(&rows.iter().collect::<Vec<_>>())),
        "cross" => cross(&rows),
        "oracle" => oracle::report(&rows),
        _ => bail!(USAGE),
    }
    Ok(())
}

/// Learns from some rows: the table of weights, sorted by feature.
///
/// Whom open mentions belong to is learned first, so that the sides are learned from what will be
/// seen when the weights are used.
fn table(rows: &[&Row]) -> String {
    let (mut extractor, parser) = (Extractor::load(), Parser::load());
    let owners = lines(examples::of_owners(rows, &extractor, &parser));
    extractor.set_judge(Judge::read(&owners.concat()));
    let mut all = lines(examples::of(rows, &extractor, &parser));
    all.extend(owners);
    all.sort();
    all.concat()
}

fn lines(mut made: examples::Examples) -> Vec<String> {
    let weights = regression::fit(
        &mut made.examples,
        &mut made.groups,
        &made.vocabulary,
        SETTINGS,
    );
    let named = made.vocabulary.names.iter().zip(weights);
    named
        .filter(|(name, w)| w.abs() >= LEAST_WEIGHT && !name.contains('\t'))
        .map(|(name, w)| format!("{name}\t{w:.3}\n"))
        .collect()
}

fn cross(rows: &[Row]) {
    let fold = |row: &Row| usize::from(blake(row.article())) % FOLDS;
    let mut extractor = Extractor::load();
    let parser = Parser::load();
    for held in 0..FOLDS {
        let others: Vec<&Row> = rows.iter().filter(|r| fold(r) != held).collect();
        extractor.set_judge(Judge::read(&table(&others)));
        for row in rows.iter().filter(|r| fold(r) == held) {
            let parse = parser.parse_uncut(&row.document);
            let claims = extractor.extract(&row.document, &parse);
            let text = row.document.text();
            let claims: Vec<Value> = claims.iter().map(|c| claim(c, text)).collect();
            println!("{}", json!({"id": row.json["id"], "claims": claims}));
        }
    }
}

/// A number from the name of an article, spread evenly.
fn blake(name: &str) -> u8 {
    name.bytes()
        .fold(0x55_u8, |h, b| h.rotate_left(3).wrapping_mul(167) ^ b)
}

fn claim(claim: &Claim, text: &str) -> Value {
    let parts = claim.parts();
    let side = |s: &Side| json!({"text": &text[s.span.range()], "code": s.code.as_str()});
    let sides = |sides: &[Side]| sides.iter().map(side).collect::<Vec<Value>>();
    let named = |v: &Voice| match v {
        Voice::Named(s) => Some(side(s)),
        Voice::Unnamed(_) => None,
    };
    json!({
        "trigger": &text[parts.trigger.range()],
        "type": parts.kind.name(),
        "source": sides(&parts.source),
        "target": sides(&parts.target),
        "realis": parts.realis.name(),
        "said_by": parts.said_by.iter().filter_map(named).collect::<Vec<Value>>(),
    })
}
