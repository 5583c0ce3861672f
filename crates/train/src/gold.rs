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

impl Row {
    /// The id of its article, which decides the part it belongs to.
    pub fn article(&self) -> &str {
        let id = self.json["id"].as_str().unwrap_or_default();
        id.split('#').next().unwrap_or_default()
    }

    /// The claims that a reader marked.
    pub fn claims(&self) -> &[Value] {
        self.json["claims"].as_array().map_or(&[], Vec::as_slice)
    }

    /// Byte ranges of some words of the sentence: the marked one, else every place where they stand.
    pub fn places(&self, words: &str, at: Option<u64>) -> Vec<std::ops::Range<usize>> {
        let text = self.document.text();
        if let Some(chars) = at {
            let start = text.char_indices().nth(chars as usize).map(|(i, _)| i);
            return start.map(|s| s..s + words.len()).into_iter().collect();
        }
        let found = text.match_indices(words);
        found.map(|(i, w)| i..i + w.len()).collect()
    }
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
