//! A log-linear judge over what the rules propose: is this word an act here, and who are its sides?
//!
//! Weights are a table of features, `data/judge.tsv`, made by `train/judge.py` from read sentences.
//! What the rules would choose is one feature among the others.

use std::collections::HashMap;

use base::{Language, Side};

use crate::actors::{Mention, MentionKind};
use crate::frames::{Scene, Sides};
use crate::lexicon::Act;

const WEIGHTS: &str = include_str!("../../../data/judge.tsv");
/// A side is taken from this chance on.
const SIDE_FLOOR: f32 = 0.42;
/// The best side is taken from this chance on where no other is.
const ONLY_SIDE_FLOOR: f32 = 0.2;

/// The weights, by feature.
pub(crate) struct Judge {
    weights: HashMap<&'static str, f32>,
}

/// What the judge thinks of one act.
pub(crate) struct Judgement {
    /// Chance that the word is an act here, 0 to 1.
    pub(crate) chance: f32,
    pub(crate) sides: Sides,
    /// The three features that spoke loudest for the act.
    pub(crate) reasons: Vec<String>,
}

impl Judge {
    /// The weights that are built in.
    pub(crate) fn load() -> Judge {
        let read = |line: &'static str| {
            let (feature, weight) = line.split_once('\t')?;
            Some((feature, weight.parse().ok()?))
        };
        Judge {
            weights: WEIGHTS.lines().filter_map(read).collect(),
        }
    }

    fn chance(&self, features: &[String]) -> f32 {
        let sum: f32 = features
            .iter()
            .filter_map(|f| self.weights.get(f.as_str()))
            .sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// The chance of an act and its likeliest sides; `None` where it has none.
    pub(crate) fn judge(
        &self,
        scene: &Scene<'_>,
        act: &Act,
        rules: Option<&Sides>,
    ) -> Option<Judgement> {
        let features = act_features(scene, act, rules);
        let chance = self.chance(&features);
        let of_role = |role| -> Vec<f32> {
            let alone: Vec<f32> = (0..scene.mentions.len())
                .map(|nth| self.chance(&side_features(scene, act, nth, role, rules)))
                .collect();
            scene
                .chains()
                .iter()
                .flat_map(|chain| {
                    let mean = alone[chain.clone()].iter().sum::<f32>() / chain.len() as f32;
                    chain
                        .clone()
                        .map(|n| (alone[n] + mean) / 2.0)
                        .collect::<Vec<_>>()
                })
                .collect()
        };
        let (source, target) = choose(scene.mentions, &of_role("s"), &of_role("t"))?;
        let mut spoken: Vec<(f32, &String)> = features
            .iter()
            .filter_map(|f| self.weights.get(f.as_str()).map(|w| (*w, f)))
            .collect();
        spoken.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let reasons = spoken.iter().take(3).map(|(_, f)| (*f).clone()).collect();
        let sides = |nths: &[usize]| {
            nths.iter()
                .map(|&n| scene.mentions[n].side())
                .collect::<Vec<Side>>()
        };
        let rule = rules.map_or_else(String::new, |r| r.rule.clone());
        let subject = source.first().copied();
        Some(Judgement {
            chance,
            reasons,
            sides: Sides {
                source: sides(&source),
                target: sides(&target),
                subject,
                rule,
            },
        })
    }
}

/// The mentions likeliest in each role; none stands in both, none twice by its code.
fn choose(
    mentions: &[Mention],
    source: &[f32],
    target: &[f32],
) -> Option<(Vec<usize>, Vec<usize>)> {
    let pick = |own: &[f32], other: &[f32], floor: f32| -> Vec<usize> {
        let mut chosen: Vec<usize> = (0..own.len())
            .filter(|&n| own[n] >= floor && own[n] >= other[n])
            .collect();
        chosen.sort_by(|a, b| own[*b].total_cmp(&own[*a]));
        let mut kept: Vec<usize> = Vec::new();
        for n in chosen {
            if !kept.iter().any(|&k| mentions[k].code == mentions[n].code) {
                kept.push(n);
            }
        }
        kept.sort_unstable();
        kept
    };
    let (sources, targets) = (
        pick(source, target, SIDE_FLOOR),
        pick(target, source, SIDE_FLOOR),
    );
    if !sources.is_empty() || !targets.is_empty() {
        return Some((sources, targets));
    }
    let best = (0..mentions.len()).max_by(|a, b| {
        source[*a]
            .max(target[*a])
            .total_cmp(&source[*b].max(target[*b]))
    })?;
    match (
        source[best] >= ONLY_SIDE_FLOOR,
        target[best] >= ONLY_SIDE_FLOOR,
    ) {
        (true, _) if source[best] >= target[best] => Some((vec![best], Vec::new())),
        (_, true) => Some((Vec::new(), vec![best])),
        _ => None,
    }
}

fn bucket(count: usize) -> usize {
    match count {
        0..=3 => count,
        4..=5 => 4,
        6..=8 => 6,
        9..=13 => 9,
        _ => 14,
    }
}

fn word_at(scene: &Scene<'_>, at: Option<usize>) -> String {
    at.and_then(|i| scene.tokens.get(i))
        .map_or_else(|| "^".to_string(), |t| t.folded.clone())
}

