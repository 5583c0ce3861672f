//! The stages in their order: read, parse, extract, keep.

pub(crate) mod benchmark;
pub(crate) mod blocs;
pub(crate) mod fetch;
pub(crate) mod inputs;
pub(crate) mod run;
pub(crate) mod table;

use std::path::Path;

use anyhow::{Context, Result};
use base::{Claim, Document};
use extract::Extractor;
use parse::Parser;

/// The stages, loaded once and shared by all workers.
pub(crate) struct Engine {
    parser: Parser,
    extractor: Extractor,
    coder: String,
}

impl Engine {
    /// Loads what is built in, and a user's own table of actors.
    pub(crate) fn load(actors: Option<&Path>) -> Result<Engine> {
        let mut extractor = Extractor::load();
        let mut weights = blake3::Hasher::new();
        for part in Extractor::weights() {
            weights.update(part);
        }
        let weights = weights.finalize().to_hex();
        let mut coder = format!("coder {} {}", env!("CARGO_PKG_VERSION"), &weights[..8]);
        if let Some(path) = actors {
            let table = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the actors of {}", path.display()))?;
            extractor
                .add_actors(&table)
                .with_context(|| format!("cannot use the actors of {}", path.display()))?;
            let hash = blake3::hash(table.as_bytes()).to_hex();
            coder = format!("{coder}, actors {}", &hash[..8]);
        }
        Ok(Engine {
            parser: Parser::load(),
            extractor,
            coder,
        })
    }

    /// The name of the coder, by which claims made by another are told.
    pub(crate) fn coder(&self) -> &str {
        &self.coder
    }

    /// What a document claims.
    pub(crate) fn claims(&self, document: &Document) -> Vec<Claim> {
        let parse = self.parser.parse(document);
        self.extractor.extract(document, &parse)
    }

    /// Claims as the store holds them, each with the words that made the coder take it.
    pub(crate) fn explained(&self, document: &Document, claims: Vec<Claim>) -> Vec<Claim> {
        let parse = self.parser.parse(document);
        let mut told = self.extractor.explain(document, &parse);
        let explain = |own: Claim| match told.iter().position(|t| t.id() == own.id()) {
            Some(nth) => told.swap_remove(nth),
            None => own,
        };
        claims.into_iter().map(explain).collect()
    }

    /// The actors and claims of a text that its sender calls one sentence, unless it is long.
    pub(crate) fn sentence(&self, document: &Document) -> (Vec<base::Side>, Vec<Claim>) {
        let text = document.text();
        let parse = if text.len() <= 2000 && !text.contains('\n') {
            self.parser.parse_uncut(document)
        } else {
            self.parser.parse(document)
        };
        let actors = self.extractor.actors(document, &parse);
        let sides = actors.iter().map(extract::Mention::side).collect();
        (sides, self.extractor.extract(document, &parse))
    }
}
