//! Who stands where about a word of act: the frames of verbs and nouns in both languages.

use base::{Language, Side};

use crate::actors::{Mention, MentionKind};
use crate::lexicon::{Act, Class};
use crate::tokens::Token;

/// A sentence as the frames look at it.
pub(crate) struct Scene<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) mentions: &'a [Mention],
    pub(crate) language: Language,
}

/// The sides of one act, and how they were found.
pub(crate) struct Sides {
    pub(crate) source: Vec<Side>,
    pub(crate) target: Vec<Side>,
    pub(crate) subject: Option<usize>,
    pub(crate) rule: String,
}

const ARABIC_PREPOSITIONS: [&str; 20] = [
    "الي",
    "علي",
    "من",
    "في",
    "مع",
    "ضد",
    "عن",
    "بين",
    "تجاه",
    "نحو",
    "لدي",
    "خلال",
    "بعد",
    "قبل",
    "بحق",
    "حول",
    "عبر",
    "لصالح",
    "منذ",
    "حتي",
];
const ENGLISH_PREPOSITIONS: [&str; 20] = [
    "to", "on", "in", "with", "against", "of", "from", "for", "at", "into", "over", "towards",
    "toward", "between", "by", "near", "about", "after", "inside", "across",
];

impl Scene<'_> {
    /// The preposition that governs a mention: its own clitic or the word before it.
    pub(crate) fn governor(&self, mention: &Mention) -> Option<&str> {
        if let Some(clitic) = ["ب", "ل", "ك"]
            .into_iter()
            .find(|c| mention.prefix.ends_with(c))
        {
            return Some(clitic);
        }
        let list: &[&str] = if self.language == Language::Arabic {
            &ARABIC_PREPOSITIONS
        } else {
            &ENGLISH_PREPOSITIONS
        };
        let back = if self.language == Language::Arabic {
            1
        } else {
            3
        };
        (1..=back)
            .filter_map(|n| mention.first.checked_sub(n))
            .map(|at| &self.tokens[at])
            .take_while(|t| !t.is_mark)
            .find_map(|t| {
                list.iter().copied().find(|p| {
                    t.folded == *p || t.cuts.iter().any(|c| c.prefix == "و" && c.stem == *p)
                })
            })
    }

    fn is_bare(&self, mention: &Mention) -> bool {
        self.governor(mention).is_none()
    }

    fn ends_clause(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        matches!(
            token.folded.as_str(),
            "." | "؛" | ";" | ":" | "بينما" | "while" | "but" | "لكن" | "—"
        )
    }

    fn clear(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| !self.ends_clause(at))
    }

    /// Runs of mentions joined by و or "and", covering all mentions in order.
    pub(crate) fn chains(&self) -> Vec<std::ops::Range<usize>> {
        let mut chains: Vec<std::ops::Range<usize>> = Vec::new();
        for nth in 0..self.mentions.len() {
            match chains.last_mut() {
                Some(chain) if self.joins(&self.mentions[nth - 1], &self.mentions[nth]) => {
                    chain.end = nth + 1
                }
                _ => chains.push(nth..nth + 1),
            }
        }
        chains
    }

    fn joins(&self, a: &Mention, b: &Mention) -> bool {
        let gap = &self.tokens[a.last + 1..b.first];
        let arabic = b.prefix.starts_with('و') && gap.is_empty();
        arabic || (gap.len() == 1 && (gap[0].folded == "and" || gap[0].folded == ","))
    }

    /// A mention and those joined to it by و or "and".
    fn with_joined(&self, nth: usize) -> Vec<Side> {
        let chains = self.chains();
        let chain = chains.into_iter().find(|c| c.contains(&nth));
        chain
            .unwrap_or(nth..nth + 1)
            .map(|n| self.mentions[n].side())
            .collect()
    }

    fn before(&self, at: usize, reach: usize) -> Option<usize> {
        self.mentions.iter().rposition(|m| {
            m.last < at
                && at - m.last <= reach
                && m.kind != MentionKind::Media
                && self.clear(m.last, at)
        })
    }

    fn bare_before(&self, at: usize, reach: usize) -> Option<usize> {
        self.mentions.iter().rposition(|m| {
            m.last < at
                && at - m.last <= reach
                && m.kind != MentionKind::Media
                && m.kind != MentionKind::City
                && self.is_bare(m)
                && self.clear(m.last, at)
        })
    }

    fn after(&self, at: usize, reach: usize, fits: impl Fn(&Mention) -> bool) -> Option<usize> {
        self.mentions.iter().position(|m| {
            m.first > at && m.first - at <= reach && fits(m) && self.clear(at, m.first)
        })
    }
}

/// The sides of an act; `None` where no actor stands in its frame.
pub(crate) fn sides(scene: &Scene<'_>, act: &Act) -> Option<Sides> {
    let (mut source, mut target, rule) = match (scene.language, act.entry.class) {
        (Language::Arabic, Class::Verb | Class::Phrase) => arabic_verb(scene, act),
        (Language::Arabic, _) => arabic_noun(scene, act),
        (_, Class::Verb | Class::Phrase) => english_verb(scene, act),
        _ => english_noun(scene, act),
    };
    if act.entry.reversed {
        std::mem::swap(&mut source, &mut target);
    }
    if source == target {
        target = None;
    }
    let subject = source;
    let mut sources = source.map(|n| scene.with_joined(n)).unwrap_or_default();
    let targets: Vec<Side> = target.map(|n| scene.with_joined(n)).unwrap_or_default();
    sources.retain(|s| !targets.contains(s));
    if sources.is_empty() && targets.is_empty() {
        return None;
    }
    let (sources, targets) =
        if act.entry.mutual && targets.len() == 1 && sources.len() == 1 && rule.contains("between")
        {
            ([sources, targets].concat(), Vec::new())
        } else {
            (sources, targets)
        };
    Some(Sides {
        source: sources,
        target: targets,
        subject,
        rule: rule.to_string(),
    })
}

