//! Read sentences with the claims that a reader marked in them.

use std::path::Path;

use anyhow::{Context, Result};
use base::{BlockKind, Document, Language, Timestamp};
use serde_json::Value;

/// One sentence of a gold file.
pub struct Row {
    /// The sentence as a document of one block.
    pub document: Document,
    /// The whole row.
    pub json: Value,
}

/// The rows of one file of JSON lines.
pub fn read(path: &Path) -> Result<Vec<Row>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let row = |line: &str| -> Result<Row> {
        let json: Value = serde_json::from_str(line)?;
        let written = json["text"].as_str().unwrap_or_default();
        let language = Language::from_code(json["lang"].as_str().unwrap_or("und"));
        let pieces = [(BlockKind::Paragraph, written)];
        let mut document = Document::new(pieces, language, Timestamp(0))?;
        let day = json["date"].as_str().and_then(|d| d.parse().ok());
        document = document.described(
            json["outlet"].as_str().map(str::to_string),
            None,
            None,
            day.map(|day| base::Dated { day, basis: None }),
        );
        Ok(Row { document, json })
    };
    let lines = text.split('\n').filter(|l| !l.trim().is_empty());
    lines
        .map(|line| row(line).with_context(|| format!("a row of {}", path.display())))
        .collect()
}
