//! How values look in JSON, said once.

use base::{Basis, Claim, Dated, Document, Relation, Side, Span, Voice};
use serde_json::{Value, json};

/// An actor of a sentence.
pub(crate) fn side(side: &Side, text: &str) -> Value {
    json!({"text": &text[side.span.range()], "code": side.code.as_str()})
}

fn words(span: Span, text: &str) -> Value {
    json!({"start": span.start(), "end": span.end(), "text": &text[span.range()]})
}

/// A claim with its words; every span is bytes of the document's text.
pub(crate) fn claim(claim: &Claim, text: &str) -> Value {
    let parts = claim.parts();
    let side = |s: &Side| side(s, text);
    let voice = |v: &Voice| match v {
        Voice::Named(s) => side(s),
        Voice::Unnamed(span) => json!({"text": &text[span.range()], "code": "XXX"}),
    };
    let when = parts.when.basis.span().map(|span| &text[span.range()]);
    json!({
        "claim": claim.id().0,
        "trigger": &text[parts.trigger.range()],
        "type": parts.kind.name(),
        "source": parts.source.iter().map(side).collect::<Vec<_>>(),
        "target": parts.target.iter().map(side).collect::<Vec<_>>(),
        "realis": parts.realis.name(),
        "said_by": parts.said_by.iter().map(voice).collect::<Vec<_>>(),
        "when": when,
        "where": parts.place.map(|span| &text[span.range()]),
        "day": parts.when.day.map(|d| d.to_string()),
        "day_basis": parts.when.basis.name(),
        "aim_of": parts.aim_of.map(|span| &text[span.range()]),
        "confidence": rounded(f64::from(parts.confidence.value())),
        "rule": parts.rule,
        "span": {"start": parts.trigger.start(), "end": parts.trigger.end()},
        "evidence": words(parts.evidence, text),
    })
}

/// A claim as it is listed: with its document.
pub(crate) fn listed(own: &Claim, document: &Document) -> Value {
    let mut value = claim(own, document.text());
    value["document"] = json!(own.document().0);
    value["outlet"] = json!(document.outlet);
    value["published"] = json!(document.published.map(|p| p.day.to_string()));
    value["language"] = json!(document.language.code());
    value
}

/// Three digits after the point.
pub(crate) fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

/// The name of a basis of publication.
pub(crate) fn published_basis(dated: Dated) -> &'static str {
    dated.basis.map_or("metadata", Basis::name)
}

/// A document without its text.
pub(crate) fn document(document: &Document) -> Value {
    let title = document.title().map(|t| document.slice(t));
    json!({
        "id": document.id().0,
        "title": title,
        "outlet": document.outlet,
        "url": document.url,
        "author": document.author,
        "language": document.language.code(),
        "published": document.published.map(|p| p.day.to_string()),
        "published_basis": document.published.map(published_basis),
        "published_words": document.published.and_then(|p| p.basis).and_then(Basis::span).map(|s| document.slice(s)),
    })
}

/// The pieces of a document with their kinds.
pub(crate) fn blocks(document: &Document) -> Value {
    let block = |b: &base::Block| json!({"kind": b.kind.name(), "start": b.span.start(), "end": b.span.end(), "text": document.slice(b.span)});
    document.blocks().iter().map(block).collect()
}

/// A relation with its counts, its tone by month and the claims behind it.
pub(crate) fn relation(relation: &Relation) -> Value {
    let mut quads = std::collections::BTreeMap::new();
    for (kind, count) in &relation.counts {
        *quads.entry(kind.quad().name()).or_insert(0_u32) += count;
    }
    let types: std::collections::BTreeMap<_, _> =
        relation.counts.iter().map(|(k, n)| (k.name(), n)).collect();
    let months: Vec<Value> = network::by_month(relation)
        .iter()
        .map(|(day, tone, count)| json!({"month": &day.to_string()[..7], "tone": rounded(tone.value()), "claims": count}))
        .collect();
    json!({
        "from": relation.dyad.from(),
        "to": relation.dyad.to(),
        "tone": relation.tone.map(|t| rounded(t.value())),
        "types": types,
        "quads": quads,
        "months": months,
        "claims": relation.claims.iter().map(|c| &c.0).collect::<Vec<_>>(),
    })
}
