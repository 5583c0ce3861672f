//! From what is known to signed relations, in their first form: counts, tone over time, and the
//! claims behind both.
//!
//! Plain calculation: nothing here knows text, models or disk.

pub mod graph;

use std::collections::{BTreeMap, BTreeSet};

use base::{Claim, Day, Dyad, Kind, Known, Realis, Relation, Side, Tone};

/// The relations that known claims tell, by ordered pair of states or organisations, in the order of
/// the pairs.
///
/// An act between sides that do it together counts in both directions. Only acts told as facts or
/// with a hedge move the tone; planned, intended, denied and conditional ones are counted and listed
/// beside them. A pair without claims has no relation.
#[must_use]
pub fn relate(known: &Known) -> Vec<Relation> {
    let mut pairs: BTreeMap<Dyad, Gathered> = BTreeMap::new();
    let mut claims: Vec<&Claim> = known.claims().iter().collect();
    claims.sort_by_key(|c| (c.parts().when.day, c.id().clone()));
    for claim in claims {
        for dyad in dyads(claim) {
            pairs.entry(dyad).or_default().add(claim);
        }
    }
    pairs
        .into_iter()
        .map(|(dyad, gathered)| gathered.relation(dyad))
        .collect()
}

/// The ordered pairs that a claim bears on, by the roots of its sides' codes.
#[must_use]
pub fn dyads(claim: &Claim) -> BTreeSet<Dyad> {
    let parts = claim.parts();
    let roots = |sides: &[Side]| -> Vec<String> {
        sides.iter().map(|s| s.code.root().to_string()).collect()
    };
    let (sources, targets) = (roots(&parts.source), roots(&parts.target));
    let mut found = BTreeSet::new();
    let together = parts.kind.is_mutual() || targets.is_empty();
    let others = if targets.is_empty() {
        &sources
    } else {
        &targets
    };
    for from in &sources {
        for to in others {
            found.extend(Dyad::new(from, to));
            if together {
                found.extend(Dyad::new(to, from));
            }
        }
    }
    found
}

#[derive(Default)]
struct Gathered {
    counts: BTreeMap<Kind, u32>,
    days: BTreeMap<Day, (i64, u32)>,
    sum: i64,
    moving: u32,
    claims: Vec<base::ClaimId>,
}

impl Gathered {
    fn add(&mut self, claim: &Claim) {
        let parts = claim.parts();
        *self.counts.entry(parts.kind).or_default() += 1;
        self.claims.push(claim.id().clone());
        if !matches!(parts.realis, Realis::Asserted | Realis::Hedged) {
            return;
        }
        let sign = i64::from(parts.kind.sign());
        self.sum += sign;
        self.moving += 1;
        if let Some(day) = parts.when.day {
            let (sum, count) = self.days.entry(day).or_default();
            *sum += sign;
            *count += 1;
        }
    }

    fn relation(self, dyad: Dyad) -> Relation {
        let days = self
            .days
            .into_iter()
            .filter_map(|(day, (sum, count))| Some((day, mean(sum, count)?, count)));
        Relation {
            dyad,
            counts: self.counts.into_iter().collect(),
            tone: mean(self.sum, self.moving),
            days: days.collect(),
            claims: self.claims,
        }
    }
}

fn mean(sum: i64, count: u32) -> Option<Tone> {
    if count == 0 {
        return None;
    }
    Tone::new(sum as f64 / f64::from(count))
}

/// The tone of a relation in each month that has claims that move it: the month's first day, the
/// mean sign, and how many claims it rests on.
#[must_use]
pub fn by_month(relation: &Relation) -> Vec<(Day, Tone, u32)> {
    let mut months: BTreeMap<Day, (f64, u32)> = BTreeMap::new();
    for (day, tone, count) in &relation.days {
        let (year, month, _) = day.ymd();
        let Some(first) = Day::from_ymd(year, month, 1) else {
            continue;
        };
        let (sum, all) = months.entry(first).or_default();
        *sum += tone.value() * f64::from(*count);
        *all += count;
    }
    let tones = months
        .into_iter()
        .filter_map(|(day, (sum, count))| Some((day, Tone::new(sum / f64::from(count))?, count)));
    tones.collect()
}

/// The claims of a relation by type, as a count for one type.
#[must_use]
pub fn count(relation: &Relation, kind: Kind) -> u32 {
    let found = relation.counts.iter().find(|(k, _)| *k == kind);
    found.map_or(0, |(_, n)| *n)
}

#[cfg(test)]
mod tests {
    use super::{by_month, count, dyads, relate};
    use base::{
        Basis, Claim, ClaimParts, Confidence, Day, DocumentId, Kind, Known, Realis, Side, Span,
        Timestamp, When,
    };

    fn claim(kind: Kind, source: &[&str], target: &[&str], realis: Realis, day: &str) -> Claim {
        let sides = |codes: &[&str]| -> Vec<Side> {
            let side = |c: &&str| Side {
                code: c.parse().unwrap(),
                span: Span::of(0..1),
            };
            codes.iter().map(side).collect()
        };
        let parts = ClaimParts {
            trigger: Span::of(0..1),
            evidence: Span::of(0..1),
            kind,
            source: sides(source),
            target: sides(target),
            realis,
            said_by: Vec::new(),
            when: When {
                day: day.parse().ok(),
                basis: Basis::Assumed,
            },
            place: None,
            aim_of: None,
            confidence: Confidence::new(1.0),
            rule: String::new(),
        };
        Claim::new(&DocumentId("d".into()), parts).unwrap()
    }

    fn known(claims: Vec<Claim>) -> Known {
        let claims = claims.into_iter().map(|c| (Timestamp(0), c)).collect();
        Known::new(Timestamp(1), claims, &[])
    }

    #[test]
    fn acts_done_together_count_both_ways() {
        let met = claim(
            Kind::Consult,
            &["RUS-GOV", "AZE-GOV"],
            &[],
            Realis::Asserted,
            "2024-08-19",
        );
        let pairs: Vec<String> = dyads(&met)
            .iter()
            .map(|d| format!("{}>{}", d.from(), d.to()))
            .collect();
        assert_eq!(pairs, ["AZE>RUS", "RUS>AZE"]);
        let accused = claim(
            Kind::Accuse,
            &["RUS"],
            &["ARM"],
            Realis::Asserted,
            "2024-08-19",
        );
        assert_eq!(dyads(&accused).len(), 1);
    }

    #[test]
    fn what_is_only_intended_does_not_move_the_tone() {
        let claims = vec![
            claim(
                Kind::Coerce,
                &["RUS"],
                &["ARM"],
                Realis::Intended,
                "2024-08-19",
            ),
            claim(
                Kind::Accuse,
                &["RUS-GOV"],
                &["ARM"],
                Realis::Asserted,
                "2024-08-20",
            ),
            claim(
                Kind::Aid,
                &["RUS"],
                &["ARM-GOV"],
                Realis::Asserted,
                "2024-09-01",
            ),
        ];
        let relations = relate(&known(claims));
        assert_eq!(relations.len(), 1);
        let relation = &relations[0];
        assert_eq!(relation.tone.unwrap().value(), 0.0);
        assert_eq!(count(relation, Kind::Coerce), 1);
        assert_eq!(relation.claims.len(), 3);
        let months = by_month(relation);
        assert_eq!(months.len(), 2);
        assert_eq!(months[0].0, Day::from_ymd(2024, 8, 1).unwrap());
        assert_eq!((months[0].1.value(), months[1].1.value()), (-1.0, 1.0));
    }
}
