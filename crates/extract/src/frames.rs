//! Who stands where about a word of act: the frames of verbs and nouns in both languages.

use base::Language;

use crate::lexicon::{Act, Class};
use crate::mentions::MentionKind;
use crate::scene::Scene;
use crate::tokens::Token;

/// The sides of one act as indices of mentions, and how they were found.
pub(crate) struct Sides {
    pub(crate) source: Vec<usize>,
    pub(crate) target: Vec<usize>,
    pub(crate) rule: &'static str,
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
    let mut sources = source.map(|n| scene.with_joined(n)).unwrap_or_default();
    let targets = target.map(|n| scene.with_joined(n)).unwrap_or_default();
    sources.retain(|s| !targets.contains(s));
    if sources.is_empty() && targets.is_empty() {
        return None;
    }
    Some(Sides {
        source: sources,
        target: targets,
        rule,
    })
}

type Found = (Option<usize>, Option<usize>, &'static str);

fn marked(scene: &Scene<'_>, act: &Act, marks: &[String], not: Option<usize>) -> Option<usize> {
    marks.iter().find_map(|mark| {
        let mark = mark.trim_end_matches('?');
        scene.after(act.last, 12, |nth, m| match mark {
            _ if matches!(m.kind, MentionKind::City | MentionKind::Media) => false,
                "obj" => scene.is_bare(nth),
            prep => scene.governor(nth) == Some(prep),
        } && not.is_none_or(|n| scene.mentions[n].first != m.first))
    })
}

fn arabic_verb(scene: &Scene<'_>, act: &Act) -> Found {
    let after = scene.after(act.last, 6, |nth, m| {
        scene.is_bare(nth) && m.kind != MentionKind::City
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
    let next = scene.after(act.last, 2, |nth, m| {
        scene.is_bare(nth) && !m.prefix.starts_with('و')
    });
    let takes = |marks: &[String], mark: &str| marks.iter().any(|m| m == mark);
    let adjective = next.is_some_and(|n| scene.mentions[n].kind == MentionKind::Adjective);
    if let Some(n) = scene.after(act.last, 4, |nth, _| scene.governor(nth) == Some("بين")) {
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
    let by = scene.after(act.last, 8, |nth, _| scene.governor(nth) == Some("by"));
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
    if let Some(n) = scene.after(act.last, 3, |nth, _| scene.governor(nth) == Some("between")) {
        return (Some(n), None, "between two sides");
    }
    let by = scene.after(act.last, 6, |nth, _| {
        act.entry
            .source
            .iter()
            .any(|s| scene.governor(nth) == Some(s.as_str()))
    });
    let source = modifier.or(by).or_else(|| scene.bare_before(act.first, 10));
    (
        source,
        marked(scene, act, &act.entry.target, source),
        "the doer stands before the noun",
    )
}
