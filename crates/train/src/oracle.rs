//! What the tables cannot find, whatever the judge would say: the ceiling of accuracy.

use base::Document;
use extract::{Candidate, Extractor};
use parse::Parser;
use serde_json::Value;

use crate::examples::overlap;
use crate::gold::Row;

/// Prints a line for each marked act or actor that the tables lack.
pub fn report(rows: &[Row]) {
    let (extractor, parser) = (Extractor::load(), Parser::load());
    for row in rows {
        let parse = parser.parse_uncut(&row.document);
        let candidates = extractor.candidates(&row.document, &parse);
        for claim in row.claims() {
            print_act(row, claim, &candidates);
        }
        let mentions = extractor.actors(&row.document, &parse);
        let sides: Vec<base::Side> = mentions.iter().map(extract::Mention::side).collect();
        for claim in row.claims() {
            for field in ["source", "target", "said_by"] {
                print_actors(row, &claim[field], field, &sides);
            }
        }
    }
}

fn print_act(row: &Row, claim: &Value, candidates: &[Candidate]) {
    let trigger = claim["trigger"].as_str().unwrap_or_default();
    let kind = claim["type"].as_str().unwrap_or_default();
    let places = row.places(trigger, claim["trigger_at"].as_u64());
    let here: Vec<&Candidate> = candidates
        .iter()
        .filter(|c| places.iter().any(|p| overlap(p, &c.trigger.range())))
        .collect();
    let state = if here.iter().any(|c| c.kind.name() == kind) {
        "found"
    } else if here.is_empty() {
        "no word"
    } else {
        "other type"
    };
    println!(
        "act\t{}\t{state}\t{kind}\t{trigger}",
        row.document.language.code()
    );
}

fn print_actors(row: &Row, actors: &Value, field: &str, sides: &[base::Side]) {
    for actor in actors.as_array().map_or(&[][..], Vec::as_slice) {
        let words = actor["text"].as_str().unwrap_or_default();
        let code = actor["code"].as_str().unwrap_or_default();
        let root = code.split('-').next().unwrap_or_default();
        let places = row.places(words, actor["at"].as_u64());
        let here: Vec<&base::Side> = sides
            .iter()
            .filter(|s| places.iter().any(|p| overlap(p, &s.span.range())))
            .collect();
        let state = if here.iter().any(|s| s.code.root() == root) {
            "found"
        } else if here.is_empty() {
            "no name"
        } else {
            "other code"
        };
        let codes: Vec<&str> = here.iter().map(|s| s.code.as_str()).collect();
        println!(
            "actor\t{}\t{state}\t{field}\t{code}\t{words}\t{}\t{}",
            row.document.language.code(),
            codes.join(","),
            slice(&row.document, &places)
        );
    }
}

/// The words around the first of some places.
fn slice(document: &Document, places: &[std::ops::Range<usize>]) -> String {
    let text = document.text();
    let Some(place) = places.first() else {
        return String::new();
    };
    let start = text[..place.start]
        .char_indices()
        .rev()
        .nth(25)
        .map_or(0, |(i, _)| i);
    let end = text[place.end..]
        .char_indices()
        .nth(35)
        .map_or(text.len(), |(i, _)| place.end + i);
    text[start..end].replace(['\n', '\t'], " ")
}
