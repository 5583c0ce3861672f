//! How surely, and said by whom: the words about an act that tell.

use base::{Language, Realis, Side, Voice};

use crate::actors::Mention;
use crate::frames::{Scene, Sides};

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

const SAY_ARABIC: &[&str] = &[
    "قال",
    "قالت",
    "قالوا",
    "يقول",
    "تقول",
    "اعلن",
    "اعلنت",
    "يعلن",
    "اكد",
    "اكدت",
    "يؤكد",
    "ذكر",
    "ذكرت",
    "افاد",
    "افادت",
    "صرح",
    "صرحت",
    "اضاف",
    "اضافت",
    "اوضح",
    "اوضحت",
    "اعتبر",
    "اعتبرت",
    "كشف",
    "كشفت",
    "نقل",
    "نقلت",
    "راي",
    "اشار",
    "اشارت",
    "شدد",
    "شددت",
    "لفت",
    "لفتت",
    "زعم",
    "زعمت",
    "وفقا",
    "بحسب",
    "حسب",
    "وفق",
];
const SAY_ENGLISH: &[&str] = &[
    "said",
    "says",
    "say",
    "told",
    "reported",
    "announced",
    "according",
    "claimed",
    "claims",
    "stated",
    "confirmed",
    "reports",
    "added",
    "warned",
];

/// A place where someone speaks, and who.
pub(crate) struct Speech {
    at: usize,
    voice: Side,
}

/// Those whom the sentence gives as the origin of what it tells.
pub(crate) fn voices(scene: &Scene<'_>) -> Vec<Speech> {
    let words = if scene.language == Language::Arabic {
        SAY_ARABIC
    } else {
        SAY_ENGLISH
    };
    let mut found: Vec<Speech> = Vec::new();
    for (at, token) in scene.tokens.iter().enumerate() {
        if !token
            .cuts
            .iter()
            .any(|c| !c.article && c.prefix.len() <= 2 && words.contains(&c.stem.as_str()))
        {
            continue;
        }
        let after = scene
            .mentions
            .iter()
            .find(|m| m.first > at && m.first - at <= 5 && !stops(scene, at, m.first));
        let before = scene
            .mentions
            .iter()
            .rfind(|m| m.last < at && at - m.last <= 4);
        let according = ["وفقا", "بحسب", "حسب", "وفق", "according"]
            .iter()
            .any(|w| token.folded.ends_with(w));
        let who: Option<&Mention> = if scene.language == Language::Arabic || according {
            after.or(before)
        } else {
            before.or(after)
        };
        found.extend(who.map(|m| Speech {
            at,
            voice: m.side(),
        }));
    }
    found
}

fn stops(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.tokens[from + 1..to].iter().any(|t| {
        matches!(
            t.folded.as_str(),
            "ان" | "بان" | "that" | ":" | "\"" | "«" | "“" | "."
        )
    })
}

/// The chain of one claim, without a speaker who acts in words himself.
pub(crate) fn said_by(
    scene: &Scene<'_>,
    voices: &[Speech],
    at: usize,
    sides: &Sides,
) -> Vec<Voice> {
    let near = voices.iter().rfind(|v| v.at < at).or_else(|| {
        voices
            .iter()
            .find(|v| v.at > at && (scene.language == Language::English || v.at - at > 3))
    });
    let own = |v: &Speech| {
        sides
            .source
            .iter()
            .any(|s| s.code == v.voice.code && s.span == v.voice.span)
    };
    near.filter(|v| !own(v))
        .map(|v| Voice::Named(v.voice.clone()))
        .into_iter()
        .collect()
}

/// How the text presents an act: the nearest cue before it, its own future mark, else as a fact.
pub(crate) fn realis(scene: &Scene<'_>, at: usize, subject: Option<usize>) -> Realis {
    let token = &scene.tokens[at];
    if scene.language == Language::Arabic
        && token.folded.starts_with("سي") | token.folded.starts_with("ست")
    {
        return Realis::Planned;
    }
    if scene.language == Language::Arabic && token.folded.starts_with("لل") && subject.is_some() {
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
