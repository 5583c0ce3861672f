//! Makes what the coder and the parser are learned from.
//!
//! `train inputs GOLD.jsonl...` prints each read sentence with what the coder reads of it.
//! `train parser ar|en OUT.bin TEST.conllu TRAIN.conllu...` learns a parser and scores it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program's own face"
)]

mod gold;
mod treebank;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use extract::{Extractor, Sight};
use gold::Row;
use parse::Parser;
use serde_json::{Value, json};

const USAGE: &str = "usage: train inputs GOLD.jsonl...\n       train parser ar|en OUT.bin TEST.conllu TRAIN.conllu...";

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
    match arguments.split_first() {
        Some((command, files)) if command == "parser" => treebank::run(files),
        Some((command, files)) if command == "inputs" && !files.is_empty() => {
            let (extractor, parser) = (Extractor::load(), Parser::load());
            for file in files {
                for row in gold::read(Path::new(file))? {
                    print_inputs(&row, &extractor, &parser);
                }
            }
            Ok(())
        }
        _ => bail!(USAGE),
    }
}

/// Prints a row with what the coder reads of it; places are bytes of the sentence, mentions tell their
/// first and last token.
fn print_inputs(row: &Row, extractor: &Extractor, parser: &Parser) {
    let parse = parser.parse_uncut(&row.document);
    for sight in extractor.sights(&row.document, &parse) {
        let mut json = row.json.clone();
        add(&mut json, &sight);
        println!("{json}");
    }
}

fn add(json: &mut Value, sight: &Sight) {
    let tokens = sight.tokens.iter().map(|t| json!([t.start(), t.end()]));
    let mentions = sight.mentions.iter();
    let mentions = mentions.map(|m| json!([m.first, m.last, m.code.as_str()]));
    json["tokens"] = tokens.collect();
    json["mentions"] = mentions.collect();
    json["pieces"] = json!(sight.pieces);
    json["owner"] = json!(sight.owner);
    json["seen"] = json!(sight.seen);
    json["width"] = json!(sight.width);
    json["pairs"] = json!(sight.pairs);
}
