//! Claims of one act, told by many, as one event.
//!
//! An event is a pair, a type of act and a day. A claim whose text tells the day stands on that day.
//! One whose day is only assumed (the day of publication) joins what others tell of that day, else of
//! the day before, else it stands alone. Nothing depends on the order of reading.

use std::collections::{BTreeMap, BTreeSet};

use base::{Account, Basis, Claim, Day, Dyad, Event, Kind, Known, Realis, Stance};

use crate::dyads;

/// What is known of an article beside its claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The family of near-copies that it belongs to.
    pub family: String,
    /// Its publisher.
    pub outlet: Option<String>,
    /// The day of publication, where it is known.
    pub published: Option<Day>,
}

/// How much a hedged act weighs beside an asserted one.
const HEDGED: f64 = 0.5;

/// How much `count` reports of one event weigh: a hundred are not a hundred events.
#[must_use]
pub fn effective(count: usize) -> f64 {
    let n = count as f64;
    if count == 0 {
        0.0
    } else {
        n / (1.0 + 0.3 * (n - 1.0))
    }
}

/// The events that known claims tell, by pair, day and type.
///
/// Acts told as facts or with a hedge make events, and denials stand beside them; planned, intended
/// and conditional acts make none, nor does an act of a day after its article. `origins` tells the family and outlet of each article by its id; an
/// article that it lacks is a family of its own. `weight` is that of an outlet, 1 for an ordinary one.
#[must_use]
pub fn events(
    known: &Known,
    origins: &BTreeMap<String, Origin>,
    weight: impl Fn(Option<&str>) -> f64,
) -> Vec<Event> {
    let mut acts: BTreeMap<(Dyad, Kind), Vec<&Claim>> = BTreeMap::new();
    for claim in known.claims() {
        let parts = claim.parts();
        let moves = matches!(
            parts.realis,
            Realis::Asserted | Realis::Hedged | Realis::Denied
        );
        let published = origins.get(&claim.document().0).and_then(|o| o.published);
        let come = |day: Day| published.is_none_or(|p| day <= p);
        if !moves || !parts.when.day.is_some_and(come) {
            continue;
        }
        for dyad in dyads(claim) {
            if dyad.from() != "XXX" && dyad.to() != "XXX" {
                acts.entry((dyad, parts.kind)).or_default().push(claim);
            }
        }
    }
    let mut found = Vec::new();
    for ((dyad, kind), claims) in acts {
        for (day, told) in by_day(&claims) {
            found.push(event(&dyad, kind, day, told, origins, &weight));
        }
    }
    found.sort_by(|a, b| (&a.dyad, a.day, &a.label).cmp(&(&b.dyad, b.day, &b.label)));
    found
}

/// Claims of one pair and type by the day of the act.
fn by_day<'a>(claims: &[&'a Claim]) -> BTreeMap<Day, Vec<&'a Claim>> {
    let assumed = |c: &&&Claim| c.parts().when.basis == Basis::Assumed;
    let day_of = |c: &Claim| c.parts().when.day;
    let told: BTreeSet<Day> = claims
        .iter()
        .filter(|c| !assumed(c))
        .filter_map(|c| day_of(c))
        .collect();
    let mut found: BTreeMap<Day, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        let Some(day) = day_of(claim) else { continue };
        let before = day.plus(-1);
        let joins_before = assumed(&claim) && !told.contains(&day) && told.contains(&before);
        let day = if joins_before { before } else { day };
        found.entry(day).or_default().push(claim);
    }
    found
}

fn event(
    dyad: &Dyad,
    kind: Kind,
    day: Day,
    mut claims: Vec<&Claim>,
    origins: &BTreeMap<String, Origin>,
    weight: &impl Fn(Option<&str>) -> f64,
) -> Event {
    claims.sort_by_key(|c| (&c.document().0, c.id()));
    claims.dedup_by_key(|c| c.id());
    let mut families: BTreeMap<&str, f64> = BTreeMap::new();
    let mut accounts = Vec::new();
    for claim in claims {
        let document = &claim.document().0;
        let origin = origins.get(document);
        let outlet = origin.and_then(|o| o.outlet.as_deref());
        let family = origin.map_or(document.as_str(), |o| &o.family);
        let confidence = claim.parts().confidence;
        let share = match claim.parts().realis {
            Realis::Denied => None,
            Realis::Hedged => Some(HEDGED),
            _ => Some(1.0),
        };
        let stance = match share {
            None => Stance::Denies,
            Some(_) if families.contains_key(family) => Stance::Repeats,
            Some(_) => Stance::Affirms,
        };
        if let Some(share) = share {
            let mass = families.entry(family).or_default();
            *mass = mass.max(share * f64::from(confidence.value()) * weight(outlet));
        }
        accounts.push(Account {
            claim: claim.id().clone(),
            document: claim.document().clone(),
            outlet: outlet.map(str::to_string),
            stance,
            confidence,
        });
    }
    let told = families.len();
    let mean = families.values().sum::<f64>() / told.max(1) as f64;
    Event {
        dyad: dyad.clone(),
        day,
        label: kind.name().to_string(),
        quad: kind.quad(),
        severity: kind.severity(),
        reports: told as u32,
        mass: mean * effective(told),
        accounts,
    }
}

