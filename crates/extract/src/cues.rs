//! How surely: the words about an act that tell.

use base::{Language, Realis};

use crate::scene::Scene;

const CUES: &[(&str, Realis)] = &[
    ("لم", Realis::Denied),
    ("ليس", Realis::Denied),
    ("ليست", Realis::Denied),
    ("لن", Realis::Denied),
    ("نفي", Realis::Denied),
    ("نفت", Realis::Denied),
    ("ينفي", Realis::Denied),
    ("دون", Realis::Denied),
    ("ربما", Realis::Hedged),
    ("يبدو", Realis::Hedged),
    ("يحتمل", Realis::Hedged),
    ("محتمل", Realis::Hedged),
    ("مزعوم", Realis::Hedged),
    ("سوف", Realis::Planned),
    ("مقرر", Realis::Planned),
    ("يعتزم", Realis::Planned),
    ("تعتزم", Realis::Planned),
    ("مقبل", Realis::Planned),
    ("مقبله", Realis::Planned),
    ("مرتقب", Realis::Planned),
    ("مرتقبه", Realis::Planned),
    ("بهدف", Realis::Intended),
    ("هدف", Realis::Intended),
    ("يهدف", Realis::Intended),
    ("تهدف", Realis::Intended),
    ("تسعي", Realis::Intended),
    ("يسعي", Realis::Intended),
    ("اجل", Realis::Intended),
    ("لكي", Realis::Intended),
    ("اذا", Realis::Conditional),
    ("لو", Realis::Conditional),
    ("ضروره", Realis::Conditional),
    ("دعا", Realis::Conditional),
    ("دعت", Realis::Conditional),
    ("طالب", Realis::Conditional),
    ("طالبت", Realis::Conditional),
    ("يجب", Realis::Conditional),
    ("not", Realis::Denied),
    ("n't", Realis::Denied),
    ("never", Realis::Denied),
    ("without", Realis::Denied),
    ("denied", Realis::Denied),
    ("denies", Realis::Denied),
    ("reportedly", Realis::Hedged),
    ("allegedly", Realis::Hedged),
    ("alleged", Realis::Hedged),
    ("suspected", Realis::Hedged),
    ("may", Realis::Hedged),
    ("might", Realis::Hedged),
    ("could", Realis::Hedged),
    ("possible", Realis::Hedged),
    ("will", Realis::Planned),
    ("plans", Realis::Planned),
    ("planned", Realis::Planned),
    ("would", Realis::Conditional),
    ("if", Realis::Conditional),
    ("should", Realis::Conditional),
    ("unless", Realis::Conditional),
    ("aimed", Realis::Intended),
];

/// How the text presents an act: the nearest cue before it, its own future mark, else as a fact.
pub(crate) fn realis(scene: &Scene<'_>, at: usize) -> Realis {
    let token = &scene.tokens[at];
    if scene.language == Language::Arabic
        && token.folded.starts_with("سي") | token.folded.starts_with("ست")
    {
        return Realis::Planned;
    }
    if scene.language == Language::Arabic && token.folded.starts_with("لل") {
        return Realis::Intended;
    }
    let reach = if scene.language == Language::Arabic {
        3
    } else {
        4
    };
    let window = &scene.tokens[at.saturating_sub(reach)..at];
    window
        .iter()
        .rev()
        .take_while(|t| !t.is_mark)
        .find_map(|t| {
            CUES.iter()
                .find(|(word, _)| {
                    t.cuts.iter().any(|c| c.stem == *word)
                        || t.folded.ends_with("n't") && *word == "n't"
                })
                .map(|(_, realis)| *realis)
        })
        .unwrap_or(Realis::Asserted)
}
