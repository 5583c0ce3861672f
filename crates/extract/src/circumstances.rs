//! When and where an act was, and to what end: from the words near it.

use base::{Basis, ClaimParts, Dated, Document, Realis, Span, When};
use text::time::TimeWords;

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

/// When an act was, by the words of time that the coder gives it; else on the day of publication.
pub(crate) fn when(document: &Document, times: &[TimeWords], words: Option<Span>) -> When {
    let Some(words) = words else {
        return When {
            day: document.published.map(|p: Dated| p.day),
            basis: Basis::Assumed,
        };
    };
    let meets = |t: &&TimeWords| t.span.start() < words.end() && words.start() < t.span.end();
    let Some(time) = times.iter().find(meets) else {
        return When {
            day: None,
            basis: Basis::Counted(words),
        };
    };
    let one_day = time.meaning.filter(|m| m.period.first() == m.period.last());
    let counted = time.meaning.is_none_or(|m| m.counted);
    When {
        day: one_day.map(|m| m.period.first()),
        basis: if counted {
            Basis::Counted(words)
        } else {
            Basis::Stated(words)
        },
    }
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
