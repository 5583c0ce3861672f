//! Claims and documents as they lie in the tables.

use base::{
    Basis, Block, BlockKind, Claim, ClaimParts, Confidence, Dated, Day, Document, DocumentId, Kind,
    Language, Realis, Side, Span, Timestamp, Voice, When,
};
use rusqlite::Row;
use serde_json::{Value, json};

use crate::StoreError;

fn span(span: Span) -> Value {
    json!([span.start(), span.end()])
}

fn side(side: &Side) -> Value {
    json!([side.code.as_str(), side.span.start(), side.span.end()])
}

fn voice(voice: &Voice) -> Value {
    match voice {
        Voice::Named(named) => side(named),
        Voice::Unnamed(at) => json!([null, at.start(), at.end()]),
    }
}

/// What the columns of a claim do not hold, as JSON.
pub(crate) fn write_parts(parts: &ClaimParts) -> String {
    let basis = match parts.when.basis {
        Basis::Stated(at) => json!(["stated", at.start(), at.end()]),
        Basis::Counted(at) => json!(["counted", at.start(), at.end()]),
        Basis::Assumed => Value::Null,
    };
    let value = json!({
        "t": span(parts.trigger), "e": span(parts.evidence),
        "s": parts.source.iter().map(side).collect::<Vec<_>>(),
        "o": parts.target.iter().map(side).collect::<Vec<_>>(),
        "v": parts.said_by.iter().map(voice).collect::<Vec<_>>(),
        "w": basis, "p": parts.place.map(span), "a": parts.aim_of.map(span), "r": parts.rule,
    });
    value.to_string()
}

/// Reads spans of one text, none of which may lie outside it.
struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn span(&self, start: &Value, end: &Value) -> Option<Span> {
        let (start, end) = (start.as_u64()? as usize, end.as_u64()? as usize);
        self.text.get(start..end).map(|_| Span::of(start..end))
    }

    fn pair(&self, value: &Value) -> Option<Span> {
        self.span(&value[0], &value[1])
    }

    fn sides(&self, value: &Value) -> Option<Vec<Side>> {
        let side = |v: &Value| {
            Some(Side {
                code: v[0].as_str()?.parse().ok()?,
                span: self.span(&v[1], &v[2])?,
            })
        };
        value.as_array()?.iter().map(side).collect()
    }

    fn voices(&self, value: &Value) -> Option<Vec<Voice>> {
        let voice = |v: &Value| {
            let span = self.span(&v[1], &v[2])?;
            match v[0].as_str() {
                Some(code) => Some(Voice::Named(Side {
                    code: code.parse().ok()?,
                    span,
                })),
                None => Some(Voice::Unnamed(span)),
            }
        };
        value.as_array()?.iter().map(voice).collect()
    }

    fn basis(&self, value: &Value) -> Option<Basis> {
        match value[0].as_str() {
            Some("stated") => Some(Basis::Stated(self.span(&value[1], &value[2])?)),
            Some("counted") => Some(Basis::Counted(self.span(&value[1], &value[2])?)),
            _ => Some(Basis::Assumed),
        }
    }
}

/// The columns of a claim, in the order that [`CLAIM_COLUMNS`] asks for them.
pub(crate) const CLAIM_COLUMNS: &str = "claim.id, claim.document, claim.kind, claim.realis, claim.day, claim.confidence, claim.parts, document.text";

/// Reads a claim and holds its spans against its text.
pub(crate) fn claim(row: &Row<'_>) -> Result<Claim, StoreError> {
    let (id, document): (String, String) = (row.get(0)?, row.get(1)?);
    let (kind, realis): (String, String) = (row.get(2)?, row.get(3)?);
    let (parts, text): (String, String) = (row.get(6)?, row.get(7)?);
    let day: Option<i32> = row.get(4)?;
    let confidence: f32 = row.get(5)?;
    let made = || {
        let value: Value = serde_json::from_str(&parts).ok()?;
        let reader = Reader { text: &text };
        let parts = ClaimParts {
            trigger: reader.pair(&value["t"])?,
            evidence: reader.pair(&value["e"])?,
            kind: Kind::from_name(&kind)?,
            source: reader.sides(&value["s"])?,
            target: reader.sides(&value["o"])?,
            realis: Realis::from_name(&realis)?,
            said_by: reader.voices(&value["v"])?,
            when: When {
                day: day.map(Day::from_number),
                basis: reader.basis(&value["w"])?,
            },
            place: reader.pair(&value["p"]),
            aim_of: reader.pair(&value["a"]),
            confidence: Confidence::new(confidence),
            rule: value["r"].as_str()?.to_string(),
        };
        Claim::new(&DocumentId(document.clone()), parts)
    };
    made().ok_or(StoreError::Damaged {
        what: "claim",
        id: id.clone(),
    })
}

/// The blocks of a document as JSON.
pub(crate) fn write_blocks(document: &Document) -> String {
    let blocks = document.blocks().iter();
    let blocks = blocks.map(|b| json!([b.kind.name(), b.span.start(), b.span.end()]));
    Value::Array(blocks.collect()).to_string()
}

/// The basis of a day of publication, as JSON; `None` for a page's metadata.
pub(crate) fn write_basis(dated: Option<Dated>) -> Option<String> {
    let basis = dated?.basis?;
    let place = basis.span().map(|s| (s.start(), s.end()));
    Some(json!([basis.name(), place.map(|p| p.0), place.map(|p| p.1)]).to_string())
}

/// The columns of a document, in the order that [`document`] reads them.
pub(crate) const DOCUMENT_COLUMNS: &str = "document.id, document.outlet, document.url, document.author, document.language, document.published, document.published_basis, document.available, document.text, document.blocks";

/// Reads a document.
pub(crate) fn document(row: &Row<'_>) -> Result<Document, StoreError> {
    let id: String = row.get(0)?;
    let (language, text, blocks): (String, String, String) =
        (row.get(4)?, row.get(8)?, row.get(9)?);
    let (day, basis): (Option<i32>, Option<String>) = (row.get(5)?, row.get(6)?);
    let available = Timestamp(row.get(7)?);
    let reader = Reader { text: &text };
    let damaged = || StoreError::Damaged {
        what: "document",
        id: id.clone(),
    };
    let block = |v: &Value| {
        Some(Block {
            kind: BlockKind::from_name(v[0].as_str()?)?,
            span: reader.span(&v[1], &v[2])?,
        })
    };
    let blocks: Value = serde_json::from_str(&blocks).map_err(|_| damaged())?;
    let blocks: Option<Vec<Block>> = blocks
        .as_array()
        .and_then(|b| b.iter().map(block).collect());
    let blocks = blocks.ok_or_else(damaged)?;
    let pieces = blocks.iter().map(|b| (b.kind, &text[b.span.range()]));
    let made = Document::new(pieces, Language::from_code(&language), available);
    let made = made.map_err(|_| damaged())?;
    let basis = match basis {
        Some(written) => {
            let value: Value = serde_json::from_str(&written).map_err(|_| damaged())?;
            Some(reader.basis(&value).ok_or_else(damaged)?)
        }
        None => None,
    };
    let published = day.map(|d| Dated {
        day: Day::from_number(d),
        basis,
    });
    let made = made.described(row.get(1)?, row.get(2)?, row.get(3)?, published);
    if made.id().0 != id {
        return Err(damaged());
    }
    Ok(made)
}
