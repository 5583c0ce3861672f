//! How one actor treated another.

use crate::{ClaimId, Day, Kind};

/// One actor towards another; the other way round is another dyad.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Dyad {
    from: String,
    to: String,
}

impl Dyad {
    /// The dyad of two roots of actor codes; `None` where they are the same.
    #[must_use]
    pub fn new(from: &str, to: &str) -> Option<Dyad> {
        (from != to).then(|| Dyad {
            from: from.to_string(),
            to: to.to_string(),
        })
    }

    /// Who acts.
    #[must_use]
    pub fn from(&self) -> &str {
        &self.from
    }

    /// Who is acted on.
    #[must_use]
    pub fn to(&self) -> &str {
        &self.to
    }
}

/// −1 hostile to +1 friendly.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Tone(f64);

impl Tone {
    /// A number from −1 to 1; `None` for any other.
    #[must_use]
    pub fn new(value: f64) -> Option<Tone> {
        (-1.0..=1.0).contains(&value).then_some(Tone(value))
    }

    /// The number.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }
}

/// The claims that bear on a dyad, counted. Never empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Whose relation to whom.
    pub dyad: Dyad,
    /// Claims by type, in the codebook's order, none of them zero.
    pub counts: Vec<(Kind, u32)>,
    /// Mean sign of the claims that move it; `None` where none does.
    pub tone: Option<Tone>,
    /// The mean sign of each day that has claims, in order of days.
    pub days: Vec<(Day, Tone, u32)>,
    /// The claims behind it, in order of day and name.
    pub claims: Vec<ClaimId>,
}
