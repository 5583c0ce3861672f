//! When and where an act was, and to what end: from the words near it.

use base::{Basis, ClaimParts, Dated, Document, Realis, Span, When};
use text::time::TimeWords;

use crate::lexicon::Act;
use crate::mentions::MentionKind;
use crate::scene::Scene;

/// The words of time of a sentence, as places of its document.
pub(crate) fn times(document: &Document, sentence: Span) -> Vec<TimeWords> {
    let day = document.published.map(|p| p.day);
    let mut found = text::time::find(document.slice(sentence), document.language, day);
    for time in &mut found {
        let (start, end) = (time.span.start(), time.span.end());
        time.span = Span::of(sentence.start() + start..sentence.start() + end);
    }
    found
}

fn distance(a: Span, b: Span) -> usize {
    if a.end() <= b.start() {
        b.start() - a.end()
    } else {
        a.start().saturating_sub(b.end())
    }
}

/// When an act was: by the words of time nearest to it, else on the day of publication.
pub(crate) fn when(document: &Document, times: &[TimeWords], triggers: &[Span], act: Span) -> When {
    let nearest_act = |time: &TimeWords| triggers.iter().map(|t| distance(*t, time.span)).min();
    let is_own = |time: &&TimeWords| {
        let own = distance(act, time.span);
        own < 60 || nearest_act(time) == Some(own)
    };
    let own = times
        .iter()
        .filter(is_own)
        .min_by_key(|t| distance(act, t.span));
    let Some(time) = own else {
        return When {
            day: document.published.map(|p: Dated| p.day),
            basis: Basis::Assumed,
        };
    };
    let one_day = time.meaning.filter(|m| m.period.first() == m.period.last());
    let counted = time.meaning.is_none_or(|m| m.counted);
    When {
        day: one_day.map(|m| m.period.first()),
        basis: if counted {
            Basis::Counted(time.span)
        } else {
            Basis::Stated(time.span)
        },
    }
}

/// Where an act was: the nearest place named with "in" that is no side of it.
pub(crate) fn place(scene: &Scene<'_>, act: &Act, sides: &[usize]) -> Option<Span> {
    let is_in = |n: usize| {
        matches!(
            scene.governor(n),
            Some("في" | "in" | "at" | "near" | "ب" | "داخل" | "inside")
        )
    };
    let is_place = |n: usize| {
        let kind = scene.mentions[n].kind;
        matches!(
            kind,
            MentionKind::City | MentionKind::Capital | MentionKind::Name
        ) && is_in(n)
            && !sides.contains(&n)
    };
    let distance = |n: &usize| {
        let m = &scene.mentions[*n];

        if m.first > act.last {
            m.first - act.last
        } else {
            2 * act.first.saturating_sub(m.last)
        }
    };
    let nearest = (0..scene.mentions.len())
        .filter(|&n| is_place(n))
        .min_by_key(distance)?;
    (distance(&nearest) <= 14).then(|| scene.mentions[nearest].span)
}

/// Joins each act that is told as an aim to the act that serves it: the one before it in the sentence,
/// else the one after it.
pub(crate) fn aims(claims: &mut [ClaimParts]) {
    let acts: Vec<(Span, Realis)> = claims.iter().map(|c| (c.trigger, c.realis)).collect();
    for claim in claims.iter_mut().filter(|c| c.realis == Realis::Intended) {
        let others = acts
            .iter()
            .filter(|(t, r)| *t != claim.trigger && *r != Realis::Intended);
        let before = others
            .clone()
            .rfind(|(t, _)| t.end() <= claim.trigger.start());
        let mut after = others.filter(|(t, _)| t.start() >= claim.trigger.end());
        claim.aim_of = before.or_else(|| after.next()).map(|(t, _)| *t);
    }
}