type Found = (Option<usize>, Option<usize>, &'static str);

fn marked(scene: &Scene<'_>, act: &Act, marks: &[String], not: Option<usize>) -> Option<usize> {
    marks.iter().find_map(|mark| {
        let mark = mark.trim_end_matches('?');
        scene.after(act.last, 12, |m| match mark {
            _ if matches!(m.kind, MentionKind::City | MentionKind::Media) => false,
                "obj" => scene.is_bare(m),
            prep => scene.governor(m) == Some(prep),
        } && not.is_none_or(|n| scene.mentions[n].first != m.first))
    })
}

fn arabic_verb(scene: &Scene<'_>, act: &Act) -> Found {
    let after = scene.after(act.last, 6, |m| {
        scene.is_bare(m) && m.kind != MentionKind::City
    });
    let before = scene.bare_before(act.first, 8);
    if act.passive {
        return (
            marked(scene, act, &["من قبل".into()], None),
            after.or(before),
            "the passive's subject is acted on",
        );
    }
    let object_after = |subject: usize| {
        let from = &scene.mentions[subject];
        marked(scene, act, &act.entry.target, Some(subject))
            .filter(|&n| scene.mentions[n].first > from.last || from.first < act.first)
    };
    match (before, after) {
        (Some(b), Some(a))
            if !act.entry.target.iter().any(|m| m == "obj")
                || object_after(a).is_none() && scene.mentions[b].last + 2 >= act.first =>
        {
            if act.entry.target.iter().any(|m| m == "obj") {
                (Some(b), Some(a), "subject before the verb, object after it")
            } else {
                (
                    Some(a),
                    object_after(a),
                    "subject after the verb, object by its mark",
                )
            }
        }
        (_, Some(a)) => (Some(a), object_after(a), "subject after the verb"),
        (Some(b), None) => (
            Some(b),
            marked(scene, act, &act.entry.target, None),
            "subject before the verb",
        ),
        (None, None) => (
            None,
            marked(scene, act, &act.entry.target, None),
            "no subject named",
        ),
    }
}

fn arabic_noun(scene: &Scene<'_>, act: &Act) -> Found {
    let next = scene.after(act.last, 2, |m| {
        scene.is_bare(m) && !m.prefix.starts_with('و')
    });
    let takes = |marks: &[String], mark: &str| marks.iter().any(|m| m == mark);
    let adjective = next.is_some_and(|n| scene.mentions[n].kind == MentionKind::Adjective);
    if let Some(n) = scene.after(act.last, 4, |m| scene.governor(m) == Some("بين")) {
        return (Some(n), None, "between two sides");
    }
    if act.entry.class == Class::Adjective {
        return (
            scene.before(act.first, 3),
            marked(scene, act, &act.entry.target, None).or(next),
            "the noun before it",
        );
    }
    if let Some(n) = next.filter(|_| adjective || takes(&act.entry.source, "gen")) {
        return (
            Some(n),
            marked(scene, act, &act.entry.target, Some(n)),
            "the doer follows the noun",
        );
    }
    let target = next
        .filter(|_| takes(&act.entry.target, "gen"))
        .or_else(|| marked(scene, act, &act.entry.target, None));
    let reach = if act.pronoun { 25 } else { 12 };
    let doer = marked(scene, act, &act.entry.source, target)
        .or_else(|| scene.bare_before(act.first, reach))
        .filter(|&d| Some(d) != target);
    (doer, target, "the doer stands before the noun")
}

fn english_verb(scene: &Scene<'_>, act: &Act) -> Found {
    let word = &scene.tokens[act.first].folded;
    let helper = |t: &Token| {
        ["is", "are", "was", "were", "been", "be", "being"].contains(&t.folded.as_str())
    };
    let passive = word.ends_with("ed")
        || word.ends_with("en")
        || ["struck", "shot", "hit", "held", "hurt"].contains(&word.as_str());
    let passive = passive
        && act.first.checked_sub(1).is_some_and(|i| {
            helper(&scene.tokens[i])
                || (i > 0 && helper(&scene.tokens[i - 1]) && scene.tokens[i].folded.ends_with("ly"))
        });
    let by = scene.after(act.last, 8, |m| scene.governor(m) == Some("by"));
    let before = scene
        .bare_before(act.first, 12)
        .or_else(|| scene.before(act.first, 6));
    if passive {
        return (by, before, "passive: the doer follows by");
    }
    (
        before,
        marked(scene, act, &act.entry.target, before),
        "subject before the verb",
    )
}

fn english_noun(scene: &Scene<'_>, act: &Act) -> Found {
    let modifier = scene.before(act.first, 2).filter(|&n| {
        scene.mentions[n].last + 1 == act.first
            || scene.mentions[n].last + 2 == act.first && !scene.tokens[act.first - 1].is_mark
    });
    if let Some(n) = scene.after(act.last, 3, |m| scene.governor(m) == Some("between")) {
        return (Some(n), None, "between two sides");
    }
    let by = scene.after(act.last, 6, |m| {
        act.entry
            .source
            .iter()
            .any(|s| scene.governor(m) == Some(s.as_str()))
    });
    let source = modifier.or(by).or_else(|| scene.bare_before(act.first, 10));
    (
        source,
        marked(scene, act, &act.entry.target, source),
        "the doer stands before the noun",
    )
}
