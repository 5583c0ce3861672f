//! How values look in JSON, apart from the types.

use base::{Basis, Claim, Side, Voice};
use serde_json::{Value, json};

/// An actor as named at one place of a text.
pub(crate) fn side(side: &Side, text: &str) -> Value {
    json!({"text": &text[side.span.range()], "code": side.code.as_str()})
}

/// A claim of one text, with the fields of the codebook and `confidence` and `rule`.
pub(crate) fn claim(claim: &Claim, text: &str) -> Value {
    let parts = claim.parts();
    let side = |s: &Side| side(s, text);
    let voice = |v: &Voice| match v {
        Voice::Named(s) => side(s),
        Voice::Unnamed(span) => json!({"text": &text[span.range()], "code": "XXX"}),
    };
    let when = match parts.when.basis {
        Basis::Stated(span) | Basis::Counted(span) => Some(&text[span.range()]),
        Basis::Assumed => None,
    };
    json!({
        "trigger": &text[parts.trigger.range()],
        "type": parts.kind.name(),
        "source": parts.source.iter().map(side).collect::<Vec<_>>(),
        "target": parts.target.iter().map(side).collect::<Vec<_>>(),
        "realis": parts.realis.name(),
        "said_by": parts.said_by.iter().map(voice).collect::<Vec<_>>(),
        "when": when,
        "where": parts.place.map(|span| &text[span.range()]),
        "confidence": (f64::from(parts.confidence.value()) * 1000.0).round() / 1000.0,
        "rule": parts.rule,
    })
}
