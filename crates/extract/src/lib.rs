//! Claims from sentences, by tables of actors and words of act and by rules.
//!
//! The tables are plain files in `data/`; the rules say who stands where about a
//! word of act. Once loaded nothing here can fail.

mod actors;
mod cues;
mod frames;
mod lexicon;
mod tokens;

use base::{Basis, Claim, ClaimParts, Confidence, DocumentId, Language, Span, Voice, When};

pub use actors::{Actors, Mention, MentionKind};
pub use lexicon::Lexicon;

/// All tables and rules, loaded once.
pub struct Extractor {
    actors: Actors,
    lexicon: Lexicon,
}

impl Extractor {
    /// Loads the tables that are built in.
    #[must_use]
    pub fn load() -> Extractor {
        Extractor {
            actors: Actors::load(),
            lexicon: Lexicon::load(),
        }
    }

    /// The actors that a sentence names, in reading order.
    #[must_use]
    pub fn actors(&self, text: &str, language: Language) -> Vec<Mention> {
        self.actors
            .mentions(&tokens::read(text, language), language)
    }

    /// The claims of one sentence, in the order of their triggers.
    ///
    /// Spans are bytes of `text`.
    #[must_use]
    pub fn sentence(&self, document: &DocumentId, text: &str, language: Language) -> Vec<Claim> {
        let tokens = tokens::read(text, language);
        let mentions = self.actors.mentions(&tokens, language);
        let scene = frames::Scene {
            tokens: &tokens,
            mentions: &mentions,
            language,
        };
        let voices = cues::voices(&scene);
        let mut found: Vec<Claim> = Vec::new();
        let mut taken = vec![false; tokens.len()];
        for mention in mentions.iter().filter(|m| m.kind != MentionKind::Adjective) {
            taken[mention.first..=mention.last].fill(true);
        }
        for act in self.lexicon.acts(&tokens, &taken, language) {
            let Some(sides) = frames::sides(&scene, &act) else {
                continue;
            };
            let said_by: Vec<Voice> = cues::said_by(&scene, &voices, act.first, &sides);
            let parts = ClaimParts {
                trigger: tokens[act.first].span.join(tokens[act.last].span),
                evidence: Span::of(0..text.len()),
                kind: act.entry.kind,
                source: sides.source,
                target: sides.target,
                realis: act
                    .entry
                    .realis
                    .unwrap_or_else(|| cues::realis(&scene, act.first, sides.subject)),
                said_by,
                when: When {
                    day: None,
                    basis: Basis::Assumed,
                },
                place: None,
                aim_of: None,
                confidence: Confidence::new(act.entry.weight * sides.certainty),
                rule: format!(
                    "{} {}: {}",
                    act.entry.class.name(),
                    act.entry.lemma,
                    sides.rule
                ),
            };
            let repeats = |c: &Claim| {
                c.parts().kind == parts.kind
                    && c.parts().source == parts.source
                    && c.parts().target == parts.target
            };
            if !found.iter().any(repeats) {
                found.extend(Claim::new(document, parts));
            }
        }
        found
    }
}
