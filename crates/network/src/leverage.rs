//! Moves on another edge: "A courts B to press C", in levels that are never mixed.
//!
//! *Stated*: the text gives an aim, and who says it. *Consistent*: within thirty days the signs of the
//! three edges fit it: the means towards B and the aim towards C have the signs that the text gives them, and how
//! B and C treat each other stands beside. *Tested* is not told here: it asks for more
//! events than most pairs have.

use std::collections::BTreeMap;

use base::{Claim, ClaimId, Day, Dyad, Event, Known, Realis};

use crate::dyads;

/// An act whose aim the text states.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The aim: an act that is intended.
    pub aim: ClaimId,
    /// The act that serves it.
    pub means: ClaimId,
    /// Who acts on whom by the means.
    pub by: Dyad,
    /// Who is to be acted on by the aim.
    pub on: Dyad,
    /// The day of the means.
    pub day: Day,
    /// What the events of thirty days say.
    pub signs: Signs,
}

/// What events within thirty days of a move say of its three edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// Events towards B have the sign of the means; `None` without any.
    pub means: Option<bool>,
    /// Events towards C have the sign of the aim.
    pub aim: Option<bool>,
    /// Events between B and C, either way, are friendly.
    pub third: Option<bool>,
}

impl Signs {
    /// Whether both edges that the text names are seen and fit.
    #[must_use]
    pub fn consistent(self) -> bool {
        self.means == Some(true) && self.aim == Some(true)
    }
}

/// Events count within so many days.
const DAYS: i32 = 30;

/// The moves that known claims state, by day and claim. `events` are those of the same claims.
///
/// Both acts are of one article; the aim is on another pair than the means.
#[must_use]
pub fn moves(known: &Known, events: &[Event]) -> Vec<Move> {
    let mut articles: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in known.claims() {
        articles.entry(&claim.document().0).or_default().push(claim);
    }
    let mut found = Vec::new();
    for claims in articles.values() {
        for aim in claims
            .iter()
            .filter(|c| c.parts().realis == Realis::Intended)
        {
            let serves = |c: &&&Claim| Some(c.parts().trigger) == aim.parts().aim_of;
            for means in claims.iter().filter(serves) {
                found.extend(
                    pairs(means, aim).filter_map(|(by, on)| stated(means, aim, by, on, events)),
                );
            }
        }
    }
    found.sort_by(|a, b| {
        (a.day, &a.aim, &a.means, &a.by, &a.on).cmp(&(b.day, &b.aim, &b.means, &b.by, &b.on))
    });
    found.dedup();
    found
}

/// The pairs of a means and an aim by one actor A, on two others B and C.
fn pairs(means: &Claim, aim: &Claim) -> impl Iterator<Item = (Dyad, Dyad)> {
    let known = |d: &Dyad| d.from() != "XXX" && d.to() != "XXX";
    let ons: Vec<Dyad> = dyads(aim).into_iter().filter(known).collect();
    dyads(means).into_iter().filter(known).flat_map(move |by| {
        let own = by.clone();
        let fits = move |on: &Dyad| on.from() == own.from() && on.to() != own.to();
        ons.clone()
            .into_iter()
            .filter(fits)
            .map(move |on| (by.clone(), on))
    })
}

fn stated(means: &Claim, aim: &Claim, by: Dyad, on: Dyad, events: &[Event]) -> Option<Move> {
    let day = means.parts().when.day?;
    let near = |e: &&Event| e.mass > 0.0 && (e.day.number() - day.number()).abs() <= DAYS;
    let sum = |is: &dyn Fn(&Event) -> bool| -> Option<f64> {
        let told: Vec<f64> = events
            .iter()
            .filter(near)
            .filter(|e| is(e))
            .map(|e| f64::from(e.quad.sign()) * e.mass)
            .collect();
        (!told.is_empty()).then(|| told.iter().sum())
    };
    let towards =
        |dyad: &Dyad, sign: i8| sum(&|e| e.dyad == *dyad).map(|s| s * f64::from(sign) > 0.0);
    let ends = [by.to(), on.to()];
    let third =
        sum(&|e| ends.contains(&e.dyad.from()) && ends.contains(&e.dyad.to())).map(|s| s > 0.0);
    let signs = Signs {
        means: towards(&by, means.parts().kind.sign()),
        aim: towards(&on, aim.parts().kind.sign()),
        third,
    };
    Some(Move {
        aim: aim.id().clone(),
        means: means.id().clone(),
        by,
        on,
        day,
        signs,
    })
}

#[cfg(test)]
mod tests {
    use super::moves;
    use base::{
        Basis, Claim, ClaimParts, Confidence, Day, DocumentId, Kind, Known, Realis, Side, Span,
        Timestamp, When,
    };
    use std::collections::BTreeMap;

    fn claim(kind: Kind, target: &str, realis: Realis, at: usize, aim_of: Option<usize>) -> Claim {
        let side = |code: &str| Side {
            code: code.parse().unwrap(),
            span: Span::of(0..1),
        };
        let parts = ClaimParts {
            trigger: Span::of(at..at + 1),
            evidence: Span::of(0..9),
            kind,
            source: vec![side("RUS-GOV")],
            target: vec![side(target)],
            realis,
            said_by: Vec::new(),
            when: When {
                day: Some(Day::from_number(10)),
                basis: Basis::Assumed,
            },
            place: None,
            aim_of: aim_of.map(|n| Span::of(n..n + 1)),
            confidence: Confidence::new(0.9),
            rule: String::new(),
        };
        Claim::new(&DocumentId("d".into()), parts).unwrap()
    }

    #[test]
    fn a_visit_that_is_to_press_another_is_a_move() {
        let told = vec![
            claim(Kind::Consult, "AZE", Realis::Asserted, 1, None),
            claim(Kind::Coerce, "ARM", Realis::Intended, 4, Some(1)),
            claim(Kind::Accuse, "ARM", Realis::Asserted, 6, None),
        ];
        let dated = told.into_iter().map(|c| (Timestamp(0), c)).collect();
        let known = Known::new(Timestamp(1), dated, &[]);
        let events = crate::events(&known, &BTreeMap::new(), |_| 1.0);
        let found = moves(&known, &events);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].by.to(), found[0].on.to()), ("AZE", "ARM"));
        assert!(found[0].signs.consistent());
        assert_eq!(found[0].signs.third, None);
    }
}