/// What speaks for or against a word being an act here.
pub(crate) fn act_features(scene: &Scene<'_>, act: &Act, rules: Option<&Sides>) -> Vec<String> {
    let entry = &act.entry;
    let (kind, class) = (entry.kind.name(), entry.class.name());
    let language = scene.language.code();
    let before = word_at(scene, act.first.checked_sub(1));
    let after = word_at(scene, Some(act.last + 1));
    let next = scene.mentions.iter().find(|m| m.first > act.last);
    let gap = next.map_or(99, |m| m.first - act.last - 1);
    let last = scene.mentions.iter().rfind(|m| m.last < act.first);
    let found = rules.map_or("none", |r| {
        match (r.source.is_empty(), r.target.is_empty()) {
            (false, false) => "both",
            (false, true) => "source",
            _ => "target",
        }
    });
    let logit = (entry.weight.clamp(0.02, 0.98) / (1.0 - entry.weight.clamp(0.02, 0.98))).ln();
    let mut features = vec![
        format!("A {language}"),
        format!("A {language} {kind}"),
        format!("A {language} {class}"),
        format!("A {language} w{}", logit.round()),
        format!("A {language} {class} w{}", logit.round()),
        format!("A {language} {} {kind}", entry.lemma),
        format!("A {language} {} {kind} {found}", entry.lemma),
        format!("A {language} {class} {found}"),
        format!("A {language} {kind} {found}"),
        format!("A {language} b={before}"),
        format!("A {language} a={after}"),
        format!("A {language} {class} gap{}", bucket(gap)),
        format!("A {language} n{}", bucket(scene.mentions.len())),
        format!(
            "A {language} {class} form={}",
            scene.tokens[act.first]
                .folded
                .chars()
                .take(2)
                .collect::<String>()
        ),
    ];
    if let Some(m) = next.filter(|_| gap <= 3) {
        features.push(format!(
            "A {language} {class} next {:?} {}",
            m.kind,
            scene.governor(m).unwrap_or("-")
        ));
    }
    if let Some(m) = last {
        features.push(format!(
            "A {language} {class} last {:?} {}",
            m.kind,
            bucket(act.first - m.last - 1)
        ));
    }
    for (flag, name) in [
        (entry.weak, "weak"),
        (entry.mutual, "mutual"),
        (act.pronoun, "pronoun"),
        (act.passive, "passive"),
        (act.article, "article"),
    ] {
        if flag {
            features.push(format!("A {language} {class} {name}"));
        }
    }
    features
}

/// What speaks for or against a mention being this side of an act.
pub(crate) fn side_features(
    scene: &Scene<'_>,
    act: &Act,
    nth: usize,
    role: &str,
    rules: Option<&Sides>,
) -> Vec<String> {
    let m = &scene.mentions[nth];
    let (entry, class) = (&act.entry, act.entry.class.name());
    let after = m.first > act.last;
    let (low, high) = if after {
        (act.last + 1, m.first)
    } else {
        (m.last + 1, act.first)
    };
    let between = scene.tokens.get(low..high.max(low)).unwrap_or(&[]);
    let others = scene
        .mentions
        .iter()
        .filter(|o| o.first >= low && o.last < high && o.kind != MentionKind::City)
        .count();
    let governor = scene.governor(m).unwrap_or("-");
    let order = if after { "after" } else { "before" };
    let p = format!("{role} {} {class}", scene.language.code());
    let marks = |marks: &[String]| {
        let wanted = if governor == "-" { "obj" } else { governor };
        marks
            .iter()
            .any(|x| x.trim_end_matches('?') == wanted || (wanted == "obj" && x.starts_with("gen")))
    };
    let ruled = rules.map_or("none", |r| {
        let is = |sides: &[Side]| sides.iter().any(|s| s.span == m.span);
        if is(&r.source) {
            "source"
        } else if is(&r.target) {
            "target"
        } else {
            "no"
        }
    });
    let near = bucket(between.len());
    let voice = if act.passive { "passive" } else { "active" };
    let kind = format!("{:?}", m.kind);
    let mut features = vec![
        p.clone(),
        format!("{p} {order} {near}"),
        format!("{p} {order} o{}", others.min(3)),
        format!("{p} {order} o{} {governor}", others.min(3)),
        format!("{p} {order} {governor}"),
        format!("{p} {order} {kind}"),
        format!("{p} {order} {kind} {governor}"),
        format!("{p} ruled {ruled}"),
        format!("{p} ruled {ruled} {order} {governor}"),
        format!("{p} {voice} {order} {governor}"),
        format!("{p} {} {order} {governor}", entry.kind.name()),
        format!("{p} {} {order} o{}", entry.kind.name(), others.min(3)),
        format!("{p} {} {order} {governor}", entry.lemma),
        format!("{p} {} {kind}", entry.kind.name()),
        format!(
            "{p} marks {} {}",
            marks(&entry.source),
            marks(&entry.target)
        ),
        format!(
            "{p} marks {} {order} o{}",
            marks(&entry.target),
            others.min(3)
        ),
        format!("{p} sector {}", m.code.sector().unwrap_or("-")),
        format!("{p} generic {}", m.code.is_generic()),
        format!("{p} b={}", word_at(scene, m.first.checked_sub(1))),
        format!("{p} {order} first {}", nth == 0),
    ];
    for token in between {
        if token.is_mark || cues_of(scene.language).contains(&token.folded.as_str()) {
            features.push(format!("{p} {order} has {}", token.folded));
        }
    }
    for (flag, name) in [
        (entry.mutual, "mutual"),
        (act.pronoun, "pronoun"),
        (entry.reversed, "reversed"),
    ] {
        if flag {
            features.push(format!("{p} {order} {name} {governor}"));
        }
    }
    features
}

fn cues_of(language: Language) -> &'static [&'static str] {
    match language {
        Language::Arabic => &[
            "ان",
            "التي",
            "الذي",
            "الذين",
            "بان",
            "بعد",
            "قبل",
            "خلال",
            "حيث",
            "بينما",
            "قد",
            "قال",
            "قالت",
            "بسبب",
            "اثر",
            "بهدف",
        ],
        _ => &[
            "that", "who", "which", "after", "before", "and", "while", "as", "when", "said", "to",
            "by", "but", "over", "in", "of",
        ],
    }
}
