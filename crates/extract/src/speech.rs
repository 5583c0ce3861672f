//! Words of saying, and who speaks at each.

use base::Language;

use crate::mentions::MentionKind;
use crate::scene::Scene;
use crate::tokens::Token;

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

/// A word of saying at its place.
pub(crate) struct Speech {
    pub(crate) at: usize,
    /// Its form, folded.
    pub(crate) word: String,
    /// On which side its speaker stands.
    pub(crate) shape: &'static str,
    /// The mention that speaks, where one does.
    pub(crate) speaker: Option<usize>,
}

/// The words of saying of a sentence.
pub(crate) fn speeches(scene: &Scene<'_>) -> Vec<Speech> {
    (0..scene.tokens.len())
        .filter(|&at| says(&scene.tokens[at], scene.language))
        .map(|at| speech(scene, at))
        .collect()
}

fn says(token: &Token, language: Language) -> bool {
    let words = if language == Language::Arabic {
        SAY_ARABIC
    } else {
        SAY_ENGLISH
    };
    token
        .cuts
        .iter()
        .any(|c| !c.article && c.prefix.len() <= 2 && words.contains(&c.stem.as_str()))
}

fn speech(scene: &Scene<'_>, at: usize) -> Speech {
    let word = scene.tokens[at].folded.clone();
    let after = scene
        .mentions
        .iter()
        .position(|m| m.first > at && m.first - at <= 6 && !stops(scene, at, m.first));
    let before = scene
        .mentions
        .iter()
        .rposition(|m| m.last < at && at - m.last <= 5 && m.kind != MentionKind::City);
    let according = ["وفقا", "بحسب", "حسب", "وفق", "according"]
        .iter()
        .any(|w| word.ends_with(w));
    let (speaker, shape) = if scene.language == Language::Arabic || according {
        (
            after.or(before),
            if after.is_some() { "after" } else { "before" },
        )
    } else {
        (
            before.or(after),
            if before.is_some() { "before" } else { "after" },
        )
    };
    Speech {
        at,
        word,
        shape: if according { "according" } else { shape },
        speaker,
    }
}

fn stops(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.tokens[from + 1..to].iter().any(|t| {
        matches!(
            t.folded.as_str(),
            "ان" | "بان" | "that" | ":" | "\"" | "«" | "“" | "."
        )
    })
}
