//! Words of saying, and who speaks at each.

use base::Language;

use crate::cues::{Cues, Order};
use crate::mentions::MentionKind;
use crate::scene::Scene;

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
pub(crate) fn speeches(scene: &Scene<'_>, cues: &Cues) -> Vec<Speech> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < scene.tokens.len() {
        match cues.says(scene.tokens, at, scene.language) {
            Some((order, last)) => {
                found.push(speech(scene, at, last, order));
                at = last + 1;
            }
            None => at += 1,
        }
    }
    found
}

fn speech(scene: &Scene<'_>, at: usize, last: usize, order: Order) -> Speech {
    let after = scene
        .mentions
        .iter()
        .position(|m| m.first > last && m.first - last <= 6 && !stops(scene, last, m.first));
    let before = scene
        .mentions
        .iter()
        .rposition(|m| m.last < at && at - m.last <= 5 && m.kind != MentionKind::City);
    let after_first = scene.language == Language::Arabic || order != Order::Subject;
    let (speaker, side) = match (after_first, after, before) {
        (true, Some(n), _) => (Some(n), "after"),
        (true, None, n) => (n.filter(|_| order != Order::After), "before"),
        (false, _, Some(n)) => (Some(n), "before"),
        (false, n, None) => (n, "after"),
    };
    Speech {
        at,
        word: scene.tokens[at].folded.clone(),
        shape: match order {
            Order::After => "according",
            Order::Owner => "owner",
            Order::Subject => side,
        },
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