#[cfg(test)]
mod tests {
    use super::{Origin, effective, events};
    use base::{
        Basis, Claim, ClaimParts, Confidence, Day, DocumentId, Kind, Known, Realis, Side, Span,
        Stance, Timestamp, When,
    };
    use std::collections::BTreeMap;

    fn claim(document: &str, kind: Kind, realis: Realis, day: i32, stated: bool) -> Claim {
        let side = |code: &str| Side {
            code: code.parse().unwrap(),
            span: Span::of(0..1),
        };
        let basis = if stated {
            Basis::Stated(Span::of(0..1))
        } else {
            Basis::Assumed
        };
        let parts = ClaimParts {
            trigger: Span::of(0..1),
            evidence: Span::of(0..1),
            kind,
            source: vec![side("RUS-GOV")],
            target: vec![side("ARM")],
            realis,
            said_by: Vec::new(),
            when: When {
                day: Some(Day::from_number(day)),
                basis,
            },
            place: None,
            aim_of: None,
            confidence: Confidence::new(0.5),
            rule: String::new(),
        };
        Claim::new(&DocumentId(document.into()), parts).unwrap()
    }

    fn known(claims: &[Claim]) -> Known {
        Known::new(
            Timestamp(1),
            claims.iter().map(|c| (Timestamp(0), c.clone())).collect(),
            &[],
        )
    }

    fn origins() -> BTreeMap<String, Origin> {
        let origin = |family: &str| Origin {
            family: family.into(),
            outlet: None,
            published: Some(Day::from_number(12)),
        };
        [("a", "a"), ("b", "a"), ("c", "c"), ("d", "d")]
            .map(|(id, family)| (id.to_string(), origin(family)))
            .into()
    }

    #[test]
    fn copies_count_once_and_a_denial_stands_beside() {
        let told = [
            claim("a", Kind::Accuse, Realis::Asserted, 10, true),
            claim("b", Kind::Accuse, Realis::Asserted, 10, true),
            claim("c", Kind::Accuse, Realis::Asserted, 11, false),
            claim("d", Kind::Accuse, Realis::Denied, 10, true),
        ];
        let found = events(&known(&told), &origins(), |_| 1.0);
        assert_eq!(found.len(), 1);
        let stances: Vec<Stance> = found[0].accounts.iter().map(|a| a.stance).collect();
        assert_eq!(
            stances,
            [
                Stance::Affirms,
                Stance::Repeats,
                Stance::Affirms,
                Stance::Denies
            ]
        );
        assert!((found[0].mass - 0.5 * effective(2)).abs() < 1e-12);
        assert_eq!(found[0].name(), "RUS>ARM ACCUSE 1970-01-11");
    }

    #[test]
    fn an_assumed_day_stands_alone_where_nobody_tells_one() {
        let told = [
            claim("a", Kind::Aid, Realis::Asserted, 10, false),
            claim("c", Kind::Aid, Realis::Hedged, 11, false),
            claim("d", Kind::Aid, Realis::Planned, 12, true),
            claim("d", Kind::Aid, Realis::Asserted, 13, true),
        ];
        let found = events(&known(&told), &origins(), |_| 1.0);
        let masses: Vec<f64> = found.iter().map(|e| e.mass).collect();
        assert_eq!(masses, [0.5, 0.25]);
    }

    #[test]
    fn the_order_of_reading_changes_nothing() {
        let kinds = [Kind::Accuse, Kind::Aid, Kind::Consult];
        let mut told: Vec<Claim> = (0..60)
            .map(|n| {
                claim(
                    ["a", "b", "c", "d"][n % 4],
                    kinds[n % 3],
                    Realis::Asserted,
                    (n as i32 * 7) % 11,
                    n % 5 == 0,
                )
            })
            .collect();
        let first = events(&known(&told), &origins(), |_| 1.0);
        for turn in 0..20 {
            let len = told.len();
            for n in 0..len {
                told.swap(n, (n * 31 + turn * 7) % len);
            }
            assert_eq!(events(&known(&told), &origins(), |_| 1.0), first);
        }
    }
}
