//! What speaks for or against a telling of an act: who says so (`V`), and how surely (`R`).

use base::{Language, Pos};

use crate::evidence::{Place, head, tail, word_at};
use crate::features::{Features, bucket, few};
use crate::lexicon::Act;
use crate::scene::Scene;
use crate::speech::Speech;

/// What speaks for or against a mention being who says so.
pub(crate) fn of_voice(
    scene: &Scene<'_>,
    act: &Act,
    nth: usize,
    speeches: &[Speech],
    side: &'static str,
    named: bool,
) -> Features {
    let place = Place::new(scene, act, nth);
    let m = place.mention;
    let l = scene.language.code();
    let words = if act.entry.kind.is_speech() {
        "words"
    } else {
        "deed"
    };
    let own = speeches
        .iter()
        .filter(|s| s.speaker == Some(nth))
        .min_by_key(|s| s.at.abs_diff(act.first));
    let order = place.order;
    let mut f = Features::new(named);
    let mut add = |rest: &[&str]| {
        let mut parts = vec!["V", l];
        parts.extend_from_slice(rest);
        f.add(&parts);
    };
    add(&[]);
    add(&[m.kind.name()]);
    add(&[side, words]);
    add(&[side, act.entry.kind.name()]);
    add(&[order, place.near]);
    add(&["b", word_at(scene, m.first.checked_sub(1))]);
    add(&["a", word_at(scene, Some(m.last + 1))]);
    add(&["short", order, &place.short]);
    let top = scene.syntax.top(act.first, act.last);
    let arcs = scene.syntax.path(scene.tops[nth], top);
    add(&["arcs", &arcs]);
    add(&["arcs", side, words, &arcs]);
    match own {
        Some(speech) => {
            let after_speech = if act.first > speech.at {
                "then"
            } else {
                "earlier"
            };
            let between = scene.path(speech.at.min(act.first) + 1, speech.at.max(act.first));
            let mark = between
                .iter()
                .find(|c| matches!(**c, "ان" | "بان" | "انه" | "انها" | "that" | ":" | "\""))
                .copied()
                .unwrap_or("-");
            let nearest = speeches
                .iter()
                .all(|s| s.at.abs_diff(act.first) >= speech.at.abs_diff(act.first));
            let near = if nearest { "nearest" } else { "farther" };
            add(&["says", speech.shape, after_speech]);
            add(&["says", side, words]);
            add(&["says", after_speech, mark]);
            add(&["says", side, words, after_speech, mark]);
            add(&["says", near, after_speech, mark]);
            add(&["says", speech.word.as_str(), after_speech]);
            add(&[
                "says",
                side,
                "acts",
                few(between.iter().filter(|c| matches!(**c, "V" | "N")).count()),
            ]);
            add(&["says", m.kind.name(), after_speech]);
            add(&["says", after_speech, bucket(act.first.abs_diff(speech.at))]);
        }
        None => {
            add(&["silent", side, words]);
            add(&["silent", order, m.kind.name()]);
            add(&[
                "silent",
                if speeches.is_empty() {
                    "none"
                } else {
                    "others"
                },
            ]);
        }
    }
    if place.after {
        add(&[
            "after",
            m.kind.name(),
            if place.high == place.low {
                "next"
            } else {
                "far"
            },
        ]);
    }
    f
}

/// What tells how surely an act is told.
pub(crate) fn of_realis(scene: &Scene<'_>, act: &Act, rule: &str, named: bool) -> Features {
    let l = scene.language.code();
    let class = act.entry.class.name();
    let word = scene.tokens[act.first].folded.as_str();
    let mut f = Features::new(named);
    let mut add = |rest: &[&str]| {
        let mut parts = vec!["R", l];
        parts.extend_from_slice(rest);
        f.add(&parts);
    };
    add(&[]);
    add(&["rule", rule]);
    add(&[class, act.entry.kind.name()]);
    add(&[class, "head", head(word, 1)]);
    add(&[class, "head", head(word, 2)]);
    add(&[class, "tail", tail(word, 3)]);
    add(&[class, scene.tokens[act.first].pos.name()]);
    if scene.language == Language::English && scene.tokens[act.first].pos == Pos::Verb {
        add(&["verb tail", tail(word, 2)]);
    }
    let top = scene.syntax.top(act.first, act.last);
    let own = scene.syntax.word(top);
    add(&[class, "deprel", own.deprel]);
    for child in scene.syntax.children(top) {
        if matches!(
            child.deprel,
            "aux" | "advmod" | "mark" | "case" | "cop" | "aux:pass" | "det"
        ) {
            add(&["child", child.deprel, &child.form]);
        }
    }
    let mut above = scene.syntax.head(top);
    let mut label = own.deprel;
    for step in ["1", "2"] {
        let Some(at) = above else { break };
        let head = scene.syntax.word(at);
        add(&["on", step, label, &head.form]);
        add(&["on", &head.form]);
        for child in scene.syntax.children(at) {
            if matches!(child.deprel, "aux" | "advmod" | "mark") {
                add(&["on child", step, &child.form]);
            }
        }
        label = head.deprel;
        above = scene.syntax.head(at);
    }
    for back in 1..=6 {
        let Some(at) = act.first.checked_sub(back) else {
            add(&["b", bucket(back), "^"]);
            break;
        };
        let token = &scene.tokens[at];
        if back <= 2 {
            add(&[class, "b", bucket(back), &token.folded]);
        }
        add(&["near", &token.folded]);
        for cut in token.cuts.iter().skip(1).filter(|c| !c.article) {
            add(&["near", &cut.stem]);
        }
        if token.is_mark {
            break;
        }
    }
    for at in act.last + 1..=act.last + 3 {
        add(&["a", word_at(scene, Some(at))]);
    }
    f
}
