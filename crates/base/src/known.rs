//! What was known at one instant, and what analysts ruled.

use std::collections::HashMap;

use crate::{Claim, ClaimId, Timestamp};

/// What an analyst says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// The text says so.
    Right,
    /// The text does not say so.
    Wrong,
}

/// A ruling on a claim: added, never changed; the last one counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The claim ruled on.
    pub claim: ClaimId,
    /// What was ruled.
    pub ruling: Ruling,
    /// Who ruled.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The claims that could be known at one instant, less those ruled out by then.
#[derive(Debug, Clone)]
pub struct Known {
    as_of: Timestamp,
    claims: Vec<Claim>,
}

impl Known {
    /// Keeps the claims available at `as_of`, less those that the last verdict given by then rules out.
    #[must_use]
    pub fn new(as_of: Timestamp, claims: Vec<(Timestamp, Claim)>, verdicts: &[Verdict]) -> Known {
        let mut last: HashMap<&ClaimId, &Verdict> = HashMap::new();
        for verdict in verdicts.iter().filter(|v| v.at <= as_of) {
            let kept = last.entry(&verdict.claim).or_insert(verdict);
            if kept.at <= verdict.at {
                *kept = verdict;
            }
        }
        let ruled_out = |claim: &Claim| {
            last.get(claim.id())
                .is_some_and(|v| v.ruling == Ruling::Wrong)
        };
        let claims = claims
            .into_iter()
            .filter(|(at, claim)| *at <= as_of && !ruled_out(claim))
            .map(|(_, claim)| claim)
            .collect();
        Known { as_of, claims }
    }

    /// The instant.
    #[must_use]
    pub fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// The claims, in the order given.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }
}
