//! Claims from sentences, by tables of actors and words of act and by rules.
//!
//! The tables are plain files in `data/`; the rules say who stands where about a
//! word of act. Once loaded nothing here can fail.

mod actors;
mod cues;
mod frames;
mod judge;
mod lexicon;
mod tokens;

use base::{
    Basis, Claim, ClaimParts, Confidence, DocumentId, Kind, Language, Side, Span, Voice, When,
};

pub use actors::{Actors, Mention, MentionKind};
pub use lexicon::Lexicon;

/// All tables and rules, loaded once.
pub struct Extractor {
    actors: Actors,
    lexicon: Lexicon,
    judge: judge::Judge,
}

impl Extractor {
    /// Loads the tables that are built in.
    #[must_use]
    pub fn load() -> Extractor {
        Extractor {
            actors: Actors::load(),
            lexicon: Lexicon::load(),
            judge: judge::Judge::load(),
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
        let read = self.read(text, language);
        let scene = read.scene(language);
        let voices = cues::voices(&scene);
        let mut found: Vec<Claim> = Vec::new();
        for readings in self.lexicon.acts(&read.tokens, &read.taken, language) {
            let judged = readings.iter().filter_map(|act| {
                let rules = frames::sides(&scene, act);
                self.judge
                    .judge(&scene, act, rules.as_ref())
                    .map(|j| (act, j))
            });
            let Some((act, judged)) = judged.max_by(|a, b| a.1.chance.total_cmp(&b.1.chance))
            else {
                continue;
            };
            if judged.chance < CLAIM_FLOOR {
                continue;
            }
            let parts = claim_parts(&scene, &voices, act, judged, text);
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

    /// Every reading of every word of act with the features that the judge weighs, for training.
    #[must_use]
    pub fn candidates(&self, text: &str, language: Language) -> Vec<Candidate> {
        let read = self.read(text, language);
        let scene = read.scene(language);
        let acts = self
            .lexicon
            .acts(&read.tokens, &read.taken, language)
            .into_iter()
            .flatten();
        acts.map(|act| {
            let rules = frames::sides(&scene, &act);
            let of = |role, n| judge::side_features(&scene, &act, n, role, rules.as_ref());
            Candidate {
                trigger: act.span(&read.tokens),
                kind: act.entry.kind,
                features: judge::act_features(&scene, &act, rules.as_ref()),
                sides: (0..read.mentions.len())
                    .map(|n| (read.mentions[n].side(), of("s", n), of("t", n)))
                    .collect(),
            }
        })
        .collect()
    }

    fn read(&self, text: &str, language: Language) -> Read {
        let tokens = tokens::read(text, language);
        let mentions = self.actors.mentions(&tokens, language);
        let mut taken = vec![false; tokens.len()];
        for mention in mentions.iter().filter(|m| m.kind != MentionKind::Adjective) {
            taken[mention.first..=mention.last].fill(true);
        }
        Read {
            tokens,
            mentions,
            taken,
        }
    }
}

/// A claim is made from this chance on.
const CLAIM_FLOOR: f32 = 0.4;

/// One reading of a word of act, as the judge sees it.
pub struct Candidate {
    /// The words of act.
    pub trigger: Span,
    /// The type that the reading has.
    pub kind: Kind,
    /// What speaks for or against the act.
    pub features: Vec<String>,
    /// Each mention with what speaks for it as source, and as target.
    pub sides: Vec<(Side, Vec<String>, Vec<String>)>,
}

struct Read {
    tokens: Vec<tokens::Token>,
    mentions: Vec<Mention>,
    taken: Vec<bool>,
}

impl Read {
    fn scene(&self, language: Language) -> frames::Scene<'_> {
        frames::Scene {
            tokens: &self.tokens,
            mentions: &self.mentions,
            language,
        }
    }
}

fn claim_parts(
    scene: &frames::Scene<'_>,
    voices: &[cues::Speech],
    act: &lexicon::Act,
    judged: judge::Judgement,
    text: &str,
) -> ClaimParts {
    let sides = judged.sides;
    let said_by: Vec<Voice> = cues::said_by(scene, voices, act.first, &sides);
    ClaimParts {
        trigger: act.span(scene.tokens),
        evidence: Span::of(0..text.len()),
        kind: act.entry.kind,
        realis: act
            .entry
            .realis
            .unwrap_or_else(|| cues::realis(scene, act.first, sides.subject)),
        said_by,
        when: When {
            day: None,
            basis: Basis::Assumed,
        },
        place: None,
        aim_of: None,
        confidence: Confidence::new(judged.chance),
        rule: format!(
            "{} {}: {} [{}]",
            act.entry.class.name(),
            act.entry.lemma,
            sides.rule,
            judged.reasons.join("; ")
        ),
        source: sides.source,
        target: sides.target,
    }
}
